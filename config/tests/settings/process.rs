//! `credential_process`: what a program may print, and what is made of it.
#![cfg(unix)]

use crate::server::Server;
use crate::shop::{Seen, call_from, open, seen, with_config};
use std::path::PathBuf;

/// A folder of its own that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let name = format!("tinsmith-process-{}", fastrand::u64(..));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// How a call is seen whose program prints these bytes.
async fn printed(bytes: impl AsRef<[u8]>, shop: &Server) -> Seen {
    let folder = Folder::new();
    let file = folder.0.join("output.json");
    std::fs::write(&file, bytes).unwrap();
    run(&format!("cat '{}'", file.display()), shop).await
}

async fn run(line: &str, shop: &Server) -> Seen {
    let config = format!("[default]\ncredential_process = {line}\n");
    call_from(with_config(&config), shop).await
}

const GOOD: &str =
    r#"{"Version": 1, "AccessKeyId": "ASIAPROC", "SecretAccessKey": "hush", "SessionToken": "t"}"#;

/// The output with this in the place of the token's member.
fn with(members: &str) -> String {
    GOOD.replace(r#""SessionToken": "t""#, members)
}

#[tokio::test]
async fn what_a_program_prints_is_read_as_other_clients_read_it() {
    let shop = open(|_| None).await;
    for good in [
        GOOD.to_owned(),
        format!("\n {GOOD}\r\n"),
        GOOD.replace(": 1,", ": 1.0,"),
        GOOD.replace(
            '{',
            r#"{"AccountId": "123456789012", "More": [{"a": null}, true, -1.5e3], "#,
        ),
        GOOD.replace('{', r#"{"AccessKeyId": "FIRST", "Version": 2, "#),
        with(r#""SessionToken": "t", "Expiration": null"#),
        with(r#""SessionToken": "t", "Expiration": "2099-01-01T00:00:00Z""#),
        with(r#""SessionToken": "\u0074""#),
    ] {
        assert_eq!(
            printed(&good, &shop).await,
            seen("ASIAPROC", Some("t")),
            "{good}"
        );
    }
    let without = r#""Spare": 0"#;
    for none in [without, r#""SessionToken": null"#, r#""SessionToken": """#] {
        assert_eq!(printed(with(none), &shop).await, seen("ASIAPROC", None));
    }
}

#[tokio::test]
async fn what_makes_no_sense_of_a_programs_is_an_error_that_ends_the_search() {
    let shop = open(|_| None).await;
    for (output, expected) in [
        (
            String::new(),
            "expected a JSON object, found something else at line 1",
        ),
        (
            "hush".to_owned(),
            "expected a JSON object, found something else at line 1",
        ),
        (format!("\u{feff}{GOOD}"), "expected a JSON object"),
        (format!("{GOOD}{GOOD}"), "expected a JSON object"),
        (
            format!("[{GOOD}]"),
            "expected a JSON object, found another JSON value",
        ),
        (
            "null".to_owned(),
            "expected a JSON object, found another JSON value",
        ),
        (
            GOOD.replace(r#""Version": 1, "#, ""),
            "`Version` is missing",
        ),
        (GOOD.replace(": 1,", ": 2,"), "expected 1 as `Version`"),
        (
            GOOD.replace(": 1,", r#": "1","#),
            "expected a number as `Version`",
        ),
        (
            GOOD.replace(": 1,", ": null,"),
            "expected a number as `Version`",
        ),
        (
            GOOD.replace("AccessKeyId", "accessKeyId"),
            "`AccessKeyId` is missing",
        ),
        (
            GOOD.replace(r#""ASIAPROC""#, "7"),
            "expected text as `AccessKeyId`",
        ),
        (GOOD.replace("ASIAPROC", ""), "`AccessKeyId` is empty"),
        (
            GOOD.replace("SecretAccessKey", "Secret"),
            "`SecretAccessKey` is missing",
        ),
        (
            GOOD.replace(r#""hush""#, "null"),
            "`SecretAccessKey` is empty",
        ),
        (
            with(r#""SessionToken": {"hush": 1}"#),
            "expected text as `SessionToken`",
        ),
    ] {
        let error = printed(&output, &shop).await.unwrap_err();
        assert!(
            error.contains(
                "profile `default` failed: credential_process: the output of the program: "
            ),
            "{error}"
        );
        assert!(error.contains(expected), "{output}: {error}");
        assert!(error.contains("instance metadata: not asked"), "{error}");
        assert!(!error.contains("hush"), "{error}");
    }
    let latin = [GOOD.replace("hush", "h").as_bytes(), b"\xe9"].concat();
    let error = printed(latin, &shop).await.unwrap_err();
    assert!(error.contains("that is not UTF-8"), "{error}");
    assert_eq!(shop.requests().len(), 0);
}

#[tokio::test]
async fn settings_08_process_expiration_that_cannot_be_read_is_an_error() {
    let shop = open(|_| None).await;
    for (expiration, is_read) in [
        (r#""2099-01-01T00:00:00UTC""#, true),
        (r#""2099-01-01T00:00:00+00:00""#, true),
        (r#""20990101T000000Z""#, true),
        (r#""2020-02-21T16:06:25""#, false),
        (r#""2099-01-01T00:00:00""#, false),
        (r#""2099-01-01""#, false),
        (r#""4070908800""#, false),
        (r#""never""#, false),
        (r#""""#, false),
        ("4070908800", false),
        ("true", false),
        (r#"["2099-01-01T00:00:00Z"]"#, false),
    ] {
        let output = with(&format!(r#""Expiration": {expiration}"#));
        let found = printed(output, &shop).await;
        if is_read {
            assert_eq!(found, seen("ASIAPROC", None), "{expiration}");
        } else {
            let error = found.unwrap_err();
            assert!(error.contains("`Expiration`"), "{expiration}: {error}");
            assert!(
                !error.contains("2099") && !error.contains("never"),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn settings_26_empty_session_token_of_a_program_is_none() {
    let shop = open(|_| None).await;
    let found = printed(with(r#""SessionToken": """#), &shop).await;
    assert_eq!(found, seen("ASIAPROC", None));
}

#[tokio::test]
async fn settings_27_already_expired_from_a_program() {
    let shop = open(|_| None).await;
    let output = with(r#""SessionToken": "t", "Expiration": "2020-01-01T00:00:00Z""#);
    let error = printed(output, &shop).await.unwrap_err();
    let expected =
        "credential_process: the program gave credentials that expired at 2020-01-01T00:00:00Z: ";
    assert!(error.contains(expected), "{error}");
    assert_eq!(shop.requests().len(), 0);
}

#[tokio::test]
async fn a_program_that_fails_is_an_error_with_its_status_whatever_it_wrote() {
    let shop = open(|_| None).await;
    for (line, expected) in [
        (
            "echo hush; echo hush >&2; exit 3",
            "the program ended with status 3",
        ),
        ("/no/such/program hush", "the program ended with status 127"),
        ("kill -9 $$ # hush", "the program was ended by a signal"),
    ] {
        let error = run(line, &shop).await.unwrap_err();
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("hush"), "{error}");
    }
    // What a program says besides is its own affair.
    let line = format!("echo warning >&2; echo '{GOOD}'");
    assert_eq!(run(&line, &shop).await, seen("ASIAPROC", Some("t")));
}

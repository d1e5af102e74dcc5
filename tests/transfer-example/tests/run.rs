//! The program as a user runs it.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::process::{Command, Output};

#[test]
fn a_file_goes_up_and_comes_down() {
    let output = run(&["--mebibytes", "5", "--part-mebibytes", "2"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    for part in [
        "5 MiB to the store within",
        "Uploaded.",
        "Downloaded 5242880 bytes; its CRC32 is that of the object.",
        "What was received is what was sent.",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    let progress = String::from_utf8_lossy(&output.stderr);
    assert_eq!(progress, "  up: 5242880 bytes\n  down: 5242880 bytes\n");
}

#[test]
fn an_upload_that_fails_goes_on_from_what_was_saved() {
    let output = run(&["--mebibytes", "3", "--part-mebibytes", "1", "--interrupted"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        text.contains("What was received is what was sent."),
        "{output:?}"
    );
    let progress = String::from_utf8_lossy(&output.stderr);
    assert!(
        progress.contains("UploadPart: AccessDenied (403)"),
        "{progress}"
    );
    assert!(
        progress.contains("; going on\n  up: 3145728 bytes\n"),
        "{progress}"
    );
}

#[test]
fn an_endpoint_without_a_listener_is_an_error_that_says_so() {
    let output = run(&[
        "--mebibytes",
        "1",
        "--endpoint-url",
        "http://127.0.0.1:1",
        "--region",
        "eu-west-1",
    ]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        error.contains("error: PutObject: could not connect to http://127.0.0.1:1"),
        "{error}"
    );
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_transfer-example"))
        .args(arguments)
        .env_clear()
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .output()
        .unwrap()
}

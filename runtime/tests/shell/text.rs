//! What services say in words: read whatever is wrong with it, and shown so that it cannot do anything to a terminal or
//! a log.

use crate::server::{Server, ok, response};
use crate::support::{SERVICE, complete, get_tin};
use tinsmith_runtime::{Client, ErrorKind};

/// What no line of ours may hold as it is: it moves the cursor, begins another line, turns the direction of writing, or
/// is not seen.
const HIDDEN: &str = "\0\u{7}\u{8}\t\n\u{b}\r\u{1b}\u{7f}\u{85}\u{9b}\u{ad}\u{61c}\u{180e}\u{200b}\u{200d}\u{200e}\u{200f}\
                      \u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{feff}\u{fff9}\u{e0001}\u{e0041}";

fn assert_printable(text: &str) {
    let hidden: Vec<_> = text.chars().filter(|&char| HIDDEN.contains(char)).collect();
    assert!(hidden.is_empty(), "{hidden:?} in {text:?}");
}

#[tokio::test]
async fn settings_13_lone_surrogate_does_not_hide_a_throttle_or_a_page() {
    let server = Server::start(|number, _| match number {
        1 => response(
            "400 Bad Request",
            r#"{"message":"cut \ud83d","__type":"ThrottlingException"}"#,
        ),
        2 => response(
            "400 Bad Request",
            r#"{"\udc00":["\ud83d"],"Message":"cut","code":"ThrottlingException"}"#,
        ),
        _ => ok(r#"{"colour \ud83d":"\ud83d\ud83d","size":4}"#),
    })
    .await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&server.url).build());
    assert_eq!(get_tin(&client).await.unwrap().size, Some(4));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn settings_13_lone_surrogate_in_a_message_is_shown_as_u_fffd() {
    let server = Server::start(|_, _| {
        response(
            "403 Forbidden",
            r#"{"message":"cut \ud83d","__type":"Cut\ud83dException"}"#,
        )
    })
    .await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&server.url).build());
    let error = get_tin(&client).await.unwrap_err();
    assert_eq!(
        (error.code(), error.message()),
        (Some("Cut\u{fffd}Exception"), Some("cut \u{fffd}"))
    );
}

#[tokio::test]
async fn a_message_of_a_service_cannot_control_a_terminal() {
    let json = serde_json::json!({"__type": format!("Odd{HIDDEN}Exception"), "message": format!("no{HIDDEN}!")});
    let server = Server::start(move |_, _| response("403 Forbidden", &json.to_string())).await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&server.url).build());
    let error = get_tin(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(
        error.message(),
        Some(format!("no{HIDDEN}!").as_str()),
        "as the service sent it"
    );
    assert_printable(&error.to_string());
    assert_printable(&format!("{error:?}"));
    assert!(
        error
            .to_string()
            .contains(r"no\u{0}\u{7}\u{8}\t\n\u{b}\r\u{1b}"),
        "{error}"
    );

    // Codes come in headers as well, which may hold UTF-8.
    let server = Server::start(|_, _| {
        Some("HTTP/1.1 403 Forbidden\r\nx-amzn-errortype: Odd\u{202e}Exception\r\nx-amzn-requestid: a\tb\r\ncontent-length: 0\r\n\r\n".to_owned())
    })
    .await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&server.url).build());
    let error = get_tin(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        r"GetTin: Odd\u{202e}Exception (403) [request id a\tb, attempt 1 of 3]"
    );
}

#[tokio::test]
async fn what_cannot_be_read_of_a_response_cannot_control_a_terminal() {
    let json = serde_json::json!({ "size": {format!("a{HIDDEN}"): 1} }).to_string();
    for body in [
        json,
        format!("{{\"size\": tr{HIDDEN}e}}"),
        format!("{{{HIDDEN}}}"),
    ] {
        let server = Server::start(move |_, _| ok(&body)).await;
        let client = Client::new(&SERVICE, complete().endpoint_url(&server.url).build());
        let error = get_tin(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response);
        assert_printable(&error.to_string());
        let source = std::error::Error::source(&error).unwrap();
        assert_printable(&source.to_string());
        assert_printable(&format!("{error:?} {error:#?}").replace('\n', ""));
    }
}

//! Answers that are not what HTTP prescribes: each ends in its time, as an answer or as an error of a known kind, and
//! none of them is ever the answer of the next call.

use crate::support::{SERVICE, complete, get_tin};
use crate::wire::{SOON, Wire, read_request};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tinsmith_runtime::{
    Body, Client, ErrorKind, HttpClient, HttpError, HttpErrorKind, HyperClient, SendOptions,
};
use tokio::io::AsyncWriteExt;

/// What a server writes when the first request has come.
enum Bad {
    /// This, and then it closes.
    Cut(Vec<u8>),
    /// This, and then it goes on as if nothing had been.
    Stay(Vec<u8>),
    /// The first, this over and over again.
    Endless(Vec<u8>, Vec<u8>),
}

enum Expected {
    /// `{"size":4}`.
    Answer,
    /// A success without a body.
    Nothing,
    Status(u16),
    Error(HttpErrorKind),
}
use Expected::{Answer, Error, Nothing, Status};

const BODY: &str = r#"{"size":4}"#;
/// An answer that nobody asked for.
const SMUGGLED: &str = "HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"size\":666}";
/// What is right, from then on.
const NEXT: &str = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"size\":5}";

fn ok(headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{headers}\r\n{body}").into_bytes()
}

fn chunked(body: &str) -> Vec<u8> {
    ok("transfer-encoding: chunked\r\n", body)
}

fn cases() -> Vec<(&'static str, Bad, Expected)> {
    use Bad::{Cut, Endless, Stay};
    use HttpErrorKind::{Other, Reset};
    let raw = |text: &str| text.as_bytes().to_vec();
    let length = |value: &str| ok(&format!("content-length: {value}\r\n"), BODY);
    vec![
        // Two answers to one request.
        ("a smuggled answer", Stay([length("10"), raw(SMUGGLED)].concat()), Answer),
        ("a smuggled answer after chunks", Stay([chunked("A\r\n{\"size\":4}\r\n0\r\n\r\n"), raw(SMUGGLED)].concat()), Answer),
        ("a smuggled answer after none", Stay([raw("HTTP/1.1 204 No Content\r\n\r\n"), raw(SMUGGLED)].concat()), Nothing),
        ("half an answer more", Stay([length("10"), raw("HTTP/1.1 2")].concat()), Answer),
        // Cut.
        ("nothing", Cut(vec![]), Error(Reset)),
        ("half a head", Cut(raw("HTTP/1.1 200 OK\r\ncontent-le")), Error(Reset)),
        ("half a body", Cut(length("11")), Error(Reset)),
        ("half a chunk", Cut(chunked("A\r\n{\"si")), Error(Reset)),
        ("no last chunk", Cut(chunked("A\r\n{\"size\":4}\r\n")), Error(Reset)),
        ("half a chunk's size", Cut(chunked("A")), Error(Reset)),
        // Lengths.
        ("a length twice", Stay(ok("content-length: 10\r\nContent-Length: 10\r\n", BODY)), Answer),
        ("two lengths", Stay(ok("content-length: 10\r\ncontent-length: 11\r\n", BODY)), Error(Other)),
        ("two lengths in one line", Stay(length("10, 11")), Error(Other)),
        ("a negative length", Stay(length("-1")), Error(Other)),
        ("a signed length", Stay(length("+10")), Error(Other)),
        ("a length in hexadecimal", Stay(length("0xa")), Error(Other)),
        ("a length of 2^64 and more", Stay(length("18446744073709551626")), Error(Other)),
        ("no length at all", Stay(length("")), Error(Other)),
        ("a length and chunks", Stay([ok("content-length: 5\r\ntransfer-encoding: chunked\r\n", "A\r\n{\"size\":4}\r\n0\r\n\r\n"), raw(SMUGGLED)].concat()), Answer),
        ("chunks and a length", Stay([ok("transfer-encoding: chunked\r\ncontent-length: 99\r\n", "A\r\n{\"size\":4}\r\n0\r\n\r\n"), raw(SMUGGLED)].concat()), Answer),
        ("chunks of HTTP/1.0", Stay(raw("HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\nA\r\n{\"size\":4}\r\n0\r\n\r\n")), Error(Other)),
        // Chunks.
        ("a chunk's size that is none", Stay(chunked("G\r\n")), Error(Other)),
        ("a negative chunk", Stay(chunked("-1\r\n")), Error(Other)),
        ("a chunk without a size", Stay(chunked("\r\n{\"size\":4}\r\n")), Error(Other)),
        ("a chunk of 2^68", Stay(chunked("FFFFFFFFFFFFFFFFF\r\n")), Error(Other)),
        ("a chunk longer than its size", Stay(chunked("9\r\n{\"size\":4}\r\n0\r\n\r\n")), Error(Other)),
        ("extensions without end", Endless(chunked("A;"), vec![b'x'; 4096]), Error(Other)),
        ("trailers without end", Endless(chunked("A\r\n{\"size\":4}\r\n0\r\n"), raw("x-more: 1\r\n")), Error(Other)),
        // Heads.
        ("no HTTP", Stay(raw("220 mail.example ESMTP\r\n\r\n")), Error(Other)),
        ("HTTP/2", Stay(b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80\0\x04\0\x01\0\0\0\x05\0\xff\xff\xff".to_vec()), Error(Other)),
        ("a status of letters", Stay(raw("HTTP/1.1 2OO OK\r\n\r\n")), Error(Other)),
        ("a status of two digits", Stay(raw("HTTP/1.1 20 OK\r\n\r\n")), Error(Other)),
        ("a zero byte", Stay(ok("x-tin: a\0b\r\ncontent-length: 10\r\n", BODY)), Error(Other)),
        ("a folded line", Stay(ok("x-tin: a\r\n b\r\ncontent-length: 10\r\n", BODY)), Error(Other)),
        ("a space before the colon", Stay(ok("content-length : 10\r\n", BODY)), Error(Other)),
        ("200 headers", Stay(ok(&"x-tin: a\r\n".repeat(200), BODY)), Error(Other)),
        ("headers without end", Endless(raw("HTTP/1.1 200 OK\r\n"), raw("x-tin: a\r\n")), Error(Other)),
        ("a header without end", Endless(raw("HTTP/1.1 200 OK\r\nx-tin: "), vec![b'x'; 4096]), Error(Other)),
        ("a reason without end", Endless(raw("HTTP/1.1 200 "), vec![b'x'; 4096]), Error(Other)),
        // Interim responses.
        ("some interim responses", Stay([raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"), length("10")].concat()), Answer),
        ("a flood of interim responses", Endless(vec![], raw("HTTP/1.1 100 Continue\r\n\r\n")), Error(Other)),
        ("100 interim responses and no more", Stay(raw("HTTP/1.1 102 Processing\r\n\r\n").repeat(100)), Error(Other)),
        ("a protocol that nobody asked for", Cut(raw("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n")), Status(101)),
        // Bodies where there is none.
        ("204 with a body", Stay(raw("HTTP/1.1 204 No Content\r\ncontent-length: 12\r\n\r\n{\"size\":666}")), Nothing),
        ("204 with chunks", Stay(raw("HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\nC\r\n{\"size\":666}\r\n0\r\n\r\n")), Nothing),
        ("304 with a body", Stay(raw("HTTP/1.1 304 Not Modified\r\ncontent-length: 12\r\n\r\n{\"size\":666}")), Status(304)),
        ("a body after a length of 0", Stay([ok("content-length: 0\r\n", ""), raw("{\"size\":666}")].concat()), Nothing),
    ]
}

/// A server that answers the first request with `bad` and all others as it should.
async fn server(bad: Bad) -> Wire {
    let (bad, used) = (Arc::new(bad), Arc::new(AtomicBool::new(false)));
    Wire::start(move |_, mut stream| {
        let (bad, used) = (bad.clone(), used.clone());
        async move {
            while read_request(&mut stream).await.is_some() {
                let written = if used.swap(true, Ordering::SeqCst) {
                    stream.write_all(NEXT.as_bytes()).await
                } else {
                    match &*bad {
                        Bad::Stay(bytes) => stream.write_all(bytes).await,
                        Bad::Cut(bytes) => {
                            let _ = stream.write_all(bytes).await;
                            return;
                        }
                        Bad::Endless(first, more) => {
                            let _ = stream.write_all(first).await;
                            while stream.write_all(more).await.is_ok() {}
                            return;
                        }
                    }
                };
                if written.is_err() {
                    return;
                }
            }
        }
    })
    .await
}

async fn get(client: &HyperClient, url: &str) -> Result<(u16, bytes::Bytes), HttpError> {
    let request = http::Request::get(url).body(Body::empty()).unwrap();
    let response = client.send(request, &SendOptions::default()).await?;
    let status = response.status().as_u16();
    Ok((status, response.into_body().collect(1 << 20).await?))
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_responses_end_in_their_time_and_are_of_a_known_kind() {
    for (name, bad, expected) in cases() {
        let wire = server(bad).await;
        let outcome = tokio::time::timeout(SOON, get(&HyperClient::new(), &wire.url)).await;
        let outcome = outcome.unwrap_or_else(|_| panic!("{name}: does not end"));
        match (expected, outcome) {
            (Answer, Ok((200, body))) if body == BODY => {}
            (Nothing, Ok((200 | 204, body))) if body.is_empty() => {}
            (Status(status), Ok((found, _))) if status == found => {}
            (Error(kind), Err(error)) if kind == error.kind() => {
                let said = error.to_string();
                assert!(said.contains(&wire.url), "{name}: {said}");
            }
            (_, outcome) => panic!("{name}: {outcome:?}"),
        }
        wire.until_open(0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_responses_are_never_the_answer_of_the_next_call() {
    for (name, bad, expected) in cases() {
        let wire = server(bad).await;
        let config = complete().endpoint_url(&wire.url).max_attempts(1).build();
        let client = Client::new(&SERVICE, config);
        let first = tokio::time::timeout(SOON, get_tin(&client)).await.unwrap();
        match (expected, first) {
            (Answer, Ok(tin)) => assert_eq!(tin.size, Some(4), "{name}"),
            (Nothing, Ok(tin)) => assert_eq!(tin.size, None, "{name}"),
            (Status(status), Err(error)) => {
                assert_eq!(
                    (error.kind(), error.status()),
                    (ErrorKind::Service, Some(status)),
                    "{name}"
                );
            }
            (Error(_), Err(error)) => assert_eq!(error.kind(), ErrorKind::Connection, "{name}"),
            (_, outcome) => panic!("{name}: {outcome:?}"),
        }
        for _ in 0..3 {
            let next = tokio::time::timeout(SOON, get_tin(&client)).await.unwrap();
            assert_eq!(next.unwrap().size, Some(5), "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_smuggled_answer_that_comes_late_ends_the_connection() {
    for _ in 0..10 {
        let (smuggled, mut was_smuggled) = tokio::sync::mpsc::unbounded_channel();
        let wire = Wire::start(move |number, mut stream| {
            let smuggled = smuggled.clone();
            async move {
                while read_request(&mut stream).await.is_some() {
                    stream.write_all(NEXT.as_bytes()).await.unwrap();
                    if number == 1 {
                        tokio::time::sleep(Duration::from_millis(2)).await;
                        let _ = stream.write_all(SMUGGLED.as_bytes()).await;
                        smuggled.send(()).unwrap();
                    }
                }
            }
        })
        .await;
        let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
        assert_eq!(get_tin(&client).await.unwrap().size, Some(5));
        // What comes after the next request cannot be distinguished from its response; this was sent before.
        was_smuggled.recv().await.unwrap();
        wire.until_open(0).await;
        assert_eq!(get_tin(&client).await.unwrap().size, Some(5));
        assert_eq!(wire.accepted(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_before_any_request_is_an_end_too() {
    let wire = Wire::start(|number, mut stream| async move {
        if number == 1 {
            let _ = stream.write_all(SMUGGLED.as_bytes()).await;
        }
        while read_request(&mut stream).await.is_some() {
            if stream.write_all(NEXT.as_bytes()).await.is_err() {
                return;
            }
        }
    })
    .await;
    let client = Client::new(&SERVICE, complete().endpoint_url(&wire.url).build());
    // Whether it comes before our request or after is not known; what follows it is.
    let first = tokio::time::timeout(SOON, get_tin(&client)).await.unwrap();
    assert!(matches!(
        first.map(|tin| tin.size),
        Ok(Some(5 | 666)) | Err(_)
    ));
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(get_tin(&client).await.unwrap().size, Some(5));
}

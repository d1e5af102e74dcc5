//! Runs each case on standard input with the crates that are generated for it, and returns the results.
//!
//! A case without a response tests its request: it is sent over a real connection to a server of this program, which
//! returns it as it was on the wire. The request of a case with a response gets just that response.
// Not every run has cases of every kind.
#![allow(dead_code)]

mod cases;
mod server;

use serde_json::{Value, json};
use std::any::Any;
use std::error::Error;
use std::fmt::Debug;
use std::time::Duration;
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{ByteStream, Config, CrateError, Credentials, Document, Timestamp};

/// How long a case may take.
const LONGEST: Duration = Duration::from_secs(30);

/// What was expected and what was found.
pub(crate) struct Answer {
    passed: bool,
    expected: String,
    got: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked: Vec<Value> = serde_json::from_reader(std::io::stdin())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let server = server::Server::start()?;
    let mut answers = Vec::new();
    for case in &asked {
        let number = case["case"].as_u64().and_then(|number| usize::try_from(number).ok());
        let replay = ReplayClient::new();
        let result = match number {
            Some(number) => runtime.block_on(answer(number, case, &server, &replay)),
            None => Err("no number".to_owned()),
        };
        // Whatever fails in a case must not affect the others.
        let Answer { passed, expected, got } = result.unwrap_or_else(|why| Answer {
            passed: false,
            expected: "an answer".to_owned(),
            got: why,
        });
        answers.push(json!({
            "case": number,
            "passed": passed,
            "expected": expected,
            "got": got,
            "requests": server.seen().into_iter().chain(replay.requests().iter().map(replayed)).collect::<Vec<_>>(),
        }));
    }
    serde_json::to_writer(std::io::stdout(), &answers)?;
    Ok(())
}

async fn answer(
    number: usize,
    case: &Value,
    server: &server::Server,
    replay: &ReplayClient,
) -> Result<Answer, String> {
    let config = Config::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .bearer_token("token")
        .max_attempts(1);
    // Without one, the endpoint follows from the service's rules and the region.
    let config = match case["endpoint"].as_str() {
        Some(url) => config.endpoint_url(url),
        None => config,
    };
    let mut replay = replay.clone();
    for response in case["responses"].as_array().into_iter().flatten() {
        let response = prepared(response).map_err(|error| error.to_string())?;
        replay = replay.response(response);
    }
    let config = match replay.remaining() {
        0 => config.http_client(server.client()),
        _ => config.http_client(replay.clone()),
    };
    let answer = cases::run(number, config.build()).ok_or("no such case")?;
    // In a separate task, so that a panic ends only that.
    match tokio::time::timeout(LONGEST, tokio::spawn(answer)).await {
        Err(_) => Err(format!("none within {LONGEST:?}")),
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(match error.try_into_panic() {
            Ok(panic) => format!("a panic: {}", said(&*panic)),
            Err(error) => error.to_string(),
        }),
    }
}

/// The message of a panic.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

fn prepared(response: &Value) -> Result<http::Response<Vec<u8>>, Box<dyn Error>> {
    let status = response["status_code"].as_u64().ok_or("a response without a status")?;
    let mut prepared = http::Response::builder().status(u16::try_from(status)?);
    for (name, value) in response["headers"].as_object().into_iter().flatten() {
        prepared = prepared.header(name, value.as_str().ok_or("a header that is no text")?);
    }
    let body = match &response["body"] {
        Value::Array(bytes) => bytes.iter().filter_map(Value::as_u64).map(u8::try_from).collect::<Result<_, _>>()?,
        body => body.as_str().unwrap_or_default().into(),
    };
    Ok(prepared.body(body)?)
}

/// A request that got the prepared response, in the form of the server.
fn replayed(request: &http::Request<impl AsRef<[u8]>>) -> Value {
    let uri = request.uri();
    let headers = request.headers().iter().map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())));
    let host = uri.authority().map(|host| ("host", host.as_str().into()));
    json!({
        "method": request.method().as_str(),
        "uri": uri.path_and_query().map(|path| path.as_str()),
        "headers": headers.chain(host).collect::<Vec<_>>(),
        "body": request.body().as_ref(),
    })
}

/// A request was sent and got a response.
pub(crate) fn sent<O, E: Error>(result: Result<O, E>) -> Answer {
    Answer {
        passed: result.is_ok(),
        expected: "a request that is answered".to_owned(),
        got: result.err().map(|error| error.to_string()).unwrap_or_default(),
    }
}

/// An empty output of the expected type.
pub(crate) fn of<O: Default, E>(_: &Result<O, E>) -> O {
    O::default()
}

/// The output from a response.
pub(crate) fn read<O: Debug + PartialEq, E: Debug>(result: Result<O, E>, expected: O) -> Answer {
    let expected_text = format!("{expected:?}");
    let got = match &result {
        Ok(output) => format!("{output:?}"),
        Err(error) => format!("{error:?}"),
    };
    Answer {
        // NaN equals nothing; but the texts, which contain every member, can be compared.
        passed: result.is_ok_and(|output| output == expected) || expected_text.contains("NaN") && got == expected_text,
        expected: expected_text,
        got,
    }
}

/// All bytes of a streamed payload.
pub(crate) async fn collected(stream: ByteStream) -> Result<Vec<u8>, String> {
    let bytes = stream.collect().await.map_err(|error| error.to_string())?;
    Ok(bytes.to_vec())
}

/// The error from a response.
pub(crate) fn failed<O: Debug, E: CrateError>(
    result: Result<O, E>,
    code: &str,
    message: Option<&str>,
    expected: E::ServiceError,
) -> Answer
where
    E::ServiceError: Debug + PartialEq,
{
    let (passed, got) = match &result {
        Ok(output) => (false, format!("{output:?}")),
        Err(error) => (
            error.code() == Some(code)
                && (message.is_none() || error.message() == message)
                && error.service_error() == Some(&expected),
            format!("code {:?}, message {:?}, {:?}", error.code(), error.message(), error.service_error()),
        ),
    };
    Answer {
        passed,
        expected: format!("code {:?}, message {message:?}, {:?}", Some(code), Some(expected)),
        got,
    }
}

pub(crate) fn document(json: &str) -> Document {
    serde_json::from_str::<Value>(json).map(Document::from).expect("JSON, as it was read from a file of JSON")
}

pub(crate) fn timestamp(seconds: i64, nanos: u32) -> Timestamp {
    Timestamp::new(seconds, nanos).expect("a moment with less than a second of nanoseconds")
}

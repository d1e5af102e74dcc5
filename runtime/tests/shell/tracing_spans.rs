//! The spans that a subscriber of `tracing` receives: the call and its attempts, and no secrets.

use crate::support::{SERVICE, get_tin};
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{Client, Config, Credentials};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes down every span and event with all fields.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<String>>);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Recorder {
    fn write(&self, what: &str, visit: impl FnOnce(&mut Fields<'_>)) {
        let mut text = self.0.lock().unwrap();
        text.push_str(what);
        visit(&mut Fields(&mut text));
        text.push('\n');
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write(span.metadata().name(), |fields| span.record(fields));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        self.write("record", |fields| values.record(fields));
    }
    fn event(&self, event: &Event<'_>) {
        self.write("event", |fields| event.record(fields));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test(start_paused = true)]
async fn spans_of_a_call_and_its_attempts_have_no_secrets() {
    let recorder = Recorder::default();
    let replay = ReplayClient::new().json(503, "").response(
        http::Response::builder()
            .header("x-amzn-requestid", "id-1")
            .body(r#"{"size": 1}"#)
            .unwrap(),
    );
    let credentials = Credentials::new("AKIDEXAMPLE", "VERYSECRET", Some("TOKENSECRET".to_owned()));
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(credentials)
        .http_client(replay);
    let client = Client::new(&SERVICE, config.build());
    let guard = tracing::subscriber::set_default(recorder.clone());
    get_tin(&client).await.unwrap();
    drop(guard);

    let text = recorder.0.lock().unwrap().clone();
    for expected in [
        r#"call service="Tin Shop" operation="GetTin""#,
        "attempt number=1",
        "record status=503",
        "attempt number=2",
        "record status=200",
        "attempts=2",
        r#"request_id="id-1""#,
    ] {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
    assert!(!text.contains("SECRET"), "{text}");
}

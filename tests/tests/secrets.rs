//! Secrets stay out of logs, `Debug` and `Display`: of everything that a program holds, whatever goes wrong.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use std::io;
use std::sync::{Arc, Mutex};

use imagebuilder::{Client, Config, Credentials};
use support::{server, within};
use tinsmith_tests::server::{
    ACCESS_KEY_ID, Fault, REGION, SECRET_ACCESS_KEY, SESSION_TOKEN, closed_port,
};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::{self, MakeWriter, format::FmtSpan};
use tracing_subscriber::prelude::*;

/// Keeps what the subscriber writes.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_secret_is_ever_written() {
    let log = Log::default();
    // All that the client and the libraries below it say; the server's verifier logs what it signs, as it may.
    let targets = Targets::new()
        .with_default(LevelFilter::TRACE)
        .with_target("aws_sigv4", LevelFilter::OFF);
    let lines = fmt::layer()
        .with_span_events(FmtSpan::FULL)
        .with_writer(log.clone());
    tracing_subscriber::registry()
        .with(lines)
        .with(targets)
        .init();

    let server = server(1).await;
    let credentials = Credentials::new(
        ACCESS_KEY_ID,
        SECRET_ACCESS_KEY,
        Some(SESSION_TOKEN.to_owned()),
    );
    let builder = Config::builder()
        .region(REGION)
        .credentials(credentials.clone())
        .endpoint_url(server.url())
        .max_attempts(2);
    let mut said = vec![format!("{credentials:?}"), format!("{builder:#?}")];
    let config = builder.build();
    let client = Client::new(config.clone());
    let call = client.list_image_build_versions();
    said.extend([
        format!("{config:#?}"),
        format!("{client:#?}"),
        format!("{call:#?}"),
    ]);

    within(call.send()).await.unwrap();
    for fault in [
        Fault::exception("ForbiddenException", "not yours"),
        Fault::not_json(),
        Fault::Cut,
        Fault::status(500),
    ] {
        server.fault_always(fault);
        let error = within(client.list_image_build_versions().send())
            .await
            .unwrap_err();
        said.extend([error.to_string(), format!("{error:#?}")]);
    }
    let nowhere = Config::builder()
        .region(REGION)
        .credentials(credentials)
        .endpoint_url(closed_port().await.unwrap())
        .max_attempts(1)
        .build();
    let error = within(Client::new(nowhere).list_image_build_versions().send())
        .await
        .unwrap_err();
    said.extend([error.to_string(), format!("{error:#?}")]);

    let signatures: Vec<String> = server
        .requests()
        .iter()
        .filter_map(|request| request.header("authorization").split_once("Signature="))
        .map(|(_, signature)| signature.to_owned())
        .collect();
    assert_eq!(signatures.len(), server.requests().len());
    let log = log.text();
    for part in ["ListImageBuildVersions", "reqsign", "hyper"] {
        assert!(log.contains(part), "nothing of {part} was logged");
    }
    said.push(log);
    for text in &said {
        for secret in [SECRET_ACCESS_KEY, SESSION_TOKEN] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(
            signatures.iter().all(|signature| !text.contains(signature)),
            "{text}"
        );
    }
}

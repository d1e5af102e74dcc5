//! A client whose requests are answered from a list.

use golden_s3::{Client, Config, Credentials};
use tinsmith_runtime::replay::ReplayClient;

pub(crate) type Headers = &'static [(&'static str, &'static str)];

/// Answers with these statuses, headers and bodies, one after the other.
pub(crate) fn answered(answers: &[(u16, Headers, &str)]) -> ReplayClient {
    let mut replay = ReplayClient::new();
    for (status, headers, body) in answers {
        let mut response = http::Response::builder().status(*status);
        for (name, value) in *headers {
            response = response.header(*name, *value);
        }
        replay = replay.response(response.body((*body).to_owned()).unwrap());
    }
    replay
}

pub(crate) fn config(replay: &ReplayClient) -> tinsmith_runtime::ConfigBuilder {
    Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay.clone())
}

pub(crate) fn client(replay: &ReplayClient) -> Client {
    Client::new(config(replay).build())
}

/// The URIs of all requests, each with the region that it was signed for.
pub(crate) fn sent(replay: &ReplayClient) -> Vec<(String, String)> {
    let region = |request: &http::Request<bytes::Bytes>| {
        let authorization = request.headers()["authorization"].to_str().unwrap();
        authorization.split('/').nth(2).unwrap().to_owned()
    };
    let requests = replay.requests();
    let requests = requests.iter();
    requests
        .map(|request| (request.uri().to_string(), region(request)))
        .collect()
}

//! Endpoints that depend on what a call says, and those that take no signature of ours.

use crate::support::{GetTinOutput, NoException, complete, header};
use tinsmith_runtime::replay::ReplayClient;
use tinsmith_runtime::{
    Client, Endpoint, EndpointError, EndpointParams, Error, ErrorKind, Operation, RequestWriter,
    Service, WriteInput, WriteStructure,
};

static SERVICE: Service = Service {
    id: "Tin Shop",
    endpoint,
    ..Service::DEFAULT
};

static LIST_TINS: Operation = Operation {
    name: "ListTins",
    service: &SERVICE,
    ..Operation::DEFAULT
};

static LIST_TINS_UNSIGNED: Operation = Operation {
    name: "ListTins",
    service: &SERVICE,
    auth: &[],
    ..Operation::DEFAULT
};

fn endpoint(params: &EndpointParams) -> Result<Endpoint, EndpointError> {
    Ok(match params.text("Shelf") {
        None => Endpoint::new("https://tins.example"),
        Some("everywhere") => Endpoint::new("https://everywhere.example")
            .only_auth("sigv4a")
            .signing_region("*"),
        Some("beyond") => Endpoint::new("https://beyond.example").only_auth("sigv4-beyond"),
        Some("") => return Err(EndpointError::new("a shelf has a name")),
        Some(shelf) => Endpoint::new(format!("https://{shelf}.tins.example")),
    })
}

/// An input whose one member is a parameter of the endpoint rules.
struct OnShelf(Option<&'static str>);

impl WriteStructure for OnShelf {}

impl WriteInput for OnShelf {
    fn write_request(&self, request: &mut RequestWriter) {
        request.endpoint_text("Shelf", self.0);
    }
}

async fn hosts(shelves: &[Option<&'static str>]) -> Vec<String> {
    let mut replay = ReplayClient::new();
    for _ in shelves {
        replay = replay.json(200, "{}");
    }
    let client = Client::new(&SERVICE, complete().http_client(replay.clone()).build());
    for shelf in shelves {
        let answer: Result<GetTinOutput, Error<NoException>> =
            client.call(&LIST_TINS, &OnShelf(*shelf)).await;
        answer.unwrap();
    }
    let requests = replay.requests();
    let hosts = requests.iter().filter_map(|request| request.uri().host());
    hosts.map(str::to_owned).collect()
}

#[tokio::test]
async fn an_endpoint_parameter_of_one_call_does_not_affect_the_next() {
    assert_eq!(
        hosts(&[None, Some("a"), Some("b"), None]).await,
        [
            "tins.example",
            "a.tins.example",
            "b.tins.example",
            "tins.example"
        ]
    );
}

async fn refused(operation: &'static Operation, shelf: &'static str) -> Option<String> {
    let replay = ReplayClient::new().json(200, "{}");
    let client = Client::new(&SERVICE, complete().http_client(replay.clone()).build());
    let answer: Result<GetTinOutput, Error<NoException>> =
        client.call(operation, &OnShelf(Some(shelf))).await;
    let error = answer.err()?;
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(replay.requests().is_empty(), "nothing is sent");
    Some(error.to_string())
}

#[tokio::test]
async fn a_call_without_an_endpoint_says_what_the_rules_say() {
    let error = refused(&LIST_TINS, "").await.unwrap();
    assert!(error.contains("a shelf has a name"), "{error}");
}

#[tokio::test]
async fn an_endpoint_for_another_kind_of_signature_gets_none_of_ours() {
    let error = refused(&LIST_TINS, "beyond").await.unwrap();
    assert!(
        error.contains("only requests that are signed with `sigv4-beyond`"),
        "{error}"
    );
    assert_eq!(refused(&LIST_TINS_UNSIGNED, "beyond").await, None);
}

#[tokio::test]
async fn an_endpoint_of_several_regions_is_signed_for_with_an_asymmetric_key() {
    let replay = ReplayClient::new().json(200, "{}");
    let client = Client::new(&SERVICE, complete().http_client(replay.clone()).build());
    let answer: Result<GetTinOutput, Error<NoException>> =
        client.call(&LIST_TINS, &OnShelf(Some("everywhere"))).await;
    answer.unwrap();
    let request = &replay.requests()[0];
    let authorization = header(request, "authorization");
    assert!(
        authorization.starts_with("AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/"),
        "{authorization}"
    );
    assert_eq!(header(request, "x-amz-region-set"), "*");
}

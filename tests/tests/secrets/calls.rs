//! Calls with credentials that are set outright, and all that may go wrong with them.

use crate::log;
use crate::support::{server, within};
use imagebuilder::{Client, Config, Credentials};
use tinsmith_tests::server::{
    ACCESS_KEY_ID, Fault, REGION, SECRET_ACCESS_KEY, SESSION_TOKEN, closed_port,
};

#[tokio::test]
async fn no_secret_is_ever_written() {
    log::listen();
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
    let log = log::since(0);
    for part in ["ListImageBuildVersions", "hyper"] {
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

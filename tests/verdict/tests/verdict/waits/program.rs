//! Waits of every outcome, against prepared answers; the clock is paused, so hours pass at once.

use std::time::Duration;
use subject::operation::get_image::GetImage;
use subject::runtime::replay::ReplayClient;
use subject::{Client, Config, Credentials, Error};
use tokio::time::Instant;

fn get_image(replay: &ReplayClient) -> GetImage {
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay.clone())
        .build();
    Client::new(config).get_image().image_build_version_arn("arn:a")
}

fn image(status: &str) -> String {
    format!(r#"{{"image": {{"arn": "arn:a", "state": {{"status": "{status}", "reason": "disk full"}}}}}}"#)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Error> {
    let replay = ReplayClient::new()
        .json(200, image("PENDING"))
        .json(200, image("BUILDING"))
        .json(200, image("AVAILABLE"));
    let waited = get_image(&replay).wait_until_image_available().send().await?;
    let minutes = waited.elapsed.as_secs_f64() / 60.0;
    assert!((2.0..=3.01).contains(&minutes), "{minutes}");
    let calls = waited.calls;
    let arn = waited.answer?.image.and_then(|image| image.arn).unwrap_or_default();
    assert_eq!(replay.requests().len(), 3);
    assert!(replay.requests()[0].uri().to_string().ends_with("/GetImage?imageBuildVersionArn=arn%3Aa"));
    println!("available: {arn} after {calls} calls");

    let replay = ReplayClient::new().json(200, image("TESTING")).json(200, image("FAILED"));
    let error = get_image(&replay).wait_until_image_available().send().await.unwrap_err();
    let said = error.to_string();
    let last = error.into_last().unwrap()?;
    println!("failed: {said}; reason {:?}", last.image.unwrap().state.unwrap().reason);

    let replay = ReplayClient::new().json(404, r#"{"__type": "ResourceNotFoundException", "message": "no such image"}"#);
    let error = get_image(&replay).wait_until_image_available().send().await.unwrap_err();
    let said = error.to_string();
    println!("other error: {said}; as an error of a call: {:?}", Error::from(error).code());

    let mut replay = ReplayClient::new();
    for _ in 0..120 {
        replay = replay.json(200, image("BUILDING"));
    }
    let start = Instant::now();
    let waiter = get_image(&replay).wait_until_image_available();
    let error = waiter.max_wait(Duration::from_secs(7200)).send().await.unwrap_err();
    let passed = start.elapsed().as_secs_f64();
    assert!((7140.0..7140.2).contains(&passed), "{passed}");
    assert!((60..=120).contains(&error.calls()), "{}", error.calls());
    let said = error.to_string();
    let said = said.split(" [").next().unwrap();
    let status = error.into_last().unwrap()?.image.unwrap().state.unwrap().status;
    println!("time over: {said}; the last status {status:?}");

    println!("unset: {:?}", get_image(&replay).wait_until_image_available());
    Ok(())
}

//! The program as a user runs it.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::process::{Command, Output};

#[test]
fn two_thousand_images_in_two_halves() {
    let output = run(&[]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    for part in [
        "Stopped after 1000 images.",
        "\n2000 images:\n",
        "status           Linux  Windows    macOS\n",
        "AVAILABLE           84       42       42\n",
        "arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.0/1\n",
        "No image was lost and none came twice.",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    let progress = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        progress,
        "  500 images so far\n  1000 images so far\n  1500 images so far\n  2000 images so far\n"
    );
}

#[test]
fn a_stop_within_a_page_loses_nothing() {
    let output = run(&["--images", "70", "--page-size", "10", "--stop-after", "33"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("Stopped after 33 images."), "{output:?}");
    assert!(
        text.contains("No image was lost and none came twice."),
        "{output:?}"
    );
}

#[test]
fn an_endpoint_without_a_listener_is_an_error_that_says_so() {
    let output = run(&[
        "--endpoint-url",
        "http://127.0.0.1:1",
        "--region",
        "eu-west-1",
    ]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        error.starts_with("error: ListImageBuildVersions: could not connect to http://127.0.0.1:1"),
        "{error}"
    );
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_imagebuilder-example"))
        .args(arguments)
        .env_clear()
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .output()
        .unwrap()
}

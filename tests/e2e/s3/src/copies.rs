//! Copies within the server.

use crate::case::{Cases, Outcome, PASSED, holds, same};
use crate::world::{BUCKET, World, bytes};
use s3::types::MetadataDirective;

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    cases.case("copy", copy(world, "copies/plain")).await;
    for (name, key) in [
        ("blanks and plus signs", "copies/a b+c"),
        ("letters beyond ASCII", "copies/ü/☃"),
        ("percent signs", "copies/100%/%zz"),
        ("a question mark", "copies/a?b=c"),
    ] {
        cases
            .case(&format!("copy of a key with {name}"), copy(world, key))
            .await;
    }
    cases
        .case("copy with other metadata", other_metadata(world))
        .await;
    cases
        .case("copy of what is not there", missing(world))
        .await;
}

async fn copy(world: &World, key: &str) -> Outcome {
    let content = bytes(100_000);
    world
        .put(key)
        .metadata("a", "b")
        .body(content.clone())
        .send()
        .await?;
    let copy = world.client.copy_object().bucket(BUCKET).key("copies/to");
    let copied = copy.copy_source(format!("{BUCKET}/{key}")).send().await?;
    let result = copied.copy_object_result.unwrap_or_default();
    holds("an entity tag", result.e_tag.is_some(), &result)?;
    world.has("copies/to", &content).await?;
    let metadata = world
        .get("copies/to")
        .send()
        .await?
        .metadata
        .unwrap_or_default();
    same(
        "its metadata",
        Some("b"),
        metadata.get("a").map(String::as_str),
    )?;
    PASSED
}

async fn other_metadata(world: &World) -> Outcome {
    let put = world
        .put("copies/metadata")
        .metadata("a", "b")
        .body("five!");
    put.send().await?;
    let copy = world
        .client
        .copy_object()
        .bucket(BUCKET)
        .key("copies/replaced");
    let copy = copy
        .copy_source(format!("{BUCKET}/copies/metadata"))
        .metadata("c", "d");
    copy.metadata_directive(MetadataDirective::Replace)
        .send()
        .await?;
    let metadata = world
        .get("copies/replaced")
        .send()
        .await?
        .metadata
        .unwrap_or_default();
    let got: Vec<_> = metadata
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    same("metadata", vec![("c", "d")], got)?;
    PASSED
}

async fn missing(world: &World) -> Outcome {
    let copy = world
        .client
        .copy_object()
        .bucket(BUCKET)
        .key("copies/of-nothing");
    let copy = copy
        .copy_source(format!("{BUCKET}/no-such-thing"))
        .send()
        .await;
    let code = copy.as_ref().err().and_then(s3::Error::code);
    holds("NoSuchKey", code == Some("NoSuchKey"), &copy)?;
    PASSED
}

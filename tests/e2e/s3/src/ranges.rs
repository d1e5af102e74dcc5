//! Parts of objects.

use crate::case::{Cases, Outcome, PASSED, holds, same, same_bytes};
use crate::world::{World, bytes};

/// How long the object is.
const LENGTH: usize = 100_000;

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    for (name, range, first, end) in [
        ("the first byte", "bytes=0-0", 0, 1),
        ("some bytes", "bytes=65530-65545", 65_530, 65_546),
        ("the rest", "bytes=99990-", 99_990, LENGTH),
        ("the last bytes", "bytes=-5", LENGTH - 5, LENGTH),
        ("more than there is", "bytes=99990-999999", 99_990, LENGTH),
        ("everything", "bytes=0-99999", 0, LENGTH),
    ] {
        cases
            .case(&format!("range of {name}"), part(world, range, first, end))
            .await;
    }
    cases
        .case(
            "range beyond the end",
            beyond(world, LENGTH, "bytes=100000-"),
        )
        .await;
    cases
        .case("range of an empty object", beyond(world, 0, "bytes=0-"))
        .await;
}

async fn part(world: &World, range: &str, first: usize, end: usize) -> Outcome {
    let content = bytes(LENGTH);
    world.put_bytes("range", &content).await?;
    let got = world.get("range").range(range).send().await?;
    let expected = format!("bytes {first}-{}/{LENGTH}", end - 1);
    same("a range of", Some(expected), got.content_range)?;
    same(
        "a length of",
        Some(i64::try_from(end - first)?),
        got.content_length,
    )?;
    same_bytes(
        content.get(first..end).unwrap_or_default(),
        &got.body.collect().await?,
    )?;
    PASSED
}

async fn beyond(world: &World, length: usize, range: &str) -> Outcome {
    world.put_bytes("range-beyond", &bytes(length)).await?;
    let got = world.get("range-beyond").range(range).send().await;
    let error = got.as_ref().err();
    let status = error.and_then(s3::Error::status);
    let code = error.and_then(s3::Error::code);
    holds(
        "416 InvalidRange",
        (status, code) == (Some(416), Some("InvalidRange")),
        &got,
    )?;
    PASSED
}

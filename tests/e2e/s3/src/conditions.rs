//! Requests that are granted only under a condition.

use crate::case::{Cases, Outcome, PASSED, holds, same_bytes};
use crate::world::{World, bytes};
use s3::Timestamp;
use std::fmt::Debug;
use std::time::{Duration, SystemTime};

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    cases
        .case("condition: read if it is the same", read_same(world))
        .await;
    cases
        .case("condition: read if it is another one", read_other(world))
        .await;
    cases
        .case("condition: read if it was changed", read_changed(world))
        .await;
    cases
        .case("condition: put if there is none", put_new(world))
        .await;
    cases
        .case("condition: put if it is the same", put_same(world))
        .await;
}

/// Fails unless the call ended with this status.
fn ends_with<T: Debug>(status: u16, got: Result<T, s3::Error>) -> Result<(), crate::case::Failure> {
    let found = got.as_ref().err().and_then(s3::Error::status);
    holds(
        &format!("an error with the status {status}"),
        found == Some(status),
        &got,
    )
}

const OTHER: &str = "\"0123456789abcdef0123456789abcdef\"";

async fn read_same(world: &World) -> Outcome {
    let tag = world.put_bytes("condition", &bytes(10)).await?;
    let got = world.get("condition").if_match(&tag).send().await?;
    same_bytes(&bytes(10), &got.body.collect().await?)?;
    ends_with(412, world.get("condition").if_match(OTHER).send().await)?;
    PASSED
}

async fn read_other(world: &World) -> Outcome {
    let tag = world.put_bytes("condition", &bytes(10)).await?;
    let got = world.get("condition").if_none_match(OTHER).send().await?;
    same_bytes(&bytes(10), &got.body.collect().await?)?;
    ends_with(304, world.get("condition").if_none_match(tag).send().await)?;
    PASSED
}

async fn read_changed(world: &World) -> Outcome {
    world.put_bytes("condition", &bytes(10)).await?;
    let hour = Duration::from_secs(3600);
    let (now, get) = (SystemTime::now(), || world.get("condition"));
    let (before, after) = (
        Timestamp::try_from(now - hour)?,
        Timestamp::try_from(now + hour)?,
    );
    get().if_modified_since(before).send().await?;
    get().if_unmodified_since(after).send().await?;
    ends_with(412, get().if_unmodified_since(before).send().await)?;
    // A date in the future counts for nothing, so this one is the object's own.
    let date = get().send().await?.last_modified.unwrap_or(after);
    ends_with(304, get().if_modified_since(date).send().await)?;
    PASSED
}

async fn put_new(world: &World) -> Outcome {
    let put = || world.put("condition-new").if_none_match("*").body("1");
    put().send().await?;
    ends_with(412, put().send().await)?;
    PASSED
}

async fn put_same(world: &World) -> Outcome {
    let tag = world.put_bytes("condition-same", &bytes(10)).await?;
    let put = || world.put("condition-same").body(bytes(20));
    ends_with(412, put().if_match(OTHER).send().await)?;
    put().if_match(tag).send().await?;
    world.has("condition-same", &bytes(20)).await?;
    PASSED
}

//! Objects deleted by the thousand, or by fewer where it is to be short.

use crate::case::{Cases, Outcome, PASSED, holds, same};
use crate::lists;
use crate::world::{BUCKET, World, bytes};
use s3::ErrorKind;
use s3::types::{Delete, ObjectIdentifier};

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    let name = format!("delete {} objects in one request", lists::page(world));
    cases.case(&name, many(world)).await;
    cases.case("delete objects quietly", quietly(world)).await;
    cases
        .case("delete keys with markup and line ends", odd(world))
        .await;
    cases
        .case(
            "delete a key that XML cannot carry is an error before anything is sent",
            impossible(world),
        )
        .await;
}

fn delete<K: Into<String>>(keys: impl IntoIterator<Item = K>) -> Delete {
    let objects = keys
        .into_iter()
        .map(|key| ObjectIdentifier::builder().key(key).build());
    Delete::builder().objects(objects.collect::<Vec<_>>())
}

/// The first of the objects that are listed elsewhere, which comes first.
async fn many(world: &World) -> Outcome {
    lists::fill(world).await?;
    let mut keys = lists::keys(world);
    let rest = keys.split_off(lists::page(world));
    let call = world.client.delete_objects().bucket(lists::BUCKET);
    let deleted = call.delete(delete(keys.clone())).send().await?;
    holds("no errors", deleted.errors.is_none(), &deleted.errors)?;
    let got = deleted.deleted.into_iter().flatten();
    let mut got: Vec<String> = got.filter_map(|one| one.key).collect();
    got.sort();
    same("all keys deleted:", keys, got)?;
    let list = world.client.list_objects_v2().bucket(lists::BUCKET);
    let left = list.into_paginator().items().send().collect().await?;
    same("so many left:", rest.len(), left.len())?;
    PASSED
}

async fn quietly(world: &World) -> Outcome {
    for key in ["quiet/1", "quiet/2"] {
        world.put_bytes(key, &bytes(1)).await?;
    }
    let call = world.client.delete_objects().bucket(BUCKET);
    // What is not there counts as deleted.
    let quiet = delete(["quiet/1", "quiet/2", "quiet/none"]).quiet(true);
    let deleted = call.delete(quiet).send().await?;
    holds(
        "nothing said",
        deleted.deleted.is_none() && deleted.errors.is_none(),
        &deleted,
    )?;
    world.has_none("quiet/1").await?;
    world.has_none("quiet/2").await?;
    PASSED
}

async fn odd(world: &World) -> Outcome {
    let keys = ["odd/<&>\"'", "odd/a\r\nb", "odd/ü + ", "odd/]]>"];
    for key in keys {
        world.put_bytes(key, &bytes(1)).await?;
    }
    let call = world.client.delete_objects().bucket(BUCKET);
    let deleted = call.delete(delete(keys)).send().await?;
    let mut got: Vec<String> = deleted
        .deleted
        .into_iter()
        .flatten()
        .filter_map(|one| one.key)
        .collect();
    got.sort();
    let mut expected = keys.map(str::to_owned).to_vec();
    expected.sort();
    same("the keys:", expected, got)?;
    for key in keys {
        world.has_none(key).await?;
    }
    PASSED
}

async fn impossible(world: &World) -> Outcome {
    let call = world.client.delete_objects().bucket(BUCKET);
    let deleted = call.delete(delete(["a\u{1}b"])).send().await;
    let error = deleted.as_ref().err();
    let is_of_input = error.map(s3::Error::kind) == Some(ErrorKind::Input);
    let was_sent = error.is_some_and(|error| error.attempts() > 0);
    holds("an error of the input", is_of_input && !was_sent, &deleted)?;
    PASSED
}

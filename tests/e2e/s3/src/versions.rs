//! Versions of objects, and markers of deleted ones.

use crate::case::{Cases, Failure, Outcome, PASSED, holds, same, same_bytes};
use crate::world::World;
use s3::types::{BucketVersioningStatus, VersioningConfiguration};

/// The bucket that keeps versions.
const BUCKET: &str = "e2e-versions";

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    cases
        .case("versions of a bucket are kept", enable(world))
        .await;
    cases
        .case("versions: put, read, list", versions(world))
        .await;
    cases
        .case("versions: delete, restore", markers(world))
        .await;
    cases.case("versions: copy of one", copy(world)).await;
}

async fn enable(world: &World) -> Outcome {
    world.client.create_bucket().bucket(BUCKET).send().await?;
    let enabled = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled);
    let put = world.client.put_bucket_versioning().bucket(BUCKET);
    put.versioning_configuration(enabled.build()).send().await?;
    let got = world
        .client
        .get_bucket_versioning()
        .bucket(BUCKET)
        .send()
        .await?;
    same(
        "a status",
        Some(BucketVersioningStatus::Enabled),
        got.status,
    )?;
    PASSED
}

/// Puts an object; its version.
async fn put(world: &World, key: &str, content: &str) -> Result<String, Failure> {
    let put = world.client.put_object().bucket(BUCKET).key(key);
    let put = put.body(content.to_owned()).send().await?;
    put.version_id
        .ok_or_else(|| Failure("expected a version, got none".to_owned()))
}

/// Fails unless this version has this content.
async fn has(world: &World, key: &str, version: &str, content: &str) -> Result<(), Failure> {
    let get = world.client.get_object().bucket(BUCKET).key(key);
    let got = get.version_id(version).send().await?;
    same("a version", Some(version), got.version_id.as_deref())?;
    same_bytes(content.as_bytes(), &got.body.collect().await?)
}

async fn versions(world: &World) -> Outcome {
    let key = "a b+c/ü";
    let (first, second) = (
        put(world, key, "first").await?,
        put(world, key, "second").await?,
    );
    let third = put(world, key, "third").await?;
    holds(
        "different versions",
        first != second && second != third,
        (&first, &second),
    )?;
    has(world, key, &first, "first").await?;
    has(world, key, &second, "second").await?;
    let get = world.client.get_object().bucket(BUCKET).key(key);
    let newest = get.send().await?.body.collect().await?;
    same_bytes(b"third", &newest)?;
    let list = world
        .client
        .list_object_versions()
        .bucket(BUCKET)
        .prefix("a b+");
    let listed = list.send().await?.versions.unwrap_or_default();
    let ids: Vec<_> = listed
        .iter()
        .filter_map(|one| one.version_id.clone())
        .collect();
    same("the newest first:", vec![third, second, first], ids)?;
    let keys_are_right = listed.iter().all(|one| one.key.as_deref() == Some(key));
    holds("the key, decoded", keys_are_right, &listed)?;
    PASSED
}

async fn markers(world: &World) -> Outcome {
    let key = "deleted";
    put(world, key, "first").await?;
    let deleted = world
        .client
        .delete_object()
        .bucket(BUCKET)
        .key(key)
        .send()
        .await?;
    same("a marker", Some(true), deleted.delete_marker)?;
    let marker = deleted.version_id.unwrap_or_default();
    let get = world
        .client
        .get_object()
        .bucket(BUCKET)
        .key(key)
        .send()
        .await;
    let code = get.as_ref().err().and_then(s3::Error::code);
    holds("NoSuchKey", code == Some("NoSuchKey"), &get)?;
    let list = world
        .client
        .list_object_versions()
        .bucket(BUCKET)
        .prefix(key);
    let listed = list.send().await?;
    let markers = listed.delete_markers.unwrap_or_default();
    let ids: Vec<_> = markers
        .into_iter()
        .filter_map(|one| one.version_id)
        .collect();
    same("the marker in the list", vec![marker.clone()], ids)?;
    let delete = world.client.delete_object().bucket(BUCKET).key(key);
    delete.version_id(marker).send().await?;
    let get = world.client.get_object().bucket(BUCKET).key(key);
    let restored = get.send().await?.body.collect().await?;
    same_bytes(b"first", &restored)?;
    PASSED
}

async fn copy(world: &World) -> Outcome {
    let key = "copy of/ü+";
    let old = put(world, key, "old").await?;
    put(world, key, "new").await?;
    let copy = world.client.copy_object().bucket(BUCKET).key("copied");
    let copy = copy.copy_source(format!("{BUCKET}/{key}?versionId={old}"));
    copy.send().await?;
    let get = world.client.get_object().bucket(BUCKET).key("copied");
    let content = get.send().await?.body.collect().await?;
    same_bytes(b"old", &content)?;
    PASSED
}

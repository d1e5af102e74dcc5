//! Lists of 2,500 objects, or of fewer where it is to be short: page by page, in groups, with keys that are encoded on the
//! wire.

use crate::case::{Cases, Failure, Outcome, PASSED, holds, same};
use crate::world::World;
use s3::types::EncodingType;
use tokio::task::JoinSet;

/// The bucket with nothing but the objects that are listed.
pub(crate) const BUCKET: &str = "e2e-lists";

/// How many groups they are in.
const GROUPS: usize = 50;

/// How many are made at a time.
const AT_ONCE: usize = 16;

/// How many objects there are.
pub(crate) fn count(world: &World) -> usize {
    if world.is_short { 250 } else { 2_500 }
}

/// How many are in a page and in a request that deletes: two fifths of all, and at most 1,000 as in S3.
pub(crate) fn page(world: &World) -> usize {
    count(world) / 5 * 2
}

/// The keys in the order of lists, which is that of their bytes.
pub(crate) fn keys(world: &World) -> Vec<String> {
    let count = count(world);
    let keys = (0..count).map(|index| format!("g {:02}+ü/k&{index:04}", index * GROUPS / count));
    keys.collect()
}

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    let (count, page) = (count(world), page(world));
    let name = |what: &str| format!("list of {count} {what}");
    cases.case(&name("that are put"), fill(world)).await;
    cases
        .case(&name(&format!("in pages of {page}")), pages(world))
        .await;
    let of_first = first_version(world);
    cases
        .case(&name("by the first version of the operation"), of_first)
        .await;
    cases.case("list in groups", groups(world)).await;
    let of_first = groups_of_first(world);
    cases
        .case(
            "list in groups by the first version, in small pages",
            of_first,
        )
        .await;
    cases.case("list from a key on", start_after(world)).await;
    let encoded = encoded(world);
    cases
        .case("list whose encoding the caller sets stays encoded", encoded)
        .await;
    cases
        .case("list that another client continues", resumed(world))
        .await;
    cases.case(&name("versions"), versions(world)).await;
}

/// Makes the objects, unless they are there.
pub(crate) async fn fill(world: &World) -> Outcome {
    if !world.needs_list() {
        return PASSED;
    }
    world.client.create_bucket().bucket(BUCKET).send().await?;
    let mut under_way = JoinSet::new();
    for key in keys(world) {
        if under_way.len() == AT_ONCE
            && let Some(done) = under_way.join_next().await
        {
            done??;
        }
        under_way.spawn(
            world
                .client
                .put_object()
                .bucket(BUCKET)
                .key(key)
                .body("1")
                .send(),
        );
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    PASSED
}

/// Fails unless these are all keys, in their order.
fn are_all(world: &World, got: Vec<Option<String>>) -> Result<(), Failure> {
    let got: Vec<String> = got.into_iter().flatten().collect();
    let expected = keys(world);
    if got == expected {
        return Ok(());
    }
    let same = expected.iter().zip(&got).take_while(|(a, b)| a == b);
    let same = same.count();
    Err(Failure(format!(
        "expected {} keys in order, got {} that differ from number {same} on: {:?}",
        expected.len(),
        got.len(),
        got.get(same)
    )))
}

async fn pages(world: &World) -> Outcome {
    let (count, page_size) = (count(world), page(world));
    let list = world.client.list_objects_v2().bucket(BUCKET);
    let list = list.max_keys(i32::try_from(page_size)?);
    let mut pages = list.into_paginator().send();
    let (mut sizes, mut keys) = (Vec::new(), Vec::new());
    while let Some(page) = pages.next().await {
        let contents = page?.contents.unwrap_or_default();
        sizes.push(contents.len());
        keys.extend(contents.into_iter().map(|object| object.key));
    }
    let expected = vec![page_size, page_size, count - 2 * page_size];
    same("pages of", expected, sizes)?;
    are_all(world, keys)?;
    PASSED
}

async fn first_version(world: &World) -> Outcome {
    let list = world.client.list_objects().bucket(BUCKET);
    let mut pages = list.into_paginator().send();
    let mut keys = Vec::new();
    while let Some(page) = pages.next().await {
        keys.extend(
            page?
                .contents
                .into_iter()
                .flatten()
                .map(|object| object.key),
        );
    }
    are_all(world, keys)?;
    PASSED
}

fn all_groups() -> Vec<String> {
    (0..GROUPS)
        .map(|group| format!("g {group:02}+ü/"))
        .collect()
}

async fn groups(world: &World) -> Outcome {
    let list = world.client.list_objects_v2().bucket(BUCKET).delimiter("/");
    let page = list.send().await?;
    let groups = page.common_prefixes.into_iter().flatten();
    same(
        "all groups:",
        all_groups(),
        groups.filter_map(|group| group.prefix).collect(),
    )?;
    holds(
        "no objects beside them",
        page.contents.is_none(),
        &page.contents,
    )?;
    same("the delimiter", Some("/"), page.delimiter.as_deref())?;
    let prefix = "g 07+ü/";
    let list = world
        .client
        .list_objects_v2()
        .bucket(BUCKET)
        .delimiter("/")
        .prefix(prefix);
    let page = list.send().await?;
    same(
        "objects of one group:",
        count(world) / GROUPS,
        page.contents.map_or(0, |objects| objects.len()),
    )?;
    same("the prefix, decoded:", Some(prefix), page.prefix.as_deref())?;
    PASSED
}

async fn groups_of_first(world: &World) -> Outcome {
    let list = world.client.list_objects().bucket(BUCKET).delimiter("/");
    let mut pages = list.max_keys(7).into_paginator().send();
    let mut groups = Vec::new();
    while let Some(page) = pages.next().await {
        let found = page?.common_prefixes.into_iter().flatten();
        groups.extend(found.filter_map(|group| group.prefix));
    }
    same("all groups:", all_groups(), groups)?;
    PASSED
}

async fn start_after(world: &World) -> Outcome {
    let mut keys = keys(world);
    let rest = keys.split_off(keys.len() - 10);
    let after = keys.pop().unwrap_or_default();
    let list = world.client.list_objects_v2().bucket(BUCKET);
    let page = list.start_after(&after).send().await?;
    same("the key, decoded:", Some(after), page.start_after)?;
    let got = page.contents.into_iter().flatten();
    same(
        "the last ten:",
        rest,
        got.filter_map(|object| object.key).collect(),
    )?;
    PASSED
}

async fn encoded(world: &World) -> Outcome {
    let list = world.client.list_objects_v2().bucket(BUCKET).max_keys(1);
    let page = list.encoding_type(EncodingType::Url).send().await?;
    let keys: Vec<_> = page
        .contents
        .into_iter()
        .flatten()
        .filter_map(|object| object.key)
        .collect();
    let is_encoded = matches!(keys.as_slice(), [key] if key.contains("%C3%BC") && key.is_ascii());
    holds("one encoded key", is_encoded, &keys)?;
    PASSED
}

async fn resumed(world: &World) -> Outcome {
    let list = world.client.list_objects_v2().bucket(BUCKET);
    let first = list.max_keys(100).send().await?;
    let token = first.next_continuation_token;
    holds("a token", token.is_some(), &token)?;
    let other = s3::Client::new(world.config().build());
    let rest = other
        .list_objects_v2()
        .bucket(BUCKET)
        .continuation_token(token.unwrap_or_default());
    let rest = rest.into_paginator().items().send().collect().await?;
    let all = first.contents.into_iter().flatten().chain(rest);
    are_all(world, all.map(|object| object.key).collect())?;
    PASSED
}

async fn versions(world: &World) -> Outcome {
    let list = world.client.list_object_versions().bucket(BUCKET);
    let mut pages = list.into_paginator().send();
    let mut keys = Vec::new();
    while let Some(page) = pages.next().await {
        keys.extend(
            page?
                .versions
                .into_iter()
                .flatten()
                .map(|version| version.key),
        );
    }
    are_all(world, keys)?;
    PASSED
}

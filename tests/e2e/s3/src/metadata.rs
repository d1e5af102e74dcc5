//! What is said of an object besides its content: metadata, headers, tags.

use crate::case::{Cases, Outcome, PASSED, holds, same};
use crate::world::{BUCKET, World, bytes};
use s3::ErrorKind;
use s3::types::{Tag, Tagging};
use std::collections::BTreeMap;

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    cases.case("metadata", metadata(world)).await;
    cases
        .case(
            "metadata that is not ASCII is an error before anything is sent",
            not_ascii(world),
        )
        .await;
    cases.case("headers of an object", headers(world)).await;
    cases
        .case(
            "headers in place of those of the object",
            other_headers(world),
        )
        .await;
    cases.case("tags in a header", tags_in_header(world)).await;
    cases.case("tags: replaced, deleted", tags(world)).await;
}

async fn metadata(world: &World) -> Outcome {
    let put = world.put("metadata").body("five!");
    let put = put
        .metadata("a", "b c=d;e, f")
        .metadata("Number", "7")
        .metadata("of-words", "x");
    put.send().await?;
    let expected = [("a", "b c=d;e, f"), ("number", "7"), ("of-words", "x")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let got = world
        .get("metadata")
        .send()
        .await?
        .metadata
        .unwrap_or_default();
    // Servers return names in the case that they like.
    let got = got
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value));
    same("metadata", BTreeMap::from(expected), got.collect())?;
    PASSED
}

async fn not_ascii(world: &World) -> Outcome {
    let put = world.put("metadata-not-ascii").metadata("snow", "☃");
    let put = put.send().await;
    let kind = put.as_ref().err().map(s3::Error::kind);
    holds(
        "an error of the input",
        kind == Some(ErrorKind::Input),
        &put,
    )?;
    world.has_none("metadata-not-ascii").await?;
    PASSED
}

async fn headers(world: &World) -> Outcome {
    let put = world.put("headers").body(bytes(1000));
    let put = put
        .content_type("text/x-tins; charset=utf-8")
        .cache_control("max-age=60, private");
    let put = put
        .content_disposition("attachment; filename=\"a b.txt\"")
        .content_language("rm");
    let put = put.content_encoding("identity");
    put.send().await?;
    let got = world.get("headers").send().await?;
    same(
        "a type",
        Some("text/x-tins; charset=utf-8"),
        got.content_type.as_deref(),
    )?;
    same(
        "a rule of caches",
        Some("max-age=60, private"),
        got.cache_control.as_deref(),
    )?;
    let disposition = Some("attachment; filename=\"a b.txt\"");
    same(
        "a disposition",
        disposition,
        got.content_disposition.as_deref(),
    )?;
    same("a language", Some("rm"), got.content_language.as_deref())?;
    same(
        "an encoding",
        Some("identity"),
        got.content_encoding.as_deref(),
    )?;
    holds("a date", got.last_modified.is_some(), &got.last_modified)?;
    PASSED
}

async fn other_headers(world: &World) -> Outcome {
    world.put_bytes("other-headers", &bytes(10)).await?;
    let get = world
        .get("other-headers")
        .response_content_type("text/x-a b");
    let got = get
        .response_content_disposition("inline; filename=a+b&c")
        .send()
        .await?;
    same("a type", Some("text/x-a b"), got.content_type.as_deref())?;
    let disposition = Some("inline; filename=a+b&c");
    same(
        "a disposition",
        disposition,
        got.content_disposition.as_deref(),
    )?;
    PASSED
}

async fn tags_of(world: &World, key: &str) -> Result<BTreeMap<String, String>, s3::Error> {
    let got = world
        .client
        .get_object_tagging()
        .bucket(BUCKET)
        .key(key)
        .send()
        .await?;
    let tags = got.tag_set.into_iter().flatten();
    Ok(tags
        .filter_map(|tag| Some((tag.key?, tag.value?)))
        .collect())
}

fn map(tags: &[(&str, &str)]) -> BTreeMap<String, String> {
    let tags = tags.iter();
    tags.map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

async fn tags_in_header(world: &World) -> Outcome {
    let put = world.put("tags-in-header").tagging("a=1&b%20c=x%2By%20z");
    put.send().await?;
    let expected = map(&[("a", "1"), ("b c", "x+y z")]);
    same("tags", expected, tags_of(world, "tags-in-header").await?)?;
    PASSED
}

async fn tags(world: &World) -> Outcome {
    world.put_bytes("tags", &bytes(10)).await?;
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build();
    let tagging = Tagging::builder().tag_set([tag("colour", "ü"), tag("a/b", "c=d+e")]);
    let put = world.client.put_object_tagging().bucket(BUCKET).key("tags");
    put.tagging(tagging.build()).send().await?;
    let expected = map(&[("colour", "ü"), ("a/b", "c=d+e")]);
    same("tags", expected, tags_of(world, "tags").await?)?;
    let delete = world
        .client
        .delete_object_tagging()
        .bucket(BUCKET)
        .key("tags");
    delete.send().await?;
    same("no tags", map(&[]), tags_of(world, "tags").await?)?;
    PASSED
}

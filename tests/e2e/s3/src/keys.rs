//! Keys with everything that paths, XML and servers treat in a special way. What was sent is compared with the encoding that
//! S3's documentation asks for, whether the server takes the key or not.

use crate::case::{Cases, Failure, Outcome, PASSED, Verdict, holds, same};
use crate::world::{BUCKET, World};
use s3::ErrorKind;
use std::fmt::Write as _;

const KEYS: [(&str, &str); 27] = [
    ("blanks", " a b  c "),
    ("plus signs", "a+b++c"),
    ("two slashes", "keys//two"),
    ("a slash at the beginning", "/keys"),
    ("a slash at the end", "keys/folder/"),
    ("a parent folder", "keys/../parent"),
    ("only a parent folder", ".."),
    ("a parent folder at the end", "keys/end/.."),
    ("a folder that is itself", "keys/./self"),
    ("only a dot", "."),
    ("letters beyond ASCII", "ü/日本/é"),
    ("a letter of two code points", "e\u{301}"),
    ("a letter beyond the first plane", "𝄞/☃"),
    ("a tab", "a\tb"),
    ("a line feed", "a\nb"),
    ("a carriage return", "a\rb"),
    ("a control character", "a\u{1}b"),
    ("an escape", "a\u{1b}b"),
    ("a delete character", "a\u{7f}b"),
    ("a control character beyond ASCII", "a\u{85}b"),
    ("percent signs", "100%/%"),
    ("what looks encoded", "a%20b%2Fc"),
    ("what ends a path", "a?b=c&d#e"),
    ("other reserved characters", "!$'()*,;:@[]=~"),
    ("markup", "<a href=\"b\">&amp;'</a>"),
    ("a backslash and braces", "a\\b{c}|^`"),
    ("a tilde and a dot", "~a.b-c_d"),
];

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    for (name, key) in KEYS {
        cases
            .case(&format!("key with {name}"), round(world, key))
            .await;
    }
    let longest = "k".repeat(250) + "/";
    let longest = longest.repeat(5);
    let longest = longest.get(..1024).unwrap_or_default();
    cases
        .case("key of 1,024 bytes", round(world, longest))
        .await;
}

/// The path of a key: everything but unreserved characters and slashes is encoded.
fn path(key: &str) -> String {
    let mut path = format!("/{BUCKET}/");
    for byte in key.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                path.push(char::from(byte));
            }
            _ => {
                let _ = write!(path, "%{byte:02X}");
            }
        }
    }
    path
}

/// Fails unless the last request was for this key.
fn was_sent(world: &World, key: &str) -> Result<(), Failure> {
    let sent = world.http.last();
    same(
        "the path",
        Some(path(key)),
        sent.map(|sent| sent.path().to_owned()),
    )
}

/// Puts an object, reads it, lists it, and deletes it.
async fn round(world: &World, key: &str) -> Outcome {
    let content = format!("the content of {key:?}");
    let put = world.put(key).body(content.clone()).send().await;
    was_sent(world, key)?;
    if let Err(error) = &put
        && error.kind() == ErrorKind::Service
    {
        let sent = path(key);
        return Ok(Verdict::Refused(format!(
            "{error}; what was sent is right: {sent}"
        )));
    }
    put?;
    world.has(key, content.as_bytes()).await?;
    was_sent(world, key)?;
    let head = world.client.head_object().bucket(BUCKET).key(key);
    let length = i64::try_from(content.len())?;
    same(
        "a length of",
        Some(length),
        head.send().await?.content_length,
    )?;
    let list = world.client.list_objects_v2().bucket(BUCKET).prefix(key);
    let listed: Vec<_> = list.send().await?.contents.into_iter().flatten().collect();
    let listed: Vec<_> = listed
        .iter()
        .filter_map(|object| object.key.as_deref())
        .collect();
    holds(
        &format!("the key {key:?} in the list"),
        listed.contains(&key),
        &listed,
    )?;
    let delete = world.client.delete_object().bucket(BUCKET).key(key);
    delete.send().await?;
    was_sent(world, key)?;
    world.has_none(key).await?;
    PASSED
}

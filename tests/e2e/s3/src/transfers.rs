//! The transfer layer: uploads in parts and downloads in ranges, whole, broken and resumed. Of 100 MiB, or of less where it is
//! to be short.

use crate::case::{Cases, Failure, Outcome, PASSED, holds, same, same_bytes};
use crate::http_client::Fault;
use crate::streams::in_pieces;
use crate::world::{BUCKET, World, bytes};
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use s3::ByteStream;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tinsmith_s3::transfer::{DownloadObject as _, DownloadState, UploadObject as _, UploadState};

const MIB: usize = 1 << 20;

/// The size of parts: the default, or the smallest that S3 takes.
fn part(world: &World) -> u64 {
    (if world.is_short { 5 } else { 8 } * MIB) as u64
}

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    let size = if world.is_short { 11 } else { 100 };
    let names = [
        format!("transfer of {size} MiB from a file"),
        format!("transfer of {size} MiB to a file"),
        "transfer of a stream of unknown length".to_owned(),
        "transfer up over connections that break".to_owned(),
        "transfer down over connections that break".to_owned(),
        "transfer of a stream that breaks leaves nothing".to_owned(),
        "transfer up, given up and resumed".to_owned(),
        "transfer down, given up and resumed".to_owned(),
    ];
    if !names.iter().any(|name| cases.wants(name)) {
        return;
    }
    let content = bytes(size * MIB + 1);
    let [
        up,
        down,
        unknown,
        broken_up,
        broken_down,
        breaks,
        resumed_up,
        resumed_down,
    ] = names;
    cases.case(&up, from_file(world, &content)).await;
    cases.case(&down, to_file(world, &content)).await;
    let content = content.slice(..2 * part(world) as usize + 10);
    cases.case(&unknown, of_stream(world, &content)).await;
    cases.case(&broken_up, over_broken(world, &content)).await;
    cases.case(&broken_down, from_broken(world, &content)).await;
    cases.case(&breaks, leaves_nothing(world)).await;
    cases.case(&resumed_up, resume_up(world, &content)).await;
    cases
        .case(&resumed_down, resume_down(world, &content))
        .await;
}

/// A file with this content.
async fn file(world: &World, name: &str, content: &Bytes) -> Result<PathBuf, Failure> {
    let path = world.folder.join(name);
    tokio::fs::write(&path, content).await?;
    Ok(path)
}

async fn from_file(world: &World, content: &Bytes) -> Outcome {
    let path = file(world, "transfer-up", content).await?;
    let put = world.put("transfer").metadata("a", "b");
    let uploaded = put
        .body(ByteStream::from_path(path))
        .upload()
        .part_size(part(world))
        .send()
        .await?;
    let is_multipart = uploaded
        .e_tag
        .as_deref()
        .is_some_and(|tag| tag.contains('-'));
    holds("the entity tag of parts", is_multipart, &uploaded)?;
    world.has("transfer", content).await?;
    let metadata = world.get("transfer").send().await?.metadata;
    let metadata = metadata.unwrap_or_default();
    same("metadata", Some("b"), metadata.get("a").map(String::as_str))?;
    PASSED
}

/// What the case before has uploaded.
async fn to_file(world: &World, content: &Bytes) -> Outcome {
    let path = world.folder.join("transfer-down");
    let downloaded = world
        .get("transfer")
        .download()
        .part_size(part(world))
        .to_path(&path)
        .await?;
    same("a size of", content.len() as u64, downloaded.size)?;
    same_bytes(content, &tokio::fs::read(&path).await?)?;
    PASSED
}

async fn of_stream(world: &World, content: &Bytes) -> Outcome {
    let body = ByteStream::from_stream(in_pieces(content, 70_000));
    world
        .put("transfer-stream")
        .body(body)
        .upload()
        .part_size(part(world))
        .send()
        .await?;
    world.has("transfer-stream", content).await?;
    PASSED
}

/// Two attempts of the second part fail, and none of another.
async fn over_broken(world: &World, content: &Bytes) -> Outcome {
    let put = world.put("transfer-broken").body(content.clone());
    let upload = put.upload().part_size(part(world)).concurrency(1);
    let (http, is_first) = (world.http.clone(), AtomicBool::new(true));
    let upload = upload.on_progress(move |progress| {
        if progress.transferred > 0 && is_first.swap(false, Ordering::Relaxed) {
            http.break_next([Fault::NoResponse; 2]);
        }
    });
    upload.send().await?;
    holds("both to have failed", !world.http.will_break(), ())?;
    world.has("transfer-broken", content).await?;
    PASSED
}

async fn from_broken(world: &World, content: &Bytes) -> Outcome {
    world
        .put("transfer-broken")
        .body(content.clone())
        .upload()
        .part_size(part(world))
        .send()
        .await?;
    let path = world.folder.join("transfer-broken");
    world.http.break_next([
        Fault::CutAfter(1_000_000),
        Fault::CutAfter(0),
        Fault::NoResponse,
    ]);
    world
        .get("transfer-broken")
        .download()
        .part_size(part(world))
        .to_path(&path)
        .await?;
    same_bytes(content, &tokio::fs::read(&path).await?)?;
    PASSED
}

/// Uploads of this key that are under way.
async fn under_way(world: &World, key: &str) -> Result<usize, Failure> {
    let list = world
        .client
        .list_multipart_uploads()
        .bucket(BUCKET)
        .prefix(key);
    let listed = list.send().await?;
    Ok(listed.uploads.map_or(0, |uploads| uploads.len()))
}

async fn leaves_nothing(world: &World) -> Outcome {
    let good = in_pieces(&bytes(2 * part(world) as usize), MIB);
    let bad = stream::iter([Err(io::Error::other("the disk is on fire"))]);
    let body = ByteStream::from_stream(good.chain(bad));
    let failed = world
        .put("transfer-leaves")
        .body(body)
        .upload()
        .part_size(part(world))
        .send()
        .await;
    let says = failed
        .as_ref()
        .is_err_and(|error| error.to_string().contains("on fire"));
    holds("the error of the stream", says, &failed)?;
    same(
        "uploads under way:",
        0,
        under_way(world, "transfer-leaves").await?,
    )?;
    world.has_none("transfer-leaves").await?;
    PASSED
}

/// What is saved of a transfer.
type Saved<S> = Arc<Mutex<Option<S>>>;

fn save<S: Clone>(saved: &Saved<S>) -> impl Fn(&S) + Send + Sync + 'static
where
    S: Send + 'static,
{
    let saved = saved.clone();
    move |state| {
        *saved.lock().unwrap_or_else(PoisonError::into_inner) = Some(state.clone());
    }
}

/// What was saved, as text and back.
fn saved<S: std::str::FromStr<Err: std::error::Error> + ToString>(
    saved: &Saved<S>,
) -> Result<S, Failure> {
    let state = saved.lock().unwrap_or_else(PoisonError::into_inner);
    let text = state.as_ref().map(S::to_string);
    let text = text.ok_or_else(|| Failure("expected a saved state, got none".to_owned()))?;
    Ok(text.parse()?)
}

async fn resume_up(world: &World, content: &Bytes) -> Outcome {
    let state: Saved<UploadState> = Arc::default();
    // All attempts of the second part fail.
    let faults = [Fault::NoResponse; 3];
    let path = file(world, "transfer-resumed", content).await?;
    let call = world
        .put("transfer-resumed")
        .body(ByteStream::from_path(path));
    let upload = call.clone().upload().part_size(part(world)).concurrency(1);
    let http = world.http.clone();
    let upload = upload.on_progress(move |progress| {
        if progress.transferred > 0 {
            http.break_next(faults);
        }
    });
    let failed = upload.on_state(save(&state)).send().await;
    world.http.break_next([]);
    holds("an error", failed.is_err(), &failed)?;
    same(
        "uploads under way:",
        1,
        under_way(world, "transfer-resumed").await?,
    )?;
    call.upload()
        .part_size(part(world))
        .resume(saved(&state)?)
        .send()
        .await?;
    world.has("transfer-resumed", content).await?;
    same(
        "uploads under way:",
        0,
        under_way(world, "transfer-resumed").await?,
    )?;
    PASSED
}

async fn resume_down(world: &World, content: &Bytes) -> Outcome {
    world
        .put("transfer-resumed")
        .body(content.clone())
        .upload()
        .part_size(part(world))
        .send()
        .await?;
    let state: Saved<DownloadState> = Arc::default();
    let path = world.folder.join("transfer-resumed-down");
    let download = world
        .get("transfer-resumed")
        .download()
        .part_size(part(world))
        .concurrency(1);
    let (http, save) = (world.http.clone(), save(&state));
    let download = download.on_state(move |state: &DownloadState| {
        if state.received() > 0 {
            // More than are tried again.
            http.break_next([Fault::NoResponse; 16]);
        }
        save(state);
    });
    let failed = download
        .to_path(&path)
        .await
        .map(|downloaded| downloaded.size);
    world.http.break_next([]);
    holds("an error", failed.is_err(), &failed)?;
    let state = saved(&state)?;
    let received = state.received();
    holds(
        "a part of it",
        received > 0 && received < content.len() as u64,
        received,
    )?;
    let download = world
        .get("transfer-resumed")
        .download()
        .part_size(part(world))
        .resume(state);
    download.to_path(&path).await?;
    same_bytes(content, &tokio::fs::read(&path).await?)?;
    PASSED
}

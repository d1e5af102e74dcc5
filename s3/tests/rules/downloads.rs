//! Rule 10: downloads in ranges.

use crate::support::{Headers, answered};
use crate::transfers::{BUCKET, KEY, PART, PATH, Reports, bytes, client, config, fault, store};
use golden_s3::operation::GetObject;
use golden_s3::{Client, ErrorKind};
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tempfile::TempDir;
use tinsmith_runtime::{Digest, ResponseChecksumValidation};
use tinsmith_s3::transfer::{Download, DownloadState};
use tinsmith_s3::{DownloadObject as _, UploadObject as _};
use tinsmith_tests::store::{Fault, Store};
use tokio::io::AsyncWrite;

fn get(client: &Client) -> GetObject {
    client.get_object().bucket(BUCKET).key(KEY)
}

fn download(store: &Store) -> Download<GetObject> {
    get(&client(store))
        .download()
        .part_size(PART)
        .concurrency(3)
}

/// A folder, and a file in it that is not there yet.
fn file() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("c");
    (folder, path)
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).unwrap();
    let name = |entry: io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
    entries
        .map(|entry| name(entry).into_string().unwrap())
        .collect()
}

/// The first bytes of the ranges that were requested.
fn starts(store: &Store) -> Vec<u64> {
    let requests = store.requests_of("GetObject");
    let mut starts: Vec<_> = requests.iter().filter_map(|seen| seen.start()).collect();
    starts.sort_unstable();
    starts
}

#[tokio::test]
async fn ranges_are_of_one_version_of_the_object() {
    let content = bytes(45_678);
    let store = store().await;
    store.put(PATH, content.clone());
    let (folder, path) = file();
    let reports = Reports::default();
    let sent = download(&store).on_progress(reports.report());
    let downloaded = sent.to_path(&path).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), content);
    assert_eq!(names(&folder), ["c"]);
    assert_eq!(downloaded.size, 45_678);
    assert_eq!(downloaded.validated.as_deref(), Some("CRC32"));
    // The output is that of GetObject, of the whole object.
    let output = downloaded.output;
    let e_tag = output.e_tag.unwrap();
    assert_eq!(output.content_length, Some(45_678));
    assert!(output.checksum_crc32.is_some());
    assert_eq!(output.body.content_length(), Some(0));
    // Ranges and not numbers of parts, each with the first ETag.
    let expected = [0, 10_000, 20_000, 30_000, 40_000];
    assert_eq!(starts(&store), expected);
    for seen in store.requests_of("GetObject") {
        let is_first = seen.start() == Some(0);
        let wanted = if is_first { "" } else { e_tag.as_str() };
        assert_eq!(seen.header("if-match"), wanted);
        assert_eq!(seen.part(), 0);
    }
    assert_eq!(store.requests_of("HeadObject").len(), 1);
    assert!(reports.are_in_order());
    assert_eq!(reports.first().transferred, 0);
    assert_eq!(reports.last().transferred, 45_678);
    assert_eq!(reports.last().total, Some(45_678));
    // To a writer the same, in order.
    let mut written = Vec::new();
    let downloaded = download(&store).to_writer(&mut written).await.unwrap();
    assert_eq!(written, content);
    assert_eq!(downloaded.validated.as_deref(), Some("CRC32"));
}

#[tokio::test]
async fn an_object_that_is_not_larger_than_a_part_takes_one_request() {
    for length in [1, PART as usize] {
        let store = store().await;
        store.put(PATH, bytes(length));
        let mut written = Vec::new();
        let downloaded = download(&store).to_writer(&mut written).await.unwrap();
        assert_eq!(written, bytes(length));
        assert_eq!(store.requests().len(), 1);
        assert_eq!(downloaded.validated.as_deref(), Some("CRC32"));
    }
    // A range may come without a checksum, which is that of the object then.
    let store = store().await;
    store.put(PATH, bytes(1));
    let without = Fault::Without(&["x-amz-checksum-crc32"]);
    fault(&store, without, 1, |seen| seen.operation == "GetObject");
    let downloaded = download(&store).to_writer(Vec::new()).await.unwrap();
    let operations: Vec<_> = store.requests().iter().map(|seen| seen.operation).collect();
    assert_eq!(operations, ["GetObject", "HeadObject"]);
    assert_eq!(downloaded.validated.as_deref(), Some("CRC32"));
}

#[tokio::test]
async fn an_empty_object_has_no_range() {
    let store = store().await;
    store.put(PATH, "");
    let (_folder, path) = file();
    let reports = Reports::default();
    let sent = download(&store).on_progress(reports.report());
    let downloaded = sent.to_path(&path).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"");
    assert_eq!(
        (downloaded.size, downloaded.output.content_length),
        (0, Some(0))
    );
    assert_eq!(downloaded.validated.as_deref(), Some("CRC32"));
    assert_eq!(reports.last().total, Some(0));
    let mut written = Vec::new();
    download(&store).to_writer(&mut written).await.unwrap();
    assert!(written.is_empty());
    // The range is not satisfiable, and then the object is requested.
    assert_eq!(store.requests().len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ranges_are_requested_at_the_same_time_up_to_the_limit() {
    let store = store().await;
    store.put(PATH, bytes(90_000));
    fault(
        &store,
        Fault::Slow(Duration::from_millis(200)),
        u32::MAX,
        |seen| seen.start().is_some_and(|start| start > 0),
    );
    let mut written = Vec::new();
    download(&store).to_writer(&mut written).await.unwrap();
    let at_once = store.most_at_once();
    assert!((2..=3).contains(&at_once), "{at_once}");
}

#[tokio::test]
async fn an_object_that_changes_meanwhile_is_an_error_that_says_so() {
    let store = Arc::new(store().await);
    store.put(PATH, bytes(45_678));
    let (folder, path) = file();
    // After the first range, and after the object was looked up once more.
    let changed = store.clone();
    let mut is_changed = false;
    store.script(move |seen| {
        if seen.start() == Some(10_000) && !std::mem::replace(&mut is_changed, true) {
            changed.put(PATH, bytes(45_679));
        }
        None
    });
    let error = download(&store).to_path(&path).await.unwrap_err();
    assert_eq!(
        (error.status(), error.operation()),
        (Some(412), "GetObject")
    );
    let text = error.to_string();
    assert!(
        text.contains("the object changed while it was downloaded"),
        "{text}"
    );
    assert!(names(&folder).is_empty());
    // Before it was looked up once more.
    let changed = store.clone();
    store.script(move |seen| {
        if seen.operation == "HeadObject" {
            changed.put(PATH, bytes(45_680));
        }
        None
    });
    let error = download(&store).to_path(&path).await.unwrap_err();
    assert_eq!(
        (error.status(), error.operation()),
        (Some(412), "HeadObject")
    );
    assert!(error.to_string().contains("changed"), "{error}");
}

#[tokio::test]
async fn a_range_that_breaks_off_is_requested_from_where_it_broke() {
    let content = bytes(45_678);
    let store = store().await;
    store.put(PATH, content.clone());
    let (_folder, path) = file();
    for start in [0, 20_000] {
        let before = starts(&store).len();
        fault(&store, Fault::Cut(1234), 2, move |seen| {
            seen.start()
                .is_some_and(|at| (start..start + 10_000).contains(&at))
        });
        let reports = Reports::default();
        let sent = download(&store)
            .concurrency(1)
            .on_progress(reports.report());
        let downloaded = sent.to_path(&path).await.unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), content);
        assert_eq!(downloaded.validated.as_deref(), Some("CRC32"));
        let requests = store.requests_of("GetObject").split_off(before);
        let starts: Vec<_> = requests.iter().filter_map(|seen| seen.start()).collect();
        let mut expected = vec![
            0,
            10_000,
            20_000,
            30_000,
            40_000,
            start + 1234,
            start + 2468,
        ];
        expected.sort_unstable();
        assert_eq!(starts, expected);
        // Nothing counts twice.
        assert_eq!(reports.last().transferred, 45_678);
    }
}

#[tokio::test]
async fn a_range_that_never_comes_is_an_error() {
    let store = store().await;
    store.put(PATH, bytes(45_678));
    let (folder, path) = file();
    fault(&store, Fault::Cut(0), u32::MAX, |seen| {
        seen.start() == Some(20_000)
    });
    let error = download(&store).to_path(&path).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
    assert!(names(&folder).is_empty());
}

#[tokio::test]
async fn what_is_not_the_object_is_an_error() {
    let store = store().await;
    let flipped = |start| {
        fault(&store, Fault::Flip, 1, move |seen| {
            seen.start() == Some(start)
        });
    };
    for (length, start) in [(45_678, 20_000), (5000, 0)] {
        store.put(PATH, bytes(length));
        let (folder, path) = file();
        flipped(start);
        let error = download(&store).to_path(&path).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response);
        let text = error.to_string();
        assert!(
            text.contains("is not what is stored: its CRC32 is"),
            "{text}"
        );
        assert!(names(&folder).is_empty());
        flipped(start);
        let mut written = Vec::new();
        let error = download(&store).to_writer(&mut written).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response);
        // Of a download that could be resumed nothing is kept either.
        flipped(start);
        let kept = download(&store).on_state(|_| {});
        kept.to_path(&path).await.unwrap_err();
        assert!(names(&folder).is_empty());
    }
}

#[tokio::test]
async fn an_object_without_a_checksum_of_its_own_is_not_validated() {
    let store = store().await;
    // One of the checksums of parts.
    let put = client(&store).put_object().bucket(BUCKET).key(KEY);
    let put = put.body(bytes(45_678)).checksum_algorithm("SHA256");
    put.upload().part_size(PART).send().await.unwrap();
    let mut written = Vec::new();
    let downloaded = download(&store).to_writer(&mut written).await.unwrap();
    assert_eq!(
        (written, downloaded.validated),
        (bytes(45_678).to_vec(), None)
    );
    // What need not be validated is not looked up.
    store.put(PATH, bytes(45_678));
    let before = store.requests_of("HeadObject").len();
    let config = config(&store)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
        .build();
    let sent = get(&Client::new(&config)).download().part_size(PART);
    let downloaded = sent.to_writer(Vec::new()).await.unwrap();
    assert_eq!(downloaded.validated, None);
    assert_eq!(store.requests_of("HeadObject").len(), before);
    // Unless the call asks for it.
    let sent = get(&Client::new(&config))
        .checksum_mode("ENABLED")
        .download();
    let downloaded = sent.part_size(PART).to_writer(Vec::new()).await.unwrap();
    assert_eq!(downloaded.validated.as_deref(), Some("CRC32"));
}

/// What is validated by a checksum that is not a CRC, and by which it is not.
#[tokio::test]
async fn a_hash_is_added_up_in_order() {
    let mut digest = Digest::new("SHA256").unwrap();
    digest.update(b"five!");
    let right: &'static str = digest.finish().leak();
    for (sum, validated) in [(right, Some("SHA256")), ("AAAA", None)] {
        let headers: Headers = vec![
            ("content-range", "bytes 0-4/5"),
            ("etag", "\"e\""),
            ("x-amz-checksum-sha256", sum),
        ]
        .leak();
        let sent = || {
            let replay = answered(&[(206, headers, "five!")]);
            get(&crate::support::client(&replay)).download()
        };
        let (_folder, path) = file();
        let mut written = Vec::new();
        for downloaded in [
            sent().to_path(&path).await,
            sent().to_writer(&mut written).await,
        ] {
            let found = downloaded.ok().and_then(|downloaded| downloaded.validated);
            assert_eq!(found.as_deref(), validated);
        }
    }
}

#[tokio::test]
async fn a_store_without_ranges_sends_the_object_at_once() {
    let headers: Headers = &[("content-length", "5"), ("etag", "\"e\"")];
    let replay = answered(&[(200, headers, "five!")]);
    let sent = get(&crate::support::client(&replay))
        .download()
        .part_size(2);
    let mut written = Vec::new();
    let downloaded = sent.to_writer(&mut written).await.unwrap();
    assert_eq!((written.as_slice(), downloaded.size), (&b"five!"[..], 5));
    // And what answers a range with something else is not taken for it.
    let first: Headers = &[("content-range", "bytes 0-1/5"), ("etag", "\"e\"")];
    let other: Headers = &[("content-range", "bytes 3-4/5")];
    for second in [
        (200, headers, "five!"),
        (206, other, "e!"),
        (206, headers, "ve"),
    ] {
        let replay = answered(&[(206, first, "fi"), (200, headers, ""), second]);
        let sent = get(&crate::support::client(&replay))
            .download()
            .part_size(2);
        let error = sent.concurrency(1).to_writer(Vec::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response);
        assert!(
            error.to_string().contains("expected the bytes from 2"),
            "{error}"
        );
    }
}

type Saved = Arc<Mutex<Vec<String>>>;

/// A download that fails at a range, and what is saved of it.
fn interrupted(store: &Store, start: u64) -> (Download<GetObject>, Saved) {
    fault(store, Fault::Answer(403, "AccessDenied"), 1, move |seen| {
        seen.start() == Some(start)
    });
    let saved = Saved::default();
    let into = saved.clone();
    let sent = download(store).concurrency(1);
    let sent = sent.on_state(move |state| into.lock().unwrap().push(state.to_string()));
    (sent, saved)
}

#[tokio::test]
async fn a_saved_download_goes_on_with_the_ranges_that_are_missing() {
    let content = bytes(45_678);
    let store = store().await;
    store.put(PATH, content.clone());
    let (folder, path) = file();
    let (sent, saved) = interrupted(&store, 30_000);
    sent.to_path(&path).await.unwrap_err();
    assert_eq!(names(&folder), ["c.part"]);
    // At the beginning, and after each part.
    let states = saved.lock().unwrap().clone();
    assert_eq!(states.len(), 4);
    let state: DownloadState = states[3].parse().unwrap();
    assert_eq!(state.received(), 30_000);
    let before = starts(&store).len();
    let reports = Reports::default();
    let resumed = download(&store)
        .resume(state.clone())
        .on_progress(reports.report());
    let downloaded = resumed.to_path(&path).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), content);
    assert_eq!(names(&folder), ["c"]);
    assert_eq!(downloaded.validated.as_deref(), Some("CRC32"));
    assert_eq!(downloaded.output.content_length, Some(45_678));
    assert_eq!(starts(&store).len() - before, 2);
    assert_eq!(reports.last().transferred, 45_678);
    // The file is gone, and the object may have changed.
    let error = download(&store).resume(state.clone()).to_path(&path).await;
    assert!(error.unwrap_err().to_string().contains("c.part"));
    store.put(PATH, bytes(45_000));
    let error = download(&store)
        .resume(state)
        .to_path(&path)
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(412));
}

#[tokio::test]
async fn a_writer_goes_on_after_what_it_has() {
    let content = bytes(45_678);
    let store = store().await;
    store.put(PATH, content.clone());
    let mut written = Vec::new();
    let (sent, saved) = interrupted(&store, 30_000);
    sent.to_writer(&mut written).await.unwrap_err();
    let state: DownloadState = saved.lock().unwrap().last().unwrap().parse().unwrap();
    assert_eq!(state.received(), written.len() as u64);
    let resumed = download(&store).resume(state.clone());
    let downloaded = resumed.to_writer(&mut written).await.unwrap();
    assert_eq!(written, content);
    assert_eq!(downloaded.validated.as_deref(), Some("CRC32"));
    // A file has parts from the middle, after which no writer goes on.
    let gap = state
        .to_string()
        .replace("\"1\":", "\"4\":")
        .parse()
        .unwrap();
    let error = download(&store)
        .resume(gap)
        .to_writer(Vec::new())
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("parts from the middle"),
        "{error}"
    );
    let other = get(&client(&store)).key("other").download().resume(state);
    let error = other.to_writer(Vec::new()).await.unwrap_err();
    assert!(error.to_string().contains("\"other\""), "{error}");
}

/// A slow writer, which looks how far ahead ranges are requested.
struct Slow {
    store: Arc<Store>,
    written: u64,
    most: u64,
    waits: bool,
}

impl AsyncWrite for Slow {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.waits = !self.waits;
        if self.waits {
            let waker = context.waker().clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(2)).await;
                waker.wake();
            });
            return Poll::Pending;
        }
        let last = starts(&self.store).last().copied().unwrap_or_default();
        let ahead = (last + PART).min(200_000) - self.written;
        self.most = self.most.max(ahead);
        let count = bytes.len().min(1000);
        self.written += count as u64;
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn ranges_are_requested_only_as_far_as_they_can_be_held() {
    let store = Arc::new(store().await);
    store.put(PATH, bytes(200_000));
    let mut slow = Slow {
        store: store.clone(),
        written: 0,
        most: 0,
        waits: false,
    };
    download(&store).to_writer(&mut slow).await.unwrap();
    assert_eq!(slow.written, 200_000);
    assert!(
        slow.most > 2 * PART && slow.most <= 3 * PART,
        "{}",
        slow.most
    );
}

#[tokio::test]
async fn only_whole_objects_are_downloaded() {
    let store = store().await;
    let call = || get(&client(&store));
    for (call, part) in [
        (call().range("bytes=0-4"), "Range"),
        (call().part_number("2"), "PartNumber"),
        (client(&store).get_object().bucket(BUCKET), "Key"),
    ] {
        let error = call.download().to_writer(Vec::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.to_string().contains(part), "{error}");
    }
    let put = client(&store).put_object().bucket(BUCKET).key(KEY);
    let error = put.download().to_writer(Vec::new()).await.unwrap_err();
    assert!(error.to_string().contains("GetObject"), "{error}");
    assert!(store.requests().is_empty());
    // What fails is the error of the call, with its exception.
    let error = call().download().to_writer(Vec::new()).await.unwrap_err();
    assert_eq!(
        (error.code(), error.status()),
        (Some("NoSuchKey"), Some(404))
    );
    assert_eq!(error.attempts(), 1);
}

//! Rule 10: uploads in parts.

use crate::transfers::{
    BUCKET, KEY, PART, PATH, Pieces, Reports, bytes, client, fault, store, until,
};
use bytes::Bytes;
use golden_s3::operation::PutObject;
use golden_s3::{ByteStream, ErrorKind};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::NamedTempFile;
use tinsmith_s3::UploadObject as _;
use tinsmith_s3::transfer::{Upload, UploadState};
use tinsmith_tests::store::{Fault, Store};

fn call(store: &Store, body: impl Into<ByteStream>) -> PutObject {
    let call = client(store).put_object().bucket(BUCKET).key(KEY);
    call.body(body.into()).content_type("text/plain")
}

fn upload(store: &Store, body: impl Into<ByteStream>) -> Upload<PutObject> {
    call(store, body).upload().part_size(PART).concurrency(3)
}

fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn stream(bytes: &Bytes) -> ByteStream {
    ByteStream::from_stream(Pieces::new(bytes, 777, |_| {}))
}

/// The same content in each form that a body can have.
fn bodies(bytes: &Bytes, file: &NamedTempFile) -> Vec<(&'static str, ByteStream)> {
    let length = bytes.len() as u64;
    let sized = Pieces::new(bytes, 777, |_| {});
    vec![
        ("bytes", bytes.clone().into()),
        ("file", ByteStream::from_path(file.path())),
        ("stream", stream(bytes)),
        ("sized stream", ByteStream::from_sized_stream(sized, length)),
        (
            "reader",
            ByteStream::from_async_read(std::io::Cursor::new(bytes.to_vec())),
        ),
    ]
}

/// How often each part was sent, and how long it was.
fn parts(store: &Store) -> BTreeMap<u32, Vec<u64>> {
    let mut parts: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
    for seen in store.requests_of("UploadPart") {
        parts.entry(seen.part()).or_default().push(seen.length);
    }
    parts
}

#[tokio::test]
async fn a_body_that_is_not_larger_than_a_part_is_one_put_object() {
    for length in [0, 1, PART as usize - 1] {
        let content = bytes(length);
        let file = file(&content);
        for (form, body) in bodies(&content, &file) {
            let store = store().await;
            let reports = Reports::default();
            let sent = upload(&store, body).on_progress(reports.report());
            let output = sent.send().await.unwrap();
            assert_eq!(store.object(PATH), Some(content.clone()), "{form} {length}");
            let operations: Vec<_> = store.requests().iter().map(|seen| seen.operation).collect();
            assert_eq!(operations, ["PutObject"], "{form} {length}");
            assert!(output.e_tag.is_some());
            assert_eq!(reports.last().transferred, length as u64, "{form}");
        }
    }
    // Of bytes and files the length is known.
    let store = store().await;
    let content = bytes(PART as usize);
    upload(&store, content).send().await.unwrap();
    assert_eq!(store.requests().len(), 1);
}

#[tokio::test]
async fn a_larger_one_is_put_together_from_parts_whatever_it_comes_from() {
    let content = bytes(45_678);
    let file = file(&content);
    for (form, body) in bodies(&content, &file) {
        let store = store().await;
        let reports = Reports::default();
        let sent = upload(&store, body).on_progress(reports.report());
        let output = sent.send().await.unwrap();
        assert_eq!(store.object(PATH), Some(content.clone()), "{form}");
        let sizes: Vec<_> = parts(&store).into_values().collect();
        let expected = [[10_000], [10_000], [10_000], [10_000], [5678]];
        assert_eq!(sizes, expected, "{form}");
        // The output is that of PutObject.
        let written = client(&store).get_object().bucket(BUCKET).key(KEY);
        let written = written.send().await.unwrap();
        assert_eq!(
            (&output.e_tag, output.e_tag.is_some()),
            (&written.e_tag, true)
        );
        assert_eq!(written.content_type.as_deref(), Some("text/plain"));
        // Progress comes to the sum, in steps of parts.
        assert!(reports.are_in_order());
        assert_eq!(reports.first().transferred, 0);
        assert_eq!(reports.last().transferred, 45_678, "{form}");
        let is_known = !matches!(form, "stream" | "reader");
        assert_eq!(reports.last().total, is_known.then_some(45_678), "{form}");
        assert_eq!(store.open_uploads(), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_are_sent_at_the_same_time_up_to_the_limit() {
    let store = store().await;
    fault(
        &store,
        Fault::Slow(Duration::from_millis(200)),
        u32::MAX,
        |seen| seen.operation == "UploadPart",
    );
    upload(&store, bytes(90_000)).send().await.unwrap();
    let at_once = store.most_at_once();
    assert!((2..=3).contains(&at_once), "{at_once}");
}

#[tokio::test]
async fn a_part_that_fails_once_is_retried_alone() {
    let content = bytes(45_678);
    let file = file(&content);
    for (form, body) in bodies(&content, &file) {
        let store = store().await;
        fault(&store, Fault::Answer(500, "InternalError"), 1, |seen| {
            seen.part() == 2
        });
        upload(&store, body).send().await.unwrap();
        assert_eq!(store.object(PATH), Some(content.clone()), "{form}");
        let times: Vec<_> = parts(&store).values().map(Vec::len).collect();
        assert_eq!(times, [1, 2, 1, 1, 1], "{form}");
    }
}

#[tokio::test]
async fn a_part_that_fails_for_good_aborts_the_upload() {
    let store = store().await;
    fault(&store, Fault::Answer(403, "AccessDenied"), 1, |seen| {
        seen.part() == 2
    });
    let error = upload(&store, bytes(90_000)).send().await.unwrap_err();
    assert_eq!(error.code(), Some("AccessDenied"));
    assert_eq!(error.operation(), "UploadPart");
    assert_eq!(store.requests_of("AbortMultipartUpload").len(), 1);
    assert_eq!((store.open_uploads(), store.object(PATH)), (0, None));
    // So does a stream that breaks, and one that has another length than was said.
    let broken = Pieces::new(&bytes(45_678), 777, |_| {}).broken();
    let error = upload(&store, ByteStream::from_stream(broken)).send();
    let error = error.await.unwrap_err();
    assert!(error.to_string().contains("the tape tore"), "{error}");
    assert_eq!(store.requests_of("AbortMultipartUpload").len(), 2);
    for said in [45_677, 45_679] {
        let short = call(&store, stream(&bytes(45_678))).content_length(said);
        let error = short.upload().part_size(PART).send().await.unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains(&said.to_string()) && text.contains("45678"),
            "{text}"
        );
        assert_eq!(error.kind(), ErrorKind::Input);
    }
    assert_eq!((store.open_uploads(), store.object(PATH)), (0, None));
}

#[tokio::test]
async fn an_upload_that_is_put_together_in_vain_is_aborted() {
    let store = store().await;
    fault(
        &store,
        Fault::Answer(412, "PreconditionFailed"),
        1,
        |seen| seen.operation == "CompleteMultipartUpload",
    );
    let error = upload(&store, bytes(20_001)).send().await.unwrap_err();
    assert_eq!(error.code(), Some("PreconditionFailed"));
    assert_eq!(store.open_uploads(), 0);
}

#[tokio::test]
async fn an_upload_whose_future_is_dropped_is_aborted() {
    // While parts are sent.
    let store = store().await;
    fault(&store, Fault::Silence, u32::MAX, |seen| seen.part() == 2);
    let sent = tokio::spawn(upload(&store, bytes(90_000)).send());
    until(|| parts(&store).contains_key(&2)).await;
    sent.abort();
    until(|| store.open_uploads() == 0).await;
    assert_eq!(store.requests_of("AbortMultipartUpload").len(), 1);
    // While it is created: it is not known yet which one it is.
    fault(&store, Fault::Slow(Duration::from_millis(300)), 1, |seen| {
        seen.operation == "CreateMultipartUpload"
    });
    let sent = tokio::spawn(upload(&store, bytes(90_000)).send());
    until(|| store.requests_of("CreateMultipartUpload").len() == 2).await;
    sent.abort();
    until(|| store.requests_of("AbortMultipartUpload").len() == 2).await;
    until(|| store.open_uploads() == 0).await;
}

/// Fails at a part, and returns what was saved.
async fn interrupted(store: &Store, body: impl Into<ByteStream>, part: u32) -> UploadState {
    fault(store, Fault::Answer(403, "AccessDenied"), 1, move |seen| {
        seen.part() == part
    });
    let saved = Arc::new(Mutex::new(Vec::new()));
    let into = saved.clone();
    let sent = upload(store, body).concurrency(1);
    let sent = sent.on_state(move |state| into.lock().unwrap().push(state.to_string()));
    sent.send().await.unwrap_err();
    assert_eq!(store.open_uploads(), 1);
    let saved = saved.lock().unwrap();
    assert_eq!(saved.len(), 1);
    saved[0].parse().unwrap()
}

#[tokio::test]
async fn a_saved_upload_goes_on_with_the_parts_that_are_missing() {
    let content = bytes(55_678);
    let file = file(&content);
    for ((form, body), (_, again)) in bodies(&content, &file)
        .into_iter()
        .zip(bodies(&content, &file))
    {
        let store = store().await;
        let state = interrupted(&store, body, 4).await;
        let before = store.requests().len();
        let reports = Reports::default();
        let resumed = upload(&store, again)
            .resume(state)
            .on_progress(reports.report());
        resumed.send().await.unwrap();
        assert_eq!(store.object(PATH), Some(content.clone()), "{form}");
        let requests = store.requests().split_off(before);
        let mut sent: Vec<_> = requests
            .iter()
            .filter(|seen| seen.operation == "UploadPart")
            .map(|seen| seen.part())
            .collect();
        sent.sort_unstable();
        assert_eq!(sent, [4, 5, 6], "{form}");
        // Of three parts, in pages of two.
        let operations: Vec<_> = requests.iter().map(|seen| seen.operation).collect();
        assert_eq!(operations[..2], ["ListParts", "ListParts"], "{form}");
        assert!(!operations.contains(&"CreateMultipartUpload"));
        assert_eq!(reports.last().transferred, 55_678, "{form}");
    }
}

#[tokio::test]
async fn a_part_that_is_not_what_the_body_has_is_sent_again() {
    let store = store().await;
    let state = interrupted(&store, bytes(55_678), 4).await;
    let mut changed = bytes(55_678).to_vec();
    changed[15_000] ^= 1;
    upload(&store, changed.clone())
        .resume(state)
        .send()
        .await
        .unwrap();
    assert_eq!(store.object(PATH), Some(changed.into()));
    let times: Vec<_> = parts(&store).values().map(Vec::len).collect();
    assert_eq!(times, [1, 2, 1, 2, 1, 1]);
}

#[tokio::test]
async fn a_state_of_another_upload_is_refused_before_anything_is_sent() {
    let store = store().await;
    let state = interrupted(&store, bytes(55_678), 2).await;
    let before = store.requests().len();
    let other = call(&store, bytes(55_678)).key("other").upload();
    let error = other.resume(state.clone()).send().await.unwrap_err();
    assert!(error.to_string().contains("\"other\""), "{error}");
    let longer = upload(&store, bytes(55_679)).resume(state.clone());
    let error = longer.send().await.unwrap_err();
    assert!(error.to_string().contains("55679"), "{error}");
    assert_eq!(store.requests().len(), before);
    // Nothing of it is aborted, until it is asked for.
    assert_eq!(store.open_uploads(), 1);
    let upload = || upload(&store, ByteStream::default());
    upload().abort(&state).await.unwrap();
    assert_eq!(store.open_uploads(), 0);
    let error = upload().abort(&state).await.unwrap_err();
    assert_eq!(error.code(), Some("NoSuchUpload"));
    let error = super::uploads::upload(&store, bytes(55_678))
        .resume(state)
        .send();
    assert_eq!(error.await.unwrap_err().code(), Some("NoSuchUpload"));
}

#[tokio::test]
async fn a_stream_is_read_only_as_far_as_parts_can_be_sent() {
    const PIECE: usize = 500;
    let store = Arc::new(store().await);
    fault(
        &store,
        Fault::Slow(Duration::from_millis(20)),
        u32::MAX,
        |seen| seen.operation == "UploadPart",
    );
    let (taken, most) = (AtomicU64::new(0), Arc::new(AtomicU64::new(0)));
    let (of, into) = (store.clone(), most.clone());
    let content = bytes(200_000);
    let pieces = Pieces::new(&content, PIECE, move |count| {
        let taken = taken.fetch_add(count as u64, Ordering::SeqCst) + count as u64;
        into.fetch_max(taken - of.received(), Ordering::SeqCst);
    });
    upload(&store, ByteStream::from_stream(pieces))
        .send()
        .await
        .unwrap();
    assert_eq!(store.object(PATH), Some(content));
    let most = most.load(Ordering::SeqCst);
    // Several parts at once, and no more than there may be.
    assert!(most > 2 * PART, "{most}");
    assert!(most <= 3 * PART, "{most}");
}

#[tokio::test]
async fn only_a_put_object_is_uploaded_and_only_what_can_be_read() {
    let store = store().await;
    let get = client(&store).get_object().bucket(BUCKET).key(KEY);
    let error = get.upload().send().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::Input, "GetObject")
    );
    assert!(error.to_string().contains("PutObject"), "{error}");
    let no_key = client(&store).put_object().bucket(BUCKET);
    let error = no_key.upload().send().await.unwrap_err();
    assert!(error.to_string().contains("Key"), "{error}");
    let missing = ByteStream::from_path("/no/such/file");
    let error = upload(&store, missing).send().await.unwrap_err();
    assert!(error.to_string().contains("/no/such/file"), "{error}");
    assert!(store.requests().is_empty());
}

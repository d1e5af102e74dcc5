//! A multipart upload from its beginning to its end, or to its abort.

use crate::transfer::MOST_PARTS;
use crate::transfer::answer::{
    Answer, Completed, CompletedPart, Created, Listed, ListedPart, call,
};
use crate::transfer::failed::Failed;
use crate::transfer::operations::UploadOperations;
use crate::transfer::progress::Tracker;
use crate::transfer::request::{Template, UploadChecksum, header_of};
use crate::transfer::source::{Part, Source};
use crate::transfer::state::UploadState;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};
use tinsmith_runtime::{ByteStream, Client, Digest, ErrorKind, Operation};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tracing::Instrument as _;

use super::Save;

/// What its calls are made from.
pub(super) struct Multipart {
    pub(super) client: Client,
    pub(super) operations: UploadOperations,
    pub(super) template: Template,
    pub(super) checksum: UploadChecksum,
    pub(super) concurrency: usize,
    pub(super) tracker: Tracker,
}

/// One that has begun. Where it is to be aborted, dropping it does so.
pub(super) struct Begun {
    upload: Arc<Multipart>,
    upload_id: String,
    is_aborted: bool,
    /// Parts that S3 has, by their numbers.
    listed: BTreeMap<u32, ListedPart>,
    /// Parts that are being sent.
    tasks: JoinSet<Result<Stored, Failed>>,
}

/// A part that S3 has.
struct Stored {
    number: u32,
    length: u64,
    part: CompletedPart,
}

enum Event {
    Part(Part),
    Stored(Stored),
    End,
}

impl Multipart {
    /// Creates an upload. The call is a task of its own: if no one waits for it any more, what it creates is aborted.
    pub(super) async fn begin(
        self,
        part_size: u64,
        length: Option<u64>,
        save: Option<Save>,
    ) -> Result<Begun, Failed> {
        let operation = self.operations.create;
        let (sender, created) = oneshot::channel();
        let create = async move {
            // A value that is not received is dropped.
            let _ = sender.send(self.create(part_size, length, save).await);
        };
        tokio::spawn(create.in_current_span());
        created.await.unwrap_or_else(|_| Err(ended(operation)))
    }

    async fn create(
        self,
        part_size: u64,
        length: Option<u64>,
        save: Option<Save>,
    ) -> Result<Begun, Failed> {
        let operation = self.operations.create;
        let request = self.template.create(&self.checksum)?;
        let created: Answer<Created> = call(&self.client, operation, request).await?;
        let upload_id = created.body.upload_id.filter(|id| !id.is_empty());
        let upload_id = upload_id.ok_or_else(|| {
            Failed::new(ErrorKind::Response, operation.name, "the upload has no id")
        })?;
        let mut begun = Begun::new(self, upload_id);
        begun.is_aborted = save.is_none();
        if let Some(save) = save {
            save(&begun.state(part_size, length));
        }
        Ok(begun)
    }

    /// Goes on with an upload, with the parts that S3 has of it.
    pub(super) async fn resume(self, upload_id: String) -> Result<Begun, Failed> {
        let mut begun = Begun::new(self, upload_id);
        let mut after = String::new();
        loop {
            let operation = begun.upload.operations.list;
            let request = begun.upload.template.list(&begun.upload_id, &after)?;
            let page: Answer<Listed> = call(&begun.upload.client, operation, request).await?;
            for part in page.body.parts.unwrap_or_default() {
                let number = part
                    .part_number
                    .and_then(|number| u32::try_from(number).ok());
                if let Some(number) = number {
                    begun.listed.insert(number, part);
                }
            }
            // The list ends where it says so; a marker that does not move would have no end.
            match page.body.next_part_number_marker {
                Some(next) if page.body.is_truncated == Some(true) && next != after => after = next,
                _ => return Ok(begun),
            }
        }
    }

    /// Sends a part, unless S3 has it.
    async fn store(
        self: Arc<Self>,
        upload_id: String,
        part: Part,
        listed: Option<ListedPart>,
    ) -> Result<Stored, Failed> {
        let Part {
            number,
            length,
            body,
        } = part;
        let algorithm = self.checksum.algorithm.as_deref().unwrap_or_default();
        if let Some(mut listed) = listed
            && let Some(e_tag) = listed.e_tag.clone()
            && listed.size.and_then(|size| u64::try_from(size).ok()) == Some(length)
        {
            let sum = listed.checksum(algorithm);
            if sum.is_none() || sum == sum_of(algorithm, body.clone()).await? {
                let part = CompletedPart::new(number, e_tag).with_checksum(algorithm, sum);
                return Ok(Stored {
                    number,
                    length,
                    part,
                });
            }
        }
        let operation = self.operations.part;
        let request = self
            .template
            .part(&upload_id, number, &self.checksum, body)?;
        let answer: Answer<()> = call(&self.client, operation, request).await?;
        let e_tag = answer.headers.get("etag").cloned().ok_or_else(|| {
            Failed::new(ErrorKind::Response, operation.name, "the part has no ETag")
        })?;
        let sum = answer.headers.get(&header_of(algorithm)).cloned();
        Ok(Stored {
            number,
            length,
            part: CompletedPart::new(number, e_tag).with_checksum(algorithm, sum),
        })
    }
}

/// The checksum of a body that can be read again, such as a part of a file.
async fn sum_of(algorithm: &str, mut body: ByteStream) -> Result<Option<String>, Failed> {
    let Some(mut digest) = Digest::new(algorithm) else {
        return Ok(None);
    };
    while let Some(piece) = body.next().await {
        digest.update(&piece?);
    }
    Ok(Some(digest.finish()))
}

/// S3 forgets an upload and its parts.
pub(super) async fn abort(
    client: &Client,
    operation: &'static Operation,
    template: &Template,
    upload_id: &str,
) -> Result<(), Failed> {
    let request = template.abort(upload_id)?;
    let aborted: Result<Answer<()>, Failed> = call(client, operation, request).await;
    aborted.map(|_| ())
}

/// What a task fails with that did not come to its end.
fn ended(operation: &Operation) -> Failed {
    let message = "the tokio runtime ended before the call did";
    Failed::new(ErrorKind::Connection, operation.name, message)
}

impl Begun {
    fn new(upload: Multipart, upload_id: String) -> Self {
        Self {
            upload: Arc::new(upload),
            upload_id,
            is_aborted: false,
            listed: BTreeMap::new(),
            tasks: JoinSet::new(),
        }
    }

    fn state(&self, part_size: u64, length: Option<u64>) -> UploadState {
        let Multipart {
            template, checksum, ..
        } = &*self.upload;
        UploadState {
            bucket: template.bucket().to_owned(),
            key: template.key(),
            upload_id: self.upload_id.clone(),
            part_size,
            length,
            checksum: checksum.algorithm.clone(),
        }
    }

    /// Sends all parts, of which the first may have been taken already, and completes the upload. Returns the headers that
    /// PutObject would have returned.
    pub(super) async fn send(
        mut self,
        source: Source,
        first: Option<Part>,
    ) -> Result<BTreeMap<String, String>, Failed> {
        let result = self.run(source, first).await;
        match result {
            Ok(_) => self.is_aborted = false,
            // An abort goes on where no one waits for it.
            Err(_) => {
                if let Some(aborted) = self.begin_abort() {
                    let _ = aborted.await;
                }
            }
        }
        result
    }

    async fn run(
        &mut self,
        mut source: Source,
        mut first: Option<Part>,
    ) -> Result<BTreeMap<String, String>, Failed> {
        let mut parts = BTreeMap::new();
        loop {
            let event = poll_fn(|context| self.poll_event(&mut source, &mut first, context));
            match event.await? {
                Event::Part(part) => self.store(part)?,
                Event::Stored(stored) => {
                    parts.insert(stored.number, stored.part);
                    self.upload.tracker.add(stored.length);
                }
                Event::End => break,
            }
        }
        self.complete(source.taken(), parts.into_values().collect())
            .await
    }

    fn poll_event(
        &mut self,
        source: &mut Source,
        first: &mut Option<Part>,
        context: &mut Context<'_>,
    ) -> Poll<Result<Event, Failed>> {
        if let Poll::Ready(Some(joined)) = self.tasks.poll_join_next(context) {
            let stored = match joined {
                Ok(stored) => stored,
                Err(error) => match error.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => Err(ended(self.upload.operations.part)),
                },
            };
            return Poll::Ready(stored.map(Event::Stored));
        }
        if self.tasks.len() >= self.upload.concurrency {
            return Poll::Pending;
        }
        if let Some(part) = first.take() {
            return Poll::Ready(Ok(Event::Part(part)));
        }
        match source.poll_part(context) {
            Poll::Ready(Some(part)) => Poll::Ready(part.map(Event::Part)),
            Poll::Ready(None) if self.tasks.is_empty() => Poll::Ready(Ok(Event::End)),
            Poll::Ready(None) | Poll::Pending => Poll::Pending,
        }
    }

    fn store(&mut self, part: Part) -> Result<(), Failed> {
        if u64::from(part.number) > MOST_PARTS {
            let message = format!(
                "the body has more than {MOST_PARTS} parts, the most that an object can have; make them larger with part_size"
            );
            let name = self.upload.operations.part.name;
            return Err(Failed::new(ErrorKind::Input, name, message));
        }
        let listed = self.listed.remove(&part.number);
        let upload = self.upload.clone();
        let stored = upload.store(self.upload_id.clone(), part, listed);
        self.tasks.spawn(stored.in_current_span());
        Ok(())
    }

    async fn complete(
        &self,
        length: u64,
        parts: Vec<CompletedPart>,
    ) -> Result<BTreeMap<String, String>, Failed> {
        let Multipart {
            client,
            operations,
            template,
            checksum,
            ..
        } = &*self.upload;
        let request = template.complete(&self.upload_id, checksum, length, parts)?;
        let answer: Answer<Completed> = call(client, operations.complete, request).await?;
        let mut headers = answer.headers;
        headers.extend(answer.body.headers());
        Ok(headers)
    }

    /// Aborts the upload, if it is to be, once no part is sent any more.
    fn begin_abort(&mut self) -> Option<JoinHandle<()>> {
        if !std::mem::take(&mut self.is_aborted) {
            return None;
        }
        let runtime = Handle::try_current().ok()?;
        let mut tasks = std::mem::take(&mut self.tasks);
        let (upload, upload_id) = (self.upload.clone(), self.upload_id.clone());
        let abort = async move {
            tasks.shutdown().await;
            let Multipart {
                client,
                operations,
                template,
                ..
            } = &*upload;
            let aborted = abort(client, operations.abort, template, &upload_id).await;
            if let Err(error) = aborted {
                tracing::warn!(%error, "a multipart upload was not aborted; S3 keeps its parts");
            }
        };
        Some(runtime.spawn(abort.in_current_span()))
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        drop(self.begin_abort());
    }
}

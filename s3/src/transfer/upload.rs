//! Uploads: small bodies by one PutObject, others in parts that are sent in parallel and retried alone.

mod checksum;
mod multipart;

use super::answer::output;
use super::failed::Failed;
use super::operations::Operations;
use super::progress::{Progress, Tracker};
use super::request::Template;
use super::source::Source;
use super::state::UploadState;
use super::{Settings, part_size};
use multipart::Multipart;
use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use tinsmith_runtime::{BoxFuture, ByteStream, Call, CrateError, ErrorKind};

type Save = Arc<dyn Fn(&UploadState) + Send + Sync>;

/// Uploads an object instead of sending the call: `client.put_object().bucket("b").key("k").body(body).upload()`.
pub trait UploadObject: Call {
    /// The upload of the body of this call, which must be one of `PutObject`. Every field of it holds for the object.
    fn upload(self) -> Upload<Self> {
        Upload {
            call: self,
            settings: Settings::default(),
            save: None,
            resume: None,
        }
    }
}

impl<C: Call> UploadObject for C {}

/// An upload that has not begun.
///
/// The body can be bytes, a file ([`ByteStream::from_path`]), or any stream or reader ([`ByteStream::from_stream`],
/// [`ByteStream::from_async_read`]), whose length need not be known. A body that is not larger than a part is sent by one
/// `PutObject`; of a stream, that part is read first. Any other is a multipart upload: parts are sent in parallel, and each is
/// retried alone. If one fails for good, or the future is dropped, the upload is aborted, so that S3 keeps no parts.
///
/// Files are not read ahead: each part is read while it is sent. A stream is read ahead only as far as parts can be sent: no
/// more than [`concurrency`](Self::concurrency) × [`part_size`](Self::part_size) bytes are in memory.
///
/// S3 keeps a checksum of the whole object where it can (CRC32, which is the default, CRC32C and CRC64NVME), by which downloads
/// in parts are validated.
#[must_use = "nothing is uploaded until it is sent"]
pub struct Upload<C> {
    call: C,
    settings: Settings,
    save: Option<Save>,
    resume: Option<UploadState>,
}

impl<C: Call> Upload<C> {
    /// The size of a part in bytes, at least 5 MiB for S3. It is larger where the body would have more than 10,000 parts
    /// otherwise; that of a stream of unknown length doubles after each 500 parts, from the 5,000th on. Default: 8 MiB.
    pub fn part_size(mut self, bytes: u64) -> Self {
        self.settings.part_size = bytes;
        self
    }

    /// How many parts are sent at the same time. Default: 8.
    pub fn concurrency(mut self, parts: usize) -> Self {
        self.settings.concurrency = parts.max(1);
        self
    }

    /// Is called whenever a part was stored, and once before.
    pub fn on_progress(mut self, report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.settings.tracker = Tracker::new(report);
        self
    }

    /// Is called with what [`resume`](Self::resume) needs, once, when a multipart upload has begun. Such an upload is not
    /// aborted: it can be resumed until it is [aborted](Self::abort), and S3 charges for what it keeps of it.
    pub fn on_state(mut self, save: impl Fn(&UploadState) + Send + Sync + 'static) -> Self {
        self.save = Some(Arc::new(save));
        self
    }

    /// Goes on with an upload of the same body. S3 says which parts it has; each of these is left as it is if its length is
    /// that of the same part of the body, and its checksum too if S3 has one. All other parts are sent. The part size is that
    /// of the state. Nothing is aborted.
    pub fn resume(mut self, state: UploadState) -> Self {
        self.resume = Some(state);
        self
    }

    /// Uploads the object. The output is that of `PutObject`.
    ///
    /// # Errors
    /// A call fails for good, the body cannot be read, or it is not the one of the saved state. The errors are those of the
    /// calls; they name the operation that failed.
    pub fn send(self) -> BoxFuture<'static, Result<C::Output, C::Error>> {
        Box::pin(async move {
            let uploaded = self.run().await;
            uploaded.map_err(|failed| C::Error::from_failure(failed.into_failure()))
        })
    }

    /// Aborts an upload that was saved: S3 forgets its parts.
    ///
    /// # Errors
    /// The call fails; the code is `NoSuchUpload` where it was completed or aborted before.
    pub fn abort(self, state: &UploadState) -> BoxFuture<'static, Result<(), C::Error>> {
        let state = state.clone();
        Box::pin(async move {
            let aborted = self.run_abort(&state).await;
            aborted.map_err(|failed| C::Error::from_failure(failed.into_failure()))
        })
    }

    async fn run_abort(self, state: &UploadState) -> Result<(), Failed> {
        let (template, _) = self.template()?;
        state.check(&template)?;
        let client = self.call.parts().0.clone();
        multipart::abort(&client, C::OF_UPLOAD.abort, &template, &state.upload_id).await
    }

    /// The request of the call, and its body.
    fn template(&self) -> Result<(Template, ByteStream), Failed> {
        if C::OPERATION.name != "PutObject" {
            let message = "expected a call of PutObject: its body is uploaded";
            return Err(Failed::new(ErrorKind::Input, C::OPERATION.name, message));
        }
        Template::of_call(&self.call)
    }

    async fn run(self) -> Result<C::Output, Failed> {
        let (template, body) = self.template()?;
        let client = self.call.parts().0.clone();
        let Settings {
            part_size: least,
            concurrency,
            tracker,
        } = self.settings;
        let length = body.measure().await?;
        tracker.start(length);
        let part_size = match &self.resume {
            Some(state) => {
                state.check(&template)?;
                if state.length != length {
                    let message = format!(
                        "the saved state is of a body of {:?} bytes, and that of the call has {length:?}",
                        state.length
                    );
                    return Err(Failed::new(ErrorKind::Input, C::OPERATION.name, message));
                }
                state.part_size
            }
            None => part_size(least, length.unwrap_or_default()),
        };
        let mut source = Source::new(body, length, part_size);
        let first = poll_fn(|context| source.poll_part(context))
            .await
            .transpose()?;
        if self.resume.is_none() && source.has_ended() {
            let (length, body) =
                first.map_or((0, ByteStream::default()), |part| (part.length, part.body));
            let request = template.whole(body);
            let output = client.call_built::<C::Output, Failed>(C::OPERATION, request);
            let output = output.await?;
            tracker.add(length);
            return Ok(output);
        }
        let checksum = match &self.resume {
            Some(state) => checksum::of_state(&template, state)?,
            None => {
                let has_default = C::OPERATION.checksum.is_some();
                checksum::of_call(&template, has_default, client.config())?
            }
        };
        let upload = Multipart {
            client,
            operations: C::OF_UPLOAD,
            template,
            checksum,
            concurrency,
            tracker,
        };
        let begun = match self.resume {
            None => upload.begin(part_size, length, self.save).await?,
            Some(state) => upload.resume(state.upload_id).await?,
        };
        let answer = begun.send(source, first).await?;
        output(C::OPERATION.name, &answer)
    }
}

impl<C> fmt::Debug for Upload<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("part_size", &self.settings.part_size)
            .field("concurrency", &self.settings.concurrency)
            .field("resume", &self.resume)
            .finish_non_exhaustive()
    }
}

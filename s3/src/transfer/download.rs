//! Downloads: an object in ranges that are requested in parallel, all of the same version of it.

use super::Settings;
use super::answer::output;
use super::checksum::Expected;
use super::crc;
use super::failed::Failed;
use super::object::{First, Headers, Object, Origin};
use super::operations::Operations;
use super::progress::{Progress, Tracker};
use super::request::{CHECKSUM, Template};
use super::state::DownloadState;
use super::target::{FileTarget, Received, Target, to_file, to_memory};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use tinsmith_runtime::{
    BoxFuture, ByteStream, Call, Config, CrateError, Digest, ErrorKind, ResponseChecksumValidation,
    Validation,
};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tokio::task::JoinSet;
use tracing::Instrument as _;

type Save = Arc<dyn Fn(&DownloadState) + Send + Sync>;

/// Downloads an object instead of sending the call: `client.get_object().bucket("b").key("k").download()`.
pub trait DownloadObject: Call {
    /// The download of the object of this call, which must be one of `GetObject`. Every field of it holds for all ranges but
    /// conditions, which hold for the first: after that it is the ETag of the object which must not change.
    fn download(self) -> Download<Self> {
        Download {
            call: self,
            settings: Settings::default(),
            save: None,
            resume: None,
        }
    }
}

impl<C: Call> DownloadObject for C {}

/// A download that has not begun.
///
/// An object that is not larger than a part takes one request. A larger one is requested in ranges, in parallel, each with
/// `If-Match` and the ETag of the first: if the object changes meanwhile, that is an error which says so. A response that
/// breaks off is requested again from where it broke.
///
/// What was received is validated where S3 has a checksum of the whole object. An object of several parts, and one that comes
/// without a checksum, is looked up for it once more (`HeadObject`), unless the client's `response_checksum_validation` is
/// `WhenRequired` and the call does not ask for it. [`Downloaded::validated`] says whether it was.
#[must_use = "nothing is downloaded until it has a target"]
pub struct Download<C> {
    call: C,
    settings: Settings,
    save: Option<Save>,
    resume: Option<DownloadState>,
}

/// An object that was downloaded.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Downloaded<O> {
    /// The output of `GetObject`, with an empty body.
    pub output: O,
    /// The length of the object in bytes.
    pub size: u64,
    /// The algorithm of the checksum of the whole object by which what was received was validated; `None`: S3 has none, or
    /// validation is turned off, or a download to a writer was resumed whose checksum is not a CRC.
    pub validated: Option<String>,
}

impl<C: Call> Download<C> {
    /// The size of a range in bytes. Default: 8 MiB.
    pub fn part_size(mut self, bytes: u64) -> Self {
        self.settings.part_size = bytes.max(1);
        self
    }

    /// How many ranges are requested at the same time. Default: 8.
    pub fn concurrency(mut self, parts: usize) -> Self {
        self.settings.concurrency = parts.max(1);
        self
    }

    /// Is called whenever bytes were received, and once before.
    pub fn on_progress(mut self, report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.settings.tracker = Tracker::new(report);
        self
    }

    /// Is called with what [`resume`](Self::resume) needs when the download has begun, and whenever a part was written. The
    /// part of the file that was received is kept where the download does not come to its end: its name is that of the file
    /// and `.part`.
    pub fn on_state(mut self, save: impl Fn(&DownloadState) + Send + Sync + 'static) -> Self {
        self.save = Some(Arc::new(save));
        self
    }

    /// Goes on with a download to the same file, or to a writer that has the first [`received`](DownloadState::received)
    /// bytes. The part size is that of the state.
    pub fn resume(mut self, state: DownloadState) -> Self {
        self.resume = Some(state);
        self
    }

    /// Downloads to a file, which has another name until it is complete; a file of that name is replaced. Parts are written
    /// as they are received: nothing is held in memory.
    ///
    /// # Errors
    /// A call fails for good, the object changes meanwhile, its checksum is another one, or the file cannot be written.
    pub fn to_path(
        self,
        path: impl Into<PathBuf>,
    ) -> BoxFuture<'static, Result<Downloaded<C::Output>, C::Error>> {
        let is_kept = self.save.is_some() || self.resume.is_some();
        let target = FileTarget::new(path.into(), is_kept);
        Box::pin(async move {
            let downloaded = self.run(Target::File(target)).await;
            downloaded.map_err(|failed| C::Error::from_failure(failed.into_failure()))
        })
    }

    /// Downloads to a writer, in order. At most [`concurrency`](Self::concurrency) × [`part_size`](Self::part_size) bytes are
    /// held in memory. It is flushed at the end, and not shut down. What was written before an error is not validated.
    ///
    /// # Errors
    /// As for [`to_path`](Self::to_path).
    pub fn to_writer<'w>(
        self,
        mut writer: impl AsyncWrite + Send + Unpin + 'w,
    ) -> BoxFuture<'w, Result<Downloaded<C::Output>, C::Error>> {
        Box::pin(async move {
            let downloaded = self.run(Target::Writer(&mut writer)).await;
            downloaded.map_err(|failed| C::Error::from_failure(failed.into_failure()))
        })
    }

    async fn run(self, target: Target<'_>) -> Result<Downloaded<C::Output>, Failed> {
        let name = C::OPERATION.name;
        if name != "GetObject" {
            let message = "expected a call of GetObject: its object is downloaded";
            return Err(Failed::new(ErrorKind::Input, name, message));
        }
        let (template, _) = Template::of_call(&self.call)?;
        if let Some(field) = template.field_of_part() {
            let message = format!(
                "expected a call without {field}: a download requests ranges itself, of the whole object"
            );
            return Err(Failed::new(ErrorKind::Input, name, message));
        }
        let client = self.call.parts().0.clone();
        let mode = mode(C::OPERATION.validation, &template, client.config());
        let origin = Origin {
            client,
            operations: C::OF_DOWNLOAD,
            template,
            tracker: self.settings.tracker,
        };
        let begun = match self.resume {
            Some(state) => go_on(origin, state, mode).await?,
            None => begin(origin, self.settings.part_size, mode).await?,
        };
        let transfer = Transfer {
            concurrency: self.settings.concurrency,
            save: self.save,
            ..begun
        };
        transfer.run(target).await
    }
}

/// The header that asks for checksums, if responses are validated.
fn mode(
    validation: Option<Validation>,
    template: &Template,
    config: &Config,
) -> Option<&'static str> {
    let header = validation?.header;
    let rule = config.response_checksum_validation();
    let is_asked = template
        .header(header)
        .is_some_and(|mode| mode.eq_ignore_ascii_case("enabled"));
    (is_asked || rule == ResponseChecksumValidation::WhenSupported).then_some(header)
}

/// A download that has begun.
struct Transfer {
    object: Arc<Object>,
    headers: Headers,
    /// The first bytes, which were requested already.
    first: Option<ByteStream>,
    expected: Option<Expected>,
    state: DownloadState,
    goes_on: bool,
    concurrency: usize,
    save: Option<Save>,
}

async fn begin(
    origin: Origin,
    part_size: u64,
    mode: Option<&'static str>,
) -> Result<Transfer, Failed> {
    let First {
        e_tag,
        size,
        mut headers,
        has_ranges,
        body,
    } = origin.first(part_size).await?;
    let part_size = if has_ranges { part_size } else { size.max(1) };
    let state = DownloadState {
        bucket: origin.template.bucket().to_owned(),
        key: origin.template.key(),
        e_tag: e_tag.clone(),
        size,
        part_size,
        checksum: None,
        parts: BTreeMap::new(),
    };
    let is_in_parts = state.count() > 1;
    if is_in_parts && e_tag.is_empty() {
        let message = "the object has no ETag, so that its ranges may be of several versions of it";
        return Err(Failed::new(ErrorKind::Response, "GetObject", message));
    }
    let object = Arc::new(Object {
        origin,
        e_tag,
        size,
    });
    let has_checksum = headers.keys().any(|name| name.starts_with(CHECKSUM));
    if mode.is_some() && has_ranges && (is_in_parts || !has_checksum) {
        // A checksum that comes with a range is not that of the object, and a range of all of it may come without.
        headers.retain(|name, _| !name.starts_with(CHECKSUM));
        headers.extend(object.head(mode).await?);
    }
    Ok(Transfer::new(object, headers, Some(body), mode, state))
}

async fn go_on(
    origin: Origin,
    state: DownloadState,
    mode: Option<&'static str>,
) -> Result<Transfer, Failed> {
    state.check(&origin.template)?;
    let object = Arc::new(Object {
        origin,
        e_tag: state.e_tag.clone(),
        size: state.size,
    });
    let headers = object.head(mode).await?;
    let mut transfer = Transfer::new(object, headers, None, mode, state);
    transfer.goes_on = true;
    Ok(transfer)
}

impl Transfer {
    fn new(
        object: Arc<Object>,
        headers: Headers,
        first: Option<ByteStream>,
        mode: Option<&'static str>,
        state: DownloadState,
    ) -> Self {
        Self {
            object,
            expected: mode.and_then(|_| Expected::of_object(&headers)),
            headers,
            first,
            state,
            goes_on: false,
            concurrency: 1,
            save: None,
        }
    }

    async fn run<O>(mut self, mut target: Target<'_>) -> Result<Downloaded<O>, Failed>
    where
        O: tinsmith_runtime::ReadOutput + Default,
    {
        // Sums of another algorithm, and of parts without one, are of no use.
        let algorithm = self.expected.as_ref().map(|expected| expected.algorithm);
        if self.state.checksum.as_deref() != algorithm {
            self.state.checksum = algorithm.map(str::to_owned);
            self.state.parts.values_mut().for_each(|sum| *sum = None);
        }
        match &mut target {
            Target::File(file) => file.open(self.state.size, self.goes_on).await?,
            Target::Writer(_) => {
                let written = self.state.parts.keys();
                if written.zip(0..).any(|(part, place)| *part != place) {
                    let message =
                        "the saved state is of a download to a file: it has parts from the middle";
                    return Err(Failed::new(ErrorKind::Input, "GetObject", message));
                }
            }
        }
        let tracker = &self.object.origin.tracker;
        tracker.start(Some(self.state.size));
        if self.goes_on {
            tracker.add(self.state.received());
        }
        self.save();
        let sum = self.transfer(&mut target).await?;
        let validated = self.validate(&mut target, sum).await?;
        match target {
            Target::File(file) => file.finish().await?,
            Target::Writer(writer) => writer.flush().await.map_err(unwritten)?,
        }
        Ok(Downloaded {
            output: output("GetObject", &self.headers)?,
            size: self.state.size,
            validated,
        })
    }

    fn save(&self) {
        if let Some(save) = &self.save {
            save(&self.state);
        }
    }

    /// Transfers all parts that are missing. Returns the checksum of what was written in order from the first byte on.
    async fn transfer(&mut self, target: &mut Target<'_>) -> Result<Option<String>, Failed> {
        let done: Vec<u64> = self.state.parts.keys().copied().collect();
        let mut missing = (0..self.state.count()).filter(|part| done.binary_search(part).is_err());
        let mut next = done.len() as u64;
        let mut digest = self.digest();
        let mut waiting: BTreeMap<u64, Received> = BTreeMap::new();
        let mut tasks = JoinSet::new();
        loop {
            while tasks.len() + waiting.len() < self.concurrency
                && let Some(part) = missing.next()
            {
                self.request(part, target, &mut tasks);
            }
            let Some(joined) = tasks.join_next().await else {
                return Ok(digest.map(Digest::finish));
            };
            let (part, received) = match joined {
                Ok(received) => received?,
                Err(error) => match error.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => {
                        let message = "the tokio runtime ended before the call did";
                        return Err(Failed::new(ErrorKind::Connection, "GetObject", message));
                    }
                },
            };
            let Target::Writer(writer) = target else {
                self.state.parts.insert(part, received.sum);
                self.save();
                continue;
            };
            waiting.insert(part, received);
            while let Some(Received { bytes, sum }) = waiting.remove(&next) {
                writer.write_all(&bytes).await.map_err(unwritten)?;
                if let Some(digest) = &mut digest {
                    digest.update(&bytes);
                }
                self.state.parts.insert(next, sum);
                self.save();
                next += 1;
            }
        }
    }

    /// What adds up all bytes in order, if the checksum does not follow from those of parts.
    fn digest(&self) -> Option<Digest> {
        let expected = self.expected.as_ref()?;
        let is_needed = !self.goes_on && !expected.is_combined();
        Digest::new(expected.algorithm).filter(|_| is_needed)
    }

    /// Requests a part.
    fn request(
        &mut self,
        part: u64,
        target: &Target<'_>,
        tasks: &mut JoinSet<Result<(u64, Received), Failed>>,
    ) {
        let start = self.state.start_of(part);
        let range = start..start + self.state.length_of(part);
        let reader = self.object.range(range, self.first.take());
        let expected = self.expected.clone();
        match target {
            Target::File(file) => {
                let received =
                    to_file(reader, file.partial(), start, expected, self.save.is_some());
                let received = async move { Ok((part, received.await?)) };
                tasks.spawn(received.in_current_span());
            }
            Target::Writer(_) => {
                let received = to_memory(reader, expected);
                let received = async move { Ok((part, received.await?)) };
                tasks.spawn(received.in_current_span());
            }
        }
    }

    /// Compares the checksum of the object with that of what was received. Returns its algorithm, if there are both.
    async fn validate(
        &self,
        target: &mut Target<'_>,
        in_order: Option<String>,
    ) -> Result<Option<String>, Failed> {
        let Some(Expected { algorithm, value }) = &self.expected else {
            return Ok(None);
        };
        let parts = self.state.parts.iter();
        let parts = parts.map(|(part, sum)| Some((sum.as_deref()?, self.state.length_of(*part))));
        let parts: Option<Vec<_>> = parts.collect();
        let of_parts = parts.and_then(|parts| crc::combined(algorithm, parts));
        let found = match (of_parts, &mut *target) {
            (Some(sum), _) => Some(sum),
            (None, Target::File(file)) => match Digest::new(algorithm) {
                Some(digest) => Some(file.sum(digest).await?),
                None => None,
            },
            (None, Target::Writer(_)) => in_order,
        };
        let Some(found) = found else {
            return Ok(None);
        };
        if found == *value {
            return Ok(Some((*algorithm).to_owned()));
        }
        if let Target::File(file) = target {
            file.discard();
        }
        let message = format!(
            "the object is not what is stored: its {algorithm} is {value}, and that of what was received is {found}"
        );
        Err(Failed::new(ErrorKind::Response, "GetObject", message))
    }
}

fn unwritten(error: std::io::Error) -> Failed {
    Failed::io("GetObject", "the writer failed", error)
}

impl<C> fmt::Debug for Download<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("part_size", &self.settings.part_size)
            .field("concurrency", &self.settings.concurrency)
            .field("resume", &self.resume)
            .finish_non_exhaustive()
    }
}

//! Where an object is downloaded to: a file, of which each part is written in its place, or a writer, in order.

use super::checksum::Expected;
use super::failed::Failed;
use super::object::RangeReader;
use bytes::{Bytes, BytesMut};
use std::ffi::OsString;
use std::io::{self, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tinsmith_runtime::{Digest, ErrorKind};
use tokio::fs::{self, OpenOptions};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWrite, AsyncWriteExt as _, BufWriter};

/// How much is written to a file at once.
const PIECE: usize = 256 << 10;

/// Where an object is downloaded to.
pub(super) enum Target<'w> {
    /// A file.
    File(FileTarget),
    /// A writer.
    Writer(&'w mut (dyn AsyncWrite + Send + Unpin)),
}

/// A file with another name until it is complete. If it is dropped before, it is removed, unless it is to be kept.
pub(super) struct FileTarget {
    path: PathBuf,
    partial: Arc<Path>,
    is_kept: bool,
}

impl FileTarget {
    /// Of a download that can be resumed, the partial file has a name that follows from that of the file, and is kept.
    pub(super) fn new(path: PathBuf, is_kept: bool) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let mut partial = OsString::from(&path);
        if !is_kept {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            partial.push(format!(".{}-{count}", std::process::id()));
        }
        partial.push(".part");
        Self {
            path,
            partial: PathBuf::from(partial).into(),
            is_kept,
        }
    }

    /// Creates the partial file, or opens the one that a download goes on with.
    pub(super) async fn open(&self, size: u64, goes_on: bool) -> Result<(), Failed> {
        let opened = async {
            let mut options = OpenOptions::new();
            let options = options.write(true).create(!goes_on).truncate(!goes_on);
            let file = options.open(&self.partial).await?;
            if !goes_on {
                return file.set_len(size).await;
            }
            let found = file.metadata().await?.len();
            match found == size {
                true => Ok(()),
                false => Err(io::Error::other(format!(
                    "expected a file of {size} bytes, found {found}"
                ))),
            }
        };
        opened.await.map_err(|error| self.failed(error))
    }

    fn failed(&self, error: io::Error) -> Failed {
        failed(&self.partial, error)
    }

    pub(super) fn partial(&self) -> Arc<Path> {
        self.partial.clone()
    }

    /// The checksum of the partial file.
    pub(super) async fn sum(&self, mut digest: Digest) -> Result<String, Failed> {
        let read = async {
            let mut file = fs::File::open(&self.partial).await?;
            let mut piece = vec![0; PIECE];
            loop {
                let count = file.read(&mut piece).await?;
                if count == 0 {
                    return Ok(digest.finish());
                }
                digest.update(piece.get(..count).unwrap_or_default());
            }
        };
        read.await.map_err(|error| self.failed(error))
    }

    /// Gives the complete file its name.
    pub(super) async fn finish(mut self) -> Result<(), Failed> {
        let renamed = fs::rename(&self.partial, &self.path).await;
        self.is_kept = renamed.is_ok() || self.is_kept;
        renamed.map_err(|error| failed(&self.path, error))
    }

    /// What was received is not the object: it is of no use.
    pub(super) fn discard(&mut self) {
        self.is_kept = false;
    }
}

impl Drop for FileTarget {
    fn drop(&mut self) {
        if !self.is_kept {
            // It may not exist yet.
            let _ = std::fs::remove_file(&self.partial);
        }
    }
}

fn failed(path: &Path, error: io::Error) -> Failed {
    let what = format!("the file {} cannot be written", path.display());
    Failed::io("GetObject", &what, error)
}

/// What was received of a part.
pub(super) struct Received {
    /// Its bytes, unless they are in a file.
    pub(super) bytes: Bytes,
    /// Its checksum, if it follows from those of parts.
    pub(super) sum: Option<String>,
}

fn digest(expected: Option<&Expected>) -> Option<Digest> {
    let expected = expected.filter(|expected| expected.is_combined())?;
    Digest::new(expected.algorithm)
}

/// Writes a range to its place in a file. `is_synced`: its bytes are on the disk when it is reported.
pub(super) async fn to_file(
    mut reader: RangeReader,
    path: Arc<Path>,
    offset: u64,
    expected: Option<Expected>,
    is_synced: bool,
) -> Result<Received, Failed> {
    let mut digest = digest(expected.as_ref());
    let opened = async {
        let mut file = OpenOptions::new().write(true).open(&path).await?;
        file.seek(SeekFrom::Start(offset)).await?;
        Ok(file)
    };
    let file = opened.await.map_err(|error| failed(&path, error))?;
    let mut file = BufWriter::with_capacity(PIECE, file);
    while let Some(piece) = reader.next().await? {
        if let Some(digest) = &mut digest {
            digest.update(&piece);
        }
        let written = file.write_all(&piece).await;
        written.map_err(|error| failed(&path, error))?;
    }
    let finished = async {
        file.flush().await?;
        match is_synced {
            true => file.get_ref().sync_data().await,
            false => Ok(()),
        }
    };
    finished.await.map_err(|error| failed(&path, error))?;
    Ok(Received {
        bytes: Bytes::new(),
        sum: digest.map(Digest::finish),
    })
}

/// Reads a range into memory.
pub(super) async fn to_memory(
    mut reader: RangeReader,
    expected: Option<Expected>,
) -> Result<Received, Failed> {
    let mut digest = digest(expected.as_ref());
    let length = usize::try_from(reader.left()).map_err(|_| {
        let message =
            "a part is larger than this computer's memory; make it smaller with part_size";
        Failed::new(ErrorKind::Input, "GetObject", message)
    })?;
    let mut bytes = BytesMut::with_capacity(length);
    while let Some(piece) = reader.next().await? {
        if let Some(digest) = &mut digest {
            digest.update(&piece);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(Received {
        bytes: bytes.freeze(),
        sum: digest.map(Digest::finish),
    })
}

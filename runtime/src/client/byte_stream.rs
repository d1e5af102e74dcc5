//! Streams of bytes from files, and as tokio readers.

mod file;
mod of_reader;
mod reader;

pub use reader::ByteStreamReader;

use crate::stream::ByteStream;
use file::File;
use of_reader::OfReader;
use std::path::Path;
use tokio::io::AsyncRead;

impl ByteStream {
    /// The content of a file at the time when it is sent; it is opened again for every attempt. A file that cannot be
    /// read is an error of the call ([`ErrorKind::Input`](crate::ErrorKind::Input)).
    pub fn from_path(path: impl AsRef<Path>) -> Self {
        Self::replayable(File {
            path: path.as_ref().into(),
            part: None,
        })
    }

    /// All bytes of a tokio reader, which can be read only once; see [`from_stream`](Self::from_stream).
    pub fn from_async_read(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::from_stream(OfReader::new(reader))
    }

    /// The rest of the stream as an [`AsyncRead`](tokio::io::AsyncRead).
    ///
    /// ```
    /// # use tinsmith_runtime::ByteStream;
    /// # async fn copy(pieces: ByteStream) -> std::io::Result<()> {
    /// let mut file = tokio::fs::File::create("speech.mp3").await?;
    /// tokio::io::copy(&mut pieces.into_async_read(), &mut file).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn into_async_read(self) -> ByteStreamReader {
        ByteStreamReader::new(self)
    }
}

//! Streams of bytes from files, and as tokio readers.

mod file;
mod reader;

pub use reader::ByteStreamReader;

use crate::stream::ByteStream;
use file::File;
use std::path::Path;

impl ByteStream {
    /// The content of a file at the time when it is sent; it is opened again for every attempt. A file that cannot be
    /// read is an error of the call ([`ErrorKind::Input`](crate::ErrorKind::Input)).
    pub fn from_path(path: impl AsRef<Path>) -> Self {
        Self::replayable(File(path.as_ref().into()))
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

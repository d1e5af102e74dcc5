//! Reading files: only regular files of a plausible size. Reading a pipe can block without end, and a device can be
//! endless.

use std::fs::{self, File, FileType};
use std::io::{Error, ErrorKind, Read as _, Result};
use std::path::Path;

/// More than ten times the largest file that is expected.
const LARGEST: u64 = 128 << 20;

/// Opens a regular file, following links.
///
/// # Errors
/// The error of the operating system; for anything but a regular file, before it is opened.
pub fn open(path: &Path) -> Result<File> {
    regular(fs::metadata(path)?.file_type())?;
    let file = File::open(path)?;
    // It may have been replaced in the meantime.
    regular(file.metadata()?.file_type())?;
    Ok(file)
}

/// A file's bytes.
///
/// # Errors
/// Those of [`open`]; more than 128 MiB.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        let message = format!(
            "expected a file of at most {} MiB, found more",
            LARGEST >> 20
        );
        return Err(Error::new(ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// A file's text.
///
/// # Errors
/// Those of [`read`]; bytes that are not UTF-8.
pub fn read_to_string(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::new(
            ErrorKind::InvalidData,
            format!("expected UTF-8, found another byte at {at}"),
        )
    })
}

/// Fails for anything but a regular file.
fn regular(file_type: FileType) -> Result<()> {
    if file_type.is_file() {
        return Ok(());
    }
    let message = format!("expected a regular file, found {}", named(file_type));
    Err(Error::new(ErrorKind::InvalidInput, message))
}

fn named(file_type: FileType) -> &'static str {
    if file_type.is_dir() {
        return "a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if file_type.is_fifo() {
            return "a named pipe";
        } else if file_type.is_socket() {
            return "a socket";
        } else if file_type.is_block_device() || file_type.is_char_device() {
            return "a device";
        }
    }
    "something else"
}

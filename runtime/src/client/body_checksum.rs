//! The checksum of a request's body: in a header ahead of a body that is known, behind a stream that is not. A file is read once
//! for it and for the hash that is signed.

use super::Shared;
use super::upload::Hashed;
use crate::checksum::{Checksum, PREFIX, Pending, Trailer};
use crate::error::{ErrorKind, Failure};
use crate::protocol::Operation;
use crate::shape::BuildError;
use crate::sign::hex;
use crate::stream::{ByteStream, Replayable};
use bytes::Bytes;
use http::header::{HeaderMap, HeaderName};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

/// Compresses the body and computes its checksum, where the operation requires it.
pub(super) fn finish_body(
    shared: &Shared,
    operation: &Operation,
    checksum: Option<Checksum>,
    headers: &mut HeaderMap,
    body: &mut Bytes,
) -> Result<(), BuildError> {
    let least = shared.config.min_compression_size();
    if let (Some(compression), Some(least)) = (operation.compression, least) {
        compression.apply(headers, body, least);
    }
    match checksum {
        Some(checksum) => checksum.apply(headers, body),
        None => Ok(()),
    }
}

/// Reads a file, once, for what goes ahead of it: the checksum among the headers, and the hash that is signed.
pub(super) async fn read_ahead(
    content: &dyn Replayable,
    checksum: Option<Pending>,
    is_signed: bool,
    operation: &Operation,
    headers: &mut HeaderMap,
) -> Result<Option<Hashed>, Failure> {
    let failure = || Failure::new(ErrorKind::Input, operation.name);
    if checksum.is_none() && !is_signed {
        return Ok(None);
    }
    // What is added up comes back when all was read, which another thread does.
    let sums = Arc::new(Mutex::new((checksum, is_signed.then(Sha256::new))));
    let there = Arc::clone(&sums);
    let take = move |piece: &[u8]| {
        let mut sums = there.lock().unwrap_or_else(PoisonError::into_inner);
        let (checksum, hash) = &mut *sums;
        if let Some(checksum) = checksum {
            checksum.update(piece);
        }
        if let Some(hash) = hash {
            hash.update(piece);
        }
    };
    let length = content.read_through(Box::new(take)).await;
    let length = length.map_err(|error| failure().with_source(error))?;
    let (checksum, hash) = {
        let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
        (sums.0.take(), sums.1.take())
    };
    if let Some(checksum) = checksum {
        let finished = checksum.finish(headers);
        finished.map_err(|error| failure().with_source(error))?;
    }
    Ok(hash.map(|hash| Hashed {
        hash: hex(&hash.finalize()),
        length,
    }))
}

/// The checksum behind a stream that can be read only once. Without a signature of the body that is over HTTPS alone:
/// `is_possible` there.
pub(super) fn trailer_of(
    stream: &ByteStream,
    checksum: Checksum,
    operation: &Operation,
    headers: &mut HeaderMap,
    is_possible: bool,
) -> Result<Option<Box<Trailer>>, Box<Failure>> {
    let failure = || Failure::new(ErrorKind::Input, operation.name);
    let pending = checksum.begin(headers);
    let Some(pending) = pending.map_err(|error| Box::new(failure().with_source(error)))? else {
        return Ok(None);
    };
    if !is_possible {
        return Err(Box::new(failure().with_message(
            "the body is a stream that can be read only once, so its checksum goes behind it, which services take over https \
             alone; give bytes or a file (ByteStream::from_path)",
        )));
    }
    let length = length_of(stream, operation)?;
    let trailer = Trailer::announced(pending, length, headers);
    trailer
        .map(|trailer| Some(Box::new(trailer)))
        .map_err(|error| Box::new(failure().with_source(error)))
}

/// The length of a stream that is sent with its length ahead.
pub(super) fn length_of(stream: &ByteStream, operation: &Operation) -> Result<u64, Box<Failure>> {
    stream.content_length().ok_or_else(|| {
        Box::new(Failure::new(ErrorKind::Input, operation.name).with_message(
            "the body is a stream of unknown length, and the service needs the length in advance; give bytes, a file \
             (ByteStream::from_path), or the length (ByteStream::from_sized_stream)",
        ))
    })
}

/// Whether a checksum of the body is among the headers.
pub(super) fn has_checksum(headers: &HeaderMap) -> bool {
    let mut names = headers.keys().map(HeaderName::as_str);
    names.any(|name| name == "content-md5" || name.starts_with(PREFIX))
}

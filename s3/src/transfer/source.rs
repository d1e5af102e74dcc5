//! What is uploaded, part by part: parts of bytes and files without reading them, and those of any other stream as it comes.

use super::failed::Failed;
use bytes::{Buf as _, Bytes, BytesMut};
use futures_core::Stream as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tinsmith_runtime::{ByteStream, ErrorKind};

/// How many bytes are reserved at once for a part whose length is not known yet.
const RESERVED: usize = 1 << 20;

/// Up to which part all parts of a stream of unknown length have the same size, and how many parts then have twice that,
/// four times, and so on: 8 MiB at first are enough for 7 TiB.
const EQUAL: u32 = 5000;
const STEP: u32 = 500;

/// One part.
pub(super) struct Part {
    /// From 1.
    pub(super) number: u32,
    pub(super) length: u64,
    pub(super) body: ByteStream,
}

/// Where parts come from.
pub(super) struct Source {
    content: Content,
    part_size: u64,
    /// How many bytes there are, if that is known.
    length: Option<u64>,
    /// How many parts were taken, and how many bytes they have.
    parts: u32,
    taken: u64,
    has_ended: bool,
}

enum Content {
    /// Bytes or a file.
    Anywhere(ByteStream),
    /// A stream, what was read of the next part, and what was read beyond it.
    InOrder {
        stream: ByteStream,
        buffer: BytesMut,
        beyond: Bytes,
    },
}

impl Source {
    pub(super) fn new(body: ByteStream, length: Option<u64>, part_size: u64) -> Self {
        let is_anywhere = length.is_some() && body.part(0, 0).is_some();
        Self {
            content: match is_anywhere {
                true => Content::Anywhere(body),
                false => Content::InOrder {
                    stream: body,
                    buffer: BytesMut::new(),
                    beyond: Bytes::new(),
                },
            },
            part_size,
            length,
            parts: 0,
            taken: 0,
            has_ended: false,
        }
    }

    /// Whether there are no further parts.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// How many bytes its parts have that were taken so far.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    /// The next part; `None` at the end. Nothing is read before it is asked for.
    pub(super) fn poll_part(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Part, Failed>>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        let size = self.next_size();
        let (length, body) = match &mut self.content {
            Content::Anywhere(body) => {
                let left = self.length.unwrap_or_default().saturating_sub(self.taken);
                let length = size.min(left);
                self.has_ended = length == left;
                (length, body.part(self.taken, length).unwrap_or_default())
            }
            Content::InOrder {
                stream,
                buffer,
                beyond,
            } => match ready!(poll_bytes(stream, buffer, beyond, size, context)) {
                Err(failed) => {
                    self.has_ended = true;
                    return Poll::Ready(Some(Err(failed)));
                }
                Ok((bytes, has_ended)) => {
                    self.has_ended = has_ended;
                    (bytes.len() as u64, bytes.into())
                }
            },
        };
        self.taken += length;
        if let Some(failed) = self.wrong_length() {
            return Poll::Ready(Some(Err(failed)));
        }
        // The only part may be empty.
        if length == 0 && self.parts > 0 {
            return Poll::Ready(None);
        }
        self.parts += 1;
        Poll::Ready(Some(Ok(Part {
            number: self.parts,
            length,
            body,
        })))
    }

    /// The size of the next part, if it is not the last one.
    fn next_size(&self) -> u64 {
        match self.length {
            Some(_) => self.part_size,
            None => grown(self.part_size, self.parts),
        }
    }

    /// A stream must have as many bytes as was said.
    fn wrong_length(&mut self) -> Option<Failed> {
        let said = self.length?;
        let is_wrong = self.taken > said || self.has_ended && self.taken < said;
        self.has_ended |= is_wrong;
        let message = || {
            let more = if self.taken > said { "at least " } else { "" };
            format!(
                "expected a body of {said} bytes, as was said, found {more}{}",
                self.taken
            )
        };
        is_wrong.then(|| Failed::new(ErrorKind::Input, "PutObject", message()))
    }
}

/// The size of the part of a stream of unknown length after so many others.
fn grown(part_size: u64, parts: u32) -> u64 {
    let doublings = match parts.checked_sub(EQUAL) {
        Some(beyond) => beyond / STEP + 1,
        None => 0,
    };
    part_size.saturating_mul(1_u64.checked_shl(doublings).unwrap_or(u64::MAX))
}

/// Reads until a part is complete or the stream has ended, and says whether it has.
fn poll_bytes(
    stream: &mut ByteStream,
    buffer: &mut BytesMut,
    beyond: &mut Bytes,
    size: u64,
    context: &mut Context<'_>,
) -> Poll<Result<(Bytes, bool), Failed>> {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    loop {
        if buffer.is_empty() && beyond.len() >= size {
            return Poll::Ready(Ok((beyond.split_to(size), false)));
        }
        let count = beyond.len().min(size - buffer.len());
        if count > 0 {
            if buffer.capacity() - buffer.len() < count {
                // At once for all of a part that is longer than its beginning.
                let rest = size - buffer.len();
                let least = if buffer.is_empty() { RESERVED } else { rest };
                buffer.reserve(least.min(rest).max(count));
            }
            buffer.extend_from_slice(beyond.get(..count).unwrap_or_default());
            beyond.advance(count);
        }
        if buffer.len() >= size {
            return Poll::Ready(Ok((buffer.split().freeze(), false)));
        }
        match ready!(Pin::new(&mut *stream).poll_next(context)) {
            Some(Ok(piece)) => *beyond = piece,
            Some(Err(error)) => return Poll::Ready(Err(error.into())),
            None => return Poll::Ready(Ok((buffer.split().freeze(), true))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::grown;

    #[test]
    fn parts_of_a_stream_of_unknown_length_grow_late_and_suffice_for_the_largest_object() {
        let mib = 1 << 20;
        for (parts, expected) in [
            (0, 8),
            (4999, 8),
            (5000, 16),
            (5499, 16),
            (5500, 32),
            (9999, 8192),
        ] {
            assert_eq!(grown(8 * mib, parts), expected * mib, "{parts}");
        }
        let all: u64 = (0..10_000).map(|parts| grown(8 * mib, parts)).sum();
        assert!(all > 5 << 40, "{all}");
        assert_eq!(grown(u64::MAX, 9999), u64::MAX);
    }
}

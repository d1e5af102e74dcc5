//! Large objects: uploads in parts and downloads in ranges, in parallel, with bounded memory, and resumable.
//!
//! Any generated client of S3 has them, for its own calls of `PutObject` and `GetObject`: build the call as always, and finish
//! it with [`upload`](UploadObject::upload) or [`download`](DownloadObject::download) instead of `send`.
//!
//! ```no_run
//! # use golden_s3 as s3;
//! use s3::{ByteStream, Client, Error};
//! use tinsmith_s3::{DownloadObject as _, UploadObject as _};
//!
//! # async fn there_and_back(client: &Client) -> Result<(), Error> {
//! let object = client.put_object().bucket("tins").key("a.tar").body(ByteStream::from_path("a.tar"));
//! let uploaded = object.upload().on_progress(|progress| println!("{}", progress.transferred)).send().await?;
//!
//! let object = client.get_object().bucket("tins").key("a.tar");
//! let downloaded = object.download().to_path("b.tar").await?;
//! println!("{:?}: {} bytes, validated by {:?}", uploaded.e_tag, downloaded.size, downloaded.validated);
//! # Ok(())
//! # }
//! ```
//!
//! There is no other client and no second set of types: the other calls that a transfer needs (the multipart calls and
//! `HeadObject`) are made from the request of the call, by the client of the call. So its region, credentials, connections,
//! endpoint, retries and what it remembers of buckets hold for every part; every field that a part has is cloned into it; the
//! output and the error are those of the call; and the crate need not have been generated with those operations.

mod answer;
mod checksum;
mod crc;
mod download;
mod failed;
mod object;
mod operations;
mod progress;
mod request;
mod source;
mod state;
mod target;
mod upload;

pub use download::{Download, DownloadObject, Downloaded};
pub use progress::Progress;
pub use state::{DownloadState, StateError, UploadState};
pub use upload::{Upload, UploadObject};

use progress::Tracker;

/// The size of a part: 8 MiB.
const PART_SIZE: u64 = 8 << 20;

/// How many parts are transferred at the same time.
const CONCURRENCY: usize = 8;

/// The largest number of parts of an object.
const MOST_PARTS: u64 = 10_000;

/// What uploads and downloads have in common.
struct Settings {
    part_size: u64,
    concurrency: usize,
    tracker: Tracker,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            part_size: PART_SIZE,
            concurrency: CONCURRENCY,
            tracker: Tracker::default(),
        }
    }
}

/// The size of the parts of an object of this length, so that there are at most 10,000: `least`, or more in whole MiB.
fn part_size(least: u64, length: u64) -> u64 {
    let least = least.max(1);
    if length.div_ceil(least) <= MOST_PARTS {
        return least;
    }
    length.div_ceil(MOST_PARTS).next_multiple_of(1 << 20)
}

#[cfg(test)]
mod tests {
    use super::{PART_SIZE, part_size};

    #[test]
    fn parts_are_large_enough_that_ten_thousand_suffice() {
        const MIB: u64 = 1 << 20;
        for (least, length, expected) in [
            (PART_SIZE, 0, 8 * MIB),
            (PART_SIZE, 10_000 * 8 * MIB, 8 * MIB),
            (PART_SIZE, 10_000 * 8 * MIB + 1, 9 * MIB),
            (PART_SIZE, 5 << 40, 525 * MIB),
            (0, 10, 1),
        ] {
            assert_eq!(part_size(least, length), expected, "{length}");
            assert!(length.div_ceil(expected) <= 10_000);
        }
    }
}

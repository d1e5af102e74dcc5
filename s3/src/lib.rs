//! What S3 does beyond its protocol and its service model, for the clients that Tinsmith generates.
//!
//! [`S3`] is plugged into a generated client of S3: the generator writes it into the service's constant, and the
//! runtime asks it between building a request and sending it, and again for each response. It decides without I/O, and
//! the runtime acts on it. [`PresignedPost`] presigns forms by which browsers upload. The feature `transfer` moves
//! large objects in parts.
//!
//! The rules are those of S3's documentation, and where that is silent those of botocore; each module says which ones it
//! has.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod copy_source;
mod encryption;
mod extension;
mod lists;
mod own;
mod policy;
mod region;
mod session;
mod success;
#[cfg(feature = "transfer")]
pub mod transfer;

pub use extension::S3;
pub use policy::{PostPolicy, PresignedForm, PresignedPost};
#[cfg(feature = "transfer")]
pub use transfer::{DownloadObject, UploadObject};

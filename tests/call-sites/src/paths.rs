//! Imports and full paths. `aws-sdk-store = { package = "…", path = "…" }` in Cargo.toml is what changes.

use crate::Row;
use aws_sdk_store as store;
use aws_sdk_store::config::{Builder, Config, Credentials, Region};
use aws_sdk_store::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_store::operation::get_object::{GetObjectError, GetObjectInput, GetObjectOutput};
use aws_sdk_store::primitives::{Blob, ByteStream, DateTime};
use aws_sdk_store::types::error::NoSuchKey;
use aws_sdk_store::types::{AttributeValue, StorageClass};
use aws_sdk_store::{Client, Error};

pub(crate) const ROWS: &[Row] = &[Row::unchanged(
    "`use aws_sdk_x::…`, full paths",
    1_399,
    24,
    paths,
)];

/// Each import is used in its place as a program uses it.
fn paths(
    client: &Client,
    builder: Builder,
    _: (Config, Credentials, Region, Blob, DateTime, NoSuchKey),
    _: (GetObjectInput, AttributeValue, StorageClass),
    body: ByteStream,
) -> (store::Client, store::operation::put_object::PutObjectInput) {
    let _: Config = builder.region(Region::new("eu-west-1")).build();
    let _: store::config::Builder = store::config::Config::builder();
    let _: store::primitives::ByteStream = body;
    let _: fn(SdkError<GetObjectError>) -> Error = wrapped;
    let _: Option<GetObjectOutput> = None;
    (client.clone(), Default::default())
}

fn wrapped(error: SdkError<GetObjectError>) -> Error {
    let _ = (error.code(), DisplayErrorContext(&error).to_string());
    let _ = ProvideErrorMetadata::message(&error);
    error
}

//! What is read of an output. Members are fields; a structure whose setter is called `x` could have no method `x` beside it.
//! A missing list is `None` here, where the official accessor gave an empty slice.
//!
//! ```compile_fail,E0599
//! # fn read(output: &aws_sdk_store::operation::get_object::GetObjectOutput) -> Option<i64> {
//! output.content_length()
//! # }
//! ```
//!
//! Of a type that is sent as well, the accessor is the setter, which wants a value:
//!
//! ```compile_fail,E0061
//! # fn read(object: aws_sdk_store::types::ObjectIdentifier) -> Option<String> {
//! object.version_id()
//! # }
//! ```

use crate::Row;
use aws_sdk_store::operation::delete_objects::DeleteObjectsOutput;
use aws_sdk_store::operation::get_object::GetObjectOutput;
use aws_sdk_store::operation::put_item::PutItemOutput;
use aws_sdk_store::types::{AttributeValue, StorageClass};
use std::collections::HashMap;

pub(crate) const ROWS: &[Row] = &[
    Row::unchanged("output field `.x`", 1_171, 23, fields),
    Row::changed("accessor `.x()`", "`.x`", 824, 23, instead_of_accessors),
    Row::changed(
        "`HashMap` taken",
        "`.into_iter().collect()` of a `BTreeMap`",
        0,
        0,
        maps,
    ),
];

async fn fields(output: GetObjectOutput) -> (Vec<u8>, i64, Option<StorageClass>) {
    let length = output.content_length.unwrap_or_default();
    let class = output.storage_class;
    let bytes = output.body.collect().await;
    (
        bytes.map(|bytes| bytes.to_vec()).unwrap_or_default(),
        length,
        class,
    )
}

fn instead_of_accessors(output: &DeleteObjectsOutput) -> Vec<&str> {
    let deleted = output.deleted.iter().flatten();
    deleted.filter_map(|object| object.key.as_deref()).collect()
}

fn maps(output: PutItemOutput) -> HashMap<String, AttributeValue> {
    output.attributes.unwrap_or_default().into_iter().collect()
}

//! What is read of an output: fields, and a getter for each where the type is only received. A type that is sent as well has
//! setters of these names, so it has no getters, and its fields are read.
//!
//! Of such a type, the accessor is the setter, which wants a value:
//!
//! ```compile_fail,E0061
//! # fn read(object: aws_sdk_store::types::ObjectIdentifier) -> Option<String> {
//! object.version_id()
//! # }
//! ```

use crate::Row;
use aws_sdk_store::operation::delete_objects::DeleteObjectsOutput;
use aws_sdk_store::operation::get_object::GetObjectOutput;
use aws_sdk_store::operation::list_tables::ListTablesOutput;
use aws_sdk_store::operation::put_item::PutItemOutput;
use aws_sdk_store::primitives::ByteStream;
use aws_sdk_store::types::{AttributeValue, StorageClass};
use std::collections::HashMap;

pub(crate) const ROWS: &[Row] = &[
    Row::unchanged("output field `.x`", 1_171, 23, fields),
    // The table counts 824 accessors. In the programs that `scan` was tried on, 291 of 589 have a name that is only that of an
    // optional member of types which are only received: 49 %, and that part of 824. The rest may be on types that are
    // sent as well, or on required members, whose official accessors give no `Option`.
    Row::unchanged("accessor `.x()`", 407, 23, accessors),
    Row::changed(
        "accessor `.x()` of a type that is sent as well",
        "`.x`",
        417,
        23,
        instead_of_accessors,
    ),
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

/// Text and other values are borrowed, a missing list is empty.
fn accessors(output: &GetObjectOutput, page: &ListTablesOutput) -> (Option<i64>, usize) {
    let _: Option<&str> = output.e_tag();
    let _: Option<&StorageClass> = output.storage_class();
    let _: &ByteStream = output.body();
    for name in page.table_names() {
        let _: &String = name;
    }
    (output.content_length(), page.table_names().len())
}

fn instead_of_accessors(output: &DeleteObjectsOutput) -> Vec<&str> {
    let deleted = output.deleted.iter().flatten();
    deleted.filter_map(|object| object.key.as_deref()).collect()
}

fn maps(output: PutItemOutput) -> HashMap<String, AttributeValue> {
    output.attributes.unwrap_or_default().into_iter().collect()
}

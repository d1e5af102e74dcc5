//! Setters of calls and of nested types.
//!
//! The setter takes what converts, so what would convert into whatever it takes has to say which type it is:
//!
//! ```compile_fail,E0283
//! # fn call(client: &aws_sdk_store::Client, bucket: &str) {
//! client.get_object().bucket(bucket.into());
//! # }
//! ```
//!
//! ```compile_fail,E0283
//! # fn call(client: &aws_sdk_store::Client, part: &str) {
//! client.get_object().part_number(part.parse().unwrap_or_default());
//! # }
//! ```
//!
//! ```compile_fail,E0283
//! # fn call(client: &aws_sdk_store::Client, names: &[String]) {
//! client.delete_objects().callers(names.iter().cloned().collect());
//! # }
//! ```
//!
//! The second setters name their types, so these stand:
//!
//! ```
//! # fn call(client: &aws_sdk_store::Client, part: &str, names: &[String]) {
//! client.get_object().set_bucket(Some(part.into())).set_part_number(part.parse().ok());
//! client.delete_objects().set_callers(Some(names.iter().cloned().collect())).set_delete(None);
//! # }
//! ```
//!
//! A value of another type is an error that says what was expected:
//!
//! ```compile_fail,E0277
//! # fn call(client: &aws_sdk_store::Client) {
//! client.get_object().part_number("1");
//! # }
//! ```
//!
//! `build()` of a type with members that the service requires is no `Result`; what is not set is reported when the call is
//! sent:
//!
//! ```compile_fail,E0277
//! # use aws_sdk_store::{Error, types::Delete};
//! # fn built() -> Result<Delete, Error> {
//! Ok(Delete::builder().build()?)
//! # }
//! ```

use crate::Row;
use aws_sdk_store::Client;
use aws_sdk_store::operation::get_object::GetObject;
use aws_sdk_store::operation::put_item::PutItem;
use aws_sdk_store::primitives::{Blob, ByteStream, DateTime};
use aws_sdk_store::types::{AttributeValue, Delete, ObjectIdentifier, StorageClass};
use std::collections::HashMap;

pub(crate) const ROWS: &[Row] = &[
    Row::unchanged("`.x(value)`", 984, 24, values),
    Row::unchanged("`.set_x(option)`, also of nested types", 561, 21, options),
    Row::unchanged(
        "`.x(item)` that appends, `.x(key, value)`",
        112,
        12,
        items_and_entries,
    ),
    Row::unchanged("`T::builder()….build()`", 241, 21, builders),
    // What the table counts here is not said; the worse case is taken for it.
    Row::changed(
        "`T::builder()….build()?`",
        "`T::builder()….build()`",
        160,
        21,
        builders,
    ),
    Row::unchanged("`HashMap` given", 0, 0, hash_maps),
];

fn values(client: &Client, bucket: &str, key: String, size: usize) -> PutItem {
    let _ = client.get_object().bucket(bucket).key(&key).part_number(1);
    let _ = client
        .put_object()
        .bucket(bucket.to_string())
        .key(format!("{key}/copy"))
        .content_type("text/plain")
        .body(ByteStream::from_static(b"text"))
        .storage_class(StorageClass::Glacier);
    client
        .put_item()
        .table_name(key)
        .limit(size as i32)
        .is_final(true)
        .expires_at(DateTime::from_seconds(0))
        .digest(Blob::new(vec![1, 2]))
        .storage_class(StorageClass::from("NEW"))
        .filter(AttributeValue::S(bucket.to_owned()))
}

/// As the official SDK has it, and as one setter takes it.
fn options(
    client: &Client,
    bucket: Option<String>,
    version: Option<&str>,
    class: Option<StorageClass>,
    delete: Option<Delete>,
    names: Option<Vec<String>>,
) -> GetObject {
    let _ = client
        .delete_objects()
        .set_bucket(bucket.clone())
        .set_delete(delete.clone())
        .set_callers(names.clone());
    let _ = client.delete_objects().delete(delete).callers(names);
    let _ = client.put_item().set_storage_class(class.clone());
    let _ = client.put_item().storage_class(class).limit(None);
    let _ = ObjectIdentifier::builder()
        .key("a")
        .set_version_id(version.map(str::to_owned))
        .set_size(None)
        .build();
    let _ = ObjectIdentifier::builder().key("a").version_id(version);
    client
        .get_object()
        .set_version_id(version.map(Into::into))
        .set_part_number(Some(1))
        .set_bucket(bucket)
}

fn items_and_entries(client: &Client, names: &[String], key: &str) -> PutItem {
    let mut delete = Delete::builder();
    for name in names {
        delete = delete.objects(ObjectIdentifier::builder().key(name).build());
    }
    let _ = client
        .delete_objects()
        .delete(delete.build())
        .callers("first")
        .callers(key.to_string());
    let _ = client
        .put_object()
        .metadata("origin", key)
        .metadata("stage", "test");
    client
        .put_item()
        .item("name", AttributeValue::S(key.to_string()))
        .item("count", AttributeValue::N("1".to_string()))
        .storage_classes(StorageClass::Glacier)
        .attribute_names("name")
}

fn builders(objects: Vec<ObjectIdentifier>) -> Delete {
    let quiet = Delete::builder().quiet(true);
    quiet.set_objects(Some(objects)).build()
}

fn hash_maps(client: &Client, item: HashMap<String, AttributeValue>) -> PutItem {
    client.put_item().set_item(Some(item))
}

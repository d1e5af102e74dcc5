//! `patch.json`: our corrections to `service-2.json`, as JSON Patch (RFC 6902).
//!
//! A `test` operation ties a correction to the error that it fixes: when the model is fixed by its owner, the patch
//! fails and says so.

use crate::report::Report;
use json_patch::jsonptr::Pointer;
use json_patch::{AddOperation, PatchErrorKind, PatchOperation};
use serde_json::Value;
use tinsmith_codegen::JsonFile;

/// The file's name, beside `service-2.json`.
pub const FILE: &str = "patch.json";

/// Applies the operations of `patch` to `target` in order.
///
/// # Errors
/// The first operation that is malformed, names a path that does not exist, or whose test fails.
pub fn apply(patch: &JsonFile, target: &mut JsonFile) -> Result<(), Report> {
    let Value::Array(operations) = &patch.value else {
        return Err(Report::new(format!(
            "expected an array of JSON Patch operations (RFC 6902)\n  in {}",
            patch.path
        )));
    };
    for (index, raw) in operations.iter().enumerate() {
        let failed = |what: String| {
            let name = |key| raw.get(key).and_then(Value::as_str).unwrap_or("?");
            Report::new(format!(
                "{what}\n  in {} operation {index}: {} {}\n  applied to {}",
                patch.path,
                name("op"),
                name("path"),
                target.path
            ))
        };
        let operation: PatchOperation =
            serde::Deserialize::deserialize(raw).map_err(|error: serde_json::Error| {
                failed(format!("expected a JSON Patch operation: {error}"))
            })?;
        if let Err(kind) = one(&operation, &mut target.value) {
            return Err(failed(reason(&operation, &kind, &target.value)));
        }
    }
    Ok(())
}

/// One operation. Removals from objects are done here: json-patch moves the last member into the gap, but the order of
/// members has a meaning.
fn one(operation: &PatchOperation, target: &mut Value) -> Result<(), PatchErrorKind> {
    match operation {
        PatchOperation::Remove(remove) => take(&remove.path, target).map(drop),
        PatchOperation::Move(moved) => {
            let value =
                take(&moved.from, target).map_err(|_| PatchErrorKind::InvalidFromPointer)?;
            let path = moved.path.clone();
            one(&PatchOperation::Add(AddOperation { path, value }), target)
        }
        _ => json_patch::patch(target, std::slice::from_ref(operation)).map_err(|error| error.kind),
    }
}

fn take(path: &Pointer, target: &mut Value) -> Result<Value, PatchErrorKind> {
    let gone = PatchErrorKind::InvalidPointer;
    let (parent, last) = path.split_back().ok_or(PatchErrorKind::InvalidPointer)?;
    match parent.resolve_mut(target) {
        Ok(Value::Object(members)) => members.shift_remove(last.decoded().as_ref()).ok_or(gone),
        Ok(Value::Array(items)) => {
            let index = last.to_index()?.for_len(items.len())?;
            Ok(items.remove(index))
        }
        _ => Err(gone),
    }
}

fn reason(operation: &PatchOperation, kind: &PatchErrorKind, target: &Value) -> String {
    let found = |path: &Pointer| match path.resolve(target) {
        Ok(value) => value.to_string(),
        Err(_) => match path.parent().map(|parent| parent.resolve(target)) {
            Some(Ok(Value::Object(members))) => {
                let last = path
                    .back()
                    .map(|token| token.decoded().into_owned())
                    .unwrap_or_default();
                format!(
                    "no such key{}",
                    crate::report::nearest(&last, members.keys().map(String::as_str))
                )
            }
            _ => "nothing at that path".to_owned(),
        },
    };
    match (operation, kind) {
        (PatchOperation::Test(test), _) => {
            format!("expected {}, found {}", test.value, found(&test.path))
        }
        (PatchOperation::Move(moved), PatchErrorKind::InvalidFromPointer) => format!(
            "expected a value at `from` {}, found {}",
            moved.from,
            found(&moved.from)
        ),
        (PatchOperation::Copy(copy), PatchErrorKind::InvalidFromPointer) => format!(
            "expected a value at `from` {}, found {}",
            copy.from,
            found(&copy.from)
        ),
        (_, _) => format!(
            "expected a value at the path, found {}",
            found(operation.path())
        ),
    }
}

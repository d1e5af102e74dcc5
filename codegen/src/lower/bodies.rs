//! What happens to an operation's bodies: compression and checksums before they are sent, validation after they are received.

use super::Context;
use crate::model::{self, Operation};
use crate::rust::{Binding, Checksum, Field, Structure, Validation};

/// Checks that a body that is compressed is whole, and that there is something to add up before it is sent. A blob that
/// streams is read ahead of being sent for its checksum; events come as they come.
pub(super) fn whole(context: &Context<'_>, name: &str, operation: &Operation, input: &Structure) {
    let events = input.has(Binding::EventStream);
    let streams = events || input.fields.iter().any(Field::streams);
    for (given, what) in [
        (
            streams && !operation.compression.is_empty(),
            "request compression",
        ),
        (events && operation.checksum.is_some(), "a checksum"),
    ] {
        if given {
            context.file.key("operations").key(name).problem(format!("expected {what} of a body that is sent whole, found one that streams, which the generator does not support yet"),
            );
        }
    }
}

/// Whether large bodies are sent as gzip, which is the only encoding that the runtime supports and that services use.
pub(super) fn gzip(context: &Context<'_>, name: &str, operation: &Operation) -> bool {
    let encodings = &operation.compression;
    let gzip = encodings.iter().any(|encoding| encoding == "gzip");
    if !gzip && !encodings.is_empty() {
        context
            .file
            .key("operations")
            .key(name)
            .key("requestcompression.encodings")
            .problem(format!(
                "expected `gzip` among the encodings, found `{}`",
                encodings.join("`, `")
            ));
    }
    gzip
}

/// The checksum, and the header with the choice of its algorithm.
pub(super) fn checksum(
    context: &Context<'_>,
    name: &str,
    operation: &Operation,
    input: &Structure,
) -> Option<Checksum> {
    let model::Checksum::Chosen { member, required } = operation.checksum.as_ref()? else {
        return Some(Checksum::Md5);
    };
    let Some(member) = member else {
        return Some(Checksum::Chosen {
            header: None,
            required: *required,
        });
    };
    let key = "httpChecksum.requestAlgorithmMember";
    Some(Checksum::Chosen {
        header: Some(header(context, name, key, member, input)?),
        required: *required,
    })
}

/// The header that asks for validation.
pub(super) fn validation(
    context: &Context<'_>,
    name: &str,
    operation: &Operation,
    input: &Structure,
) -> Option<Validation> {
    let model::Validation { member, algorithms } = operation.validation.as_ref()?;
    let key = "httpChecksum.requestValidationModeMember";
    Some(Validation {
        header: header(context, name, key, member, input)?,
        algorithms: algorithms.clone(),
    })
}

/// The header of a member that the checksum trait names under `key`.
fn header(
    context: &Context<'_>,
    name: &str,
    key: &str,
    member: &str,
    input: &Structure,
) -> Option<String> {
    let field = input.fields.iter().find(|field| field.member == *member);
    let header = field.filter(|field| field.binding == Binding::Header);
    if header.is_none() {
        context.file.key("operations").key(name).key(key).problem(format!("expected the name of a member of the input that is bound to a header, found `{member}`"),
        );
    }
    Some(header?.wire.to_ascii_lowercase())
}

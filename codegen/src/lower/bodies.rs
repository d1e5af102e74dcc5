//! The processing of an operation's bodies before they are sent: compression and checksums.

use super::Context;
use crate::model::{self, Operation};
use crate::rust::{Binding, Checksum, Field, Structure};

/// Checks that a body that is compressed or has a checksum is sent as a whole: a stream would have to be read twice, or
/// to send its checksum at the end.
pub(super) fn whole(context: &Context<'_>, name: &str, operation: &Operation, input: &Structure) {
    let streams = input.fields.iter().any(Field::streams);
    if !streams && !input.has(Binding::EventStream) {
        return;
    }
    for (given, what) in [
        (!operation.compression.is_empty(), "request compression"),
        (operation.checksum.is_some(), "a checksum"),
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
    let field = input.fields.iter().find(|field| field.member == *member);
    let header = field.filter(|field| field.binding == Binding::Header);
    if header.is_none() {
        context.file.key("operations").key(name).key("httpChecksum.requestAlgorithmMember").problem(format!("expected the name of a member of the input that is bound to a header, found `{member}`"),
        );
    }
    Some(Checksum::Chosen {
        header: Some(header?.wire.to_ascii_lowercase()),
        required: *required,
    })
}

//! Streaming blobs: allowed only as the whole body of an input or an output.

use crate::model::{Kind, Member, Model, Shape};
use crate::place::Place;
use crate::problem::Part;
use indexmap::IndexSet;

pub(super) fn check(model: &Model, of_shapes: &Place<'_>) {
    let messages: IndexSet<&String> = model
        .operations
        .values()
        .flat_map(|operation| operation.input.iter().chain(&operation.output))
        .collect();
    let binds = model.service.binds_to_http();
    for (name, shape) in &model.shapes {
        let is_message = messages.contains(name);
        of_shapes.within(Part::Shape(name.clone()), || {
            places(model, &of_shapes.key(name), shape, binds && is_message);
        });
    }
}

/// The streams of one shape; they may be its payload if it `binds` one.
fn places(model: &Model, place: &Place<'_>, shape: &Shape, binds: bool) {
    let of_members = place.key("members");
    let (payload, holder) = match &shape.kind {
        Kind::Structure(structure) => (structure.payload.as_deref(), &of_members),
        Kind::Union(_) => (None, &of_members),
        _ => (None, place),
    };
    for (member_name, member) in shape.kind.members() {
        let is_body = binds && payload == Some(member_name);
        let is_blob = matches!(blob(model, member), Some(true));
        if (member.streaming || is_blob) && !is_body {
            holder.key(member_name).problem("expected a streaming blob only as the payload of an operation's input or output, found it elsewhere");
        }
    }
}

/// Whether the blob that a member refers to streams; `None` if the member does not refer to a blob.
fn blob(model: &Model, member: &Member) -> Option<bool> {
    match model.shapes.get(&member.target)?.kind {
        Kind::Blob { streaming, .. } => Some(streaming),
        _ => None,
    }
}

//! Where blobs stream: as the whole body of an input or an output, and nowhere else.

use super::members;
use crate::model::{Kind, Member, Model, Shape};
use crate::problem::{Part, Problems};
use indexmap::IndexSet;

pub(super) fn check(model: &Model, problems: &mut Problems) {
    let messages: IndexSet<&String> = model
        .operations
        .values()
        .flat_map(|operation| operation.input.iter().chain(&operation.output))
        .collect();
    let binds = model.service.binds_to_http();
    for (name, shape) in &model.shapes {
        let is_message = messages.contains(name);
        problems.within(Part::Shape(name.clone()), |problems| {
            places(model, name, shape, binds && is_message, problems);
        });
    }
}

/// The streams of one shape, which may be its payload where it `binds` one.
fn places(model: &Model, name: &str, shape: &Shape, binds: bool, problems: &mut Problems) {
    let (payload, in_members) = match &shape.kind {
        Kind::Structure(structure) => (structure.payload.as_deref(), "members."),
        Kind::Union(_) => (None, "members."),
        _ => (None, ""),
    };
    for (member_name, member) in members(&shape.kind) {
        let path = format!("shapes.{name}.{in_members}{member_name}");
        let is_body = binds && payload == Some(member_name);
        let is_blob = matches!(blob(model, member), Some(true));
        if (member.streaming || is_blob) && !is_body {
            problems.add(
                    &model.file,
                    path,
                    "expected what streams to be the payload of an operation's input or output, found it elsewhere",
                );
        }
    }
}

/// Whether the blob that a member refers to streams; `None` where it refers to no blob.
fn blob(model: &Model, member: &Member) -> Option<bool> {
    match model.shapes.get(&member.target)?.kind {
        Kind::Blob { streaming, .. } => Some(streaming),
        _ => None,
    }
}

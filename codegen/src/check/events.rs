//! Event streams: where they are allowed, what their events are, and the places of the events' members.

use super::is_text;
use crate::model::{Kind, Member, Model, Structure};
use crate::place::Place;
use crate::problem::Part;
use crate::select::{events, is_error};
use indexmap::IndexSet;

pub(super) fn check(model: &Model, shapes: &Place<'_>) {
    let streams: Vec<_> = model
        .shapes
        .keys()
        .filter_map(|name| Some((name.as_str(), events(model, name)?)))
        .collect();
    if streams.is_empty() {
        return;
    }
    let messages: IndexSet<&str> = model
        .operations
        .values()
        .flat_map(|operation| operation.input.iter().chain(&operation.output))
        .map(String::as_str)
        .collect();
    for (name, shape) in &model.shapes {
        let streams: Vec<_> = shape
            .kind
            .members()
            .into_iter()
            .filter(|(_, member)| events(model, &member.target).is_some())
            .collect();
        let is_message = messages.contains(name.as_str());
        shapes.within(Part::Shape(name.clone()), || {
            place(model, &shapes.key(name), name, &streams, is_message);
        });
    }
    for (name, stream) in &streams {
        for (member, target) in &stream.members {
            shapes.within(Part::Shape((*name).to_owned()), || {
                let of_shape = shapes.key(name);
                event(model, &of_shape.key("members").key(member), target);
            });
        }
    }
    bound_elsewhere(model, shapes);
}

/// One stream in an input or an output; it must be the payload if there is one.
fn place(
    model: &Model,
    of_shape: &Place<'_>,
    shape: &str,
    streams: &[(&str, &Member)],
    is_message: bool,
) {
    let payload = match model.shapes.get(shape).map(|shape| &shape.kind) {
        Some(Kind::Structure(structure)) => structure.payload.as_deref(),
        _ => None,
    };
    for (index, (name, member)) in streams.iter().enumerate() {
        let binds = model.service.binds_to_http();
        let first = streams.first().map_or("", |(name, _)| name);
        let message = if !is_message {
            format!(
                "expected an event stream as a member of an input or an output, found `{}` in another shape",
                member.target
            )
        } else if index > 0 {
            format!("expected one event stream in a message, found `{name}` beside `{first}`")
        } else if binds && payload != Some(*name) {
            "expected an event stream to be the payload, found it within the body".to_owned()
        } else {
            continue;
        };
        of_shape.key("members").key(name).problem(message);
    }
}

fn event(model: &Model, place: &Place<'_>, member: &Member) {
    let Some(target) = model.shapes.get(&member.target) else {
        return;
    };
    let Kind::Structure(event) = &target.kind else {
        place.problem(format!(
            "expected a structure as an event, found `{}`, which is {}",
            member.target,
            target.kind.describe()
        ));
        return;
    };
    if !is_error(model, &member.target) {
        bindings(model, &place.top().key("shapes").key(&member.target), event);
    }
}

fn bindings(model: &Model, of_shape: &Place<'_>, event: &Structure) {
    let payload = event
        .members
        .iter()
        .find(|(_, member)| member.event_payload);
    for (member_name, member) in &event.members {
        let Some(kind) = model.shapes.get(&member.target).map(|target| &target.kind) else {
            continue;
        };
        let fits_header = is_text(kind)
            || matches!(
                kind,
                Kind::Boolean
                    | Kind::Byte
                    | Kind::Short
                    | Kind::Integer
                    | Kind::Long
                    | Kind::Blob { .. }
                    | Kind::Timestamp { .. }
            );
        let fits_payload = matches!(
            kind,
            Kind::Blob { .. } | Kind::String | Kind::Structure(_) | Kind::Union(_)
        );
        let found = format!("found `{}`, which is {}", member.target, kind.describe());
        let message = if member.event_header && !fits_header {
            format!(
                "expected text, a boolean, an integer, a blob or a timestamp in a header of an event, {found}"
            )
        } else if member.event_payload && !fits_payload {
            format!(
                "expected a blob, a string, a structure or a union as the payload of an event, {found}"
            )
        } else if let Some((payload, _)) = payload
            && payload != member_name
            && !member.event_header
        {
            format!(
                "expected every member beside the payload `{payload}` to be in a header of the event, found one that is not"
            )
        } else {
            continue;
        };
        of_shape.key("members").key(member_name).problem(message);
    }
}

/// A shape with members bound to places of an event can only be read and written as an event.
fn bound_elsewhere(model: &Model, shapes: &Place<'_>) {
    for (name, shape) in &model.shapes {
        if events(model, name).is_some() {
            continue;
        }
        for (member_name, member) in shape.kind.members() {
            let Some(Kind::Structure(target)) = model.shapes.get(&member.target).map(|s| &s.kind)
            else {
                continue;
            };
            let mut bound = target.members.values();
            if bound.any(|member| member.event_header || member.event_payload) {
                let message = format!(
                    "expected a shape without headers of events, found `{}`, which only an event stream can hold",
                    member.target
                );
                shapes.within(Part::Shape(name.clone()), || {
                    let of_shape = shapes.key(name);
                    of_shape.key("members").key(member_name).problem(message);
                });
            }
        }
    }
}

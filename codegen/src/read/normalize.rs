//! Where the two formats express the same differently, the model has one form: both readers end here.
//!
//! Each rule has its reason. Facts that only one of the formats has are kept.

mod wire;

use crate::docs;
use crate::model::{
    Constraints, Deprecated, Kind, Location, Member, Model, NO_AUTH, Operation, Role, Shape,
    TimestampFormat,
};
use indexmap::{IndexMap, IndexSet};

/// Normalises a model.
pub(crate) fn normalize(model: &mut Model) {
    prose(&mut model.service.documentation);
    model.operations.values_mut().for_each(operation);
    // The service's default need not be repeated.
    for operation in model.operations.values_mut() {
        if operation.auth == model.service.auth {
            operation.auth.clear();
        }
    }
    wire::normalize(model);
    for (name, shape) in &mut model.shapes {
        self::shape(name, shape);
    }
    for waiter in model.waiters.values_mut() {
        prose(&mut waiter.documentation);
    }
    labels(model);
    query_maps(model);
    body_names(model);
    timestamps(model);
    // Operations, shapes and waiters are sets, which botocore and Smithy's tools sort differently. The order of members
    // has a meaning, and is kept.
    model.operations.sort_unstable_keys();
    model.shapes.sort_unstable_keys();
    model.waiters.sort_unstable_keys();
}

/// The name of a label in the URI is not visible elsewhere: botocore has a separate one, Smithy uses the member's.
fn labels(model: &mut Model) {
    let mut renamed = Vec::new();
    for operation in model.operations.values_mut() {
        let Some(input) = operation.input.as_ref() else {
            continue;
        };
        let Some(Kind::Structure(structure)) = model.shapes.get(input).map(|input| &input.kind)
        else {
            continue;
        };
        let mut uri = String::with_capacity(operation.uri.len());
        let mut rest = operation.uri.as_str();
        while let Some((before, inside)) = rest.split_once('{') {
            let Some((label, after)) = inside.split_once('}') else {
                break;
            };
            let plain = label.trim_end_matches('+');
            let mut members = structure.members.iter().filter(|(_, member)| {
                member.location == Some(Location::Label)
                    && member.wire_name.as_deref() == Some(plain)
            });
            // Two members with one label keep its name, so that both are reported.
            let member = members.next().filter(|_| members.next().is_none());
            let name = member.map_or(plain, |(name, _)| name);
            renamed.extend(member.map(|(name, _)| (input.clone(), name.clone())));
            let greedy = label.get(plain.len()..).unwrap_or_default();
            uri.push_str(&format!("{before}{{{name}{greedy}}}"));
            rest = after;
        }
        uri.push_str(rest);
        operation.uri = uri;
    }
    // Last, because operations may share their input.
    for (input, name) in renamed {
        if let Some(Kind::Structure(structure)) =
            model.shapes.get_mut(&input).map(|input| &mut input.kind)
            && let Some(member) = structure.members.get_mut(&name)
        {
            member.wire_name = None;
        }
    }
}

/// Only Smithy has a name for bodies in addition to another place; it matters only if the member can be in a body.
fn body_names(model: &mut Model) {
    let mut nested: IndexSet<String> = IndexSet::new();
    each_member(model, |member| {
        nested.insert(member.target.clone());
    });
    let mut roles: IndexMap<String, Vec<Role>> = IndexMap::new();
    for operation in model.operations.values() {
        let messages = [
            (&operation.input, Role::Input),
            (&operation.output, Role::Output),
        ];
        for (name, role) in messages {
            if let Some(name) = name {
                roles.entry(name.clone()).or_default().push(role);
            }
        }
    }
    for (name, shape) in &mut model.shapes {
        let Kind::Structure(structure) = &mut shape.kind else {
            continue;
        };
        let roles = roles.get(name).map(Vec::as_slice).unwrap_or_default();
        let always = |location: Location| roles.iter().all(|role| location.counts(*role));
        for member in structure.members.values_mut() {
            if !nested.contains(name) && member.location.is_some_and(always) {
                member.body_name = None;
            }
        }
    }
}

/// botocore uses the same keyword for a parameter of the query string and for a map of parameters.
fn query_maps(model: &mut Model) {
    let maps = named(model, |kind| matches!(kind, Kind::Map { .. }));
    each_member(model, |member| {
        if member.location == Some(Location::Query) && maps.contains(&member.target) {
            member.location = Some(Location::QueryMap);
            // The names are the map's keys.
            member.wire_name = None;
        }
    });
}

/// The prefix of the shapes that botocore creates for members with a timestamp format.
const SYNTHETIC: &str = "SyntheticTimestamp_";

/// The name of a timestamp whose member sets the format.
const PLAIN: &str = "Timestamp";

fn timestamps(model: &mut Model) {
    // The other facts of a shape must be kept.
    let plain = |shape: &Shape| {
        matches!(shape.kind, Kind::Timestamp { .. })
            && !shape.sensitive
            && shape.deprecated.is_none()
            && shape.constraints == Constraints::default()
    };
    if model.shapes.get(PLAIN).is_some_and(|shape| !plain(shape)) {
        return;
    }
    let timestamps: IndexSet<String> = model
        .shapes
        .iter()
        .filter(|(_, shape)| plain(shape))
        .map(|(name, _)| name.clone())
        .collect();
    let formats: IndexMap<String, Option<TimestampFormat>> = model
        .shapes
        .iter()
        .filter_map(|(name, shape)| match shape.kind {
            Kind::Timestamp { format } if name.starts_with(SYNTHETIC) && plain(shape) => {
                Some((name.clone(), format))
            }
            _ => None,
        })
        .collect();
    let mut renamed = false;
    each_member(model, |member| {
        let synthetic = formats.get(&member.target);
        member.timestamp_format = member.timestamp_format.or(synthetic.copied().flatten());
        let said = synthetic.is_some() || member.timestamp_format.is_some();
        if said && timestamps.contains(&member.target) {
            PLAIN.clone_into(&mut member.target);
            renamed = true;
        }
    });
    model.shapes.retain(|name, _| !formats.contains_key(name));
    if renamed && !model.shapes.contains_key(PLAIN) {
        model.shapes.insert(
            PLAIN.to_owned(),
            Shape {
                kind: Kind::Timestamp { format: None },
                documentation: None,
                constraints: Constraints::default(),
                sensitive: false,
                deprecated: None,
            },
        );
    }
}

/// The names of the shapes of a kind.
fn named(model: &Model, is: fn(&Kind) -> bool) -> IndexSet<String> {
    let shapes = model.shapes.iter().filter(|(_, shape)| is(&shape.kind));
    shapes.map(|(name, _)| name.clone()).collect()
}

fn each_member(model: &mut Model, mut act: impl FnMut(&mut Member)) {
    for shape in model.shapes.values_mut() {
        match &mut shape.kind {
            Kind::Structure(structure) | Kind::Union(structure) => {
                structure.members.values_mut().for_each(&mut act);
            }
            Kind::List { member, .. } => act(member),
            Kind::Map { key, value, .. } => {
                act(key);
                act(value);
            }
            _ => {}
        }
    }
}

fn operation(operation: &mut Operation) {
    prose(&mut operation.documentation);
    deprecated(&mut operation.deprecated);
    // The exceptions of an operation are a set: Smithy's tools sort them, botocore has them in the order of its
    // sources, and those of the service may be among the operation's own.
    operation.errors.sort();
    operation.errors.dedup();
    // To need no authentication is a scheme in botocore, and none at all in Smithy.
    operation.no_auth |= operation.auth.first().is_some_and(|first| first == NO_AUTH);
    operation.auth.retain(|scheme| scheme != NO_AUTH);
    // Only the AST distinguishes operations with one path by `x-id`, a parameter that the service ignores.
    if let Some((path, query)) = operation.uri.split_once('?') {
        let kept: Vec<&str> = query
            .split('&')
            .filter(|parameter| !parameter.starts_with("x-id="))
            .collect();
        operation.uri = match kept.as_slice() {
            [] => path.to_owned(),
            kept => format!("{path}?{}", kept.join("&")),
        };
    }
}

fn shape(name: &str, shape: &mut Shape) {
    prose(&mut shape.documentation);
    deprecated(&mut shape.deprecated);
    constraints(&shape.kind, &mut shape.constraints);
    match &mut shape.kind {
        Kind::Structure(structure) | Kind::Union(structure) => {
            for (name, member) in &mut structure.members {
                self::member(name, member);
            }
            // The code of an exception is its name by default.
            if let Some(error) = &mut structure.error {
                error.code = error.code.take().filter(|code| code != name);
            }
            // In botocore an event stream is a structure; it is a union of its events.
            if structure.event_stream {
                let structure = std::mem::take(structure);
                shape.kind = Kind::Union(structure);
            }
        }
        Kind::List { member, .. } => self::member("member", member),
        Kind::Map { key, value, .. } => {
            self::member("key", key);
            self::member("value", value);
        }
        _ => {}
    }
}

fn member(name: &str, member: &mut Member) {
    prose(&mut member.documentation);
    deprecated(&mut member.deprecated);
    // botocore has the name of every member that is bound to a place; Smithy has none for labels, and may repeat the
    // member's own name elsewhere.
    if member.wire_name.as_deref() == Some(name) {
        member.wire_name = None;
    }
    if member.body_name.as_deref() == Some(name) {
        member.body_name = None;
    }
    // botocore marks all text whose media type is JSON; only in a header is it sent differently.
    member.json_value &= member.location == Some(Location::Header);
}

fn constraints(kind: &Kind, constraints: &mut Constraints) {
    // A minimum length of zero is no constraint: some services' botocore models omit it, others have it where Smithy
    // does not.
    let is_number = matches!(
        kind,
        Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::Float | Kind::Double
    );
    if !is_number
        && constraints
            .min
            .as_ref()
            .and_then(serde_json::Number::as_f64)
            == Some(0.0)
    {
        constraints.min = None;
    }
    // botocore's patterns match the whole value, so only some have anchors; in the AST they always do. Without them
    // both mean the same, and are easy to read.
    if let Some(pattern) = &mut constraints.pattern {
        *pattern = unanchored(pattern).to_owned();
    }
}

/// A pattern without a leading `^` and a trailing `$`.
fn unanchored(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    match pattern.strip_suffix('$') {
        Some(inner) => {
            let escapes = inner.len() - inner.trim_end_matches('\\').len();
            if escapes % 2 == 0 { inner } else { pattern }
        }
        None => pattern,
    }
}

fn deprecated(deprecated: &mut Option<Deprecated>) {
    if let Some(deprecated) = deprecated {
        prose(&mut deprecated.message);
    }
}

/// Documentation in the canonical form of HTML; none if it is empty.
fn prose(documentation: &mut Option<String>) {
    *documentation = documentation
        .take()
        .map(|html| docs::canonical(&html))
        .filter(|html| !html.is_empty());
}

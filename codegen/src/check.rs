//! Checks of a whole model that do not depend on Rust: valid names, and references that resolve.

mod bindings;
mod elements;
mod endless;
mod events;
mod streams;
mod xml;

use crate::http;
use crate::model::{Kind, Model, Operation, Protocol, Shape};
use crate::place::{Place, Reporter};
use crate::problem::{Part, Problem, Problems, nearest};
use crate::select::{self, Selection};

/// Checks everything that a selection reaches. A problem elsewhere does not reject the model: all of those are counted
/// in one warning.
///
/// # Errors
/// Every problem in what the selection reaches.
pub(crate) fn sound(model: &Model, selection: &Selection) -> Result<Option<Problem>, Problems> {
    let reaches = select::reaches(model, selection);
    let (unread, mut elsewhere) = model.unread.clone().split(&reaches);
    // A part that could not be read is not checked further. A waiter is dropped on its own, where it is lowered.
    let (_, unread) = unread.split(|part| matches!(part, Part::Waiter(_)));
    unread.into_result(())?;
    let (wrong, others) = check(model, &reaches).split(&reaches);
    wrong.into_result(())?;
    elsewhere.add_of_other_parts(others);
    Ok(elsewhere.summary())
}

/// Every problem with the references between the parts of a model; `reaches` says which parts are selected.
fn check(model: &Model, reaches: impl Fn(&Part) -> bool) -> Problems {
    let reporter = Reporter::default();
    let file = reporter.file(&model.file);
    names(model, &file);
    service(model, &file.key("metadata"));
    let (operations, shapes) = (file.key("operations"), file.key("shapes"));
    for (name, operation) in &model.operations {
        file.within(Part::Operation(name.clone()), || {
            self::operation(model, &operations.key(name), name, operation);
        });
    }
    for (name, shape) in &model.shapes {
        file.within(Part::Shape(name.clone()), || {
            self::shape(model, &shapes.key(name), shape);
        });
    }
    events::check(model, &shapes);
    streams::check(model, &shapes);
    xml::check(model, &file);
    elements::check(model, &file);
    if !reporter.any_of(&reaches) {
        endless::check(model, &reaches, &shapes);
    }
    reporter.into_problems()
}

fn operation(model: &Model, place: &Place<'_>, name: &str, operation: &Operation) {
    for (role, target) in [("input", &operation.input), ("output", &operation.output)] {
        if let Some(target) = target {
            let place = place.key(role);
            let kind = resolve(model, target, &place).map(|shape| &shape.kind);
            if let Some(kind) = kind.filter(|kind| !matches!(kind, Kind::Structure(_))) {
                place.problem(format!(
                    "expected a structure, found `{target}`, which is {}",
                    kind.describe()
                ));
            }
        }
    }
    for target in &operation.errors {
        let place = place.key("errors");
        let kind = resolve(model, target, &place).map(|shape| &shape.kind);
        if let Some(kind) = kind.filter(|kind| !matches!(kind, Kind::Structure(_))) {
            place.problem(format!(
                "expected an exception, found `{target}`, which is {}",
                kind.describe()
            ));
        }
    }
    bindings::check(model, place, name, operation);
}

fn shape(model: &Model, place: &Place<'_>, shape: &Shape) {
    let of_members = place.key("members");
    for (member_name, member) in shape.kind.members() {
        let holder = match shape.kind {
            Kind::Structure(_) | Kind::Union(_) => &of_members,
            _ => place,
        };
        let place = holder.key(member_name);
        let Some(target) = resolve(model, &member.target, &place) else {
            continue;
        };
        let found = || {
            format!(
                "found `{}`, which is {}",
                member.target,
                target.kind.describe()
            )
        };
        let is_key = member_name == "key" && matches!(shape.kind, Kind::Map { .. });
        if is_key && !is_text(&target.kind) {
            place.problem(format!(
                "expected a string as the key of a map, {}",
                found()
            ));
        }
        if member.idempotency_token && !matches!(target.kind, Kind::String) {
            place.problem(format!(
                "expected a string to fill a token into, {}",
                found()
            ));
        }
    }
    if let Kind::Structure(structure) = &shape.kind
        && let Some(code) = structure.error.as_ref().and_then(|it| it.code.as_ref())
        && (code.is_empty() || code.chars().any(char::is_control))
    {
        place.key("error.code").problem(format!(
            "expected the code of an error, of printable characters, found {code:?}"
        ));
    }
    if let Kind::Structure(structure) = &shape.kind
        && let Some(payload) = &structure.payload
        && !structure.members.contains_key(payload)
    {
        place.key("payload").problem(format!(
            "expected the name of a member, found `{payload}`, which this shape does not have"
        ));
    }
}

/// Names and titles become part of comments, strings and file names of generated code: they must be printable and not
/// empty.
fn names(model: &Model, file: &Place<'_>) {
    let service = &model.service;
    let metadata = [
        ("serviceId", &service.id),
        ("serviceFullName", &service.full_name),
        ("apiVersion", &service.api_version),
    ];
    let titles = metadata
        .into_iter()
        .map(|(key, title)| (Part::Service, format!("metadata.{key}"), title))
        .filter(|(_, _, title)| !title.is_empty());
    let operations = model.operations.keys().map(|name| {
        let part = Part::Operation(name.clone());
        (part, "operations".to_owned(), name)
    });
    let shape_part = |name: &String| Part::Shape(name.clone());
    let shapes = model.shapes.keys();
    let shapes = shapes.map(|name| (shape_part(name), "shapes".to_owned(), name));
    let members = model.shapes.iter().flat_map(|(shape, of)| {
        let members = match &of.kind {
            Kind::Structure(structure) | Kind::Union(structure) => Some(structure.members.iter()),
            _ => None,
        };
        members
            .into_iter()
            .flatten()
            .flat_map(move |(name, member)| {
                let path = format!("shapes.{shape}.members");
                let wire = member.wire_name.iter().map(move |wire| {
                    let path = format!("shapes.{shape}.members.{name}.locationName");
                    (shape_part(shape), path, wire)
                });
                std::iter::once((shape_part(shape), path, name)).chain(wire)
            })
    });
    for (part, path, name) in titles.chain(operations).chain(shapes).chain(members) {
        let prefix_of_all = name.is_empty() && path.ends_with(".locationName");
        if (name.is_empty() && !prefix_of_all) || name.chars().any(char::is_control) {
            let message = format!("expected a name of printable characters, found {name:?}");
            file.within(part, || file.key(&path).problem(message));
        }
    }
}

/// The facts about the service as a whole that are in headers and hosts of every request.
fn service(model: &Model, place: &Place<'_>) {
    let service = &model.service;
    let mut texts = vec![
        (
            "signingName",
            &service.signing_name,
            http::is_scope_name as fn(&str) -> bool,
        ),
        (
            "endpointPrefix",
            &service.endpoint_prefix,
            http::is_scope_name,
        ),
        ("apiVersion", &service.api_version, http::is_header_value),
    ];
    let protocol = service.protocol.iter();
    texts.extend(protocol.flat_map(Protocol::texts_of_head));
    for (key, text, fits) in texts {
        // Control characters in the names of the service are reported by [`names`].
        if !fits(text) && (key != "apiVersion" || !text.chars().any(char::is_control)) {
            place.key(key).problem(format!(
                "expected characters that are allowed in a header, a path or a host name, found {text:?}"
            ));
        }
    }
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::String | Kind::Enum(_))
}

fn resolve<'m>(model: &'m Model, target: &str, place: &Place<'_>) -> Option<&'m Shape> {
    let shape = model.shapes.get(target);
    if shape.is_none() {
        let near = nearest(target, model.shapes.keys().map(String::as_str));
        place.problem(format!(
            "expected the name of a shape, found `{target}`, which the model does not have{near}"
        ));
    }
    shape
}

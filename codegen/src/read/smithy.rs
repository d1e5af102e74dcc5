//! Reads Smithy's JSON AST, versions 1.0 and 2.0: the format in which Smithy's own tools export models.
//!
//! First the model is flattened (`flatten`: mixins and `apply`), then accounted for (`account`: each key, trait and
//! reference is known), then read. The whole file is accounted for; only what the service reaches is read.

mod account;
mod closure;
mod flatten;
mod ids;
mod ignored;
mod members;
mod operations;
mod pagination;
mod places;
mod prelude;
mod service;
mod shapes;
mod traits;
mod waiters;

use crate::json::{JsonFile, Node};
use crate::model::{BodyNames, Model, Protocol, Service};
use crate::place::Reporter;
use crate::problem::{Part, Problems};
use crate::read::normalize;
use crate::select;
use indexmap::{IndexMap, IndexSet};

/// The input of every part of the reader.
struct Reader<'r, 'v> {
    shapes: &'r Node<'r, 'v>,
    /// The names of the shapes that the service reaches, by id.
    names: IndexMap<&'v str, String>,
    /// The service; its protocol decides which names and bindings apply.
    service: &'r Service,
}

impl Reader<'_, '_> {
    /// The name of a shape; its id if the service does not reach it, which has been reported.
    fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn protocol(&self) -> Option<&Protocol> {
        self.service.protocol.as_ref()
    }

    /// The names of the members in a body; for an unknown protocol, names for JSON are not used.
    fn body_names(&self) -> BodyNames {
        self.protocol().map_or(BodyNames::Xml, Protocol::body_names)
    }
}

/// Reads a service from a Smithy JSON AST: the one with the id or name `service` (`com.example#Weather`, or `Weather`),
/// or the only one.
///
/// Problems with an operation, a shape or a waiter are in the model's `unread`: they matter if that is selected.
///
/// # Errors
/// Every other problem in the file, at once; no service, or several and none chosen.
pub fn read_smithy(file: &JsonFile, service: Option<&str>) -> Result<Model, Problems> {
    read_smithy_as(file, service, None)
}

/// The same with the protocol of this name (as in botocore), if the service supports it and clients are generated for
/// it.
///
/// # Errors
/// As [`read_smithy`].
pub fn read_smithy_as(
    file: &JsonFile,
    service: Option<&str>,
    protocol: Option<&str>,
) -> Result<Model, Problems> {
    let reporter = Reporter::default();
    let Some(flat) = flatten::flatten(file, &reporter) else {
        return Err(reporter.into_problems());
    };
    let root = flat.root(&reporter);
    let Some(shapes) = root.get("shapes") else {
        return Err(reporter.into_problems());
    };
    account::check(&shapes);
    let Some((id, service)) = service::select(&shapes, service) else {
        return Err(reporter.into_problems());
    };
    let closure = closure::of(&shapes, &service);
    let mut unread = reporter.take().in_parts(|part| part_of(part, id, &closure));
    let about = service::read(id, &service, protocol);
    let reader = Reader {
        shapes: &shapes,
        names: closure.names.clone(),
        service: &about,
    };
    let operations = operations::read(&reader, &service, &closure.operations);
    let shapes = shapes::read(&reader);
    let waiters = waiters::read(&reader, &closure.operations);
    let mut model = Model {
        file: file.path.clone(),
        pagination_file: None,
        waiters_file: None,
        operations,
        shapes,
        endpoint_rules: service::endpoint_rules(&service),
        waiters,
        service: about,
        unread: Problems::default(),
    };
    normalize::normalize(&mut model);
    prune(&mut model);
    // References to missing or invalid shapes have been reported; their consequences are not.
    unread.add_of_other_parts(reporter.take());
    unread.unread_of(model)
}

/// The part of the service that a shape of the file is: its operations and shapes are identified by their names there.
fn part_of(part: &Part, service: &str, closure: &closure::Closure<'_>) -> Option<Part> {
    let Part::Shape(id) = part else { return None };
    if id == service {
        return Some(Part::Service);
    }
    if closure.operations.contains(&id.as_str()) {
        return Some(Part::Operation(ids::own_name(id).to_owned()));
    }
    Some(Part::Shape(closure.names.get(id.as_str())?.clone()))
}

/// Removes shapes without references, because every member that referred to them has its own constraints.
fn prune(model: &mut Model) {
    let roots = model.operations.values();
    let roots = roots.flat_map(|it| it.input.iter().chain(&it.output).chain(&it.errors));
    let mut reached: IndexSet<&str> = roots.clone().map(String::as_str).collect();
    for root in roots {
        select::reach(model, root, &mut reached);
    }
    let reached: IndexSet<String> = reached.into_iter().map(str::to_owned).collect();
    model.shapes.retain(|name, _| reached.contains(name));
}

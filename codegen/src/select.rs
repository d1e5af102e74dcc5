//! Selects operations and everything that they reach; only that is generated.

use crate::model::{Kind, Model, Operation, Structure};
use crate::place::Reporter;
use crate::problem::{Part, nearest};
use indexmap::{IndexMap, IndexSet};

/// Which operations to generate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All operations of the service.
    All,
    /// These operations.
    Named(Vec<String>),
}

/// The selected operations and the shapes that they reach, each in the model's order.
#[derive(Debug, Default)]
pub(crate) struct Closure<'m> {
    pub(crate) operations: IndexMap<&'m str, &'m Operation>,
    /// Shapes that are sent: reached from a member of an input.
    pub(crate) written: IndexSet<&'m str>,
    /// Shapes that are received: reached from a member of an output or of an exception.
    pub(crate) read: IndexSet<&'m str>,
    /// The exceptions.
    pub(crate) errors: IndexSet<&'m str>,
}

/// The direction of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Sent,
    Received,
}

impl<'m> Closure<'m> {
    /// The shapes that are sent, or those that are received.
    pub(crate) fn going(&self, direction: Direction) -> &IndexSet<&'m str> {
        match direction {
            Direction::Sent => &self.written,
            Direction::Received => &self.read,
        }
    }

    /// All shapes of the closure, including inputs and outputs.
    pub(crate) fn shapes(&self) -> IndexSet<&'m str> {
        let roots = self
            .operations
            .values()
            .flat_map(|operation| operation.input.iter().chain(&operation.output))
            .map(String::as_str);
        let within = self.written.iter().chain(&self.read).chain(&self.errors);
        within.copied().chain(roots).collect()
    }
}

/// Whether a selection reaches a part of the model.
pub(crate) fn reaches<'m>(model: &'m Model, selection: &Selection) -> impl Fn(&Part) -> bool + 'm {
    let closure = select(model, selection, &Reporter::default());
    let shapes = closure.shapes();
    move |part| match part {
        Part::Service => true,
        Part::Operation(name) => closure.operations.contains_key(name.as_str()),
        Part::Shape(name) => shapes.contains(name.as_str()),
        Part::Waiter(name) => model.waiters.get(name).is_some_and(|waiter| {
            let operation = waiter.operation.as_str();
            closure.operations.contains_key(operation)
        }),
    }
}

/// The closure of a selection. A name that the model does not have is a problem that suggests similar names.
pub(crate) fn select<'m>(
    model: &'m Model,
    selection: &Selection,
    reporter: &Reporter,
) -> Closure<'m> {
    let mut closure = Closure::default();
    match selection {
        Selection::All => closure.operations.extend(
            model
                .operations
                .iter()
                .map(|(name, operation)| (name.as_str(), operation)),
        ),
        Selection::Named(names) => {
            for name in names {
                match model.operations.get_key_value(name) {
                    Some((name, operation)) => {
                        closure.operations.insert(name, operation);
                    }
                    None => {
                        let near = nearest(name, model.operations.keys().map(String::as_str));
                        let file = reporter.file(&model.file);
                        file.key("operations").problem(format!(
                            "expected the name of an operation of {}, found `{name}`{near}",
                            model.service.id
                        ));
                    }
                }
            }
        }
    }
    closure.operations.sort_unstable_keys();
    for operation in closure.operations.values() {
        if let Some(input) = &operation.input {
            reach(model, input, &mut closure.written);
        }
        if let Some(output) = &operation.output {
            reach(model, output, &mut closure.read);
        }
        for error in operation.errors.iter().chain(in_band(model, operation)) {
            if closure.errors.insert(error) {
                reach(model, error, &mut closure.read);
            }
        }
    }
    closure
}

/// The exceptions that can end the event stream of an operation's output.
pub(crate) fn in_band<'m>(
    model: &'m Model,
    operation: &Operation,
) -> impl Iterator<Item = &'m String> {
    let output = operation.output.as_ref();
    let output = output.and_then(|output| model.shapes.get(output));
    let members = output.into_iter().flat_map(|shape| shape.kind.members());
    let streams = members.filter_map(|(_, member)| events(model, &member.target));
    streams
        .flat_map(|stream| stream.members.values())
        .map(|member| &member.target)
        .filter(|target| is_error(model, target))
}

/// The shape with this name, if it is an event stream.
pub(crate) fn events<'m>(model: &'m Model, name: &str) -> Option<&'m Structure> {
    match &model.shapes.get(name)?.kind {
        Kind::Union(union) if union.event_stream => Some(union),
        _ => None,
    }
}

/// Whether the shape with this name is an exception.
pub(crate) fn is_error(model: &Model, name: &str) -> bool {
    let shape = model.shapes.get(name);
    shape.is_some_and(
        |shape| matches!(&shape.kind, Kind::Structure(structure) if structure.error.is_some()),
    )
}

/// One line of the survey of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surveyed {
    /// The operation's name.
    pub operation: String,
    /// Whether its results are paginated.
    pub paginated: bool,
    /// The number of shapes that it reaches alone.
    pub shapes: usize,
}

/// The operations of a service, sorted, with the number of shapes that each would add.
pub fn survey(model: &Model) -> Vec<Surveyed> {
    let mut surveyed: Vec<_> = model
        .operations
        .iter()
        .map(|(name, operation)| Surveyed {
            operation: name.clone(),
            paginated: operation.pagination.is_some(),
            shapes: select(
                model,
                &Selection::Named(vec![name.clone()]),
                &Reporter::default(),
            )
            .shapes()
            .len(),
        })
        .collect();
    surveyed.sort_by(|a, b| a.operation.cmp(&b.operation));
    surveyed
}

/// Adds what the members of `root` reach; `root` itself only if a member refers back to it.
pub(crate) fn reach<'m>(model: &'m Model, root: &str, reached: &mut IndexSet<&'m str>) {
    let mut open = vec![root];
    while let Some(name) = open.pop() {
        let Some(shape) = model.shapes.get(name) else {
            continue;
        };
        for (_, member) in shape.kind.members() {
            if let Some((target, shape)) = model.shapes.get_key_value(&member.target)
                && reached.insert(target)
                && !matches!(shape.kind, Kind::String | Kind::Enum(_))
            {
                open.push(target);
            }
        }
    }
}

//! Waiters: their paths become functions on the output, checked against its shapes. A waiter that is not supported is
//! omitted, with a warning that gives the reason.

mod condition;
mod expression;
mod function;
mod list;
mod literal;
mod value;

use super::{Context, documentation, path};
use crate::docs::{code_span, paragraph};
use crate::jmespath::{self, Expression};
use crate::model::{self, Quantifier, WaiterState};
use crate::names;
use crate::problem::{Part, Problem};
use crate::rust::{Accessor, Code, Lookup, Matcher, Segment, Structure, Waiter, Waiters};
use expression::Resolver;
use serde_json::Value;
use std::collections::BTreeSet;
use value::{Ty, variable};

/// The maximum time of a wait if the model has none, in seconds. Models that have one usually have 10 to 30 minutes.
const MAX_WAIT: u64 = 30 * 60;

pub(super) fn lower(
    context: &Context<'_>,
    name: &str,
    operation: &model::Operation,
    input: &Structure,
) -> Waiters {
    let mut lowered = Waiters::default();
    // Waiters become methods of the same builder as the setters.
    let mut methods: BTreeSet<String> = input.fields.iter().map(|it| it.ident.clone()).collect();
    for (wire, waiter) in &context.model.waiters {
        if waiter.operation != name {
            continue;
        }
        let accessors = lowered.accessors.len();
        match one(
            context,
            wire,
            waiter,
            operation,
            &methods,
            &mut lowered.accessors,
        ) {
            Ok(waiter) => {
                methods.insert(waiter.method.clone());
                lowered.waiters.push(waiter);
            }
            Err(mut problem) => {
                lowered.accessors.truncate(accessors);
                problem.message = format!(
                    "omitted the waiter {}: {}",
                    code_span(wire),
                    problem.message
                );
                lowered.left_out.push(problem);
            }
        }
    }
    lowered
}

fn one(
    context: &Context<'_>,
    wire: &str,
    waiter: &model::Waiter,
    operation: &model::Operation,
    methods: &BTreeSet<String>,
    accessors: &mut Vec<Accessor>,
) -> Result<Waiter, Problem> {
    let part = Part::Waiter(wire.to_owned());
    let unread = context.model.unread.0.iter().find(|it| it.part == part);
    if let Some(unread) = unread {
        return Err(unread.clone());
    }
    let problem = |at: &str, message: String| {
        let model = context.model;
        let file = model.waiters_file.as_ref().unwrap_or(&model.file);
        Problem {
            part: part.clone(),
            file: file.clone(),
            path: format!("waiters.{}{at}", name(wire)),
            message,
        }
    };
    let method = names::waiter_name(wire);
    if !wire.starts_with(|c: char| c.is_ascii_alphabetic())
        || !wire
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    {
        let message = format!(
            "expected a name of letters and digits, found {}",
            code_span(wire)
        );
        return Err(problem("", message));
    }
    if methods.contains(&method) {
        let message = format!(
            "expected a name that no member and no other waiter of the operation has in Rust, found one that becomes {}",
            code_span(&method)
        );
        return Err(problem("", message));
    }
    if waiter.delay == 0 {
        let message = "expected a delay of 1 second or more, found 0".to_owned();
        return Err(problem(".delay", message));
    }
    let mut lowered = Vec::new();
    for (index, acceptor) in waiter.acceptors.iter().enumerate() {
        let mut finder = Finder {
            resolver: Resolver {
                context,
                input: operation.input.as_deref().and_then(|it| shape(context, it)),
                output: operation
                    .output
                    .as_deref()
                    .and_then(|it| shape(context, it)),
            },
            waiter: wire,
            accessors: &mut *accessors,
        };
        let matchers = finder.matchers(operation, &acceptor.matcher);
        let matchers =
            matchers.map_err(|message| problem(&format!(".acceptors[{index}]"), message))?;
        lowered.extend(
            matchers
                .into_iter()
                .map(|matcher| (acceptor.state, matcher)),
        );
    }
    let succeeds = |acceptor: &model::Acceptor| acceptor.state == WaiterState::Success;
    if !waiter.acceptors.iter().any(succeeds) {
        let message = "expected an acceptor of success among others, found none, so the wait could never succeed";
        return Err(problem(".acceptors", message.to_owned()));
    }
    let max_attempts = waiter
        .max_attempts
        .unwrap_or(MAX_WAIT.div_ceil(waiter.delay));
    Ok(Waiter {
        wire: wire.to_owned(),
        method,
        constant: names::waiter_constant(wire),
        doc: doc(context, wire, waiter, max_attempts),
        delay: waiter.delay,
        max_attempts,
        acceptors: lowered,
    })
}

/// The name of a shape in the model.
fn shape<'m>(context: &Context<'m>, name: &str) -> Option<&'m str> {
    let (name, _) = context.model.shapes.get_key_value(name)?;
    Some(name)
}

/// A waiter's name for a message that does not say that it is one.
fn name(wire: &str) -> String {
    wire.escape_debug().to_string()
}

/// A path in one line, with the model's line breaks removed.
fn one_line(path: &str) -> String {
    path.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn doc(
    context: &Context<'_>,
    wire: &str,
    waiter: &model::Waiter,
    max_attempts: u64,
) -> crate::docs::Doc {
    let mut doc = documentation::prose(context, waiter.documentation.as_deref());
    if doc.is_empty() {
        paragraph(
            &mut doc,
            &format!(
                "Repeats the call until the waiter {} has an outcome.",
                code_span(wire)
            ),
        );
    }
    let facts = format!(
        "At least {} between two calls, at most {} in all; see [`max_wait`](Waiter::max_wait).",
        duration(waiter.delay),
        duration(waiter.delay.saturating_mul(max_attempts)),
    );
    paragraph(&mut doc, &facts);
    doc
}

/// Seconds in the largest unit in which they are a whole number.
fn duration(seconds: u64) -> String {
    match seconds {
        0 => "0 s".to_owned(),
        hours if hours % 3600 == 0 => format!("{} h", hours / 3600),
        minutes if minutes % 60 == 0 => format!("{} min", minutes / 60),
        seconds => format!("{seconds} s"),
    }
}

/// Resolves the matchers of one waiter.
struct Finder<'f, 'm> {
    resolver: Resolver<'f, 'm>,
    waiter: &'f str,
    accessors: &'f mut Vec<Accessor>,
}

impl Finder<'_, '_> {
    /// An error has two names if its code is not the name of its shape, and a model may use either.
    fn matchers(
        &mut self,
        operation: &model::Operation,
        matcher: &model::Matcher,
    ) -> Result<Vec<Matcher>, String> {
        Ok(match matcher {
            model::Matcher::Path {
                path,
                quantifier,
                expected,
                with_input,
            } => {
                let line = one_line(path);
                let found = self.path(path, &line, *quantifier, expected, *with_input);
                vec![found.map_err(|message| {
                    format!("expected {message}, in the path {}", code_span(&line))
                })?]
            }
            model::Matcher::Error(name) => {
                let mut names = vec![name.clone()];
                for error in &operation.errors {
                    let code = super::error_code(self.resolver.context, error);
                    for (one, other) in [(error, &code), (&code, error)] {
                        if one == name && !names.contains(other) {
                            names.push(other.clone());
                        }
                    }
                }
                names.into_iter().map(Matcher::Error).collect()
            }
            model::Matcher::AnyError(any) => vec![Matcher::AnyError(*any)],
            model::Matcher::Status(status) => vec![Matcher::Status(*status)],
        })
    }

    /// The matcher for a path; an error follows "expected ".
    fn path(
        &mut self,
        path: &str,
        line: &str,
        quantifier: Quantifier,
        expected: &Value,
        with_input: bool,
    ) -> Result<Matcher, String> {
        let Some(output) = self.resolver.output else {
            return Err("an operation with an output, found none".to_owned());
        };
        let parsed = jmespath::parse(path);
        let expression =
            parsed.map_err(|message| message.trim_start_matches("expected ").to_owned())?;
        if let (false, Value::String(expected)) = (with_input, expected)
            && let Some(lookup) = self.texts(output, &expression, quantifier)
        {
            return Ok(Matcher::Text {
                path: line.to_owned(),
                accessor: self.accessor(line, lookup),
                quantifier,
                expected: expected.clone(),
            });
        }
        let root = if with_input {
            variable("output", Ty::Both, false)
        } else {
            expression::root(self.resolver.context, output)
        };
        if let (Quantifier::Itself, Value::Bool(expected), false) =
            (quantifier, expected, with_input)
        {
            let flag = self.resolver.flag(&expression, &root)?;
            return Ok(Matcher::Flag {
                path: line.to_owned(),
                accessor: self.accessor(line, Lookup::Flag(flag.optional())),
                expected: *expected,
            });
        }
        let fits = self
            .resolver
            .fits(&expression, &root, quantifier, expected)?;
        let of = match quantifier {
            Quantifier::Itself => format!("{line} is {expected}"),
            Quantifier::All => format!("all of {line} are {expected}"),
            Quantifier::Any => format!("one of {line} is {expected}"),
        };
        Ok(Matcher::Fits {
            accessor: self.accessor(
                line,
                Lookup::Fits {
                    code: fits,
                    with_input,
                },
            ),
            words: of,
        })
    }

    /// A path to a text, or to several.
    fn texts(&self, output: &str, path: &Expression, quantifier: Quantifier) -> Option<Lookup> {
        let context = self.resolver.context;
        let mut target = path::walk(context, output, path)?.ok()?;
        if target.path.0.contains(&Segment::Last) {
            return None;
        }
        if quantifier != Quantifier::Itself && !target.several {
            target = target.items(context).ok()?;
        }
        if value::of_shape(context, target.shape) != value::Ty::Text {
            return None;
        }
        match quantifier {
            Quantifier::Itself if !target.several => Some(Lookup::Text(target.path)),
            Quantifier::Itself => None,
            Quantifier::All | Quantifier::Any => Some(Lookup::Texts(target.path)),
        }
    }

    /// The function for a path: an existing one, or a new one. A condition has no name of its own, and gets the
    /// waiter's.
    fn accessor(&mut self, path: &str, lookup: Lookup) -> String {
        let known = self
            .accessors
            .iter()
            .find(|accessor| accessor.lookup == lookup);
        if let Some(known) = known {
            return known.ident.clone();
        }
        let is_field = matches!(&lookup, Lookup::Flag(Code::Fields { .. }));
        let name = match lookup {
            Lookup::Flag(_) | Lookup::Fits { .. } if !is_field => names::accessor_name(self.waiter),
            _ => names::accessor_name(path),
        };
        let taken = |name: &str| self.accessors.iter().any(|accessor| accessor.ident == name);
        let numbered =
            (2_u32..).map(|number| format!("{}_{number}", name.trim_start_matches("r#")));
        let ident = std::iter::once(name.clone())
            .chain(numbered)
            .find(|name| !taken(name))
            .unwrap_or_default();
        self.accessors.push(Accessor {
            ident: ident.clone(),
            path: path.to_owned(),
            lookup,
        });
        ident
    }
}

//! Waiters: the paths that they look at become ways through the fields of the output, checked against its shapes.

mod condition;
mod way;

use super::{Context, documentation};
use crate::docs::{code, paragraph};
use crate::jmespath::{self, Expression};
use crate::model::{self, Quantifier, WaiterState};
use crate::names::{self, Scope};
use crate::problem::Problems;
use crate::rust::{Accessor, Finds, Gives, Matcher, Structure, Waiter, Waiters};
use serde_json::Value;

/// How long a wait lasts at most where the model does not say it, in seconds. Those that do say mostly 10 to 30 minutes.
const MAX_WAIT: u64 = 30 * 60;

pub(super) fn lower(
    context: &Context<'_>,
    name: &str,
    operation: &model::Operation,
    input: &Structure,
    problems: &mut Problems,
) -> Waiters {
    let mut lowered = Waiters::default();
    for (wire, waiter) in &context.model.waiters {
        if waiter.operation != name {
            continue;
        }
        if waiter.delay == 0 {
            problem(
                context,
                format!("waiters.{wire}.delay"),
                "expected a delay of 1 second or more, found 0".to_owned(),
                problems,
            );
            continue;
        }
        let mut acceptors = Vec::new();
        for (index, acceptor) in waiter.acceptors.iter().enumerate() {
            let at = format!("waiters.{wire}.acceptors[{index}]");
            let mut finder = Finder {
                context,
                output: operation.output.as_deref(),
                waiter: wire,
                accessors: &mut lowered.accessors,
            };
            match finder.matchers(operation, &acceptor.matcher) {
                Ok(matchers) => {
                    acceptors.extend(
                        matchers
                            .into_iter()
                            .map(|matcher| (acceptor.state, matcher)),
                    );
                }
                Err(message) => problem(context, at, message, problems),
            }
        }
        let max_attempts = waiter
            .max_attempts
            .unwrap_or(MAX_WAIT.div_ceil(waiter.delay));
        let succeeds = |acceptor: &model::Acceptor| acceptor.state == WaiterState::Success;
        if !waiter.acceptors.iter().any(succeeds) {
            problem(
                context,
                format!("waiters.{wire}.acceptors"),
                "expected an acceptor of success among others, found none, so the wait would never end well"
                    .to_owned(),
                problems,
            );
        }
        lowered.waiters.push(Waiter {
            wire: wire.clone(),
            method: names::waiter_name(wire),
            constant: names::waiter_constant(wire),
            doc: doc(context, wire, waiter, max_attempts),
            delay: waiter.delay,
            max_attempts,
            acceptors,
        });
    }
    claim(context, name, input, &lowered, problems);
    lowered
}

fn problem(context: &Context<'_>, at: String, message: String, problems: &mut Problems) {
    let model = context.model;
    let file = model.waiters_file.as_ref().unwrap_or(&model.file);
    problems.add(file, at, message);
}

/// Methods that wait, beside the setters of the same builder.
fn claim(
    context: &Context<'_>,
    name: &str,
    input: &Structure,
    lowered: &Waiters,
    problems: &mut Problems,
) {
    let mut scope = Scope::new(
        &context.model.file,
        format!("operations.{name}"),
        "members and waiters",
    )
    .advising("give the member another name under `renames` in tinsmith.toml");
    for field in &input.fields {
        if field.ident.starts_with("wait_until_") {
            scope.claim(&field.ident, &field.member, problems);
        }
    }
    for waiter in &lowered.waiters {
        scope.claim(&waiter.method, &waiter.wire, problems);
    }
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
                "Calls again and again until the waiter {} has an outcome.",
                code(wire)
            ),
        );
    }
    let facts = format!(
        "At least {} between two calls; {} in all unless [`max_wait`](Waiter::max_wait) says otherwise.",
        duration(waiter.delay),
        duration(waiter.delay.saturating_mul(max_attempts)),
    );
    paragraph(&mut doc, &facts);
    doc
}

/// Seconds in the largest unit that leaves no rest.
fn duration(seconds: u64) -> String {
    match seconds {
        0 => "0 s".to_owned(),
        hours if hours % 3600 == 0 => format!("{} h", hours / 3600),
        minutes if minutes % 60 == 0 => format!("{} min", minutes / 60),
        seconds => format!("{seconds} s"),
    }
}

/// What resolves the matchers of one waiter.
struct Finder<'f, 'm> {
    context: &'f Context<'m>,
    /// The shape of the output.
    output: Option<&'m str>,
    waiter: &'f str,
    accessors: &'f mut Vec<Accessor>,
}

impl Finder<'_, '_> {
    /// An error is known by two names where its code is not its shape's name, and a model may say either.
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
            } => vec![self.path(path, *quantifier, expected)?],
            model::Matcher::Error(name) => {
                let mut names = vec![name.clone()];
                for error in &operation.errors {
                    let code = super::code(self.context, error);
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

    fn path(
        &mut self,
        path: &str,
        quantifier: Quantifier,
        expected: &Value,
    ) -> Result<Matcher, String> {
        let Some(output) = self.output else {
            return Err(format!(
                "expected a path through members of the output, found {}, and the operation has no output",
                code(path)
            ));
        };
        if !matches!(expected, Value::String(_) | Value::Bool(_)) {
            return Err(format!(
                "expected text, true or false to compare with, found {expected}"
            ));
        }
        let expression = jmespath::parse(path)
            .map_err(|message| format!("{message}\n  in the path {}", code(path)))?;
        let finds = self.finds(output, path, &expression, quantifier, expected)?;
        let gives = match quantifier {
            Quantifier::Itself => Gives::One,
            Quantifier::All => Gives::AllOf,
            Quantifier::Any => Gives::AnyOf,
        };
        let accessor = self.accessor(path, finds);
        let path = path.to_owned();
        Ok(match expected.as_bool() {
            Some(expected) => Matcher::Flag {
                path,
                accessor,
                expected,
            },
            None => Matcher::Text {
                path,
                accessor,
                gives,
                expected: expected.as_str().unwrap_or_default().to_owned(),
            },
        })
    }

    fn finds(
        &self,
        output: &str,
        path: &str,
        expression: &Expression,
        quantifier: Quantifier,
        expected: &Value,
    ) -> Result<Finds, String> {
        match (quantifier, expected, expression) {
            (Quantifier::Itself, Value::Bool(_), Expression::Path(parts)) => {
                Ok(Finds::Flag(way::flag(self.context, output, path, parts)?))
            }
            (Quantifier::Itself, Value::Bool(_), test) => Ok(Finds::Test(condition::test(
                self.context,
                output,
                path,
                test,
            )?)),
            (Quantifier::Itself, _, Expression::Path(parts)) => {
                Ok(Finds::Text(way::text(self.context, output, path, parts)?))
            }
            (Quantifier::All | Quantifier::Any, Value::String(_), Expression::Path(parts)) => {
                Ok(Finds::Texts(way::texts(self.context, output, path, parts)?))
            }
            (Quantifier::All | Quantifier::Any, Value::String(_), _) => Err(format!(
                "expected a path to texts, found {}, which is a condition",
                code(path)
            )),
            (Quantifier::All | Quantifier::Any, _, _) => Err(format!(
                "expected a text to compare each value with, found {expected}"
            )),
            (Quantifier::Itself, _, _) => Err(format!(
                "expected true or false to compare a condition with, found {expected}"
            )),
        }
    }

    /// The function for a path: the one that is there already, or a new one. A condition has no name of its own, and
    /// takes the waiter's.
    fn accessor(&mut self, path: &str, finds: Finds) -> String {
        let known = self
            .accessors
            .iter()
            .find(|accessor| accessor.finds == finds);
        if let Some(known) = known {
            return known.ident.clone();
        }
        let name = match finds {
            Finds::Test(_) => names::accessor_name(self.waiter),
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
            finds,
        });
        ident
    }
}

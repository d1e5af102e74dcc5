//! Parameters of the endpoint rules from a call: fixed values, members, or paths through the input.
//!
//! It supports the part of JMESPath that models use: `A.B`, `keys(A)`, `A[*].B` and `A[*].[B.C, D.E][]`.

use super::path::{self, Target, Wrong};
use super::{Context, types};
use crate::jmespath::{self, Expression};
use crate::model::{self, Kind};
use crate::problem::nearest;
use crate::rust::{ParameterSource, Segment, Ty};

pub(super) fn lower(
    context: &Context<'_>,
    name: &str,
    operation: &model::Operation,
) -> Vec<(String, ParameterSource)> {
    let mut found = Vec::new();
    let mut add = |parameter: &str, at: String, source| {
        if is_parameter(context, parameter, at) {
            found.extend(Option::map(source, |source| (parameter.to_owned(), source)));
        }
    };
    for (parameter, value) in &operation.static_parameters {
        let at = format!("operations.{name}.staticContextParams.{parameter}");
        let source = Some(ParameterSource::Fixed(value.clone()));
        add(parameter, at, source);
    }
    let Some(input) = operation.input.as_deref() else {
        return found;
    };
    if let Some(Kind::Structure(structure)) = context.shape(input).map(|shape| &shape.kind) {
        for (member, target) in &structure.members {
            if let Some(parameter) = &target.endpoint_parameter {
                let at = format!("shapes.{input}.members.{member}.contextParam");
                let walker = Walker {
                    context,
                    path: member,
                    at: &at,
                };
                let source = walker.plain(input, &Expression::Member(member.clone()));
                add(parameter, at, source);
            }
        }
    }
    for (parameter, path) in &operation.path_parameters {
        let at = format!("operations.{name}.operationContextParams.{parameter}");
        let source = of_path(context, input, path, &at);
        add(parameter, at, source);
    }
    found
}

/// Whether the rules leave a parameter of that name to operations. What is true or false can also be a setting, which the
/// operation then overrides.
fn is_parameter(context: &Context<'_>, name: &str, at: String) -> bool {
    let Some(rules) = &context.model.endpoint_rules else {
        return false;
    };
    let free = rules.parameters.iter();
    let free = free.filter(|(_, it)| it.built_in.is_none() || it.boolean);
    let mut free = free.map(|(name, _)| name.as_str());
    let found = free.clone().any(|known| known == name);
    if !found {
        let near = nearest(name, &mut free);
        context.file.key(&at).problem(format!("expected a parameter of the endpoint rules that is not a setting, found `{name}`, which is not one{near}"));
    }
    found
}

fn of_path(context: &Context<'_>, input: &str, path: &str, at: &str) -> Option<ParameterSource> {
    let expression = match jmespath::parse(path) {
        Ok(expression) => expression,
        Err(message) => {
            let message = format!("expected a path, found `{path}`: {message}");
            context.file.key(at).problem(message);
            return None;
        }
    };
    let walker = Walker { context, path, at };
    let (list, parts) = match &expression {
        Expression::Call(function, arguments) if function == "keys" => {
            let [map] = arguments.as_slice() else {
                return walker.unfit("one argument of `keys`");
            };
            let target = walker.walk(input, map)?;
            return match types::ty(context, target.shape) {
                Ty::Map { key, .. } if *key == Ty::String && !target.several => {
                    Some(ParameterSource::Keys(target.path))
                }
                _ => walker.unfit("a map with texts as keys"),
            };
        }
        Expression::Each(list, of) => match (&**list, &**of) {
            (Expression::Flatten(each), Expression::Current) => match &**each {
                Expression::Each(list, of) => match &**of {
                    Expression::List(parts) => (list, parts.iter().collect()),
                    _ => return walker.unfit("a list of paths before `[]`"),
                },
                _ => return walker.unfit("a list of paths before `[]`"),
            },
            (_, of) => (list, vec![of]),
        },
        plain => return walker.plain(input, plain),
    };
    let list = walker.walk(input, list)?;
    let Some(item) = list.item(context).filter(|_| !list.several) else {
        return walker.unfit("a list before `[*]`");
    };
    let mut paths = Vec::new();
    for part in parts {
        let target = walker.walk(item, part)?;
        if target.several || types::ty(context, target.shape) != Ty::String {
            return walker.unfit("a path to texts");
        }
        paths.push(target.path);
    }
    Some(ParameterSource::Each(list.path, paths))
}

/// The place and the context of a path.
struct Walker<'c, 'm> {
    context: &'c Context<'m>,
    path: &'c str,
    at: &'c str,
}

impl<'m> Walker<'_, 'm> {
    fn walk(&self, from: &str, expression: &Expression) -> Option<Target<'m>> {
        match path::walk(self.context, from, expression)? {
            Ok(target) if !target.path.0.contains(&Segment::Last) => Some(target),
            Err(Wrong::Member { member, shape }) => {
                let found = &self.path;
                self.context.file.key(self.at).problem(format!("expected a path through members of the input, found `{found}`, but `{member}` is not a member of `{shape}`"));
                None
            }
            Ok(_) | Err(Wrong::List { .. } | Wrong::Other) => {
                self.unfit("a path through members of the input")
            }
        }
    }

    /// A path to one value of a type that a parameter can have.
    fn plain(&self, from: &str, expression: &Expression) -> Option<ParameterSource> {
        let target = self.walk(from, expression)?;
        match types::ty(self.context, target.shape) {
            _ if target.several => {}
            Ty::String | Ty::Enumeration(_) => return Some(ParameterSource::Text(target.path)),
            Ty::Boolean => return Some(ParameterSource::Flag(target.path)),
            Ty::List {
                item,
                sparse: false,
            } if *item == Ty::String => return Some(ParameterSource::List(target.path)),
            _ => {}
        }
        self.unfit("a path to text, true or false, or a list of texts")
    }

    fn unfit<T>(&self, expected: &str) -> Option<T> {
        let found = &self.path;
        self.context.file.key(self.at).problem(format!(
            "expected {expected}, found `{found}`, which leads to something else"
        ));
        None
    }
}

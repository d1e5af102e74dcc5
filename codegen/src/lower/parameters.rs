//! Parameters of the endpoint rules that a call gives: fixed, by a member, or by a path through the input.
//!
//! Of JMESPath it takes what models use: `A.B`, `keys(A)`, `A[*].B` and `A[*].[B.C, D.E][]`.

use super::{Context, types};
use crate::model::{self, Kind};
use crate::names;
use crate::problem::nearest;
use crate::rust::{ParameterSource, Ty};

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
                let source = plain(context, input, member, &at);
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

/// Whether the rules leave a parameter of that name to operations.
fn is_parameter(context: &Context<'_>, name: &str, at: String) -> bool {
    let Some(rules) = &context.model.endpoint_rules else {
        return false;
    };
    let free = rules.parameters.iter();
    let free = free.filter(|(_, parameter)| parameter.built_in.is_none());
    let mut free = free.map(|(name, _)| name.as_str());
    let found = free.clone().any(|known| known == name);
    if !found {
        let near = nearest(name, &mut free);
        context.file.key(&at).problem(format!("expected a parameter of the endpoint rules that follows from no setting, found `{name}`, which is none{near}"));
    }
    found
}

fn of_path(context: &Context<'_>, input: &str, path: &str, at: &str) -> Option<ParameterSource> {
    if let Some(map) = path
        .strip_prefix("keys(")
        .and_then(|path| path.strip_suffix(')'))
    {
        let (way, ty) = way(context, input, map, at)?;
        return match ty {
            Ty::Map { key, .. } if *key == Ty::String => Some(ParameterSource::Keys(way)),
            _ => unfit(context, path, "a map with texts as keys", at),
        };
    }
    let Some((list, rest)) = path.split_once("[*].") else {
        return plain(context, input, path, at);
    };
    let (fields, _) = way(context, input, list, at)?;
    let Some(item) = item_of(context, input, list) else {
        return unfit(context, path, "a list before `[*]`", at);
    };
    let several = rest
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix("][]"));
    let mut ways = Vec::new();
    for part in several.unwrap_or(rest).split(',') {
        let (way, ty) = way(context, item, part.trim(), at)?;
        if ty != Ty::String {
            return unfit(context, path, "a path to texts", at);
        }
        ways.push(way);
    }
    Some(ParameterSource::Each(fields, ways))
}

/// Members with dots between them.
fn plain(context: &Context<'_>, shape: &str, path: &str, at: &str) -> Option<ParameterSource> {
    let (way, ty) = way(context, shape, path, at)?;
    match ty {
        Ty::String | Ty::Enumeration(_) => Some(ParameterSource::Text(way)),
        Ty::Boolean => Some(ParameterSource::Flag(way)),
        Ty::List {
            item,
            sparse: false,
        } if *item == Ty::String => Some(ParameterSource::List(way)),
        _ => unfit(
            context,
            path,
            "a path to text, true or false, or a list of texts",
            at,
        ),
    }
}

fn unfit<T>(context: &Context<'_>, path: &str, wanted: &str, at: &str) -> Option<T> {
    let message = format!("expected {wanted}, found `{path}`, which leads to something else");
    context.file.key(at).problem(message);
    None
}

/// The fields along a path of members, and the type at its end.
fn way(context: &Context<'_>, shape: &str, path: &str, at: &str) -> Option<(Vec<String>, Ty)> {
    let (mut shape, mut way) = (shape, Vec::new());
    for member in path.split('.') {
        let Some(target) = member_of(context, shape, member) else {
            context.file.key(at).problem(format!("expected a path through members of the input, found `{path}`, of which `{member}` is not a member of `{shape}`"));
            return None;
        };
        way.push(context.part_name(shape, member, names::field_name));
        shape = target;
    }
    Some((way, types::ty(context, shape)))
}

fn member_of<'m>(context: &Context<'m>, shape: &str, member: &str) -> Option<&'m str> {
    match &context.shape(shape)?.kind {
        Kind::Structure(structure) => Some(structure.members.get(member)?.target.as_str()),
        _ => None,
    }
}

/// The shape of the items of the list at the end of a path.
fn item_of<'m>(context: &Context<'m>, shape: &str, path: &str) -> Option<&'m str> {
    let (first, rest) = path
        .split_once('.')
        .map_or((path, None), |(first, rest)| (first, Some(rest)));
    let target = member_of(context, shape, first)?;
    match (rest, &context.shape(target)?.kind) {
        (Some(rest), _) => item_of(context, target, rest),
        (
            None,
            Kind::List {
                member,
                sparse: false,
            },
        ) => Some(member.target.as_str()),
        _ => None,
    }
}

//! Pagination: the paths of the model become ways through fields.

use super::Context;
use crate::model::{self, Kind};
use crate::names;
use crate::problem::nearest;
use crate::rust::{Field, Items, Limit, PageToken, Pagination, Step, Structure, Ty};

pub(super) fn lower(
    context: &Context<'_>,
    name: &str,
    operation: &model::Operation,
    input: &Structure,
    output: &Structure,
) -> Option<Pagination> {
    let pagination = operation.pagination.as_ref()?;
    let finder = Finder {
        context,
        operation: name,
    };
    let mut tokens = Vec::new();
    for (wire, path) in pagination
        .input_tokens
        .iter()
        .zip(&pagination.output_tokens)
    {
        let field = finder.input(input, wire, "input_token");
        let ways: Vec<_> = path
            .split("||")
            .filter_map(|path| finder.way(operation, output, path.trim(), "output_token"))
            .collect();
        if let Some(field) = field
            && !ways.is_empty()
        {
            if !is_token(&field.ty) {
                finder.problem("input_token", format!("expected a token that is text, a number or a map, found `{wire}`, which is none of them"));
            }
            if !ways.iter().all(|(_, ty)| is_token(ty)) {
                finder.problem("output_token", format!("expected a token that is text, a number or a map, found `{path}`, which is none of them"));
            }
            tokens.push(PageToken {
                wire: wire.clone(),
                input: field.ident.clone(),
                output: ways.into_iter().map(|(way, _)| way).collect(),
            });
        }
    }
    let limit = pagination.limit.as_ref().and_then(|wire| {
        let field = finder.input(input, wire, "limit_key")?;
        if !(is_integer(&field.ty) || field.ty == Ty::String) {
            finder.problem(
                "limit_key",
                format!(
                    "expected a limit that is a number or text, found `{wire}`, which is neither"
                ),
            );
        }
        Some(Limit {
            wire: wire.clone(),
            field: field.ident.clone(),
            ty: field.ty.clone(),
        })
    });
    let items = pagination.results.first().and_then(|path| {
        let (way, ty) = finder.way(operation, output, path, "result_key")?;
        if way.contains(&Step::Last) {
            finder.problem("result_key", format!("expected a path through members, found `{path}`, which takes one item of a list"));
        }
        // A count beside the items, or one structure: pages then are the only way to see it.
        matches!(ty, Ty::List { .. } | Ty::Map { .. }).then(|| Items {
            wire: path.clone(),
            way,
            ty,
        })
    });
    let secondary = pagination
        .results
        .iter()
        .skip(1)
        .filter_map(|path| Some(finder.way(operation, output, path, "result_key")?.0))
        .collect();
    let more_results = pagination.more_results.as_ref().and_then(|path| {
        let (way, ty) = finder.way(operation, output, path, "more_results")?;
        if ty != Ty::Boolean {
            finder.problem("more_results", format!("expected a member that is true or false, found `{path}`, which is another kind of shape"));
        }
        Some(way)
    });
    (!tokens.is_empty()).then_some(Pagination {
        tokens,
        limit,
        items,
        secondary,
        more_results,
    })
}

fn is_token(ty: &Ty) -> bool {
    is_integer(ty) || matches!(ty, Ty::String | Ty::Enumeration(_) | Ty::Map { .. })
}

fn is_integer(ty: &Ty) -> bool {
    matches!(ty, Ty::Byte | Ty::Short | Ty::Integer | Ty::Long)
}

struct Finder<'c, 'm> {
    context: &'c Context<'m>,
    operation: &'c str,
}

impl Finder<'_, '_> {
    fn problem(&self, key: &str, message: String) {
        let model = self.context.model;
        let file = model.pagination_file.as_ref().unwrap_or(&model.file);
        let file = self.context.file.reporter.file(file);
        file.key("pagination")
            .key(self.operation)
            .key(key)
            .problem(message);
    }

    fn input<'f>(&self, input: &'f Structure, wire: &str, key: &str) -> Option<&'f Field> {
        let field = input.fields.iter().find(|field| field.member == wire);
        if field.is_none() {
            let near = nearest(wire, input.fields.iter().map(|field| field.member.as_str()));
            self.problem(
                key,
                format!("expected a member of the input, found `{wire}`{near}"),
            );
        }
        field
    }

    /// The fields along a path of the output, and the type at its end.
    fn way(
        &self,
        operation: &model::Operation,
        output: &Structure,
        path: &str,
        key: &str,
    ) -> Option<(Vec<Step>, Ty)> {
        let Some(mut shape) = operation.output.clone() else {
            self.problem(key, format!("expected a path through members of the output, found `{path}`, and the operation has no output"));
            return None;
        };
        let mut way = Vec::new();
        let mut ty = Ty::Structure(output.ident.clone());
        for part in path.split('.') {
            let (member, last) = part
                .strip_suffix("[-1]")
                .map_or((part, false), |member| (member, true));
            let found = match self.context.shape(&shape).map(|shape| &shape.kind) {
                Some(Kind::Structure(structure)) => structure.members.get(member),
                _ => None,
            };
            let Some(found) = found else {
                self.problem(key, format!("expected a path through members of the output, found `{path}`, of which `{member}` is not a member of `{shape}`"));
                return None;
            };
            way.push(Step::Field(self.context.part_name(
                &shape,
                member,
                names::field_name,
            )));
            shape.clone_from(&found.target);
            if last {
                way.push(Step::Last);
                match self.context.shape(&shape).map(|shape| &shape.kind) {
                    Some(Kind::List { member, .. }) => shape.clone_from(&member.target),
                    _ => {
                        self.problem(key, format!("expected a list before `[-1]`, found `{path}`, of which `{member}` is none"));
                        return None;
                    }
                }
            }
            ty = super::types::ty(self.context, &shape);
        }
        Some((way, ty))
    }
}

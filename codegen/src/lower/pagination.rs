//! Pagination: the model's paths become paths through fields.

use super::Context;
use super::path::{self, Wrong};
use crate::jmespath::{self, Expression};
use crate::model;
use crate::problem::nearest;
use crate::rust::{Field, Items, Limit, PageToken, Pagination, Path, Segment, Structure, Ty};

pub(super) fn lower(
    context: &Context<'_>,
    name: &str,
    operation: &model::Operation,
    input: &Structure,
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
        let parsed = finder.parsed(path, "output_token");
        let paths: Vec<_> = parsed
            .iter()
            .flat_map(alternatives)
            .filter_map(|it| finder.path(operation, it, path, "output_token"))
            .collect();
        if let Some(field) = field
            && !paths.is_empty()
        {
            if !is_token(&field.ty) {
                finder.problem("input_token", format!("expected a token that is text, a number or a map, found `{wire}`, which is none of them"));
            }
            if !paths.iter().all(|(_, ty)| is_token(ty)) {
                finder.problem("output_token", format!("expected a token that is text, a number or a map, found `{path}`, which is none of them"));
            }
            tokens.push(PageToken {
                wire: wire.clone(),
                input: field.ident.clone(),
                output: paths.into_iter().map(|(path, _)| path).collect(),
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
            field: field.ident.clone(),
            ty: field.ty.clone(),
        })
    });
    let items = pagination.results.first().and_then(|path| {
        let (found, ty) = finder.parsed_path(operation, path, "result_key")?;
        if found.0.contains(&Segment::Last) {
            finder.problem("result_key", format!("expected a path through members, found `{path}`, which takes one item of a list"));
        }
        // A count beside the items, or a single structure: only pages can show it.
        matches!(ty, Ty::List { .. } | Ty::Map { .. }).then(|| Items {
            wire: path.clone(),
            path: found,
            ty,
        })
    });
    let secondary = pagination
        .results
        .iter()
        .skip(1)
        .filter_map(|path| Some(finder.parsed_path(operation, path, "result_key")?.0))
        .collect();
    let more_results = pagination.more_results.as_ref().and_then(|path| {
        let (found, ty) = finder.parsed_path(operation, path, "more_results")?;
        if ty != Ty::Boolean {
            finder.problem("more_results", format!("expected a member that is true or false, found `{path}`, which is another kind of shape"));
        }
        Some(found)
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

    /// A path into the output, and the type of the value at its end.
    fn path(
        &self,
        operation: &model::Operation,
        path: &Expression,
        text: &str,
        key: &str,
    ) -> Option<(Path, Ty)> {
        let problem = |expected: &str, found: String| {
            self.problem(key, format!("expected {expected}, found `{text}`, {found}"));
            None
        };
        const MEMBERS: &str = "a path through members of the output";
        let Some(output) = operation.output.as_deref() else {
            return problem(MEMBERS, "and the operation has no output".to_owned());
        };
        match path::walk(self.context, output, path)? {
            Ok(target) if !target.several => {
                let ty = super::types::ty(self.context, target.shape);
                Some((target.path, ty))
            }
            Err(Wrong::Member { member, shape }) => problem(
                MEMBERS,
                format!("but `{member}` is not a member of `{shape}`"),
            ),
            Err(Wrong::List { member }) => {
                problem("a list before `[-1]`", format!("but `{member}` is not one"))
            }
            Ok(_) | Err(Wrong::Other) => {
                problem(MEMBERS, "which leads to something else".to_owned())
            }
        }
    }

    fn parsed_path(
        &self,
        operation: &model::Operation,
        path: &str,
        key: &str,
    ) -> Option<(Path, Ty)> {
        self.path(operation, &self.parsed(path, key)?, path, key)
    }

    /// The expression, if it can be parsed.
    fn parsed(&self, path: &str, key: &str) -> Option<Expression> {
        let parsed = jmespath::parse(path);
        parsed
            .map_err(|message| {
                self.problem(key, format!("expected a path, found `{path}`: {message}"));
            })
            .ok()
    }
}

/// In `a || b`, the first with a value is used.
fn alternatives(path: &Expression) -> Vec<&Expression> {
    let mut found = Vec::new();
    let mut open = vec![path];
    while let Some(path) = open.pop() {
        match path {
            Expression::Or(first, second) => open.extend([&**second, &**first]),
            path => found.push(path),
        }
    }
    found
}

//! The endpoint rules as a function: conditions in order; the first one that is true decides.
//!
//! ```text
//! let Some(region) = &params.region else {
//!     return Err("Invalid Configuration: Missing Region".into());
//! };
//! if params.use_fips {
//!     let url = format!("https://example-fips.{region}.amazonaws.com");
//!     return Ok(Endpoint::new(url));
//! }
//! ```

use super::file::{File, Finished, ident};
use crate::docs::Doc;
use crate::lower::is_of_partition;
use crate::rust::{Condition, Statement, Text, TextPiece, Value};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

pub(crate) fn emit(service: &str, statements: &[Statement]) -> Finished {
    let mut functions = BTreeSet::new();
    functions_of(statements, &mut functions);
    let functions: Vec<_> = functions.iter().map(|name| ident(name)).collect();
    let functions = match functions.as_slice() {
        [] => quote!(),
        [one] if *one == "self" => quote!(
            use tinsmith_runtime::endpoint;
        ),
        [one] => quote!(use tinsmith_runtime::endpoint::#one;),
        several => quote!(use tinsmith_runtime::endpoint::{#(#several),*};),
    };
    let body = block(statements, true);
    let params = if statements
        .iter()
        .any(|statement| matches!(statement, Statement::When { .. }))
    {
        quote!(params)
    } else {
        quote!(_params)
    };
    File::new(service, "the endpoint rules")
        .module_doc(&Doc::of(
            "The endpoint of the service, computed from region and settings.",
        ))
        .item(quote!(#functions use tinsmith_runtime::{Endpoint, EndpointError, EndpointParams};))
        .item(quote! {
            /// The endpoint for these settings, by the rules of the service model.
            ///
            /// # Errors
            /// The rules have no endpoint for these settings; the error has their message.
            pub fn resolve(#params: &EndpointParams) -> Result<Endpoint, EndpointError> { #body }
        })
        .finish()
}

/// The runtime's functions that are called without a receiver.
fn functions_of<'s>(statements: &'s [Statement], found: &mut BTreeSet<&'s str>) {
    for statement in statements {
        let (conditions, then) = match statement {
            Statement::When { conditions, then } => (conditions, then),
            Statement::Endpoint {
                url,
                signing_name,
                signing_region,
                only_auth: _,
                headers,
            } => {
                let signing = [signing_name, signing_region].into_iter().flatten();
                let headers = headers.iter().flat_map(|(_, values)| values);
                for text in std::iter::once(url).chain(signing).chain(headers) {
                    functions_in_text(text, found);
                }
                continue;
            }
            Statement::Error(message) => {
                functions_in_text(message, found);
                continue;
            }
        };
        for condition in conditions {
            match condition {
                Condition::Partition { region, .. } => {
                    found.insert("self");
                    functions_in(region, found);
                }
                Condition::Some { value, .. }
                | Condition::IsSome(value)
                | Condition::IsNone(value)
                | Condition::Holds(value) => functions_in(value, found),
            }
        }
        functions_of(then, found);
    }
}

fn functions_in<'s>(value: &'s Value, found: &mut BTreeSet<&'s str>) {
    match value {
        Value::Call {
            of,
            function,
            arguments,
        } => {
            match of {
                Some(of) => functions_in(of, found),
                None => {
                    found.insert(function);
                }
            }
            arguments
                .iter()
                .for_each(|value| functions_in(value, found));
        }
        Value::Field(value, _) | Value::Not(value) => functions_in(value, found),
        Value::Equal(left, right) => {
            functions_in(left, found);
            functions_in(right, found);
        }
        Value::Text(text) => functions_in_text(text, found),
        Value::Boolean(_) | Value::Number(_) | Value::Parameter(_) | Value::Local(_) => {}
    }
}

fn functions_in_text<'s>(Text(pieces): &'s Text, found: &mut BTreeSet<&'s str>) {
    for piece in pieces {
        if let TextPiece::Value(value) = piece {
            functions_in(value, found);
        }
    }
}

/// Statements; the last one of the function is its value, all others return.
fn block(statements: &[Statement], of_function: bool) -> TokenStream {
    if let Some((before, guard, then, otherwise)) = guarded(statements) {
        let before = block(before, false);
        let guard = binding(guard);
        let otherwise = block(otherwise, false);
        let then = block(then, of_function);
        return quote!(#before #guard else { #otherwise }; #then);
    }
    let last = statements.len().saturating_sub(1);
    let statements = statements.iter().enumerate().map(|(index, statement)| {
        let (before, value) = match statement {
            Statement::When { conditions, then } => return when(conditions, then),
            Statement::Endpoint {
                url,
                signing_name,
                signing_region,
                only_auth,
                headers,
            } => {
                let (before, url) = text(url);
                let name = signing_name
                    .as_ref()
                    .map(composed)
                    .map(|name| quote!(.signing_name(#name)));
                let region = signing_region
                    .as_ref()
                    .map(composed)
                    .map(|region| quote!(.signing_region(#region)));
                let only = only_auth.as_ref().map(|scheme| quote!(.only_auth(#scheme)));
                let headers = headers.iter().map(|(name, values)| {
                    let values = values.iter().map(owned);
                    quote!(.header(#name, [#(#values),*]))
                });
                (
                    quote!(#before let url = #url;),
                    quote!(Ok(Endpoint::new(url) #name #region #only #(#headers)*)),
                )
            }
            Statement::Error(message) => {
                let (before, message) = text(message);
                (before, quote!(Err(#message.into())))
            }
        };
        if of_function && index == last {
            quote!(#before #value)
        } else {
            quote!(#before return #value;)
        }
    });
    quote!(#(#statements)*)
}

/// Statements of which the last two are a value that must be set, with everything that follows from it, and the error
/// if it is not set. The parts are: the statements before them, the condition, what follows, and the error.
type Guarded<'s> = (
    &'s [Statement],
    &'s Condition,
    &'s [Statement],
    &'s [Statement],
);

fn guarded(statements: &[Statement]) -> Option<Guarded<'_>> {
    let (otherwise @ Statement::Error(_), rest) = statements.split_last()? else {
        return None;
    };
    let (Statement::When { conditions, then }, before) = rest.split_last()? else {
        return None;
    };
    let [guard] = conditions.as_slice() else {
        return None;
    };
    let binds = matches!(
        guard,
        Condition::Some { .. } | Condition::Partition { local: Some(_), .. }
    );
    let returns = matches!(
        then.last(),
        Some(Statement::Error(_) | Statement::Endpoint { .. })
    );
    (binds && returns).then_some((before, guard, then, std::slice::from_ref(otherwise)))
}

/// `let Some(region) = &params.region`; a condition that binds nothing is written as it is.
fn binding(condition: &Condition) -> TokenStream {
    match condition {
        Condition::Some { local, value } => {
            let local = ident(local);
            let tokens = self::value(value);
            match value {
                Value::Parameter(_) => quote!(let Some(#local) = &#tokens),
                _ => quote!(let Some(#local) = #tokens),
            }
        }
        Condition::IsSome(value) => {
            let value = self::value(value);
            quote!(#value.is_some())
        }
        Condition::IsNone(value) => {
            let value = self::value(value);
            quote!(#value.is_none())
        }
        Condition::Partition { local, region } => {
            let region = self::value(region);
            match local.as_deref().map(ident) {
                Some(local) => quote!(let Some(#local) = endpoint::partition(#region)),
                None => quote!(endpoint::partition(#region).is_some()),
            }
        }
        Condition::Holds(value) => self::value(value),
    }
}

fn when(conditions: &[Condition], then: &[Statement]) -> TokenStream {
    let conditions = conditions.iter().map(binding);
    let then = block(then, false);
    quote!(if #(#conditions)&&* { #then })
}

fn value(value: &Value) -> TokenStream {
    match value {
        Value::Boolean(value) => quote!(#value),
        Value::Number(number) => {
            let number = proc_macro2::Literal::usize_unsuffixed(*number);
            quote!(#number)
        }
        Value::Call {
            of,
            function,
            arguments,
        } => {
            let (function, arguments) = (ident(function), arguments.iter().map(self::value));
            let of = of.as_deref().map(self::value).map(|of| quote!(#of.));
            quote!(#of #function(#(#arguments),*))
        }
        Value::Parameter(name) => {
            let name = ident(name);
            quote!(params.#name)
        }
        Value::Local(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Value::Field(of, name) => {
            let (of, name) = (self::value(of), ident(name));
            quote!(#of.#name)
        }
        Value::Not(value) => match &**value {
            Value::Equal(left, right) => {
                let (left, right) = (operand(left), operand(right));
                quote!(#left != #right)
            }
            value => {
                let value = self::value(value);
                quote!(!#value)
            }
        },
        Value::Equal(left, right) => {
            let (left, right) = (operand(left), operand(right));
            quote!(#left == #right)
        }
        Value::Text(text) => borrowed(text),
    }
}

/// One side of a comparison.
fn operand(value: &Value) -> TokenStream {
    let tokens = self::value(value);
    match value {
        Value::Equal(_, _) | Value::Not(_) => quote!((#tokens)),
        _ => tokens,
    }
}

/// A text within an expression, as a `&str`.
fn borrowed(text: &Text) -> TokenStream {
    let composed = composed(text);
    if text.0.len() > 1 {
        quote!(#composed.as_str())
    } else {
        composed
    }
}

/// A text as a `String`, so that several have one type.
fn owned(text: &Text) -> TokenStream {
    let composed = composed(text);
    if text.0.len() > 1 {
        composed
    } else {
        quote!(#composed.to_owned())
    }
}

/// A text within an expression: a literal, a value or a `format!`.
fn composed(text: &Text) -> TokenStream {
    match text.0.as_slice() {
        [] => quote!(""),
        [TextPiece::Literal(literal)] => quote!(#literal),
        [TextPiece::Value(value)] => self::value(value),
        pieces => {
            let (mut template, mut values) = (String::new(), Vec::new());
            for piece in pieces {
                match piece {
                    TextPiece::Literal(literal) => {
                        template.push_str(&literal.replace('{', "{{").replace('}', "}}"))
                    }
                    TextPiece::Value(value) => {
                        template.push_str("{}");
                        values.push(self::value(value));
                    }
                }
            }
            quote!(format!(#template, #(#values),*))
        }
    }
}

/// A literal, one value, or a `format!` with its values named in place; preceded by the bindings of those names.
fn text(text: &Text) -> (TokenStream, TokenStream) {
    match text.0.as_slice() {
        [] => (quote!(), quote!("")),
        [TextPiece::Literal(literal)] => (quote!(), quote!(#literal)),
        [TextPiece::Value(value)] => {
            let value = self::value(value);
            (quote!(), quote!(#value.clone()))
        }
        pieces => {
            let (mut template, mut before) = (String::new(), TokenStream::new());
            let mut bound: Vec<(String, &Value)> = Vec::new();
            for (index, piece) in pieces.iter().enumerate() {
                match piece {
                    TextPiece::Literal(literal) => {
                        template.push_str(&literal.replace('{', "{{").replace('}', "}}"))
                    }
                    TextPiece::Value(Value::Local(name)) => {
                        template.push_str(&format!("{{{name}}}"))
                    }
                    TextPiece::Value(value) => {
                        let again = bound.iter().find(|(_, other)| *other == value);
                        let name = match (again, value) {
                            (Some((name, _)), _) => name.clone(),
                            // Not the field's own name: `region` is already a name in the function.
                            (None, Value::Field(of, field)) if !is_of_partition(field) => {
                                match &**of {
                                    Value::Local(of) => format!("{field}_of_{of}"),
                                    _ => format!("part_{index}"),
                                }
                            }
                            (None, Value::Field(_, field))
                                if bound.iter().all(|(name, _)| name != field) =>
                            {
                                field.clone()
                            }
                            _ => format!("part_{index}"),
                        };
                        if again.is_none() {
                            let (local, tokens) = (ident(&name), self::value(value));
                            before.extend(quote!(let #local = #tokens;));
                            bound.push((name.clone(), value));
                        }
                        template.push_str(&format!("{{{name}}}"));
                    }
                }
            }
            (before, quote!(format!(#template)))
        }
    }
}

//! Ways through an output as expressions. Every field is an option; what is missing on the way is missing at its end.

use super::super::file::ident;
use crate::jmespath::Comparison;
use crate::rust::{Leg, Number, Operand, Test, Way};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// `Some(output.a.as_ref()?.b.as_ref()?.as_str())`
pub(super) fn text(way: &Way) -> TokenStream {
    let end = text_end(&fields(&way.0));
    quote!(Some(output #end))
}

/// `output.a.as_ref()?.b`
pub(super) fn flag(way: &Way) -> TokenStream {
    let end = copied_end(&fields(&way.0));
    quote!(output #end)
}

/// `output.a.iter().flatten().filter_map(|value| Some(value.b.as_ref()?.as_str())).collect()`
pub(super) fn texts(root: &TokenStream, way: &Way) -> TokenStream {
    let (first, legs) = leading(&way.0);
    let (start, rest) = match first.split_first() {
        Some((field, rest)) => (quote!(#root.#field.iter()), rest),
        None => (quote!(Some(#root).into_iter()), first.as_slice()),
    };
    let start = through(start, rest);
    let (values, last) = along(start, legs);
    let texts = match last.as_slice() {
        [] => quote!(#values.map(|value| value.as_str())),
        fields => {
            let end = text_end(fields);
            quote!(#values.filter_map(|value| Some(value #end)))
        }
    };
    quote!(#texts.collect())
}

/// A condition as a `bool`; a comparison with what is missing is one with nothing.
pub(super) fn test(root: &TokenStream, test: &Test) -> TokenStream {
    match test {
        Test::IsTrue(way) => {
            let flag = copied(root, way);
            quote!(#flag == Some(true))
        }
        Test::Compare(comparison, left, right) => compare(root, *comparison, left, right),
        Test::And(left, right) => {
            let side = |of: &Test| match of {
                Test::Or(..) => {
                    let of = self::test(root, of);
                    quote!((#of))
                }
                of => self::test(root, of),
            };
            let (left, right) = (side(left), side(right));
            quote!(#left && #right)
        }
        Test::Or(left, right) => {
            let (left, right) = (self::test(root, left), self::test(root, right));
            quote!(#left || #right)
        }
        Test::Not(of) => {
            let of = self::test(root, of);
            quote!(!(#of))
        }
    }
}

fn compare(
    root: &TokenStream,
    comparison: Comparison,
    left: &Operand,
    right: &Operand,
) -> TokenStream {
    let sign = match comparison {
        Comparison::Equal => quote!(==),
        Comparison::NotEqual => quote!(!=),
        Comparison::Less => quote!(<),
        Comparison::LessOrEqual => quote!(<=),
        Comparison::Greater => quote!(>),
        Comparison::GreaterOrEqual => quote!(>=),
    };
    let (one, other) = (operand(root, left), operand(root, right));
    // What is missing equals what is missing; but the length of what is missing is an error, which fits nothing.
    let counts = |of: &Operand| matches!(of, Operand::Count(_) | Operand::Characters(_));
    let literal = |of: &Operand| matches!(of, Operand::LiteralNumber(_));
    let is_literal = comparison == Comparison::Equal && (literal(left) || literal(right));
    if comparison.is_order() || ((counts(left) || counts(right)) && !is_literal) {
        quote!(#one.zip(#other).is_some_and(|(left, right)| left #sign right))
    } else {
        quote!(#one #sign #other)
    }
}

/// An `Option` of a value that can be compared.
fn operand(root: &TokenStream, operand: &Operand) -> TokenStream {
    match operand {
        Operand::Text(way) => {
            let value = option(root, &fields(&way.0));
            quote!(#value.map(|value| value.as_str()))
        }
        Operand::Characters(way) => {
            let value = option(root, &fields(&way.0));
            quote!(#value.map(|value| value.as_str().chars().count()))
        }
        Operand::Flag(way) | Operand::Number(way) => copied(root, way),
        Operand::Count(way) => count(root, way),
        Operand::LiteralText(text) => quote!(Some(#text)),
        Operand::LiteralFlag(flag) => quote!(Some(#flag)),
        Operand::LiteralNumber(Number::Integer(number)) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(Some(#number))
        }
        Operand::LiteralNumber(Number::Float(number)) => {
            let number = Literal::f64_unsuffixed(*number);
            quote!(Some(#number))
        }
    }
}

/// How many values a list, a map or a way of several has; nothing where the list itself is missing.
fn count(root: &TokenStream, way: &Way) -> TokenStream {
    let (first, legs) = leading(&way.0);
    let list = option(root, &first);
    let (start, legs) = match legs.split_first() {
        None | Some((Leg::Items, [])) => return quote!(#list.map(|values| values.len())),
        Some((Leg::Values, legs)) => (quote!(values.values()), legs),
        Some((Leg::Filter(of), legs)) => {
            let test = test(&quote!(value), of);
            (quote!(values.iter().filter(|value| #test)), legs)
        }
        Some((_, legs)) => (quote!(values.iter()), legs),
    };
    let (values, last) = along(start, legs);
    let values = through(values, &last);
    quote!(#list.map(|values| #values.count()))
}

/// Follows the legs of a way from an iterator on; what it ends with are fields that are still to go.
fn along(mut values: TokenStream, legs: &[Leg]) -> (TokenStream, Vec<Ident>) {
    let mut open = Vec::new();
    for leg in legs {
        if let Leg::Field(field) = leg {
            open.push(ident(field));
            continue;
        }
        values = through(values, &open);
        open.clear();
        values = match leg {
            Leg::Values => quote!(#values.flat_map(|values| values.values())),
            Leg::Filter(of) => {
                let test = test(&quote!(value), of);
                quote!(#values.flatten().filter(|value| #test))
            }
            _ => quote!(#values.flatten()),
        };
    }
    (values, open)
}

/// From an iterator of values to one of what is in their fields.
fn through(values: TokenStream, fields: &[Ident]) -> TokenStream {
    match fields.split_last() {
        None => values,
        Some((last, above)) => {
            quote!(#values.filter_map(|value| value #(.#above.as_ref()?)*.#last.as_ref()))
        }
    }
}

/// `root.a.as_ref().and_then(|value| value.b.as_ref()?.c.as_ref())`
fn option(root: &TokenStream, fields: &[Ident]) -> TokenStream {
    match fields {
        [] => quote!(Some(#root)),
        [first] => quote!(#root.#first.as_ref()),
        [first, above @ .., last] => {
            quote!(#root.#first.as_ref().and_then(|value| value #(.#above.as_ref()?)*.#last.as_ref()))
        }
    }
}

/// The same for what is copied and not borrowed.
fn copied(root: &TokenStream, way: &Way) -> TokenStream {
    match fields(&way.0).as_slice() {
        [] => quote!(Some(#root)),
        [only] => quote!(#root.#only),
        [first, rest @ ..] => {
            let end = copied_end(rest);
            quote!(#root.#first.as_ref().and_then(|value| value #end))
        }
    }
}

/// `.a.as_ref()?.b.as_ref()?.as_str()`
fn text_end(fields: &[Ident]) -> TokenStream {
    quote!(#(.#fields.as_ref()?)*.as_str())
}

/// `.a.as_ref()?.b`
fn copied_end(fields: &[Ident]) -> TokenStream {
    match fields.split_last() {
        Some((last, above)) => quote!(#(.#above.as_ref()?)*.#last),
        None => TokenStream::new(),
    }
}

/// The fields that a way begins with, and the rest of it.
fn leading(legs: &[Leg]) -> (Vec<Ident>, &[Leg]) {
    let end = legs
        .iter()
        .position(|leg| !matches!(leg, Leg::Field(_)))
        .unwrap_or(legs.len());
    let (first, rest) = legs.split_at_checked(end).unwrap_or((legs, &[]));
    (fields(first), rest)
}

fn fields(legs: &[Leg]) -> Vec<Ident> {
    let fields = legs.iter().filter_map(|leg| match leg {
        Leg::Field(field) => Some(ident(field)),
        _ => None,
    });
    fields.collect()
}

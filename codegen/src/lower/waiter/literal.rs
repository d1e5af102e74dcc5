//! Literal values in an expression.

use super::super::Context;
use super::expression::Resolved;
use super::value::{Item, Number, Ty, Value, alike};
use crate::docs::code_span;
use crate::rust::Code;
use serde_json::Value as Json;

/// A list of these items, all of one type.
pub(super) fn list_of<'m>(context: &Context<'m>, items: Vec<Value<'m>>) -> Resolved<'m> {
    let nulls = items.iter().any(|item| item.null);
    let mut made: Vec<Value<'m>> = Vec::new();
    let Some(mut of) = items.iter().find(|item| item.ty != Ty::Null).cloned() else {
        return match items.is_empty() {
            true => Ok(Value::new(Code::Empty, Ty::List(Item::None, false), false)),
            false => Err("a list without nulls, found nulls".to_owned()),
        };
    };
    // A number has the type of the first item that is not a literal.
    let is_literal = |item: &Value<'_>| matches!(item.ty, Ty::Number(Number::Literal(_)));
    if let Some(other) = items
        .iter()
        .find(|item| !is_literal(item) && item.ty != Ty::Null)
    {
        of = other.clone();
    } else if is_literal(&of) {
        of = super::value::as_type(of, "f64");
    }
    for item in items {
        let (item, as_of) = alike(context, item, of.clone())?;
        if as_of.ty != of.ty {
            return Err(format!(
                "a list of one type, found {} beside {}",
                item.describe(context),
                of.describe(context)
            ));
        }
        made.push(item);
    }
    let codes = made
        .into_iter()
        .map(|item| if nulls { item.optional() } else { item.code });
    let ty = Ty::List(Item::Of(Box::new(of.ty)), nulls);
    Ok(Value::new(Code::Vec(codes.collect()), ty, false))
}

pub(super) fn literal<'m>(value: &Json) -> Resolved<'m> {
    Ok(match value {
        Json::Null => Value::null(),
        Json::Bool(flag) => Value::new(Code::Flag(*flag), Ty::Flag, false),
        Json::String(text) => Value::new(Code::Text(text.clone()), Ty::Text, false),
        Json::Number(number) => {
            let float = number.as_f64().unwrap_or_default();
            let code = match number.as_i64() {
                Some(integer) => Code::Integer(integer),
                None => Code::Float(float),
            };
            Value::new(code, Ty::Number(Number::Literal(float)), false)
        }
        Json::Array(items) if items.is_empty() => {
            Value::new(Code::Empty, Ty::List(Item::None, false), false)
        }
        Json::Array(items) => {
            let scalar = |item: &Json| matches!(item, Json::Bool(_) | Json::String(_));
            let same = |item: &Json| {
                items
                    .first()
                    .is_some_and(|first| first.is_string() == item.is_string())
            };
            let all_numbers = items.iter().all(Json::is_number);
            if !all_numbers && !items.iter().all(|item| scalar(item) && same(item)) {
                return Err(format!(
                    "a literal list of texts, of numbers or of booleans, found {}",
                    code_span(&value.to_string())
                ));
            }
            let made: Result<Vec<Value<'m>>, _> = items.iter().map(literal).collect();
            let made = made?;
            let ty = made.first().map_or(Ty::Null, |item| match item.ty {
                Ty::Number(_) => Ty::Number(Number::Double),
                ref ty => ty.clone(),
            });
            let codes = made.into_iter().map(|item| match item.ty {
                Ty::Number(_) => super::value::as_type(item, "f64").code,
                _ => item.code,
            });
            let ty = Ty::List(Item::Of(Box::new(ty)), false);
            Value::new(Code::Vec(codes.collect()), ty, false)
        }
        Json::Object(_) => {
            return Err(format!(
                "a literal text, number, boolean, null or list, found {}",
                code_span(&value.to_string())
            ));
        }
    })
}

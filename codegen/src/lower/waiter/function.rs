//! The functions of JMESPath. Null is an error of the whole expression if a function does not accept it.

use super::expression::{Resolved, Resolver};
use super::value::{Item, Number, Ty, Value, alike, as_type, plain};
use crate::docs::code_span;
use crate::jmespath::Expression;
use crate::rust::Code;

/// The result of a function.
pub(super) fn call<'m>(
    resolver: &Resolver<'_, 'm>,
    function: &str,
    arguments: &[Expression],
    current: &Value<'m>,
) -> Resolved<'m> {
    let value = |of: &Expression| resolver.value(of, current);
    match (function, arguments) {
        ("length", [of]) => length(resolver, value(of)?),
        ("contains", [of, part]) => contains(resolver, value(of)?, value(part)?),
        ("starts_with" | "ends_with", [text, part]) => {
            let (text, part) = (value(text)?, value(part)?);
            let function = if function == "starts_with" {
                "starts_with"
            } else {
                "ends_with"
            };
            for of in [&text, &part] {
                if of.ty != Ty::Text {
                    return Err(resolver.found(&format!("texts in `{function}(…)`"), of));
                }
            }
            let code = Code::try_call(function, vec![text.optional(), part.optional()]);
            Ok(Value::new(code, Ty::Flag, false))
        }
        ("not_null", [first, others @ ..]) => {
            let mut found = value(first)?;
            for other in others {
                let (one, other) = alike(resolver.context, found, value(other)?)?;
                let ty = one.ty.clone();
                let code = one.optional().method("or", vec![other.optional()]);
                found = Value::new(code, ty, true);
            }
            Ok(found)
        }
        ("to_array", [of]) => {
            let of = value(of)?;
            match of.ty {
                Ty::Array(_) | Ty::List(..) if !of.null => Ok(of),
                Ty::Array(_) | Ty::List(..) => {
                    Err(resolver
                        .found("one value or a list that is not null in `to_array(…)`", &of))
                }
                _ => super::literal::list_of(resolver.context, vec![of]),
            }
        }
        ("keys" | "values", [of]) => {
            let map = value(of)?;
            let Ty::Map(shape) = map.ty else {
                return Err(
                    resolver.found(&format!("a map without nulls in `{function}(…)`"), &map)
                );
            };
            let map = map.optional();
            if function == "keys" {
                let ty = Ty::List(Item::Of(Box::new(Ty::Text)), false);
                return Ok(Value::new(Code::try_call("keys", vec![map]), ty, false));
            }
            let map = Code::try_call("some", vec![map]).some();
            let ty = Ty::List(Item::Raw(shape), false);
            Ok(Value::new(Code::call("values", vec![map]), ty, true))
        }
        ("map", [Expression::Reference(of), list]) => {
            let list = value(list)?.compact();
            let of = by(resolver, "map", &list, of)?;
            let ty = Ty::List(Item::Of(Box::new(of.ty.clone())), true);
            let of = Code::Closure(Box::new(of.optional()));
            let code = Code::try_call("map", vec![list.optional(), of]);
            Ok(Value::new(code, ty, false))
        }
        ("reverse", [list]) => {
            let list = value(list)?;
            match list.clone().list() {
                Ok((code, item, nulls)) => Ok(Value::new(
                    Code::try_call("reverse", vec![code]),
                    Ty::List(item, nulls),
                    false,
                )),
                Err(list) => Err(resolver.found("a list in `reverse(…)`", &list)),
            }
        }
        ("sort" | "max" | "min", [list]) => {
            let (name, list) = match function {
                "sort" => ("sort", value(list)?),
                "max" => ("max", value(list)?),
                _ => ("min", value(list)?),
            };
            let found = resolver.found(
                &format!("a list of texts or of numbers in `{name}(…)`"),
                &list,
            );
            let list = plain(resolver.context, list).ok_or_else(|| found.clone())?;
            let Ty::List(Item::Of(item), false) = list.ty.clone() else {
                return Err(found);
            };
            if !matches!(*item, Ty::Text | Ty::Number(_)) {
                return Err(found);
            }
            let code = Code::try_call(name, vec![list.optional()]);
            Ok(match name {
                "sort" => Value::new(code, Ty::List(Item::Of(item), false), false),
                _ => Value::new(code, *item, true),
            })
        }
        ("sort_by" | "max_by" | "min_by", [list, Expression::Reference(key)]) => {
            let name = match function {
                "sort_by" => "sort_by",
                "max_by" => "max_by",
                _ => "min_by",
            };
            let list = value(list)?;
            let key = by(resolver, name, &list, key)?;
            if !matches!(key.ty, Ty::Text | Ty::Number(_)) {
                return Err(resolver.found(
                    &format!("a text or a number after `&` in `{name}(…)`"),
                    &key,
                ));
            }
            let Ok((code, item, false)) = list.clone().list() else {
                return Err(resolver.found(&format!("a list without nulls in `{name}(…)`"), &list));
            };
            let key = Code::Closure(Box::new(key.optional()));
            let code = Code::try_call(name, vec![code, key]);
            Ok(match (name, item) {
                ("sort_by", item) => Value::new(code, Ty::List(item, false), false),
                (_, Item::Raw(shape)) => {
                    super::value::maybe_borrowed(resolver.context, code, shape)
                }
                (_, Item::Of(ty)) => Value::new(code, *ty, true),
                (_, Item::None) => Value::null(),
            })
        }
        ("sum" | "avg", [list]) => {
            let list = value(list)?;
            let found = resolver.found(&format!("a list of numbers in `{function}(…)`"), &list);
            let Some(item) = list
                .item(resolver.context)
                .filter(|item| matches!(item.ty, Ty::Number(_)))
            else {
                return Err(found);
            };
            let list = match list.ty {
                Ty::List(_, true) => return Err(found),
                _ => Code::try_call(
                    "each",
                    vec![
                        list.optional(),
                        Code::Closure(Box::new(as_type(item, "f64").code.some())),
                    ],
                ),
            };
            Ok(match function {
                "sum" => Value::new(
                    Code::try_call("sum", vec![list]),
                    Ty::Number(Number::Double),
                    false,
                ),
                _ => Value::new(
                    Code::try_call("avg", vec![list]),
                    Ty::Number(Number::Double),
                    true,
                ),
            })
        }
        ("abs" | "ceil" | "floor", [of]) => {
            let number = value(of)?;
            if !matches!(number.ty, Ty::Number(_)) {
                return Err(resolver.found(&format!("a number in `{function}(…)`"), &number));
            }
            let method = match function {
                "abs" => "abs",
                "ceil" => "ceil",
                _ => "floor",
            };
            let number = Code::try_call("some", vec![as_type(number, "f64").optional()]);
            Ok(Value::new(
                number.method(method, Vec::new()),
                Ty::Number(Number::Double),
                false,
            ))
        }
        _ => Err(format!(
            "a function that the generator supports, with valid arguments, found {} with {}",
            code_span(function),
            arguments.len()
        )),
    }
}

fn length<'m>(resolver: &Resolver<'_, 'm>, of: Value<'m>) -> Resolved<'m> {
    match of.ty {
        Ty::Text | Ty::Map(_) | Ty::Array(_) | Ty::List(..) => {
            let code = Code::try_call("length", vec![of.optional()]);
            Ok(Value::new(code, Ty::Number(Number::Count), false))
        }
        _ => Err(resolver.found("a list, a map or a text in `length(…)`", &of)),
    }
}

fn contains<'m>(resolver: &Resolver<'_, 'm>, of: Value<'m>, part: Value<'m>) -> Resolved<'m> {
    let flag = |function, arguments| {
        Ok(Value::new(
            Code::try_call(function, arguments),
            Ty::Flag,
            false,
        ))
    };
    if of.ty == Ty::Text {
        if part.ty != Ty::Text {
            return Err(resolver.found("a text to look for in a text", &part));
        }
        return flag("contains_text", vec![of.optional(), part.optional()]);
    }
    let found = resolver.found(
        "a text, or a list of texts, numbers or booleans in `contains(…)`",
        &of,
    );
    let list = plain(resolver.context, of).ok_or_else(|| found.clone())?;
    let Ty::List(Item::Of(item), nulls) = list.ty.clone() else {
        return Err(found);
    };
    let (item, part) = alike(
        resolver.context,
        super::value::variable("value", *item, false),
        part,
    )?;
    if !matches!(item.ty, Ty::Flag | Ty::Text | Ty::Number(_)) {
        return Err(found);
    }
    // Numbers of two types are compared as one type.
    let list = match &list.ty {
        Ty::List(Item::Of(ty), false) if **ty != item.ty => Code::try_call(
            "each",
            vec![list.optional(), Code::Closure(Box::new(item.code.some()))],
        ),
        Ty::List(Item::Of(ty), true) if **ty != item.ty => return Err(found),
        _ => list.optional(),
    };
    let part = part.optional();
    flag(
        "contains",
        vec![list, if nulls { part.some() } else { part }],
    )
}

/// The expression of a function for an item, in the variable `value`.
fn by<'m>(
    resolver: &Resolver<'_, 'm>,
    function: &str,
    list: &Value<'m>,
    of: &Expression,
) -> Resolved<'m> {
    let Some(item) = list.item(resolver.context) else {
        return Err(resolver.found(&format!("a list without nulls in `{function}(…)`"), list));
    };
    let of = resolver.value(of, &item)?;
    if of.ty == Ty::Null {
        return Err(format!("a value after `&` in `{function}(…)`, found null"));
    }
    Ok(of)
}

//! Ways through an output: paths of members, items and values alone, at whose end are texts. Nothing on them can be an
//! error, and what is missing is missing at the end.

use super::super::Context;
use super::value::{Ty, of_member, of_shape};
use crate::jmespath::Expression;
use crate::model::Kind;
use crate::names;
use crate::rust::{Leg, Way};

/// Where a way ends.
struct End<'m> {
    legs: Vec<Leg>,
    ty: Ty<'m>,
    /// It leads to several values.
    several: bool,
}

/// The way to one text, if the expression is one.
pub(super) fn text(context: &Context<'_>, from: &str, path: &Expression) -> Option<Way> {
    let end = walk(context, start(context, from)?, path)?;
    (!end.several && end.ty == Ty::Text).then_some(Way(end.legs))
}

/// The way to texts, or to a list of them.
pub(super) fn texts(context: &Context<'_>, from: &str, path: &Expression) -> Option<Way> {
    let mut end = walk(context, start(context, from)?, path)?;
    if let (Ty::Array(item), false) = (&end.ty, end.several) {
        end = items(context, item, end.legs);
    }
    (end.several && end.ty == Ty::Text).then_some(Way(end.legs))
}

fn start<'m>(context: &Context<'m>, from: &str) -> Option<End<'m>> {
    let (from, _) = context.model.shapes.get_key_value(from)?;
    Some(End {
        legs: Vec::new(),
        ty: Ty::Structure(from),
        several: false,
    })
}

fn items<'m>(context: &Context<'m>, item: &'m str, mut legs: Vec<Leg>) -> End<'m> {
    legs.push(Leg::Items);
    End {
        legs,
        ty: of_shape(context, item),
        several: true,
    }
}

/// `None` for what is more than a way.
fn walk<'m>(context: &Context<'m>, mut from: End<'m>, path: &Expression) -> Option<End<'m>> {
    match path {
        Expression::Current => Some(from),
        Expression::Member(name) => {
            let Ty::Structure(shape) = from.ty else {
                return None;
            };
            let Kind::Structure(structure) = &context.shape(shape)?.kind else {
                return None;
            };
            from.ty = of_member(context, structure.members.get(name)?)?;
            let field = context.part_name(shape, name, names::field_name);
            from.legs.push(Leg::Field(field));
            Some(from)
        }
        Expression::Then(first, then) => {
            let several = from.several;
            let first = walk(context, from, first)?;
            // After a projection has ended, it is about the list and not about each item.
            if first.several && !several {
                return None;
            }
            walk(context, first, then)
        }
        Expression::Each(list, of) => {
            let several = from.several;
            let list = walk(context, from, list)?;
            // A list within what is said of each item stays a list of its own.
            let end = match list.ty {
                _ if several => return None,
                Ty::Array(item) if !list.several => items(context, item, list.legs),
                _ if list.several => list,
                _ => return None,
            };
            walk(context, end, of)
        }
        Expression::Flatten(list) => {
            let list = walk(context, from, list)?;
            match list.ty {
                Ty::Array(item) if list.several => Some(items(context, item, list.legs)),
                // Its items are taken one by one where they are looked at, unless they are lists themselves.
                Ty::Array(item)
                    if !matches!(of_shape(context, item), Ty::Array(_) | Ty::Other(_)) =>
                {
                    Some(list)
                }
                _ => None,
            }
        }
        Expression::Values(map) => {
            let mut map = walk(context, from, map)?;
            let Ty::Map(value) = map.ty else {
                return None;
            };
            if map.several {
                return None;
            }
            map.legs.push(Leg::Values);
            map.ty = of_shape(context, value);
            map.several = true;
            Some(map)
        }
        _ => None,
    }
}

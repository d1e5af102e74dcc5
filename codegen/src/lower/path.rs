//! Paths into shapes, in the JMESPath that models write: members, items of lists, values of maps and the last item of a
//! list. Nothing on a path can be an error, and what is missing on it is missing at its end.
//!
//! Pagination, parameters of the endpoint rules and waiters all look along them; whatever else an expression asks for, they
//! take apart themselves.

use super::Context;
use crate::jmespath::Expression;
use crate::model::{Kind, Member};
use crate::names;
use crate::rust::{Path, Segment};

/// What a path leads to.
pub(super) struct Target<'m> {
    pub(super) path: Path,
    /// The shape of what is there, or of each where there are several.
    pub(super) shape: &'m str,
    /// It leads to several values.
    pub(super) several: bool,
}

/// Why an expression is no path into a shape.
pub(super) enum Wrong<'m> {
    /// The shape has no such member.
    Member { member: String, shape: &'m str },
    /// The member before `[-1]` is no list.
    List { member: String },
    /// It asks for more than a path leads to, or for what is read in another way than its shape says.
    Other,
}

/// Follows an expression from a shape on; `None` where the model has no such shape.
pub(super) fn walk<'m>(
    context: &Context<'m>,
    from: &str,
    path: &Expression,
) -> Option<Result<Target<'m>, Wrong<'m>>> {
    let (shape, _) = context.model.shapes.get_key_value(from)?;
    let start = Target {
        path: Path::default(),
        shape,
        several: false,
    };
    Some(start.walk(context, path))
}

impl<'m> Target<'m> {
    fn walk(mut self, context: &Context<'m>, path: &Expression) -> Result<Self, Wrong<'m>> {
        match path {
            Expression::Current => Ok(self),
            Expression::Member(name) => {
                let member = match self.kind(context) {
                    Some(Kind::Structure(structure)) => structure.members.get(name),
                    _ => None,
                };
                let member = member.ok_or_else(|| Wrong::Member {
                    member: name.clone(),
                    shape: self.shape,
                })?;
                if !is_read_as_its_shape(context, member) {
                    return Err(Wrong::Other);
                }
                let field = context.member_name(self.shape, name, names::field_name);
                self.path.0.push(Segment::Field(field));
                self.shape = &member.target;
                Ok(self)
            }
            Expression::Then(first, then) => {
                let several = self.several;
                let first = self.walk(context, first)?;
                // After a projection has ended, it is about the list and not about each item.
                if first.several && !several {
                    return Err(Wrong::Other);
                }
                first.walk(context, then)
            }
            Expression::Index(list, -1) if !self.several => {
                let mut list = self.walk(context, list)?;
                let item = list.item(context).filter(|_| !list.several);
                list.shape = item.ok_or_else(|| Wrong::List {
                    member: last_member(path).to_owned(),
                })?;
                list.path.0.push(Segment::Last);
                Ok(list)
            }
            // A list within what is said of each item stays a list of its own.
            Expression::Each(list, of) if !self.several => {
                let list = self.walk(context, list)?;
                let each = if list.several {
                    list
                } else {
                    list.items(context)?
                };
                each.walk(context, of)
            }
            Expression::Flatten(list) => {
                let list = self.walk(context, list)?;
                if list.several {
                    return list.items(context);
                }
                // Its items are taken one by one where they are looked at, unless they are lists themselves.
                match list.item(context).map(|item| context.kind(item)) {
                    None | Some(Some(Kind::List { .. }) | None) => Err(Wrong::Other),
                    Some(_) => Ok(list),
                }
            }
            Expression::Values(map) if !self.several => {
                let mut map = self.walk(context, map)?;
                let value = match map.kind(context) {
                    Some(Kind::Map {
                        value,
                        sparse: false,
                        ..
                    }) if !map.several => &value.target,
                    _ => return Err(Wrong::Other),
                };
                map.path.0.push(Segment::Values);
                map.shape = value;
                map.several = true;
                Ok(map)
            }
            _ => Err(Wrong::Other),
        }
    }

    fn kind(&self, context: &Context<'m>) -> Option<&'m Kind> {
        context.kind(self.shape)
    }

    /// The shape of the items, where it is a list in which none is null.
    pub(super) fn item(&self, context: &Context<'m>) -> Option<&'m str> {
        match self.kind(context)? {
            Kind::List {
                member,
                sparse: false,
            } => Some(&member.target),
            _ => None,
        }
    }

    /// The path to each of its items.
    pub(super) fn items(mut self, context: &Context<'m>) -> Result<Self, Wrong<'m>> {
        self.shape = self.item(context).ok_or(Wrong::Other)?;
        self.path.0.push(Segment::Items);
        self.several = true;
        Ok(self)
    }
}

/// Whether a member is read as its shape says, and before it is asked for.
pub(super) fn is_read_as_its_shape(context: &Context<'_>, member: &Member) -> bool {
    let streams = match context.kind(&member.target) {
        Some(Kind::Blob { .. }) => true,
        Some(Kind::Union(union)) => union.event_stream,
        _ => false,
    };
    !streams && !member.json_value
}

/// The member that a path names last.
fn last_member(path: &Expression) -> &str {
    match path {
        Expression::Member(name) => name,
        Expression::Index(of, _) | Expression::Then(_, of) => last_member(of),
        _ => "",
    }
}

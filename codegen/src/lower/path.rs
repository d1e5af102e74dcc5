//! Paths into shapes, in the JMESPath of models: members, items of lists, values of maps and the last item of a list. A
//! path never fails: if a value on it is missing, so is the result.
//!
//! Pagination, parameters of the endpoint rules and waiters use them; they handle all other expressions themselves.

use super::Context;
use crate::jmespath::Expression;
use crate::model::{Kind, Member};
use crate::names;
use crate::rust::{Path, Segment};

/// The target of a path.
pub(super) struct Target<'m> {
    pub(super) path: Path,
    /// The shape of the value, or of each value if there are several.
    pub(super) shape: &'m str,
    /// Whether there are several values.
    pub(super) several: bool,
}

/// Why an expression is not a path into a shape.
pub(super) enum Wrong<'m> {
    /// The shape has no such member.
    Member { member: String, shape: &'m str },
    /// The member before `[-1]` is not a list.
    List { member: String },
    /// The expression is more than a path, or the value is not read as its shape.
    Other,
}

/// Follows an expression from a shape on; `None` if the model has no such shape.
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
                // After the end of a projection, the rest applies to the list and not to each item.
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
            // A list within each item stays a separate list.
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
                // Its items are used one by one, unless they are lists themselves.
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

    /// The shape of the items, if it is a list without nulls.
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

/// Whether a member is read as its shape, before the call returns.
pub(super) fn is_read_as_its_shape(context: &Context<'_>, member: &Member) -> bool {
    let streams = match context.kind(&member.target) {
        Some(Kind::Blob { .. }) => true,
        Some(Kind::Union(union)) => union.event_stream,
        _ => false,
    };
    !streams && !member.json_value
}

/// The last member that a path names.
fn last_member(path: &Expression) -> &str {
    match path {
        Expression::Member(name) => name,
        Expression::Index(of, _) | Expression::Then(_, of) => last_member(of),
        _ => "",
    }
}

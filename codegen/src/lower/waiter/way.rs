//! Ways through an output: each step of a path against the shape that it starts from.

use super::super::{Context, types};
use super::condition;
use crate::check::named;
use crate::docs::code;
use crate::jmespath::Part;
use crate::model::{Kind, Shape};
use crate::names;
use crate::problem::nearest;
use crate::rust::{Leg, Ty, Way};

/// Where a path ends.
pub(super) struct End<'m> {
    pub(super) way: Way,
    pub(super) shape: &'m str,
    /// It leads to several values of that shape.
    pub(super) several: bool,
}

impl<'m> End<'m> {
    pub(super) fn ty(&self, context: &Context<'m>) -> Ty {
        types::ty(context, self.shape)
    }

    /// What is there, in words.
    pub(super) fn told(&self, context: &Context<'_>) -> String {
        let kind = context.shape(self.shape).map(|shape| named(&shape.kind));
        let kind = kind.unwrap_or("nothing");
        if self.several {
            format!("several values, each of them {kind}")
        } else {
            kind.to_owned()
        }
    }
}

fn is_text(ty: &Ty) -> bool {
    matches!(ty, Ty::String | Ty::Enumeration(_))
}

/// The way to one text.
pub(super) fn text(
    context: &Context<'_>,
    from: &str,
    path: &str,
    parts: &[Part],
) -> Result<Way, String> {
    let end = walk(context, from, path, parts)?;
    if !end.several && is_text(&end.ty(context)) {
        return Ok(end.way);
    }
    Err(leads_to("a path to one text", path, &end, context))
}

/// The way to a flag.
pub(super) fn flag(
    context: &Context<'_>,
    from: &str,
    path: &str,
    parts: &[Part],
) -> Result<Way, String> {
    let end = walk(context, from, path, parts)?;
    if !end.several && end.ty(context) == Ty::Boolean {
        return Ok(end.way);
    }
    Err(leads_to(
        "a path to one boolean, or a condition",
        path,
        &end,
        context,
    ))
}

/// The way to texts, or to a list of them.
pub(super) fn texts(
    context: &Context<'_>,
    from: &str,
    path: &str,
    parts: &[Part],
) -> Result<Way, String> {
    let mut end = walk(context, from, path, parts)?;
    match end.ty(context) {
        ty if end.several && is_text(&ty) => return Ok(end.way),
        Ty::List {
            item,
            sparse: false,
        } if !end.several && is_text(&item) => {
            end.way.0.push(Leg::Items);
            return Ok(end.way);
        }
        _ => {}
    }
    Err(leads_to("a path to several texts", path, &end, context))
}

fn leads_to(wanted: &str, path: &str, end: &End<'_>, context: &Context<'_>) -> String {
    format!(
        "expected {wanted}, found {}, which leads to {}",
        code(path),
        end.told(context)
    )
}

/// The steps of a path from a shape on, and what they lead to.
pub(super) fn walk<'m>(
    context: &Context<'m>,
    from: &str,
    path: &str,
    parts: &[Part],
) -> Result<End<'m>, String> {
    let Some((from, _)) = context.model.shapes.get_key_value(from) else {
        return Err(format!("expected the name of a shape, found `{from}`"));
    };
    let mut end = End {
        way: Way::default(),
        shape: from,
        several: false,
    };
    for part in parts {
        step(context, path, part, &mut end)?;
    }
    Ok(end)
}

fn step<'m>(
    context: &Context<'m>,
    path: &str,
    part: &Part,
    end: &mut End<'m>,
) -> Result<(), String> {
    let kind = context.shape(end.shape).map(|shape: &'m Shape| &shape.kind);
    let leg = match (part, kind) {
        (Part::Member(member), Some(Kind::Structure(structure))) => {
            let Some(target) = structure.members.get(member) else {
                let near = nearest(member, structure.members.keys().map(String::as_str));
                return Err(format!(
                    "expected a path through members of the output, found {}, of which `{member}` is not a member of `{}`{near}",
                    code(path),
                    end.shape
                ));
            };
            let field = context.part_name(end.shape, member, names::field_name);
            end.shape = &target.target;
            Leg::Field(field)
        }
        (Part::Flatten, Some(Kind::List { member, sparse: false }))
            // Within a list, `[]` takes lists apart that are items; that of a list of lists no model does.
            if end.several || !is_list(context, &member.target) =>
        {
            end.shape = &member.target;
            end.several = true;
            Leg::Items
        }
        (Part::Items, Some(Kind::List { member, sparse: false })) if !end.several => {
            end.shape = &member.target;
            end.several = true;
            Leg::Items
        }
        (Part::Values, Some(Kind::Map { value, sparse: false, .. })) if !end.several => {
            end.shape = &value.target;
            end.several = true;
            Leg::Values
        }
        (Part::Filter(of), Some(Kind::List { member, sparse: false })) if !end.several => {
            end.shape = &member.target;
            end.several = true;
            Leg::Filter(condition::test(context, &member.target, path, of)?)
        }
        (part, _) => {
            let wanted = match part {
                Part::Member(member) => format!("a structure with the member `{member}`"),
                Part::Flatten => "a list without nulls before `[]`".to_owned(),
                Part::Items => "one list without nulls before `[*]`".to_owned(),
                Part::Values => "one map without nulls before `.*`".to_owned(),
                Part::Filter(_) => "one list without nulls before `[?`".to_owned(),
            };
            return Err(format!(
                "expected {wanted}, found {}, which has `{}` there: {}",
                code(path),
                end.shape,
                end.told(context)
            ));
        }
    };
    end.way.0.push(leg);
    Ok(())
}

fn is_list(context: &Context<'_>, shape: &str) -> bool {
    matches!(
        context.shape(shape).map(|shape| &shape.kind),
        Some(Kind::List { .. })
    )
}

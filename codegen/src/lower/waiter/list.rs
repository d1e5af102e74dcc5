//! Operations on lists: items, slices, filters, and lists and objects that an expression creates.

use super::expression::{Resolved, Resolver};
use super::literal::list_of;
use super::value::{Item, Ty, Value, maybe_borrowed, of_shape, variable};
use crate::docs::code_span;
use crate::jmespath::{Expression, Slice};
use crate::rust::Code;

impl<'m> Resolver<'_, 'm> {
    pub(super) fn index(&self, list: Value<'m>, index: i64) -> Resolved<'m> {
        let ty = list.ty.clone();
        let found =
            |list: Value<'m>| Code::call("index", vec![list.optional(), Code::Integer(index)]);
        match ty {
            Ty::Array(shape) | Ty::List(Item::Raw(shape), _) => {
                Ok(maybe_borrowed(self.context, found(list), shape))
            }
            Ty::List(Item::Of(ty), nulls) => {
                let found = found(list);
                let found = if nulls {
                    found.method("flatten", Vec::new())
                } else {
                    found
                };
                Ok(Value::new(found, *ty, true))
            }
            Ty::List(Item::None, _) | Ty::Null => Ok(Value::null()),
            _ => Err(self.found(&format!("a list without nulls before `[{index}]`"), &list)),
        }
    }

    pub(super) fn slice(&self, list: Value<'m>, slice: Slice) -> Resolved<'m> {
        let Slice { start, stop, step } = slice;
        let step = step.unwrap_or(1);
        if step == 0 {
            return Err("a slice with a step, found one of zero".to_owned());
        }
        let end = |at: Option<i64>| at.map_or(Code::None, |at| Code::Integer(at).some());
        match list.clone().list() {
            Ok((_, item, nulls)) => {
                let arguments = vec![list.optional(), end(start), end(stop), Code::Integer(step)];
                let code = Code::call("slice", arguments);
                Ok(Value::new(code, Ty::List(item, nulls), true))
            }
            Err(list) => Err(self.found("a list without nulls before a slice", &list)),
        }
    }

    /// The list itself if its items are not lists.
    pub(super) fn flatten(&self, list: Value<'m>) -> Resolved<'m> {
        let list = list.compact();
        let inner = match &list.ty {
            Ty::Array(shape) | Ty::List(Item::Raw(shape), _) => of_shape(self.context, shape),
            Ty::List(Item::Of(ty), _) => (**ty).clone(),
            Ty::List(Item::None, _) | Ty::Null => return Ok(list),
            _ => return Err(self.found("a list without nulls before `[]`", &list)),
        };
        let ty = match inner {
            Ty::Array(shape) => Ty::List(Item::Raw(shape), false),
            inner @ Ty::List(..) => inner,
            Ty::Other(_) => {
                return Err(self.found("a list of supported items before `[]`", &list));
            }
            _ => return Ok(list),
        };
        let code = Code::call("flatten", vec![list.optional()]);
        Ok(Value::new(code, ty, true))
    }

    pub(super) fn each(&self, list: Value<'m>, of: &Expression) -> Resolved<'m> {
        if *of == Expression::Current || list.ty == Ty::Null {
            return match list.ty {
                Ty::Array(_) | Ty::List(..) | Ty::Null => Ok(list),
                _ => Err(self.found("a list without nulls before `[*]`", &list)),
            };
        }
        let Some(item) = list.item(self.context) else {
            return Err(self.found("a list without nulls before `[*]`", &list));
        };
        let of = self.value(of, &item)?;
        if of.ty == Ty::Null {
            return Err("a member of each item, found null".to_owned());
        }
        let ty = Ty::List(Item::Of(Box::new(of.ty.clone())), false);
        let of = Code::Closure(Box::new(of.optional()));
        let code = Code::try_call("each", vec![list.optional(), of]);
        Ok(Value::new(code, ty, true))
    }

    pub(super) fn filter(&self, list: Value<'m>, condition: &Expression) -> Resolved<'m> {
        if list.ty == Ty::Null {
            return Ok(list);
        }
        let Some(item) = list.item(self.context) else {
            return Err(self.found("a list without nulls before `[?`", &list));
        };
        let condition = Code::Closure(Box::new(self.truth(condition, &item)?));
        let item = match list.clone().list() {
            Ok((_, item, _)) => item,
            Err(_) => Item::None,
        };
        let code = Code::try_call("filter", vec![list.optional(), condition]);
        Ok(Value::new(code, Ty::List(item, false), true))
    }

    /// Several values from one; null from null.
    pub(super) fn multi(
        &self,
        current: &Value<'m>,
        of: impl Fn(&Value<'m>) -> Resolved<'m>,
    ) -> Resolved<'m> {
        if !current.null {
            return of(current);
        }
        let of = of(&variable("value", current.ty.clone(), false))?;
        let ty = of.ty.clone();
        let code = Code::IfSome(Box::new(current.code.clone()), Box::new(of.optional()));
        Ok(Value::new(code, ty, true))
    }

    pub(super) fn list(&self, items: &[Expression], current: &Value<'m>) -> Resolved<'m> {
        let items: Result<Vec<_>, _> = items.iter().map(|item| self.value(item, current)).collect();
        list_of(self.context, items?)
    }

    pub(super) fn hash(
        &self,
        members: &[(String, Expression)],
        current: &Value<'m>,
    ) -> Resolved<'m> {
        let (mut parts, mut types) = (Vec::new(), Vec::new());
        for (name, of) in members {
            let value = self.value(of, current)?;
            if value.ty == Ty::Null {
                return Err(format!("a value for {}, found null", code_span(name)));
            }
            types.push((name.clone(), value.ty, value.null));
            parts.push(value.code);
        }
        Ok(Value::new(Code::Tuple(parts), Ty::Hash(types), false))
    }
}

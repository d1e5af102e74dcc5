//! From an expression to Rust that evaluates it, with the types of the output and the semantics of JMESPath: null is
//! `None`, and an error ends the whole expression.

use super::super::Context;
use super::function;
use super::literal::literal;
use super::value::{Item, Ty, Value, borrowed, maybe_borrowed, of_member, taken, variable};
use crate::docs::code_span;
use crate::jmespath::Expression;
use crate::model::Kind;
use crate::names;
use crate::problem::nearest;
use crate::rust::Code;

/// Resolves one expression.
pub(super) struct Resolver<'c, 'm> {
    pub(super) context: &'c Context<'m>,
    /// The shapes of the operation's input and output.
    pub(super) input: Option<&'m str>,
    pub(super) output: Option<&'m str>,
}

pub(super) type Resolved<'m> = Result<Value<'m>, String>;

impl<'m> Resolver<'_, 'm> {
    /// The result of an expression for a value. An error says what was expected and what was found.
    pub(super) fn value(&self, of: &Expression, current: &Value<'m>) -> Resolved<'m> {
        match of {
            Expression::Current => Ok(current.clone()),
            Expression::Member(name) => self.member(name, current),
            Expression::Literal(value) => literal(value),
            Expression::Then(first, then) => {
                let first = self.value(first, current)?;
                self.then(first, then)
            }
            Expression::Index(list, index) => {
                let list = self.value(list, current)?;
                self.index(list, *index)
            }
            Expression::Slice(list, slice) => {
                let list = self.value(list, current)?;
                self.slice(list, *slice)
            }
            Expression::Flatten(list) => {
                let list = self.value(list, current)?;
                self.flatten(list)
            }
            Expression::Each(list, of) => {
                let list = self.value(list, current)?.compact();
                self.each(list, of)
            }
            Expression::Values(map) => {
                let map = self.value(map, current)?;
                match map.ty {
                    Ty::Map(value) => Ok(Value::new(
                        Code::call("values", vec![map.optional()]),
                        Ty::List(Item::Raw(value), false),
                        true,
                    )),
                    _ => Err(self.found("a map without nulls before `.*`", &map)),
                }
            }
            Expression::Filter(list, condition) => {
                let list = self.value(list, current)?.compact();
                self.filter(list, condition)
            }
            Expression::List(items) => self.multi(current, |current| self.list(items, current)),
            Expression::Hash(members) => self.multi(current, |current| self.hash(members, current)),
            Expression::Call(function, arguments) => {
                function::call(self, function, arguments, current)
            }
            Expression::Reference(_) => {
                Err("a value, found `&`, which only some functions take".to_owned())
            }
            Expression::Compare(comparison, left, right) => {
                let (left, right) = (self.value(left, current)?, self.value(right, current)?);
                self.compare(*comparison, left, right)
            }
            Expression::And(left, right) => self.either(
                self.value(left, current)?,
                self.value(right, current)?,
                true,
            ),
            Expression::Or(left, right) => self.either(
                self.value(left, current)?,
                self.value(right, current)?,
                false,
            ),
            Expression::Not(of) => {
                let truth = self.truth(of, current)?;
                Ok(Value::new(Code::Not(Box::new(truth)), Ty::Flag, false))
            }
        }
    }

    pub(super) fn found(&self, expected: &str, value: &Value<'_>) -> String {
        format!("{expected}, found {}", value.describe(self.context))
    }

    pub(super) fn member(&self, name: &str, current: &Value<'m>) -> Resolved<'m> {
        match &current.ty {
            Ty::Structure(shape) => {
                let Some(Kind::Structure(structure)) =
                    self.context.shape(shape).map(|shape| &shape.kind)
                else {
                    return Err(self.found("a structure", current));
                };
                let Some(member) = structure.members.get(name) else {
                    // A name that is not a member is null; one that is near a member is probably a mistake.
                    if name == "null" {
                        return Ok(Value::null());
                    }
                    let near = nearest(name, structure.members.keys().map(String::as_str));
                    return Err(format!(
                        "a member of {}, found {}{near}",
                        code_span(shape),
                        code_span(name)
                    ));
                };
                let Some(ty) = of_member(self.context, member) else {
                    return Err(format!(
                        "a member that is read as its shape, found {}",
                        code_span(name)
                    ));
                };
                let field = self.context.member_name(shape, name, names::field_name);
                let boxed = self.context.boxed.contains(&(*shape, name));
                let taken = taken(&ty, boxed);
                let code = match current.code.clone() {
                    // Continues the same path.
                    Code::Fields {
                        of,
                        optional,
                        mut fields,
                        taken: _,
                    } => {
                        fields.push(field);
                        Code::Fields {
                            of,
                            optional,
                            fields,
                            taken,
                        }
                    }
                    of => Code::Fields {
                        of: Box::new(of),
                        optional: current.null,
                        fields: vec![field],
                        taken,
                    },
                };
                Ok(Value::new(code, ty, true))
            }
            Ty::Both => match (name, self.input, self.output) {
                ("input", Some(input), _) => Ok(Value::new(
                    Code::variable("input"),
                    Ty::Structure(input),
                    false,
                )),
                ("output", _, Some(output)) => Ok(Value::new(
                    Code::variable("output"),
                    Ty::Structure(output),
                    false,
                )),
                _ => Err(format!("`input` or `output`, found {}", code_span(name))),
            },
            Ty::Map(value) => {
                let arguments = vec![current.clone().optional(), Code::Text(name.to_owned())];
                let found = Code::call("member", arguments);
                Ok(maybe_borrowed(self.context, found, value))
            }
            Ty::Hash(members) => {
                let found = members.iter().position(|(member, ..)| member == name);
                let Some((at, (_, ty, null))) = found.and_then(|at| Some((at, members.get(at)?)))
                else {
                    return Err(format!("a member of `{{…}}`, found {}", code_span(name)));
                };
                let part = |of| Code::Part(Box::new(of), at);
                let (code, null) = match current.null {
                    false => (part(current.code.clone()), *null),
                    true => {
                        let part = Value::new(part(Code::variable("value")), ty.clone(), *null);
                        let found =
                            Code::IfSome(Box::new(current.code.clone()), Box::new(part.optional()));
                        (found, true)
                    }
                };
                Ok(Value::new(code, ty.clone(), null))
            }
            Ty::Null => Ok(Value::null()),
            _ => Err(self.found(
                &format!("a structure with the member {}", code_span(name)),
                current,
            )),
        }
    }

    /// The result of `then` for a value, which is evaluated once.
    pub(super) fn then(&self, first: Value<'m>, then: &Expression) -> Resolved<'m> {
        if first.code.is_cheap() || uses(then) == 1 {
            return self.value(then, &first);
        }
        let name = variable("value", first.ty.clone(), first.null);
        let then = self.value(then, &name)?;
        let code = Code::Let(Box::new(first.code), Box::new(then.code));
        Ok(Value::new(code, then.ty, then.null))
    }
}

/// How often an expression uses its value.
pub(super) fn uses(of: &Expression) -> usize {
    match of {
        Expression::Current | Expression::Member(_) => 1,
        Expression::Literal(_) | Expression::Reference(_) => 0,
        Expression::Then(of, _)
        | Expression::Index(of, _)
        | Expression::Slice(of, _)
        | Expression::Flatten(of)
        | Expression::Each(of, _)
        | Expression::Values(of)
        | Expression::Filter(of, _)
        | Expression::Not(of) => uses(of),
        Expression::Call(_, of) => of.iter().map(uses).sum(),
        // Null results in null, so the value is tested separately from its members.
        Expression::List(of) => 1 + of.iter().map(uses).sum::<usize>(),
        Expression::Hash(of) => 1 + of.iter().map(|(_, of)| uses(of)).sum::<usize>(),
        Expression::Compare(_, left, right)
        | Expression::And(left, right)
        | Expression::Or(left, right) => uses(left) + uses(right),
    }
}

/// The output itself, at which paths begin.
pub(super) fn root<'m>(context: &Context<'m>, output: &'m str) -> Value<'m> {
    borrowed(context, Code::variable("output"), output)
}

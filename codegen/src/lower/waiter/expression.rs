//! From an expression to Rust that works it out, with the types of the output and the meaning that JMESPath gives it:
//! null is `None`, and an error takes the whole expression with it.

use super::super::Context;
use super::function;
use super::value::{
    Item, Number, Ty, Value, alike, borrowed, maybe_borrowed, of_member, of_shape, plain, taken,
    variable,
};
use crate::docs::code;
use crate::jmespath::{Comparison, Expression, Slice};
use crate::model::{Kind, Quantifier};
use crate::names;
use crate::problem::nearest;
use crate::rust::{Code, Sign};
use serde_json::Value as Json;

/// What resolves one expression.
pub(super) struct Resolver<'c, 'm> {
    pub(super) context: &'c Context<'m>,
    /// The shapes of the operation's input and output.
    pub(super) input: Option<&'m str>,
    pub(super) output: Option<&'m str>,
}

pub(super) type Resolved<'m> = Result<Value<'m>, String>;

impl<'m> Resolver<'_, 'm> {
    /// What an expression about a value comes to. An error says what was expected and what was found.
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

    /// Whether an expression holds, as a `bool`.
    pub(super) fn truth(&self, of: &Expression, current: &Value<'m>) -> Result<Code, String> {
        match of {
            Expression::And(left, right) => {
                let (left, right) = (self.truth(left, current)?, self.truth(right, current)?);
                Ok(left.operator(Sign::And, right))
            }
            Expression::Or(left, right) => {
                let (left, right) = (self.truth(left, current)?, self.truth(right, current)?);
                Ok(left.operator(Sign::Or, right))
            }
            Expression::Not(of) => Ok(Code::Not(Box::new(self.truth(of, current)?))),
            of => self.value(of, current)?.truth(self.context),
        }
    }

    /// A condition as true, false or null, where what is no boolean counts as null: neither is it true or false.
    pub(super) fn flag(&self, of: &Expression, current: &Value<'m>) -> Resolved<'m> {
        if self.can_be_flag(of, current) {
            return self.as_flag(of, current);
        }
        let value = self.value(of, current)?;
        Err(self.found("a condition", &value))
    }

    fn can_be_flag(&self, of: &Expression, current: &Value<'m>) -> bool {
        match of {
            Expression::And(left, right) | Expression::Or(left, right) => {
                self.can_be_flag(left, current) || self.can_be_flag(right, current)
            }
            of => self
                .value(of, current)
                .is_ok_and(|value| value.ty == Ty::Flag),
        }
    }

    fn as_flag(&self, of: &Expression, current: &Value<'m>) -> Resolved<'m> {
        let is_flag = |of| {
            self.value(of, current)
                .ok()
                .filter(|value| value.ty == Ty::Flag)
        };
        let nullable = |code| Value::new(code, Ty::Flag, true);
        let (Expression::And(left, right) | Expression::Or(left, right)) = of else {
            return match is_flag(of) {
                Some(flag) => Ok(flag),
                // It may be an error nevertheless.
                None => {
                    let truth = Box::new(self.truth(of, current)?);
                    Ok(nullable(Code::Let(truth, Box::new(Code::None))))
                }
            };
        };
        let and = matches!(of, Expression::And(..));
        let right = self.as_flag(right, current)?;
        if let Some(left) = is_flag(left) {
            return self.either(left, right, and);
        }
        let truth = Box::new(self.truth(left, current)?);
        let (left, right) = (self.as_flag(left, current)?.optional(), right.optional());
        let (yes, no) = if and { (right, left) } else { (left, right) };
        Ok(nullable(Code::If(truth, Box::new(yes), Box::new(no))))
    }

    /// Whether what an expression comes to is what is expected of it, as a `bool`.
    pub(super) fn fits(
        &self,
        of: &Expression,
        current: &Value<'m>,
        quantifier: Quantifier,
        expected: &Json,
    ) -> Result<Code, String> {
        if let (Json::Bool(expected), Quantifier::Itself) = (expected, quantifier) {
            let flag = self.flag(of, current)?;
            return Ok(match (flag.null, expected) {
                (true, _) => flag
                    .code
                    .operator(Sign::Equal, Code::Flag(*expected).some()),
                (false, true) => flag.code,
                (false, false) => Code::Not(Box::new(flag.code)),
            });
        }
        let value = self.value(of, current)?;
        let function = match quantifier {
            Quantifier::Itself => {
                let fits = self.compare(Comparison::Equal, value, literal(expected)?)?;
                return Ok(fits.code);
            }
            Quantifier::All => "all",
            Quantifier::Any => "any",
        };
        let found = self.found("a list of what is expected", &value);
        let list = plain(self.context, value).ok_or_else(|| found.clone())?;
        let Ty::List(Item::Of(item), nulls) = list.ty.clone() else {
            return Err(found);
        };
        let (item, expected) = alike(
            self.context,
            variable("value", (*item).clone(), false),
            literal(expected)?,
        )
        .map_err(|_| found.clone())?;
        if !matches!(item.ty, Ty::Flag | Ty::Text | Ty::Number(_))
            || item.code != Code::variable("value")
        {
            return Err(found);
        }
        let expected = if nulls {
            expected.optional()
        } else {
            expected.code
        };
        Ok(Code::call(function, vec![list.optional(), expected]))
    }

    pub(super) fn found(&self, expected: &str, value: &Value<'_>) -> String {
        format!("{expected}, found {}", value.told(self.context))
    }

    fn member(&self, name: &str, current: &Value<'m>) -> Resolved<'m> {
        match &current.ty {
            Ty::Structure(shape) => {
                let Some(Kind::Structure(structure)) =
                    self.context.shape(shape).map(|shape| &shape.kind)
                else {
                    return Err(self.found("a structure", current));
                };
                let Some(member) = structure.members.get(name) else {
                    // What is no member is null; a name like this is meant to be.
                    if name == "null" {
                        return Ok(Value::null());
                    }
                    let near = nearest(name, structure.members.keys().map(String::as_str));
                    return Err(format!(
                        "a member of {}, found {}{near}",
                        code(shape),
                        code(name)
                    ));
                };
                let Some(ty) = of_member(self.context, member) else {
                    return Err(format!(
                        "a member that is read as its shape says, found {}",
                        code(name)
                    ));
                };
                let field = self.context.part_name(shape, name, names::field_name);
                let boxed = self.context.boxed.contains(&(*shape, name));
                let taken = taken(&ty, boxed);
                let code = match current.code.clone() {
                    // Further along the same way.
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
                _ => Err(format!("`input` or `output`, found {}", code(name))),
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
                    return Err(format!("a member of `{{…}}`, found {}", code(name)));
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
                &format!("a structure with the member {}", code(name)),
                current,
            )),
        }
    }

    /// What `then` says of a value, which is worked out once.
    fn then(&self, first: Value<'m>, then: &Expression) -> Resolved<'m> {
        if first.code.is_cheap() || uses(then) == 1 {
            return self.value(then, &first);
        }
        let name = variable("value", first.ty.clone(), first.null);
        let then = self.value(then, &name)?;
        let code = Code::Let(Box::new(first.code), Box::new(then.code));
        Ok(Value::new(code, then.ty, then.null))
    }

    fn index(&self, list: Value<'m>, index: i64) -> Resolved<'m> {
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

    fn slice(&self, list: Value<'m>, slice: Slice) -> Resolved<'m> {
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

    /// The list itself where its items are no lists.
    fn flatten(&self, list: Value<'m>) -> Resolved<'m> {
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
                return Err(self.found("a list of what the generator knows before `[]`", &list));
            }
            _ => return Ok(list),
        };
        let code = Code::call("flatten", vec![list.optional()]);
        Ok(Value::new(code, ty, true))
    }

    fn each(&self, list: Value<'m>, of: &Expression) -> Resolved<'m> {
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

    fn filter(&self, list: Value<'m>, condition: &Expression) -> Resolved<'m> {
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

    /// Several values of one; null of null.
    fn multi(&self, current: &Value<'m>, of: impl Fn(&Value<'m>) -> Resolved<'m>) -> Resolved<'m> {
        if !current.null {
            return of(current);
        }
        let of = of(&variable("value", current.ty.clone(), false))?;
        let ty = of.ty.clone();
        let code = Code::IfSome(Box::new(current.code.clone()), Box::new(of.optional()));
        Ok(Value::new(code, ty, true))
    }

    fn list(&self, items: &[Expression], current: &Value<'m>) -> Resolved<'m> {
        let items: Result<Vec<_>, _> = items.iter().map(|item| self.value(item, current)).collect();
        list_of(self.context, items?)
    }

    fn hash(&self, members: &[(String, Expression)], current: &Value<'m>) -> Resolved<'m> {
        let (mut parts, mut types) = (Vec::new(), Vec::new());
        for (name, of) in members {
            let value = self.value(of, current)?;
            if value.ty == Ty::Null {
                return Err(format!("a value for {}, found null", code(name)));
            }
            types.push((name.clone(), value.ty, value.null));
            parts.push(value.code);
        }
        Ok(Value::new(Code::Tuple(parts), Ty::Hash(types), false))
    }

    /// `&&` and `||`: the left side where it decides, else the right one.
    fn either(&self, left: Value<'m>, right: Value<'m>, and: bool) -> Resolved<'m> {
        let (left, right) = alike(self.context, left, right)?;
        let ty = left.ty.clone();
        let flags = ty == Ty::Flag;
        if flags && !left.null && !right.null {
            let sign = if and { Sign::And } else { Sign::Or };
            return Ok(Value::new(left.code.operator(sign, right.code), ty, false));
        }
        if flags && !left.null {
            let (yes, no) = match and {
                true => (right.code, Code::Flag(false).some()),
                false => (Code::Flag(true).some(), right.code),
            };
            let code = Code::If(Box::new(left.code), Box::new(yes), Box::new(no));
            return Ok(Value::new(code, ty, true));
        }
        if !matches!(
            ty,
            Ty::Flag | Ty::Text | Ty::Map(_) | Ty::Array(_) | Ty::List(..)
        ) {
            return Err(self.found(
                "conditions, texts, lists or maps beside `&&` and `||`",
                &left,
            ));
        }
        let (left, right) = (Box::new(left.optional()), Box::new(right.optional()));
        let code = if and {
            Code::And(left, right)
        } else {
            Code::Or(left, right)
        };
        Ok(Value::new(code, ty, true))
    }

    pub(super) fn compare(
        &self,
        comparison: Comparison,
        left: Value<'m>,
        right: Value<'m>,
    ) -> Resolved<'m> {
        let sign = match comparison {
            Comparison::Equal => Sign::Equal,
            Comparison::NotEqual => Sign::NotEqual,
            Comparison::Less => Sign::Less,
            Comparison::LessOrEqual => Sign::LessOrEqual,
            Comparison::Greater => Sign::Greater,
            Comparison::GreaterOrEqual => Sign::GreaterOrEqual,
        };
        if comparison.is_order() {
            if !matches!((&left.ty, &right.ty), (Ty::Number(_), Ty::Number(_))) {
                return Err(format!(
                    "numbers of which one is the greater, found {} beside {}",
                    left.told(self.context),
                    right.told(self.context)
                ));
            }
            let (left, right) = alike(self.context, left, right)?;
            if !left.null && !right.null {
                return Ok(Value::new(
                    left.code.operator(sign, right.code),
                    Ty::Flag,
                    false,
                ));
            }
            let (left, right) = (left.optional(), right.optional());
            let code = Code::Order(sign, Box::new(left), Box::new(right));
            return Ok(Value::new(code, Ty::Flag, true));
        }
        let flag = |code| Ok(Value::new(code, Ty::Flag, false));
        let missing = match (&left.ty, &right.ty) {
            (_, Ty::Null) => Some(left.clone()),
            (Ty::Null, _) => Some(right.clone()),
            _ => None,
        };
        if let Some(value) = missing {
            let test = if sign == Sign::Equal {
                "is_none"
            } else {
                "is_some"
            };
            let code = match value.ty {
                Ty::Null => Code::Flag(sign == Sign::Equal),
                _ => value.optional().method(test, Vec::new()),
            };
            return flag(code);
        }
        // An empty list is one of any type.
        let empty = |value: &Value<'_>| value.code == Code::Empty;
        let is_list = |value: &Value<'_>| matches!(value.ty, Ty::List(..) | Ty::Array(_));
        let other = match (empty(&left), empty(&right)) {
            (false, true) if is_list(&left) => Some(left.clone()),
            (true, false) if is_list(&right) => Some(right.clone()),
            _ => None,
        };
        if let Some(list) = other {
            let is_empty = Code::variable("value").method("is_empty", Vec::new());
            let is_empty = Code::Map(Box::new(list.optional()), Box::new(is_empty));
            return flag(is_empty.operator(sign, Code::Flag(true).some()));
        }
        let (mut left, mut right) = alike(self.context, left, right)?;
        if matches!(left.ty, Ty::List(..) | Ty::Array(_)) {
            (left, right) = self.comparable(left, right)?;
        } else if !matches!(left.ty, Ty::Flag | Ty::Number(_) | Ty::Text) {
            return Err(self.found(
                "texts, numbers, booleans or lists of them to compare",
                &left,
            ));
        }
        if left.null || right.null {
            return flag(left.optional().operator(sign, right.optional()));
        }
        flag(left.code.operator(sign, right.code))
    }

    /// Lists of what can be compared.
    fn comparable(
        &self,
        left: Value<'m>,
        right: Value<'m>,
    ) -> Result<(Value<'m>, Value<'m>), String> {
        let plain = |value: Value<'m>| {
            let found = self.found("lists of texts, numbers or booleans to compare", &value);
            let plain = super::value::plain(self.context, value);
            let simple = |ty: &Ty<'_>| matches!(ty, Ty::Flag | Ty::Number(_) | Ty::Text);
            match plain {
                Some(value) => match &value.ty {
                    Ty::List(Item::Of(ty), _) if simple(ty) => Ok(value),
                    _ => Err(found),
                },
                None => Err(found),
            }
        };
        Ok((plain(left)?, plain(right)?))
    }
}

/// How often an expression looks at the value that it is about.
fn uses(of: &Expression) -> usize {
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
        // Null gives null, so it is looked at apart from its members.
        Expression::List(of) => 1 + of.iter().map(uses).sum::<usize>(),
        Expression::Hash(of) => 1 + of.iter().map(|(_, of)| uses(of)).sum::<usize>(),
        Expression::Compare(_, left, right)
        | Expression::And(left, right)
        | Expression::Or(left, right) => uses(left) + uses(right),
    }
}

/// A list of these items, all of one type.
pub(super) fn list_of<'m>(context: &Context<'m>, items: Vec<Value<'m>>) -> Resolved<'m> {
    let nulls = items.iter().any(|item| item.null);
    let mut made: Vec<Value<'m>> = Vec::new();
    let Some(mut of) = items.iter().find(|item| item.ty != Ty::Null).cloned() else {
        return match items.is_empty() {
            true => Ok(Value::new(Code::Empty, Ty::List(Item::None, false), false)),
            false => Err("a list of what is not null, found nulls".to_owned()),
        };
    };
    // A number takes the type of the first that is no literal.
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
                item.told(context),
                of.told(context)
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

fn literal<'m>(value: &Json) -> Resolved<'m> {
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
                    code(&value.to_string())
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
                code(&value.to_string())
            ));
        }
    })
}

/// The output itself, which paths begin with.
pub(super) fn root<'m>(context: &Context<'m>, output: &'m str) -> Value<'m> {
    borrowed(context, Code::variable("output"), output)
}

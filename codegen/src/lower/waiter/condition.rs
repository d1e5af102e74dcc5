//! Conditions: values that are true, false or null, comparisons, and whether a value is the expected one.

use super::expression::{Resolved, Resolver};
use super::literal::literal;
use super::value::{Item, Ty, Value, alike, plain, variable};
use crate::jmespath::{Comparison, Expression};
use crate::model::Quantifier;
use crate::rust::{Code, Sign};
use serde_json::Value as Json;

impl<'m> Resolver<'_, 'm> {
    /// Whether an expression is true, as a `bool`.
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

    /// A condition as true, false or null; a value that is not a boolean counts as null, since it is neither true nor
    /// false.
    pub(super) fn flag(&self, of: &Expression, current: &Value<'m>) -> Resolved<'m> {
        if self.can_be_flag(of, current) {
            return self.as_flag(of, current);
        }
        let value = self.value(of, current)?;
        Err(self.found("a condition", &value))
    }

    pub(super) fn can_be_flag(&self, of: &Expression, current: &Value<'m>) -> bool {
        match of {
            Expression::And(left, right) | Expression::Or(left, right) => {
                self.can_be_flag(left, current) || self.can_be_flag(right, current)
            }
            of => self
                .value(of, current)
                .is_ok_and(|value| value.ty == Ty::Flag),
        }
    }

    pub(super) fn as_flag(&self, of: &Expression, current: &Value<'m>) -> Resolved<'m> {
        let is_flag = |of| {
            self.value(of, current)
                .ok()
                .filter(|value| value.ty == Ty::Flag)
        };
        let nullable = |code| Value::new(code, Ty::Flag, true);
        let (Expression::And(left, right) | Expression::Or(left, right)) = of else {
            return match is_flag(of) {
                Some(flag) => Ok(flag),
                // It may still be an error.
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

    /// Whether the value of an expression is the expected one, as a `bool`.
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

    /// `&&` and `||`: the left side if it decides, else the right one.
    pub(super) fn either(&self, left: Value<'m>, right: Value<'m>, and: bool) -> Resolved<'m> {
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
                    "numbers to compare, found {} beside {}",
                    left.describe(self.context),
                    right.describe(self.context)
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
        // An empty list has every item type.
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

    /// Lists of values that can be compared.
    pub(super) fn comparable(
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

//! Conditions in paths: comparisons whose sides have one type, and what is made of them.

use super::super::Context;
use super::way::{self, walk};
use crate::docs::code;
use crate::jmespath::{Comparison, Expression};
use crate::rust::{Number, Operand, Test, Ty};

/// A condition on a value of the shape `from`.
pub(super) fn test(
    context: &Context<'_>,
    from: &str,
    path: &str,
    expression: &Expression,
) -> Result<Test, String> {
    let inner = |of: &Expression| test(context, from, path, of).map(Box::new);
    match expression {
        Expression::Path(parts) => Ok(Test::IsTrue(way::flag(context, from, path, parts)?)),
        Expression::And(left, right) => Ok(Test::And(inner(left)?, inner(right)?)),
        Expression::Or(left, right) => Ok(Test::Or(inner(left)?, inner(right)?)),
        Expression::Not(of) => Ok(Test::Not(inner(of)?)),
        Expression::Compare(comparison, left, right) => {
            let left = operand(context, from, path, left)?;
            let right = operand(context, from, path, right)?;
            compare(path, *comparison, left, right)
        }
        Expression::Length(_)
        | Expression::Text(_)
        | Expression::Number(_)
        | Expression::Flag(_) => Err(format!(
            "expected a condition, found {}, which holds a value in the place of one",
            code(path)
        )),
    }
}

/// What one side of a comparison is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Class {
    Text,
    Flag,
    Count,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    /// A literal number, and whether it is whole.
    Literal(f64),
}

impl Class {
    fn told(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Flag => "a boolean",
            Self::Count => "a length",
            Self::Byte => "a byte",
            Self::Short => "a short",
            Self::Integer => "an integer",
            Self::Long => "a long",
            Self::Float => "a float",
            Self::Double => "a double",
            Self::Literal(_) => "a literal number",
        }
    }

    /// Whether a value of this class can be the literal number.
    fn holds(self, number: f64) -> bool {
        let whole = number.fract() == 0.0;
        match self {
            Self::Text | Self::Flag | Self::Literal(_) => false,
            Self::Count => whole && (0.0..=f64::from(u32::MAX)).contains(&number),
            Self::Byte => whole && (f64::from(i8::MIN)..=f64::from(i8::MAX)).contains(&number),
            Self::Short => whole && (f64::from(i16::MIN)..=f64::from(i16::MAX)).contains(&number),
            Self::Integer => whole && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number),
            Self::Long => whole,
            Self::Float | Self::Double => true,
        }
    }
}

type Typed = (Operand, Class);

fn operand(
    context: &Context<'_>,
    from: &str,
    path: &str,
    expression: &Expression,
) -> Result<Typed, String> {
    match expression {
        Expression::Text(text) => Ok((Operand::LiteralText(text.clone()), Class::Text)),
        Expression::Flag(flag) => Ok((Operand::LiteralFlag(*flag), Class::Flag)),
        Expression::Number(number) => {
            let float = number.as_f64().unwrap_or_default();
            let number = match number.as_i64() {
                Some(number) => Number::Integer(number),
                None => Number::Float(float),
            };
            Ok((Operand::LiteralNumber(number), Class::Literal(float)))
        }
        Expression::Path(parts) => {
            let end = walk(context, from, path, parts)?;
            let one = (!end.several).then(|| end.ty(context));
            let (operand, class): (fn(_) -> _, _) = match one {
                Some(Ty::String | Ty::Enumeration(_)) => (Operand::Text, Class::Text),
                Some(Ty::Boolean) => (Operand::Flag, Class::Flag),
                Some(Ty::Byte) => (Operand::Number, Class::Byte),
                Some(Ty::Short) => (Operand::Number, Class::Short),
                Some(Ty::Integer) => (Operand::Number, Class::Integer),
                Some(Ty::Long) => (Operand::Number, Class::Long),
                Some(Ty::Float) => (Operand::Number, Class::Float),
                Some(Ty::Double) => (Operand::Number, Class::Double),
                _ => {
                    return Err(format!(
                        "expected a text, a number or a boolean to compare, found {}, which compares {}",
                        code(path),
                        end.told(context)
                    ));
                }
            };
            Ok((operand(end.way), class))
        }
        Expression::Length(of) => {
            let Expression::Path(parts) = &**of else {
                return Err(format!(
                    "expected a member or a list in `length(…)`, found {}, which has something else there",
                    code(path)
                ));
            };
            let end = walk(context, from, path, parts)?;
            match end.ty(context) {
                _ if end.several => Ok((Operand::Count(end.way), Class::Count)),
                Ty::List { .. } | Ty::Map { .. } => Ok((Operand::Count(end.way), Class::Count)),
                Ty::String | Ty::Enumeration(_) => Ok((Operand::Characters(end.way), Class::Count)),
                _ => Err(format!(
                    "expected a list, a map or a text in `length(…)`, found {}, which has {} there",
                    code(path),
                    end.told(context)
                )),
            }
        }
        _ => Err(format!(
            "expected a member, `length(…)` or a literal on each side of a comparison, found {}",
            code(path)
        )),
    }
}

fn compare(
    path: &str,
    comparison: Comparison,
    (mut left, left_class): Typed,
    (mut right, right_class): Typed,
) -> Result<Test, String> {
    let fit = match (left_class, right_class) {
        (Class::Literal(_), Class::Literal(_)) => false,
        (Class::Literal(number), class) => {
            spelled_as(class, &mut left);
            class.holds(number)
        }
        (class, Class::Literal(number)) => {
            spelled_as(class, &mut right);
            class.holds(number)
        }
        (left, right) => left == right,
    };
    if !fit {
        return Err(format!(
            "expected two values of one type to compare, found {}, which compares {} with {}",
            code(path),
            left_class.told(),
            right_class.told()
        ));
    }
    if comparison.is_order() && matches!(left_class, Class::Text | Class::Flag) {
        return Err(format!(
            "expected numbers of which one is the greater, found {}, which compares {} with {}",
            code(path),
            left_class.told(),
            right_class.told()
        ));
    }
    Ok(Test::Compare(comparison, left, right))
}

/// A literal is spelled as what it is compared with: `1.0` beside a floating number.
fn spelled_as(class: Class, literal: &mut Operand) {
    if let Operand::LiteralNumber(number) = literal
        && matches!(class, Class::Float | Class::Double)
        && let Number::Integer(integer) = number
    {
        *number = Number::Float(integer.to_string().parse().unwrap_or_default());
    }
}

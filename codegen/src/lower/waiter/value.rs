//! The result of an expression: Rust that evaluates it, with its type and whether it may be null.

use super::super::path::is_read_as_its_shape;
use super::super::{Context, types};
use crate::docs::code_span;
use crate::model::{Kind, Member};
use crate::rust::{Code, Sign, Taken, Ty as Field};

/// A value; an `Option` if it may be null.
#[derive(Clone, Debug)]
pub(super) struct Value<'m> {
    pub(super) code: Code,
    pub(super) ty: Ty<'m>,
    pub(super) null: bool,
}

/// The types of values, each with one type of Rust.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ty<'m> {
    /// `bool`
    Flag,
    Number(Number),
    /// `&str`
    Text,
    /// A reference to the structure of this shape.
    Structure(&'m str),
    /// A reference to a map whose values have this shape.
    Map(&'m str),
    /// A reference to a list whose items have this shape.
    Array(&'m str),
    /// A list that the expression created; if items may be null, they are `Option`s.
    List(Item<'m>, bool),
    /// A tuple, with the names of its parts.
    Hash(Vec<(String, Ty<'m>, bool)>),
    /// The object with `input` and `output`.
    Both,
    /// A value that is only tested for being present: a timestamp, …
    Other(&'m str),
    /// Always null.
    Null,
}

/// The items of a list that the expression created.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item<'m> {
    /// References to the contents of a list or map of the model.
    Raw(&'m str),
    Of(Box<Ty<'m>>),
    /// There are none: the list is empty.
    None,
}

/// The types of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    Count,
    /// A literal, which gets the type of the value beside it.
    Literal(f64),
}

impl Number {
    /// Whether a value of this type can equal a literal.
    fn holds(self, literal: f64) -> bool {
        let whole = literal.fract() == 0.0;
        match self {
            Self::Count => whole && (0.0..=f64::from(u32::MAX)).contains(&literal),
            Self::Byte => whole && (f64::from(i8::MIN)..=f64::from(i8::MAX)).contains(&literal),
            Self::Short => whole && (f64::from(i16::MIN)..=f64::from(i16::MAX)).contains(&literal),
            Self::Integer => {
                whole && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&literal)
            }
            Self::Long => whole && literal.abs() < 9e18,
            Self::Float | Self::Double => true,
            Self::Literal(_) => false,
        }
    }

    fn is_whole(self) -> bool {
        match self {
            Self::Byte | Self::Short | Self::Integer | Self::Long | Self::Count => true,
            Self::Float | Self::Double => false,
            Self::Literal(literal) => Self::Long.holds(literal),
        }
    }
}

/// The value of the variable with that name.
pub(super) fn variable<'m>(name: &'static str, ty: Ty<'m>, null: bool) -> Value<'m> {
    let clone = matches!(ty, Ty::List(..) | Ty::Hash(_));
    Value {
        code: Code::Variable { name, clone },
        ty,
        null,
    }
}

impl<'m> Value<'m> {
    pub(super) fn new(code: Code, ty: Ty<'m>, null: bool) -> Self {
        Self { code, ty, null }
    }

    pub(super) fn null() -> Self {
        Self::new(Code::None, Ty::Null, true)
    }

    /// As an `Option`, in any case.
    pub(super) fn optional(self) -> Code {
        if self.null {
            self.code
        } else {
            self.code.some()
        }
    }

    /// A description for messages.
    pub(super) fn describe(&self, context: &Context<'_>) -> String {
        self.ty.describe(context)
    }

    /// Whether the value is true, as a `bool`.
    pub(super) fn truth(self, context: &Context<'_>) -> Result<Code, String> {
        Ok(match (&self.ty, self.null) {
            (Ty::Flag, false) => self.code,
            (Ty::Flag, true) => self.code.operator(Sign::Equal, Code::Flag(true).some()),
            (Ty::Text | Ty::Map(_) | Ty::Array(_) | Ty::List(..), _) => {
                Code::call("holds", vec![Code::Borrowed(Box::new(self.code))])
            }
            (Ty::Structure(_), _) => {
                let is_there = Code::variable("value");
                let is_there =
                    Code::Dereferenced(Box::new(is_there)).operator(Sign::NotEqual, Code::Default);
                let found = Code::Map(Box::new(self.optional()), Box::new(is_there));
                found.operator(Sign::Equal, Code::Flag(true).some())
            }
            (Ty::Number(_) | Ty::Hash(_) | Ty::Null, _) => {
                self.optional().method("is_some", Vec::new())
            }
            (Ty::Other(shape), _) if is_timestamp(context, shape) => {
                self.optional().method("is_some", Vec::new())
            }
            (Ty::Other(_) | Ty::Both, _) => {
                return Err(format!("a condition, found {}", self.describe(context)));
            }
        })
    }

    /// The same as a created list, if it is a list.
    pub(super) fn list(self) -> Result<(Code, Item<'m>, bool), Self> {
        match self.ty.clone() {
            Ty::Array(item) => Ok((
                Code::call("items", vec![self.optional()]),
                Item::Raw(item),
                false,
            )),
            Ty::List(item, nulls) => Ok((self.optional(), item, nulls)),
            _ => Err(self),
        }
    }

    /// The list without its nulls.
    pub(super) fn compact(self) -> Self {
        match self.ty.clone() {
            Ty::List(item, true) => {
                let code = Code::call("present", vec![self.optional()]);
                Self::new(code, Ty::List(item, false), true)
            }
            _ => self,
        }
    }

    /// An item, in the variable `value`, if it is a list without nulls.
    pub(super) fn item(&self, context: &Context<'m>) -> Option<Value<'m>> {
        match &self.ty {
            Ty::Array(shape) | Ty::List(Item::Raw(shape), _) => {
                Some(borrowed(context, Code::variable("value"), shape))
            }
            Ty::List(Item::Of(ty), _) => Some(variable("value", (**ty).clone(), false)),
            _ => None,
        }
    }
}

/// The value of a reference to this shape.
pub(super) fn borrowed<'m>(context: &Context<'m>, code: Code, shape: &'m str) -> Value<'m> {
    let ty = of_shape(context, shape);
    let code = match ty {
        Ty::Text => code.method("as_str", Vec::new()),
        Ty::Flag | Ty::Number(_) => Code::Dereferenced(Box::new(code)),
        _ => code,
    };
    Value::new(code, ty, false)
}

/// The same for a reference that may be missing.
pub(super) fn maybe_borrowed<'m>(context: &Context<'m>, code: Code, shape: &'m str) -> Value<'m> {
    let ty = of_shape(context, shape);
    let code = match ty {
        Ty::Text => Code::Map(
            Box::new(code),
            Box::new(Code::variable("value").method("as_str", Vec::new())),
        ),
        Ty::Flag | Ty::Number(_) => code.method("copied", Vec::new()),
        _ => code,
    };
    Value::new(code, ty, true)
}

/// How the value of a field of this type is read from a structure.
pub(super) fn taken(ty: &Ty<'_>, boxed: bool) -> Taken {
    match ty {
        Ty::Text => Taken::AsText,
        Ty::Flag | Ty::Number(_) => Taken::Copied,
        _ if boxed => Taken::Unboxed,
        _ => Taken::Borrowed,
    }
}

/// The value of a member; `None` if it is not read as its shape, or not read before the call returns.
pub(super) fn of_member<'m>(context: &Context<'m>, member: &'m Member) -> Option<Ty<'m>> {
    is_read_as_its_shape(context, member).then(|| of_shape(context, &member.target))
}

pub(super) fn of_shape<'m>(context: &Context<'m>, shape: &'m str) -> Ty<'m> {
    match context.shape(shape).map(|shape| &shape.kind) {
        Some(Kind::Structure(_)) => Ty::Structure(shape),
        Some(Kind::List {
            member,
            sparse: false,
        }) => Ty::Array(&member.target),
        Some(Kind::Map {
            value,
            sparse: false,
            ..
        }) => Ty::Map(&value.target),
        _ => match types::ty(context, shape) {
            Field::Boolean => Ty::Flag,
            Field::String | Field::Enumeration(_) => Ty::Text,
            Field::Byte => Ty::Number(Number::Byte),
            Field::Short => Ty::Number(Number::Short),
            Field::Integer => Ty::Number(Number::Integer),
            Field::Long => Ty::Number(Number::Long),
            Field::Float => Ty::Number(Number::Float),
            Field::Double => Ty::Number(Number::Double),
            _ => Ty::Other(shape),
        },
    }
}

fn is_timestamp(context: &Context<'_>, shape: &str) -> bool {
    matches!(
        context.shape(shape).map(|shape| &shape.kind),
        Some(Kind::Timestamp { .. })
    )
}

impl Ty<'_> {
    fn describe(&self, context: &Context<'_>) -> String {
        match self {
            Ty::Flag => "a boolean".to_owned(),
            Ty::Number(_) => "a number".to_owned(),
            Ty::Text => "a text".to_owned(),
            Ty::Structure(shape) => format!("the structure {}", code_span(shape)),
            Ty::Map(_) => "a map".to_owned(),
            Ty::Array(item) => format!("a list of {}", code_span(item)),
            Ty::List(Item::Raw(item), _) => format!("a list of {}", code_span(item)),
            Ty::List(Item::Of(item), _) => format!("a list, each item {}", item.describe(context)),
            Ty::List(Item::None, _) => "an empty list".to_owned(),
            Ty::Hash(_) => "an object that the path creates".to_owned(),
            Ty::Both => "the object of input and output".to_owned(),
            Ty::Other(shape) => {
                let kind = context.shape(shape).map(|shape| shape.kind.describe());
                format!("{} ({})", code_span(shape), kind.unwrap_or("nothing"))
            }
            Ty::Null => "null".to_owned(),
        }
    }
}

/// Two values converted to one type, if possible.
pub(super) fn alike<'m>(
    context: &Context<'m>,
    one: Value<'m>,
    other: Value<'m>,
) -> Result<(Value<'m>, Value<'m>), String> {
    let differ = format!(
        "two values of one type, found {} beside {}",
        one.describe(context),
        other.describe(context)
    );
    match (one.ty.clone(), other.ty.clone()) {
        (a, b) if a == b && !matches!(a, Ty::Number(Number::Literal(_))) => Ok((one, other)),
        (Ty::Null, ty) => Ok((Value::new(Code::None, ty, true), other)),
        (ty, Ty::Null) => Ok((one, Value::new(Code::None, ty, true))),
        (Ty::Number(a), Ty::Number(b)) => Ok(numbers((one, a), (other, b))),
        (Ty::Array(_) | Ty::List(..), Ty::Array(_) | Ty::List(..)) => {
            lists(context, one, other).ok_or(differ)
        }
        _ => Err(differ),
    }
}

fn numbers<'m>(
    (one, a): (Value<'m>, Number),
    (other, b): (Value<'m>, Number),
) -> (Value<'m>, Value<'m>) {
    match (a, b) {
        (Number::Literal(literal), kind) if kind.holds(literal) => {
            (spelled(one, literal, kind), other)
        }
        (kind, Number::Literal(literal)) if kind.holds(literal) => {
            let literal = spelled(other, literal, kind);
            (one, literal)
        }
        _ if a.is_whole() && b.is_whole() => (as_type(one, "i64"), as_type(other, "i64")),
        _ => (as_type(one, "f64"), as_type(other, "f64")),
    }
}

/// A literal as a number of this type.
fn spelled<'m>(value: Value<'m>, literal: f64, kind: Number) -> Value<'m> {
    let code = match kind {
        Number::Float | Number::Double => Code::Float(literal),
        _ => match value.code {
            Code::Float(_) => Code::Integer(format!("{literal:.0}").parse().unwrap_or_default()),
            code => code,
        },
    };
    Value::new(code, Ty::Number(kind), false)
}

/// A number as another type, `i64` or `f64`.
pub(super) fn as_type<'m>(value: Value<'m>, ty: &'static str) -> Value<'m> {
    let kind = if ty == "i64" {
        Number::Long
    } else {
        Number::Double
    };
    let null = value.null;
    let code = match value.ty {
        Ty::Number(Number::Literal(literal)) => spelled(value, literal, kind).code,
        Ty::Number(of) if of == kind => return value,
        _ if value.null => Code::Map(
            Box::new(value.code),
            Box::new(Code::As(Box::new(Code::variable("value")), ty)),
        ),
        _ => Code::As(Box::new(value.code), ty),
    };
    Value::new(code, Ty::Number(kind), null)
}

fn lists<'m>(
    context: &Context<'m>,
    one: Value<'m>,
    other: Value<'m>,
) -> Option<(Value<'m>, Value<'m>)> {
    let (one, a, a_nulls) = one.list().ok()?;
    let (other, b, b_nulls) = other.list().ok()?;
    let list = |code, item, nulls| Value::new(code, Ty::List(item, nulls), true);
    // An empty list has the type of the value beside it.
    let empty = || Code::Vec(Vec::new()).some();
    match (&a, &b) {
        (Item::None, Item::None) => return Some((list(one, a, a_nulls), list(other, b, b_nulls))),
        (Item::None, _) => {
            return Some((list(empty(), b.clone(), b_nulls), list(other, b, b_nulls)));
        }
        (_, Item::None) => return Some((list(one, a.clone(), a_nulls), list(empty(), a, a_nulls))),
        _ if a == b && a_nulls == b_nulls => {
            return Some((list(one, a, a_nulls), list(other, b, b_nulls)));
        }
        _ => {}
    }
    let mut one = plain(context, list(one, a, a_nulls))?;
    let mut other = plain(context, list(other, b, b_nulls))?;
    if a_nulls != b_nulls {
        (one, other) = (with_nulls(one), with_nulls(other));
    }
    (one.ty == other.ty).then_some((one, other))
}

/// The list as one whose items may be null.
fn with_nulls(list: Value<'_>) -> Value<'_> {
    match list.ty.clone() {
        Ty::List(item, false) => {
            let each = Code::Closure(Box::new(Code::variable("value").some().some()));
            let code = Code::try_call("each", vec![list.optional(), each]);
            Value::new(code, Ty::List(item, true), true)
        }
        _ => list,
    }
}

/// A list of texts, flags or numbers as a list of values instead of references.
pub(super) fn plain<'m>(context: &Context<'m>, list: Value<'m>) -> Option<Value<'m>> {
    let (code, item, nulls) = list.list().ok()?;
    let list = Value::new(code, Ty::List(item.clone(), nulls), true);
    match item {
        Item::Raw(_) => {
            let item = list.item(context)?;
            let ty = Ty::List(Item::Of(Box::new(item.ty.clone())), false);
            let each = Code::Closure(Box::new(item.code.some()));
            Some(Value::new(
                Code::try_call("each", vec![list.code, each]),
                ty,
                true,
            ))
        }
        _ => Some(list),
    }
}

//! The argument of the setter of one value: the value, or an `Option` of it.

use super::call_of;

/// A value that converts into a `T`, or an `Option` of one. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "expected a value that converts into `{T}`, or an `Option` of one, found `{Self}`",
    label = "`{T}` has no conversion from `{Self}`"
)]
pub trait IntoOption<T, M> {
    /// The value; `None` clears the member.
    fn into_option(self) -> Option<T>;
}

impl<T, U: Into<T>> IntoOption<T, call_of::Value> for U {
    fn into_option(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T, U: Into<T>> IntoOption<T, call_of::Optional> for Option<U> {
    fn into_option(self) -> Option<T> {
        self.map(Into::into)
    }
}

/// Exactly a `T`, or an `Option` of one: for numbers and booleans, so that a literal gets its type from the setter.
#[diagnostic::on_unimplemented(
    message = "expected `{T}` or `Option<{T}>`, found `{Self}`",
    label = "expected `{T}` or `Option<{T}>`"
)]
pub trait ExactOption<T> {
    /// The value; `None` clears the member.
    fn into_option(self) -> Option<T>;
}

impl<T> ExactOption<T> for T {
    fn into_option(self) -> Option<T> {
        Some(self)
    }
}

impl<T> ExactOption<T> for Option<T> {
    fn into_option(self) -> Option<T> {
        self
    }
}

//! Getters of structures that are only received: text as `&str`, a list as a slice that is empty where it is missing, anything
//! else as an `Option`, as the official SDK has them. A structure that is sent has setters of these names instead.

use super::{Blob, Document, Timestamp};
use std::collections::BTreeMap;

/// What the getter of a member returns, by the type of its field.
pub type Getter<'a, T> = <T as Get>::Of<'a>;

/// A field that has a getter.
pub trait Get {
    /// What it returns.
    type Of<'a>
    where
        Self: 'a;

    /// The field's value, borrowed.
    fn get(&self) -> Self::Of<'_>;
}

/// A value that a field may have.
pub trait GetOption {
    /// What the getter of the field returns.
    type Of<'a>
    where
        Self: 'a;

    /// The value, borrowed, or what stands for a missing one.
    fn get(value: Option<&Self>) -> Self::Of<'_>;
}

impl<T: GetOption> Get for Option<T> {
    type Of<'a>
        = T::Of<'a>
    where
        T: 'a;

    #[inline]
    fn get(&self) -> T::Of<'_> {
        T::get(self.as_ref())
    }
}

impl GetOption for String {
    type Of<'a> = Option<&'a str>;

    #[inline]
    fn get(value: Option<&Self>) -> Option<&str> {
        value.map(String::as_str)
    }
}

impl<T> GetOption for Vec<T> {
    type Of<'a>
        = &'a [T]
    where
        T: 'a;

    #[inline]
    fn get(value: Option<&Self>) -> &[T] {
        value.map_or(&[], Vec::as_slice)
    }
}

impl<T> GetOption for Box<T> {
    type Of<'a>
        = Option<&'a T>
    where
        T: 'a;

    #[inline]
    fn get(value: Option<&Self>) -> Option<&T> {
        value.map(|value| &**value)
    }
}

impl<K, V> GetOption for BTreeMap<K, V> {
    type Of<'a>
        = Option<&'a Self>
    where
        Self: 'a;

    #[inline]
    fn get(value: Option<&Self>) -> Option<&Self> {
        value
    }
}

/// Values that are copied.
macro_rules! copied {
    ($($type:ty),*) => {
        $(impl GetOption for $type {
            type Of<'a> = Option<Self>;

            #[inline]
            fn get(value: Option<&Self>) -> Option<Self> {
                value.copied()
            }
        })*
    };
}

copied!(bool, i8, i16, i32, i64, f32, f64);

/// Types whose values a getter borrows: `got_by_reference!(Type);`. Structures, unions and enumerations are declared with it.
#[doc(hidden)]
#[macro_export]
macro_rules! got_by_reference {
    ($type:ty) => {
        impl $crate::codegen::GetOption for $type {
            type Of<'a> = ::std::option::Option<&'a Self>;

            #[inline]
            fn get(value: ::std::option::Option<&Self>) -> ::std::option::Option<&Self> {
                value
            }
        }
    };
}

got_by_reference!(Blob);
got_by_reference!(Document);
got_by_reference!(Timestamp);

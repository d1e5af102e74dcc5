//! Setters of structures and of calls: their arguments, and the macro that declares them, one line per member.

mod items;
mod option;

pub use items::{ExactItems, IntoEntries, IntoItems};
pub use option::{ExactOption, IntoOption};

/// How a setter is called: with a value, with an `Option`, with one item, or with any number of items.
///
/// rustc infers these types; they distinguish implementations that would overlap otherwise, and have no values.
pub mod call_of {
    /// A value.
    #[derive(Debug)]
    pub enum Value {}
    /// An `Option`.
    #[derive(Debug)]
    pub enum Optional {}
    /// One item of a list.
    #[derive(Debug)]
    pub enum Item {}
    /// Any number of items of a list, or of entries of a map.
    #[derive(Debug)]
    pub enum Items {}
}

/// Declares the setters of a structure, one line per member, with `builder` and `build`.
///
/// ```text
/// tinsmith_runtime::setters!(Filter {
///     name, set_name(impl String),
///     values, set_values([impl String]),
///     limit, set_limit(i32),
/// });
/// ```
///
/// The setter's argument is in parentheses; `impl T` is a value that converts into `T`:
///
/// | in parentheses | the first setter takes | the second |
/// |---|---|---|
/// | `T`, `Box<T>` | a value or an `Option` of one; `None` clears the member | the same as an `Option` |
/// | `[T]` | one item or any number of them, which it adds; `None` adds nothing, no items set an empty list | the whole list, or `None` to clear it |
/// | `K, V` | a key and a value, which it adds to the map | any number of pairs, which replace the map; `None` clears it |
/// | `dyn T` | a stream of events of type `T` | the same as an `Option` of `EventInput` |
///
/// The second setter has the name of the official SDK's and an explicit type, which helps where rustc could not infer it: `set_limit(text.parse().ok())`.
#[macro_export]
macro_rules! setters {
    ($type:ident {
        $($(#[$attribute:meta])* $name:ident, $set:ident($($takes:tt)*),)*
    }) => {
        impl $type {
            /// An empty value, to be filled in by its setters.
            #[inline]
            #[must_use]
            pub fn builder() -> Self {
                Self::default()
            }
            $($crate::setter! { { $type () [$(#[$attribute])*] $name $set } ($($takes)*) })*
            /// Returns the value unchanged. Required members are checked when it is sent.
            #[inline]
            #[must_use]
            pub fn build(self) -> Self {
                self
            }
        }
    };
}

/// The setters of one member: its structure, the path to it from `self`, its attributes and names; then the argument.
#[doc(hidden)]
#[macro_export]
macro_rules! setter {
    ($member:tt ([impl $item:ty])) => {
        $crate::setter! { @list $member IntoItems, $item }
    };
    ($member:tt ([$item:ty])) => {
        $crate::setter! { @list $member ExactItems, $item }
    };
    (@list { $of:ident ($($place:tt)*) [$($attribute:tt)*] $name:ident $set:ident } $into:ident, $item:ty) => {
        #[doc = concat!("Adds to [`", stringify!($name), "`](field@", stringify!($of), "::", stringify!($name), "): one item, or any number of them.")]
        $($attribute)*
        #[inline]
        pub fn $name<M>(mut self, $name: impl $crate::codegen::$into<$item, M>) -> Self {
            $name.add_to(&mut self.$($place)* $name);
            self
        }
        #[doc = concat!("Replaces [`", stringify!($name), "`](field@", stringify!($of), "::", stringify!($name), "); `None` clears it.")]
        $($attribute)*
        #[inline]
        pub fn $set(mut self, $name: Option<Vec<$item>>) -> Self {
            self.$($place)* $name = $name;
            self
        }
    };
    ($member:tt (impl $key:ty, impl $value:ty)) => {
        $crate::setter! { @map $member $key, $value, impl Into<$value> }
    };
    ($member:tt (impl $key:ty, $value:ty)) => {
        $crate::setter! { @map $member $key, $value, $value }
    };
    (@map { $of:ident ($($place:tt)*) [$($attribute:tt)*] $name:ident $set:ident } $key:ty, $value:ty, $takes:ty) => {
        #[doc = concat!("Adds an entry to [`", stringify!($name), "`](field@", stringify!($of), "::", stringify!($name), ").")]
        $($attribute)*
        #[inline]
        pub fn $name(mut self, key: impl Into<$key>, value: $takes) -> Self {
            let map = self.$($place)* $name.get_or_insert_default();
            map.insert(key.into(), value.into());
            self
        }
        #[doc = concat!("Replaces [`", stringify!($name), "`](field@", stringify!($of), "::", stringify!($name), ") by these entries; `None` clears it.")]
        $($attribute)*
        #[inline]
        pub fn $set<M>(mut self, $name: impl $crate::codegen::IntoEntries<$key, $value, M>) -> Self {
            self.$($place)* $name = $name.into_map();
            self
        }
    };
    ({ $of:ident ($($place:tt)*) [$($attribute:tt)*] $name:ident $set:ident } (dyn $events:ty)) => {
        #[doc = concat!("Sets [`", stringify!($name), "`](field@", stringify!($of), "::", stringify!($name), "): the events that are sent.")]
        $($attribute)*
        #[inline]
        pub fn $name(mut self, $name: impl $crate::codegen::Stream<Item = $events> + ::std::marker::Send + 'static) -> Self {
            self.$($place)* $name = Some($crate::codegen::EventInput::new($name));
            self
        }
        #[doc = concat!("Sets [`", stringify!($name), "`](field@", stringify!($of), "::", stringify!($name), "), or clears it.")]
        $($attribute)*
        #[inline]
        pub fn $set(mut self, $name: Option<$crate::codegen::EventInput<$events>>) -> Self {
            self.$($place)* $name = $name;
            self
        }
    };
    ($member:tt (Box<$value:ty>)) => {
        $crate::setter! { @value $member
            $value, <M>, impl $crate::codegen::IntoOption<$value, M>, .map(Box::new) }
    };
    ($member:tt (impl $value:ty)) => {
        $crate::setter! { @value $member
            $value, <M>, impl $crate::codegen::IntoOption<$value, M>, }
    };
    ($member:tt ($value:ty)) => {
        $crate::setter! { @value $member
            $value, <>, impl $crate::codegen::ExactOption<$value>, }
    };
    (
        @value { $of:ident ($($place:tt)*) [$($attribute:tt)*] $name:ident $set:ident }
            $value:ty, <$($marker:ident)?>, $takes:ty, $($then:tt)*
    ) => {
        #[doc = concat!("Sets [`", stringify!($name), "`](field@", stringify!($of), "::", stringify!($name), "): a value, or an `Option` of one; `None` clears it.")]
        $($attribute)*
        #[inline]
        pub fn $name<$($marker)?>(self, $name: $takes) -> Self {
            self.$set($name.into_option())
        }
        #[doc = concat!("Sets [`", stringify!($name), "`](field@", stringify!($of), "::", stringify!($name), "), or clears it.")]
        $($attribute)*
        #[inline]
        pub fn $set(mut self, $name: Option<$value>) -> Self {
            self.$($place)* $name = $name$($then)*;
            self
        }
    };
}

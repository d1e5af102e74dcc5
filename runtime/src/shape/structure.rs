//! Structures as generated code declares them: one line per member, which is its field and its row in the table.

/// Declares a structure and how it is read, written or both:
///
/// ```
/// tinsmith_runtime::codegen::structure! {
///     /// A filter.
///     #[derive(Clone, Debug, PartialEq)]
///     pub struct Filter: read write {
///         /// The name of the filter.
///         pub name: Option<String> = "name" required,
///         /// The values to match.
///         pub values: Option<Vec<String>> = "values",
///     }
/// }
/// ```
///
/// A structure that is only read has a getter for each member, as the official SDK does; one that is written has setters of
/// these names.
///
/// `Default` is the structure with no member set. After `=` come the member's name on the wire and the methods of
/// [`Member`](crate::codegen::Member) for the rest of its descriptor. A field without a name is not part of a body.
#[macro_export]
macro_rules! structure {
    ($(#[$meta:meta])* pub struct $name:ident: read {
        $($(#[$doc:meta])* pub $field:ident: $ty:ty $(= $wire:literal $($fact:ident $(($($value:tt)*))?)*)?,)*
    }) => {
        $crate::structure!(@declare [$(#[$meta])*] $name { $([$(#[$doc])*] $field: $ty,)* });
        $crate::structure!(@table $name [$($($wire $($fact $(($($value)*))?)*,)?)*]);
        $crate::structure!(@read $name [$($($wire, $field;)?)*]);
        $crate::structure!(@get $name [$($field: $ty;)*]);
    };
    ($(#[$meta:meta])* pub struct $name:ident: write {
        $($(#[$doc:meta])* pub $field:ident: $ty:ty $(= $wire:literal $($fact:ident $(($($value:tt)*))?)*)?,)*
    }) => {
        $crate::structure!(@declare [$(#[$meta])*] $name { $([$(#[$doc])*] $field: $ty,)* });
        $crate::structure!(@table $name [$($($wire $($fact $(($($value)*))?)*,)?)*]);
        $crate::structure!(@write $name [$($($wire, $field;)?)*]);
    };
    ($(#[$meta:meta])* pub struct $name:ident: read write {
        $($(#[$doc:meta])* pub $field:ident: $ty:ty $(= $wire:literal $($fact:ident $(($($value:tt)*))?)*)?,)*
    }) => {
        $crate::structure!(@declare [$(#[$meta])*] $name { $([$(#[$doc])*] $field: $ty,)* });
        $crate::structure!(@table $name [$($($wire $($fact $(($($value)*))?)*,)?)*]);
        $crate::structure!(@read $name [$($($wire, $field;)?)*]);
        $crate::structure!(@write $name [$($($wire, $field;)?)*]);
    };
    (@declare [$(#[$meta:meta])*] $name:ident { $([$(#[$doc:meta])*] $field:ident: $ty:ty,)* }) => {
        $(#[$meta])*
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* pub $field: $ty,)*
        }

        impl ::std::default::Default for $name {
            #[inline]
            fn default() -> Self {
                // A constant: no function is called per member, and nothing can unwind.
                const { Self { $($field: $crate::codegen::Unset::UNSET,)* } }
            }
        }
    };
    (@table $name:ident [$($wire:literal $($fact:ident $(($($value:tt)*))?)*,)*]) => {
        impl $name {
            const MEMBERS: &'static [$crate::codegen::Member] =
                &[$($crate::codegen::Member::new($wire)$(.$fact($($($value)*)?))*,)*];
        }
    };
    (@get $name:ident [$($field:ident: $ty:ty;)*]) => {
        #[allow(deprecated)]
        impl $name {$(
            #[doc = concat!("[`", stringify!($field), "`](field@", stringify!($name), "::", stringify!($field), "), borrowed; a missing list is empty.")]
            #[inline]
            #[must_use]
            pub fn $field(&self) -> $crate::codegen::Getter<'_, $ty> {
                $crate::codegen::Get::get(&self.$field)
            }
        )*}
    };
    (@read $name:ident [$($wire:literal, $field:ident;)*]) => {
        $crate::got_by_reference!($name);
        impl $crate::codegen::ReadStructure for $name {
            #[inline]
            fn read_members(
                &mut self,
                reader: &mut dyn $crate::codegen::ShapeReader,
            ) -> $crate::codegen::ReadResult {
                reader.structure(Self::MEMBERS, &mut [$(&mut self.$field,)*])
            }
        }
    };
    (@write $name:ident [$($wire:literal, $field:ident;)*]) => {
        impl $crate::codegen::WriteStructure for $name {
            #[inline]
            fn write_members(&self, writer: &mut dyn $crate::codegen::ShapeWriter) {
                writer.structure(Self::MEMBERS, &[$(&self.$field,)*]);
            }
        }
    };
}

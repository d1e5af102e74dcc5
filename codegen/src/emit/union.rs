//! A union, in a file of its own:
//!
//! ```text
//! #[derive(Clone, Debug, PartialEq)]
//! #[non_exhaustive]
//! pub enum Value {
//!     /// `text` on the wire.
//!     Text(String),
//!     /// A member that this version of the crate does not know, as the service sent it.
//!     Unknown(UnknownMember),
//! }
//!
//! impl ReadUnion for Value { … }
//!
//! impl WriteUnion for Value { … }
//!
//! tinsmith_runtime::union_variants!(Value {
//!     as_text, is_text: Text(String),
//! });
//!
//! tinsmith_runtime::union_value!(Value);
//! ```

use super::field::read_value;
use super::file::{Finished, ident};
use super::variants::{self, Parts};
use crate::rust::{Field, Union};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

const PARTS: Parts = Parts {
    unknown: "UnknownMember",
    doc: "A member that this version of the crate does not know, as the service sent it.",
    read: &["ReadResult", "ReadUnion", "ShapeReader"],
    written: &["ShapeWriter", "WriteUnion"],
};

pub(super) fn emit(union: &Union, service: &str) -> Finished {
    let (name, owner) = (&union.ident, ident(&union.ident));
    let mut file = variants::file(union, &PARTS, service);
    if union.read {
        file = file.item(read_union(&owner, &union.variants));
    }
    if union.written {
        file = file.item(write_union(&owner, &union.variants));
    }
    let direction = match (union.read, union.written) {
        (true, false) => ": read",
        (false, true) => ": write",
        _ => "",
    };
    file.lines(&variants::methods(union))
        .lines(&format!(
            "tinsmith_runtime::union_value!({name}{direction});\n"
        ))
        .finish()
}

fn read_union(owner: &Ident, variants: &[Field]) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let (wire, name) = (&variant.wire, ident(&variant.ident));
        let read = if variant.boxed {
            quote!(Box::new(reader.value()?))
        } else {
            read_value(variant)
        };
        quote!(#wire => Self::#name(#read),)
    });
    quote! {
        impl ReadUnion for #owner {
            fn read_variant(member: &str, reader: &mut dyn ShapeReader) -> ReadResult<Self> {
                Ok(match member {
                    #(#arms)*
                    _ => Self::Unknown(UnknownMember::read(member, reader)?),
                })
            }
        }
    }
}

fn write_union(owner: &Ident, variants: &[Field]) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let (wire, name) = (&variant.wire, ident(&variant.ident));
        match variant.format.map(super::field::marker) {
            Some(marker) => {
                quote!(Self::#name(value) => writer.member_as::<#marker>(#wire, value),)
            }
            None => quote!(Self::#name(value) => writer.member(#wire, value),),
        }
    });
    quote! {
        impl WriteUnion for #owner {
            fn write_variant(&self, writer: &mut dyn ShapeWriter) {
                match self {
                    #(#arms)*
                    Self::Unknown(member) => member.write(writer),
                }
            }
        }
    }
}

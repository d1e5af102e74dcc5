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
//! tinsmith_runtime::union_value!(Value);
//! ```

use super::field::{From, read_value, value_ty};
use super::file::{File, deprecated, doc, ident};
use crate::docs::code;
use crate::rust::{Field, Union};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(union: &Union, service: &str) -> String {
    let Union {
        wire,
        ident: name,
        module: _,
        doc: text,
        variants,
        events: _,
        read: is_read,
        written,
        deprecated: note,
    } = union;
    let (owner, doc_of_union, note) = (ident(name), doc(text), deprecated(note));
    let mut traits = vec!["UnknownMember"];
    if *is_read {
        traits.extend(["ReadResult", "ReadUnion", "ShapeReader"]);
    }
    if *written {
        traits.extend(["ShapeWriter", "WriteUnion"]);
    }
    traits.sort_unstable();
    let traits = traits.iter().map(|name| ident(name));
    let declared = variants.iter().map(|variant| {
        let (name, doc, deprecated, ty) = (
            ident(&variant.ident),
            doc(&variant.doc),
            deprecated(&variant.deprecated),
            value_ty(variant, From::Types),
        );
        quote!(#doc #deprecated #name(#ty))
    });
    let derive = if variants.iter().any(|variant| variant.sensitive) {
        quote!(#[derive(Clone, PartialEq)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    let mut file = File::new(service, &format!("the shape {}", code(wire)))
        .item(quote!(use tinsmith_runtime::{#(#traits),*};))
        .item(quote! {
            #doc_of_union
            #derive
            #[non_exhaustive]
            #note
            pub enum #owner {
                #(#declared,)*
                /// A member that this version of the crate does not know, as the service sent it.
                Unknown(UnknownMember),
            }
        })
        .item(debug(&owner, variants));
    if *is_read {
        file = file.item(read_union(&owner, variants));
    }
    if *written {
        file = file.item(write_union(&owner, variants));
    }
    let direction = match (*is_read, *written) {
        (true, false) => ": read",
        (false, true) => ": write",
        _ => "",
    };
    file.lines(&format!(
        "tinsmith_runtime::union_value!({name}{direction});\n"
    ))
    .finish()
}

pub(super) fn debug(owner: &proc_macro2::Ident, variants: &[Field]) -> TokenStream {
    if !variants.iter().any(|variant| variant.sensitive) {
        return TokenStream::new();
    }
    let arms = variants.iter().map(|variant| {
        let (name, title) = (ident(&variant.ident), &variant.ident);
        if variant.sensitive {
            quote!(Self::#name(_) => f.debug_tuple(#title).field(&format_args!("** redacted **")).finish(),)
        } else {
            quote!(Self::#name(value) => f.debug_tuple(#title).field(value).finish(),)
        }
    });
    // What is unknown may be sensitive as well: only its name is shown.
    quote! {
        impl std::fmt::Debug for #owner {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#arms)*
                    Self::Unknown(member) => f.debug_tuple("Unknown").field(&member.name).finish(),
                }
            }
        }
    }
}

fn read_union(owner: &proc_macro2::Ident, variants: &[Field]) -> TokenStream {
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

fn write_union(owner: &proc_macro2::Ident, variants: &[Field]) -> TokenStream {
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

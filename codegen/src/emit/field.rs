//! Fields as every structure has them: the declaration, the setter, and the calls that read and write it.

use super::file::{deprecated, doc, ident};
use super::plain;
use crate::docs::Doc;
use crate::model::TimestampFormat;
use crate::rust::{Field, Ty};
use proc_macro2::TokenStream;
use quote::quote;

/// Where a type is named from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// A file of `types`.
    Types,
    /// A file of `operation`, which has `types` in scope.
    Operation,
}

/// A type, spelled.
pub(super) fn ty(ty: &Ty, from: From) -> TokenStream {
    match ty {
        Ty::String => quote!(String),
        Ty::Boolean => quote!(bool),
        Ty::Byte => quote!(i8),
        Ty::Short => quote!(i16),
        Ty::Integer => quote!(i32),
        Ty::Long => quote!(i64),
        Ty::Float => quote!(f32),
        Ty::Double => quote!(f64),
        Ty::Blob => quote!(tinsmith_runtime::Blob),
        Ty::ByteStream { .. } => quote!(tinsmith_runtime::ByteStream),
        Ty::Timestamp => quote!(tinsmith_runtime::Timestamp),
        Ty::Document => quote!(tinsmith_runtime::Document),
        Ty::Enumeration(name) | Ty::Structure(name) | Ty::Union(name) => named(name, from),
        Ty::EventInput(name) => {
            let events = named(name, from);
            quote!(tinsmith_runtime::EventInput<#events>)
        }
        Ty::EventStream(name) => {
            let events = named(name, from);
            quote!(tinsmith_runtime::EventStream<#events, crate::ServiceError>)
        }
        Ty::List { item, sparse } => {
            let item = nullable(item, *sparse, from);
            quote!(Vec<#item>)
        }
        Ty::Map { key, value, sparse } => {
            let (key, value) = (self::ty(key, from), nullable(value, *sparse, from));
            quote!(std::collections::BTreeMap<#key, #value>)
        }
    }
}

fn named(name: &str, from: From) -> TokenStream {
    let name = ident(name);
    match from {
        From::Types => quote!(super::#name),
        From::Operation => quote!(types::#name),
    }
}

fn nullable(ty: &Ty, sparse: bool, from: From) -> TokenStream {
    let ty = self::ty(ty, from);
    if sparse { quote!(Option<#ty>) } else { ty }
}

/// The tokens of a type as one would write them.
pub(super) fn text(tokens: &TokenStream) -> String {
    let text = tokens.to_string().replace(" :: ", "::");
    text.replace(" <", "<")
        .replace("< ", "<")
        .replace(" >", ">")
        .replace(" ,", ",")
        .replace("( ", "(")
        .replace(" )", ")")
}

/// The type of a field's value, boxed where it must be.
pub(super) fn value_ty(field: &Field, from: From) -> TokenStream {
    let ty = ty(&field.ty, from);
    if field.boxed { quote!(Box<#ty>) } else { ty }
}

/// `pub name: Option<Type>`, or `pub name: Type` for what is always there.
pub(super) fn declaration(field: &Field, from: From) -> TokenStream {
    let (name, doc, deprecated, ty) = (
        ident(&field.ident),
        doc(&field.doc),
        deprecated(&field.deprecated),
        value_ty(field, from),
    );
    let ty = if field.always {
        ty
    } else {
        quote!(Option<#ty>)
    };
    quote! {
        #doc
        #deprecated
        pub #name: #ty
    }
}

/// What a setter takes and what it stores.
pub(super) fn argument(field: &Field, from: From) -> (TokenStream, TokenStream) {
    let name = ident(&field.ident);
    let own = ty(&field.ty, from);
    let (takes, value) = match &field.ty {
        Ty::Boolean
        | Ty::Byte
        | Ty::Short
        | Ty::Integer
        | Ty::Long
        | Ty::Float
        | Ty::Double
        | Ty::Structure(_)
        | Ty::Union(_) => (own, quote!(#name)),
        Ty::String
        | Ty::Blob
        | Ty::ByteStream { .. }
        | Ty::Timestamp
        | Ty::Document
        | Ty::Enumeration(_) => (quote!(impl Into<#own>), quote!(#name.into())),
        Ty::EventInput(stream) | Ty::EventStream(stream) => {
            let events = named(stream, from);
            (
                quote!(impl tinsmith_runtime::Stream<Item = #events> + std::marker::Send + 'static),
                quote!(tinsmith_runtime::EventInput::new(#name)),
            )
        }
        Ty::List { item, sparse } => {
            let item = nullable(item, *sparse, from);
            (
                quote!(impl IntoIterator<Item = impl Into<#item>>),
                quote!(#name.into_iter().map(Into::into).collect()),
            )
        }
        Ty::Map { key, value, sparse } => {
            let (key, value) = (ty(key, from), nullable(value, *sparse, from));
            (
                quote!(impl IntoIterator<Item = (impl Into<#key>, impl Into<#value>)>),
                quote!(#name.into_iter().map(|(key, value)| (key.into(), value.into())).collect()),
            )
        }
    };
    (
        takes,
        if field.boxed {
            quote!(Box::new(#value))
        } else {
            value
        },
    )
}

/// A setter that stores in `place` (`self` or `self.input`); `owner` is where the field's documentation is.
pub(super) fn setter(field: &Field, from: From, place: &TokenStream, owner: &str) -> TokenStream {
    let (name, deprecated) = (ident(&field.ident), deprecated(&field.deprecated));
    let (takes, value) = argument(field, from);
    let doc = doc(&Doc::of(&format!(
        "Sets [`{name}`](field@{owner}::{name}).",
        name = plain(&field.ident)
    )));
    quote! {
        #doc
        #deprecated
        pub fn #name(mut self, #name: #takes) -> Self {
            #place.#name = Some(#value);
            self
        }
    }
}

/// The marker of a timestamp format that is not the place's own.
pub(super) fn marker(format: TimestampFormat) -> TokenStream {
    match format {
        TimestampFormat::DateTime => quote!(tinsmith_runtime::DateTime),
        TimestampFormat::EpochSeconds => quote!(tinsmith_runtime::EpochSeconds),
        TimestampFormat::HttpDate => quote!(tinsmith_runtime::HttpDate),
    }
}

/// `reader.member(&mut self.name)`, or its form for boxes and timestamps.
pub(super) fn read(field: &Field) -> TokenStream {
    let name = ident(&field.ident);
    match (field.format, field.boxed) {
        (Some(format), _) => {
            let marker = marker(format);
            quote!(reader.member_as::<#marker, _>(&mut self.#name))
        }
        (None, true) => quote!(reader.boxed(&mut self.#name)),
        (None, false) => quote!(reader.member(&mut self.#name)),
    }
}

/// `reader.value()?`, or its form for timestamps.
pub(super) fn read_value(field: &Field) -> TokenStream {
    match field.format {
        Some(format) => {
            let marker = marker(format);
            quote!(reader.value_as::<#marker, _>()?)
        }
        None => quote!(reader.value()?),
    }
}

/// `writer.member("name", &self.name);`, or its form for what is required, filled in, or formatted; `None` for what is
/// never in a body.
pub(super) fn write(field: &Field) -> Option<TokenStream> {
    let (wire, name) = (field.key()?, ident(&field.ident));
    Some(
        match (
            field.idempotency_token,
            field.required,
            field.format.map(marker),
        ) {
            (true, _, _) => quote!(writer.idempotency_token(#wire, &self.#name);),
            (false, true, None) => quote!(writer.required(#wire, &self.#name);),
            (false, true, Some(marker)) => {
                quote!(writer.required_as::<#marker>(#wire, &self.#name);)
            }
            (false, false, None) => quote!(writer.member(#wire, &self.#name);),
            (false, false, Some(marker)) => {
                quote!(writer.member_as::<#marker>(#wire, &self.#name);)
            }
        },
    )
}

//! The crate's error: an alias of the runtime's, over an enumeration of the modelled exceptions.

use super::file::{File, Finished, doc, ident};
use crate::rust::{Crate, Exception};
use quote::quote;

pub(super) fn emit(krate: &Crate) -> Finished {
    let (mut variants, mut arms) = (Vec::new(), Vec::new());
    for Exception {
        codes,
        ident: name,
        doc: text,
    } in &krate.exceptions
    {
        let (name, doc) = (ident(name), doc(text));
        variants.push(quote!(#doc #name(types::#name)));
        arms.push(quote!(#(#codes)|* => response.error().map(Self::#name),));
    }
    let (parameters, body) = if arms.is_empty() {
        (
            quote!(_code: &str, _response: &ResponseReader<'_>),
            quote!(None),
        )
    } else {
        (
            quote!(code: &str, response: &ResponseReader<'_>),
            quote!(let error = match code { #(#arms)* _ => return None, }; Some(error)),
        )
    };
    let import = if arms.is_empty() {
        quote!()
    } else {
        quote!(
            use crate::types;
        )
    };
    File::new(&krate.service.id, "the exceptions")
        .item(quote!(#import use tinsmith_runtime::{ReadResult, ReadServiceError, ResponseReader};))
        .item(quote! {
            /// What can go wrong with a call. [`service_error`](tinsmith_runtime::Error::service_error) gives the modelled exception.
            pub type Error = tinsmith_runtime::Error<ServiceError>;
        })
        .item(quote! {
            /// The exceptions that the service's model describes.
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum ServiceError { #(#variants),* }
        })
        .item(quote! {
            impl ReadServiceError for ServiceError {
                fn read_error(#parameters) -> Option<ReadResult<Self>> { #body }
            }
        })
        .finish()
}

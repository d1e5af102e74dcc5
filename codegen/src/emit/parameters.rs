//! Parameters of the endpoint rules that an operation or its input gives, where the request is written.
//!
//! ```ignore
//! request.endpoint_text("OperationType", Some("control"));
//! request.endpoint_text("StreamARN", self.stream_arn.as_ref());
//! ```

use super::file::ident;
use crate::model::ParameterValue;
use crate::rust::ParameterSource;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn give((name, source): &(String, ParameterSource)) -> TokenStream {
    match source {
        ParameterSource::Fixed(ParameterValue::Flag(flag)) => {
            quote!(request.endpoint_flag(#name, Some(#flag));)
        }
        ParameterSource::Fixed(ParameterValue::Text(text)) => {
            quote!(request.endpoint_text(#name, Some(#text));)
        }
        ParameterSource::Fixed(ParameterValue::List(list)) => {
            quote!(request.endpoint_list(#name, [#(#list),*]);)
        }
        ParameterSource::Text(way) => {
            let value = along(&quote!(self), way);
            quote!(request.endpoint_text(#name, #value);)
        }
        ParameterSource::Flag(way) => {
            let value = along(&quote!(self), way);
            quote!(request.endpoint_flag(#name, #value.copied());)
        }
        ParameterSource::List(way) => {
            let value = along(&quote!(self), way);
            quote!(request.endpoint_list(#name, #value.into_iter().flatten());)
        }
        ParameterSource::Keys(way) => {
            let value = along(&quote!(self), way);
            quote!(request.endpoint_list(#name, #value.into_iter().flat_map(|map| map.keys()));)
        }
        ParameterSource::Each(way, ways) => {
            let value = along(&quote!(self), way);
            let items = quote!(#value.into_iter().flatten());
            let mut ways = ways.iter().map(|way| along(&quote!(item), way));
            match (ways.len(), ways.next()) {
                (1, Some(way)) => {
                    quote!(request.endpoint_list(#name, #items.filter_map(|item| #way));)
                }
                (_, first) => {
                    let ways = first.into_iter().chain(ways);
                    quote!(request.endpoint_list(#name, #items.flat_map(|item| [#(#ways),*]).flatten());)
                }
            }
        }
    }
}

/// What is at the end of fields, each within the one before it.
fn along(from: &TokenStream, way: &[String]) -> TokenStream {
    let mut fields = way.iter().map(|field| ident(field));
    let first = fields.next().map(|field| quote!(#from.#field.as_ref()));
    fields.fold(
        first.unwrap_or_default(),
        |before, field| quote!(#before.and_then(|value| value.#field.as_ref())),
    )
}

//! Parameters of the endpoint rules from an operation or its input, where the request is written.
//!
//! ```ignore
//! request.endpoint_text("OperationType", Some("control"));
//! request.endpoint_text("StreamARN", self.stream_arn.as_ref());
//! ```

use super::path::reference;
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
        ParameterSource::Text(path) => {
            let value = reference(&quote!(self), path);
            quote!(request.endpoint_text(#name, #value);)
        }
        ParameterSource::Flag(path) => {
            let value = reference(&quote!(self), path);
            quote!(request.endpoint_flag(#name, #value.copied());)
        }
        ParameterSource::List(path) => {
            let value = reference(&quote!(self), path);
            quote!(request.endpoint_list(#name, #value.into_iter().flatten());)
        }
        ParameterSource::Keys(path) => {
            let value = reference(&quote!(self), path);
            quote!(request.endpoint_list(#name, #value.into_iter().flat_map(|map| map.keys()));)
        }
        ParameterSource::Each(path, paths) => {
            let value = reference(&quote!(self), path);
            let items = quote!(#value.into_iter().flatten());
            let mut paths = paths.iter().map(|path| reference(&quote!(item), path));
            match (paths.len(), paths.next()) {
                (1, Some(path)) => {
                    quote!(request.endpoint_list(#name, #items.filter_map(|item| #path));)
                }
                (_, first) => {
                    let paths = first.into_iter().chain(paths);
                    quote!(request.endpoint_list(#name, #items.flat_map(|item| [#(#paths),*]).flatten());)
                }
            }
        }
    }
}

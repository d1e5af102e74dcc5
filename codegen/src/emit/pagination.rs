//! The accessors of a paginated call: which member takes a token, which gives the next one, where the items are.

use super::field::{Site, ty};
use super::file::ident;
use super::path;
use crate::rust::{Items, Limit, PageToken, Pagination, Ty};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

pub(super) fn emit(
    pagination: &Pagination,
    operation: &str,
    call: &Ident,
    page: &Ident,
) -> TokenStream {
    let Pagination {
        tokens,
        limit,
        items,
        secondary,
        more_results,
    } = pagination;
    let names = tokens.iter().map(|token| &token.wire);
    let limit_name = match limit {
        Some(Limit { wire, .. }) => quote!(Some(#wire)),
        None => quote!(None),
    };
    let result = match items {
        Some(Items { wire, .. }) => quote!(Some(#wire)),
        None => quote!(None),
    };
    let items_ty = items
        .as_ref()
        .map_or(quote!(()), |items| ty(&items.ty, Site::Operation));
    let one = tokens.len() == 1;
    let token = by_index(tokens, quote!(None), |PageToken { input, .. }| {
        let field = ident(input);
        quote!(Token::of(&self.input.#field))
    });
    let set_token = {
        let sets = tokens.iter().map(|PageToken { input, .. }| {
            let field = ident(input);
            quote!(self.input.#field = token.map(Token::read).transpose()?)
        });
        if one {
            quote!(#(#sets;)*)
        } else {
            let arms = sets.enumerate().map(|(index, set)| {
                let index = Literal::usize_unsuffixed(index);
                quote!(#index => #set,)
            });
            quote!(match index { #(#arms)* _ => {} })
        }
    };
    let next_token = by_index(tokens, quote!(None), |PageToken { output, .. }| {
        let mut paths = output.iter().map(path::token);
        let first = paths.next().unwrap_or_default();
        quote!(#first #(.filter(|token| !token.is_empty()).or_else(|| #paths))*)
    });
    let index = if one { quote!(_index) } else { quote!(index) };
    let more_results = more_results.as_ref().map(|path| {
        let flag = path::flag(path);
        quote! {
            fn more_results(page: &Self::Page) -> bool {
                #flag.unwrap_or_default()
            }
        }
    });
    let set_page_size = limit.as_ref().map(|Limit { field, ty, .. }| {
        let field = ident(field);
        let value = match ty {
            Ty::String => quote!(page_size.to_string()),
            // No page of so many items is asked for; the largest that can be said stands for it.
            Ty::Byte => quote!(page_size.try_into().unwrap_or(i8::MAX)),
            Ty::Short => quote!(page_size.try_into().unwrap_or(i16::MAX)),
            Ty::Long => quote!(page_size.into()),
            _ => quote!(page_size),
        };
        quote! {
            fn set_page_size(&mut self, page_size: i32) {
                self.input.#field = Some(#value);
            }
        }
    });
    let items = match items {
        Some(Items { path, .. }) => {
            let items = path::mutable(path);
            quote!(fn items(page: &mut Self::Page) -> Option<&mut Self::Items> { #items })
        }
        None => quote!(
            fn items(_page: &mut Self::Page) -> Option<&mut Self::Items> {
                None
            }
        ),
    };
    let clear_secondary = (!secondary.is_empty()).then(|| {
        let clear = secondary.iter().map(path::clear);
        quote!(fn clear_secondary(page: &mut Self::Page) { #(#clear)* })
    });
    quote! {
        impl Paginated for #call {
            type Page = #page;
            type Items = #items_ty;
            type Error = Error;
            const PAGINATION: Pagination = Pagination {
                operation: #operation,
                input_tokens: &[#(#names),*],
                limit: #limit_name,
                result: #result,
            };
            fn send(self) -> BoxFuture<'static, Result<Self::Page, Error>> {
                Box::pin(Self::send(self))
            }
            fn token(&self, #index: usize) -> Option<Token> { #token }
            fn set_token(&mut self, #index: usize, token: Option<Token>) -> Result<(), TokenError> { #set_token Ok(()) }
            fn next_token(page: &Self::Page, #index: usize) -> Option<Token> { #next_token }
            #more_results
            #set_page_size
            #items
            #clear_secondary
        }
    }
}

/// One token needs no index; several are told apart by it.
fn by_index(
    tokens: &[PageToken],
    otherwise: TokenStream,
    each: impl Fn(&PageToken) -> TokenStream,
) -> TokenStream {
    match tokens {
        [one] => each(one),
        several => {
            let arms = several.iter().enumerate().map(|(index, token)| {
                let (index, body) = (Literal::usize_unsuffixed(index), each(token));
                quote!(#index => #body,)
            });
            quote!(match index { #(#arms)* _ => #otherwise, })
        }
    }
}

//! The accessors of a paginated call: which member takes a token, which gives the next one, where the items are.

use super::field::{Site, ty};
use super::file::ident;
use crate::rust::{Items, Limit, PageToken, Pagination, Step, Ty};
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
        let mut ways = output.iter().map(|way| token_way(way));
        let first = ways.next().unwrap_or_default();
        quote!(#first #(.filter(|token| !token.is_empty()).or_else(|| #ways))*)
    });
    let index = if one { quote!(_index) } else { quote!(index) };
    let more_results = more_results.as_ref().map(|way| {
        let flag = flag_way(way);
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
        Some(Items { way, .. }) => {
            let way = write_way(way);
            quote!(fn items(page: &mut Self::Page) -> Option<&mut Self::Items> { #way })
        }
        None => quote!(
            fn items(_page: &mut Self::Page) -> Option<&mut Self::Items> {
                None
            }
        ),
    };
    let clear_secondary = (!secondary.is_empty()).then(|| {
        let clear = secondary.iter().map(|way| clear_way(way));
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

/// `Token::of(&page.a)`, or `page.a.as_ref().and_then(|value| Token::of(&value.b))` further down.
fn token_way(way: &[Step]) -> TokenStream {
    match way {
        [Step::Field(name)] => {
            let name = ident(name);
            quote!(Token::of(&page.#name))
        }
        [above @ .., Step::Field(name)] => {
            let (above, name) = (read_way(above), ident(name));
            quote!(#above.and_then(|value| Token::of(&value.#name)))
        }
        way => {
            let above = read_way(way);
            quote!(#above.and_then(|value| Token::of(value)))
        }
    }
}

/// `page.a`, or `page.a.as_ref().and_then(|value| value.b)` further down: a flag is copied, not borrowed.
fn flag_way(way: &[Step]) -> TokenStream {
    match way {
        [Step::Field(name)] => {
            let name = ident(name);
            quote!(page.#name)
        }
        [above @ .., Step::Field(name)] => {
            let (above, name) = (read_way(above), ident(name));
            quote!(#above.and_then(|value| value.#name))
        }
        way => {
            let above = read_way(way);
            quote!(#above.copied())
        }
    }
}

/// `page.a.as_ref().and_then(|value| value.b.as_ref())`: a way through options, as an `Option` of a reference.
fn read_way(way: &[Step]) -> TokenStream {
    let mut expression = TokenStream::new();
    for step in way {
        expression = match step {
            Step::Field(name) => {
                let name = ident(name);
                if expression.is_empty() {
                    quote!(page.#name.as_ref())
                } else {
                    quote!(#expression.and_then(|value| value.#name.as_ref()))
                }
            }
            Step::Last => quote!(#expression.and_then(|values| values.last())),
        };
    }
    expression
}

/// `page.a.as_mut()` and so on down, as an expression of type `Option<&mut _>`.
fn write_way(way: &[Step]) -> TokenStream {
    let mut expression = TokenStream::new();
    for (index, field) in fields(way).iter().enumerate() {
        expression = if index == 0 {
            quote!(page.#field.as_mut())
        } else {
            quote!(#expression.and_then(|value| value.#field.as_mut()))
        };
    }
    expression
}

fn clear_way(way: &[Step]) -> TokenStream {
    let Some(Step::Field(last)) = way.last() else {
        return TokenStream::new();
    };
    let (last, above) = (
        ident(last),
        write_way(way.get(..way.len() - 1).unwrap_or_default()),
    );
    if above.is_empty() {
        return quote!(page.#last = None;);
    }
    quote!(if let Some(value) = #above { value.#last = None; })
}

fn fields(way: &[Step]) -> Vec<Ident> {
    let fields = way.iter().filter_map(|step| match step {
        Step::Field(name) => Some(ident(name)),
        Step::Last => None,
    });
    fields.collect()
}

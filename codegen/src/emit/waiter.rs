//! The waiters of a call: a method for each, its data as a constant, and one function per path.
//!
//! ```text
//! const IMAGE_AVAILABLE: WaiterPlan<GetImage> = WaiterPlan {
//!     name: "ImageAvailable",
//!     …
//!     acceptors: &[
//!         Outcome::Success.text("image.state.status", image_state_status, "AVAILABLE"),
//!         Outcome::Failure.text("image.state.status", image_state_status, "FAILED"),
//!     ],
//! };
//!
//! /// `image.state.status`
//! fn image_state_status(output: &GetImageOutput) -> Option<&str> { … }
//! ```

mod code;

use super::file::{doc, ident};
use super::path;
use crate::docs::{Doc, code_of_lines};
use crate::model::{Quantifier, WaiterState};
use crate::rust::{Accessor, Lookup, Matcher, Waiter, Waiters};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The method of the call builder.
fn method(waiter: &Waiter) -> TokenStream {
    let (method, constant, doc) = (
        ident(&waiter.method),
        ident(&waiter.constant),
        doc(&waiter.doc),
    );
    quote! {
        #doc
        pub fn #method(self) -> Waiter<Self> {
            Waiter::new(self, &#constant)
        }
    }
}

/// The items beside the call builder; nothing if there are no waiters.
pub(super) fn items(
    waiters: &Waiters,
    operation: &str,
    call: &Ident,
    output: &Ident,
) -> Vec<TokenStream> {
    let Waiters {
        waiters,
        accessors,
        left_out: _,
    } = waiters;
    if waiters.is_empty() {
        return Vec::new();
    }
    let methods = waiters.iter().map(method);
    let methods = quote!(impl #call { #(#methods)* });
    let plans = waiters.iter().map(|waiter| plan(waiter, operation, call));
    let accessors = accessors.iter().map(|of| accessor(of, call, output));
    std::iter::once(methods)
        .chain(plans)
        .chain(accessors)
        .collect()
}

fn plan(waiter: &Waiter, operation: &str, call: &Ident) -> TokenStream {
    let Waiter {
        wire,
        method: _,
        constant,
        doc: _,
        delay,
        max_attempts,
        acceptors,
    } = waiter;
    let constant = ident(constant);
    let (delay, max_attempts) = (
        Literal::u64_unsuffixed(*delay),
        Literal::u64_unsuffixed(*max_attempts),
    );
    let acceptors = acceptors.iter().map(|(state, matcher)| {
        let state = match state {
            WaiterState::Success => quote!(Success),
            WaiterState::Failure => quote!(Failure),
            WaiterState::Retry => quote!(Retry),
        };
        let matcher = self::matcher(matcher);
        quote!(Outcome::#state.#matcher)
    });
    quote! {
        const #constant: WaiterPlan<#call> = WaiterPlan {
            name: #wire,
            operation: #operation,
            delay: #delay,
            max_attempts: #max_attempts,
            acceptors: &[#(#acceptors),*],
        };
    }
}

fn matcher(matcher: &Matcher) -> TokenStream {
    match matcher {
        Matcher::Text {
            path,
            accessor,
            quantifier,
            expected,
        } => {
            let accessor = ident(accessor);
            let of = match quantifier {
                Quantifier::Itself => quote!(text),
                Quantifier::All => quote!(all),
                Quantifier::Any => quote!(any),
            };
            quote!(#of(#path, #accessor, #expected))
        }
        Matcher::Flag {
            path,
            accessor,
            expected,
        } => {
            let accessor = ident(accessor);
            quote!(flag(#path, #accessor, #expected))
        }
        Matcher::Fits { words, accessor } => {
            let accessor = ident(accessor);
            quote!(fits(#words, #accessor))
        }
        Matcher::Error(code) => quote!(error(#code)),
        Matcher::AnyError(true) => quote!(any_error()),
        Matcher::AnyError(false) => quote!(no_error()),
        Matcher::Status(status) => {
            let status = Literal::u16_unsuffixed(*status);
            quote!(status(#status))
        }
    }
}

fn accessor(accessor: &Accessor, call: &Ident, output: &Ident) -> TokenStream {
    let Accessor {
        ident: name,
        path,
        lookup,
    } = accessor;
    let (name, doc) = (ident(name), doc(&Doc::of(&code_of_lines(path))));
    let function = match lookup {
        Lookup::Text(path) => {
            let body = path::text(path);
            quote!(fn #name(output: &#output) -> Option<&str> { #body })
        }
        Lookup::Texts(path) => {
            let body = path::texts(path);
            quote!(fn #name(output: &#output) -> Vec<&str> { #body })
        }
        Lookup::Flag(of) => {
            let body = code::code(of);
            let root = root(&body);
            quote!(fn #name(#root: &#output) -> jmespath::Found<bool> { Ok(#body) })
        }
        Lookup::Fits { code, with_input } => {
            let body = code::code(code);
            let looks_at_input = *with_input && code::names(body.clone(), "input");
            let call_name = if looks_at_input {
                quote!(call)
            } else {
                quote!(_)
            };
            let root = root(&body);
            let input = looks_at_input.then(|| quote!(let input = &call.input;));
            quote! {
                fn #name(#call_name: &#call, #root: &#output) -> Result<bool, jmespath::Nothing> {
                    #input
                    Ok(#body)
                }
            }
        }
    };
    quote! {
        #doc
        #function
    }
}

/// The parameter for the output, or `_` if it is not used.
fn root(body: &TokenStream) -> TokenStream {
    if code::names(body.clone(), "output") {
        quote!(output)
    } else {
        quote!(_)
    }
}

/// Whether a function calls one of the runtime's functions.
pub(super) fn calls_runtime(waiters: &Waiters) -> bool {
    let mut lookup = waiters.accessors.iter().map(|accessor| &accessor.lookup);
    lookup.any(|lookup| matches!(lookup, Lookup::Flag(_) | Lookup::Fits { .. }))
}

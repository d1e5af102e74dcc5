//! The list of types: two lines for each.
//!
//! ```text
//! mod filter;
//! pub use filter::Filter;
//! ```

use super::file::{File, Finished, ident};
use crate::docs::Doc;
use crate::rust::{Crate, Names};
use quote::quote;

pub(super) fn emit(krate: &Crate) -> Finished {
    let mut file = File::new(&krate.service.id, "the shapes")
        .module_doc(&Doc::of("The types that operations send and return."));
    let items = krate.types.iter().map(|item| {
        let Names {
            ident: name,
            module,
            shape: _,
        } = item.names();
        let (name, module) = (ident(name), ident(module));
        quote!(mod #module; pub use #module::#name;)
    });
    file = file.item(quote!(#(#items)*));
    if !krate.exceptions.is_empty() {
        file = file.item(quote!(
            pub use crate::error::exceptions as error;
        ));
    }
    file.finish()
}

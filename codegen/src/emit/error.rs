//! The crate's error; a macro of the runtime makes it from the table of exceptions:
//!
//! ```text
//! tinsmith_runtime::service_errors! {
//!     NoSuchKey, is_no_such_key, message: "NoSuchKey",
//! }
//! ```

use super::file::{File, Finished};
use crate::docs::Doc;
use crate::rust::{Crate, Exception};
use proc_macro2::Literal;
use quote::quote;

pub(super) fn emit(krate: &Crate) -> Finished {
    let mut lines = String::from("tinsmith_runtime::service_errors! {\n");
    for Exception {
        codes,
        ident,
        predicate,
        message,
    } in &krate.exceptions
    {
        let codes = codes.iter().map(|code| Literal::string(code).to_string());
        let codes = codes.collect::<Vec<_>>().join(" | ");
        let message = message.as_ref().map(|field| format!(", {field}"));
        let message = message.unwrap_or_default();
        lines.push_str(&format!("    {ident}, {predicate}{message}: {codes},\n"));
    }
    lines.push_str("}\n");
    let import = match krate.exceptions.is_empty() {
        true => quote!(),
        false => quote!(
            use crate::types;
        ),
    };
    File::new(&krate.service.id, "the exceptions")
        .module_doc(&Doc::of(
            "The error of a call, and the exceptions of the service.",
        ))
        .item(import)
        .lines(&lines)
        .finish()
}

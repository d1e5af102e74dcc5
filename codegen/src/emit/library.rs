//! `lib.rs`: the description of the crate, its modules, and the names at its root.

use super::file::{File, Finished};
use crate::docs::{Doc, prose};
use crate::rust::{Crate, Operation, Service};
use quote::quote;

/// The number of the contract between what is written here and the runtime: `generated_for_contract!` in the runtime says
/// what it is. CONTRIBUTING.md says when it changes.
const CONTRACT: u32 = 8;

pub(super) fn emit(krate: &Crate) -> Finished {
    let Service {
        full_name,
        api_version,
        doc,
        id,
        ..
    } = &krate.service;
    let mut text = Doc::of(&format!(
        "A client for {} (API version {}).",
        prose(full_name),
        prose(api_version)
    ));
    if !doc.is_empty() {
        text.push("");
        text.extend(doc);
    }
    text.push("");
    text.push("Start with [`Client`]. [`operation`] has a call builder for each operation, [`types`] has the types of their");
    text.push("members, and [`Error`] says why a call failed. `API.txt` in the crate's folder lists the public items.");
    let takes_tokens = krate.operations.iter().any(Operation::takes_tokens);
    let token = takes_tokens.then(|| {
        quote!(
            pub use tinsmith_runtime::BearerToken;
        )
    });
    let streams = krate
        .operations
        .iter()
        .any(Operation::streams_blobs)
        .then(|| {
            quote!(
                pub use tinsmith_runtime::{ByteStream, StreamError};
            )
        });
    let has_events =
        |operation: &Operation| operation.sends_events() || operation.receives_events();
    let events = krate.operations.iter().any(has_events).then(|| {
        quote!(
            pub use tinsmith_runtime::{EventInput, EventStream};
        )
    });
    let loader = krate.config.is_some().then(|| {
        quote!(
            /// Loads one configuration for the clients of all services: environment, shared files, sources of credentials.
            #[cfg(feature = "credentials")]
            pub use tinsmith_config as shared_config;
        )
    });
    File::new(id, "the service model")
        .module_doc(&text)
        // Names come from the model, so lints on style are of no use here; deprecated members are read and written too.
        .lines("#![forbid(unsafe_code)]\n#![deny(missing_docs)]\n// Names and sizes are from the model, and its deprecated members are still read and written.\n#![allow(clippy::all, deprecated)]\n")
        // rustc shows the line with this comment, also if it does not find the macro.
        .lines(&format!("tinsmith_runtime::generated_for_contract!({CONTRACT}); // Not found? The tinsmith-runtime is older than this crate.\n"))
        .item(quote! {
            #[rustfmt::skip]
            mod client;
            #[rustfmt::skip]
            pub mod endpoint;
            #[rustfmt::skip]
            pub mod error;
            #[rustfmt::skip]
            pub mod operation;
            #[rustfmt::skip]
            pub mod types;
        })
        .item(quote! {
            pub use client::Client;
            pub use error::{Error, ServiceError};
            #loader
            /// The support crate: HTTP clients, the replay client for tests, credential providers, retry modes.
            pub use tinsmith_runtime as runtime;
            #token
            pub use tinsmith_runtime::codegen::paths::{config, presigning, primitives};
            pub use tinsmith_runtime::{Blob, Config, Credentials, Document, ErrorKind};
            #streams
            #events
            pub use tinsmith_runtime::{OnRepeatedToken, ResumeToken, Timestamp};
        })
        .finish()
}

//! The client: the service's constants, and one method per operation.

use super::file::{File, Finished, deprecated, doc, ident};
use crate::docs::{Doc, prose};
use crate::model::{Extension, Protocol};
use crate::rust::{Crate, Operation, Retries, Service};
use quote::quote;

pub(super) fn emit(krate: &Crate) -> Finished {
    let Service {
        id,
        full_name,
        signing_name,
        api_version,
        protocol,
        retryable,
        retries,
        headers,
        extension,
        doc: _,
    } = &krate.service;
    let protocol = match protocol {
        Protocol::RestJson => quote!(&tinsmith_runtime::protocol::RestJson),
        Protocol::AwsJson {
            version,
            target_prefix,
            query_compatible,
        } => {
            quote!(&tinsmith_runtime::protocol::AwsJson { version: #version, target_prefix: #target_prefix, query_compatible: #query_compatible })
        }
        // Errors are found with and without an element around them.
        Protocol::RestXml {
            no_error_wrapping: _,
        } => quote!(&tinsmith_runtime::protocol::RestXml),
        Protocol::Query => quote!(&tinsmith_runtime::protocol::AwsQuery),
        Protocol::Ec2 => quote!(&tinsmith_runtime::protocol::Ec2Query),
        Protocol::RpcCbor {
            service,
            query_compatible,
        } => {
            quote!(&tinsmith_runtime::protocol::RpcV2Cbor { service: #service, query_compatible: #query_compatible })
        }
    };
    let retryable = retryable.iter().map(|(code, throttling)| {
        let kind = if *throttling {
            quote!(Throttling)
        } else {
            quote!(Transient)
        };
        quote!((#code, tinsmith_runtime::RetryKind::#kind))
    });
    let retries = retries.map(
        |Retries {
             max_attempts,
             first_wait_ms,
         }| {
            quote! {
                retries: tinsmith_runtime::ServiceRetries {
                    max_attempts: #max_attempts,
                    first_wait: std::time::Duration::from_millis(#first_wait_ms),
                },
            }
        },
    );
    let headers = (!headers.is_empty()).then(|| {
        let headers = headers.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(headers: &[#(#headers),*],)
    });
    let extension = extension.as_ref().map(|Extension { value, .. }| {
        let value = value.split("::").map(ident);
        quote!(extension: Some(&#(#value)::*),)
    });
    let methods = krate.operations.iter().map(|operation| {
        let Operation {
            ident: name,
            method,
            doc: text,
            deprecated: note,
            ..
        } = operation;
        let (name, method, doc, note) = (ident(name), ident(method), doc(text), deprecated(note));
        quote! {
            #doc
            #note
            #[inline]
            pub fn #method(&self) -> operation::#name {
                operation::#name::new(self.clone())
            }
        }
    });
    let from_env = krate.config.is_some().then(|| {
        quote! {
            /// Creates a client with settings from the environment, shared files, and container or instance metadata.
            ///
            /// # Errors
            /// A setting cannot be read or is not valid. A missing one is reported by the first call that needs it.
            #[cfg(feature = "credentials")]
            pub async fn from_env() -> Result<Self, crate::Error> {
                Ok(Self::new(tinsmith_config::load().await?))
            }
        }
    });
    let title = doc(&Doc::of(&format!(
        "A client for {}. Cheap to clone; clones share connections, credentials and the retry quota.",
        prose(full_name)
    )));
    File::new(id, "the service model")
        .item(quote!(
            use crate::{Config, operation};
        ))
        .item(quote! {
            pub(crate) const SERVICE: tinsmith_runtime::Service = tinsmith_runtime::Service {
                id: #id,
                signing_name: #signing_name,
                api_version: #api_version,
                protocol: #protocol,
                endpoint: crate::endpoint::resolve,
                retryable: &[#(#retryable),*],
                #retries
                #headers
                #extension
                ..tinsmith_runtime::Service::DEFAULT
            };
        })
        .item(quote! {
            #title
            #[derive(Clone, Debug)]
            pub struct Client {
                pub(crate) inner: tinsmith_runtime::Client,
            }
        })
        .item(quote! {
            impl Client {
                /// Creates a client with these settings only; nothing is read from the environment.
                pub fn new(config: impl Into<Config>) -> Self {
                    Self { inner: tinsmith_runtime::Client::new(&SERVICE, config.into()) }
                }
                /// The same, by its name in the official SDK.
                pub fn from_conf(config: Config) -> Self {
                    Self::new(config)
                }
                #from_env
                /// Says where each of its settings comes from, without secrets. Credentials are fetched for this.
                pub async fn explain(&self) -> tinsmith_runtime::Explanation {
                    self.inner.explain().await
                }
                #(#methods)*
            }
        })
        .finish()
}

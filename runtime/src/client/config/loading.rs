//! What a crate that loads configurations does with a builder; programs need none of it.

use super::builder::Http;
use super::{ConfigBuilder, Settings};
use crate::client::Explained;
use crate::client::cache::Cache;
use crate::client::credentials::{ProvideCredentials, Provided};
use crate::client::http_client::HttpClient;
use crate::client::tokens::TokenSource;
use std::sync::Arc;

/// For crates that load configurations; see [`loading`](crate::loading).
impl ConfigBuilder {
    /// The settings that may be found outside of the program.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// Where a region was looked for and not found, for the error of a call that needs one.
    pub fn region_looked_at(mut self, places: impl Into<String>) -> Self {
        self.region_looked_at = Some(places.into());
        self
    }

    /// Adds to what [`Config::explain`](crate::Config::explain) says.
    pub fn note(mut self, note: Explained) -> Self {
        self.notes.push(note);
        self
    }

    /// The HTTP client, if one is set.
    pub fn get_http_client(&self) -> Option<Arc<dyn HttpClient>> {
        Some(self.http.as_ref()?.client.clone())
    }

    /// Sets the HTTP client to one that is made from what was found, and what [`Config::explain`](crate::Config::explain)
    /// says of it. A client that is set later takes both away.
    pub fn found_http_client(mut self, client: Arc<dyn HttpClient>, notes: Vec<Explained>) -> Self {
        self.http = Some(Http { client, notes });
        self
    }

    /// For calls whose inputs have a token or another secret that anybody who reads it can use: as bearer tokens, they are
    /// sent only over HTTPS or to this machine.
    pub fn sends_tokens(mut self) -> Self {
        self.sends_tokens = true;
        self
    }

    /// A source of credentials that is used if none is set.
    pub fn or_credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials
            .get_or_insert_with(|| Cache::new(Provided(Arc::new(provider))));
        self
    }

    /// A source of bearer tokens that is used if no token is set.
    pub fn or_token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.tokens.found = Some(Arc::new(source));
        self
    }
}

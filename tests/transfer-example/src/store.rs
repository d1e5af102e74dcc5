//! The store that is talked to: the one within, or another.

use std::error::Error;

use s3::{Client, Config, Credentials, shared_config};
use tinsmith_tests::store::{Fault, Store};

use crate::arguments::Arguments;

/// A client, and the store if it is ours.
pub(crate) struct Service {
    pub(crate) client: Client,
    name: String,
    _own: Option<Store>,
}

impl Service {
    pub(crate) async fn start(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        let Some(url) = &arguments.endpoint_url else {
            return Self::within(arguments).await;
        };
        let mut config = shared_config::from_env().endpoint_url(url);
        if let Some(region) = &arguments.region {
            config = config.region(region);
        }
        let config = config.force_path_style(true).load().await?;
        Ok(Self {
            client: Client::new(config),
            name: url.clone(),
            _own: None,
        })
    }

    /// A store of our own on the loopback interface.
    async fn within(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        let store = Store::start().await?;
        if arguments.interrupted {
            let mut is_refused = false;
            store.script(move |seen| {
                let is_meant = seen.part() == 2 && !std::mem::replace(&mut is_refused, true);
                is_meant.then_some(Fault::Answer(403, "AccessDenied"))
            });
        }
        let config = Config::builder()
            .region("eu-west-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .endpoint_url(store.url())
            .build();
        Ok(Self {
            client: Client::new(config),
            name: format!("the store within, at {}", store.url()),
            _own: Some(store),
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

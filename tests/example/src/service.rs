//! The Image Builder that is talked to: the one within, another endpoint, or AWS.

use std::error::Error;

use imagebuilder::{Client, Config, Credentials, shared_config};
use tinsmith_tests::server::{ACCESS_KEY_ID, Catalogue, ImageBuilder, REGION, SECRET_ACCESS_KEY};

use crate::arguments::Arguments;

/// A client, and the server if it is ours.
pub(crate) struct Service {
    pub(crate) client: Client,
    name: String,
    own: Option<ImageBuilder>,
}

impl Service {
    pub(crate) async fn start(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        if !arguments.real && arguments.endpoint_url.is_none() {
            return Self::within(arguments).await;
        }
        let mut config = shared_config::from_env();
        if let Some(region) = &arguments.region {
            config = config.region(region);
        }
        let name = match &arguments.endpoint_url {
            Some(url) => {
                config = config.endpoint_url(url);
                url.clone()
            }
            None => "AWS".to_owned(),
        };
        Ok(Self {
            client: Client::new(config.load().await?),
            name,
            own: None,
        })
    }

    /// A server of our own on the loopback interface, with as many images as asked for.
    async fn within(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        let size = usize::try_from(arguments.images)?;
        let server = ImageBuilder::start(Catalogue::of(size)).await?;
        let config = Config::builder()
            .region(REGION)
            .credentials(Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None))
            .endpoint_url(server.url())
            .build();
        Ok(Self {
            client: Client::new(config),
            name: format!("the Image Builder within, at {}", server.url()),
            own: Some(server),
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The ARNs that a whole listing gives, where that is known.
    pub(crate) fn expected(&self) -> Option<Vec<String>> {
        self.own.as_ref().map(|server| server.catalogue().arns())
    }
}

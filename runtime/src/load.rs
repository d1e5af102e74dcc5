//! Loads a configuration from outside of the program. Only this file uses the modules that find settings and
//! credentials; nothing else in this crate depends on them.

use crate::client::Client;
use crate::client::config::{Config, ConfigBuilder};
use crate::client::http_client::HttpClient;
use crate::credentials::{Chain, FoundTokens, Metadata, ProviderIo, instance_region};
use crate::error::ConfigError;
use crate::protocol::Service;
use crate::settings;
use crate::settings::profile::Profiles;
use std::sync::Arc;

impl Client {
    /// A client with all settings from the environment, the shared files, the container or the instance.
    ///
    /// # Errors
    /// See [`ConfigBuilder::load`].
    pub async fn from_env(service: &'static Service) -> Result<Self, ConfigError> {
        Ok(Self::new(service, Config::from_env().await?))
    }
}

impl Config {
    /// All settings from the environment, the shared files, the container or the instance: `builder().load()`.
    ///
    /// # Errors
    /// See [`ConfigBuilder::load`].
    pub async fn from_env() -> Result<Self, ConfigError> {
        Self::builder().load().await
    }
}

impl ConfigBuilder {
    /// A configuration of the values that were set, completed from the environment and the shared files. Instance
    /// metadata is only used for a region that is not set elsewhere. Credentials are looked for at the first call.
    ///
    /// # Errors
    /// A shared file is malformed, a profile that was named does not exist, or a value is invalid. A region or
    /// credentials that cannot be found are an error of the first call that needs them.
    pub async fn load(mut self) -> Result<Config, ConfigError> {
        let profiles = Arc::new(Profiles::load(&self.environment, self.profile.as_deref()).await?);
        let http = self.loaded_http(&profiles).await?;
        let io = ProviderIo {
            environment: self.environment.clone(),
            http: http.clone(),
            metadata: Metadata::read(&self.environment, &profiles)?,
        };
        settings::fill(&mut self.settings, &self.environment, &profiles)?;
        self.tokens.found = Some(Arc::new(FoundTokens::find(&self.environment, &profiles)?));
        let mut looked_at = String::new();
        if self.settings.region.is_none() {
            match instance_region(&io).await {
                Ok(region) => {
                    self.settings.region = Some(region);
                    self.settings.region_place = Some("region of the instance".to_owned());
                }
                Err(why) => {
                    looked_at = format!(
                        "AWS_REGION and AWS_DEFAULT_REGION are not set; no `region` in profile `{}` of {}; \
                         instance metadata: {why}",
                        profiles.name(),
                        profiles.files(),
                    );
                }
            }
        }
        let is_profile_named = self.profile.is_some();
        Ok(self.finish(http, looked_at, |region| {
            Arc::new(Chain {
                io,
                profiles,
                region,
                is_profile_named,
            })
        }))
    }

    /// The client that was set, or else the default one as configured by the environment and the profile.
    async fn loaded_http(&self, profiles: &Profiles) -> Result<Arc<dyn HttpClient>, ConfigError> {
        #[cfg(feature = "hyper")]
        if self.http.is_none() {
            let client = settings::transport::http_client(&self.environment, profiles).await?;
            return Ok(Arc::new(client));
        }
        #[cfg(not(feature = "hyper"))]
        let _ = profiles;
        Ok(self.http())
    }
}

//! Loads a configuration: what is set in the program, completed from outside of it.

use crate::credentials::{
    AssumeRole, AssumedRole, Chain, FoundTokens, Metadata, ProviderIo, instance_region,
};
use crate::environment::Environment;
use crate::region_chain::{Choice, ProvideRegion, RegionProviderChain};
use crate::settings::profile::Profiles;
use crate::settings::{self, Lookup};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tinsmith_runtime::codegen::paths::config::retry::RetryConfig;
use tinsmith_runtime::codegen::paths::config::timeout::TimeoutConfig;
use tinsmith_runtime::loading::{Found, Setting};
use tinsmith_runtime::{
    BearerToken, BoxFuture, Config, ConfigBuilder, ConfigError, Credentials, Explained, HttpClient,
    ProvideCredentials, RequestChecksumCalculation, ResponseChecksumValidation, RetryMode,
    RetryRules,
};

/// A configuration with all settings from the environment, the shared files, the container or the instance:
/// `from_env().load()`.
///
/// # Errors
/// See [`Loader::load`].
pub async fn load() -> Result<Config, ConfigError> {
    from_env().load().await
}

/// A loader in which nothing is set.
pub fn from_env() -> Loader {
    Loader::default()
}

/// Loads a [`Config`]. What is set here counts before what is found outside of the program.
#[derive(Clone)]
#[must_use = "a loader does nothing until `load`"]
pub struct Loader {
    config: ConfigBuilder,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    environment: Environment,
    profile: Option<String>,
    region: RegionProviderChain,
    fallback_region: Option<String>,
    role: Option<AssumeRole>,
}

impl Default for Loader {
    fn default() -> Self {
        Self {
            config: ConfigBuilder::default(),
            credentials: None,
            environment: Environment::default(),
            profile: None,
            region: RegionProviderChain::default_provider(),
            fallback_region: None,
            role: None,
        }
    }
}

/// Setters that hand on to those of the builder.
macro_rules! setters {
    ($($name:ident($value:ident: $type:ty);)*) => {$(
        #[doc = concat!("See [`ConfigBuilder::", stringify!($name), "`].")]
        pub fn $name(mut self, $value: $type) -> Self {
            self.config = self.config.$name($value);
            self
        }
    )*};
}

impl Loader {
    setters! {
        bearer_token(token: impl Into<BearerToken>);
        auth_scheme_preference(names: impl IntoIterator<Item = impl Into<String>>);
        endpoint_url(url: impl Into<String>);
        use_fips(use_fips: bool);
        use_dual_stack(use_dual_stack: bool);
        disable_host_prefix(disable: bool);
        max_attempts(max_attempts: u32);
        retry_mode(mode: RetryMode);
        retry_rules(rules: RetryRules);
        retry_429(retry_429: bool);
        request_checksum_calculation(rule: RequestChecksumCalculation);
        response_checksum_validation(rule: ResponseChecksumValidation);
        retry_config(retries: RetryConfig);
        timeout_config(timeouts: TimeoutConfig);
        connect_timeout(timeout: impl Into<Option<Duration>>);
        attempt_timeout(timeout: impl Into<Option<Duration>>);
        operation_timeout(timeout: impl Into<Option<Duration>>);
        idle_timeout(timeout: impl Into<Option<Duration>>);
        event_timeout(timeout: impl Into<Option<Duration>>);
        max_response_bytes(max: usize);
        disable_request_compression(disable: bool);
        request_min_compression_size_bytes(least: usize);
        http_client(client: impl HttpClient + 'static);
        app_name(name: impl Into<String>);
        force_path_style(force: bool);
        accelerate(accelerate: bool);
        use_arn_region(use_it: bool);
        disable_multi_region_access_points(disable: bool);
        disable_s3_express_session_auth(disable: bool);
        s3_use_global_endpoint(use_it: bool);
        sts_use_global_endpoint(use_it: bool);
    }

    /// The region to call and to sign for, such as `eu-west-1`, or a chain of places to take it from; the last call counts.
    /// See [`ConfigBuilder::region`]. Default: [`RegionProviderChain::default_provider`].
    pub fn region(mut self, region: impl ProvideRegion) -> Self {
        self.region = region.into_chain();
        self
    }

    /// Credentials to sign with. Otherwise they are looked for in the environment, as a web identity, in the profile, the
    /// container and the instance's metadata, in this order, but the role of a profile comes before the web identity.
    /// With a profile that is set with [`profile`](Self::profile), keys and web identities in environment variables are
    /// ignored.
    pub fn credentials(self, credentials: Credentials) -> Self {
        self.credentials_provider(credentials)
    }

    /// A custom source of credentials, called when the first call needs them and again before they expire.
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(provider));
        self
    }

    /// A role whose credentials are used: STS is asked for them with those that are set or found, in the client's region.
    /// An ARN is enough; [`AssumeRole`] has more settings.
    pub fn assume_role(mut self, role: impl Into<AssumeRole>) -> Self {
        self.role = Some(role.into());
        self
    }

    /// The profile of the shared files. Default: `AWS_DEFAULT_PROFILE`, `AWS_PROFILE`, or else `default`. A profile that
    /// is set and does not exist is an error.
    ///
    /// With a profile that is set here, keys and web identities in environment variables are ignored.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// The same as [`profile`](Self::profile), by its name in the official crate.
    pub fn profile_name(self, name: impl Into<String>) -> Self {
        self.profile(name)
    }

    /// The region to use if none is set or found anywhere.
    pub fn region_or(mut self, region: impl Into<String>) -> Self {
        self.fallback_region = Some(region.into());
        self
    }

    /// Where settings are read from. Default: [`Environment::process`].
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// A configuration of the values that were set, completed from the environment and the shared files. Instance
    /// metadata is only used for a region that is not set elsewhere. Credentials are looked for at the first call.
    ///
    /// # Errors
    /// A shared file is malformed, a profile that was named does not exist, or a value is invalid. A region or
    /// credentials that cannot be found are an error of the first call that needs them.
    pub async fn load(self) -> Result<Config, ConfigError> {
        self.loading().await
    }

    /// A function that is no generic one, and boxed: else the code of loading would be in each crate that loads.
    #[inline(never)]
    fn loading(self) -> BoxFuture<'static, Result<Config, ConfigError>> {
        Box::pin(self.complete())
    }

    async fn complete(self) -> Result<Config, ConfigError> {
        let Self {
            mut config,
            credentials,
            environment,
            profile,
            region,
            fallback_region,
            role,
        } = self;
        let mut fallback_region = fallback_region;
        let choice = region.choice();
        match &choice {
            Choice::Is(region) => config = config.region(region),
            Choice::FoundOr(Some(region)) => fallback_region = Some(region.clone()),
            Choice::FoundOr(None) | Choice::None => {}
        }
        let profiles = Arc::new(Profiles::load(&environment, profile.as_deref()).await?);
        let lookup = Lookup {
            environment: &environment,
            profiles: &profiles,
        };
        config = config.note(Explained::new(
            "profile",
            profiles.name(),
            format!(
                "selected by {}; {}",
                profiles.selected_by(),
                profiles.files()
            ),
        ));
        let http = match config.get_http_client() {
            Some(http) => http,
            None => {
                let (http, notes) = default_http_client(&lookup).await?;
                config = config.found_http_client(http.clone(), notes);
                http
            }
        };
        let metadata = Metadata::read(&lookup)?;
        settings::fill(config.settings_mut(), &lookup)?;
        let io = ProviderIo {
            environment: environment.clone(),
            http,
            metadata,
            clients: ProviderIo::clients(&config),
        };
        let tokens = FoundTokens::find(&io, &profiles)?;
        config = config.or_token_source(tokens);
        config = match choice {
            Choice::None => {
                config.settings_mut().region = Setting::default();
                config.region_looked_at("the chain that was set for it has none")
            }
            _ => with_region(config, &io, &profiles, fallback_region).await,
        };
        let region = config.settings_mut().region.get().cloned();
        let chain = Chain {
            io: io.clone(),
            profiles: profiles.clone(),
            region: region.clone(),
            is_profile_named: profile.is_some(),
        };
        let config = match (credentials, role) {
            (None, None) => config.or_credentials_provider(chain),
            (Some(set), None) => config.credentials_provider(set),
            (set, Some(role)) => config.credentials_provider(AssumedRole {
                io,
                region,
                role,
                source: set.unwrap_or_else(|| Arc::new(chain)),
            }),
        };
        Ok(config.build())
    }
}

/// The client as the environment and the profile configure it, and what there is to say of its proxies.
async fn default_http_client(
    lookup: &Lookup<'_>,
) -> Result<(Arc<dyn HttpClient>, Vec<Explained>), ConfigError> {
    #[cfg(feature = "hyper")]
    {
        let (client, notes) = settings::transport::http_client(lookup).await?;
        Ok((Arc::new(client), notes))
    }
    #[cfg(not(feature = "hyper"))]
    {
        let _ = lookup;
        let client = tinsmith_runtime::loading::default_http_client();
        Ok((client, Vec::new()))
    }
}

/// The configuration with a region, if there is one: that of the instance, or else the one to fall back on.
async fn with_region(
    mut config: ConfigBuilder,
    io: &ProviderIo,
    profiles: &Profiles,
    fallback: Option<String>,
) -> ConfigBuilder {
    let region = &mut config.settings_mut().region;
    if region.get().is_some() {
        return config;
    }
    let (found, why) = match instance_region(io).await {
        Ok(region) => (Some((region, "region of the instance")), String::new()),
        Err(why) => (fallback.map(|region| (region, "region_or")), why),
    };
    match found {
        Some((value, place)) => {
            let place = place.to_owned();
            region.found(Found { value, place });
            config
        }
        None => config.region_looked_at(format!(
            "AWS_REGION and AWS_DEFAULT_REGION are not set; no `region` in profile `{}` of {}; instance metadata: {why}",
            profiles.name(),
            profiles.files(),
        )),
    }
}

impl fmt::Debug for Loader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            config,
            credentials,
            environment,
            profile,
            region,
            fallback_region,
            role,
        } = self;
        f.debug_struct("Loader")
            .field("config", config)
            .field(
                "credentials",
                &credentials.as_ref().map(|provider| provider.name()),
            )
            .field("environment", environment)
            .field("profile", profile)
            .field("region", region)
            .field("fallback_region", fallback_region)
            .field("role", role)
            .finish()
    }
}

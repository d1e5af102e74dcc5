//! Where the settings of a client come from, in words.

use super::Client;
use super::cache::Fetch;
use super::config::{Config, Setting};
use crate::retry::{RetryRules, ServiceRetries};
use std::fmt;
use std::time::SystemTime;

/// Where the settings of a client or a configuration come from. Its text has a line for each; secrets are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation(Vec<Explained>);

/// One setting: what it is, and which file, section, variable or default gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explained {
    /// What it is, such as `region`.
    pub name: String,
    /// Its value, or what stands in its place; of credentials, the access key id.
    pub value: String,
    /// Where the value was found, or where it was looked for.
    pub place: String,
}

impl Explained {
    /// A setting, for crates that load configurations. Neither text may contain a secret.
    pub fn new(
        name: impl Into<String>,
        value: impl Into<String>,
        place: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            place: place.into(),
        }
    }

    fn of<T>(name: &str, setting: &Setting<T>, default: &str, show: impl Fn(&T) -> String) -> Self {
        let value = setting.get().map(show);
        let place = match (&value, setting.place()) {
            (_, Some(place)) => place,
            (Some(_), None) => "set in the program",
            (None, None) => "default",
        };
        Self::new(name, value.as_deref().unwrap_or(default), place)
    }
}

impl Explanation {
    /// The settings, in the order of the text.
    pub fn settings(&self) -> &[Explained] {
        &self.0
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Explained { name, value, place }) in self.0.iter().enumerate() {
            let line = format!("{name}: {value} ({place})");
            if index > 0 {
                f.write_str("\n")?;
            }
            crate::shape::print(f, &line)?;
        }
        Ok(())
    }
}

impl Config {
    /// Says where each setting comes from that does not depend on the service.
    pub fn explain(&self) -> Explanation {
        Explanation(self.explained(&ServiceRetries::DEFAULT))
    }

    fn explained(&self, service: &ServiceRetries) -> Vec<Explained> {
        let settings = self.settings();
        let mut all: Vec<_> = self.notes().cloned().collect();
        all.push(match settings.region.get() {
            Some(_) => Explained::of("region", &settings.region, "", String::clone),
            None => Explained::new("region", "none", self.region_looked_at()),
        });
        let shown = |value: &bool| value.to_string();
        all.push(Explained::of(
            "FIPS endpoints",
            &settings.use_fips,
            "false",
            shown,
        ));
        let dual_stack = &settings.use_dual_stack;
        all.push(Explained::of(
            "dual-stack endpoints",
            dual_stack,
            "false",
            shown,
        ));
        let retries = self.retries(service);
        let attempts = &settings.max_attempts;
        let default = retries.max_attempts.to_string();
        all.push(Explained::of(
            "attempts",
            attempts,
            &default,
            u32::to_string,
        ));
        let mode = |mode: &_| format!("{mode:?}").to_lowercase();
        let default = mode(&retries.mode);
        all.push(Explained::of(
            "retry mode",
            &settings.retry_mode,
            &default,
            mode,
        ));
        let rules = |rules: &RetryRules| match rules {
            RetryRules::V2_0 => "2.0".to_owned(),
            RetryRules::V2_1 => "2.1".to_owned(),
        };
        let default = rules(&retries.rules);
        all.push(Explained::of(
            "retry rules",
            &settings.retry_rules,
            &default,
            rules,
        ));
        all.extend(self.tokens().explain());
        all
    }
}

impl Client {
    /// Says where each setting comes from: those of the configuration, the endpoint of the service, and the credentials,
    /// which are fetched for this if they were not yet.
    pub async fn explain(&self) -> Explanation {
        let config = self.config();
        let mut all = config.explained(&self.0.service.retries);
        let service = self.0.service.id;
        let name = format!("endpoint of {service}");
        let place = config.settings().endpoints.place(service);
        all.push(match &self.0.target {
            Ok(target) => Explained::new(
                name,
                target.url().to_string(),
                place.unwrap_or("the endpoint rules of the service"),
            ),
            Err(error) => Explained::new(name, "none", error.to_string()),
        });
        all.push(match config.credentials().get(SystemTime::now()).await {
            Ok(credentials) => Explained::new(
                "credentials",
                credentials.access_key_id(),
                credentials
                    .origin()
                    .unwrap_or_else(|| config.credentials().source().name()),
            ),
            Err(error) => Explained::new("credentials", "none", error.to_string()),
        });
        Explanation(all)
    }
}

//! Endpoint URLs that are set: outright, in the environment, in the profile; for all services or for one.

use crate::config::ConfigError;
use crate::environment::Environment;
use crate::profile::Profiles;
use std::collections::BTreeMap;
use std::fmt;

/// Endpoint URLs that stand outside of the services' own rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Endpoints {
    /// Set outright: for every service.
    outright: Option<Url>,
    /// `AWS_ENDPOINT_URL_<SERVICE>`, by what stands for the service.
    variables: BTreeMap<String, Url>,
    /// `AWS_ENDPOINT_URL`.
    variable: Option<Url>,
    /// `endpoint_url` in the services section that the profile names, by service.
    section: BTreeMap<String, Url>,
    /// `endpoint_url` of the profile.
    profile: Option<Url>,
}

impl Endpoints {
    /// Sets the URL for every service, over everything that is said outside.
    pub(crate) fn set(&mut self, url: String) {
        self.outright = Some(Url(url));
    }

    pub(super) fn fill(
        &mut self,
        environment: &Environment,
        profiles: &Profiles,
    ) -> Result<(), ConfigError> {
        self.variables = environment
            .variables_after("AWS_ENDPOINT_URL_")
            .into_iter()
            .map(|(service, url)| (service, Url(url)))
            .collect();
        self.variable = environment.variable("AWS_ENDPOINT_URL").map(Url);
        self.profile = profiles
            .setting("endpoint_url")
            .map(|url| Url(url.to_owned()));
        if let Some(name) = profiles.setting("services") {
            let section = profiles.services(name).ok_or_else(|| {
                let profile = profiles.name();
                ConfigError::new(format!(
                    "profile `{profile}` refers to section [services {name}], which does not exist"
                ))
            })?;
            let urls = section.all_nested().filter_map(|(service, settings)| {
                let url = settings.get("endpoint_url").filter(|url| !url.is_empty())?;
                Some((service.to_owned(), Url(url.clone())))
            });
            self.section = urls.collect();
        }
        Ok(())
    }

    /// The URL for the service with this `serviceId`; `None`: its own rules decide.
    pub(crate) fn of(&self, service_id: &str) -> Option<&str> {
        let key: String = service_id
            .chars()
            .map(|c| {
                if matches!(c, ' ' | '-') {
                    '_'
                } else {
                    c.to_ascii_lowercase()
                }
            })
            .collect();
        self.outright
            .as_ref()
            .or_else(|| self.variables.get(&key.to_ascii_uppercase()))
            .or(self.variable.as_ref())
            .or_else(|| self.section.get(&key))
            .or(self.profile.as_ref())
            .map(|Url(url)| url.as_str())
    }
}

/// A URL as it was set, right or wrong. What stands before an `@` may be a password and is not printed.
#[derive(Clone)]
struct Url(String);

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.rsplit_once('@') {
            None => fmt::Debug::fmt(&self.0, f),
            Some((_, host)) => write!(f, "\"** redacted **@{host}\""),
        }
    }
}

//! Endpoint URLs that are set: outright, in the environment, in the profile; for all services or for one.

use crate::endpoint::BaseUrl;
use crate::error::ConfigError;
use crate::settings::Environment;
use crate::settings::profile::Profiles;
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
    /// What is wrong with that section: an error of whoever gets so far.
    section_error: Option<ConfigError>,
    /// `endpoint_url` of the profile.
    profile: Option<Url>,
}

impl Endpoints {
    /// Sets the URL for every service, over everything that is said outside.
    pub(crate) fn set(&mut self, url: String) {
        self.outright = Some(Url::new("endpoint URL", url));
    }

    /// Looks outside. What the profile refers to is an error here if no service can have its endpoint before that.
    pub(super) fn fill(
        &mut self,
        environment: &Environment,
        profiles: &Profiles,
    ) -> Result<(), ConfigError> {
        const VARIABLE: &str = "AWS_ENDPOINT_URL";
        const VARIABLES: &str = "AWS_ENDPOINT_URL_";
        self.variables = environment
            .variables_after(VARIABLES)
            .into_iter()
            .map(|(service, url)| {
                let place = format!("{VARIABLES}{service}");
                (service, Url::new(&place, url))
            })
            .collect();
        self.variable = environment
            .variable(VARIABLE)
            .map(|url| Url::new(VARIABLE, url));
        if self.outright.is_some() || self.variable.is_some() {
            return Ok(());
        }
        match section(profiles) {
            Ok(section) => self.section = section,
            Err(error) if self.variables.is_empty() => return Err(error),
            Err(error) => self.section_error = Some(error),
        }
        let place = format!("endpoint_url of profile `{}`", profiles.name());
        self.profile = match profiles.setting("endpoint_url") {
            Ok(url) => url.map(|url| Url::new(&place, url.to_owned())),
            Err(problem) => Some(Url {
                place,
                text: Err(ConfigError::new(problem)),
            }),
        };
        Ok(())
    }

    /// The URL for the service with this `serviceId`; `None`: its own rules decide.
    pub(crate) fn of(&self, service_id: &str) -> Result<Option<BaseUrl>, ConfigError> {
        let key = service_id.replace([' ', '-'], "_").to_ascii_lowercase();
        let before = self
            .outright
            .as_ref()
            .or_else(|| self.variables.get(&key.to_ascii_uppercase()))
            .or(self.variable.as_ref());
        let url = match (before, &self.section_error) {
            (Some(url), _) => Some(url),
            (None, Some(error)) => return Err(error.clone()),
            (None, None) => self.section.get(&key).or(self.profile.as_ref()),
        };
        url.map(Url::parse).transpose()
    }
}

fn section(profiles: &Profiles) -> Result<BTreeMap<String, Url>, ConfigError> {
    let profile = profiles.name();
    let Some(name) = profiles.setting("services").map_err(ConfigError::new)? else {
        return match profiles.current().is_some_and(|it| it.has("services")) {
            true => Err(ConfigError::new(format!(
                "services of profile `{profile}` is empty"
            ))),
            false => Ok(BTreeMap::new()),
        };
    };
    let section = profiles.services(name).ok_or_else(|| {
        ConfigError::new(format!(
            "profile `{profile}` refers to section [services {name}], which does not exist"
        ))
    })?;
    let urls = section.all_nested().filter_map(|(service, settings)| {
        let url = settings.get("endpoint_url").filter(|url| !url.is_empty())?;
        let place = format!("endpoint_url of `{service}` in section [services {name}]");
        Some((service.to_owned(), Url::new(&place, url.to_string())))
    });
    Ok(urls.collect())
}

/// A URL as it was set, right or wrong, and where. What stands before an `@` may be a password and is not printed.
#[derive(Clone)]
struct Url {
    place: String,
    text: Result<String, ConfigError>,
}

impl Url {
    fn new(place: &str, text: String) -> Self {
        Self {
            place: place.to_owned(),
            text: Ok(text),
        }
    }

    fn parse(&self) -> Result<BaseUrl, ConfigError> {
        let text = self.text.as_ref().map_err(Clone::clone)?;
        BaseUrl::parse_base(text).map_err(|why| {
            let place = &self.place;
            ConfigError::new(format!(
                "{place}: {why}; expected one such as https://host:8443/path"
            ))
        })
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parse() {
            Ok(url) => write!(f, "\"{url}\""),
            Err(_) => f.write_str("\"** no URL **\""),
        }
    }
}

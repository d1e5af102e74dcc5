//! Endpoint URLs that are set, for all services or for one, and which of them is used.

use crate::endpoint::BaseUrl;
use crate::error::ConfigError;
use std::fmt;

/// Endpoint URLs that are set outside of the services' own rules.
#[derive(Clone, Debug, Default)]
pub struct Endpoints {
    /// Set in the program, for every service.
    pub explicit: Option<Url>,
    /// `AWS_ENDPOINT_URL_<SERVICE>`, by the part for the service.
    pub variables: Vec<(String, Url)>,
    /// `AWS_ENDPOINT_URL`.
    pub variable: Option<Url>,
    /// `endpoint_url` in the services section of the profile, by service.
    pub section: Vec<(String, Url)>,
    /// What is wrong with that section; an error if it is reached.
    pub section_error: Option<ConfigError>,
    /// `endpoint_url` of the profile.
    pub profile: Option<Url>,
}

impl Endpoints {
    /// Sets the URL for every service; it overrides everything from outside of the program.
    pub(crate) fn set(&mut self, url: String) {
        self.explicit = Some(Url::new("endpoint URL", url));
    }

    /// The URL for the service with this `serviceId`; `None`: its own rules decide.
    pub(crate) fn of(&self, service_id: &str) -> Result<Option<BaseUrl>, ConfigError> {
        self.find(service_id)?.map(Url::parse).transpose()
    }

    /// Where that URL was set.
    pub(crate) fn place(&self, service_id: &str) -> Option<&str> {
        match self.explicit {
            Some(_) => Some("set in the program"),
            None => Some(&self.find(service_id).ok()??.place),
        }
    }

    fn find(&self, service_id: &str) -> Result<Option<&Url>, ConfigError> {
        let key = service_id.replace([' ', '-'], "_").to_ascii_lowercase();
        let before = self
            .explicit
            .as_ref()
            .or_else(|| of_service(&self.variables, &key.to_ascii_uppercase()))
            .or(self.variable.as_ref());
        match (before, &self.section_error) {
            (Some(url), _) => Ok(Some(url)),
            (None, Some(error)) => Err(error.clone()),
            (None, None) => Ok(of_service(&self.section, &key).or(self.profile.as_ref())),
        }
    }
}

fn of_service<'a>(urls: &'a [(String, Url)], service: &str) -> Option<&'a Url> {
    let mut urls = urls.iter();
    urls.find_map(|(of, url)| (of == service).then_some(url))
}

/// A URL as it was set, valid or not, and where it was set. The part before an `@` may be a password and is not
/// printed.
#[derive(Clone)]
pub struct Url {
    /// Where it was set.
    pub place: String,
    /// The URL; an error where it could not be read.
    pub text: Result<String, ConfigError>,
}

impl Url {
    /// A URL that was set in `place`.
    pub fn new(place: &str, text: String) -> Self {
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
            Err(_) => f.write_str("\"** not a URL **\""),
        }
    }
}

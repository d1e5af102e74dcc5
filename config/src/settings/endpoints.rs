//! Endpoint URLs that are set outside of the program: in the environment or in the profile, for all services or for
//! one.

use crate::environment::Environment;
use crate::settings::profile::Profiles;
use tinsmith_runtime::ConfigError;
use tinsmith_runtime::loading::{Endpoints, Url};

/// Looks outside of the program. An invalid reference in the profile is an error here if every service would reach it.
pub(super) fn fill(
    endpoints: &mut Endpoints,
    environment: &Environment,
    profiles: &Profiles,
) -> Result<(), ConfigError> {
    const VARIABLE: &str = "AWS_ENDPOINT_URL";
    const VARIABLES: &str = "AWS_ENDPOINT_URL_";
    endpoints.variables = environment
        .variables_after(VARIABLES)
        .into_iter()
        .map(|(service, url)| {
            let place = format!("{VARIABLES}{service}");
            (service, Url::new(&place, url))
        })
        .collect();
    endpoints.variable = environment
        .variable(VARIABLE)
        .map(|url| Url::new(VARIABLE, url));
    if endpoints.variable.is_some() {
        return Ok(());
    }
    // What the program sets is not the endpoint of the services that give credentials: for them all of this counts.
    let is_reached = endpoints.explicit.is_none() && endpoints.variables.is_empty();
    match section(profiles) {
        Ok(section) => endpoints.section = section,
        Err(error) if is_reached => return Err(error),
        Err(error) => endpoints.section_error = Some(error),
    }
    let place = format!("endpoint_url of profile `{}`", profiles.name());
    endpoints.profile = match profiles.setting("endpoint_url") {
        Ok(url) => url.map(|url| Url::new(&place, url.to_owned())),
        Err(problem) => Some(Url {
            place,
            text: Err(ConfigError::new(problem)),
        }),
    };
    Ok(())
}

fn section(profiles: &Profiles) -> Result<Vec<(String, Url)>, ConfigError> {
    let profile = profiles.name();
    let Some(name) = profiles.setting("services").map_err(ConfigError::new)? else {
        return match profiles.current().is_some_and(|it| it.has("services")) {
            true => Err(ConfigError::new(format!(
                "services of profile `{profile}` is empty"
            ))),
            false => Ok(Vec::new()),
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

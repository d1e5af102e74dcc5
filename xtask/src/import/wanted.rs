//! Which models an import takes, from which folder, to which.

use super::source;
use crate::config::Config;
use crate::load;
use crate::report::Report;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// One model to import.
pub(super) struct Wanted {
    pub(super) service: String,
    pub(super) api_version: String,
    pub(super) source: PathBuf,
    pub(super) target: PathBuf,
}

/// The model of `service`, or those of all configured services, from a data folder.
pub(super) fn from_data(
    config: &Config,
    data: &Path,
    service: Option<&str>,
) -> Result<Vec<Wanted>, Report> {
    let names: Vec<&str> = match service {
        Some(name) => vec![name],
        None => config.services.keys().map(String::as_str).collect(),
    };
    if names.is_empty() {
        return Err(Report::new(
            "tinsmith.toml names no service; say which to import with --service",
        ));
    }
    let mut report = Report::default();
    let mut wanted = Vec::new();
    for name in names {
        let found = place(config, name).and_then(|place| {
            let folder = place.as_ref().map_or(name, |(folder, _, _)| folder);
            let (source, api_version) = source::model(
                data,
                plain(folder, "--service")?,
                place.as_ref().map(|(_, version, _)| version.as_str()),
            )?;
            let target = place.as_ref().map(|(_, _, target)| target.clone());
            Ok(Wanted {
                service: name.to_owned(),
                target: target
                    .unwrap_or_else(|| config.root.join("models").join(name).join(&api_version)),
                api_version,
                source,
            })
        });
        match found {
            Ok(found) => wanted.push(found),
            Err(problems) => report.append(problems),
        }
    }
    report.or(wanted)
}

/// A configured service's name in botocore, its API version and its folder, all from its `model`.
fn place(config: &Config, name: &str) -> Result<Option<(String, String, PathBuf)>, Report> {
    let Some(service) = config.services.get(name) else {
        return Ok(None);
    };
    let mut parts = service
        .model
        .iter()
        .rev()
        .map(|part| part.to_string_lossy().into_owned());
    match (parts.next(), parts.next()) {
        (Some(version), Some(folder)) if !version.ends_with(".json") => {
            Ok(Some((folder, version, config.root.join(&service.model))))
        }
        _ => Err(Report::new(format!(
            "expected models/<service>/<api version>, found `{}`\n  in tinsmith.toml at services.{name}.model",
            service.model.display()
        ))),
    }
}

/// The one model in `folder`.
pub(super) fn single(
    config: &Config,
    folder: &Path,
    service: Option<&str>,
) -> Result<Wanted, Report> {
    let path = load::find(folder, "service-2.json").unwrap_or_default();
    let file = load::parse(folder, &path, &load::bytes(&path)?)?;
    let metadata = |key: &str| {
        let value = file
            .value
            .get("metadata")
            .and_then(|metadata| metadata.get(key))
            .and_then(Value::as_str);
        value.ok_or_else(|| {
            Report::new(format!(
                "expected a string at metadata.{key}\n  in {}",
                path.display()
            ))
        })
    };
    let service = match service {
        Some(name) => name.to_owned(),
        None => metadata("serviceId")?.to_lowercase().replace(' ', "-"),
    };
    let api_version = plain(metadata("apiVersion")?, "metadata.apiVersion")?.to_owned();
    let target = match place(config, &service)? {
        Some((_, configured, target)) if configured == api_version => target,
        Some((_, configured, _)) => {
            return Err(Report::new(format!(
                "expected API version {configured}, which tinsmith.toml names for `{service}`, found {api_version}\n  in {}",
                path.display()
            )));
        }
        None => config
            .root
            .join("models")
            .join(plain(&service, "--service or metadata.serviceId")?)
            .join(&api_version),
    };
    Ok(Wanted {
        service,
        api_version,
        source: folder.to_owned(),
        target,
    })
}

/// A name that is one folder's name and nothing else: it comes from outside and becomes part of a path.
fn plain<'n>(name: &'n str, place: &str) -> Result<&'n str, Report> {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !name.is_empty() && !name.starts_with('.') && name.chars().all(good) {
        Ok(name)
    } else {
        Err(Report::new(format!(
            "{place}: expected letters, digits, `-`, `_` and `.`, found `{name}`"
        )))
    }
}

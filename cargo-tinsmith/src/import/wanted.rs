//! Which models an import reads, from which folder, and where they are written.

use super::source::Source;
use crate::config::{Config, Service};
use crate::load::{self, smithy};
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
    source: &Source,
    data: &Path,
    service: Option<&str>,
) -> Result<Vec<Wanted>, Report> {
    let names: Vec<&str> = match service {
        Some(name) => vec![name],
        // botocore does not have the models that were imported as Smithy ASTs.
        None => config
            .services
            .iter()
            .filter(|(_, service)| !is_ast(config, service))
            .map(|(name, _)| name.as_str())
            .collect(),
    };
    if names.is_empty() {
        let which = match config.services.is_empty() {
            true => "service",
            false => "service from botocore",
        };
        return Err(Report::new(format!(
            "tinsmith.toml names no {which}; say which to import with --service"
        )));
    }
    let mut report = Report::default();
    let mut wanted = Vec::new();
    for name in names {
        let found = place(config, name).and_then(|place| {
            let folder = place.as_ref().map_or(name, |(folder, _, _)| folder);
            let (folder, api_version) = source.model(
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
                source: folder,
            })
        });
        match found {
            Ok(found) => wanted.push(found),
            Err(problems) => report.append(problems),
        }
    }
    report.or(wanted)
}

/// Whether a configured service's model is a Smithy AST, in its folder or as a file.
pub fn is_ast(config: &Config, service: &Service) -> bool {
    let path = config.root.join(&service.model);
    let (path, _) = smithy::split(&path);
    smithy::is_ast_folder(&path)
        || path.is_file()
            && smithy::read(&config.root, &path).is_ok_and(|(file, _)| smithy::is_ast(&file))
}

/// A configured service's name in botocore, its API version and its folder, all from its `model`.
fn place(config: &Config, name: &str) -> Result<Option<(String, String, PathBuf)>, Report> {
    let Some(service) = config.services.get(name) else {
        return Ok(None);
    };
    let (model, _) = smithy::split(&service.model);
    let folder = match model.file_name() {
        Some(name) if name == smithy::FILE => model.parent().unwrap_or(&model),
        _ => &model,
    };
    let mut parts = folder
        .iter()
        .rev()
        .map(|part| part.to_string_lossy().into_owned());
    match (parts.next(), parts.next()) {
        (Some(version), Some(name)) if !version.ends_with(".json") => {
            Ok(Some((name, version, config.root.join(folder))))
        }
        _ => Err(Report::new(format!(
            "expected models/<service>/<api version>, found `{}`\n  in tinsmith.toml at services.{name}.model",
            service.model.display()
        ))),
    }
}

/// The only model in `folder`.
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
    Ok(Wanted {
        target: target(config, &service, &api_version, &path)?,
        service,
        api_version,
        source: folder.to_owned(),
    })
}

/// The folder for the model of a service at an API version.
pub(super) fn target(
    config: &Config,
    service: &str,
    api_version: &str,
    source: &Path,
) -> Result<PathBuf, Report> {
    match place(config, service)? {
        Some((_, configured, target)) if configured == api_version => Ok(target),
        Some((_, configured, _)) => Err(Report::new(format!(
            "expected API version {configured}, as in tinsmith.toml for `{service}`, found {api_version}\n  in {}",
            source.display()
        ))),
        None => Ok(config
            .root
            .join("models")
            .join(plain(service, "--service or the model's own name")?)
            .join(plain(api_version, "the API version")?)),
    }
}

/// A name that is valid as the name of a folder: it is from outside and becomes part of a path.
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

//! The model of a service to add: the project's, or one that is imported with it.

use super::Request;
use crate::config::{Config, Documentation, Kept};
use crate::import::source::Source;
use crate::import::{self, Import};
use crate::load::{self, smithy};
use crate::origin::Origin;
use crate::pip;
use crate::report::{Report, shown};
use std::path::{Path, PathBuf};
use tinsmith_codegen::Model;

/// A model, and where it is.
pub(super) struct Found {
    model: Model,
    /// Its folder in the project.
    target: PathBuf,
    /// What is imported; `None`: the project has it.
    import: Option<Elsewhere>,
}

/// Where it is imported from.
enum Elsewhere {
    /// A release of botocore.
    Botocore(Source, Option<String>),
    /// A Smithy AST.
    Ast(import::Request),
}

/// The model of the service: the project's, else from the source that is given, else downloaded. A project that keeps only
/// a part of each model has the others' only in the source.
pub(super) fn find(config: &Config, request: &Request) -> Result<Found, Report> {
    let name = request.service.as_str();
    let service = config.services.get(name);
    let target = match service {
        Some(service) => Some(config.root.join(&service.model)),
        None => on_disk(config, name),
    };
    let there = target.filter(|target| smithy::split(target).0.exists());
    if request.from.is_none()
        && request.version.is_none()
        && let Some(target) = &there
    {
        let model = load::model(&config.root, target, Documentation::Strip)?;
        let is_known = |word: &String| model.operations.contains_key(word);
        let words = &request.operations;
        let is_enough = !words.is_empty() && words.iter().all(is_known);
        if config.models == Kept::Whole || is_enough {
            return Ok(Found {
                model,
                target: target.clone(),
                import: None,
            });
        }
    }
    from_source(config, request, there.as_deref())
}

fn from_source(config: &Config, request: &Request, there: Option<&Path>) -> Result<Found, Report> {
    let name = request.service.as_str();
    let version = request.version.clone();
    if let Some(from) = &request.from {
        let (file, _) = smithy::split(from);
        if file.is_file() && file.extension().is_none_or(|end| end != "whl") {
            return from_ast(config, name, from, version);
        }
    }
    let source = match &request.from {
        Some(from) => Source::open(from)?,
        None => {
            let pinned = match there {
                Some(folder) => Origin::read(&config.root, folder)?,
                None => None,
            };
            let pinned = pinned.filter(|origin| origin.package == "botocore");
            let release = version.clone().or(pinned.map(|origin| origin.version));
            Source::open(&pip::download(release.as_deref())?.wheel)?
        }
    };
    let place = import::place(config, &source, name)?;
    let data = place.source.ancestors().nth(2).unwrap_or(&place.source);
    Ok(Found {
        model: load::model(data, &place.source, Documentation::Strip)?,
        target: place.target,
        import: Some(Elsewhere::Botocore(source, version)),
    })
}

fn from_ast(
    config: &Config,
    name: &str,
    from: &Path,
    version: Option<String>,
) -> Result<Found, Report> {
    let model = load::model(&config.root, from, Documentation::Strip)?;
    let request = import::Request {
        from: from.to_owned(),
        service: Some(name.to_owned()),
        version,
    };
    let import = import::plan(config, &request)?;
    let target = import.models.into_iter().next().map(|(_, target)| target);
    Ok(Found {
        model,
        target: target.unwrap_or_default(),
        import: Some(Elsewhere::Ast(request)),
    })
}

/// The newest model of a service that the project has without a section for it.
fn on_disk(config: &Config, name: &str) -> Option<PathBuf> {
    let folder = config.root.join("models").join(name);
    let version = import::newest_version(&folder)?;
    Some(folder.join(version))
}

impl Found {
    pub(super) fn model(&self) -> &Model {
        &self.model
    }

    /// Its place in `tinsmith.toml`.
    pub(super) fn target(&self, config: &Config) -> String {
        shown(&config.root, &self.target).replace('\\', "/")
    }

    /// The import of it into a project whose file is edited already.
    pub(super) fn import(&self, edited: &Config, name: &str) -> Result<Option<Import>, Report> {
        match &self.import {
            None => Ok(None),
            Some(Elsewhere::Botocore(source, version)) => {
                import::plan_from(edited, source, Some(name), version.as_deref()).map(Some)
            }
            Some(Elsewhere::Ast(request)) => import::plan(edited, request).map(Some),
        }
    }
}

//! Compares what is committed with what is on disk: models and `tinsmith.toml`, for each configured service.

use super::{Compared, Request, changes, git, selection};
use crate::config::{self, Config, Documentation, Service};
use crate::load;
use crate::lock::{self, Lock};
use crate::origin::Origin;
use crate::protocol;
use crate::report::Report;
use std::path::Path;
use tinsmith_codegen::{Model, Selection, Side};

/// Every configured service, or the requested one.
pub(super) fn compare(config: &Config, request: &Request) -> Result<Vec<Compared>, Report> {
    let names: Vec<&str> = match &request.service {
        Some(name) => vec![name],
        None => config.services.keys().map(String::as_str).collect(),
    };
    let committed = Committed::read(&config.root)?;
    let mut report = Report::default();
    let mut all = Vec::new();
    for name in names {
        let compared = config
            .service(name)
            .and_then(|service| one(config, name, service, &committed, request));
        match compared {
            Ok(compared) => all.push(compared),
            Err(problems) => report.append(problems),
        }
    }
    report.or(all)
}

/// The committed `tinsmith.toml`.
struct Committed {
    config: Option<Config>,
}

impl Committed {
    fn read(root: &Path) -> Result<Self, Report> {
        let known = git::list(root, config::FILE)?;
        if known.is_empty() {
            return Ok(Self { config: None });
        }
        let text = git::show(root, config::FILE)?;
        let config = Config::parse(root, &String::from_utf8_lossy(&text))?;
        Ok(Self {
            config: Some(config),
        })
    }

    fn service(&self, name: &str) -> Option<(&Config, &Service)> {
        let config = self.config.as_ref()?;
        Some((config, config.services.get(name)?))
    }
}

fn one(
    config: &Config,
    name: &str,
    service: &Service,
    committed: &Committed,
    request: &Request,
) -> Result<Compared, Report> {
    let root = &config.root;
    let before = match committed.service(name) {
        Some((config, service)) => model(root, service, config.documentation)?
            .map(|(model, origin)| (model, origin, service)),
        None => None,
    };
    let lock = Lock::read(root, &root.join(&service.out))?;
    let spoken = before
        .as_ref()
        .and_then(|(model, ..)| protocol::of_model(model));
    let preferred = protocol::preferred(service.protocol.as_deref(), lock.as_ref()).or(spoken);
    let path = root.join(&service.model);
    let after = load::model_as(root, &path, config.documentation, preferred)?;
    protocol::check(name, service.protocol.as_deref(), &after)?;
    let after_selection = selection(request, Some(service));
    // A service that is new had nothing selected before.
    let nothing = Selection::Named(Vec::new());
    let (before_model, before_origin, before_selection, before_overrides) = match &before {
        Some((model, origin, service)) => (
            model,
            origin.clone(),
            selection(request, Some(service)),
            &service.overrides,
        ),
        None => (&after, None, nothing, &service.overrides),
    };
    let label = |origin: Option<Origin>, otherwise: &str| {
        origin.map_or_else(|| otherwise.to_owned(), |origin| origin.to_string())
    };
    let mut labels = (
        label(before_origin, git::COMMIT),
        label(
            Origin::read(root, &root.join(&service.model))?,
            "working tree",
        ),
    );
    if labels.0 == labels.1 {
        labels = (git::COMMIT.to_owned(), "working tree".to_owned());
    }
    changes(
        name,
        labels,
        Side {
            model: before_model,
            selection: &before_selection,
            overrides: before_overrides,
        },
        Side {
            model: &after,
            selection: &after_selection,
            overrides: &service.overrides,
        },
    )
}

/// The committed model of a service, and its origin; `None` if it is not in the last commit. It is written to a
/// temporary folder with the same layout, and read there like any other model.
fn model(
    root: &Path,
    service: &Service,
    documentation: Documentation,
) -> Result<Option<(Model, Option<Origin>)>, Report> {
    let path = &service.model;
    let failed = |path: &Path, error| Report::io("cannot write", path, &error);
    let (in_git, _) = crate::load::smithy::split(path);
    let names = git::list(root, &in_git.to_string_lossy().replace('\\', "/"))?;
    if names.is_empty() {
        return Ok(None);
    }
    let folder = tempfile::tempdir().map_err(|error| failed(&std::env::temp_dir(), error))?;
    for name in names {
        let file = folder.path().join(&name);
        let parent = file.parent().unwrap_or(folder.path());
        std::fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        std::fs::write(&file, git::show(root, &name)?).map_err(|error| failed(&file, error))?;
    }
    let laid_out = folder.path().join(path);
    let lock = lock(root, service)?;
    let protocol = protocol::preferred(service.protocol.as_deref(), lock.as_ref());
    let model = load::model_as(folder.path(), &laid_out, documentation, protocol)
        .and_then(|model| Ok((model, Origin::read(folder.path(), &laid_out)?)));
    let model = model.map_err(|report| {
        Report::new(format!(
            "the committed model ({}) cannot be read:\n{report}",
            git::COMMIT
        ))
    })?;
    Ok(Some(model))
}

/// The committed lock of a service's crate.
fn lock(root: &Path, service: &Service) -> Result<Option<Lock>, Report> {
    let path = service.out.join(lock::FILE);
    let path = path.to_string_lossy().replace('\\', "/");
    if git::list(root, &path)?.is_empty() {
        return Ok(None);
    }
    let bytes = git::show(root, &path)?;
    Lock::of(&bytes, format!("{path} as committed")).map(Some)
}

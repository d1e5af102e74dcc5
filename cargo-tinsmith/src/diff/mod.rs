//! `cargo tinsmith diff`: reports what an update of the models means for users of the generated crates.

mod committed;
mod files;
mod git;
mod html;
mod json;
pub(crate) mod markdown;
mod rules;
pub(crate) mod summary;
mod text;
pub(crate) mod words;

use crate::config::{Config, Documentation, Service};
use crate::load;
use crate::lock::Lock;
use crate::origin::Origin;
use crate::protocol;
use crate::report::Report;
pub use files::{FileChange, Files, Refused};
pub use rules::rules;
use std::path::{Path, PathBuf};
use tinsmith_codegen::{Bump, Diff, Model, Overrides, Selection, Side, diff_sides};

/// The options.
#[derive(Debug)]
pub struct Request {
    /// A model's folder or file, and another to compare it with. The default is to compare what is committed with what
    /// is on disk.
    pub paths: Option<(PathBuf, PathBuf)>,
    /// `all`, or comma-separated names. The default is the service's configuration, else all.
    pub operations: Option<String>,
    /// A configured service: the one to compare, or, with paths, the one whose operations and overrides are used.
    pub service: Option<String>,
    /// The format of the report.
    pub format: Format,
}

/// The format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For the text of a pull request.
    Markdown,
    /// For programs.
    Json,
    /// For a browser: one file, with the generated diffs folded beside the changes.
    Html,
}

/// What changed for the users of one crate.
#[derive(Debug)]
pub struct Compared {
    /// The service, or its name in a model that is compared by its path.
    pub service: String,
    /// The names of the two sides: releases, if they are known.
    pub labels: (String, String),
    /// The changes.
    pub diff: Diff,
    /// The effect on the generated files.
    pub files: Files,
}

impl Compared {
    /// The bump that the changes require. A crate that cannot be generated is a major change in any case.
    pub fn bump(&self) -> Bump {
        match self.files {
            Files::Changed(_) => self.diff.bump,
            Files::Unknown(_) => Bump::Major,
        }
    }
}

/// Compares, and returns the report.
///
/// # Errors
/// A model or a configuration cannot be read or compared; neither side has an operation; there is no git and the
/// committed models are needed.
pub fn run(root: &Path, request: &Request) -> Result<String, Report> {
    let all = match &request.paths {
        Some((from, to)) => vec![paths(root, from, to, request)?],
        None => committed::compare(&Config::read(root)?, request)?,
    };
    Ok(render(&all, request.format))
}

/// The report of the changes of some services.
pub fn render(all: &[Compared], format: Format) -> String {
    match format {
        Format::Text => text::render(all),
        Format::Markdown => markdown::render(all),
        Format::Json => json::render(all),
        Format::Html => html::render(all),
    }
}

/// What changed for the users of a service's crate, from one model, selection and set of overrides to another.
///
/// # Errors
/// The models' parts do not fit together, or neither has an operation.
pub fn changes(
    service: &str,
    labels: (String, String),
    before: Side<'_>,
    after: Side<'_>,
) -> Result<Compared, Report> {
    Ok(Compared {
        service: service.to_owned(),
        labels,
        diff: diff_sides(before, after)?,
        files: Files::of(before, after),
    })
}

/// The greatest bump of all.
pub(crate) fn greatest(all: &[Compared]) -> Bump {
    let bumps = all.iter().map(Compared::bump);
    bumps.max().unwrap_or(Bump::None)
}

fn paths(root: &Path, from: &Path, to: &Path, request: &Request) -> Result<Compared, Report> {
    let config = match request.service {
        Some(_) => Some(Config::read(root)?),
        None => None,
    };
    let service = match (&config, &request.service) {
        (Some(config), Some(name)) => Some(config.service(name)?),
        _ => None,
    };
    let documentation = config
        .as_ref()
        .map_or(Documentation::Keep, |config| config.documentation);
    let lock = match (&config, service) {
        (Some(config), Some(service)) => Lock::read(&config.root, &config.root.join(&service.out))?,
        _ => None,
    };
    let configured = service.and_then(|service| service.protocol.as_deref());
    let preferred = protocol::preferred(configured, lock.as_ref());
    let mut report = Report::default();
    let mut read = |path: &Path, protocol: Option<&str>| match load::model_as(
        root,
        path,
        documentation,
        protocol,
    ) {
        Ok(model) => model,
        Err(problems) => {
            report.append(problems);
            Model::default()
        }
    };
    let before = read(from, preferred);
    // A crate keeps the protocol of the first model.
    let after = read(to, preferred.or(protocol::of_model(&before)));
    report.or(())?;
    let selection = selection(request, service);
    let overrides = service.map_or_else(Overrides::default, |service| service.overrides.clone());
    let side = |model| Side {
        model,
        selection: &selection,
        overrides: &overrides,
    };
    let name = request.service.as_deref().unwrap_or(&after.service.id);
    changes(name, labels(from, to)?, side(&before), side(&after))
}

/// The selection of the command line, else of the configuration, else everything.
fn selection(request: &Request, service: Option<&Service>) -> Selection {
    match (request.operations.as_deref(), service) {
        (Some("all"), _) | (None, None) => Selection::All,
        (Some(names), _) => Selection::Named(
            names
                .split(',')
                .map(|name| name.trim().to_owned())
                .collect(),
        ),
        (None, Some(service)) => service.operations.clone(),
    }
}

/// The releases of two models; the names of their folders if unknown; their paths if those are equal.
fn labels(from: &Path, to: &Path) -> Result<(String, String), Report> {
    let label = |path: &Path| -> Result<String, Report> {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Ok(match Origin::read(Path::new(""), path)? {
            Some(origin) => origin.to_string(),
            None => name.unwrap_or_else(|| path.display().to_string()),
        })
    };
    let (before, after) = (label(from)?, label(to)?);
    Ok(if before == after {
        (from.display().to_string(), to.display().to_string())
    } else {
        (before, after)
    })
}

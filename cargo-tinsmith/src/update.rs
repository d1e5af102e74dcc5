//! `cargo tinsmith update`: imports another release of botocore, completely or not at all, and reports what it
//! changes.

use crate::command;
use crate::config::{Config, FILE, Service};
use crate::diff::{self, Format};
use crate::import::{self, Import, Request};
use crate::load;
use crate::lock::Lock;
use crate::origin::Origin;
use crate::pip;
use crate::plan::Job;
use crate::protocol;
use crate::report::{Report, nearest};
use crate::write::Changes;
use std::fs;
use std::path::{Component, Path, PathBuf};
use tinsmith_codegen::{Model, Selection, Side, generate};

/// Imports the models of `release` (the default is the newest) from `from` or else with pip.
///
/// # Errors
/// A release is not available, it lacks a service or a selected operation, or the crates cannot be generated from a
/// model. Nothing was changed.
pub fn run(config: &Config, release: Option<&str>, from: Option<&Path>) -> Result<String, Report> {
    let download;
    let source = match from {
        Some(from) => from,
        None => {
            download = pip::download(release)?;
            download.wheel.as_path()
        }
    };
    if source.is_file() && source.extension().is_none_or(|end| end != "whl") {
        return Err(Report::new(format!(
            "expected a folder or a wheel (.whl) of botocore, found {}\n  a single model is imported with `{} import`",
            source.display(),
            command::name()
        )));
    }
    let request = Request {
        from: source.to_owned(),
        service: None,
        version: release.map(str::to_owned),
    };
    let import = import::plan(config, &request)?;
    if let Some(stated) = import.stated.as_ref()
        && *stated != import.version
    {
        return Err(Report::new(format!(
            "expected botocore {}, found botocore {stated}\n  in {}",
            import.version,
            source.display()
        )));
    }
    let now = Origin {
        package: "botocore".to_owned(),
        version: import.version.clone(),
    };
    let mut report = Report::default();
    let mut said = String::new();
    for (name, service) in &config.services {
        if import::is_ast(config, service) {
            said.push_str(&format!(
                "{name}  a Smithy AST, which botocore does not have: not changed\n"
            ));
        } else if import.models.iter().all(|(imported, _)| imported != name) {
            report.push(format!(
                "expected a model of `{name}`, as in {FILE}, found none in {}",
                source.display()
            ));
        }
    }
    let mut news = false;
    for (name, folder) in &import.models {
        let compared = config
            .service(name)
            .and_then(|service| Compared::new(config, name, service, folder, &import))
            .and_then(|compared| compared.said(&now));
        match compared {
            Ok((text, changed)) => {
                said.push_str(&text);
                news |= changed;
            }
            Err(problems) => report.append(problems),
        }
    }
    report.or(())?;
    import.changes.commit()?;
    if news {
        said.push_str(&format!("next: {} codegen\n", command::name()));
    }
    Ok(said)
}

/// A service's model on disk, and the new one.
struct Compared<'c> {
    name: &'c str,
    service: &'c Service,
    pinned: Option<Origin>,
    before: Option<Model>,
    after: Model,
    idle: String,
    job: Job,
}

impl<'c> Compared<'c> {
    fn new(
        config: &Config,
        name: &'c str,
        service: &'c Service,
        folder: &Path,
        import: &Import,
    ) -> Result<Self, Report> {
        let lock = Lock::read(&config.root, &config.root.join(&service.out))?;
        let protocol = protocol::preferred(service.protocol.as_deref(), lock.as_ref());
        let read =
            |root: &Path, place: &Path| load::model_as(root, place, config.documentation, protocol);
        let before = match load::find(folder, "service-2.json") {
            Some(_) => Some(read(&config.root, folder)?),
            None => None,
        };
        let staged = pip::temporary()?;
        // Laid out as the project, so that messages name its files.
        let place = staged.path().join(below(&config.root, folder, name));
        stage(folder, &import.changes, &place)?;
        let of_release = |report| of_release(report, &import.version);
        let idle = load::idle_documentation(staged.path(), &place).map_err(of_release)?;
        let after = read(staged.path(), &place).map_err(of_release)?;
        protocol::check(name, service.protocol.as_deref(), &after)?;
        Ok(Self {
            name,
            service,
            idle,
            pinned: Origin::read(&config.root, folder)?,
            before,
            after,
            job: Job::configured(config, name, service),
        })
    }

    /// The changes of the update in words, and whether there are any.
    fn said(&self, now: &Origin) -> Result<(String, bool), Report> {
        self.refuse_gone(now)?;
        generate(&self.after, &self.job.options)
            .map_err(|problems| of_release(problems.into(), &now.version))?;
        let name = self.name;
        let Some(before) = &self.before else {
            return Ok((format!("{name}  {now}, for the first time\n"), true));
        };
        let pinned = match &self.pinned {
            Some(pinned) => pinned.to_string(),
            None => "of an unknown release".to_owned(),
        };
        let side = |model| Side {
            model,
            selection: &self.service.operations,
            overrides: &self.service.overrides,
        };
        let labels = (pinned, now.to_string());
        let changes = diff::changes(name, labels, side(before), side(&self.after))?;
        let changed = !changes.diff.changes.is_empty();
        Ok((diff::render(&[changes], Format::Text) + &self.idle, changed))
    }

    /// Reports the selected operations that the new model does not have, and when they were removed.
    fn refuse_gone(&self, now: &Origin) -> Result<(), Report> {
        let Selection::Named(names) = &self.service.operations else {
            return Ok(());
        };
        let mut report = Report::default();
        for operation in names {
            if self.after.operations.contains_key(operation) {
                continue;
            }
            let had = |model: &&Model| model.operations.contains_key(operation);
            report.push(match (self.before.as_ref().filter(had), &self.pinned) {
                (Some(_), Some(pinned)) => format!(
                    "{now} no longer has the operation `{operation}` of `{}`, which {FILE} names: {pinned}, which is pinned, has it, so it went after that, in {} at the latest\n  remove it from {FILE}, or stay with {pinned}; nothing was changed",
                    self.name, now.version
                ),
                (Some(_), None) => format!(
                    "{now} does not have the operation `{operation}` of `{}`, which {FILE} names and the model on disk has\n  remove it from {FILE}; nothing was changed",
                    self.name
                ),
                (None, _) => format!(
                    "`{operation}` is not an operation of `{}`, neither before nor in {now}{}\n  in {FILE} at services.{}.operations",
                    self.name,
                    nearest(operation, self.after.operations.keys().map(String::as_str)),
                    self.name
                ),
            });
        }
        report.or(())
    }
}

/// What is wrong with a model that is not on disk, under the name that it would have.
fn of_release(report: Report, version: &str) -> Report {
    report.noted(&format!(
        "as botocore {version} has it; nothing was changed"
    ))
}

/// The path of a model's folder from the root; `models/NAME` if it is not below it.
fn below(root: &Path, folder: &Path, name: &str) -> PathBuf {
    let is_plain = |path: &&Path| {
        let mut parts = path.components();
        parts.all(|part| matches!(part, Component::Normal(_)))
    };
    let path = folder.strip_prefix(root).ok().filter(is_plain);
    path.map_or_else(|| Path::new("models").join(name), Path::to_owned)
}

/// The model's new folder in `place`: our own files unchanged, and the files of the import.
fn stage(folder: &Path, changes: &Changes, place: &Path) -> Result<(), Report> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| Report::io("cannot copy", &path, &error)
    };
    fs::create_dir_all(place).map_err(failed(place))?;
    let mut copies = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.map_err(failed(folder))?.path();
        if path.is_file() && !changes.removals.contains(&path) {
            copies.push(path);
        }
    }
    for path in copies {
        let name = path.file_name().unwrap_or_default();
        fs::copy(&path, place.join(name)).map_err(failed(&path))?;
    }
    for (path, text) in &changes.writes {
        if path.parent() == Some(folder) {
            let name = path.file_name().unwrap_or_default();
            fs::write(place.join(name), text).map_err(failed(path))?;
        }
    }
    Ok(())
}

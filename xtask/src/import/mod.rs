//! `cargo xtask models import`: the facts of botocore's models, in our own layout, with their origin beside them.

mod facts;
mod source;
pub mod strip;
mod wanted;

use crate::config::Config;
use crate::report::Report;
use crate::write::Changes;
use source::{Layout, Source};
use std::path::PathBuf;

pub use source::newest_version;

/// What to import.
#[derive(Debug)]
pub struct Request {
    /// A botocore data folder, an unpacked wheel, or the folder of a single model.
    pub from: PathBuf,
    /// One service; all configured ones where it is not set.
    pub service: Option<String>,
    /// The version of botocore, where the folder does not say it.
    pub version: Option<String>,
}

/// Imports all of it or, if anything is wrong, nothing. Answers with one line a service.
///
/// # Errors
/// Everything that is wrong with the folder, the models in it, or the disk.
pub fn run(config: &Config, request: &Request) -> Result<String, Report> {
    let source = Source::open(&request.from)?;
    let Some(version) = request.version.clone().or(source.version) else {
        return Err(Report::new(format!(
            "expected {} to say which version of botocore it is from (in botocore/__init__.py or a .dist-info folder), found nothing\n  say it with --version",
            request.from.display()
        )));
    };
    let wanted = match &source.layout {
        Layout::Data(data) => wanted::from_data(config, data, request.service.as_deref())?,
        Layout::Single(folder) => vec![wanted::single(config, folder, request.service.as_deref())?],
    };
    let mut all = Changes::default();
    let mut report = Report::default();
    let mut said = String::new();
    for wanted in &wanted {
        match facts::import(config, wanted, &version, &mut said) {
            Ok(changes) => {
                all.writes.extend(changes.writes);
                all.removals.extend(changes.removals);
                all.leftovers.extend(changes.leftovers);
            }
            Err(problems) => report.append(problems),
        }
    }
    report.or(())?;
    all.commit()?;
    Ok(said)
}

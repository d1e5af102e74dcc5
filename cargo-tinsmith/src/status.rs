//! `cargo tinsmith status`: the releases of the models, and the newest release.

use crate::command;
use crate::config::Config;
use crate::origin::Origin;
use crate::pip;
use crate::report::{Report, shown};
use std::fmt::Write;

/// One line for each service, and one for the newest release. It is not an error if that is unknown.
///
/// # Errors
/// A SOURCES.toml is not valid.
pub fn run(config: &Config) -> Result<String, Report> {
    let mut report = Report::default();
    let mut lines = Vec::new();
    let mut behind = false;
    let newest = pip::newest();
    for (name, service) in &config.services {
        let model = config.root.join(&service.model);
        let pinned = match Origin::read(&config.root, &model) {
            Ok(Some(origin)) => {
                behind |= newest
                    .as_ref()
                    .is_ok_and(|newest| origin.package == "botocore" && *newest != origin.version);
                origin.to_string()
            }
            Ok(None) if model.exists() => "origin unknown (no SOURCES.toml)".to_owned(),
            Ok(None) => "not imported".to_owned(),
            Err(bad) => {
                report.append(bad);
                continue;
            }
        };
        lines.push((name.as_str(), pinned, shown(&config.root, &model)));
    }
    report.or(())?;
    let width = lines.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let width = width.max("newest".len());
    let pin_width = lines.iter().map(|(_, pinned, _)| pinned.len()).max();
    let pin_width = pin_width.unwrap_or(0);
    let mut out = String::new();
    for (name, pinned, folder) in lines {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{name:width$}  {pinned:pin_width$}  {folder}");
    }
    match newest {
        Ok(newest) => {
            let next = match behind {
                true => format!("; to import it: {} update", command::name()),
                false => String::new(),
            };
            let _ = writeln!(out, "{:width$}  botocore {newest}{next}", "newest");
        }
        Err(why) => {
            let _ = writeln!(out, "{:width$}  not known: {why}", "newest");
        }
    }
    Ok(out)
}

//! `--write`: what was found, as `tinsmith.toml` of the scanned project. What the file says already stays.

use super::{Scan, Service};
use crate::config::{self, Config};
use crate::edit;
use crate::report::{Report, count};
use crate::write::Changes;
use std::path::Path;
use tinsmith_codegen::Selection;

/// The first lines of a file that is new.
const HEADER: &str =
    "# The operations that this project calls, as `cargo tinsmith scan` found them.\n";

/// Adds the operations of every service to `tinsmith.toml` in `root`. Returns what to say about it.
///
/// # Errors
/// The file is there and is not valid; it cannot be written.
pub(super) fn write(root: &Path, scan: &Scan) -> Result<String, Report> {
    let before = match root.join(config::FILE).symlink_metadata() {
        Ok(_) => Some(config::text(root)?),
        Err(_) => None,
    };
    let mut text = before.clone().unwrap_or_else(|| HEADER.to_owned());
    let mut added = 0;
    for service in scan
        .services
        .iter()
        .filter(|service| !service.operations.is_empty())
    {
        let names: Vec<String> = service
            .operations
            .iter()
            .map(|operation| operation.name.clone())
            .collect();
        let config = Config::parse(root, &text)?;
        match config
            .services
            .get(&service.name)
            .map(|known| &known.operations)
        {
            Some(Selection::All) => continue,
            Some(Selection::Named(known)) => {
                added += names.iter().filter(|name| !known.contains(name)).count();
            }
            None => {
                added += names.len();
                text.push_str(&section(service));
            }
        }
        text = edit::with_operations(&text, &service.name, &names)?;
    }
    Config::parse(root, &text)?;
    if before.as_ref() == Some(&text) {
        return Ok(format!("{} has all of it already\n", config::FILE));
    }
    let changes = Changes {
        writes: vec![(root.join(config::FILE), text)],
        ..Changes::default()
    };
    changes.commit()?;
    Ok(format!(
        "{} is written: {} added\n",
        config::FILE,
        count(added, "operation")
    ))
}

/// A section without operations.
fn section(service: &Service) -> String {
    let name = toml_edit::Key::new(&service.name);
    let version = service.version.as_deref().unwrap_or("newest");
    let model = toml_edit::Value::from(format!("models/{}/{version}", service.name));
    format!("\n[services.{name}]\nmodel = {model}\noperations = []\n")
}

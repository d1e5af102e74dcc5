//! A Smithy JSON AST as a source of models: one file, one service.

use super::facts::{self, hex};
use super::wanted::{self, Wanted};
use super::{Import, strip};
use crate::canonical_json;
use crate::config::{Config, Documentation};
use crate::load::smithy;
use crate::origin::{self, Origin};
use crate::report::{Report, shown};
use crate::write::{self, Changes};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::Path;
use tinsmith_codegen::read_smithy;

/// The changes of importing the AST at `from`.
///
/// # Errors
/// Every problem with the file; the folder contains another kind of model; there is no version.
pub(super) fn plan(
    config: &Config,
    from: &Path,
    service: Option<&str>,
    version: Option<&str>,
) -> Result<Import, Report> {
    let (path, shape) = smithy::split(from);
    let (mut file, bytes) = smithy::read(&config.root, &path)?;
    let model = read_smithy(&file, shape.as_deref())?;
    let version = version.ok_or_else(|| {
        Report::new(format!(
            "expected the version of the model {}, which the file does not contain\n  pass --version: its date or its commit",
            from.display()
        ))
    })?;
    let api_version = &model.service.api_version;
    let name = match service {
        Some(name) => name.to_owned(),
        None => model.service.id.to_lowercase().replace(' ', "-"),
    };
    let wanted = Wanted {
        target: wanted::target(config, &name, api_version, from)?,
        service: name,
        api_version: api_version.clone(),
        source: path,
    };
    if let Some(other) = crate::load::find(&wanted.target, "service-2.json") {
        return Err(Report::new(format!(
            "expected a folder for a Smithy AST, found a model in botocore's format: {}\n  delete the folder to change the format, then run this again; nothing was changed",
            shown(&config.root, &other)
        )));
    }
    if config.documentation == Documentation::Strip {
        strip::smithy(&mut file.value);
    }
    let mut digests = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        digests,
        "\"{}\" = \"{}\"",
        smithy::FILE,
        hex(&Sha256::digest(&bytes))
    );
    let origin = Origin {
        package: "smithy".to_owned(),
        version: version.to_owned(),
    };
    let texts = vec![
        (smithy::FILE, canonical_json::print(&file.value)),
        (origin::FILE, origin.print(config.documentation, &digests)),
    ];
    let changes = Changes {
        leftovers: write::leftovers(&wanted.target),
        ..Changes::default()
    };
    let size = (model.operations.len(), model.shapes.len());
    let mut said = String::new();
    let changes = facts::compare(config, &wanted, texts, changes, size, &mut said)?;
    Ok(Import {
        version: version.to_owned(),
        stated: None,
        models: vec![(wanted.service, wanted.target)],
        changes,
        said,
    })
}

//! Loads models from disk for the generator: uncompressed, parsed, patched.

pub mod smithy;

use crate::command;
use crate::config::Documentation;
use crate::disk;
use crate::import::strip;
use crate::origin;
use crate::patch;
use crate::report::{Report, shown};
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::{Path, PathBuf};
use tinsmith_codegen::{BotocoreFiles, JsonFile, Model, read_botocore_as};

/// More than ten times the largest model; anything larger is not a model.
const LARGEST: u64 = 128 << 20;

/// Reads the model at `path`: a folder with `service-2.json` and its companions, or with a Smithy AST; or one file of
/// either kind, recognised by its content. `FILE#Service` selects a service of an AST that has several. Messages name
/// files relative to `root`.
///
/// # Errors
/// Every problem with the files, the patch, and their contents.
pub fn model(root: &Path, path: &Path, documentation: Documentation) -> Result<Model, Report> {
    model_as(root, path, documentation, None)
}

/// The same with the protocol of this name, if the service supports it and clients are generated for it.
///
/// # Errors
/// As [`model`].
pub fn model_as(
    root: &Path,
    path: &Path,
    documentation: Documentation,
    protocol: Option<&str>,
) -> Result<Model, Report> {
    let (path, service) = smithy::split(path);
    let service = service.as_deref();
    let is_service = |name: &str| name == "service-2.json" || name == "service-2.json.gz";
    if !path.is_file() && !path.is_dir() && path.symlink_metadata().is_ok() {
        // A file of another kind is an error that says so.
        bytes(&path)?;
    }
    let (folder, name) = match path.parent() {
        Some(folder) if path.is_file() => (folder, path.file_name().and_then(|name| name.to_str())),
        _ => (path.as_path(), None),
    };
    if name.is_some() && !name.is_some_and(is_service) {
        let file = parse(root, &path, &bytes(&path)?)?;
        return if smithy::is_ast(&file) {
            smithy::file(file, service, documentation, protocol)
        } else {
            Ok(read_botocore_as(&lone(file, documentation), protocol)?)
        };
    }
    if smithy::is_ast_folder(folder) {
        return smithy::folder(root, folder, service, documentation, protocol);
    }
    Ok(read_botocore_as(
        &files(root, folder, documentation)?,
        protocol,
    )?)
}

fn files(
    root: &Path,
    folder: &Path,
    documentation: Documentation,
) -> Result<BotocoreFiles, Report> {
    let read = |name: &str| optional(root, folder, name);
    let mut service = read("service-2.json")?.ok_or_else(|| no_model(root, folder))?;
    if documentation == Documentation::Strip {
        strip::service(&mut service.value);
    }
    if let Some(file) = read(patch::FILE)? {
        patch::apply(&file, &mut service)?;
    }
    Ok(BotocoreFiles {
        service,
        service_extras: read("service-2.sdk-extras.json")?,
        paginators: read("paginators-1.json")?,
        paginators_extras: read("paginators-1.sdk-extras.json")?,
        waiters: read("waiters-2.json")?,
        endpoint_rules: read("endpoint-rule-set-1.json")?,
    })
}

/// A service model without companions, under its own name.
fn lone(mut service: JsonFile, documentation: Documentation) -> BotocoreFiles {
    if documentation == Documentation::Strip {
        strip::service(&mut service.value);
    }
    BotocoreFiles {
        service,
        service_extras: None,
        paginators: None,
        paginators_extras: None,
        waiters: None,
        endpoint_rules: None,
    }
}

fn no_model(root: &Path, folder: &Path) -> Report {
    let shown = shown(root, folder);
    if folder.is_dir() {
        Report::new(format!(
            "expected service-2.json or model.smithy.json in {shown}, found neither\n  a model is imported with `{} import --from <botocore/data>`",
            command::name()
        ))
    } else {
        Report::new(format!(
            "expected a model's folder at {shown}, found nothing\n  a model is imported with `{} import --from <botocore/data>`",
            command::name()
        ))
    }
}

fn optional(root: &Path, folder: &Path, name: &str) -> Result<Option<JsonFile>, Report> {
    match find(folder, name) {
        Some(path) => Ok(Some(parse(root, &path, &bytes(&path)?)?)),
        None => Ok(None),
    }
}

/// The parts of our own `service-2.sdk-extras.json` for which the model at `path` has nothing: reported because an
/// update or a typing error leaves unused documentation; it is not an error. Empty if there are none.
///
/// # Errors
/// A file cannot be read.
pub fn idle_documentation(root: &Path, path: &Path) -> Result<String, Report> {
    let read = |name: &str| optional(root, path, name);
    let (Some(service), Some(extras)) =
        (read("service-2.json")?, read("service-2.sdk-extras.json")?)
    else {
        return Ok(String::new());
    };
    if origin::imported(path)?.contains("service-2.sdk-extras.json") {
        return Ok(String::new());
    }
    let idle = tinsmith_codegen::idle_documentation(&service, &extras);
    let named: Vec<&str> = idle.iter().take(3).map(String::as_str).collect();
    let more = match idle.len().saturating_sub(named.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Ok(match named.as_slice() {
        [] => String::new(),
        named => format!(
            "  ignored, because the model does not have it: our service-2.sdk-extras.json documents {}{more}\n",
            named.join(", ")
        ),
    })
}

/// The file `name` in `folder`, plain or compressed.
pub fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    [name.to_owned(), format!("{name}.gz")]
        .into_iter()
        .map(|name| folder.join(name))
        // Anything but a file is found as well, and is an error when it is read.
        .find(|path| path.symlink_metadata().is_ok())
}

/// A file's bytes, uncompressed if its name ends in `.gz`.
///
/// # Errors
/// The file cannot be read, is not gzip, or is larger than any model.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Report> {
    let failed = |error| Report::io("cannot read", path, &error);
    let file = disk::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|end| end == "gz") {
        GzDecoder::new(file)
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
    } else {
        file.take(LARGEST + 1).read_to_end(&mut bytes)
    }
    .map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Report::new(format!(
            "expected a model of at most {} MiB, found more in {}",
            LARGEST >> 20,
            path.display()
        )));
    }
    Ok(bytes)
}

/// The JSON in `bytes`, which were read from `path`.
///
/// # Errors
/// The bytes are not UTF-8 or not JSON; with the place.
pub fn parse(root: &Path, path: &Path, bytes: &[u8]) -> Result<JsonFile, Report> {
    let shown = shown(root, path);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Report::new(format!(
            "expected JSON in UTF-8, found other bytes\n  in {shown} at byte {}",
            error.valid_up_to()
        ))
    })?;
    Ok(JsonFile::parse(shown, text)?)
}

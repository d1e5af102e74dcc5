//! Sources of models: a botocore data folder, a wheel that contains it, packed or not, or the folder of a single model.

use crate::disk;
use crate::load;
use crate::pip;
use crate::report::{Report, nearest};
use crate::wheel;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder from which models are imported.
#[derive(Debug)]
pub struct Source {
    /// Its layout.
    pub layout: Layout,
    /// Its version of botocore, if that can be found out.
    pub(super) version: Option<String>,
    /// Its name in messages.
    pub(super) name: PathBuf,
    /// The folder of an unpacked wheel, which is removed when this is dropped.
    _unpacked: Option<TempDir>,
}

/// How the folder is laid out.
#[derive(Debug)]
pub enum Layout {
    /// `<service>/<api version>/service-2.json`.
    Data(PathBuf),
    /// `service-2.json`.
    Single(PathBuf),
}

impl Source {
    /// Searches `from` and the folders below it.
    ///
    /// # Errors
    /// No model was found in any known place.
    pub fn open(from: &Path) -> Result<Self, Report> {
        let path =
            fs::canonicalize(from).map_err(|error| Report::io("cannot open", from, &error))?;
        let (folder, unpacked) = if path.extension().is_some_and(|end| end == "whl") {
            let unpacked = pip::temporary()?;
            wheel::unpack(&path, unpacked.path())?;
            (unpacked.path().to_owned(), Some(unpacked))
        } else {
            (path, None)
        };
        if load::find(&folder, "service-2.json").is_some() {
            let data = folder.ancestors().nth(2);
            let version = data.and_then(version_of);
            return Ok(Self {
                layout: Layout::Single(folder),
                version,
                name: from.to_owned(),
                _unpacked: unpacked,
            });
        }
        for data in [
            folder.clone(),
            folder.join("botocore/data"),
            folder.join("data"),
        ] {
            if services(&data).next().is_some() {
                let version = version_of(&data);
                return Ok(Self {
                    layout: Layout::Data(data),
                    version,
                    name: from.to_owned(),
                    _unpacked: unpacked,
                });
            }
        }
        Err(Report::new(format!(
            "expected models in {}, found none\n  looked for <service>/<api version>/service-2.json[.gz] in it, in botocore/data and in data, and for service-2.json[.gz]",
            from.display()
        )))
    }
}

/// The services in a data folder, in no order.
fn services(data: &Path) -> impl Iterator<Item = String> + use<> {
    folders(data)
        .filter(|(_, folder)| newest_version(folder).is_some())
        .map(|(name, _)| name)
}

fn folders(folder: &Path) -> impl Iterator<Item = (String, PathBuf)> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())))
}

/// The newest API version in a service's folder. They are dates, which sort as text.
pub fn newest_version(folder: &Path) -> Option<String> {
    folders(folder)
        .filter(|(_, folder)| load::find(folder, "service-2.json").is_some())
        .map(|(name, _)| name)
        .max()
}

impl Source {
    /// The newest model of every service, by the service's name, sorted.
    ///
    /// # Errors
    /// The folder contains only one model.
    pub fn models(&self) -> Result<Vec<(String, PathBuf)>, Report> {
        let Layout::Data(data) = &self.layout else {
            return Err(Report::new(format!(
                "expected the models of all services, <service>/<api version>/service-2.json, in {}, found one model",
                self.name.display()
            )));
        };
        let mut models: Vec<_> = folders(data)
            .filter_map(|(name, folder)| Some((name, folder.join(newest_version(&folder)?))))
            .collect();
        models.sort();
        Ok(models)
    }

    /// The folder of one model in a data folder: `version`, or the newest.
    ///
    /// # Errors
    /// There is no such service or version; with similar ones.
    pub fn model(
        &self,
        data: &Path,
        service: &str,
        version: Option<&str>,
    ) -> Result<(PathBuf, String), Report> {
        let name = self.name.display();
        let folder = data.join(service);
        let Some(newest) = newest_version(&folder) else {
            let known: Vec<String> = services(data).collect();
            return Err(Report::new(format!(
                "expected a model of `{service}` in {name}, found none{}",
                nearest(service, known.iter().map(String::as_str))
            )));
        };
        let version = version.unwrap_or(&newest).to_owned();
        let model = folder.join(&version);
        if load::find(&model, "service-2.json").is_none() {
            let mut known: Vec<String> = folders(&folder).map(|(name, _)| name).collect();
            known.sort();
            return Err(Report::new(format!(
                "expected API version {version} of `{service}`, as in tinsmith.toml, found {} in {name}",
                known.join(", "),
            )));
        }
        Ok((model, version))
    }
}

/// The version of the botocore with a data folder, from the package itself or from the wheel's metadata.
fn version_of(data: &Path) -> Option<String> {
    let package = data.parent()?;
    let init = disk::read_to_string(&package.join("__init__.py")).ok();
    let said = init.as_deref().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("__version__"))?;
        Some(
            line.split_once('=')?
                .1
                .trim()
                .trim_matches(['\'', '"'])
                .to_owned(),
        )
    });
    said.or_else(|| {
        let (_, metadata) = folders(package.parent()?)
            .find(|(name, _)| name.starts_with("botocore-") && name.ends_with(".dist-info"))?;
        let text = disk::read_to_string(&metadata.join("METADATA")).ok()?;
        let line = text.lines().find(|line| line.starts_with("Version:"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    })
}

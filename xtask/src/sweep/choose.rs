//! The services that a sweep generates: all of a release, those of a manifest, or named ones and the largest.

use super::generate::Wanted;
use super::manifest::Manifest;
use cargo_tinsmith::load;
use cargo_tinsmith::report::{Report, nearest};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tinsmith_codegen::Selection;

/// The services of `models` that `manifest` and `only` name, and the `largest` ones; all if none of them selects some.
///
/// # Errors
/// A name is not that of a service; a model cannot be read.
pub(super) fn chosen(
    models: Vec<(String, PathBuf)>,
    manifest: Option<&Manifest>,
    only: &[String],
    largest: Option<usize>,
) -> Result<Vec<Wanted>, Report> {
    let mut report = Report::default();
    let listed = manifest.iter().flat_map(|manifest| manifest.keys());
    let named: BTreeSet<&String> = listed.chain(only).collect();
    for name in named {
        if !models.iter().any(|(service, _)| service == name) {
            let near = nearest(name, models.iter().map(|(service, _)| service.as_str()));
            report.push(format!(
                "expected the name of a service of this release, found `{name}`{near}"
            ));
        }
    }
    let mut selected: BTreeSet<String> = only.iter().cloned().collect();
    if let Some(number) = largest {
        selected.extend(self::largest(&models, number)?);
    }
    let selects_some = !only.is_empty() || largest.is_some();
    let wanted = models.into_iter().filter_map(|(service, folder)| {
        let operations = match manifest {
            Some(manifest) => Selection::Named(manifest.get(&service)?.clone()),
            None => Selection::All,
        };
        let wanted = Wanted {
            service,
            folder,
            operations,
        };
        (!selects_some || selected.contains(&wanted.service)).then_some(wanted)
    });
    report.or(wanted.collect())
}

/// The services with the largest models, by the size of `service-2.json` in bytes, uncompressed: it is known before
/// anything is generated, and is the same for a folder and for a wheel. Of equal ones, the first by name.
fn largest(models: &[(String, PathBuf)], number: usize) -> Result<Vec<String>, Report> {
    let mut sizes = Vec::new();
    for (service, folder) in models {
        // That there is no file is reported where the service is generated.
        let path = load::find(folder, "service-2.json");
        let size = path.map_or(Ok(0), |path| load::bytes(&path).map(|bytes| bytes.len()))?;
        sizes.push((Reverse(size), service));
    }
    sizes.sort();
    let largest = sizes.into_iter().take(number);
    Ok(largest.map(|(_, service)| service.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::chosen;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::fs;
    use std::io::Write as _;
    use std::path::{Path, PathBuf};

    /// A release of services with models of these sizes; that of `packed` is the smallest file, as it is compressed.
    fn release(root: &Path) -> Vec<(String, PathBuf)> {
        let sizes = [
            ("ample", 400),
            ("bare", 0),
            ("equal", 300),
            ("packed", 5000),
            ("same", 300),
            ("slight", 100),
        ];
        let models = sizes.iter().map(|(service, size)| {
            let folder = root.join(service);
            fs::create_dir(&folder).unwrap();
            let text = " ".repeat(*size);
            if *service == "packed" {
                let file = fs::File::create(folder.join("service-2.json.gz")).unwrap();
                let mut file = GzEncoder::new(file, Compression::best());
                file.write_all(text.as_bytes()).unwrap();
                assert!(file.finish().unwrap().metadata().unwrap().len() < 100);
            } else if *service != "bare" {
                fs::write(folder.join("service-2.json"), text).unwrap();
            }
            ((*service).to_owned(), folder)
        });
        models.collect()
    }

    #[test]
    fn named_services_and_the_largest() {
        let root = tempfile::tempdir().unwrap();
        let models = release(root.path());
        let all = ["ample", "bare", "equal", "packed", "same", "slight"];
        for (only, largest, expected) in [
            (&[][..], None, &all[..]),
            (&["same", "slight"], None, &["same", "slight"]),
            (&[], Some(0), &[]),
            (&[], Some(2), &["ample", "packed"]),
            (&[], Some(3), &["ample", "equal", "packed"]),
            (&["slight"], Some(2), &["ample", "packed", "slight"]),
            (&["packed"], Some(1), &["packed"]),
            (&["bare"], Some(9), &all),
        ] {
            let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
            let wanted = chosen(models.clone(), None, &only, largest).unwrap();
            let found: Vec<&str> = wanted.iter().map(|it| it.service.as_str()).collect();
            assert_eq!(found, expected, "{only:?} and {largest:?}");
        }
    }

    #[test]
    fn a_model_that_cannot_be_read_is_not_left_out_silently() {
        let root = tempfile::tempdir().unwrap();
        let models = release(root.path());
        fs::write(root.path().join("packed/service-2.json.gz"), "no gzip").unwrap();
        let problem = chosen(models, None, &[], Some(1)).unwrap_err().to_string();
        assert!(problem.contains("packed"), "{problem}");
    }
}

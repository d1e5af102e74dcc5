//! Wheels: the zip archives of Python packages.

use crate::disk;
use crate::report::Report;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};
use zip::ZipArchive;

/// More than ten times the size of botocore; anything larger is not botocore.
const LARGEST: u64 = 2 << 30;

/// Unpacks botocore's models and version from the wheel at `path` into `folder`.
pub(crate) fn unpack(path: &Path, folder: &Path) -> Result<(), Report> {
    let failed = |error: io::Error| Report::io("cannot read the wheel", path, &error);
    let bad = |error: zip::result::ZipError| {
        Report::new(format!(
            "expected a wheel, which is a zip archive, found something else: {error}\n  in {}",
            path.display()
        ))
    };
    let mut archive = ZipArchive::new(disk::open(path).map_err(failed)?).map_err(bad)?;
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(bad)?;
        // `None` for a name outside of the folder.
        let Some(name) = entry.enclosed_name().filter(|name| is_wanted(name)) else {
            continue;
        };
        let target = folder.join(name);
        let write_failed = |error: io::Error| Report::io("cannot write", &target, &error);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(write_failed)?;
        }
        let mut file = File::create(&target).map_err(write_failed)?;
        let copied = io::copy(&mut entry.take(left + 1), &mut file).map_err(failed)?;
        left = left.checked_sub(copied).ok_or_else(|| {
            Report::new(format!(
                "expected a wheel of at most {} MiB unpacked, found more in {}",
                LARGEST >> 20,
                path.display()
            ))
        })?;
    }
    Ok(())
}

fn is_wanted(name: &Path) -> bool {
    let parts: Vec<_> = name
        .components()
        .map(|part| match part {
            Component::Normal(part) => part.to_str().unwrap_or_default(),
            _ => "",
        })
        .collect();
    match parts.as_slice() {
        ["botocore", "data", _, _, file] => file.ends_with(".json") || file.ends_with(".json.gz"),
        ["botocore", "__init__.py"] => true,
        [folder, "METADATA"] => folder.ends_with(".dist-info"),
        _ => false,
    }
}

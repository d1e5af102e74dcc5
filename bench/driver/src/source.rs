//! What there is to read and to trust: lines and files of generated source, crates in the tree.

use crate::command::run;
use crate::figure::{Figure, Unit, Values};
use crate::peer::{Cargo, Kind, PEERS, Peer};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Lines and files of the service's client, and crates of the whole program. botocore generates none and has none.
pub fn figures(peers: &[Peer]) -> Vec<Figure> {
    let mut values: [Values; 3] = [[None; PEERS]; 3];
    for peer in peers {
        if let (Kind::Rust(cargo), Ok(_)) = (&peer.kind, &peer.version) {
            match counts(cargo) {
                Ok(counts) => {
                    for (values, count) in values.iter_mut().zip(counts) {
                        values[peer.index] = Some(count as f64);
                    }
                }
                Err(error) => eprintln!("missing: {}: {error}", peer.name),
            }
        }
    }
    let [lines, files, crates] = values;
    vec![
        Figure::new("lines of generated source", Unit::Count, lines),
        Figure::new("files of generated source", Unit::Count, files),
        Figure::new("crates in the program's tree", Unit::Count, crates),
    ]
}

fn counts(cargo: &Cargo) -> Result<[usize; 3], String> {
    let (mut lines, mut files) = (0, 0);
    count(
        &folder_of_service(cargo)?.join("src"),
        &mut lines,
        &mut files,
    )?;
    let mut tree = cargo.command("tree");
    tree.args(["--edges", "normal,build", "--prefix", "none", "--package"]);
    let (tree, _) = run(tree.arg(cargo.package))?;
    let crates: BTreeSet<&str> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    // The program itself is none.
    Ok([lines, files, crates.len() - 1])
}

/// Where the source of the service's client is.
fn folder_of_service(cargo: &Cargo) -> Result<PathBuf, String> {
    let (text, _) = run(cargo.command("metadata").args(["--format-version", "1"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
    let packages = metadata["packages"].as_array();
    let manifest = packages
        .into_iter()
        .flatten()
        .find(|package| package["name"] == cargo.service)
        .and_then(|package| package["manifest_path"].as_str())
        .and_then(|manifest| Path::new(manifest).parent());
    manifest
        .map(Path::to_owned)
        .ok_or_else(|| format!("cargo metadata does not know {}", cargo.service))
}

fn count(folder: &Path, lines: &mut usize, files: &mut usize) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            count(&path, lines, files)?;
        } else if path.extension().is_some_and(|end| end == "rs") {
            *files += 1;
            *lines += std::fs::read_to_string(&path)
                .map_err(failed)?
                .lines()
                .count();
        }
    }
    Ok(())
}

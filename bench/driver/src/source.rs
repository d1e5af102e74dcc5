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

/// Lines and files of the service's client, and how many crates there are in the program's tree.
pub fn counts(cargo: &Cargo) -> Result<[usize; 3], String> {
    let (mut lines, mut files) = (0, 0);
    let folder = folders(cargo, |name| name == cargo.service)?.pop();
    let folder = folder.ok_or_else(|| format!("cargo metadata does not know {}", cargo.service))?;
    count(&folder.join("src"), &mut lines, &mut files)?;
    // The program itself is none.
    Ok([lines, files, tree(cargo)?.len() - 1])
}

/// Lines of all crates in the program's tree of which `is_counted` says so by their names.
pub fn lines_of(cargo: &Cargo, is_counted: impl Fn(&str) -> bool) -> Result<usize, String> {
    let tree = tree(cargo)?;
    let names: BTreeSet<&str> = tree
        .iter()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| is_counted(name))
        .collect();
    let (mut lines, mut files) = (0, 0);
    for folder in folders(cargo, |name| names.contains(name))? {
        count(&folder.join("src"), &mut lines, &mut files)?;
    }
    Ok(lines)
}

/// The crates of the program, itself among them: a line with name and version each.
fn tree(cargo: &Cargo) -> Result<BTreeSet<String>, String> {
    let mut tree = cargo.command("tree");
    tree.args(["--edges", "normal,build", "--prefix", "none", "--package"]);
    let (tree, _) = run(tree.arg(cargo.package))?;
    let crates = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    Ok(crates.map(str::to_owned).collect())
}

/// Where the source of the crates of these names is.
fn folders(cargo: &Cargo, is_meant: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, String> {
    let (text, _) = run(cargo.command("metadata").args(["--format-version", "1"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}"))?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let meant = packages.filter(|package| package["name"].as_str().is_some_and(&is_meant));
    let manifests = meant.filter_map(|package| package["manifest_path"].as_str());
    let folders = manifests.filter_map(|manifest| Path::new(manifest).parent());
    Ok(folders.map(Path::to_owned).collect())
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

//! The packages of a project: what `Cargo.toml` says of members, targets and dependencies, as cargo reads it.

use crate::disk;
use crate::report::{Report, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use toml::{Table, Value};

/// Workspaces have hundreds of packages; more is a loop of links.
const MOST: usize = 10_000;

/// A package whose sources are read.
#[derive(Debug)]
pub(super) struct Package {
    /// Its name, which other packages depend on.
    pub(super) name: String,
    /// The name of its library in paths of Rust.
    pub(super) library: String,
    /// Whether what is found in it is reported. The others are read since reported ones depend on them.
    pub(super) reported: bool,
    pub(super) targets: Vec<Target>,
    /// What other crates are called in its code.
    pub(super) dependencies: BTreeMap<String, Dependency>,
}

/// A crate of a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    /// Its first file.
    pub(super) path: PathBuf,
    /// Whether it is the library, which the package's other targets can name.
    pub(super) is_library: bool,
    /// Whether only `cargo test` compiles it.
    pub(super) test: bool,
}

/// Another crate, in the code of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dependency {
    /// A client of the official SDK; the part of its name after `aws-sdk-`.
    Sdk(String),
    /// Any other package, by name.
    Package(String),
}

/// The packages of a project.
#[derive(Debug, Default)]
pub(super) struct Packages {
    pub(super) all: Vec<Package>,
    /// The folders of packages below the project's that are not part of it.
    pub(super) outside: Vec<PathBuf>,
}

/// The packages at `path`: those of a workspace, one package, or, where there is no `Cargo.toml`, all below it.
///
/// # Errors
/// There is none; a `Cargo.toml` cannot be read.
pub(super) fn find(path: &Path) -> Result<Packages, Report> {
    let mut reading = Reading::default();
    if path.join("Cargo.toml").is_file() {
        reading.project(path)?;
    } else {
        for folder in below(path) {
            if !reading.folders.contains(&folder) {
                // Packages that examples and templates consist of need not be valid; those that are, are read.
                let _ = reading.project(&folder);
            }
        }
        if reading.packages.all.is_empty() {
            return Err(Report::new(format!(
                "expected a Rust project, a folder with a Cargo.toml, found none in {} or below it",
                path.display()
            )));
        }
    }
    reading.dependencies()?;
    let folders = std::mem::take(&mut reading.folders);
    let mut packages = reading.packages;
    packages.outside = below(path)
        .into_iter()
        .filter(|folder| !folders.contains(folder) && is_package(folder))
        .collect();
    Ok(packages)
}

#[derive(Default)]
struct Reading {
    packages: Packages,
    folders: BTreeSet<PathBuf>,
    /// The folders of path dependencies that were named and are not read yet.
    open: Vec<PathBuf>,
}

impl Reading {
    /// The workspace, or the package, in `folder`.
    fn project(&mut self, folder: &Path) -> Result<(), Report> {
        let manifest = manifest(folder)?;
        let Some(workspace) = table(&manifest, "workspace") else {
            let inherited = inherited(folder);
            return self.package(folder, &manifest, &inherited, true);
        };
        let inherited = Inherited::of(folder, workspace);
        if manifest.contains_key("package") {
            self.package(folder, &manifest, &inherited, true)?;
        }
        let excluded: Vec<PathBuf> = strings(workspace, "exclude")
            .map(|name| clean(&folder.join(name)))
            .collect();
        let is_excluded = |member: &Path| excluded.iter().any(|one| member.starts_with(one));
        for pattern in strings(workspace, "members") {
            for member in matching(folder, pattern) {
                if is_excluded(&member) && pattern.contains('*') {
                    continue;
                }
                self.member(&member, &inherited)?;
            }
        }
        // Path dependencies inside of the workspace's folder are members without being named.
        let root = clean(folder);
        let mut fuel = MOST;
        while let Some(named) = self.open.iter().position(|open| open.starts_with(&root)) {
            let member = self.open.swap_remove(named);
            fuel = fuel.saturating_sub(1);
            if !self.folders.contains(&member) && !is_excluded(&member) && fuel > 0 {
                self.member(&member, &inherited)?;
            }
        }
        Ok(())
    }

    fn member(&mut self, folder: &Path, inherited: &Inherited) -> Result<(), Report> {
        if !folder.join("Cargo.toml").is_file() || self.folders.contains(folder) {
            return Ok(());
        }
        self.package(folder, &manifest(folder)?, inherited, true)
    }

    /// Path dependencies that are not part of the project: their types are known, nothing in them is reported.
    fn dependencies(&mut self) -> Result<(), Report> {
        while let Some(folder) = self.open.pop() {
            if self.packages.all.len() < MOST
                && folder.join("Cargo.toml").is_file()
                && !self.folders.contains(&folder)
            {
                let inherited = inherited(&folder);
                self.package(&folder, &manifest(&folder)?, &inherited, false)?;
            }
        }
        Ok(())
    }

    fn package(
        &mut self,
        folder: &Path,
        manifest: &Table,
        inherited: &Inherited,
        reported: bool,
    ) -> Result<(), Report> {
        let folder = clean(folder);
        let Some(package) = table(manifest, "package") else {
            return Ok(());
        };
        let name = package.get("name").and_then(Value::as_str);
        let Some(name) = name else {
            return Err(Report::new(format!(
                "expected the package's name at package.name, found none in {}",
                folder.join("Cargo.toml").display()
            )));
        };
        let library = table(manifest, "lib").and_then(|lib| lib.get("name")?.as_str());
        let library = library.unwrap_or(name).replace('-', "_");
        let mut dependencies = BTreeMap::new();
        for table in dependency_tables(manifest) {
            for (key, value) in table {
                let known = inherited.dependency(key, value);
                let (dependency, path) = dependency(key, known.as_ref().unwrap_or(value));
                let base = if known.is_some() {
                    &inherited.folder
                } else {
                    &folder
                };
                self.open.extend(path.map(|path| clean(&base.join(path))));
                dependencies.insert(key.replace('-', "_"), dependency);
            }
        }
        self.packages.all.push(Package {
            name: name.to_owned(),
            library,
            reported,
            targets: targets(&folder, manifest, package),
            dependencies,
        });
        self.folders.insert(folder);
        Ok(())
    }
}

/// What the members of a workspace inherit.
#[derive(Default)]
struct Inherited {
    folder: PathBuf,
    dependencies: Table,
}

impl Inherited {
    fn of(folder: &Path, workspace: &Table) -> Self {
        Self {
            folder: clean(folder),
            dependencies: table(workspace, "dependencies")
                .cloned()
                .unwrap_or_default(),
        }
    }

    /// The workspace's dependency, if the member's is `{ workspace = true }`.
    fn dependency(&self, key: &str, value: &Value) -> Option<Value> {
        let inherits = value.as_table()?.get("workspace")?.as_bool()?;
        let found = self.dependencies.get(key).filter(|_| inherits)?;
        Some(found.clone())
    }
}

/// What a package that is read alone inherits: from the nearest workspace above it.
fn inherited(folder: &Path) -> Inherited {
    let folder = clean(folder);
    let above = folder
        .ancestors()
        .filter(|above| above.join("Cargo.toml").is_file());
    let mut workspaces = above.filter_map(|above| {
        let manifest = manifest(above).ok()?;
        Some(Inherited::of(above, table(&manifest, "workspace")?))
    });
    workspaces.next().unwrap_or_default()
}

/// What a dependency is, and the folder that it names.
fn dependency<'v>(key: &str, value: &'v Value) -> (Dependency, Option<&'v str>) {
    let text = |name| value.as_table().and_then(|table| table.get(name)?.as_str());
    // A generated crate that stands in for the SDK's keeps its name in code by a renamed dependency.
    let stands_in = key.starts_with("aws-sdk-").then_some(key);
    let package = stands_in.or(text("package")).unwrap_or(key);
    let dependency = match package.strip_prefix("aws-sdk-") {
        Some(service) => Dependency::Sdk(service.to_owned()),
        None => Dependency::Package(package.to_owned()),
    };
    (dependency, text("path"))
}

fn dependency_tables(manifest: &Table) -> Vec<&Table> {
    let kinds = [
        "dependencies",
        "dev-dependencies",
        "dev_dependencies",
        "build-dependencies",
    ];
    let targets = table(manifest, "target")
        .into_iter()
        .flat_map(Table::values);
    let places = std::iter::once(manifest).chain(targets.filter_map(Value::as_table));
    places
        .flat_map(|place| kinds.iter().filter_map(|kind| table(place, kind)))
        .collect()
}

fn targets(folder: &Path, manifest: &Table, package: &Table) -> Vec<Target> {
    let mut targets = BTreeSet::new();
    let mut add = |path: PathBuf, is_library, test| {
        if path.is_file() {
            targets.insert(Target {
                path: clean(&path),
                is_library,
                test,
            });
        }
    };
    let library = table(manifest, "lib").and_then(|lib| lib.get("path")?.as_str());
    add(folder.join(library.unwrap_or("src/lib.rs")), true, false);
    add(folder.join("src/main.rs"), false, false);
    match package.get("build") {
        Some(Value::String(path)) => add(folder.join(path), false, false),
        _ => add(folder.join("build.rs"), false, false),
    }
    for (key, place, test) in [
        ("bin", "src/bin", false),
        ("example", "examples", false),
        ("bench", "benches", false),
        ("test", "tests", true),
    ] {
        let automatic = package
            .get(&format!("auto{}", plural(key)))
            .and_then(Value::as_bool);
        if automatic != Some(false) {
            for path in entries(&folder.join(place)) {
                if path.is_dir() {
                    add(path.join("main.rs"), false, test);
                } else if path.extension().is_some_and(|end| end == "rs") {
                    add(path, false, test);
                }
            }
        }
        let listed = manifest.get(key).and_then(Value::as_array);
        for target in listed.into_iter().flatten().filter_map(Value::as_table) {
            if let Some(path) = target.get("path").and_then(Value::as_str) {
                add(folder.join(path), false, test);
            } else if let Some(name) = target.get("name").and_then(Value::as_str) {
                add(folder.join(place).join(format!("{name}.rs")), false, test);
                add(folder.join(place).join(name).join("main.rs"), false, test);
            }
        }
    }
    targets.into_iter().collect()
}

fn plural(key: &str) -> &'static str {
    match key {
        "bin" => "bins",
        "example" => "examples",
        "bench" => "benches",
        _ => "tests",
    }
}

fn manifest(folder: &Path) -> Result<Table, Report> {
    let path = folder.join("Cargo.toml");
    let text =
        disk::read_to_string(&path).map_err(|error| Report::io("cannot read", &path, &error))?;
    text.parse().map_err(|error: toml::de::Error| {
        Report::new(format!(
            "{} is not TOML: {}",
            shown(Path::new(""), &path),
            error.message()
        ))
    })
}

fn table<'t>(of: &'t Table, key: &str) -> Option<&'t Table> {
    of.get(key)?.as_table()
}

fn strings<'t>(of: &'t Table, key: &str) -> impl Iterator<Item = &'t str> {
    let list = of.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

/// The folders below `root` that a pattern of `members` names.
fn matching(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut found = vec![clean(root)];
    for part in pattern.split('/').filter(|part| !matches!(*part, "" | ".")) {
        let mut next = Vec::new();
        for folder in found {
            match part {
                "**" => next.extend(tree(&folder)),
                _ if part.contains(['*', '?']) => {
                    next.extend(entries(&folder).into_iter().filter(|path| {
                        let name = path.file_name().unwrap_or_default().to_string_lossy();
                        path.is_dir() && is_like(&name, part)
                    }));
                }
                _ => next.push(clean(&folder.join(part))),
            }
        }
        next.truncate(MOST);
        found = next;
    }
    found
}

/// Whether a name matches a pattern of `*` and `?`.
fn is_like(name: &str, pattern: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    // The positions in the pattern that the name can have reached.
    let mut reached = BTreeSet::from([0]);
    let stars = |reached: &mut BTreeSet<usize>| {
        for at in 0..pattern.len() {
            if reached.contains(&at) && pattern.get(at) == Some(&'*') {
                reached.insert(at + 1);
            }
        }
    };
    stars(&mut reached);
    for c in name.chars() {
        let step = reached.iter().filter_map(|at| match pattern.get(*at)? {
            '*' => Some(*at),
            '?' => Some(at + 1),
            other if *other == c => Some(at + 1),
            _ => None,
        });
        reached = step.collect();
        stars(&mut reached);
    }
    reached.contains(&pattern.len())
}

/// The folders below `path` with a `Cargo.toml`, the nearest first.
fn below(path: &Path) -> Vec<PathBuf> {
    let folders = tree(&clean(path)).into_iter();
    folders
        .filter(|folder| folder.join("Cargo.toml").is_file())
        .collect()
}

/// A folder and those below it, without hidden ones, links, and what builds leave; the nearest first.
fn tree(path: &Path) -> Vec<PathBuf> {
    let mut found = vec![path.to_owned()];
    let mut next = 0;
    while let Some(folder) = found.get(next).cloned() {
        next += 1;
        found.extend(entries(&folder).into_iter().filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            !name.starts_with('.')
                && name != "target"
                && name != "node_modules"
                && path
                    .symlink_metadata()
                    .is_ok_and(|metadata| metadata.is_dir())
        }));
        if found.len() > 20 * MOST {
            break;
        }
    }
    found
}

fn is_package(folder: &Path) -> bool {
    manifest(folder).is_ok_and(|manifest| manifest.contains_key("package"))
}

/// What a folder contains, sorted; nothing if it cannot be read.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
}

/// A path without `.` and `..`, by its text: `a/b/../c` is `a/c`.
pub(super) fn clean(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

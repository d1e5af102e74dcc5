//! `cargo tinsmith scan`: which operations of which services a Rust project calls with the official SDK.
//!
//! The project's sources are parsed, not compiled: `packages` finds them, `source` reads the files, `index` lists what they
//! declare, `resolve` says what a path means, `types` which clients a type can hold, and `body` follows these through each
//! function. What cannot be decided is reported as such.

mod body;
mod command;
mod cost;
mod found;
mod index;
pub mod json;
mod macros;
mod mentions;
mod packages;
mod project;
mod resolve;
mod rows;
mod services;
mod source;
mod spellings;
mod test_code;
pub mod text;
mod types;
mod write;

pub use command::{Command, Format};
pub use cost::Cost;
pub use found::Use;
pub use rows::{Becomes, Row};

use crate::report::Report;
use body::Reader;
use found::Findings;
use index::Index;
use packages::{Dependency, Packages};
use project::Project;
use resolve::Names;
use services::Services;
use source::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The stack of the thread that parses: the parser recurses.
const STACK: usize = 512 << 20;

/// A line of a file of the scanned project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the scanned folder.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

/// An operation that a project uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name in the model.
    pub name: String,
    /// How it is used; empty if only its types are.
    pub uses: BTreeSet<Use>,
    /// Where it is called; for an operation that is not, where its types are named.
    pub places: Vec<Place>,
    /// Whether only code uses it that is compiled for tests.
    pub test_only: bool,
}

/// A service that a project uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name in botocore, which is that of its model's folder.
    pub name: String,
    /// Its client in the official SDK.
    pub package: String,
    /// The version of its API, if the scan knows the service.
    pub version: Option<String>,
    /// The operations, sorted. Empty if only types of the service are used.
    pub operations: Vec<Operation>,
}

/// A place where an operation may be called, on a value of an unknown type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// Where.
    pub place: Place,
    /// The method.
    pub method: String,
    /// The services of the project that have such an operation.
    pub services: Vec<String>,
}

/// What a project uses of the official SDK.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The number of packages that were read.
    pub packages: usize,
    /// The number of files that were read.
    pub files: usize,
    /// The services, sorted by name.
    pub services: Vec<Service>,
    /// What could not be decided.
    pub unresolved: Vec<Unresolved>,
    /// At how many places each spelling stands that programs call the SDK with, in the order of [`Row::ALL`]; those that it
    /// does not have are left out.
    pub spellings: Vec<(Row, usize)>,
    /// Files that could not be read, each with the reason.
    pub unread: Vec<(PathBuf, String)>,
    /// Clients that the project depends on and does not name.
    pub unused: Vec<String>,
    /// Folders of packages that are not members of the project.
    pub outside: Vec<PathBuf>,
}

/// Reads the project at `path`, a folder or its `Cargo.toml`.
///
/// # Errors
/// There is no project; a `Cargo.toml` cannot be read.
pub fn scan(path: &Path) -> Result<Scan, Report> {
    let path = folder(path)?;
    let work = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || read(&path));
    let work = work.map_err(|error| Report::new(format!("cannot start a thread: {error}")))?;
    work.join().unwrap_or_else(|_| {
        Err(Report::new(
            "the scan failed, which is an error in Tinsmith; please report it",
        ))
    })
}

/// The folder of a project, absolute.
fn folder(path: &Path) -> Result<PathBuf, Report> {
    let path =
        std::path::absolute(path).map_err(|error| Report::io("cannot resolve", path, &error))?;
    let path = packages::clean(&path);
    Ok(match path.file_name() {
        Some(name) if name == "Cargo.toml" => path.parent().unwrap_or(&path).to_owned(),
        _ => path,
    })
}

fn read(root: &Path) -> Result<Scan, Report> {
    let packages = packages::find(root)?;
    let services = Services::known();
    let mut sources = Sources::default();
    let wanted = using(&packages);
    for number in &wanted {
        if let Some(package) = packages.all.get(*number) {
            for target in &package.targets {
                sources.read(*number, target, package);
            }
        }
    }
    let index = Index::of(&sources);
    let names = Names::new(&index, &packages.all);
    let project = Project::new(&names, &services);
    let findings = findings(&project, &packages);
    Ok(Finished {
        root,
        packages: &packages,
        services: &services,
        sources: &sources,
    }
    .scan(findings))
}

/// The packages that depend on a client, or on one that does.
fn using(packages: &Packages) -> BTreeSet<usize> {
    let mut using: BTreeSet<usize> = BTreeSet::new();
    loop {
        let before = using.len();
        for (number, package) in packages.all.iter().enumerate() {
            let is_using = package
                .dependencies
                .values()
                .any(|dependency| match dependency {
                    Dependency::Sdk(_) => true,
                    Dependency::Package(name) => using.iter().any(|known| {
                        packages
                            .all
                            .get(*known)
                            .is_some_and(|known| known.name == *name)
                    }),
                });
            if is_using {
                using.insert(number);
            }
        }
        if using.len() == before {
            return using;
        }
    }
}

fn findings(project: &Project<'_>, packages: &Packages) -> Findings {
    let index = project.index();
    let mut findings = Findings::default();
    let mut in_files = BTreeMap::new();
    mentions::note(
        project.names,
        project.services,
        &mut findings,
        &mut in_files,
    );
    let clients: Vec<BTreeSet<String>> = packages
        .all
        .iter()
        .map(|package| {
            let sdk = package
                .dependencies
                .values()
                .filter_map(|dependency| match dependency {
                    Dependency::Sdk(service) => Some(service.replace(['-', '_'], "")),
                    Dependency::Package(_) => None,
                });
            sdk.collect()
        })
        .collect();
    let all: BTreeSet<String> = clients.iter().flatten().cloned().collect();
    let none = BTreeSet::new();
    let reader_of = |scope: usize| {
        let file = index.scopes.get(scope)?.file;
        index.files.get(file).filter(|file| file.reported)?;
        let (package, _) = project.names.package(scope)?;
        // A package that depends on no client itself gets them from others of the project.
        let own = clients
            .get(package)
            .filter(|own| !own.is_empty())
            .unwrap_or(&all);
        Some((own, in_files.get(&file).unwrap_or(&none)))
    };
    for body in &index.bodies {
        if let Some((own, in_file)) = reader_of(body.scope) {
            let mut reader =
                Reader::new(project, &mut findings, body.scope, body.test, own, in_file);
            reader.function(body);
        }
    }
    for initial in &index.initials {
        if let Some((own, in_file)) = reader_of(initial.scope) {
            let mut reader = Reader::new(
                project,
                &mut findings,
                initial.scope,
                initial.test,
                own,
                in_file,
            );
            reader.expr(initial.expr);
        }
    }
    for (scope, item) in &index.macros {
        if let Some((own, in_file)) = reader_of(*scope) {
            let mut reader = Reader::new(project, &mut findings, *scope, false, own, in_file);
            if item.mac.path.is_ident("macro_rules") {
                reader.statements(&macros::rules(&item.mac));
            } else {
                reader.macro_call(&item.mac);
            }
        }
    }
    findings
}

/// What a scan's result is made of.
struct Finished<'f> {
    root: &'f Path,
    packages: &'f Packages,
    services: &'f Services,
    sources: &'f Sources,
}

impl Finished<'_> {
    fn scan(&self, findings: Findings) -> Scan {
        let mut services: Vec<Service> = Vec::new();
        for (key, operations) in &findings.services {
            let known = self.services.get(key);
            services.push(Service {
                name: self.services.name(key).to_owned(),
                package: format!("aws-sdk-{key}"),
                version: known.map(|known| known.version.to_owned()),
                operations: operations
                    .iter()
                    .map(|(name, calls)| self.operation(name, calls))
                    .collect(),
            });
        }
        services.sort_by(|a, b| a.name.cmp(&b.name));
        let unresolved = findings.unresolved.iter().map(|unresolved| Unresolved {
            place: self.place(unresolved.line),
            method: unresolved.method.clone(),
            services: unresolved
                .services
                .iter()
                .map(|key| self.services.name(key).to_owned())
                .collect(),
        });
        let reported = self.packages.all.iter().filter(|package| package.reported);
        let depended: BTreeSet<String> = reported
            .clone()
            .flat_map(|package| package.dependencies.values())
            .filter_map(|dependency| match dependency {
                Dependency::Sdk(service) => Some(service.replace(['-', '_'], "")),
                Dependency::Package(_) => None,
            })
            .collect();
        let unused = depended
            .iter()
            .filter(|key| !findings.services.contains_key(*key));
        Scan {
            packages: reported.count(),
            files: self
                .sources
                .files
                .iter()
                .filter(|file| file.reported)
                .count(),
            unresolved: unresolved.collect(),
            spellings: Row::ALL
                .into_iter()
                .filter_map(|row| Some((row, findings.rows.get(&row)?.len())))
                .filter(|(_, places)| *places > 0)
                .collect(),
            unread: self
                .sources
                .unread
                .iter()
                .map(|(path, reason)| (self.shown(path), reason.clone()))
                .collect(),
            unused: unused.map(|key| format!("aws-sdk-{key}")).collect(),
            outside: self
                .packages
                .outside
                .iter()
                .map(|path| self.shown(path))
                .collect(),
            services,
        }
    }

    fn operation(&self, name: &str, calls: &found::Calls) -> Operation {
        let found::Calls { calls, sent, types } = calls;
        let mut uses: BTreeSet<Use> = sent.values().flat_map(|seen| &seen.uses).copied().collect();
        for seen in calls.values() {
            // A call that goes where it cannot be followed is sent there.
            if seen.uses.is_empty() && sent.is_empty() {
                uses.insert(Use::Call);
            }
            uses.extend(&seen.uses);
        }
        let lines: Vec<&found::Line> = match (calls.is_empty(), sent.is_empty()) {
            (false, _) => calls.keys().collect(),
            (true, false) => sent.keys().collect(),
            (true, true) => types.keys().collect(),
        };
        let mut places: Vec<Place> = lines.into_iter().map(|line| self.place(*line)).collect();
        places.sort();
        let mut tests = calls
            .values()
            .chain(sent.values())
            .map(|seen| seen.test)
            .chain(types.values().copied());
        Operation {
            name: name.to_owned(),
            uses,
            places,
            test_only: tests.all(|test| test),
        }
    }

    fn place(&self, (file, line): found::Line) -> Place {
        let file = self
            .sources
            .files
            .get(file)
            .map(|file| self.shown(&file.path));
        Place {
            file: file.unwrap_or_default(),
            line,
        }
    }

    fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.root).unwrap_or(path).to_owned()
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The same text on every system.
        let file = self.file.to_string_lossy().replace('\\', "/");
        write!(f, "{file}:{}", self.line)
    }
}

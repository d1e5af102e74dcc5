//! What a path means: looked up in the scope that it is written in, through imports, modules and the crates of the project.

use super::index::{Index, Kind, Value};
use super::packages::{Dependency, Package};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// How many imports a name is followed through.
const FARTHEST: usize = 32;

/// What a path leads to.
#[derive(Clone)]
pub(super) enum Resolved<'s> {
    Module(usize),
    /// A type of the project, and the rest of the path: an associated function, or a variant.
    Type(usize, Vec<String>),
    /// A function or static of the project, with the scope of its signature.
    Value(Value<'s>, usize),
    /// A path into the client crate of a service: the part of the crate's name after `aws-sdk-`, and the rest.
    Sdk(String, Vec<String>),
    /// A path into any other crate, or a name that is not known: a local variable, a macro's, the prelude's.
    Other(Vec<String>),
}

/// The namespace of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Namespace {
    Types,
    Values,
}

/// What was found in a scope, by name or path.
type Known<'s, K> = RefCell<HashMap<(usize, Namespace, K), Resolved<'s>>>;

/// What paths are looked up in.
pub(super) struct Names<'s> {
    pub(super) index: &'s Index<'s>,
    pub(super) packages: &'s [Package],
    /// The library of each package, by the package's name.
    libraries: HashMap<&'s str, usize>,
    /// What was looked up before: most names occur often.
    known: Known<'s, Vec<String>>,
    /// What was found through globs, and where the present path was looked for through them.
    imported: Known<'s, String>,
    visited: RefCell<HashSet<(usize, Namespace, String)>>,
}

impl<'s> Names<'s> {
    pub(super) fn new(index: &'s Index<'s>, packages: &'s [Package]) -> Self {
        let mut libraries = HashMap::new();
        for krate in index.crates.iter().filter(|krate| krate.is_library) {
            if let Some(package) = packages.get(krate.package) {
                libraries.insert(package.name.as_str(), krate.root);
            }
        }
        Self {
            index,
            packages,
            libraries,
            known: RefCell::default(),
            imported: RefCell::default(),
            visited: RefCell::default(),
        }
    }

    /// What `path`, as it is written in `scope`, leads to.
    pub(super) fn resolve(
        &self,
        scope: usize,
        path: &[String],
        namespace: Namespace,
    ) -> Resolved<'s> {
        let key = (scope, namespace, path.to_vec());
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        self.visited.borrow_mut().clear();
        let found = self.path(scope, path, namespace, FARTHEST);
        let found = match found.unwrap_or_else(|| Resolved::Other(path.to_vec())) {
            Resolved::Other(path) => exported_again(path),
            found => found,
        };
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    fn path(
        &self,
        scope: usize,
        path: &[String],
        namespace: Namespace,
        fuel: usize,
    ) -> Option<Resolved<'s>> {
        let (first, mut rest) = path.split_first()?;
        let first_namespace = if rest.is_empty() {
            namespace
        } else {
            Namespace::Types
        };
        let mut found = match first.as_str() {
            // `::name` begins with a crate.
            "" => {
                let (name, after) = rest.split_first()?;
                rest = after;
                self.krate(scope, name)?
            }
            "crate" => Resolved::Module(self.root(scope)?),
            "self" => Resolved::Module(self.module(scope)?),
            "super" => Resolved::Module(self.index.scopes.get(self.module(scope)?)?.parent?),
            name => self.lookup(scope, name, first_namespace, fuel)?,
        };
        while let Some((name, after)) = rest.split_first() {
            let namespace = if after.is_empty() {
                namespace
            } else {
                Namespace::Types
            };
            found = match found {
                Resolved::Module(module) if name == "super" => {
                    Resolved::Module(self.index.scopes.get(module)?.parent?)
                }
                Resolved::Module(module) if name == "self" => Resolved::Module(module),
                Resolved::Module(module) => self.within(module, name, namespace, fuel)?,
                Resolved::Type(item, mut path) => {
                    path.push(name.clone());
                    Resolved::Type(item, path)
                }
                Resolved::Sdk(service, mut path) => {
                    path.push(name.clone());
                    Resolved::Sdk(service, path)
                }
                Resolved::Other(mut path) => {
                    path.push(name.clone());
                    Resolved::Other(path)
                }
                Resolved::Value(..) => return None,
            };
            rest = after;
        }
        Some(found)
    }

    /// A name as it is written in `scope`: there, around the function that the scope is in, or a crate; and what is imported
    /// with everything else last, since that takes the longest.
    fn lookup(
        &self,
        scope: usize,
        name: &str,
        namespace: Namespace,
        fuel: usize,
    ) -> Option<Resolved<'s>> {
        let mut around = Vec::new();
        let mut next = Some(scope);
        while let Some(scope) = next.filter(|_| around.len() < FARTHEST) {
            around.push(scope);
            next = self
                .index
                .scopes
                .get(scope)
                .filter(|here| here.in_function)
                .and_then(|here| here.parent);
        }
        let named = around
            .iter()
            .find_map(|scope| self.named(*scope, name, namespace, fuel));
        named.or_else(|| self.krate(scope, name)).or_else(|| {
            around
                .iter()
                .find_map(|scope| self.through_globs(*scope, name, namespace, fuel))
        })
    }

    /// A name that a module declares or imports.
    fn within(
        &self,
        scope: usize,
        name: &str,
        namespace: Namespace,
        fuel: usize,
    ) -> Option<Resolved<'s>> {
        let named = self.named(scope, name, namespace, fuel);
        named.or_else(|| self.through_globs(scope, name, namespace, fuel))
    }

    /// A name that a module declares, or imports by its name.
    fn named(
        &self,
        scope: usize,
        name: &str,
        namespace: Namespace,
        fuel: usize,
    ) -> Option<Resolved<'s>> {
        let fuel = fuel.checked_sub(1)?;
        let here = self.index.scopes.get(scope)?;
        let value = || Some(Resolved::Value(*here.values.get(name)?, scope));
        let typed = || Some(Resolved::Type(*here.types.get(name)?, Vec::new()));
        let module = || Some(Resolved::Module(*here.modules.get(name)?));
        let declared = match namespace {
            Namespace::Types => module().or_else(typed).or_else(value),
            Namespace::Values => value().or_else(typed).or_else(module),
        };
        declared.or_else(|| {
            let mut imports = here.imports.get(name).into_iter().flatten();
            imports.find_map(|path| {
                // `use name;` and `use name::…` where the name itself is the import's mean a crate.
                if path.first().is_some_and(|first| first == name) {
                    let mut absolute = vec![String::new()];
                    absolute.extend(path.iter().cloned());
                    self.path(scope, &absolute, namespace, fuel)
                } else {
                    self.path(scope, path, namespace, fuel)
                }
            })
        })
    }

    /// A name that a module imports with everything else of another. Modules can import each other, so each is looked into
    /// once for each path.
    fn through_globs(
        &self,
        scope: usize,
        name: &str,
        namespace: Namespace,
        fuel: usize,
    ) -> Option<Resolved<'s>> {
        let here = self
            .index
            .scopes
            .get(scope)
            .filter(|here| !here.globs.is_empty())?;
        let key = (scope, namespace, name.to_owned());
        if let Some(found) = self.imported.borrow().get(&key) {
            return Some(found.clone());
        }
        if !self.visited.borrow_mut().insert(key.clone()) {
            return None;
        }
        let fuel = fuel.checked_sub(1)?;
        let found = here.globs.iter().find_map(|path| {
            match self.path(scope, path, Namespace::Types, fuel)? {
                Resolved::Module(module) if module != scope => {
                    self.within(module, name, namespace, fuel)
                }
                // The variants of an enumeration.
                Resolved::Type(item, path) if path.is_empty() => {
                    let of = self
                        .index
                        .types
                        .get(item)
                        .filter(|of| matches!(of.kind, Kind::Enum(_)))?;
                    of.fields(Some(name))?;
                    Some(Resolved::Type(item, vec![name.to_owned()]))
                }
                Resolved::Sdk(service, mut path) => {
                    path.push(name.to_owned());
                    is_exported(&path).then_some(Resolved::Sdk(service, path))
                }
                _ => None,
            }
        })?;
        self.imported.borrow_mut().insert(key, found.clone());
        Some(found)
    }

    /// The outermost module of the crate that a scope is in.
    fn root(&self, scope: usize) -> Option<usize> {
        let krate = self.index.scopes.get(scope)?.krate;
        Some(self.index.crates.get(krate)?.root)
    }

    /// The module that a scope is in.
    fn module(&self, scope: usize) -> Option<usize> {
        let mut scope = scope;
        for _ in 0..FARTHEST {
            let here = self.index.scopes.get(scope)?;
            if !here.in_function {
                return Some(scope);
            }
            scope = here.parent?;
        }
        None
    }

    /// The package that a scope is in.
    pub(super) fn package(&self, scope: usize) -> Option<(usize, &'s Package)> {
        let krate = self.index.scopes.get(scope)?.krate;
        let number = self.index.crates.get(krate)?.package;
        Some((number, self.packages.get(number)?))
    }

    /// A crate that the code of a package can name.
    fn krate(&self, scope: usize, name: &str) -> Option<Resolved<'s>> {
        let (_, package) = self.package(scope)?;
        match package.dependencies.get(name) {
            Some(Dependency::Sdk(service)) => Some(Resolved::Sdk(sdk(service), Vec::new())),
            Some(Dependency::Package(of)) => match self.libraries.get(of.as_str()) {
                Some(root) => Some(Resolved::Module(*root)),
                None => Some(Resolved::Other(vec![of.replace('-', "_")])),
            },
            None if name == package.library => {
                let root = self.libraries.get(package.name.as_str());
                root.map(|root| Resolved::Module(*root))
            }
            None => {
                let service = name.strip_prefix("aws_sdk_")?;
                Some(Resolved::Sdk(sdk(service), Vec::new()))
            }
        }
    }
}

/// A path into a client crate that another crate exports.
fn exported_again<'s>(path: Vec<String>) -> Resolved<'s> {
    let found = path.iter().position(|name| name.starts_with("aws_sdk_"));
    match found.and_then(|at| Some((path.get(at)?.strip_prefix("aws_sdk_")?, path.get(at + 1..)?)))
    {
        Some((service, rest)) => Resolved::Sdk(sdk(service), rest.to_vec()),
        None => Resolved::Other(path),
    }
}

/// The name of a client crate's service, without what its name may be divided by.
fn sdk(service: &str) -> String {
    service.replace(['-', '_'], "")
}

/// Whether a client crate of the SDK has this at its root, or in one of the modules that programs import all of. Only what
/// decides which operations are called; other names stay unknown.
fn is_exported(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        [name] => matches!(
            *name,
            "Client"
                | "Config"
                | "Error"
                | "client"
                | "config"
                | "error"
                | "operation"
                | "primitives"
                | "types"
                | "presigning"
                | "meta"
        ),
        ["client", name] => matches!(*name, "Client" | "Waiters" | "Builder"),
        ["operation", _] => true,
        ["operation", _, name] => name.starts_with(char::is_uppercase),
        _ => false,
    }
}

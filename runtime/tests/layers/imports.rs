//! What the files of a crate name: every `use` and every path, and of these what leads into the crate itself.

use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

/// Something that a file names.
pub(crate) struct Import {
    /// The file, relative to `src`.
    pub(crate) file: String,
    /// The module that the file is.
    pub(crate) module: Vec<String>,
    /// What it names: as it is written, or from the root of the crate.
    pub(crate) path: Vec<String>,
}

/// What the files below `source` name of the crate; without `lib.rs`, which re-exports everything.
pub(crate) fn imports_of(source: &Path) -> Vec<Import> {
    names_of(source)
        .into_iter()
        .filter_map(Import::resolved)
        .collect()
}

/// Everything that the files below `source` name.
pub(crate) fn names_of(source: &Path) -> Vec<Import> {
    let mut names = Vec::new();
    let mut folders = vec![source.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry of it").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(source).expect("a path below");
            let file = below.to_string_lossy().replace('\\', "/");
            let Some(module) = file.strip_suffix(".rs").filter(|name| *name != "lib") else {
                continue;
            };
            let module: Vec<String> = module.split('/').map(str::to_owned).collect();
            let text = fs::read_to_string(&path).expect("a source file");
            names.extend(names_in(&file, &module, &text));
        }
    }
    names
}

/// Everything that one file names, which is the module `module` of the crate.
pub(crate) fn names_in(file: &str, module: &[String], text: &str) -> Vec<Import> {
    let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut visitor = Visitor {
        file,
        module: module.to_vec(),
        names: Vec::new(),
    };
    visitor.visit_file(&parsed);
    visitor.names
}

impl Import {
    /// The same from the root of the crate; `None`: it leads out of the crate, or to what is in scope.
    pub(crate) fn resolved(mut self) -> Option<Self> {
        let mut path = match self.path.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("self" | "super") => self.module.clone(),
            _ => return None,
        };
        let steps = self
            .path
            .iter()
            .take_while(|name| matches!(name.as_str(), "crate" | "self" | "super"));
        let count = steps.clone().count();
        for _ in steps.filter(|step| *step == "super") {
            path.pop();
        }
        path.extend(self.path.drain(count..));
        self.path = path;
        Some(self)
    }
}

struct Visitor<'a> {
    file: &'a str,
    /// The module that is being read.
    module: Vec<String>,
    names: Vec<Import>,
}

impl Visitor<'_> {
    fn note(&mut self, path: &[String]) {
        self.names.push(Import {
            file: self.file.to_owned(),
            module: self.module.clone(),
            path: path.to_vec(),
        });
    }

    fn note_use(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.note_use(&with(&path.ident), &path.tree),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.note_use(before, tree);
                }
            }
            syn::UseTree::Name(name) if name.ident == "self" => self.note(before),
            syn::UseTree::Name(name) => self.note(&with(&name.ident)),
            syn::UseTree::Rename(rename) if rename.ident == "self" => self.note(before),
            syn::UseTree::Rename(rename) => self.note(&with(&rename.ident)),
            // `use super::*` in a file's own tests.
            syn::UseTree::Glob(_) => self.note(before),
        }
    }
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    /// `pub(crate)` names nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.note_use(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        self.note(&segments);
        visit::visit_path(self, path);
    }

    /// What is in a macro is tokens. `$crate` is the crate as others see it, whose paths are for generated code.
    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let text = item
            .tokens
            .to_string()
            .replace("$ crate", "$crate")
            .replace(" :: ", "::");
        let names = text.split(|c: char| !(c.is_alphanumeric() || "_:$".contains(c)));
        for name in names.filter(|name| name.contains("::") && !name.contains('$')) {
            let path: Vec<String> = name.split("::").map(str::to_owned).collect();
            self.note(&path);
        }
        visit::visit_macro(self, item);
    }
}

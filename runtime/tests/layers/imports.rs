//! What the files of a crate name of each other: every `use` and every path that begins with `crate`, `self` or `super`.

use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

/// Something of this crate that a file names.
pub(crate) struct Import {
    /// The file, relative to `src`.
    pub(crate) file: String,
    /// The module that the file is.
    pub(crate) module: Vec<String>,
    /// What it names, from the root of the crate.
    pub(crate) path: Vec<String>,
}

/// The imports of all files below `source` but `lib.rs`, which re-exports everything.
pub(crate) fn imports_of(source: &Path) -> Vec<Import> {
    let mut imports = Vec::new();
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
            imports.extend(imports_in(&file, &module, &text));
        }
    }
    imports
}

/// The imports of one file, which is the module `module` of the crate.
pub(crate) fn imports_in(file: &str, module: &[String], text: &str) -> Vec<Import> {
    let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut visitor = Visitor {
        module: module.to_vec(),
        paths: Vec::new(),
    };
    visitor.visit_file(&parsed);
    let import = |path| Import {
        file: file.to_owned(),
        module: module.to_vec(),
        path,
    };
    visitor.paths.into_iter().map(import).collect()
}

struct Visitor {
    /// The module that is being read.
    module: Vec<String>,
    paths: Vec<Vec<String>>,
}

impl Visitor {
    /// Notes a path, if it is one of this crate.
    fn note(&mut self, segments: &[String]) {
        let mut rest = segments.iter().peekable();
        let mut path = match rest.peek().map(|segment| segment.as_str()) {
            Some("crate") => Vec::new(),
            Some("self" | "super") => self.module.clone(),
            _ => return,
        };
        while let Some(segment) = rest.peek() {
            match segment.as_str() {
                "crate" | "self" => {}
                "super" => {
                    path.pop();
                }
                _ => break,
            }
            rest.next();
        }
        path.extend(rest.cloned());
        self.paths.push(path);
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

impl<'ast> Visit<'ast> for Visitor {
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

    /// What is in a macro is tokens; what it names of this crate begins with `crate` there too. `$crate` is the crate as
    /// others see it, whose paths are for generated code.
    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let text = item.tokens.to_string().replace("$ crate", "$crate");
        let tokens: Vec<&str> = text
            .split(|c: char| !(c.is_alphanumeric() || "_:$".contains(c)))
            .filter(|token| !token.is_empty())
            .collect();
        let joined = tokens.join(" ").replace(" :: ", "::").replace(" ::", "::");
        for token in joined
            .split(' ')
            .filter(|token| token.starts_with("crate::"))
        {
            let segments: Vec<String> = token.split("::").map(str::to_owned).collect();
            self.note(&segments);
        }
        visit::visit_macro(self, item);
    }
}

//! Source files: read, checked for what would exhaust the stack, and parsed; and the modules that they consist of.

use super::macros;
use super::packages::{Package, Target, clean};
use super::test_code::is_test;
use crate::disk;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta};

/// The largest file that is read, in bytes: more than ten times the largest of the programs that this was tried on.
const LARGEST: usize = 8 << 20;

/// The longest way from the outermost token of a file to the innermost, in tokens: the parser recurses at most once for
/// each. It is a tenth of what the stack of [`super::STACK`] bytes suffices for.
const LONGEST: usize = 20_000;

/// A file of the project.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) reported: bool,
}

/// A module: a file, or a part of one.
pub(super) struct Module {
    pub(super) name: String,
    pub(super) parent: Option<usize>,
    pub(super) file: usize,
    /// Whether it is only compiled for tests.
    pub(super) test: bool,
    pub(super) items: Vec<Item>,
}

/// A crate: the target of a package.
pub(super) struct Crate {
    /// The index of its package.
    pub(super) package: usize,
    pub(super) is_library: bool,
    /// Its outermost module.
    pub(super) root: usize,
}

/// All source files.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) crates: Vec<Crate>,
    pub(super) modules: Vec<Module>,
    pub(super) files: Vec<File>,
    /// The files that could not be read, with the reason.
    pub(super) unread: BTreeSet<(PathBuf, String)>,
    /// The index of each file.
    known: HashMap<PathBuf, usize>,
}

/// A file that is to be read as a module.
struct Open {
    path: PathBuf,
    /// Where the files of its modules are.
    folder: PathBuf,
    module: usize,
}

impl Sources {
    /// Reads a target: its first file, and those of the modules that it declares.
    pub(super) fn read(&mut self, package: usize, target: &Target, of: &Package) {
        let root = self.modules.len();
        let file = self.file(&target.path, of.reported);
        self.modules.push(Module {
            name: of.library.clone(),
            parent: None,
            file,
            test: target.test,
            items: Vec::new(),
        });
        self.crates.push(Crate {
            package,
            is_library: target.is_library,
            root,
        });
        let mut seen = BTreeSet::new();
        let mut open = vec![Open {
            path: target.path.clone(),
            folder: target.path.parent().unwrap_or(Path::new("")).to_owned(),
            module: root,
        }];
        while let Some(next) = open.pop() {
            if seen.insert(next.path.clone()) {
                self.module(next, of.reported, &mut open);
            }
        }
    }

    fn file(&mut self, path: &Path, reported: bool) -> usize {
        *self.known.entry(path.to_owned()).or_insert_with(|| {
            self.files.push(File {
                path: path.to_owned(),
                reported,
            });
            self.files.len() - 1
        })
    }

    fn module(&mut self, next: Open, reported: bool, open: &mut Vec<Open>) {
        match parse(&next.path) {
            Ok(file) => {
                if let Some(module) = self.modules.get_mut(next.module) {
                    module.test |= is_test(&file.attrs);
                }
                self.items(
                    file.items,
                    next.module,
                    &next.path,
                    &next.folder,
                    reported,
                    open,
                );
            }
            Err(reason) => {
                self.unread.insert((next.path, reason));
            }
        }
    }

    /// Adds items to a module. Modules in it become modules of their own, macros the items that they contain.
    fn items(
        &mut self,
        items: Vec<Item>,
        module: usize,
        path: &Path,
        folder: &Path,
        reported: bool,
        open: &mut Vec<Open>,
    ) {
        // Items of macros are parsed here, so that what they declare is known like the rest.
        let mut waiting: Vec<Item> = items.into_iter().rev().collect();
        let mut kept = Vec::new();
        let mut inline = Vec::new();
        while let Some(item) = waiting.pop() {
            match item {
                Item::Mod(item) => inline.push(item),
                Item::Macro(item) => {
                    if let Some(included) = included(&item.mac, path) {
                        open.push(Open {
                            path: included,
                            folder: folder.to_owned(),
                            module,
                        });
                    }
                    let (within, rest) = macros::items(&item.mac);
                    waiting.extend(within.into_iter().rev());
                    kept.extend(rest.then_some(Item::Macro(item)));
                }
                other => kept.push(other),
            }
        }
        let test = self.modules.get(module).is_some_and(|module| module.test);
        if let Some(module) = self.modules.get_mut(module) {
            module.items.extend(kept);
        }
        for item in inline {
            let name = item.ident.to_string();
            let name = name.trim_start_matches("r#").to_owned();
            let index = self.modules.len();
            let file = self.modules.get(module).map_or(0, |module| module.file);
            self.modules.push(Module {
                name: name.clone(),
                parent: Some(module),
                file,
                test: test || is_test(&item.attrs),
                items: Vec::new(),
            });
            let given = path_attribute(&item.attrs);
            match item.content {
                Some((_, items)) => {
                    let folder = folder.join(given.as_deref().unwrap_or(&name));
                    self.items(items, index, path, &folder, reported, open);
                }
                None => {
                    let beside = path.parent().unwrap_or(Path::new(""));
                    let candidates = match &given {
                        Some(given) => vec![(beside.join(given), None), (folder.join(given), None)],
                        None => vec![
                            (folder.join(format!("{name}.rs")), Some(folder.join(&name))),
                            (folder.join(&name).join("mod.rs"), Some(folder.join(&name))),
                        ],
                    };
                    let found = candidates.into_iter().find(|(path, _)| path.is_file());
                    if let Some((path, folder)) = found {
                        let path = clean(&path);
                        let beside = path.parent().unwrap_or(Path::new("")).to_owned();
                        let file = self.file(&path, reported);
                        if let Some(module) = self.modules.get_mut(index) {
                            module.file = file;
                        }
                        open.push(Open {
                            folder: folder.unwrap_or(beside),
                            path,
                            module: index,
                        });
                    }
                }
            }
        }
    }
}

/// The file that an `include!` names, if that is a text.
fn included(of: &syn::Macro, path: &Path) -> Option<PathBuf> {
    if !of.path.is_ident("include") {
        return None;
    }
    let name: syn::LitStr = syn::parse2(of.tokens.clone()).ok()?;
    let path = clean(&path.parent()?.join(name.value()));
    path.is_file().then_some(path)
}

/// The value of `#[path = "…"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes
        .iter()
        .find_map(|attribute| match &attribute.meta {
            Meta::NameValue(meta) if meta.path.is_ident("path") => match &meta.value {
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        })
}

/// A file's items, or why it cannot be read.
fn parse(path: &Path) -> Result<syn::File, String> {
    let text = disk::read_to_string(path).map_err(|error| error.to_string())?;
    if text.len() > LARGEST {
        return Err(format!(
            "expected at most {} MiB, found more",
            LARGEST >> 20
        ));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // A first line for the shell is no Rust; the line stays, since lines are counted.
    let is_shebang = text.starts_with("#!") && !text.starts_with("#![");
    let text = if is_shebang {
        format!("//{text}")
    } else {
        text.to_owned()
    };
    let at = |error: syn::Error| format!("line {}: {error}", error.span().start().line);
    // Tokens are nested by brackets only, which the lexer keeps on a stack of its own.
    let tokens: TokenStream = text.parse().map_err(|error: proc_macro2::LexError| {
        format!("line {}: {error}", error.span().start().line)
    })?;
    if longest(&tokens) > LONGEST {
        return Err(format!(
            "expected statements of at most {LONGEST} tokens, found a longer one"
        ));
    }
    syn::parse2(tokens).map_err(at)
}

/// The number of tokens on the longest way from the outermost to an innermost one, where a statement or the element of a
/// list begins at zero, and what is in brackets continues what it is in.
fn longest(tokens: &TokenStream) -> usize {
    let (mut longest, mut way) = (0, 0);
    let mut open = vec![(0, tokens.clone().into_iter())];
    while let Some((length, rest)) = open.last_mut() {
        match rest.next() {
            Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), ';' | ',') => {
                way -= *length;
                *length = 0;
            }
            Some(token) => {
                *length += 1;
                way += 1;
                longest = longest.max(way);
                if let TokenTree::Group(group) = token {
                    open.push((0, group.stream().into_iter()));
                }
            }
            None => {
                way -= *length;
                open.pop();
            }
        }
    }
    longest
}

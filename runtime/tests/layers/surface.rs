//! What generated code uses of the runtime: the names that it imports, and of what they name the parts that stand in its
//! text, as the runtime declares them. A line each, so that a change of the contract is a difference that can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// Types whose methods stand in the lines of macros, where the macro alone names the type.
const NAMED_BY_MACROS: [&str; 1] = ["Member"];

/// The macro that holds the number of the contract.
const NUMBER: &str = "generated_for_contract";

/// The lines, sorted.
pub(crate) fn surface(runtime: &Path, generated: &[PathBuf]) -> Vec<String> {
    let mut used = Used::default();
    for folder in generated {
        for file in sources(folder) {
            let text = fs::read_to_string(&file).expect("a source file");
            used.add(text.parse().expect("tokens"));
        }
    }
    let runtime = Runtime::read(runtime);
    let mut lines = BTreeSet::new();
    for path in &used.paths {
        runtime.describe(path, &used, &mut lines);
    }
    used.called = used.names.clone();
    for name in NAMED_BY_MACROS {
        runtime.describe(&[name.to_owned()], &used, &mut lines);
    }
    lines.into_iter().collect()
}

/// The Rust files below a folder, sorted.
pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry of it").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What stands in generated code.
#[derive(Default)]
struct Used {
    /// Every identifier.
    names: BTreeSet<String>,
    /// Of these, what stands behind `.` or `::`.
    called: BTreeSet<String>,
    /// What stands behind `tinsmith_runtime::`.
    paths: BTreeSet<Vec<String>>,
    /// What stands behind `name::`, by that name.
    behind: BTreeMap<String, BTreeSet<String>>,
}

impl Used {
    fn add(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(name) if name == "tinsmith_runtime" => {
                    self.add_path(&[], &tokens[at + 1..]);
                }
                TokenTree::Ident(name) => {
                    self.names.insert(name.to_string());
                    let before = &tokens[at.saturating_sub(3)..at];
                    if let [.., TokenTree::Punct(mark)] = before
                        && ".:".contains(mark.as_char())
                    {
                        self.called.insert(name.to_string());
                    }
                    if let [TokenTree::Ident(module), TokenTree::Punct(mark), _] = before
                        && mark.as_char() == ':'
                    {
                        let behind = self.behind.entry(module.to_string()).or_default();
                        behind.insert(name.to_string());
                    }
                }
                TokenTree::Group(group) => self.add(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// The path `before` goes on with `rest`, if that begins with `::`.
    fn add_path(&mut self, before: &[String], rest: &[TokenTree]) {
        // `{self, …}` is what stands before it.
        let before = match before {
            [module @ .., last] if last == "self" => module,
            whole => whole,
        };
        let [
            TokenTree::Punct(first),
            TokenTree::Punct(second),
            next,
            rest @ ..,
        ] = rest
        else {
            self.paths.insert(before.to_vec());
            return;
        };
        match next {
            TokenTree::Ident(name) if first.as_char() == ':' && second.as_char() == ':' => {
                self.add_path(&[before, &[name.to_string()]].concat(), rest);
            }
            // `use tinsmith_runtime::{…}`
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
                for tree in tokens.split(is_comma).filter(|tree| !tree.is_empty()) {
                    let TokenTree::Ident(name) = &tree[0] else {
                        panic!("expected a name in {group}");
                    };
                    self.add_path(&[before, &[name.to_string()]].concat(), &tree[1..]);
                }
            }
            _ => {
                self.paths.insert(before.to_vec());
            }
        }
    }
}

/// The runtime's own source.
struct Runtime {
    /// What is exported at the root and in `codegen`: the room and the name that each has there.
    exports: BTreeMap<String, (String, String)>,
    /// The items of each room, those of its modules among them.
    rooms: BTreeMap<String, Vec<syn::Item>>,
}

impl Runtime {
    fn read(source: &Path) -> Self {
        let mut exports = BTreeMap::new();
        let mut rooms: BTreeMap<String, Vec<syn::Item>> = BTreeMap::new();
        for path in sources(source) {
            let text = fs::read_to_string(&path).expect("a source file");
            let file = syn::parse_file(&text).expect("Rust");
            let below = path.strip_prefix(source).expect("a path below");
            let room = below.iter().next().expect("a name").to_string_lossy();
            let room = room.trim_end_matches(".rs");
            if room == "lib" || below == Path::new("codegen.rs") {
                for item in &file.items {
                    if let syn::Item::Use(item) = item {
                        export(&[], &item.tree, &mut exports);
                    }
                }
            }
            let items = rooms.entry(room.to_owned()).or_default();
            for item in file.items {
                flatten(item, items);
            }
        }
        Self { exports, rooms }
    }

    /// The lines of what a path of generated code leads to.
    fn describe(&self, path: &[String], used: &Used, lines: &mut BTreeSet<String>) {
        let path = match path {
            [codegen, rest @ ..] if codegen == "codegen" => rest,
            whole => whole,
        };
        let (room, name) = match path {
            [] => return,
            [module, name, ..] if module == "paths" => {
                lines.insert(format!("mod {module}::{name}"));
                return;
            }
            // What is of a module is exported there.
            [room, name, ..] if self.rooms.contains_key(room) => (room.clone(), name.clone()),
            [room] if self.rooms.contains_key(room) => (room.clone(), room.clone()),
            [name, ..] => match self.exports.get(name) {
                Some((room, name)) => (room.clone(), name.clone()),
                None => (String::new(), name.clone()),
            },
        };
        let Some(items) = self.rooms.get(&room) else {
            if room == name || room.is_empty() {
                // A macro is at the root, whatever room it is written in.
                self.describe_macro(&name, lines);
            } else {
                // Something of another crate.
                lines.insert(format!("use {room}::{name}"));
            }
            return;
        };
        let describe = |name: &str, lines: &mut BTreeSet<String>| {
            items
                .iter()
                .filter(|item| describe_item(item, name, used, lines))
                .count()
        };
        let mut found = describe(&name, lines);
        let is_module =
            |item: &syn::Item| matches!(item, syn::Item::Mod(item) if item.ident == name);
        if room == name || (found == 0 && items.iter().any(is_module)) {
            lines.insert(format!("mod {name}"));
            for name in used.behind.get(&name).into_iter().flatten() {
                describe(name, lines);
            }
            found += 1;
        }
        assert!(
            found > 0,
            "expected {path:?} in the room {room}, found nothing"
        );
    }

    /// What a macro takes, and what those take that it hands its input to.
    fn describe_macro(&self, name: &str, lines: &mut BTreeSet<String>) {
        let tokens = self.rooms.values().flatten().find_map(|item| match item {
            syn::Item::Macro(item) if item.ident.as_ref().is_some_and(|ident| ident == name) => {
                Some(item.mac.tokens.clone())
            }
            _ => None,
        });
        let tokens = tokens.unwrap_or_else(|| panic!("expected a macro `{name}`, found none"));
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_end =
            |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
        // Of the macro that holds the contract's number, the number is said above all lines.
        for arm in tokens.split(is_end).filter(|_| name != NUMBER) {
            let [matcher, _, _, body] = arm else {
                continue;
            };
            lines.insert(format!("macro {name}! {}", text(matcher)));
            for implemented in implementations(body.to_token_stream()) {
                lines.insert(format!("macro {name}! implements {implemented}"));
            }
            for called in macros_called(body.to_token_stream()) {
                if called != name {
                    self.describe_macro(&called, lines);
                }
            }
        }
    }
}

/// What a macro's body implements, for generated code may do that itself: the heads of its `impl … for …`.
fn implementations(body: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => found.extend(implementations(group.stream())),
            TokenTree::Ident(name) if name == "impl" => {
                let head = tokens[at + 1..].iter().take_while(|token| {
                    !matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
                });
                let head: Vec<TokenTree> = head.cloned().collect();
                let is_for =
                    |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "for");
                if head.iter().any(is_for) {
                    found.insert(text(&head.into_iter().collect::<TokenStream>()));
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}

/// The macros of the runtime that a macro's body calls: `$crate::name!`.
fn macros_called(body: TokenStream) -> BTreeSet<String> {
    let mut called = BTreeSet::new();
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            called.extend(macros_called(group.stream()));
        }
        let rest = tokens.get(at..at + 5).unwrap_or_default();
        if let [
            TokenTree::Ident(root),
            _,
            _,
            TokenTree::Ident(name),
            TokenTree::Punct(mark),
        ] = rest
            && root == "crate"
            && mark.as_char() == '!'
        {
            called.insert(name.to_string());
        }
    }
    called
}

/// Notes what a `use` exports, under the name that it has then.
fn export(
    before: &[String],
    tree: &syn::UseTree,
    exports: &mut BTreeMap<String, (String, String)>,
) {
    let mut note = |name: &syn::Ident, renamed: &syn::Ident| {
        let path = [before, &[name.to_string()]].concat();
        let path: Vec<&String> = path.iter().filter(|part| *part != "crate").collect();
        let room = path
            .first()
            .map_or_else(String::new, |room| (*room).clone());
        exports.insert(renamed.to_string(), (room, name.to_string()));
    };
    match tree {
        syn::UseTree::Path(path) => {
            let path_there = [before, &[path.ident.to_string()]].concat();
            export(&path_there, &path.tree, exports);
        }
        syn::UseTree::Group(group) => {
            for tree in &group.items {
                export(before, tree, exports);
            }
        }
        syn::UseTree::Name(name) => note(&name.ident, &name.ident),
        syn::UseTree::Rename(rename) => note(&rename.ident, &rename.rename),
        syn::UseTree::Glob(_) => panic!("expected exports by name, found one of everything"),
    }
}

/// An item, or the items of a module that stands within its file.
fn flatten(item: syn::Item, items: &mut Vec<syn::Item>) {
    match item {
        syn::Item::Mod(syn::ItemMod {
            content: Some((_, content)),
            ..
        }) => content.into_iter().for_each(|item| flatten(item, items)),
        other => items.push(other),
    }
}

/// The lines of an item, and whether it is the one that is called `name`. The methods of a type are items of their own.
fn describe_item(item: &syn::Item, name: &str, used: &Used, lines: &mut BTreeSet<String>) -> bool {
    let is_called = |ident: &syn::Ident| used.called.contains(&ident.to_string());
    match item {
        syn::Item::Fn(item) if item.sig.ident == name => {
            lines.insert(text(&item.sig));
        }
        syn::Item::Const(item) if item.ident == name => {
            lines.insert(format!("const {name}: {}", text(&item.ty)));
        }
        syn::Item::Static(item) if item.ident == name => {
            lines.insert(format!("static {name}: {}", text(&item.ty)));
        }
        syn::Item::Type(item) if item.ident == name => {
            let generics = text(&item.generics);
            lines.insert(format!("type {name}{generics} = {}", text(&item.ty)));
        }
        syn::Item::Struct(item) if item.ident == name => {
            lines.insert(format!("struct {name}{}", text(&item.generics)));
            for (at, field) in item.fields.iter().enumerate() {
                if matches!(field.vis, syn::Visibility::Public(_)) {
                    let field_name = field.ident.as_ref().map(syn::Ident::to_string);
                    let field_name = field_name.unwrap_or_else(|| at.to_string());
                    lines.insert(format!("field {name}::{field_name}: {}", text(&field.ty)));
                }
            }
        }
        syn::Item::Enum(item) if item.ident == name => {
            lines.insert(format!("enum {name}{}", text(&item.generics)));
            for variant in item
                .variants
                .iter()
                .filter(|variant| is_called(&variant.ident))
            {
                let fields = text(&variant.fields);
                lines.insert(format!("variant {name}::{}{fields}", variant.ident));
            }
        }
        syn::Item::Trait(item) if item.ident == name => {
            let (generics, above) = (text(&item.generics), text(&item.supertraits));
            let bounds = if above.is_empty() { "" } else { ": " };
            lines.insert(format!("trait {name}{generics}{bounds}{above}"));
            for part in &item.items {
                describe_part(part, name, used, lines);
            }
        }
        syn::Item::Impl(item) if item.trait_.is_none() => {
            let syn::Type::Path(path) = &*item.self_ty else {
                return false;
            };
            if path
                .path
                .segments
                .last()
                .is_none_or(|last| last.ident != name)
            {
                return false;
            }
            let of = format!("{name}{}", text(&item.generics));
            for part in &item.items {
                match part {
                    syn::ImplItem::Fn(part)
                        if is_public(&part.vis) && is_called(&part.sig.ident) =>
                    {
                        lines.insert(format!("method {of}: {}", text(&part.sig)));
                    }
                    syn::ImplItem::Const(part)
                        if is_public(&part.vis) && is_called(&part.ident) =>
                    {
                        lines.insert(format!("const {of}::{}: {}", part.ident, text(&part.ty)));
                    }
                    _ => {}
                }
            }
            return false;
        }
        _ => return false,
    }
    true
}

/// A part of a trait: whoever implements the trait must have it where it has no default, and may have or call it where
/// its name stands in generated code.
fn describe_part(part: &syn::TraitItem, name: &str, used: &Used, lines: &mut BTreeSet<String>) {
    let (ident, signature, has_default) = match part {
        syn::TraitItem::Fn(part) => (&part.sig.ident, text(&part.sig), part.default.is_some()),
        syn::TraitItem::Const(part) => (
            &part.ident,
            format!("const {}: {}", part.ident, text(&part.ty)),
            part.default.is_some(),
        ),
        syn::TraitItem::Type(part) => (
            &part.ident,
            format!("type {}: {}", part.ident, text(&part.bounds)),
            part.default.is_some(),
        ),
        _ => return,
    };
    if !has_default || used.names.contains(&ident.to_string()) {
        let default = if has_default { " with a default" } else { "" };
        lines.insert(format!("in trait {name}: {signature}{default}"));
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// The tokens of something on one line, spaced as code is.
fn text(tokens: &impl ToTokens) -> String {
    let tokens = tokens.to_token_stream().to_string();
    let is_word = |c: char| c.is_alphanumeric() || "_'\"".contains(c);
    let mut text = String::new();
    for word in tokens.split_whitespace() {
        let before = text.chars().last().unwrap_or(' ');
        let is_apart = match word.chars().next() {
            Some('-' | '=' | '+' | '{') => true,
            Some(next) => {
                let is_after_word = is_word(before) || before == '*';
                (next == '$' && is_after_word)
                    || (is_word(next) && (is_after_word || ">)]".contains(before)))
                    || ",=+".contains(before)
                    || text.ends_with("->")
                    || (before == ':' && !text.ends_with("::"))
            }
            None => false,
        };
        if is_apart {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

//! What each module declares and imports, and which methods each type has.

use super::source::{Crate, File, Sources};
use super::test_code::is_test;
use proc_macro2::Span;
use std::collections::{BTreeMap, HashMap};
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{
    Block, Field, Fields, FnArg, Generics, ImplItem, Item, ItemEnum, ItemImpl, ItemMacro,
    ItemStruct, ItemTrait, ItemType, Signature, TraitItem, Type, UseTree,
};

/// How deep the parts of one `use` are nested.
const DEEPEST: usize = 64;

/// The scope of a module, or of the items within a function.
#[derive(Default)]
pub(super) struct Scope<'s> {
    /// The module around it; for the scope of a function, that of its module or of the function around it.
    pub(super) parent: Option<usize>,
    /// It is that of a function: names that it does not have are looked up around it.
    pub(super) in_function: bool,
    pub(super) krate: usize,
    pub(super) file: usize,
    pub(super) test: bool,
    pub(super) modules: HashMap<String, usize>,
    pub(super) types: HashMap<String, usize>,
    pub(super) values: HashMap<String, Value<'s>>,
    /// What each imported name may be; several where `cfg` decides.
    pub(super) imports: HashMap<String, Vec<Vec<String>>>,
    /// The paths whose contents are imported.
    pub(super) globs: Vec<Vec<String>>,
    /// Every path of its `use`s with the place of its last name.
    pub(super) uses: Vec<(Vec<String>, Span)>,
}

/// A function or a static.
#[derive(Clone, Copy)]
pub(super) enum Value<'s> {
    Function(&'s Signature),
    Static(&'s Type),
}

/// A type of the project.
#[derive(Clone, Copy)]
pub(super) struct TypeItem<'s> {
    pub(super) scope: usize,
    pub(super) kind: Kind<'s>,
}

#[derive(Clone, Copy)]
pub(super) enum Kind<'s> {
    Struct(&'s ItemStruct),
    Enum(&'s ItemEnum),
    Alias(&'s ItemType),
    Trait(&'s ItemTrait),
}

impl<'s> TypeItem<'s> {
    pub(super) fn generics(&self) -> &'s Generics {
        match self.kind {
            Kind::Struct(item) => &item.generics,
            Kind::Enum(item) => &item.generics,
            Kind::Alias(item) => &item.generics,
            Kind::Trait(item) => &item.generics,
        }
    }

    /// The fields of a structure, or of a variant of an enumeration.
    pub(super) fn fields(&self, variant: Option<&str>) -> Option<&'s Fields> {
        match self.kind {
            Kind::Struct(item) => Some(&item.fields),
            Kind::Enum(item) => {
                let mut variants = item.variants.iter();
                let found = variants.find(|known| variant.is_some_and(|name| known.ident == name));
                found.map(|variant| &variant.fields)
            }
            Kind::Alias(_) | Kind::Trait(_) => None,
        }
    }
}

/// A field by its name, or by its number.
pub(super) fn field<'s>(fields: &'s Fields, name: &str) -> Option<&'s Field> {
    let mut all = fields.iter().enumerate();
    let found = all.find(|(index, field)| match &field.ident {
        Some(ident) => ident == name,
        None => index.to_string() == name,
    });
    found.map(|(_, field)| field)
}

/// An `impl` block.
#[derive(Clone, Copy)]
pub(super) struct Impl<'s> {
    pub(super) scope: usize,
    pub(super) item: &'s ItemImpl,
}

/// The body of a function and what it needs to be read.
#[derive(Clone, Copy)]
pub(super) struct Body<'s> {
    /// The scope of the items within it, or else that of its module.
    pub(super) scope: usize,
    pub(super) owner: Option<Owner<'s>>,
    pub(super) signature: &'s Signature,
    pub(super) block: &'s Block,
    pub(super) test: bool,
}

/// What a method belongs to.
#[derive(Clone, Copy)]
pub(super) enum Owner<'s> {
    Impl(usize, &'s ItemImpl),
    Trait(usize, &'s ItemTrait),
}

/// The value of a static, a constant, or another expression outside of functions.
#[derive(Clone, Copy)]
pub(super) struct Initial<'s> {
    pub(super) scope: usize,
    pub(super) expr: &'s syn::Expr,
    pub(super) test: bool,
}

/// All of it.
#[derive(Default)]
pub(super) struct Index<'s> {
    pub(super) scopes: Vec<Scope<'s>>,
    pub(super) types: Vec<TypeItem<'s>>,
    pub(super) impls: Vec<Impl<'s>>,
    pub(super) bodies: Vec<Body<'s>>,
    pub(super) initials: Vec<Initial<'s>>,
    pub(super) macros: Vec<(usize, &'s ItemMacro)>,
    /// Items with the scope in which their paths are looked up.
    pub(super) items: Vec<(usize, &'s Item, bool)>,
    pub(super) crates: &'s [Crate],
    pub(super) files: &'s [File],
}

impl<'s> Index<'s> {
    pub(super) fn of(sources: &'s Sources) -> Self {
        let mut index = Self {
            crates: &sources.crates,
            files: &sources.files,
            ..Self::default()
        };
        // The scope of a module has the module's index.
        let mut crates = BTreeMap::new();
        for (number, krate) in sources.crates.iter().enumerate() {
            crates.insert(krate.root, number);
        }
        for (number, module) in sources.modules.iter().enumerate() {
            let parent = module.parent.and_then(|parent| index.scopes.get(parent));
            let krate = parent.map(|parent| parent.krate);
            let krate = krate
                .or_else(|| crates.get(&number).copied())
                .unwrap_or_default();
            index.scopes.push(Scope {
                parent: module.parent,
                krate,
                file: module.file,
                test: module.test,
                ..Scope::default()
            });
            if let Some(parent) = module
                .parent
                .and_then(|parent| index.scopes.get_mut(parent))
            {
                parent.modules.insert(module.name.clone(), number);
            }
        }
        for (number, module) in sources.modules.iter().enumerate() {
            for item in &module.items {
                index.item(number, item, module.test);
            }
        }
        index
    }

    fn item(&mut self, scope: usize, item: &'s Item, test: bool) {
        let test = test || is_test(attributes(item));
        match item {
            Item::Use(item) => {
                let Some(scope) = self.scopes.get_mut(scope) else {
                    return;
                };
                let mut path = Vec::new();
                if item.leading_colon.is_some() {
                    path.push(String::new());
                }
                import(&item.tree, path, scope, DEEPEST);
            }
            Item::ExternCrate(item) => {
                let name = item.ident.to_string();
                let called = item
                    .rename
                    .as_ref()
                    .map_or(name.clone(), |(_, name)| name.to_string());
                if let Some(scope) = self.scopes.get_mut(scope) {
                    scope
                        .imports
                        .entry(called)
                        .or_default()
                        .push(vec![String::new(), name]);
                }
            }
            Item::Struct(item) => self.named(scope, &item.ident, Kind::Struct(item)),
            Item::Enum(item) => self.named(scope, &item.ident, Kind::Enum(item)),
            Item::Type(item) => self.named(scope, &item.ident, Kind::Alias(item)),
            Item::Trait(item) => {
                self.named(scope, &item.ident, Kind::Trait(item));
                for member in &item.items {
                    if let TraitItem::Fn(function) = member
                        && let Some(block) = &function.default
                    {
                        let owner = Some(Owner::Trait(scope, item));
                        self.body(scope, owner, &function.sig, block, test);
                    }
                }
            }
            Item::Fn(item) => {
                self.value(scope, &item.sig.ident, Value::Function(&item.sig));
                self.body(scope, None, &item.sig, &item.block, test);
            }
            Item::Static(item) => {
                self.value(scope, &item.ident, Value::Static(&item.ty));
                self.initials.push(Initial {
                    scope,
                    expr: &item.expr,
                    test,
                });
            }
            Item::Const(item) => {
                self.value(scope, &item.ident, Value::Static(&item.ty));
                self.initials.push(Initial {
                    scope,
                    expr: &item.expr,
                    test,
                });
            }
            Item::Impl(item) => {
                self.impls.push(Impl { scope, item });
                for member in &item.items {
                    if let ImplItem::Fn(function) = member {
                        let test = test || is_test(&function.attrs);
                        let owner = Some(Owner::Impl(scope, item));
                        self.body(scope, owner, &function.sig, &function.block, test);
                    }
                }
            }
            Item::Macro(item) => self.macros.push((scope, item)),
            _ => {}
        }
        self.items.push((scope, item, test));
    }

    fn named(&mut self, scope: usize, ident: &syn::Ident, kind: Kind<'s>) {
        let number = self.types.len();
        self.types.push(TypeItem { scope, kind });
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.types.insert(name(ident), number);
        }
    }

    fn value(&mut self, scope: usize, ident: &syn::Ident, value: Value<'s>) {
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.values.insert(name(ident), value);
        }
    }

    fn body(
        &mut self,
        scope: usize,
        owner: Option<Owner<'s>>,
        signature: &'s Signature,
        block: &'s Block,
        test: bool,
    ) {
        let mut within = Within::default();
        within.visit_block(block);
        let mut inner = scope;
        if !within.items.is_empty() {
            inner = self.scopes.len();
            let around = self.scopes.get(scope);
            let (krate, file) = around.map_or((0, 0), |around| (around.krate, around.file));
            self.scopes.push(Scope {
                parent: Some(scope),
                in_function: true,
                krate,
                file,
                test,
                ..Scope::default()
            });
            for item in within.items {
                self.item(inner, item, test);
            }
        }
        self.bodies.push(Body {
            scope: inner,
            owner,
            signature,
            block,
            test,
        });
    }
}

/// The items within a function, but not those within these.
#[derive(Default)]
struct Within<'s> {
    items: Vec<&'s Item>,
}

impl<'s> Visit<'s> for Within<'s> {
    fn visit_item(&mut self, item: &'s Item) {
        self.items.push(item);
    }

    fn visit_block(&mut self, block: &'s Block) {
        visit::visit_block(self, block);
    }
}

/// The name of an identifier, without the `r#` of a raw one.
pub(super) fn name(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    match text.strip_prefix("r#") {
        Some(name) => name.to_owned(),
        None => text,
    }
}

/// The parameters of a function without its receiver.
pub(super) fn parameters(signature: &Signature) -> impl Iterator<Item = &syn::PatType> {
    signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    })
}

fn import(tree: &UseTree, mut path: Vec<String>, scope: &mut Scope<'_>, fuel: usize) {
    let Some(fuel) = fuel.checked_sub(1) else {
        return;
    };
    match tree {
        UseTree::Path(part) => {
            path.push(name(&part.ident));
            import(&part.tree, path, scope, fuel);
        }
        UseTree::Name(part) => bind(path, &part.ident, &part.ident, scope),
        UseTree::Rename(part) => bind(path, &part.ident, &part.rename, scope),
        UseTree::Glob(glob) => {
            scope.uses.push((path.clone(), glob.star_token.span()));
            scope.globs.push(path);
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                import(tree, path.clone(), scope, fuel);
            }
        }
    }
}

fn bind(mut path: Vec<String>, ident: &syn::Ident, called: &syn::Ident, scope: &mut Scope<'_>) {
    let mut called = name(called);
    if ident == "self" {
        if called == "self" {
            called = path.last().cloned().unwrap_or_default();
        }
    } else {
        path.push(name(ident));
    }
    scope.uses.push((path.clone(), ident.span()));
    scope.imports.entry(called).or_default().push(path);
}

/// The attributes of an item.
fn attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

//! The types of a project's expressions: what its declarations, aliases, fields and methods say of them.

use super::index::{Impl, Index, Kind, Owner, TypeItem, Value, name, parameters};
use super::resolve::{Names, Namespace, Resolved};
use super::services::Services;
use super::types::{Atom, Types, tuple};
use std::cell::RefCell;
use std::collections::HashMap;
use syn::{
    Field, GenericArgument, GenericParam, Generics, ImplItem, PathArguments, ReturnType, Signature,
    TraitItem, Type, TypeParamBound, WherePredicate,
};

/// How deep types are followed: through aliases, parameters and arguments.
pub(super) const DEEPEST: usize = 24;

/// Where a type is written.
#[derive(Clone, Copy, Default)]
pub(super) struct Place<'s, 'p> {
    pub(super) scope: usize,
    /// The generic parameters that it can name, the innermost first.
    pub(super) generics: [Option<&'s Generics>; 2],
    /// What `Self` is.
    pub(super) this: Option<&'p Types>,
}

/// A method with the place of its signature.
#[derive(Clone, Copy)]
pub(super) struct Method<'s> {
    pub(super) signature: &'s Signature,
    pub(super) owner: Owner<'s>,
}

/// Types of the project, with their methods.
pub(super) struct Project<'s> {
    pub(super) names: &'s Names<'s>,
    pub(super) services: &'s Services,
    methods: HashMap<usize, HashMap<String, Vec<Method<'s>>>>,
    /// Methods that traits of the project add to clients.
    extensions: HashMap<String, Vec<Method<'s>>>,
    /// What a type of the project dereferences to.
    targets: HashMap<usize, Vec<(usize, &'s syn::ItemImpl, &'s Type)>>,
    /// The types of the project that were followed already. Aliases of aliases would take exponential time otherwise.
    known: RefCell<HashMap<usize, Types>>,
}

impl<'s> Project<'s> {
    pub(super) fn new(names: &'s Names<'s>, services: &'s Services) -> Self {
        let mut project = Self {
            names,
            services,
            methods: HashMap::new(),
            extensions: HashMap::new(),
            targets: HashMap::new(),
            known: RefCell::default(),
        };
        let index = names.index;
        for (number, item) in index.types.iter().enumerate() {
            if let Kind::Trait(of) = item.kind {
                for member in &of.items {
                    if let TraitItem::Fn(function) = member {
                        let owner = Owner::Trait(item.scope, of);
                        project.method(number, &function.sig, owner);
                    }
                }
            }
        }
        for Impl { scope, item } in &index.impls {
            project.implementation(*scope, item);
        }
        project
    }

    fn method(&mut self, of: usize, signature: &'s Signature, owner: Owner<'s>) {
        let methods = self.methods.entry(of).or_default();
        let methods = methods.entry(name(&signature.ident)).or_default();
        methods.push(Method { signature, owner });
    }

    fn implementation(&mut self, scope: usize, item: &'s syn::ItemImpl) {
        let this = self.this(Owner::Impl(scope, item));
        let own: Vec<usize> = match &*item.self_ty {
            // The arguments of a generic type are not what is implemented for.
            Type::Path(_) => self.outermost(scope, &item.self_ty).into_iter().collect(),
            _ => this.own().collect(),
        };
        let is_client = own.is_empty() && this.clients().next().is_some();
        for member in &item.items {
            match member {
                ImplItem::Fn(function) => {
                    let owner = Owner::Impl(scope, item);
                    for of in &own {
                        self.method(*of, &function.sig, owner);
                    }
                    if is_client {
                        let methods = self
                            .extensions
                            .entry(name(&function.sig.ident))
                            .or_default();
                        methods.push(Method {
                            signature: &function.sig,
                            owner,
                        });
                    }
                }
                ImplItem::Type(target) if target.ident == "Target" => {
                    for of in &own {
                        self.targets
                            .entry(*of)
                            .or_default()
                            .push((scope, item, &target.ty));
                    }
                }
                _ => {}
            }
        }
    }

    /// The type of the project that a path names, without its arguments.
    fn outermost(&self, scope: usize, ty: &Type) -> Option<usize> {
        let Type::Path(path) = ty else { return None };
        match self
            .names
            .resolve(scope, &segments(&path.path), Namespace::Types)
        {
            Resolved::Type(item, rest) if rest.is_empty() => self.without_aliases(item, DEEPEST),
            _ => None,
        }
    }

    fn without_aliases(&self, item: usize, fuel: usize) -> Option<usize> {
        let of = self.item(item)?;
        let Kind::Alias(alias) = of.kind else {
            return Some(item);
        };
        let Type::Path(path) = &*alias.ty else {
            return None;
        };
        match self
            .names
            .resolve(of.scope, &segments(&path.path), Namespace::Types)
        {
            Resolved::Type(item, rest) if rest.is_empty() && fuel > 0 => {
                self.without_aliases(item, fuel - 1)
            }
            _ => None,
        }
    }

    pub(super) fn item(&self, number: usize) -> Option<&TypeItem<'s>> {
        self.names.index.types.get(number)
    }

    pub(super) fn index(&self) -> &'s Index<'s> {
        self.names.index
    }

    /// What `Self` is in an `impl` or a trait.
    pub(super) fn this(&self, owner: Owner<'s>) -> Types {
        match owner {
            Owner::Impl(scope, item) => {
                let place = Place {
                    scope,
                    generics: [Some(&item.generics), None],
                    this: None,
                };
                self.written(&item.self_ty, place, DEEPEST)
            }
            Owner::Trait(scope, item) => {
                let path = [name(&item.ident)];
                match self.names.resolve(scope, &path, Namespace::Types) {
                    Resolved::Type(number, _) => Types::one(Atom::Own(number)),
                    _ => Types::default(),
                }
            }
        }
    }

    /// The methods of a type of the project, its own and those of the traits that it implements.
    pub(super) fn methods(&self, of: usize, name: &str) -> &[Method<'s>] {
        let methods = self.methods.get(&of).and_then(|methods| methods.get(name));
        methods.map_or(&[], Vec::as_slice)
    }

    /// The methods of this name that the project adds to clients.
    pub(super) fn extensions(&self, name: &str) -> &[Method<'s>] {
        self.extensions.get(name).map_or(&[], Vec::as_slice)
    }

    /// What types of the project dereference to.
    pub(super) fn dereferenced(&self, of: usize) -> Types {
        let targets = self.targets.get(&of).into_iter().flatten();
        let targets = targets.map(|(scope, item, target)| {
            let place = Place {
                scope: *scope,
                generics: [Some(&item.generics), None],
                this: None,
            };
            self.written(target, place, DEEPEST)
        });
        targets.collect()
    }

    /// What a method returns, called on a receiver of these types.
    pub(super) fn returned(&self, method: &Method<'s>, receiver: &Types) -> Types {
        let (scope, generics) = match method.owner {
            Owner::Impl(scope, item) => (scope, &item.generics),
            Owner::Trait(scope, item) => (scope, &item.generics),
        };
        let this = self.this(method.owner).and(receiver.clone());
        let place = Place {
            scope,
            generics: [Some(&method.signature.generics), Some(generics)],
            this: Some(&this),
        };
        self.output(&method.signature.output, place)
    }

    /// What a function returns.
    pub(super) fn result(&self, signature: &'s Signature, scope: usize) -> Types {
        let place = Place {
            scope,
            generics: [Some(&signature.generics), None],
            this: None,
        };
        self.output(&signature.output, place)
    }

    fn output(&self, output: &'s ReturnType, place: Place<'s, '_>) -> Types {
        match output {
            ReturnType::Default => Types::default(),
            ReturnType::Type(_, ty) => self.written(ty, place, DEEPEST),
        }
    }

    /// The types of a field. That of a generic one is among the arguments of the type that it is in: `others`.
    pub(super) fn field(&self, of: usize, field: &'s Field, others: &Types) -> Types {
        let Some(item) = self.item(of) else {
            return Types::default();
        };
        let generics = item.generics();
        let place = Place {
            scope: item.scope,
            generics: [Some(generics), None],
            this: None,
        };
        let found = self.written(&field.ty, place, DEEPEST);
        if found.is_empty() && names_parameter(&field.ty, generics) {
            let arguments = others.0.iter().filter(|atom| **atom != Atom::Own(of));
            return Types(arguments.cloned().collect());
        }
        found
    }

    /// The types that the closures get that are given for a parameter of this type: those of `Fn(&Client)`.
    pub(super) fn closure_inputs(&self, ty: &'s Type, place: Place<'s, '_>) -> Vec<Types> {
        let mut bounds: Vec<&'s TypeParamBound> = Vec::new();
        match ty {
            Type::ImplTrait(ty) => bounds.extend(&ty.bounds),
            Type::TraitObject(ty) => bounds.extend(&ty.bounds),
            Type::Reference(ty) => return self.closure_inputs(&ty.elem, place),
            Type::Path(path) => {
                if let Some(ident) = path.path.get_ident() {
                    bounds.extend(bounds_of(&name(ident), place.generics));
                }
            }
            _ => {}
        }
        let mut inputs = Vec::new();
        for bound in bounds {
            let TypeParamBound::Trait(bound) = bound else {
                continue;
            };
            let Some(last) = bound.path.segments.last() else {
                continue;
            };
            if let PathArguments::Parenthesized(arguments) = &last.arguments {
                inputs.extend(
                    arguments
                        .inputs
                        .iter()
                        .map(|input| self.input(&input.ty, place)),
                );
            }
        }
        inputs
    }

    /// The types that a written type can hold.
    pub(super) fn written(&self, ty: &'s Type, place: Place<'s, '_>, fuel: usize) -> Types {
        let Some(fuel) = fuel.checked_sub(1) else {
            return Types::default();
        };
        match ty {
            Type::Path(path) => {
                let qualified = path
                    .qself
                    .iter()
                    .map(|of| self.written(&of.ty, place, fuel));
                qualified
                    .collect::<Types>()
                    .and(self.path(&path.path, place, fuel))
            }
            Type::Reference(ty) => self.written(&ty.elem, place, fuel),
            Type::Paren(ty) => self.written(&ty.elem, place, fuel),
            Type::Group(ty) => self.written(&ty.elem, place, fuel),
            Type::Slice(ty) => self.written(&ty.elem, place, fuel),
            Type::Array(ty) => self.written(&ty.elem, place, fuel),
            Type::Tuple(ty) => {
                let parts: Vec<Types> = ty
                    .elems
                    .iter()
                    .map(|ty| self.written(ty, place, fuel))
                    .collect();
                tuple(parts)
            }
            Type::ImplTrait(ty) => self.bounds(ty.bounds.iter(), place, fuel),
            Type::TraitObject(ty) => self.bounds(ty.bounds.iter(), place, fuel),
            _ => Types::default(),
        }
    }

    fn bounds(
        &self,
        bounds: impl Iterator<Item = &'s TypeParamBound>,
        place: Place<'s, '_>,
        fuel: usize,
    ) -> Types {
        let found = bounds.map(|bound| match bound {
            TypeParamBound::Trait(bound) => self.path(&bound.path, place, fuel),
            _ => Types::default(),
        });
        found.collect()
    }

    fn path(&self, path: &'s syn::Path, place: Place<'s, '_>, fuel: usize) -> Types {
        let arguments = path
            .segments
            .iter()
            .map(|part| self.arguments(&part.arguments, place, fuel));
        let arguments: Types = arguments.collect();
        let names = segments(path);
        if let [only] = names.as_slice() {
            if only == "Self" {
                return arguments.and(place.this.cloned().unwrap_or_default());
            }
            if place
                .generics
                .iter()
                .flatten()
                .any(|of| is_parameter(only, of))
            {
                return arguments.and(self.parameter(only, place, fuel));
            }
        }
        arguments.and(self.named(
            &self.names.resolve(place.scope, &names, Namespace::Types),
            fuel,
        ))
    }

    /// What a type is that a path leads to.
    pub(super) fn named(&self, found: &Resolved<'s>, fuel: usize) -> Types {
        match found {
            Resolved::Sdk(service, rest) => self.services.atom(service, rest),
            Resolved::Type(number, rest) if rest.is_empty() => {
                let known = self.known.borrow().get(number).cloned();
                known.unwrap_or_else(|| {
                    // One that leads to itself ends here.
                    self.known.borrow_mut().insert(*number, Types::default());
                    let found = self.own_type(*number, fuel);
                    self.known.borrow_mut().insert(*number, found.clone());
                    found
                })
            }
            _ => Types::default(),
        }
    }

    fn own_type(&self, number: usize, fuel: usize) -> Types {
        let Some(item) = self.item(number) else {
            return Types::default();
        };
        let Kind::Alias(alias) = item.kind else {
            return Types::one(Atom::Own(number)).and(self.defaults(item, fuel));
        };
        let place = Place {
            scope: item.scope,
            generics: [Some(&alias.generics), None],
            this: None,
        };
        self.written(&alias.ty, place, fuel)
    }

    /// The default arguments of a generic type.
    fn defaults(&self, item: &TypeItem<'s>, fuel: usize) -> Types {
        let generics = item.generics();
        let place = Place {
            scope: item.scope,
            generics: [Some(generics), None],
            this: None,
        };
        let defaults = generics
            .type_params()
            .filter_map(|parameter| parameter.default.as_ref());
        defaults
            .map(|(_, ty)| self.written(ty, place, fuel))
            .collect()
    }

    /// What the arguments of a generic type or function can hold.
    pub(super) fn arguments(
        &self,
        arguments: &'s PathArguments,
        place: Place<'s, '_>,
        fuel: usize,
    ) -> Types {
        match arguments {
            PathArguments::None => Types::default(),
            PathArguments::AngleBracketed(arguments) => {
                let found = arguments.args.iter().map(|argument| match argument {
                    GenericArgument::Type(ty) => self.written(ty, place, fuel),
                    GenericArgument::AssocType(of) => self.written(&of.ty, place, fuel),
                    GenericArgument::Constraint(of) => self.bounds(of.bounds.iter(), place, fuel),
                    _ => Types::default(),
                });
                found.collect()
            }
            // What a function returns is what calling it gives; what it takes, it does not hold.
            PathArguments::Parenthesized(arguments) => self.output(&arguments.output, place),
        }
    }

    /// What the bounds of a generic parameter say that it can hold.
    pub(super) fn parameter(&self, wanted: &str, place: Place<'s, '_>, fuel: usize) -> Types {
        let bounds = bounds_of(wanted, place.generics);
        // Parameters can name each other in their bounds.
        self.bounds(bounds.into_iter(), place, fuel.min(4))
    }

    /// The types of a parameter of a function.
    fn input(&self, ty: &'s Type, place: Place<'s, '_>) -> Types {
        self.written(ty, place, DEEPEST)
    }

    /// The types of a static, or what calling a function returns.
    pub(super) fn value(&self, value: Value<'s>, scope: usize) -> Types {
        match value {
            Value::Function(signature) => self.result(signature, scope),
            Value::Static(ty) => {
                let place = Place {
                    scope,
                    ..Place::default()
                };
                self.written(ty, place, DEEPEST)
            }
        }
    }

    /// For each parameter of a signature, the types that a closure for it gets.
    pub(super) fn hints(&self, signature: &'s Signature, place: Place<'s, '_>) -> Vec<Vec<Types>> {
        parameters(signature)
            .map(|parameter| self.closure_inputs(&parameter.ty, place))
            .collect()
    }
}

/// The names of a path.
pub(super) fn segments(path: &syn::Path) -> Vec<String> {
    let names = path.segments.iter().map(|part| name(&part.ident));
    let colons = path.leading_colon.as_ref().map(|_| String::new());
    colons.into_iter().chain(names).collect()
}

fn is_parameter(wanted: &str, generics: &Generics) -> bool {
    generics
        .type_params()
        .any(|parameter| parameter.ident == wanted)
}

/// Whether a type is a generic parameter, or is made of one.
fn names_parameter(ty: &Type, generics: &Generics) -> bool {
    struct Finding<'g>(&'g Generics, bool);
    impl<'a> syn::visit::Visit<'a> for Finding<'_> {
        fn visit_ident(&mut self, ident: &'a syn::Ident) {
            self.1 |= is_parameter(&name(ident), self.0);
        }
    }
    let mut finding = Finding(generics, false);
    syn::visit::Visit::visit_type(&mut finding, ty);
    finding.1
}

/// The bounds of a generic parameter, where it is declared and in `where`.
fn bounds_of<'s>(wanted: &str, generics: [Option<&'s Generics>; 2]) -> Vec<&'s TypeParamBound> {
    let mut found = Vec::new();
    for generics in generics.into_iter().flatten() {
        for parameter in &generics.params {
            if let GenericParam::Type(parameter) = parameter
                && parameter.ident == wanted
            {
                found.extend(&parameter.bounds);
            }
        }
        for predicate in generics.where_clause.iter().flat_map(|of| &of.predicates) {
            if let WherePredicate::Type(predicate) = predicate
                && let Type::Path(path) = &predicate.bounded_ty
                && path.path.is_ident(wanted)
            {
                found.extend(&predicate.bounds);
            }
        }
    }
    found
}

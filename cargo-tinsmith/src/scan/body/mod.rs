//! Reads the body of a function from its first statement to its last: which variables hold clients, and what is called on
//! them.

use super::found::Findings;
use super::index::{Body, Owner, field, name};
use super::macros::{self, Tokens};
use super::project::{DEEPEST, Place, Project, segments};
use super::resolve::Namespace;
use super::rows::Row;
use super::types::{Atom, Types, tuple};
use proc_macro2::Span;
use std::collections::{BTreeSet, HashMap};
use syn::{Block, Expr, FnArg, Generics, Member, Pat, Stmt, Type};

mod calls;
mod methods;
mod pattern;

/// How deep macros within macros are read: each level parses the tokens within once more.
const MACROS: usize = 8;

/// Reads expressions of one function.
pub(super) struct Reader<'s, 'p> {
    pub(super) project: &'p Project<'s>,
    pub(super) findings: &'p mut Findings,
    pub(super) scope: usize,
    pub(super) file: usize,
    pub(super) test: bool,
    /// The clients that the package depends on, and those that this file names.
    pub(super) services: &'p BTreeSet<String>,
    pub(super) in_file: &'p BTreeSet<String>,
    this: Types,
    generics: [Option<&'s Generics>; 2],
    variables: Vec<HashMap<String, Types>>,
    macros: usize,
    /// Where the last type of the SDK was built, to see whether that is taken for a `Result`.
    built: Option<Span>,
}

impl<'s, 'p> Reader<'s, 'p> {
    pub(super) fn new(
        project: &'p Project<'s>,
        findings: &'p mut Findings,
        scope: usize,
        test: bool,
        services: &'p BTreeSet<String>,
        in_file: &'p BTreeSet<String>,
    ) -> Self {
        let here = project.index().scopes.get(scope);
        Self {
            project,
            findings,
            scope,
            file: here.map_or(0, |here| here.file),
            test: test || here.is_some_and(|here| here.test),
            services,
            in_file,
            this: Types::default(),
            generics: [None, None],
            variables: vec![HashMap::new()],
            macros: 0,
            built: None,
        }
    }

    /// Reads a function.
    pub(super) fn function(&mut self, body: &Body<'s>) {
        let around = match body.owner {
            Some(owner) => {
                self.this = self.project.this(owner);
                match owner {
                    Owner::Impl(_, item) => Some(&item.generics),
                    Owner::Trait(_, item) => Some(&item.generics),
                }
            }
            None => None,
        };
        self.generics = [Some(&body.signature.generics), around];
        for input in &body.signature.inputs {
            match input {
                FnArg::Receiver(_) => self.set("self", self.this.clone()),
                FnArg::Typed(typed) => {
                    let types = self.project.written(
                        &typed.ty,
                        place(self.scope, self.generics, &self.this),
                        DEEPEST,
                    );
                    self.bind(&typed.pat, &types);
                }
            }
        }
        self.block(body.block);
    }

    fn set(&mut self, name: &str, types: Types) {
        if let Some(scope) = self.variables.last_mut() {
            scope.insert(name.to_owned(), types);
        }
    }

    fn variable(&self, name: &str) -> Option<&Types> {
        self.variables
            .iter()
            .rev()
            .find_map(|scope| scope.get(name))
    }

    fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.variables.push(HashMap::new());
        let result = read(self);
        self.variables.pop();
        result
    }

    /// The types that a type has that is written in this function. Types in macros are parsed again each time, and do not
    /// live as long as those of the file.
    fn written(&self, ty: &Type) -> Types {
        match ty {
            Type::Path(path) => {
                let arguments = path
                    .path
                    .segments
                    .iter()
                    .map(|part| self.arguments(&part.arguments));
                let arguments: Types = arguments.collect();
                let names = segments(&path.path);
                if let [only] = names.as_slice() {
                    if only == "Self" {
                        return arguments.and(self.this.clone());
                    }
                    if self
                        .generics
                        .iter()
                        .flatten()
                        .any(|of| of.type_params().any(|one| one.ident == only))
                    {
                        let place = place(self.scope, self.generics, &self.this);
                        return arguments.and(self.project.parameter(only, place, DEEPEST));
                    }
                }
                let found = self
                    .project
                    .names
                    .resolve(self.scope, &names, Namespace::Types);
                arguments.and(self.project.named(&found, DEEPEST))
            }
            Type::Reference(ty) => self.written(&ty.elem),
            Type::Paren(ty) => self.written(&ty.elem),
            Type::Group(ty) => self.written(&ty.elem),
            Type::Slice(ty) => self.written(&ty.elem),
            Type::Array(ty) => self.written(&ty.elem),
            Type::Tuple(ty) => tuple(ty.elems.iter().map(|ty| self.written(ty)).collect()),
            _ => Types::default(),
        }
    }

    fn arguments(&self, arguments: &syn::PathArguments) -> Types {
        let syn::PathArguments::AngleBracketed(arguments) = arguments else {
            return Types::default();
        };
        self.turbofish(arguments)
    }

    fn turbofish(&self, arguments: &syn::AngleBracketedGenericArguments) -> Types {
        let found = arguments.args.iter().map(|argument| match argument {
            syn::GenericArgument::Type(ty) => self.written(ty),
            _ => Types::default(),
        });
        found.collect()
    }

    fn block(&mut self, block: &Block) -> Types {
        self.within(|reader| reader.statements(&block.stmts))
    }

    pub(super) fn statements(&mut self, statements: &[Stmt]) -> Types {
        let mut last = Types::default();
        for statement in statements {
            last = match statement {
                Stmt::Local(local) => {
                    self.local(local);
                    Types::default()
                }
                // Items are read on their own.
                Stmt::Item(_) => Types::default(),
                Stmt::Expr(expr, semicolon) => {
                    let types = self.expr(expr);
                    if semicolon.is_some() {
                        Types::default()
                    } else {
                        types
                    }
                }
                Stmt::Macro(of) => {
                    let types = self.macro_call(&of.mac);
                    if of.semi_token.is_some() {
                        Types::default()
                    } else {
                        types
                    }
                }
            };
        }
        last
    }

    fn local(&mut self, local: &syn::Local) {
        let mut types = Types::default();
        if let Some(init) = &local.init {
            types = self.expr(&init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.expr(otherwise);
            }
        }
        match &local.pat {
            Pat::Type(typed) => {
                let written = self.written(&typed.ty);
                // A type that says nothing, such as `_` or `Option<_>`, leaves what the value is.
                let types = if written.is_empty() { types } else { written };
                self.bind(&typed.pat, &types);
            }
            pat => self.bind(pat, &types),
        }
    }

    /// The types of an expression.
    pub(super) fn expr(&mut self, expr: &Expr) -> Types {
        match expr {
            Expr::Path(path) => self.path(path),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Call(call) => self.call(call),
            Expr::Field(of) => {
                let types = self.expr(&of.base);
                if let Member::Named(ident) = &of.member
                    && types.0.contains(&Atom::Received)
                {
                    self.findings.spelled(Row::Field, self.file, ident.span());
                }
                self.member(&types, &of.member)
            }
            Expr::Await(of) => awaited(self.expr(&of.base)),
            Expr::Try(of) => {
                let types = self.expr(&of.expr);
                self.taken_for_a_result(&of.expr);
                awaited(types)
            }
            Expr::Reference(of) => self.expr(&of.expr),
            Expr::RawAddr(of) => self.expr(&of.expr),
            Expr::Paren(of) => self.expr(&of.expr),
            Expr::Group(of) => self.expr(&of.expr),
            Expr::Unary(of) => self.expr(&of.expr),
            Expr::Cast(of) => self.expr(&of.expr),
            Expr::Block(of) => self.block(&of.block),
            Expr::Async(of) => self.block(&of.block),
            Expr::Unsafe(of) => self.block(&of.block),
            Expr::Const(of) => self.block(&of.block),
            Expr::TryBlock(of) => self.block(&of.block),
            Expr::Loop(of) => self.block(&of.body),
            Expr::Tuple(of) => {
                let parts = of.elems.iter().map(|part| self.expr(part)).collect();
                tuple(parts)
            }
            Expr::Array(of) => self.all(&of.elems),
            Expr::Repeat(of) => self.expr(&of.expr),
            Expr::Index(of) => {
                self.expr(&of.index);
                self.expr(&of.expr)
            }
            Expr::Assign(of) => {
                let types = self.expr(&of.right);
                self.expr(&of.left);
                self.assign(&of.left, types);
                Types::default()
            }
            Expr::Binary(of) => {
                let left = self.expr(&of.left);
                left.and(self.expr(&of.right))
            }
            Expr::If(of) => self.within(|reader| {
                reader.expr(&of.cond);
                let found = reader.block(&of.then_branch);
                let otherwise = of.else_branch.as_ref().map(|(_, expr)| reader.expr(expr));
                found.and(otherwise.unwrap_or_default())
            }),
            Expr::Let(of) => {
                let types = self.expr(&of.expr);
                self.bind(&of.pat, &types);
                Types::default()
            }
            Expr::While(of) => self.within(|reader| {
                reader.expr(&of.cond);
                reader.block(&of.body);
                Types::default()
            }),
            Expr::ForLoop(of) => self.within(|reader| {
                let types = reader.expr(&of.expr);
                reader.bind(&of.pat, &types);
                reader.block(&of.body);
                Types::default()
            }),
            Expr::Match(of) => {
                let types = self.expr(&of.expr);
                let arms = of.arms.iter().map(|arm| {
                    self.within(|reader| {
                        reader.bind(&arm.pat, &types);
                        reader.expr(&arm.body)
                    })
                });
                arms.collect()
            }
            Expr::Closure(of) => self.closure(of, &[]),
            Expr::Return(of) => self.maybe(of.expr.as_deref()),
            Expr::Break(of) => self.maybe(of.expr.as_deref()),
            Expr::Yield(of) => self.maybe(of.expr.as_deref()),
            Expr::Range(of) => {
                self.maybe(of.start.as_deref());
                self.maybe(of.end.as_deref())
            }
            Expr::Struct(of) => self.structure(of),
            Expr::Macro(of) => self.macro_call(&of.mac),
            _ => Types::default(),
        }
    }

    fn maybe(&mut self, expr: Option<&Expr>) -> Types {
        expr.map(|expr| self.expr(expr)).unwrap_or_default()
    }

    fn all<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) -> Types {
        exprs.into_iter().map(|expr| self.expr(expr)).collect()
    }

    /// A variable that is assigned to can be what it was, or what it is given.
    fn assign(&mut self, to: &Expr, types: Types) {
        let Expr::Path(path) = to else { return };
        let Some(ident) = path.path.get_ident() else {
            return;
        };
        let name = name(ident);
        for scope in self.variables.iter_mut().rev() {
            if let Some(known) = scope.get_mut(&name) {
                known.add(types);
                return;
            }
        }
    }

    fn member(&self, types: &Types, member: &Member) -> Types {
        let (name, number) = match member {
            Member::Named(ident) => (name(ident), None),
            Member::Unnamed(index) => (index.index.to_string(), Some(index.index as usize)),
        };
        let mut found = Types::default();
        for atom in &types.0 {
            match atom {
                Atom::Own(item) => found.add(self.own_member(*item, &name, types)),
                Atom::Tuple(parts) => {
                    let part = number.and_then(|number| parts.get(number));
                    found.add(part.cloned().unwrap_or_default());
                }
                // `.0` takes the content out of a wrapper.
                Atom::Client(_) if number.is_some() => found.add(Types::one(atom.clone())),
                Atom::Received => found.add(Types::one(Atom::Received)),
                _ => {}
            }
        }
        found
    }

    fn own_member(&self, item: usize, name: &str, types: &Types) -> Types {
        let fields = self.project.item(item).and_then(|of| of.fields(None));
        match fields.and_then(|fields| field(fields, name)) {
            Some(field) => self.project.field(item, field, types),
            None => {
                let targets = self.project.dereferenced(item);
                let fields = targets
                    .own()
                    .filter(|target| *target != item)
                    .filter_map(|target| {
                        let fields = self.project.item(target)?.fields(None)?;
                        Some(self.project.field(target, field(fields, name)?, &targets))
                    });
                fields.collect()
            }
        }
    }

    fn path(&mut self, path: &syn::ExprPath) -> Types {
        let qualified = path.qself.iter().map(|of| self.written(&of.ty));
        let mut types: Types = qualified.collect();
        let names = segments(&path.path);
        if let [only] = names.as_slice()
            && path.qself.is_none()
        {
            if let Some(known) = self.variable(only) {
                return known.clone();
            }
            if only == "Self" {
                return self.this.clone();
            }
        }
        types.add(self.arguments_of(&path.path));
        types.add(self.called(&path.path, &names, &types.clone()).0);
        types
    }

    fn arguments_of(&self, path: &syn::Path) -> Types {
        path.segments
            .iter()
            .map(|part| self.arguments(&part.arguments))
            .collect()
    }
}

impl Reader<'_, '_> {
    pub(super) fn macro_call(&mut self, of: &syn::Macro) -> Types {
        if self.macros >= MACROS {
            return Types::default();
        }
        self.macros += 1;
        let last = of
            .path
            .segments
            .last()
            .map(|last| name(&last.ident))
            .unwrap_or_default();
        let found = match macros::contents(of) {
            Tokens::Expressions(list) => {
                let parts: Vec<Types> = list.iter().map(|expr| self.expr(expr)).collect();
                if last.ends_with("join") {
                    tuple(parts)
                } else {
                    parts.into_iter().collect()
                }
            }
            Tokens::Statements(statements) | Tokens::Parts(statements) => {
                self.within(|reader| reader.statements(&statements))
            }
        };
        self.macros -= 1;
        found
    }
}

/// What waiting for a value gives: a call of an unknown type that is awaited is no builder.
fn awaited(mut types: Types) -> Types {
    types
        .0
        .retain(|atom| !matches!(atom, Atom::Call(call) if call.service.is_none()));
    types
}

fn place<'s, 'p>(
    scope: usize,
    generics: [Option<&'s Generics>; 2],
    this: &'p Types,
) -> Place<'s, 'p> {
    Place {
        scope,
        generics,
        this: Some(this),
    }
}

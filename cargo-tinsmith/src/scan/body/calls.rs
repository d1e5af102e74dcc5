//! Calls of functions, constructors and closures.

use super::{Reader, place};
use crate::scan::index::{Kind, Owner, Value};
use crate::scan::project::{DEEPEST, Method, Place, segments};
use crate::scan::resolve::{Namespace, Resolved};
use crate::scan::rows::Row;
use crate::scan::types::{Atom, Types};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprCall};

impl<'s> Reader<'s, '_> {
    /// What calling the function gives that a path leads to, and its signature if the project has it.
    pub(super) fn called(
        &mut self,
        path: &syn::Path,
        names: &[String],
        of: &Types,
    ) -> (Types, Option<Called<'s>>) {
        let line = path
            .segments
            .last()
            .map_or(0, |last| last.ident.span().start().line);
        if let Some((first, rest)) = names.split_first()
            && first == "Self"
            && !rest.is_empty()
        {
            return self.associated(&self.this.clone(), rest, line);
        }
        match self
            .project
            .names
            .resolve(self.scope, names, Namespace::Values)
        {
            Resolved::Value(value, scope) => {
                let called = match value {
                    Value::Function(signature) => Some(Called {
                        signature,
                        owner: None,
                        scope,
                    }),
                    Value::Static(_) => None,
                };
                (self.project.value(value, scope), called)
            }
            Resolved::Type(item, rest) => {
                let types = self
                    .project
                    .named(&Resolved::Type(item, Vec::new()), DEEPEST);
                let types = types.and(of.clone());
                if rest.is_empty() {
                    return (types, None);
                }
                self.associated(&types, &rest, line)
            }
            Resolved::Sdk(service, rest) => {
                self.mention(&service, &rest, line);
                let span = path.span();
                match rest
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .as_slice()
                {
                    ["types", _, "builder"] => return (Types::one(Atom::Built), None),
                    ["types", _, variant] if variant.starts_with(char::is_uppercase) => {
                        self.findings.spelled(Row::Union, self.file, span);
                    }
                    ["Client", "new"] | ["client", "Client", "new"] => {
                        self.findings.spelled(Row::Client, self.file, span);
                    }
                    ["config", "Builder", "from"] => {
                        self.findings.spelled(Row::ConfigBuilder, self.file, span)
                    }
                    _ => {}
                }
                let types = self.project.services.atom(&service, &rest);
                match rest
                    .iter()
                    .rev()
                    .take(2)
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .as_slice()
                {
                    [method, "Client"] => self.associated(&types, &[(*method).to_owned()], line),
                    // A function of a type in the SDK: `GetObjectInput::builder`, `StorageClass::from`.
                    [_, _] if types.is_empty() => {
                        let of = rest.split_last().map(|(_, of)| of).unwrap_or_default();
                        (self.project.services.atom(&service, of), None)
                    }
                    _ => (types, None),
                }
            }
            // `<Self as Trait>::function`, or a generic parameter's.
            _ if !of.is_empty() => {
                let last = names.last().cloned().unwrap_or_default();
                self.associated(of, &[last], line)
            }
            Resolved::Other(names) => {
                let first = names.first().map(String::as_str).unwrap_or_default();
                let is_parameter = self
                    .generics
                    .iter()
                    .flatten()
                    .any(|of| of.type_params().any(|one| one.ident == first));
                if is_parameter && names.len() > 1 {
                    let place = place(self.scope, self.generics, &self.this);
                    let types = self.project.parameter(first, place, DEEPEST);
                    return self.associated(&types, names.get(1..).unwrap_or_default(), line);
                }
                (Types::default(), None)
            }
            Resolved::Module(_) => (Types::default(), None),
        }
    }

    /// A path into a client crate, also in a macro.
    pub(super) fn mention(&mut self, service: &str, path: &[String], line: usize) {
        self.findings.service(service);
        if let Some(operation) = self.project.services.operation_of_type(service, path) {
            self.findings
                .named(service, &operation, (self.file, line), self.test);
        }
    }

    /// An associated function of a type, or a variant of it.
    pub(super) fn associated(
        &mut self,
        of: &Types,
        rest: &[String],
        line: usize,
    ) -> (Types, Option<Called<'s>>) {
        let Some(name) = rest.last() else {
            return (of.clone(), None);
        };
        let mut found = Types::default();
        let mut called = None;
        for item in of.own().collect::<Vec<_>>() {
            if self.project.item(item).is_some_and(|of| {
                of.fields(Some(name)).is_some() && matches!(of.kind, Kind::Enum(_))
            }) {
                found.add(of.clone());
                continue;
            }
            let methods = self.project.methods(item, name).to_vec();
            for method in methods {
                found.add(self.project.returned(&method, of));
                called = Some(called_method(&method));
            }
        }
        let clients: Vec<String> = of.clients().map(str::to_owned).collect();
        for service in clients {
            if called.is_none() {
                found.add(self.on_client(&service, name, line, true));
            }
        }
        (found, called)
    }

    pub(super) fn call(&mut self, call: &ExprCall) -> Types {
        let Expr::Path(function) = &*call.func else {
            let types = self.expr(&call.func);
            self.all(&call.args);
            return types;
        };
        let names = segments(&function.path);
        if let [only] = names.as_slice()
            && let Some(known) = self.variable(only).cloned()
        {
            // A closure in a variable is what it returns.
            self.all(&call.args);
            return known;
        }
        let qualified: Types = function
            .qself
            .iter()
            .map(|of| self.written(&of.ty))
            .collect();
        let explicit = qualified.and(self.arguments_of(&function.path));
        let is_this = matches!(names.as_slice(), [only] if only == "Self");
        let (mut types, called) = if is_this {
            (self.this.clone(), None)
        } else {
            self.called(&function.path, &names, &explicit)
        };
        let is_own = called.is_some();
        let hints = called
            .as_ref()
            .map(|called| self.hints(called))
            .unwrap_or_default();
        // The receiver is an argument in `Type::method(receiver)`.
        let skipped = called.as_ref().map_or(0, |called| {
            usize::from(called.signature.receiver().is_some())
        });
        let mut given = Types::default();
        for (number, argument) in call.args.iter().enumerate() {
            let hint = number
                .checked_sub(skipped)
                .and_then(|number| hints.get(number));
            given.add(self.argument(argument, hint.map(Vec::as_slice).unwrap_or_default()));
        }
        types.add(explicit);
        if is_own {
            return types;
        }
        // A constructor holds what it is given, and so does what a function of another crate returns: `Arc::new`, `Some`.
        let resolved = self
            .project
            .names
            .resolve(self.scope, &names, Namespace::Values);
        match resolved {
            Resolved::Sdk(..) => types,
            Resolved::Type(..) if !is_this => {
                let is_generic = types.own().any(|item| {
                    self.project
                        .item(item)
                        .is_some_and(|of| of.generics().type_params().next().is_some())
                });
                if is_generic { types.and(given) } else { types }
            }
            Resolved::Other(_) if !is_this => types.and(given),
            _ => types,
        }
    }

    pub(super) fn hints(&self, called: &Called<'s>) -> Vec<Vec<Types>> {
        let around = match called.owner {
            Some(Owner::Impl(_, item)) => Some(&item.generics),
            Some(Owner::Trait(_, item)) => Some(&item.generics),
            None => None,
        };
        let this = called
            .owner
            .map(|owner| self.project.this(owner))
            .unwrap_or_default();
        let place = Place {
            scope: called.scope,
            generics: [Some(&called.signature.generics), around],
            this: Some(&this),
        };
        self.project.hints(called.signature, place)
    }

    /// An argument: a closure gets what its parameter says.
    pub(super) fn argument(&mut self, argument: &Expr, hints: &[Types]) -> Types {
        match argument {
            Expr::Closure(closure) => self.closure(closure, hints),
            other => self.expr(other),
        }
    }

    pub(super) fn closure(&mut self, closure: &syn::ExprClosure, hints: &[Types]) -> Types {
        self.within(|reader| {
            for (number, input) in closure.inputs.iter().enumerate() {
                let hint = hints
                    .get(number)
                    .or(hints.last().filter(|_| hints.len() == 1));
                let hint = hint.cloned().unwrap_or_default();
                reader.bind(input, &hint);
            }
            reader.expr(&closure.body)
        })
    }

    pub(super) fn structure(&mut self, of: &syn::ExprStruct) -> Types {
        let names = segments(&of.path);
        let mut types = if names.first().is_some_and(|first| first == "Self") {
            self.this.clone()
        } else {
            match self
                .project
                .names
                .resolve(self.scope, &names, Namespace::Types)
            {
                Resolved::Type(item, _) => self
                    .project
                    .named(&Resolved::Type(item, Vec::new()), DEEPEST),
                _ => Types::default(),
            }
        };
        let given = of
            .fields
            .iter()
            .map(|field| self.expr(&field.expr))
            .collect::<Types>();
        let rest = self.maybe(of.rest.as_deref());
        let is_generic = types.own().any(|item| {
            self.project
                .item(item)
                .is_some_and(|of| of.generics().type_params().next().is_some())
        });
        if is_generic {
            types.add(given);
        }
        types.and(rest)
    }
}

/// A function of the project that is called.
pub(super) struct Called<'s> {
    pub(super) signature: &'s syn::Signature,
    pub(super) owner: Option<Owner<'s>>,
    pub(super) scope: usize,
}

pub(super) fn called_method<'s>(method: &Method<'s>) -> Called<'s> {
    let scope = match method.owner {
        Owner::Impl(scope, _) | Owner::Trait(scope, _) => scope,
    };
    Called {
        signature: method.signature,
        owner: Some(method.owner),
        scope,
    }
}

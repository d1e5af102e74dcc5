//! Paths into client crates that are named without a call: in imports, signatures and types.

use super::found::Findings;
use super::index::Index;
use super::project::segments;
use super::resolve::{Names, Namespace, Resolved};
use super::rows::Row;
use super::services::Services;
use proc_macro2::Span;
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};
use syn::{Block, GenericArgument, Item, Path, PathArguments, Type};

/// For each file, the clients that it names.
pub(super) type InFiles = BTreeMap<usize, BTreeSet<String>>;

/// Notes every path into a client crate.
pub(super) fn note(
    names: &Names<'_>,
    services: &Services,
    findings: &mut Findings,
    in_files: &mut InFiles,
) {
    let index = names.index;
    let mut noting = Noting {
        names,
        services,
        findings,
        in_files,
        scope: 0,
        test: false,
    };
    for (number, scope) in index.scopes.iter().enumerate() {
        noting.scope = number;
        noting.test = scope.test;
        for (path, span) in &scope.uses {
            // A `use` of `a::b` where `a` is imported as well is looked up as any path.
            noting.path(path, *span, true);
        }
    }
    for (scope, item, test) in &index.items {
        noting.scope = *scope;
        noting.test = *test;
        if !matches!(item, Item::Use(_)) {
            noting.visit_item(item);
        }
    }
    for body in &index.bodies {
        noting.scope = body.scope;
        noting.test = body.test;
        // The statements, but not as a block, which items are read without.
        for statement in &body.block.stmts {
            Inside(&mut noting).visit_stmt(statement);
        }
    }
}

struct Noting<'n, 's> {
    names: &'n Names<'s>,
    services: &'n Services,
    findings: &'n mut Findings,
    in_files: &'n mut InFiles,
    scope: usize,
    test: bool,
}

impl Noting<'_, '_> {
    fn path(&mut self, path: &[String], span: Span, imported: bool) {
        let index: &Index<'_> = self.names.index;
        let Some(scope) = index.scopes.get(self.scope) else {
            return;
        };
        let file = scope.file;
        let is_reported = index.files.get(file).is_some_and(|file| file.reported);
        match self.names.resolve(self.scope, path, Namespace::Types) {
            Resolved::Sdk(service, rest) => {
                self.in_files
                    .entry(file)
                    .or_default()
                    .insert(service.clone());
                if !is_reported {
                    return;
                }
                self.findings.service(&service);
                self.findings.near.insert(file);
                if let Some(operation) = self.services.operation_of_type(&service, &rest) {
                    let (at, test) = ((file, span.start().line), self.test || scope.test);
                    self.findings.named(&service, &operation, at, test);
                }
                let is_full = || {
                    let first = path.get(..1).unwrap_or_default();
                    let first = self.names.resolve(self.scope, first, Namespace::Types);
                    path.len() > 1 && matches!(first, Resolved::Sdk(_, rest) if rest.is_empty())
                };
                if imported || is_full() {
                    self.findings.spelled(Row::Path, file, span);
                }
                self.error(&rest, file, span, imported);
            }
            Resolved::Other(path)
                if is_reported && path.first().is_some_and(|first| is_of_the_sdk(first)) =>
            {
                self.findings.near.insert(file);
                self.error(&path, file, span, imported);
                let names: Vec<&str> = path.iter().map(String::as_str).collect();
                let row = match names.as_slice() {
                    [
                        "aws_config",
                        "defaults" | "from_env" | "load_defaults" | "load_from_env",
                    ] => Row::Loading,
                    [.., "SdkConfig"] => Row::SdkConfig,
                    _ if names.contains(&"ProfileFileCredentialsProvider") => Row::ProfileProvider,
                    _ if names.contains(&"RegionProviderChain") => Row::RegionChain,
                    _ if names.contains(&"AssumeRoleProvider") => Row::RoleProvider,
                    _ => return,
                };
                if !imported {
                    self.findings.spelled(row, file, span);
                }
            }
            _ => {}
        }
    }

    /// Counts the names of errors.
    fn error(&mut self, path: &[String], file: usize, span: Span, imported: bool) {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let row = match names.as_slice() {
            [.., "SdkError"] => Some(Row::SdkError),
            ["operation", _, error] if error.ends_with("Error") => Some(Row::OperationError),
            [.., "ProvideErrorMetadata"] => None,
            _ => return,
        };
        self.findings.with_errors.insert(file);
        if let Some(row) = row.filter(|_| !imported) {
            self.findings.spelled(row, file, span);
        }
    }

    /// Counts maps of the SDK's types.
    fn map(&mut self, path: &Path) {
        let Some(last) = path.segments.last().filter(|last| last.ident == "HashMap") else {
            return;
        };
        let PathArguments::AngleBracketed(arguments) = &last.arguments else {
            return;
        };
        let file = self
            .names
            .index
            .scopes
            .get(self.scope)
            .map(|scope| scope.file);
        let Some(file) = file.filter(|file| self.findings.near.contains(file)) else {
            return;
        };
        let is_of_the_sdk = arguments.args.iter().any(|argument| match argument {
            GenericArgument::Type(Type::Path(of)) => {
                let found = self
                    .names
                    .resolve(self.scope, &segments(&of.path), Namespace::Types);
                matches!(found, Resolved::Sdk(..))
            }
            _ => false,
        });
        if is_of_the_sdk {
            self.findings.spelled(Row::HashMap, file, last.ident.span());
        }
    }

    fn written(&mut self, path: &Path) {
        let span = path
            .segments
            .last()
            .map_or_else(Span::call_site, |last| last.ident.span());
        self.path(&segments(path), span, false);
        self.map(path);
    }
}

/// Whether a crate is one of the SDK's that are not those of a service.
fn is_of_the_sdk(name: &str) -> bool {
    [
        "aws_config",
        "aws_types",
        "aws_credential_types",
        "aws_runtime",
    ]
    .contains(&name)
        || name.starts_with("aws_smithy_")
}

/// Items without the bodies of functions.
impl<'a> Visit<'a> for Noting<'_, '_> {
    fn visit_block(&mut self, _: &'a Block) {}

    fn visit_path(&mut self, path: &'a Path) {
        self.written(path);
        visit::visit_path(self, path);
    }
}

/// The bodies of functions without items.
struct Inside<'i, 'n, 's>(&'i mut Noting<'n, 's>);

impl<'a> Visit<'a> for Inside<'_, '_, '_> {
    fn visit_item(&mut self, _: &'a Item) {}

    fn visit_path(&mut self, path: &'a Path) {
        self.0.written(path);
        visit::visit_path(self, path);
    }
}

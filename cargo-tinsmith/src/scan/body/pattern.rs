//! Patterns: the variables that they bind.

use super::Reader;
use crate::scan::index::{Kind, field, name};
use crate::scan::project::{DEEPEST, segments};
use crate::scan::resolve::{Namespace, Resolved};
use crate::scan::rows::Row;
use crate::scan::types::Types;
use syn::spanned::Spanned as _;
use syn::{Member, Pat};

impl<'s> Reader<'s, '_> {
    /// Binds the variables of a pattern.
    pub(super) fn bind(&mut self, pat: &Pat, types: &Types) {
        match pat {
            Pat::Ident(pat) => {
                self.set(&name(&pat.ident), types.clone());
                if let Some((_, within)) = &pat.subpat {
                    self.bind(within, types);
                }
            }
            Pat::Reference(pat) => self.bind(&pat.pat, types),
            Pat::Paren(pat) => self.bind(&pat.pat, types),
            Pat::Type(pat) => {
                let written = self.written(&pat.ty);
                let types = if written.is_empty() { types } else { &written };
                self.bind(&pat.pat, types);
            }
            Pat::Guard(pat) => {
                self.bind(&pat.pat, types);
                self.expr(&pat.guard);
            }
            Pat::Or(pat) => {
                for case in &pat.cases {
                    self.bind(case, types);
                }
            }
            Pat::Slice(pat) => {
                for element in &pat.elems {
                    self.bind(element, types);
                }
            }
            Pat::Tuple(pat) => {
                for (number, element) in pat.elems.iter().enumerate() {
                    self.bind(element, &types.part(number, pat.elems.len()));
                }
            }
            Pat::TupleStruct(pat) => {
                self.matched(&pat.path);
                let fields = self.fields(&pat.path);
                for (number, element) in pat.elems.iter().enumerate() {
                    let found = match fields {
                        Some((item, fields)) => {
                            let field = field(fields, &number.to_string());
                            field
                                .map(|field| self.project.field(item, field, types))
                                .unwrap_or_default()
                        }
                        // What wraps it is from elsewhere: `Some`, `Ok`, `State`.
                        None => types.clone(),
                    };
                    self.bind(element, &found);
                }
            }
            Pat::Struct(pat) => {
                self.matched(&pat.path);
                let fields = self.fields(&pat.path);
                for part in &pat.fields {
                    let found = match (fields, &part.member) {
                        (Some((item, fields)), Member::Named(ident)) => {
                            let field = field(fields, &ident.to_string());
                            field
                                .map(|field| self.project.field(item, field, types))
                                .unwrap_or_default()
                        }
                        _ => types.clone(),
                    };
                    self.bind(&part.pat, &found);
                }
            }
            _ => {}
        }
    }

    /// Counts a pattern of an error or of a union.
    pub(super) fn matched(&mut self, path: &syn::Path) {
        let names = segments(path);
        let span = path.span();
        match self
            .project
            .names
            .resolve(self.scope, &names, Namespace::Types)
        {
            Resolved::Sdk(service, rest) => {
                let line = span.start().line;
                self.mention(&service, &rest, line);
                match rest
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .as_slice()
                {
                    ["types", _, _] => self.findings.spelled(Row::Union, self.file, span),
                    ["operation", _, error, _] if error.ends_with("Error") => {
                        self.findings.spelled(Row::MatchedError, self.file, span);
                    }
                    ["error", "SdkError", _] => {
                        self.findings.spelled(Row::MatchedKind, self.file, span)
                    }
                    _ => {}
                }
            }
            Resolved::Other(path)
                if path.iter().any(|name| name == "SdkError") && path.len() > 1 =>
            {
                self.findings.spelled(Row::MatchedKind, self.file, span);
            }
            _ => {}
        }
    }

    /// The fields of the structure or variant that a path leads to, and the index of its type.
    pub(super) fn fields(&self, path: &syn::Path) -> Option<(usize, &'s syn::Fields)> {
        let names = segments(path);
        let (item, rest) = match names.split_first() {
            Some((first, rest)) if first == "Self" => (self.this.own().next()?, rest.to_vec()),
            _ => match self
                .project
                .names
                .resolve(self.scope, &names, Namespace::Types)
            {
                Resolved::Type(item, rest) => (item, rest),
                _ => return None,
            },
        };
        let item = self.unaliased(item)?;
        let of = self.project.item(item)?;
        let fields = of.fields(rest.first().map(String::as_str))?;
        Some((item, fields))
    }

    pub(super) fn unaliased(&self, item: usize) -> Option<usize> {
        match self.project.item(item)?.kind {
            Kind::Alias(_) => {
                let found = self
                    .project
                    .named(&Resolved::Type(item, Vec::new()), DEEPEST);
                found.own().next()
            }
            _ => Some(item),
        }
    }
}

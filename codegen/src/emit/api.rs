//! `API.txt`: all public items, one per line, sorted. Reviewers read this first.

use super::field::{Site, text, value_ty};
use super::file::{File, Finished};
use super::plain;
use super::setters::takes;
use crate::rust::{Crate, Enumeration, Exception, Field, Item, Operation, Structure, Union};
use proc_macro2::TokenStream;

pub(super) fn emit(krate: &Crate) -> Finished {
    let mut lines = Vec::new();
    for operation in &krate.operations {
        let Operation {
            ident,
            module,
            method,
            input,
            output,
            pagination,
            waiters,
            http_method,
            uri,
            ..
        } = operation;
        let pages = if pagination.is_some() {
            ", into_paginator"
        } else {
            ""
        };
        lines.push(format!(
            "Client::{}() -> {ident}: {http_method} {uri}, send{pages}",
            plain(method),
        ));
        lines.extend(waiters.waiters.iter().map(|waiter| {
            format!(
                "Client::{}().{}() -> Waiter<{ident}>",
                plain(method),
                waiter.method
            )
        }));
        let module = format!("operation::{}", plain(module));
        structure(
            input,
            &format!("{module}::{}", input.ident),
            Site::Operation,
            &mut lines,
        );
        structure(
            output,
            &format!("{module}::{}", output.ident),
            Site::Operation,
            &mut lines,
        );
    }
    for item in &krate.types {
        match item {
            Item::Structure(of) => {
                structure(of, &format!("types::{}", of.ident), Site::Types, &mut lines)
            }
            Item::Enumeration(Enumeration {
                ident, variants, ..
            }) => {
                lines.push(format!("types::{ident}: enum"));
                lines.extend(variants.iter().map(|variant| {
                    format!("types::{ident}::{} = {:?}", variant.ident, variant.wire)
                }));
            }
            Item::Union(Union {
                ident,
                variants,
                events,
                ..
            }) => {
                let kind = if events.is_some() { "events" } else { "union" };
                lines.push(format!("types::{ident}: {kind}"));
                lines.extend(variants.iter().map(|variant| {
                    format!(
                        "types::{ident}::{}({}) = {:?}",
                        variant.ident,
                        spelled(value_ty(variant, Site::Types)),
                        variant.wire
                    )
                }));
            }
        }
    }
    lines.extend(krate.exceptions.iter().map(|exception| {
        let codes = exception.codes.iter().map(|code| format!("{code:?}"));
        let codes = codes.collect::<Vec<_>>().join(" | ");
        let Exception {
            ident, predicate, ..
        } = exception;
        format!("ServiceError::{ident} = {codes}, {predicate}")
    }));
    lines.sort();
    let mut file = File::marked("#", &krate.service.id, "the service model");
    lines.iter().for_each(|line| file.line(line));
    file.finish()
}

fn structure(structure: &Structure, path: &str, from: Site, lines: &mut Vec<String>) {
    let kind = if structure.exception {
        "exception"
    } else {
        "struct"
    };
    lines.push(format!("{path}: {kind}"));
    for field in &structure.fields {
        let Field {
            ident,
            required,
            deprecated,
            ..
        } = field;
        let setter = if structure.written {
            format!(", set by {}", without_paths(&takes(field, from)))
        } else {
            String::new()
        };
        let required = if *required { ", required" } else { "" };
        let deprecated = if deprecated.is_some() {
            ", deprecated"
        } else {
            ""
        };
        lines.push(format!(
            "{path}.{}: {}{setter}{required}{deprecated}",
            plain(ident),
            spelled(value_ty(field, from))
        ));
    }
}

/// The tokens as they would be written by hand, without paths that are of no use to a reader.
fn spelled(tokens: TokenStream) -> String {
    without_paths(&text(&tokens))
}

fn without_paths(text: &str) -> String {
    text.replace("super::", "")
        .replace("types::", "")
        .replace("crate::", "")
        .replace("tinsmith_runtime::", "")
        .replace("std::collections::", "")
        .replace("std::marker::", "")
}

//! Counts the spellings of a program: at which places each row of the table stands.

use super::found::Findings;
use super::rows::Row;
use proc_macro2::Span;
use syn::{Expr, ExprMethodCall};

/// Methods without arguments that any value has: they are no accessors of what is received.
const COMMON: &[&str] = &[
    "all",
    "any",
    "as_bytes",
    "as_deref",
    "as_deref_mut",
    "as_millis",
    "as_mut",
    "as_ref",
    "as_secs",
    "as_secs_f64",
    "as_slice",
    "as_str",
    "await",
    "borrow",
    "boxed",
    "chars",
    "checked",
    "clone",
    "cloned",
    "collect",
    "concat",
    "copied",
    "count",
    "cycle",
    "deref",
    "drain",
    "elapsed",
    "enumerate",
    "err",
    "expect",
    "first",
    "flatten",
    "fmt",
    "fuse",
    "into",
    "into_async_read",
    "into_body",
    "into_boxed_slice",
    "into_bytes",
    "into_inner",
    "into_iter",
    "into_keys",
    "into_owned",
    "into_service_error",
    "into_source",
    "into_stream",
    "into_string",
    "into_values",
    "is_empty",
    "is_err",
    "is_none",
    "is_ok",
    "is_some",
    "is_negative",
    "is_positive",
    "is_unknown",
    "items",
    "iter",
    "iter_mut",
    "keys",
    "last",
    "len",
    "lines",
    "max",
    "min",
    "next",
    "ok",
    "or_default",
    "parse",
    "peek",
    "peekable",
    "pop",
    "product",
    "read",
    "rev",
    "secs",
    "send",
    "skip",
    "sort",
    "split_whitespace",
    "subsec_nanos",
    "sum",
    "take",
    "to_bytes",
    "to_lowercase",
    "to_millis",
    "to_owned",
    "to_string",
    "to_uppercase",
    "to_vec",
    "trim",
    "transpose",
    "try_into",
    "try_next",
    "unwrap",
    "unwrap_err",
    "unwrap_or_default",
    "unzip",
    "values",
    "as_nanos",
    "as_service_error",
    "raw_response",
    "code",
    "message",
    "meta",
    "kind",
    "source",
    "request_id",
    "into_paginator",
    "build",
    "status",
    "as_secs_f32",
    "dedup",
    "collect_vec",
    "sorted",
    "unique",
    "try_collect",
    "by_ref",
    "inspect_err",
    "write",
    "lock",
    "to_time",
    "to_chrono_utc",
];

/// Members that tokens of pages are given by.
const TOKENS: &[&str] = &[
    "continuation_token",
    "exclusive_start_key",
    "exclusive_start_table_name",
    "exclusive_start_shard_id",
    "key_marker",
    "marker",
    "next_marker",
    "next_page_token",
    "next_token",
    "page_token",
    "starting_token",
    "version_id_marker",
];

/// A method that is not one which any value has.
pub(super) fn is_accessor(method: &str) -> bool {
    !COMMON.contains(&method)
        && !["as_", "into_", "is_", "to_", "try_", "unwrap_", "with_"]
            .iter()
            .any(|start| method.starts_with(start))
}

/// Whether any value has the method.
pub(super) fn is_common(method: &str) -> bool {
    COMMON.contains(&method)
}

/// Whether a method asks which of its variants an error of an operation is.
pub(super) fn is_about_an_error(method: &str) -> bool {
    let Some(what) = method.strip_prefix("is_") else {
        return false;
    };
    let ends = [
        "_exception",
        "_error",
        "_fault",
        "_failure",
        "not_found",
        "_exists",
    ];
    what.starts_with("no_such_") || ends.iter().any(|end| what.ends_with(end))
}

/// What a place of a program is counted as, besides what its types say: by the names of methods that only the SDK has.
pub(super) fn by_name(method: &str, arguments: usize) -> Option<Row> {
    let row = match (method, arguments) {
        ("into_service_error", 0) => Row::IntoServiceError,
        ("as_service_error", 0) => Row::AsServiceError,
        ("raw_response", 0) => Row::RawResponse,
        ("timeout_config" | "set_timeout_config", 1) => Row::Timeouts,
        ("retry_config" | "set_retry_config", 1) => Row::Retries,
        ("identity_cache" | "set_identity_cache", 1) => Row::IdentityCache,
        ("stalled_stream_protection" | "set_stalled_stream_protection", 1) => Row::StalledStreams,
        ("http_client" | "set_http_client", 1) => Row::HttpClient,
        ("force_path_style" | "set_force_path_style", 1) => Row::PathStyle,
        ("request_checksum_calculation" | "response_checksum_validation", 1) => Row::Checksums,
        _ => return None,
    };
    Some(row)
}

/// Setters of a call or of a type that is being built.
pub(super) fn setter(method: &str, arguments: usize) -> Option<Row> {
    match arguments {
        1 if method.starts_with("set_") => Some(Row::SecondSetter),
        1 => Some(Row::Setter),
        2 => Some(Row::Append),
        _ => None,
    }
}

/// Whether a setter gives the token of a page.
pub(super) fn is_token(method: &str) -> bool {
    TOKENS.contains(&method.strip_prefix("set_").unwrap_or(method))
}

/// Whether the same setter was called before in a chain, so that this call adds to a list.
pub(super) fn is_repeated(call: &ExprMethodCall) -> bool {
    let mut receiver = &*call.receiver;
    while let Expr::MethodCall(before) = receiver {
        if before.method == call.method {
            return true;
        }
        receiver = &before.receiver;
    }
    false
}

/// Where a spelling stands: the file, the line and the column.
pub(super) type Spot = (usize, usize, usize);

impl Findings {
    /// Counts a spelling.
    pub(super) fn spelled(&mut self, row: Row, file: usize, span: Span) {
        let at = span.start();
        self.rows
            .entry(row)
            .or_default()
            .insert((file, at.line, at.column));
    }

    /// What was counted as a builder is one that can fail.
    pub(super) fn fallible(&mut self, file: usize, span: Span) {
        let at = span.start();
        if let Some(builders) = self.rows.get_mut(&Row::Builder) {
            builders.remove(&(file, at.line, at.column));
        }
        self.spelled(Row::FallibleBuilder, file, span);
    }
}

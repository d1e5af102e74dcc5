//! What programs write that call the official SDK, a row for each spelling, and what each becomes in a program that moves.
//!
//! `tests/call-sites` compiles each row, and compares its verdicts with these; the guide for moving has the same table.

/// A spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// Imports and full paths.
    Path,
    /// A setter.
    Setter,
    /// The second setter of a member, for an option.
    SecondSetter,
    /// A setter that adds to a list or a map.
    Append,
    /// The builder of a type.
    Builder,
    /// The same where building is a `Result`.
    FallibleBuilder,
    /// A field of what is received.
    Field,
    /// A method of what is received that gives a field.
    Accessor,
    /// A map that is taken out of what is received, or given.
    HashMap,
    /// The type of errors.
    SdkError,
    /// The error of an operation.
    OperationError,
    /// A pattern of one of its variants.
    MatchedError,
    /// A question for one of its variants.
    AskedError,
    /// The error of the operation within that of the call, by value.
    IntoServiceError,
    /// The same by reference.
    AsServiceError,
    /// Code, message and metadata of an error.
    ErrorMetadata,
    /// The response of a call that failed.
    RawResponse,
    /// A pattern of the kinds of failure.
    MatchedKind,
    /// The configuration that is loaded.
    SdkConfig,
    /// Loading it.
    Loading,
    /// A client of it.
    Client,
    /// The configuration of one service, made from it.
    ConfigBuilder,
    /// Credentials of a profile.
    ProfileProvider,
    /// Regions, by preference.
    RegionChain,
    /// Credentials of a role.
    RoleProvider,
    /// Limits of time.
    Timeouts,
    /// Retries.
    Retries,
    /// The cache of credentials.
    IdentityCache,
    /// The protection against streams that stall.
    StalledStreams,
    /// The HTTP client.
    HttpClient,
    /// The style of addresses of S3.
    PathStyle,
    /// The settings of checksums.
    Checksums,
    /// A presigned request.
    Presigned,
    /// A call with settings of its own.
    Customize,
    /// Questions for variants of a union.
    AskedUnion,
    /// A variant of a union.
    Union,
    /// A paginator.
    Paginator,
    /// Pages that are followed by their tokens.
    ByHand,
}

/// What becomes of a spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// It stays as it is written.
    Same,
    /// It stays under this condition, which a scan does not know.
    SameWhere(&'static str),
    /// It is written so instead.
    Other(&'static str),
    /// There is no counterpart of its own; this is the nearest.
    Nothing(&'static str),
}

use Becomes::{Nothing, Other, Same, SameWhere};

const PROFILE: &str = "`.profile(…)`, `.assume_role(arn)` of `aws_config::from_env()`";
const SETTINGS: &str =
    "settings of `Config::builder()` and of the loader: `idle_timeout`, `http_client`";

impl Row {
    /// All rows, in the order of the table.
    pub const ALL: [Self; 38] = [
        Self::Path,
        Self::Setter,
        Self::SecondSetter,
        Self::Append,
        Self::Builder,
        Self::FallibleBuilder,
        Self::Field,
        Self::Accessor,
        Self::HashMap,
        Self::SdkError,
        Self::OperationError,
        Self::MatchedError,
        Self::AskedError,
        Self::IntoServiceError,
        Self::AsServiceError,
        Self::ErrorMetadata,
        Self::RawResponse,
        Self::MatchedKind,
        Self::SdkConfig,
        Self::Loading,
        Self::Client,
        Self::ConfigBuilder,
        Self::ProfileProvider,
        Self::RegionChain,
        Self::RoleProvider,
        Self::Timeouts,
        Self::Retries,
        Self::IdentityCache,
        Self::StalledStreams,
        Self::HttpClient,
        Self::PathStyle,
        Self::Checksums,
        Self::Presigned,
        Self::Customize,
        Self::AskedUnion,
        Self::Union,
        Self::Paginator,
        Self::ByHand,
    ];

    /// What programs write, and what it becomes.
    pub fn says(self) -> (&'static str, Becomes) {
        match self {
            Self::Path => ("`use aws_sdk_x::…`, full paths", Same),
            Self::Setter => ("`.x(value)`", Same),
            Self::SecondSetter => ("`.set_x(option)`, also of nested types", Same),
            Self::Append => ("`.x(item)` that appends, `.x(key, value)`", Same),
            Self::Builder => ("`T::builder()….build()`", Same),
            Self::FallibleBuilder => ("`T::builder()….build()?`", Other("`T::builder()….build()`")),
            Self::Field => ("output field `.x`", Same),
            Self::Accessor => (
                "accessor `.x()`",
                SameWhere("the type is only received; else `.x` is written"),
            ),
            Self::HashMap => (
                "`HashMap` taken",
                Other("`.into_iter().collect()` of a `BTreeMap`"),
            ),
            Self::SdkError => ("`SdkError<XError>`", Same),
            Self::OperationError => ("`XError` named", Same),
            Self::MatchedError => ("`XError::NoSuchKey(e)` matched", Same),
            Self::AskedError => ("`.is_no_such_key()`", Same),
            Self::IntoServiceError => ("`.into_service_error()`", Same),
            Self::AsServiceError => ("`.as_service_error()`", Same),
            Self::ErrorMetadata => ("`.code()`, `.message()`, `.meta()`", Same),
            Self::RawResponse => ("`.raw_response().status()`", Same),
            Self::MatchedKind => (
                "`SdkError::TimeoutError(_)` matched",
                Other("`error.kind()`, `error.is_timeout()`"),
            ),
            Self::SdkConfig => ("`SdkConfig`", Same),
            Self::Loading => (
                "`aws_config::defaults(…)`, `from_env()`",
                Other(
                    "`.load().await?`, `load_defaults(…).await?`: what cannot be read is an error there, not of the first call",
                ),
            ),
            Self::Client => ("`Client::new(&shared)`", Same),
            Self::ConfigBuilder => ("`config::Builder::from(&shared)`", Same),
            Self::ProfileProvider => ("`ProfileFileCredentialsProvider`", Nothing(PROFILE)),
            Self::RegionChain => ("`RegionProviderChain`", Same),
            Self::RoleProvider => ("`AssumeRoleProvider`", Nothing(PROFILE)),
            Self::Timeouts => ("`.timeout_config`", Same),
            Self::Retries => ("`.retry_config`", Same),
            Self::IdentityCache => ("`.identity_cache`", Nothing(SETTINGS)),
            Self::StalledStreams => ("`.stalled_stream_protection`", Nothing(SETTINGS)),
            Self::HttpClient => ("`.http_client`", Nothing(SETTINGS)),
            Self::PathStyle => ("`.force_path_style`", Same),
            Self::Checksums => ("checksum settings", Same),
            Self::Presigned => ("`.presigned(PresigningConfig::expires_in(…)?)`", Same),
            Self::Customize => ("`.customize()`", Nothing("none")),
            Self::AskedUnion => ("`.as_s()`, `.as_n()` on unions", Same),
            Self::Union => ("`AttributeValue::S(…)`", Same),
            Self::Paginator => ("`.into_paginator()`", Same),
            Self::ByHand => ("pages by hand", Same),
        }
    }
}

//! The protocols, and all questions about them in reading, checking and lowering. Outside of this file, only the
//! readers, which create them, and the emitter, which names them to the runtime, distinguish protocols.
//!
//! To add a protocol: a variant here, for which the compiler requires an answer in each method below, and one arm in
//! each reader.

use super::is_default;
use crate::http;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The protocol of a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// JSON bodies, with members bound to path, query string and headers.
    RestJson,
    /// XML bodies, with members bound to path, query string and headers.
    RestXml {
        /// Whether the root of an error is `Error` itself, without an `ErrorResponse` around it.
        #[serde(default, skip_serializing_if = "is_default")]
        no_error_wrapping: bool,
    },
    /// JSON bodies, the operation named in a header.
    AwsJson {
        /// "1.0" or "1.1", part of the content type.
        version: String,
        /// The prefix of the operation's name in `X-Amz-Target`.
        target_prefix: String,
        /// Whether the service had the query protocol before, and sends the error codes of that on request.
        #[serde(default, skip_serializing_if = "is_default")]
        query_compatible: bool,
    },
    /// Forms in requests, XML in responses.
    Query,
    /// The query protocol of EC2, with other names and other lists.
    Ec2,
    /// CBOR bodies, service and operation named in the path.
    RpcCbor {
        /// The service's name in the path.
        service: String,
        /// Whether the service had the query protocol before, and sends the error codes of that on request.
        #[serde(default, skip_serializing_if = "is_default")]
        query_compatible: bool,
    },
}

/// The names of the members in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyNames {
    /// The members' own names, without exception.
    Members,
    /// The names for JSON.
    Json,
    /// The names for XML.
    Xml,
}

/// The key in the model, the text, and whether the text is allowed there.
pub(crate) type TextOfHead<'p> = (&'static str, &'p String, fn(&str) -> bool);

impl Protocol {
    /// The names of all protocols, as in botocore's models, in our order of preference: of several that a service
    /// supports, the one whose bodies cost the least to read and to write. CONTRIBUTING.md says how that was measured.
    pub const NAMES: [&str; 6] = [
        "smithy-rpc-v2-cbor",
        "json",
        "rest-json",
        "rest-xml",
        "query",
        "ec2",
    ];

    /// Its name, one of [`NAMES`](Self::NAMES).
    pub fn name(&self) -> &'static str {
        match self {
            Self::RpcCbor { .. } => "smithy-rpc-v2-cbor",
            Self::AwsJson { .. } => "json",
            Self::RestJson => "rest-json",
            Self::RestXml { .. } => "rest-xml",
            Self::Query => "query",
            Self::Ec2 => "ec2",
        }
    }

    /// The feature of the runtime that a client of it needs.
    pub(crate) fn feature(&self) -> Option<&'static str> {
        match self {
            Self::RestJson | Self::AwsJson { .. } => None,
            Self::RestXml { .. } => Some("xml"),
            Self::Query | Self::Ec2 => Some("query"),
            Self::RpcCbor { .. } => Some("cbor"),
        }
    }

    /// Whether members can be bound to the path, the query string, headers and the status code, and one can be the
    /// whole body; in other protocols every member is in the body, even if the model binds it.
    pub(crate) fn binds_to_http(&self) -> bool {
        match self {
            Self::RestJson | Self::RestXml { .. } => true,
            Self::AwsJson { .. } | Self::Query | Self::Ec2 | Self::RpcCbor { .. } => false,
        }
    }

    pub(crate) fn body_names(&self) -> BodyNames {
        match self {
            Self::RestJson => BodyNames::Json,
            Self::AwsJson { .. } | Self::RpcCbor { .. } => BodyNames::Members,
            Self::RestXml { .. } | Self::Query | Self::Ec2 => BodyNames::Xml,
        }
    }

    /// Whether an output is within an element with the operation's name, and errors have their own status.
    pub(crate) fn wraps_results(&self) -> bool {
        match self {
            Self::Query => true,
            Self::RestJson
            | Self::RestXml { .. }
            | Self::AwsJson { .. }
            | Self::Ec2
            | Self::RpcCbor { .. } => false,
        }
    }

    /// Whether members may have names that apply in requests only.
    pub(crate) fn has_names_for_queries(&self) -> bool {
        match self {
            Self::Ec2 => true,
            Self::RestJson
            | Self::RestXml { .. }
            | Self::AwsJson { .. }
            | Self::Query
            | Self::RpcCbor { .. } => false,
        }
    }

    /// Whether errors have the codes of the query protocol.
    pub(crate) fn has_query_codes(&self) -> bool {
        match self {
            Self::Query | Self::Ec2 => true,
            Self::AwsJson {
                query_compatible, ..
            }
            | Self::RpcCbor {
                query_compatible, ..
            } => *query_compatible,
            Self::RestJson | Self::RestXml { .. } => false,
        }
    }

    /// Whether errors only have the codes of the query protocol: the names of their shapes are never sent.
    pub(crate) fn answers_with_codes(&self) -> bool {
        match self {
            Self::Query | Self::Ec2 => true,
            Self::RestJson | Self::RestXml { .. } | Self::AwsJson { .. } | Self::RpcCbor { .. } => {
                false
            }
        }
    }

    /// No element is around the errors of a protocol that would have one.
    pub(crate) fn bare_errors(&mut self) {
        if let Self::RestXml { no_error_wrapping } = self {
            *no_error_wrapping = true;
        }
    }

    /// Whether no element is around errors.
    #[cfg(test)]
    pub(crate) fn has_bare_errors(&self) -> bool {
        matches!(
            self,
            Self::RestXml {
                no_error_wrapping: true
            }
        )
    }

    /// Whether calls are distinguished by the names of their operations, not by method and URI.
    pub(crate) fn names_operation(&self) -> bool {
        !self.binds_to_http()
    }

    /// Whether an input without members is sent as a body, unlike a missing input.
    pub(crate) fn tells_inputs_from_none(&self) -> bool {
        matches!(self, Self::RpcCbor { .. })
    }

    /// Whether the operation's name is in the head of a request.
    pub(crate) fn names_operation_in_head(&self) -> bool {
        matches!(self, Self::AwsJson { .. } | Self::RpcCbor { .. })
    }

    /// The other texts in the head of every request.
    pub(crate) fn texts_of_head(&self) -> Vec<TextOfHead<'_>> {
        match self {
            Self::AwsJson {
                version,
                target_prefix,
                query_compatible: _,
            } => vec![
                ("jsonVersion", version, http::is_scope_name),
                ("targetPrefix", target_prefix, http::is_part_of_token),
            ],
            Self::RpcCbor {
                service,
                query_compatible: _,
            } => vec![("targetPrefix", service, is_part_of_path)],
            Self::RestJson | Self::RestXml { .. } | Self::Query | Self::Ec2 => Vec::new(),
        }
    }

    /// The protocol to use, of those that a service supports: `preferred`, if it is among them; else the first in our
    /// order.
    pub(crate) fn chosen(spoken: Vec<Self>, preferred: Option<&str>) -> Option<Self> {
        spoken
            .into_iter()
            .min_by_key(|it| (Some(it.name()) != preferred, Self::place_of(it.name())))
    }

    /// The names of those that a service supports, in our order; none if there is only one to choose from.
    pub(crate) fn offered(spoken: &[Self]) -> Vec<String> {
        let mut names: Vec<&str> = spoken.iter().map(Self::name).collect();
        names.sort_by_key(|name| Self::place_of(name));
        names.dedup();
        match names.as_slice() {
            [_] => Vec::new(),
            _ => names.into_iter().map(str::to_owned).collect(),
        }
    }

    fn place_of(name: &str) -> Option<usize> {
        Self::NAMES.iter().position(|known| *known == name)
    }
}

fn is_part_of_path(text: &str) -> bool {
    !text.is_empty() && http::is_scope_name(text)
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RestJson => f.write_str("rest-json"),
            Self::RestXml { .. } => f.write_str("rest-xml"),
            Self::AwsJson {
                version,
                target_prefix,
                query_compatible: _,
            } => write!(f, "json {version}, target {target_prefix}"),
            Self::Query => f.write_str("query"),
            Self::Ec2 => f.write_str("ec2"),
            Self::RpcCbor {
                service,
                query_compatible: _,
            } => write!(f, "smithy-rpc-v2-cbor, service {service}"),
        }?;
        match self.has_query_codes() && self.names_operation_in_head() {
            true => f.write_str(", error codes of the query protocol"),
            false => Ok(()),
        }
    }
}

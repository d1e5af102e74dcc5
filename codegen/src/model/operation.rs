//! Operations: how they are called, and what pages, checksums and endpoints need to know of them.

use super::{Deprecated, XmlRoot, is_default};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// One call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The HTTP method.
    pub method: String,
    /// The path, with `{labels}` and optionally a static query string.
    pub uri: String,
    /// The input structure, if there is one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub input: Option<String>,
    /// The output structure, if there is one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub output: Option<String>,
    /// The exceptions that the operation declares.
    #[serde(default, skip_serializing_if = "is_default")]
    pub errors: Vec<String>,
    /// HTML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub documentation: Option<String>,
    /// Why and since when it should not be used.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecated>,
    /// How its pages are listed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pagination: Option<Pagination>,
    /// The prefix of the host name, with `{labels}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub host_prefix: Option<String>,
    /// Whether the call is not signed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub no_auth: bool,
    /// The authentication schemes, in order of preference, if they differ from the service's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub auth: Vec<String>,
    /// Whether signatures do not cover the body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unsigned_payload: bool,
    /// Parameters of the endpoint rules that the operation fixes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub static_parameters: IndexMap<String, ParameterValue>,
    /// Parameters of the endpoint rules from the input, as JMESPath.
    #[serde(default, skip_serializing_if = "is_default")]
    pub path_parameters: IndexMap<String, String>,
    /// The encodings in which a large body may be sent, in order of preference.
    #[serde(default, skip_serializing_if = "is_default")]
    pub compression: Vec<String>,
    /// The checksum of the body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checksum: Option<Checksum>,
    /// The checksum that the body of a response is validated by.
    #[serde(default, skip_serializing_if = "is_default")]
    pub validation: Option<Validation>,
    /// The root of a request in XML.
    #[serde(default, skip_serializing_if = "is_default")]
    pub xml_root: XmlRoot,
    /// The element with the output, in a response of the query protocol, if it is not the operation's name followed by
    /// `Result`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub result_wrapper: Option<String>,
    /// Whether the root of a response in XML is not the output but its only member.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unwrapped_output: bool,
    /// How many milliseconds the service may wait before it responds (long poll).
    #[serde(default, skip_serializing_if = "is_default")]
    pub long_poll: Option<u64>,
    /// The URL that it needs to copy from another region.
    #[serde(default, skip_serializing_if = "is_default")]
    pub region_copy: Option<RegionCopy>,
}

/// What an operation that copies from another region sends of that region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionCopy {
    /// The member with the URL that is presigned for the source region.
    pub url: String,
    /// Whether the request has both regions, and not only that URL.
    pub sends_regions: bool,
}

/// The checksum of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Checksum {
    /// MD5, in HTTP's own header.
    Md5,
    /// With an algorithm that the caller chooses.
    Chosen {
        /// The member of the input with the choice.
        #[serde(default, skip_serializing_if = "is_default")]
        member: Option<String>,
        /// Whether there must be a checksum even without a choice.
        #[serde(default, skip_serializing_if = "is_default")]
        required: bool,
    },
}

/// How responses are validated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// The member of the input that asks for it.
    pub member: String,
    /// The algorithms of checksums that a response may have.
    pub algorithms: Vec<String>,
}

/// The value of a parameter of the endpoint rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ParameterValue {
    /// A boolean.
    Flag(bool),
    /// Text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

/// How the pages of an operation are listed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pagination {
    /// Members of the input for the tokens.
    pub input_tokens: Vec<String>,
    /// Paths in the output to the next tokens, one for each.
    pub output_tokens: Vec<String>,
    /// The member of the input that sets the size of a page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub limit: Option<String>,
    /// Paths in the output to the items; the first is the primary one.
    pub results: Vec<String>,
    /// The path in the output to the flag for further pages.
    #[serde(default, skip_serializing_if = "is_default")]
    pub more_results: Option<String>,
}

//! The Rust-shaped crate: all decisions are made, nothing is written yet. Lowering creates it, emitters read it.

mod element;
mod endpoint;
mod path;
mod traits;
mod ty;
mod waiter;

use crate::docs::Doc;
use crate::manifest::{Dependency, Package};
use crate::model::{Extension, ParameterValue, Protocol, RegionCopy, TimestampFormat};
use crate::problem::Problem;

pub(crate) use element::{Element, Named};
pub(crate) use endpoint::{Condition, Statement, Text, TextPiece, Value};
pub(crate) use path::{Path, Segment};
pub(crate) use traits::{Trait, Traits, derived};
pub(crate) use ty::Ty;
pub(crate) use waiter::{Accessor, Code, Lookup, Matcher, Sign, Taken, Waiter, Waiters};

/// A crate to emit.
#[derive(Debug)]
pub(crate) struct Crate {
    pub(crate) package: String,
    pub(crate) version: String,
    pub(crate) runtime: Dependency,
    /// The dependency that loads configurations, if the crate has one.
    pub(crate) config: Option<Dependency>,
    pub(crate) manifest: Package,
    pub(crate) service: Service,
    /// Sorted by name.
    pub(crate) operations: Vec<Operation>,
    /// Sorted by name.
    pub(crate) types: Vec<Item>,
    /// Sorted by variant.
    pub(crate) exceptions: Vec<Exception>,
    /// The body of the endpoint function.
    pub(crate) endpoint: Vec<Statement>,
}

impl Crate {
    /// The parts of the model that the crate does not have: waiters that are not supported.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = Problem> {
        let waiters = self.operations.iter().map(|operation| &operation.waiters);
        waiters.flat_map(|waiters| waiters.left_out.clone())
    }
}

/// The facts that all calls of the crate share.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) id: String,
    pub(crate) full_name: String,
    pub(crate) signing_name: String,
    pub(crate) api_version: String,
    pub(crate) protocol: Protocol,
    /// The codes that the model marks retryable, and whether they ask for fewer calls.
    pub(crate) retryable: Vec<(String, bool)>,
    /// What it wants of retries, if that is something of its own.
    pub(crate) retries: Option<Retries>,
    /// Headers of every request that are not in the model.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The crate with what it does beyond its protocol.
    pub(crate) extension: Option<Extension>,
    pub(crate) doc: Doc,
}

/// What a service wants of retries under the rules of 2026.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retries {
    pub(crate) max_attempts: u32,
    /// In milliseconds, without a throttle.
    pub(crate) first_wait_ms: u64,
}

/// One call.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) wire: String,
    /// The call builder; the names of input and output are derived from it.
    pub(crate) ident: String,
    pub(crate) module: String,
    /// The client's method.
    pub(crate) method: String,
    pub(crate) doc: Doc,
    pub(crate) http_method: String,
    pub(crate) uri: String,
    /// The outermost element of a request in XML, if that is the input itself.
    pub(crate) root: Option<Named>,
    /// Whether the outermost element of a response in XML is not the output but its only member.
    pub(crate) unwrapped_output: bool,
    pub(crate) host_prefix: Option<String>,
    /// How the call is authenticated, in order of preference; empty if it is not.
    pub(crate) auth: Vec<AuthScheme>,
    /// Whether signatures do not cover the body.
    pub(crate) unsigned_payload: bool,
    /// How many milliseconds the service may wait before it responds.
    pub(crate) long_poll: Option<u64>,
    pub(crate) region_copy: Option<RegionCopy>,
    /// Whether a response without the output in its body is an error: only where an extension of the service decides that.
    pub(crate) expects_body: bool,
    /// Whether large bodies are sent as gzip.
    pub(crate) gzip: bool,
    pub(crate) checksum: Option<Checksum>,
    pub(crate) validation: Option<Validation>,
    /// Parameters of the endpoint rules that the call gives, by their names there.
    pub(crate) parameters: Vec<(String, ParameterSource)>,
    pub(crate) input: Structure,
    /// Whether the input is sent as a body even if it has no members: the protocol distinguishes it from a missing one.
    pub(crate) input_is_body: bool,
    pub(crate) output: Structure,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) output_body: OutputBody,
    pub(crate) waiters: Waiters,
    pub(crate) deprecated: Option<String>,
}

impl Operation {
    /// Whether its input or its output contains a streaming blob.
    pub(crate) fn streams_blobs(&self) -> bool {
        let fields = self.input.fields.iter().chain(&self.output.fields);
        fields
            .into_iter()
            .any(|field| matches!(field.ty, Ty::ByteStream { .. }))
    }

    /// Whether its input is a stream of events.
    pub(crate) fn sends_events(&self) -> bool {
        self.input.has(Binding::EventStream)
    }

    /// Whether its output is a stream of events.
    pub(crate) fn receives_events(&self) -> bool {
        self.output_body == OutputBody::Events
    }

    /// Whether a bearer token can authenticate it.
    pub(crate) fn takes_tokens(&self) -> bool {
        self.auth.contains(&AuthScheme::Bearer)
    }
}

/// The source of a parameter of the endpoint rules.
#[derive(Debug, PartialEq)]
pub(crate) enum ParameterSource {
    /// The operation fixes it.
    Fixed(ParameterValue),
    /// Text.
    Text(Path),
    /// A boolean.
    Flag(Path),
    /// A list of texts.
    List(Path),
    /// The keys of the map.
    Keys(Path),
    /// From each item of the list, the texts at the ends of those paths.
    Each(Path, Vec<Path>),
}

/// The checksum of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Checksum {
    Md5,
    Chosen {
        /// The header with the choice.
        header: Option<String>,
        required: bool,
    },
}

/// How a response is validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Validation {
    /// The header that asks for it.
    pub(crate) header: String,
    pub(crate) algorithms: Vec<String>,
}

/// A way to authenticate a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthScheme {
    SigV4,
    Bearer,
}

/// What is done with the body of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutputBody {
    /// It is read before the call ends.
    Whole,
    /// It is returned unread.
    Stream,
    /// Its events are returned as they arrive.
    Events,
}

/// How pages are listed, in terms of fields.
#[derive(Debug)]
pub(crate) struct Pagination {
    pub(crate) tokens: Vec<PageToken>,
    /// The field for the page size, and whether it is text.
    pub(crate) limit: Option<Limit>,
    /// The primary result.
    pub(crate) items: Option<Items>,
    /// The other results.
    pub(crate) secondary: Vec<Path>,
    pub(crate) more_results: Option<Path>,
}

/// One token.
#[derive(Debug)]
pub(crate) struct PageToken {
    /// The member of the input, by its model name.
    pub(crate) wire: String,
    pub(crate) input: String,
    /// Paths to it in the output; the first with a value is used.
    pub(crate) output: Vec<Path>,
}

#[derive(Debug)]
pub(crate) struct Limit {
    pub(crate) field: String,
    pub(crate) ty: Ty,
}

#[derive(Debug)]
pub(crate) struct Items {
    pub(crate) wire: String,
    pub(crate) path: Path,
    pub(crate) ty: Ty,
}

/// A type with a name.
#[derive(Debug)]
pub(crate) enum Item {
    Structure(Structure),
    Enumeration(Enumeration),
    Union(Union),
}

/// The names of a type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'i> {
    pub(crate) ident: &'i str,
    pub(crate) module: &'i str,
    /// The shape, by its name in the model.
    pub(crate) shape: &'i str,
}

impl Item {
    pub(crate) fn names(&self) -> Names<'_> {
        match self {
            Item::Structure(Structure {
                ident,
                module,
                wire,
                ..
            })
            | Item::Enumeration(Enumeration {
                ident,
                module,
                wire,
                ..
            })
            | Item::Union(Union {
                ident,
                module,
                wire,
                ..
            }) => Names {
                ident,
                module,
                shape: wire,
            },
        }
    }
}

impl Item {
    /// The members, if it has any.
    pub(crate) fn fields(&self) -> Option<&[Field]> {
        match self {
            Item::Structure(structure) => Some(&structure.fields),
            Item::Union(union) => Some(&union.variants),
            Item::Enumeration(_) => None,
        }
    }
}

/// A structure: a named type, an exception, an input or an output.
#[derive(Debug)]
pub(crate) struct Structure {
    pub(crate) wire: String,
    pub(crate) ident: String,
    pub(crate) module: String,
    pub(crate) doc: Doc,
    pub(crate) fields: Vec<Field>,
    pub(crate) read: bool,
    pub(crate) written: bool,
    pub(crate) exception: bool,
    /// Whether it is an event of a stream.
    pub(crate) event: bool,
    pub(crate) deprecated: Option<String>,
}

impl Structure {
    pub(crate) fn has(&self, binding: Binding) -> bool {
        self.fields.iter().any(|field| field.binding == binding)
    }
}

/// A member.
#[derive(Debug)]
pub(crate) struct Field {
    /// The member's name in the model.
    pub(crate) member: String,
    /// Its name on the wire.
    pub(crate) wire: String,
    pub(crate) ident: String,
    pub(crate) doc: Doc,
    pub(crate) ty: Ty,
    pub(crate) boxed: bool,
    /// Whether it is always set, so that its type is not an `Option`.
    pub(crate) always: bool,
    /// Whether the model requires it.
    pub(crate) required: bool,
    /// What a request does if it is not set.
    pub(crate) presence: Presence,
    pub(crate) sensitive: bool,
    pub(crate) format: Option<TimestampFormat>,
    /// Further facts for XML and forms.
    pub(crate) element: Element,
    pub(crate) binding: Binding,
    /// The key in a body of a member that is bound to another place, if its structure can also be within a body.
    pub(crate) nested: Option<String>,
    /// Whether a header that cannot be read is as if it were not there.
    pub(crate) lenient: bool,
    /// Whether it is in the host name as well, under the member's name.
    pub(crate) host_label: bool,
    pub(crate) deprecated: Option<String>,
}

/// What is done about an unset member when it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It is omitted.
    Optional,
    /// The request fails before it is sent.
    Required,
    /// A new UUID is sent.
    Generated,
}

impl Field {
    /// Its key within a body, if it can be in one.
    pub(crate) fn key(&self) -> Option<&str> {
        match self.binding {
            Binding::Body => Some(&self.wire),
            _ => self.nested.as_deref(),
        }
    }

    /// The type of its value: `Box<Condition>`.
    pub(crate) fn value_type(&self) -> String {
        let ty = &self.ty;
        if self.boxed {
            format!("Box<{ty}>")
        } else {
            ty.to_string()
        }
    }

    /// The type of the field: `Option<Vec<Filter>>`.
    pub(crate) fn field_type(&self) -> String {
        let ty = self.value_type();
        if self.always {
            ty
        } else {
            format!("Option<{ty}>")
        }
    }

    /// Whether it is a streaming blob or a stream of events.
    pub(crate) fn streams(&self) -> bool {
        matches!(
            self.ty,
            Ty::ByteStream { .. } | Ty::EventInput(_) | Ty::EventStream(_)
        )
    }
}

/// The place of a member in the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    Body,
    Label,
    /// A label that is the last segment of the member's value.
    LastSegment,
    Query,
    QueryMap,
    Header,
    /// The header that says how long a request's payload is.
    ContentLength,
    JsonHeader,
    PrefixHeaders,
    StatusCode,
    Payload,
    /// A header of an event.
    EventHeader,
    /// The whole payload of an event.
    EventPayload,
    /// The events of a call.
    EventStream,
}

/// An open enumeration.
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub(crate) wire: String,
    pub(crate) ident: String,
    pub(crate) module: String,
    pub(crate) doc: Doc,
    pub(crate) variants: Vec<Variant>,
    pub(crate) deprecated: Option<String>,
}

/// A known value.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) wire: String,
    pub(crate) ident: String,
}

/// A value that is one of several members.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) wire: String,
    pub(crate) ident: String,
    pub(crate) module: String,
    pub(crate) doc: Doc,
    /// The variants, by their identifiers.
    pub(crate) variants: Vec<Field>,
    /// The part after `as_` and `is_` in the names of the methods for each variant, in their order.
    pub(crate) questions: Vec<String>,
    /// The types that convert into it, and the variant for each.
    pub(crate) conversions: Vec<(&'static str, String)>,
    /// If it is the events of a stream, the exceptions that can end it: the name of each in the stream, and its code.
    pub(crate) events: Option<Vec<(String, String)>>,
    pub(crate) read: bool,
    pub(crate) written: bool,
    pub(crate) deprecated: Option<String>,
}

/// A variant of the service's error.
#[derive(Debug)]
pub(crate) struct Exception {
    /// Its names on the wire: its code, and its shape's name if that differs. Each text belongs to one exception.
    pub(crate) codes: Vec<String>,
    /// The structure, whose name is also the variant's.
    pub(crate) ident: String,
    /// The error's predicate for it.
    pub(crate) predicate: String,
    /// The field with its message.
    pub(crate) message: Option<String>,
}

//! Responses in XML with synthetic values, for `rest-xml` and the query protocols: an implementation without the
//! generator.

use super::answer::{Service, body_name, moment, plain};
use super::text::base64;
use serde_json::Value;
use tinsmith_codegen::model::{Kind, Member, Protocol, TimestampFormat};

/// A member in a body: its name, its facts if the model has it, and its value.
pub(super) type InBody<'v> = (String, Option<&'v Member>, &'v Value);

/// How a service wraps bodies in XML.
#[derive(Clone, Copy)]
pub(super) enum Wrapping {
    Rest {
        /// Whether errors have no element around them.
        bare_errors: bool,
    },
    Query,
    Ec2,
}

impl Wrapping {
    pub(super) fn of(protocol: Option<&Protocol>) -> Option<Self> {
        match protocol? {
            Protocol::RestXml { no_error_wrapping } => Some(Self::Rest {
                bare_errors: *no_error_wrapping,
            }),
            Protocol::Query => Some(Self::Query),
            Protocol::Ec2 => Some(Self::Ec2),
            _ => None,
        }
    }

    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Rest { .. } => "application/xml",
            Self::Query | Self::Ec2 => "text/xml",
        }
    }

    /// The output of an operation.
    pub(super) fn output(self, operation: &str, members: &str) -> String {
        match self {
            Self::Rest { .. } => format!("<{operation}Output>{members}</{operation}Output>"),
            Self::Query => format!(
                "<{operation}Response><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>\
                 <{operation}Result>{members}</{operation}Result></{operation}Response>"
            ),
            Self::Ec2 => format!(
                "<{operation}Response><requestId>request-1</requestId>{members}</{operation}Response>"
            ),
        }
    }

    pub(super) fn error(self, code: &str, members: &str) -> String {
        let content = format!("<Code>{code}</Code>{members}");
        match self {
            Self::Rest { bare_errors: true } => {
                format!("<Error>{content}<RequestId>request-1</RequestId></Error>")
            }
            Self::Rest { bare_errors: false } | Self::Query => format!(
                "<ErrorResponse><Error>{content}</Error><RequestId>request-1</RequestId></ErrorResponse>"
            ),
            Self::Ec2 => format!(
                "<Response><Errors><Error>{content}</Error></Errors><RequestID>request-1</RequestID></Response>"
            ),
        }
    }
}

/// The elements of members.
pub(super) fn members(service: &Service<'_>, members: &[InBody<'_>]) -> String {
    let mut out = String::new();
    for (name, member, value) in members {
        element(service, name, *member, value, &mut out);
    }
    out
}

/// An element; several for a flattened list or map. The recursion is as deep as the value, which a parser or this
/// program created.
pub(super) fn element(
    service: &Service<'_>,
    name: &str,
    member: Option<&Member>,
    value: &Value,
    out: &mut String,
) {
    let kind = member.and_then(|member| Some((member, service.kind(member)?)));
    match (kind, value) {
        (_, Value::Null) => {}
        (Some((_, Kind::Structure(shape) | Kind::Union(shape))), Value::Object(object)) => {
            let (mut start, mut within) = (name.to_owned(), String::new());
            for (name, value) in object {
                let Some(member) = shape.members.get(name) else {
                    continue;
                };
                let name = body_name(member, name, member.location);
                if member.wire.attribute {
                    start.push_str(&format!(" {name}=\"{}\"", escaped(&plain(value))));
                } else {
                    element(service, &name, Some(member), value, &mut within);
                }
            }
            out.push_str(&format!("<{start}>{within}</{name}>"));
        }
        (Some((list, Kind::List { member: item, .. })), Value::Array(items)) => {
            let item_name = item.wire_name.as_deref().unwrap_or("member");
            let flattened = list.wire.flattened;
            let mut within = String::new();
            for value in items {
                let item_name = if flattened { name } else { item_name };
                element(service, item_name, Some(item), value, &mut within);
            }
            collection(name, flattened, &within, out);
        }
        (
            Some((
                map,
                Kind::Map {
                    key, value: member, ..
                },
            )),
            Value::Object(entries),
        ) => {
            let key_name = key.wire_name.as_deref().unwrap_or("key");
            let value_name = member.wire_name.as_deref().unwrap_or("value");
            let flattened = map.wire.flattened;
            let entry = if flattened { name } else { "entry" };
            let mut within = String::new();
            for (key, value) in entries {
                within.push_str(&format!(
                    "<{entry}><{key_name}>{}</{key_name}>",
                    escaped(key)
                ));
                element(service, value_name, Some(member), value, &mut within);
                within.push_str(&format!("</{entry}>"));
            }
            collection(name, flattened, &within, out);
        }
        // A member that the model does not have.
        (_, Value::Object(object)) => {
            let mut within = String::new();
            for (name, value) in object {
                element(service, name, None, value, &mut within);
            }
            collection(name, false, &within, out);
        }
        (_, Value::Array(items)) => {
            for value in items {
                element(service, name, None, value, out);
            }
        }
        (kind, value) => {
            let text = match kind {
                Some((_, Kind::Blob { .. })) => base64(plain(value).as_bytes()),
                Some((member, Kind::Timestamp { format })) => {
                    let format = member.timestamp_format.or(*format);
                    plain(&moment(value, format.unwrap_or(TimestampFormat::DateTime)))
                }
                _ => escaped(&plain(value)),
            };
            collection(name, false, &text, out);
        }
    }
}

fn collection(name: &str, flattened: bool, within: &str, out: &mut String) {
    match flattened {
        true => out.push_str(within),
        false => out.push_str(&format!("<{name}>{within}</{name}>")),
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

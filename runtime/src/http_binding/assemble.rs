//! Assembles the request from what an input wrote: no I/O, and no endpoint yet.

use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::built_request::BuiltRequest;
use super::request::{RequestWriter, header};
use super::reserved::is_reserved;
use super::uri::{expand_host, expand_path, push_query};
use crate::shape::BuildError;
use crate::stream::{RequestBody, RequestEvents};

/// Where an operation's requests are sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding<'a> {
    pub(crate) method: &'a Method,
    /// The path with its labels, and a static query if there is one.
    pub(crate) uri: &'a str,
    /// Whether `.` and `..` are segments of the path like others.
    pub(crate) takes_dots: bool,
    pub(crate) host_prefix: Option<&'a str>,
    /// Headers of every request; a member that is bound to one of them has priority.
    pub(crate) headers: &'a [(&'a str, &'a str)],
}

impl RequestWriter {
    /// The request, or the first error.
    pub(crate) fn finish(mut self, binding: Binding<'_>) -> Result<BuiltRequest, BuildError> {
        if let Some(error) = self.failure {
            return Err(error);
        }
        let host_prefix = match binding.host_prefix {
            Some(prefix) => Some(expand_host(prefix, &self.labels)?),
            None => None,
        };
        let path = expand_path(binding.uri, &self.labels, binding.takes_dots)?;
        let queries = with_map(binding.uri, self.query, self.query_map);
        let uri = uri(path, &queries)?;
        for (name, value) in self.prefix_headers {
            if let Some(name) = name {
                self.headers.entry(name).or_insert(value);
            }
        }
        let mut has_default_content_type = false;
        let body = match (self.events, self.body) {
            (Some(source), members) => {
                let media_type = HeaderValue::from_static(source.media_type());
                self.headers.insert(CONTENT_TYPE, media_type);
                let has_members = self.format.has_initial_messages();
                let members = members.and_then(|body| body.content.as_bytes().cloned());
                RequestBody::Events(RequestEvents {
                    source,
                    ahead: members.filter(|_| has_members),
                })
            }
            (None, Some(body)) => {
                if !self.headers.contains_key(CONTENT_TYPE) {
                    has_default_content_type = true;
                    let (name, value) = header(CONTENT_TYPE.as_str(), &body.content_type)?;
                    self.headers.insert(name, value);
                }
                body.content
            }
            (None, None) => RequestBody::Bytes(Bytes::new()),
        };
        for (name, value) in binding.headers {
            let (name, value) = header(name, value)?;
            if !is_reserved(&name) {
                self.headers.entry(name).or_insert(value);
            }
        }
        let mut request = http::Request::new(());
        *request.method_mut() = binding.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        let (head, ()) = request.into_parts();
        Ok(BuiltRequest {
            head,
            host_prefix,
            endpoint: self.context,
            body,
            has_default_content_type,
            content_length: self.content_length,
        })
    }
}

/// All parameters; those of the map only if neither the template nor a member has the same name.
fn with_map(
    template: &str,
    mut query: Vec<(String, String)>,
    map: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let (_, fixed) = template.split_once('?').unwrap_or_default();
    let fixed: Vec<&str> = fixed
        .split('&')
        .filter_map(|parameter| parameter.split('=').next())
        .filter(|name| !name.is_empty())
        .collect();
    let bound = query.len();
    for (name, value) in map {
        if !fixed.contains(&name.as_str())
            && !query.iter().take(bound).any(|(taken, _)| *taken == name)
        {
            query.push((name, value));
        }
    }
    query
}

fn uri(mut path: String, query: &[(String, String)]) -> Result<http::Uri, BuildError> {
    for (name, value) in query {
        push_query(&mut path, name, value);
    }
    let length = path.len();
    let valid = http::uri::PathAndQuery::try_from(path).map(http::Uri::from);
    valid.map_err(|error| {
        BuildError::new(format!(
            "path and query, {length} bytes, are not a valid URI: {error}"
        ))
    })
}

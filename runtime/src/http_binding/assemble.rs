//! The request from what an input said of its members: no I/O, and no address yet.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::built_request::BuiltRequest;
use super::request::{NoMembers, RequestWriter, WriteInput, header};
use super::reserved::is_reserved;
use super::uri::{expand_host, expand_path, push_query};
use crate::protocol::{Operation, Protocol};
use crate::shape::BuildError;
use crate::stream::{RequestBody, RequestEvents};

impl Operation {
    /// Builds the request for `input`: path and query, headers and body, without host and signature.
    ///
    /// `new_token` makes an idempotency token, where the input leaves one open: a text that no other call has, such as a UUID
    /// (version 4).
    ///
    /// # Errors
    /// If a required member is unset, or a value cannot be expressed where it belongs.
    pub fn request(
        &self,
        input: &dyn WriteInput,
        new_token: fn() -> String,
    ) -> Result<BuiltRequest, BuildError> {
        let mut writer = RequestWriter::new(self.service.protocol, new_token);
        input.write_request(&mut writer);
        writer.finish(self)
    }
}

impl RequestWriter {
    fn finish(mut self, operation: &Operation) -> Result<BuiltRequest, BuildError> {
        let mut path = operation.uri;
        if let Protocol::AwsJson {
            target_prefix,
            query_compatible,
            version: _,
        } = self.protocol
        {
            path = "/";
            if query_compatible {
                self.set_header("x-amzn-query-mode", Ok("true".to_owned()));
            }
            self.set_header(
                "x-amz-target",
                Ok(format!("{target_prefix}.{}", operation.name)),
            );
            // These protocols send an object even where there is no input.
            if self.body.is_none() {
                self.body(&NoMembers);
            }
        }
        if let Some(error) = self.failure {
            return Err(error);
        }
        let host_prefix = match operation.host_prefix {
            Some(prefix) => Some(expand_host(prefix, &self.labels)?),
            None => None,
        };
        let path = expand_path(path, &self.labels)?;
        let queries = with_map(operation.uri, self.query, self.query_map);
        let uri = uri(path, &queries)?;
        for (name, value) in self.prefix_headers {
            if let Some(name) = name {
                self.headers.entry(name).or_insert(value);
            }
        }
        let body = match (self.events, self.body) {
            (Some(source), members) => {
                let media_type = HeaderValue::from_static(source.media_type());
                self.headers.insert(CONTENT_TYPE, media_type);
                let has_members = !matches!(self.protocol, Protocol::RestJson);
                let members = members.and_then(|body| body.content.as_bytes().cloned());
                RequestBody::Events(RequestEvents {
                    source,
                    ahead: members.filter(|_| has_members),
                })
            }
            (None, Some(body)) => {
                if !self.headers.contains_key(CONTENT_TYPE) {
                    let (name, value) = header(CONTENT_TYPE.as_str(), &body.content_type)?;
                    self.headers.insert(name, value);
                }
                body.content
            }
            (None, None) => RequestBody::Bytes(Bytes::new()),
        };
        for (name, value) in operation.service.headers {
            let (name, value) = header(name, value)?;
            if !is_reserved(&name) {
                self.headers.entry(name).or_insert(value);
            }
        }
        let mut request = http::Request::new(());
        *request.method_mut() = operation.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        let (head, ()) = request.into_parts();
        Ok(BuiltRequest {
            head,
            host_prefix,
            endpoint: self.context,
            body,
        })
    }
}

/// All parameters; those of the map only where neither the template nor a member has the same name.
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
            "path and query, {length} bytes, are not a URI: {error}"
        ))
    })
}

//! The request from what an input said of its members: no I/O, and no address yet.

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::request::{NoMembers, RequestWriter, WriteInput, header};
use super::reserved::is_reserved;
use super::uri::{expand_host, expand_path, push_query};
use crate::protocol::{Operation, Protocol};
use crate::shape::BuildError;

/// What the operation's host prefix came to, with its labels filled in: an extension of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPrefix(pub String);

impl Operation {
    /// Builds the request for `input`: path and query, headers and body, without host and signature.
    ///
    /// If the operation has a host prefix, the request has a [`HostPrefix`] among its extensions; where operation or
    /// input give parameters of the endpoint rules, it has an [`EndpointContext`](crate::endpoint::EndpointContext); where
    /// the body is a stream that is not in memory, it has that [`ByteStream`](crate::ByteStream).
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
    ) -> Result<http::Request<Bytes>, BuildError> {
        let mut writer = RequestWriter::new(self.service.protocol, new_token);
        input.write_request(&mut writer);
        writer.finish(self)
    }
}

impl RequestWriter {
    fn finish(mut self, operation: &Operation) -> Result<http::Request<Bytes>, BuildError> {
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
        let mut request = http::Request::new(Bytes::new());
        if let Some(prefix) = operation.host_prefix {
            request
                .extensions_mut()
                .insert(HostPrefix(expand_host(prefix, &self.labels)?));
        }
        if let Some(stream) = self.stream {
            request.extensions_mut().insert(stream);
        }
        #[cfg(feature = "event-streams")]
        if let Some(events) = self.events {
            request.extensions_mut().insert(events);
        }
        if !self.context.is_empty() {
            request.extensions_mut().insert(self.context);
        }
        let path = expand_path(path, &self.labels)?;
        let queries = with_map(operation.uri, self.query, self.query_map);
        *request.uri_mut() = uri(path, &queries)?;
        *request.method_mut() = operation.method.clone();
        for (name, value) in self.prefix_headers {
            if let Some(name) = name {
                self.headers.entry(name).or_insert(value);
            }
        }
        if let Some(body) = self.body {
            if !self.headers.contains_key(CONTENT_TYPE) {
                let (name, value) = header(CONTENT_TYPE.as_str(), &body.content_type)?;
                self.headers.insert(name, value);
            }
            *request.body_mut() = body.bytes;
        }
        for (name, value) in operation.service.headers {
            let (name, value) = header(name, value)?;
            if !is_reserved(&name) {
                self.headers.entry(name).or_insert(value);
            }
        }
        *request.headers_mut() = self.headers;
        Ok(request)
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

//! What a service wants of every call although its model does not say so, each with its reason: headers, and retries of
//! its own. A header that a later model has is a problem, so that it is removed here.

use super::Context;
use crate::model::{Kind, Location, Service};
use crate::rust::Retries;

/// A header of every request.
struct Header {
    /// The `serviceId` of the service.
    service: &'static str,
    name: &'static str,
    value: fn(&Service) -> &str,
}

const HEADERS: [Header; 2] = [
    // Without its version the service rejects every request (Glacier's API reference, common request headers).
    Header {
        service: "Glacier",
        name: "x-amz-glacier-version",
        value: |service| &service.api_version,
    },
    // The service returns the format of its model only if JSON is requested; its default is HAL.
    Header {
        service: "API Gateway",
        name: "accept",
        value: |_| "application/json",
    },
];

/// The headers of every request to the service: names and values.
pub(super) fn headers(context: &Context<'_>) -> Vec<(&'static str, String)> {
    let service = &context.model.service;
    let of_service = HEADERS.iter().filter(|header| header.service == service.id);
    let headers = of_service.map(|header| {
        if let Some(path) = bound(context, header.name) {
            context.file.key(&path).problem(format!(
                    "expected a header that is not in the model, found `{0}`, to which every operation of {1} binds a member; remove `{0}` from the generator's quirks",
                    header.name, service.id
                ),
            );
        }
        (header.name, (header.value)(service).to_owned())
    });
    headers.collect()
}

/// Services whose retries differ from those of others under the rules of 2026, by their `serviceId`. They answer within
/// milliseconds, and callers want one more attempt rather than a longer wait (botocore's `retries/standard.py`).
const RETRIES: [(&str, Retries); 2] = [("DynamoDB", SOONER), ("DynamoDB Streams", SOONER)];

const SOONER: Retries = Retries {
    max_attempts: 4,
    first_wait_ms: 25,
};

/// What the service wants of retries; `None`: what all others do.
pub(super) fn retries(context: &Context<'_>) -> Option<Retries> {
    let service = context.model.service.id.as_str();
    let mut known = RETRIES.into_iter();
    known.find_map(|(id, retries)| (id == service).then_some(retries))
}

/// The path of a member that is bound to this header, if every operation has one: then the model is complete. If only
/// some have one, that member has priority in their requests.
fn bound(context: &Context<'_>, header: &str) -> Option<String> {
    let mut operations = context.model.operations.values();
    let first = operations.next()?;
    let path = member_sent_as(context, first.input.as_deref()?, header)?;
    let mut inputs = operations.map(|operation| operation.input.as_deref());
    let all =
        inputs.all(|input| input.is_some_and(|it| member_sent_as(context, it, header).is_some()));
    all.then_some(path)
}

fn member_sent_as(context: &Context<'_>, input: &str, header: &str) -> Option<String> {
    let Kind::Structure(structure) = &context.shape(input)?.kind else {
        return None;
    };
    let mut members = structure.members.iter();
    let (name, _) = members.find(|(name, member)| {
        let wire = member.wire_name.as_deref().unwrap_or(name);
        member.location == Some(Location::Header) && wire.eq_ignore_ascii_case(header)
    })?;
    Some(format!("shapes.{input}.members.{name}"))
}

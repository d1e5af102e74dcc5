//! What S3 does although its model does not say so.

use crate::model::{Extension, Kind, Location, Member, Model, Operation, Shape};

pub(super) fn apply(model: &mut Model) {
    for operation in model.operations.values_mut() {
        leave_bucket_to_rules(operation);
    }
    behaves_by_a_crate_of_its_own(model);
    express_sessions_are_a_setting(model);
    expiry_is_text(model);
    location_is_its_root(model);
    errors_are_bare(model);
    one_list_of_events(model);
}

/// Errors with the status of a success, regions of buckets, encoded keys in lists and more are neither in the model nor in the
/// protocol: the crate has them, with a reason for each.
fn behaves_by_a_crate_of_its_own(model: &mut Model) {
    model.service.extension = Some(Extension {
        package: "tinsmith-s3".to_owned(),
        folder: "s3".to_owned(),
        value: "tinsmith_s3::S3".to_owned(),
    });
}

/// The label that the path of nearly every operation begins with.
const BUCKET: &str = "/{Bucket}";

/// The endpoint rules place the bucket, in the host or in the path of the endpoint: it is not put into the path again.
/// The member stays a label, so that a call without a bucket is an error.
fn leave_bucket_to_rules(operation: &mut Operation) {
    let Some(rest) = operation.uri.strip_prefix(BUCKET) else {
        return;
    };
    if rest.is_empty() || rest.starts_with('?') {
        operation.uri = format!("/{rest}");
    } else if rest.starts_with('/') {
        operation.uri = rest.to_owned();
    }
}

/// The model has it among the settings of clients (`clientContextParams`), and some operations fix it. It has no name among
/// the sources of the rule language; botocore made this one up.
fn express_sessions_are_a_setting(model: &mut Model) {
    const PARAMETER: &str = "DisableS3ExpressSessionAuth";
    let rules = model.endpoint_rules.as_mut();
    if let Some(parameter) = rules.and_then(|rules| rules.parameters.get_mut(PARAMETER)) {
        let source = "AWS::S3::DisableS3ExpressSessionAuth";
        parameter.built_in.get_or_insert(source.to_owned());
    }
}

/// The header `Expires` of an object is what its owner wrote, a date or not (HTTP has `0` for what has expired). So an answer has
/// its text as well, and a date only if it is one, as in the official SDKs; botocore and these call the text `ExpiresString`.
fn expiry_is_text(model: &mut Model) {
    const DATE: &str = "Expires";
    const TEXT: &str = "ExpiresString";
    let outputs = model.operations.values();
    let outputs: Vec<String> = outputs.filter_map(|it| it.output.clone()).collect();
    for output in outputs {
        let shape = model.shapes.get_mut(&output);
        let Some(Kind::Structure(structure)) = shape.map(|shape| &mut shape.kind) else {
            continue;
        };
        let has_text = structure.members.contains_key(TEXT);
        let Some(date) = structure.members.get_mut(DATE) else {
            continue;
        };
        if date.location != Some(Location::Header) || has_text {
            continue;
        }
        date.lenient = true;
        let text = Member {
            target: TEXT.to_owned(),
            wire_name: Some(date.wire_name.clone().unwrap_or_else(|| DATE.to_owned())),
            documentation: Some("The header Expires as it is, a date or not.".to_owned()),
            lenient: true,
            ..date.clone()
        };
        structure.members.insert(TEXT.to_owned(), text);
        let shape = || Shape::plain(Kind::String);
        model.shapes.entry(TEXT.to_owned()).or_insert_with(shape);
    }
}

/// The answer is `<LocationConstraint>eu-west-1</LocationConstraint>`: the root is the member. Only Smithy's model says so
/// (`s3UnwrappedXmlOutput`).
fn location_is_its_root(model: &mut Model) {
    if let Some(operation) = model.operations.get_mut("GetBucketLocation") {
        operation.unwrapped_output = true;
    }
}

/// No element is around its errors. Only Smithy's model says so (`noErrorWrapping`).
fn errors_are_bare(model: &mut Model) {
    if let Some(protocol) = &mut model.service.protocol {
        protocol.bare_errors();
    }
}

/// Shapes with the members `Event` and `Events`, which are elements of one name. They belong to operations that are
/// deprecated, and Smithy's model has none of them.
const WITH_EVENTS: [&str; 3] = [
    "CloudFunctionConfiguration",
    "QueueConfigurationDeprecated",
    "TopicConfigurationDeprecated",
];

/// A list of one event is the same on the wire as the event by itself, so only the list is left.
fn one_list_of_events(model: &mut Model) {
    for name in WITH_EVENTS {
        let shape = model.shapes.get_mut(name);
        if let Some(Kind::Structure(structure)) = shape.map(|shape| &mut shape.kind)
            && structure.members.contains_key("Events")
        {
            structure.members.shift_remove("Event");
        }
    }
}

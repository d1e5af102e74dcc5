//! What is put right of a model before any decision is taken: what services do although their models do not say so, in
//! a file for each of them, and after that what the user says against the model.
//!
//! Each has its reason. Nothing else in the generator asks which service a model is of, but for the headers in
//! `lower/quirks.rs`.

mod any_value;
mod overrides;
mod region_copies;
mod route_53;
mod s3;
mod s3_control;
mod secrets;
mod sts;

pub(crate) use any_value::conversions;
pub use overrides::Overrides;

use crate::model::Model;
use crate::place::Reporter;

/// Applies all of it.
pub(crate) fn apply(model: &mut Model, overrides: &Overrides, reporter: &Reporter) {
    any_value::apply(model);
    secrets::apply(model);
    region_copies::apply(model);
    match model.service.id.as_str() {
        "S3" => s3::apply(model),
        "S3 Control" => s3_control::apply(model),
        "Route 53" => route_53::apply(model),
        "STS" => sts::apply(model),
        _ => {}
    }
    overrides::apply(model, overrides, reporter);
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a panic is how a test fails"
    )]

    use crate::model::{Kind, Member, Model, Protocol};
    use crate::{BotocoreFiles, JsonFile, fixed, read_botocore};
    use serde_json::{Value, json};

    /// A model of the service that the metadata names, with what a test is about, put right.
    fn model(id: &str, protocol: &str, operations: Value, shapes: Value) -> Model {
        let service = json!({
            "metadata": {
                "apiVersion": "2020-02-02",
                "auth": ["aws.auth#sigv4"],
                "endpointPrefix": "x",
                "protocol": protocol,
                "serviceId": id,
            },
            "operations": operations,
            "shapes": shapes,
        });
        let files = BotocoreFiles {
            service: JsonFile {
                path: "service-2.json".to_owned(),
                value: service,
            },
            service_extras: None,
            paginators: None,
            paginators_extras: None,
            waiters: None,
            endpoint_rules: None,
        };
        fixed(read_botocore(&files).unwrap())
    }

    fn member<'m>(model: &'m Model, shape: &str, member: &str) -> &'m Member {
        let Kind::Structure(structure) = &model.shapes[shape].kind else {
            panic!("{shape} is a structure");
        };
        &structure.members[member]
    }

    #[test]
    fn a_bucket_leaves_the_beginning_of_a_path_and_no_other_place() {
        for (uri, expected) in [
            ("/{Bucket}", "/"),
            ("/{Bucket}?acl", "/?acl"),
            ("/{Bucket}/{Key+}", "/{Key+}"),
            ("/{Bucket}/{Key+}?acl", "/{Key+}?acl"),
            ("/", "/"),
            ("/x/{Bucket}", "/x/{Bucket}"),
        ] {
            let operations = json!({"Do": {"http": {"method": "GET", "requestUri": uri}}});
            let of = |id| model(id, "rest-xml", operations.clone(), json!({}));
            assert_eq!(of("S3").operations["Do"].uri, expected);
            assert_eq!(of("S3 Control").operations["Do"].uri, uri);
        }
    }

    #[test]
    fn what_only_smithy_says_of_answers_of_s3() {
        let operations =
            json!({"GetBucketLocation": {"http": {"method": "GET", "requestUri": "/"}}});
        for (id, expected) in [("S3", true), ("S3 Control", false)] {
            let model = model(id, "rest-xml", operations.clone(), json!({}));
            let location = &model.operations["GetBucketLocation"];
            assert_eq!(location.unwrapped_output, expected);
            let protocol = model.service.protocol.as_ref();
            assert_eq!(protocol.map(Protocol::has_bare_errors), Some(expected));
        }
    }

    #[test]
    fn the_account_leaves_the_host_where_the_rules_want_it() {
        let prefix = |id, prefix: &str, wanted: bool| {
            let operation = json!({
                "http": {"method": "GET", "requestUri": "/"},
                "endpoint": {"hostPrefix": prefix},
                "staticContextParams": if wanted { json!({"RequiresAccountId": {"value": true}}) } else { json!({}) },
            });
            let model = model(id, "rest-xml", json!({"Do": operation}), json!({}));
            model.operations["Do"].host_prefix.clone()
        };
        assert_eq!(prefix("S3 Control", "{AccountId}.", true), None);
        let kept = Some("{AccountId}.".to_owned());
        assert_eq!(prefix("S3 Control", "{AccountId}.", false), kept);
        assert_eq!(prefix("Other", "{AccountId}.", true), kept);
        let other = Some("data.".to_owned());
        assert_eq!(prefix("S3 Control", "data.", true), other);
    }

    #[test]
    fn copies_across_regions_have_a_source_and_a_url() {
        let copied = |id, operation: &str, protocol, url: &str| {
            let shapes = json!({
                "In": {"type": "structure", "members": {url: {"shape": "Text"}}},
                "Text": {"type": "string"},
            });
            let operations =
                json!({operation: {"http": {"method": "POST"}, "input": {"shape": "In"}}});
            let model = model(id, protocol, operations, shapes);
            let Kind::Structure(input) = &model.shapes["In"].kind else {
                panic!("a structure");
            };
            let copy = model.operations[operation].region_copy.clone();
            let copy = copy.map(|copy| (copy.url, copy.sends_regions));
            (copy, input.members.contains_key("SourceRegion"))
        };
        let (url, of_ec2) = ("PreSignedUrl", "PresignedUrl");
        let filled = |url: &str, sends_regions| Some((url.to_owned(), sends_regions));
        for (id, operation) in [
            ("RDS", "CopyDBSnapshot"),
            ("RDS", "StartDBInstanceAutomatedBackupsReplication"),
            ("Neptune", "CopyDBClusterSnapshot"),
            ("DocDB", "CreateDBCluster"),
        ] {
            assert_eq!(
                copied(id, operation, "query", url),
                (filled(url, false), true)
            );
        }
        let snapshot = copied("EC2", "CopySnapshot", "ec2", of_ec2);
        assert_eq!(snapshot, (filled(of_ec2, true), false));
        for (id, operation, url) in [
            ("RDS", "DescribeDBSnapshots", url),
            ("RDS", "CopyDBSnapshot", "Url"),
            ("Other", "CopyDBSnapshot", url),
        ] {
            assert_eq!(copied(id, operation, "query", url), (None, false));
        }
    }

    #[test]
    fn ids_of_route_53_lose_what_is_before_them_in_labels_only() {
        let shapes = json!({
            "In": {"type": "structure", "members": {
                "Id": {"shape": "ResourceId", "location": "uri", "locationName": "Id"},
                "Name": {"shape": "Text", "location": "uri", "locationName": "Name"},
                "Other": {"shape": "ResourceId"},
            }},
            "ResourceId": {"type": "string"},
            "Text": {"type": "string"},
        });
        let model = model("Route 53", "rest-xml", json!({}), shapes);
        for (name, expected) in [("Id", true), ("Name", false), ("Other", false)] {
            assert_eq!(member(&model, "In", name).last_segment, expected, "{name}");
        }
    }

    #[test]
    fn values_that_prove_who_somebody_is_are_sensitive() {
        let shapes = || {
            let names = ["tokenType", "roleSessionNameType", "AuthCode", "IdToken"];
            let text = |name: &str| (name.to_owned(), json!({"type": "string"}));
            Value::Object(names.into_iter().map(text).collect())
        };
        let is_secret =
            |id, shape: &str| model(id, "query", json!({}), shapes()).shapes[shape].sensitive;
        assert!(is_secret("STS", "tokenType"));
        assert!(!is_secret("STS", "roleSessionNameType"));
        assert!(is_secret("SSO OIDC", "AuthCode"));
        assert!(is_secret("Signin", "IdToken"));
        assert!(!is_secret("Other", "tokenType"));
    }

    #[test]
    fn sts_is_asked_again_where_its_identity_provider_may_answer_otherwise() {
        let error = |code: &str| json!({"type": "structure", "members": {}, "exception": true, "error": {"code": code}});
        let shapes = json!({
            "IDPCommunicationErrorException": error("IDPCommunicationError"),
            "IDPRejectedClaimException": error("IDPRejectedClaim"),
            "InvalidIdentityTokenException": error("InvalidIdentityToken"),
        });
        let retried = |id, shape: &str| {
            let model = model(id, "query", json!({}), shapes.clone());
            let Kind::Structure(structure) = &model.shapes[shape].kind else {
                panic!("{shape} is a structure");
            };
            structure.error.as_ref().unwrap().retryable.is_some()
        };
        assert!(retried("STS", "IDPCommunicationErrorException"));
        assert!(retried("STS", "InvalidIdentityTokenException"));
        assert!(!retried("STS", "IDPRejectedClaimException"));
        assert!(!retried("Other", "IDPCommunicationErrorException"));
    }
}

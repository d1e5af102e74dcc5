//! Copies from another region, for which the service wants a URL that is presigned there. No model says so: botocore and
//! the official SDKs fill it in (botocore's `inject_presigned_url_ec2` and `inject_presigned_url_rds`).

use crate::model::{Kind, Member, Model, RegionCopy, Shape};

/// The operations of a service that copy from another region.
struct Copies {
    /// The `serviceId` of the service.
    service: &'static str,
    operations: &'static [&'static str],
    /// The member with the URL.
    url: &'static str,
    /// Whether the source and the destination are sent as well, by members of the model.
    sends_regions: bool,
}

const COPIES: [Copies; 4] = [
    Copies {
        service: "EC2",
        operations: &["CopySnapshot"],
        url: "PresignedUrl",
        sends_regions: true,
    },
    Copies {
        service: "RDS",
        operations: &[
            "CopyDBClusterSnapshot",
            "CopyDBSnapshot",
            "CreateDBCluster",
            "CreateDBInstanceReadReplica",
            "StartDBInstanceAutomatedBackupsReplication",
        ],
        url: "PreSignedUrl",
        sends_regions: false,
    },
    // These two have RDS's interface for clusters.
    Copies {
        service: "Neptune",
        operations: &["CopyDBClusterSnapshot", "CreateDBCluster"],
        url: "PreSignedUrl",
        sends_regions: false,
    },
    Copies {
        service: "DocDB",
        operations: &["CopyDBClusterSnapshot", "CreateDBCluster"],
        url: "PreSignedUrl",
        sends_regions: false,
    },
];

/// The member with the source region. Only EC2's model has it: botocore adds it to the others (`service-2.sdk-extras.json`),
/// and no service but EC2 is sent it.
const SOURCE: &str = "SourceRegion";

pub(super) fn apply(model: &mut Model) {
    let id = model.service.id.as_str();
    let Some(copies) = COPIES.iter().find(|copies| copies.service == id) else {
        return;
    };
    for name in copies.operations {
        let Some(operation) = model.operations.get_mut(*name) else {
            continue;
        };
        let input = operation.input.as_ref();
        let input = input.and_then(|input| model.shapes.get_mut(input));
        let Some(Kind::Structure(input)) = input.map(|shape| &mut shape.kind) else {
            continue;
        };
        if !input.members.contains_key(copies.url) {
            continue;
        }
        operation.region_copy = Some(RegionCopy {
            url: copies.url.to_owned(),
            sends_regions: copies.sends_regions,
        });
        if !copies.sends_regions && !input.members.contains_key(SOURCE) {
            input.members.insert(SOURCE.to_owned(), source_region());
            let text = || Shape::plain(Kind::String);
            model.shapes.entry(SOURCE.to_owned()).or_insert_with(text);
        }
    }
}

fn source_region() -> Member {
    Member {
        target: SOURCE.to_owned(),
        documentation: Some(format!(
            "The region that is copied from. If it is set and no URL, the client presigns the request there and sends the URL; {SOURCE} itself is not sent."
        )),
        ..Member::default()
    }
}

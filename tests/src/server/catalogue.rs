//! The images that the server lists: as many as asked for, the same ones every time.

use jiff::Timestamp;
use serde_json::{Value, json};

/// Name, platform, operating system and type of the four images whose builds fill a catalogue in turn.
const FAMILIES: [(&str, &str, &str, &str); 4] = [
    ("web", "Linux", "Amazon Linux 2023", "AMI"),
    ("batch", "Linux", "Ubuntu 24", "DOCKER"),
    ("desktop", "Windows", "Microsoft Windows Server 2022", "AMI"),
    ("render", "macOS", "macOS 14", "AMI"),
];
const STATUSES: [&str; 12] = [
    "AVAILABLE",
    "PENDING",
    "CREATING",
    "BUILDING",
    "TESTING",
    "DISTRIBUTING",
    "INTEGRATING",
    "CANCELLED",
    "FAILED",
    "DEPRECATED",
    "DELETED",
    "DISABLED",
];
const BUILD_TYPES: [&str; 4] = ["USER_INITIATED", "SCHEDULED", "IMPORT", "IMPORT_ISO"];
const SOURCES: [&str; 4] = ["AMAZON_MANAGED", "AWS_MARKETPLACE", "IMPORTED", "CUSTOM"];
/// 2024-01-01T00:00:00Z, when the first image was made; the others follow an hour apart.
const EPOCH: i64 = 1_704_067_200;

/// Generated images, as `ListImageBuildVersions` gives them.
#[derive(Clone, Debug)]
pub struct Catalogue {
    images: Vec<Value>,
}

impl Catalogue {
    /// A catalogue of this many images. Image `n` is the same in every catalogue.
    #[must_use]
    pub fn of(size: usize) -> Self {
        let images = (0..).take(size).map(image).collect();
        Self { images }
    }

    /// The images, in the order in which they are listed.
    #[must_use]
    pub fn images(&self) -> &[Value] {
        &self.images
    }

    /// The ARNs of the images, in the order in which they are listed.
    #[must_use]
    pub fn arns(&self) -> Vec<String> {
        self.images
            .iter()
            .filter_map(|image| image.get("arn")?.as_str().map(str::to_owned))
            .collect()
    }
}

fn image(index: u32) -> Value {
    let (name, platform, os, kind) = pick(FAMILIES, index);
    let build = index / 4 + 1;
    let made = EPOCH + i64::from(index) * 3_600;
    let mut image = json!({
        "arn": format!("arn:aws:imagebuilder:eu-west-1:123456789012:image/{name}/1.0.0/{build}"),
        "name": name,
        "type": kind,
        "version": format!("1.0.0/{build}"),
        "platform": platform,
        "osVersion": os,
        "state": state(index),
        "owner": "123456789012",
        "dateCreated": date(made),
        "outputResources": resources(index, name, kind),
        "tags": { "team": format!("team-{}", index % 7), "stage": "test" },
        "buildType": pick(BUILD_TYPES, build),
        "imageSource": pick(SOURCES, build / 4),
        "loggingConfiguration": { "logGroupName": format!("/aws/imagebuilder/{name}") },
    });
    if let Some(members) = image.as_object_mut()
        && index.is_multiple_of(3)
    {
        members.insert(
            "deprecationTime".to_owned(),
            json!(f64::from(index) + 1.8e9 + 0.5),
        );
        let run = format!("lce-00000000-0000-4000-8000-{index:012x}");
        members.insert("lifecycleExecutionId".to_owned(), json!(run));
    }
    image
}

fn state(index: u32) -> Value {
    let status = pick(STATUSES, index / 4);
    if status != "FAILED" {
        return json!({ "status": status });
    }
    let id = format!("00000000-0000-4000-8000-{index:012x}");
    let mut context = json!({
        "imageStatus": "BUILDING",
        "workflowExecutionId": format!("wf-{id}"),
        "workflowArn": "arn:aws:imagebuilder:eu-west-1:aws:workflow/build/build-image/1.0.0/1",
        "stepExecutionId": format!("step-{id}"),
        "failedStep": "ApplyBuildComponents",
    });
    let (member, failure) = if index.is_multiple_of(2) {
        let component = json!({
            "componentArn": "arn:aws:imagebuilder:eu-west-1:123456789012:component/tools/1.0.0/1",
            "phaseName": "build",
            "stepName": "Install",
            "action": "ExecuteBash",
            "errorMessage": "exit status 1",
        });
        ("componentFailure", component)
    } else {
        let region = json!({
            "region": "eu-north-1",
            "status": "TIMED_OUT",
            "imageConfigurationStep": "EXPORT_AMI",
            "errorMessage": "no answer for an hour",
            "targetAccountId": "210987654321",
        });
        let distribution = json!({ "errorMessage": "1 region failed", "regionFailures": [region] });
        ("distributionFailure", distribution)
    };
    if let Some(members) = context.as_object_mut() {
        members.insert(member.to_owned(), failure);
    }
    json!({ "status": status, "reason": "the build failed", "failureContext": context })
}

fn resources(index: u32, name: &str, kind: &str) -> Value {
    if kind == "DOCKER" {
        let uri = format!("123456789012.dkr.ecr.eu-west-1.amazonaws.com/{name}:{index}");
        return json!({ "containers": [{ "region": "eu-west-1", "imageUris": [uri] }] });
    }
    json!({ "amis": [{
        "region": "eu-west-1",
        "image": format!("ami-{index:017x}"),
        "name": format!("{name} {index}"),
        "description": format!("Build {index} of {name}"),
        "state": { "status": "AVAILABLE" },
        "accountId": "123456789012",
    }] })
}

/// ISO 8601 text with milliseconds, as the service writes `dateCreated`.
fn date(second: i64) -> String {
    Timestamp::from_second(second)
        .unwrap_or_default()
        .strftime("%Y-%m-%dT%H:%M:%S.000Z")
        .to_string()
}

/// Item `index` of an endless repetition of the items.
fn pick<T: Copy + Default, const N: usize>(items: [T; N], index: u32) -> T {
    let at = usize::try_from(index).unwrap_or_default();
    items
        .into_iter()
        .cycle()
        .nth(at % N.max(1))
        .unwrap_or_default()
}

//! The command: what it prints, what the crates would cost, and what it writes.

use crate::{project, write};
use std::path::Path;
use std::process::{Command, Output};

/// A model with one operation that is generated, and one that cannot be.
const MODEL: &str = r#"{
  "metadata": {"apiVersion": "2012-11-05", "endpointPrefix": "sqs", "protocol": "json", "jsonVersion": "1.0",
               "serviceId": "SQS", "serviceFullName": "Queues", "signatureVersion": "v4", "targetPrefix": "AmazonSQS"},
  "operations": {
    "ListQueues": {"name": "ListQueues", "http": {"method": "POST", "requestUri": "/"},
                   "input": {"shape": "ListQueuesRequest"}, "output": {"shape": "ListQueuesResult"}},
    "SendMessage": {"name": "SendMessage", "http": {"method": "POST", "requestUri": "/"},
                    "input": {"shape": "Missing"}}
  },
  "shapes": {
    "ListQueuesRequest": {"type": "structure", "members": {"Prefix": {"shape": "String"}}},
    "ListQueuesResult": {"type": "structure", "members": {"Urls": {"shape": "Urls"}}},
    "Urls": {"type": "list", "member": {"shape": "String"}},
    "String": {"type": "string"}
  }
}"#;

/// Endpoint rules that are the same for each region.
const RULES: &str = r#"{
  "version": "1.0",
  "parameters": {"Region": {"builtIn": "AWS::Region", "required": true, "documentation": "", "type": "String"}},
  "rules": [{"conditions": [], "endpoint": {"url": "https://sqs.{Region}.amazonaws.com", "properties": {}, "headers": {}}, "type": "endpoint"}]
}"#;

const PROGRAM: &str = "async fn run(c: aws_sdk_sqs::Client) {\n    c.list_queues().send().await;\n    c.send_message().customize().send().await;\n    c.purge_queue().send().await;\n}\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-tinsmith"))
        .args(["tinsmith", "scan"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn has(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(
            text.lines()
                .any(|known| known.split_whitespace().eq(line.split_whitespace())),
            "no {line:?} in\n{text}"
        );
    }
}

#[test]
fn people_read_operations_costs_and_what_there_is_no_counterpart_of() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), PROGRAM);
    let text = said(&run(folder.path(), &[]));
    has(
        &text,
        &[
            "1 package, 1 file: 3 operations of 1 service",
            "sqs (aws-sdk-sqs): 3 operations",
            "ListQueues call src/main.rs:2",
            "what the crates would cost is not known without a model: sqs; `--from <botocore/data or wheel>` has them",
            "`.customize()`; the nearest: none",
        ],
    );
    write(folder.path(), "models/sqs/2012-11-05/service-2.json", MODEL);
    write(
        folder.path(),
        "models/sqs/2012-11-05/endpoint-rule-set-1.json",
        RULES,
    );
    let text = said(&run(folder.path(), &[]));
    has(&text, &["sqs: PurgeQueue: no operation of the model"]);
    let cost = text
        .lines()
        .find(|line| line.trim_start().starts_with("sqs ") && !line.contains('('))
        .unwrap();
    let cost: Vec<usize> = cost
        .split_whitespace()
        .skip(1)
        .map(|word| word.parse().unwrap())
        .collect();
    let [operations, shapes, lines] = cost.as_slice() else {
        panic!("{cost:?}")
    };
    assert_eq!((*operations, *shapes), (1, 4));
    assert!((100..1_000).contains(lines), "{lines}");
    assert!(text.contains("sqs: SendMessage: "), "{text}");
}

#[test]
fn what_was_found_is_written_and_what_is_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), PROGRAM);
    let text = said(&run(folder.path(), &["--write"]));
    has(&text, &["tinsmith.toml is written: 3 operations added"]);
    let file = folder.path().join("tinsmith.toml");
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("[services.sqs]\nmodel = \"models/sqs/2012-11-05\"\noperations = [\"ListQueues\", \"PurgeQueue\", \"SendMessage\"]\n"), "{written}");
    // It is what the other commands read.
    cargo_tinsmith::config::Config::read(folder.path()).unwrap();

    let mine = "documentation = \"strip\" # facts\n\n[services.sqs]\nmodel = \"mine\"\noperations = [\"SendMessage\"] # more to come\n";
    std::fs::write(&file, mine).unwrap();
    let output = run(folder.path(), &["--write", "--format", "json"]);
    assert!(said(&output).starts_with("{\n  \"services\""));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "tinsmith.toml is written: 2 operations added\n"
    );
    let written = std::fs::read_to_string(&file).unwrap();
    let expected = mine.replace(
        "[\"SendMessage\"]",
        "[\"ListQueues\", \"PurgeQueue\", \"SendMessage\"]",
    );
    assert_eq!(written, expected);
    let text = said(&run(folder.path(), &["--write"]));
    has(&text, &["tinsmith.toml has all of it already"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), expected);
}

#[test]
fn what_is_undecided_is_said_beside_json() {
    let folder = tempfile::tempdir().unwrap();
    project(
        folder.path(),
        "use aws_sdk_dynamodb as a;\nuse aws_sdk_lambda as b;\nasync fn run(c: Unknown) {\n    c.tag_resource().send().await;\n}\n",
    );
    let output = run(folder.path(), &[".", "--format", "json"]);
    serde_json::from_str::<serde_json::Value>(&said(&output)).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("src/main.rs:4  tag_resource of dynamodb or lambda"),
        "{said}"
    );
}

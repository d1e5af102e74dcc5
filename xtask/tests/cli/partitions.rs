//! `cargo xtask partitions`: the table is what the data says, and data of another form is reported.

use crate::support::{Workspace, says};

const TABLE: &str = "runtime/src/endpoint/partitions/table.rs";

const DATA: &str = r#"{
  "version": "1.1",
  "partitions": [
    {
      "id": "aws-x",
      "outputs": {
        "dnsSuffix": "x.example.com", "dualStackDnsSuffix": "ds.example.com", "implicitGlobalRegion": "x-a-1",
        "name": "aws-x", "supportsDualStack": false, "supportsFIPS": true
      },
      "regionRegex": "^x\\-(de|fr)\\-\\w+\\-\\d+$",
      "regions": { "x-de-east-1": { "description": "Here" }, "aws-x-global": { "description": "Everywhere" } }
    },
    {
      "id": "aws",
      "outputs": {
        "dnsSuffix": "example.com", "dualStackDnsSuffix": "ds.example.com", "implicitGlobalRegion": "us-east-1",
        "name": "aws", "supportsDualStack": true, "supportsFIPS": true
      },
      "regionRegex": "^(us|eu)\\-\\w+\\-\\d+$",
      "regions": { "us-east-1": {} }
    }
  ]
}"#;

fn workspace(test: &str) -> Workspace {
    let workspace = Workspace::new(test);
    workspace.write(TABLE, "");
    workspace
}

#[test]
fn the_table_is_written_and_compared() {
    let workspace = workspace("partitions-write");
    workspace.write("partitions.json", DATA);
    let check = ["partitions", "--from", "partitions.json", "--check"];
    says(
        &workspace.run(&check).failed(),
        &["is not what the data says"],
    );
    workspace.run(&check[..3]).succeeded();
    let table = workspace.read(TABLE);
    // The default is first; a region that follows the others' form is not listed.
    let expected = [
        "[Partition; 2]",
        "name: \"aws\",",
        "regions: &[],",
        "prefixes: &[\"us\", \"eu\"],",
        "name: \"aws-x\",",
        "supports_dual_stack: false,",
        "regions: &[\"aws-x-global\"],",
        "prefixes: &[\"x-de\", \"x-fr\"],",
    ];
    let mut rest = table.as_str();
    for part in expected {
        let found = rest.split_once(part);
        assert!(found.is_some(), "{part} in {table}");
        rest = found.map_or("", |(_, after)| after);
    }
    workspace.run(&check).succeeded();
}

#[test]
fn data_of_another_form_is_reported() {
    let workspace = workspace("partitions-bad");
    let rows = [
        (
            r"^(us|eu)\\-\\w+\\-\\d+$",
            r"^us.*$",
            r"expected a regular expression such as `^(us|eu)\-\w+\-\d+$`, found `^us.*$`",
        ),
        (
            "\"us-east-1\": {}",
            "\"us-east-1\": { \"dnsSuffix\": \"a\" }",
            "found `dnsSuffix`",
        ),
        (
            "\"id\": \"aws\"",
            "\"id\": \"was\"",
            "expected a partition `aws`",
        ),
        (
            "\"supportsFIPS\": true",
            "\"supportsFips\": true",
            "found `supportsFips`",
        ),
        (
            "\"regionRegex\"",
            "\"regionRegexp\"",
            "expected `regionRegex`, found none",
        ),
    ];
    for (was, is, expected) in rows {
        assert!(DATA.contains(was), "{was}");
        workspace.write("partitions.json", &DATA.replace(was, is));
        let said = workspace.run(&["partitions", "--from", "partitions.json"]);
        says(&said.failed(), &[expected]);
        assert_eq!(workspace.read(TABLE), "");
    }
}

/// The committed table, where the published data is there.
#[test]
fn the_table_of_the_runtime_is_up_to_date() {
    let Ok(data) = std::env::var("TINSMITH_TEST_DATA") else {
        println!("skipped: TINSMITH_TEST_DATA is not set");
        return;
    };
    let package = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let request = xtask::partitions::Request {
        from: std::path::Path::new(&data).join("endpoints/partitions.json"),
        check: true,
    };
    let root = package.parent().unwrap();
    xtask::partitions::run(root, &request).unwrap();
}

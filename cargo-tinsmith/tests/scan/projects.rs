//! Projects of several files, targets and packages.

use crate::expected::Expected;
use crate::{project, write};
use cargo_tinsmith::scan;
use std::path::Path;

/// Writes files, scans the folder, and compares with the comments in the files.
fn check(files: &[(&str, &str)]) -> scan::Scan {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    let found = scan::scan(folder.path()).unwrap();
    let expected = Expected::of(files);
    let wrong = expected.compare(&found);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    found
}

#[test]
fn modules_targets_and_tests_of_a_package() {
    let found = check(&[
        (
            "Cargo.toml",
            "[package]\nname = \"my-app\"\nbuild = \"build.rs\"\n[dependencies]\naws-sdk-s3 = \"1\"\n\
             [dev-dependencies]\naws-sdk-sqs = \"1\"\n[[bin]]\nname = \"other\"\npath = \"elsewhere/other.rs\"\n",
        ),
        (
            "src/lib.rs",
            "pub mod store;\nmod deep;\n#[cfg(test)]\nmod testing;\n#[path = \"odd name.rs\"]\nmod odd;\npub use aws_sdk_s3::Client as Objects;\n",
        ),
        (
            "src/store.rs",
            "pub struct Store { pub client: crate::Objects }\nimpl Store { pub fn client(&self) -> &super::Objects { &self.client } }\n",
        ),
        ("src/deep/mod.rs", "mod deeper;\nuse super::store::*;\n"),
        (
            "src/deep/deeper.rs",
            "use super::Store;\nfn run(store: Store) { store.client.get_object(); } //~ s3 GetObject call\n",
        ),
        (
            "src/testing.rs",
            "fn run(c: aws_sdk_s3::Client) { c.list_buckets(); } //~ s3 ListBuckets call test\n",
        ),
        (
            "src/odd name.rs",
            "fn run(c: &crate::Objects) { c.copy_object(); } //~ s3 CopyObject call\n",
        ),
        // No target declares it.
        (
            "src/forgotten.rs",
            "fn run(c: aws_sdk_s3::Client) { c.delete_bucket(); }\n",
        ),
        (
            "src/bin/tool.rs",
            "fn main() { my_app::store::Store::client(&store()).put_object(); } //~ s3 PutObject call\n",
        ),
        (
            "elsewhere/other.rs",
            "use my_app::Objects;\nfn main() { Objects::new(&c).head_object(); } //~ s3 HeadObject call\n",
        ),
        (
            "tests/it.rs",
            "mod common;\nfn run(c: &common::Queue) { c.send_message(); } //~ sqs SendMessage call test\n",
        ),
        (
            "tests/common/mod.rs",
            "pub type Queue = aws_sdk_sqs::Client;\n",
        ),
        (
            "examples/demo.rs",
            "fn main() { my_app::Objects::new(&c).head_bucket(); } //~ s3 HeadBucket call\n",
        ),
        (
            "benches/speed.rs",
            "fn main() { my_app::Objects::new(&c).get_bucket_acl(); } //~ s3 GetBucketAcl call\n",
        ),
        (
            "build.rs",
            "fn main() { let c: aws_sdk_s3::Client = c(); c.put_bucket_acl(); } //~ s3 PutBucketAcl call\n",
        ),
    ]);
    assert_eq!(found.packages, 1);
    assert_eq!(found.files, 13);
}

const WORKSPACE: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        "[workspace]\nmembers = [\"crates/*\", \"app\"]\nexclude = [\"crates/left\"]\n\
         [workspace.dependencies]\ndynamo = { package = \"aws-sdk-dynamodb\", version = \"1\" }\naws-sdk-sfn = \"1\"\nclients = { path = \"crates/clients\" }\n",
    ),
    (
        "crates/clients/Cargo.toml",
        "[package]\nname = \"clients\"\n[dependencies]\ndynamo = { workspace = true, features = [\"rustls\"] }\naws-sdk-sfn.workspace = true\n\
         [target.'cfg(unix)'.dependencies]\naws-sdk-elasticloadbalancingv2 = \"1\"\n",
    ),
    (
        "crates/clients/src/lib.rs",
        "pub use dynamo as tables;\npub struct All { pub tables: dynamo::Client, pub flows: aws_sdk_sfn::Client }\n\
         impl All { pub async fn flows(&self) -> aws_sdk_sfn::Client { self.flows.clone() } }\n\
         pub fn balancers() -> aws_sdk_elasticloadbalancingv2::Client { todo!() }\n",
    ),
    (
        "crates/left/Cargo.toml",
        "[package]\nname = \"left\"\n[dependencies]\naws-sdk-s3 = \"1\"\n",
    ),
    (
        "crates/left/src/lib.rs",
        "fn run(c: aws_sdk_s3::Client) { c.get_object(); }\n",
    ),
    (
        "app/Cargo.toml",
        "[package]\nname = \"app\"\n[dependencies]\nclients = { workspace = true }\ninside = { path = \"../inside\" }\n",
    ),
    (
        "app/src/main.rs",
        "async fn run(all: &clients::All) {\n\
         all.flows().await.start_execution(); //~ stepfunctions StartExecution call\n\
         all.tables.get_item(); //~ dynamodb GetItem call\n\
         clients::tables::Client::new(&config).scan(); //~ dynamodb Scan call\n\
         clients::balancers().describe_load_balancers(); //~ elbv2 DescribeLoadBalancers call\n\
         }\n",
    ),
    // A path dependency inside of the workspace's folder is a member.
    (
        "inside/Cargo.toml",
        "[package]\nname = \"inside\"\n[dependencies]\naws-sdk-s3 = { path = \"../generated/s3\", package = \"s3\" }\n",
    ),
    (
        "inside/src/lib.rs",
        "fn run(c: aws_sdk_s3::Client) { c.put_object(); } //~ s3 PutObject call\n",
    ),
];

#[test]
fn a_workspace_with_renamed_and_inherited_dependencies() {
    let found = check(WORKSPACE);
    assert_eq!(found.packages, 3);
    assert_eq!(found.outside, [Path::new("crates/left")]);
    let packages: Vec<&str> = found
        .services
        .iter()
        .map(|service| service.package.as_str())
        .collect();
    assert_eq!(
        packages,
        [
            "aws-sdk-dynamodb",
            "aws-sdk-elasticloadbalancingv2",
            "aws-sdk-s3",
            "aws-sdk-sfn"
        ]
    );
}

#[test]
fn a_member_is_scanned_alone_with_the_types_of_what_it_depends_on() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in WORKSPACE {
        write(folder.path(), name, text);
    }
    let found = scan::scan(&folder.path().join("app")).unwrap();
    assert_eq!(found.packages, 1);
    let operations = found
        .services
        .iter()
        .flat_map(|service| &service.operations);
    let operations: Vec<&str> = operations
        .map(|operation| operation.name.as_str())
        .collect();
    assert_eq!(
        operations,
        ["GetItem", "Scan", "DescribeLoadBalancers", "StartExecution"]
    );
    let place = found.services[0].operations[0].places[0].to_string();
    assert_eq!(place, "src/main.rs:3");
}

#[test]
fn a_folder_without_a_manifest_has_the_packages_below_it() {
    let folder = tempfile::tempdir().unwrap();
    for (below, call) in [("one", "get_object"), ("two/deep", "put_object")] {
        let source = format!("fn main() {{ let c: aws_sdk_s3::Client = c(); c.{call}(); }}\n");
        project(&folder.path().join(below), &source);
    }
    let found = scan::scan(folder.path()).unwrap();
    assert_eq!(found.packages, 2);
    let operations: Vec<&str> = found.services[0]
        .operations
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(operations, ["GetObject", "PutObject"]);
}

#[test]
fn names_that_the_rule_for_names_would_get_wrong_are_those_of_the_model() {
    check(&[
        (
            "Cargo.toml",
            "[package]\nname = \"a\"\n[dependencies]\naws-sdk-iam = \"1\"\naws-sdk-rds = \"1\"\naws-sdk-new = \"1\"\naws-sdk-sesv2 = \"1\"\n",
        ),
        (
            "src/main.rs",
            "async fn run(iam: aws_sdk_iam::Client, rds: aws_sdk_rds::Client, new: aws_sdk_new::Client, mail: aws_sdk_sesv2::Client) {\n\
             iam.list_mfa_devices().send().await; //~ iam ListMFADevices call\n\
             rds.describe_db_instances().send().await; //~ rds DescribeDBInstances call\n\
             rds.wait_until_db_instance_available().wait(d).await; //~ rds DescribeDBInstances waiter\n\
             // A service, and an operation, that are newer than the table.\n\
             new.make_thing().name(\"n\").send().await; //~ new MakeThing call\n\
             iam.make_new_thing().send().await; //~ iam MakeNewThing call\n\
             iam.clone().config().as_ref().from_anything().send().await;\n\
             mail.send_email().send().await; //~ sesv2 SendEmail call\n\
             }\n",
        ),
    ]);
}

#[test]
fn a_service_of_which_only_types_are_used_has_no_operations() {
    let folder = tempfile::tempdir().unwrap();
    project(
        folder.path(),
        "use aws_sdk_dynamodb::types::AttributeValue;\nfn main() { let _: Option<AttributeValue> = None; }\n",
    );
    let found = scan::scan(folder.path()).unwrap();
    assert_eq!(found.services.len(), 1);
    assert_eq!(found.services[0].name, "dynamodb");
    assert_eq!(found.services[0].operations, []);
    assert_eq!(
        scan::json::render(&found),
        "{\n  \"services\": [\n    {\n      \"service\": \"dynamodb\",\n      \"operations\": []\n    }\n  ]\n}\n"
    );
}

#[test]
fn the_result_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    project(
        folder.path(),
        "fn run(c: aws_sdk_s3::Client) {\n    c.get_object().presigned(p);\n    c.get_object();\n}\n",
    );
    let found = scan::scan(folder.path()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&scan::json::render(&found)).unwrap();
    assert_eq!(
        json,
        serde_json::json!({"services": [{"service": "s3", "operations": [{
            "name": "GetObject",
            "uses": ["call", "presigned"],
            "places": ["src/main.rs:2", "src/main.rs:3"],
            "test_only": false,
        }]}]})
    );
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    project(
        folder.path(),
        "mod broken;\nmod deep;\nmod long;\nfn run(c: aws_sdk_s3::Client) { c.get_object(); }\n",
    );
    write(folder.path(), "src/broken.rs", "fn {\n");
    write(
        folder.path(),
        "src/deep.rs",
        &format!(
            "const A: u8 = {}1{};",
            "(".repeat(50_000),
            ")".repeat(50_000)
        ),
    );
    write(
        folder.path(),
        "src/long.rs",
        &format!("const A: bool = {}true;", "!".repeat(200_000)),
    );
    let found = scan::scan(folder.path()).unwrap();
    assert_eq!(found.services[0].operations.len(), 1);
    let unread: Vec<String> = found
        .unread
        .iter()
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert_eq!(unread, ["src/broken.rs", "src/deep.rs", "src/long.rs"]);
}

/// What is as deep as the limit permits must not exhaust the stack.
#[test]
fn the_longest_statement_that_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let source = format!(
        "fn run(c: aws_sdk_s3::Client) {{ c.get_object(); }}\nconst A: bool = {}true;\nconst B: u8 = {}1{};\nfn f() {{ a{}; }}\n",
        "!".repeat(19_900),
        "(".repeat(9_000),
        ")".repeat(9_000),
        ".b()".repeat(6_000),
    );
    project(folder.path(), &source);
    let found = scan::scan(folder.path()).unwrap();
    assert_eq!(found.unread, []);
    assert_eq!(found.services[0].operations.len(), 1);
}

/// Imports, aliases and bounds that lead to themselves end.
#[test]
fn what_leads_to_itself_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut source = String::from(
        "mod a { pub use super::b::*; pub use crate::c::x; }\nmod b { pub use super::a::*; }\nmod c { pub use crate::a::x; }\n\
         use a::x;\nuse y as z; use z as y;\ntype A = B; type B = Vec<A>;\nstruct S<T: From<U>, U: From<T>>(T, U);\n\
         impl std::ops::Deref for P { type Target = P; }\nstruct P;\n\
         fn run<T: From<U>, U: From<T>>(t: T, p: P, s: S<T, U>) { t.get(); p.get(); x.get(); y.get(); let a: A = s.0; }\n\
         fn last(c: aws_sdk_s3::Client) { c.get_object(); }\ntype T0 = aws_sdk_s3::Client;\n",
    );
    // Exponential in the number of aliases, if each were followed each time.
    for number in 1..60 {
        let before = number - 1;
        source.push_str(&format!("type T{number} = (T{before}, T{before});\n"));
    }
    source.push_str("fn many(t: T59) { t.0.0; }\n");
    project(folder.path(), &source);
    let found = scan::scan(folder.path()).unwrap();
    assert_eq!(found.services[0].operations.len(), 1);
}

#[test]
fn no_project_is_an_error_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let report = scan::scan(folder.path()).unwrap_err().to_string();
    assert!(report.contains("a folder with a Cargo.toml"), "{report}");
    write(folder.path(), "Cargo.toml", "not toml");
    let report = scan::scan(folder.path()).unwrap_err().to_string();
    assert!(report.contains("is not TOML"), "{report}");
}

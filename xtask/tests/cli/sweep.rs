//! `cargo xtask sweep`: a whole release generated in memory, and every service that is refused named with its reason.

use crate::support::{ENDPOINT_RULES, MODEL, PAGINATORS, Workspace, says};

/// A release of two services: the tiny one, and one that is its like but for `from`, which reads `to`.
fn release(test: &str, from: &str, to: &str) -> Workspace {
    let workspace = Workspace::empty(test);
    assert!(MODEL.contains(from), "{from}");
    for (service, model) in [
        ("tiny", MODEL.to_owned()),
        ("other", MODEL.replace(from, to)),
    ] {
        let place = |name: &str| format!("data/{service}/2020-01-01/{name}");
        workspace.write(&place("service-2.json"), &model);
        workspace.write(&place("paginators-1.json"), PAGINATORS);
        workspace.write(&place("endpoint-rule-set-1.json"), ENDPOINT_RULES);
    }
    workspace
}

#[test]
fn a_release_that_generates_is_counted_by_protocol() {
    let workspace = release(
        "sweep-whole",
        "\"serviceId\": \"tiny\"",
        "\"serviceId\": \"other\"",
    );
    let said = workspace.run(&["sweep", "--from", "data"]).succeeded();
    says(&said, &["rest-json", "2 of 2"]);
    assert!(!workspace.has("generated"), "a sweep writes nothing");
}

#[test]
fn a_service_that_is_refused_is_named_with_its_reason_and_fails_the_sweep() {
    let list = "\"type\": \"list\", \"member\": { \"shape\": \"Thing\" }";
    let workspace = release("sweep-refused", list, &list.replace("Thing", "Thong"));
    // The table is the answer, so it goes to standard output; the exit code says that it is not all good.
    let ran = workspace.run(&["sweep", "--from", "data"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    says(
        &ran.out,
        &[
            "total: 1 of 2 services generated",
            "1 problem: expected the name of a shape",
            "other: in data/other/2020-01-01/service-2.json at shapes.Things.member: Thong",
        ],
    );
}

#[test]
fn only_the_named_services_are_swept_and_an_unknown_one_is_reported() {
    let workspace = release(
        "sweep-only",
        "\"serviceId\": \"tiny\"",
        "\"serviceId\": \"other\"",
    );
    let said = workspace
        .run(&["sweep", "--from", "data", "--only", "tiny"])
        .succeeded();
    says(&said, &["total: 1 of 1 service generated"]);
    let ran = workspace.run(&["sweep", "--from", "data", "--only", "tiny,othr"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    says(
        &ran.err,
        &[
            "error: expected the name of a service of this release, found `othr`; did you mean `other`?",
        ],
    );
}

#[test]
fn a_service_of_another_protocol_fails_the_sweep_only_where_it_is_named() {
    let workspace = release(
        "sweep-protocol",
        "\"protocol\": \"rest-json\", \"protocols\": [\"rest-json\"]",
        "\"protocol\": \"later\", \"protocols\": [\"later\"]",
    );
    let said = workspace.run(&["sweep", "--from", "data"]).succeeded();
    says(
        &said,
        &[
            "total: 1 of 2 services generated",
            "metadata.protocol: later",
        ],
    );
    let ran = workspace.run(&["sweep", "--from", "data", "--only", "other"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    says(
        &ran.err,
        &[
            "1 service named by --only, or of protocols that the runtime supports, cannot be generated",
        ],
    );
}

/// The longer model is the larger one, whichever is named first.
#[test]
fn the_largest_services_are_swept_besides_the_named_ones() {
    let workspace = release(
        "sweep-largest",
        "\"serviceId\": \"tiny\"",
        "\"serviceId\": \"a longer name\"",
    );
    for (more, expected) in [
        (&["--largest", "1"][..], ["other", "1 of 1 service "]),
        (&["--largest", "2"], ["tiny", "2 of 2 services "]),
        (
            &["--largest", "1", "--only", "tiny"],
            ["tiny", "2 of 2 services "],
        ),
    ] {
        let sweep = [&["sweep", "--from", "data"], more].concat();
        says(&workspace.run(&sweep).succeeded(), &expected);
    }
    let sweep = [
        "sweep",
        "--from",
        "data",
        "--largest",
        "1",
        "--manifest",
        "demand.toml",
    ];
    let said = workspace.run(&sweep).failed();
    says(
        &said,
        &["'--largest <N>' cannot be used with '--manifest <FILE>'"],
    );
}

#[test]
fn a_manifest_names_the_services_and_their_operations() {
    let workspace = release(
        "sweep-manifest",
        "\"serviceId\": \"tiny\"",
        "\"serviceId\": \"other\"",
    );
    workspace.write("demand.toml", "[services]\nother = [\"GetThing\"]\n");
    let sweep = ["sweep", "--from", "data", "--manifest", "demand.toml"];
    let said = workspace.run(&sweep).succeeded();
    let row = said.lines().find(|line| line.starts_with("rest-json"));
    let row: Vec<&str> = row.unwrap_or_default().split_whitespace().collect();
    assert_eq!(row.get(1..4), Some(&["1", "1", "1"][..]), "{said}");

    workspace.write("demand.toml", "[services]\nother = [\"GetThong\"]\n");
    let ran = workspace.run(&sweep);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    says(&ran.out, &["total: 0 of 1 service generated", "GetThong"]);
    says(&ran.err, &["1 service of the manifest cannot be generated"]);
}

#[test]
fn a_manifest_that_is_another_is_reported() {
    let workspace = release(
        "sweep-bad-manifest",
        "\"serviceId\": \"tiny\"",
        "\"serviceId\": \"other\"",
    );
    let rows = [
        ("", "missing field `services`"),
        ("[services]", "expected services, found none"),
        (
            "[services]\ntiny = []",
            "expected operations of `tiny`, found none",
        ),
        (
            "[services]\nothr = [\"GetThing\"]",
            "found `othr`; did you mean `other`?",
        ),
        ("[service]\ntiny = []", "unknown field `service`"),
    ];
    for (text, expected) in rows {
        workspace.write("demand.toml", text);
        let sweep = ["sweep", "--from", "data", "--manifest", "demand.toml"];
        let said = workspace.run(&sweep).failed();
        says(&said, &[expected]);
    }
}

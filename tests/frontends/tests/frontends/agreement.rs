//! The same revision of a service through both readers is the same model, and the same crate.
//!
//! Each folder of `pairs/` is one feature, written in both formats. What only one of the formats can say stands in the
//! folder's `differences.txt`, exactly.

use std::fs;
use std::path::{Path, PathBuf};
use tinsmith_codegen::{Generated, JsonFile, Model, Problems, read_smithy};
use tinsmith_frontends::{differences, files};

fn pairs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs")
}

/// The AST in a folder, with the rules that all pairs share.
fn smithy(folder: &Path, rules: &JsonFile) -> Model {
    let mut file = files::json(&folder.join("model.smithy.json"))
        .unwrap()
        .unwrap();
    for shape in file.value["shapes"].as_object_mut().unwrap().values_mut() {
        if shape["type"] == "service" {
            shape["traits"]["smithy.rules#endpointRuleSet"] = rules.value.clone();
        }
    }
    read_smithy(&file, None).unwrap_or_else(|problems| panic!("{}:\n{problems}", folder.display()))
}

/// The files that are not the same in two crates; what is wrong with either, where there is none.
fn generated(
    one: &Result<Generated, Problems>,
    other: &Result<Generated, Problems>,
) -> Vec<String> {
    let messages = |problems: &Problems| {
        let mut found: Vec<_> = problems
            .0
            .iter()
            .map(|it| format!("{}: {}", it.path, it.message))
            .collect();
        found.sort();
        found
    };
    match (one, other) {
        (Ok(one), Ok(other)) => {
            let paths = one.tree.keys().chain(other.tree.keys());
            let mut paths: Vec<_> = paths
                .filter(|path| one.tree.get(*path) != other.tree.get(*path))
                .collect();
            paths.sort();
            paths.dedup();
            paths
                .into_iter()
                .map(|path| format!("generated {path}"))
                .collect()
        }
        (Err(one), Err(other)) if messages(one) == messages(other) => Vec::new(),
        (Err(one), Err(other)) => vec![format!(
            "problems {:?} | {:?}",
            messages(one),
            messages(other)
        )],
        (one, other) => vec![format!(
            "generated {:?} | {:?}",
            one.as_ref().err(),
            other.as_ref().err()
        )],
    }
}

fn all_differences(botocore: &Model, smithy: &Model) -> String {
    let mut found = differences(botocore, smithy);
    found.extend(generated(
        &files::whole_crate(botocore),
        &files::whole_crate(smithy),
    ));
    found.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn pairs_of_one_feature() {
    let rules = files::json(&pairs().join("endpoint-rule-set-1.json"))
        .unwrap()
        .unwrap();
    let mut wrong = String::new();
    let mut seen = 0;
    for entry in fs::read_dir(pairs()).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        seen += 1;
        let botocore = files::botocore(&folder, Some(&rules))
            .unwrap_or_else(|problems| panic!("{}:\n{problems}", folder.display()));
        let found = all_differences(&botocore, &smithy(&folder, &rules));
        let expected = fs::read_to_string(folder.join("differences.txt")).unwrap_or_default();
        if found != expected {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            wrong.push_str(&format!(
                "{name} (botocore | Smithy)\nfound:\n{found}expected:\n{expected}\n"
            ));
        }
    }
    assert_eq!(seen, 28, "folders of pairs");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Only what neither reader makes up can differ: a model against another one tells each field.
#[test]
fn a_difference_is_reported_with_its_place() {
    let rules = files::json(&pairs().join("endpoint-rule-set-1.json"))
        .unwrap()
        .unwrap();
    let model = smithy(&pairs().join("aggregates"), &rules);
    let mut other = model.clone();
    other.operations["GetCity"].method = "PUT".to_owned();
    other.shapes.shift_remove("Secret");
    let tinsmith_codegen::model::Kind::Structure(city) = &mut other.shapes["City"].kind else {
        panic!("a structure");
    };
    city.members["id"].idempotency_token = false;
    city.members.swap_indices(0, 1);
    assert_eq!(
        differences(&model, &other),
        [
            "operations.GetCity.method: \"POST\" | \"PUT\"",
            "shapes.City.kind.structure.members.id.idempotency_token: true | nothing",
            "shapes.City.kind.structure.members: the order parts, sparse, by, any, twin, choice, secret, id, numbers, opt | sparse, parts, by, any, twin, choice, secret, id, numbers, opt",
            "shapes.Secret: {\"kind\":\"string\",\"sensitive\":true} | nothing",
        ]
    );
}

/// What botocore's paginators know more is added to the model of an AST.
#[test]
fn paginators_beside_an_ast_add_what_they_know() {
    let rules = files::json(&pairs().join("endpoint-rule-set-1.json"))
        .unwrap()
        .unwrap();
    let mut model = smithy(&pairs().join("pagination"), &rules);
    let text = r#"{ "pagination": { "ListCities": { "input_token": "nextToken", "output_token": "nextToken", "more_results": "page.more" } } }"#;
    let paginators = JsonFile::parse("paginators-1.json", text).unwrap();
    tinsmith_codegen::add_paginators(&mut model, &paginators, None).unwrap();
    let pagination = model.operations["ListCities"].pagination.clone().unwrap();
    assert_eq!(pagination.more_results.as_deref(), Some("page.more"));
    assert_eq!(pagination.results, ["cities"]);
    assert_eq!(pagination.limit.as_deref(), Some("maxResults"));
}

#[test]
fn the_real_pair() {
    let Some(data) = std::env::var_os("TINSMITH_TEST_DATA") else {
        println!("skipped: TINSMITH_TEST_DATA does not say where the data for tests is");
        return;
    };
    let data = Path::new(&data);
    let botocore = files::botocore(&data.join("history/1.40.35"), None).unwrap();
    let ast = files::json(&data.join("smithy/imagebuilder/2025-09-19.json")).unwrap();
    let smithy = read_smithy(&ast.unwrap(), None).unwrap();
    assert_eq!(
        (botocore.operations.len(), smithy.operations.len()),
        (75, 75)
    );
    assert_eq!(all_differences(&botocore, &smithy), "");
}

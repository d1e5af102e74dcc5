//! The same model gives the same bytes, in whatever order it lists its shapes and operations.

use tinsmith_codegen::{BotocoreFiles, Generated, generate, read_botocore};
use tinsmith_golden::case::{self, Case};
use tinsmith_golden::files::here;

fn generated(files: &BotocoreFiles, case: &Case) -> Generated {
    let model = read_botocore(files).unwrap_or_else(|problems| panic!("{}: {problems}", case.name));
    generate(&model, &case.options()).unwrap_or_else(|problems| panic!("{}: {problems}", case.name))
}

/// The order of members is meaning; that of shapes and operations is not.
fn reversed(files: &BotocoreFiles) -> BotocoreFiles {
    let mut files = files.clone();
    for key in ["shapes", "operations"] {
        let object = files.service.value[key]
            .as_object_mut()
            .expect("a model has shapes and operations");
        *object = std::mem::take(object).into_iter().rev().collect();
    }
    files
}

fn demand_determinism(files: &BotocoreFiles, case: &Case) {
    let first = generated(files, case);
    assert_eq!(
        first,
        generated(files, case),
        "{}: a second run differs",
        case.name
    );
    for (path, text) in generated(&reversed(files), case).tree {
        assert_eq!(
            first.tree.get(&path),
            Some(&text),
            "{}: {path} depends on the order of shapes",
            case.name
        );
    }
}

#[test]
fn every_case_is_the_same_twice_and_in_reversed_order() {
    for case in case::all().into_iter().filter(Case::is_botocore) {
        demand_determinism(&case.files().expect("the files of a case are JSON"), &case);
    }
}

#[test]
fn imagebuilder_is_the_same_twice_and_in_reversed_order() {
    let files =
        case::files(&here("../../models/imagebuilder/2019-12-02")).expect("the model is JSON");
    demand_determinism(&files, &Case::new("imagebuilder"));
}

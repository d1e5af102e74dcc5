//! The whole model at every release of the test data, where `TINSMITH_TEST_DATA` says where that is: the headline facts,
//! and that the diff and the generated files agree on whether anything changed.

use cargo_tinsmith::config::Documentation;
use cargo_tinsmith::diff::{Compared, Files, changes};
use cargo_tinsmith::load;
use std::path::{Path, PathBuf};
use tinsmith_codegen::{Bump, Change, ChangeKind, Model, Overrides, Selection, Side};

const RELEASES: [&str; 7] = [
    "1.24.3", "1.29.102", "1.33.12", "1.40.35", "1.40.41", "1.43.93", "1.44.5",
];

fn history() -> Option<PathBuf> {
    let data = std::env::var_os("TINSMITH_TEST_DATA");
    if data.is_none() {
        println!("skipped: TINSMITH_TEST_DATA does not say where the test data is");
    }
    Some(Path::new(&data?).join("history"))
}

fn compared(history: &Path, from: &str, to: &str) -> Compared {
    let model = |release: &str| -> Model {
        load::model(history, &history.join(release), Documentation::Keep).unwrap()
    };
    let (before, after, overrides) = (model(from), model(to), Overrides::default());
    let side = |model| Side {
        model,
        selection: &Selection::All,
        overrides: &overrides,
    };
    changes(
        "imagebuilder",
        (from.to_owned(), to.to_owned()),
        side(&before),
        side(&after),
    )
    .unwrap()
}

fn has(changes: &[Change], kind: ChangeKind, path: &str) -> bool {
    changes
        .iter()
        .any(|change| (change.kind, change.path.as_str()) == (kind, path))
}

#[test]
fn every_update_of_history_was_compatible_and_is_reported() {
    let Some(history) = history() else { return };
    for pair in RELEASES.windows(2) {
        let compared = compared(&history, pair[0], pair[1]);
        assert_eq!(
            compared.diff.bump,
            Bump::Minor,
            "{pair:?}: {:#?}",
            compared.diff.changes.first()
        );
        match compared.files {
            Files::Changed(files) => assert!(!files.is_empty(), "{pair:?}"),
            Files::Unknown(report) => {
                assert_eq!(pair[0], "1.24.3", "{report}");
                assert!(
                    report.to_string().contains("endpoint-rule-set-1.json"),
                    "{report}"
                );
            }
        }
        let nothing = self::compared(&history, pair[1], pair[1]);
        assert_eq!(nothing.diff.bump, Bump::None);
        assert!(matches!(nothing.files, Files::Changed(files) if files.is_empty()));
    }
}

#[test]
fn the_headline_facts() {
    let Some(history) = history() else { return };
    let all = compared(&history, "1.24.3", "1.44.5").diff.changes;
    let came = all
        .iter()
        .filter(|change| change.kind == ChangeKind::OperationAdded);
    assert_eq!(came.count(), 27);
    for value in [
        "Platform.macOS",
        "ImageStatus.DISABLED",
        "BuildType.IMPORT_ISO",
    ] {
        assert!(has(&all, ChangeKind::EnumValueAdded, value), "{value}");
    }
    let platform = all
        .iter()
        .find(|change| change.path == "Platform.macOS")
        .unwrap();
    assert_eq!(platform.bump, Bump::Minor);
    assert_eq!(
        platform.note.as_deref(),
        Some("code that matches `Unknown(\"macOS\")` now gets `Platform::MacOs`")
    );
    let optional = compared(&history, "1.40.35", "1.40.41").diff.changes;
    let arn = optional
        .iter()
        .find(|change| change.path == "ListImageBuildVersionsRequest.imageVersionArn")
        .unwrap();
    assert_eq!(
        (arn.kind, arn.bump),
        (ChangeKind::MemberOptional, Bump::Minor)
    );
    let last = compared(&history, "1.43.93", "1.44.5").diff.changes;
    assert!(has(
        &last,
        ChangeKind::MemberAdded,
        "ImageState.failureContext"
    ));
    assert!(has(&last, ChangeKind::WaiterAdded, "ImageAvailable"));
}

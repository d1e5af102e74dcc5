//! History replayed: three real releases, imported, generated, compared and compiled one after the other; and what each
//! change alone costs a reviewer, against the budget: a new enum value one changed line, a new member at most
//! 10, and no line of what was there is another, wherever in its structure the member comes.

mod one_change;

use crate::{scratch, target};
use cargo_tinsmith::config::Config;
use cargo_tinsmith::{codegen, import, load};
use one_change::with_one_change;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tinsmith_codegen::{Bump, Change, ChangeKind, Model, Overrides, Selection, Side, diff_sides};
use tinsmith_verdict::{Member, generated, judge};

const RELEASES: [&str; 3] = ["1.29.102", "1.43.93", "1.44.5"];

const PROGRAM: &str = include_str!("history/program.rs");

fn copies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("history")
}

fn model(release: &str) -> Model {
    let copies = copies();
    load::model(
        &copies,
        &copies.join(release),
        cargo_tinsmith::config::Documentation::Keep,
    )
    .unwrap()
}

fn changes(before: &Model, after: &Model) -> (Bump, Vec<Change>) {
    let overrides = Overrides::default();
    let side = |model| Side {
        model,
        selection: &Selection::All,
        overrides: &overrides,
    };
    let diff = diff_sides(side(before), side(after)).unwrap();
    (diff.bump, diff.changes)
}

type Tree = BTreeMap<String, String>;

fn tree(model: &Model) -> Tree {
    generated("imagebuilder", model, Selection::All)
}

/// The lines that are only in one of two texts, documentation apart.
fn changed_lines(before: &str, after: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(before, after);
    let changed = diff
        .iter_all_changes()
        .filter(|change| change.tag() != ChangeTag::Equal)
        .filter(|change| !change.value().trim_start().starts_with("///"));
    changed.map(|change| change.value().to_owned()).collect()
}

/// Changed lines of the code that was there already: new files and their entries in a list of modules are a new type's, not
/// the member's that leads to it. `API.txt` tells the reviewer of the same, a line each.
fn cost(before: &Tree, after: &Tree) -> usize {
    let new_types = after.keys().filter(|path| !before.contains_key(*path));
    let new_types: Vec<&str> = new_types
        .map(|path| {
            path.rsplit_once('/')
                .unwrap()
                .1
                .strip_suffix(".rs")
                .unwrap()
        })
        .collect();
    let is_new = |line: &str| {
        let line = line.to_lowercase().replace('_', "");
        new_types.iter().any(|module| {
            let name = module.replace('_', "");
            line.contains(&format!("mod {name};")) || line.contains(&format!("use {name}::"))
        })
    };
    let files = after
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .filter_map(|(path, text)| Some((path, before.get(path)?, text)));
    files
        .map(|(path, before, after)| {
            let lists = path == "src/types.rs";
            let lines = changed_lines(before, after);
            lines.iter().filter(|line| !(lists && is_new(line))).count()
        })
        .sum()
}

/// The lines of code that are no longer there, or no longer the same.
fn lost(before: &Tree, after: &Tree) -> Vec<String> {
    let files = before.iter().filter(|(path, _)| path.ends_with(".rs"));
    files
        .flat_map(|(path, before)| {
            let after = after.get(path).map_or("", String::as_str);
            let diff = TextDiff::from_lines(before.as_str(), after);
            let lost = diff
                .iter_all_changes()
                .filter(|change| change.tag() == ChangeTag::Delete)
                .filter(|change| !change.value().trim_start().starts_with("///"));
            lost.map(|change| change.value().to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn each_new_value_and_member_stays_within_the_budget() {
    println!(
        "{:22} {:45} {:>5} {:>6}",
        "releases", "change", "lines", "budget"
    );
    for pair in RELEASES.windows(2) {
        let (before, after) = (model(pair[0]), model(pair[1]));
        let mut measured = 0;
        for change in changes(&before, &after).1 {
            let budget = match change.kind {
                ChangeKind::EnumValueAdded => 1,
                ChangeKind::MemberAdded => 10,
                _ => continue,
            };
            let alone = with_one_change(&before, &after, &change.path);
            let reported = changes(&before, &alone).1;
            assert!(
                reported
                    .iter()
                    .any(|reported| (reported.kind, &reported.path) == (change.kind, &change.path)),
                "{}: {reported:?}",
                change.path
            );
            let (tree_before, tree_after) = (tree(&before), tree(&alone));
            let lost = lost(&tree_before, &tree_after);
            assert!(lost.is_empty(), "{}: {lost:?}", change.path);
            let lines = cost(&tree_before, &tree_after);
            println!(
                "{:22} {:45} {lines:>5} {budget:>6}",
                pair.join(" -> "),
                change.path
            );
            assert!(
                lines > 0 && lines <= budget,
                "{}: {lines} lines",
                change.path
            );
            measured += 1;
        }
        assert!(measured > 0, "{pair:?}");
    }
}

#[test]
fn import_codegen_diff_and_compile_at_each_step() {
    let folder = scratch("history");
    let root = folder.join("project");
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    fs::create_dir_all(&root).unwrap();
    fs::write(
        root.join("tinsmith.toml"),
        "documentation = \"strip\"\n\n[services.imagebuilder]\nmodel = \"models/imagebuilder/2019-12-02\"\noperations = [\"ListImageBuildVersions\"]\n",
    )
    .unwrap();
    let config = Config::read(&root).unwrap();
    let mut members = Vec::new();
    let mut previous: Option<Model> = None;
    for release in RELEASES {
        let request = import::Request {
            from: copies().join(release),
            service: None,
            version: Some(release.to_owned()),
        };
        import::run(&config, &request).unwrap();
        // The copies have the layout that importing writes.
        for file in fs::read_dir(copies().join(release)).unwrap().flatten() {
            let imported = root
                .join("models/imagebuilder/2019-12-02")
                .join(file.file_name());
            assert_eq!(
                fs::read(file.path()).unwrap(),
                fs::read(&imported).unwrap(),
                "{}",
                imported.display()
            );
        }
        let jobs = codegen::jobs(&config, &[]).unwrap();
        codegen::write_all(&config, &jobs, false).unwrap();
        cargo_tinsmith::check(&root).unwrap();
        let now = model(release);
        if let Some(previous) = previous.replace(now.clone()) {
            let (bump, changes) = changes(&previous, &now);
            assert_eq!(bump, Bump::Minor, "{release}: {changes:#?}");
        }
        members.push(Member {
            package: format!("imagebuilder-{}", release.replace('.', "-")),
            tree: generated(
                &format!("imagebuilder-{}", release.replace('.', "-")),
                &now,
                Selection::All,
            ),
            programs: BTreeMap::from([("program".to_owned(), PROGRAM.to_owned())]),
        });
    }
    let said = judge(&folder.join("crates"), &target(), &members).unwrap();
    for (what, errors) in &said.crates {
        assert_eq!(errors, "", "{what}");
    }
    for (what, errors) in &said.programs {
        assert_eq!(errors, "", "{what:?}");
    }
}

/// What the history is known to hold, as the report tells it.
#[test]
fn the_changes_between_the_releases_are_these() {
    let reported = |from: &str, to: &str| -> Vec<String> {
        let (_, changes) = changes(&model(from), &model(to));
        let additions = changes.iter().filter(|change| change.bump >= Bump::Minor);
        additions
            .map(|change| format!("{} {}", change.kind, change.path))
            .collect()
    };
    assert_eq!(
        reported("1.29.102", "1.43.93"),
        [
            "shape-added ImageLoggingConfiguration",
            "member-added ImageSummary.deprecationTime",
            "member-added ImageSummary.lifecycleExecutionId",
            "member-added ImageSummary.loggingConfiguration",
            "member-optional ListImageBuildVersionsRequest.imageVersionArn",
            "enum-value-added BuildType.IMPORT_ISO",
            "enum-value-added ImageStatus.DISABLED",
            "enum-value-added Platform.macOS",
            "pagination-added ListImageBuildVersions",
        ]
    );
    assert_eq!(
        reported("1.43.93", "1.44.5"),
        [
            "shape-added ComponentFailureContext",
            "shape-added DistributionFailureContext",
            "shape-added ImageConfigurationStep",
            "shape-added ImageFailureContext",
            "shape-added RegionFailure",
            "shape-added RegionFailureStatus",
            "member-added ImageState.failureContext",
        ]
    );
}

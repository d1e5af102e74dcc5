//! The verdict is checked, not believed: rustc judges programs against the crates before and after each kind of change.
//!
//! What is called minor or patch leaves the whole suite of programs alone. What is called major has a program that
//! compiles before and stops compiling after, or names the change on the wire.

mod cases;

use crate::{scratch, target};
use cases::{CASES, Case, Edits, Verdict};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, BTreeSet};
use tinsmith_codegen::diff::{RULES, Rule};
use tinsmith_codegen::{
    BotocoreFiles, Bump, ChangeKind, Diff, DiffOptions, JsonFile, Model, Overrides, Selection,
    Side, diff, diff_sides, read_botocore,
};
use tinsmith_verdict::{Member, generated, judge};

const BASE: &str = include_str!("kinds/base.json");
const SUITE: &str = include_str!("kinds/programs/suite.rs");
const PAGES: &str = include_str!("kinds/programs/pages.rs");
const WAITS: &str = include_str!("kinds/programs/waits.rs");

/// The base model with `edits`.
fn model(edits: Edits) -> Model {
    let mut value: Value = serde_json::from_str(BASE).unwrap();
    for (pointer, edit) in edits {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = value.pointer_mut(parent).unwrap();
        match (parent, *edit) {
            (Value::Object(object), "") => drop(object.shift_remove(key).unwrap()),
            (Value::Object(object), edit) => {
                object.insert(key.to_owned(), serde_json::from_str(edit).unwrap());
            }
            (Value::Array(items), edit) => {
                let edit = serde_json::from_str(edit).unwrap();
                match items.get_mut(key.parse::<usize>().unwrap()) {
                    Some(item) => *item = edit,
                    None => items.push(edit),
                }
            }
            other => panic!("nothing to edit at {pointer}: {other:?}"),
        }
    }
    let file = |name: &str| JsonFile {
        path: format!("{name}.json"),
        value: value.get(name).cloned().unwrap(),
    };
    read_botocore(&BotocoreFiles {
        service: file("service"),
        service_extras: None,
        paginators: Some(file("paginators")),
        paginators_extras: None,
        waiters: Some(file("waiters")),
        endpoint_rules: Some(file("rules")),
    })
    .unwrap()
}

fn verdict(case: &Case) -> Diff {
    let options = DiffOptions {
        selection: Selection::All,
        overrides: Overrides::default(),
    };
    diff(&model(case.before), &model(case.after), &options).unwrap()
}

/// What is tried against a case's crates.
fn program(case: &Case) -> String {
    match case.verdict {
        Verdict::Breaks(text) => format!("fn main() {{}}\n#[allow(dead_code)]\n{text}\n"),
        _ => {
            let mut text = SUITE.to_owned();
            for (module, program, comes) in PARTS {
                if !case.reported.contains(comes) {
                    text.push_str(&format!("\nmod {module} {{\n{program}\n}}\n"));
                }
            }
            text
        }
    }
}

/// What the suite does with a part of the base, and the change before which that part is not there.
const PARTS: &[(&str, &str, &(ChangeKind, &str))] = &[
    ("pages", PAGES, &(ChangeKind::PaginationAdded, "ListThings")),
    ("waits", WAITS, &(ChangeKind::WaiterAdded, "ThingReady")),
];

/// The crates of one side and the programs against them. Most cases have the base on one side: it is one crate.
fn members(edits: fn(&Case) -> Edits) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for case in CASES {
        let package = package(case, edits(case));
        let at = match members.iter().position(|member| member.package == package) {
            Some(at) => at,
            None => {
                members.push(Member {
                    tree: generated(&package, &model(edits(case)), Selection::All),
                    package,
                    programs: BTreeMap::new(),
                });
                members.len() - 1
            }
        };
        let (name, text) = (program_name(case), program(case));
        members[at].programs.insert(name, text);
    }
    members
}

fn package(case: &Case, edits: Edits) -> String {
    match edits {
        [] => "base".to_owned(),
        _ => format!("case-{}", case.name),
    }
}

/// The suite is the same for all that it judges, but for the parts that come.
fn program_name(case: &Case) -> String {
    let comes = PARTS
        .iter()
        .find(|(_, _, comes)| case.reported.contains(comes));
    match (case.verdict, comes) {
        (Verdict::Breaks(_), _) => case.name.to_owned(),
        (_, Some((module, ..))) => format!("suite-without-{module}"),
        (_, None) => "suite".to_owned(),
    }
}

#[test]
fn every_kind_of_change_has_a_case() {
    for kind in ChangeKind::ALL {
        assert!(
            CASES
                .iter()
                .any(|case| case.reported.iter().any(|(reported, _)| *reported == kind)),
            "no case for {kind}"
        );
    }
}

#[test]
fn each_change_is_reported_once_with_its_bump() {
    for case in CASES {
        let Diff { bump, changes } = verdict(case);
        let mut reported: Vec<_> = changes
            .iter()
            .map(|change| (change.kind, change.path.as_str()))
            .collect();
        let mut expected = case.reported.to_vec();
        reported.sort();
        expected.sort();
        assert_eq!(reported, expected, "{}: {changes:#?}", case.name);
        let weight = match case.verdict {
            Verdict::Patch => Bump::Patch,
            Verdict::Minor => Bump::Minor,
            Verdict::Breaks(_) | Verdict::Wire => Bump::Major,
        };
        assert_eq!(bump, weight, "{}: {changes:#?}", case.name);
        if let Verdict::Wire = case.verdict {
            let named = changes.iter().filter(|change| change.bump == Bump::Major);
            for change in named {
                let note = change.note.as_deref().unwrap_or_default();
                assert!(note.starts_with("wire change: "), "{}: {note}", case.name);
            }
        }
    }
}

/// What `diff --rules` lists is what the comparison does.
#[test]
fn every_change_follows_a_listed_rule_and_every_rule_is_met() {
    let mut met = BTreeSet::new();
    // Not a case, since a case has a bump.
    let protocols = Case {
        name: "protocols",
        before: &[("/service/metadata/protocols", r#"["rest-json"]"#)],
        after: &[("/service/metadata/protocols", r#"["rest-json", "query"]"#)],
        reported: &[],
        verdict: Verdict::Patch,
    };
    for case in CASES.iter().chain([&protocols]) {
        for change in verdict(case).changes {
            let fits = |rule: &&Rule| rule.kind == change.kind && rule.bump == change.bump;
            assert!(
                RULES.iter().any(|rule| fits(&rule)),
                "no rule for {change:#?}"
            );
            met.insert((change.kind, change.bump));
        }
    }
    let unmet: Vec<&Rule> = RULES
        .iter()
        .filter(|rule| !met.contains(&(rule.kind, rule.bump)))
        .collect();
    assert!(unmet.is_empty(), "no case of {unmet:#?}");
}

#[test]
fn rustc_agrees() {
    let folder = scratch("kinds");
    let target = target();
    let before = judge(
        &folder.join("before"),
        &target,
        &members(|case| case.before),
    )
    .unwrap();
    let after = judge(&folder.join("after"), &target, &members(|case| case.after)).unwrap();
    for (package, errors) in before.crates.iter().chain(&after.crates) {
        assert_eq!(errors, "", "{package} itself");
    }
    for case in CASES {
        let key = |edits| (package(case, edits), program_name(case));
        let errors = &before.programs[&key(case.before)];
        assert_eq!(errors, "", "{} before", case.name);
        let errors = &after.programs[&key(case.after)];
        match case.verdict {
            Verdict::Breaks(_) => assert_ne!(errors, "", "{} still compiles", case.name),
            _ => assert_eq!(errors, "", "{} after", case.name),
        }
    }
}

/// What tinsmith.toml says counts as much as the model.
#[test]
fn a_renamed_type_is_reported_once() {
    let (model, all) = (model(&[]), Selection::All);
    let (plain, mut renamed) = (Overrides::default(), Overrides::default());
    renamed
        .renames
        .insert("Note".to_owned(), "Remark".to_owned());
    let side = |overrides| Side {
        model: &model,
        selection: &all,
        overrides,
    };
    let Diff { bump, changes } = diff_sides(side(&plain), side(&renamed)).unwrap();
    let reported: Vec<_> = changes
        .iter()
        .map(|change| {
            (
                change.kind.as_str(),
                change.path.as_str(),
                change.before.as_deref(),
                change.after.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        reported,
        [("shape-removed", "Note", Some("Note"), Some("Remark"))]
    );
    assert_eq!(bump, Bump::Major);
}

#[test]
fn an_operation_that_neither_model_has_is_a_problem() {
    let model = model(&[]);
    let options = DiffOptions {
        selection: Selection::Named(vec!["ListThing".to_owned()]),
        overrides: Overrides::default(),
    };
    let problems = diff(&model, &model, &options).unwrap_err().to_string();
    assert_eq!(
        problems,
        "error: expected the name of an operation of things, found `ListThing`, which neither model has; the nearest are `ListThings`, `GetThing`\n  in service.json at operations"
    );
}

/// The budget of a reviewer, where it is dearest: a setter, a field, and a line each for reading and for writing.
#[test]
fn a_member_or_value_stays_within_the_budget_wherever_it_comes() {
    for (name, budget) in [
        ("enum-value-comes", 5),
        ("member-of-a-union-comes", 13),
        ("member-of-an-input-comes", 13),
        ("member-of-an-output-comes", 13),
        ("member-that-goes-both-ways-comes", 13),
    ] {
        let case = CASES.iter().find(|case| case.name == name).unwrap();
        let tree = |edits| generated("case", &model(edits), Selection::All);
        let (before, after) = (tree(case.before), tree(case.after));
        let changed = |(path, text): (&String, &String)| {
            let diff = TextDiff::from_lines(before[path].as_str(), text.as_str());
            let changes = diff.iter_all_changes();
            changes
                .filter(|change| change.tag() != ChangeTag::Equal)
                .count()
        };
        let lines: usize = after.iter().map(changed).sum();
        println!("{name:40} {lines:>3} of {budget}");
        assert!(lines > 0 && lines <= budget, "{name}: {lines} lines");
    }
}

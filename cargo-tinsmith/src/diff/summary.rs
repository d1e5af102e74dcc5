//! Changes as lines for a reviewer: related changes on one line, in sections that begin with the gravest.

use super::words::{code, shortened};
use tinsmith_codegen::{Bump, Change, ChangeKind, Diff};

/// Up to this many additions of a kind have a line each.
pub(super) const FEW: usize = 6;

/// This many shapes with the same new member are reported on one line.
const MANY: usize = 3;

/// The whole report.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    /// Changes that may stop a program from compiling, or a call from being sent.
    pub(crate) breaking: Vec<Line>,
    /// Additions.
    pub(crate) additions: Vec<Group>,
    /// Changes of what is sent or received that programs do not notice.
    pub(crate) wire: Vec<Line>,
    /// Changes of constraints, which the service checks.
    pub(crate) constraints: Vec<Line>,
    /// Changes of documentation.
    pub(crate) documentation: Vec<Line>,
}

/// Additions of one kind.
#[derive(Debug)]
pub(crate) struct Group {
    /// The heading: "Enum values".
    pub(crate) title: &'static str,
    /// A note for all of them.
    pub(crate) note: Option<&'static str>,
    /// One line for each shape or operation.
    pub(crate) lines: Vec<Line>,
}

/// One line: a subject, and what changed. Names are between backticks.
#[derive(Debug)]
pub(crate) struct Line {
    /// A path, or the shape that several paths have in common.
    pub(crate) subject: String,
    /// The rest of the sentence; empty if the subject is enough.
    pub(crate) said: String,
    /// The reason or the consequence.
    pub(crate) note: Option<String>,
    /// The number of changes on the line.
    pub(crate) changes: usize,
}

impl Summary {
    pub(crate) fn of(diff: &Diff) -> Self {
        let mut summary = Self::default();
        let pick = |wanted: &dyn Fn(&Change) -> bool| -> Vec<&Change> {
            diff.changes
                .iter()
                .filter(|change| wanted(change))
                .collect()
        };
        use ChangeKind::*;
        summary.breaking = breaking(&pick(&|change| change.bump == Bump::Major));
        let minor = |kinds: &'static [ChangeKind]| {
            pick(&|change| change.bump == Bump::Minor && kinds.contains(&change.kind))
        };
        let groups = [
            (
                "Operations",
                None,
                each(&minor(&[OperationAdded]), operation),
            ),
            (
                "Enum values",
                Some("code that matches one of them as `Unknown` now gets the variant"),
                by_shape(&minor(&[EnumValueAdded]), |change| code(last(&change.path))),
            ),
            ("Members", None, by_part(&minor(&[MemberAdded]), member)),
            (
                "No longer required",
                Some("the setter and the type stay; a call without it no longer fails"),
                each(&minor(&[MemberOptional]), |_| (String::new(), None)),
            ),
            ("Types", None, shapes(&minor(&[ShapeAdded]))),
            ("Exceptions", None, each(&minor(&[ExceptionAdded]), noted)),
            ("Pagination", None, pagination(&minor(&[PaginationAdded]))),
            ("Waiters", None, each(&minor(&[WaiterAdded]), noted)),
            (
                "Calls",
                None,
                each(&minor(&[HttpChanged, PaginationChanged]), altered),
            ),
            (
                "Deprecated",
                None,
                each(&minor(&[DocumentationChanged]), deprecated),
            ),
        ];
        summary.additions = groups
            .into_iter()
            .filter(|(_, _, lines)| !lines.is_empty())
            .map(|(title, note, lines)| Group { title, note, lines })
            .collect();
        let patch = |kinds: &'static [ChangeKind]| {
            pick(&|change| change.bump <= Bump::Patch && kinds.contains(&change.kind))
        };
        summary.wire = patch(&[EndpointChanged])
            .into_iter()
            .map(endpoint)
            .collect();
        summary.wire.extend(each(
            &patch(&[HttpChanged, PaginationChanged, WaiterChanged]),
            altered,
        ));
        summary.constraints = each(&patch(&[ConstraintChanged]), constraint);
        summary.documentation = by_part(&patch(&[DocumentationChanged]), |change| {
            code(last(&change.path))
        });
        summary
            .documentation
            .extend(each(&patch(&[MemberRequired, MemberOptional]), altered));
        summary
    }

    /// The number of changes in each part, in words: "2 breaking changes, 14 additions".
    pub(crate) fn counts(&self) -> String {
        let additions = self.additions.iter().flat_map(|group| &group.lines);
        let parts = [
            (total(self.breaking.iter()), "breaking change"),
            (total(additions), "addition"),
            (total(self.wire.iter()), "change on the wire"),
            (total(self.constraints.iter()), "changed constraint"),
            (total(self.documentation.iter()), "changed text"),
        ];
        let facts: Vec<String> = parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, noun)| match *noun {
                "change on the wire" if *number != 1 => format!("{number} changes on the wire"),
                noun => crate::report::count(*number, noun),
            })
            .collect();
        facts.join(", ")
    }
}

/// The number of changes on some lines.
pub(crate) fn total<'l>(lines: impl Iterator<Item = &'l Line>) -> usize {
    lines.map(|line| line.changes).sum()
}

/// Changes with the same text for several paths are one line.
fn breaking(changes: &[&Change]) -> Vec<Line> {
    let mut lines: Vec<(&Change, Line)> = Vec::new();
    for change in changes {
        let alike = lines.iter_mut().find(|(first, _)| {
            first.kind == change.kind
                && first.before == change.before
                && first.after == change.after
                && first.note == change.note
        });
        match alike {
            Some((_, line)) => {
                line.subject.push_str(&format!(", {}", code(&change.path)));
                line.changes += 1;
            }
            None => {
                let (said, note) = match change.kind {
                    // A removal needs no further text; the note has its consequence.
                    _ if change.after.is_none() && change.note.is_some() => {
                        (String::new(), change.note.clone())
                    }
                    ChangeKind::MemberRequired => {
                        ("is required now".to_owned(), change.note.clone())
                    }
                    ChangeKind::MemberAdded => ("is new".to_owned(), change.note.clone()),
                    _ => altered(change),
                };
                lines.push((
                    change,
                    Line {
                        subject: code(&change.path),
                        said,
                        note,
                        changes: 1,
                    },
                ));
            }
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// One line for each change.
fn each(changes: &[&Change], tell: impl Fn(&Change) -> (String, Option<String>)) -> Vec<Line> {
    let lines = changes.iter().map(|change| {
        let (said, note) = tell(change);
        Line {
            subject: code(&change.path),
            said,
            note,
            changes: 1,
        }
    });
    lines.collect()
}

/// One line for each shape, with the changes of its parts.
fn by_shape(changes: &[&Change], tell: impl Fn(&Change) -> String) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for change in changes {
        let (shape, part) = match change.path.split_once('.') {
            Some((shape, _)) => (code(shape), tell(change)),
            None => (code(&change.path), String::new()),
        };
        match lines.iter_mut().find(|line| line.subject == shape) {
            Some(line) if !part.is_empty() => {
                if !line.said.is_empty() {
                    line.said.push_str(", ");
                }
                line.said.push_str(&part);
                line.changes += 1;
            }
            Some(line) => line.changes += 1,
            None => lines.push(Line {
                subject: shape,
                said: part,
                note: None,
                changes: 1,
            }),
        }
    }
    lines
}

/// As [`by_shape`], but a part that many shapes share is one line.
fn by_part(changes: &[&Change], tell: impl Fn(&Change) -> String) -> Vec<Line> {
    let mut parts: Vec<(String, Vec<&Change>)> = Vec::new();
    for change in changes.iter().filter(|change| change.path.contains('.')) {
        let part = tell(change);
        match parts.iter_mut().find(|(known, _)| *known == part) {
            Some((_, alike)) => alike.push(change),
            None => parts.push((part, vec![change])),
        }
    }
    parts.retain(|(_, alike)| alike.len() >= MANY);
    let is_reported = |change: &Change| {
        let alike = |(_, alike): &(String, Vec<&Change>)| {
            alike.iter().any(|other| std::ptr::eq(*other, change))
        };
        parts.iter().any(alike)
    };
    let rest: Vec<&Change> = changes
        .iter()
        .copied()
        .filter(|change| !is_reported(change))
        .collect();
    let mut lines = by_shape(&rest, &tell);
    lines.extend(parts.iter().map(|(part, alike)| {
        let shapes = alike
            .iter()
            .filter_map(|change| change.path.split_once('.'));
        let shapes: Vec<String> = shapes.map(|(shape, _)| code(shape)).collect();
        Line {
            subject: part.clone(),
            said: format!("on {}", shapes.join(", ")),
            note: None,
            changes: alike.len(),
        }
    }));
    lines
}

fn last(path: &str) -> &str {
    path.split_once('.').map_or(path, |(_, last)| last)
}

fn operation(change: &Change) -> (String, Option<String>) {
    let request = change.after.as_deref().map(code).unwrap_or_default();
    (request, change.note.clone())
}

fn member(change: &Change) -> String {
    code(change.after.as_deref().unwrap_or_default())
}

/// One line each, or one for all if there are many.
fn pagination(changes: &[&Change]) -> Vec<Line> {
    if changes.len() <= FEW {
        return each(changes, |change| {
            let pages = change.after.as_deref().map(code).unwrap_or_default();
            (format!("`into_paginator` over {pages}"), None)
        });
    }
    let names: Vec<String> = changes.iter().map(|change| code(&change.path)).collect();
    vec![Line {
        subject: "`into_paginator`".to_owned(),
        said: format!("on {}", names.join(", ")),
        note: None,
        changes: changes.len(),
    }]
}

/// One line each, or one each for structures, enumerations and unions if there are many.
fn shapes(changes: &[&Change]) -> Vec<Line> {
    let (gained, new): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| change.before.is_some());
    let mut lines = if new.len() <= FEW {
        each(&new, |change| {
            (
                change.after.clone().unwrap_or_default(),
                change.note.clone(),
            )
        })
    } else {
        let mut kinds: Vec<Line> = Vec::new();
        for change in new {
            let kind = change
                .after
                .as_deref()
                .and_then(|after| after.split(' ').next());
            let kind = kind.unwrap_or_default();
            let name = code(&change.path);
            match kinds.iter_mut().find(|line| line.subject == kind) {
                Some(line) => {
                    line.said.push_str(&format!(", {name}"));
                    line.changes += 1;
                }
                None => kinds.push(Line {
                    subject: kind.to_owned(),
                    said: name,
                    note: None,
                    changes: 1,
                }),
            }
        }
        kinds
    };
    lines.extend(each(&gained, altered));
    lines
}

/// The settings first, so that users see whether they are affected.
fn endpoint(change: &Change) -> Line {
    let (said, note) = altered(change);
    let said = match (&note, said.as_str()) {
        (Some(note), "") => note.clone(),
        (Some(note), said) => format!("{note}: {said}"),
        (None, said) => said.to_owned(),
    };
    Line {
        subject: "endpoint rules".to_owned(),
        said,
        note: None,
        changes: 1,
    }
}

/// The former and the present text where they differ, since patterns are long.
fn constraint(change: &Change) -> (String, Option<String>) {
    let text = |side: &Option<String>| side.clone().unwrap_or_default();
    let (before, after) = shortened(&text(&change.before), &text(&change.after));
    let note = change.note.as_deref();
    let places = note.and_then(|note| Some(note.split_once(" on ")?.1.to_owned()));
    let places = places.filter(|places| *places != code(&change.path));
    (
        format!("{} → {}", code(&before), code(&after)),
        places.map(|places| format!("on {places}")),
    )
}

fn noted(change: &Change) -> (String, Option<String>) {
    (String::new(), change.note.clone())
}

fn deprecated(change: &Change) -> (String, Option<String>) {
    let note = change.after.as_deref().map(code).unwrap_or_default();
    (note, change.note.clone())
}

/// The former and the present text.
fn altered(change: &Change) -> (String, Option<String>) {
    let said = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{} → {}", code(before), code(after)),
        (Some(before), None) => format!("{} is gone", code(before)),
        (None, Some(after)) => format!("{} is new", code(after)),
        (None, None) => String::new(),
    };
    (said, change.note.clone())
}

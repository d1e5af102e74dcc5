//! What an update of a model means for those who use the generated crate: every change they can see, and the version
//! bump that it asks for.

mod align;
mod changes;
mod constraint;
mod documentation;
mod endpoint;
mod evaluate;
mod exception;
mod member;
mod operation;
mod pagination;
mod reached;
mod render;
mod service;
mod shape;
mod source;
mod view;
mod waiter;

use crate::place::Reporter;
use crate::problem::Problems;
use crate::{Model, Overrides, Selection};
use changes::Changes;
pub use source::{Tree, tree};
use std::fmt;
use view::{Pair, View};

/// What of two models is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct DiffOptions {
    /// The operations; one that only one of the models has is a change, one that neither has is a problem.
    pub selection: Selection,
    /// What is said against both models; what fits only one of them is said against that one.
    pub overrides: Overrides,
}

/// One of the two things that are compared, where they differ in more than the model.
#[derive(Clone, Copy, Debug)]
pub struct Side<'m> {
    /// The model.
    pub model: &'m Model,
    /// The operations that are generated from it.
    pub selection: &'m Selection,
    /// What is said against it.
    pub overrides: &'m Overrides,
}

/// All changes, and what they come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The greatest bump of all changes.
    pub bump: Bump,
    /// Sorted: the greatest bump first, then by kind, then by path.
    pub changes: Vec<Change>,
}

/// Which part of a version goes up, by the Cargo book's chapter on semantic versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// None: no generated file changes.
    None,
    /// Nothing that a program can name or call has changed.
    Patch,
    /// There is more than before; what compiled compiles.
    Minor,
    /// A program that compiled may not, or a call that was sent may fail.
    Major,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// `Shape.member`, `Shape.VALUE`, `Shape`, or the operation, as the model names them; the service's id for what
    /// concerns all of them.
    pub path: String,
    /// What was there, in short; `None` for what is new.
    pub before: Option<String>,
    /// What is there now, in short; `None` for what is gone.
    pub after: Option<String>,
    /// What this change alone asks for.
    pub bump: Bump,
    /// The reason or the consequence, in words.
    pub note: Option<String>,
}

/// The kinds of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ChangeKind {
    OperationAdded,
    OperationRemoved,
    ShapeAdded,
    ShapeRemoved,
    MemberAdded,
    MemberRemoved,
    MemberTypeChanged,
    MemberRequired,
    MemberOptional,
    EnumValueAdded,
    EnumValueRemoved,
    ExceptionAdded,
    ExceptionRemoved,
    PaginationAdded,
    PaginationRemoved,
    PaginationChanged,
    WaiterAdded,
    WaiterRemoved,
    WaiterChanged,
    HttpChanged,
    EndpointChanged,
    ConstraintChanged,
    DocumentationChanged,
}

impl Bump {
    /// The word for it: `none`, `patch`, `minor`, `major`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ChangeKind {
    /// All of them, in the order in which a report tells them.
    pub const ALL: [Self; 23] = [
        Self::OperationAdded,
        Self::OperationRemoved,
        Self::ShapeAdded,
        Self::ShapeRemoved,
        Self::MemberAdded,
        Self::MemberRemoved,
        Self::MemberTypeChanged,
        Self::MemberRequired,
        Self::MemberOptional,
        Self::EnumValueAdded,
        Self::EnumValueRemoved,
        Self::ExceptionAdded,
        Self::ExceptionRemoved,
        Self::PaginationAdded,
        Self::PaginationRemoved,
        Self::PaginationChanged,
        Self::WaiterAdded,
        Self::WaiterRemoved,
        Self::WaiterChanged,
        Self::HttpChanged,
        Self::EndpointChanged,
        Self::ConstraintChanged,
        Self::DocumentationChanged,
    ];

    /// The word for it: `operation-added`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OperationAdded => "operation-added",
            Self::OperationRemoved => "operation-removed",
            Self::ShapeAdded => "shape-added",
            Self::ShapeRemoved => "shape-removed",
            Self::MemberAdded => "member-added",
            Self::MemberRemoved => "member-removed",
            Self::MemberTypeChanged => "member-type-changed",
            Self::MemberRequired => "member-required",
            Self::MemberOptional => "member-optional",
            Self::EnumValueAdded => "enum-value-added",
            Self::EnumValueRemoved => "enum-value-removed",
            Self::ExceptionAdded => "exception-added",
            Self::ExceptionRemoved => "exception-removed",
            Self::PaginationAdded => "pagination-added",
            Self::PaginationRemoved => "pagination-removed",
            Self::PaginationChanged => "pagination-changed",
            Self::WaiterAdded => "waiter-added",
            Self::WaiterRemoved => "waiter-removed",
            Self::WaiterChanged => "waiter-changed",
            Self::HttpChanged => "http-changed",
            Self::EndpointChanged => "endpoint-changed",
            Self::ConstraintChanged => "constraint-changed",
            Self::DocumentationChanged => "documentation-changed",
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Compares what two models give the users of the generated crate, with the same options for both.
///
/// # Errors
/// A model whose parts do not fit together, or an operation that neither of them has.
pub fn diff(before: &Model, after: &Model, options: &DiffOptions) -> Result<Diff, Problems> {
    let side = |model| Side {
        model,
        selection: &options.selection,
        overrides: &options.overrides,
    };
    diff_sides(side(before), side(after))
}

/// The same where operations and overrides differ too, as they do when `tinsmith.toml` has changed.
///
/// # Errors
/// As [`diff`].
pub fn diff_sides(before: Side<'_>, after: Side<'_>) -> Result<Diff, Problems> {
    let reporter = Reporter::default();
    let mut problems = Problems::default();
    for side in [before, after] {
        if let Err(mut wrong) = crate::check::sound(side.model, side.selection) {
            problems.0.append(&mut wrong.0);
        }
    }
    view::selected(before, after, &reporter);
    problems.0.append(&mut reporter.into_problems().0);
    problems.into_result(())?;
    let (old, new) = (view::overridden(before), view::overridden(after));
    let pair = Pair::new(View::new(&old, before), View::new(&new, after));
    let mut changes = Changes::default();
    service::compare(&pair, &mut changes);
    operation::compare(&pair, &mut changes);
    exception::compare(&pair, &mut changes);
    shape::compare(&pair, &mut changes);
    constraint::compare(&pair, &mut changes);
    documentation::compare(&pair, &mut changes);
    endpoint::compare(&pair, &mut changes);
    waiter::compare(&pair, &mut changes);
    let mut diff = source::confirmed(changes.sorted(), before, after);
    service::compare_protocols(before.model, after.model, &mut diff.changes);
    Ok(diff)
}

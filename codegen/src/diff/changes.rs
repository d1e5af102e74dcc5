//! The changes found so far, and their order in a report.

use super::{Bump, Change, ChangeKind, Diff};

/// The changes found so far.
#[derive(Default)]
pub(super) struct Changes(Vec<Change>);

impl Changes {
    /// Records a change.
    pub(super) fn add(&mut self, change: Change) {
        self.0.push(change);
    }

    /// The number of changes, with duplicates.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All changes without duplicates: a shape that two operations share is compared twice. Of two that differ only in
    /// their bump, the greater one is kept.
    pub(super) fn sorted(self) -> Diff {
        let mut changes = self.0;
        let order = |change: &Change| {
            (
                std::cmp::Reverse(change.bump),
                change.kind,
                change.path.clone(),
                change.before.clone(),
                change.after.clone(),
                change.note.clone(),
            )
        };
        changes.sort_by_cached_key(order);
        let mut reported: Vec<Change> = Vec::with_capacity(changes.len());
        for change in changes {
            let same = |other: &Change| {
                other.kind == change.kind
                    && other.path == change.path
                    && other.before == change.before
                    && other.after == change.after
            };
            if !reported.iter().any(same) {
                reported.push(change);
            }
        }
        Diff {
            bump: reported
                .iter()
                .map(|change| change.bump)
                .max()
                .unwrap_or(Bump::None),
            changes: reported,
        }
    }
}

/// A change of `kind` at `path`, without details.
pub(super) fn change(kind: ChangeKind, path: impl Into<String>, bump: Bump) -> Change {
    Change {
        kind,
        path: path.into(),
        before: None,
        after: None,
        bump,
        note: None,
    }
}

impl Change {
    pub(super) fn before(mut self, text: impl Into<String>) -> Self {
        self.before = Some(text.into());
        self
    }

    pub(super) fn after(mut self, text: impl Into<String>) -> Self {
        self.after = Some(text.into());
        self
    }

    pub(super) fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }
}

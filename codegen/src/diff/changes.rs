//! Changes as they are found, and the order that they are reported in.

use super::{Bump, Change, ChangeKind, Diff};

/// The changes found so far.
#[derive(Default)]
pub(super) struct Changes(Vec<Change>);

impl Changes {
    /// Notes a change.
    pub(super) fn add(&mut self, change: Change) {
        self.0.push(change);
    }

    /// How many there are, those that are reported twice included.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, each once: a shape that two operations share is met twice. Of two that differ in their weight only,
    /// the heavier stays.
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

/// A change of `kind` at `path`, with nothing said of it yet.
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

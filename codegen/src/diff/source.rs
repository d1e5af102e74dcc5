//! The generated files of both sides, which have the last word: where they are the same, nothing has changed, and where
//! they differ, something has.

use super::changes::{Changes, change};
use super::{Bump, ChangeKind, Diff, Side};
use crate::problem::Problems;
use crate::select::Selection;
use crate::{Options, generate};
use std::collections::BTreeMap;

/// Files by path.
pub type Tree = BTreeMap<String, String>;

/// The crate of one side. It is the same version of the same package on both, so that only the model speaks; an operation
/// that this side does not have is left out.
///
/// # Errors
/// Everything that is wrong with the model or the overrides.
pub fn tree(side: Side<'_>) -> Result<Tree, Problems> {
    let known = |name: &&String| side.model.operations.contains_key(*name);
    let operations = match side.selection {
        Selection::All => Selection::All,
        Selection::Named(names) => Selection::Named(names.iter().filter(known).cloned().collect()),
    };
    let options = Options {
        package: "compared".to_owned(),
        version: "0.1.0".to_owned(),
        operations,
        documentation: true,
        overrides: side.overrides.clone(),
        runtime: "\"*\"".to_owned(),
        workspace: true,
    };
    Ok(generate(side.model, &options)?.tree)
}

/// What was found, or less: nothing where no file changes. Or more: a file that changes although nothing was found.
/// Where one of the crates cannot be generated, what was found is all there is to say.
pub(super) fn confirmed(found: Diff, before: Side<'_>, after: Side<'_>) -> Diff {
    if found.bump > Bump::Patch {
        return found;
    }
    let (Ok(was), Ok(is)) = (tree(before), tree(after)) else {
        return found;
    };
    if was == is {
        return Changes::default().sorted();
    }
    if found.changes.is_empty() {
        let mut changes = Changes::default();
        changes.add(
            change(
                ChangeKind::DocumentationChanged,
                &after.model.service.id,
                Bump::Patch,
            )
            .note(UNNAMED),
        );
        return changes.sorted();
    }
    found
}

/// What is said of a file that differs in nothing that the other changes name.
pub(super) const UNNAMED: &str =
    "generated files are written differently, in nothing that the report has a name for";

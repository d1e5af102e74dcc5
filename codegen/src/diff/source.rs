//! The generated files of both sides, which decide: if they are equal, nothing has changed, and if they differ,
//! something has.

use super::changes::{Changes, change};
use super::{Bump, ChangeKind, Diff, Side};
use crate::problem::Problems;
use crate::select::Selection;
use crate::{Dependency, Options, Package, generate};
use std::collections::BTreeMap;

/// Files by path.
pub type Tree = BTreeMap<String, String>;

/// The crate of one side. It has the same version and package on both sides, so that only the model makes a difference;
/// an operation that this side does not have is omitted.
///
/// # Errors
/// Every problem with the model or the overrides.
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
        runtime: Dependency::of_workspace(),
        config: None,
        manifest: Package::default(),
    };
    Ok(generate(side.model, &options)?.tree)
}

/// The changes that were found, corrected: none if no file changes; one more if a file changes although nothing was
/// found. If one of the crates cannot be generated, the changes are kept as they are.
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

/// The note for a file with differences that no other change names.
pub(super) const UNNAMED: &str = "generated files differ in a way that no other change describes";

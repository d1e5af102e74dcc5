//! Edits of a project's `Cargo.toml`: a member of its workspace, a dependency. Comments and layout are kept.

use crate::report::Report;
use crate::workspace::MANIFEST;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

/// Adds a folder to the members of the workspace, unless they include it; a package becomes a workspace. Returns whether
/// something changed.
///
/// # Errors
/// The manifest has something else where the members are.
pub fn add_member(manifest: &mut DocumentMut, folder: &str) -> Result<bool, Report> {
    let wrong = |what: &str| {
        Report::new(format!(
            "expected {what}, found something else\n  in {MANIFEST}"
        ))
    };
    if !manifest.contains_key("workspace") {
        manifest.insert("workspace", Item::Table(Table::new()));
    }
    let workspace = manifest
        .get_mut("workspace")
        .and_then(Item::as_table_like_mut)
        .ok_or_else(|| wrong("a table at `workspace`"))?;
    let members = workspace
        .entry("members")
        .or_insert_with(|| value(Array::new()))
        .as_array_mut()
        .ok_or_else(|| wrong("an array at `workspace.members`"))?;
    if members.iter().any(|member| {
        member
            .as_str()
            .is_some_and(|member| includes(member, folder))
    }) {
        return Ok(false);
    }
    push(members, folder);
    Ok(true)
}

/// Adds a dependency on a folder, unless there is one of that name. Returns whether something changed.
///
/// # Errors
/// The manifest has something else where the dependencies are.
pub fn add_dependency(
    manifest: &mut DocumentMut,
    package: &str,
    path: &str,
) -> Result<bool, Report> {
    let dependencies = manifest
        .entry("dependencies")
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
        .ok_or_else(|| {
            Report::new(format!(
                "expected a table at `dependencies`, found something else\n  in {MANIFEST}"
            ))
        })?;
    if dependencies.contains_key(package) {
        return Ok(false);
    }
    dependencies.insert(package, value(in_folder(path)));
    Ok(true)
}

/// `{ path = "…" }`.
fn in_folder(path: &str) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("path", path.into());
    table
}

/// Whether the entry of a list of members includes a folder: itself, or with a pattern for one level.
fn includes(member: &str, folder: &str) -> bool {
    let member = member.trim_start_matches("./").trim_end_matches('/');
    match member.strip_suffix("/*") {
        Some(parent) => folder
            .strip_prefix(parent)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|rest| !rest.contains('/')),
        None => member == folder || member == "*" && !folder.contains('/'),
    }
}

/// Appends to a list as it is laid out: on a line of its own where the others are.
fn push(list: &mut Array, text: &str) {
    let last = list.len().checked_sub(1).and_then(|last| list.get(last));
    let before = last.and_then(|last| last.decor().prefix()?.as_str());
    let own_line = before.filter(|before| before.contains('\n'));
    let indent = own_line.and_then(|before| before.get(before.rfind('\n')?..));
    match indent.map(str::to_owned) {
        Some(indent) => {
            let mut item = Value::from(text);
            item.decor_mut().set_prefix(indent);
            list.push_formatted(item);
            list.set_trailing_comma(true);
        }
        None => list.push(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{add_dependency, add_member, includes};
    use toml_edit::DocumentMut;

    fn edited(text: &str) -> String {
        let mut manifest: DocumentMut = text.parse().unwrap();
        add_member(&mut manifest, "generated/s3").unwrap();
        manifest.to_string()
    }

    #[test]
    fn a_member_is_added_where_none_includes_it() {
        let package = "[package]\nname = \"a\"\n";
        assert_eq!(
            edited(package),
            format!("{package}\n[workspace]\nmembers = [\"generated/s3\"]\n")
        );
        for (before, after) in [
            ("[\"a\"] # ours", "[\"a\", \"generated/s3\"] # ours"),
            ("[]", "[\"generated/s3\"]"),
            (
                "[\n    \"a\", # first\n    \"b\",\n]",
                "[\n    \"a\", # first\n    \"b\",\n    \"generated/s3\",\n]",
            ),
            ("[\"generated/*\"]", "[\"generated/*\"]"),
            ("[\"./generated/s3/\"]", "[\"./generated/s3/\"]"),
        ] {
            let text = |members: &str| format!("[workspace]\nmembers = {members}\n");
            assert_eq!(edited(&text(before)), text(after));
        }
        let mut wrong: DocumentMut = "[workspace]\nmembers = \"all\"\n".parse().unwrap();
        let problem = add_member(&mut wrong, "a").unwrap_err().to_string();
        assert!(problem.contains("expected an array at `workspace.members`"));
    }

    #[test]
    fn patterns_include_one_level() {
        for (member, folder, expected) in [
            ("crates/*", "crates/s3", true),
            ("crates/*", "crates/s3/deep", false),
            ("crates/*", "cratesx/s3", false),
            ("*", "s3", true),
            ("*", "a/s3", false),
            ("crates", "crates/s3", false),
        ] {
            assert_eq!(includes(member, folder), expected, "{member} {folder}");
        }
    }

    #[test]
    fn a_dependency_is_added_once() {
        let mut manifest: DocumentMut = "[package]\n\n[dependencies]\nb = \"1\" # kept\n"
            .parse()
            .unwrap();
        assert!(add_dependency(&mut manifest, "s3", "generated/s3").unwrap());
        assert!(!add_dependency(&mut manifest, "s3", "elsewhere").unwrap());
        assert_eq!(
            manifest.to_string(),
            "[package]\n\n[dependencies]\nb = \"1\" # kept\ns3 = { path = \"generated/s3\" }\n"
        );
    }
}

//! Changes to the disk: all of them or none, also when the disk refuses one in the middle.

use crate::support::{Workspace, says};
use cargo_tinsmith::write::Changes;

#[test]
fn undoes_what_was_done_when_a_later_step_fails() {
    let workspace = Workspace::empty("undone");
    workspace.write("changed", "before");
    workspace.write("removed", "before");
    workspace.write("folder/inside", "before");
    let before = workspace.tree("");
    let path = |name: &str| workspace.root.join(name);
    let writes = |last: &str| {
        ["changed", "new/in/folders/file", last]
            .map(|name| (path(name), "after".to_owned()))
            .to_vec()
    };

    let refused_write = Changes {
        writes: writes("folder"),
        ..Changes::default()
    };
    let said = refused_write.commit().unwrap_err().to_string();
    says(&said, &["cannot write", "folder"]);
    assert_eq!(workspace.tree(""), before);
    assert!(!workspace.has("new"));

    let refused_removal = Changes {
        writes: writes("another"),
        removals: vec![path("removed"), path("missing")],
        ..Changes::default()
    };
    let said = refused_removal.commit().unwrap_err().to_string();
    says(&said, &["cannot remove", "missing"]);
    assert_eq!(workspace.tree(""), before);
    assert!(!workspace.has("new"));
}

//! The crate's `Cargo.toml`.

use super::file::header;
use crate::rust::Crate;

pub(super) fn emit(krate: &Crate) -> String {
    let Crate {
        package,
        version,
        runtime,
        workspace,
        service,
        ..
    } = krate;
    let settings = if *workspace {
        "edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n".to_owned()
    } else {
        // The runtime's own; a crate outside a workspace says it itself.
        format!(
            "edition = \"2024\"\nrust-version = \"{}\"\npublish = false\n",
            env!("CARGO_PKG_RUST_VERSION")
        )
    };
    let standalone = if *workspace {
        ""
    } else {
        "\n# A crate of its own, wherever it stands.\n[workspace]\n"
    };
    format!(
        "{header}\n\n[package]\nname = \"{package}\"\nversion = \"{version}\"\ndescription = \"A client for {name}, generated from its service model\"\n{settings}\n[dependencies]\ntinsmith-runtime = {runtime}\n{standalone}",
        header = header("#", &service.id, "the service model"),
        name = service.full_name.replace('\\', "\\\\").replace('"', "\\\""),
    )
}

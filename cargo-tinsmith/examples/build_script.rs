//! The build script of a package that uses generated crates: its build fails if they are not what the models give.
//!
//! In a project it is `build.rs`, with `cargo-tinsmith` in the package's `[build-dependencies]`.

use std::path::Path;

fn main() {
    // The folder with tinsmith.toml; in a member of a workspace it is above the package's own.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = cargo_tinsmith::config::find_root(Path::new(&package)).unwrap_or_default();
    for path in ["tinsmith.toml", "models", "generated"] {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    if let Err(report) = cargo_tinsmith::check(&root) {
        for line in report.to_string().lines() {
            println!("cargo::error={line}");
        }
    }
}

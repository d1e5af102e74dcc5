//! Whether the verdicts of `tinsmith_codegen::diff` are true: crates generated before and after a change, and rustc to
//! judge the programs that use them.

mod judge;

pub use judge::{Member, Said, judge, run};

use tinsmith_codegen::{Dependency, Model, Options, Overrides, Package, Selection, generate};

/// The files of the crate that is generated from `model`, as a member of a temporary workspace.
///
/// # Panics
/// The model cannot be generated from; the problems say why.
pub fn generated(
    package: &str,
    model: &Model,
    operations: Selection,
) -> std::collections::BTreeMap<String, String> {
    let options = Options {
        package: package.to_owned(),
        version: "0.1.0".to_owned(),
        operations,
        documentation: true,
        overrides: Overrides::default(),
        // Nothing is sent, so there is no HTTP client to build.
        runtime: Dependency {
            default_features: false,
            ..Dependency::of_workspace()
        },
        config: None,
        manifest: Package::default(),
    };
    match generate(model, &options) {
        Ok(generated) => generated.tree,
        #[allow(clippy::panic, reason = "only tests use this package")]
        Err(problems) => panic!("{package}: {problems}"),
    }
}

//! `cargo xtask bench`: starts the measurements, which are a separate workspace in `bench/`.

use crate::from_botocore;
use crate::python;
use cargo_tinsmith::codegen::{self, OneOff};
use cargo_tinsmith::config::{Config, Documentation};
use cargo_tinsmith::report::Report;
use cargo_tinsmith::write::Changes;
use std::path::PathBuf;
use std::process::Command;

/// Generates Image Builder's crate with all operations, then builds and runs the measurements; `args` are their
/// arguments.
///
/// # Errors
/// The crate cannot be generated, or the measurements failed and have printed the reason.
pub fn run(config: &Config, args: &[String]) -> Result<String, Report> {
    let bench = config.root.join("bench");
    let all = OneOff {
        model: config.root.join(&config.service("imagebuilder")?.model),
        operations: "all".to_owned(),
        package: "imagebuilder-all".to_owned(),
        out: bench.join("tinsmith-all").join("imagebuilder"),
        documentation: Documentation::Strip,
    };
    let mut job = all.job(config)?;
    job.bump = false;
    let said = codegen::write(&config.root, &[job], Changes::default(), true)?;
    eprint!("{said}");
    // Their models are not committed, and each belongs to one section.
    let is_named = |section: &str| {
        let mut words = args.iter().flat_map(|arg| arg.split(['=', ',']));
        words.any(|word| word == section)
    };
    for (section, project) in [("codecs", "codecs"), ("s3", "s3/tinsmith")] {
        if !is_named(section) {
            continue;
        }
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or(bench.join("target"), PathBuf::from);
        let python = python::environment(
            &target.join("peers").join("botocore"),
            &bench.join("botocore").join("requirements.txt"),
            &mut |doing| eprintln!("{doing}"),
        )?;
        from_botocore::generate(&Config::read(&bench.join(project))?, &python)?;
    }
    let status = Command::new("cargo")
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "bench-driver",
            "--",
        ])
        .args(args)
        .current_dir(&bench)
        .status()
        .map_err(|error| {
            Report::new(format!("cannot run cargo in {}: {error}", bench.display()))
        })?;
    if status.success() {
        Ok(String::new())
    } else {
        Err(Report::new(format!("the measurements failed: {status}")))
    }
}

//! Clients for projects of ours whose models are not committed: they come from botocore in a virtual environment.

use crate::python;
use cargo_tinsmith::codegen;
use cargo_tinsmith::config::Config;
use cargo_tinsmith::import;
use cargo_tinsmith::report::Report;
use cargo_tinsmith::write::Changes;
use std::path::Path;

/// Imports the models of all services of the project from botocore, and generates the clients.
pub(crate) fn generate(config: &Config, python: &Path) -> Result<(), Report> {
    let from = import::Request {
        from: python::package(python, "botocore")?,
        service: None,
        version: None,
    };
    import::run(config, &from)?;
    let mut jobs = codegen::jobs(config, &[])?;
    for job in &mut jobs {
        job.bump = false;
    }
    // Files below target/ are not edited.
    let said = codegen::write(&config.root, &jobs, Changes::default(), true)?;
    eprint!("{said}");
    Ok(())
}

//! `cargo xtask e2e`: generated clients against moto, a server that no one here wrote.
//!
//! The project in `tests/e2e` is one as a user has it, with a `tinsmith.toml` of its own. What it is made of that is not
//! ours, the server and the models, stays below its `target/`.

mod python;
mod server;

use crate::codegen;
use crate::config::Config;
use crate::import;
use crate::report::Report;
use crate::scratch;
use crate::write::Changes;
use server::Server;
use std::fs;
use std::path::Path;

/// How to run.
#[derive(Debug)]
pub struct Request {
    /// Whether the server stays when the driver is done, to be looked at.
    pub keep: bool,
    /// Only the services in whose name this text stands.
    pub filter: Option<String>,
}

/// Sets up what is missing, starts the server, generates the clients and drives them. The driver prints its rows itself.
///
/// # Errors
/// No Python, packages that cannot be had, a server that does not start, crates that cannot be generated or built, a step
/// that failed.
pub fn e2e(root: &Path, request: &Request) -> Result<String, Report> {
    let project = root.join("tests").join("e2e");
    let config = Config::read(&project)?;
    let target = project.join("target");
    let python = python::environment(
        &target.join("python"),
        &project.join("requirements.txt"),
        &mut |doing| eprintln!("{doing}"),
    )?;
    let mut server = Server::start(&python, &project.join("serve.py"), &target.join("moto.log"))?;
    let driven = generate(&config, &python).and_then(|()| drive(root, &project, &server, request));
    if request.keep {
        eprintln!(
            "the server runs at {} until Ctrl-C; its output is in {}",
            server.url(),
            target.join("moto.log").display()
        );
        server.wait();
    }
    driven.map(|()| String::new()).map_err(|mut report| {
        report.push(server.said());
        report
    })
}

/// Imports the models from the botocore beside the server, and generates the clients.
fn generate(config: &Config, python: &Path) -> Result<(), Report> {
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
    // Nobody edits what lies below target/.
    let said = codegen::write(&config.root, &jobs, Changes::default(), true)?;
    eprint!("{said}");
    Ok(())
}

/// Builds the driver where the workspace builds, with the workspace's versions of everything, and runs it.
fn drive(root: &Path, project: &Path, server: &Server, request: &Request) -> Result<(), Report> {
    let lock = root.join("Cargo.lock");
    fs::copy(&lock, project.join("Cargo.lock"))
        .map_err(|error| Report::io("cannot copy", &lock, &error))?;
    let mut cargo = scratch::cargo(root, project, "run");
    cargo.args(["--quiet", "--", server.url()]);
    cargo.args(&request.filter);
    let status = cargo
        .status()
        .map_err(|error| Report::io("cannot run cargo in", project, &error))?;
    match status.success() {
        true => Ok(()),
        false => Err(Report::new(format!(
            "the clients cannot be built, or a step failed ({status}); see above"
        ))),
    }
}

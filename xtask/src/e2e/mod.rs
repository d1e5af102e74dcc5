//! `cargo xtask e2e`: tests generated clients with moto, a third-party server.
//!
//! The project in `tests/e2e` is like a user's, with its own `tinsmith.toml`. Its third-party parts, the server and the
//! models, are kept below its `target/`.

mod server;

use crate::from_botocore::generate;
use crate::python;
use crate::scratch;
use cargo_tinsmith::config::Config;
use cargo_tinsmith::report::Report;
use server::Server;
use std::fs;
use std::path::Path;

/// The options.
#[derive(Debug)]
pub struct Request {
    /// Whether the server keeps running after the driver has ended.
    pub keep: bool,
    /// Only the services whose names contain this text.
    pub filter: Option<String>,
}

/// Installs what is missing, starts the server, generates the clients and runs the driver, which prints its own rows.
///
/// # Errors
/// There is no Python, packages cannot be installed, the server does not start, crates cannot be generated or built, or
/// a step failed.
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

/// Builds the driver in the workspace's target folder, with the workspace's versions of all dependencies, and runs it.
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

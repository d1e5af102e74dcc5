//! `cargo xtask e2e`: tests generated clients with moto, a third-party server; `cargo xtask e2e --s3` one of S3 with servers
//! that verify signatures.
//!
//! The projects in `tests/e2e` and `tests/e2e/s3` are like a user's, with their own `tinsmith.toml`. Their third-party parts,
//! servers and models, are kept below their `target/`.

mod s3;
mod s3s_fs;
mod server;

pub use s3::{S3, s3};

use crate::from_botocore::generate;
use crate::python;
use crate::scratch;
use cargo_tinsmith::config::Config;
use cargo_tinsmith::report::Report;
use server::Server;
use std::ffi::OsStr;
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
    let log = target.join("moto.log");
    let mut server = Server::start(&python, &project.join("serve.py"), &[], &log)?;
    let url = server.url("http").unwrap_or_default();
    let driven = generate(&config, &python).and_then(|()| {
        let arguments: Vec<&OsStr> = [&url]
            .into_iter()
            .chain(&request.filter)
            .map(OsStr::new)
            .collect();
        drive(root, &project, &arguments)
    });
    if request.keep {
        keep(&mut server, &url, &log);
    }
    driven.map(|()| String::new()).map_err(|mut report| {
        report.push(server.said());
        report
    })
}

/// Keeps a server running until it is ended from outside.
fn keep(server: &mut Server, url: &str, log: &Path) {
    eprintln!(
        "the server runs at {url} until Ctrl-C; its output is in {}",
        log.display()
    );
    server.wait();
}

/// Builds the driver in the workspace's target folder, with the workspace's versions of all dependencies, and runs it.
fn drive(root: &Path, project: &Path, arguments: &[&OsStr]) -> Result<(), Report> {
    let lock = root.join("Cargo.lock");
    fs::copy(&lock, project.join("Cargo.lock"))
        .map_err(|error| Report::io("cannot copy", &lock, &error))?;
    let mut cargo = scratch::cargo(root, project, "run");
    cargo.args(["--quiet", "--"]).args(arguments);
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

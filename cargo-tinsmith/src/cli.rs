//! The command line: its arguments, its help, and which function does what it says.

mod generate;
pub(crate) mod texts;

use crate::config::{Config, find_root};
use crate::models::Models;
use crate::report::{Report, painted};
use crate::{add, command, diff, init, scan, verify};
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Thin AWS clients, generated from the service model.
///
/// tinsmith.toml says what is generated: the services, their operations, the path of each model and the path of each crate.
#[derive(Parser)]
#[command(after_help = texts::EXAMPLES)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where a command works.
#[derive(Debug, Args)]
pub struct Place {
    /// The project's root. Default: the nearest parent folder with a tinsmith.toml.
    #[arg(long, global = true, hide = true)]
    root: Option<PathBuf>,
}

/// The commands that a project has. A command line with further ones flattens them into its own.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a project: write tinsmith.toml, in an empty folder, a package or a workspace.
    #[command(after_help = texts::INIT)]
    Init {
        /// Also write an xtask of the project's own that calls this command's library, and its alias.
        #[arg(long)]
        xtask: bool,
    },
    /// Generate the crates and write the files that changed.
    Codegen(generate::Codegen),
    /// Check that the generated crates are what would be generated now. Writes nothing.
    Check(generate::Check),
    /// Add operations of a service, or list those that can be added.
    #[command(after_help = texts::ADD)]
    Add {
        /// A service: in tinsmith.toml, or by its name in botocore.
        service: String,
        /// Operations, by their names in the model; `List*` for all that match, `!ListBuckets` for all but one. Without any, lists those not added yet.
        operations: Vec<String>,
        /// Where the model of a new service is: a botocore data folder, a wheel, or a Smithy JSON AST. Default: a download with pip, or with uv.
        #[arg(long, value_name = "DIR|WHEEL|FILE.json")]
        from: Option<PathBuf>,
        /// The release of botocore to download (default: the newest), or the version of --from if that does not state it.
        #[arg(long, value_name = "VERSION")]
        version: Option<String>,
    },
    /// Report what an update of the models means for users of the generated crates.
    Diff(Diff),
    /// Check whether the project's code still compiles with the crates that would be generated now. Changes nothing.
    #[command(after_help = texts::VERIFY)]
    Verify {
        /// Services in tinsmith.toml. Default: all.
        services: Vec<String>,
        /// Further arguments of `cargo check`, such as features.
        #[arg(last = true, value_name = "CARGO-ARGUMENTS")]
        cargo: Vec<String>,
    },
    /// Find the operations that a Rust project calls with the official SDK, and what moving it would take.
    #[command(after_help = texts::SCAN)]
    Scan(scan::Command),
    /// Work on the models that the crates are generated from.
    #[command(flatten)]
    Models(Models),
    /// The same commands, as they were before.
    #[command(subcommand, name = "models", hide = true)]
    OfModels(Models),
}

/// The arguments of `diff`.
#[derive(Debug, Args)]
#[command(after_help = texts::DIFF)]
pub struct Diff {
    /// The model before: its folder, or its file. Without --from and --to, compares the committed models with those on disk.
    #[arg(long, value_name = "PATH", requires = "to")]
    from: Option<PathBuf>,
    /// The model after.
    #[arg(long, value_name = "PATH", requires = "from")]
    to: Option<PathBuf>,
    /// The operations: all, or comma-separated names. Default: those in tinsmith.toml if the service is there, else all.
    #[arg(long, value_name = "all|A,B")]
    operations: Option<String>,
    /// The service in tinsmith.toml to compare, or whose operations and overrides apply. Default: all.
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// The format of the report.
    #[arg(long, value_enum, default_value_t)]
    format: diff::Format,
    /// List the rules of the comparison with their verdicts, as text or JSON, and compare nothing.
    #[arg(long, conflicts_with_all = ["from", "to", "operations", "service"])]
    rules: bool,
}

/// Runs the command line in this process's arguments; `name` is how it is called: `cargo tinsmith`, `cargo xtask`. Prints
/// the result, or every problem.
pub fn main(name: &'static str) -> ExitCode {
    command::set_name(name);
    finish(parse::<Cli>(arguments()).and_then(|cli| Ok(cli.command.run(&cli.place)?)))
}

/// Why a command line did not run to its end.
#[derive(Debug)]
pub enum Stopped {
    /// Help was asked for, or the arguments are wrong.
    Usage(clap::Error),
    /// The command failed.
    Failed(Report),
}

impl From<Report> for Stopped {
    fn from(report: Report) -> Self {
        Self::Failed(report)
    }
}

/// The arguments of this process. Cargo calls `cargo-tinsmith tinsmith …`: the second word is not one of ours.
pub fn arguments() -> Vec<OsString> {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    let subcommand = command::name().split_whitespace().nth(1);
    if let (Some(first), Some(word)) = (arguments.get(1), subcommand)
        && first == word
    {
        arguments.remove(1);
    }
    arguments
}

/// Parses a command line, with the name of the command in its help.
///
/// # Errors
/// Help was asked for, or the arguments are wrong.
pub fn parse<C: Parser>(arguments: Vec<OsString>) -> Result<C, Stopped> {
    let command = C::command()
        .name(command::name())
        .bin_name(command::name())
        .max_term_width(100);
    let mut matches = command::named(command)
        .try_get_matches_from(arguments)
        .map_err(Stopped::Usage)?;
    C::from_arg_matches_mut(&mut matches).map_err(Stopped::Usage)
}

/// Prints what a command returned, and its exit code.
pub fn finish(result: Result<String, Stopped>) -> ExitCode {
    match result {
        Ok(text) => {
            // A reader that closed the pipe (`| head`) is not a failure.
            let _ = write!(anstream::stdout(), "{text}");
            ExitCode::SUCCESS
        }
        Err(Stopped::Failed(report)) => {
            let _ = write!(anstream::stderr(), "{}", painted(&report.to_string()));
            ExitCode::FAILURE
        }
        Err(Stopped::Usage(error)) => {
            // Help is printed to standard output and is not a failure. An error of printing it cannot be reported.
            let _ = error.print();
            match error.use_stderr() {
                true => ExitCode::FAILURE,
                false => ExitCode::SUCCESS,
            }
        }
    }
}

impl Place {
    /// The project's root: as given, or the nearest folder at or above the current one with a `tinsmith.toml`.
    ///
    /// # Errors
    /// There is no such folder.
    pub fn root(&self) -> Result<PathBuf, Report> {
        match &self.root {
            Some(root) => std::path::absolute(root)
                .map_err(|error| Report::io("cannot resolve", root, &error)),
            None => find_root(&self.here()?),
        }
    }

    /// The same; without a project, the folder from which the command is called.
    fn root_or_here(&self) -> Result<PathBuf, Report> {
        match &self.root {
            Some(_) => self.root(),
            None => {
                let here = self.here()?;
                Ok(find_root(&here).unwrap_or(here))
            }
        }
    }

    /// The folder for a new project.
    fn start(&self) -> Result<PathBuf, Report> {
        match &self.root {
            Some(_) => self.root(),
            None => self.here(),
        }
    }

    /// The folder from which the command was called.
    fn here(&self) -> Result<PathBuf, Report> {
        std::env::current_dir()
            .map_err(|error| Report::new(format!("cannot get the current folder: {error}")))
    }
}

impl Command {
    /// Runs the command. Returns what it prints.
    ///
    /// # Errors
    /// The errors of the command.
    pub fn run(self, place: &Place) -> Result<String, Report> {
        match self {
            Self::Init { xtask } => init::init(&init::Request {
                here: place.start()?,
                xtask,
            }),
            Self::Diff(Diff {
                rules: true,
                format,
                ..
            }) => diff::rules(format),
            // A project that is scanned has no tinsmith.toml yet.
            Self::Scan(command) => command.run(),
            Self::Codegen(args) if args.is_one_off() => args.run(&place.root_or_here()?),
            Self::Codegen(args) => args.run(&place.root()?),
            Self::Check(args) => args.run(&place.root()?),
            Self::Add {
                service,
                operations,
                from,
                version,
            } => {
                let request = add::Request {
                    service,
                    operations,
                    from,
                    version,
                    here: place.here()?,
                };
                add::add(&Config::read(&place.root()?)?, &request)
            }
            Self::Diff(args) => args.run(&place.root()?),
            Self::Verify { services, cargo } => verify::run(
                &Config::read(&place.root()?)?,
                &verify::Request { services, cargo },
            ),
            Self::Models(models) | Self::OfModels(models) => {
                let root = match models {
                    Models::Import { .. } => place.root_or_here()?,
                    _ => place.root()?,
                };
                models.run(&root)
            }
        }
    }
}

impl Diff {
    fn run(self, root: &Path) -> Result<String, Report> {
        diff::run(
            root,
            &diff::Request {
                paths: self.from.zip(self.to),
                operations: self.operations,
                service: self.service,
                format: self.format,
            },
        )
    }
}

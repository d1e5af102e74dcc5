//! `cargo xtask`: imports service models, generates the crates, and says whether they are up to date.
#![forbid(unsafe_code)]

use clap::{Args, Parser, Subcommand};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use xtask::codegen::{self, OneOff};
use xtask::config::{Config, Documentation, find_root};
use xtask::report::painted;
use xtask::write::Changes;
use xtask::{Report, add, check, import};

/// Thin AWS clients, generated from the service model.
///
/// What is generated is written in tinsmith.toml: the services, their operations, where each model is and where each crate goes.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    /// The workspace's root; the nearest folder upwards that holds tinsmith.toml, where it is not given.
    #[arg(long, global = true, hide = true)]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen                                    write what changed, for all services
  cargo xtask codegen --check                            write nothing; list what is out of date
  cargo xtask add imagebuilder                           list the operations that can be taken
  cargo xtask add imagebuilder GetImage ListImages       take two more, and generate
  cargo xtask models import --from botocore-1.44.5/      import the models from an unpacked wheel";

#[derive(Subcommand)]
enum Command {
    /// Generate the crates and write the files that changed.
    Codegen(Codegen),
    /// Take further operations of a service, or list those that can be taken.
    #[command(after_help = ADD_EXAMPLES)]
    Add {
        /// A service in tinsmith.toml.
        service: String,
        /// Operations, as the model names them. Without any: a list of those not taken yet.
        operations: Vec<String>,
    },
    /// Work on the models that the crates are generated from.
    #[command(subcommand)]
    Models(Models),
}

const ADD_EXAMPLES: &str = "\
The names go into tinsmith.toml, sorted; comments and layout stay. The crate is generated with them: both, or neither.

Examples:
  cargo xtask add imagebuilder
  cargo xtask add imagebuilder GetImage ListImages";

#[derive(Args)]
#[command(after_help = CODEGEN_EXAMPLES)]
struct Codegen {
    /// Services in tinsmith.toml; all of them, where none is named.
    services: Vec<String>,
    /// Write nothing; fail if a file is stale, missing or an orphan, and list them all.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    one_off: OneOffArgs,
}

const CODEGEN_EXAMPLES: &str = "\
Nothing is written if anything is wrong. Files that are not part of a crate any more are removed, if they carry the generated header.

Examples:
  cargo xtask codegen imagebuilder
  cargo xtask codegen --check

A crate that tinsmith.toml says nothing of, from any model to any folder, as a package of its own:
  cargo xtask codegen --model models/imagebuilder/2019-12-02 --operations ListImages,GetImage --package images --out ../images";

#[derive(Args)]
struct OneOffArgs {
    /// A one-off crate: the model's folder, or its service-2.json (compressed, if you like).
    #[arg(long, value_name = "PATH", conflicts_with = "services", requires_all = ["operations", "package", "out"], help_heading = "One-off crates")]
    model: Option<PathBuf>,
    /// Its operations: all, or names with commas between them.
    #[arg(
        long,
        value_name = "all|A,B",
        requires = "model",
        help_heading = "One-off crates"
    )]
    operations: Option<String>,
    /// Its package name.
    #[arg(
        long,
        value_name = "NAME",
        requires = "model",
        help_heading = "One-off crates"
    )]
    package: Option<String>,
    /// Its folder.
    #[arg(
        long,
        value_name = "DIR",
        requires = "model",
        help_heading = "One-off crates"
    )]
    out: Option<PathBuf>,
    /// Whether the model's own texts become documentation.
    #[arg(
        long,
        value_enum,
        default_value_t,
        requires = "model",
        help_heading = "One-off crates"
    )]
    documentation: Documentation,
}

#[derive(Subcommand)]
enum Models {
    /// Import models from botocore: the facts, in our layout, with their origin in SOURCES.toml.
    #[command(after_help = IMPORT_EXAMPLES)]
    Import {
        /// A botocore data folder, an unpacked wheel, or the folder of one model.
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
        /// One service, also one that is not in tinsmith.toml yet; all configured ones, where it is not given.
        #[arg(long, value_name = "NAME")]
        service: Option<String>,
        /// The version of botocore, where the folder does not say it.
        #[arg(long, value_name = "VERSION")]
        version: Option<String>,
    },
}

const IMPORT_EXAMPLES: &str = "\
Our own service-2.sdk-extras.json and patch.json in a model's folder are never touched. All is imported, or nothing.

Examples:
  pip download --no-deps botocore && unzip -q botocore-*.whl -d botocore
  cargo xtask models import --from botocore
  cargo xtask models import --from botocore --service s3";

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help goes to standard output and is no failure. If it cannot be printed, there is nobody to tell.
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match run(cli) {
        Ok(said) => {
            // A reader that has gone away (`| head`) is no failure.
            let _ = write!(anstream::stdout(), "{said}");
            ExitCode::SUCCESS
        }
        Err(report) => {
            let _ = write!(anstream::stderr(), "{}", painted(&report.to_string()));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<String, Report> {
    let here = std::env::current_dir()
        .map_err(|error| Report::new(format!("cannot tell the current folder: {error}")))?;
    let root = match cli.root {
        Some(root) => std::path::absolute(&root)
            .map_err(|error| Report::io("cannot resolve", &root, &error))?,
        None => find_root(&here)?,
    };
    match cli.command {
        Command::Codegen(args) => {
            if let Some(one_off) = one_off(args.one_off) {
                let jobs = [one_off.job(&root)?];
                return if args.check {
                    check::check_jobs(&root, &jobs).map(|()| up_to_date())
                } else {
                    codegen::write(&root, &jobs, Changes::default())
                };
            }
            let config = Config::read(&root)?;
            match (args.check, args.services.is_empty()) {
                (true, true) => check(&root).map(|()| up_to_date()),
                (true, false) => check::check_jobs(&root, &codegen::jobs(&config, &args.services)?)
                    .map(|()| up_to_date()),
                (false, true) => codegen::write_all(&config),
                (false, false) => codegen::write(
                    &root,
                    &codegen::jobs(&config, &args.services)?,
                    Changes::default(),
                ),
            }
        }
        Command::Add {
            service,
            operations,
        } => add::add(&Config::read(&root)?, &service, &operations),
        Command::Models(Models::Import {
            from,
            service,
            version,
        }) => import::run(
            &Config::read(&root)?,
            &import::Request {
                from,
                service,
                version,
            },
        ),
    }
}

/// clap has seen to it that the four come together.
fn one_off(args: OneOffArgs) -> Option<OneOff> {
    Some(OneOff {
        model: args.model?,
        operations: args.operations?,
        package: args.package?,
        out: args.out?,
        documentation: args.documentation,
    })
}

fn up_to_date() -> String {
    "up to date\n".to_owned()
}

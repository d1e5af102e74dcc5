//! `cargo xtask`: the commands of `cargo tinsmith`, and those that only this repository needs.
#![forbid(unsafe_code)]

use cargo_tinsmith::cli::{self, Place};
use cargo_tinsmith::config::Config;
use cargo_tinsmith::{Report, command};
use clap::{Args, Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xtask::{bench, conformance, e2e, partitions, services, sweep};

/// Thin AWS clients, generated from the service model; with the commands for work on Tinsmith itself.
///
/// tinsmith.toml says what is generated: the services, their operations, the path of each model and the path of each crate.
#[derive(Parser)]
#[command(after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen                                    write what changed, for all services
  cargo xtask check                                      write nothing; list what is out of date
  cargo xtask add imagebuilder GetImage ListImages       add two operations, and generate
  cargo xtask update                                     import botocore's newest models, and report the changes
  cargo xtask conformance                                run the protocol suites";

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Project(cli::Command),
    #[command(flatten)]
    Own(Own),
}

/// The commands that users do not have.
#[derive(Subcommand)]
enum Own {
    /// Run generated code against third-party test cases; fail if one fails.
    #[command(after_help = CONFORMANCE_EXAMPLES)]
    Conformance(Conformance),
    /// Run generated clients against third-party servers: moto, or with --s3 servers of S3.
    #[command(after_help = E2E_EXAMPLES)]
    E2e {
        /// Keep the server running after the clients are done, until Ctrl-C.
        #[arg(long)]
        keep: bool,
        /// Only the services, or the cases of --s3, whose names contain this text.
        #[arg(long, value_name = "TEXT")]
        filter: Option<String>,
        /// A client of S3 against SeaweedFS and, where it can be built, s3s-fs; prints a line for each case.
        #[arg(long)]
        s3: bool,
        /// Only SeaweedFS, without the cases that take long.
        #[arg(long, requires = "s3")]
        short: bool,
    },
    /// Generate every service of a botocore release, all operations, in memory, and list every problem.
    #[command(after_help = SWEEP_EXAMPLES)]
    Sweep {
        /// A botocore data folder, or a wheel that contains it.
        #[arg(long, value_name = "PATH")]
        from: PathBuf,
        /// Only the services and operations that this list names, such as tests/demand.toml.
        #[arg(long, value_name = "FILE")]
        manifest: Option<PathBuf>,
        /// The services, comma-separated. Default: all, or those of --largest.
        #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
        only: Vec<String>,
        /// The N services with the largest models (bytes of service-2.json, uncompressed), besides those of --only.
        #[arg(long, value_name = "N", conflicts_with = "manifest")]
        largest: Option<usize>,
        /// Build the largest N of the generated crates, or all, in debug with warnings denied.
        #[arg(long, value_name = "N|all")]
        compile: Option<sweep::HowMany>,
        /// How many services, and compilers, at a time. Default: the number of cores.
        #[arg(long, value_name = "N")]
        jobs: Option<usize>,
    },
    /// Write the runtime's table of partitions: which regions each has, and what its hosts end in.
    Partitions {
        /// botocore's partitions.json, or a data folder or a wheel that contains it.
        #[arg(long, value_name = "PATH")]
        from: PathBuf,
        /// Write nothing; fail if the table is not what the data says.
        #[arg(long)]
        check: bool,
    },
    /// Write the table of services and operations that `scan` knows.
    Services {
        /// A botocore data folder, or a wheel that contains it.
        #[arg(long, value_name = "PATH")]
        from: PathBuf,
        /// Write nothing; fail if the table is not what the models say.
        #[arg(long)]
        check: bool,
    },
    /// Measure the generated crates, the official one and botocore; writes bench/RESULTS.md.
    #[command(after_help = BENCH_EXAMPLES)]
    Bench {
        /// Arguments of the measurements; `-- --help` lists them.
        #[arg(
            trailing_var_arg = true,
            allow_hyphen_values = true,
            value_name = "ARGUMENTS"
        )]
        args: Vec<String>,
    },
}

#[derive(Args)]
struct Conformance {
    /// botocore's protocol suites: a folder with `input` and `output`. Default: $TINSMITH_TEST_DATA/protocols.
    #[arg(long, value_name = "DIR")]
    suites: Option<PathBuf>,
    /// Only the cases whose file, suite or id contains this text.
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// The cases that may fail, each with a reason. Default: tests/conformance-ignored.toml.
    #[arg(long, value_name = "FILE")]
    ignored: Option<PathBuf>,
    /// Run the services' endpoint cases instead: a folder of <service>.json.
    #[arg(long, value_name = "DIR", requires = "models", conflicts_with_all = ["suites", "filter", "ignored"])]
    endpoints: Option<PathBuf>,
    /// The models of those services: a botocore data folder, or a wheel that contains it.
    #[arg(long, value_name = "PATH", requires = "endpoints")]
    models: Option<PathBuf>,
    /// Compare what the golden cases send and read with the record in tests/golden/record instead.
    #[arg(long, conflicts_with_all = ["suites", "ignored", "endpoints"])]
    record: bool,
    /// Write the record in place of comparing.
    #[arg(long, requires = "record")]
    bless: bool,
}

const CONFORMANCE_EXAMPLES: &str = "\
A case that cannot run, because of its service's protocol or endpoint rules, counts as not supported, never as passed.

Examples:
  cargo xtask conformance --suites protocols
  cargo xtask conformance --suites protocols --filter input/rest-json
  cargo xtask conformance --endpoints endpoints/tests --models botocore/data
  cargo xtask conformance --record
  cargo xtask conformance --record --filter pagination --bless";

const E2E_EXAMPLES: &str = "\
Makes a Python virtual environment with moto below tests/e2e/target, or with SeaweedFS below tests/e2e/s3/target, once; needs python3 with venv and pip, and a network for that. TINSMITH_PYTHON names another interpreter. --s3 builds s3s-fs as well, by cargo install, with Rust 1.92 or later.

Examples:
  cargo xtask e2e
  cargo xtask e2e --filter dynamodb
  cargo xtask e2e --s3
  cargo xtask e2e --s3 --short --filter key";

const SWEEP_EXAMPLES: &str = "\
Fails if a service of a supported protocol, or of the manifest, is refused, or if a crate does not build.

Examples:
  cargo xtask sweep --from botocore/data
  cargo xtask sweep --from botocore-1.44.5-py3-none-any.whl --compile 40 --jobs 2
  cargo xtask sweep --from botocore/data --only glue,wafv2 --compile all
  cargo xtask sweep --from botocore/data --only iam,sts --largest 20 --compile all
  cargo xtask sweep --from botocore/data --manifest tests/demand.toml --compile all";

const BENCH_EXAMPLES: &str = "\
A full run builds every client from scratch several times, which takes most of an hour on two cores.

Examples:
  cargo xtask bench
  cargo xtask bench --quick
  cargo xtask bench --quick --only calls";

fn main() -> ExitCode {
    command::set_name("cargo xtask");
    cli::finish(cli::parse::<Cli>(cli::arguments()).and_then(|cli| Ok(run(cli)?)))
}

fn run(cli: Cli) -> Result<String, Report> {
    match cli.command {
        Command::Project(command) => command.run(&cli.place),
        Command::Own(own) => own.run(&cli.place.root()?),
    }
}

impl Own {
    fn run(self, root: &Path) -> Result<String, Report> {
        match self {
            Self::Conformance(Conformance {
                record: true,
                filter,
                bless,
                ..
            }) => conformance::record(root, &conformance::Record { filter, bless }),
            Self::Conformance(args) => match args.endpoints.zip(args.models) {
                Some((endpoints, models)) => conformance::endpoints(root, &endpoints, &models),
                None => conformance::suites(
                    root,
                    &conformance::Suites {
                        suites: args.suites,
                        filter: args.filter,
                        ignored: args.ignored,
                    },
                ),
            },
            Self::E2e {
                keep,
                filter,
                s3: true,
                short,
            } => e2e::s3(
                root,
                &e2e::S3 {
                    short,
                    keep,
                    filter,
                },
            ),
            Self::E2e { keep, filter, .. } => e2e::e2e(root, &e2e::Request { keep, filter }),
            Self::Sweep {
                from,
                manifest,
                only,
                largest,
                compile,
                jobs,
            } => sweep::sweep(
                root,
                &sweep::Request {
                    from,
                    manifest,
                    only,
                    largest,
                    compile,
                    jobs: jobs.unwrap_or_else(cores),
                },
            ),
            Self::Services { from, check } => {
                services::run(root, &services::Request { from, check })
            }
            Self::Partitions { from, check } => {
                partitions::run(root, &partitions::Request { from, check })
            }
            Self::Bench { args } => bench::run(&Config::read(root)?, &args),
        }
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

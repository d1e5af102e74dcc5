//! `cargo xtask`: imports service models, generates the crates, and checks that they are up to date.
#![forbid(unsafe_code)]

use clap::{Args, Parser, Subcommand};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use xtask::codegen::{self, OneOff};
use xtask::config::{Config, Documentation, find_root};
use xtask::models::Models;
use xtask::report::painted;
use xtask::write::Changes;
use xtask::{Report, add, bench, check, conformance, diff, e2e, partitions, sweep};

/// Thin AWS clients, generated from the service model.
///
/// tinsmith.toml says what is generated: the services, their operations, the path of each model and the path of each crate.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    /// The workspace's root. Default: the nearest parent folder with a tinsmith.toml.
    #[arg(long, global = true, hide = true)]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen                                    write what changed, for all services
  cargo xtask codegen --check                            write nothing; list what is out of date
  cargo xtask add imagebuilder                           list the operations that can be added
  cargo xtask add imagebuilder GetImage ListImages       add two, and generate
  cargo xtask models update                              import botocore's newest models, and report the changes";

#[derive(Subcommand)]
enum Command {
    /// Generate the crates and write the files that changed.
    Codegen(Codegen),
    /// Add operations of a service, or list those that can be added.
    #[command(after_help = ADD_EXAMPLES)]
    Add {
        /// A service in tinsmith.toml.
        service: String,
        /// Operations, by their names in the model. Without any, lists those not added yet.
        operations: Vec<String>,
    },
    /// Report what an update of the models means for users of the generated crates.
    Diff(Diff),
    /// Import and update the models that the crates are generated from.
    #[command(subcommand)]
    Models(Models),
    /// Run generated code against third-party test cases; fail if one fails.
    #[command(after_help = CONFORMANCE_EXAMPLES)]
    Conformance(Conformance),
    /// Run generated clients against moto, a third-party server.
    #[command(after_help = E2E_EXAMPLES)]
    E2e {
        /// Keep the server running after the clients are done, until Ctrl-C.
        #[arg(long)]
        keep: bool,
        /// Only the services whose names contain this text.
        #[arg(long, value_name = "TEXT")]
        filter: Option<String>,
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
Makes a Python virtual environment with moto below tests/e2e/target, once; needs python3 with venv and pip, and a network for that. TINSMITH_PYTHON names another interpreter.

Examples:
  cargo xtask e2e
  cargo xtask e2e --filter dynamodb";

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

const ADD_EXAMPLES: &str = "\
Adds the names to tinsmith.toml, sorted, with comments and layout preserved, and generates the crate. On an error neither is written.

Examples:
  cargo xtask add imagebuilder
  cargo xtask add imagebuilder GetImage ListImages";

#[derive(Args)]
#[command(after_help = CODEGEN_EXAMPLES)]
struct Codegen {
    /// Services in tinsmith.toml. Default: all.
    services: Vec<String>,
    /// Write nothing; fail if a file is stale, missing or an orphan, and list them all.
    #[arg(long)]
    check: bool,
    /// Keep the crate's version and changelog; the next run without this flag reports all changes since.
    #[arg(long)]
    no_bump: bool,
    /// Overwrite generated files that were edited.
    #[arg(long, conflicts_with = "check")]
    force: bool,
    #[command(flatten)]
    one_off: OneOffArgs,
}

const CODEGEN_EXAMPLES: &str = "\
Nothing is written on an error, or if a generated file was edited. Files that are no longer part of a crate are removed.

Changes for a crate's users since its last version raise its version by the rules of the Cargo book and are listed in its CHANGELOG.md; tinsmith.lock in the crate records what that version was generated from.

Examples:
  cargo xtask codegen imagebuilder
  cargo xtask codegen --check

A crate that is not in tinsmith.toml, from any model to any folder, as a standalone package:
  cargo xtask codegen --model models/imagebuilder/2019-12-02 --operations ListImages,GetImage --package images --out ../images";

#[derive(Args)]
#[command(after_help = DIFF_EXAMPLES)]
struct Diff {
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
}

const DIFF_EXAMPLES: &str = "\
Each change is major, minor or patch by the rules of the Cargo book for the generated Rust; the whole has the greatest of these.
JSON is {\"bump\", \"changes\": [{\"kind\", \"path\", \"before\", \"after\", \"bump\", \"note\"}]}; for several services {\"bump\", \"services\": {NAME: the same}}.
If a crate cannot be generated, it has \"refused\": [{\"side\": \"before\" or \"after\", \"problem\"}] as well, and the bump is major.

Examples:
  cargo xtask diff
  cargo xtask diff --format markdown > report.md
  cargo xtask diff --from old/ --to models/imagebuilder/2019-12-02 --operations ListImages";

#[derive(Args)]
struct OneOffArgs {
    /// A one-off crate: the model's folder, its service-2.json (or .json.gz), or a Smithy JSON AST; FILE.json#NAME selects one of several services of an AST.
    #[arg(long, value_name = "PATH", conflicts_with = "services", requires_all = ["operations", "package", "out"], help_heading = "One-off crates")]
    model: Option<PathBuf>,
    /// Its operations: all, or comma-separated names.
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
    /// Whether the model's texts become documentation.
    #[arg(
        long,
        value_enum,
        default_value_t,
        requires = "model",
        help_heading = "One-off crates"
    )]
    documentation: Documentation,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help is printed to standard output and is not a failure. An error of printing it cannot be reported.
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match run(cli) {
        Ok(text) => {
            // A reader that closed the pipe (`| head`) is not a failure.
            let _ = write!(anstream::stdout(), "{text}");
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
        .map_err(|error| Report::new(format!("cannot get the current folder: {error}")))?;
    let root = match cli.root {
        Some(root) => std::path::absolute(&root)
            .map_err(|error| Report::io("cannot resolve", &root, &error))?,
        None => find_root(&here)?,
    };
    match cli.command {
        Command::Codegen(args) => generate(&root, args),
        Command::Add {
            service,
            operations,
        } => add::add(&Config::read(&root)?, &service, &operations),
        Command::Diff(args) => diff::run(
            &root,
            &diff::Request {
                paths: args.from.zip(args.to),
                operations: args.operations,
                service: args.service,
                format: args.format,
            },
        ),
        Command::Models(models) => models.run(&Config::read(&root)?),
        Command::Conformance(Conformance {
            record: true,
            filter,
            bless,
            ..
        }) => conformance::record(&root, &conformance::Record { filter, bless }),
        Command::Conformance(args) => match args.endpoints.zip(args.models) {
            Some((endpoints, models)) => conformance::endpoints(&root, &endpoints, &models),
            None => conformance::suites(
                &root,
                &conformance::Suites {
                    suites: args.suites,
                    filter: args.filter,
                    ignored: args.ignored,
                },
            ),
        },
        Command::E2e { keep, filter } => e2e::e2e(&root, &e2e::Request { keep, filter }),
        Command::Sweep {
            from,
            manifest,
            only,
            largest,
            compile,
            jobs,
        } => sweep::sweep(
            &root,
            &sweep::Request {
                from,
                manifest,
                only,
                largest,
                compile,
                jobs: jobs.unwrap_or_else(cores),
            },
        ),
        Command::Partitions { from, check } => {
            partitions::run(&root, &partitions::Request { from, check })
        }
        Command::Bench { args } => bench::run(&Config::read(&root)?, &args),
    }
}

fn generate(root: &Path, args: Codegen) -> Result<String, Report> {
    let Codegen {
        services,
        check,
        no_bump,
        force,
        one_off: args,
    } = args;
    let (config, mut jobs) = match one_off(args) {
        Some(one_off) => (None, vec![one_off.job(&Config::read(root)?)?]),
        None => {
            let config = Config::read(root)?;
            let jobs = codegen::jobs(&config, &services)?;
            (Some(config).filter(|_| services.is_empty()), jobs)
        }
    };
    for job in &mut jobs {
        job.bump = !no_bump;
    }
    match (check, config) {
        (true, Some(config)) => check::check_all(&config, &jobs).map(|()| up_to_date()),
        (true, None) => check::check_jobs(root, &jobs).map(|()| up_to_date()),
        (false, Some(config)) => codegen::write_all(&config, &jobs, force),
        (false, None) => codegen::write(root, &jobs, Changes::default(), force),
    }
}

/// clap ensures that the four are given together.
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

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

//! `cargo xtask models …`: the arguments of its commands.

use crate::config::Config;
use crate::report::Report;
use crate::{import, status, update};
use clap::Subcommand;
use std::path::PathBuf;

/// Work on the models that the crates are generated from.
#[derive(Debug, Subcommand)]
pub enum Models {
    /// Import the models of another release of botocore and report what they change. Generates nothing.
    #[command(after_help = UPDATE_EXAMPLES)]
    Update {
        /// The release. Default: the newest.
        #[arg(long, value_name = "VERSION")]
        botocore: Option<String>,
        /// A botocore data folder, an unpacked wheel or a wheel, instead of a download with pip.
        #[arg(long, value_name = "DIR|WHEEL")]
        from: Option<PathBuf>,
    },
    /// Report the release of each model, and the newest release.
    Status,
    /// Import models from botocore, or a Smithy JSON AST: the facts, in our layout, with their origin in SOURCES.toml.
    #[command(after_help = IMPORT_EXAMPLES)]
    Import {
        /// A botocore data folder, a wheel, packed or not, the folder of one model, or a Smithy JSON AST.
        #[arg(long, value_name = "DIR|WHEEL|FILE.json")]
        from: PathBuf,
        /// One service, in tinsmith.toml or not. Default: all services in tinsmith.toml.
        #[arg(long, value_name = "NAME")]
        service: Option<String>,
        /// The version of botocore, if the folder does not state it; for a Smithy AST, any name of the revision.
        #[arg(long, value_name = "VERSION")]
        version: Option<String>,
    },
}

const UPDATE_EXAMPLES: &str = "\
All configured services are imported, or nothing is touched: also where an operation in tinsmith.toml is gone, or where the crates could not be generated from the new models.

pip does the download, as `python3 -m pip`; TINSMITH_PIP names another command, such as `py -m pip`.

Examples:
  cargo xtask models update
  cargo xtask models update --botocore 1.44.5
  cargo xtask models update --from botocore-1.44.5-py3-none-any.whl";

const IMPORT_EXAMPLES: &str = "\
Our own service-2.sdk-extras.json and patch.json in a model's folder are never touched. All is imported, or nothing.

Examples:
  pip download --no-deps botocore
  cargo xtask models import --from botocore-1.44.5-py3-none-any.whl
  cargo xtask models import --from botocore --service s3
  cargo xtask models import --from weather.json --version 2026-01-31";

impl Models {
    /// Runs the command.
    ///
    /// # Errors
    /// The errors of the command.
    pub fn run(self, config: &Config) -> Result<String, Report> {
        match self {
            Self::Update { botocore, from } => {
                update::run(config, botocore.as_deref(), from.as_deref())
            }
            Self::Status => status::run(config),
            Self::Import {
                from,
                service,
                version,
            } => import::run(
                config,
                &import::Request {
                    from,
                    service,
                    version,
                },
            ),
        }
    }
}

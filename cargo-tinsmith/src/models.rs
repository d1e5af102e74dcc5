//! `update`, `status` and `import`: the arguments of the commands about models.

use crate::cli::texts;
use crate::config::Config;
use crate::report::Report;
use crate::{import, status, update};
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// Work on the models that the crates are generated from.
#[derive(Debug, Subcommand)]
pub enum Models {
    /// Import the models of another release of botocore and report what they change. Generates nothing.
    #[command(after_help = texts::UPDATE)]
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
    #[command(after_help = texts::IMPORT)]
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

impl Models {
    /// Runs the command.
    ///
    /// # Errors
    /// The errors of the command.
    pub fn run(self, root: &Path) -> Result<String, Report> {
        match self {
            Self::Update { botocore, from } => {
                update::run(&Config::read(root)?, botocore.as_deref(), from.as_deref())
            }
            Self::Status => status::run(&Config::read(root)?),
            Self::Import {
                from,
                service,
                version,
            } => import::run(
                &Config::read_or_default(root)?,
                &import::Request {
                    from,
                    service,
                    version,
                },
            ),
        }
    }
}

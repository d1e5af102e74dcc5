//! The command `scan`: its arguments, and what it prints.

use super::cost::{Models, costs};
use super::{folder, json, scan, text, write};
use crate::report::{Report, painted};
use clap::{Args, ValueEnum};
use std::io::Write as _;
use std::path::PathBuf;

/// The arguments of `scan`.
#[derive(Debug, Args)]
pub struct Command {
    /// A package, a workspace, or a folder with several.
    #[arg(default_value = ".", value_name = "PATH")]
    path: PathBuf,
    /// Write tinsmith.toml in PATH, or add what it does not have yet.
    #[arg(long)]
    write: bool,
    /// The models that the crates would be generated from, to say what they cost: a botocore data folder, or a wheel that
    /// contains it. Models in PATH/models are used without it.
    #[arg(long, value_name = "DIR|WHEEL")]
    from: Option<PathBuf>,
    /// The format of the result.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The format of the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

impl Command {
    /// Scans, and returns what is printed. In JSON there is only what was found; what could not be decided or read is said on
    /// standard error.
    ///
    /// # Errors
    /// There is no project; a file cannot be read or written.
    pub fn run(self) -> Result<String, Report> {
        let (root, scan) = (folder(&self.path)?, scan(&self.path)?);
        let mut out = match self.format {
            Format::Json => {
                says(&text::undecided(&scan));
                json::render(&scan)
            }
            Format::Text => {
                let models = Models::new(&root, self.from.as_deref())?;
                let (costs, without) = costs(&scan, &models);
                text::render(&scan, &costs, &without)
            }
        };
        if self.write {
            let said = write::write(&root, &scan)?;
            match self.format {
                Format::Json => says(&said),
                Format::Text => out.push_str(&format!("\n{said}")),
            }
        }
        Ok(out)
    }
}

fn says(text: &str) {
    // An error of printing it cannot be reported.
    let _ = write!(anstream::stderr(), "{}", painted(text));
}

//! A loopback service, as a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// It runs until this is dropped.
pub struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts the service that a command of this program is.
    pub fn start(command: &str) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("cannot start the loopback service: {error}");
        let this = std::env::current_exe().map_err(failed)?;
        let mut process = Command::new(this)
            .arg(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let mut url = String::new();
        if let Some(out) = process.stdout.take() {
            BufReader::new(out).read_line(&mut url).map_err(failed)?;
        }
        Ok(Self {
            process,
            url: url.trim().to_owned(),
        })
    }

    /// Where it answers.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It would end by itself when its standard input is closed; this does not leave it to that.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

//! moto's server: a process on a free loopback port, which ends with this one.

use crate::python::last;
use cargo_tinsmith::report::Report;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long the server may take to respond. Python imports many modules for it.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server. It ends when this is dropped, and by itself when this process ends: its standard input is a pipe
/// from this process, and it exits when the pipe is closed.
pub(super) struct Server {
    process: Child,
    url: String,
    log: PathBuf,
}

impl Server {
    /// Starts it and waits until it accepts connections. Its output is written to `log`.
    ///
    /// # Errors
    /// The process does not start, ends, or does not respond in time; with its last output.
    pub(super) fn start(python: &Path, script: &Path, log: &Path) -> Result<Self, Report> {
        let failed = |error| Report::io("cannot write", log, &error);
        let out = File::create(log).map_err(failed)?;
        let err = out.try_clone().map_err(failed)?;
        let process = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(out)
            .stderr(err)
            .spawn()
            .map_err(|error| Report::io("cannot run", python, &error))?;
        let mut server = Self {
            process,
            url: String::new(),
            log: log.to_owned(),
        };
        let begun = Instant::now();
        loop {
            // The system chooses the port and the server reports it: a port is only certain to be free once it is
            // bound.
            if let Some(address) = address(&server.log)
                && TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
            {
                server.url = format!("http://{address}");
                return Ok(server);
            }
            let why = match server.process.try_wait() {
                Ok(Some(status)) => format!("the server ended before it answered ({status})"),
                _ if begun.elapsed() > PATIENCE => {
                    format!("the server did not answer within {} s", PATIENCE.as_secs())
                }
                _ => {
                    sleep(Duration::from_millis(50));
                    continue;
                }
            };
            return Err(Report::new(why + &last(&server.text(), 8)));
        }
    }

    /// Its URL.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Waits until it ends.
    pub(super) fn wait(&mut self) {
        let _ = self.process.wait();
    }

    /// Its last output, and where the rest is.
    pub(super) fn said(&self) -> String {
        let failures: Vec<String> = self
            .text()
            .lines()
            .filter(|line| !line.contains("\" 2"))
            .map(str::to_owned)
            .collect();
        format!(
            "the server's last lines, without its successes; all of them are in {}{}",
            self.log.display(),
            last(&failures.join("\n"), 12)
        )
    }

    fn text(&self) -> String {
        fs::read(&self.log).map_or(String::new(), |bytes| {
            String::from_utf8_lossy(&bytes).into_owned()
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The address in the server's " * Running on http://127.0.0.1:41234".
fn address(log: &Path) -> Option<SocketAddr> {
    let text = fs::read_to_string(log).ok()?;
    let (_, rest) = text.split_once("Running on http://")?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':')?;
    rest.get(..end)?.parse().ok()
}

//! A third-party server: a process of a script, on a free loopback port, which ends with this one.

use crate::python::last;
use cargo_tinsmith::report::Report;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long the server may take to respond. Python imports many modules for it.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long it may take to end.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// A running server. The script that starts it says where it listens: `Running on http://127.0.0.1:41234`. It ends when this
/// is dropped, and by itself when this process ends: its standard input is a pipe from this process, and it exits when the
/// pipe is closed.
pub(super) struct Server {
    process: Child,
    log: PathBuf,
}

impl Server {
    /// Runs the script with these arguments and waits until the server accepts connections. Its output is written to
    /// `log`.
    ///
    /// # Errors
    /// The process does not start, ends, or does not respond in time; with its last output.
    pub(super) fn start(
        python: &Path,
        script: &Path,
        arguments: &[&OsStr],
        log: &Path,
    ) -> Result<Self, Report> {
        let failed = |error| Report::io("cannot write", log, &error);
        let out = File::create(log).map_err(failed)?;
        let err = out.try_clone().map_err(failed)?;
        let process = Command::new(python)
            .arg(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(out)
            .stderr(err)
            .spawn()
            .map_err(|error| Report::io("cannot run", python, &error))?;
        let mut server = Self {
            process,
            log: log.to_owned(),
        };
        let begun = Instant::now();
        loop {
            // The system chooses the port and the server reports it: a port is only certain to be free once it is
            // bound.
            let address = server.url("http").as_deref().and_then(address);
            if let Some(address) = address
                && TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok()
            {
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

    /// Its URL with this scheme, once it said it.
    pub(super) fn url(&self, scheme: &str) -> Option<String> {
        let text = self.text();
        let (_, rest) = text.split_once(&format!("Running on {scheme}://"))?;
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ':')?;
        Some(format!("{scheme}://{}", rest.get(..end)?))
    }

    /// Waits until it ends.
    pub(super) fn wait(&mut self) {
        // Waiting closes the pipe, which ends it, unless the pipe is held elsewhere.
        let _pipe = self.process.stdin.take();
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
        // The script ends what it started, too, when its pipe is closed; killing it would leave that behind.
        drop(self.process.stdin.take());
        let begun = Instant::now();
        while begun.elapsed() < LAST_WORDS {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                return;
            }
            sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The address in a URL.
fn address(url: &str) -> Option<SocketAddr> {
    url.split_once("://")?.1.parse().ok()
}

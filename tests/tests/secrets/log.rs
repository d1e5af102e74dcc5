//! All that the client and the libraries below it write into the log, at the finest level.

use std::io;
use std::sync::{Mutex, OnceLock};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::{self, MakeWriter, format::FmtSpan};
use tracing_subscriber::prelude::*;

/// What was written since the process began. Tests run side by side.
static TEXT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        TEXT.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

/// Begins to listen, once.
pub(crate) fn listen() {
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        // The server's verifier logs what it signs, as it may.
        let targets = Targets::new()
            .with_default(LevelFilter::TRACE)
            .with_target("aws_sigv4", LevelFilter::OFF);
        let lines = fmt::layer()
            .with_span_events(FmtSpan::FULL)
            .with_writer(Log);
        tracing_subscriber::registry()
            .with(lines)
            .with(targets)
            .init();
    });
}

/// How much has been written.
pub(crate) fn length() -> usize {
    TEXT.lock().unwrap().len()
}

/// What was written after so much.
pub(crate) fn since(length: usize) -> String {
    String::from_utf8_lossy(&TEXT.lock().unwrap()[length..]).into_owned()
}

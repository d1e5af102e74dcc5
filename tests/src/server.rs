//! EC2 Image Builder on 127.0.0.1: one operation, `ListImageBuildVersions`, over a [`Catalogue`] of generated images.
//!
//! Every request's SigV4 signature is verified, whatever fault is set; every request is recorded. The server stops,
//! connections and all, when its [`ImageBuilder`] is dropped.

mod answer;
mod catalogue;
mod connection;
mod fault;
mod listing;
mod record;
mod signature;
mod strange;

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

pub use answer::Answer;
pub use catalogue::Catalogue;
pub use fault::Fault;
pub use record::Recorded;
pub use signature::{ACCESS_KEY_ID, EXAMPLE_KEY, REGION, SECRET_ACCESS_KEY, SESSION_TOKEN};

use fault::Script;

/// A running loopback Image Builder.
#[derive(Debug)]
pub struct ImageBuilder {
    url: String,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

/// What all connections of one server see.
#[derive(Debug)]
struct Shared {
    catalogue: Catalogue,
    script: Mutex<Script>,
    requests: Mutex<Vec<Recorded>>,
}

impl ImageBuilder {
    /// Starts a server on a free port of 127.0.0.1, in the current tokio runtime.
    ///
    /// # Errors
    /// The loopback interface gives no port.
    pub async fn start(catalogue: Catalogue) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared {
            catalogue,
            script: Mutex::default(),
            requests: Mutex::default(),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            url,
            shared,
            accepting,
        })
    }

    /// Where the server listens: `http://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The images that the server lists.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.shared.catalogue
    }

    /// Adds a fault for one request: the next one, or the next after the faults added before.
    pub fn fault(&self, fault: Fault) {
        lock(&self.shared.script).once(fault);
    }

    /// Sets the fault of every request for which none was added with [`fault`](Self::fault).
    pub fn fault_always(&self, fault: Fault) {
        lock(&self.shared.script).always(fault);
    }

    /// Forgets all faults.
    pub fn heal(&self) {
        lock(&self.shared.script).clear();
    }

    /// Every request so far, in the order of arrival, refused ones too.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.shared.requests).clone()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        lock(&self.shared.requests).clear();
    }
}

impl Drop for ImageBuilder {
    fn drop(&mut self) {
        // The task owns the listener and every connection's task, so all of them end with it.
        self.accepting.abort();
    }
}

/// The address of a port on which nobody listens: connections are refused.
///
/// # Errors
/// The loopback interface gives no port.
pub async fn closed_port() -> io::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    Ok(format!("http://{}", listener.local_addr()?))
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(connection::serve(stream, Arc::clone(&shared)));
            }
            // The caller has gone away, or the process is out of sockets for the moment.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

/// A test that panicked while it held the lock has left nothing half-written.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

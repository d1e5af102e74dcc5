//! A loopback server that is nothing but its connections: what each one reads and writes is up to the test.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Nothing that a test waits for takes longer; what does is a test that fails.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// Hands each connection to `serve`, with its number from 1.
pub(crate) struct Wire {
    pub(crate) url: String,
    accepted: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Wire {
    pub(crate) async fn start<S>(
        serve: impl Fn(usize, TcpStream) -> S + Send + Sync + 'static,
    ) -> Self
    where
        S: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (accepted, open) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let task = tokio::spawn({
            let (accepted, open) = (accepted.clone(), open.clone());
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let number = accepted.fetch_add(1, Ordering::SeqCst) + 1;
                    open.fetch_add(1, Ordering::SeqCst);
                    let (open, serving) = (open.clone(), serve(number, stream));
                    tokio::spawn(async move {
                        serving.await;
                        open.fetch_sub(1, Ordering::SeqCst);
                    });
                }
            }
        });
        Self {
            url,
            accepted,
            open,
            task,
        }
    }

    /// How many connections there were.
    pub(crate) fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    /// How many connections are still being served.
    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    /// Waits until no more than `most` connections are being served.
    pub(crate) async fn until_open(&self, most: usize) {
        let few = async {
            while self.open() > most {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let waited = tokio::time::timeout(SOON, few).await;
        assert!(waited.is_ok(), "{} connections are still open", self.open());
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The head of the next request, and nothing of what follows it; `None` where the connection ended.
pub(crate) async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8(head).unwrap())
}

/// The next request: its head and its body.
pub(crate) async fn read_request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let head = read_head(stream).await?;
    let length = header_of(&head, "content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some((head, body))
}

/// The value of a header in the text of a head; panics where it is there twice.
pub(crate) fn header_of<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut found = head.lines().skip(1).filter_map(|line| {
        let (other, value) = line.split_once(": ")?;
        other.eq_ignore_ascii_case(name).then_some(value)
    });
    let first = found.next();
    assert_eq!(found.next(), None, "{name} twice in {head}");
    first
}

/// Answers each request with the same bytes, until the client ends the connection.
pub(crate) async fn answer_all(mut stream: TcpStream, answer: impl AsRef<[u8]>) {
    while read_request(&mut stream).await.is_some() {
        if stream.write_all(answer.as_ref()).await.is_err() {
            return;
        }
    }
}

/// Waits until the client ends the connection; what it still sends is not read.
pub(crate) async fn until_client_leaves(stream: TcpStream) {
    // Readable at its end, or broken: the only two that a peek tells without taking what was sent.
    loop {
        let ended = match stream
            .ready(tokio::io::Interest::WRITABLE | tokio::io::Interest::READABLE)
            .await
        {
            Ok(ready) => ready.is_read_closed() || ready.is_write_closed() || ready.is_error(),
            Err(_) => true,
        };
        if ended {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

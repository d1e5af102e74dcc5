//! From the start of the small program's process to the first byte of its first request.

use crate::Run;
use crate::calls::python;
use crate::figure::{Figure, Unit};
use crate::peer::{Kind, Peer};
use crate::turns::in_turns;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What ends the listing at once.
const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 23\r\nconnection: close\r\n\r\n{\"imageSummaryList\":[]}";

/// The one figure; settings come from the environment, as they do for a user.
pub fn figure(run: &Run, peers: &[Peer]) -> Figure {
    let [values] = in_turns("first request", 3 * run.rounds, peers, |peer| {
        let (program, what) = match &peer.kind {
            Kind::Rust(cargo) => (Command::new(cargo.program("release", "list")), peer.name),
            Kind::Python {
                interpreter,
                programs,
            } => (python(interpreter, &programs.join("list.py")), peer.name),
        };
        let seconds = first_request(program).map_err(|error| format!("{what}: {error}"))?;
        Ok(Some([seconds * 1e3]))
    });
    Figure::new("process start to first request", Unit::Milliseconds, values)
}

fn first_request(mut program: Command) -> std::io::Result<f64> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let served = std::thread::spawn(move || serve(&listener));
    let start = Instant::now();
    let mut child = program
        .env_clear()
        .envs(std::env::var_os("SYSTEMROOT").map(|root| ("SYSTEMROOT", root)))
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_REGION", "eu-west-1")
        // botocore's name for it.
        .env("AWS_DEFAULT_REGION", "eu-west-1")
        .env("AWS_ENDPOINT_URL", format!("http://{address}"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()?;
    let status = child.wait()?;
    if !status.success() {
        // The thread waits for a request that may never have come.
        release(address);
        return Err(std::io::Error::other(format!("it ended with {status}")));
    }
    let first = served
        .join()
        .map_err(|_| std::io::Error::other("the service panicked"))??;
    Ok(first.duration_since(start).as_secs_f64())
}

/// Answers one request; when its first byte came.
fn serve(listener: &TcpListener) -> std::io::Result<Instant> {
    let (mut stream, _) = listener.accept()?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    let mut first = None;
    while !is_whole(&request) {
        let read = stream.read(&mut buffer)?;
        first.get_or_insert_with(Instant::now);
        if read == 0 {
            return Err(std::io::Error::other("the request was cut"));
        }
        request.extend_from_slice(&buffer[..read]);
    }
    stream.write_all(ANSWER)?;
    Ok(first.unwrap_or_else(Instant::now))
}

/// Whether the head is there and as much of the body as it says.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())?
    });
    body.len() >= length.unwrap_or(0)
}

fn release(address: SocketAddr) {
    drop(TcpStream::connect(address));
}

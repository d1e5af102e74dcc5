//! A server that responds with an empty object, in CBOR if the request is, and keeps the requests as they were on the
//! wire.

use serde_json::{Value, json};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use tinsmith_runtime::{Body, BoxFuture, HttpClient, HttpError, HyperClient, SendOptions};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";

/// The same in CBOR.
const CBOR_ANSWER: &[u8] =
    b"HTTP/1.1 200 OK\r\nsmithy-protocol: rpc-v2-cbor\r\ncontent-length: 1\r\nconnection: close\r\n\r\n\xa0";

/// The original host of a redirected request.
const ASKED: &str = "x-asked-host";

pub(crate) struct Server {
    address: String,
    seen: Receiver<Value>,
}

impl Server {
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?.to_string();
        let (sender, seen) = channel();
        // It ends with the program.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A request that cannot be read is not recorded.
                let _ = serve(stream, &sender);
            }
        });
        Ok(Self { address, seen })
    }

    /// The default client, with all requests redirected to this server.
    pub(crate) fn client(&self) -> Redirected {
        Redirected { address: self.address.clone(), hyper: HyperClient::new() }
    }

    /// The requests since the last call.
    pub(crate) fn seen(&self) -> Vec<Value> {
        self.seen.try_iter().collect()
    }
}

pub(crate) struct Redirected {
    address: String,
    hyper: HyperClient,
}

type Sent = http::Request<Body>;
type Received = http::Response<Body>;

impl HttpClient for Redirected {
    fn send(&self, mut request: Sent, options: &SendOptions) -> BoxFuture<'_, Result<Received, HttpError>> {
        let uri = request.uri().clone();
        let host = uri.authority().map(|host| host.to_string()).unwrap_or_default();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        *request.uri_mut() = format!("http://{}{path}", self.address).parse().expect("a URI with another host");
        // The client sends the host that it connects to; the original one is sent beside it.
        request.headers_mut().insert(ASKED, host.parse().expect("a host is a header"));
        self.hyper.send(request, options)
    }
}

fn serve(stream: TcpStream, seen: &Sender<Value>) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end_matches(['\r', '\n']) {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut first = lines.first().map(String::as_str).unwrap_or_default().split(' ');
    let (method, uri) = (first.next(), first.next());
    let headers: Vec<(&str, &str)> = lines.iter().skip(1).filter_map(|line| line.split_once(':')).collect();
    let mut headers: Vec<_> = headers.into_iter().map(|(name, value)| (name, value.trim())).collect();
    if let Some(at) = headers.iter().position(|(name, _)| *name == ASKED) {
        let (_, asked) = headers.remove(at);
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("host"));
        headers.push(("host", asked));
    }
    let header = |wanted: &str| headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value);
    let body = match header("transfer-encoding") {
        Some("chunked") => chunks(&mut reader)?,
        _ => {
            let length = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            let mut body = vec![0; length];
            reader.read_exact(&mut body)?;
            body
        }
    };
    let answer = match header("smithy-protocol") {
        Some("rpc-v2-cbor") => CBOR_ANSWER,
        _ => ANSWER,
    };
    let request = json!({"method": method, "uri": uri, "headers": headers, "body": body});
    // Recorded before the response, so that it is available when the call returns.
    let _ = seen.send(request);
    reader.get_mut().write_all(answer)
}

/// A body with chunked encoding.
fn chunks(reader: &mut BufReader<TcpStream>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)?;
        let mut chunk = vec![0; length];
        reader.read_exact(&mut chunk)?;
        reader.read_line(&mut line)?;
        if length == 0 {
            return Ok(body);
        }
        body.extend(chunk);
    }
}

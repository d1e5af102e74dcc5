//! What the Rust clients under measurement do, whichever they are: the same loops around a [`Peer`], the same clocks.
//!
//! `measure replay FILE SECONDS` · `measure load URL IN-FLIGHT SECONDS` · `measure list URL ITEMS`; the answer is one
//! line on standard output, `calls=… items=… bytes=… seconds=… cpu=… peak_kib=…`.

pub mod s3;
mod usage;

use bytes::Bytes;
use std::error::Error;
use std::future::Future;
use std::time::{Duration, Instant};

/// Whatever a client fails with.
pub type Failure = Box<dyn Error + Send + Sync>;

/// A client of Image Builder.
pub trait Peer: Clone + Send + Sync + 'static {
    /// A client whose every call is answered with `body`, without a network.
    fn replay(body: Bytes) -> Self;

    /// A client of the service at `url`.
    fn at(url: &str) -> Self;

    /// Calls ListImageBuildVersions once, with an image version and a page size; how many images came.
    fn call(&self, arn: &str) -> impl Future<Output = Result<usize, Failure>> + Send;

    /// Lists all images through the paginator, in pages of 100; how many there were.
    fn list(&self, arn: &str) -> impl Future<Output = Result<usize, Failure>> + Send;
}

/// Clients of several services that read pages of the size that is measured.
pub trait Codecs: Sized {
    /// Clients whose every call is answered with `body`, without a network.
    fn replay(body: Bytes) -> Self;

    /// Calls the operation of this name once; how many items came.
    fn call(&self, operation: &str) -> impl Future<Output = Result<usize, Failure>> + Send;
}

/// One call, to be repeated.
trait Repeated {
    fn call(&self) -> impl Future<Output = Result<usize, Failure>> + Send;
}

struct Listing<'a, P> {
    peer: &'a P,
    arn: String,
}

impl<P: Peer> Repeated for Listing<'_, P> {
    async fn call(&self) -> Result<usize, Failure> {
        self.peer.call(&self.arn).await
    }
}

struct Named<'a, C> {
    clients: C,
    operation: &'a str,
}

impl<C: Codecs + Sync> Repeated for Named<'_, C> {
    async fn call(&self) -> Result<usize, Failure> {
        self.clients.call(self.operation).await
    }
}

/// Does what the command line says, `replay OPERATION FILE SECONDS`, on one thread and one core, and prints the figures.
///
/// # Errors
/// A command line that says nothing of it, or whatever the client fails with.
pub fn codecs<C: Codecs + Sync>() -> Result<(), Failure> {
    usage::pin_to_core(0);
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let ["replay", operation, file, seconds] = args.as_slice() else {
        return Err("expected `replay OPERATION FILE SECONDS`".into());
    };
    let body = Bytes::from(std::fs::read(file)?);
    let time = Duration::from_secs_f64(seconds.parse()?);
    let runtime = runtime()?;
    let clients = runtime.block_on(async { C::replay(body.clone()) });
    let call = Named { clients, operation };
    runtime.block_on(repeat(Duration::from_millis(100), &call))?;
    print(timed(&runtime, async {
        let mut done = repeat(time, &call).await?;
        done.bytes = done.calls * body.len();
        Ok(done)
    })?)
}

/// The image version to list; the loopback service has as many builds of it as its last number says.
fn arn(items: usize) -> String {
    format!("arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.{items}")
}

/// What was done, without the clocks.
#[derive(Default)]
struct Done {
    calls: usize,
    items: usize,
    bytes: usize,
}

/// Does what the command line says, on one thread and one core, and prints the figures.
///
/// # Errors
/// A command line that says nothing of the above, or whatever the client fails with.
pub fn main<P: Peer>() -> Result<(), Failure> {
    usage::pin_to_core(0);
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let runtime = runtime()?;
    print(match args.as_slice() {
        ["replay", file, seconds] => {
            let body = Bytes::from(std::fs::read(file)?);
            let time = Duration::from_secs_f64(seconds.parse()?);
            let peer = runtime.block_on(async { P::replay(body.clone()) });
            runtime.block_on(replay(&peer, Duration::from_millis(100)))?;
            timed(&runtime, async {
                let mut done = replay(&peer, time).await?;
                done.bytes = done.calls * body.len();
                Ok(done)
            })?
        }
        ["load", url, in_flight, seconds] => {
            let peer = runtime.block_on(async { P::at(url) });
            let time = Duration::from_secs_f64(seconds.parse()?);
            let in_flight = in_flight.parse()?;
            runtime.block_on(load(&peer, in_flight, Duration::from_millis(200)))?;
            timed(&runtime, load(&peer, in_flight, time))?
        }
        ["list", url, items] => {
            let peer = runtime.block_on(async { P::at(url) });
            let arn = arn(items.parse()?);
            timed(&runtime, async {
                let items = peer.list(&arn).await?;
                Ok(Done {
                    items,
                    ..Done::default()
                })
            })?
        }
        _ => {
            return Err(
                "expected `replay FILE SECONDS`, `load URL IN-FLIGHT SECONDS` or `list URL ITEMS`"
                    .into(),
            );
        }
    })
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    Ok(runtime.enable_all().build()?)
}

fn print((done, seconds, cpu): (Done, f64, f64)) -> Result<(), Failure> {
    let Done {
        calls,
        items,
        bytes,
    } = done;
    let peak = usage::peak_kib()?;
    println!(
        "calls={calls} items={items} bytes={bytes} seconds={seconds} cpu={cpu} peak_kib={peak}"
    );
    Ok(())
}

fn timed(
    runtime: &tokio::runtime::Runtime,
    work: impl Future<Output = Result<Done, Failure>>,
) -> Result<(Done, f64, f64), Failure> {
    let (start, cpu) = (Instant::now(), usage::cpu_seconds()?);
    let done = runtime.block_on(work)?;
    Ok((
        done,
        start.elapsed().as_secs_f64(),
        usage::cpu_seconds()? - cpu,
    ))
}

/// One call after the other until the time is over.
async fn replay<P: Peer>(peer: &P, time: Duration) -> Result<Done, Failure> {
    repeat(time, &Listing { peer, arn: arn(1) }).await
}

async fn repeat(time: Duration, call: &impl Repeated) -> Result<Done, Failure> {
    let end = Instant::now() + time;
    let mut done = Done::default();
    while Instant::now() < end {
        done.items += call.call().await?;
        done.calls += 1;
    }
    Ok(done)
}

/// The same from `in_flight` tasks at once.
async fn load<P: Peer>(peer: &P, in_flight: usize, time: Duration) -> Result<Done, Failure> {
    let tasks: Vec<_> = (0..in_flight)
        .map(|_| {
            let peer = peer.clone();
            tokio::spawn(async move { replay(&peer, time).await })
        })
        .collect();
    let mut all = Done::default();
    for task in tasks {
        let done = task.await??;
        all.calls += done.calls;
        all.items += done.items;
    }
    Ok(all)
}

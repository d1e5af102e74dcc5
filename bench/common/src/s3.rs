//! What clients of S3 do under measurement, whichever they are: small objects one after the other, and one large object.
//!
//! `measure get|put URL SECONDS` · `measure up|down|up-parts|down-parts URL BYTES FILE`. Objects are in the bucket `tins`,
//! and their keys are their lengths.

use crate::{Done, Failure, Repeated, print, repeat, runtime, timed, usage};
use bytes::Bytes;
use std::future::Future;
use std::path::Path;
use std::time::Duration;

/// The bucket of all objects.
pub const BUCKET: &str = "tins";

/// The length of a small object.
const SMALL: usize = 1024;

/// A client of S3, with one object a call.
pub trait Objects: Sized + Sync {
    /// A client of the service at `url`.
    ///
    /// # Errors
    /// The client does not accept the URL.
    fn at(url: &str) -> Result<Self, Failure>;

    /// Gets an object into memory; its length.
    fn get(&self, key: &str) -> impl Future<Output = Result<usize, Failure>> + Send;

    /// Puts an object that is in memory.
    fn put(&self, key: &str, body: Bytes) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Gets a large object by one request and drops it piece by piece, if the client has pieces; its length.
    fn down(&self, key: &str) -> impl Future<Output = Result<usize, Failure>> + Send;

    /// Puts a file by one request, piece by piece if the client has pieces.
    fn up(&self, key: &str, file: &Path) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Gets a large object into a file, by what the client has for this; its length.
    fn down_in_parts(
        &self,
        _key: &str,
        _file: &Path,
    ) -> impl Future<Output = Result<usize, Failure>> + Send {
        async { Err("it has nothing for objects in parts".into()) }
    }

    /// Puts a file in parts, by what the client has for this.
    fn up_in_parts(
        &self,
        _key: &str,
        _file: &Path,
    ) -> impl Future<Output = Result<(), Failure>> + Send {
        async { Err("it has nothing for objects in parts".into()) }
    }
}

/// A small object, to be had again and again.
struct Small<'a, O> {
    client: &'a O,
    /// What is put; `None` gets.
    body: Option<Bytes>,
}

impl<O: Objects> Repeated for Small<'_, O> {
    async fn call(&self) -> Result<usize, Failure> {
        let key = "1024";
        match &self.body {
            Some(body) => self.client.put(key, body.clone()).await.map(|()| SMALL),
            None => self.client.get(key).await,
        }
    }
}

/// Does what the command line says, on one thread and one core, and prints the figures.
///
/// # Errors
/// A command line that says nothing of the above, or whatever the client fails with.
pub fn main<O: Objects>() -> Result<(), Failure> {
    usage::pin_to_core(0);
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let runtime = runtime()?;
    let at = |url: &str| runtime.block_on(async { O::at(url) });
    print(match args.as_slice() {
        [what @ ("get" | "put"), url, seconds] => {
            let body = (*what == "put").then(|| Bytes::from(vec![b'.'; SMALL]));
            let client = &at(url)?;
            let small = Small { client, body };
            let time = Duration::from_secs_f64(seconds.parse()?);
            runtime.block_on(repeat(Duration::from_millis(200), &small))?;
            timed(&runtime, async {
                let mut done = repeat(time, &small).await?;
                done.bytes = done.items;
                Ok(done)
            })?
        }
        [what, url, bytes, file] => {
            let client = at(url)?;
            let file = Path::new(file);
            let length = bytes.parse()?;
            // The connection, and what the client loads once, are there before the clock starts.
            runtime.block_on(client.get("1024"))?;
            timed(&runtime, async {
                let moved = match *what {
                    "down" => client.down(bytes).await?,
                    "down-parts" => client.down_in_parts(bytes, file).await?,
                    "up" => client.up(bytes, file).await.map(|()| length)?,
                    "up-parts" => client.up_in_parts(bytes, file).await.map(|()| length)?,
                    other => return Err(format!("no measurement {other}").into()),
                };
                Ok(Done {
                    calls: 1,
                    items: moved,
                    bytes: length,
                })
            })?
        }
        _ => return Err("expected `get|put URL SECONDS` or `WHAT URL BYTES FILE`".into()),
    })
}

//! A generated client of S3 against servers that no one here wrote, which verify signatures: one line for each case.

mod case;
mod checksums;
mod conditions;
mod copies;
mod deletions;
mod errors;
mod http_client;
mod keys;
mod limits;
mod lists;
mod metadata;
mod multipart;
mod plain;
mod presigned;
mod ranges;
mod sizes;
mod streams;
mod transfers;
mod versions;
mod world;

use case::{Cases, Failure};
use std::process::ExitCode;
use world::{Server, World};

/// The arguments: the server's name and version, its URL without TLS and that with it, the file of the certificate that it
/// is reached with; then `short` to leave out what takes long, or `whole`; then, if there is one, a text in the names of the
/// cases to run.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [name, url, secure_url, certificate, extent, filter @ ..] = arguments.as_slice() else {
        eprintln!("expected NAME URL SECURE-URL CERTIFICATE short|whole [TEXT]");
        return ExitCode::FAILURE;
    };
    let server = Server { url, secure_url };
    let world = match World::new(&server, certificate, *extent == "short").await {
        Ok(world) => world,
        Err(Failure(why)) => {
            eprintln!("the server's bucket cannot be made: {why}");
            return ExitCode::FAILURE;
        }
    };
    println!("{name} at {url} and {secure_url}");
    let filter = filter.first().copied().unwrap_or_default();
    let mut cases = Cases::new(name, filter);
    run(&world, &mut cases).await;
    cases.end()
}

async fn run(world: &World, cases: &mut Cases<'_>) {
    sizes::run(world, cases).await;
    keys::run(world, cases).await;
    metadata::run(world, cases).await;
    versions::run(world, cases).await;
    copies::run(world, cases).await;
    lists::run(world, cases).await;
    deletions::run(world, cases).await;
    multipart::run(world, cases).await;
    ranges::run(world, cases).await;
    conditions::run(world, cases).await;
    checksums::run(world, cases).await;
    streams::run(world, cases).await;
    transfers::run(world, cases).await;
    presigned::run(world, cases).await;
    errors::run(world, cases).await;
}

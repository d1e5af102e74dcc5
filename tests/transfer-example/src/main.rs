//! Uploads a large file in parts and downloads it again in ranges, each with a bar.
//!
//! Without arguments it brings its own store along; nothing leaves the machine.

mod arguments;
mod bar;
mod store;

use std::error::Error;
use std::io::{Read as _, Write as _, stdout};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use s3::{ByteStream, Client};
use tinsmith_s3::transfer::UploadState;
use tinsmith_s3::{DownloadObject as _, UploadObject as _};

use arguments::Arguments;
use bar::Bar;
use store::Service;

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    let service = Service::start(arguments).await?;
    let folder = tempfile::tempdir()?;
    let (sent, received) = (folder.path().join("sent"), folder.path().join("received"));
    write_file(&sent, arguments.mebibytes)?;

    writeln!(out, "{} MiB to {}.", arguments.mebibytes, service.name())?;
    upload(&service.client, arguments, &sent).await?;
    writeln!(out, "Uploaded.")?;

    let bar = Bar::new("down");
    let object = service.client.get_object();
    let object = object.bucket(&arguments.bucket).key(&arguments.key);
    let downloaded = object
        .download()
        .part_size(arguments.part_size())
        .on_progress(bar.report())
        .to_path(&received)
        .await?;
    let validated = match &downloaded.validated {
        Some(algorithm) => format!("its {algorithm} is that of the object"),
        None => "the store has no checksum of the object".to_owned(),
    };
    writeln!(out, "Downloaded {} bytes; {validated}.", downloaded.size)?;
    match same(&sent, &received)? {
        true => writeln!(out, "What was received is what was sent.")?,
        false => return Err("what was received is not what was sent".into()),
    }
    Ok(())
}

/// The upload. This is the part to read: if it fails, it is resumed once with what was saved, as another program could.
async fn upload(client: &Client, arguments: &Arguments, file: &Path) -> Result<(), Box<dyn Error>> {
    let call = client
        .put_object()
        .bucket(&arguments.bucket)
        .key(&arguments.key)
        .content_type("application/octet-stream")
        .body(ByteStream::from_path(file));
    let saved = file.with_extension("upload");
    let into = saved.clone();
    let bar = Bar::new("up");
    let upload = call.clone().upload().part_size(arguments.part_size());
    let uploaded = upload
        .on_progress(bar.report())
        .on_state(move |state| {
            if let Err(error) = std::fs::write(&into, state.to_string()) {
                eprintln!("warning: not resumable: {error}");
            }
        })
        .send()
        .await;
    let Err(error) = uploaded else {
        return Ok(());
    };
    let Ok(state) = std::fs::read_to_string(&saved) else {
        return Err(error.into());
    };
    eprintln!("  {error}; going on");
    let state: UploadState = state.parse()?;
    let upload = call.upload().resume(state.clone());
    if let Err(error) = upload.on_progress(bar.report()).send().await {
        // The store would keep its parts.
        let given_up = client
            .put_object()
            .bucket(&arguments.bucket)
            .key(&arguments.key);
        given_up.upload().abort(&state).await?;
        return Err(error.into());
    }
    Ok(())
}

/// A file of which no two parts are alike.
fn write_file(path: &Path, mebibytes: u64) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    for block in 0..mebibytes * 1024 {
        let block = (0..128_u64).flat_map(|word| {
            (block * 128 + word)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .to_le_bytes()
        });
        file.write_all(&block.collect::<Vec<_>>())?;
    }
    file.flush()
}

fn same(one: &Path, other: &Path) -> std::io::Result<bool> {
    let (mut one, mut other) = (std::fs::File::open(one)?, std::fs::File::open(other)?);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    loop {
        left.clear();
        right.clear();
        (&mut one).take(1 << 20).read_to_end(&mut left)?;
        (&mut other).take(1 << 20).read_to_end(&mut right)?;
        if left != right {
            return Ok(false);
        }
        if left.is_empty() {
            return Ok(true);
        }
    }
}

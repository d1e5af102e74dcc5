//! Lists images with the generated EC2 Image Builder client, stops half-way, and goes on from the resume token.
//!
//! Without arguments it brings its own Image Builder along; nothing leaves the machine.

mod arguments;
mod listing;
mod progress;
mod service;
mod table;

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{Write as _, stdout};
use std::process::ExitCode;

use clap::Parser;
use imagebuilder::types::ImageSummary;

use arguments::Arguments;
use listing::Listing;
use service::Service;

#[tokio::main(flavor = "current_thread")]
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
    writeln!(
        out,
        "Listing images of {}, {} a page.",
        service.name(),
        arguments.page_size
    )?;
    let listing = Listing::new(&service, arguments);

    let (mut images, token) = listing.first_half().await?;
    match token {
        Some(token) => {
            writeln!(
                out,
                "Stopped after {} images. What a later run needs to go on:\n  {token}",
                images.len()
            )?;
            images.extend(listing.rest(token, images.len()).await?);
        }
        None => writeln!(out, "There are no more than {}.", images.len())?,
    }

    writeln!(
        out,
        "\n{} images:\n\n{}",
        images.len(),
        table::counts(&images)
    )?;
    write!(out, "{}", table::first(&images, 5))?;
    writeln!(
        out,
        "\n{}",
        verdict(&images, service.expected().as_deref())?
    )?;
    Ok(())
}

/// Whether each image came once; and whether all came, where it is known which ones there are.
fn verdict(images: &[ImageSummary], expected: Option<&[String]>) -> Result<&'static str, String> {
    let arns: Vec<&str> = images
        .iter()
        .filter_map(|image| image.arn.as_deref())
        .collect();
    let distinct: BTreeSet<&str> = arns.iter().copied().collect();
    let doubled = images.len() - distinct.len();
    if doubled > 0 {
        return Err(format!("{doubled} images came twice"));
    }
    match expected {
        None => Ok("No image came twice."),
        Some(expected) if arns == expected => Ok("No image was lost and none came twice."),
        Some(expected) => Err(format!(
            "{} images were expected, {} came",
            expected.len(),
            arns.len()
        )),
    }
}

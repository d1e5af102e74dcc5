//! What reading XML and CBOR costs, beside the official crates: whole calls whose answer is one large page.

use crate::Run;
use crate::codec_pages::{instances, metric_data, objects};
use crate::command::{run as run_command, write};
use crate::figure::median;
use crate::measured::{Heap, Measured};
use crate::peer::{Cargo, version};
use crate::report::{codecs_heading, times};

/// How many times faster than the official crate reading is to be.
const AIM: f64 = 2.5;

/// A page, and the operation that answers with it.
struct Page {
    operation: &'static str,
    what: &'static str,
    body: Vec<u8>,
    /// How many items are in it.
    items: f64,
}

fn pages() -> [Page; 3] {
    [
        Page {
            operation: "DescribeInstances",
            what: "210 instances of EC2, XML",
            body: instances(210).into_bytes(),
            items: 210.0,
        },
        Page {
            operation: "ListObjectsV2",
            what: "1,000 objects of S3, XML",
            body: objects(1000).into_bytes(),
            items: 1000.0,
        },
        Page {
            operation: "GetMetricData",
            what: "100 metrics with 500 values each of CloudWatch, CBOR",
            body: metric_data(100, 500),
            items: 50_000.0,
        },
    ]
}

/// Builds both programs, has them take turns, and prints the page of results; writes it unless the run is a quick one.
pub fn measure(run: &Run) -> Result<(), String> {
    let ours = program(run, "codecs", "bench-codecs-tinsmith")?;
    let official = program(run, "codecs/official", "bench-codecs-official")?;
    let mut text = codecs_heading(run);
    for service in ["aws-sdk-ec2", "aws-sdk-s3", "aws-sdk-cloudwatch"] {
        text.push_str(&format!("* {service}: {}\n", version(&official, service)?));
    }
    text.push_str(
        "\n| page | size | Tinsmith | official | ratio | aim |\n|---|--:|--:|--:|--:|--:|\n",
    );
    for page in pages() {
        let rates = rates(run, &page, [&ours, &official])?;
        let [ours, official] = rates.map(|rates| median(rates).unwrap_or_default());
        let ratio = ours / official;
        let met = if ratio >= AIM { "met" } else { "**missed**" };
        text.push_str(&format!(
            "| {} | {:.2} MB | {ours:.0} MB/s | {official:.0} MB/s | {} | ≥ {AIM}, {met} |\n",
            page.what,
            page.body.len() as f64 / 1e6,
            times(ratio),
        ));
    }
    println!("{text}");
    match run.quick {
        true => Ok(()),
        false => write(&run.bench.join("codecs").join("RESULTS.md"), &text),
    }
}

/// Bytes by CPU time of each round, of each program.
fn rates(run: &Run, page: &Page, programs: [&Cargo; 2]) -> Result<[Vec<f64>; 2], String> {
    let file = run.work.join("page");
    std::fs::write(&file, &page.body)
        .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    let seconds = if run.quick { "0.5" } else { "1" };
    let mut rates = [Vec::new(), Vec::new()];
    for round in 1..=run.rounds {
        for (program, rates) in programs.iter().zip(&mut rates) {
            let (operation, package) = (page.operation, program.package);
            eprintln!("{operation}, round {round} of {}: {package}", run.rounds);
            let mut command = std::process::Command::new(program.program("release", package));
            command.args(["replay", operation, &file.to_string_lossy(), seconds]);
            let measured = Measured::by(&mut command, Heap::Kept)?;
            if measured.items != measured.calls * page.items {
                return Err(format!("{package} did not read what it was sent"));
            }
            rates.push(measured.bytes / measured.cpu / 1e6);
        }
    }
    Ok(rates)
}

fn program(run: &Run, folder: &str, package: &'static str) -> Result<Cargo, String> {
    let cargo = Cargo {
        folder: run.bench.join(folder),
        package,
        service: package,
        target: run.work.join(package),
    };
    eprintln!("building {package}");
    run_command(cargo.command("build").arg("--release"))?;
    Ok(cargo)
}

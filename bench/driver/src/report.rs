//! `RESULTS.md`: the machine, the versions, and the table.

use crate::Run;
use crate::figure::{Aim, Figure};
use crate::generator::Generation;
use crate::machine::machine;
use crate::peer::{ALL, ONE, Peer};

/// How many times bare parsing a generation may take.
const GENERATION: f64 = 10.0;

/// The whole page.
pub fn markdown(
    run: &Run,
    peers: &[Peer],
    figures: &[Figure],
    generations: &[Generation],
) -> String {
    let mut text = String::from("# Measured side by side, in one run\n\n");
    let today = jiff::Zoned::now().date();
    text.push_str(&format!("{today}, {}. ", machine()));
    text.push_str(&format!(
        "Medians of {} rounds, of {} for what is built from nothing; the clients took turns.\n",
        run.rounds, run.build_rounds
    ));
    if run.quick {
        text.push_str("A quick run: without the clean builds.\n");
    }
    text.push('\n');
    for peer in peers {
        text.push_str(&match &peer.version {
            Ok(version) => format!("* {}: {version}\n", peer.name),
            Err(_) => format!(
                "* {}: missing, it could not be had on this machine\n",
                peer.name
            ),
        });
    }
    text.push_str("\nRatios say how many times better than the official crate; below 1 is worse. ");
    text.push_str(
        "`cargo xtask bench` writes this page; README.md says how each figure is taken.\n\n",
    );
    text.push_str(&table(peers, figures));
    if !generations.is_empty() {
        text.push_str("\n## Generation\n\n");
        text.push_str("From the model's text in memory to formatted source, against parsing the same files with serde_json.\n\n");
        text.push_str(&generation_table(generations));
    }
    text
}

/// How the page of the codecs begins.
pub fn codecs_heading(run: &Run) -> String {
    format!(
        "# Reading XML and CBOR, side by side, in one run\n\n{}, {}. Medians of {} rounds; the programs took turns. \
         Whole calls without a network, bytes by CPU time, with memory kept. `cargo xtask bench -- --only codecs` writes this \
         page; ../README.md says how.\n\n",
        jiff::Zoned::now().date(),
        machine(),
        run.rounds
    )
}

/// How the page of S3 begins; `versions` has a line for each client.
pub fn s3_heading(run: &Run, versions: &str) -> String {
    let mut text = format!(
        "# Moving objects of S3, side by side, in one run\n\n{}, {}. Medians of {} rounds, of {} for what is built from \
         nothing; the clients took turns, with the same service on the loopback interface. `cargo xtask bench -- --only s3` \
         writes this page; ../README.md says how each figure is taken.\n",
        jiff::Zoned::now().date(),
        machine(),
        run.rounds,
        run.build_rounds
    );
    if run.quick {
        text.push_str("A quick run: without the clean builds.\n");
    }
    text.push_str(&format!("\n{versions}\n"));
    text.push_str(
        "Ratios say how many times better than the other client Tinsmith is; below 1 is worse.\n\n",
    );
    text
}

fn table(peers: &[Peer], figures: &[Figure]) -> String {
    let mut text = String::from("| |");
    for peer in peers {
        text.push_str(&format!(" {} |", peer.name));
    }
    text.push_str(" ratio, 1 operation | ratio, all 77 | aim |\n|---|");
    text.push_str(&"--:|".repeat(peers.len() + 3));
    text.push('\n');
    for figure in figures {
        text.push_str(&format!("| {} |", figure.name));
        for value in figure.values {
            let shown = value.map_or("—".to_owned(), |value| figure.unit.show(value));
            text.push_str(&format!(" {shown} |"));
        }
        for peer in [ONE, ALL] {
            let ratio = figure.ratio(peer);
            text.push_str(&format!(" {} |", ratio.map_or("—".to_owned(), times)));
        }
        text.push_str(&format!(" {} |\n", aim(figure)));
    }
    text
}

fn aim(figure: &Figure) -> String {
    let Some(Aim { times, of }) = figure.aim else {
        return String::new();
    };
    match figure.ratio(of) {
        Some(ratio) if ratio >= times => format!("≥ {times}, met"),
        Some(_) => format!("≥ {times}, **missed**"),
        None => format!("≥ {times}"),
    }
}

fn generation_table(generations: &[Generation]) -> String {
    let mut text = String::from(
        "| | models | lines | generation | parsing | ratio | aim |\n|---|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in generations {
        let ratio = row.generate / row.parse;
        let met = if ratio <= GENERATION {
            "met"
        } else {
            "**missed**"
        };
        text.push_str(&format!(
            "| {} | {:.1} MB | {} | {:.3} s | {:.3} s | {ratio:.1} | ≤ {GENERATION}, {met} |\n",
            row.what, row.megabytes, row.lines, row.generate, row.parse
        ));
    }
    text
}

/// A ratio, with two digits that mean something.
pub fn times(ratio: f64) -> String {
    if ratio >= 10.0 {
        format!("{ratio:.0}×")
    } else if ratio >= 1.0 {
        format!("{ratio:.1}×")
    } else {
        format!("{ratio:.2}×")
    }
}

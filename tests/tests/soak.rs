//! Half a minute of everything at once: calls, listings, faults and callers that lose interest. Nothing hangs, no answer
//! is another call's, and neither descriptors nor memory pile up.
//!
//! The only test of its binary, since it counts what the whole process holds, the server's part included.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic is how a test fails"
)]

#[allow(dead_code, reason = "another binary uses the rest")]
#[path = "imagebuilder/support.rs"]
mod support;

use imagebuilder::{Client, Error};
use std::time::{Duration, Instant};
use support::{config, server, within};
use tinsmith_runtime::ErrorKind;
use tinsmith_tests::server::{Fault, ImageBuilder};

const IMAGES: usize = 200;
const PAGE: i32 = 25;
const AT_ONCE: usize = 24;
const WARM_UP: Duration = Duration::from_secs(5);
const SOAK: Duration = Duration::from_secs(20);

/// What 24 callers, the 64 connections that are kept at most, and the other ends of all of them may hold open, and as
/// much again for what is just being closed.
const MOST_DESCRIPTORS: usize = 400;
/// What memory may fluctuate by. Losing a kilobyte a call would take some 20 MiB.
const MOST_GROWTH: u64 = 12 << 20;

/// A generator of numbers that is the same in each run (Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// How many descriptors this process has open; `None` where the system does not say.
fn descriptors() -> Option<usize> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count())
}

/// How much memory this process has, in bytes; `None` where the system does not say.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes << 10)
}

fn fault(dice: &mut Dice) -> Fault {
    match dice.below(8) {
        0 => Fault::Reset,
        1 => Fault::Cut,
        2 => Fault::Stall,
        3 => Fault::Wire(Vec::new()),
        4 => Fault::Wire(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{\"x\":".to_vec()),
        5 => Fault::status(500),
        6 => Fault::exception("CallRateLimitExceededException", "slow down"),
        _ => Fault::SlowFirstByte(Duration::from_millis(30)),
    }
}

/// One caller's turn: how many calls it made that came to their end.
async fn turn(client: Client, arns: &[String], mut dice: Dice) -> usize {
    match dice.below(4) {
        // A page, which is the first one and nobody else's.
        0 => match within(client.list_image_build_versions().max_results(PAGE).send()).await {
            Ok(page) => {
                let images = page.image_summary_list.unwrap();
                assert!(
                    images
                        .iter()
                        .map(|image| image.arn.as_ref())
                        .eq(arns.iter().take(images.len()).map(Some))
                );
                1
            }
            Err(error) => expected(&error),
        },
        // A listing to its end.
        1 => {
            let mut images = client
                .list_image_build_versions()
                .into_paginator()
                .page_size(PAGE)
                .items()
                .send();
            let mut seen = 0;
            while let Some(image) = within(images.next()).await {
                match image {
                    Ok(image) => assert_eq!(image.arn.as_ref(), arns.get(seen)),
                    Err(error) => return expected(&error),
                }
                seen += 1;
            }
            assert_eq!(seen, IMAGES);
            IMAGES.div_ceil(usize::try_from(PAGE).unwrap())
        }
        // A listing that nobody reads to its end.
        2 => {
            let mut images = client
                .list_image_build_versions()
                .into_paginator()
                .page_size(PAGE)
                .items()
                .send();
            for _ in 0..dice.below(60) {
                if let Some(Err(error)) = within(images.next()).await {
                    return expected(&error);
                }
            }
            1
        }
        // A call that is given up at any moment.
        _ => {
            let call = client.list_image_build_versions().send();
            let patience = Duration::from_micros(dice.below(4_000));
            drop(tokio::time::timeout(patience, call).await);
            1
        }
    }
}

/// Faults lead to these errors and to no others.
fn expected(error: &Error) -> usize {
    let kinds = [
        ErrorKind::Connection,
        ErrorKind::Timeout,
        ErrorKind::Service,
        ErrorKind::Response,
    ];
    assert!(kinds.contains(&error.kind()), "{error:?}");
    1
}

/// Turns, 24 at a time, until the time is over; how many calls came to their end.
async fn rounds(server: &ImageBuilder, client: &Client, time: Duration, dice: &mut Dice) -> usize {
    let (began, mut calls) = (Instant::now(), 0);
    let arns = server.catalogue().arns();
    while began.elapsed() < time {
        for _ in 0..dice.below(6) {
            server.fault(fault(dice));
        }
        let arns = &arns;
        let turns: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let (client, arns, dice) =
                    (client.clone(), arns.to_vec(), Dice(dice.below(u64::MAX)));
                tokio::spawn(async move { turn(client, &arns, dice).await })
            })
            .collect();
        for turn in turns {
            calls += turn.await.unwrap();
        }
        server.forget_requests();
    }
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_and_lost_interest_leave_nothing_behind() {
    let server = server(IMAGES).await;
    let config = config(server.url())
        .attempt_timeout(Duration::from_millis(400))
        .max_attempts(2);
    let client = Client::new(config.build());
    let mut dice = Dice(20);
    rounds(&server, &client, WARM_UP, &mut dice).await;
    let before = memory();
    let calls = rounds(&server, &client, SOAK, &mut dice).await;
    println!(
        "{calls} calls; descriptors {:?}; memory {before:?}, then {:?}",
        descriptors(),
        memory()
    );
    assert!(calls > 500, "{calls} calls");
    if let Some(open) = descriptors() {
        assert!(open < MOST_DESCRIPTORS, "{open} descriptors");
    }
    if let (Some(before), Some(after)) = (before, memory()) {
        assert!(after < before + MOST_GROWTH, "{before} bytes, then {after}");
    }
    // And all is well when the faults are over.
    server.heal();
    let page = within(client.list_image_build_versions().send())
        .await
        .unwrap();
    assert!(page.image_summary_list.is_some());
}

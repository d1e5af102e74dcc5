//! Every single key of the sound model taken away, and every single value put in place by one of another kind: a crate
//! or problems, and never a panic.

use crate::edit::{delete, set, sound};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tinsmith_codegen::{BotocoreFiles, generate, read_botocore};
use tinsmith_golden::case::options;
use tinsmith_golden::pointers;

/// Far more than any of them takes.
const LONGEST: Duration = Duration::from_secs(10);

/// A crate, or problems that say something; in time.
fn demand_an_answer(what: &str, files: &BotocoreFiles) {
    let start = Instant::now();
    let answer = read_botocore(files).and_then(|model| generate(&model, &options("mutated")));
    if let Err(problems) = answer {
        assert!(!problems.0.is_empty(), "{what}: refused without a reason");
        for problem in problems.0 {
            assert!(problem.message.contains("expected"), "{what}: {problem}");
        }
    }
    assert!(
        start.elapsed() < LONGEST,
        "{what} took {:?}",
        start.elapsed()
    );
}

#[test]
fn no_single_change_makes_the_generator_panic() {
    let files = sound();
    let kinds = [
        json!(null),
        json!(1),
        json!("x"),
        json!([]),
        json!({}),
        json!(true),
    ];
    type Place = fn(&mut BotocoreFiles) -> &mut Value;
    let places: [(&str, Place); 4] = [
        ("service", |files| &mut files.service.value),
        ("paginators", |files| {
            &mut files
                .paginators
                .as_mut()
                .expect("there are paginators")
                .value
        }),
        ("waiters", |files| {
            &mut files.waiters.as_mut().expect("there are waiters").value
        }),
        ("rules", |files| {
            &mut files
                .endpoint_rules
                .as_mut()
                .expect("there are rules")
                .value
        }),
    ];
    let mut tried = 0;
    for (file, place) in places {
        for pointer in pointers(place(&mut files.clone())) {
            let mut mutated = files.clone();
            delete(place(&mut mutated), &pointer);
            demand_an_answer(&format!("{file}{pointer} taken away"), &mutated);
            for kind in &kinds {
                let mut mutated = files.clone();
                set(place(&mut mutated), &pointer, kind.clone());
                demand_an_answer(&format!("{file}{pointer} = {kind}"), &mutated);
            }
            tried += 1 + kinds.len();
        }
    }
    assert!(tried > 2_000, "only {tried} mutations were tried");
}

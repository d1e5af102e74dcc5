//! Generates services in parallel, each from its files to the texts of its crate.

use cargo_tinsmith::config::Documentation;
use cargo_tinsmith::load;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tinsmith_codegen::{Dependency, Generated, Options, Overrides, Package, Selection, generate};

/// The result for a service.
#[derive(Debug)]
pub(super) struct Swept {
    /// Its name in botocore.
    pub(super) service: String,
    /// The name of its protocol in the model; empty if the model cannot be read.
    pub(super) protocol: String,
    /// Whether the runtime speaks one of its protocols and signs as it wants.
    pub(super) spoken: bool,
    pub(super) elapsed: Duration,
    pub(super) operations: usize,
    pub(super) lines: usize,
    /// The crate's files, if they are kept.
    pub(super) tree: BTreeMap<String, String>,
    /// Whether the generator panicked.
    pub(super) panicked: bool,
    /// Why there is no crate: each problem as a message.
    pub(super) problems: Vec<String>,
}

impl Swept {
    /// Whether it should have been generated and was not.
    pub(super) fn is_refused(&self) -> bool {
        let is_expected = !self.spoken && !self.protocol.is_empty() && !self.panicked;
        !is_expected && !self.problems.is_empty()
    }
}

/// A service to generate.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Its name in botocore.
    pub(super) service: String,
    /// The folder of its model.
    pub(super) folder: PathBuf,
    pub(super) operations: Selection,
}

/// Every service, `jobs` at a time, in the order of `models`. `keep`: whether to keep the texts, which need memory.
pub(super) fn all(root: &Path, models: &[Wanted], jobs: usize, keep: bool) -> Vec<Swept> {
    let bar = ProgressBar::new(models.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    // The largest first, so that no thread has one left at the end.
    let mut order: Vec<usize> = (0..models.len()).collect();
    let size = |index: &usize| {
        let model = models.get(*index);
        let file = model.and_then(|wanted| load::find(&wanted.folder, "service-2.json"));
        let metadata = file.and_then(|file| file.metadata().ok());
        std::cmp::Reverse(metadata.map(|metadata| metadata.len()))
    };
    order.sort_by_key(size);
    let next = AtomicUsize::new(0);
    let found = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(models.len()) {
            scope.spawn(|| {
                while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some(wanted) = models.get(*index) else {
                        continue;
                    };
                    bar.set_message(wanted.service.clone());
                    let swept = one(root, wanted, keep);
                    if let Ok(mut found) = found.lock() {
                        found.insert(*index, swept);
                    }
                    bar.inc(1);
                }
            });
        }
    });
    bar.finish_and_clear();
    let found = found.into_inner().unwrap_or_default();
    found.into_values().collect()
}

fn one(root: &Path, wanted: &Wanted, keep: bool) -> Swept {
    let start = Instant::now();
    let mut swept = Swept {
        service: wanted.service.clone(),
        protocol: String::new(),
        spoken: false,
        elapsed: Duration::ZERO,
        operations: 0,
        lines: 0,
        tree: BTreeMap::new(),
        panicked: false,
        problems: Vec::new(),
    };
    // A panic of the generator is reported as such, and the other services continue.
    let generated = catch_unwind(AssertUnwindSafe(|| generated(root, wanted, &mut swept)));
    match generated {
        Ok(Some(generated)) => {
            swept.operations = generated.operations;
            swept.lines = generated
                .tree
                .values()
                .map(|text| text.lines().count())
                .sum();
            if keep {
                swept.tree = generated.tree;
            }
        }
        Ok(None) => {}
        Err(_) => {
            swept.panicked = true;
            swept
                .problems
                .push("the generator panicked, which is an error in the generator".to_owned());
        }
    }
    swept.elapsed = start.elapsed();
    // With the lines of tokens, which `scan` needs, each text that is parsed is kept for its thread.
    proc_macro2::extra::invalidate_current_thread_spans();
    swept
}

fn generated(root: &Path, wanted: &Wanted, swept: &mut Swept) -> Option<Generated> {
    let model = match load::model(root, &wanted.folder, Documentation::Keep) {
        Ok(model) => model,
        Err(report) => {
            swept.problems = report.problems().map(str::to_owned).collect();
            return None;
        }
    };
    swept.protocol.clone_from(&model.service.protocol_name);
    swept.spoken = model.service.has_generated_protocol() && !model.service.is_for_version_2_only();
    let options = Options {
        package: format!("sweep-{}", wanted.service),
        version: "0.1.0".to_owned(),
        operations: wanted.operations.clone(),
        documentation: true,
        overrides: Overrides::default(),
        runtime: Dependency::in_folder(&root.join("runtime").display().to_string()),
        // It would be the same for each crate.
        config: None,
        manifest: Package::default(),
    };
    match generate(&model, &options) {
        Ok(generated) => Some(generated),
        Err(problems) => {
            swept.problems = problems.0.iter().map(ToString::to_string).collect();
            None
        }
    }
}

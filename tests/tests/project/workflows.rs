//! What the workflows may do: no action moves under a fixed name, no job that compiles what comes from outside can write.

use std::path::Path;

/// The workflows, by name.
fn workflows() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    files.map(read).collect()
}

/// The jobs of a workflow: what stands two blanks in below `jobs:`.
fn jobs(workflow: &str) -> Vec<String> {
    let (_, jobs) = workflow.split_once("\njobs:\n").unwrap();
    let mut found: Vec<String> = Vec::new();
    for line in jobs.lines() {
        let is_key = line.starts_with("  ") && !line.starts_with("   ") && line.ends_with(':');
        if is_key || found.is_empty() {
            found.push(String::new());
        }
        let job = found.last_mut().unwrap();
        job.push_str(line);
        job.push('\n');
    }
    found
}

#[test]
fn actions_are_pinned_by_commit() {
    for (name, text) in workflows() {
        for line in text.lines().filter(|line| line.contains("uses:")) {
            let (_, commit) = line
                .split_once('@')
                .unwrap_or_else(|| panic!("{name}: {line}"));
            let commit: String = commit.chars().take_while(|c| !c.is_whitespace()).collect();
            let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
            assert!(is_commit, "{name}: {line}");
        }
    }
}

#[test]
fn checkouts_keep_no_credentials() {
    for (name, text) in workflows() {
        let checkouts = text.matches("uses: actions/checkout@").count();
        let without = text.matches("persist-credentials: false").count();
        assert_eq!(checkouts, without, "{name}");
    }
}

#[test]
fn a_job_that_runs_cargo_writes_nothing() {
    for (name, text) in workflows() {
        for job in jobs(&text).iter().filter(|job| job.contains("cargo ")) {
            assert!(!job.contains(": write"), "{name}:\n{job}");
        }
        let for_all = text.split_once("\njobs:\n").unwrap().0;
        assert!(!for_all.contains(": write"), "{name}");
    }
}

#[test]
fn what_is_built_is_what_is_locked() {
    let builds = [
        "cargo build",
        "cargo test",
        "cargo run",
        "cargo clippy",
        "cargo doc",
        "cargo install",
        "cargo xtask",
    ];
    for (name, text) in workflows() {
        let builds = |line: &&str| {
            builds.iter().any(|command| line.contains(command))
                && !line.trim_start().starts_with('#')
        };
        for line in text.lines().filter(builds) {
            assert!(line.contains("--locked"), "{name}: {line}");
        }
    }
}

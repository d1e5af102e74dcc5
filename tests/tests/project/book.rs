//! The book is whole: each chapter is in its summary, each program is compiled, and no link leads nowhere.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The names of all chapters.
fn chapters() -> Vec<String> {
    let folder = fs::read_dir(root().join("docs/src")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "SUMMARY.md").collect()
}

#[test]
fn every_chapter_is_in_the_summary_and_its_programs_are_compiled() {
    let summary = read("docs/src/SUMMARY.md");
    // The guide for moving has programs for the official crate too: its own test compiles what is ours.
    let compiled = read("tests/book/src/lib.rs") + &read("tests/call-sites/tests/guide.rs");
    for chapter in chapters() {
        assert!(summary.contains(&format!("({chapter})")), "{chapter}");
        let has_programs = read(&format!("docs/src/{chapter}")).contains("```rust");
        let is_compiled = compiled.contains(&format!("docs/src/{chapter}\""));
        assert!(is_compiled || !has_programs, "{chapter}");
    }
}

#[test]
fn links_lead_to_files_that_are_there() {
    let mut pages = vec![("README.md".to_owned(), String::new())];
    for chapter in chapters().into_iter().chain(["SUMMARY.md".to_owned()]) {
        pages.push((format!("docs/src/{chapter}"), "docs/src/".to_owned()));
    }
    for (page, folder) in pages {
        let text = read(&page);
        for link in text.split("](").skip(1) {
            let link = link.split([')', '#']).next().unwrap();
            if link.is_empty() || link.contains("://") {
                continue;
            }
            let path = root().join(format!("{folder}{link}"));
            assert!(path.exists(), "{page} refers to {link}");
        }
    }
}

//! One row of the table of faults that were found in the field: a model of our own, and what is right for it.

use crate::bless::{COMMAND, is_blessing};
use crate::case::{self, model_in};
use crate::files::{entries, here, text};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use tinsmith_codegen::{
    Change, DiffOptions, Generated, Model, Options, Overrides, Problems, Selection, diff, generate,
};

/// A row: a folder of `cases`, whose crate is committed and compiled, or of `rows`, where there is no crate to compile.
#[derive(Clone, Debug)]
pub struct Row {
    name: String,
    folder: PathBuf,
}

/// The rows in the folder `rows`, sorted.
#[must_use]
pub fn all() -> Vec<String> {
    entries(&here("rows"))
        .into_iter()
        .map(|(name, _)| name)
        .collect()
}

#[allow(clippy::panic, reason = "this library serves tests")]
impl Row {
    /// The row called `name`.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let folders = [here("rows").join(name), here("cases").join(name)];
        let folder = folders.into_iter().find(|folder| folder.is_dir());
        Self {
            name: name.to_owned(),
            folder: folder.unwrap_or_else(|| panic!("there is no row called {name}")),
        }
    }

    /// The crate of some operations, and of all where none is named.
    ///
    /// # Errors
    /// Everything that is wrong with the model.
    pub fn generate(&self, operations: &[&str]) -> Result<Generated, Problems> {
        self.generate_with(operations, |_| {})
    }

    /// The same with options of the test's own.
    ///
    /// # Errors
    /// Everything that is wrong with the model.
    pub fn generate_with(
        &self,
        operations: &[&str],
        change: impl FnOnce(&mut Options),
    ) -> Result<Generated, Problems> {
        let mut options = self.options(operations);
        change(&mut options);
        let generated = generate(&model_in(&self.folder)?, &options)?;
        check_files(&self.name, &generated.tree);
        Ok(generated)
    }

    /// The crate of some operations, and of all where none is named, which must come out.
    ///
    /// # Panics
    /// It is refused.
    #[must_use]
    pub fn generated(&self, operations: &[&str]) -> Generated {
        let generated = self.generate(operations);
        generated.unwrap_or_else(|problems| panic!("{} is refused:\n{problems}", self.name))
    }

    /// The crate of the model in the folder `twin`, under the same name.
    ///
    /// # Panics
    /// It is refused.
    #[must_use]
    pub fn twin(&self) -> Generated {
        let twin = model_in(&self.folder.join("twin"))
            .and_then(|model| generate(&model, &self.options(&[])));
        twin.unwrap_or_else(|problems| panic!("the twin of {} is refused:\n{problems}", self.name))
    }

    /// Each operation, by itself, is refused with what `message.txt` beside the model says.
    ///
    /// # Panics
    /// One is accepted, or a message is another. Blessing writes the file instead.
    pub fn each_is_refused(&self) {
        let model = model_in(&self.folder);
        let operations: Vec<String> = match &model {
            Ok(model) => model.operations.keys().cloned().collect(),
            // What cannot be read at all is refused whatever is selected.
            Err(_) => vec!["all".to_owned()],
        };
        let mut messages = String::new();
        for operation in operations {
            let selected = [operation.as_str()];
            let answer = match &model {
                Ok(model) => generate(model, &self.options(&selected)),
                Err(problems) => Err(problems.clone()),
            };
            match answer {
                Ok(_) => panic!("{}: {operation} is accepted", self.name),
                Err(problems) => messages.push_str(&format!("== {operation}\n{problems}\n")),
            }
        }
        let path = self.folder.join("message.txt");
        if is_blessing() {
            let written = std::fs::write(&path, &messages);
            written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
            return;
        }
        let expected = text(&path).unwrap_or_default();
        assert!(
            expected == messages,
            "{}: the message is another\n--- expected\n{expected}\n--- found\n{messages}\nwhere it is meant: {COMMAND}",
            self.name
        );
    }

    /// The model.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn model(&self) -> Result<Model, Problems> {
        model_in(&self.folder)
    }

    /// The changes from the model in the folder `before` to the one in `after`, for all of their operations.
    ///
    /// # Panics
    /// One of them is refused.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let side = |name| model_in(&self.folder.join(name));
        let options = DiffOptions {
            selection: Selection::All,
            overrides: Overrides::default(),
        };
        let found = side("before").and_then(|before| diff(&before, &side("after")?, &options));
        let found =
            found.unwrap_or_else(|problems| panic!("{} is refused:\n{problems}", self.name));
        found.changes
    }

    fn options(&self, operations: &[&str]) -> Options {
        let mut options = case::options(&format!("golden-{}", self.name));
        if !operations.is_empty() {
            let names = operations.iter().map(|name| (*name).to_owned());
            options.operations = Selection::Named(names.collect());
        }
        options
    }
}

/// The Rust of a crate without the lines that are only comments: what two crates that do the same have in common.
#[must_use]
pub fn code(generated: &Generated) -> BTreeMap<String, String> {
    let rust = generated
        .tree
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"));
    rust.map(|(path, text)| {
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        (path.clone(), lines.collect::<Vec<_>>().join("\n"))
    })
    .collect()
}

/// All the Rust of a crate in one text.
#[must_use]
pub fn rust(generated: &Generated) -> String {
    let rust = generated
        .tree
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"));
    rust.map(|(_, text)| text.as_str()).collect()
}

/// What holds for every crate: no invisible character stands in a file raw, and every system can check its files out.
///
/// # Panics
/// It does not hold.
pub fn check_files(name: &str, tree: &BTreeMap<String, String>) {
    for (path, text) in tree {
        let raw: BTreeSet<char> = text.chars().filter(|c| is_invisible(*c)).collect();
        assert!(raw.is_empty(), "{name}: {path} holds {raw:?} raw");
        for part in path.split('/') {
            assert!(
                !is_reserved(part),
                "{name}: {path} is a name that Windows reserves"
            );
        }
    }
    let folded: BTreeSet<String> = tree.keys().map(|path| path.to_lowercase()).collect();
    assert!(
        folded.len() == tree.len(),
        "{name}: two files differ only in case"
    );
}

/// Controls but for tab and line feed, zero-width and bidi characters, separators of lines and paragraphs, tags and the
/// byte order mark.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n'))
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether Windows keeps a file's name for a device, whatever follows the dot.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let port = |prefix| {
        let number = stem.strip_prefix(prefix);
        number.is_some_and(|number| {
            matches!(number, "¹" | "²" | "³")
                || (number.len() == 1 && number.as_bytes().first().is_some_and(u8::is_ascii_digit))
        })
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "clock$") || port("com") || port("lpt")
}

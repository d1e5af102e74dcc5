//! Generated code and a runtime that do not go together: the first thing that rustc says is that, and what to do.

use super::{model, package, said};
use std::collections::BTreeMap;
use tinsmith_codegen::Selection;
use tinsmith_verdict::{Member, generated};

/// What stands before the number in a generated `lib.rs`.
const BEFORE: &str = "tinsmith_runtime::generated_for_contract!(";

/// The side of the rows that these crates are judged with.
const SIDE: &str = "after";

/// A crate of a later contract, which also uses what this runtime does not have.
const LATER: &str = "contract-later";
/// A crate for a runtime that says its contract; this one does not, since it was released before.
const UNHEARD: &str = "contract-unheard";
/// A crate that was generated before there was a number.
const WITHOUT: &str = "contract-without";

/// The crates, to be judged with the rows of a side.
pub(crate) fn members(side: &str) -> Vec<Member> {
    let names = [LATER, UNHEARD, WITHOUT].into_iter();
    let member = |name| Member {
        package: package(name, side),
        tree: tree(name),
        programs: BTreeMap::new(),
    };
    names.filter(|_| side == SIDE).map(member).collect()
}

fn tree(name: &str) -> BTreeMap<String, String> {
    let model = model("deprecation-message", SIDE);
    let mut tree = generated(&package(name, SIDE), &model, Selection::All);
    let library = tree.get_mut("src/lib.rs").unwrap();
    let line = line(library);
    *library = match name {
        LATER => {
            library.replace(BEFORE, &format!("{BEFORE}1")) + "pub use tinsmith_runtime::Later;\n"
        }
        UNHEARD => library.replace("::generated_for", "::unheard_for"),
        _ => library.replace(&line, "tinsmith_runtime::open_enum!(Kind, KNOWN);"),
    };
    tree
}

/// The line of a `lib.rs` that says the contract.
fn line(library: &str) -> String {
    let line = library.lines().find(|line| line.starts_with(BEFORE));
    line.unwrap().to_owned()
}

/// The number of the contract that the generator writes for.
fn number() -> String {
    let model = model("deprecation-message", SIDE);
    let tree = generated("contract", &model, Selection::All);
    let (_, after) = tree["src/lib.rs"].split_once(BEFORE).unwrap();
    after.chars().take_while(char::is_ascii_digit).collect()
}

#[track_caller]
fn says(name: &str, beginning: &str, parts: &[&str]) {
    let [_, after] = said();
    let errors = &after.crates[&package(name, SIDE)];
    assert!(errors.starts_with(beginning), "{errors}");
    let first = errors.split("\nerror").next().unwrap();
    for part in parts {
        assert!(first.contains(part), "expected {part:?} in\n{first}");
    }
}

#[test]
fn code_of_a_later_contract_names_both_and_what_to_do() {
    let number = number();
    says(
        LATER,
        &format!(
            "error: this crate was generated for contract 1{number} of tinsmith-runtime, but the tinsmith-runtime in this \
             build has contract {number}\n"
        ),
        &[
            "Cargo.toml",
            "tinsmith.toml",
            "cargo tinsmith codegen",
            "src/lib.rs",
        ],
    );
}

#[test]
fn code_of_before_the_number_is_code_of_contract_0() {
    let number = number();
    says(
        WITHOUT,
        "error: this crate was generated for contract 0 of tinsmith-runtime, ",
        &[
            &format!("has contract {number}\n"),
            "cargo tinsmith codegen",
        ],
    );
}

/// A runtime cannot know what comes after it; rustc shows the line that it does not understand, and the line says it.
#[test]
fn code_for_a_runtime_that_knows_no_contract_says_so_in_its_line() {
    says(
        UNHEARD,
        "error[E0433]: ",
        &["// Not found? The tinsmith-runtime is older than this crate."],
    );
}

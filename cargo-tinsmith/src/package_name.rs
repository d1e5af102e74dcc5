//! Valid names of generated crates: names that Cargo accepts for a package and Rust for a crate, and that conflict with
//! nothing, neither where a crate is generated nor where it is used.

/// The longest name that crates.io accepts.
const LONGEST: usize = 64;

/// Crates that come with Rust. The first three are visible to every crate.
const RUST: [&str; 5] = ["std", "core", "alloc", "proc_macro", "test"];

/// Names in paths that a crate with such a name would replace in every crate that depends on it.
const PRIMITIVES: [&str; 17] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16",
    "u32", "u64", "u128", "usize",
];

/// Names of devices on Windows, with any extension: a folder cannot have such a name.
const WINDOWS: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The dependencies of generated crates, which a generated crate therefore cannot be itself.
const DEPENDENCIES: [&str; 2] = ["tinsmith_config", "tinsmith_runtime"];

/// Checks the name of a generated crate.
///
/// # Errors
/// The reason, in words.
pub(crate) fn check(name: &str) -> Result<(), String> {
    let expected = |what: &str| Err(format!("expected {what}, found `{name}`"));
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(is_part) {
        return expected(
            "a package name of lower-case letters, digits, `-` and `_` that begins with a letter",
        );
    }
    if name.len() > LONGEST {
        return expected(&format!("a package name of at most {LONGEST} characters"));
    }
    let krate = name.replace('-', "_");
    let krate = krate.as_str();
    if !tinsmith_codegen::is_identifier(krate) {
        expected("a package name that is not a keyword of Rust")
    } else if RUST.contains(&krate) {
        expected("a package name other than those of Rust's own crates")
    } else if PRIMITIVES.contains(&krate) {
        expected("a package name that is not that of a built-in type of Rust")
    } else if DEPENDENCIES.contains(&krate) {
        expected("a package name that is not that of a crate on which generated crates depend")
    } else if WINDOWS.contains(&krate) || is_port(krate) {
        expected("a package name that is not that of a device of Windows")
    } else {
        Ok(())
    }
}

/// `com1`, `lpt9` and so on.
fn is_port(name: &str) -> bool {
    let number = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"));
    number
        .is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_name_that_cargo_rust_or_a_neighbour_has_is_refused() {
        for (kind, names) in [
            (
                "lower-case letters",
                "- _ 1st S3 s.3 s/3 aws::s3 été -s3 _s3",
            ),
            (
                "not a keyword",
                "self super crate type async gen try yield abstract final macro dyn static",
            ),
            (
                "Rust's own crates",
                "std core alloc test proc-macro proc_macro",
            ),
            ("built-in type of Rust", "str bool i32 usize"),
            (
                "a crate on which generated crates depend",
                "tinsmith-config tinsmith-runtime tinsmith_runtime",
            ),
            ("device of Windows", "con nul aux prn com1 lpt9 com0"),
        ] {
            for name in names.split(' ') {
                let why = check(name).unwrap_err();
                assert!(
                    why.contains(kind) && why.ends_with(&format!("found `{name}`")),
                    "{why}"
                );
            }
        }
        assert!(check("").is_err());
        assert!(check(&"a".repeat(65)).unwrap_err().contains("at most 64"));
        for name in [
            "s3",
            "image-builder",
            "image_builder",
            "com",
            "com10",
            "testing",
            "stdx",
            "union",
            "tinsmith",
            "a-",
        ] {
            assert_eq!(check(name), Ok(()));
        }
    }
}

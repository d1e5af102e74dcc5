//! Names, decided once: from the wire's spelling to Rust's, in scopes that also hold the names that we generate.

use crate::place::Place;
use crate::text::is_invisible;
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Words whose capitals mislead a splitter, and their spelling as one word.
const WORDS: &[(&str, &str)] = &[
    ("DynamoDB", "Dynamodb"),
    ("GiB", "Gib"),
    ("GraphQL", "Graphql"),
    ("IoT", "Iot"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("IpV4", "Ipv4"),
    ("IpV6", "Ipv6"),
    ("KiB", "Kib"),
    ("LoRaWAN", "Lorawan"),
    ("MiB", "Mib"),
    ("MySQL", "Mysql"),
    ("OAuth", "Oauth"),
    ("PostgreSQL", "Postgresql"),
    ("SaaS", "Saas"),
    ("SigV4", "Sigv4"),
    ("TiB", "Tib"),
    ("VMware", "Vmware"),
    ("WhatsApp", "Whatsapp"),
    ("iSCSI", "Iscsi"),
    ("vCPU", "Vcpu"),
];

/// Types that generated files name without a path; a shape with such a name gets another.
pub(crate) const TAKEN_TYPES: &[&str] = &[
    "AsRef",
    "Box",
    "Err",
    "From",
    "Into",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialOrd",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
    "ReadResult",
    "ReadOutput",
    "ReadStructure",
    "ReadUnion",
    "ResponseReader",
    "ShapeReader",
    "ShapeWriter",
    "UnknownMember",
    "WriteStructure",
    "WriteUnion",
    "EventReader",
    "EventWriter",
    "ReadEvent",
    "ReadEventStream",
    "Unhandled",
    "UnknownEvent",
    "WriteEvent",
    "WriteEventStream",
];

/// Types that the file of an operation names without a path; an operation, its input and its output keep clear of them.
const TAKEN_BY_OPERATIONS: &[&str] = &[
    "Client",
    "Error",
    "Operation",
    "Outcome",
    "Paginated",
    "Pagination",
    "Paginator",
    "ReadOutput",
    "RequestWriter",
    "ServiceError",
    "Token",
    "TokenError",
    "Waiter",
    "WaiterPlan",
    "WriteInput",
];

/// Names that mean something else where modules are listed: crates, the file `mod.rs`, and the exceptions among types.
const TAKEN_MODULES: &[&str] = &["alloc", "core", "error", "mod", "std", "tinsmith_runtime"];

/// The longest name of a module: half of what file systems hold, for the sake of the folders above.
const LONGEST_MODULE: usize = 120;

/// Methods that members' setters would hide or clash with.
pub(crate) const TAKEN_METHODS: &[&str] = &[
    "build",
    "builder",
    "clone",
    "default",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "into_paginator",
    "ne",
    "new",
    "send",
];

/// A type: `AMIState` is `AmiState`.
pub(crate) fn type_name(wire: &str) -> String {
    let name = beginning_with_a_letter(camel(wire));
    if TAKEN_TYPES.contains(&name.as_str()) {
        format!("{name}Shape")
    } else {
        keyword(name)
    }
}

/// The call builder of an operation, after which its input and output are named.
pub(crate) fn operation_name(wire: &str) -> String {
    let name = beginning_with_a_letter(camel(wire));
    let taken = ["", "Input", "Output", "Error"].iter().any(|end| {
        let name = format!("{name}{end}");
        TAKEN_TYPES.contains(&name.as_str()) || TAKEN_BY_OPERATIONS.contains(&name.as_str())
    });
    if taken {
        format!("{name}Operation")
    } else {
        keyword(name)
    }
}

/// A field and its setter: `imageVersionArn` is `image_version_arn`, `type` is `r#type`.
pub(crate) fn field_name(wire: &str) -> String {
    let name = snake(wire);
    if TAKEN_METHODS.contains(&name.as_str()) {
        format!("{name}_value")
    } else {
        keyword(name)
    }
}

/// The second setter of a field, which the official SDK has as well: of `r#type` it is `set_type`.
pub(crate) fn second_setter(field: &str) -> String {
    format!("set_{}", field.trim_start_matches("r#"))
}

/// A module and its file: small letters of ASCII, so that no two files differ only in case or in how Unicode composes
/// them, and no name that a system keeps for itself or cannot hold. A `_` at the end is no other name's.
pub(crate) fn module_name(wire: &str) -> String {
    let mut name = String::new();
    for c in snake(wire).to_lowercase().chars() {
        if c.is_ascii() {
            name.push(c);
        } else {
            name.push_str(&format!("u{:x}", u32::from(c)));
        }
    }
    if name.len() > LONGEST_MODULE {
        // The hash keeps names distinct that are cut.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        name.truncate(LONGEST_MODULE - 17);
        name.push_str(&format!("_{hash:016x}"));
    }
    if TAKEN_MODULES.contains(&name.as_str()) || is_device(&name) {
        format!("{name}_")
    } else {
        keyword(name)
    }
}

/// Whether Windows keeps the name for a device, whatever follows a dot.
fn is_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    matches!(
        name,
        "aux" | "con" | "nul" | "prn" | "conin" | "conout" | "clock"
    ) || port.is_some_and(|number| {
        matches!(number.as_bytes(), [digit] if digit.is_ascii_digit())
            || matches!(number, "ub9" | "ub2" | "ub3")
    })
}

/// A method of the client, beside those that every client has.
pub(crate) fn method_name(wire: &str) -> String {
    let name = snake(wire);
    if matches!(name.as_str(), "new" | "from_env" | "clone") {
        format!("{name}_operation")
    } else {
        keyword(name)
    }
}

/// The method of a call builder that waits: `ImageAvailable` is `wait_until_image_available`.
pub(crate) fn waiter_name(wire: &str) -> String {
    format!("wait_until_{}", snake(wire).trim_start_matches('_'))
}

/// The constant of a waiter, beside that of its operation.
pub(crate) fn waiter_constant(wire: &str) -> String {
    match snake(wire).to_uppercase() {
        name if name == "OPERATION" => "OPERATION_WAITER".to_owned(),
        name => name,
    }
}

/// A function that follows a path through an output: `image.state.status` is `image_state_status`.
pub(crate) fn accessor_name(path: &str) -> String {
    keyword(snake(path))
}

/// What follows `as_` and `is_` in the methods of each variant of a union. Two variants that differ in capitals alone, or
/// one that would be taken for the unknown ones, get a number.
pub(crate) fn question_names<'a>(variants: impl Iterator<Item = &'a str>) -> Vec<String> {
    distinct(variants, ["unknown"])
}

/// The methods of the error that ask for each exception, beside those that ask what went wrong in kind.
pub(crate) fn predicate_names<'a>(exceptions: impl Iterator<Item = &'a str>) -> Vec<String> {
    let names = distinct(exceptions, ["throttling", "timeout", "unhandled"]).into_iter();
    names.map(|name| format!("is_{name}")).collect()
}

/// Names in snake case; one that is taken already gets a number.
fn distinct<'a, const N: usize>(
    idents: impl Iterator<Item = &'a str>,
    taken: [&str; N],
) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::from(taken.map(str::to_owned));
    let names = idents.map(|ident| {
        let name = ident.trim_start_matches("r#").to_snake_case();
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let mut free = std::iter::once(name.clone()).chain(numbered);
        let name = free.find(|name| taken.insert(name.clone()));
        name.unwrap_or_default()
    });
    names.collect()
}

/// A variant: `AMAZON_MANAGED` is `AmazonManaged`, `0.5` is `V0_5`, `Unknown` leaves that name to the fallback.
pub(crate) fn variant_name(wire: &str) -> String {
    let mut name = String::new();
    let composed: String = wire.nfc().collect();
    for part in composed.split(|c: char| !c.is_alphanumeric()) {
        let part = camel(part);
        if name.ends_with(|c: char| c.is_ascii_digit())
            && part.starts_with(|c: char| c.is_ascii_digit())
        {
            name.push('_');
        }
        name.push_str(&part);
    }
    match name.as_str() {
        "" if wire.is_empty() => "Empty".to_owned(),
        "" => wire.chars().map(symbol).collect(),
        "Unknown" | "Self" => format!("{name}Value"),
        _ => keyword(beginning_with_a_letter(name)),
    }
}

/// `V` before a digit, with which no name begins.
fn beginning_with_a_letter(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("V{name}")
    } else {
        name
    }
}

fn symbol(c: char) -> String {
    match c {
        ' ' => "Space".to_owned(),
        '.' => "Dot".to_owned(),
        '_' => "Underscore".to_owned(),
        '*' => "Star".to_owned(),
        '+' => "Plus".to_owned(),
        '-' => "Minus".to_owned(),
        '=' => "Equal".to_owned(),
        '!' => "Not".to_owned(),
        '<' => "Less".to_owned(),
        '>' => "Greater".to_owned(),
        '/' => "Slash".to_owned(),
        other => format!("U{:04X}", u32::from(other)),
    }
}

fn camel(wire: &str) -> String {
    spelled(wire).to_upper_camel_case()
}

fn snake(wire: &str) -> String {
    let name = spelled(wire).to_snake_case();
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() {
        format!("_{name}")
    } else {
        name
    }
}

/// The wire's spelling with misleading capitals set right: words of the table, and plurals of acronyms (`ARNs`).
fn spelled(wire: &str) -> String {
    // What no identifier may hold, such as a digit in a circle, separates words.
    let mut text: String = wire
        .nfc()
        .map(|c| {
            if c.is_ascii() || is_part_of_identifiers(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    for (word, spelling) in WORDS {
        if text.contains(word) {
            text = text.replace(word, spelling);
        }
    }
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or(' ');
    let mut out = String::with_capacity(text.len());
    let mut capitals = 0;
    for (index, c) in chars.iter().enumerate() {
        let ends_plural = *c == 's' && capitals >= 2 && !at(index + 1).is_ascii_lowercase();
        if ends_plural {
            let word = out.split_off(out.len() - (capitals - 1));
            out.push_str(&word.to_ascii_lowercase());
        }
        out.push(*c);
        capitals = if c.is_ascii_uppercase() {
            capitals + 1
        } else {
            0
        };
    }
    out
}

/// Whether text is an identifier of Rust as it stands.
#[must_use]
pub fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok() && name != "gen"
}

fn is_part_of_identifiers(c: char) -> bool {
    !is_invisible(c) && is_identifier(&format!("a{c}"))
}

/// Makes a keyword usable: raw where the language allows it, with a suffix where it does not. What begins with a
/// character that may only stand further on gets a prefix.
fn keyword(name: String) -> String {
    // Rust takes two spellings of one text for one name.
    let name: String = name.nfc().collect();
    if is_identifier(&name) {
        name
    } else if is_identifier(&format!("r#{name}")) {
        format!("r#{name}")
    } else if is_identifier(&format!("{name}_value")) {
        format!("{name}_value")
    } else {
        format!("X{name}")
    }
}

/// Names that must differ, and what each of them stands for.
pub(crate) struct Scope<'a> {
    place: Place<'a>,
    what: &'static str,
    help: &'static str,
    taken: BTreeMap<String, String>,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(place: Place<'a>, what: &'static str) -> Self {
        Self {
            place,
            what,
            help: "give one of them another name under `renames` in tinsmith.toml",
            taken: BTreeMap::new(),
        }
    }

    /// The same with other advice.
    pub(crate) fn advising(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    /// Enters a name; two wire names that become one are a problem that names both.
    pub(crate) fn claim(&mut self, name: &str, wire: &str) {
        let Some(other) = self.taken.insert(name.to_owned(), wire.to_owned()) else {
            return;
        };
        let message = if other == wire {
            format!("expected {} that differ, found `{wire}` twice", self.what)
        } else {
            format!(
                "expected {} that differ in Rust, found `{other}` and `{wire}`, which both become `{name}`; {}",
                self.what, self.help
            )
        };
        self.place.problem(message);
    }
}

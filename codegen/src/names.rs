//! Names, decided once: from the wire's spelling to Rust's, in scopes that also contain the names of generated items.

use crate::place::Place;
use crate::text::is_invisible;
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Words that would be split wrongly, and a spelling that is split as it should be.
const WORDS: &[(&str, &str)] = &[
    // A letter behind the number of a checksum is a word of its own in the official SDK.
    ("CRC32C", "CRC32_C"),
    ("CRC64NVME", "CRC64_NVME"),
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

/// Types that generated files use without a path; a shape with such a name gets another one.
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

/// Types that the file of an operation uses without a path; an operation, its input and its output must not have these
/// names.
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

/// Names with another meaning where modules are listed: crates, the file `mod.rs`, and the exceptions among types.
const TAKEN_MODULES: &[&str] = &[
    "alloc",
    "core",
    "error",
    "mod",
    "std",
    "tinsmith_runtime",
    "tinsmith_s3",
];

/// The largest length of a module's name: half of what file systems allow, because of the folders above it.
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
    "presigned",
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

/// The name of an operation's call builder; its input and output have names derived from it.
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

/// The second setter of a field, as in the official SDK: `set_type` for `r#type`.
pub(crate) fn second_setter(field: &str) -> String {
    format!("set_{}", field.trim_start_matches("r#"))
}

/// A module and its file: lower-case ASCII, so that no two files differ only in case or in the composition of Unicode,
/// and no name that is reserved by or invalid in a file system. A trailing `_` is not part of any other name.
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
        // The hash keeps names distinct that are truncated.
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

/// Whether Windows reserves the name for a device, with any extension.
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

/// A method of the client, distinct from those that every client has.
pub(crate) fn method_name(wire: &str) -> String {
    let name = snake(wire);
    if matches!(name.as_str(), "new" | "from_env" | "explain" | "clone") {
        format!("{name}_operation")
    } else {
        keyword(name)
    }
}

/// The waiter's method of a call builder: `wait_until_image_available` for `ImageAvailable`.
pub(crate) fn waiter_name(wire: &str) -> String {
    format!("wait_until_{}", snake(wire).trim_start_matches('_'))
}

/// The constant of a waiter, distinct from that of its operation.
pub(crate) fn waiter_constant(wire: &str) -> String {
    match snake(wire).to_uppercase() {
        name if name == "OPERATION" => "OPERATION_WAITER".to_owned(),
        name => name,
    }
}

/// A function that follows a path through an output: `image_state_status` for `image.state.status`.
pub(crate) fn accessor_name(path: &str) -> String {
    keyword(snake(path))
}

/// The part after `as_` and `is_` in the methods for each variant of a union. Of two variants that differ only in case,
/// and of one with the name of the unknown variant, one gets a number.
pub(crate) fn question_names<'a>(variants: impl Iterator<Item = &'a str>) -> Vec<String> {
    distinct(variants, ["unknown"])
}

/// The error's predicates for exceptions, distinct from those for kinds of failures.
pub(crate) fn predicate_names<'a>(exceptions: impl Iterator<Item = &'a str>) -> Vec<String> {
    let names = distinct(exceptions, ["throttling", "timeout", "unhandled"]).into_iter();
    names.map(|name| format!("is_{name}")).collect()
}

/// Names in snake case; one that is in use already gets a number.
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

/// A variant: `AmazonManaged` for `AMAZON_MANAGED`, `V0_5` for `0.5`; the name `Unknown` is reserved for the fallback.
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

/// `V` before a digit, since names cannot begin with one.
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

/// The wire's spelling with its capitals corrected: words of the table, and plurals of acronyms (`ARNs`).
fn spelled(wire: &str) -> String {
    // Characters that identifiers cannot contain, such as a digit in a circle, separate words.
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

/// Whether text is a valid identifier of Rust.
#[must_use]
pub fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok() && name != "gen"
}

fn is_part_of_identifiers(c: char) -> bool {
    !is_invisible(c) && is_identifier(&format!("a{c}"))
}

/// Makes a keyword usable: raw where the language allows it, else with a suffix. A name that begins with a character
/// that is only allowed later gets a prefix.
fn keyword(name: String) -> String {
    // Rust treats two normalisations of one text as one name.
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

/// Names that must differ, and the item of each.
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

    /// Adds a name; two wire names that result in the same name are a problem that names both.
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

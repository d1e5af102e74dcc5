//! Names, decided once: from the wire's spelling to Rust's, in scopes that also hold the names that we generate.

use crate::problem::Problems;
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::collections::BTreeMap;

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
    ("vCPU", "Vcpu"),
];

/// Types that generated files name without a path; a shape with such a name gets another.
const TAKEN_TYPES: &[&str] = &[
    "Box",
    "Err",
    "None",
    "Ok",
    "Option",
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
];

/// Methods that members' setters would hide or clash with.
const TAKEN_METHODS: &[&str] = &[
    "build",
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
    let name = camel(wire);
    if TAKEN_TYPES.contains(&name.as_str()) {
        format!("{name}Shape")
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

/// A module, its file, or a method of the client.
pub(crate) fn module_name(wire: &str) -> String {
    keyword(snake(wire))
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

/// A variant: `AMAZON_MANAGED` is `AmazonManaged`, `0.5` is `V0_5`, `Unknown` leaves that name to the fallback.
pub(crate) fn variant_name(wire: &str) -> String {
    let mut name = String::new();
    for part in wire.split(|c: char| !c.is_alphanumeric()) {
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
        _ if name.starts_with(|c: char| c.is_ascii_digit()) => format!("V{name}"),
        _ => keyword(name),
    }
}

fn symbol(c: char) -> String {
    match c {
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
    let mut text = wire.to_owned();
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

/// Makes a keyword usable: raw where the language allows it, with a suffix where it does not.
fn keyword(name: String) -> String {
    let plain = syn::parse_str::<syn::Ident>(&name).is_ok() && name != "gen";
    if plain {
        name
    } else if syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok() {
        format!("r#{name}")
    } else {
        format!("{name}_value")
    }
}

/// Names that must differ, and what each of them stands for.
pub(crate) struct Scope<'a> {
    file: &'a str,
    path: String,
    what: &'static str,
    taken: BTreeMap<String, String>,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(file: &'a str, path: impl Into<String>, what: &'static str) -> Self {
        Self {
            file,
            path: path.into(),
            what,
            taken: BTreeMap::new(),
        }
    }

    /// Enters a name; two wire names that become one are a problem that names both.
    pub(crate) fn claim(&mut self, name: &str, wire: &str, problems: &mut Problems) {
        // Files of modules must differ on file systems that fold case as well.
        if let Some(other) = self.taken.insert(name.to_owned(), wire.to_owned()) {
            problems.add(
                self.file,
                &self.path,
                format!(
                    "expected {} that differ in Rust, found `{other}` and `{wire}`, which both become `{name}`; give one of them another name under `renames` in tinsmith.toml",
                    self.what
                ),
            );
        }
    }
}

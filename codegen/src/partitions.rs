//! The runtime's table of partitions, from the data that botocore has of them: what each says of its hosts, and how its
//! regions are called.
//!
//! The published regular expressions have one form, which is read as what regions begin with: the runtime has no engine for
//! them. Another form is a problem.

use crate::emit;
use crate::json::{JsonFile, Node};
use crate::place::Reporter;
use crate::problem::Problems;

/// The partition that has every region which no other claims.
const DEFAULT: &str = "aws";

/// What ends a region's name: a word and a number, as a regular expression.
const REST: &str = r"\-\w+\-\d+$";

const KEYS: &[&str] = &["id", "outputs", "regionRegex", "regions"];

/// A partition, as the runtime's table has it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Partition {
    pub(crate) name: String,
    pub(crate) dns_suffix: String,
    pub(crate) dual_stack_dns_suffix: String,
    pub(crate) supports_fips: bool,
    pub(crate) supports_dual_stack: bool,
    pub(crate) implicit_global_region: String,
    /// Its regions that are called otherwise, and names that stand for no region in particular.
    pub(crate) regions: Vec<String>,
    /// Its regions are called `<prefix>-<word>-<number>`.
    pub(crate) prefixes: Vec<String>,
}

/// The runtime's table as a file of Rust.
///
/// # Errors
/// Everything in the file that is not as expected.
pub fn partitions(file: &JsonFile) -> Result<String, Problems> {
    let reporter = Reporter::default();
    let partitions = read(&file.root(&reporter));
    reporter.into_result(())?;
    Ok(emit::partitions(&partitions).into_string())
}

fn read(root: &Node<'_, '_>) -> Vec<Partition> {
    let mut partitions = Vec::new();
    for (key, node) in root.entries() {
        match key {
            "partitions" => partitions.extend(node.items().map(|node| partition(&node))),
            _ => node.account(&[("version", "of the file's form")], &["partitions"]),
        }
    }
    // A region that no partition claims is one of the first.
    partitions.sort_by_key(|partition| partition.name != DEFAULT);
    if partitions.first().is_none_or(|first| first.name != DEFAULT) {
        root.problem(format!(
            "expected a partition `{DEFAULT}`, which has the regions of no other, found none"
        ));
    }
    partitions
}

fn partition(node: &Node<'_, '_>) -> Partition {
    let mut partition = Partition::default();
    let mut regions = Vec::new();
    for key in KEYS {
        if node.get(key).is_none() {
            node.problem(format!("expected `{key}`, found none"));
        }
    }
    for (key, node) in node.entries() {
        match key {
            "id" => partition.name = node.string(),
            "outputs" => outputs(&node, &mut partition),
            "regionRegex" => partition.prefixes = prefixes(&node),
            "regions" => regions = self::regions(&node),
            _ => node.account(&[], KEYS),
        }
    }
    regions.retain(|region| !partition.prefixes.iter().any(|it| follows(region, it)));
    partition.regions = regions;
    partition
}

fn outputs(node: &Node<'_, '_>, partition: &mut Partition) {
    for (key, node) in node.entries() {
        match key {
            "dnsSuffix" => partition.dns_suffix = node.string(),
            "dualStackDnsSuffix" => partition.dual_stack_dns_suffix = node.string(),
            "supportsFIPS" => partition.supports_fips = node.flag(),
            "supportsDualStack" => partition.supports_dual_stack = node.flag(),
            "implicitGlobalRegion" => partition.implicit_global_region = node.string(),
            _ => node.account(&[("name", "the partition's id")], &[]),
        }
    }
}

/// The names of the regions that are listed. What else the file says of one replaces the partition's own.
fn regions(node: &Node<'_, '_>) -> Vec<String> {
    let mut regions = Vec::new();
    for (region, node) in node.entries() {
        for (_, node) in node.entries() {
            node.account(&[("description", "for people")], &[]);
        }
        regions.push(region.to_owned());
    }
    regions
}

/// What regions begin with, of `^(us|eu)\-\w+\-\d+$`.
fn prefixes(node: &Node<'_, '_>) -> Vec<String> {
    let text = node.string();
    let begins = text.strip_prefix('^').and_then(|it| it.strip_suffix(REST));
    let prefixes = begins.and_then(alternatives);
    prefixes.unwrap_or_else(|| {
        node.problem(format!(
            "expected a regular expression such as `^(us|eu){REST}`, found `{text}`"
        ));
        Vec::new()
    })
}

/// The texts that an expression of letters, hyphens and one group of alternatives at most matches.
fn alternatives(expression: &str) -> Option<Vec<String>> {
    let (before, group, after) = match expression.split_once('(') {
        Some((before, rest)) => {
            let (group, after) = rest.split_once(')')?;
            (before, group, after)
        }
        None => (expression, "", ""),
    };
    let texts = group.split('|').map(|one| {
        let text = format!("{before}{one}{after}").replace(r"\-", "-");
        let is_text = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (!text.is_empty() && text.chars().all(is_text)).then_some(text)
    });
    texts.collect()
}

/// Whether a region is called `<prefix>-<word>-<number>`.
fn follows(region: &str, prefix: &str) -> bool {
    let rest = region.strip_prefix(prefix);
    let rest = rest.and_then(|rest| rest.strip_prefix('-')?.split_once('-'));
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    rest.is_some_and(|(word, number)| {
        !word.is_empty()
            && !number.is_empty()
            && word.chars().all(is_word)
            && number.chars().all(|c| c.is_ascii_digit())
    })
}

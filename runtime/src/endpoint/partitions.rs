//! The partitions of AWS: the regions that belong to each, and the suffixes of their host names.
//! The table is generated: see CONTRIBUTING.md, "Update the table of partitions".

mod table;

use table::PARTITIONS;

/// A group of regions that share accounts and host names.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// Its name, as in ARNs.
    pub name: &'static str,
    /// The suffix of its host names.
    pub dns_suffix: &'static str,
    /// The suffix of its host names that can also be reached over IPv6.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether it has FIPS endpoints.
    pub supports_fips: bool,
    /// Whether it has dual-stack endpoints.
    pub supports_dual_stack: bool,
    /// The region that signs for its global services.
    pub implicit_global_region: &'static str,
    /// Its regions whose names have another form than that of `prefixes`, and names for no region in particular.
    regions: &'static [&'static str],
    /// Its regions have names of the form `<prefix>-<word>-<number>`.
    prefixes: &'static [&'static str],
}

/// The partition of `region`. A region that no partition claims is one of `aws`, the first, as the rule language has it, so
/// that there is always an answer.
#[must_use]
pub fn partition(region: &str) -> Option<&'static Partition> {
    let lists = |it: &&Partition| it.regions.contains(&region);
    let claims = |it: &&Partition| {
        let mut prefixes = it.prefixes.iter();
        prefixes.any(|prefix| is_word_and_number(region, prefix))
    };
    let listed = PARTITIONS.iter().find(lists);
    let claimed = listed.or_else(|| PARTITIONS.iter().find(claims));
    claimed.or(PARTITIONS.first())
}

/// Whether `region` is `<prefix>-<word>-<number>`.
fn is_word_and_number(region: &str, prefix: &str) -> bool {
    let Some((word, number)) = region
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('-'))
        .and_then(|rest| rest.split_once('-'))
    else {
        return false;
    };
    !word.is_empty()
        && !number.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

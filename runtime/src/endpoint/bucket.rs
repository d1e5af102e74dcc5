//! `aws.isVirtualHostableS3Bucket` of the rule language: whether a bucket can stand in the name of a host.

use super::is_valid_host_label;

/// Whether the name of a bucket can stand before a host: 3 to 63 lower-case letters, digits and hyphens as in
/// [`is_valid_host_label`], or several such labels where `subdomains` are allowed, and no IPv4 address.
#[must_use]
pub fn is_virtual_hostable_s3_bucket(bucket: &str, subdomains: bool) -> bool {
    (3..=63).contains(&bucket.len())
        && !bucket.bytes().any(|byte| byte.is_ascii_uppercase())
        && is_valid_host_label(bucket, subdomains)
        && !looks_like_address(bucket)
}

/// Four numbers with dots between them, whether or not they are small enough for an address.
fn looks_like_address(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split('.').count() == 4 && text.split('.').all(is_number)
}

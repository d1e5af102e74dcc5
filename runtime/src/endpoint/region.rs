//! What may be the name of a region.

use crate::endpoint::is_valid_host_label;

/// A region becomes part of host names, so it must be a label of one: it can neither end the host nor be an address.
/// `place`: where the region was found, for the error.
pub(crate) fn check(region: &str, place: &str) -> Result<(), String> {
    let is_number = region.bytes().all(|byte| byte.is_ascii_digit());
    if is_valid_host_label(region, false) && !is_number {
        return Ok(());
    }
    let expected = "expected a name of letters, digits and hyphens such as `eu-west-1`";
    if region.chars().any(char::is_control) {
        return Err(format!(
            "{place}: {expected}, found one with a control character"
        ));
    }
    Err(format!("{place}: {expected}, found `{region}`"))
}

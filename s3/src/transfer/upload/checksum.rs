//! Which checksums the parts of an upload have, and the object.

use crate::transfer::crc;
use crate::transfer::failed::Failed;
use crate::transfer::request::{ALGORITHM, CHECKSUM, Template, UploadChecksum};
use crate::transfer::state::UploadState;
use http::{HeaderName, HeaderValue};
use tinsmith_runtime::{Config, Digest, ErrorKind, RequestChecksumCalculation};

/// The algorithm that the call chooses, or that of the checksum which it says itself, or CRC32 unless that is turned off.
pub(super) fn of_call(
    template: &Template,
    has_default: bool,
    config: &Config,
) -> Result<UploadChecksum, Failed> {
    let rule = config.request_checksum_calculation();
    let mut checksum = said(template)?;
    if checksum.algorithm.is_none() {
        let chosen = template.header(ALGORITHM.as_str());
        checksum.algorithm = chosen.map(str::to_ascii_uppercase);
    }
    if checksum.algorithm.is_none()
        && has_default
        && rule == RequestChecksumCalculation::WhenSupported
    {
        checksum.algorithm = Some("CRC32".to_owned());
    }
    if let Some(algorithm) = &checksum.algorithm
        && Digest::new(algorithm).is_none()
    {
        let message = format!(
            "expected a checksum of {}, found {algorithm:?}",
            Digest::NAMES
        );
        return Err(input(template, message));
    }
    Ok(checksum)
}

/// The same as the upload began with.
pub(super) fn of_state(template: &Template, state: &UploadState) -> Result<UploadChecksum, Failed> {
    Ok(UploadChecksum {
        algorithm: state.checksum.clone(),
        ..said(template)?
    })
}

/// The checksum of the whole object that the call says, with its algorithm.
fn said(template: &Template) -> Result<UploadChecksum, Failed> {
    if let Some(header) = template.header_not_in_parts() {
        let message = format!(
            "`{header}` is of a body that is sent as a whole, and this one is sent in parts: leave it out, or make the parts \
             larger"
        );
        return Err(input(template, message));
    }
    let headers = template.headers().iter();
    let mut sums = headers.filter_map(|(name, value)| {
        let algorithm = name.as_str().strip_prefix(CHECKSUM)?;
        Some((algorithm.to_ascii_uppercase(), name, value))
    });
    let Some((algorithm, name, value)) = sums.next() else {
        return Ok(UploadChecksum::default());
    };
    if !crc::is_combined(&algorithm) {
        let message = format!(
            "`{name}` cannot be the checksum of an object that is sent in parts, as CRC32, CRC32C and CRC64NVME can; choose the \
             algorithm instead, for a checksum of each part"
        );
        return Err(input(template, message));
    }
    let of_object: (HeaderName, HeaderValue) = (name.clone(), value.clone());
    Ok(UploadChecksum {
        algorithm: Some(algorithm),
        of_object: Some(of_object),
    })
}

fn input(template: &Template, message: String) -> Failed {
    Failed::new(ErrorKind::Input, template.operation().name, message)
}

//! Checksums of request bodies in a header, for services that require one (Smithy's `httpChecksumRequired` and
//! `httpChecksum`).

use crate::shape::BuildError;
use http::HeaderMap;

/// The checksum that is sent with a body.
#[derive(Clone, Copy, Debug)]
pub struct Checksum(Kind);

#[derive(Clone, Copy, Debug)]
enum Kind {
    #[cfg(feature = "md5")]
    ContentMd5,
    #[cfg(feature = "checksums")]
    Chosen {
        header: Option<&'static str>,
        required: bool,
    },
}

impl Checksum {
    /// `Content-MD5` (RFC 1864), unless the header is set already.
    #[cfg(feature = "md5")]
    pub const CONTENT_MD5: Self = Self(Kind::ContentMd5);

    /// `x-amz-checksum-…` of the algorithm that the caller chose: CRC32, CRC32C, CRC64NVME, SHA1 or SHA256. `header` is
    /// the name of the header with the choice. Without a choice it is CRC32 if a checksum is `required`, and no
    /// checksum otherwise. A checksum that the caller sets is left unchanged.
    #[cfg(feature = "checksums")]
    pub const fn chosen(header: Option<&'static str>, required: bool) -> Self {
        Self(Kind::Chosen { header, required })
    }

    /// Adds the header with the checksum of `body`.
    ///
    /// # Errors
    /// The caller chose an unknown algorithm.
    pub fn apply(self, headers: &mut HeaderMap, body: &[u8]) -> Result<(), BuildError> {
        #[cfg(not(any(feature = "md5", feature = "checksums")))]
        let _ = (headers, body);
        match self.0 {
            #[cfg(feature = "md5")]
            Kind::ContentMd5 => content_md5(headers, body),
            #[cfg(feature = "checksums")]
            Kind::Chosen { header, required } => chosen::add(headers, body, header, required),
        }
    }
}

#[cfg(feature = "md5")]
fn content_md5(headers: &mut HeaderMap, body: &[u8]) -> Result<(), BuildError> {
    use md5::Digest as _;
    if !headers.contains_key("content-md5") {
        add(headers, "content-md5", &md5::Md5::digest(body))?;
    }
    Ok(())
}

#[cfg(any(feature = "md5", feature = "checksums"))]
fn add(headers: &mut HeaderMap, name: &str, sum: &[u8]) -> Result<(), BuildError> {
    use crate::http_binding::header;
    use base64::Engine as _;
    let (name, value) = header(name, &crate::codec::text::BASE64.encode(sum))?;
    headers.insert(name, value);
    Ok(())
}

#[cfg(feature = "checksums")]
mod chosen {
    use super::{BuildError, HeaderMap};
    use crate::http_binding::header;
    use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc, Table};
    use sha1::Sha1;
    use sha2::{Digest, Sha256};

    const CRC32: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISO_HDLC);
    const CRC32C: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISCSI);
    const CRC64NVME: Crc<u64, Table<16>> = Crc::<u64, Table<16>>::new(&CRC_64_NVME);

    /// The prefix of the names of checksum headers.
    const PREFIX: &str = "x-amz-checksum-";

    pub(super) fn add(
        headers: &mut HeaderMap,
        body: &[u8],
        choice: Option<&'static str>,
        required: bool,
    ) -> Result<(), BuildError> {
        if headers.keys().any(|name| name.as_str().starts_with(PREFIX)) {
            return Ok(());
        }
        let chosen = choice.and_then(|name| headers.get(name));
        let algorithm = match (chosen, required) {
            (Some(chosen), _) => String::from_utf8_lossy(chosen.as_bytes()).into_owned(),
            (None, false) => return Ok(()),
            (None, true) => {
                if let Some(name) = choice {
                    let (name, value) = header(name, "CRC32")?;
                    headers.insert(name, value);
                }
                "CRC32".to_owned()
            }
        };
        let sum = match algorithm.to_ascii_uppercase().as_str() {
            "CRC32" => CRC32.checksum(body).to_be_bytes().to_vec(),
            "CRC32C" => CRC32C.checksum(body).to_be_bytes().to_vec(),
            "CRC64NVME" => CRC64NVME.checksum(body).to_be_bytes().to_vec(),
            "SHA1" => Sha1::digest(body).to_vec(),
            "SHA256" => Sha256::digest(body).to_vec(),
            _ => {
                let message = format!(
                    "expected a checksum of CRC32, CRC32C, CRC64NVME, SHA1 or SHA256, found {algorithm:?}"
                );
                return Err(BuildError::new(message).in_member(choice.unwrap_or_default()));
            }
        };
        super::add(
            headers,
            &format!("{PREFIX}{}", algorithm.to_ascii_lowercase()),
            &sum,
        )
    }
}

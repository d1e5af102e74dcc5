//! Checksums: of request bodies in a header, for services that require one (Smithy's `httpChecksumRequired` and
//! `httpChecksum`), and of response bodies, which are validated by theirs where the caller asks for it.

#[cfg(feature = "checksums")]
mod algorithm;
#[cfg(feature = "checksums")]
mod digest;
mod policy;
mod sum;
mod trailer;
mod validation;

#[cfg(feature = "checksums")]
pub use digest::Digest;
pub use policy::{RequestChecksumCalculation, ResponseChecksumValidation};
pub(crate) use trailer::{PAYLOAD as TRAILER_PAYLOAD, Trailer};
pub use validation::Validation;

use crate::http_binding::header;
use crate::shape::BuildError;
use http::HeaderMap;
use sum::Sum;

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

    /// `x-amz-checksum-…` of the algorithm that the caller chose. `header` is
    /// the name of the header with the choice. Without a choice it is CRC32 if a checksum is `required`, and no
    /// checksum otherwise. A checksum that the caller sets is left unchanged.
    #[cfg(feature = "checksums")]
    pub const fn chosen(header: Option<&'static str>, required: bool) -> Self {
        Self(Kind::Chosen { header, required })
    }

    /// The same, with a checksum as a rule or only where it is required.
    #[must_use]
    pub fn under(self, rule: RequestChecksumCalculation) -> Self {
        match (self.0, rule) {
            #[cfg(feature = "checksums")]
            (
                Kind::Chosen {
                    header: Some(header),
                    ..
                },
                RequestChecksumCalculation::WhenSupported,
            ) => Self::chosen(Some(header), true),
            _ => self,
        }
    }

    /// Adds the header with the checksum of `body`.
    ///
    /// # Errors
    /// The caller chose an unknown algorithm.
    pub fn apply(self, headers: &mut HeaderMap, body: &[u8]) -> Result<(), BuildError> {
        if let Some(mut pending) = self.begin(headers)? {
            pending.update(body);
            pending.finish(headers)?;
        }
        Ok(())
    }

    /// The checksum to add up, where one is to be sent; its choice is among the headers then.
    pub(crate) fn begin(self, headers: &mut HeaderMap) -> Result<Option<Pending>, BuildError> {
        #[cfg(not(any(feature = "md5", feature = "checksums")))]
        let _ = headers;
        match self.0 {
            #[cfg(feature = "md5")]
            Kind::ContentMd5 => Ok((!headers.contains_key("content-md5")).then(|| Pending {
                name: "content-md5".to_owned(),
                sum: Sum::md5(),
            })),
            #[cfg(feature = "checksums")]
            Kind::Chosen {
                header: choice,
                required,
            } => chosen(headers, choice, required),
        }
    }
}

/// A checksum while it is added up.
#[derive(Clone)]
pub(crate) struct Pending {
    /// The header that it goes into.
    name: String,
    sum: Sum,
}

impl Pending {
    /// Adds the next bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.sum.update(bytes);
    }

    /// Puts the checksum of all bytes among the headers.
    pub(crate) fn finish(self, headers: &mut HeaderMap) -> Result<(), BuildError> {
        let (name, value) = header(&self.name, &self.sum.finish())?;
        headers.insert(name, value);
        Ok(())
    }
}

/// What each header of a checksum begins with.
pub(crate) const PREFIX: &str = "x-amz-checksum-";

#[cfg(feature = "checksums")]
fn chosen(
    headers: &mut HeaderMap,
    choice: Option<&'static str>,
    required: bool,
) -> Result<Option<Pending>, BuildError> {
    if headers.keys().any(|name| name.as_str().starts_with(PREFIX)) {
        return Ok(None);
    }
    let chosen = choice.and_then(|name| headers.get(name));
    let algorithm = match (chosen, required) {
        (Some(chosen), _) => String::from_utf8_lossy(chosen.as_bytes()).into_owned(),
        (None, false) => return Ok(None),
        (None, true) => {
            if let Some(name) = choice {
                let (name, value) = header(name, "CRC32")?;
                headers.insert(name, value);
            }
            "CRC32".to_owned()
        }
    };
    let Some(sum) = Sum::new(&algorithm) else {
        let names = algorithm::NAMES;
        let message = format!("expected a checksum of {names}, found {algorithm:?}");
        return Err(BuildError::new(message).in_member(choice.unwrap_or_default()));
    };
    Ok(Some(Pending {
        name: format!("{PREFIX}{}", algorithm.to_ascii_lowercase()),
        sum,
    }))
}

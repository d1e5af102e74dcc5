//! Which certificates a client trusts: the system's, or those of a bundle in place of them.

use crate::error::ConfigError;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::sync::Arc;

/// The certificate authorities that a client trusts.
#[derive(Clone, Debug, Default)]
pub(super) enum Trust {
    /// Those that the system trusts.
    #[default]
    System,
    /// The certificates of a bundle.
    Bundle(Arc<RootCertStore>),
}

impl Trust {
    /// The certificates of a PEM text.
    ///
    /// # Errors
    /// A text without certificates, or one that is not a certificate.
    pub(super) fn bundle(pem: &[u8]) -> Result<Self, ConfigError> {
        let mut roots = RootCertStore::empty();
        for (index, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
            let added = certificate
                .map_err(|error| error.to_string())
                .and_then(|certificate| roots.add(certificate).map_err(|error| error.to_string()));
            added.map_err(|error| {
                ConfigError::new(format!(
                    "expected certificates in PEM, found one that cannot be read, number {}: {error}",
                    index + 1
                ))
            })?;
        }
        if roots.is_empty() {
            return Err(ConfigError::new(
                "expected certificates in PEM (`-----BEGIN CERTIFICATE-----`), found none",
            ));
        }
        Ok(Self::Bundle(Arc::new(roots)))
    }
}

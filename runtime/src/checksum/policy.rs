//! When checksums are computed and validated that nobody asked for.

/// When a checksum is sent with a request for which nobody chose one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestChecksumCalculation {
    /// Where the operation has a choice of algorithms: then it is CRC32.
    #[default]
    WhenSupported,
    /// Only where the service requires one.
    WhenRequired,
}

/// When a response is validated by the checksum in its headers although the call does not ask for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseChecksumValidation {
    /// Where the operation can be asked for a checksum.
    #[default]
    WhenSupported,
    /// Only where the call asks for it.
    WhenRequired,
}

//! The partitions of AWS: the regions that belong to each, and the suffixes of their host names.

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
    /// The name for no region in particular.
    pseudo_region: &'static str,
    /// Its regions have names of the form `<prefix>-<word>-<number>`; empty for `aws`, which has all the others.
    region_prefix: &'static str,
}

/// The defaults of every partition.
const COMMON: Partition = Partition {
    name: "aws",
    dns_suffix: "amazonaws.com",
    dual_stack_dns_suffix: "api.aws",
    supports_fips: true,
    supports_dual_stack: true,
    implicit_global_region: "us-east-1",
    pseudo_region: "aws-global",
    region_prefix: "",
};

static AWS: Partition = COMMON;

static OTHERS: [Partition; 7] = [
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        implicit_global_region: "cn-northwest-1",
        pseudo_region: "aws-cn-global",
        region_prefix: "cn",
        ..COMMON
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        implicit_global_region: "eusc-de-east-1",
        pseudo_region: "",
        region_prefix: "eusc-de",
        ..COMMON
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        implicit_global_region: "us-iso-east-1",
        pseudo_region: "aws-iso-global",
        region_prefix: "us-iso",
        ..COMMON
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        implicit_global_region: "us-isob-east-1",
        pseudo_region: "aws-iso-b-global",
        region_prefix: "us-isob",
        ..COMMON
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        implicit_global_region: "eu-isoe-west-1",
        pseudo_region: "aws-iso-e-global",
        region_prefix: "eu-isoe",
        ..COMMON
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        implicit_global_region: "us-isof-south-1",
        pseudo_region: "aws-iso-f-global",
        region_prefix: "us-isof",
        ..COMMON
    },
    Partition {
        name: "aws-us-gov",
        implicit_global_region: "us-gov-west-1",
        pseudo_region: "aws-us-gov-global",
        region_prefix: "us-gov",
        ..COMMON
    },
];

/// The partition of `region`; a region that no partition claims counts as one of `aws`, as in the rule language, so the
/// result is never `None`.
#[must_use]
pub fn partition(region: &str) -> Option<&'static Partition> {
    Some(
        OTHERS
            .iter()
            .find(|partition| partition.claims(region))
            .unwrap_or(&AWS),
    )
}

impl Partition {
    fn claims(&self, region: &str) -> bool {
        (!region.is_empty() && region == self.pseudo_region)
            || is_word_and_number(region, self.region_prefix)
    }
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

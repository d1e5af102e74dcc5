//! The command line.

use clap::Parser;

const EXAMPLES: &str = "\
Examples:
  # 32 MiB to a store that runs within the program, and back
  cargo run -p transfer-example

  # another store that speaks S3, such as SeaweedFS or MinIO
  cargo run -p transfer-example -- --endpoint-url http://127.0.0.1:8333 --region us-east-1 --bucket tins

The last one needs credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile
(AWS_PROFILE). It leaves an object in the bucket.";

/// Upload a file in parts and download it in ranges, with a bar.
#[derive(Debug, Parser)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The store at this address instead of the one within
    #[arg(long, value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,

    /// The region of --endpoint-url [default: what AWS_REGION or the profile says]
    #[arg(long)]
    pub(crate) region: Option<String>,

    /// The bucket, which must exist
    #[arg(long, default_value = "tins")]
    pub(crate) bucket: String,

    /// The key of the object
    #[arg(long, default_value = "transfer-example")]
    pub(crate) key: String,

    /// The size of the file in MiB
    #[arg(long, default_value_t = 32, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=4096))]
    pub(crate) mebibytes: u64,

    /// The size of a part in MiB; S3 takes at least 5
    #[arg(long, default_value_t = 8, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(crate) part_mebibytes: u64,

    /// Let the store within refuse a part, so that the upload is resumed
    #[arg(long, conflicts_with = "endpoint_url")]
    pub(crate) interrupted: bool,
}

impl Arguments {
    /// The size of a part in bytes.
    pub(crate) fn part_size(&self) -> u64 {
        self.part_mebibytes << 20
    }
}

//! The command line.

use clap::Parser;

const EXAMPLES: &str = "\
Examples:
  # 2,000 images of an Image Builder that runs within the program
  cargo run -p imagebuilder-example

  # other sizes: 70 images, 10 a page, a stop after 35
  cargo run -p imagebuilder-example -- --images 70 --page-size 10 --stop-after 35

  # your own images: region and credentials as every AWS tool finds them
  cargo run -p imagebuilder-example -- --real --region eu-west-1

  # another endpoint that speaks Image Builder
  cargo run -p imagebuilder-example -- --endpoint-url http://127.0.0.1:4566

The last two need credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile
(AWS_PROFILE), or what a container or an instance gives; and the permission
imagebuilder:ListImageBuildVersions. They only read.";

/// List images with the generated EC2 Image Builder client: stop half-way, go on from the resume token.
#[derive(Debug, Parser)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// List images of the AWS account that the credentials belong to
    #[arg(long, conflicts_with = "endpoint_url")]
    pub(crate) real: bool,

    /// List images of the Image Builder at this address
    #[arg(long, value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,

    /// The region of --real or --endpoint-url [default: what AWS_REGION or the profile says]
    #[arg(long)]
    pub(crate) region: Option<String>,

    /// List the builds of this image version only
    #[arg(long, value_name = "ARN")]
    pub(crate) image_version_arn: Option<String>,

    /// How many images: made by the Image Builder within, or listed at most of another
    #[arg(long, default_value_t = 2_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) images: u32,

    /// Images a request, 1 to 100
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = clap::value_parser!(i32).range(1..=100))]
    pub(crate) page_size: i32,

    /// After how many images to stop the first time [default: half of --images]
    #[arg(long, value_name = "N")]
    pub(crate) stop_after: Option<u32>,
}

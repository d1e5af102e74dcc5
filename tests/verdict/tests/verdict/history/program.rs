//! A program of the first release, which every later one must leave alone: all updates until now were additions.

use subject::types::{BuildType, Filter, ImageStatus, ImageSummary, Platform};
use subject::{Client, Config, Error, ServiceError};

fn platform(platform: &Platform) -> &str {
    match platform {
        Platform::Linux => "Linux",
        Platform::Windows => "Windows",
        Platform::Unknown(other) => other,
        _ => "newer than this program",
    }
}

fn summary(image: ImageSummary) -> Option<String> {
    let ImageSummary {
        arn,
        platform: on,
        state,
        build_type,
        ..
    } = image;
    let built = matches!(build_type, Some(BuildType::Import | BuildType::UserInitiated));
    let available = state.and_then(|state| state.status) == Some(ImageStatus::Available);
    Some(format!("{} {} {built} {available}", arn?, on.as_ref().map(platform)?))
}

async fn list(client: &Client) -> Result<Vec<String>, Error> {
    let page = client
        .list_image_build_versions()
        .image_version_arn("arn")
        .filters([Filter::default().name("platform").values(["Linux"])])
        .max_results(5)
        .send()
        .await;
    if let Err(error) = &page {
        match error.service_error() {
            Some(ServiceError::ForbiddenException(forbidden)) => eprintln!("{:?}", forbidden.message),
            _ => eprintln!("{error}"),
        }
    }
    let images = page?.image_summary_list.unwrap_or_default();
    Ok(images.into_iter().filter_map(summary).collect())
}

fn main() {
    drop(list(&Client::new(Config::builder().region("eu-west-1").build())));
}

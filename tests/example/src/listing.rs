//! The listing in two halves. This is the part to read: the paginator, its limits and its resume token.

use imagebuilder::operation::list_image_build_versions::ListImageBuildVersions;
use imagebuilder::types::ImageSummary;
use imagebuilder::{Error, ResumeToken};

use crate::arguments::Arguments;
use crate::progress::Progress;
use crate::service::Service;

/// What to list, and how much of it.
pub(crate) struct Listing {
    call: ListImageBuildVersions,
    page_size: i32,
    images: u64,
    stop_after: u64,
}

impl Listing {
    pub(crate) fn new(service: &Service, arguments: &Arguments) -> Self {
        let mut call = service.client.list_image_build_versions();
        if let Some(arn) = &arguments.image_version_arn {
            call = call.image_version_arn(arn);
        }
        let stop_after = arguments.stop_after.unwrap_or(arguments.images / 2);
        Self {
            call,
            page_size: arguments.page_size,
            images: u64::from(arguments.images),
            stop_after: u64::from(stop_after.min(arguments.images)),
        }
    }

    /// The first images, and the token of the rest: `None` where there is no rest.
    pub(crate) async fn first_half(
        &self,
    ) -> Result<(Vec<ImageSummary>, Option<ResumeToken>), Error> {
        let progress = Progress::new(self.images, 0);
        let mut stream = self
            .call
            .clone()
            .into_paginator()
            .page_size(self.page_size)
            .items()
            .send();
        let mut images = Vec::new();
        // A stream is left like any loop; what it has read ahead is in the token.
        for _ in 0..self.stop_after {
            let Some(image) = stream.next().await else {
                break;
            };
            images.push(image?);
            progress.step();
        }
        Ok((images, stream.resume_token()))
    }

    /// The images after the first `done`.
    pub(crate) async fn rest(
        &self,
        token: ResumeToken,
        done: usize,
    ) -> Result<Vec<ImageSummary>, Error> {
        let done = u64::try_from(done).unwrap_or(u64::MAX);
        let progress = Progress::new(self.images, done);
        let mut stream = self
            .call
            .clone()
            .into_paginator()
            .page_size(self.page_size)
            .max_items(self.images.saturating_sub(done))
            .starting_token(token)
            .items()
            .send();
        let mut images = Vec::new();
        while let Some(image) = stream.next().await {
            images.push(image?);
            progress.step();
        }
        Ok(images)
    }
}

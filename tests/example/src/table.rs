//! What was listed, as small tables of plain text.

use std::collections::{BTreeMap, BTreeSet};

use imagebuilder::types::{ImageStatus, ImageSummary, Platform};

/// How many images there are of each status on each platform.
pub(crate) fn counts(images: &[ImageSummary]) -> String {
    let mut cells: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for image in images {
        *cells.entry((status(image), platform(image))).or_default() += 1;
    }
    let statuses: BTreeSet<&str> = cells.keys().map(|(status, _)| *status).collect();
    let platforms: BTreeSet<&str> = cells.keys().map(|(_, platform)| *platform).collect();

    let mut text = row(
        "status",
        platforms.iter().map(|platform| (*platform).to_owned()),
    );
    for status in statuses {
        let counts = platforms.iter().map(|platform| {
            let count = cells.get(&(status, *platform)).copied().unwrap_or_default();
            count.to_string()
        });
        text += &row(status, counts);
    }
    text
}

/// The first images, a line each.
pub(crate) fn first(images: &[ImageSummary], count: usize) -> String {
    let lines = images.iter().take(count).map(|image| {
        let made = image.date_created.as_deref().unwrap_or("-");
        let arn = image.arn.as_deref().unwrap_or("-");
        format!("{made}  {:<13} {arn}\n", status(image))
    });
    lines.collect()
}

fn row(head: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells.map(|cell| format!("{cell:>9}")).collect();
    format!("{head:<13}{cells}\n")
}

fn status(image: &ImageSummary) -> &str {
    let status = image.state.as_ref().and_then(|state| state.status.as_ref());
    status.map_or("-", ImageStatus::as_str)
}

fn platform(image: &ImageSummary) -> &str {
    image.platform.as_ref().map_or("-", Platform::as_str)
}

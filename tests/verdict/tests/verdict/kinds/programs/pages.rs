//! A listing, page by page and item by item.

use subject::types::Thing;
use subject::{Client, Config, Error};

async fn pages(client: &Client) -> Result<usize, Error> {
    let mut pages = client.list_things().into_paginator().send();
    let mut number = 0;
    while let Some(page) = pages.next().await {
        number += page?.things.unwrap_or_default().len();
    }
    let mut things = client.list_things().into_paginator().page_size(5).max_items(7).items().send();
    while let Some(thing) = things.next().await {
        let thing: Thing = thing?;
        number += thing.name.unwrap_or_default().len();
    }
    Ok(number)
}

fn main() {
    drop(pages(&Client::new(Config::builder().region("eu-west-1").build())));
}

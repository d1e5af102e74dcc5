//! Listings.

use crate::Row;
use aws_sdk_store::{Client, Error};

pub(crate) const ROWS: &[Row] = &[
    Row::unchanged("`.into_paginator()`", 5, 0, paginated),
    Row::unchanged("pages by hand", 25, 0, by_hand),
];

async fn paginated(client: &Client) -> Result<Vec<String>, Error> {
    let mut tables = Vec::new();
    let mut items = client
        .list_tables()
        .into_paginator()
        .page_size(25)
        .items()
        .send();
    while let Some(table) = items.next().await {
        tables.push(table?);
    }
    let mut pages = client.list_tables().into_paginator().send();
    while let Some(page) = pages.next().await {
        tables.extend(page?.table_names.unwrap_or_default());
    }
    Ok(tables)
}

async fn by_hand(client: &Client) -> Result<Vec<String>, Error> {
    let (mut tables, mut last) = (Vec::new(), None);
    loop {
        let page = client
            .list_tables()
            .set_exclusive_start_table_name(last)
            .send()
            .await?;
        tables.extend(page.table_names.unwrap_or_default());
        last = page.last_evaluated_table_name;
        if last.is_none() {
            return Ok(tables);
        }
    }
}

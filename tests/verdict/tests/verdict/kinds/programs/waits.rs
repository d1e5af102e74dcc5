//! A wait, and what it ends with.

use subject::runtime::{Waited, WaiterError};
use subject::operation::get_thing::GetThingOutput;
use subject::{Client, Config, Error};
use std::time::Duration;

async fn waits(client: &Client) -> Result<Option<String>, Error> {
    let ready = client.get_thing().id("id").wait_until_thing_ready();
    let waited = ready.max_wait(Duration::from_secs(60)).send().await?;
    Ok(waited.answer?.thing.and_then(|thing| thing.name))
}

async fn ends(client: &Client) -> Result<Waited<GetThingOutput, Error>, WaiterError<GetThingOutput, Error>> {
    client.get_thing().id("id").wait_until_thing_ready().send().await
}

fn main() {
    let client = Client::new(Config::builder().region("eu-west-1").build());
    drop((waits(&client), ends(&client)));
}

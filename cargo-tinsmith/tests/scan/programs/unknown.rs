// Receivers of unknown types: decided by the name of the operation where only one client of the project has it, and never
// where no call is sent.

use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_lambda::types::Runtime;
use aws_sdk_s3::primitives::ByteStream;

async fn run(state: Unknown, other: OtherUnknown) -> Result<(), Error> {
    // Only S3 has it.
    state.s3.get_object().bucket("b").send().await?; //~ s3 GetObject call
    let pages = state.tables().list_tables().into_paginator().items().send(); //~ dynamodb ListTables paginator
    // Both have it, and nothing says which it is.
    state.client().tag_resource().send().await?; //? tag_resource
    // Not calls of a client: they are not sent.
    let tables = state.database.list_tables().await?;
    let item = other.get_item();
    let object = other.get_object()?.unwrap();
    let rows = database.query().fetch().send().await?;
    // Arguments: no operation has any.
    other.get_object("key").send().await?;
    // Of no client of this project.
    other.receive_message().send().await?;
    other.reqwest.post().send().await?;
    Ok(())
}

struct Own;

impl Own {
    async fn put_object(&self) -> Sender {
        Sender
    }

    fn get_item(&self) -> Sender {
        Sender
    }
}

struct Sender;

async fn own(own: &Own) {
    own.get_item().send().await;
    own.put_object().await.send().await;
}

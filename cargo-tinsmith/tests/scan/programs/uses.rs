// How operations are used: paginators, waiters, presigned requests, builders that go elsewhere.

use aws_sdk_s3::client::Waiters;
use aws_sdk_s3::operation::get_object::builders::GetObjectFluentBuilder;
use aws_sdk_s3::operation::head_object::HeadObjectError; //~ s3 HeadObject types
use aws_sdk_s3::operation::{list_buckets::ListBucketsOutput, restore_object}; //~ s3 ListBuckets types; s3 RestoreObject types
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::Client;

async fn run(client: &Client) -> Result<(), Error> {
    let mut pages = client.list_objects_v2().bucket("b").into_paginator().send(); //~ s3 ListObjectsV2 paginator
    let url = client.get_object().bucket("b").presigned(config).await?; //~ s3 GetObject presigned
    client.wait_until_bucket_exists().bucket("b").wait(limit).await?; //~ s3 HeadBucket waiter
    let mut call = client.put_object().bucket("b"); //~ s3 PutObject call
    if let Some(class) = class {
        call = call.storage_class(class);
    }
    call.send().await?;
    let call = keyed(client.get_object(), "k"); //~ s3 GetObject call
    call.send().await?;
    let both = tokio::join!(
        client.copy_object().send(), //~ s3 CopyObject call
        async { client.delete_object().send().await }, //~ s3 DeleteObject call
    );
    tokio::select! {
        done = client.list_parts().send() => drop(done), //~ s3 ListParts call
        _ = client.create_multipart_upload().send() => {} //~ s3 CreateMultipartUpload call
    }
    let all = futures::future::try_join_all(keys.iter().map(|key| client.get_object_acl().key(key).send())).await?; //~ s3 GetObjectAcl call
    let stream = async_stream::try_stream! {
        let page = client.list_object_versions().send().await?; //~ s3 ListObjectVersions call
        yield page;
    };
    println!("{:?}", client.get_bucket_policy().send().await?); //~ s3 GetBucketPolicy call
    retry(|| async { client.put_bucket_policy().send().await }).await?; //~ s3 PutBucketPolicy call
    let list = Client::list_multipart_uploads(client); //~ s3 ListMultipartUploads call
    let input = aws_sdk_s3::operation::put_object_acl::PutObjectAclInput::builder().build(); //~ s3 PutObjectAcl types
    Ok(())
}

fn keyed(call: GetObjectFluentBuilder, key: &str) -> GetObjectFluentBuilder {
    call.key(key)
}

fn count(output: &ListBucketsOutput) -> usize { //~ s3 ListBuckets types
    output.buckets().len()
}

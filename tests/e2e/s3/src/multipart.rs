//! Objects that are put in parts.

use crate::case::{Cases, Failure, Outcome, PASSED, holds, same};
use crate::http_client::Fault;
use crate::world::{BUCKET, World, bytes};
use bytes::Bytes;
use s3::types::{CompletedMultipartUpload, CompletedPart};

/// The smallest part that is not the last.
const PART: usize = 5 << 20;

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    cases
        .case("parts, one of them refused once", refused_part(world))
        .await;
    cases
        .case(
            "parts, one of them over a connection that breaks",
            broken_part(world),
        )
        .await;
    cases
        .case("parts that are copied", copied_parts(world))
        .await;
    cases.case("parts that are given up", aborted(world)).await;
    cases
        .case(
            "parts that are completed without being there",
            missing_part(world),
        )
        .await;
    cases
        .case(
            "parts of uploads that are under way are listed",
            uploads(world),
        )
        .await;
}

/// An upload that has begun.
struct Upload<'w> {
    world: &'w World,
    key: &'w str,
    id: String,
    parts: Vec<CompletedPart>,
}

impl<'w> Upload<'w> {
    async fn begin(world: &'w World, key: &'w str) -> Result<Self, Failure> {
        let create = world
            .client
            .create_multipart_upload()
            .bucket(BUCKET)
            .key(key);
        let id = create.metadata("a", "b").send().await?.upload_id;
        Ok(Self {
            world,
            key,
            id: id.ok_or_else(|| Failure("expected an id, got none".to_owned()))?,
            parts: Vec::new(),
        })
    }

    fn part(&self, number: i32, content: &Bytes) -> s3::operation::UploadPart {
        let part = self.world.client.upload_part().bucket(BUCKET).key(self.key);
        part.upload_id(&self.id)
            .part_number(number)
            .body(content.clone())
    }

    async fn put(&mut self, number: i32, content: &Bytes) -> Result<(), Failure> {
        let put = self.part(number, content).send().await?;
        let part = CompletedPart::builder()
            .part_number(number)
            .e_tag(put.e_tag);
        self.parts.push(part.checksum_crc32(put.checksum_crc32));
        Ok(())
    }

    async fn complete(self) -> Result<(), Failure> {
        let complete = self
            .world
            .client
            .complete_multipart_upload()
            .bucket(BUCKET)
            .key(self.key);
        let parts = CompletedMultipartUpload::builder().parts(self.parts);
        let completed = complete
            .upload_id(self.id)
            .multipart_upload(parts)
            .send()
            .await?;
        holds("an entity tag", completed.e_tag.is_some(), &completed)
    }
}

async fn refused_part(world: &World) -> Outcome {
    let content = bytes(2 * PART + 1);
    let mut upload = Upload::begin(world, "parts/ü+ a").await?;
    upload.put(1, &content.slice(..PART)).await?;
    let part = content.slice(PART..2 * PART);
    let wrong = upload
        .part(2, &part)
        .checksum_crc32("AAAAAA==")
        .send()
        .await;
    let status = wrong.as_ref().err().and_then(s3::Error::status);
    holds(
        "a wrong checksum to be refused",
        status == Some(400),
        &wrong,
    )?;
    upload.put(2, &part).await?;
    upload.put(3, &content.slice(2 * PART..)).await?;
    let list = world.client.list_parts().bucket(BUCKET).key(upload.key);
    let listed = list
        .upload_id(&upload.id)
        .send()
        .await?
        .parts
        .unwrap_or_default();
    let sizes: Vec<_> = listed.iter().filter_map(|part| part.size).collect();
    same("parts of", vec![PART as i64, PART as i64, 1], sizes)?;
    upload.complete().await?;
    world.has("parts/ü+ a", &content).await?;
    let metadata = world
        .get("parts/ü+ a")
        .send()
        .await?
        .metadata
        .unwrap_or_default();
    same("metadata", Some("b"), metadata.get("a").map(String::as_str))?;
    PASSED
}

async fn broken_part(world: &World) -> Outcome {
    let content = bytes(PART + 10);
    let mut upload = Upload::begin(world, "parts/broken").await?;
    world.http.break_next([Fault::NoResponse]);
    upload.put(1, &content.slice(..PART)).await?;
    let attempt = world
        .http
        .last()
        .and_then(|sent| sent.header("amz-sdk-request").map(str::to_owned));
    same(
        "a second attempt",
        Some("attempt=2; max=3"),
        attempt.as_deref(),
    )?;
    upload.put(2, &content.slice(PART..)).await?;
    upload.complete().await?;
    world.has("parts/broken", &content).await?;
    PASSED
}

async fn copied_parts(world: &World) -> Outcome {
    let content = bytes(PART + 1000);
    world.put_bytes("parts/source ü", &content).await?;
    let mut upload = Upload::begin(world, "parts/of-copies").await?;
    for (number, range) in [(1, (0, PART)), (2, (PART, content.len()))] {
        let copy = world
            .client
            .upload_part_copy()
            .bucket(BUCKET)
            .key(upload.key);
        let copy = copy.upload_id(&upload.id).part_number(number);
        let copy = copy.copy_source(format!("{BUCKET}/parts/source ü"));
        let copy = copy.copy_source_range(format!("bytes={}-{}", range.0, range.1 - 1));
        let result = copy.send().await?.copy_part_result.unwrap_or_default();
        let part = CompletedPart::builder()
            .part_number(number)
            .e_tag(result.e_tag);
        upload.parts.push(part);
    }
    upload.complete().await?;
    world.has("parts/of-copies", &content).await?;
    PASSED
}

async fn aborted(world: &World) -> Outcome {
    let mut upload = Upload::begin(world, "parts/aborted").await?;
    upload.put(1, &bytes(10)).await?;
    let abort = world
        .client
        .abort_multipart_upload()
        .bucket(BUCKET)
        .key(upload.key);
    abort.upload_id(&upload.id).send().await?;
    let list = world.client.list_parts().bucket(BUCKET).key(upload.key);
    let listed = list.upload_id(&upload.id).send().await;
    let code = listed.as_ref().err().and_then(s3::Error::code);
    holds("NoSuchUpload", code == Some("NoSuchUpload"), &listed)?;
    world.has_none("parts/aborted").await?;
    PASSED
}

async fn missing_part(world: &World) -> Outcome {
    let mut upload = Upload::begin(world, "parts/missing").await?;
    upload.put(1, &bytes(10)).await?;
    upload.parts.clear();
    let part = CompletedPart::builder()
        .part_number(2)
        .e_tag("\"0123456789abcdef0123456789abcdef\"");
    upload.parts.push(part);
    let completed = upload.complete().await;
    let is_refused = matches!(&completed, Err(Failure(why)) if why.contains("InvalidPart"));
    holds("InvalidPart", is_refused, &completed)?;
    world.has_none("parts/missing").await?;
    PASSED
}

async fn uploads(world: &World) -> Outcome {
    let key = "uploads/ü + a&b";
    let upload = Upload::begin(world, key).await?;
    let list = world
        .client
        .list_multipart_uploads()
        .bucket(BUCKET)
        .prefix("uploads/ü +");
    let listed = list.send().await?.uploads.unwrap_or_default();
    let keys: Vec<_> = listed.iter().filter_map(|one| one.key.as_deref()).collect();
    same("the key, decoded:", vec![key], keys)?;
    let ids: Vec<_> = listed
        .iter()
        .filter_map(|one| one.upload_id.as_deref())
        .collect();
    same("the id", vec![upload.id.as_str()], ids)?;
    let abort = world
        .client
        .abort_multipart_upload()
        .bucket(BUCKET)
        .key(key);
    abort.upload_id(upload.id).send().await?;
    PASSED
}

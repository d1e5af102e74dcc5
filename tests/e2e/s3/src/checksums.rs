//! Checksums of every algorithm: sent in a header and behind a stream, returned, and found to be wrong on either side.

use crate::case::{Cases, Outcome, PASSED, holds, same};
use crate::http_client::Fault;
use crate::streams::pieces;
use crate::world::{BUCKET, World, bytes};
use s3::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use s3::operation::head_object::HeadObjectOutput;
use s3::types::{ChecksumAlgorithm, ChecksumMode};
use s3::{Client, ErrorKind};

const ALGORITHMS: [ChecksumAlgorithm; 5] = [
    ChecksumAlgorithm::Crc32,
    ChecksumAlgorithm::Crc32C,
    ChecksumAlgorithm::Crc64Nvme,
    ChecksumAlgorithm::Sha1,
    ChecksumAlgorithm::Sha256,
];

pub(crate) async fn run(world: &World, cases: &mut Cases<'_>) {
    for algorithm in ALGORITHMS {
        let name = algorithm.to_string();
        cases
            .case(
                &format!("checksum {name} in a header"),
                in_header(world, &algorithm),
            )
            .await;
        cases
            .case(
                &format!("checksum {name} behind a stream"),
                behind(world, &algorithm),
            )
            .await;
        cases
            .case(
                &format!("checksum {name} of what came is wrong"),
                wrong_answer(world, &algorithm),
            )
            .await;
    }
    cases
        .case("checksum CRC32 where nothing is said", by_default(world))
        .await;
    cases
        .case("checksum that is wrong is refused", wrong(world))
        .await;
    cases
        .case(
            "checksum Content-MD5 that is wrong is refused",
            wrong_md5(world),
        )
        .await;
    cases
        .case("checksum only where it is required", when_required(world))
        .await;
}

/// The checksum of this algorithm that the server keeps of an object.
fn kept<'o>(head: &'o HeadObjectOutput, algorithm: &ChecksumAlgorithm) -> Option<&'o str> {
    match algorithm {
        ChecksumAlgorithm::Crc32 => head.checksum_crc32.as_deref(),
        ChecksumAlgorithm::Crc32C => head.checksum_crc32_c.as_deref(),
        ChecksumAlgorithm::Crc64Nvme => head.checksum_crc64_nvme.as_deref(),
        ChecksumAlgorithm::Sha1 => head.checksum_sha1.as_deref(),
        ChecksumAlgorithm::Sha256 => head.checksum_sha256.as_deref(),
        _ => None,
    }
}

fn header(algorithm: &ChecksumAlgorithm) -> String {
    format!("x-amz-checksum-{}", algorithm.as_str().to_ascii_lowercase())
}

async fn head(world: &World, key: &str) -> Result<HeadObjectOutput, s3::Error> {
    let head = world.client.head_object().bucket(BUCKET).key(key);
    head.checksum_mode(ChecksumMode::Enabled).send().await
}

async fn in_header(world: &World, algorithm: &ChecksumAlgorithm) -> Outcome {
    let content = bytes(200_001);
    let put = world.put("checksum").checksum_algorithm(algorithm.clone());
    put.body(content.clone()).send().await?;
    let sent = world.http.last();
    let sent = sent
        .as_ref()
        .and_then(|sent| sent.header(&header(algorithm)));
    holds("a checksum in a header", sent.is_some(), sent)?;
    same(
        "the server to keep",
        sent,
        kept(&head(world, "checksum").await?, algorithm),
    )?;
    world.has("checksum", &content).await?;
    PASSED
}

async fn behind(world: &World, algorithm: &ChecksumAlgorithm) -> Outcome {
    let content = bytes(200_001);
    // The same content with its checksum in a header.
    let put = world.put("checksum").checksum_algorithm(algorithm.clone());
    put.body(content.clone()).send().await?;
    let sent = world.http.last();
    let expected = sent
        .as_ref()
        .and_then(|sent| sent.header(&header(algorithm)));
    let put = world
        .secure
        .put_object()
        .bucket(BUCKET)
        .key("checksum-behind");
    let put = put.checksum_algorithm(algorithm.clone());
    put.body(pieces(&content, 70_000)).send().await?;
    let sent = world.http.last();
    let trailer = sent.as_ref().and_then(|sent| sent.header("x-amz-trailer"));
    same("a trailer", Some(header(algorithm).as_str()), trailer)?;
    let head = head(world, "checksum-behind").await?;
    same("the server to keep", expected, kept(&head, algorithm))?;
    world.has("checksum-behind", &content).await?;
    PASSED
}

/// A byte changes on the way back.
async fn wrong_answer(world: &World, algorithm: &ChecksumAlgorithm) -> Outcome {
    let put = world.put("checksum").checksum_algorithm(algorithm.clone());
    put.body(bytes(100_000)).send().await?;
    world.http.break_next([Fault::OtherByte]);
    let got = world
        .get("checksum")
        .checksum_mode(ChecksumMode::Enabled)
        .send()
        .await?;
    let got = got.body.collect().await;
    let says_so = matches!(&got, Err(error) if error.to_string().contains(&header(algorithm)));
    let got = got.map(|bytes| bytes.len());
    holds("an error that names the checksum", says_so, &got)?;
    let kind = got.as_ref().err().map(s3::StreamError::kind);
    same("the kind", Some(ErrorKind::Response), kind)?;
    PASSED
}

async fn by_default(world: &World) -> Outcome {
    world.put_bytes("checksum-default", &bytes(100)).await?;
    let sent = world.http.last();
    let sent = sent.as_ref();
    let checksum = sent.and_then(|sent| sent.header("x-amz-checksum-crc32"));
    let choice = sent.and_then(|sent| sent.header("x-amz-sdk-checksum-algorithm"));
    holds(
        "a checksum, and the choice of it",
        checksum.is_some() && choice == Some("CRC32"),
        sent,
    )?;
    world.http.break_next([Fault::OtherByte]);
    let got = world
        .get("checksum-default")
        .send()
        .await?
        .body
        .collect()
        .await;
    holds("an error of the checksum", got.is_err(), &got)?;
    PASSED
}

async fn wrong(world: &World) -> Outcome {
    let put = world
        .put("checksum-wrong")
        .body(bytes(100))
        .checksum_crc32("AAAAAA==");
    let put = put.send().await;
    let status = put.as_ref().err().and_then(s3::Error::status);
    holds("an error with the status 400", status == Some(400), &put)?;
    world.has_none("checksum-wrong").await?;
    PASSED
}

async fn wrong_md5(world: &World) -> Outcome {
    let put = world.put("checksum-md5").body(bytes(100));
    let put = put.content_md5("AAAAAAAAAAAAAAAAAAAAAA==").send().await;
    let code = put.as_ref().err().and_then(s3::Error::code);
    holds("BadDigest", code == Some("BadDigest"), &put)?;
    world.has_none("checksum-md5").await?;
    PASSED
}

async fn when_required(world: &World) -> Outcome {
    let config = world.config();
    let config = config.request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    let config = config.response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    let client = Client::new(config.build());
    let put = client.put_object().bucket(BUCKET).key("checksum-none");
    put.body(bytes(100)).send().await?;
    let get = client.get_object().bucket(BUCKET).key("checksum-none");
    let names = |sent: &crate::http_client::Sent| {
        let names = sent.headers.keys().map(|name| name.as_str().to_owned());
        names
            .filter(|name| name.contains("checksum"))
            .collect::<Vec<_>>()
    };
    let sent = world.http.last();
    same("no checksum sent", Some(vec![]), sent.as_ref().map(names))?;
    get.send().await?;
    let sent = world.http.last();
    same("none asked for", Some(vec![]), sent.as_ref().map(names))?;
    PASSED
}

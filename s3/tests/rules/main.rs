//! The rules of S3, through the client that is generated for the golden case `s3`. Each has a test:
//!
//! 1. Hosts: `the_rules_place_the_bucket_and_the_key_stays_as_it_is` in `tests/tests/generated/s3.rs`.
//! 2. Signatures: the same test for S3's signing names and asymmetric signatures; `sessions` for directory buckets.
//! 3. Keys: `headers::a_key_is_encoded_once_and_never_normalised`.
//! 4. Checksums: `tests/tests/generated/checksums.rs`, `headers::deletions_have_a_content_md5_where_the_endpoint_is_set`.
//! 5. Successes that are none: `success`.
//! 6. Regions: `regions`.
//! 7. Lists, locations and dates: `lists`, `the_location_of_a_bucket_is_the_root_of_the_answer` in
//!    `tests/tests/generated/s3.rs`, `headers::the_expiry_of_an_object_is_text_and_a_date_if_it_is_one`.
//! 8. Metadata, SSE-C and sources of copies: `headers`.
//! 9. Presigned requests: `runtime/tests/shell/presigned.rs`; forms: `forms`.
//! 10. Downloads in ranges: `downloads`, such as `downloads::ranges_are_of_one_version_of_the_object`; uploads in parts: `uploads`,
//!     such as `uploads::a_part_that_fails_once_is_retried_alone`. What of a call goes into which part: `fields`. Checksums of
//!     uploads: `uploads_checksums`. Saved states: `states`.
//!
//! `stores` has the settings for compatible stores.

// A test says what it expects; a panic is how it fails, in its helpers too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod downloads;
mod fields;
mod forms;
mod headers;
mod lists;
mod regions;
mod sessions;
mod states;
mod stores;
mod success;
mod support;
mod transfers;
mod uploads;
mod uploads_checksums;

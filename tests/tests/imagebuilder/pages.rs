//! Pages that are newer or stranger than the model: what can be read is read, nothing is lost silently.

use crate::support::{client, server, within};
use imagebuilder::Error;
use imagebuilder::operation::list_image_build_versions::ListImageBuildVersionsOutput;
use imagebuilder::types::{
    BuildType, ImageConfigurationStep, ImageSource, ImageStatus, ImageSummary, ImageType, Platform,
    RegionFailureStatus,
};
use tinsmith_runtime::ErrorKind;
use tinsmith_tests::server::{Answer, Fault, ImageBuilder};

/// A page of the first 60 images, among which are two that failed in each way.
async fn page(server: &ImageBuilder) -> Result<ListImageBuildVersionsOutput, Error> {
    within(
        client(server)
            .list_image_build_versions()
            .max_results(60)
            .send(),
    )
    .await
}

async fn with_fault(fault: Fault) -> (Vec<ImageSummary>, Vec<ImageSummary>) {
    let server = server(60).await;
    let ordinary = page(&server).await.unwrap().image_summary_list.unwrap();
    server.fault(fault);
    let strange = page(&server).await.unwrap().image_summary_list.unwrap();
    assert_eq!(strange.len(), 60);
    (ordinary, strange)
}

#[tokio::test]
async fn unknown_enum_values_survive() {
    let (_, images) = with_fault(Fault::UnknownEnumValues).await;
    let mut steps = 0;
    for image in &images {
        assert_eq!(image.r#type, Some(ImageType::Unknown("WASM".to_owned())));
        assert_eq!(image.platform, Some(Platform::Unknown("Plan9".to_owned())));
        assert_eq!(
            image.build_type,
            Some(BuildType::Unknown("WISH".to_owned()))
        );
        assert_eq!(
            image.image_source,
            Some(ImageSource::Unknown("FOUND".to_owned()))
        );
        let state = image.state.as_ref().unwrap();
        assert_eq!(
            state.status,
            Some(ImageStatus::Unknown("HIBERNATING".to_owned()))
        );
        let Some(context) = &state.failure_context else {
            continue;
        };
        assert_eq!(
            context.image_status,
            Some(ImageStatus::Unknown("WAKING".to_owned()))
        );
        let Some(failure) = &context.distribution_failure else {
            continue;
        };
        let region = &failure.region_failures.as_ref().unwrap()[0];
        assert_eq!(
            region.status,
            Some(RegionFailureStatus::Unknown("LOST".to_owned()))
        );
        let step = region.image_configuration_step.as_ref().unwrap();
        assert_eq!(step, &ImageConfigurationStep::Unknown("POLISH".to_owned()));
        assert_eq!(step.to_string(), "POLISH");
        steps += 1;
    }
    assert_eq!(steps, 2);
}

#[tokio::test]
async fn unknown_members_numbers_and_depths_change_nothing() {
    for fault in [
        Fault::UnknownMembers,
        Fault::HugeNumbers,
        Fault::DeepNesting,
    ] {
        let (ordinary, strange) = with_fault(fault.clone()).await;
        assert_eq!(strange, ordinary, "{fault:?}");
    }
}

#[tokio::test]
async fn null_is_unset_and_null_items_are_dropped() {
    let (ordinary, images) = with_fault(Fault::NullMembers).await;
    for (image, whole) in images.iter().zip(&ordinary) {
        assert_eq!(image.arn, whole.arn);
        let tags = image.tags.as_ref().unwrap();
        assert_eq!(tags.len(), 1);
        assert_eq!(tags["kept"], "yes");
        let resources = image.output_resources.as_ref().unwrap();
        assert_eq!(resources.amis.as_deref(), Some(&[][..]));
        assert_eq!(resources.containers, None);
        assert_eq!(
            (&image.name, &image.state, &image.platform),
            (&None, &None, &None)
        );
        assert_eq!(
            (&image.date_created, &image.deprecation_time),
            (&None, &None)
        );
    }
}

#[tokio::test]
async fn strings_are_the_same_however_they_are_spelt() {
    let (ordinary, unicode) = with_fault(Fault::UnicodeStrings).await;
    let (_, escaped) = with_fault(Fault::EscapedStrings).await;
    assert_eq!(escaped, unicode);
    let odd = "Größe \u{2028} 🚀 \"quoted\" back\\slash \u{0}\u{1f}\n\t/";
    for (image, whole) in unicode.iter().zip(&ordinary) {
        assert_eq!(image.name.as_deref(), Some(odd));
        assert_eq!(image.tags.as_ref().unwrap()[odd], odd);
        assert_eq!(image.arn, whole.arn);
    }
}

/// A JSON text in the place of a page, and the error that it makes.
async fn unreadable(json: &str) -> String {
    let server = server(1).await;
    server.fault(Fault::Answer(Answer::json(200, json.to_owned())));
    let error = page(&server).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.attempts()),
        (ErrorKind::Response, Some(200), 1)
    );
    error.to_string()
}

#[tokio::test]
async fn known_members_of_the_wrong_kind_are_errors_with_their_place() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for (member, place) in [
        ("\"state\": 1", "imageSummaryList[1].state: "),
        (
            "\"state\": { \"status\": 12 }",
            "imageSummaryList[1].state.status: ",
        ),
        (
            "\"tags\": { \"a\": [] }",
            "imageSummaryList[1].tags[\"a\"]: ",
        ),
        (
            "\"deprecationTime\": 1e400",
            "imageSummaryList[1].deprecationTime: ",
        ),
        (
            "\"deprecationTime\": 1e300",
            "imageSummaryList[1].deprecationTime: ",
        ),
        (
            "\"deprecationTime\": \"soon\"",
            "imageSummaryList[1].deprecationTime: ",
        ),
        (&format!("\"state\": {deep}"), "imageSummaryList[1].state: "),
        (
            &format!("\"outputResources\": {{ \"amis\": {deep} }}"),
            "imageSummaryList[1].outputResources.amis[0]: ",
        ),
    ] {
        let text = unreadable(&format!(
            "{{ \"imageSummaryList\": [{{}}, {{ {member} }}] }}"
        ))
        .await;
        let start = format!("ListImageBuildVersions: {place}");
        let shown = &member[..member.len().min(60)];
        assert!(
            text.starts_with(&start),
            "{shown}: {}",
            &text[..text.len().min(300)]
        );
        assert!(text.contains("(line 1 column "), "{shown}: {text}");
        assert!(text.len() < 400, "{shown}: {} characters", text.len());
    }
}

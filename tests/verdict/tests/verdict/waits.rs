//! Image Builder's own waiter, generated from its whole model and driven: the program beside this calls it against
//! answers that it prepares, and prints what came of each wait.

use crate::{scratch, target};
use cargo_tinsmith::config::Documentation;
use cargo_tinsmith::load;
use std::collections::BTreeMap;
use std::path::Path;
use tinsmith_codegen::Selection;
use tinsmith_verdict::{Member, generated, run};

#[test]
fn image_available_waits_as_its_model_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let model = load::model(
        &root,
        &root.join("models/imagebuilder/2019-12-02"),
        Documentation::Strip,
    );
    let model = model.unwrap();
    let package = "image-builder";
    let member = Member {
        package: package.to_owned(),
        tree: generated(
            package,
            &model,
            Selection::Named(vec!["GetImage".to_owned()]),
        ),
        programs: BTreeMap::from([(
            "program".to_owned(),
            include_str!("waits/program.rs").to_owned(),
        )]),
    };
    let said = run(&scratch("waits"), &target(), member, "program").unwrap();
    assert_eq!(
        said,
        r#"available: arn:a after 3 calls
failed: GetImage: ImageAvailable failed: image.state.status is "FAILED" [call 2]; reason Some("disk full")
other error: GetImage: waiting for ImageAvailable ended early; the last call failed: GetImage: ResourceNotFoundException (404): no such image [attempt 1 of 3] [call 1]; as an error of a call: Some("ResourceNotFoundException")
time over: GetImage: ImageAvailable was not reached within 7200s; the last status Some(Building)
unset: Waiter { name: "ImageAvailable", delay: 60s, max_wait: 21600s, .. }
"#
    );
}

//! A guard against going back: counts that are the same on every machine. Who goes over one of these either finds out
//! why, or raises it with a reason.

use allocation_counter::measure;
use imagebuilder::runtime::{Body, BoxFuture, HttpClient, HttpError, SendOptions};
use imagebuilder::{Client, Config, Credentials};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use tinsmith_codegen::{Dependency, Generated, Options, Overrides, Package, Selection};

/// Lines of the crate with one operation.
const LINES_OF_ONE: usize = 1_000;
/// Lines of the crate with all 77.
const LINES_OF_ALL: usize = 13_000;
/// Crates that a program with the generated crate builds for itself, the crate and the runtime among them.
const CRATES: usize = 95;
/// Allocations of a call whose page is empty, signing and all.
const ALLOCATIONS_OF_A_CALL: u64 = 80;
/// Allocations of one image in a page: one for each text, each list that is not empty, and the map.
const ALLOCATIONS_OF_AN_ITEM: u64 = 18;
/// Instructions that reading one image takes, without optimisation.
const INSTRUCTIONS_OF_AN_ITEM: u64 = 140_000;

/// The variable that tells [`the_work_that_callgrind_looks_at`] how many images to read.
const IMAGES: &str = "TINSMITH_BUDGET_IMAGES";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn generated(operations: Selection) -> Generated {
    let folder = root().join("models/imagebuilder/2019-12-02");
    let strip = cargo_tinsmith::config::Documentation::Strip;
    let model = cargo_tinsmith::load::model(&root(), &folder, strip).unwrap();
    let options = Options {
        package: "imagebuilder".to_owned(),
        version: "0.1.0".to_owned(),
        operations,
        documentation: true,
        overrides: Overrides::default(),
        runtime: Dependency::in_folder("../../runtime"),
        config: Some(Dependency::in_folder("../../config")),
        manifest: Package::default(),
    };
    tinsmith_codegen::generate(&model, &options).unwrap()
}

fn lines(generated: &Generated) -> usize {
    let sources = generated
        .tree
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"));
    sources.map(|(_, text)| text.lines().count()).sum()
}

#[test]
fn generated_lines() {
    let one = generated(Selection::Named(vec!["ListImageBuildVersions".to_owned()]));
    let all = generated(Selection::All);
    assert_eq!((one.operations, all.operations), (1, 77));
    let (one, all) = (lines(&one), lines(&all));
    assert!(one <= LINES_OF_ONE, "{one} lines for one operation");
    assert!(all <= LINES_OF_ALL, "{all} lines for all operations");
}

#[test]
fn crates_in_the_tree() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal,build"])
        .args(["--prefix", "none", "--package", "imagebuilder"])
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(tree.contains("tinsmith-runtime"), "{tree}{error}");
    let crates: BTreeSet<_> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    let count = crates.len();
    assert!(count <= CRATES, "{count} crates: {crates:#?}");
}

/// Answers every request with the same body, at once.
struct Canned(String);

impl HttpClient for Canned {
    fn send(
        &self,
        _: http::Request<Body>,
        _: &SendOptions,
    ) -> BoxFuture<'_, Result<http::Response<Body>, HttpError>> {
        let response = http::Response::new(self.0.clone().into());
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// A page of images with 11 texts of their own, a list of one image that was made, and a map of two entries.
fn page(images: usize) -> String {
    let image = json!({
        "arn": "arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.0/1",
        "name": "web", "type": "AMI", "version": "1.0.0/1", "platform": "Linux",
        "osVersion": "Amazon Linux 2023", "state": {"status": "AVAILABLE"},
        "owner": "123456789012", "dateCreated": "2026-05-06T07:08:09.123Z",
        "outputResources": {"amis": [{
            "region": "eu-west-1", "image": "ami-1", "name": "web",
            "description": "The image of the web server", "accountId": "123456789012",
        }], "containers": []},
        "tags": {"team": "platform", "cost-centre": "4711"},
        "buildType": "USER_INITIATED", "imageSource": "CUSTOM",
    });
    let images = vec![image.to_string(); images].join(",");
    format!("{{\"imageSummaryList\":[{images}]}}")
}

/// A client whose pages have so many images, and a runtime to call it on.
struct Calls {
    client: Client,
    runtime: tokio::runtime::Runtime,
    images: usize,
}

impl Calls {
    fn of(images: usize) -> Self {
        let config = Config::builder()
            .region("eu-west-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .http_client(Canned(page(images)));
        let calls = Self {
            client: Client::new(config.build()),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            images,
        };
        // The first call asks for credentials, which the later ones have.
        calls.call();
        calls
    }

    fn call(&self) {
        let call = self.client.list_image_build_versions().max_results(25);
        let page = self.runtime.block_on(call.send()).unwrap();
        assert_eq!(
            page.image_summary_list.map(|list| list.len()),
            Some(self.images)
        );
    }
}

#[test]
fn allocations() {
    let allocations = |images| {
        let calls = Calls::of(images);
        measure(|| calls.call()).count_total
    };
    let (empty, full) = (allocations(0), allocations(100));
    assert!(
        empty <= ALLOCATIONS_OF_A_CALL,
        "{empty} allocations in a call"
    );
    let item = (full - empty).div_ceil(100);
    assert!(
        item <= ALLOCATIONS_OF_AN_ITEM,
        "{item} allocations for an item"
    );
}

#[test]
#[ignore = "run by the test below, under callgrind"]
fn the_work_that_callgrind_looks_at() {
    let images = std::env::var(IMAGES).expect("only the test below runs this");
    Calls::of(images.parse().unwrap()).call();
}

#[test]
fn instructions() {
    let Some((few, many)) = callgrind(0).zip(callgrind(200)) else {
        println!("skipped: valgrind is not installed here");
        return;
    };
    // The work is done twice: the first call is the one that the credentials come with.
    let item = (many - few) / 400;
    assert!(
        item <= INSTRUCTIONS_OF_AN_ITEM,
        "{item} instructions for an item"
    );
}

/// The instructions of the work above; `None` without valgrind.
fn callgrind(images: usize) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "budget::the_work_that_callgrind_looks_at",
        ])
        .env(IMAGES, images.to_string())
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let line = said.lines().find_map(|line| line.split_once("Collected :"));
    let (_, count) = line.unwrap_or_else(|| panic!("no count of instructions: {said}"));
    Some(count.trim().parse().unwrap())
}

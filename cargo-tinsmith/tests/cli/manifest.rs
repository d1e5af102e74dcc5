//! The `Cargo.toml` of a generated crate: what it inherits, what it says itself, any dependency for the runtime, and that
//! it can be published.

use crate::support::{CONFIG, Workspace, says};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

const MANIFEST: &str = "generated/tiny/Cargo.toml";

/// The manifest of the crate in a project with these settings.
fn generated(workspace: &Workspace, cargo: &str, settings: &str) -> String {
    workspace.write("Cargo.toml", cargo);
    workspace.write("tinsmith.toml", &format!("{settings}{CONFIG}"));
    workspace.run(&["codegen"]).succeeded();
    workspace.read(MANIFEST)
}

#[test]
fn what_the_workspace_has_is_inherited_and_the_rest_is_its_own() {
    let workspace = Workspace::new("manifest_inherits");
    let own = [
        "edition = \"2024\"\n",
        &format!("rust-version = \"{}\"\n", env!("CARGO_PKG_RUST_VERSION")),
        "license = \"Apache-2.0\"\n",
        "publish = false\n",
    ];
    let table = |keys: &str| {
        format!("[workspace]\nmembers = [\"generated/*\"]\n\n[workspace.package]\n{keys}")
    };
    for (keys, settings, expected, not) in [
        // Nothing to inherit.
        ("", "", &own[..], &["workspace = true"][..]),
        (
            "edition = \"2024\"\nrust-version = \"1.99\"\nlicense = \"MIT\"\npublish = true\nrepository = \"https://example.com\"\nversion = \"7.0.0\"\n",
            "",
            &[
                "edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\nrepository.workspace = true\npublish.workspace = true\n",
                "version = \"0.1.0\"\n",
            ],
            &["Apache"],
        ),
        (
            "license-file = \"LICENSE\"\n",
            "",
            &["license-file.workspace = true\n", own[0]],
            &["Apache"],
        ),
        // Generated code is written for one edition and needs a compiler; what the workspace says is too old.
        (
            "edition = \"2021\"\nrust-version = \"1.70\"\n",
            "",
            &own,
            &["workspace = true"],
        ),
        // What the project says of its crates is before what the workspace says.
        (
            "license = \"MIT\"\npublish = false\n",
            "license = \"0BSD\"\npublish = true\n",
            &["license = \"0BSD\"\n"],
            &["publish", "MIT"],
        ),
        (
            "publish = true\n",
            "publish = false\n",
            &["publish = false\n"],
            &[],
        ),
    ] {
        let manifest = generated(&workspace, &table(keys), settings);
        says(&manifest, expected);
        for not in not {
            assert!(!manifest.contains(not), "{not} in {manifest}");
        }
        workspace.cargo("generated/tiny", &["metadata", "--no-deps"]);
    }
    // A service says it for its own crate.
    workspace.write(
        "tinsmith.toml",
        &format!("license = \"MIT\"\n{CONFIG}license = \"ISC\"\npublish = true\n"),
    );
    workspace.run(&["codegen"]).succeeded();
    let manifest = workspace.read(MANIFEST);
    assert!(manifest.contains("license = \"ISC\"") && !manifest.contains("publish"));
}

#[test]
fn a_workspace_that_excludes_the_project_is_not_its_workspace() {
    let workspace = Workspace::new("manifest_excluded");
    let keys = "[workspace.package]\nedition = \"2024\"\n";
    let manifest = generated(
        &workspace,
        &format!("[workspace]\nexclude = [\"generated\"]\n{keys}"),
        "",
    );
    says(&manifest, &["edition.workspace = true"]);
    workspace.write(
        "Cargo.toml",
        &format!("[workspace]\nexclude = [\".\"]\n{keys}"),
    );
    workspace.run(&["codegen"]).succeeded();
    says(&workspace.read(MANIFEST), &["edition = \"2024\""]);
}

#[test]
fn the_runtime_is_any_dependency_that_cargo_has() {
    let workspace = Workspace::new("manifest_runtime");
    let registry = "[registries.ours]\nindex = \"sparse+https://example.com/\"\n";
    workspace.write(".cargo/config.toml", registry);
    let dependencies = "[workspace]\nmembers = [\"generated/*\"]\n\n[workspace.dependencies]\ntinsmith-runtime = \"0.1\"\ntinsmith-config = \"0.1\"\n";
    for (runtime, value) in [
        (
            "\"0.1\"",
            "{ version = \"0.1\", default-features = false, features = [\"client\"] }",
        ),
        (
            "{ version = \"0.1\" }",
            "{ version = \"0.1\", default-features = false, features = [\"client\"] }",
        ),
        (
            "{ path = \"../there\", features = [\"sigv4a\", \"client\"] }",
            "{ path = \"../../../there\", default-features = false, features = [\"client\", \"sigv4a\"] }",
        ),
        (
            "{ git = \"https://example.com/x\", rev = \"1\", version = \"0.1\" }",
            "{ git = \"https://example.com/x\", rev = \"1\", version = \"0.1\", default-features = false, features = [\"client\"] }",
        ),
        (
            "{ version = \"0.1\", registry = \"ours\" }",
            "{ registry = \"ours\", version = \"0.1\", default-features = false, features = [\"client\"] }",
        ),
        (
            "{ workspace = true }",
            "{ workspace = true, features = [\"client\"] }",
        ),
        (
            "{ workspace = true, features = [\"sigv4a\"] }",
            "{ workspace = true, features = [\"client\", \"sigv4a\"] }",
        ),
    ] {
        let manifest = generated(&workspace, dependencies, &format!("runtime = {runtime}\n"));
        says(&manifest, &[&format!("tinsmith-runtime = {value}\n")]);
        // Cargo reads the manifests of folders, which are not there.
        if !runtime.contains("path") {
            workspace.cargo("generated/tiny", &["metadata", "--no-deps"]);
        }
    }
}

#[test]
fn whoever_uses_a_crate_chooses_the_features_of_what_is_below_it() {
    let workspace = Workspace::new("manifest_features");
    let runtime =
        "runtime = { version = \"0.1\", default-features = false, features = [\"sigv4a\"] }\n";
    for (settings, expected) in [
        (
            "",
            &[
                "default = [\"credentials\", \"hyper\", \"native-roots\"]\n",
                "credentials = [\"dep:tinsmith-config\"]\n",
                "hyper = [\"tinsmith-config?/hyper\", \"tinsmith-runtime/hyper\"]\n",
                "native-roots = [\"tinsmith-config?/native-roots\", \"tinsmith-runtime/native-roots\"]\n",
                "webpki-roots = [\"tinsmith-config?/webpki-roots\", \"tinsmith-runtime/webpki-roots\"]\n",
            ][..],
        ),
        (
            "credentials = false\n",
            &[
                "default = [\"hyper\", \"native-roots\"]\n",
                "hyper = [\"tinsmith-runtime/hyper\"]\n",
            ],
        ),
        (
            runtime,
            &[
                "default = [\"credentials\"]\n",
                "hyper = [\"tinsmith-config?/hyper\", \"tinsmith-runtime/hyper\"]\n",
            ],
        ),
    ] {
        says(&generated(&workspace, "[workspace]\n", settings), expected);
    }
}

#[test]
fn a_dependency_that_cargo_would_refuse_is_refused_with_its_place() {
    let workspace = Workspace::new("manifest_refused");
    let cases = [
        (
            "{ pth = \"x\" }",
            &[
                "unknown key `pth`; did you mean `path`?",
                "expected `path`, `version`, `git` or `workspace`, for the place of tinsmith-runtime",
            ][..],
        ),
        (
            "{ path = 1 }",
            &[
                "expected a text, found a value of the type integer\n  in tinsmith.toml at runtime.path",
            ],
        ),
        (
            "{ version = \"1\", features = \"a\" }",
            &[
                "expected an array of the names of features, found `a`\n  in tinsmith.toml at runtime.features",
            ],
        ),
        (
            "{ version = \"1\", default-features = \"no\" }",
            &["expected `true` or `false`, found `no`"],
        ),
        (
            "{ workspace = false }",
            &["expected `true`, found `false`\n  in tinsmith.toml at runtime.workspace"],
        ),
        (
            "{ workspace = true, default-features = false }",
            &[
                "expected nothing but `features` beside `workspace = true`, found `default-features`",
                "it belongs to tinsmith-runtime in [workspace.dependencies] of Cargo.toml",
            ],
        ),
        (
            "{ workspace = true, version = \"1\" }",
            &["found `version`\n  in tinsmith.toml at runtime.version"],
        ),
        (
            "{ workspace = true }",
            &[
                "expected tinsmith-runtime in [workspace.dependencies] of Cargo.toml",
                "expected tinsmith-config in",
                "add this line there: tinsmith-config = \"",
            ],
        ),
        (
            "1",
            &["expected a version, or a table as in the dependencies of Cargo.toml"],
        ),
    ];
    for (runtime, expected) in cases {
        workspace.write("tinsmith.toml", &format!("runtime = {runtime}\n{CONFIG}"));
        says(&workspace.run(&["codegen"]).failed(), expected);
    }
    assert!(!workspace.has("generated"));
}

/// A registry on loopback, with a sparse index: it has the runtime and the loader, and nothing else.
fn registry() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default();
            let name = path.rsplit('/').next().unwrap_or_default();
            let features = "\"client\":[],\"hyper\":[],\"native-roots\":[],\"webpki-roots\":[]";
            let checksum = "0".repeat(64);
            let body = match name {
                "config.json" => {
                    format!("{{\"dl\":\"http://{address}/dl\",\"api\":\"http://{address}\"}}")
                }
                "tinsmith-runtime" | "tinsmith-config" => format!(
                    "{{\"name\":\"{name}\",\"vers\":\"0.1.0\",\"deps\":[],\"cksum\":\"{checksum}\",\"features\":{{{features}}},\"yanked\":false}}\n"
                ),
                _ => String::new(),
            };
            let status = if body.is_empty() {
                "404 Not Found"
            } else {
                "200 OK"
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    format!("sparse+http://{address}/")
}

#[test]
fn a_crate_can_be_published() {
    let workspace = Workspace::new("manifest_published");
    generated(
        &workspace,
        "[workspace]\nmembers = [\"generated/*\"]\nresolver = \"3\"\n\n[workspace.package]\nlicense = \"MIT\"\nrepository = \"https://example.com\"\n",
        "publish = true\nruntime = { version = \"0.1\", registry = \"local\" }\n",
    );
    let output = std::process::Command::new(env!("CARGO"))
        .current_dir(&workspace.root)
        // Nothing of this user's Cargo but the program.
        .env("CARGO_HOME", workspace.root.join("home"))
        .env("CARGO_REGISTRIES_LOCAL_INDEX", registry())
        .args(["publish", "--dry-run", "--no-verify", "--allow-dirty"])
        .args(["--registry", "local", "--package", "tiny"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    // It has all the metadata that Cargo looks for.
    assert!(!said.contains("manifest has no"), "{said}");
    says(
        &said,
        &["Uploading tiny v0.1.0", "aborting upload due to dry run"],
    );
    // A crate that is not to be published is refused by Cargo.
    workspace.edit("tinsmith.toml", "publish = true", "publish = false");
    workspace.run(&["codegen"]).succeeded();
    says(&workspace.read(MANIFEST), &["publish = false"]);
}

//! A small workspace on disk and the command line run in it.

use flate2::{Compression, write::GzEncoder};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The configuration of the service that most tests are about.
pub(crate) const CONFIG: &str = "\
documentation = \"strip\"

[services.tiny]
model = \"models/tiny/2020-01-01\"
operations = [\"ListThings\"]
";

/// A service model with a paginated operation and a plain one.
pub(crate) const MODEL: &str = r#"{
  "version": "2.0",
  "metadata": {
    "apiVersion": "2020-01-01", "endpointPrefix": "tiny", "protocol": "rest-json", "protocols": ["rest-json"],
    "serviceFullName": "Tiny Service", "serviceId": "tiny", "signatureVersion": "v4", "signingName": "tiny",
    "uid": "tiny-2020-01-01", "auth": ["aws.auth#sigv4"]
  },
  "operations": {
    "GetThing": {
      "name": "GetThing", "http": { "method": "POST", "requestUri": "/GetThing" },
      "input": { "shape": "GetThingRequest" }, "output": { "shape": "GetThingResponse" }
    },
    "ListThings": {
      "name": "ListThings", "http": { "method": "POST", "requestUri": "/ListThings" },
      "input": { "shape": "ListThingsRequest" }, "output": { "shape": "ListThingsResponse" }
    }
  },
  "shapes": {
    "GetThingRequest": { "type": "structure", "members": { "name": { "shape": "Text" } } },
    "GetThingResponse": { "type": "structure", "members": { "thing": { "shape": "Thing" } } },
    "ListThingsRequest": { "type": "structure", "members": { "token": { "shape": "Text" }, "most": { "shape": "Number" } } },
    "ListThingsResponse": { "type": "structure", "members": { "things": { "shape": "Things" }, "token": { "shape": "Text" } } },
    "Number": { "type": "integer" },
    "Text": { "type": "string" },
    "Thing": {
      "type": "structure",
      "members": { "zulu": { "shape": "Text" }, "mike": { "shape": "Text" }, "alpha": { "shape": "Text" }, "kilo": { "shape": "Text" } }
    },
    "Things": { "type": "list", "member": { "shape": "Thing" } }
  }
}
"#;

/// Its paginators.
pub(crate) const PAGINATORS: &str = r#"{
  "pagination": {
    "ListThings": { "input_token": "token", "output_token": "token", "limit_key": "most", "result_key": "things" }
  }
}
"#;

/// Its endpoint rules: one endpoint, whatever the region.
pub(crate) const ENDPOINT_RULES: &str = r#"{
  "version": "1.0",
  "parameters": {
    "Region": { "builtIn": "AWS::Region", "required": false, "documentation": "Where to.", "type": "string" }
  },
  "rules": [
    {
      "conditions": [],
      "documentation": "The one endpoint.",
      "endpoint": { "url": "https://tiny.example.com", "properties": {}, "headers": {} },
      "type": "endpoint"
    }
  ]
}
"#;

/// What a command did.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What a command said that also says what it does while it works.
    #[track_caller]
    pub(crate) fn succeeded_aloud(self) -> (String, String) {
        assert_eq!(self.code, Some(0), "{}", self.err);
        (self.out, self.err)
    }

    #[track_caller]
    pub(crate) fn succeeded(self) -> String {
        assert_eq!(
            (self.code, self.err.as_str()),
            (Some(0), ""),
            "{}",
            self.out
        );
        self.out
    }

    #[track_caller]
    pub(crate) fn failed(self) -> String {
        assert_eq!(
            (self.code, self.out.as_str()),
            (Some(1), ""),
            "{}",
            self.err
        );
        self.err
    }
}

pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    _folder: TempDir,
}

impl Workspace {
    /// An empty folder for the test called `name`.
    pub(crate) fn empty(name: &str) -> Self {
        // Outside of this repository, whose workspace and whose tinsmith.toml would be found above it.
        let prefix = format!("tinsmith-{name}-");
        let folder = tempfile::Builder::new().prefix(&prefix).tempdir().unwrap();
        Self {
            root: folder.path().canonicalize().unwrap(),
            _folder: folder,
        }
    }

    /// The tiny service, configured and imported.
    pub(crate) fn new(name: &str) -> Self {
        let workspace = Self::empty(name);
        workspace.write("tinsmith.toml", CONFIG);
        workspace.model("models/tiny/2020-01-01");
        workspace
    }

    /// The tiny service's model in `folder`.
    pub(crate) fn model(&self, folder: &str) {
        self.write(&format!("{folder}/service-2.json"), MODEL);
        self.write(&format!("{folder}/paginators-1.json"), PAGINATORS);
        self.write(
            &format!("{folder}/endpoint-rule-set-1.json"),
            ENDPOINT_RULES,
        );
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    pub(crate) fn write_gz(&self, path: &str, text: &str) {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        self.write_bytes(path, &encoder.finish().unwrap());
    }

    fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replace(from, to));
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).unwrap();
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Every file below `folder` and its text: hidden ones too.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        let mut folders = vec![self.root.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path
                        .strip_prefix(&self.root)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .to_owned();
                    tree.insert(
                        name,
                        String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned(),
                    );
                }
            }
        }
        tree
    }

    /// Writes a wheel of botocore with the files of one release.
    pub(crate) fn write_wheel(&self, path: &str, version: &str, files: &[(&str, &str)]) {
        let mut wheel = ZipWriter::new(Cursor::new(Vec::new()));
        let metadata = format!("Metadata-Version: 2.1\nName: botocore\nVersion: {version}\n");
        let metadata_path = format!("botocore-{version}.dist-info/METADATA");
        let all = [(metadata_path.as_str(), metadata.as_str())];
        for (name, text) in all.iter().chain(files) {
            wheel
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            wheel.write_all(text.as_bytes()).unwrap();
        }
        self.write_bytes(path, &wheel.finish().unwrap().into_inner());
    }

    /// Runs Cargo in a folder of the workspace, offline.
    #[track_caller]
    pub(crate) fn cargo(&self, folder: &str, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--offline")
            .current_dir(self.root.join(folder))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo {arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the command line in a folder of the workspace, without saying where the project is.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        let output = Command::new(crate::BINARY)
            .current_dir(self.root.join(folder))
            .env("TINSMITH_PIP", "false")
            .args(arguments)
            .output()
            .unwrap();
        Ran::of(output)
    }

    /// Runs the command line in the workspace.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with_pip("false", arguments)
    }

    /// The same with another command in the place of pip.
    pub(crate) fn run_with_pip(&self, pip: &str, arguments: &[&str]) -> Ran {
        self.run_with("TINSMITH_PIP", pip, arguments)
    }

    /// The same with a variable of the environment set.
    pub(crate) fn run_with(&self, variable: &str, value: &str, arguments: &[&str]) -> Ran {
        let output = Command::new(crate::BINARY)
            .current_dir(&self.root)
            .env(variable, value)
            .arg("--root")
            .arg(&self.root)
            .args(arguments)
            .output()
            .unwrap();
        Ran::of(output)
    }
}

/// Asserts that `text` says each of `parts`.
#[track_caller]
pub(crate) fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "expected to read: {part}\nin: {text}");
    }
}

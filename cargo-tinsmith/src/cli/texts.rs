//! The texts below the help of each command. They name the command `cargo tinsmith`, which is replaced by the name that
//! it is called by.

pub(super) const EXAMPLES: &str = "\
Examples:
  cargo tinsmith init                                    make a project
  cargo tinsmith add s3 GetObject PutObject              add a service: its model, its crate, a dependency
  cargo tinsmith codegen                                 write what changed, for all services
  cargo tinsmith check                                   write nothing; list what is out of date
  cargo tinsmith add imagebuilder                        list the operations that can be added
  cargo tinsmith add imagebuilder GetImage ListImages    add two, and generate
  cargo tinsmith update                                  import botocore's newest models, and report the changes";

pub(super) const INIT: &str = "\
In an empty folder, `cargo init` makes a package first. In a member of a workspace, the file is written at the workspace's root.

Examples:
  cargo tinsmith init
  cargo tinsmith init --xtask";

pub(super) const ADD: &str = "\
Adds the names to tinsmith.toml, sorted, with comments and layout preserved, and generates the crate. A service that is new gets its model, a section, a place among the members of the workspace, and a dependency in the package of the current folder. On an error nothing is written.

pip does the download of models, as `python3 -m pip` or `uvx pip`; TINSMITH_PIP names another command. With `models = \"closure\"` in tinsmith.toml, a model is reduced to the operations that are added.

Examples:
  cargo tinsmith add s3 GetObject PutObject
  cargo tinsmith add s3
  cargo tinsmith add s3 'List*' '!ListBuckets'
  cargo tinsmith add imagebuilder GetImage --from botocore-1.44.5-py3-none-any.whl";

pub(super) const CODEGEN: &str = "\
Nothing is written on an error, or if a generated file was edited. Files that are no longer part of a crate are removed.

Changes for a crate's users since its last version raise its version by the rules of the Cargo book and are listed in its CHANGELOG.md; tinsmith.lock in the crate records what that version was generated from.

Examples:
  cargo tinsmith codegen imagebuilder
  cargo tinsmith codegen --check

A crate that is not in tinsmith.toml, from any model to any folder, as a standalone package:
  cargo tinsmith codegen --model models/imagebuilder/2019-12-02 --operations ListImages,GetImage --package images --out ../images";

pub(super) const CHECK: &str = "\
The same as `cargo tinsmith codegen --check`: fails if a file is stale, missing or an orphan, and lists them all.

Examples:
  cargo tinsmith check
  cargo tinsmith check imagebuilder";

pub(super) const DIFF: &str = "\
Each change is major, minor or patch by the rules of the Cargo book for the generated Rust; the whole has the greatest of these.
JSON is {\"bump\", \"changes\": [{\"kind\", \"path\", \"before\", \"after\", \"bump\", \"note\"}]}; for several services {\"bump\", \"services\": {NAME: the same}}.
HTML is one file without scripts, in light and dark; the generated diffs are folded beside the changes.
If a crate cannot be generated, JSON has \"refused\": [{\"side\": \"before\" or \"after\", \"problem\"}] as well, and the bump is major.

Examples:
  cargo tinsmith diff
  cargo tinsmith diff --format markdown > report.md
  cargo tinsmith diff --format html > report.html
  cargo tinsmith diff --rules
  cargo tinsmith diff --from old/ --to models/imagebuilder/2019-12-02 --operations ListImages";

pub(crate) const UPDATE: &str = "\
All configured services are imported, or nothing is touched: also where an operation in tinsmith.toml is gone, or where the crates could not be generated from the new models.

pip does the download, as `python3 -m pip`; TINSMITH_PIP names another command, such as `py -m pip`.

Examples:
  cargo tinsmith update
  cargo tinsmith update --botocore 1.44.5
  cargo tinsmith update --from botocore-1.44.5-py3-none-any.whl";

pub(crate) const IMPORT: &str = "\
Your own service-2.sdk-extras.json and patch.json in a model's folder are never touched. All is imported, or nothing.

Examples:
  pip download --no-deps botocore
  cargo tinsmith import --from botocore-1.44.5-py3-none-any.whl
  cargo tinsmith import --from botocore --service s3
  cargo tinsmith import --from weather.json --version 2026-01-31";

pub(super) const SCAN: &str = "\
Reads src, tests, examples, benches and build.rs of a package, or of all members of a workspace; nothing is compiled. A call is counted where its client is known, or where only one client of the project has such an operation; everything else is listed as undecided.

JSON is {\"services\": [{\"service\", \"operations\": [{\"name\", \"uses\", \"places\", \"test_only\"}]}]}: `uses` are call, paginator, waiter and presigned, and empty if only types of the operation are used; `places` are FILE:LINE; `test_only` is true if only tests use it.

Examples:
  cargo tinsmith scan
  cargo tinsmith scan ../app --write
  cargo tinsmith scan ../app --from botocore-1.44.5-py3-none-any.whl
  cargo tinsmith scan --format json";

pub(super) const VERIFY: &str = "\
Runs `cargo check` before and after: in a folder beside the project with links to its files, and the new crates in place of the present ones. Every error is listed with the change of the model that it is about. Fails if there is one.

What is built is kept in target/tinsmith-verify, so the first run takes longest.

Examples:
  cargo tinsmith update && cargo tinsmith verify && cargo tinsmith codegen
  cargo tinsmith verify s3 -- --features extra";

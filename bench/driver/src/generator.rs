//! How long generation takes, against what serde_json needs merely to parse the same files.

use crate::Run;
use crate::figure::median;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tinsmith_codegen::{
    BotocoreFiles, Dependency, JsonFile, Options, Overrides, Package, Selection,
};

/// One row: what was generated, and what that took.
pub struct Generation {
    pub what: String,
    pub megabytes: f64,
    pub lines: usize,
    pub generate: f64,
    pub parse: f64,
}

/// The files that a service's model consists of.
const FILES: [&str; 6] = [
    "service-2.json",
    "service-2.sdk-extras.json",
    "paginators-1.json",
    "paginators-1.sdk-extras.json",
    "waiters-2.json",
    "endpoint-rule-set-1.json",
];

/// A model in memory, uncompressed.
struct Model {
    name: String,
    files: [Option<String>; 6],
}

/// Image Builder, the largest service that can be generated, and all those of a release of botocore.
pub fn measure(run: &Run) -> Vec<Generation> {
    let mut rows = Vec::new();
    let ours = run.bench.join("../models/imagebuilder/2019-12-02");
    match read(&ours, "imagebuilder") {
        Ok(model) => rows.extend(generation(run, "imagebuilder, all operations", &[&model])),
        Err(error) => eprintln!("missing: generation of imagebuilder: {error}"),
    }
    let release = match release(run) {
        Ok(release) => release,
        Err(error) => {
            eprintln!("missing: generation of a whole release: {error}");
            return rows;
        }
    };
    let size = |model: &Model| model.files.iter().flatten().map(String::len).sum::<usize>();
    let able: Vec<&Model> = release
        .iter()
        .filter(|model| generate(model).is_some())
        .collect();
    if let Some(ec2) = release.iter().find(|model| model.name == "ec2") {
        let what = "ec2, all operations".to_owned();
        match generation(run, &what, &[ec2]) {
            Some(row) => rows.push(row),
            None => {
                eprintln!("missing: {what}: its protocol is not generated");
                if let Some(&largest) = able.iter().max_by_key(|model| size(model)) {
                    let what = format!(
                        "{}, all operations: the largest that is generated",
                        largest.name
                    );
                    rows.extend(generation(run, &what, &[largest]));
                }
            }
        }
    }
    let what = format!(
        "a whole release: {} of {} services, the others' protocols are not generated",
        able.len(),
        release.len()
    );
    rows.extend(generation(run, &what, &able));
    rows
}

/// Generates and parses in turns; `None` if a model cannot be generated.
fn generation(run: &Run, what: &str, models: &[&Model]) -> Option<Generation> {
    let rounds = if models.len() > 1 {
        run.rounds.div_ceil(3)
    } else {
        run.rounds
    };
    let (mut generating, mut parsing, mut lines) = (Vec::new(), Vec::new(), 0);
    for round in 1..=rounds {
        eprintln!("{what}, round {round} of {rounds}");
        let start = Instant::now();
        lines = 0;
        for model in models {
            lines += generate(model)?;
        }
        generating.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        for text in models.iter().flat_map(|model| model.files.iter().flatten()) {
            let value: serde_json::Value = serde_json::from_str(text).ok()?;
            std::hint::black_box(value);
        }
        parsing.push(start.elapsed().as_secs_f64());
    }
    let texts = models.iter().flat_map(|model| model.files.iter().flatten());
    Some(Generation {
        what: what.to_owned(),
        megabytes: texts.map(String::len).sum::<usize>() as f64 / 1e6,
        lines,
        generate: median(generating)?,
        parse: median(parsing)?,
    })
}

/// Generates a crate with all operations, from text to formatted text; how many lines it has.
fn generate(model: &Model) -> Option<usize> {
    let parse = |index: usize| {
        let text = model.files[index].as_ref()?;
        JsonFile::parse(FILES[index], text).ok()
    };
    let files = BotocoreFiles {
        service: parse(0)?,
        service_extras: parse(1),
        paginators: parse(2),
        paginators_extras: parse(3),
        waiters: parse(4),
        endpoint_rules: parse(5),
    };
    let model = tinsmith_codegen::read_botocore(&files).ok()?;
    let options = Options {
        package: "measured".to_owned(),
        version: "0.1.0".to_owned(),
        operations: Selection::All,
        documentation: true,
        overrides: Overrides::default(),
        runtime: Dependency::in_folder("../runtime"),
        config: Some(Dependency::in_folder("../config")),
        manifest: Package::default(),
    };
    let generated = tinsmith_codegen::generate(&model, &options).ok()?;
    Some(
        generated
            .tree
            .values()
            .map(|text| text.lines().count())
            .sum(),
    )
}

/// The newest model of each service that the botocore under measurement brings.
fn release(run: &Run) -> Result<Vec<Model>, String> {
    let data = data_folder(&run.work.join("botocore"))
        .ok_or("no botocore beside which to find its models")?;
    let mut models = Vec::new();
    for service in folders(&data)? {
        let versions = folders(&service)?;
        let Some(newest) = versions.last() else {
            continue;
        };
        if cargo_tinsmith::load::find(newest, FILES[0]).is_some() {
            let name = service.file_name().unwrap_or_default().to_string_lossy();
            models.push(read(newest, &name)?);
        }
    }
    Ok(models)
}

fn data_folder(venv: &Path) -> Option<PathBuf> {
    let libraries = [venv.join("lib"), venv.join("Lib")];
    let mut places = libraries.to_vec();
    for library in &libraries {
        places.extend(folders(library).unwrap_or_default());
    }
    places
        .iter()
        .map(|place| place.join("site-packages/botocore/data"))
        .find(|data| data.is_dir())
}

/// The folders in a folder, sorted.
fn folders(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    Ok(folders)
}

fn read(folder: &Path, name: &str) -> Result<Model, String> {
    let mut files = [const { None }; 6];
    for (text, file) in files.iter_mut().zip(FILES) {
        if let Some(path) = cargo_tinsmith::load::find(folder, file) {
            let bytes = cargo_tinsmith::load::bytes(&path).map_err(|error| error.to_string())?;
            let utf8 = String::from_utf8(bytes);
            *text = Some(utf8.map_err(|error| format!("{}: {error}", path.display()))?);
        }
    }
    Ok(Model {
        name: name.to_owned(),
        files,
    })
}

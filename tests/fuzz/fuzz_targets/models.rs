//! Models of both formats, and the crates that come of them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tinsmith_codegen::{
    BotocoreFiles, Dependency, JsonFile, Options, Overrides, Package, Selection, generate,
    read_botocore, read_smithy,
};

fuzz_target!(|text: &str| {
    let Ok(file) = JsonFile::parse("fuzz.json", text) else {
        return;
    };
    let model = match file.value.get("smithy") {
        Some(_) => read_smithy(&file, None),
        None => read_botocore(&BotocoreFiles {
            service: file,
            service_extras: None,
            paginators: None,
            paginators_extras: None,
            waiters: None,
            endpoint_rules: None,
        }),
    };
    let Ok(model) = model else { return };
    let options = Options {
        package: "fuzz".to_owned(),
        version: "0.1.0".to_owned(),
        operations: Selection::All,
        documentation: true,
        overrides: Overrides::default(),
        runtime: Dependency::version("0.1"),
        config: None,
        manifest: Package::default(),
    };
    match generate(&model, &options) {
        Ok(generated) => assert!(!generated.tree.is_empty()),
        Err(problems) => assert!(!problems.to_string().is_empty()),
    }
});

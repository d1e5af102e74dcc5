//! Shared config and credentials files. The settings are loaded; credentials are not asked for, since a profile can name
//! a program that gives them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tinsmith_config::Environment;

fuzz_target!(|text: &str| {
    let (config, credentials) = text.split_once('\0').unwrap_or((text, ""));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let Ok(runtime) = runtime else { return };
    for profile in ["default", "a"] {
        let environment = Environment::empty()
            .with_home("/home/fuzz")
            .with_variable("AWS_PROFILE", profile)
            .with_variable("AWS_EC2_METADATA_DISABLED", "true")
            .with_file("/home/fuzz/.aws/config", config)
            .with_file("/home/fuzz/.aws/credentials", credentials);
        match runtime.block_on(tinsmith_config::from_env().environment(environment).load()) {
            Ok(config) => assert!(!format!("{config:?}").is_empty()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});

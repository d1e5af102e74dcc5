//! The endpoint rules of the generated crate, against the service's own test cases.

use imagebuilder::endpoint::resolve;
use serde_json::Value;
use std::path::Path;
use tinsmith_runtime::EndpointParams;

#[test]
fn every_test_case_of_the_service_passes() {
    let Some(data) = std::env::var_os("TINSMITH_TEST_DATA") else {
        println!("skipped: TINSMITH_TEST_DATA is not set");
        return;
    };
    let file = Path::new(&data).join("endpoints/tests/imagebuilder.json");
    let cases: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let cases = cases["testCases"].as_array().unwrap();
    assert_eq!(cases.len(), 23);
    for case in cases {
        let params = case.get("params").unwrap_or(&Value::Null);
        let text = |name: &str| params[name].as_str().map(str::to_owned);
        let flag = |name: &str| params[name].as_bool().unwrap_or_default();
        let found = resolve(&EndpointParams {
            region: text("Region"),
            use_fips: flag("UseFIPS"),
            use_dual_stack: flag("UseDualStack"),
            endpoint: text("Endpoint"),
            ..EndpointParams::default()
        });
        let expected = match &case["expect"] {
            expect if expect.get("endpoint").is_some() => Ok(&expect["endpoint"]["url"]),
            expect if expect.get("error").is_some() => Err(&expect["error"]),
            other => panic!("a case expects an endpoint or an error, not {other}"),
        };
        match (&found, expected) {
            (Ok(endpoint), Ok(url)) => assert_eq!(endpoint.url, url.as_str().unwrap(), "{params}"),
            (Err(error), Err(reason)) => {
                assert_eq!(error.to_string(), reason.as_str().unwrap(), "{params}");
            }
            (found, expected) => panic!("{params}: expected {expected:?}, found {found:?}"),
        }
    }
}

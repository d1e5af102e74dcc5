//! Computes, for each service and set of parameters on standard input, the result of the service's endpoint function.

mod services;

use serde_json::{Map, Value, json};
use tinsmith_runtime::EndpointParams;
use tinsmith_runtime::endpoint::{ContextValue, EndpointContext};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cases: Vec<(String, Map<String, Value>)> = serde_json::from_reader(std::io::stdin())?;
    let answers: Vec<Value> = cases.iter().map(|(service, given)| answer(service, given)).collect();
    serde_json::to_writer(std::io::stdout(), &answers)?;
    Ok(())
}

fn answer(service: &str, given: &Map<String, Value>) -> Value {
    let Some(resolve) = services::resolve(service) else {
        return json!({"error": "no such service"});
    };
    let text = |name: &str| given.get(name).and_then(Value::as_str).map(str::to_owned);
    let maybe = |name: &str| given.get(name).and_then(Value::as_bool);
    let flag = |name: &str| maybe(name).unwrap_or_default();
    let mut context = EndpointContext::default();
    for (name, value) in given.get("context").and_then(Value::as_object).into_iter().flatten() {
        context.set(name, match value {
            Value::Bool(flag) => ContextValue::Flag(*flag),
            Value::Array(items) => ContextValue::List(items.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
            other => ContextValue::Text(other.as_str().unwrap_or_default().to_owned()),
        });
    }
    let params = EndpointParams {
        region: text("AWS::Region"),
        use_fips: flag("AWS::UseFIPS"),
        use_dual_stack: flag("AWS::UseDualStack"),
        endpoint: text("SDK::Endpoint"),
        account_id: text("AWS::Auth::AccountId"),
        account_id_endpoint_mode: text("AWS::Auth::AccountIdEndpointMode"),
        force_path_style: flag("AWS::S3::ForcePathStyle"),
        accelerate: flag("AWS::S3::Accelerate"),
        disable_multi_region_access_points: flag("AWS::S3::DisableMultiRegionAccessPoints"),
        use_arn_region: maybe("AWS::S3::UseArnRegion"),
        s3_control_use_arn_region: maybe("AWS::S3Control::UseArnRegion"),
        disable_s3_express_session_auth: maybe("AWS::S3::DisableS3ExpressSessionAuth"),
        s3_use_global_endpoint: flag("AWS::S3::UseGlobalEndpoint"),
        sts_use_global_endpoint: flag("AWS::STS::UseGlobalEndpoint"),
        context,
    };
    match resolve(&params) {
        Ok(endpoint) => json!({
            "url": endpoint.url,
            "headers": endpoint.headers.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
            "signingName": endpoint.signing_name,
            "signingRegion": endpoint.signing_region,
            "onlyAuth": endpoint.only_auth,
        }),
        Err(error) => json!({"error": error.to_string()}),
    }
}

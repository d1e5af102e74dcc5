//! The result for programs: `{"services":[{"service","operations":[{"name","uses","places","test_only"}]}]}`.

use super::{Operation, Scan, Service};
use serde_json::{Value, json};

/// The result as JSON.
pub fn render(scan: &Scan) -> String {
    let services: Vec<Value> = scan.services.iter().map(service).collect();
    let value = json!({ "services": services });
    format!("{value:#}\n")
}

fn service(service: &Service) -> Value {
    let operations: Vec<Value> = service.operations.iter().map(operation).collect();
    json!({ "service": service.name, "operations": operations })
}

fn operation(operation: &Operation) -> Value {
    let Operation {
        name,
        uses,
        places,
        test_only,
    } = operation;
    let uses: Vec<&str> = uses.iter().map(|one| one.as_str()).collect();
    let places: Vec<String> = places.iter().map(ToString::to_string).collect();
    json!({ "name": name, "uses": uses, "places": places, "test_only": test_only })
}

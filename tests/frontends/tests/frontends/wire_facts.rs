//! What XML, forms and EC2 say of members, operations and errors is in the model: that both formats say the same is shown
//! by the pairs `xml`, `xml-timestamps`, `query` and `ec2`, and what they say here.

use serde_json::{Value, json};
use std::path::Path;
use tinsmith_codegen::{
    BotocoreFiles, JsonFile, Model, Problems, Selection, closure, read_botocore,
};
use tinsmith_frontends::files;

fn pair(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs");
    serde_json::to_value(files::botocore(&folder.join(name), None).unwrap()).unwrap()
}

fn member<'m>(model: &'m Value, shape: &str, name: &str) -> &'m Value {
    &model["shapes"][shape]["kind"]["structure"]["members"][name]
}

#[test]
fn facts_of_xml() {
    let model = pair("xml");
    let service = json!({"uri": "https://weather.example.com/doc/2020-01-01/"});
    assert_eq!(model["service"]["xml_namespace"], service);
    assert_eq!(
        model["operations"]["PutCity"]["xml_root"],
        json!({"name": "NewCity"})
    );
    for operation in ["PutPlain", "PutTags", "PutRules", "PutZone", "FindCity"] {
        let root = &model["operations"][operation]["xml_root"];
        assert_eq!(*root, Value::Null, "{operation}");
    }
    let xsi = json!({"uri": "http://www.w3.org/2001/XMLSchema-instance", "prefix": "xsi"});
    for (shape, name, expected) in [
        (
            "City",
            "Flat",
            json!({"shape": "TagSet", "wire_name": "Tag", "wire": {"flattened": true}}),
        ),
        ("City", "Tags", json!({"shape": "TagSet"})),
        (
            "City",
            "Winds",
            json!({"shape": "Winds", "wire_name": "Wind", "wire": {"flattened": true}}),
        ),
        (
            "City",
            "Named",
            json!({"shape": "Named", "wire_name": "NAMED"}),
        ),
        (
            "City",
            "FlatByName",
            json!({"shape": "FlatByName", "wire_name": "Pair", "wire": {"flattened": true}}),
        ),
        (
            "City",
            "Owner",
            json!({"shape": "Owner", "wire": {"namespace": xsi}}),
        ),
        (
            "Owner",
            "Type",
            json!({"shape": "String", "wire_name": "xsi:type", "wire": {"attribute": true}}),
        ),
        (
            "PutPlainRequest",
            "City",
            json!({"shape": "City", "wire_name": "Town", "wire": {"namespace": {"uri": "https://weather.example.com/town/"}}}),
        ),
        (
            "PutRulesRequest",
            "Rules",
            json!({"shape": "Rules", "wire_name": "RuleConfiguration"}),
        ),
        ("PutTagsRequest", "Tagging", json!({"shape": "Tagging"})),
        (
            "PutZoneRequest",
            "Where",
            json!({"shape": "Zone", "wire_name": "Zone"}),
        ),
    ] {
        assert_eq!(
            *member(&model, shape, name),
            expected,
            "{shape}.{name} of {model}"
        );
    }
    // The items have a name of their own only where the list stands by itself.
    let list = |name: &str| model["shapes"][name]["kind"]["list"]["member"].clone();
    assert_eq!(
        list("TagSet"),
        json!({"shape": "String", "wire_name": "Tag"})
    );
    assert_eq!(list("Winds"), json!({"shape": "String"}));
    let map = &model["shapes"]["ByName"]["kind"]["map"];
    assert_eq!(map["key"], json!({"shape": "String", "wire_name": "Name"}));
    assert_eq!(
        map["value"],
        json!({"shape": "String", "wire_name": "Setting"})
    );
}

#[test]
fn facts_of_forms() {
    let model = pair("query");
    assert_eq!(
        model["shapes"]["CityNotFoundFault"]["kind"]["structure"]["error"],
        json!({"code": "CityNotFound", "status": 404, "sender_fault": true})
    );
    assert_eq!(
        model["shapes"]["OutOfOrderFault"]["kind"]["structure"]["error"],
        json!({"code": "OutOfOrder", "status": 503})
    );
    assert_eq!(
        model["operations"]["ListCities"]["result_wrapper"],
        Value::Null
    );
    assert_eq!(
        member(&model, "Cities", "Pending")["wire_name"],
        "PendingCity"
    );
    let filters = member(&model, "ListCitiesMessage", "Filters");
    assert_eq!(filters["wire_name"], "Filter");
    assert_eq!(filters["wire"], json!({"flattened": true}));

    let model = pair("ec2");
    let addresses = member(&model, "RunCityRequest", "Addresses");
    assert_eq!(addresses["wire"], json!({"query_name": "Addresses"}));
    let quarter = member(&model, "Placement", "Quarter");
    assert_eq!(quarter["wire"], json!({"query_name": "QuarterName"}));
    let dry_run = member(&model, "RunCityRequest", "DryRun");
    assert_eq!(dry_run["wire_name"], "dryRun");
    assert_eq!(dry_run["wire"], Value::Null);
}

/// A format is where it was said, on a member or on a shape, and a member's own replaces that of its shape.
#[test]
fn formats_of_timestamps() {
    const INPUT: &str = "PutForecastRequest";
    let model = pair("xml-timestamps");
    for (shape, name, target, format) in [
        ("Gust", "At", "Timestamp", json!("epoch_seconds")),
        ("Gust", "Noted", "Day", Value::Null),
        ("PutForecastOutput", "Expires", "Timestamp", Value::Null),
        ("PutForecastOutput", "Seen", "Timestamp", json!("date_time")),
        (INPUT, "Until", "Timestamp", json!("epoch_seconds")),
        (INPUT, "Since", "Timestamp", json!("date_time")),
        (INPUT, "IfModifiedSince", "Day", Value::Null),
        (INPUT, "Sent", "Timestamp", json!("epoch_seconds")),
        (INPUT, "Plain", "Timestamp", Value::Null),
        (INPUT, "Own", "Timestamp", json!("http_date")),
        (INPUT, "OfShape", "Day", Value::Null),
        (INPUT, "Over", "Timestamp", json!("epoch_seconds")),
    ] {
        let found = member(&model, shape, name);
        assert_eq!(found["shape"], target, "{shape}.{name}");
        assert_eq!(found["timestamp_format"], format, "{shape}.{name}");
    }
    let shapes = &model["shapes"];
    assert_eq!(
        shapes["Day"]["kind"],
        json!({"timestamp": {"format": "http_date"}})
    );
    let times = &shapes["Times"]["kind"]["list"]["member"];
    assert_eq!(
        *times,
        json!({"shape": "Timestamp", "timestamp_format": "date_time"})
    );
    let by_city = &shapes["ByCity"]["kind"]["map"]["value"];
    assert_eq!(
        *by_city,
        json!({"shape": "Timestamp", "timestamp_format": "epoch_seconds"})
    );
    for (pair_name, input) in [("query", "ListCitiesMessage"), ("ec2", "RunCityRequest")] {
        let model = pair(pair_name);
        let until = member(&model, input, "Until");
        assert_eq!(until["timestamp_format"], "epoch_seconds", "{pair_name}");
    }
}

/// The same members in a service of JSON: nothing of it is left in the model, so a lock file that was written without
/// them says the same.
#[test]
fn nothing_of_it_in_json() {
    let text = include_str!("../../pairs/xml/service-2.json");
    let text = text.replace("rest-xml", "rest-json");
    let found = read(&text).unwrap();
    let found = serde_json::to_string(&found).unwrap();
    for key in ["xml_root", "xml_namespace", "\"wire\""] {
        assert!(!found.contains(key), "{key} in {found}");
    }
}

fn read(text: &str) -> Result<Model, Problems> {
    closure(&read_unselected(text)?, &Selection::All)
}

fn read_unselected(text: &str) -> Result<Model, Problems> {
    let files = BotocoreFiles {
        service: JsonFile::parse("service-2.json", text)?,
        service_extras: None,
        paginators: None,
        paginators_extras: None,
        waiters: None,
        endpoint_rules: None,
    };
    read_botocore(&files)
}

/// What nobody could send is refused with its place.
#[test]
fn names_that_xml_does_not_have() {
    let text = include_str!("../../pairs/xml/service-2.json");
    for (was, is, expected) in [
        (
            "\"RuleConfiguration\"",
            "\"Rule Configuration\"",
            "expected a valid name of an XML element, found \"Rule Configuration\"\n  in service-2.json at shapes.PutRulesRequest.Rules",
        ),
        (
            "\"Wind\"",
            "\"<Wind\"",
            "expected a valid name of an XML element, found \"<Wind\"\n  in service-2.json at shapes.City.Winds",
        ),
        (
            "\"NewCity\"",
            "\"1\"",
            "expected a valid name of an XML element, found \"1\"\n  in service-2.json at operations.PutCity",
        ),
        (
            "\"prefix\": \"xsi\"",
            "\"prefix\": \"x y\"",
            "expected a prefix that XML can declare, found \"x y\"\n  in service-2.json at shapes.City.Owner",
        ),
        (
            "https://weather.example.com/town/",
            "a b",
            "expected the URI of a namespace, found \"a b\"\n  in service-2.json at shapes.PutPlainRequest.City",
        ),
        (
            "\"flattened\": true, \"locationName\": \"Tag\"",
            "\"flattened\": 1",
            "expected true or false, found 1\n  in service-2.json at shapes.City.members.Flat.flattened",
        ),
        (
            "\"uri\": \"https://weather.example.com/town/\"",
            "\"url\": \"https://weather.example.com/town/\"",
            "expected only traits that the generator supports, found `url`; did you mean `uri`?\n  in service-2.json at shapes.PutPlainRequest.members.City.xmlNamespace.url",
        ),
    ] {
        let edited = text.replacen(was, is, 1);
        assert_ne!(edited, text, "{was}");
        let model = read_unselected(&edited).unwrap();
        let problems = files::whole_crate(&model).unwrap_err().to_string();
        assert!(problems.contains(expected), "{problems}");
    }
}

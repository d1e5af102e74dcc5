//! What can be asked of a union, and what the values of DynamoDB's items are made from.

use golden_attribute_values::types::AttributeValue;
use golden_attribute_values::{Client, Config, Credentials};
use golden_recursion::types::{Choice, Wish};
use std::collections::BTreeMap;
use tinsmith_runtime::replay::ReplayClient;

#[test]
fn each_variant_gives_its_value_or_the_union_itself() {
    let text = AttributeValue::S("tin".to_owned());
    assert_eq!(text.as_s(), Ok(&"tin".to_owned()));
    assert_eq!(text.as_n(), Err(&text));
    assert!(text.is_s() && !text.is_n() && !text.is_unknown());
}

#[test]
fn a_boxed_value_is_given_without_its_box() {
    let wish: Choice = Choice::First(Box::default());
    let first: Result<&Wish, _> = wish.as_first();
    assert_eq!(first, Ok(&Wish::default()));
}

#[test]
fn attribute_values_are_made_from_text_numbers_and_booleans() {
    let n = |text: &str| AttributeValue::N(text.to_owned());
    assert_eq!(AttributeValue::from("a"), AttributeValue::S("a".to_owned()));
    assert_eq!(
        AttributeValue::from("a".to_owned()),
        AttributeValue::S("a".to_owned())
    );
    assert_eq!(AttributeValue::from(true), AttributeValue::Bool(true));
    assert_eq!(AttributeValue::from(-7), n("-7"));
    assert_eq!(AttributeValue::from(u64::MAX), n("18446744073709551615"));
    assert_eq!(AttributeValue::from(0.25), n("0.25"));
}

#[tokio::test]
async fn an_item_is_sent_and_read_as_the_structures_of_the_model_are() {
    let replay = ReplayClient::new().response(http::Response::new(
        r#"{"Attributes": {"list": {"L": [{"N": "1"}, {"NULL": true}, {"NEW": 5}]}}}"#.to_owned(),
    ));
    let config = Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .http_client(replay.clone());
    let item = [("name", AttributeValue::from("tin")), ("weight", 7.into())];
    let put = Client::new(config.build()).put_item().set_item(item).send();
    let attributes = put.await.unwrap().attributes.unwrap();
    let sent: serde_json::Value = serde_json::from_slice(replay.requests()[0].body()).unwrap();
    assert_eq!(
        sent,
        serde_json::json!({"Item": {"name": {"S": "tin"}, "weight": {"N": "7"}}})
    );
    let list = attributes["list"].as_l().unwrap();
    assert_eq!(list[0].as_n().unwrap(), "1");
    assert_eq!(list[1], AttributeValue::Null(true));
    assert!(list[2].is_unknown());
    let _: &BTreeMap<String, AttributeValue> = &attributes;
}

//! The table of partitions, alone and against AWS's own.

use tinsmith_runtime::endpoint::{Partition, partition};

fn of(region: &str) -> &'static Partition {
    partition(region).unwrap()
}

#[test]
fn a_region_belongs_to_the_partition_that_claims_it() {
    for (region, name) in [
        ("eu-west-1", "aws"),
        ("us-gov-west-1", "aws-us-gov"),
        ("cn-north-1", "aws-cn"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("eusc-de-east-1", "aws-eusc"),
        ("aws-cn-global", "aws-cn"),
        // Not there yet.
        ("cn-southern-12", "aws-cn"),
        ("eu-isoe-north-2", "aws-iso-e"),
        // No one's.
        ("", "aws"),
        ("mars-1", "aws"),
        ("cn-north", "aws"),
        ("cn-north-1a", "aws"),
        ("cn--1", "aws"),
        ("cn-north-west-1", "aws"),
        ("xcn-north-1", "aws"),
    ] {
        assert_eq!(of(region).name, name, "{region}");
    }
}

#[test]
fn the_table_agrees_with_the_published_one() {
    let Ok(data) = std::env::var("TINSMITH_TEST_DATA") else {
        println!("skipped: TINSMITH_TEST_DATA is not set");
        return;
    };
    let path = std::path::Path::new(&data).join("endpoints/partitions.json");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut regions = 0;
    for published in file["partitions"].as_array().unwrap() {
        let outputs = &published["outputs"];
        let global = outputs["implicitGlobalRegion"].as_str().unwrap();
        for region in published["regions"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .chain([global])
        {
            let ours = of(region);
            let found = serde_json::json!({
                "name": ours.name,
                "dnsSuffix": ours.dns_suffix,
                "dualStackDnsSuffix": ours.dual_stack_dns_suffix,
                "supportsFIPS": ours.supports_fips,
                "supportsDualStack": ours.supports_dual_stack,
                "implicitGlobalRegion": ours.implicit_global_region,
            });
            assert_eq!(&found, outputs, "{region}");
            regions += 1;
        }
    }
    assert!(regions > 40, "the file lists {regions} regions");
}

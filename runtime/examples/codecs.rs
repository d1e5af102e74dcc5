//! What the codecs cost: the same values written and read in CBOR, in JSON and in XML, in turns, on one thread. It is the
//! measurement behind the order of protocols in `codegen/src/model/protocol.rs`; figures of one run are compared with each
//! other only.
//!
//! ```sh
//! cargo run --release --package tinsmith-runtime --example codecs
//! ```

#![allow(clippy::expect_used, missing_docs)] // whoever runs it sees a panic; its shapes are for nobody else

use bytes::Bytes;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tinsmith_runtime::codegen::structure;
use tinsmith_runtime::protocol::{AwsJson, Protocol, RestXml, RpcV2Cbor};
use tinsmith_runtime::{
    Member, Operation, ReadOutput, ResponseReader, Service, Timestamp, WriteInput,
};

structure! {
    /// Time series, which are numbers above all.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Metrics: read write {
        pub results: Option<Vec<Series>> = "MetricDataResults",
    }
}

structure! {
    /// One series.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Series: read write {
        pub id: Option<String> = "Id",
        pub label: Option<String> = "Label",
        pub timestamps: Option<Vec<Timestamp>> = "Timestamps",
        pub values: Option<Vec<f64>> = "Values",
        pub status: Option<String> = "StatusCode",
    }
}

structure! {
    /// A listing, which is texts above all.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Listing: read write {
        pub items: Option<Vec<Item>> = "Items",
        pub next: Option<String> = "NextToken",
    }
}

structure! {
    /// One line of it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Item: read write {
        pub arn: Option<String> = "Arn",
        pub name: Option<String> = "Name",
        pub version: Option<i32> = "Version",
        pub created: Option<Timestamp> = "CreatedAt",
        pub enabled: Option<bool> = "Enabled",
        pub size: Option<i64> = "Size",
        pub tags: Option<BTreeMap<String, String>> = "Tags",
    }
}

impl WriteInput for Metrics {}
impl ReadOutput for Metrics {}
impl WriteInput for Listing {}
impl ReadOutput for Listing {}

fn metrics() -> Metrics {
    let times = (0..288).map(|at| Timestamp::from_seconds(1_700_000_000 + 300 * at));
    let values = (0..288).map(|at| f64::from(at * 7919 % 1000) / 7.0);
    let series = |index: u32| Series {
        id: Some(format!("m{index}")),
        label: Some(format!("CPUUtilization i-{index:017x}")),
        timestamps: Some(times.clone().collect()),
        values: Some(
            values
                .clone()
                .map(|value| value + f64::from(index))
                .collect(),
        ),
        status: Some("Complete".to_owned()),
    };
    Metrics {
        results: Some((0..10).map(series).collect()),
    }
}

fn listing() -> Listing {
    let item = |index: i32| Item {
        arn: Some(format!(
            "arn:aws:example:eu-west-1:123456789012:image/server-{index}/1.0.{index}"
        )),
        name: Some(format!("server-{index}")),
        version: Some(index),
        created: Timestamp::new(1_700_000_000 + i64::from(index), 250_000_000),
        enabled: Some(index % 3 == 0),
        size: Some(i64::from(index) * 1_048_577),
        tags: Some(
            [("Team", "platform"), ("Stage", "production")]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into(),
        ),
    };
    Listing {
        items: Some((0..400).map(item).collect()),
        next: Some("x".repeat(200)),
    }
}

static CBOR: RpcV2Cbor = RpcV2Cbor {
    service: "Example",
    query_compatible: false,
};

static JSON: AwsJson = AwsJson {
    version: "1.0",
    target_prefix: "Example",
    query_compatible: false,
};

const ROUNDS: u32 = 200;

/// A codec, and what the fastest of the rounds took with it.
struct Codec {
    name: &'static str,
    protocol: &'static dyn Protocol,
    operation: Operation,
    response: http::Response<Bytes>,
    write: Duration,
    read: Duration,
}

fn codec(name: &'static str, service: &'static Service, value: &dyn WriteInput) -> Codec {
    let operation = Operation {
        name: "PutPage",
        root: Member::new("Page"),
        service,
        ..Operation::DEFAULT
    };
    Codec {
        name,
        protocol: service.protocol,
        response: http::Response::new(written(&operation, value)),
        operation,
        write: Duration::MAX,
        read: Duration::MAX,
    }
}

fn written(operation: &Operation, value: &dyn WriteInput) -> Bytes {
    let request = operation.request(value, String::new).expect("a request");
    request.body.as_bytes().cloned().expect("a body")
}

fn measure<T: WriteInput + ReadOutput + Default + PartialEq>(value: &T, what: &str) {
    static SERVICES: [Service; 3] = [
        Service {
            protocol: &CBOR,
            ..Service::DEFAULT
        },
        Service {
            protocol: &JSON,
            ..Service::DEFAULT
        },
        Service {
            protocol: &RestXml,
            ..Service::DEFAULT
        },
    ];
    let [cbor, json, xml] = &SERVICES;
    let mut codecs = [
        codec("CBOR", cbor, value),
        codec("JSON", json, value),
        codec("XML", xml, value),
    ];
    for _ in 0..ROUNDS {
        for codec in &mut codecs {
            let start = Instant::now();
            black_box(written(&codec.operation, value));
            codec.write = codec.write.min(start.elapsed());

            let start = Instant::now();
            let mut read = T::default();
            let reader = ResponseReader::new(codec.protocol, &codec.response);
            reader.body(&mut read).expect("what was written");
            codec.read = codec.read.min(start.elapsed());
            assert!(
                &read == value,
                "{} is not read as it was written",
                codec.name
            );
        }
    }
    println!("{what}\n        bytes  write µs  read µs   write and read against JSON");
    let [_, json, _] = &codecs;
    for codec in &codecs {
        let against = |ours: Duration, json: Duration| ours.as_secs_f64() / json.as_secs_f64();
        println!(
            "{:4} {:8} {:9.1} {:8.1}   {:.2} {:.2}",
            codec.name,
            codec.response.body().len(),
            codec.write.as_secs_f64() * 1e6,
            codec.read.as_secs_f64() * 1e6,
            against(codec.write, json.write),
            against(codec.read, json.read),
        );
    }
    println!();
}

fn main() {
    measure(&metrics(), "10 series of 288 values each");
    measure(&listing(), "a listing of 400 items");
}

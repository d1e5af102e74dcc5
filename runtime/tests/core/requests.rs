//! Requests: which member goes where, and in which form.

use std::collections::BTreeMap;

use crate::shapes::{
    Choice, Filter, Input, JSON_SERVICE, OPERATION, Platform, SERVICE, Sample, forever, new_token,
    whole,
};
use tinsmith_runtime::{
    Blob, Document, Member, Method, Operation, RequestWriter, Service, Timestamp,
};

type Request = http::Request<bytes::Bytes>;

fn try_build(
    uri: &'static str,
    write: impl Fn(&mut RequestWriter) + Send + Sync,
) -> Result<Request, String> {
    let operation = Operation {
        uri,
        service: &SERVICE,
        ..Operation::DEFAULT
    };
    operation
        .request(&Input(write), new_token)
        .map(whole)
        .map_err(|error| error.to_string())
}

fn build(uri: &'static str, write: impl Fn(&mut RequestWriter) + Send + Sync) -> Request {
    try_build(uri, write).unwrap()
}

fn uri(uri: &'static str, write: impl Fn(&mut RequestWriter) + Send + Sync) -> String {
    build(uri, write).uri().to_string()
}

fn header(request: &Request, name: &str) -> Option<String> {
    request
        .headers()
        .get(name)
        .map(|value| String::from_utf8(value.as_bytes().to_vec()).unwrap())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn strings(texts: &[&str]) -> Option<Vec<String>> {
    Some(texts.iter().map(|text| (*text).to_owned()).collect())
}

const WHEN: Option<Timestamp> = Some(Timestamp::from_seconds(1_576_540_098));

#[test]
fn an_operation_is_a_constant_that_lives_for_ever() {
    assert_eq!(forever().name, "PutSample");
    assert_eq!(
        OPERATION
            .request(&Sample::default(), new_token)
            .unwrap()
            .head
            .method,
        Method::PUT
    );
}

#[test]
fn labels_are_encoded_and_only_greedy_ones_keep_their_slashes() {
    let reserved = uri("/a/{text}", |request| {
        request.label("text", &some(" %:/?#[]@!$&'()*+,;=😹-._~"))
    });
    let encoded = "/a/%20%25%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%F0%9F%98%B9-._~";
    assert_eq!(reserved, encoded);

    let two = uri("/{foo}/baz/{key+}/end", |request| {
        request.label("foo", &some("hello/escape"));
        request.label("key", &some("there/my guy"));
    });
    assert_eq!(two, "/hello%2Fescape/baz/there/my%20guy/end");
}

#[test]
fn a_label_of_an_id_is_what_follows_its_last_slash() {
    let label = |id: Option<&'static str>| {
        try_build("/zones/{Id}", move |request| {
            request.label_last_segment("Id", &id.map(str::to_owned));
        })
    };
    for (id, expected) in [
        ("Z1", "/zones/Z1"),
        ("/hostedzone/Z1", "/zones/Z1"),
        ("hostedzone/Z 1", "/zones/Z%201"),
    ] {
        assert_eq!(label(Some(id)).unwrap().uri().to_string(), expected);
    }
    let empty = label(Some("/hostedzone/")).unwrap_err();
    assert_eq!(empty, "Id: required as a label, but empty");
    assert_eq!(label(None).unwrap_err(), "Id: required, but not set");
}

#[test]
fn labels_of_every_scalar() {
    let found = uri("/{b}/{i}/{f}/{d}/{n}/{e}/{w}/{s}/{h}", |request| {
        request.label("b", &Some(true));
        request.label("i", &Some(-1_i32));
        request.label("f", &Some(4.1_f32));
        request.label("d", &Some(5.1_f64));
        request.label("n", &Some(f64::NEG_INFINITY));
        request.label("e", &Some(Platform::MacOs));
        request.label("w", &WHEN);
        request.label(Member::new("s").epoch_seconds(), &WHEN);
        request.label(Member::new("h").http_date(), &WHEN);
    });
    let times = "2019-12-16T23%3A48%3A18Z/1576540098/Mon%2C%2016%20Dec%202019%2023%3A48%3A18%20GMT";
    assert_eq!(found, format!("/true/-1/4.1/5.1/-Infinity/macOS/{times}"));
}

#[test]
fn a_label_that_is_unset_or_empty_is_an_error() {
    let unset = try_build("/{imageVersionArn}", |request| {
        request.label("imageVersionArn", &None::<String>)
    });
    assert_eq!(unset.unwrap_err(), "imageVersionArn: required, but not set");
    let empty = try_build("/{imageVersionArn}", |request| {
        request.label("imageVersionArn", &some(""))
    });
    assert_eq!(
        empty.unwrap_err(),
        "imageVersionArn: required as a label, but empty"
    );
    let forgotten = try_build("/{imageVersionArn}", |_| {});
    assert_eq!(
        forgotten.unwrap_err(),
        "imageVersionArn: required, but not set"
    );
}

#[test]
fn queries_follow_the_static_one_in_order() {
    let found = uri("/q?foo=bar&hello", |request| {
        request.query("none", &None::<String>);
        request.query("text", &some("a b&c=d/é"));
        request.query("empty", &some(""));
        request.query("list", &Some(vec![1_i64, 2]));
        request.query("no items", &Some(Vec::<bool>::new()));
        request.query("when", &Some(vec![Timestamp::new(1, 500_000_000).unwrap()]));
        request.query(Member::new("epoch").epoch_seconds(), &WHEN);
    });
    let expected = "/q?foo=bar&hello&text=a%20b%26c%3Dd%2F%C3%A9&empty=&list=1&list=2\
                    &when=1970-01-01T00%3A00%3A01.5Z&epoch=1576540098";
    assert_eq!(found, expected);
}

#[test]
fn a_map_of_parameters_leaves_those_of_the_template_alone() {
    let map = BTreeMap::from([
        ("q".to_owned(), "map".to_owned()),
        ("r".to_owned(), "map".to_owned()),
    ]);
    let found = uri("/put?q=1&x", move |request| {
        request.query_map(&Some(map.clone()))
    });
    assert_eq!(found, "/put?q=1&x&r=map");
}

#[test]
fn members_win_over_the_map_of_parameters() {
    let map = BTreeMap::from([("bar".to_owned(), "map"), ("qux".to_owned(), "map")]);
    let map: BTreeMap<_, _> = map
        .into_iter()
        .map(|(key, value)| (key, value.to_owned()))
        .collect();
    let lists = BTreeMap::from([("baz".to_owned(), vec!["1".to_owned(), "2".to_owned()])]);
    let found = uri("/q", |request| {
        request.query_map(&Some(map.clone()));
        request.query_map(&Some(lists.clone()));
        request.query_map(&None::<BTreeMap<String, String>>);
        request.query("bar", &some("member"));
    });
    assert_eq!(found, "/q?bar=member&qux=map&baz=1&baz=2");
}

#[test]
fn headers_of_every_kind() {
    let request = build("/", |request| {
        request.header("X-None", &None::<String>);
        request.header("X-Empty", &some(""));
        request.header("X-Text", &some("a, \"b\""));
        request.header("X-List", &strings(&["b,c", "\"def\"", "a", "", " x"]));
        request.header("X-No-Items", &strings(&[]));
        request.header("X-Integers", &Some(vec![1_i32, 2]));
        request.header("X-Enums", &Some(vec![Platform::Linux, Platform::MacOs]));
        request.header("X-When", &WHEN);
        request.header("X-Dates", &Some(vec![WHEN, WHEN]));
        request.header(Member::new("X-Date-Time").date_time(), &WHEN);
        request.header(Member::new("X-Epoch").epoch_seconds(), &WHEN);
    });
    let date = "Mon, 16 Dec 2019 23:48:18 GMT";
    assert_eq!(header(&request, "x-none"), None);
    assert_eq!(header(&request, "x-empty"), some(""));
    assert_eq!(header(&request, "x-text"), some("a, \"b\""));
    assert_eq!(
        header(&request, "x-list"),
        some(r#""b,c", "\"def\"", a, "", " x""#)
    );
    assert_eq!(header(&request, "x-no-items"), some(""));
    assert_eq!(header(&request, "x-integers"), some("1, 2"));
    assert_eq!(header(&request, "x-enums"), some("Linux, macOS"));
    assert_eq!(header(&request, "x-when"), some(date));
    assert_eq!(header(&request, "x-dates"), Some(format!("{date}, {date}")));
    assert_eq!(
        header(&request, "x-date-time"),
        some("2019-12-16T23:48:18Z")
    );
    assert_eq!(header(&request, "x-epoch"), some("1576540098"));
    // No member is bound to the body.
    assert!(request.body().is_empty());
    assert_eq!(header(&request, "content-type"), None);
}

#[test]
fn prefix_headers_give_way_to_members() {
    let map: BTreeMap<_, _> = [("Abc", "1"), ("foo", "map")]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into();
    let request = build("/", |request| {
        request.prefix_headers("X-", &Some(map.clone()));
        request.header("X-Foo", &some("member"));
    });
    assert_eq!(header(&request, "x-abc"), some("1"));
    assert_eq!(header(&request, "x-foo"), some("member"));
}

#[test]
fn json_in_headers_is_base64() {
    let document = Document::from(BTreeMap::from([("a".to_owned(), true)]));
    let request = build("/", |request| {
        request.json_header("X-Json", &some("true"));
        request.json_header("X-Document", &Some(document.clone()));
        request.json_header("X-None", &None::<Document>);
    });
    assert_eq!(header(&request, "x-json"), some("dHJ1ZQ=="));
    assert_eq!(header(&request, "x-document"), some("eyJhIjp0cnVlfQ=="));
    assert_eq!(header(&request, "x-none"), None);
}

#[test]
fn what_does_not_fit_a_header_is_an_error() {
    let lines = try_build("/", |request| {
        request.header("X-Text", &some("a\r\nX-Evil: b"))
    });
    assert_eq!(
        lines.unwrap_err(),
        "X-Text: a header cannot hold control characters such as line breaks"
    );
    let map = BTreeMap::from([("a b".to_owned(), String::new())]);
    let name = try_build("/", |request| {
        request.prefix_headers("X-", &Some(map.clone()))
    });
    assert_eq!(
        name.unwrap_err(),
        "[\"a b\"]: \"X-a b\" is not a valid name of a header"
    );
    let structure = try_build("/", |request| {
        request.header("X-S", &Some(Sample::default()))
    });
    assert_eq!(
        structure.unwrap_err(),
        "X-S: a structure cannot be in a header, a path or a query"
    );
}

#[test]
fn the_header_of_a_sensitive_member_is_marked_and_no_other() {
    let map = BTreeMap::from([("one".to_owned(), some("hush"))]);
    let request = build("/", |request| {
        let sensitive = |name| Member::new(name).sensitive();
        request.header(sensitive("X-Text"), &some("hush"));
        request.header(sensitive("X-List"), &strings(&["hush", "hush"]));
        request.header(sensitive("X-When").date_time(), &WHEN);
        request.json_header(sensitive("X-Json"), &some("\"hush\""));
        request.idempotency_header(sensitive("X-Token"), &None);
        request.prefix_headers(sensitive("X-Each-"), &Some(map.clone()));
        request.prefix_headers("X-Shown-", &Some(map.clone()));
        request.header("X-Other", &some("shown"));
        request.idempotency_header("X-Other-Token", &None);
    });
    let marked = |name: &str| request.headers()[name].is_sensitive();
    for name in [
        "x-text",
        "x-list",
        "x-when",
        "x-json",
        "x-token",
        "x-each-one",
    ] {
        assert!(marked(name), "{name}");
    }
    for name in ["x-shown-one", "x-other", "x-other-token"] {
        assert!(!marked(name), "{name}");
    }
    let shown = format!("{:?}", request.headers());
    assert!(shown.contains(r#""x-text": Sensitive"#), "{shown}");
}

#[test]
fn required_members_are_demanded_wherever_they_go() {
    let none = None::<String>;
    let payload = try_build("/", |request| request.require("payload", &None::<Blob>));
    // The first error is the one that is reported.
    let both = try_build("/", |request| {
        request.require("first", &none);
        request.require("second", &none);
    });
    assert_eq!(payload.unwrap_err(), "payload: required, but not set");
    assert_eq!(both.unwrap_err(), "first: required, but not set");
}

tinsmith_runtime::structure! {
    /// A structure whose idempotency token is left open.
    #[derive(Clone, Debug)]
    pub struct Unset: write {
        /// The token.
        pub client_token: Option<String> = "clientToken" idempotency_token,
    }
}

#[test]
fn idempotency_tokens_are_filled_in() {
    let given = build("/", |request| {
        request.idempotency_query("token", &some("mine"));
        request.idempotency_header("X-Token", &some("mine"));
    });
    assert_eq!(
        (given.uri().to_string(), header(&given, "x-token")),
        ("/?token=mine".to_owned(), some("mine"))
    );

    let open = build("/", |request| {
        request.idempotency_query("token", &None);
        request.idempotency_header("X-Token", &None);
        request.body(&Unset::default());
    });
    assert_eq!(open.uri().to_string(), "/?token=fresh");
    assert_eq!(header(&open, "x-token"), some("fresh"));
    assert_eq!(open.body(), r#"{"clientToken":"fresh"}"#);
}

#[test]
fn a_body_is_an_object_even_without_members() {
    let request = build("/", |request| request.body(&Sample::default()));
    assert_eq!(
        (&request.body()[..], header(&request, "content-type")),
        (&b"{}"[..], some("application/json"))
    );
}

#[test]
fn payloads_of_every_kind() {
    let json = some("application/json");
    let check = |request: Request, body: &str, content_type: Option<String>| {
        assert_eq!(
            (&request.body()[..], header(&request, "content-type")),
            (body.as_bytes(), content_type)
        );
    };
    let filter = Some(Filter { name: some("n") });
    check(
        build("/", |r| r.payload_structure("p", &filter)),
        r#"{"name":"n"}"#,
        json.clone(),
    );
    check(
        build("/", |r| r.payload_structure("p", &None::<Filter>)),
        "{}",
        json.clone(),
    );
    let union = Some(Choice::S("x".to_owned()));
    check(
        build("/", |r| r.payload_value("p", &union)),
        r#"{"S":"x"}"#,
        json.clone(),
    );
    check(
        build("/", |r| r.payload_value("p", &None::<Choice>)),
        "",
        None,
    );
    let document = Some(Document::from("hello"));
    check(
        build("/", |r| r.payload_value("p", &document)),
        "\"hello\"",
        json,
    );
    let (octets, plain) = ("application/octet-stream", "text/plain");
    let blob = Some(Blob::from("blob"));
    check(
        build("/", |r| r.payload_blob("p", &blob, octets)),
        "blob",
        some(octets),
    );
    check(build("/", |r| r.payload_blob("p", &None, octets)), "", None);
    check(
        build("/", |r| {
            r.payload_string("p", &Some(Platform::Linux), plain)
        }),
        "Linux",
        some(plain),
    );
    check(
        build("/", |r| r.payload_string("p", &None::<String>, plain)),
        "",
        None,
    );
    // A content type that the input gives is the body's.
    let image = build("/", |request| {
        request.header("Content-Type", &some("image/jpg"));
        request.payload_blob("p", &blob, octets);
    });
    check(image, "blob", some("image/jpg"));
    let error = try_build("/", |r| r.payload_structure("p", &Some(Filter::default())));
    assert_eq!(error.unwrap_err(), "p.name: required, but not set");
}

#[test]
fn host_prefixes_are_filled_in() {
    const OPERATION: Operation = Operation {
        host_prefix: Some("foo.{label}."),
        service: &SERVICE,
        ..Operation::DEFAULT
    };
    let build = |label: &'static str| {
        let input = Input(move |r: &mut RequestWriter| r.label("label", &some(label)));
        OPERATION.request(&input, new_token)
    };
    let request = build("bar").unwrap();
    assert_eq!(request.host_prefix, some("foo.bar."));
    assert_eq!(
        build("evil.example/").unwrap_err().to_string(),
        "label: expected 1 to 63 letters, digits and hyphens for a host name, found \"evil.example/\"",
    );
}

#[test]
fn the_json_protocol_posts_everything_to_the_root() {
    const JSON: Operation = Operation {
        name: "PutSample",
        uri: "/ignored",
        service: &JSON_SERVICE,
        ..Operation::DEFAULT
    };
    let with_input = JSON
        .request(
            &Sample {
                int: Some(1),
                ..Sample::default()
            },
            new_token,
        )
        .map(whole)
        .unwrap();
    let without = JSON
        .request(&Input(|_: &mut RequestWriter| {}), new_token)
        .map(whole)
        .unwrap();
    for (request, body) in [(with_input, r#"{"int":1}"#), (without, "{}")] {
        assert_eq!(request.method(), Method::POST);
        assert_eq!(request.uri(), "/");
        assert_eq!(
            header(&request, "x-amz-target"),
            some("Sample_20191202.PutSample")
        );
        assert_eq!(
            header(&request, "content-type"),
            some("application/x-amz-json-1.1")
        );
        assert_eq!(request.body(), body);
    }
}

#[test]
fn headers_that_a_service_wants_go_out_unless_a_member_says_otherwise() {
    const WANTS: Service = Service {
        headers: &[("accept", "application/json"), ("x-version", "1")],
        ..SERVICE
    };
    const OPERATION: Operation = Operation {
        service: &WANTS,
        ..Operation::DEFAULT
    };
    let said = |request: &mut RequestWriter| request.header("Accept", &some("text/plain"));
    let request = OPERATION.request(&Input(said), new_token);
    let request = whole(request.unwrap());
    assert_eq!(header(&request, "accept"), some("text/plain"));
    assert_eq!(header(&request, "x-version"), some("1"));
}

#[test]
fn a_path_that_is_too_long_is_an_error() {
    let error = try_build("/{text}", |request| {
        request.label("text", &Some("a".repeat(70_000)))
    })
    .unwrap_err();
    assert_eq!(
        error,
        "path and query, 70001 bytes, are not a valid URI: uri too long"
    );
}

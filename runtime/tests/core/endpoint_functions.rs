//! The functions of the endpoint rule language, by its specification.

use tinsmith_runtime::EndpointParams;
use tinsmith_runtime::endpoint::{
    ContextValue, EndpointContext, is_valid_host_label, is_virtual_hostable_s3_bucket, parse_arn,
    parse_url, substring, uri_encode,
};

#[test]
fn an_arn_has_five_parts_before_a_resource_that_colons_and_slashes_divide() {
    let arn = parse_arn("arn:aws:golden:eu-west-1:123456789012:thing/a:b").unwrap();
    assert_eq!(arn.partition, "aws");
    assert_eq!(arn.service, "golden");
    assert_eq!(arn.region, "eu-west-1");
    assert_eq!(arn.account_id, "123456789012");
    let resource: Vec<_> = (0..4).map(|index| arn.resource_id(index)).collect();
    assert_eq!(resource, [Some("thing"), Some("a"), Some("b"), None]);
    // Region and account may be empty, nothing else.
    assert_eq!(parse_arn("arn:aws:s3:::bucket").unwrap().account_id, "");
    for text in [
        "",
        "arn:",
        "arn:aws:s3",
        "arn::s3:::bucket",
        "arn:aws::::bucket",
        "arn:aws:s3:::",
        "urn:aws:s3:::bucket",
    ] {
        assert_eq!(parse_arn(text), None, "{text}");
    }
}

#[test]
fn a_url_is_taken_apart_where_it_is_http_and_has_no_query() {
    let url = parse_url("https://host:8443/a/b").unwrap();
    assert_eq!(
        (url.scheme, url.authority, url.path, url.is_ip),
        ("https", "host:8443", "/a/b", false)
    );
    assert_eq!(parse_url("http://host").unwrap().path, "");
    assert_eq!(parse_url("http://host/").unwrap().path, "/");
    assert!(parse_url("http://127.0.0.1:80").unwrap().is_ip);
    assert!(parse_url("http://[::1]:80").unwrap().is_ip);
    for text in [
        "",
        "host",
        "ftp://host",
        "https://host?a=b",
        "https://ho st",
    ] {
        assert_eq!(parse_url(text), None, "{text}");
    }
}

#[test]
fn a_part_of_a_text_is_counted_from_either_end_and_is_whole_or_nothing() {
    assert_eq!(substring("abcdef", 0, 4, false), Some("abcd"));
    assert_eq!(substring("abcdef", 0, 4, true), Some("cdef"));
    assert_eq!(substring("abcdef", 1, 2, true), Some("e"));
    assert_eq!(substring("abcdef", 0, 6, false), Some("abcdef"));
    assert_eq!(substring("abcdef", 0, 7, false), None);
    assert_eq!(substring("abcdef", 3, 3, false), None);
    assert_eq!(substring("abcdef", 4, 3, true), None);
    assert_eq!(substring("größe", 0, 2, false), None);
}

#[test]
fn a_host_label_is_letters_digits_and_hyphens_between() {
    let longest = "a".repeat(63);
    for label in ["a", "0", "a-b", "eu-west-1", longest.as_str()] {
        assert!(is_valid_host_label(label, false), "{label}");
    }
    let longer = "a".repeat(64);
    for label in ["", "-a", "a-", "a.b", "a_b", "ä", longer.as_str()] {
        assert!(!is_valid_host_label(label, false), "{label}");
    }
    assert!(is_valid_host_label("a.b", true));
    assert!(!is_valid_host_label("a..b", true));
}

#[test]
fn a_path_is_normalized_by_a_slash_before_and_behind_it() {
    for (url, expected) in [
        ("https://host", "/"),
        ("https://host/", "/"),
        ("https://host:80/a", "/a/"),
        ("https://host/a/b/", "/a/b/"),
        ("http://[::1]/a%20b", "/a%20b/"),
    ] {
        assert_eq!(parse_url(url).unwrap().normalized_path(), expected);
    }
}

#[test]
fn only_what_is_unreserved_stays_as_it_is_in_a_uri() {
    assert_eq!(uri_encode("aZ09-._~"), "aZ09-._~");
    assert_eq!(
        uri_encode("arn:aws:s3:::a/b c%+"),
        "arn%3Aaws%3As3%3A%3A%3Aa%2Fb%20c%25%2B"
    );
    assert_eq!(uri_encode("\u{e4}\u{1f600}"), "%C3%A4%F0%9F%98%80");
    assert_eq!(uri_encode(""), "");
}

#[test]
fn a_bucket_can_stand_before_a_host_where_it_is_a_label_of_3_to_63_in_lower_case() {
    let longest = "a".repeat(63);
    for bucket in ["abc", "0-1", "my-bucket", "a--b", longest.as_str()] {
        assert!(is_virtual_hostable_s3_bucket(bucket, false), "{bucket}");
        assert!(is_virtual_hostable_s3_bucket(bucket, true), "{bucket}");
    }
    let longer = "a".repeat(64);
    for bucket in [
        "",
        "ab",
        "Abc",
        "-abc",
        "abc-",
        "a_bc",
        "a bc",
        "\u{e4}bcd",
        "a..b",
        "a.-b",
        "a-.b",
        ".abc",
        "abc.",
        "192.168.5.4",
        "999.999.999.999",
        longer.as_str(),
    ] {
        assert!(!is_virtual_hostable_s3_bucket(bucket, false), "{bucket}");
        assert!(!is_virtual_hostable_s3_bucket(bucket, true), "{bucket}");
    }
    for bucket in ["my.bucket", "a.b", "1.2.3", "1.2.3.x"] {
        assert!(!is_virtual_hostable_s3_bucket(bucket, false), "{bucket}");
        assert!(is_virtual_hostable_s3_bucket(bucket, true), "{bucket}");
    }
}

#[test]
fn a_parameter_of_an_operation_has_one_type_and_the_last_value() {
    let mut context = EndpointContext::default();
    assert!(context.is_empty());
    context.set("Plane", ContextValue::Text("control".to_owned()));
    context.set("Plane", ContextValue::Text("data".to_owned()));
    context.set("Search", ContextValue::Flag(true));
    context.set("Names", ContextValue::List(vec!["a".to_owned()]));
    let params = EndpointParams {
        context,
        ..EndpointParams::default()
    };
    assert_eq!(params.text("Plane"), Some("data"));
    assert_eq!(params.flag("Search"), Some(true));
    assert_eq!(params.list("Names"), Some(&["a".to_owned()][..]));
    assert_eq!(params.text("Search"), None);
    assert_eq!(params.flag("Nothing"), None);
}

//! What a model says of a member reaches the crate, in its place; what cannot be on the wire is refused.

use tinsmith_golden::row::{Row, code, rust};

rows! {
    models_list_timestamp_smithy: "list-timestamp-smithy" => |row| same_as_twin(&row);
    models_list_format_diff: "list-format-diff" => |row| {
        let changes = row.changes();
        let [change] = changes.as_slice() else {
            panic!("expected one change, found {changes:?}");
        };
        assert_eq!(change.path, "PutVisitsRequest.visits");
        assert_eq!(change.before.as_deref(), Some("body visits"));
        assert_eq!(change.after.as_deref(), Some("body visits, as an HTTP date"));
    };
    models_binding_ignored: "binding-ignored" => |row| {
        let crate_of_row = row.generated(&[]);
        let rust = rust(&crate_of_row);
        for key in ["answerCode", "berth", "tide"] {
            assert!(rust.contains(&format!("\"{key}\"")), "{key} is in no body");
        }
        let exception = &crate_of_row.tree["src/types/berth_taken.rs"];
        assert!(exception.contains("= \"until\","), "{exception}");
        assert!(exception.contains("response.header(\"x-until\")"), "{exception}");
    };
    models_binding_ignored_smithy: "binding-ignored-smithy" => |row| same_as_twin(&row);
    models_payload_nested_binding: "payload-nested-binding" => |row| same_as_twin(&row);
    models_sensitive_timestamp: "sensitive-timestamp" => |row| {
        same_as_twin(&row);
        assert!(rust(&row.generated(&[])).contains("** redacted **"));
    };
    models_sensitive_member: "sensitive-member" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains(r#".field("digits", &format_args!("** redacted **"))"#), "{rust}");
        assert!(rust.contains(r#".field("door", &self.door)"#), "{rust}");
    };
    models_nested_token: "nested-token" => |row| same_as_twin(&row);
    models_json_name_twice: "json-name-twice" => |row| row.each_is_refused();
    models_header_twice: "header-twice" => |row| row.each_is_refused();
    models_query_twice: "query-twice" => |row| row.each_is_refused();
    models_uri_space: "uri-space" => |row| row.each_is_refused();
    models_host_prefix: "host-prefix" => |row| row.each_is_refused();
    models_trait_place: "trait-place" => |row| row.each_is_refused();
    models_trait_twice: "trait-twice" => |row| row.each_is_refused();
    models_narrowed_clash: "narrowed-clash" => |row| {
        let rust = rust(&row.generated(&[]));
        for said in ["NORTH", "SOUTH", "2 to 9 characters"] {
            assert!(rust.contains(said), "{said} is lost");
        }
    };
    models_narrowed_twice: "narrowed-twice" => |row| {
        let rust = rust(&row.generated(&[]));
        for said in ["At most 7 characters", "At most 13 characters"] {
            assert!(rust.contains(said), "{said} is lost");
        }
    };
    models_target_line_break: "target-line-break" => |row| row.each_is_refused();
}

/// The twin says the same in a way that always worked.
fn same_as_twin(row: &Row) {
    let (own, twin) = (code(&row.generated(&[])), code(&row.twin()));
    for (path, text) in &own {
        assert_eq!(Some(text), twin.get(path), "{path} differs from the twin's");
    }
    assert_eq!(own.len(), twin.len(), "the twin has other files");
}

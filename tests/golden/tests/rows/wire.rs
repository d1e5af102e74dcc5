//! How values of each width travel.

use tinsmith_golden::row::{code, rust};

rows! {
    // That the types decide on the headers is in the tests of event streams.
    models_event_header_width: "event-header-width" => |row| {
        let generated = row.generated(&[]);
        let text = rust(&generated);
        assert!(text.contains("pub small: Option<i8>") && text.contains("pub middle: Option<i16>"), "{text}");
        assert_ne!(code(&generated), code(&row.twin()));
    };
}

//! No text of a model becomes code, and no name of one another's.

use tinsmith_golden::row::{Row, rust};

rows! {
    models_line_break_enum: "line-break-enum" => |row| runs_nothing(&row);
    models_line_break_intenum: "line-break-intenum" => |row| runs_nothing(&row);
    models_line_break_waiter: "line-break-waiter" => |row| runs_nothing(&row);
    models_doc_bare_cr: "doc-bare-cr" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains("/// one\n/// two\n/// three\n"), "{rust}");
    };
    models_doc_href: "doc-href" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains("/// See [there](https://example.com/x) and [here](https://example.com/)."), "{rust}");
    };
    models_doc_ids: "doc-ids" => |row| {
        // The value goes out as it is: in the code, its characters are escapes.
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains(r#"("le\u{202e}ft", Side::"#), "{rust}");
    };
    models_doc_since: "doc-since" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains(r#"note = "since v<2> of \\[then\\]""#), "{rust}");
    };
    models_doc_title: "doc-title" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains(r"//! A client for Crates \<T> of \[Cargo\] \`and\` (API version 2024-05-05\<v>\[1\])."), "{rust}");
    };
}

/// Nothing of the model stands anywhere but in a literal and on one line of a comment, if it is taken at all.
fn runs_nothing(row: &Row) {
    let Ok(generated) = row.generate(&[]) else {
        return;
    };
    for line in rust(&generated).lines() {
        let code = line.trim_start_matches([' ', '/', '!', '*']);
        assert!(
            !code.starts_with("panic!(") && !code.starts_with("```"),
            "{line}"
        );
    }
}

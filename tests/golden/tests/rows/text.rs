//! No text of a model becomes code, and no name of one another's.

use tinsmith_golden::row::{Row, rust};

rows! {
    models_line_break_enum: "line-break-enum" => |row| runs_nothing(&row);
    models_line_break_intenum: "line-break-intenum" => |row| runs_nothing(&row);
    models_line_break_uri: "line-break-uri" => |row| row.each_is_refused();
    models_line_break_waiter: "line-break-waiter" => |row| runs_nothing(&row);
    models_doc_bare_cr: "doc-bare-cr" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains("    /// one\n    /// two\n    /// three\n"), "{rust}");
    };
    models_doc_href: "doc-href" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains("/// See [there](https://example.com/x) and [here](https://example.com/)."), "{rust}");
    };
    models_doc_ids: "doc-ids" => |row| {
        // The value goes out as it is: in the code, its characters are escapes.
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains(r#"= "le\u{202e}ft","#), "{rust}");
    };
    models_doc_since: "doc-since" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains(r#"note = "since v<2> of \\[then\\]""#), "{rust}");
    };
    models_doc_title: "doc-title" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains(r"//! A client for Crates \<T> of \[Cargo\] \`and\` (API version 2024-05-05\<v>\[1\])."), "{rust}");
    };
    models_doc_commonmark: "doc-commonmark" => |row| {
        let rust = rust(&row.generated(&[]));
        let text = "    /// Shows a berth:\n    ///\n    /// - first the `mode_of_use`\n    /// - then the [guide](https://example.com/guide)\n    ///\n    /// ```text\n    /// a * b\n    /// ```\n    ///\n    /// and **more**.\n";
        assert!(rust.contains(text), "{rust}");
    };
    models_op_send: "op-send" => |row| {
        // That the crate compiles says the rest: the bound of the setter is not this operation.
        assert!(rust(&row.generated(&[])).contains("set_events(dyn types::Events)"));
    };
    models_windows_names: "windows-names" => |row| {
        let generated = row.generated(&[]);
        for path in ["operation/con_.rs", "operation/prn_.rs", "types/aux_.rs", "types/nul_.rs", "types/com1_.rs", "types/lpt9_.rs"] {
            assert!(generated.tree.contains_key(&format!("src/{path}")), "no {path}");
        }
    };
    models_module_clash: "module-clash" => |row| {
        let rust = rust(&row.generated(&[]));
        assert!(rust.contains("uri: \"/at-core\"") && rust.contains("uri: \"/at-module\""));
    };
    models_name_without_case: "name-without-case" => |row| {
        assert!(rust(&row.generated(&[])).contains("mod u6e2f;\npub use u6e2f::港;"));
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

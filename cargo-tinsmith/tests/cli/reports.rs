//! Reports for people: `diff --format html`, `diff --rules`.

use crate::diff::two;
use crate::support::Workspace;
use std::path::Path;
use std::process::Command;

/// Elements that have no end.
const VOID: [&str; 2] = ["meta", "!doctype"];

/// Fails unless each element ends where it should, and nothing is loaded from elsewhere.
fn is_one_page(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "at </{name}>"),
            None if VOID.contains(&name) => {}
            None => open.push(name),
        }
        for attribute in ["href=\"", "src=\""] {
            for value in tag.split(attribute).skip(1) {
                assert!(value.starts_with('#'), "{tag}");
            }
        }
        assert!(
            name != "script" && name != "link" && name != "iframe",
            "{tag}"
        );
    }
    assert_eq!(open, [] as [&str; 0]);
    assert!(html.contains("default-src 'none'"));
    assert!(html.contains("color-scheme: light dark"));
    assert!(html.contains("prefers-color-scheme: dark"));
    assert!(!html.contains("url(") && !html.contains("@import"));
}

const PATHS: [&str; 7] = ["diff", "--from", "old", "--to", "new", "--format", "html"];

#[test]
fn a_page_has_the_generated_diffs_folded_beside_the_changes() {
    let html = two("diff-html").run(&PATHS).succeeded();
    is_one_page(&html);
    for part in [
        "<h1>tiny: a major update</h1>",
        "<h3>Breaking changes: 1 change</h3>",
        "<li><span class=\"dim\">member removed</span> <code>Thing.mike</code>: was <code>mike: Option&lt;String&gt;</code>; the field is removed</li>",
        "<summary><code>src/types/thing.rs</code>",
        "<span class=\"del\">-        pub mike: Option&lt;String&gt; = &quot;mike&quot;,</span>",
        "<span class=\"add\">+        pub lima: Option&lt;i32&gt; = &quot;lima&quot;,</span>",
        "<h3>Other generated files: 1</h3>",
    ] {
        assert!(html.contains(part), "no {part} in\n{html}");
    }
    // The file is on the page once; the addition to the same shape leads to it.
    assert_eq!(
        html.matches("<summary><code>src/types/thing.rs</code>")
            .count(),
        1
    );
    let (_, id) = html.split_once("<details id=\"").unwrap();
    let id = id.split('"').next().unwrap();
    assert!(html.contains(&format!(
        "<a href=\"#{id}\"><code>src/types/thing.rs</code> above</a>"
    )));
}

/// A model can contain any text; on the page it is text.
#[test]
fn text_of_a_model_is_no_markup() {
    let workspace = two("diff-html-hostile");
    workspace.edit(
        "new/service-2.json",
        r#""like": { "shape": "Text" }"#,
        r#""like": { "shape": "Text", "documentation": "<p>a &lt;script&gt;alert(1)&lt;/script&gt; \u202e <img src=x> &amp;lt;/pre&amp;gt;</p>" }"#,
    );
    let html = workspace.run(&PATHS).succeeded();
    is_one_page(&html);
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
    assert!(!html.contains('\u{202e}'));
}

#[test]
fn a_page_without_changes_and_a_page_of_a_crate_that_cannot_be_generated() {
    let workspace = Workspace::new("diff-html-none");
    workspace.model("old");
    workspace.model("new");
    let html = workspace.run(&PATHS).succeeded();
    is_one_page(&html);
    assert!(html.contains("tiny: nothing changes"), "{html}");
    // Two members with one name in Rust.
    workspace.edit(
        "new/service-2.json",
        r#""zulu": { "shape": "Text" }"#,
        r#""zulu": { "shape": "Text" }, "Zulu": { "shape": "Text" }"#,
    );
    let html = workspace.run(&PATHS).succeeded();
    is_one_page(&html);
    assert!(
        html.contains("tiny: cannot be generated") && html.contains("<pre>error: "),
        "{html}"
    );
}

/// The browser reads the page as it is meant, in both schemes. Skipped where there is none.
#[test]
fn a_browser_shows_the_page() {
    let named = std::env::var("TINSMITH_CHROMIUM").ok();
    let known = ["chromium", "chromium-browser", "google-chrome", "chrome"].map(str::to_owned);
    let found = named.into_iter().chain(known).find(|name| {
        let version = Command::new(name).arg("--version").output();
        version.is_ok_and(|version| version.status.success())
    });
    let Some(browser) = found else {
        println!("skipped: no Chromium was found; TINSMITH_CHROMIUM names one");
        return;
    };
    let workspace = two("diff-html-browser");
    let html = workspace.run(&PATHS).succeeded();
    workspace.write("report.html", &html);
    let page = workspace.root.join("report.html");
    let mut pictures = Vec::new();
    for dark in ["0", "1"] {
        let dom = browse(&browser, &workspace.root, dark, &["--dump-dom"], &page);
        let dom = String::from_utf8(dom).unwrap();
        assert!(
            dom.contains("Thing.mike") && dom.contains("<details id=\"f0-"),
            "{dom}"
        );
        let picture = workspace.root.join(format!("{dark}.png"));
        let screenshot = format!("--screenshot={}", picture.display());
        browse(
            &browser,
            &workspace.root,
            dark,
            &["--window-size=1200,900", &screenshot],
            &page,
        );
        pictures.push(std::fs::read(picture).unwrap());
    }
    assert_ne!(pictures[0], pictures[1], "light and dark look the same");
}

fn browse(browser: &str, folder: &Path, dark: &str, arguments: &[&str], page: &Path) -> Vec<u8> {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let output = Command::new(browser)
        .args([
            "--headless",
            "--disable-gpu",
            "--no-sandbox",
            "--no-first-run",
            &profile,
        ])
        .arg(format!(
            "--blink-settings=preferredColorScheme={}",
            if dark == "1" { "0" } else { "1" }
        ))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn every_rule_is_listed_with_its_verdict() {
    // Outside of a project, too.
    let folder = Workspace::empty("diff-rules");
    let text = folder.run(&["diff", "--rules"]).succeeded();
    let json = folder
        .run(&["diff", "--rules", "--format", "json"])
        .succeeded();
    let rules: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert!(rules.len() > 50);
    // A heading, and a line for each.
    assert_eq!(text.lines().count(), rules.len() + 1);
    for (rule, line) in rules.iter().zip(text.lines().skip(1)) {
        let part = |key: &str| rule[key].as_str().unwrap();
        assert!(line.starts_with(part("kind")), "{line}");
        assert!(
            ["none", "patch", "minor", "major"].contains(&part("bump")),
            "{rule}"
        );
        assert!(
            line.ends_with(&format!("{} -> {}", part("when"), part("effect"))),
            "{line}"
        );
    }
    let said = folder
        .run(&["diff", "--rules", "--format", "html"])
        .failed();
    assert!(said.contains("as text or as JSON"), "{said}");
}

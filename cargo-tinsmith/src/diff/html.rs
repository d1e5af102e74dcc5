//! The report as a page: one file without scripts, in light and dark, with the generated diffs folded beside the changes
//! that they follow from.

use super::{Compared, FileChange, Files, greatest, words};
use crate::report::count;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tinsmith_codegen::{Bump, Change, visible};

/// A longer diff of a file is cut; the crate's own history has the rest.
const LONGEST: usize = 400;

/// Nothing is loaded, from anywhere, and nothing is run: a model's text could only be shown.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = "\
:root { color-scheme: light dark; --line: #d4d4d8; --soft: #f4f4f5; --dim: #52525b; --add: #e6f6ea; --del: #fdeaea; --major: #b42318; --minor: #1a7f37; --patch: #52525b; }
@media (prefers-color-scheme: dark) { :root { --line: #3f3f46; --soft: #27272a; --dim: #a1a1aa; --add: #12321d; --del: #3d1a1a; --major: #ff8f85; --minor: #6fdd8b; --patch: #a1a1aa; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 90rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1.5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
code { background: var(--soft); border-radius: .2rem; padding: 0 .2rem; overflow-wrap: anywhere; }
.row { display: grid; grid-template-columns: minmax(18rem, 2fr) 3fr; gap: 1rem; padding: .5rem 0; border-top: 1px solid var(--line); }
@media (max-width: 60rem) { .row { grid-template-columns: 1fr; } }
.row ul { margin: .25rem 0; padding-left: 1.2rem; }
.bump { border: 1px solid currentColor; border-radius: .3rem; padding: 0 .4rem; font-size: .85rem; font-weight: 600; }
.major { color: var(--major); } .minor { color: var(--minor); } .patch, .none { color: var(--patch); }
.dim { color: var(--dim); }
summary { cursor: pointer; }
pre { overflow-x: auto; background: var(--soft); padding: .5rem; margin: .25rem 0; }
pre span { display: block; min-height: 1.45em; }
.add { background: var(--add); } .del { background: var(--del); }";

pub(super) fn render(all: &[Compared]) -> String {
    let title = match all {
        [one] => headline(&one.service, one),
        several => format!(
            "{}: {}",
            count(several.len(), "service"),
            said(greatest(several))
        ),
    };
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <title>{}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<h1>{}</h1>\n",
        escaped(&title),
        rich(&title)
    );
    if all.len() > 1 {
        out.push_str("<ul>\n");
        for (number, compared) in all.iter().enumerate() {
            let _ = writeln!(
                out,
                "<li><a href=\"#s{number}\">{}</a> {}</li>",
                escaped(&compared.service),
                badge(compared.bump())
            );
        }
        out.push_str("</ul>\n");
    }
    for (number, compared) in all.iter().enumerate() {
        service(number, compared, &mut out);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn headline(service: &str, compared: &Compared) -> String {
    match compared.files {
        Files::Changed(_) => format!("{service}: {}", said(compared.diff.bump)),
        Files::Unknown(_) => format!("{service}: cannot be generated"),
    }
}

fn said(bump: Bump) -> String {
    match bump {
        Bump::None => "nothing changes".to_owned(),
        bump => format!("a {bump} update"),
    }
}

fn badge(bump: Bump) -> String {
    format!("<span class=\"bump {bump}\">{bump}</span>")
}

fn service(number: usize, compared: &Compared, out: &mut String) {
    let Compared {
        service,
        labels: (from, to),
        diff,
        files,
    } = compared;
    let _ = writeln!(
        out,
        "<section id=\"s{number}\">\n<h2>{} {}</h2>\n<p class=\"dim\">{} → {}</p>",
        escaped(service),
        badge(compared.bump()),
        escaped(from),
        escaped(to)
    );
    let changed: &[FileChange] = match files {
        Files::Changed(changed) => changed,
        Files::Unknown(refused) => {
            let _ = writeln!(
                out,
                "<p>The generated files cannot be compared, because one of the crates cannot be generated:</p>\n<pre>{}</pre>",
                escaped(&refused.to_string())
            );
            &[]
        }
    };
    if diff.changes.is_empty() && matches!(files, Files::Changed(_)) {
        out.push_str("<p>The users of the crate see no difference.</p>\n");
    }
    let mut page = Page {
        number,
        changed,
        shown: BTreeSet::new(),
        out,
    };
    for (title, bump) in [
        ("Breaking changes", Bump::Major),
        ("Additions", Bump::Minor),
        ("Changes that programs do not notice", Bump::Patch),
        ("Changes without effect on the crate", Bump::None),
    ] {
        let changes = diff.changes.iter().filter(|change| change.bump == bump);
        page.part(title, &changes.collect::<Vec<_>>());
    }
    page.rest();
    out.push_str("</section>\n");
}

/// The page of one service, while it is written.
struct Page<'p> {
    number: usize,
    changed: &'p [FileChange],
    /// The files whose diffs are on the page already, by index.
    shown: BTreeSet<usize>,
    out: &'p mut String,
}

impl Page<'_> {
    /// The changes with one bump, those of a shape or an operation together.
    fn part(&mut self, title: &str, changes: &[&Change]) {
        if changes.is_empty() {
            return;
        }
        let _ = writeln!(
            self.out,
            "<h3>{title}: {}</h3>",
            count(changes.len(), "change")
        );
        let mut subjects: Vec<(&str, Vec<&Change>)> = Vec::new();
        for change in changes {
            let subject = subject(change);
            match subjects.iter_mut().find(|(known, _)| *known == subject) {
                Some((_, alike)) => alike.push(change),
                None => subjects.push((subject, vec![change])),
            }
        }
        for (subject, changes) in subjects {
            let _ = writeln!(
                self.out,
                "<div class=\"row\">\n<div><strong><code>{}</code></strong>\n<ul>",
                escaped(subject)
            );
            for change in changes {
                let _ = writeln!(self.out, "<li>{}</li>", told(change));
            }
            self.out.push_str("</ul></div>\n<div>");
            for (index, file) in self.changed.iter().enumerate() {
                if file.subjects.iter().any(|of| of == subject) {
                    self.file(index, file);
                }
            }
            self.out.push_str("</div>\n</div>\n");
        }
    }

    /// A file's diff, folded, where it is not on the page already.
    fn file(&mut self, index: usize, file: &FileChange) {
        let FileChange {
            path,
            there,
            added,
            removed,
            subjects: _,
            lines,
        } = file;
        let id = format!("f{}-{index}", self.number);
        if !self.shown.insert(index) {
            let _ = writeln!(
                self.out,
                "<a href=\"#{id}\"><code>{}</code> above</a>",
                escaped(path)
            );
            return;
        }
        let what = match there {
            (false, _) => " (new)",
            (_, false) => " (gone)",
            _ => "",
        };
        let _ = writeln!(
            self.out,
            "<details id=\"{id}\"><summary><code>{}</code>{what} <span class=\"dim\">+{added} −{removed}</span></summary>\n<pre>",
            escaped(path)
        );
        for line in lines.lines().take(LONGEST) {
            let class = match line.as_bytes().first() {
                Some(b'+') => " class=\"add\"",
                Some(b'-') => " class=\"del\"",
                Some(b'@') => " class=\"dim\"",
                _ => "",
            };
            let _ = write!(self.out, "<span{class}>{}</span>", escaped(line));
        }
        let more = lines.lines().count().saturating_sub(LONGEST);
        if more > 0 {
            let _ = write!(
                self.out,
                "<span class=\"dim\">… and {}</span>",
                count(more, "line")
            );
        }
        self.out.push_str("</pre></details>\n");
    }

    /// The files that belong to no change: lists of modules, the digest, the manifest.
    fn rest(&mut self) {
        let rest: Vec<usize> = (0..self.changed.len())
            .filter(|index| !self.shown.contains(index))
            .collect();
        if rest.is_empty() {
            return;
        }
        let _ = writeln!(self.out, "<h3>Other generated files: {}</h3>", rest.len());
        for index in rest {
            if let Some(file) = self.changed.get(index) {
                self.file(index, file);
            }
        }
    }
}

/// The shape or the operation that a change is of.
fn subject(change: &Change) -> &str {
    change
        .path
        .split_once('.')
        .map_or(&*change.path, |(subject, _)| subject)
}

/// A change as a sentence.
fn told(change: &Change) -> String {
    let Change {
        kind,
        path,
        before,
        after,
        bump: _,
        note,
    } = change;
    let mut text = format!("<span class=\"dim\">{}</span>", words::kind(*kind));
    if path.contains('.') {
        let _ = write!(text, " <code>{}</code>", escaped(path));
    }
    let code = |side: &str| format!("<code>{}</code>", escaped(side));
    let sides = match (before, after) {
        (Some(before), Some(after)) => format!(": {} → {}", code(before), code(after)),
        (Some(before), None) => format!(": was {}", code(before)),
        (None, Some(after)) => format!(": {}", code(after)),
        (None, None) => String::new(),
    };
    text.push_str(&sides);
    if let Some(note) = note {
        let _ = write!(text, "; {}", rich(note));
    }
    text
}

/// Text in which what is between backticks is code.
fn rich(text: &str) -> String {
    let mut out = String::new();
    for (number, part) in text.split('`').enumerate() {
        match number % 2 {
            0 => out.push_str(&escaped(part)),
            _ => {
                let _ = write!(out, "<code>{}</code>", escaped(part));
            }
        }
    }
    out
}

/// Text of a model: nothing in it is markup, and nothing in it is hidden.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

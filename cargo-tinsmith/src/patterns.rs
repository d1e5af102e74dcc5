//! Lists of operations on the command line: names, patterns such as `List*`, and exceptions such as `!ListBuckets`.

use crate::command;
use crate::report::{Report, nearest};

/// The names among `known` that the list selects, in the order of `known`, each once. `service` is for messages.
///
/// # Errors
/// A word that selects nothing, an exception without anything to except it from, or a list that selects nothing.
pub fn selected(words: &[String], known: &[&str], service: &str) -> Result<Vec<String>, Report> {
    let mut report = Report::default();
    for word in words {
        let pattern = word.strip_prefix('!').unwrap_or(word);
        if known.iter().any(|name| matches(pattern, name)) {
            continue;
        }
        let near = match pattern.contains('*') {
            true => String::new(),
            false => nearest(pattern, known.iter().copied()),
        };
        let what = match pattern.contains('*') {
            true => {
                format!("expected operations of `{service}` that match `{pattern}`, found none")
            }
            false => format!("`{pattern}` is not an operation of `{service}`{near}"),
        };
        report.push(format!(
            "{what}\n  `{} add {service}` lists them",
            command::name()
        ));
    }
    report.or(())?;
    let (except, of): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| word.starts_with('!'));
    if of.is_empty() {
        return Err(Report::new(format!(
            "expected operations, or a pattern such as `List*`, besides the exceptions {}, found none",
            except
                .iter()
                .map(|word| format!("`{word}`"))
                .collect::<Vec<_>>()
                .join(", ")
        )));
    }
    let is_in = |words: &[&String], name: &str| {
        let mut patterns = words.iter().map(|word| word.trim_start_matches('!'));
        patterns.any(|pattern| matches(pattern, name))
    };
    let selected: Vec<String> = known
        .iter()
        .filter(|name| is_in(&of, name) && !is_in(&except, name))
        .map(|name| (*name).to_owned())
        .collect();
    if selected.is_empty() {
        return Err(Report::new(format!(
            "expected operations of `{service}`, found none: the exceptions leave nothing of {}",
            of.iter()
                .map(|word| format!("`{word}`"))
                .collect::<Vec<_>>()
                .join(", ")
        )));
    }
    Ok(selected)
}

/// Whether a name is `pattern`, in which each `*` stands for any text.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::{matches, selected};

    const KNOWN: [&str; 5] = [
        "DeleteThing",
        "GetThing",
        "ListGears",
        "ListThings",
        "PutThing",
    ];

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, name, expected) in [
            ("GetThing", "GetThing", true),
            ("GetThing", "GetThings", false),
            ("Get*", "GetThing", true),
            ("*Thing", "GetThing", true),
            ("*et*ing", "GetThing", true),
            ("*", "GetThing", true),
            ("**", "GetThing", true),
            ("Get*Get", "Get", false),
            ("a*b*b", "ab", false),
            ("", "GetThing", false),
            ("*x*", "GetThing", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn names_patterns_and_exceptions() {
        for (words, expected) in [
            ("PutThing GetThing GetThing", "GetThing PutThing"),
            ("List*", "ListGears ListThings"),
            ("List* !ListGears", "ListThings"),
            ("!List* *", "DeleteThing GetThing PutThing"),
            ("*Thing !Delete* ListGears", "GetThing ListGears PutThing"),
        ] {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            let found = selected(&words, &KNOWN, "tiny").unwrap();
            assert_eq!(found.join(" "), expected, "{words:?}");
        }
    }

    #[test]
    fn a_word_without_effect_is_an_error() {
        for (words, expected) in [
            (
                "GetThink",
                "`GetThink` is not an operation of `tiny`; did you mean `GetThing`?",
            ),
            (
                "Make*",
                "expected operations of `tiny` that match `Make*`, found none",
            ),
            ("List* !Make*", "that match `Make*`, found none"),
            (
                "!GetThing",
                "besides the exceptions `!GetThing`, found none",
            ),
            ("List* !*", "the exceptions leave nothing of `List*`"),
        ] {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            let problem = selected(&words, &KNOWN, "tiny").unwrap_err().to_string();
            assert!(problem.contains(expected), "{problem}");
        }
    }
}

//! What is wrong with a model, said so that its reader can mend it: file, place, expected, found.

use std::fmt;

/// One thing that is wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the caller named it.
    pub file: String,
    /// The place in it, in the model's own names: `shapes.Filter.members.name`. Empty for the whole file.
    pub path: String,
    /// What was expected, what was found and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        match self.path.as_str() {
            "" => write!(f, "\n  in {}", self.file),
            path => write!(f, "\n  in {} at {path}", self.file),
        }
    }
}

impl Problem {
    /// The same as a warning, on one line: for what was left out of a crate that is right without it.
    #[must_use]
    pub fn as_warning(&self) -> String {
        let message: Vec<&str> = self.message.lines().map(str::trim).collect();
        let message = message.join("; ");
        match self.path.as_str() {
            "" => format!("warning: {message} ({})", self.file),
            path => format!("warning: {message} ({} at {path})", self.file),
        }
    }
}

/// Everything that is wrong with the input: all of it, not just the first. Never empty where it is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds one.
    pub fn add(&mut self, file: &str, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(Problem {
            file: file.to_owned(),
            path: path.into(),
            message: message.into(),
        });
    }

    /// `value` where nothing is wrong, all problems otherwise; what several operations share is told once.
    pub(crate) fn or<T>(mut self, value: T) -> Result<T, Problems> {
        let mut told = std::collections::BTreeSet::new();
        self.0.retain(|problem| told.insert(problem.to_string()));
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// `, nearest are …` for a name that is not among `known`; empty where nothing is near.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|candidate| {
            (
                distance(&name.to_lowercase(), &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| {
            let allowed = candidate.len().max(name.len()).div_ceil(3);
            *distance <= allowed.min(name.len().saturating_sub(1))
                || (name.len() > 2 && candidate.contains(name))
        })
        .collect();
    near.sort();
    near.dedup();
    match near
        .iter()
        .take(3)
        .map(|(_, candidate)| format!("`{candidate}`"))
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        several => format!("; the nearest are {}", several.join(", ")),
    }
}

/// Levenshtein's distance, a row at a time.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            left = (above + 1)
                .min(left + 1)
                .min(diagonal + usize::from(x != *y));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

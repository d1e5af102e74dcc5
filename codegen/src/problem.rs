//! Problems with a model, in a form that helps to fix them: file, place, what was expected, what was found.

use crate::model::Model;
use crate::text::visible;
use std::fmt;

/// The part of a model with a problem: it matters only if the selection reaches that part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// The service as a whole, which is always reached.
    #[default]
    Service,
    /// An operation, by its name.
    Operation(String),
    /// A shape, by its name; by its id if the service does not reach it.
    Shape(String),
    /// A waiter, by its name.
    Waiter(String),
}

/// One problem with the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The part of the model with the problem.
    pub part: Part,
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
    /// The same as a warning, on one line: for a part that was omitted from a crate that is correct without it.
    #[must_use]
    pub fn as_warning(&self) -> String {
        let message: Vec<&str> = self.message.lines().map(str::trim).collect();
        let message = message.join("; ");
        let warning = match self.path.as_str() {
            "" => format!("warning: {message} ({})", self.file),
            path => format!("warning: {message} ({} at {path})", self.file),
        };
        // Names are from the model, and may contain anything.
        visible(&warning).into_owned()
    }
}

/// All problems with the input, not only the first. Never empty in an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>, Part);

impl Problems {
    /// Adds a problem.
    pub fn add(&mut self, file: &str, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(Problem {
            part: self.1.clone(),
            file: file.to_owned(),
            path: path.into(),
            message: message.into(),
        });
    }

    /// Problems that are added from now on belong to `part`. Returns the previous part.
    pub(crate) fn enter(&mut self, part: Part) -> Part {
        std::mem::replace(&mut self.1, part)
    }

    /// `model` with these as its unread parts; all of them as an error if one belongs to the service as a whole.
    pub(crate) fn unread_of(self, mut model: Model) -> Result<Model, Self> {
        if self.0.iter().any(|problem| problem.part == Part::Service) {
            return self.into_result(model);
        }
        model.unread = self;
        Ok(model)
    }

    /// The problems in parts for which `reaches` is true, and all others.
    pub(crate) fn split(self, reaches: impl Fn(&Part) -> bool) -> (Self, Self) {
        let (reached, others) = self.0.into_iter().partition(|it| reaches(&it.part));
        (Self(reached, Part::Service), Self(others, Part::Service))
    }

    /// Adds those of `later` in parts without a problem so far: the others are consequences.
    pub(crate) fn add_of_other_parts(&mut self, later: Self) {
        let wrong: std::collections::HashSet<Part> = self.parts().cloned().collect();
        let new = later.0.into_iter().filter(|it| !wrong.contains(&it.part));
        self.0.extend(new);
    }

    /// The same problems, with their parts renamed by `rename`.
    pub(crate) fn in_parts(mut self, rename: impl Fn(&Part) -> Option<Part>) -> Self {
        for problem in &mut self.0 {
            if let Some(part) = rename(&problem.part) {
                problem.part = part;
            }
        }
        self
    }

    /// All problems in one, which quotes the first and counts the others.
    pub(crate) fn summary(self) -> Option<Problem> {
        let others = self.0.len().checked_sub(1)?;
        let mut first = self.0.into_iter().next()?;
        let more = match others {
            0 => String::new(),
            1 => ", and 1 problem more".to_owned(),
            _ => format!(", and {others} problems more"),
        };
        first.message = format!(
            "ignored in a part of the model that is not selected: {}{more}",
            first.message
        );
        Some(first)
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        let parts = self.0.iter().map(|problem| &problem.part);
        parts.filter(|part| **part != Part::Service)
    }

    /// `value` if there are no problems, else all of them; a problem that several operations share is reported once.
    pub(crate) fn into_result<T>(mut self, value: T) -> Result<T, Problems> {
        let mut reported = std::collections::BTreeSet::new();
        self.0
            .retain(|problem| reported.insert(problem.to_string()));
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

/// `, nearest are …` for a name that is not among `known`; empty if none is near.
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

/// The Levenshtein distance, computed row by row.
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

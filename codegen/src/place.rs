//! The place of a message: a file, and a path of keys in it. Problems are reported to a place and collected by its
//! [`Reporter`], so that functions need not pass a list of them.

use crate::problem::{Part, Problems};
use std::cell::RefCell;
use std::fmt;

/// Collects the problems with the input.
#[derive(Debug, Default)]
pub(crate) struct Reporter(RefCell<Problems>);

impl Reporter {
    /// The top of a file.
    pub(crate) fn file<'p>(&'p self, file: &'p str) -> Place<'p> {
        Place {
            reporter: self,
            file,
            above: None,
            segment: Segment::Key(""),
        }
    }

    /// Runs `read`; everything that it reports is a problem of `part`.
    pub(crate) fn within<R>(&self, part: Part, read: impl FnOnce() -> R) -> R {
        let around = self.0.borrow_mut().enter(part);
        let result = read();
        self.0.borrow_mut().enter(around);
        result
    }

    /// Whether nothing has been reported.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.borrow().0.is_empty()
    }

    /// Whether something has been reported for a part for which `is` is true.
    pub(crate) fn any_of(&self, is: impl Fn(&Part) -> bool) -> bool {
        self.0.borrow().0.iter().any(|problem| is(&problem.part))
    }

    /// The message of the first problem of a part.
    pub(crate) fn first_of(&self, part: &Part) -> Option<String> {
        let problems = self.0.borrow();
        let first = problems.0.iter().find(|problem| problem.part == *part)?;
        Some(first.message.clone())
    }

    /// Takes everything that has been reported so far.
    pub(crate) fn take(&self) -> Problems {
        self.0.take()
    }

    /// Everything that has been reported.
    pub(crate) fn into_problems(self) -> Problems {
        self.0.into_inner()
    }

    /// `value` if nothing has been reported, or everything that has been.
    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Problems> {
        self.into_problems().into_result(value)
    }
}

/// A place in a file. It refers to the place that contains it, so that a path costs nothing until it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    pub(crate) reporter: &'p Reporter,
    pub(crate) file: &'p str,
    above: Option<&'p Place<'p>>,
    segment: Segment<'p>,
}

/// A step from a value to one inside it.
#[derive(Clone, Copy, Debug)]
enum Segment<'p> {
    Key(&'p str),
    Index(usize),
}

impl<'p> Place<'p> {
    /// The value of a key; several keys may be separated by dots.
    pub(crate) fn key<'s>(&'s self, key: &'s str) -> Place<'s> {
        self.below(Segment::Key(key))
    }

    /// The item of a list.
    pub(crate) fn index(&self, index: usize) -> Place<'_> {
        self.below(Segment::Index(index))
    }

    fn below<'s>(&'s self, segment: Segment<'s>) -> Place<'s> {
        Place {
            reporter: self.reporter,
            file: self.file,
            above: Some(self),
            segment,
        }
    }

    /// The top of the file.
    pub(crate) fn top(&self) -> Place<'p> {
        self.reporter.file(self.file)
    }

    /// The last key; `None` for an item of a list.
    pub(crate) fn last_key(&self) -> Option<&'p str> {
        match self.segment {
            Segment::Key(key) => Some(key),
            Segment::Index(_) => None,
        }
    }

    /// Reports a problem at this place: what was expected, what was found and what to do.
    pub(crate) fn problem(&self, message: impl Into<String>) {
        let mut problems = self.reporter.0.borrow_mut();
        problems.add(self.file, self.to_string(), message);
    }

    /// Runs `read`; everything that it reports is a problem of `part`.
    pub(crate) fn within<R>(&self, part: Part, read: impl FnOnce() -> R) -> R {
        self.reporter.within(part, read)
    }
}

/// The path, in the model's own names: `shapes.Filter.members.name`.
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_top = |place: &Place<'_>| place.above.is_none();
        if let Some(above) = self.above {
            write!(f, "{above}")?;
        }
        match self.segment {
            Segment::Key(key) if self.above.is_none_or(is_top) => f.write_str(key),
            Segment::Key(key) => write!(f, ".{key}"),
            Segment::Index(index) => write!(f, "[{index}]"),
        }
    }
}

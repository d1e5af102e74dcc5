//! Where a message is about: a file, and in it a path of keys. Problems are reported to a place and collected by its
//! [`Reporter`], so that nobody hands a list of them around.

use crate::problem::{Part, Problems};
use std::cell::RefCell;
use std::fmt;

/// Collects what is wrong with the input.
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

    /// Runs `read`, and everything that it reports is a problem of `part`.
    pub(crate) fn within<R>(&self, part: Part, read: impl FnOnce() -> R) -> R {
        let around = self.0.borrow_mut().enter(part);
        let result = read();
        self.0.borrow_mut().enter(around);
        result
    }

    /// Nothing has been reported.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.borrow().0.is_empty()
    }

    /// Something has been reported of a part that `is` names.
    pub(crate) fn any_of(&self, is: impl Fn(&Part) -> bool) -> bool {
        self.0.borrow().0.iter().any(|problem| is(&problem.part))
    }

    /// What the first problem of a part says.
    pub(crate) fn first_of(&self, part: &Part) -> Option<String> {
        let problems = self.0.borrow();
        let first = problems.0.iter().find(|problem| problem.part == *part)?;
        Some(first.message.clone())
    }

    /// Everything that has been reported so far, which is forgotten here.
    pub(crate) fn take(&self) -> Problems {
        self.0.take()
    }

    /// Everything that has been reported.
    pub(crate) fn into_problems(self) -> Problems {
        self.0.into_inner()
    }

    /// `value` where nothing has been reported, everything that has otherwise.
    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Problems> {
        self.into_problems().into_result(value)
    }
}

/// A place in a file. It holds what it is within by reference, so a path costs nothing until it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    pub(crate) reporter: &'p Reporter,
    pub(crate) file: &'p str,
    above: Option<&'p Place<'p>>,
    segment: Segment<'p>,
}

/// From a value to one that it holds.
#[derive(Clone, Copy, Debug)]
enum Segment<'p> {
    Key(&'p str),
    Index(usize),
}

impl<'p> Place<'p> {
    /// What is there under a key, which may be several with dots between them.
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

    /// Reports what is wrong here: what was expected, what was found and what to do.
    pub(crate) fn problem(&self, message: impl Into<String>) {
        let mut problems = self.reporter.0.borrow_mut();
        problems.add(self.file, self.to_string(), message);
    }

    /// Runs `read`, and everything that it reports is a problem of `part`.
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

//! A waiter of the model as data, and what a response means to it.

use crate::repeat::Repeatable;
use crate::waiter::jmespath::{Found, Nothing};

/// A waiter: the operation, the delays, and which responses end the wait.
pub struct WaiterPlan<C: Repeatable> {
    /// The waiter's name in the model.
    pub name: &'static str,
    /// The operation's name in the model.
    pub operation: &'static str,
    /// The least time between two calls, in seconds.
    pub delay: u64,
    /// The longest wait, as a multiple of the delay.
    pub max_attempts: u64,
    /// The first that matches a response decides. If none matches, the wait continues after an output and ends with the
    /// error after an error.
    pub acceptors: &'static [Acceptor<C>],
}

/// A rule: which responses it matches, and what they mean.
pub struct Acceptor<C: Repeatable> {
    outcome: Outcome,
    fits: Fits<C>,
}

/// What a response means for the wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The wait ends successfully.
    Success,
    /// The wait ends with a failure.
    Failure,
    /// The wait continues.
    Retry,
}

/// Which answers fit. Paths are the model's own (JMESPath), for messages; the function goes that way through the output.
/// One that cannot be worked out fits nothing.
enum Fits<C: Repeatable> {
    Text {
        path: &'static str,
        at: fn(&C::Output) -> Option<&str>,
        expected: &'static str,
    },
    All {
        path: &'static str,
        at: fn(&C::Output) -> Vec<&str>,
        expected: &'static str,
    },
    Any {
        path: &'static str,
        at: fn(&C::Output) -> Vec<&str>,
        expected: &'static str,
    },
    Flag {
        path: &'static str,
        at: fn(&C::Output) -> Found<bool>,
        expected: bool,
    },
    Says {
        words: &'static str,
        of: fn(&C, &C::Output) -> Result<bool, Nothing>,
    },
    Error(&'static str),
    AnyError,
    NoError,
    Status(u16),
}

impl Outcome {
    /// Matches an output with this text at the path.
    pub const fn text<C: Repeatable>(
        self,
        path: &'static str,
        at: fn(&C::Output) -> Option<&str>,
        expected: &'static str,
    ) -> Acceptor<C> {
        self.of(Fits::Text { path, at, expected })
    }

    /// Matches an output whose texts at the path, at least one, all equal this one.
    pub const fn all<C: Repeatable>(
        self,
        path: &'static str,
        at: fn(&C::Output) -> Vec<&str>,
        expected: &'static str,
    ) -> Acceptor<C> {
        self.of(Fits::All { path, at, expected })
    }

    /// Matches an output with at least one text at the path that equals this one.
    pub const fn any<C: Repeatable>(
        self,
        path: &'static str,
        at: fn(&C::Output) -> Vec<&str>,
        expected: &'static str,
    ) -> Acceptor<C> {
        self.of(Fits::Any { path, at, expected })
    }

    /// Matches an output with this boolean at the path.
    pub const fn flag<C: Repeatable>(
        self,
        path: &'static str,
        at: fn(&C::Output) -> Found<bool>,
        expected: bool,
    ) -> Acceptor<C> {
        self.of(Fits::Flag { path, at, expected })
    }

    /// Matches an output for which the function, called with the call and the output, is true; `description` is for messages.
    pub const fn fits<C: Repeatable>(
        self,
        words: &'static str,
        of: fn(&C, &C::Output) -> Result<bool, Nothing>,
    ) -> Acceptor<C> {
        self.of(Fits::Says { words, of })
    }

    /// Matches an error with this code, modelled or not.
    pub const fn error<C: Repeatable>(self, code: &'static str) -> Acceptor<C> {
        self.of(Fits::Error(code))
    }

    /// Matches any error of the service.
    pub const fn any_error<C: Repeatable>(self) -> Acceptor<C> {
        self.of(Fits::AnyError)
    }

    /// Matches any output.
    pub const fn no_error<C: Repeatable>(self) -> Acceptor<C> {
        self.of(Fits::NoError)
    }

    /// Matches an output or an error with this HTTP status.
    pub const fn status<C: Repeatable>(self, status: u16) -> Acceptor<C> {
        self.of(Fits::Status(status))
    }

    const fn of<C: Repeatable>(self, fits: Fits<C>) -> Acceptor<C> {
        Acceptor {
            outcome: self,
            fits,
        }
    }
}

/// An answer of the service, as acceptors see it.
pub(super) enum Seen<'a, C: Repeatable> {
    Output {
        call: &'a C,
        output: &'a C::Output,
        status: u16,
    },
    Error {
        code: Option<&'a str>,
        status: Option<u16>,
    },
}

impl<C: Repeatable> WaiterPlan<C> {
    /// What follows from an answer, and in words what decided it; `None` where nothing fits.
    pub(super) fn judge(&self, seen: &Seen<'_, C>) -> Option<(Outcome, String)> {
        let fitting = self
            .acceptors
            .iter()
            .find(|acceptor| acceptor.fits.fit(seen))?;
        Some((fitting.outcome, fitting.fits.described()))
    }
}

impl<C: Repeatable> Fits<C> {
    fn fit(&self, seen: &Seen<'_, C>) -> bool {
        match (self, seen) {
            (Self::Text { at, expected, .. }, Seen::Output { output, .. }) => {
                at(output) == Some(expected)
            }
            (Self::All { at, expected, .. }, Seen::Output { output, .. }) => {
                let found = at(output);
                !found.is_empty() && found.iter().all(|text| text == expected)
            }
            (Self::Any { at, expected, .. }, Seen::Output { output, .. }) => {
                at(output).contains(expected)
            }
            (Self::Flag { at, expected, .. }, Seen::Output { output, .. }) => {
                at(output) == Ok(Some(*expected))
            }
            (Self::Says { of, .. }, Seen::Output { call, output, .. }) => {
                of(call, output) == Ok(true)
            }
            (Self::NoError, Seen::Output { .. }) | (Self::AnyError, Seen::Error { .. }) => true,
            (Self::Error(expected), Seen::Error { code, .. }) => *code == Some(expected),
            (Self::Status(expected), Seen::Output { status, .. }) => status == expected,
            (Self::Status(expected), Seen::Error { status, .. }) => *status == Some(*expected),
            _ => false,
        }
    }

    /// The answers that fit, in words.
    fn described(&self) -> String {
        match self {
            Self::Text { path, expected, .. } => format!("{path} is {expected:?}"),
            Self::All { path, expected, .. } => format!("all of {path} are {expected:?}"),
            Self::Any { path, expected, .. } => format!("one of {path} is {expected:?}"),
            Self::Flag { path, expected, .. } => format!("{path} is {expected}"),
            Self::Says { words, .. } => (*words).to_owned(),
            Self::Error(code) => format!("the error is {code}"),
            Self::AnyError => "there is an error".to_owned(),
            Self::NoError => "there is no error".to_owned(),
            Self::Status(status) => format!("the status is {status}"),
        }
    }
}

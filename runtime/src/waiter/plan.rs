//! A waiter of the model as data, and what a response means to it.

use crate::repeat::Repeatable;
use crate::waiter::jmespath::{Found, Nothing};

/// A waiter: the operation, the delays, and which responses end the wait.
pub struct WaiterPlan<C: Repeatable> {
    /// The waiter's name in the model.
    pub name: &'static str,
    /// The operation's name in the model.
    pub operation: &'static str,
    /// The minimum time between two calls, in seconds.
    pub delay: u64,
    /// The longest wait, as a multiple of the delay.
    pub max_attempts: u64,
    /// The first that matches a response decides. If none matches, the wait continues after an output, and ends with
    /// the error after an error.
    pub acceptors: &'static [Acceptor<C>],
}

/// A rule: which responses it matches, and what they mean.
pub struct Acceptor<C: Repeatable> {
    outcome: Outcome,
    matcher: Matcher<C>,
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

/// Which responses match. Paths are the model's own (JMESPath), for messages; the function evaluates the path for the
/// output. If it has no value, the response does not match.
enum Matcher<C: Repeatable> {
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
    Condition {
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
        self.of(Matcher::Text { path, at, expected })
    }

    /// Matches an output whose texts at the path, at least one, all equal this one.
    pub const fn all<C: Repeatable>(
        self,
        path: &'static str,
        at: fn(&C::Output) -> Vec<&str>,
        expected: &'static str,
    ) -> Acceptor<C> {
        self.of(Matcher::All { path, at, expected })
    }

    /// Matches an output with at least one text at the path that equals this one.
    pub const fn any<C: Repeatable>(
        self,
        path: &'static str,
        at: fn(&C::Output) -> Vec<&str>,
        expected: &'static str,
    ) -> Acceptor<C> {
        self.of(Matcher::Any { path, at, expected })
    }

    /// Matches an output with this boolean at the path.
    pub const fn flag<C: Repeatable>(
        self,
        path: &'static str,
        at: fn(&C::Output) -> Found<bool>,
        expected: bool,
    ) -> Acceptor<C> {
        self.of(Matcher::Flag { path, at, expected })
    }

    /// Matches an output for which the function, called with the call and the output, is true; `description` is for messages.
    pub const fn fits<C: Repeatable>(
        self,
        words: &'static str,
        of: fn(&C, &C::Output) -> Result<bool, Nothing>,
    ) -> Acceptor<C> {
        self.of(Matcher::Condition { words, of })
    }

    /// Matches an error with this code, modelled or not.
    pub const fn error<C: Repeatable>(self, code: &'static str) -> Acceptor<C> {
        self.of(Matcher::Error(code))
    }

    /// Matches any error of the service.
    pub const fn any_error<C: Repeatable>(self) -> Acceptor<C> {
        self.of(Matcher::AnyError)
    }

    /// Matches any output.
    pub const fn no_error<C: Repeatable>(self) -> Acceptor<C> {
        self.of(Matcher::NoError)
    }

    /// Matches an output or an error with this HTTP status.
    pub const fn status<C: Repeatable>(self, status: u16) -> Acceptor<C> {
        self.of(Matcher::Status(status))
    }

    const fn of<C: Repeatable>(self, matcher: Matcher<C>) -> Acceptor<C> {
        Acceptor {
            outcome: self,
            matcher,
        }
    }
}

/// A response of the service, as acceptors see it.
pub(super) enum Observed<'a, C: Repeatable> {
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
    /// The outcome for a response, and a description of what matched; `None` if it does not match.
    pub(super) fn evaluate(&self, observed: &Observed<'_, C>) -> Option<(Outcome, String)> {
        let acceptor = self
            .acceptors
            .iter()
            .find(|acceptor| acceptor.matcher.matches(observed))?;
        Some((acceptor.outcome, acceptor.matcher.described()))
    }
}

impl<C: Repeatable> Matcher<C> {
    fn matches(&self, observed: &Observed<'_, C>) -> bool {
        match (self, observed) {
            (Self::Text { at, expected, .. }, Observed::Output { output, .. }) => {
                at(output) == Some(expected)
            }
            (Self::All { at, expected, .. }, Observed::Output { output, .. }) => {
                let found = at(output);
                !found.is_empty() && found.iter().all(|text| text == expected)
            }
            (Self::Any { at, expected, .. }, Observed::Output { output, .. }) => {
                at(output).contains(expected)
            }
            (Self::Flag { at, expected, .. }, Observed::Output { output, .. }) => {
                at(output) == Ok(Some(*expected))
            }
            (Self::Condition { of, .. }, Observed::Output { call, output, .. }) => {
                of(call, output) == Ok(true)
            }
            (Self::NoError, Observed::Output { .. }) | (Self::AnyError, Observed::Error { .. }) => {
                true
            }
            (Self::Error(expected), Observed::Error { code, .. }) => *code == Some(expected),
            (Self::Status(expected), Observed::Output { status, .. }) => status == expected,
            (Self::Status(expected), Observed::Error { status, .. }) => *status == Some(*expected),
            _ => false,
        }
    }

    /// A description of the responses that match.
    fn described(&self) -> String {
        match self {
            Self::Text { path, expected, .. } => format!("{path} is {expected:?}"),
            Self::All { path, expected, .. } => format!("all of {path} are {expected:?}"),
            Self::Any { path, expected, .. } => format!("one of {path} is {expected:?}"),
            Self::Flag { path, expected, .. } => format!("{path} is {expected}"),
            Self::Condition { words, .. } => (*words).to_owned(),
            Self::Error(code) => format!("the error is {code}"),
            Self::AnyError => "there is an error".to_owned(),
            Self::NoError => "there is no error".to_owned(),
            Self::Status(status) => format!("the status is {status}"),
        }
    }
}

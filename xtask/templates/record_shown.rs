//! Shows what was read as JSON, with the names on the wire: for the record, which is independent of Rust.
// Not every run has values of every kind.
#![allow(dead_code)]

use crate::Answer;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use tinsmith_runtime::{Blob, CrateError, Document, Stream, Timestamp, UnknownEvent, UnknownMember};

/// A value that can be shown as JSON.
pub(crate) trait Show {
    fn show(&self, out: &mut String);

    /// Whether it is set: an unset member is omitted.
    fn is_set(&self) -> bool {
        true
    }
}

/// An object, member by member.
pub(crate) struct Object<'o> {
    out: &'o mut String,
    is_empty: bool,
}

impl<'o> Object<'o> {
    pub(crate) fn new(out: &'o mut String) -> Self {
        out.push('{');
        Self { out, is_empty: true }
    }

    pub(crate) fn member(&mut self, name: &str, value: &(impl Show + ?Sized)) {
        if !value.is_set() {
            return;
        }
        if !std::mem::take(&mut self.is_empty) {
            self.out.push_str(", ");
        }
        name.show(self.out);
        self.out.push_str(": ");
        value.show(self.out);
    }

    /// A member that the crate does not know; its name is preceded by a question mark.
    pub(crate) fn unknown_member(&mut self, member: &UnknownMember) {
        self.member(&format!("?{}", member.name), &member.value);
    }

    /// An event that the crate does not know.
    pub(crate) fn unknown_event(&mut self, event: &UnknownEvent) {
        self.member(&format!("?{}", event.name), &event.payload);
    }

    pub(crate) fn end(self) {
        self.out.push('}');
    }
}

/// A member of an output, on a separate line; none if it is not set.
pub(crate) fn line(lines: &mut String, name: &str, value: &(impl Show + ?Sized)) {
    if value.is_set() {
        let _ = write!(lines, "{name}: ");
        value.show(lines);
        lines.push('\n');
    }
}

/// The error of a call. Errors before or after the service's response are prose, which is not part of the record.
pub(crate) fn failed<E: CrateError>(lines: &mut String, error: &E)
where
    E::ServiceError: Show,
{
    let failure = error.meta();
    lines.push_str("an error\n");
    // Without a code and a status the message is the runtime's.
    let message = error.message().filter(|_| error.code().is_some() || failure.status.is_some());
    for (name, text) in [("code", error.code()), ("message", message), ("request id", failure.request_id.as_deref())] {
        line(lines, name, &text.map(str::to_owned));
    }
    line(lines, "status", &failure.status.map(i32::from));
    if failure.throttling {
        lines.push_str("asks to slow down\n");
    }
    if let Some(exception) = error.service_error() {
        line(lines, "exception", exception);
    }
}

/// The lines as a result.
pub(crate) fn shown(lines: String) -> Answer {
    Answer { passed: true, expected: String::new(), got: lines }
}

/// Events that are sent one after another.
pub(crate) struct Events<T>(pub(crate) VecDeque<T>);

pub(crate) fn events<T>(events: impl Into<VecDeque<T>>) -> Events<T> {
    Events(events.into())
}

impl<T: Unpin> Stream for Events<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.pop_front())
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self, out: &mut String) {
        match self {
            Some(value) => value.show(out),
            None => out.push_str("null"),
        }
    }

    fn is_set(&self) -> bool {
        self.as_ref().is_some_and(Show::is_set)
    }
}

impl<T: Show + ?Sized> Show for Box<T> {
    fn show(&self, out: &mut String) {
        (**self).show(out);
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self, out: &mut String) {
        out.push('[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            item.show(out);
        }
        out.push(']');
    }
}

impl<K: Show, V: Show> Show for BTreeMap<K, V> {
    fn show(&self, out: &mut String) {
        out.push('{');
        for (index, (key, value)) in self.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            key.show(out);
            out.push_str(": ");
            value.show(out);
        }
        out.push('}');
    }
}

impl Show for str {
    fn show(&self, out: &mut String) {
        out.push_str(&serde_json::Value::from(self).to_string());
    }
}

impl Show for String {
    fn show(&self, out: &mut String) {
        self.as_str().show(out);
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Show for $number {
            fn show(&self, out: &mut String) {
                let _ = write!(out, "{self}");
            }
        }
    )*};
}

numbers!(bool, i8, i16, i32, i64, f32, f64);

/// Its text where it is one.
impl Show for Blob {
    fn show(&self, out: &mut String) {
        match std::str::from_utf8(self) {
            Ok(text) => text.show(out),
            Err(_) => {
                let mut object = Object::new(out);
                object.member("bytes", &self.iter().map(|byte| i32::from(*byte)).collect::<Vec<_>>());
                object.end();
            }
        }
    }
}

/// Seconds since 1970.
impl Show for Timestamp {
    fn show(&self, out: &mut String) {
        let nanos = i128::from(self.seconds()) * 1_000_000_000 + i128::from(self.subsec_nanos());
        let sign = if nanos < 0 { "-" } else { "" };
        let nanos = nanos.unsigned_abs();
        let text = format!("{}.{:09}", nanos / 1_000_000_000, nanos % 1_000_000_000);
        let _ = write!(out, "{sign}{}", text.trim_end_matches('0').trim_end_matches('.'));
    }
}

impl Show for Document {
    fn show(&self, out: &mut String) {
        if let Some(flag) = self.as_bool() {
            flag.show(out);
        } else if let Some(number) = self.as_number() {
            out.push_str(number.as_str());
        } else if let Some(text) = self.as_str() {
            text.show(out);
        } else if let Some(items) = self.as_array() {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                item.show(out);
            }
            out.push(']');
        } else if let Some(members) = self.as_object() {
            members.show(out);
        } else {
            out.push_str("null");
        }
    }
}

//! What writes a value, and what can be written by it: the half of the seam to protocols that makes requests.

use super::reader::Natural;
use super::{Blob, BuildError, Document, Timestamp, TimestampFormat};

/// Where a request's values go, one after the other.
///
/// The first error stays and everything after it is without effect, so that generated code needs no `?`.
pub trait ShapeWriter {
    /// Begins a structure or a union; its members follow, each as [`key`](Self::key) and a value.
    fn begin_structure(&mut self);
    /// Ends the structure begun last.
    fn end_structure(&mut self);
    /// Begins a list; its items follow, as values.
    fn begin_list(&mut self);
    /// Ends the list begun last.
    fn end_list(&mut self);
    /// Begins a map; its entries follow, each as [`key`](Self::key) and a value.
    fn begin_map(&mut self);
    /// Ends the map begun last.
    fn end_map(&mut self);
    /// Writes the name of the member, or the key of the entry, whose value follows.
    fn key(&mut self, key: &str);
    /// Writes the null of a sparse list or map.
    fn null(&mut self);
    /// Writes a string.
    fn string(&mut self, value: &str);
    /// Writes a boolean.
    fn boolean(&mut self, value: bool);
    /// Writes an integer.
    fn integer(&mut self, value: i64);
    /// Writes a number of 64 bits.
    fn float(&mut self, value: f64);
    /// Writes a number of 32 bits, with no more digits than that takes.
    fn float32(&mut self, value: f32);
    /// Writes bytes.
    fn blob(&mut self, value: &Blob);
    /// Writes a point in time in `format`, or in the protocol's default for the place.
    fn timestamp(&mut self, value: Timestamp, format: Option<TimestampFormat>);
    /// Writes a value without a schema.
    fn document(&mut self, value: &Document);
    /// The first error, if there was one.
    fn failure(&mut self) -> &mut Option<BuildError>;
    /// A fresh idempotency token; `None`: this writer was given no source of them.
    fn new_token(&mut self) -> Option<String> {
        None
    }
}

impl dyn ShapeWriter + '_ {
    /// Writes a member of a structure; nothing if it is unset.
    pub fn member(&mut self, name: &str, value: &dyn WriteValue) {
        self.member_as(name, value);
    }

    /// Writes a member in the form that the marker `A` names; nothing if it is unset.
    pub fn member_as<A>(&mut self, name: &str, value: &dyn WriteValue<A>) {
        if !value.is_none() {
            self.key(name);
            self.nested(&mut |writer| value.write(writer), &|error| {
                error.in_member(name)
            });
        }
    }

    /// Writes a member that must be set; unset, it is an error that names it.
    pub fn required(&mut self, name: &str, value: &dyn WriteValue) {
        self.required_as(name, value);
    }

    /// Writes a member that must be set, in the form that the marker `A` names.
    pub fn required_as<A>(&mut self, name: &str, value: &dyn WriteValue<A>) {
        if value.is_none() {
            self.fail(BuildError::unset(name));
        }
        self.member_as(name, value);
    }

    /// Writes an idempotency token: a fresh one if it is unset.
    pub fn idempotency_token(&mut self, name: &str, value: &Option<String>) {
        match value {
            Some(_) => self.member(name, value),
            None => {
                let fresh = self.new_token();
                self.required(name, &fresh);
            }
        }
    }

    /// Notes an error; the first one stays.
    pub fn fail(&mut self, error: BuildError) {
        self.failure().get_or_insert(error);
    }

    /// Writes what is one step down and adds that step to the path of an error from there.
    pub(crate) fn nested(
        &mut self,
        write: &mut dyn FnMut(&mut dyn ShapeWriter),
        step: &dyn Fn(BuildError) -> BuildError,
    ) {
        let failed_before = self.failure().is_some();
        write(self);
        if !failed_before {
            let failure = self.failure();
            *failure = failure.take().map(step);
        }
    }
}

/// A structure that can be written member by member.
pub trait WriteStructure {
    /// Writes the members that are set.
    fn write_members(&self, writer: &mut dyn ShapeWriter);
}

/// A union that can be written.
pub trait WriteUnion {
    /// Writes the one member that it holds.
    fn write_variant(&self, writer: &mut dyn ShapeWriter);
}

/// A value that can be written, in the form that `A` names.
pub trait WriteValue<A = Natural> {
    /// Writes the value.
    fn write(&self, writer: &mut dyn ShapeWriter);

    /// Whether there is nothing to write.
    fn is_none(&self) -> bool {
        false
    }
}

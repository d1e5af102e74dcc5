//! Writing shapes: a shape passes its members to a [`ShapeWriter`], which a codec implements.
//!
//! The first error is kept and everything after it has no effect, so that generated code needs no `?`.

use super::blob::Blob;
use super::build_error::BuildError;
use super::document::Document;
use super::member::Member;
use super::timestamp::{Timestamp, TimestampFormat};

/// Receives the values of a request, one after another.
pub trait ShapeWriter {
    /// Begins a structure or a union; its members follow, each as a call of [`member`](Self::member) and a value.
    fn begin_structure(&mut self);
    /// Ends the innermost structure.
    fn end_structure(&mut self);
    /// Announces the member whose value follows.
    fn member(&mut self, member: &Member);
    /// Announces a member by its name, where it has no descriptor.
    fn unknown_member(&mut self, name: &str);
    /// Begins a list of `length` items; they follow, each as a call of [`item`](Self::item) and a value.
    fn begin_list(&mut self, length: usize);
    /// Ends the innermost list.
    fn end_list(&mut self);
    /// Announces the value of an item.
    fn item(&mut self, item: &Member);
    /// Begins a map of `length` entries; they follow, each as a call of [`entry`](Self::entry) and a value.
    fn begin_map(&mut self, length: usize);
    /// Ends the innermost map.
    fn end_map(&mut self);
    /// Writes the key of the entry whose value follows; `map` is the member that is the map.
    fn entry(&mut self, key: &str, map: &Member);
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
    /// Writes a number of 32 bits, with only as many digits as that needs.
    fn float32(&mut self, value: f32);
    /// Writes bytes.
    fn blob(&mut self, value: &Blob);
    /// Writes a point in time in `format`; `None`: in the protocol's format for the place.
    fn timestamp(&mut self, value: Timestamp, format: Option<TimestampFormat>);
    /// Writes a value without a schema.
    fn document(&mut self, value: &Document);
    /// The first error, if there was one.
    fn failure(&mut self) -> &mut Option<BuildError>;
    /// A new idempotency token; `None`: this writer has no source of tokens.
    fn new_token(&mut self) -> Option<String> {
        None
    }
}

/// A structure or a union that can be written. [`structure!`](crate::structure) implements it.
pub trait WriteStructure {
    /// Writes the members that are set, by [`structure`](ShapeWriter#method.structure). The default writes no members.
    fn write_members(&self, writer: &mut dyn ShapeWriter) {
        writer.structure(&[], &[]);
    }
}

/// A value that can be written. The descriptor `member` is passed on to the values inside it.
pub trait WriteValue {
    /// Writes the value.
    fn write(&self, member: &Member, writer: &mut dyn ShapeWriter);

    /// Whether there is nothing to write.
    fn is_none(&self) -> bool {
        false
    }
}

impl dyn ShapeWriter + '_ {
    /// Writes a structure: for each member of the table, the value with the same index. An unset member is omitted; if
    /// the table has it as required, it is an error that names it.
    pub fn structure(&mut self, members: &[Member], values: &[&dyn WriteValue]) {
        self.begin_structure();
        // Attributes must be written before everything else within the element.
        if members.iter().any(|member| member.attribute) {
            self.members(members, values, true);
        }
        self.members(members, values, false);
        self.end_structure();
    }

    fn members(&mut self, members: &[Member], values: &[&dyn WriteValue], attributes: bool) {
        for (member, value) in members.iter().zip(values) {
            if member.attribute != attributes {
                continue;
            }
            if !value.is_none() {
                self.named(member, *value);
            } else if member.idempotency_token {
                match self.new_token() {
                    Some(token) => self.named(member, &token),
                    None => self.fail(BuildError::unset(member.name)),
                }
            } else if member.required {
                self.fail(BuildError::unset(member.name));
            }
        }
    }

    /// Writes a member and its value.
    pub fn named(&mut self, member: &Member, value: &dyn WriteValue) {
        self.member(member);
        self.nested(&mut |writer| value.write(member, writer), &|error| {
            error.in_member(member.name)
        });
    }

    /// Writes a structure with one member: a union.
    pub fn variant(&mut self, member: &Member, value: &dyn WriteValue) {
        self.begin_structure();
        self.named(member, value);
        self.end_structure();
    }

    /// Records an error; only the first one is kept.
    pub fn fail(&mut self, error: BuildError) {
        self.failure().get_or_insert(error);
    }

    /// Writes a value one step down, and adds that step to the path of an error from there.
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

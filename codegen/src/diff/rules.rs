//! The rules of the comparison, as a list that people read: what changes in a model, what that means for programs, and the
//! bump. `tests/verdict` compiles programs against both sides of each kind of change, and compares what it finds with this
//! list.

use super::{Bump, ChangeKind};
use Bump::{Major, Minor, None as Nothing, Patch};
use ChangeKind::*;

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The kind of change that is reported.
    pub kind: ChangeKind,
    /// What changes in the model.
    pub when: &'static str,
    /// The bump that it requires.
    pub bump: Bump,
    /// What it means for programs.
    pub effect: &'static str,
}

const fn rule(kind: ChangeKind, bump: Bump, when: &'static str, effect: &'static str) -> Rule {
    Rule {
        kind,
        when,
        bump,
        effect,
    }
}

/// All rules, by kind, the greatest bump first.
pub const RULES: &[Rule] = &[
    rule(
        OperationAdded,
        Minor,
        "an operation is new, or selected now",
        "the client has another method; what only it reaches is reported with it",
    ),
    rule(
        OperationRemoved,
        Major,
        "an operation is gone, or no longer selected",
        "the client's method is removed",
    ),
    rule(
        OperationRemoved,
        Major,
        "an operation has another name in Rust",
        "the client's method is called otherwise",
    ),
    rule(
        ShapeAdded,
        Minor,
        "an operation that stays reaches a new shape",
        "there is another type",
    ),
    rule(
        ShapeAdded,
        Minor,
        "a type is sent now, or received",
        "it has setters, or can be read, as well",
    ),
    rule(
        ShapeRemoved,
        Major,
        "no operation that stays reaches a shape any more",
        "the type is removed",
    ),
    rule(
        ShapeRemoved,
        Major,
        "a shape has another name in Rust",
        "the type is called otherwise",
    ),
    rule(
        ShapeRemoved,
        Major,
        "a type is no longer sent, or no longer received",
        "its setters are removed, or it can no longer be read",
    ),
    rule(
        ShapeRemoved,
        Major,
        "a type that was only received is sent now",
        "its getters are removed, since it has setters of these names",
    ),
    rule(
        MemberAdded,
        Major,
        "a required member is added to what is sent",
        "calls as they were written before fail before they are sent",
    ),
    rule(
        MemberAdded,
        Major,
        "a stream is added to an output",
        "the output loses traits such as `Clone`",
    ),
    rule(
        MemberAdded,
        Minor,
        "an optional member is added to what is sent",
        "there is another field and its setter; nothing is sent for it unless it is set",
    ),
    rule(
        MemberAdded,
        Minor,
        "a member is added to what is received",
        "there is another field; structures are `#[non_exhaustive]`",
    ),
    rule(
        MemberAdded,
        Minor,
        "a member is added to a union or an event stream",
        "there is another variant; what was `Unknown` is it now",
    ),
    rule(
        MemberRemoved,
        Major,
        "a member is gone",
        "the field, its setter or the variant is removed",
    ),
    rule(
        MemberRemoved,
        Major,
        "a member has another name in Rust",
        "the field, its setter or the variant is called otherwise",
    ),
    rule(
        MemberTypeChanged,
        Major,
        "a member has another type",
        "the field has another type, and its setter takes another",
    ),
    rule(
        MemberTypeChanged,
        Major,
        "a shape becomes another kind of type",
        "a structure is an enumeration now, or the like",
    ),
    rule(
        MemberTypeChanged,
        Major,
        "shapes become recursive, or no longer are",
        "the field is boxed, or not",
    ),
    rule(
        MemberTypeChanged,
        Major,
        "a structure loses traits",
        "it is no longer `Clone` or `PartialEq`, since something within it is not",
    ),
    rule(
        MemberRequired,
        Major,
        "a member of what is sent becomes required",
        "calls that leave it out fail before they are sent",
    ),
    rule(
        MemberRequired,
        Patch,
        "a member of what is received becomes required",
        "only the documentation says so",
    ),
    rule(
        MemberOptional,
        Minor,
        "a member of what is sent is no longer required",
        "a call without it no longer fails; setter and type stay",
    ),
    rule(
        MemberOptional,
        Patch,
        "a member of what is received is no longer required",
        "only the documentation says so",
    ),
    rule(
        EnumValueAdded,
        Minor,
        "an enumeration has another value",
        "there is another variant; what was `Unknown` is it now",
    ),
    rule(
        EnumValueRemoved,
        Major,
        "a value of an enumeration is gone",
        "the variant is removed; the value is read as `Unknown`",
    ),
    rule(
        EnumValueRemoved,
        Major,
        "a value has another name in Rust",
        "the variant is called otherwise",
    ),
    rule(
        ExceptionAdded,
        Minor,
        "an operation that stays declares another exception",
        "`ServiceError` has another variant; the error had none before",
    ),
    rule(
        ExceptionAdded,
        Minor,
        "an event stream declares another exception",
        "a stream that ends with it returns the variant",
    ),
    rule(
        ExceptionRemoved,
        Major,
        "no operation that stays declares an exception any more",
        "the variant is removed; the error still has its code and its message",
    ),
    rule(
        ExceptionRemoved,
        Major,
        "an event stream no longer declares an exception",
        "a stream that ends with it returns another error",
    ),
    rule(
        PaginationAdded,
        Minor,
        "an operation has pages",
        "its call has `into_paginator`",
    ),
    rule(
        PaginationRemoved,
        Major,
        "an operation no longer has pages",
        "`into_paginator` is removed",
    ),
    rule(
        PaginationChanged,
        Major,
        "the items of pages are another member, or of another type",
        "`items()` returns others",
    ),
    rule(
        PaginationChanged,
        Major,
        "the token of a page is given by another member",
        "older resume tokens are not accepted",
    ),
    rule(
        PaginationChanged,
        Major,
        "the size of pages can no longer be given",
        "`page_size` is an error",
    ),
    rule(
        PaginationChanged,
        Minor,
        "the size of pages can be given",
        "`page_size` can be set",
    ),
    rule(
        PaginationChanged,
        Patch,
        "the next token, the end of the listing or the size is found elsewhere",
        "streams are used as before",
    ),
    rule(
        WaiterAdded,
        Minor,
        "an operation that stays has another waiter",
        "its call has another method",
    ),
    rule(
        WaiterRemoved,
        Major,
        "a waiter is gone, or has another name in Rust",
        "the method is removed, or called otherwise",
    ),
    rule(
        WaiterChanged,
        Patch,
        "a waiter waits longer, or for something else",
        "its call stays",
    ),
    rule(
        HttpChanged,
        Major,
        "calls need credentials or a bearer token now, or another of the two",
        "calls without them fail before they are sent",
    ),
    rule(
        HttpChanged,
        Major,
        "a value of an enumeration has another text",
        "the same variant is sent as another text",
    ),
    rule(
        HttpChanged,
        Major,
        "a token that was filled in is required",
        "calls that leave it out fail before they are sent",
    ),
    rule(
        HttpChanged,
        Major,
        "the service's id is another",
        "the variable of its endpoint and the keys of profiles are named otherwise",
    ),
    rule(
        HttpChanged,
        Minor,
        "calls no longer need credentials, or accept a bearer token as well",
        "fewer calls fail",
    ),
    rule(
        HttpChanged,
        Minor,
        "a token is filled in where it is unset",
        "a call that leaves it unset sends a fresh UUID",
    ),
    rule(
        HttpChanged,
        Patch,
        "method, path, place of a member, protocol, signing name, encoding or checksum is another",
        "programs are written as before",
    ),
    rule(
        HttpChanged,
        Patch,
        "an operation, a shape or a member is spelled otherwise, with the same name in Rust",
        "programs are written as before",
    ),
    rule(
        HttpChanged,
        Nothing,
        "the service supports other protocols",
        "the crate stays with the one that it uses",
    ),
    rule(
        EndpointChanged,
        Major,
        "with some settings, there is no address any more",
        "calls with these settings can no longer be sent",
    ),
    rule(
        EndpointChanged,
        Patch,
        "with some settings, the address is another",
        "calls go there",
    ),
    rule(
        EndpointChanged,
        Patch,
        "the rules are written differently",
        "the same address for all settings that were tried",
    ),
    rule(
        ConstraintChanged,
        Major,
        "the length of a stream that is sent must be known",
        "calls with other streams fail before they are sent",
    ),
    rule(
        ConstraintChanged,
        Patch,
        "a length, a range or a pattern is another",
        "the service checks it; the crate documents it",
    ),
    rule(
        ConstraintChanged,
        Patch,
        "a member becomes sensitive, or no longer is",
        "`Debug` hides it, or shows it",
    ),
    rule(
        DocumentationChanged,
        Minor,
        "something becomes deprecated",
        "a use of it warns",
    ),
    rule(
        DocumentationChanged,
        Patch,
        "something is no longer deprecated, or with another text",
        "a use of it no longer warns, or with another text",
    ),
    rule(
        DocumentationChanged,
        Patch,
        "the documentation of something is another",
        "the crate shows it",
    ),
    rule(
        DocumentationChanged,
        Patch,
        "members or values are listed in another order",
        "no program depends on it",
    ),
];

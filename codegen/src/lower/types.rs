//! Types: structures, unions and enumerations with a name.

use super::field::{self, Place};
use super::wire::{self, Message};
use super::{Context, documentation, error_code, is_type, module_of};
use crate::fixups;
use crate::model::{Kind, Model, Role, Structure as Members};
use crate::names::{self, Scope};
use crate::rust::{Enumeration, Field, Item, Presence, Structure, Ty, Union, Variant};
use crate::select;
use indexmap::{IndexMap, IndexSet};

/// Every named type that a member of the closure refers to, and the exceptions.
pub(super) fn lower(context: &Context<'_>) -> Vec<Item> {
    let closure = context.closure;
    let names: IndexSet<&str> = closure
        .read
        .iter()
        .chain(&closure.written)
        .chain(&closure.errors)
        .copied()
        .collect();
    names
        .into_iter()
        .filter_map(|name| item(context, name))
        .collect()
}

fn item(context: &Context<'_>, name: &str) -> Option<Item> {
    let shape = context.shape(name)?;
    if !is_type(&shape.kind) {
        return None;
    }
    let wire = name.to_owned();
    let ident = context.type_name(name);
    let module = module_of(&ident);
    let doc = documentation::shape(context, name, shape);
    let deprecated = documentation::deprecated(context, shape.deprecated.as_ref());
    let exception = context.closure.errors.contains(name);
    let read = exception || context.closure.read.contains(name);
    let written = context.closure.written.contains(name);
    Some(match &shape.kind {
        Kind::Enum(values) => Item::Enumeration(Enumeration {
            variants: variants(context, name, values),
            wire,
            ident,
            module,
            doc,
            deprecated,
        }),
        Kind::Union(members) => {
            let mut variants = field::lower(context, name, members, Place::Nested);
            for variant in &mut variants {
                variant.ident = context.member_name(name, &variant.member, names::variant_name);
                // A variant always has a value, so only the facts that matter for variants are kept.
                variant.required = false;
                variant.presence = Presence::Optional;
            }
            wire::claim(context, name, &variants, Message::Other);
            let events = members
                .event_stream
                .then(|| exceptions(context, members, &mut variants));
            claim(
                context,
                name,
                "members",
                variants
                    .iter()
                    .map(|variant| (variant.ident.as_str(), variant.member.as_str())),
            );
            let idents = variants.iter().map(|variant| variant.ident.as_str());
            let questions = names::question_names(idents);
            let conversions = conversions(context, name, &variants);
            Item::Union(Union {
                variants,
                questions,
                conversions,
                events,
                wire,
                ident,
                module,
                doc,
                read,
                written,
                deprecated,
            })
        }
        Kind::Structure(members) => {
            let fields = field::lower(
                context,
                name,
                members,
                match exception {
                    true => Place::Message(Role::Error),
                    false => Place::Nested,
                },
            );
            claim_members(context, name, &fields);
            wire::claim(context, name, &fields, Message::Other);
            Item::Structure(Structure {
                wire,
                ident,
                module,
                doc,
                fields,
                read,
                written,
                exception,
                event: context.events.contains(name),
                deprecated,
            })
        }
        _ => return None,
    })
}

/// The types that convert into a union, if it is known to be one for any value.
fn conversions(
    context: &Context<'_>,
    shape: &str,
    variants: &[Field],
) -> Vec<(&'static str, String)> {
    let known = fixups::conversions(&context.model.service.id, shape);
    let variant = |member: &str| variants.iter().find(|variant| variant.member == member);
    let known = known.iter();
    known
        .filter_map(|(from, member)| Some((*from, variant(member)?.ident.clone())))
        .collect()
}

/// The structures that are events of a stream, without exceptions.
pub(super) fn events(model: &Model) -> IndexSet<&str> {
    let streams = model
        .shapes
        .keys()
        .filter_map(|name| select::events(model, name));
    streams
        .flat_map(|stream| stream.members.values())
        .map(|member| member.target.as_str())
        .filter(|target| !select::is_error(model, target))
        .collect()
}

/// Exceptions end a stream and are not events: removes them from the variants, and returns the name of each in the
/// stream and its code.
fn exceptions(
    context: &Context<'_>,
    members: &Members,
    variants: &mut Vec<Field>,
) -> Vec<(String, String)> {
    let target = |member: &str| Some(members.members.get(member)?.target.as_str());
    let is_exception = |field: &Field| {
        target(&field.member).is_some_and(|target| select::is_error(context.model, target))
    };
    let exceptions = variants.extract_if(.., |field| is_exception(field));
    let named = exceptions.filter_map(|field| {
        let code = error_code(context, target(&field.member)?);
        Some((field.wire, code))
    });
    named.collect()
}

/// Checks that the names of a structure's fields and of their setters differ.
pub(super) fn claim_members(context: &Context<'_>, shape: &str, fields: &[Field]) {
    let names = || fields.iter().map(|field| field.ident.as_str());
    // If two fields have the same name, so have their second setters: that is reported once.
    let second: Vec<_> = fields
        .iter()
        .map(|field| (names::second_setter(&field.ident), field.member.as_str()))
        .filter(|(second, _)| names().any(|name| name == second))
        .collect();
    let second = second.iter().map(|(name, member)| (name.as_str(), *member));
    let names = names().zip(fields.iter().map(|field| field.member.as_str()));
    let names = names.chain(second);
    claim(context, shape, "members", names);
}

/// Checks that names within one shape differ.
fn claim<'a>(
    context: &Context<'_>,
    shape: &str,
    what: &'static str,
    names: impl Iterator<Item = (&'a str, &'a str)>,
) {
    let shapes = context.file.key("shapes");
    let mut scope = Scope::new(shapes.key(shape), what);
    names.for_each(|(ident, wire)| scope.claim(ident, wire));
}

fn variants(context: &Context<'_>, name: &str, values: &[String]) -> Vec<Variant> {
    let mut variants: Vec<_> = values
        .iter()
        .map(|value| Variant {
            wire: value.clone(),
            ident: context.member_name(name, value, names::variant_name),
        })
        .collect();
    distinguish(context, name, &mut variants);
    claim(
        context,
        name,
        "enum values",
        variants
            .iter()
            .map(|variant| (variant.ident.as_str(), variant.wire.as_str())),
    );
    variants
}

/// If several values result in one name, all but the first in the order of their texts get a number: `Red`, `Red2`.
/// Names that users have chosen are not changed.
fn distinguish(context: &Context<'_>, shape: &str, variants: &mut [Variant]) {
    let mut chosen = IndexSet::new();
    let mut derived = Vec::new();
    let all: IndexSet<String> = variants
        .iter()
        .map(|variant| variant.ident.clone())
        .collect();
    for variant in variants {
        if context
            .renames
            .contains_key(&format!("{shape}.{}", variant.wire))
        {
            chosen.insert(variant.ident.clone());
        } else {
            derived.push(variant);
        }
    }
    // The same text twice is a mistake of the model, and keeps its name.
    derived.sort_by(|a, b| a.wire.cmp(&b.wire));
    let mut taken: IndexMap<String, String> = IndexMap::new();
    for variant in derived {
        let first = taken.entry(variant.ident.clone());
        let first = first.or_insert_with(|| variant.wire.clone());
        if *first == variant.wire || chosen.contains(&variant.ident) {
            continue;
        }
        let mut numbered = (2_u32..).map(|number| format!("{}{number}", variant.ident));
        if let Some(free) = numbered.find(|name| !all.contains(name) && !taken.contains_key(name)) {
            taken.insert(free.clone(), variant.wire.clone());
            variant.ident = free;
        }
    }
}

/// The type of a reference. Checked models have no infinite lists, so this recursion ends.
pub(super) fn ty(context: &Context<'_>, target: &str) -> Ty {
    let Some(shape) = context.shape(target) else {
        return Ty::Document;
    };
    match &shape.kind {
        Kind::Structure(_) => Ty::Structure(context.type_name(target)),
        Kind::Union(union) if union.event_stream => Ty::EventStream(context.type_name(target)),
        Kind::Union(_) => Ty::Union(context.type_name(target)),
        Kind::Enum(_) => Ty::Enumeration(context.type_name(target)),
        Kind::Document => Ty::Document,
        Kind::List { member, sparse } => Ty::List {
            item: Box::new(ty(context, &member.target)),
            sparse: *sparse,
        },
        Kind::Map { key, value, sparse } => Ty::Map {
            key: Box::new(ty(context, &key.target)),
            value: Box::new(ty(context, &value.target)),
            sparse: *sparse,
        },
        Kind::String => Ty::String,
        Kind::Boolean => Ty::Boolean,
        Kind::Byte => Ty::Byte,
        Kind::Short => Ty::Short,
        Kind::Integer => Ty::Integer,
        Kind::Long => Ty::Long,
        Kind::Float => Ty::Float,
        Kind::Double => Ty::Double,
        Kind::Blob { .. } => Ty::Blob,
        Kind::Timestamp { .. } => Ty::Timestamp,
    }
}

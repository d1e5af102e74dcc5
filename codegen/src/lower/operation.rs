//! Operations: the call, its input and its output.

use super::field::{self, Place};
use super::types::claim_members;
use super::wire::{self, Message};
use super::{Context, bodies, documentation, element, pagination, parameters, waiter};
use crate::docs::{Doc, paragraph};
use crate::model::{self, BEARER, Kind, Protocol, Role, SIGV4};
use crate::names;
use crate::rust::{AuthScheme, Binding, Field, Operation, OutputBody, Presence, Structure, Ty};

pub(super) fn lower(context: &Context<'_>, name: &str, operation: &model::Operation) -> Operation {
    let ident = names::operation_name(name);
    if let Some(wrapper) = &operation.result_wrapper {
        context.file.key("operations").key(name).key("output.resultWrapper").problem(format!(
            "expected a result in the element `{name}Result`, as in the query protocol, found one in `{wrapper}`"
        ));
    }
    let mut input = structure(
        context,
        name,
        Role::Input,
        operation.input.as_deref(),
        format!("{ident}Input"),
    );
    let output = structure(
        context,
        name,
        Role::Output,
        operation.output.as_deref(),
        format!("{ident}Output"),
    );
    // A member is in the host name only if the operation's prefix has a label for it.
    let prefix = operation.host_prefix.as_deref().unwrap_or_default();
    for field in &mut input.fields {
        field.host_label &= prefix.contains(&format!("{{{}}}", field.member));
    }
    for (shape, structure, message) in [
        (&operation.input, &input, Message::Request(&operation.uri)),
        (&operation.output, &output, Message::Other),
    ] {
        if let Some(shape) = shape {
            wire::claim(context, shape, &structure.fields, message);
        }
    }
    bodies::whole(context, name, operation, &input);
    let mut doc = documentation::prose(context, operation.documentation.as_deref());
    let pagination = pagination::lower(context, name, operation, &input);
    let waiters = waiter::lower(context, name, operation, &input);
    let required: Vec<_> = input
        .fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
        .map(|field| crate::docs::code_span(field.ident.trim_start_matches("r#")))
        .collect();
    if !required.is_empty() {
        paragraph(&mut doc, &format!("Required: {}.", required.join(", ")));
    }
    if doc.is_empty() {
        doc.push(&format!(
            "The operation {} of the service model.",
            crate::docs::code_span(name)
        ));
    }
    Operation {
        wire: name.to_owned(),
        module: names::module_name(name),
        method: names::method_name(name),
        doc,
        http_method: operation.method.clone(),
        uri: operation.uri.clone(),
        root: element::root(context, operation, &input),
        unwrapped_output: operation.unwrapped_output,
        host_prefix: operation.host_prefix.clone(),
        auth: auth(context, name, operation),
        unsigned_payload: operation.unsigned_payload && !operation.no_auth,
        long_poll: operation.long_poll,
        region_copy: operation.region_copy.clone(),
        expects_body: context.model.service.extension.is_some() && is_in_body(&output),
        gzip: bodies::gzip(context, name, operation),
        checksum: bodies::checksum(context, name, operation, &input),
        validation: bodies::validation(context, name, operation, &input),
        parameters: parameters::lower(context, name, operation),
        output_body: match output.has(Binding::EventStream) {
            true => OutputBody::Events,
            false if output.fields.iter().any(Field::streams) => OutputBody::Stream,
            false => OutputBody::Whole,
        },
        input,
        input_is_body: operation.input.is_some() && tells_inputs_from_none(context),
        output,
        pagination,
        waiters,
        deprecated: documentation::deprecated(context, operation.deprecated.as_ref()),
        ident,
    }
}

/// Whether the output, or a structure in it, is the body.
fn is_in_body(output: &Structure) -> bool {
    output.fields.iter().any(|field| match field.binding {
        Binding::Body => true,
        Binding::Payload => matches!(field.ty, Ty::Structure(_)),
        _ => false,
    })
}

fn tells_inputs_from_none(context: &Context<'_>) -> bool {
    let protocol = context.model.service.protocol.as_ref();
    protocol.is_some_and(Protocol::tells_inputs_from_none)
}

/// The schemes of an operation, its own or the service's. Schemes that the runtime does not support are skipped. The
/// default is a signature.
fn auth(context: &Context<'_>, name: &str, operation: &model::Operation) -> Vec<AuthScheme> {
    if operation.no_auth {
        return Vec::new();
    }
    let (schemes, is_own) = match operation.auth.as_slice() {
        [] => (context.model.service.auth.as_slice(), false),
        schemes => (schemes, true),
    };
    let known = schemes.iter().filter_map(|scheme| match scheme.as_str() {
        SIGV4 => Some(AuthScheme::SigV4),
        BEARER => Some(AuthScheme::Bearer),
        _ => None,
    });
    let mut auth: Vec<AuthScheme> = Vec::new();
    for scheme in known {
        if !auth.contains(&scheme) {
            auth.push(scheme);
        }
    }
    if auth.is_empty() {
        // For the service's own schemes, this is reported once, for the service.
        if is_own {
            let operations = context.file.key("operations");
            super::no_known_scheme(&operations.key(name).key("auth"), schemes);
        }
        auth.push(AuthScheme::SigV4);
    }
    auth
}

/// An input or output: its name is that of the operation, whatever the name of its shape; it is empty if there is no
/// shape.
fn structure(
    context: &Context<'_>,
    operation: &str,
    role: Role,
    shape: Option<&str>,
    ident: String,
) -> Structure {
    let written = role == Role::Input;
    let members = shape.and_then(|name| match &context.shape(name)?.kind {
        Kind::Structure(members) => Some((name, members)),
        _ => None,
    });
    let mut fields = members
        .map(|(name, members)| field::lower(context, name, members, Place::Message(role)))
        .unwrap_or_default();
    for field in &mut fields {
        match &field.ty {
            Ty::EventStream(events) if written => field.ty = Ty::EventInput(events.clone()),
            // A response always has a body, which may be empty.
            _ => field.always = !written && field.streams(),
        }
    }
    if let Some((name, _)) = members {
        claim_members(context, name, &fields);
    }
    let binds = context.model.service.binds_to_http();
    let payloads = fields
        .iter()
        .filter(|field| match field.binding {
            Binding::Payload => true,
            Binding::EventStream => binds,
            _ => false,
        })
        .count();
    let in_body = fields
        .iter()
        .filter(|field| field.binding == Binding::Body)
        .count();
    if payloads > 0 && in_body > 0 {
        let shape = shape.unwrap_or_default();
        context.file.key("shapes").key(shape).problem("expected every member beside a payload to be bound elsewhere, found members bound to the body as well");
    }
    let side = if written { "input" } else { "output" };
    Structure {
        wire: shape.unwrap_or(operation).to_owned(),
        ident,
        module: String::new(),
        doc: Doc::of(&format!(
            "The {side} of {}.",
            crate::docs::code_span(operation)
        )),
        fields,
        read: !written,
        written,
        exception: false,
        event: false,
        deprecated: None,
    }
}

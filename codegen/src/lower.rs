//! From the wire-shaped model to the Rust-shaped crate: every decision is made here, in named passes.

mod bodies;
mod boxing;
mod documentation;
mod element;
mod endpoint;
mod field;
mod operation;
mod pagination;
mod parameters;
mod path;
mod quirks;
mod types;
mod waiter;
mod wire;

pub(crate) use documentation::constraints;
pub(crate) use endpoint::{is_of_partition, lower as endpoint};

use crate::Options;
use crate::model::{BEARER, Kind, Model, Protocol, SIGV4, Shape};
use crate::names::{self, Scope};
use crate::place::{Place, Reporter};
use crate::problem::Problems;
use crate::rust::{Crate, Exception, Item, Names, Operation, Service, Statement};
use crate::select::Closure;
use indexmap::{IndexMap, IndexSet};

pub(crate) const NO_RULES: &str =
    "expected the service's endpoint rules beside the model (endpoint-rule-set-1.json), found none";

/// The input of every pass.
pub(crate) struct Context<'m> {
    model: &'m Model,
    /// The file of the model, for messages.
    file: Place<'m>,
    closure: &'m Closure<'m>,
    renames: &'m IndexMap<String, String>,
    /// Whether to keep the model's prose, or only its facts.
    documentation: bool,
    /// Members that need a `Box`: (shape, member).
    boxed: IndexSet<(&'m str, &'m str)>,
    /// The structures that are events of a stream.
    events: IndexSet<&'m str>,
}

impl<'m> Context<'m> {
    fn shape(&self, name: &str) -> Option<&'m Shape> {
        self.model.shapes.get(name)
    }

    fn kind(&self, name: &str) -> Option<&'m Kind> {
        self.shape(name).map(|shape| &shape.kind)
    }

    fn type_name(&self, shape: &str) -> String {
        self.renames
            .get(shape)
            .cloned()
            .unwrap_or_else(|| names::type_name(shape))
    }

    fn member_name(&self, shape: &str, member: &str, otherwise: fn(&str) -> String) -> String {
        self.renames
            .get(&format!("{shape}.{member}"))
            .cloned()
            .unwrap_or_else(|| otherwise(member))
    }
}

/// The public surface of a crate: everything that follows from the selected operations.
pub(crate) struct Surface {
    pub(crate) operations: Vec<Operation>,
    pub(crate) types: Vec<Item>,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) endpoint: Vec<Statement>,
    /// `None` if no clients are generated for the service's protocol.
    pub(crate) service: Option<Service>,
}

/// Lowers the closure; problems of the earlier steps count as much as those that are found here.
pub(crate) fn lower(
    model: &Model,
    closure: &Closure<'_>,
    options: &Options,
    reporter: Reporter,
) -> Result<Crate, Problems> {
    let Surface {
        operations,
        types,
        exceptions,
        endpoint,
        service,
    } = surface(
        model,
        closure,
        &options.overrides.renames,
        options.documentation,
        &reporter,
    );
    let Some(service) = service else {
        return Err(reporter.into_problems());
    };
    reporter.into_result(Crate {
        package: options.package.clone(),
        version: options.version.clone(),
        runtime: options.runtime.clone(),
        config: options.config.clone(),
        manifest: options.manifest.clone(),
        service,
        operations,
        types,
        exceptions,
        endpoint,
    })
}

/// Everything of a closure that can be lowered, even if there are problems.
pub(crate) fn surface(
    model: &Model,
    closure: &Closure<'_>,
    renames: &IndexMap<String, String>,
    documentation: bool,
    reporter: &Reporter,
) -> Surface {
    let context = Context {
        file: reporter.file(&model.file),
        model,
        closure,
        renames,
        documentation,
        boxed: boxing::boxed(model),
        events: types::events(model),
    };
    let service = service(&context);
    let mut operations: Vec<_> = closure
        .operations
        .iter()
        .map(|(name, operation)| operation::lower(&context, name, operation))
        .collect();
    let mut types = types::lower(&context);
    let exceptions = exceptions(&context);
    let endpoint = match &model.endpoint_rules {
        Some(rules) => endpoint(model, rules, reporter),
        None => {
            context.file.problem(NO_RULES);
            Vec::new()
        }
    };

    let mut methods = Scope::new(context.file.key("operations"), "operations")
        .advising("select one of them under `operations` in tinsmith.toml");
    operations
        .iter()
        .for_each(|operation| methods.claim(&operation.method, &operation.wire));
    let mut modules = Scope::new(context.file.key("operations"), "operations")
        .advising("select one of them under `operations` in tinsmith.toml");
    for operation in &operations {
        modules.claim(&operation.module, &operation.wire);
    }
    // Types with the same name have modules with the same name, and a module never has the name of a type: a type
    // begins with a capital letter, or contains characters that the other does not.
    let mut items = Scope::new(context.file.key("shapes"), "shapes");
    for item in &types {
        let Names { module, shape, .. } = item.names();
        items.claim(module, shape);
    }

    operations.sort_by(|a, b| a.module.cmp(&b.module));
    types.sort_by(|a, b| a.names().ident.cmp(b.names().ident));
    Surface {
        operations,
        types,
        exceptions,
        endpoint,
        service,
    }
}

fn service(context: &Context<'_>) -> Option<Service> {
    let service = &context.model.service;
    let Some(protocol) = service.protocol.clone() else {
        context.file.key("metadata.protocol").problem(format!(
            "expected a protocol that the runtime supports ({}), found `{}`",
            Protocol::NAMES.join(", "),
            service.protocol_name
        ));
        return None;
    };
    let is_known = |scheme: &String| [SIGV4, BEARER].contains(&scheme.as_str());
    if service.is_for_version_2_only() {
        context.file.key("metadata.signatureVersion").problem(
            "expected a service that accepts AWS Signature Version 4, found one that accepts only version 2, which nothing here signs with: no call of its client could succeed",
        );
    } else if !service.auth.is_empty() && !service.auth.iter().any(is_known) {
        no_known_scheme(&context.file.key("metadata.auth"), &service.auth);
    }
    let retryable = context.closure.errors.iter().filter_map(|name| {
        let retryable = error_trait(context, name)?.retryable?;
        let codes = [error_code(context, name), (*name).to_owned()];
        Some(codes.map(|code| (code, retryable.throttling)))
    });
    let mut retryable: Vec<_> = retryable.flatten().collect();
    retryable.sort();
    retryable.dedup_by(|later, first| later.0 == first.0);
    Some(Service {
        id: service.id.clone(),
        full_name: if service.full_name.is_empty() {
            service.id.clone()
        } else {
            service.full_name.clone()
        },
        signing_name: service.signing_name.clone(),
        api_version: service.api_version.clone(),
        protocol,
        retryable,
        retries: quirks::retries(context),
        headers: quirks::headers(context),
        extension: service.extension.clone(),
        doc: documentation::prose(context, service.documentation.as_deref()),
    })
}

fn no_known_scheme(place: &Place<'_>, schemes: &[String]) {
    place.problem(format!(
            "expected an authentication scheme that the runtime supports (`{SIGV4}`, `{BEARER}`), found only `{}`",
            schemes.join("`, `")
        ),
    );
}

fn error_trait<'m>(context: &Context<'m>, name: &str) -> Option<&'m crate::model::ErrorTrait> {
    match &context.shape(name)?.kind {
        Kind::Structure(structure) => structure.error.as_ref(),
        _ => None,
    }
}

/// The code on the wire: the trait's, else the name of the shape.
fn error_code(context: &Context<'_>, name: &str) -> String {
    error_trait(context, name)
        .and_then(|error| error.code.clone())
        .unwrap_or_else(|| name.to_owned())
}

/// The exceptions. In a response, an exception is identified by its code or by the name of its shape: the query
/// protocol has its own codes, and several exceptions may share one of them. In that protocol itself, only the code is
/// used.
fn exceptions(context: &Context<'_>) -> Vec<Exception> {
    let names = &context.closure.errors;
    let protocol = context.model.service.protocol.as_ref();
    let has_names = !protocol.is_some_and(Protocol::answers_with_codes);
    let of_shapes = names.iter().filter(|_| has_names);
    let mut taken: IndexSet<String> = of_shapes.map(|name| (*name).to_owned()).collect();
    let exceptions = names.iter().map(|name| {
        let code = error_code(context, name);
        let mut codes = Vec::new();
        if taken.insert(code.clone()) {
            codes.push(code);
        }
        // If several exceptions have one code, the first is read; the others have names that no response contains.
        if has_names || codes.is_empty() {
            codes.push((*name).to_owned());
        }
        Exception {
            codes,
            ident: context.type_name(name),
            predicate: String::new(),
            message: message(context, name),
        }
    });
    let mut exceptions: Vec<_> = exceptions.collect();
    exceptions.sort_by(|a, b| a.ident.cmp(&b.ident));
    let idents = exceptions.iter().map(|exception| exception.ident.as_str());
    let predicates = names::predicate_names(idents);
    for (exception, predicate) in exceptions.iter_mut().zip(predicates) {
        exception.predicate = predicate;
    }
    exceptions
}

/// The field with the message of an exception: text that is not sensitive.
fn message(context: &Context<'_>, exception: &str) -> Option<String> {
    let shape = context.shape(exception)?;
    let Kind::Structure(structure) = &shape.kind else {
        return None;
    };
    let named = |wanted: &str| {
        let mut members = structure.members.iter();
        members.find(|(name, _)| name.eq_ignore_ascii_case(wanted))
    };
    // The second is OAuth's (RFC 6749, 5.2).
    let (name, member) = named("message").or_else(|| named("error_description"))?;
    let target = context.shape(&member.target)?;
    let is_text = matches!(target.kind, Kind::String);
    let is_shown = !shape.sensitive && !member.sensitive && !target.sensitive;
    (is_text && is_shown).then(|| context.member_name(exception, name, names::field_name))
}

/// Names and modules of types; whoever collects them checks them for collisions.
fn module_of(item: &str) -> String {
    names::module_name(item.trim_start_matches("r#"))
}

/// Types in their own files, for emitters that list them.
pub(crate) fn is_type(item: &Kind) -> bool {
    matches!(item, Kind::Structure(_) | Kind::Union(_) | Kind::Enum(_))
}

//! An operation in its own file: its constant, its input, its output and its call builder.
//!
//! ```text
//! pub(crate) const OPERATION: Operation = Operation { name: "ListImages", … };
//!
//! pub struct ListImagesInput { … }
//!
//! pub struct ListImagesOutput { … }
//!
//! tinsmith_runtime::call! {
//!     pub struct ListImages(ListImagesInput) -> ListImagesOutput { … }
//! }
//! ```

use super::field::Site;
use super::file::{File, Finished, ident};
use super::structure::{debug, declare, header_member, member, payload_member, read_output};
use super::{call, element, pagination, parameters, waiter};
use crate::docs::{Doc, code_span};
use crate::model::RegionCopy;
use crate::rust::{
    AuthScheme, Binding, Checksum, Crate, Field, Operation, OutputBody, ParameterSource, Presence,
    Structure, Ty, Validation,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The list of operations: two lines for each.
pub(super) fn emit_modules(krate: &Crate) -> Finished {
    let modules = krate.operations.iter().map(|operation| {
        let (module, call) = (ident(&operation.module), ident(&operation.ident));
        quote!(pub mod #module; pub use #module::#call;)
    });
    File::new(&krate.service.id, "the operations")
        .module_doc(&Doc::of(
            "The operations: for each its call builder, its input and its output.",
        ))
        .item(quote!(#(#modules)*))
        .finish()
}

pub(super) fn emit(operation: &Operation, service: &str) -> Finished {
    let Operation {
        wire,
        ident: name,
        module: _,
        method: _,
        doc: _,
        http_method,
        uri,
        root,
        unwrapped_output,
        host_prefix,
        auth,
        unsigned_payload,
        long_poll,
        region_copy,
        expects_body,
        gzip,
        checksum,
        validation,
        parameters,
        input,
        input_is_body,
        output,
        pagination,
        output_body,
        waiters,
        deprecated: _,
    } = operation;
    let call_name = ident(name);
    let (input_name, output_name) = (ident(&input.ident), ident(&output.ident));
    let mut imports = vec!["Operation"];
    if pagination.is_some() {
        imports.extend(["PageToken", "Paginated", "Pagination", "Token"]);
    }
    let waits = !waiters.waiters.is_empty();
    if waits {
        imports.extend(["Outcome", "Waiter", "WaiterPlan"]);
    }
    if waiter::calls_runtime(waiters) {
        imports.push("jmespath");
    }
    imports.sort_unstable();
    imports.dedup();
    let imports = imports.iter().map(|name| ident(name));
    let types = names_types(input) || names_types(output);
    let types = if types {
        quote!(
            use crate::types;
        )
    } else {
        quote!()
    };

    let http_method = ident(http_method);
    let host_prefix = host_prefix
        .as_ref()
        .map(|prefix| quote!(host_prefix: Some(#prefix),));
    let root = root.as_ref().map(|root| {
        let root = element::value(root);
        quote!(root: #root,)
    });
    let unwrapped_output = unwrapped_output.then(|| quote!(unwrapped_output: true,));
    let unsigned_payload = unsigned_payload.then(|| quote!(unsigned_payload: true,));
    // The default is a signature.
    let auth = (*auth != [AuthScheme::SigV4]).then(|| {
        let schemes = auth.iter().map(|scheme| match scheme {
            AuthScheme::SigV4 => quote!(SigV4),
            AuthScheme::Bearer => quote!(Bearer),
        });
        quote!(auth: &[#(tinsmith_runtime::AuthScheme::#schemes),*],)
    });
    let output_body = match output_body {
        OutputBody::Whole => None,
        OutputBody::Stream => Some(quote!(Stream)),
        OutputBody::Events => Some(quote!(Events)),
    };
    let output_body =
        output_body.map(|body| quote!(output_body: tinsmith_runtime::OutputBody::#body,));
    let long_poll = long_poll.map(|milliseconds| {
        let milliseconds = proc_macro2::Literal::u64_unsuffixed(milliseconds);
        quote!(long_poll: Some(std::time::Duration::from_millis(#milliseconds)),)
    });
    let region_copy = region_copy.as_ref().map(|RegionCopy { url, sends_regions }| {
        quote!(region_copy: Some(tinsmith_runtime::RegionCopy::new(#url, #sends_regions)),)
    });
    let expects_body = expects_body.then(|| quote!(expects_body: true,));
    let compression = gzip.then(|| quote!(compression: Some(tinsmith_runtime::Compression::GZIP),));
    let checksum = checksum.as_ref().map(|checksum| match checksum {
        Checksum::Md5 => quote!(checksum: Some(tinsmith_runtime::Checksum::CONTENT_MD5),),
        Checksum::Chosen { header, required } => {
            let header = match header {
                Some(header) => quote!(Some(#header)),
                None => quote!(None),
            };
            quote!(checksum: Some(tinsmith_runtime::Checksum::chosen(#header, #required)),)
        }
    });
    let validation = validation.as_ref().map(|Validation { header, algorithms }| {
        quote!(validation: Some(tinsmith_runtime::Validation { header: #header, algorithms: &[#(#algorithms),*] }),)
    });
    let title = format!(
        "{}: its call builder, its input and its output.",
        code_span(wire)
    );
    let mut file = File::new(service, &format!("the operation {}", code_span(wire)))
        .module_doc(&Doc::of(&title))
        .item(quote!(#types use crate::{Client, Error, ServiceError}; use tinsmith_runtime::{#(#imports),*};))
        .item(quote! {
            pub(crate) const OPERATION: Operation = Operation {
                name: #wire,
                method: tinsmith_runtime::Method::#http_method,
                uri: #uri,
                service: &crate::client::SERVICE,
                #root
                #unwrapped_output
                #host_prefix
                #auth
                #unsigned_payload
                #output_body
                #long_poll
                #compression
                #checksum
                #validation
                #region_copy
                #expects_body
                ..Operation::DEFAULT
            };
        })
        .lines(&declare(input, Site::Operation, "write"))
        .item(debug(&input_name, &input.fields))
        .item(write_input(&input_name, &input.fields, *input_is_body, parameters))
        .lines(&declare(output, Site::Operation, "read"))
        .item(debug(&output_name, &output.fields))
        .lines(&read_output(&output.ident, &output.fields));
    file = file.lines(&call::emit(operation));
    if let Some(pagination) = pagination {
        file = file.lines(&pagination::emit(pagination, wire, name));
    }
    for item in waiter::items(waiters, wire, &call_name, &output_name) {
        file = file.item(item);
    }
    file.finish()
}

fn names_types(structure: &Structure) -> bool {
    fn named(ty: &Ty) -> bool {
        match ty {
            Ty::Enumeration(_)
            | Ty::Structure(_)
            | Ty::Union(_)
            | Ty::EventInput(_)
            | Ty::EventStream(_) => true,
            Ty::List { item, .. } => named(item),
            Ty::Map { key, value, .. } => named(key) || named(value),
            _ => false,
        }
    }
    structure.fields.iter().any(|field| named(&field.ty))
}

/// Writes the members to their places in the request.
fn write_input(
    owner: &Ident,
    fields: &[Field],
    is_body: bool,
    parameters: &[(String, ParameterSource)],
) -> TokenStream {
    let mut bound: Vec<_> = fields.iter().map(bind).collect();
    bound.retain(|call| !call.is_empty());
    let has_body = is_body || fields.iter().any(|field| field.binding == Binding::Body);
    if bound.is_empty() && has_body && parameters.is_empty() {
        return quote!(impl tinsmith_runtime::WriteInput for #owner {});
    }
    if has_body {
        bound.push(quote!(request.body(self);));
    }
    bound.extend(parameters.iter().map(parameters::give));
    let request = if bound.is_empty() {
        quote!(_request)
    } else {
        quote!(request)
    };
    quote! {
        impl tinsmith_runtime::WriteInput for #owner {
            fn write_request(&self, #request: &mut tinsmith_runtime::RequestWriter) { #(#bound)* }
        }
    }
}

fn bind(field: &Field) -> TokenStream {
    let (in_model, wire, name) = (&field.member, &field.wire, ident(&field.ident));
    let named: TokenStream = member(field).parse().unwrap_or_default();
    let is_label_already = field.binding == Binding::Label && in_model == wire;
    let host_label = (field.host_label && !is_label_already)
        .then(|| quote!(request.label(#in_model, &self.#name);));
    let is_required = field.presence == Presence::Required;
    let is_generated = field.presence == Presence::Generated;
    // Labels are checked where they are written, and members of the body by their table.
    let require = (is_required && !field.host_label)
        .then(|| quote!(request.require(#in_model, &self.#name);));
    let call = |method: &str| {
        let method = ident(method);
        quote!(request.#method(#named, &self.#name);)
    };
    let header = |method: &str| {
        let method = ident(method);
        let header: TokenStream = header_member(field).parse().unwrap_or_default();
        quote!(request.#method(#header, &self.#name);)
    };
    let bound = match field.binding {
        Binding::Body | Binding::StatusCode | Binding::EventHeader | Binding::EventPayload => {
            TokenStream::new()
        }
        Binding::EventStream if is_required => {
            quote!(request.required_events(#in_model, &self.#name);)
        }
        Binding::EventStream => quote!(request.events(&self.#name);),
        Binding::Label => call("label"),
        Binding::LastSegment => call("label_last_segment"),
        Binding::Query if is_generated => {
            quote!(request.idempotency_query(#wire, &self.#name);)
        }
        Binding::Query => {
            let query = call("query");
            quote!(#require #query)
        }
        Binding::QueryMap => quote!(#require request.query_map(&self.#name);),
        Binding::Header if is_generated => header("idempotency_header"),
        Binding::Header => {
            let header = header("header");
            quote!(#require #header)
        }
        Binding::ContentLength => {
            quote!(#require request.content_length(#in_model, self.#name);)
        }
        Binding::JsonHeader => {
            let header = header("json_header");
            quote!(#require #header)
        }
        Binding::PrefixHeaders => {
            let headers = header("prefix_headers");
            quote!(#require #headers)
        }
        Binding::Payload => match field.ty {
            Ty::ByteStream { sized } => {
                let require =
                    is_required.then(|| quote!(request.require_stream(#in_model, &self.#name);));
                let write = if sized {
                    quote!(request.payload_sized_stream(#in_model, &self.#name, "application/octet-stream");)
                } else {
                    quote!(request.payload_stream(&self.#name, "application/octet-stream");)
                };
                quote!(#require #write)
            }
            Ty::Blob => {
                quote!(#require request.payload_blob(#wire, &self.#name, "application/octet-stream");)
            }
            Ty::String | Ty::Enumeration(_) => {
                quote!(#require request.payload_string(#wire, &self.#name, "text/plain");)
            }
            _ => {
                let root = payload_member(field, field.element.clone());
                let root: TokenStream = root.parse().unwrap_or_default();
                match field.ty {
                    Ty::Structure(_) => {
                        quote!(#require request.payload_structure(#root, &self.#name);)
                    }
                    _ => quote!(#require request.payload_value(#root, &self.#name);),
                }
            }
        },
    };
    quote!(#host_label #bound)
}

//! Operation shapes.

use super::closure::targets;
use super::ids::own_name;
use super::pagination;
use super::prelude::UNIT;
use super::traits::Traits;
use super::{Reader, account};
use crate::json::Node;
use crate::model::{Checksum, Operation, Protocol, XmlRoot};
use crate::problem::Part;
use crate::read::traits::{checksum, compression};
use indexmap::IndexMap;

/// Checks the references of operations, resources and services to shapes.
pub(super) fn references(shapes: &Node<'_, '_>, shape: &Node<'_, '_>) {
    const SINGLE: &[&str] = &[
        "input", "output", "create", "put", "read", "update", "delete", "list",
    ];
    const MANY: &[&str] = &["operations", "collectionOperations", "resources", "errors"];
    if !matches!(
        super::closure::kind(shape),
        Some("operation" | "resource" | "service")
    ) {
        return;
    }
    for (key, node) in shape.entries() {
        if SINGLE.contains(&key) {
            account::reference(shapes, &node);
        } else if MANY.contains(&key) {
            for item in node.items() {
                account::reference(shapes, &item);
            }
        }
    }
}

/// The operations by name.
pub(super) fn read(
    reader: &Reader<'_, '_>,
    service: &Node<'_, '_>,
    ids: &[&str],
) -> IndexMap<String, Operation> {
    let mut operations = IndexMap::new();
    for id in ids {
        let Some(node) = reader.shapes.get(id) else {
            continue;
        };
        let name = own_name(id);
        node.place.within(Part::Operation(name.to_owned()), || {
            if super::closure::kind(&node) == Some("operation") {
                let read = operation(reader, service, &node);
                operations.insert(name.to_owned(), read);
            } else {
                node.problem("expected an operation, as the service or a resource says, found another type of shape",
                );
            }
        });
    }
    operations
}

fn operation(reader: &Reader<'_, '_>, service: &Node<'_, '_>, node: &Node<'_, '_>) -> Operation {
    let traits = Traits::of(node);
    let structure = |key| {
        let target = targets(node, key).into_iter().next();
        target.filter(|id| *id != UNIT).map(|id| reader.name(id))
    };
    let http = traits.http();
    let one_place = || ("POST".to_owned(), "/".to_owned());
    let (method, uri) = match (reader.protocol().map(Protocol::binds_to_http), http) {
        // All calls have one path, whatever the bindings for other protocols are.
        (Some(false), _) => one_place(),
        (_, Some(http)) => http,
        (Some(true), None) => {
            node.problem("expected an operation with the trait `smithy.api#http`, found none");
            one_place()
        }
        (None, None) => one_place(),
    };
    // The service's common errors come after the operation's own.
    let errors = targets(node, "errors").into_iter();
    let errors = errors.chain(targets(service, "errors"));
    let auth = traits.auth();
    let no_auth = auth.as_ref().is_some_and(Vec::is_empty) || traits.optional_auth();
    let chosen = traits.http_checksum().map(|node| checksum(&node));
    let (chosen, validation) = chosen.unwrap_or_default();
    let md5 = traits.http_checksum_required().then_some(Checksum::Md5);
    let checksum = chosen.or(md5);
    Operation {
        method,
        uri,
        input: structure("input"),
        output: structure("output"),
        errors: errors.map(|id| reader.name(id)).collect(),
        documentation: traits.documentation(),
        deprecated: traits.deprecated(),
        pagination: pagination::read(service, node),
        host_prefix: traits.endpoint(),
        no_auth,
        auth: auth.unwrap_or_default(),
        unsigned_payload: traits.unsigned_payload(),
        static_parameters: traits.static_parameters(),
        path_parameters: traits.path_parameters(),
        compression: traits
            .request_compression()
            .map_or_else(Vec::new, |node| compression(&node)),
        checksum,
        validation,
        xml_root: xml_root(reader, node),
        // Only the default name is written.
        result_wrapper: None,
        unwrapped_output: traits.unwrapped_output(),
        long_poll: traits.long_poll(),
        region_copy: None,
    }
}

/// The facts about the input as a root element.
fn xml_root(reader: &Reader<'_, '_>, node: &Node<'_, '_>) -> XmlRoot {
    let input = targets(node, "input").into_iter().next();
    let Some(input) = input.and_then(|id| reader.shapes.get(id)) else {
        return XmlRoot::default();
    };
    let traits = Traits::of(&input);
    XmlRoot {
        name: traits.xml_name(),
        namespace: traits.xml_namespace(),
    }
}

//! Names and namespaces of XML: valid names of elements, attributes and declarations.

use crate::http;
use crate::model::{BodyNames, Model, Namespace, Protocol, WireFacts, XmlRoot};
use crate::place::Place;
use crate::problem::Part;

pub(super) fn check(model: &Model, file: &Place<'_>) {
    let protocol = model.service.protocol.as_ref();
    if protocol.map(Protocol::body_names) != Some(BodyNames::Xml) {
        return;
    }
    let add = |part: Part, path: String, message: String| {
        file.within(part, || file.key(&path).problem(message));
    };
    if let Some(namespace) = &model.service.xml_namespace
        && let Some(message) = wrong_namespace(namespace)
    {
        add(Part::Service, "metadata.xmlNamespace".to_owned(), message);
    }
    for (operation, of) in &model.operations {
        let XmlRoot { name, namespace } = &of.xml_root;
        let wrong = [
            name.as_deref().and_then(wrong_name),
            of.result_wrapper.as_deref().and_then(wrong_name),
            namespace.as_ref().and_then(wrong_namespace),
        ];
        for message in wrong.into_iter().flatten() {
            let part = Part::Operation(operation.clone());
            add(part, format!("operations.{operation}"), message);
        }
    }
    for (shape, of) in &model.shapes {
        for (name, member) in of.kind.members() {
            let WireFacts {
                flattened: _,
                attribute: _,
                namespace,
                // A key of a form, in which every character can be escaped.
                query_name: _,
            } = &member.wire;
            let wrong = [
                wrong_name(member.body_key(name)),
                namespace.as_ref().and_then(wrong_namespace),
            ];
            for message in wrong.into_iter().flatten() {
                let part = Part::Shape(shape.clone());
                add(part, format!("shapes.{shape}.{name}"), message);
            }
        }
    }
}

fn wrong_name(name: &str) -> Option<String> {
    let expected = "expected a valid name of an XML element";
    (!http::is_xml_name(name)).then(|| format!("{expected}, found {name:?}"))
}

fn wrong_namespace(namespace: &Namespace) -> Option<String> {
    let Namespace { uri, prefix } = namespace;
    if uri.is_empty() || uri.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Some(format!("expected the URI of a namespace, found {uri:?}"));
    }
    let prefix = prefix.as_deref()?;
    let may_be_declared = http::is_xml_prefix(prefix) && !matches!(prefix, "xml" | "xmlns");
    (!may_be_declared).then(|| format!("expected a prefix that XML can declare, found {prefix:?}"))
}

//! Bodies in XML and forms as trees, for comparing: the order of attributes and of the entries of maps, and white space
//! around texts, have no meaning.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use tinsmith_codegen::model::{Kind, Model};

/// An element, or a part of the names in a form.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

/// The names of the entries of maps in bodies of the service.
pub(super) fn entries(model: &Model) -> BTreeSet<String> {
    let mut entries = BTreeSet::from(["entry".to_owned()]);
    for shape in model.shapes.values() {
        let (Kind::Structure(structure) | Kind::Union(structure)) = &shape.kind else {
            continue;
        };
        for (name, member) in &structure.members {
            let target = model.shapes.get(&member.target).map(|target| &target.kind);
            if member.wire.flattened && matches!(target, Some(Kind::Map { .. })) {
                entries.insert(member.wire_name.as_ref().unwrap_or(name).clone());
            }
        }
    }
    entries
}

impl Element {
    /// Sorts the entries of maps.
    pub(super) fn sort(&mut self, entries: &BTreeSet<String>) {
        for child in &mut self.children {
            child.sort(entries);
        }
        let together = |one: &Self, other: &Self| one.name == other.name;
        for siblings in self.children.chunk_by_mut(together) {
            if siblings
                .first()
                .is_some_and(|it| entries.contains(&it.name))
            {
                siblings.sort();
            }
        }
        // The entries in a form are numbered.
        let is_numbered = |child: &Self| child.name.bytes().all(|byte| byte.is_ascii_digit());
        if entries.contains(&self.name) && self.children.iter().all(is_numbered) {
            self.children
                .iter_mut()
                .for_each(|child| child.name.clear());
            self.children.sort();
        }
    }

    /// The child with this name, the last one if there are several.
    fn child(&mut self, name: &str) -> Option<&mut Self> {
        if self.children.last().is_none_or(|last| last.name != name) {
            self.children.push(Self {
                name: name.to_owned(),
                ..Self::default()
            });
        }
        self.children.last_mut()
    }
}

/// The names and values of a form, by the parts of the names.
pub(super) fn form(text: &str) -> Option<Element> {
    let mut form = Element::default();
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=')?;
        let mut place = &mut form;
        for part in name.split('.') {
            place = place.child(part)?;
        }
        value.clone_into(&mut place.text);
    }
    Some(form)
}

/// The outermost element of a text; `None`: it is not XML.
pub(super) fn xml(text: &str) -> Option<Element> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => open.push(begin(&start)?),
            Event::End(_) => {
                let mut ended = open.pop()?;
                ended.text = ended.text.trim().to_owned();
                open.last_mut()?.children.push(ended);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
            Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = match reference.resolve_char_ref().ok()? {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&reference)?.to_owned(),
                };
                open.last_mut()?.text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut document = open.pop().filter(|_| open.is_empty())?;
    let root = document.children.pop();
    root.filter(|_| document.children.is_empty())
}

fn begin(start: &BytesStart<'_>) -> Option<Element> {
    let mut element = Element {
        name: start.name().into_inner().to_owned(),
        ..Element::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        let name = attribute.key.into_inner().to_owned();
        element.attributes.insert(name, value.ok()?.into_owned());
    }
    Some(element)
}

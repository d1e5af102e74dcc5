//! What the setters of a structure take, and what a second call does.

use std::collections::{BTreeMap, HashMap};

use tinsmith_runtime::{Blob, Document, setters};

#[derive(Clone, Debug, Default, PartialEq)]
struct Kiln {
    name: Option<String>,
    heat: Option<i16>,
    weight: Option<i64>,
    is_lit: Option<bool>,
    ash: Option<Blob>,
    anything: Option<Document>,
    inner: Option<Box<Kiln>>,
    glazes: Option<Vec<String>>,
    sizes: Option<Vec<i64>>,
    notes: Option<Vec<Document>>,
    gaps: Option<Vec<Option<String>>>,
    shelves: Option<Vec<Vec<String>>>,
    tags: Option<BTreeMap<String, String>>,
    counts: Option<BTreeMap<String, i16>>,
}

setters!(Kiln {
    name, set_name(impl String),
    heat, set_heat(i16),
    weight, set_weight(i64),
    is_lit, set_is_lit(bool),
    ash, set_ash(impl Blob),
    anything, set_anything(impl Document),
    inner, set_inner(Box<Kiln>),
    glazes, set_glazes([impl String]),
    sizes, set_sizes([i64]),
    notes, set_notes([Document]),
    gaps, set_gaps([Option<String>]),
    shelves, set_shelves([Vec<String>]),
    tags, set_tags(impl String, impl String),
    counts, set_counts(impl String, i16),
});

fn glazes(kiln: Kiln) -> Vec<String> {
    kiln.glazes.unwrap()
}

#[test]
fn a_value_and_an_option_of_one_go_the_same_way() {
    let (text, none) = ("big".to_owned(), None::<&str>);
    let named = Kiln::builder().name("big").build();
    assert_eq!(named.clone().name(&text), named);
    assert_eq!(named.clone().name(Some(&text)), named);
    assert_eq!(named.clone().set_name(Some("big".into())), named);
    assert_eq!(named.clone().name(none), Kiln::default());
    assert_eq!(named.set_name(None), Kiln::default());

    let kiln = Kiln::default()
        .heat(900)
        .weight(3_000_000_000)
        .is_lit(Some(true));
    assert_eq!((kiln.heat, kiln.weight), (Some(900), Some(3_000_000_000)));
    assert_eq!(kiln.is_lit, Some(true));
    assert_eq!(kiln.heat(None).heat, None);
    assert_eq!(Kiln::default().set_heat("x".parse().ok()).heat, None);

    let kiln = Kiln::default()
        .ash(vec![1, 2])
        .inner(Kiln::default().name("small"));
    assert_eq!(kiln.ash, Some(Blob::from(vec![1, 2])));
    assert_eq!(kiln.inner.unwrap().name.unwrap(), "small");
    let kiln = Kiln::default().inner(Some(Kiln::default()));
    assert_eq!(kiln.set_inner(None), Kiln::default());
    let kiln = Kiln::default().anything(serde_json::json!({"a": 1}));
    assert!(
        kiln.anything
            .is_some_and(|value| value.as_object().is_some())
    );
}

#[test]
fn a_list_takes_one_item_or_any_number_and_adds_them() {
    let some = vec!["b".to_owned(), "c".to_owned()];
    let kiln = Kiln::default().glazes("a").glazes(&some).glazes(["d"]);
    assert_eq!(glazes(kiln.clone()), ["a", "b", "c", "d"]);
    assert_eq!(glazes(kiln.clone().glazes(Some(some.clone()))).len(), 6);
    assert_eq!(kiln.clone().glazes(None::<Vec<String>>), kiln);
    assert_eq!(glazes(kiln.clone().set_glazes(Some(some.clone()))), some);
    assert_eq!(kiln.set_glazes(None), Kiln::default());
    // What is set and empty is sent; what is not set is not.
    assert_eq!(
        glazes(Kiln::default().glazes(Vec::<String>::new())).len(),
        0
    );
    assert_eq!(Kiln::default().glazes(None::<Vec<String>>).glazes, None);
}

#[test]
fn items_that_could_be_lists_themselves_are_taken_exactly() {
    let kiln = Kiln::default()
        .sizes(3_000_000_000)
        .sizes([1, 2])
        .sizes(Some(vec![3]));
    assert_eq!(kiln.sizes.unwrap(), [3_000_000_000, 1, 2, 3]);

    let list = Document::from(vec!["a", "b"]);
    let kiln = Kiln::default().notes(list.clone());
    assert_eq!(kiln.notes.unwrap().first(), Some(&list));
    let kiln = Kiln::default().notes(vec![list.clone(), Document::Null]);
    assert_eq!(kiln.notes.unwrap(), [list, Document::Null]);

    let kiln = Kiln::default().gaps(Some("a".to_owned())).gaps(vec![None]);
    assert_eq!(kiln.gaps.unwrap(), [Some("a".to_owned()), None]);

    let shelf = vec!["cup".to_owned(), "jug".to_owned()];
    let kiln = Kiln::default()
        .shelves(shelf.clone())
        .shelves([shelf.clone()]);
    assert_eq!(kiln.shelves.unwrap(), [shelf.clone(), shelf]);
}

#[test]
fn a_map_takes_an_entry_and_adds_it_or_any_number_that_replace_it() {
    let kiln = Kiln::default().tags("a", "1").tags("b", "2").tags("a", "3");
    let expected = BTreeMap::from([("a", "3"), ("b", "2")].map(|(k, v)| (k.into(), v.into())));
    assert_eq!(kiln.tags.clone(), Some(expected));
    let replaced = kiln.clone().set_tags(HashMap::from([("c", "4")]));
    assert_eq!(replaced.tags.unwrap().len(), 1);
    let cleared = kiln.set_tags(None::<BTreeMap<String, String>>);
    assert_eq!(cleared, Kiln::default());
    let counts = Kiln::default().counts("a", 1).counts.unwrap();
    assert_eq!(counts, BTreeMap::from([("a".to_owned(), 1)]));
}

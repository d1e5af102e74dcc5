//! No text of a model becomes anything but text. Every string of every model at hand, in both formats, with its names,
//! keys and companions, gets a line break, a fence, a carriage return and characters that nobody sees. Then the model is
//! refused with a message, or what is generated holds none of them raw, no line begins with what came after a break unless
//! it is a line of documentation, and a fence is labelled `text`.
//!
//! Not every string of every model is tried, for that takes hours: of the places that are alike (the same keys on the way
//! there, whatever names are between them) the first of [`EACH`] models are. A name is changed wherever it stands.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use tinsmith_codegen::{BotocoreFiles, JsonFile, Problems, generate, read_botocore, read_smithy};
use tinsmith_golden::case::options;
use tinsmith_golden::files::{entries, here, text};
use tinsmith_golden::row::is_invisible;

/// In how many models a place of a kind is tried, once in each.
const EACH: usize = 2;

/// What stands after a break: no line may begin with it.
const AFTER: &str = "forged";

/// What is put into a string; where a group is refused together, its members are tried one by one.
const GROUPS: &[&[&str]] = &[
    &["\n```\nforged!(1)\n```\n\n\n    forged!(2)\n\n\n~~~rust\nforged!(3)\n~~~\n"],
    &["\rforged\u{1b}[31m\0\u{85}forged"],
    &[
        "\u{202e}\u{2066}\u{200b}\u{200d}\u{e0041}\u{feff}\u{fe0f}\u{3164}",
        "\u{2028}forged",
    ],
];

/// References of HTML to the same characters, for texts of several words.
const REFERENCES: &[&str] = &[
    "&#8238;&#x202e;&rlm;&zwj;&ZeroWidthSpace;&NoBreak;&shy;&#xE0041;&#13;forged&#10;forged&#27;",
];

const SMITHY: &str = "model.smithy.json";

/// The files of one model by their names.
#[derive(Clone)]
struct Sources {
    name: String,
    files: Value,
}

impl Sources {
    /// The model in a folder, if one is there.
    fn of(name: &str, folder: &std::path::Path, file: &str, rules: bool) -> Option<Self> {
        folder.join(file).is_file().then(|| {
            let companions = [
                "paginators-1.json",
                "waiters-2.json",
                "endpoint-rule-set-1.json",
            ];
            let names =
                std::iter::once(file).chain(companions.into_iter().filter(|_| file != SMITHY));
            let mut files: serde_json::Map<String, Value> = names
                .filter_map(|name| Some((name.to_owned(), parsed(&text(&folder.join(name))?))))
                .collect();
            if let Some(ast) = files.get_mut(SMITHY) {
                give_rules(ast);
            }
            if rules && !files.contains_key("endpoint-rule-set-1.json") {
                let shared =
                    text(&here("endpoint-rule-set-1.json")).expect("the cases share rules");
                files.insert("endpoint-rule-set-1.json".to_owned(), parsed(&shared));
            }
            Self {
                name: name.to_owned(),
                files: Value::Object(files),
            }
        })
    }

    fn generate(&self) -> Result<BTreeMap<String, String>, Problems> {
        let file = |name: &str| {
            let value = self.files.get(name)?.clone();
            Some(JsonFile {
                path: name.to_owned(),
                value,
            })
        };
        let model = match file(SMITHY) {
            Some(ast) => read_smithy(&ast, None)?,
            None => read_botocore(&BotocoreFiles {
                service: file("service-2.json").expect("a model has a service"),
                service_extras: None,
                paginators: file("paginators-1.json"),
                paginators_extras: None,
                waiters: file("waiters-2.json"),
                endpoint_rules: file("endpoint-rule-set-1.json"),
            })?,
        };
        generate(&model, &options("golden-texts")).map(|generated| generated.tree)
    }
}

/// Endpoint rules for a service that has none.
fn give_rules(ast: &mut Value) {
    let shared =
        text(&here("../frontends/pairs/endpoint-rule-set-1.json")).expect("the pairs share rules");
    let services = ast["shapes"].as_object_mut().into_iter().flatten();
    for (_, service) in services.filter(|(_, shape)| shape["type"] == "service") {
        let traits = service["traits"]
            .as_object_mut()
            .expect("a service has traits");
        traits
            .entry("smithy.rules#endpointRuleSet")
            .or_insert_with(|| parsed(&shared));
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("models are JSON")
}

/// All models of the golden cases, and those in Smithy's format of the pairs.
fn models() -> Vec<Sources> {
    let cases = here("cases");
    let cases = entries(&cases).into_iter().filter_map(|(name, _)| {
        let folder = cases.join(&name);
        Sources::of(&name, &folder, "service-2.json", true)
            .or_else(|| Sources::of(&name, &folder, SMITHY, false))
    });
    let pairs = here("../frontends/pairs");
    let pairs = entries(&pairs).into_iter().filter_map(|(name, _)| {
        Sources::of(
            &format!("{name} in Smithy"),
            &pairs.join(&name),
            SMITHY,
            false,
        )
    });
    cases.chain(pairs).collect()
}

/// Where a string is: keys and indices on the way, and whether it is the last key itself.
type Way = Vec<Step>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Item(usize),
}

/// A string to be changed.
#[derive(Clone, Debug)]
enum Target {
    /// The value at the end of a way.
    Value(Way),
    /// The last key of a way.
    Key(Way),
    /// A name, wherever it stands; the way leads to what it names.
    Name(String, Way),
}

/// What is tried: a model and a target in it.
fn work() -> Vec<(Sources, Target)> {
    let mut work = Vec::new();
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    for sources in models() {
        let mut targets = Vec::new();
        walk(&sources.files, &mut Vec::new(), &mut targets);
        let mut classes = BTreeSet::new();
        for target in targets {
            let class = match &target {
                Target::Value(way) => format!("value {}", class(way)),
                Target::Key(way) => format!("key {}", class(way)),
                Target::Name(name, way) => {
                    let ty =
                        pointed(&sources.files, way).and_then(|shape| shape.get("type")?.as_str());
                    let ty = ty.unwrap_or_default();
                    format!("name {ty} {} {}", class(way), name.contains('#'))
                }
            };
            if classes.insert(class.clone()) {
                let seen = alike.entry(class).or_default();
                *seen += 1;
                if *seen
                    <= if matches!(target, Target::Key(_)) {
                        1
                    } else {
                        EACH
                    }
                {
                    work.push((sources.clone(), target));
                }
            }
        }
    }
    work
}

/// Keys under which names stand, and not words of the format.
const OF_NAMES: &[&str] = &[
    "shapes",
    "members",
    "operations",
    "waiters",
    "pagination",
    "parameters",
    "headers",
];

/// The way without the names in it.
fn class(way: &[Step]) -> String {
    let mut class = String::new();
    let mut above = "";
    for step in way {
        match step {
            Step::Item(_) => class.push_str("/0"),
            Step::Key(_) if OF_NAMES.contains(&above) => class.push_str("/*"),
            Step::Key(key) => {
                class.push('/');
                class.push_str(key);
            }
        }
        above = match step {
            Step::Key(key) if !OF_NAMES.contains(&above) => key,
            _ => "",
        };
    }
    class
}

fn walk(value: &Value, way: &mut Way, found: &mut Vec<Target>) {
    match value {
        Value::String(_) => found.push(Target::Value(way.clone())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                way.push(Step::Item(index));
                walk(item, way, found);
                way.pop();
            }
        }
        Value::Object(object) => {
            let named =
                matches!(way.last(), Some(Step::Key(key)) if OF_NAMES.contains(&key.as_str()));
            for (key, value) in object {
                let is_file = way.is_empty();
                way.push(Step::Key(key.clone()));
                if !is_file {
                    found.push(Target::Key(way.clone()));
                }
                if named {
                    found.push(Target::Name(key.clone(), way.clone()));
                }
                walk(value, way, found);
                way.pop();
            }
        }
        _ => {}
    }
}

fn pointed<'v>(value: &'v Value, way: &[Step]) -> Option<&'v Value> {
    way.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Item(index) => value.get(index),
    })
}

fn is_prose(files: &Value, way: &[Step]) -> bool {
    let text = pointed(files, way).and_then(Value::as_str);
    text.is_some_and(|text| text.contains(' '))
}

/// Text with something in its middle: what follows is what came after the break.
fn with(text: &str, attack: &str) -> String {
    let middle = text.char_indices().nth(text.chars().count().div_ceil(2));
    let (before, after) = text.split_at(middle.map_or(text.len(), |(at, _)| at));
    format!("{before}{attack}{after}")
}

fn change(value: &mut Value, target: &Target, attack: &str) {
    match target {
        Target::Name(name, _) => change_all(value, name, attack),
        Target::Value(way) => {
            if let Some(Value::String(text)) = at(value, way) {
                *text = with(text, attack);
            }
        }
        Target::Key(way) => {
            if let Some((Step::Key(key), above)) = way.split_last()
                && let Some(Value::Object(object)) = at(value, above)
            {
                let changed = std::mem::take(object)
                    .into_iter()
                    .map(|(name, value)| match name {
                        name if name == *key => (with(&name, attack), value),
                        name => (name, value),
                    });
                *object = changed.collect();
            }
        }
    }
}

fn at<'v>(value: &'v mut Value, way: &[Step]) -> Option<&'v mut Value> {
    way.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Item(index) => value.get_mut(index),
    })
}

fn change_all(value: &mut Value, text: &str, attack: &str) {
    match value {
        Value::String(found) if found == text => *found = with(text, attack),
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| change_all(item, text, attack)),
        Value::Object(object) => {
            let changed = std::mem::take(object).into_iter().map(|(key, mut value)| {
                change_all(&mut value, text, attack);
                (if key == text { with(&key, attack) } else { key }, value)
            });
            *object = changed.collect();
        }
        _ => {}
    }
}

/// What is wrong with a generated crate.
fn faults(tree: &BTreeMap<String, String>) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in tree {
        let mut fence = false;
        let mut before = "";
        for (number, line) in text.lines().enumerate() {
            let mut fault =
                |what: &str| faults.push(format!("{path}:{}: {what}: {line:?}", number + 1));
            if line.chars().any(is_invisible) {
                fault("an invisible character");
            }
            let code = line.trim_start();
            if code.starts_with(AFTER) || code.starts_with("/*") || code.starts_with("* ") {
                fault("a line that is the model's");
            }
            let Some(doc) = code.strip_prefix("///").or(code.strip_prefix("//!")) else {
                fence = false;
                before = "";
                continue;
            };
            let inside = doc.trim_start_matches([' ', '>', '-']);
            let label = inside.strip_prefix("```").or(inside.strip_prefix("~~~"));
            match label.filter(|label| !label.contains('`')) {
                Some("") if fence => fence = false,
                Some("text") if !fence => fence = true,
                Some(_) if !fence => fault("a fence that is not text"),
                _ if !fence && before.is_empty() && doc.starts_with("     ") => {
                    fault("an indented example")
                }
                _ => {}
            }
            before = doc;
        }
    }
    faults
}

/// Tries one change: `None` where the model is refused.
fn attempt(sources: &Sources, target: &Target, attack: &str) -> Option<Vec<String>> {
    let mut changed = sources.clone();
    change(&mut changed.files, target, attack);
    match changed.generate() {
        Ok(tree) => Some(faults(&tree)),
        Err(problems) => {
            assert!(
                !problems.0.is_empty(),
                "{}: {target:?}: refused without a word",
                sources.name
            );
            let message = problems.to_string();
            assert!(
                !message.contains("fault of the generator"),
                "{}: {target:?}: {message}",
                sources.name
            );
            None
        }
    }
}

#[test]
fn no_text_of_a_model_becomes_anything_but_text() {
    let work = work();
    let (next, tried, taken) = (
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    );
    let count = |attempt: Option<Vec<String>>| {
        tried.fetch_add(1, Ordering::Relaxed);
        taken.fetch_add(usize::from(attempt.is_some()), Ordering::Relaxed);
        attempt
    };
    let one_by_one = || {
        let mut faults = Vec::new();
        while let Some((sources, target)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
            let groups = match target {
                // A word of the format that is changed is unknown, whatever is in it.
                Target::Key(_) => GROUPS[..1].to_vec(),
                Target::Value(way) if is_prose(&sources.files, way) => {
                    [GROUPS, &[REFERENCES]].concat()
                }
                _ => GROUPS.to_vec(),
            };
            for group in groups {
                let found = match count(attempt(sources, target, &group.concat())) {
                    Some(found) => found,
                    None if group.len() == 1 => continue,
                    None => {
                        let each = group
                            .iter()
                            .filter_map(|attack| count(attempt(sources, target, attack)));
                        each.flatten().collect()
                    }
                };
                faults.extend(
                    found
                        .first()
                        .map(|first| format!("{}: {target:?}: {first}", sources.name)),
                );
            }
        }
        faults
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let faults: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(one_by_one)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    let (tried, taken) = (tried.into_inner(), taken.into_inner());
    println!(
        "{taken} of {tried} changes of {} places were taken",
        work.len()
    );
    assert!(
        faults.is_empty(),
        "{} faults in {tried} models:\n{}",
        faults.len(),
        faults[..faults.len().min(40)].join("\n")
    );
    assert!(
        tried > 1_000 && taken > 400,
        "{taken} of {tried} changed models were taken"
    );
}

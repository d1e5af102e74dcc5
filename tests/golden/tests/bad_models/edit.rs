//! A bad model: a sound one with a few edits, and what is said of it.

use serde_json::Value;
use tinsmith_codegen::{
    BotocoreFiles, Generated, JsonFile, Options, Problems, Selection, generate, read_botocore,
};
use tinsmith_golden::case::{files, options};
use tinsmith_golden::files::{here, text};

/// A bad model and all that is said of it.
pub(crate) struct Bad {
    pub(crate) name: &'static str,
    pub(crate) edits: &'static [Edit],
    /// The lines of the message.
    pub(crate) message: &'static [&'static str],
}

/// A file of the sound model.
#[derive(Clone, Copy)]
pub(crate) enum File {
    Service,
    Paginators,
    Waiters,
    Rules,
}

/// What makes the sound model a bad one.
pub(crate) enum Edit {
    /// Puts JSON at a JSON pointer, whose parent is there.
    Set(File, &'static str, &'static str),
    /// Takes away what is at a JSON pointer.
    Delete(File, &'static str),
    /// Puts text in place of a file.
    Text(File, &'static str),
    /// Puts text in place of a file: an opening so many times, what is inside, a closing as many times.
    Nested(File, &'static str, usize, &'static str, &'static str),
    /// Takes a file away.
    NoFile(File),
    /// Adds so many lists, each the item of the one before.
    Lists(usize),
    /// Makes the first rule's condition so many calls within one another.
    Calls(usize),
    /// Overrides whether a member is required.
    Require(&'static str, bool),
    /// Overrides a name.
    Rename(&'static str, &'static str),
    /// Says that a structure is a union.
    Union(&'static str),
    /// Selects operations.
    Operations(&'static [&'static str]),
}

/// The sound model's files.
pub(crate) fn sound() -> BotocoreFiles {
    let mut files = files(&here("sound")).expect("the sound model is JSON");
    let rules = text(&here("endpoint-rule-set-1.json")).expect("the cases share endpoint rules");
    files.endpoint_rules =
        Some(JsonFile::parse("endpoint-rule-set-1.json", &rules).expect("the rules are JSON"));
    files
}

impl Bad {
    /// What the generator makes of it.
    pub(crate) fn generate(&self) -> Result<Generated, Problems> {
        let (mut files, mut options) = (sound(), options("sound"));
        // A waiter uses much of the model and would be reported too: it is only there where it is edited.
        if !self.edits.iter().any(Edit::is_of_waiters) {
            files.waiters = None;
        }
        for edit in self.edits {
            edit.apply(&mut files, &mut options)?;
        }
        generate(&read_botocore(&files)?, &options)
    }
}

impl Edit {
    fn is_of_waiters(&self) -> bool {
        matches!(
            self,
            Edit::Set(File::Waiters, ..) | Edit::Delete(File::Waiters, _)
        )
    }

    fn apply(&self, files: &mut BotocoreFiles, options: &mut Options) -> Result<(), Problems> {
        match self {
            Edit::Set(file, pointer, json) => set(
                &mut file.of(files).as_mut().expect("the file is there").value,
                pointer,
                serde_json::from_str(json).expect("edits are JSON"),
            ),
            Edit::Delete(file, pointer) => {
                delete(
                    &mut file.of(files).as_mut().expect("the file is there").value,
                    pointer,
                );
            }
            Edit::Text(file, text) => file.put(files, JsonFile::parse(file.name(), text)?),
            Edit::Nested(file, open, times, inside, close) => {
                let text = open.repeat(*times) + inside + &close.repeat(*times);
                file.put(files, JsonFile::parse(file.name(), &text)?);
            }
            Edit::NoFile(File::Rules) => files.endpoint_rules = None,
            Edit::NoFile(File::Paginators) => files.paginators = None,
            Edit::NoFile(File::Waiters) => files.waiters = None,
            Edit::NoFile(File::Service) => panic!("a model without a service is none"),
            Edit::Lists(depth) => {
                for level in 0..*depth {
                    let item = if level + 1 == *depth {
                        "Text".to_owned()
                    } else {
                        format!("Level{}", level + 1)
                    };
                    let list = serde_json::json!({ "type": "list", "member": { "shape": item } });
                    set(
                        &mut files.service.value,
                        &format!("/shapes/Level{level}"),
                        list,
                    );
                }
            }
            Edit::Calls(depth) => {
                let mut call = serde_json::json!(true);
                for _ in 0..*depth {
                    call = serde_json::json!({ "fn": "not", "argv": [call] });
                }
                let rules = files.endpoint_rules.as_mut().expect("there are rules");
                set(&mut rules.value, "/rules/0/conditions/0", call);
            }
            Edit::Require(key, required) => {
                options
                    .overrides
                    .required
                    .insert((*key).to_owned(), *required);
            }
            Edit::Union(name) => options.overrides.unions.push((*name).to_owned()),
            Edit::Rename(key, name) => {
                options
                    .overrides
                    .renames
                    .insert((*key).to_owned(), (*name).to_owned());
            }
            Edit::Operations(names) => {
                options.operations =
                    Selection::Named(names.iter().map(|name| (*name).to_owned()).collect());
            }
        }
        Ok(())
    }
}

impl File {
    fn name(self) -> &'static str {
        match self {
            File::Service => "service-2.json",
            File::Paginators => "paginators-1.json",
            File::Waiters => "waiters-2.json",
            File::Rules => "endpoint-rule-set-1.json",
        }
    }

    fn of(self, files: &mut BotocoreFiles) -> Option<&mut JsonFile> {
        match self {
            File::Service => Some(&mut files.service),
            File::Paginators => files.paginators.as_mut(),
            File::Waiters => files.waiters.as_mut(),
            File::Rules => files.endpoint_rules.as_mut(),
        }
    }

    fn put(self, files: &mut BotocoreFiles, file: JsonFile) {
        match self {
            File::Service => files.service = file,
            File::Paginators => files.paginators = Some(file),
            File::Waiters => files.waiters = Some(file),
            File::Rules => files.endpoint_rules = Some(file),
        }
    }
}

/// Puts a value at a JSON pointer.
pub(crate) fn set(root: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer
        .rsplit_once('/')
        .expect("a pointer begins with a slash");
    match root.pointer_mut(parent) {
        Some(Value::Object(object)) => {
            object.insert(key.to_owned(), value);
        }
        Some(Value::Array(items)) => items[key.parse::<usize>().expect("an index")] = value,
        _ => panic!("{pointer} has no parent"),
    }
}

/// Takes away what is at a JSON pointer.
pub(crate) fn delete(root: &mut Value, pointer: &str) {
    let (parent, key) = pointer
        .rsplit_once('/')
        .expect("a pointer begins with a slash");
    let gone = match root.pointer_mut(parent) {
        Some(Value::Object(object)) => object.shift_remove(key),
        Some(Value::Array(items)) => Some(items.remove(key.parse().expect("an index"))),
        _ => None,
    };
    assert!(gone.is_some(), "{pointer} is not there");
}

//! The questions of endpoint rules about settings and inputs, and the known answers.

use std::collections::BTreeMap;

/// A question whose answer is yes or no.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Question {
    /// Whether the value with this name is set.
    Set(String),
    /// Whether the value with this name is true.
    True(String),
    /// Whether a text, which may contain names, equals another.
    Equal(String, String),
}

/// The answers so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(BTreeMap<Question, bool>);

impl Known {
    pub(super) fn with(&self, question: &Question, answer: bool) -> Self {
        let mut known = self.clone();
        known.0.insert(question.clone(), answer);
        known
    }

    pub(super) fn set(&self, name: &str) -> Result<bool, Question> {
        self.answer(Question::Set(name.to_owned()))
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, Question> {
        self.answer(Question::True(name.to_owned()))
    }

    /// The text of this name: the text that it was found to equal, or its name in braces.
    pub(super) fn text(&self, name: &str) -> String {
        // If a region is known, so is its partition.
        let region = name
            .strip_prefix("partition of ")
            .and_then(|rest| rest.strip_suffix(".name"));
        if let Some(region) = region.filter(|region| !region.starts_with('{')) {
            return partition_of(region).to_owned();
        }
        let braced = braced(name);
        self.equals(&braced).unwrap_or(&braced).to_owned()
    }

    pub(super) fn equal(&self, left: &str, right: &str) -> Result<bool, Question> {
        if left == right {
            return Ok(true);
        }
        let (open, other) = match (left.contains('{'), right.contains('{')) {
            (false, false) => return Ok(false),
            (true, _) => (left, right),
            (false, true) => (right, left),
        };
        // A value that equals one text equals no other.
        match self.equals(open) {
            Some(known) if !other.contains('{') => Ok(known == other),
            _ => self.answer(Question::Equal(open.to_owned(), other.to_owned())),
        }
    }

    fn equals(&self, open: &str) -> Option<&str> {
        self.0.iter().find_map(|(question, answer)| match question {
            Question::Equal(text, other) if text == open && *answer && !other.contains('{') => {
                Some(other.as_str())
            }
            _ => None,
        })
    }

    fn answer(&self, question: Question) -> Result<bool, Question> {
        self.0.get(&question).copied().ok_or(question)
    }

    /// Each answer in words, those about the client's settings first.
    pub(super) fn shown(&self) -> Vec<String> {
        let mut words: Vec<(usize, String)> = Vec::new();
        let mut add = |rank, word: String| {
            if !words.contains(&(rank, word.clone())) {
                words.push((rank, word));
            }
        };
        for (question, answer) in &self.0 {
            match question {
                Question::Set(name) => match (setting(name), self.equals(&braced(name))) {
                    (Some((rank, word)), Some(text)) => add(rank, format!("{word} {text}")),
                    (Some((rank, word)), None) => {
                        let set = if *answer { "set" } else { "unset" };
                        add(rank, format!("{word} {set}"));
                    }
                    (None, _) => {
                        let given = if *answer { "set" } else { "not set" };
                        add(OTHERS, format!("`{name}` {given}"));
                    }
                },
                Question::True(name) => match (setting(name), name.rsplit_once('.')) {
                    (Some((rank, word)), _) => {
                        let on = if *answer { "on" } else { "off" };
                        add(rank, format!("{word} {on}"));
                    }
                    (None, Some((_, part @ ("supports_fips" | "supports_dual_stack")))) => {
                        let with = if *answer { "with" } else { "without" };
                        let (rank, what) = match part {
                            "supports_fips" => (7, "FIPS"),
                            _ => (8, "dual stack"),
                        };
                        add(rank, format!("a partition {with} {what}"));
                    }
                    (None, _) => add(OTHERS, format!("`{name}` {answer}")),
                },
                Question::Equal(open, other) => {
                    let is_setting = SETTINGS.iter().any(|(name, _)| braced(name) == *open);
                    if open == PARTITION_NAME {
                        match self.equals(open) {
                            Some(name) => add(6, format!("partition {name}")),
                            None => add(6, "any other partition".to_owned()),
                        }
                    } else if !is_setting {
                        let is = if *answer { "is" } else { "is not" };
                        add(OTHERS, format!("`{open}` {is} `{other}`"));
                    }
                }
            }
        }
        words.sort();
        words.into_iter().map(|(_, word)| word).collect()
    }
}

/// The names of settings in the runtime and in words, in the order of the report.
const SETTINGS: [(&str, &str); 6] = [
    ("region", "region"),
    ("endpoint", "endpoint"),
    ("account_id", "account id"),
    ("account_id_endpoint_mode", "account id mode"),
    ("use_fips", "FIPS"),
    ("use_dual_stack", "dual stack"),
];

/// The rank of answers that are not about settings.
const OTHERS: usize = 9;

const PARTITION_NAME: &str = "{partition}";

fn setting(name: &str) -> Option<(usize, &'static str)> {
    let mut settings = SETTINGS.iter().enumerate();
    settings.find_map(|(rank, (known, word))| (*known == name).then_some((rank, *word)))
}

/// A name within a text; a part of the partition of the client's region is shown without the partition.
fn braced(name: &str) -> String {
    let of_partition = name
        .strip_prefix("partition of ")
        .and_then(|name| name.rsplit_once('.'))
        .filter(|(region, _)| *region == "{region}" || !region.contains('{'));
    match of_partition {
        Some((_, "name")) => PARTITION_NAME.to_owned(),
        Some((_, part)) => format!("{{{part}}}"),
        None => format!("{{{name}}}"),
    }
}

/// The name of the partition of a region.
pub(super) fn partition(region: &str) -> String {
    format!("partition of {region}")
}

/// The name of a part of a value.
pub(super) fn part(whole: &str, part: &str) -> String {
    let whole = whole
        .strip_prefix('{')
        .and_then(|name| name.strip_suffix('}'));
    format!("{}.{part}", whole.unwrap_or_default())
}

/// The partition of a region that rules name, by the prefix of the region's name.
fn partition_of(region: &str) -> &'static str {
    const BEGINNINGS: [(&str, &str); 9] = [
        ("cn-", "aws-cn"),
        ("aws-cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("aws-us-gov-", "aws-us-gov"),
        ("us-isob-", "aws-iso-b"),
        ("us-isof-", "aws-iso-f"),
        ("us-iso-", "aws-iso"),
        ("eu-isoe-", "aws-iso-e"),
        ("eusc-", "aws-eusc"),
    ];
    let mut known = BEGINNINGS.iter();
    let found = known.find(|(beginning, _)| region.starts_with(beginning));
    found.map_or("aws", |(_, partition)| partition)
}

/// Whether a known text is a label of a host name; `None` if it is not known.
pub(super) fn is_host_label(arguments: &[String]) -> Option<bool> {
    let [text, subdomains] = arguments else {
        return None;
    };
    if text.contains('{') {
        return None;
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    Some(if subdomains == "true" {
        text.split('.').all(is_label)
    } else {
        is_label(text)
    })
}

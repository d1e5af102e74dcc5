//! `ListImageBuildVersions`: which images a request gets, and the token of the page after.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::answer::Answer;
use super::catalogue::Catalogue;
use super::signature::hex;

const DEFAULT_PAGE: i64 = 25;
const LARGEST_PAGE: i64 = 100;
const FILTERS: [&str; 5] = ["name", "osVersion", "platform", "type", "version"];

/// A page of the listing, or the exception that the request earns.
pub(super) fn page(catalogue: &Catalogue, body: &[u8], request_id: &str) -> Result<Value, Answer> {
    let request = read(body)?;
    let size = page_size(&request)?;
    let wanted = selection(&request)?;
    let matching: Vec<&Value> = catalogue
        .images()
        .iter()
        .filter(|image| wanted.iter().all(|condition| condition.holds(image)))
        .collect();
    // A token belongs to the selection that it was given out for.
    let listing = json!([request.get("imageVersionArn"), request.get("filters")]);
    let start = match text(&request, "nextToken")? {
        Some(token) => offset(token, &listing)?,
        None => 0,
    };
    let images: Vec<&Value> = matching.iter().copied().skip(start).take(size).collect();
    let end = start + images.len();
    let mut page = json!({ "requestId": request_id, "imageSummaryList": images });
    if let Some(members) = page.as_object_mut()
        && end < matching.len()
    {
        members.insert("nextToken".to_owned(), json!(token(end, &listing)));
    }
    Ok(page)
}

/// One thing that a listed image has to meet.
enum Condition {
    VersionArn(String),
    Filter { member: String, values: Vec<String> },
}

impl Condition {
    fn holds(&self, image: &Value) -> bool {
        let member = |name: &str| image.get(name).and_then(Value::as_str).unwrap_or_default();
        match self {
            Self::VersionArn(arn) => member("arn")
                .rsplit_once('/')
                .is_some_and(|(version, _)| version == arn),
            Self::Filter {
                member: name,
                values,
            } => values
                .iter()
                .any(|value| matches(member(name), value, name == "name")),
        }
    }
}

/// `web*` and `*web*` are patterns in the filter `name`, and nothing elsewhere.
fn matches(found: &str, wanted: &str, pattern: bool) -> bool {
    let Some(start) = wanted.strip_suffix('*').filter(|_| pattern) else {
        return found == wanted;
    };
    match start.strip_prefix('*') {
        Some(middle) => found.contains(middle),
        None => found.starts_with(start),
    }
}

fn read(body: &[u8]) -> Result<Map<String, Value>, Answer> {
    serde_json::from_slice(body).map_err(|error| {
        let message = format!("the body is not a JSON object: {error}");
        Answer::exception(400, "SerializationException", &message)
    })
}

fn page_size(request: &Map<String, Value>) -> Result<usize, Answer> {
    let asked = match request.get("maxResults") {
        None | Some(Value::Null) => Some(DEFAULT_PAGE),
        Some(value) => value.as_i64(),
    };
    asked
        .filter(|size| (1..=LARGEST_PAGE).contains(size))
        .and_then(|size| usize::try_from(size).ok())
        .ok_or_else(|| invalid(&format!("maxResults must be 1 to {LARGEST_PAGE}")))
}

fn selection(request: &Map<String, Value>) -> Result<Vec<Condition>, Answer> {
    let mut conditions = Vec::new();
    if let Some(arn) = text(request, "imageVersionArn")? {
        conditions.push(Condition::VersionArn(arn.to_owned()));
    }
    let filters = match request.get("filters") {
        None | Some(Value::Null) => return Ok(conditions),
        Some(Value::Array(filters)) if (1..=10).contains(&filters.len()) => filters,
        Some(_) => return Err(invalid("filters must be a list of 1 to 10")),
    };
    for filter in filters {
        let member = filter.get("name").and_then(Value::as_str);
        let member = member.filter(|name| FILTERS.contains(name));
        let member =
            member.ok_or_else(|| invalid(&format!("a filter's name is one of {FILTERS:?}")))?;
        let values: Option<Vec<String>> = filter.get("values").and_then(|values| {
            let values = values.as_array()?.iter();
            values
                .map(|value| value.as_str().map(str::to_owned))
                .collect()
        });
        let values = values
            .filter(|values| (1..=10).contains(&values.len()))
            .ok_or_else(|| invalid("a filter has a list of 1 to 10 values"))?;
        conditions.push(Condition::Filter {
            member: member.to_owned(),
            values,
        });
    }
    Ok(conditions)
}

fn text<'a>(request: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, Answer> {
    match request.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
        Some(_) => Err(invalid(&format!("{name} must be a text that is not empty"))),
    }
}

/// `<offset>.<seal>`, in base64: the seal keeps a client from making up or carrying over a token.
fn token(offset: usize, listing: &Value) -> String {
    let seal = hex(&Sha256::digest(format!("{offset} of {listing}")));
    URL_SAFE_NO_PAD.encode(format!("{offset}.{seal}"))
}

fn offset(token_text: &str, listing: &Value) -> Result<usize, Answer> {
    URL_SAFE_NO_PAD
        .decode(token_text)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.split_once('.')?.0.parse().ok())
        .filter(|offset| token(*offset, listing) == token_text)
        .ok_or_else(|| {
            let message = "the token is not one of this listing";
            Answer::exception(400, "InvalidPaginationTokenException", message)
        })
}

fn invalid(message: &str) -> Answer {
    Answer::exception(400, "InvalidRequestException", message)
}

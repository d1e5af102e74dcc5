//! What may go wrong with a request, and for which requests it does.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::json;

use super::answer::Answer;

/// The modelled exceptions of `ListImageBuildVersions` with their statuses.
const EXCEPTIONS: [(&str, u16); 7] = [
    ("ServiceException", 500),
    ("ClientException", 400),
    ("ServiceUnavailableException", 503),
    ("InvalidRequestException", 400),
    ("InvalidPaginationTokenException", 400),
    ("ForbiddenException", 403),
    ("CallRateLimitExceededException", 429),
];

/// What happens to one request instead of, or on top of, its ordinary answer.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This answer, whatever was asked.
    Answer(Answer),
    /// These bytes on the wire, which need not be HTTP; then the connection is closed.
    Wire(Vec<u8>),
    /// The ordinary answer, this much later.
    SlowFirstByte(Duration),
    /// Half of the ordinary answer's body, then silence.
    Stall,
    /// Half of the ordinary answer's body, then a TCP reset.
    Reset,
    /// Half of the body that `content-length` promises, then a closed connection.
    Cut,
    /// A page of more than 50 MB: 5,000 images with 10 KB of description each.
    HugePage,
    /// The ordinary page, with a new value for every enum.
    UnknownEnumValues,
    /// The ordinary page, with members in each of its objects that no model knows.
    UnknownMembers,
    /// The ordinary page, with null for every member of an image but its ARN, and null in every list.
    NullMembers,
    /// The ordinary page, with names and tags beyond ASCII, and every character of every string and key escaped.
    EscapedStrings,
    /// The ordinary page, with the same names and tags, and nothing escaped that need not be.
    UnicodeStrings,
    /// The ordinary page, with unknown members whose numbers do not fit a 64-bit float.
    HugeNumbers,
    /// The ordinary page, with an unknown member that is 10,000 arrays deep.
    DeepNesting,
}

impl Fault {
    /// A modelled exception with its modelled status; another name gets 400.
    #[must_use]
    pub fn exception(code: &str, message: &str) -> Self {
        Self::Answer(Answer::exception(status(code), code, message))
    }

    /// The same with the code in the body, qualified as the protocol allows, and the message under `Message`.
    #[must_use]
    pub fn exception_in_body(code: &str, message: &str) -> Self {
        let code_text = format!("com.amazonaws.imagebuilder#{code}:http://example.com/{code}");
        let body = json!({ "__type": code_text, "Message": message }).to_string();
        Self::Answer(Answer::json(status(code), body))
    }

    /// A status with an empty body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self::Answer(Answer {
            status,
            headers: Vec::new(),
            body: bytes::Bytes::new(),
        })
    }

    /// 200 with a body that says it is JSON and is not.
    #[must_use]
    pub fn not_json() -> Self {
        Self::Answer(Answer::json(200, "pay at the gate to go on"))
    }

    /// 502 with a page of HTML, as a proxy in between makes it.
    #[must_use]
    pub fn html() -> Self {
        let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
        let answer = Answer {
            status: 502,
            headers: Vec::new(),
            body: page.into(),
        };
        Self::Answer(answer.header("content-type", "text/html"))
    }
}

fn status(code: &str) -> u16 {
    EXCEPTIONS
        .iter()
        .find(|(name, _)| *name == code)
        .map_or(400, |(_, status)| *status)
}

/// The faults to come.
#[derive(Debug, Default)]
pub(super) struct Script {
    once: VecDeque<Fault>,
    always: Option<Fault>,
}

impl Script {
    pub(super) fn once(&mut self, fault: Fault) {
        self.once.push_back(fault);
    }

    pub(super) fn always(&mut self, fault: Fault) {
        self.always = Some(fault);
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The fault of the request that has just come.
    pub(super) fn next(&mut self) -> Option<Fault> {
        self.once.pop_front().or_else(|| self.always.clone())
    }
}

//! The descriptor of a structure's member: its name on the wire, and how its value is written where protocols differ.

use super::timestamp::TimestampFormat;

/// The descriptor of a member of a structure or a union, or of the items, keys or values of a collection.
///
/// Generated code has one table of these for each structure. JSON and CBOR use only the name; the rest is for XML, the
/// query protocols and headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// The name on the wire; for an item, a key or a value: the name of its element, in protocols that have one.
    pub name: &'static str,
    /// Whether an input without this member is an error.
    pub required: bool,
    /// Whether a new token is sent if the member is unset (Smithy's `idempotencyToken`).
    pub idempotency_token: bool,
    /// Whether its value must not be shown (Smithy's `sensitive`): a header is marked so for HTTP clients.
    pub sensitive: bool,
    /// The format of a timestamp, where it is not the protocol's own; it also applies to items and values that have no
    /// [`Member`] of their own.
    pub timestamp: Option<TimestampFormat>,
    /// The items of a list.
    pub item: Option<&'static Member>,
    /// The keys of a map.
    pub key: Option<&'static Member>,
    /// The values of a map.
    pub value: Option<&'static Member>,
    /// Whether a list or a map has no element of its own (Smithy's `xmlFlattened`).
    pub flattened: bool,
    /// Whether the member is an attribute of the structure's element (Smithy's `xmlAttribute`).
    pub attribute: bool,
    /// The XML namespace of the member's element.
    pub namespace: Option<Namespace>,
    /// The name in a request to EC2, where it is not the name on the wire with a capital letter (Smithy's
    /// `ec2QueryName`).
    pub query_name: Option<&'static str>,
}

/// An XML namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// Its URI.
    pub uri: &'static str,
    /// The prefix; `None`: it is the default namespace of the element.
    pub prefix: Option<&'static str>,
}

impl Member {
    /// A member with this name, and the defaults for everything else.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            required: false,
            idempotency_token: false,
            sensitive: false,
            timestamp: None,
            item: None,
            key: None,
            value: None,
            flattened: false,
            attribute: false,
            namespace: None,
            query_name: None,
        }
    }

    /// Makes the member required in an input.
    #[must_use]
    pub const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// Makes the member an idempotency token: a new one is sent where it is unset.
    #[must_use]
    pub const fn idempotency_token(self) -> Self {
        Self {
            idempotency_token: true,
            ..self
        }
    }

    /// Makes the member one whose value must not be shown.
    #[must_use]
    pub const fn sensitive(self) -> Self {
        Self {
            sensitive: true,
            ..self
        }
    }

    /// Makes the format of timestamps RFC 3339 (Smithy's `date-time`).
    #[must_use]
    pub const fn date_time(self) -> Self {
        self.timestamps(TimestampFormat::DateTime)
    }

    /// Makes the format of timestamps the IMF-fixdate of RFC 9110 (Smithy's `http-date`).
    #[must_use]
    pub const fn http_date(self) -> Self {
        self.timestamps(TimestampFormat::HttpDate)
    }

    /// Makes the format of timestamps seconds since 1970 (Smithy's `epoch-seconds`).
    #[must_use]
    pub const fn epoch_seconds(self) -> Self {
        self.timestamps(TimestampFormat::EpochSeconds)
    }

    const fn timestamps(self, format: TimestampFormat) -> Self {
        Self {
            timestamp: Some(format),
            ..self
        }
    }

    /// Sets the descriptor of the items of a list.
    #[must_use]
    pub const fn items(self, item: &'static Self) -> Self {
        Self {
            item: Some(item),
            ..self
        }
    }

    /// Sets the descriptors of the keys and the values of a map.
    #[must_use]
    pub const fn entries(self, key: &'static Self, value: &'static Self) -> Self {
        Self {
            key: Some(key),
            value: Some(value),
            ..self
        }
    }

    /// Makes the collection one without an element of its own.
    #[must_use]
    pub const fn flattened(self) -> Self {
        Self {
            flattened: true,
            ..self
        }
    }

    /// Makes the member an attribute.
    #[must_use]
    pub const fn attribute(self) -> Self {
        Self {
            attribute: true,
            ..self
        }
    }

    /// Sets the XML namespace of the member's element.
    #[must_use]
    pub const fn namespace(self, uri: &'static str, prefix: Option<&'static str>) -> Self {
        Self {
            namespace: Some(Namespace { uri, prefix }),
            ..self
        }
    }

    /// Sets the member's name in a request to EC2.
    #[must_use]
    pub const fn query_name(self, name: &'static str) -> Self {
        Self {
            query_name: Some(name),
            ..self
        }
    }

    /// The descriptor of the items, if this is a list.
    #[must_use]
    pub fn item(&self) -> &'static Self {
        self.part(self.item, &ITEMS)
    }

    /// The descriptor of the keys, if this is a map.
    #[must_use]
    pub fn key(&self) -> &'static Self {
        self.key.unwrap_or(&KEY)
    }

    /// The descriptor of the values, if this is a map.
    #[must_use]
    pub fn value(&self) -> &'static Self {
        self.part(self.value, &VALUES)
    }

    fn part(&self, own: Option<&'static Self>, usual: &'static [Self; 4]) -> &'static Self {
        let [plain, date_time, http_date, epoch_seconds] = usual;
        own.unwrap_or(match self.timestamp {
            None => plain,
            Some(TimestampFormat::DateTime) => date_time,
            Some(TimestampFormat::HttpDate) => http_date,
            Some(TimestampFormat::EpochSeconds) => epoch_seconds,
        })
    }
}

impl From<&'static str> for Member {
    fn from(name: &'static str) -> Self {
        Self::new(name)
    }
}

// The names are those of Smithy's restXml for members without one in the model.
static ITEMS: [Member; 4] = each_format("member");
static VALUES: [Member; 4] = each_format("value");
static KEY: Member = Member::new("key");

const fn each_format(name: &'static str) -> [Member; 4] {
    let plain = Member::new(name);
    [
        plain,
        plain.date_time(),
        plain.http_date(),
        plain.epoch_seconds(),
    ]
}

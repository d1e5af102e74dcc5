//! `aws.parseArn` of the rule language: the parts of an Amazon Resource Name.

/// The parts of an ARN: `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arn<'a> {
    /// The partition; never empty.
    pub partition: &'a str,
    /// The service; never empty.
    pub service: &'a str,
    /// The region; empty if the resource has none.
    pub region: &'a str,
    /// The account; empty if the resource has none.
    pub account_id: &'a str,
    resource: &'a str,
}

impl<'a> Arn<'a> {
    /// A part of the resource, counted from 0; parts are separated by colons and slashes.
    #[must_use]
    pub fn resource_id(&self, index: usize) -> Option<&'a str> {
        self.resource.split([':', '/']).nth(index)
    }
}

/// Parses an ARN; `None` if the text is not one.
#[must_use]
pub fn parse_arn(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let arn = Arn {
        partition: parts.next()?,
        service: parts.next()?,
        region: parts.next()?,
        account_id: parts.next()?,
        resource: parts.next()?,
    };
    let whole = [arn.partition, arn.service, arn.resource];
    whole.iter().all(|part| !part.is_empty()).then_some(arn)
}

//! Copies from another region: the service wants a URL that is presigned for the source region, which proves there that
//! the caller may read what is copied.

use crate::codec::text::RESERVED;
use crate::http_binding::BuiltRequest;
use crate::stream::RequestBody;
use percent_encoding::{percent_decode_str, utf8_percent_encode};

/// An operation whose form has a URL that is presigned for the source region: it is filled in where the caller sets the
/// source region and no URL.
#[derive(Clone, Copy, Debug)]
pub struct RegionCopy {
    url: &'static str,
    sends_regions: bool,
}

const SOURCE: &str = "SourceRegion";
const DESTINATION: &str = "DestinationRegion";

impl RegionCopy {
    /// `url` is the parameter for the URL. `sends_regions`: whether the request itself has both regions; if not, only the
    /// URL has the destination, and neither has the source.
    #[must_use]
    pub const fn new(url: &'static str, sends_regions: bool) -> Self {
        Self { url, sends_regions }
    }

    /// The source region, if a URL is to be filled in. A source region that the service does not know is removed.
    pub(crate) fn take_source(self, request: &mut BuiltRequest) -> Option<String> {
        let mut form = Form::of(request)?;
        let source = form.get(SOURCE);
        if !self.sends_regions && source.is_some() {
            form.remove(SOURCE);
            form.write(request);
        }
        source.filter(|_| form.get(self.url).is_none())
    }

    /// The request that is presigned for the source region.
    pub(crate) fn at_source(self, request: &BuiltRequest, destination: &str) -> BuiltRequest {
        let mut request = request.clone();
        if let Some(mut form) = Form::of(&request) {
            form.set(DESTINATION, destination);
            form.write(&mut request);
        }
        request
    }

    /// Fills in the URL.
    pub(crate) fn fill_in(self, request: &mut BuiltRequest, url: &str, destination: &str) {
        if let Some(mut form) = Form::of(request) {
            form.set(self.url, url);
            if self.sends_regions {
                form.set(DESTINATION, destination);
            }
            form.write(request);
        }
    }
}

/// The parameters of a form, encoded as they are on the wire: `name=value`.
struct Form(Vec<String>);

impl Form {
    fn of(request: &BuiltRequest) -> Option<Self> {
        let text = std::str::from_utf8(request.body.as_bytes()?).ok()?;
        Some(Self(text.split('&').map(str::to_owned).collect()))
    }

    fn write(&self, request: &mut BuiltRequest) {
        request.body = RequestBody::Bytes(self.0.join("&").into());
    }

    /// The value of a parameter, decoded.
    fn get(&self, name: &str) -> Option<String> {
        let value = |parameter: &String| {
            let (found, value) = parameter.split_once('=')?;
            (found == name).then(|| percent_decode_str(value).decode_utf8_lossy().into_owned())
        };
        self.0.iter().find_map(value)
    }

    fn remove(&mut self, name: &str) {
        let is_other = |parameter: &String| parameter.split('=').next() != Some(name);
        self.0.retain(is_other);
    }

    /// Sets a parameter; it is the last one then.
    fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        let value = utf8_percent_encode(value, RESERVED);
        self.0.push(format!("{name}={value}"));
    }
}

//! The events of a response, as they arrive.

use futures_core::Stream;
use http::header::CONTENT_TYPE;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::decode::Decoder;
use super::initial::INITIAL_RESPONSE;
use super::message::Message;
use super::read::{EventReader, ReadEventStream};
use crate::error::{CallContext, CrateError, ErrorKind, Failure, HttpError};
use crate::http_binding::{ResponseReader, WireFormat};
use crate::shape::{ReadError, Unset};
use crate::stream::Body;

/// The events of a call's response, one after another, until the service ends the stream.
///
/// An exception within the stream, or a broken connection, is its last item. An event that cannot be read is an error
/// that does not end the stream: the next event can be read. Dropping the stream ends the connection. The default is a
/// stream without events.
#[must_use = "a stream does nothing until its events are requested"]
pub struct EventStream<T, E> {
    incoming: Option<Box<Incoming>>,
    types: PhantomData<fn() -> (T, E)>,
}

impl<T, E> crate::shape::Get for EventStream<T, E> {
    type Of<'a>
        = &'a Self
    where
        Self: 'a;

    #[inline]
    fn get(&self) -> &Self {
        self
    }
}

/// A message, or why there will be none.
type Received = Result<Message, Box<Failure>>;

struct Incoming {
    call: Option<Arc<dyn CallContext>>,
    format: &'static dyn WireFormat,
    request_id: Option<String>,
    body: Body,
    decoder: Decoder,
}

impl<T: ReadEventStream, E: CrateError> EventStream<T, E> {
    /// The events of a response. An exception has none.
    fn new(response: &ResponseReader<'_>) -> Self {
        let incoming = response.format().map(|format| {
            Box::new(Incoming {
                call: response.call().cloned(),
                format,
                request_id: response.request_id().map(str::to_owned),
                body: response.take_body(),
                decoder: Decoder::default(),
            })
        });
        Self {
            incoming,
            types: PhantomData,
        }
    }

    /// Waits for the next event; `None`: the service ended the stream.
    ///
    /// An exception within the stream, which [`CrateError::service_error`] returns; a connection that breaks, or sends
    /// nothing for longer than `event_timeout`; an event that does not match the model.
    pub async fn next(&mut self) -> Option<Result<T, E>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: ReadEventStream, E: CrateError> Stream for EventStream<T, E> {
    type Item = Result<T, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(incoming) = &mut self.incoming else {
                return Poll::Ready(None);
            };
            let failure = match ready!(incoming.poll_message(context)) {
                None => None,
                Some(Err(failure)) => Some(failure),
                Some(Ok(message)) => match incoming.event_name(&message, T::EXCEPTIONS) {
                    Ok(INITIAL_RESPONSE) => continue,
                    Ok(name) => {
                        let event = EventReader::new(incoming.format, &message);
                        let read = T::read_event(name, &event)
                            .map_err(|error| incoming.unreadable(error.in_member(name)).into());
                        return Poll::Ready(Some(read));
                    }
                    Err(failure) => Some(failure),
                },
            };
            self.incoming = None;
            return Poll::Ready(failure.map(|failure| Err(E::from_failure(*failure))));
        }
    }
}

impl Incoming {
    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Received>> {
        loop {
            match self.decoder.next_message() {
                Ok(Some(message)) => return Poll::Ready(Some(Ok(message))),
                Ok(None) => {}
                Err(error) => {
                    let failure = self.failure(ErrorKind::Response).with_source(error);
                    return Poll::Ready(Some(Err(Box::new(self.complete(failure)))));
                }
            }
            match Pin::new(&mut self.body).poll_next(context) {
                Poll::Ready(Some(Ok(bytes))) => self.decoder.push(&bytes),
                Poll::Ready(Some(Err(error))) => {
                    return Poll::Ready(Some(Err(Box::new(self.broken(error)))));
                }
                Poll::Ready(None) => {
                    let pending = self.decoder.pending();
                    if pending == 0 {
                        return Poll::Ready(None);
                    }
                    let message = format!(
                        "the event stream ended within an event, of which {pending} bytes had arrived"
                    );
                    let failure = self.failure(ErrorKind::Connection).with_message(message);
                    return Poll::Ready(Some(Err(Box::new(self.complete(failure)))));
                }
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    /// The name of an event; a message that is not an event ends the stream.
    fn event_name<'m>(
        &self,
        message: &'m Message,
        exceptions: &[(&str, &str)],
    ) -> Result<&'m str, Box<Failure>> {
        let of = |name: &str| {
            let missing =
                || ReadError::new(format!("expected text in the header `{name}` of a message"));
            message
                .text(name)
                .ok_or_else(|| Box::new(self.unreadable(missing())))
        };
        match of(":message-type")? {
            "event" => of(":event-type"),
            "exception" => {
                let name = of(":exception-type")?;
                let known = exceptions.iter().find(|(other, _)| *other == name);
                let code = known.map_or(name, |(_, code)| code);
                Err(Box::new(self.exception(code, message)))
            }
            "error" => {
                let mut failure = self.failure(ErrorKind::Service);
                failure.code = message.text(":error-code").map(str::to_owned);
                failure.message = message.text(":error-message").map(str::to_owned);
                Err(Box::new(self.complete(failure)))
            }
            other => {
                let error = ReadError::expected(
                    "an event, an exception or an error",
                    format!("a message of type {other:?}"),
                );
                Err(Box::new(self.unreadable(error)))
            }
        }
    }

    /// A modelled exception, read like the body of a response.
    fn exception(&self, code: &str, message: &Message) -> Failure {
        let mut response = http::Response::new(message.payload.clone());
        let content_type = message.text(":content-type").unwrap_or_default();
        if let Ok(value) = http::HeaderValue::from_str(content_type) {
            response.headers_mut().insert(CONTENT_TYPE, value);
        }
        // The table of exceptions determines which one it is; the payload need not say it.
        let mut answer = self.format.error(&response);
        answer.code = Some(code.to_owned());
        answer.name = None;
        answer.request_id.clone_from(&self.request_id);
        let mut failure = self
            .failure(ErrorKind::Service)
            .with_answer(answer, response);
        // The status of the response that contains the stream was not an error.
        failure.status = None;
        self.complete(failure)
    }

    fn broken(&self, error: HttpError) -> Failure {
        if let Some(error) = self.call.as_ref().and_then(|call| call.unsent()) {
            return self.complete(self.failure(ErrorKind::Input).with_source(error));
        }
        let kind = error.kind().of_call();
        self.complete(self.failure(kind).with_source(error))
    }

    fn unreadable(&self, error: ReadError) -> Failure {
        self.complete(self.failure(ErrorKind::Response).with_source(error))
    }

    fn failure(&self, kind: ErrorKind) -> Failure {
        let mut failure = Failure::new(kind, "");
        failure.request_id.clone_from(&self.request_id);
        failure
    }

    fn complete(&self, failure: Failure) -> Failure {
        match &self.call {
            Some(call) => call.complete(failure),
            None => failure,
        }
    }
}

impl ResponseReader<'_> {
    /// The events of the body.
    pub fn event_stream<T: ReadEventStream, E: CrateError>(&self) -> EventStream<T, E> {
        EventStream::new(self)
    }
}

impl<T, E> Unset for EventStream<T, E> {
    const UNSET: Self = Self {
        incoming: None,
        types: PhantomData,
    };
}

impl<T, E> Default for EventStream<T, E> {
    fn default() -> Self {
        Self::UNSET
    }
}

/// The events must not be logged.
impl<T, E> fmt::Debug for EventStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.incoming {
            Some(_) => "EventStream(open)",
            None => "EventStream(ended)",
        })
    }
}

//! The events of a request: taken from the caller's stream one after the other, framed, signed and sent.

use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use super::initial::initial_request;
use super::message::Message;
use super::sign::EventSigner;
use super::write::{EventWriter, WriteEventStream};
use crate::http_client::{HttpError, HttpErrorKind};
use crate::operation::Protocol;
use crate::{BuildError, Timestamp};

/// The events that a call sends, from any stream. Clones share it: it is sent by one call, and by that once.
pub struct EventInput<T>(Arc<Source<T>>);

struct Source<T>(Mutex<State<T>>);

struct State<T> {
    events: Option<Pin<Box<dyn Stream<Item = T> + Send>>>,
    failure: Option<BuildError>,
}

impl<T> EventInput<T> {
    /// The events of a stream, which is asked for the next one when the one before it is on its way. The end of the
    /// stream is the end of the request.
    pub fn new(events: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Arc::new(Source(Mutex::new(State {
            events: Some(Box::pin(events)),
            failure: None,
        }))))
    }
}

impl<T> Clone for EventInput<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// What it holds is not for logs.
impl<T> fmt::Debug for EventInput<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.state().events.is_some() {
            "EventInput(to be sent)"
        } else {
            "EventInput(sent)"
        })
    }
}

impl<T> Source<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Messages, as the caller's stream gives their events.
pub(crate) type Messages = Pin<Box<dyn Stream<Item = Result<Message, BuildError>> + Send>>;

/// The events of a request, of whatever type.
pub(crate) trait Outgoing: Send + Sync {
    /// Whether a request has begun to send them.
    fn is_taken(&self) -> bool;
    /// Takes them; there is nothing to take a second time.
    fn take(&self, protocol: Protocol) -> Option<Messages>;
    /// Notes why an event could not be sent.
    fn fail(&self, error: BuildError);
    /// Why an event could not be sent.
    fn failure(&self) -> Option<BuildError>;
}

impl<T: WriteEventStream + 'static> Outgoing for Source<T> {
    fn is_taken(&self) -> bool {
        self.state().events.is_none()
    }

    fn take(&self, protocol: Protocol) -> Option<Messages> {
        let events = self.state().events.take()?;
        Some(Box::pin(Written { events, protocol }))
    }

    fn fail(&self, error: BuildError) {
        self.state().failure.get_or_insert(error);
    }

    fn failure(&self) -> Option<BuildError> {
        self.state().failure.clone()
    }
}

struct Written<T> {
    events: Pin<Box<dyn Stream<Item = T> + Send>>,
    protocol: Protocol,
}

impl<T: WriteEventStream> Stream for Written<T> {
    type Item = Result<Message, BuildError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let event = ready!(self.events.as_mut().poll_next(context));
        Poll::Ready(event.map(|event| EventWriter::message(self.protocol, &event)))
    }
}

/// The events of a request, among its extensions until it is sent.
#[derive(Clone)]
pub(crate) struct Events(pub(crate) Arc<dyn Outgoing>);

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

impl Events {
    /// Those of an input; none where the member is unset.
    pub(crate) fn of<T: WriteEventStream + 'static>(input: Option<&EventInput<T>>) -> Self {
        match input {
            Some(EventInput(source)) => Self(Arc::<Source<T>>::clone(source)),
            None => match EventInput::<T>::new(Nothing(std::marker::PhantomData)) {
                EventInput(source) => Self(source),
            },
        }
    }

    /// Whether a request has begun to send them.
    pub(crate) fn are_taken(&self) -> bool {
        self.0.is_taken()
    }

    /// Why one of them could not be sent.
    pub(crate) fn failure(&self) -> Option<BuildError> {
        self.0.failure()
    }

    /// The body that sends them, after the members in `rest` where the protocol puts those ahead.
    pub(crate) fn body(
        &self,
        protocol: Protocol,
        rest: Option<(&str, Bytes)>,
        signer: Option<EventSigner>,
    ) -> EventBody {
        EventBody {
            source: Arc::clone(&self.0),
            protocol,
            initial: rest.map(|(content_type, members)| initial_request(content_type, members)),
            messages: None,
            signer,
            ended: false,
        }
    }
}

/// A stream without events.
struct Nothing<T>(std::marker::PhantomData<fn() -> T>);

impl<T> Stream for Nothing<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(None)
    }
}

/// The body of a request that sends events: whole messages, signed where the request is.
pub(crate) struct EventBody {
    source: Arc<dyn Outgoing>,
    protocol: Protocol,
    initial: Option<Message>,
    messages: Option<Messages>,
    signer: Option<EventSigner>,
    ended: bool,
}

impl EventBody {
    fn frame(&mut self, message: &Message) -> Result<Bytes, BuildError> {
        let bytes = message.encode()?;
        match &mut self.signer {
            Some(signer) => signer.sign(bytes, now())?.encode(),
            None => Ok(bytes),
        }
    }

    fn sent(&mut self, frame: Result<Bytes, BuildError>) -> Poll<Option<Result<Bytes, HttpError>>> {
        Poll::Ready(Some(frame.map_err(|error| {
            self.ended = true;
            self.source.fail(error.clone());
            HttpError::new(
                HttpErrorKind::RequestBody,
                format!("an event cannot be sent: {error}"),
            )
            .with_source(error)
        })))
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seconds = since.map(|since| since.as_secs()).unwrap_or_default();
    Timestamp::from_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
}

impl Stream for EventBody {
    type Item = Result<Bytes, HttpError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.ended {
            return Poll::Ready(None);
        }
        if let Some(initial) = this.initial.take() {
            let frame = this.frame(&initial);
            return this.sent(frame);
        }
        if this.messages.is_none() {
            this.messages = this.source.take(this.protocol);
        }
        let Some(messages) = &mut this.messages else {
            return this.sent(Err(BuildError::new(TAKEN)));
        };
        match ready!(messages.as_mut().poll_next(context)) {
            Some(message) => {
                let frame = message.and_then(|message| this.frame(&message));
                this.sent(frame)
            }
            None => {
                this.ended = true;
                match &mut this.signer {
                    // A signature of nothing proves that this is the end.
                    Some(signer) => {
                        let frame = signer.sign(Bytes::new(), now());
                        let frame = frame.and_then(|message| message.encode());
                        this.sent(frame)
                    }
                    None => Poll::Ready(None),
                }
            }
        }
    }
}

/// Why a second call cannot have the events of the first.
pub(crate) const TAKEN: &str =
    "its events were taken by another call; each call needs a stream of its own";

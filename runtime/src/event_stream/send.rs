//! The events of a request: taken from the caller's stream one after another, framed, signed and sent.

use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker, ready};

use super::MEDIA_TYPE;
use super::initial::initial_request;
use super::message::Message;
use super::write::{EventWriter, WriteEventStream};
use crate::error::{HttpError, HttpErrorKind};
use crate::http_binding::{RequestWriter, WireFormat};
use crate::shape::BuildError;
use crate::stream::{Body, EventSource, FrameSigner, TAKEN};

/// The events that a call sends, from any stream. Clones share it: only one call sends it, and only once.
pub struct EventInput<T>(Arc<Source<T>>);

struct Source<T>(Mutex<State<T>>);

struct State<T> {
    events: Held<T>,
    /// Whether an event was taken, or the end reached: events that were taken are not sent again.
    begun: bool,
    /// The call that sends the events, while it lasts.
    call: Weak<()>,
    /// The number of the body that sends them: a call that is retried has one body for each attempt.
    body: u64,
    failure: Option<BuildError>,
}

/// The caller's stream.
enum Held<T> {
    Here(Pin<Box<dyn Stream<Item = T> + Send>>),
    /// It is being polled at this moment; with the tasks that wait for that.
    Lent(Option<Waker>),
    Ended,
}

impl<T> EventInput<T> {
    /// The events of a stream, which is polled for the next one when the one before has been sent. The end of the
    /// stream is the end of the request.
    pub fn new(events: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Arc::new(Source(Mutex::new(State {
            events: Held::Here(Box::pin(events)),
            begun: false,
            call: Weak::new(),
            body: 0,
            failure: None,
        }))))
    }
}

impl<T> Clone for EventInput<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// The events must not be logged.
impl<T> fmt::Debug for EventInput<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.state().begun {
            "EventInput(sent)"
        } else {
            "EventInput(to be sent)"
        })
    }
}

impl<T> Source<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> State<T> {
    fn is_of(&self, call: &Arc<()>) -> bool {
        let own = self.call.upgrade();
        own.is_none_or(|own| Arc::ptr_eq(&own, call))
    }

    fn is_taken(&self, call: &Arc<()>) -> bool {
        self.begun || !self.is_of(call)
    }
}

/// The right of one body to send the events. While it exists, no other call has it.
struct Turn {
    call: Arc<()>,
    body: u64,
}

/// The events of a request, of any type.
trait Outgoing: Send + Sync {
    /// Whether some were taken, or another call sends them.
    fn is_taken(&self, call: &Arc<()>) -> bool;
    /// Makes the next body of `call` the one that sends them; `None`: they are taken.
    fn begin(&self, call: &Arc<()>) -> Option<Turn>;
    /// The next message of a body; there are none for a body that has been replaced.
    fn poll_message(
        &self,
        turn: &Turn,
        format: &'static dyn WireFormat,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Message, BuildError>>>;
    /// Records why an event could not be sent.
    fn fail(&self, error: BuildError);
    /// Why an event could not be sent.
    fn failure(&self) -> Option<BuildError>;
}

impl<T: WriteEventStream + 'static> Outgoing for Source<T> {
    fn is_taken(&self, call: &Arc<()>) -> bool {
        self.state().is_taken(call)
    }

    fn begin(&self, call: &Arc<()>) -> Option<Turn> {
        let mut state = self.state();
        if state.is_taken(call) {
            return None;
        }
        state.call = Arc::downgrade(call);
        state.body += 1;
        Some(Turn {
            call: Arc::clone(call),
            body: state.body,
        })
    }

    fn poll_message(
        &self,
        turn: &Turn,
        format: &'static dyn WireFormat,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Message, BuildError>>> {
        let mut events = {
            let mut state = self.state();
            if state.body != turn.body || !state.is_of(&turn.call) {
                return Poll::Ready(None);
            }
            match std::mem::replace(&mut state.events, Held::Lent(None)) {
                Held::Here(events) => events,
                Held::Lent(_) => {
                    state.events = Held::Lent(Some(context.waker().clone()));
                    return Poll::Pending;
                }
                Held::Ended => {
                    state.events = Held::Ended;
                    return Poll::Ready(None);
                }
            }
        };
        // Not under the lock: the caller's stream may do anything.
        let event = events.as_mut().poll_next(context);
        let mut state = self.state();
        state.begun |= event.is_ready();
        let back = match &event {
            Poll::Ready(None) => Held::Ended,
            _ => Held::Here(events),
        };
        if let Held::Lent(Some(waiting)) = std::mem::replace(&mut state.events, back) {
            waiting.wake();
        }
        drop(state);
        event.map(|event| event.map(|event| EventWriter::message(format, &event)))
    }

    fn fail(&self, error: BuildError) {
        self.state().failure.get_or_insert(error);
    }

    fn failure(&self) -> Option<BuildError> {
        self.state().failure.clone()
    }
}

impl RequestWriter {
    /// Events as the whole body; if they are unset, there are none.
    pub fn events<T: WriteEventStream + 'static>(&mut self, value: &Option<EventInput<T>>) {
        let source = match value {
            Some(EventInput(source)) => Arc::<Source<T>>::clone(source),
            None => EventInput::<T>::new(Nothing(std::marker::PhantomData)).0,
        };
        let events = Events {
            source,
            call: Arc::default(),
            format: self.format(),
        };
        self.set_events(Arc::new(events));
    }

    /// The same, but unset events are an error that names the member.
    pub fn required_events<T: WriteEventStream + 'static>(
        &mut self,
        name: &str,
        value: &Option<EventInput<T>>,
    ) {
        if value.is_none() {
            self.fail(BuildError::unset(name));
        }
        self.events(value);
    }
}

/// The events of one call.
struct Events {
    source: Arc<dyn Outgoing>,
    /// Identifies the call among those with the same events.
    call: Arc<()>,
    format: &'static dyn WireFormat,
}

impl EventSource for Events {
    fn media_type(&self) -> &'static str {
        MEDIA_TYPE
    }

    fn are_taken(&self) -> bool {
        self.source.is_taken(&self.call)
    }

    fn failure(&self) -> Option<BuildError> {
        self.source.failure()
    }

    fn body(&self, ahead: Option<Bytes>, signer: Option<Box<dyn FrameSigner>>) -> Body {
        let content_type = self.format.media_type();
        Body::from_stream(EventBody {
            source: Arc::clone(&self.source),
            format: self.format,
            initial: ahead.map(|members| initial_request(&content_type, members)),
            turn: self.source.begin(&self.call),
            signer,
            ended: false,
        })
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

/// The body of a request that sends events: complete messages, signed if the request is.
struct EventBody {
    source: Arc<dyn Outgoing>,
    format: &'static dyn WireFormat,
    initial: Option<Message>,
    turn: Option<Turn>,
    signer: Option<Box<dyn FrameSigner>>,
    ended: bool,
}

impl EventBody {
    fn frame(&mut self, message: &Message) -> Result<Bytes, BuildError> {
        let bytes = message.encode()?;
        match &mut self.signer {
            Some(signer) => signer.sign(bytes),
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
        let Some(turn) = &this.turn else {
            return this.sent(Err(BuildError::new(TAKEN)));
        };
        match ready!(this.source.poll_message(turn, this.format, context)) {
            Some(message) => {
                let frame = message.and_then(|message| this.frame(&message));
                this.sent(frame)
            }
            None => {
                this.ended = true;
                match &mut this.signer {
                    // The signature of an empty event proves that this is the end.
                    Some(signer) => {
                        let frame = signer.sign(Bytes::new());
                        this.sent(frame)
                    }
                    None => Poll::Ready(None),
                }
            }
        }
    }
}

//! A call from its builder to its output: the trait that call builders implement, and the future of a call.

use super::{CallResponse, Client};
use crate::error::{CrateError, Failure};
use crate::http_binding::{ReadOutput, WriteInput};
use crate::presign::{PresignedRequest, PresigningConfig};
use crate::protocol::Operation;
use crate::repeat::{AnswerWithStatus, Repeatable};
use futures_core::future::BoxFuture;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A call that has not been sent, in its parts. Generated call builders implement it.
pub trait Call: Clone + Send + 'static {
    /// The operation's output.
    type Output: ReadOutput + Default + Send + 'static;
    /// The crate's error.
    type Error: CrateError;
    /// The operation.
    const OPERATION: &'static Operation;

    /// The client that makes the call, and the input as it is set so far.
    fn parts(&self) -> (&Client, &dyn WriteInput);

    /// Builds the request: see [`Sending`].
    fn sending(&self) -> Sending<Self::Output, Self::Error> {
        let (client, input) = self.parts();
        client.call(Self::OPERATION, input)
    }

    /// Presigns the request: see [`PresignedRequest`].
    fn presigned(
        &self,
        config: PresigningConfig,
    ) -> BoxFuture<'static, Result<PresignedRequest, Self::Error>> {
        let (client, input) = self.parts();
        let presigned = client.presigned(Self::OPERATION, input, config);
        Box::pin(async move { presigned.await.map_err(Self::Error::from_failure) })
    }
}

impl<C: Call> Repeatable for C {
    type Output = C::Output;
    type Error = C::Error;

    fn repeat(&self) -> BoxFuture<'static, AnswerWithStatus<C::Output, C::Error>> {
        let mut sending = self.sending();
        Box::pin(poll_fn(move |context| sending.poll_answer(context)))
    }
}

/// A call as a future of its output. The request is built already; it is sent, with retries, when the future is first
/// polled. Dropping the future cancels the call.
///
/// # Errors
/// A required member is not set (then nothing is sent), the connection fails, a timeout passes, or the response is not a
/// success.
#[must_use = "a call is not made until its future is awaited"]
pub struct Sending<O, E> {
    call: PendingCall,
    output: PhantomData<fn() -> (O, E)>,
}

/// The part of a call that has the same type for all operations, so that only the reading of the output is compiled for
/// each.
pub(super) struct PendingCall {
    pub(super) client: Client,
    pub(super) operation: &'static Operation,
    pub(super) response: BoxFuture<'static, Result<CallResponse, Failure>>,
}

impl<O, E> From<PendingCall> for Sending<O, E> {
    fn from(call: PendingCall) -> Self {
        Self {
            call,
            output: PhantomData,
        }
    }
}

impl<O: ReadOutput + Default, E: CrateError> Sending<O, E> {
    fn poll_answer(&mut self, context: &mut Context<'_>) -> Poll<AnswerWithStatus<O, E>> {
        let response = ready!(self.call.response.as_mut().poll(context));
        Poll::Ready(match response {
            Ok(response) => self.read(response),
            Err(failure) => Err(E::from_failure(failure)),
        })
    }

    fn read(&self, response: CallResponse) -> AnswerWithStatus<O, E> {
        let PendingCall {
            client, operation, ..
        } = &self.call;
        let status = response.response.status().as_u16();
        let mut output = O::default();
        match client.read(operation, response, &mut output) {
            Ok(()) => Ok((output, status)),
            Err(failure) => Err(E::from_failure(*failure)),
        }
    }
}

impl<O: ReadOutput + Default, E: CrateError> Future for Sending<O, E> {
    type Output = Result<O, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_answer(context).map_ok(|(output, _)| output)
    }
}

impl<O, E> fmt::Debug for Sending<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending")
            .field("operation", &self.call.operation.name)
            .finish_non_exhaustive()
    }
}

//! The error of a generated crate and the exceptions of its service, one per line.

/// Declares `Error`, the error of every call of a crate, and `ServiceError`, the exceptions of the service's model: for
/// each its type in `types`, its predicate, the field with its message if it has one, and its names on the wire, the
/// code first.
///
/// ```text
/// tinsmith_runtime::service_errors! {
///     NoSuchKey, is_no_such_key, message: "NoSuchKey",
///     QueueDoesNotExist, is_queue_does_not_exist: "AWS.SimpleQueueService.NonExistentQueue" | "QueueDoesNotExist",
/// }
/// ```
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the types are those of the generated crate"
)]
macro_rules! service_errors {
    ($($name:ident, $is:ident $(, $message:ident)?: $code:literal $(| $other:literal)*,)*) => {
        /// Why a call failed: one type for the whole crate, of the size of a pointer.
        ///
        /// Exceptions of the model are matched with [`service_error`](Self::service_error), or tested by name with
        /// `error.is_…()`. `Display` shows all details.
        pub struct Error($crate::codegen::CallError<ServiceError>);

        impl Error {
            $(
                #[doc = concat!("Whether the service returned [`", stringify!($name), "`](types::", stringify!($name), ").")]
                #[must_use]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self.service_error(), Some(ServiceError::$name(_)))
                }
            )*
        }

        /// The exceptions of the service's model.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum ServiceError {
            $(
                #[doc = concat!("[`", stringify!($name), "`](types::", stringify!($name), ")")]
                $name(types::$name),
            )*
            /// An error that is not in the model; only [`Error::into_service_error`] and [`Error::as_service_error`]
            /// return it.
            Unhandled($crate::codegen::Unhandled),
        }

        impl ServiceError {
            $(
                #[doc = concat!("Whether this is [`", stringify!($name), "`](types::", stringify!($name), ").")]
                #[must_use]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$name(_))
                }
            )*

            /// Whether this error is not in the model.
            #[must_use]
            #[inline]
            pub fn is_unhandled(&self) -> bool {
                matches!(self, Self::Unhandled(_))
            }

            /// The code and the message.
            #[must_use]
            #[inline]
            pub fn meta(&self) -> $crate::codegen::ExceptionMetadata<'_> {
                match self {
                    $(Self::$name(_exception) => $crate::codegen::ExceptionMetadata::new(
                        Some($code),
                        None$(.or(_exception.$message.as_deref()))?,
                    ),)*
                    Self::Unhandled(unhandled) => unhandled.meta(),
                }
            }

            /// The code, without namespace and URI: the model's, or the one that the service sent.
            #[must_use]
            #[inline]
            pub fn code(&self) -> Option<&str> {
                self.meta().code()
            }

            /// The message, if there is one.
            #[must_use]
            #[inline]
            pub fn message(&self) -> Option<&str> {
                self.meta().message()
            }
        }

        impl $crate::codegen::ReadServiceError for ServiceError {
            #[inline]
            fn read_error(
                code: &str,
                _response: &$crate::codegen::ResponseReader<'_>,
            ) -> Option<$crate::codegen::ReadResult<Self>> {
                match code {
                    $($code $(| $other)* => Some(_response.error().map(Self::$name)),)*
                    _ => None,
                }
            }

            #[inline]
            fn unhandled(answer: $crate::codegen::Unhandled) -> Option<Self> {
                Some(Self::Unhandled(answer))
            }
        }

        /// The types of the exceptions of the service's model.
        pub mod exceptions {
            $(pub use super::types::$name;)*
        }

        pub use $crate::codegen::paths::error::*;

        $crate::service_errors! { @questions }
        $crate::service_errors! { @conversions }
    };
    (@questions) => {
        impl Error {
            /// The kind of failure.
            #[must_use]
            #[inline]
            pub fn kind(&self) -> $crate::codegen::ErrorKind {
                self.0.kind()
            }

            /// The operation's name in the model; empty if no operation was involved.
            #[must_use]
            #[inline]
            pub fn operation(&self) -> &'static str {
                self.0.operation()
            }

            /// The exception that the service returned, if it is in the model.
            #[must_use]
            #[inline]
            pub fn service_error(&self) -> Option<&ServiceError> {
                self.0.service_error().filter(|error| !error.is_unhandled())
            }

            /// The exception by value.
            #[must_use]
            #[inline]
            pub fn into_exception(self) -> Option<ServiceError> {
                self.0.into_exception().filter(|error| !error.is_unhandled())
            }

            /// The exception that the service returned, or [`Unhandled`](ServiceError::Unhandled) if it is not in the
            /// model.
            #[must_use]
            #[inline]
            pub fn as_service_error(&self) -> Option<&ServiceError> {
                self.0.service_error()
            }

            /// The exception by value. A failure without a response of the service becomes
            /// [`Unhandled`](ServiceError::Unhandled), which keeps only its text.
            #[must_use]
            #[inline]
            pub fn into_service_error(self) -> ServiceError {
                let unhandled = $crate::codegen::Unhandled::without_answer(self.meta());
                let exception = self.0.into_exception();
                exception.unwrap_or(ServiceError::Unhandled(unhandled))
            }

            /// The service's error code, without namespace and URI, modelled or not.
            #[must_use]
            #[inline]
            pub fn code(&self) -> Option<&str> {
                self.0.code()
            }

            /// The message that the service sent. `Display` and the source have further details.
            #[must_use]
            #[inline]
            pub fn message(&self) -> Option<&str> {
                self.0.message()
            }

            /// All other details, without the modelled exception.
            #[must_use]
            #[inline]
            pub fn meta(&self) -> &$crate::codegen::Failure {
                self.0.meta()
            }

            /// The HTTP status of the response, if there was one.
            #[must_use]
            #[inline]
            pub fn status(&self) -> Option<u16> {
                self.0.status()
            }

            /// The id that the service gave the request; support asks for it.
            #[must_use]
            #[inline]
            pub fn request_id(&self) -> Option<&str> {
                self.0.request_id()
            }

            /// The number of attempts that were sent; 0: none.
            #[must_use]
            #[inline]
            pub fn attempts(&self) -> u32 {
                self.0.attempts()
            }

            /// Whether the service throttled the request.
            #[must_use]
            #[inline]
            pub fn is_throttling(&self) -> bool {
                self.0.is_throttling()
            }

            /// Whether a timeout passed before the response was complete.
            #[must_use]
            #[inline]
            pub fn is_timeout(&self) -> bool {
                self.0.is_timeout()
            }

            /// The response with the service's error, for details that are not in the model.
            #[must_use]
            #[inline]
            pub fn raw_response(&self) -> Option<&$crate::codegen::HttpResponse> {
                self.0.raw_response()
            }
        }
    };
    (@conversions) => {
        impl ::std::fmt::Display for Error {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::fmt::Debug for Error {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl ::std::error::Error for Error {
            #[inline]
            fn source(&self) -> Option<&(dyn ::std::error::Error + 'static)> {
                ::std::error::Error::source(&self.0)
            }
        }

        impl $crate::codegen::ProvideErrorMetadata for Error {
            #[inline]
            fn meta(&self) -> &$crate::codegen::Failure {
                self.0.meta()
            }
        }

        impl $crate::codegen::CrateError for Error {
            type ServiceError = ServiceError;

            #[inline]
            fn from_failure(failure: $crate::codegen::Failure) -> Self {
                Self($crate::codegen::CallError::from_failure(failure))
            }

            #[inline]
            fn service_error(&self) -> Option<&ServiceError> {
                self.service_error()
            }
        }

        impl<R> $crate::codegen::ErrorOfCall<R> for ServiceError {
            type Error = Error;
        }

        impl ::std::fmt::Display for ServiceError {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.meta(), f)
            }
        }

        impl ::std::error::Error for ServiceError {}

        impl From<$crate::codegen::Failure> for Error {
            #[inline]
            fn from(failure: $crate::codegen::Failure) -> Self {
                Self(failure.into())
            }
        }

        impl From<$crate::codegen::ConfigError> for Error {
            #[inline]
            fn from(error: $crate::codegen::ConfigError) -> Self {
                Self(error.into())
            }
        }

        impl From<$crate::codegen::StreamError> for Error {
            #[inline]
            fn from(error: $crate::codegen::StreamError) -> Self {
                Self(error.into())
            }
        }

        /// The error of the call, if a call ended the wait.
        impl<O> From<$crate::codegen::WaiterError<O, Error>> for Error {
            #[inline]
            fn from(error: $crate::codegen::WaiterError<O, Error>) -> Self {
                error.into_error()
            }
        }
    };
}

//! Call builders, which a client's method returns and `send` sends.

/// The call builder of an operation: its structure, its setters (one line per member of the input, as in
/// [`setters!`](crate::setters)), `send` and `presigned`.
///
/// ```text
/// tinsmith_runtime::call! {
///     /// Lists images.
///     pub struct ListImages(ListImagesInput) -> ListImagesOutput, ListImagesError; paginated {
///         owner, set_owner(impl types::Ownership),
///     }
/// }
/// ```
///
/// It needs `OPERATION` and the crate's `Client`, `Error` and `ServiceError` in scope.
#[macro_export]
macro_rules! call {
    (
        $(#[$attribute:meta])*
        pub struct $call:ident($input:ident) -> $output:ident, $error:ident $(; $pages:ident)? {
            $($(#[$of_member:meta])* $name:ident, $set:ident($($takes:tt)*),)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct $call {
            client: Client,
            input: $input,
        }

        /// The exceptions that the service can return, which are the same for the whole crate.
        pub type $error = ServiceError;

        impl $call {
            #[inline]
            pub(crate) fn new(client: Client) -> Self {
                Self {
                    client,
                    input: $input::default(),
                }
            }
            $($crate::setter! { { $input (input.) [$(#[$of_member])*] $name $set } ($($takes)*) })*
            /// Sends the request, with retries, and reads the response.
            ///
            /// # Errors
            /// A required member is not set (then nothing is sent), the connection fails, a timeout passes, or the
            /// response is not a success.
            #[inline]
            pub fn send(self) -> $crate::codegen::Sending<$output, Error> {
                $crate::codegen::Call::sending(&self)
            }
            /// Presigns the request with the client's credentials, for whoever sends it until it expires; nothing is sent
            /// now. Takes a `Duration`, 1 second to 7 days, or a `PresigningConfig`. It is not valid for longer than the
            /// credentials are.
            ///
            /// # Errors
            /// A required member is not set, there are no credentials, or the time is not one of those.
            #[inline]
            pub fn presigned(
                self,
                expires_in: impl Into<$crate::codegen::PresigningConfig>,
            ) -> $crate::codegen::BoxFuture<'static, Result<$crate::codegen::PresignedRequest, Error>> {
                $crate::codegen::Call::presigned(&self, expires_in.into())
            }
            $($crate::call! { @$pages })?
        }

        impl $crate::codegen::Call for $call {
            type Output = $output;
            type Error = Error;
            const OPERATION: &'static $crate::codegen::Operation = &OPERATION;

            #[inline]
            fn parts(&self) -> (&$crate::codegen::RuntimeClient, &dyn $crate::codegen::WriteInput) {
                (&self.client.inner, &self.input)
            }
        }
    };
    (@paginated) => {
        /// Lists page by page or item by item.
        #[inline]
        pub fn into_paginator(self) -> $crate::codegen::Paginator<Self> {
            $crate::codegen::Paginator::new(self)
        }
    };
}

//! For crates that load configurations from outside of a program, as tinsmith-config does. Programs need none of it.
//!
//! [`ConfigBuilder`](crate::ConfigBuilder) has more for them: `settings_mut`, `or_credentials_provider` and others.

pub use crate::client::cache::{Cache, Expiring, Fetch, PAUSE};
pub use crate::client::config::{
    Endpoints, Found, MOST_MIN_COMPRESSION_SIZE, RuleSettings, Setting, Settings, Url,
    default_http_client,
};
pub use crate::client::tokens::TokenSource;
pub use crate::endpoint::{BaseUrl, check_region};
pub use crate::sign::{Secret, hex};

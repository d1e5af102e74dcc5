//! The protocol of a crate whose service supports several: that of `tinsmith.toml`, else the one that the crate uses
//! already, according to its lock, else the best. So a model that gains a protocol changes nothing by itself.

use crate::config::FILE;
use crate::lock::Lock;
use crate::report::{Report, nearest};
use tinsmith_codegen::Model;
use tinsmith_codegen::model::Protocol;

/// The protocol of a crate.
pub fn of_model(model: &Model) -> Option<&'static str> {
    model.service.protocol.as_ref().map(Protocol::name)
}

/// The protocol with which a model is read; `None`: the best.
pub fn preferred<'p>(configured: Option<&'p str>, lock: Option<&'p Lock>) -> Option<&'p str> {
    configured.or_else(|| of_model(&lock?.facts.model))
}

/// Checks that a model can be read with the protocol in `tinsmith.toml` for the service `name`.
///
/// # Errors
/// The service does not support it, or no clients are generated for it.
pub fn check(name: &str, configured: Option<&str>, model: &Model) -> Result<(), Report> {
    match configured {
        Some(wanted) if of_model(model) != Some(wanted) => {
            let possible = model.service.possible_protocols();
            let expected = match possible.as_slice() {
                [] => "none of its protocols can be generated".to_owned(),
                _ => format!(
                    "expected one that the service supports and that clients are generated for ({})",
                    possible.join(", ")
                ),
            };
            Err(Report::new(format!(
                "{expected}, found `{wanted}`{}\n  in {FILE} at services.{name}.protocol",
                nearest(wanted, possible.iter().copied())
            )))
        }
        _ => Ok(()),
    }
}

//! The name of the command line, in help and in messages: what the user typed, so that it can be typed again.

use std::sync::OnceLock;

/// The name unless another one is set.
const DEFAULT: &str = "cargo tinsmith";

static NAME: OnceLock<&str> = OnceLock::new();

/// Sets the name for this process, such as `cargo xtask`. The first one that is set stays.
pub fn set_name(name: &'static str) {
    // A second name would only make messages differ.
    let _ = NAME.set(name);
}

/// The name: `cargo tinsmith`, or the one that was set.
pub fn name() -> &'static str {
    NAME.get().copied().unwrap_or(DEFAULT)
}

/// The command line with its name in place of `cargo tinsmith`, also in the examples of each command.
pub fn named(command: clap::Command) -> clap::Command {
    let examples = command.get_after_help().map(ToString::to_string);
    let command = match examples {
        Some(text) => command.after_help(text.replace(DEFAULT, name())),
        None => command,
    };
    let inner: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .collect();
    inner.into_iter().fold(command, |command, inner| {
        command.mut_subcommand(inner, named)
    })
}

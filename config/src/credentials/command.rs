//! `credential_process`: a program that the user configured and that prints credentials.

use super::object::Object;
use super::{Credentials, expiry};
use std::process::{ExitStatus, Stdio};
use std::time::SystemTime;
use tokio::process::Command;
use zeroize::Zeroizing;

/// Runs the line as it is in the profile and reads what it prints. Neither the line nor the output of either stream
/// appears in an error: both may contain secrets.
pub(super) async fn credentials(line: &str) -> Result<Credentials, String> {
    let (shell, option) = if cfg!(windows) {
        ("cmd.exe", "/C")
    } else {
        ("sh", "-c")
    };
    let output = Command::new(shell)
        .arg(option)
        .arg(line)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|error| format!("the program could not be run by {shell}: {error}"))?;
    let printed = Zeroizing::new(output.stdout);
    if !output.status.success() {
        return Err(format!(
            "the program {}; run it by hand to see its output",
            describe(output.status)
        ));
    }
    let credentials = Object::read(&printed).and_then(|object| read(&object));
    credentials
        .map_err(|why| format!("the output of the program: {why}"))?
        .unless_expired("the program", SystemTime::now())
}

fn describe(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("ended with status {code}"),
        None => "was ended by a signal".to_owned(),
    }
}

fn read(object: &Object) -> Result<Credentials, String> {
    if object.need_number("Version")? != 1.0 {
        return Err("expected 1 as `Version`, found another number".to_owned());
    }
    let credentials = Credentials::new(
        object.need_text("AccessKeyId")?,
        object.need_text("SecretAccessKey")?,
        object.text("SessionToken")?.map(str::to_owned),
    );
    Ok(match expiry::member(object, "Expiration")? {
        Some(expires_at) => credentials.with_expiry(expires_at),
        None => credentials,
    })
}

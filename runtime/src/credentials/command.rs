//! `credential_process`: a program of the user's that prints credentials.

use super::Credentials;
use reqsign_aws_v4::ProcessCredentialProvider;
use reqsign_core::{CommandExecute, CommandOutput, Context, ProvideCredential};
use tokio::process::Command;

/// Runs the line as it stands in the profile and reads what it prints.
pub(super) async fn credentials(line: &str) -> Result<Credentials, String> {
    let context = Context::new().with_command_execute(Shell {
        line: line.to_owned(),
    });
    // The provider splits its command at white space, which breaks quoted paths: it is given a stand-in, and the
    // line goes to the shell.
    let provider = ProcessCredentialProvider::new().with_command("credential_process");
    match provider.provide_credential(&context).await {
        Ok(Some(keys)) => Ok(keys.into()),
        Ok(None) => Err("the program gave nothing".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

#[derive(Debug)]
struct Shell {
    line: String,
}

impl CommandExecute for Shell {
    async fn command_execute(&self, _: &str, _: &[&str]) -> reqsign_core::Result<CommandOutput> {
        let (shell, option) = if cfg!(windows) {
            ("cmd.exe", "/C")
        } else {
            ("sh", "-c")
        };
        let output = Command::new(shell)
            .arg(option)
            .arg(&self.line)
            .kill_on_drop(true)
            .output()
            .await?;
        Ok(CommandOutput {
            status: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: output.stderr,
        })
    }
}

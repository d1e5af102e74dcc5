//! `login_session` in a build without the feature `login`: an error that names the feature.

use super::Credentials;
use super::io::ProviderIo;

/// A session of a profile.
#[derive(Debug)]
pub(super) struct Login {
    pub(super) profile: String,
    pub(super) session: String,
}

impl Login {
    pub(super) async fn credentials(
        &self,
        _: &ProviderIo,
        _: Option<&str>,
    ) -> Result<Credentials, String> {
        Err(format!(
            "profile `{}` has login_session `{}`: expected a build with the feature `login` of tinsmith-config",
            self.profile, self.session
        ))
    }
}

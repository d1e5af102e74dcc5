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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::Metadata;
    use crate::environment::Environment;
    use crate::settings::Lookup;
    use crate::settings::profile::Profiles;
    use std::sync::Arc;
    use tinsmith_runtime::Config;
    use tinsmith_runtime::replay::ReplayClient;

    #[tokio::test]
    async fn a_login_session_without_the_feature_is_an_error_that_names_it() {
        let environment = Environment::empty();
        let profiles = Profiles::load(&environment, None).await.unwrap();
        let lookup = Lookup {
            environment: &environment,
            profiles: &profiles,
        };
        let io = ProviderIo {
            http: Arc::new(ReplayClient::new()),
            metadata: Metadata::read(&lookup).unwrap(),
            clients: Config::builder(),
            environment: environment.clone(),
        };
        let login = Login {
            profile: "ci".to_owned(),
            session: "arn:aws:iam::123456789012:user/me".to_owned(),
        };
        assert_eq!(
            login.credentials(&io, Some("eu-west-1")).await.unwrap_err(),
            "profile `ci` has login_session `arn:aws:iam::123456789012:user/me`: expected a build with the feature `login` of tinsmith-config"
        );
    }
}

//! A client of few lines: signs with aws-sigv4, writes HTTP/1.1 to a TCP stream, keeps the answer's bytes.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use serde_json::Value;
use tinsmith_tests::server::{ACCESS_KEY_ID, ImageBuilder, REGION, SECRET_ACCESS_KEY};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request to be signed and sent; tests change one part of a good one.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) target: &'static str,
    pub(crate) media_type: &'static str,
    pub(crate) body: String,
    /// Sent in the place of the body that was signed.
    pub(crate) sent_body: Option<String>,
    pub(crate) key: &'static str,
    pub(crate) secret: &'static str,
    pub(crate) token: Option<&'static str>,
    pub(crate) region: &'static str,
    pub(crate) time: SystemTime,
    pub(crate) unsigned: bool,
    /// Headers that are signed besides the usual ones.
    pub(crate) signed: Vec<(&'static str, &'static str)>,
    /// Headers that are added after signing.
    pub(crate) added: Vec<(&'static str, &'static str)>,
}

impl Call {
    pub(crate) fn list(body: &Value) -> Self {
        Self {
            target: "/ListImageBuildVersions",
            media_type: "application/json",
            body: body.to_string(),
            sent_body: None,
            key: ACCESS_KEY_ID,
            secret: SECRET_ACCESS_KEY,
            token: None,
            region: REGION,
            time: SystemTime::now(),
            unsigned: false,
            signed: Vec::new(),
            added: Vec::new(),
        }
    }

    pub(crate) async fn send(self, server: &ImageBuilder) -> Answer {
        self.try_send(server).await.unwrap()
    }

    pub(crate) async fn try_send(self, server: &ImageBuilder) -> std::io::Result<Answer> {
        let host = server.url().trim_start_matches("http://");
        let mut headers = vec![
            ("host", host.to_owned()),
            ("content-type", self.media_type.to_owned()),
        ];
        headers.extend(
            self.signed
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let signature = self.signature(server.url(), &headers);
        headers.extend(
            signature
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone())),
        );
        headers.extend(
            self.added
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let body = self.sent_body.as_ref().unwrap_or(&self.body);
        headers.push(("content-length", body.len().to_string()));
        headers.push(("connection", "close".to_owned()));
        let lines: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();

        let mut stream = TcpStream::connect(host).await?;
        let text = format!("POST {} HTTP/1.1\r\n{lines}\r\n{body}", self.target);
        stream.write_all(text.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok(Answer::new(answer))
    }

    fn signature(&self, url: &str, headers: &[(&str, String)]) -> Vec<(String, String)> {
        if self.unsigned {
            return Vec::new();
        }
        let token = self.token.map(str::to_owned);
        let identity = Credentials::new(self.key, self.secret, token, None, "test").into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region)
            .name("imagebuilder")
            .time(self.time)
            .settings(SigningSettings::default())
            .build()
            .unwrap()
            .into();
        let headers = headers.iter().map(|(name, value)| (*name, value.as_str()));
        let body = SignableBody::Bytes(self.body.as_bytes());
        let url = format!("{url}{}", self.target);
        let request = SignableRequest::new("POST", url, headers, body).unwrap();
        let (instructions, _) = sign(request, &params).unwrap().into_parts();
        let (headers, _) = instructions.into_parts();
        headers
            .iter()
            .map(|header| (header.name().to_owned(), header.value().to_owned()))
            .collect()
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) body: String,
}

impl Answer {
    fn new(bytes: Vec<u8>) -> Self {
        let text = String::from_utf8(bytes).unwrap();
        let body = text
            .split_once("\r\n\r\n")
            .map_or("", |(_, body)| body)
            .to_owned();
        Self { text, body }
    }

    pub(crate) fn status(&self) -> u16 {
        self.text.split(' ').nth(1).unwrap().parse().unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.text
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_default()
    }

    pub(crate) fn page(&self) -> Value {
        assert_eq!(self.status(), 200, "{}", self.text);
        serde_json::from_str(&self.body).unwrap()
    }
}

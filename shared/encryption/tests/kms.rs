//! What KMS is asked, and what follows from its answers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use aws_credential_types::Credentials;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::config::{BehaviorVersion, Config, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use domain::{ChannelId, Secret, TenantId, Timestamp};
use encryption::{EncryptionContext, EncryptionError, Encryptor, SecretOwner};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);
const KEY: &str = "arn:aws:kms:us-east-1:000000000000:key/1";

/// A data key, in base64, as KMS would give it.
const PLAIN: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
/// The same wrapped: "wrapped" in base64.
const WRAPPED: &str = "d3JhcHBlZA==";

/// A KMS that always gives the same answer, and the requests that it was asked.
#[derive(Clone, Debug)]
struct Kms {
    answer: Arc<(u16, String)>,
    asked: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Kms {
    fn that_answers(status: u16, body: impl Into<String>) -> (Self, Encryptor) {
        let kms = Self { answer: Arc::new((status, body.into())), asked: Arc::default() };
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .retry_config(RetryConfig::disabled())
            .http_client(kms.clone())
            .build();
        let encryptor = Encryptor::new((Client::from_conf(config), KEY.to_owned()));
        (kms, encryptor)
    }

    /// One that gives a key.
    fn that_works() -> (Self, Encryptor) {
        let both = json!({"KeyId": KEY, "Plaintext": PLAIN, "CiphertextBlob": WRAPPED});
        Self::that_answers(200, both.to_string())
    }

    fn asked(&self) -> Vec<(String, Value)> {
        self.asked.lock().unwrap().clone()
    }
}

impl HttpConnector for Kms {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let body = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        self.asked.lock().unwrap().push((target, body));
        let (status, body) = &*self.answer;
        let answer = http::Response::builder().status(*status).body(SdkBody::from(body.as_str())).unwrap();
        HttpConnectorFuture::ready(Ok(HttpResponse::try_from(answer).unwrap()))
    }
}

impl HttpClient for Kms {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn here() -> EncryptionContext {
    let tenant = TenantId::from_parts(NOW, 1);
    let channel = ChannelId::from_parts(NOW, 2);
    EncryptionContext { tenant, owner: SecretOwner::Channel(channel), item: "the item".to_owned() }
}

#[tokio::test]
async fn s19_kms_is_told_tenant_and_channel_and_nothing_of_the_token() {
    let (kms, encryptor) = Kms::that_works();
    let ciphertext = encryptor.encrypt(&Secret::new("EAAG-token"), &here(), 1 << 100).await.unwrap();
    assert!(ciphertext.starts_with(&format!("v1|{KEY}|{WRAPPED}|")), "{ciphertext}");
    assert_eq!(encryptor.decrypt(&ciphertext, &here(), NOW).await.unwrap().secret.expose(), "EAAG-token");
    let context = json!(std::collections::BTreeMap::from(here().context()));
    let made = json!({"KeyId": KEY, "KeySpec": "AES_256", "EncryptionContext": context});
    let revealed = json!({"KeyId": KEY, "CiphertextBlob": WRAPPED, "EncryptionContext": context});
    let asked = [("TrentService.GenerateDataKey", made), ("TrentService.Decrypt", revealed)];
    assert_eq!(kms.asked(), asked.map(|(target, body)| (target.to_owned(), body)));
}

#[tokio::test]
async fn only_what_kms_did_not_wrap_so_can_never_be_opened() {
    let (_, encryptor) = Kms::that_works();
    let ciphertext = encryptor.encrypt(&Secret::new("EAAG-token"), &here(), 1).await.unwrap();
    for (kind, passes) in [
        ("InvalidCiphertextException", false),
        ("IncorrectKeyException", false),
        ("AccessDeniedException", true),
        ("DisabledException", true),
        ("KMSInternalException", true),
        ("ThrottlingException", true),
    ] {
        let (_, encryptor) = Kms::that_answers(400, json!({"__type": kind, "message": "so it is"}).to_string());
        let refused = encryptor.decrypt(&ciphertext, &here(), NOW).await.unwrap_err();
        assert_eq!(refused.is_retryable(), passes, "{kind}: {refused}");
    }
}

#[tokio::test]
async fn s18_an_answer_that_cannot_be_read_is_not_shown() {
    let cut = json!({"KeyId": KEY, "Plaintext": PLAIN}).to_string();
    for body in [&cut[..cut.len() - 1], "{}"] {
        let (_, encryptor) = Kms::that_answers(200, body);
        let refused = encryptor.encrypt(&Secret::new("EAAG-token"), &here(), 1).await.unwrap_err();
        assert!(matches!(refused, EncryptionError::Unavailable(_)), "{refused}");
        assert!(!format!("{refused} {refused:?}").contains("AAEC"), "{refused:?}");
    }
}

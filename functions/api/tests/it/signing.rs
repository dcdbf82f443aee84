//! The key of access tokens gives way to another.

use crate::support::{Api, NOW, SEED, secrets};
use api::{Signing, Tokens};
use axum::http::{Method, StatusCode};
use domain::Secret;
use futures::FutureExt;
use futures::future::BoxFuture;
use runtime::keyring::Source;
use runtime::secrets::SecretsError;
use runtime::{Keyring, OwnSecrets};
use serde_json::Value;
use std::sync::{Arc, Mutex};

const NEXT: [u8; 32] = [8; 32];

/// Secrets that are replaced elsewhere.
#[derive(Clone, Debug)]
struct Elsewhere(Arc<Mutex<OwnSecrets>>);

impl Source<OwnSecrets> for Elsewhere {
    fn fetch(&self) -> BoxFuture<'_, Result<OwnSecrets, SecretsError>> {
        let secrets = self.0.lock().unwrap().clone();
        async move { Ok(secrets) }.boxed()
    }
}

impl Elsewhere {
    fn becomes(&self, secrets: OwnSecrets) {
        *self.0.lock().unwrap() = secrets;
    }
}

async fn opens(api: &Api, token: &str) -> bool {
    api.call_as(token, Method::GET, "/api/auth/me", Value::Null).await.status == StatusCode::OK
}

/// The key by which the API signs at this moment, as far as it is one of these two.
async fn signs_by(api: &Api) -> [u8; 32] {
    let token = api.signed_in(&api.user).await.access_token;
    let by_next = Tokens::from_seed(&NEXT).unwrap().check(&token, api.now()).is_some();
    if by_next { NEXT } else { SEED }
}

#[tokio::test]
async fn s5_the_signing_key_is_replaced_while_traffic_flows() {
    let secret = Elsewhere(Arc::new(Mutex::new(secrets(&SEED, None))));
    let signing = Signing::by(Keyring::open(secret.clone(), NOW).await.unwrap());
    let api = Api::signing_by(signing, &Secret::new("a hash that no password has")).await;
    let old = api.token.clone();

    secret.becomes(secrets(&NEXT, Some(&SEED)));
    assert!(opens(&api, &old).await);
    assert_eq!(signs_by(&api).await, SEED, "the secret is not old yet");
    let session = api.deps.signing.check(&old, api.now()).await.unwrap().session;
    let sessions = api.store.tenant(api.tenant).sessions(api.user.id).await.unwrap();
    let session = sessions.into_iter().find(|one| one.id == session).unwrap();
    let new = Tokens::from_seed(&NEXT).unwrap().issue(&session, api.now()).unwrap();
    assert!(opens(&api, &new).await, "another instance has signed by the new key, and it is looked for");
    assert_eq!(signs_by(&api).await, NEXT);
    assert!(opens(&api, &old).await && opens(&api, &new).await, "both are good");

    api.pass(300);
    assert!(opens(&api, &old).await && opens(&api, &new).await);
    secret.becomes(secrets(&NEXT, None));
    api.pass(300);
    assert!(!opens(&api, &old).await && opens(&api, &new).await, "the old one was taken out");

    let stranger = Tokens::from_seed(&[9; 32]).unwrap().issue(&session, api.now()).unwrap();
    assert!(!opens(&api, &stranger).await, "looking for a key does not make one");
}

//! The API as a Lambda function, behind an HTTP API of API Gateway.

use api::access::password_hashes::Passwords;
use api::{Deps, Edge, Origins, Signing, Signups};
use blobs::Blobs;
use encryption::Encryptor;
use runtime::{Clock, Environment, Keyring, OwnSecrets, SystemClock, SystemRandom};
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let origins = Origins::from_environment(&environment)?;
    let edge = Edge::from_environment(&environment)?;
    let aws = runtime::aws::config().await;
    let encryptor = Encryptor::new((aws_sdk_kms::Client::new(&aws), environment.required("KMS_KEY_ID")?));
    let secrets = (aws_sdk_secretsmanager::Client::new(&aws), environment.required("SECRET_ID")?);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let meta = (aws_sdk_secretsmanager::Client::new(&aws), environment.required("META_SECRET_ID")?);
    let signups = Signups::from_environment(&environment, &environment.required("CONSOLE_URL")?, Arc::new(meta))?;
    let graph = whatsapp::Client::new(whatsapp::transport::http_client()?, environment.required("GRAPH_URL")?);
    let now = SystemClock.now();
    let (keyring, ()) = tokio::join!(Keyring::<OwnSecrets>::open(secrets, now), table.warm_up());
    let store = Store::new(table);
    let keyring = keyring?;
    let blobs = Blobs::new(&aws, &environment.required("MEDIA_BUCKET_URL")?, blobs::http_client()?);
    let clock = Arc::new(SystemClock);
    let random = Arc::new(SystemRandom);
    let passwords = Passwords::default();
    let token_key = keyring.secrets(now).await.token_key.clone();
    let signing = Signing::by(keyring);
    let deps = Deps {
        store,
        clock,
        random,
        signing,
        passwords,
        token_key,
        https: true,
        origins,
        encryptor,
        blobs,
        calls_private: false,
        edge,
        graph,
        signups,
    };
    lambda_http::run(api::router(deps)).await
}

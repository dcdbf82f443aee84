//! The API as a Lambda function, behind an HTTP API of API Gateway.

use api::passwords::Passwords;
use api::{Deps, Edge, Origins, Signing};
use runtime::{Clock, Environment, Keyring, OwnSecrets, SystemClock, SystemIds};
use seal::Sealer;
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let (origins, edge) = (Origins::of(&environment)?, Edge::of(&environment)?);
    let aws = runtime::aws::config().await;
    let sealer = Sealer::new((aws_sdk_kms::Client::new(&aws), environment.required("KMS_KEY_ID")?));
    let secrets = (aws_sdk_secretsmanager::Client::new(&aws), environment.required("SECRET_ID")?);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&aws), environment.required("TABLE_NAME")?);
    let now = SystemClock.now();
    let (keyring, ()) = tokio::join!(Keyring::<OwnSecrets>::open(secrets, now), table.reach());
    let (store, keyring) = (Store::new(table), keyring?);
    let (clock, ids, passwords) = (Arc::new(SystemClock), Arc::new(SystemIds), Passwords::default());
    let (seal_key, signing) = (keyring.secrets(now).await.seal_key.clone(), Signing::by(keyring));
    let deps = Deps { store, clock, ids, signing, passwords, seal_key, https: true, origins, sealer, edge };
    lambda_http::run(api::router(deps)).await
}

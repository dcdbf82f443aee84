//! The API as a Lambda function, behind an HTTP API of API Gateway.

use api::passwords::Passwords;
use api::{Deps, Origins, Tokens};
use runtime::{Environment, Secrets, SystemClock, SystemIds};
use seal::Sealer;
use std::sync::Arc;
use store::{Store, Table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    let environment = Environment::of_process();
    runtime::logs::json(&environment);
    let (table, secret) = (environment.required("TABLE_NAME")?, environment.required("SECRET_ID")?);
    let origins = Origins::of(&environment)?;
    let config = runtime::aws::config().await;
    let sealer = Sealer::new((aws_sdk_kms::Client::new(&config), environment.required("KMS_KEY_ID")?));
    let secrets = aws_sdk_secretsmanager::Client::new(&config);
    let table = Table::new(aws_sdk_dynamodb::Client::new(&config), table);
    let (secrets, ()) = tokio::join!(Secrets::fetch(&secrets, &secret), table.reach());
    let secrets = secrets?;
    let seed = secrets.signing_seed().ok_or("the secret's signingSeed is not 32 bytes in base64")?;
    let deps = Deps {
        store: Store::new(table),
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        tokens: Tokens::from_seed(&seed)?,
        passwords: Passwords::default(),
        seal_key: secrets.seal_key,
        https: true,
        origins,
        sealer,
    };
    lambda_http::run(api::router(deps)).await
}

//! `cargo run --bin post-event -- events/whatsapp/text.json`: posts event files to a running local stack.
//!
//! A body of `events/whatsapp/` is written and signed as Meta does it. An event of API Gateway (`events/webhook/`,
//! `events/api/`) is sent as the request that it was: method, path, query, headers and body as they stand there.

use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Parser;
use domain::Secret;
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST};
use leadwire::data::{ACCOUNT_FILE, Account};
use leadwire::gateway::WEBHOOK_PATHS;
use reqwest::{Client, RequestBuilder};
use runtime::Environment;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Post event files to a running local stack. Prints the status of each, and exits with 1 if any is not 200.
#[derive(Debug, Parser)]
struct Args {
    /// Files from events/whatsapp, which are signed, or from events/webhook and events/api, which are sent unchanged.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The URL of the stack.
    #[arg(long, default_value = "http://localhost:5000")]
    url: String,

    /// The app secret to sign with. Defaults to WHATSAPP_APP_SECRET, or the secret in the stack's data folder.
    #[arg(long)]
    secret: Option<String>,

    /// The stack's data folder.
    #[arg(long, value_name = "DIR", default_value = ".leadwire")]
    data: PathBuf,
}

/// Why a file could not be posted.
#[derive(Debug, thiserror::Error)]
enum PostError {
    #[error("cannot read {}: {why}", file.display())]
    File { file: PathBuf, why: String },
    #[error(
        "{} is neither a webhook body of WhatsApp (events/whatsapp) nor an API Gateway event (events/webhook, \
         events/api)",
        file.display()
    )]
    Shape { file: PathBuf },
    #[error(
        "no app secret to sign with, because {} cannot be read ({why}): start the stack with `cargo run`, or use \
         --data or --secret",
        file.display()
    )]
    NoSecret { file: PathBuf, why: String },
    #[error("cannot create the HTTP client: {0}")]
    Client(reqwest::Error),
    #[error("{url} does not answer ({why}): start the stack with `cargo run`, or give its URL with --url")]
    NoAnswer { url: String, why: String },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(&Args::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Posts every file, in the order given. True if all were answered with 200.
async fn run(args: &Args) -> Result<bool, PostError> {
    let client = whatsapp::transport::http_client().map_err(PostError::Client)?;
    let mut all = true;
    for file in &args.files {
        let answer = request(&client, file, args)?.send().await;
        let answer = answer.map_err(|why| PostError::NoAnswer { url: args.url.clone(), why: why.to_string() })?;
        let status = answer.status();
        println!("{} {}", status.as_u16(), file.display());
        if status == StatusCode::OK {
            show(&client, file, args).await;
        } else {
            println!("    {}", answer.text().await.unwrap_or_default());
            all = false;
        }
    }
    Ok(all)
}

/// Has the customer's page show who wrote, and what. A stack that speaks to Meta has no such page.
async fn show(client: &Client, file: &Path, args: &Args) {
    let base = args.url.trim_end_matches('/');
    if let Ok(bytes) = std::fs::read(file) {
        let post = client.post(format!("{base}/_sim/webhooks/posted")).header(CONTENT_TYPE, "application/json");
        let _ = post.body(bytes).send().await;
    }
}

/// The request that a file stands for, whichever kind it is.
fn request(client: &Client, file: &Path, args: &Args) -> Result<RequestBuilder, PostError> {
    let unreadable = |why: String| PostError::File { file: file.to_owned(), why };
    let bytes = std::fs::read(file).map_err(|error| unreadable(error.to_string()))?;
    let json: Value = serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))?;
    let base = args.url.trim_end_matches('/');
    if json["object"] == "whatsapp_business_account" {
        return Ok(signed(client, base, &json, &secret(args)?));
    }
    if json.get("requestContext").is_none() {
        return Err(PostError::Shape { file: file.to_owned() });
    }
    let event = serde_json::from_value(json).map_err(|error| unreadable(error.to_string()))?;
    as_it_was(client, base, event).map_err(unreadable)
}

/// A body, as Meta writes and signs it.
fn signed(client: &Client, base: &str, body: &Value, secret: &Secret) -> RequestBuilder {
    let body = meta_simulator::escape(body).into_bytes();
    let signature = whatsapp::signature::sign(&body, secret);
    let post = client.post(format!("{base}{}", WEBHOOK_PATHS[0])).header(CONTENT_TYPE, "application/json");
    post.header(whatsapp::signature::HEADER, signature).body(body)
}

/// The request that API Gateway made an event of.
fn as_it_was(client: &Client, base: &str, event: ApiGatewayV2httpRequest) -> Result<RequestBuilder, String> {
    let mut headers = event.headers;
    // They belong to the connection, which is another one now.
    headers.remove(HOST);
    headers.remove(CONTENT_LENGTH);
    let query = event.raw_query_string.filter(|query| !query.is_empty()).map(|query| format!("?{query}"));
    let url = format!("{base}{}{}", event.raw_path.unwrap_or_default(), query.unwrap_or_default());
    let body = event.body.unwrap_or_default();
    let body = if event.is_base64_encoded {
        STANDARD.decode(body).map_err(|error| format!("its body is not base64: {error}"))?
    } else {
        body.into_bytes()
    };
    Ok(client.request(event.request_context.http.method, url).headers(headers).body(body))
}

/// What the stack checks signatures with: where it accepts several, the first.
fn secret(args: &Args) -> Result<Secret, PostError> {
    let said = args.secret.clone().or_else(|| Environment::of_process().optional("WHATSAPP_APP_SECRET"));
    let secrets = said.map_or_else(|| stored_secret(&args.data), Ok)?;
    Ok(Secret::new(secrets.split(',').next().unwrap_or_default().trim()))
}

fn stored_secret(folder: &Path) -> Result<String, PostError> {
    let file = folder.join(ACCOUNT_FILE);
    let missing = |why: String| PostError::NoSecret { file: file.clone(), why };
    let json = std::fs::read(&file).map_err(|error| missing(error.to_string()))?;
    let account: Account = serde_json::from_slice(&json).map_err(|error| missing(error.to_string()))?;
    Ok(account.app_secret)
}

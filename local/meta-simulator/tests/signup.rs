//! Embedded Signup: a number is chosen on the page, and the code that it returns with is exchanged once, in time, by the app
//! that asked.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside of test functions")]

mod common;

use axum::http::StatusCode;
use common::{Stage, stage};
use meta_simulator::{APP_ID, CONFIG_ID};
use serde_json::{Value, json};

const BACK: &str = "http://localhost:5000/numbers/link";

fn page(version: &str) -> String {
    let extras = format!("%7B%22version%22%3A%22{version}%22%2C%22featureType%22%3A%22%22%7D");
    format!(
        "http://meta.test/v26.0/dialog/oauth?client_id={APP_ID}&config_id={CONFIG_ID}&redirect_uri={BACK}&state=s1\
         &response_type=code&extras={extras}"
    )
}

/// The code with which the page returns when the third number is chosen.
fn code(stage: &Stage) -> String {
    let third = stage.simulator.numbers()[2].phone_number_id.clone();
    let back = stage.simulator.sign_up(&page("v4"), &third).unwrap();
    let (before, state) = back.split_once("&state=").unwrap();
    assert_eq!(state, "s1");
    before.strip_prefix(&format!("{BACK}?code=")).unwrap().to_owned()
}

async fn exchange(stage: &Stage, secret: &str, back: &str, code: &str) -> (StatusCode, Value) {
    let path =
        format!("/v26.0/oauth/access_token?client_id={APP_ID}&client_secret={secret}&redirect_uri={back}&code={code}");
    let (status, body) = stage.call_as(None, "GET", &path, None).await;
    (status, body.unwrap())
}

#[tokio::test]
async fn a_code_is_exchanged_once_in_time_by_the_app_and_the_page_that_asked() {
    let stage = stage();
    let wrong_secret = exchange(&stage, "another", BACK, &code(&stage)).await;
    assert_eq!((wrong_secret.0, &wrong_secret.1["error"]["code"]), (StatusCode::BAD_REQUEST, &json!(1)));
    let elsewhere = exchange(&stage, "local-app-secret", "http://elsewhere.test/", &code(&stage)).await;
    assert_eq!((elsewhere.0, &elsewhere.1["error"]["code"]), (StatusCode::BAD_REQUEST, &json!(100)));
    let late = code(&stage);
    stage.pass(30_000);
    assert_eq!(exchange(&stage, "local-app-secret", BACK, &late).await.0, StatusCode::BAD_REQUEST);

    let good = code(&stage);
    let (status, token) = exchange(&stage, "local-app-secret", BACK, &good).await;
    assert_eq!((status, &token["token_type"]), (StatusCode::OK, &json!("bearer")), "{token}");
    assert_eq!(exchange(&stage, "local-app-secret", BACK, &good).await.0, StatusCode::BAD_REQUEST, "it was used");

    let third = stage.simulator.numbers()[2].phone_number_id.clone();
    let token = token["access_token"].as_str().unwrap();
    let register = format!("/v26.0/{third}/register");
    let (status, _) = stage.call_as(Some(token), "POST", &register, Some(json!({"pin": "12"}))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (status, _) = stage.call_as(Some(token), "POST", &register, Some(json!({"pin": "123456"}))).await;
    assert_eq!(status, StatusCode::OK);
    let (_, node) = stage.call_as(Some(token), "GET", &format!("/v26.0/{third}?fields=status"), None).await;
    assert_eq!(node.unwrap()["status"], "CONNECTED");
}

#[tokio::test]
async fn the_page_opens_by_the_url_of_version_4_alone() {
    let stage = stage();
    let third = stage.simulator.numbers()[2].phone_number_id.clone();
    assert!(stage.simulator.sign_up(&page("v3"), &third).is_err());
    assert!(stage.simulator.sign_up(&page("v4").replace(APP_ID, "1"), &third).is_err());
    assert!(stage.simulator.sign_up(&page("v4"), "15550000000").is_err());
}

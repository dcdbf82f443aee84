//! What can be changed of a connected number: the token by which it sends.

use crate::support::{Answer, Api, NOW};
use axum::http::{Method, StatusCode};
use domain::ChannelId;
use domain::access::users::Role;
use encryption::{EncryptionContext, SecretOwner};
use serde_json::json;
use store::channels::channels::token_place;

const TOKEN: &str = "EAAGm0PX4ZCpsBAKZC9w";

async fn change(api: &Api, token: &str, id: ChannelId, body: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    api.call(Method::PATCH, &format!("/api/channels/{id}"), &[("authorization", &bearer)], body).await
}

#[tokio::test]
async fn s19_a_token_goes_in_and_only_its_end_comes_out() {
    let api = Api::new().await;
    assert_eq!(api.get("/api/channels").await.body["items"][0]["tokenLast4"], json!(null));
    for role in [Role::Owner, Role::Admin] {
        let body = json!({ "accessToken": TOKEN }).to_string();
        let answer = change(&api, &api.token_of(role).await, api.channel, &body).await;
        assert_eq!((answer.status, &answer.body["tokenLast4"]), (StatusCode::OK, &json!("ZC9w")), "{}", answer.body);
        assert!(!answer.body.to_string().contains(TOKEN));
    }
    assert_eq!(api.get("/api/channels").await.body["items"][0]["tokenLast4"], "ZC9w");
    let kept = api.store.tenant(api.tenant).channel(api.channel).await.unwrap().unwrap().token.unwrap();
    let place = EncryptionContext {
        tenant: api.tenant,
        owner: SecretOwner::Channel(api.channel),
        item: token_place(api.tenant, api.channel),
    };
    assert_eq!(api.encryptor.decrypt(&kept.ciphertext, &place, NOW).await.unwrap().secret.expose(), TOKEN);
}

#[tokio::test]
async fn a_token_that_is_none_is_refused_by_its_field_and_not_repeated() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let bodies = [
        json!({}),
        json!({ "accessToken": null }),
        json!({ "accessToken": "too-short" }),
        json!({ "accessToken": format!("{TOKEN} {TOKEN}") }),
        json!({ "accessToken": TOKEN.repeat(60) }),
        json!({ "accessToken": 4_611_686_018_i64 }),
        json!({ "accessToken": { TOKEN: TOKEN } }),
        json!({ "accessToken": [TOKEN] }),
    ];
    for body in bodies {
        let answer = change(&api, &owner, api.channel, &body.to_string()).await;
        let told = (answer.status, &answer.body["field"]);
        assert_eq!(told, (StatusCode::UNPROCESSABLE_ENTITY, &json!("accessToken")), "{body}: {}", answer.body);
        let text = answer.body.to_string();
        assert!(!text.contains(TOKEN) && !text.contains("4611686018") && !text.contains("too-short"), "{text}");
    }
    let other = json!({ "accessToken": TOKEN, "name": "Shop" }).to_string();
    let answer = change(&api, &owner, api.channel, &other).await;
    assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("name")));
    assert!(api.store.tenant(api.tenant).channel(api.channel).await.unwrap().unwrap().token.is_none());
}

#[tokio::test]
async fn while_meta_does_not_answer_nothing_is_connected() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let before = api.items().await;
    let body = json!({
        "name": "Shop", "phoneNumberId": "106540352249999", "businessAccountId": "102290129340399", "accessToken": TOKEN,
    });
    let answer = api.call_as(&owner, Method::POST, "/api/channels", body).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    assert_eq!(answer.headers["retry-after"], "5");
    assert!(answer.body["detail"].as_str().unwrap().contains("Nothing was connected"));
    assert!(!answer.body.to_string().contains("nobody is there"), "what the network says is for the log");
    assert_eq!(api.items().await, before);
}

#[tokio::test]
async fn a_channel_of_another_tenant_or_of_nobody_is_given_no_token() {
    let api = Api::new().await;
    let body = json!({ "accessToken": TOKEN }).to_string();
    let stranger = api.stranger().await.1;
    let owner = api.token_of(Role::Owner).await;
    let before = api.items().await;
    let nobody_s = ChannelId::from_parts(NOW, 99);
    for (token, id) in [(&stranger, api.channel), (&owner, nobody_s)] {
        assert_eq!(change(&api, token, id, &body).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(api.items().await, before);
    assert!(api.store.tenant(api.tenant).channel(api.channel).await.unwrap().unwrap().token.is_none());
}

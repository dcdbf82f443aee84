//! Who works here: inviting, joining, changing roles, shutting out.

use crate::support::{Answer, Api, person};
use axum::http::{Method, StatusCode};
use domain::UserId;
use domain::access::links::INVITATION_LIFETIME;
use domain::access::users::Role;
use serde_json::{Value, json};

async fn invite(api: &Api, token: &str, email: &str, role: &str) -> Answer {
    api.call_as(token, Method::POST, "/api/users", json!({ "email": email, "role": role })).await
}

async fn join(api: &Api, invitation: &str, email: &str) -> Answer {
    let body = json!({
        "fullName": "Bo Chen", "email": email, "password": "tangerine raft umbrella",
        "agreeToTerms": true, "invitation": invitation,
    });
    api.call_as_nobody("/api/auth/signup", body).await
}

async fn change(api: &Api, token: &str, id: UserId, change: Value) -> Answer {
    api.call_as(token, Method::PATCH, &format!("/api/users/{id}"), change).await
}

#[tokio::test]
async fn whoever_is_invited_joins_the_business_with_the_role_that_was_meant() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let invited = invite(&api, &owner, "Bo@Example.com", "marketer").await;
    assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.body);
    let token = invited.body["token"].as_str().unwrap();
    assert!(!api.everything().await.contains(token), "the table does not hold the link");
    let listed = api.call_as(&owner, Method::GET, "/api/invitations", Value::Null).await;
    assert_eq!((listed.each("email"), listed.each("token")), (vec!["bo@example.com".to_owned()], vec![String::new()]));

    let joined = join(&api, token, "bo@example.com").await;
    assert_eq!(joined.status, StatusCode::CREATED, "{}", joined.body);
    assert_eq!(joined.body["user"]["role"], "marketer");
    assert_eq!(joined.body["user"]["tenantId"], api.tenant.to_string());
    let users = api.call_as(&owner, Method::GET, "/api/users", Value::Null).await;
    assert_eq!(users.each("role"), ["owner", "agent", "marketer"]);
    let listed = api.call_as(&owner, Method::GET, "/api/invitations", Value::Null).await;
    assert_eq!(listed.body["items"], json!([]));
    let again = join(&api, token, "bo@example.com").await;
    assert_eq!(again.body["field"], "invitation", "{}", again.body);
}

#[tokio::test]
async fn an_invitation_is_for_one_address_and_a_week_and_can_be_taken_back() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let invited = invite(&api, &owner, "bo@example.com", "agent").await;
    let token = invited.body["token"].as_str().unwrap().to_owned();
    assert_eq!(join(&api, &token, "eve@example.com").await.body["field"], "email");
    assert_eq!(join(&api, &token[1..], "bo@example.com").await.body["field"], "invitation");
    let path = format!("/api/invitations/{}", invited.body["id"].as_str().unwrap());
    assert_eq!(api.call_as(&owner, Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(join(&api, &token, "bo@example.com").await.body["field"], "invitation");
    assert_eq!(api.call_as(&owner, Method::DELETE, &path, Value::Null).await.status, StatusCode::NOT_FOUND);

    let token = invite(&api, &owner, "bo@example.com", "agent").await.body["token"].as_str().unwrap().to_owned();
    api.pass(INVITATION_LIFETIME.as_secs());
    assert_eq!(join(&api, &token, "bo@example.com").await.body["field"], "invitation");
}

#[tokio::test]
async fn somebody_who_has_an_account_already_is_told_so_and_the_invitation_stays() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let invited = invite(&api, &owner, "agent@example.com", "admin").await;
    let joined = join(&api, invited.body["token"].as_str().unwrap(), "agent@example.com").await;
    assert_eq!((joined.status, &joined.body["type"]), (StatusCode::CONFLICT, &json!("/problems/address-taken")));
    assert_eq!(api.store.tenant(api.tenant).user(api.user.id).await.unwrap().unwrap().role, Role::Agent);
}

#[tokio::test]
async fn an_admin_manages_everybody_but_owners() {
    let api = Api::new().await;
    let owner = person(api.tenant, Role::Owner);
    let admin = api.token_of(Role::Admin).await;
    api.token_of(Role::Owner).await;
    assert_eq!(invite(&api, &admin, "bo@example.com", "owner").await.status, StatusCode::FORBIDDEN);
    assert_eq!(invite(&api, &admin, "bo@example.com", "admin").await.status, StatusCode::CREATED);
    let made = change(&api, &admin, api.user.id, json!({ "role": "owner" })).await;
    assert_eq!(made.status, StatusCode::FORBIDDEN, "{}", made.body);
    for shut in [json!({ "active": false }), json!({ "role": "viewer" }), json!({ "name": "x" })] {
        assert_eq!(change(&api, &admin, owner.id, shut).await.status, StatusCode::FORBIDDEN);
    }
    let moved = change(&api, &admin, api.user.id, json!({ "role": "viewer", "name": "Ana" })).await;
    assert_eq!((moved.status, &moved.body["role"]), (StatusCode::OK, &json!("viewer")));
}

#[tokio::test]
async fn the_last_owner_stays_even_if_two_leave_at_once() {
    let api = Api::new().await;
    let one = person(api.tenant, Role::Owner);
    let two = person(api.tenant, Role::Admin);
    let first = api.token_of(Role::Owner).await;
    let second = api.token_of(Role::Admin).await;
    let alone = change(&api, &first, one.id, json!({ "role": "agent" })).await;
    assert_eq!((alone.status, &alone.body["type"]), (StatusCode::CONFLICT, &json!("/problems/conflict")));
    assert_eq!(change(&api, &first, two.id, json!({ "role": "owner" })).await.status, StatusCode::OK);
    let user = api.store.tenant(api.tenant).user(two.id).await.unwrap().unwrap();
    let second_again = api.signed_in(&user).await.access_token;
    assert_ne!(second, second_again);
    let (a, b) = tokio::join!(
        change(&api, &first, one.id, json!({ "active": false })),
        change(&api, &second_again, two.id, json!({ "active": false })),
    );
    let users = api.store.tenant(api.tenant).users().await.unwrap();
    let owners = users.iter().filter(|user| user.role == Role::Owner && user.active).count();
    assert_eq!(owners, 1, "{} {}", a.body, b.body);
}

#[tokio::test]
async fn whoever_is_shut_out_cannot_sign_in_and_is_let_in_again() {
    let api =
        Api::with_password(&api::access::password_hashes::hash(&domain::Secret::new("tangerine raft"), 1).unwrap())
            .await;
    let owner = api.token_of(Role::Owner).await;
    let login =
        || api.call_as_nobody("/api/auth/login", json!({ "email": "agent@example.com", "password": "tangerine raft" }));
    for (active, status) in [(false, StatusCode::UNAUTHORIZED), (true, StatusCode::OK)] {
        let changed = change(&api, &owner, api.user.id, json!({ "active": active })).await;
        assert_eq!(changed.body["active"], active, "{}", changed.body);
        assert_eq!(login().await.status, status, "active: {active}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_change_is_named() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    for (body, field) in [
        (json!({ "email": "bo@example.com", "role": "boss" }), "role"),
        (json!({ "email": "bo", "role": "agent" }), "email"),
        (json!({ "email": "bo@example.com" }), "role"),
    ] {
        let answer = api.call_as(&owner, Method::POST, "/api/users", body).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)));
    }
    let boss = change(&api, &owner, api.user.id, json!({ "role": "boss" })).await;
    assert_eq!((boss.status, &boss.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("role")));
    let nobody = change(&api, &owner, UserId::from_parts(api.now(), 9), json!({ "role": "agent" })).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn s8_an_admin_starts_a_reset_and_does_not_choose_the_password() {
    let api = Api::new().await;
    let admin = api.token_of(Role::Admin).await;
    let path = format!("/api/users/{}/reset-password", api.user.id);
    let answer = api.call_as(&admin, Method::POST, &path, Value::Null).await;
    assert_eq!((answer.status, answer.body), (StatusCode::ACCEPTED, Value::Null));
    assert_eq!(api.get("/api/auth/me").await.status, StatusCode::OK, "nothing changes until they choose");
}

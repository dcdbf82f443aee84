//! Whose mailbox an address is: proved by a link before the address belongs to an account, and before anything else is
//! mailed on its behalf; and how many emails strangers can cause.

use crate::support::{Answer, Api, PASSWORD, person};
use axum::http::{Method, StatusCode};
use domain::access::audit::{Action, AuditEvent, Entry};
use domain::access::links::{EMAIL_VERIFICATION_LIFETIME, EmailVerificationLink, InvitationLink, ResetLink};
use domain::access::second_factor::TotpSecret;
use domain::access::users::{EmailAddress, Role, User};
use domain::ids::{EmailVerificationId, ResetId};
use domain::{Secret, TenantId, Text, UserId};
use serde_json::{Value, json};

const BO: &str = "bo@example.com";
const STRANGERS: &str = "tangerine raft umbrella";
const BOS: &str = "umbrella gravel lantern";

fn signup(email: &str) -> Value {
    json!({ "fullName": "Eve", "email": email, "password": STRANGERS, "agreeToTerms": true })
}

/// Signs up with an address of which nothing is proved, and gives the access token.
async fn signed_up(api: &Api, email: &str) -> (String, User) {
    let answer = api.call_as_nobody("/api/auth/signup", signup(email)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let id = |name: &str| answer.body["user"][name].as_str().unwrap().to_owned();
    let (tenant, user): (TenantId, UserId) = (id("tenantId").parse().unwrap(), id("id").parse().unwrap());
    let user = api.store.tenant(tenant).user(user).await.unwrap().unwrap();
    (answer.body["accessToken"].as_str().unwrap().to_owned(), user)
}

async fn post(api: &Api, token: &str, path: &str, body: Value) -> Answer {
    api.call_as(token, Method::POST, path, body).await
}

async fn me(api: &Api, token: &str) -> Answer {
    api.call_as(token, Method::GET, "/api/auth/me", Value::Null).await
}

async fn login(api: &Api, email: &str, password: &str) -> Answer {
    api.call_as_nobody("/api/auth/login", json!({ "email": email, "password": password })).await
}

async fn forgot(api: &Api, email: &str) -> StatusCode {
    api.call_as_nobody("/api/auth/forgot-password", json!({ "email": email })).await.status
}

async fn invite(api: &Api, token: &str, email: &str) -> Answer {
    post(api, token, "/api/users", json!({ "email": email, "role": "agent" })).await
}

async fn join(api: &Api, invitation: &str) -> Answer {
    let body = json!({ "fullName": "Bo Chen", "email": BO, "password": BOS, "agreeToTerms": true,
        "invitation": invitation });
    api.call_as_nobody("/api/auth/signup", body).await
}

/// The token in the email of an invitation.
fn mailed(api: &Api, invited: &Answer) -> String {
    let id = invited.body["id"].as_str().unwrap().parse().unwrap();
    InvitationLink { tenant: api.tenant, id }.token(&api.deps.token_key).expose().to_owned()
}

async fn sets_second_factor_up(api: &Api, token: &str, password: &str) {
    let offer = post(api, token, "/api/auth/second-factor", json!({ "password": password })).await;
    let secret = TotpSecret::parse(&Secret::new(offer.body["secret"].as_str().unwrap())).unwrap();
    let code = json!({ "code": secret.code_at(api.now()).expose() });
    let confirmed = post(api, token, "/api/auth/second-factor/confirm", code).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.body);
}

fn kind(answer: &Answer) -> (StatusCode, &str) {
    (answer.status, answer.body["type"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn until_the_mailbox_is_proved_an_account_works_in_its_own_business_alone() {
    let api = Api::new().await;
    let (token, user) = signed_up(&api, "eve@example.com").await;
    assert_eq!(me(&api, &token).await.body["emailVerified"], false);
    assert_eq!(api.call_as(&token, Method::GET, "/api/leads", Value::Null).await.status, StatusCode::OK);
    let refused = (StatusCode::FORBIDDEN, "/problems/email-not-verified");
    assert_eq!(kind(&invite(&api, &token, BO).await), refused);
    let key = json!({ "name": "Website", "scopes": ["inbox:read"], "password": STRANGERS });
    assert_eq!(kind(&post(&api, &token, "/api/keys", key.clone()).await), refused);

    let id = EmailVerificationId::from_parts(api.now(), 1);
    let link = EmailVerificationLink { tenant: user.tenant, user: user.id, id }.token(&api.deps.token_key);
    for _ in 0..2 {
        let proved = api.call_as_nobody("/api/auth/verify-email", json!({ "token": link.expose() })).await;
        assert_eq!(proved.status, StatusCode::NO_CONTENT, "the same link may be opened again: {}", proved.body);
    }
    assert_eq!(me(&api, &token).await.body["emailVerified"], true);
    assert_eq!(invite(&api, &token, BO).await.status, StatusCode::CREATED);
    assert_eq!(post(&api, &token, "/api/keys", key).await.status, StatusCode::CREATED);
    let resent = post(&api, &token, "/api/auth/verify-email/resend", Value::Null).await;
    assert_eq!(kind(&resent), (StatusCode::CONFLICT, "/problems/conflict"));
}

#[tokio::test]
async fn a_link_that_is_old_or_forged_or_of_another_sort_proves_nothing() {
    let api = Api::new().await;
    let (token, user) = signed_up(&api, "eve@example.com").await;
    let id = EmailVerificationId::from_parts(api.now(), 1);
    let link = EmailVerificationLink { tenant: user.tenant, user: user.id, id };
    let reset = ResetLink { tenant: user.tenant, user: user.id, id: ResetId::from_parts(api.now(), 1) };
    let elsewhere = EmailVerificationLink { tenant: api.tenant, ..link };
    api.pass(EMAIL_VERIFICATION_LIFETIME.as_secs() - 1);
    let forged = link.token(&Secret::new("another key"));
    let mut wrong = vec![forged, reset.token(&api.deps.token_key), elsewhere.token(&api.deps.token_key)];
    api.pass(1);
    wrong.push(link.token(&api.deps.token_key));
    for token in wrong {
        let answer = api.call_as_nobody("/api/auth/verify-email", json!({ "token": token.expose() })).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("token")));
    }
    assert!(!api.store.tenant(user.tenant).user(user.id).await.unwrap().unwrap().email_verified, "{token}");
}

#[tokio::test]
async fn what_a_mail_server_may_read_as_another_address_is_none() {
    let api = Api::new().await;
    for email in ["x<victim@example.com>", "a,b@example.com", "\"q\"@example.com", "a@b@example.com", "a@localhost"] {
        let answers = [
            api.call_as_nobody("/api/auth/signup", signup(email)).await,
            api.call_as_nobody("/api/auth/forgot-password", json!({ "email": email })).await,
            invite(&api, &api.token_of(Role::Owner).await, email).await,
        ];
        for answer in answers {
            let told = (answer.status, &answer.body["field"]);
            assert_eq!(told, (StatusCode::UNPROCESSABLE_ENTITY, &json!("email")), "{email}");
        }
    }
}

#[tokio::test]
async fn a_stranger_who_signs_up_first_keeps_nobody_from_joining_and_loses_the_address() {
    let api = Api::new().await;
    let (stranger, eve) = signed_up(&api, BO).await;
    sets_second_factor_up(&api, &stranger, STRANGERS).await;
    let owner = api.token_of(Role::Owner).await;
    let invited = invite(&api, &owner, BO).await;
    let joined = join(&api, &mailed(&api, &invited)).await;
    assert_eq!(joined.status, StatusCode::CREATED, "{}", joined.body);
    let user = &joined.body["user"];
    assert_eq!((&user["tenantId"], &user["emailVerified"]), (&json!(api.tenant.to_string()), &json!(true)));
    assert_eq!(me(&api, &stranger).await.status, StatusCode::UNAUTHORIZED, "the stranger is shut out");
    assert_eq!(login(&api, BO, STRANGERS).await.status, StatusCode::UNAUTHORIZED);
    let signed_in = login(&api, BO, BOS).await;
    assert_eq!(signed_in.status, StatusCode::OK, "without the stranger's code: {}", signed_in.body);
    let id = EmailVerificationId::from_parts(api.now(), 1);
    let late = EmailVerificationLink { tenant: eve.tenant, user: eve.id, id }.token(&api.deps.token_key);
    let late = api.call_as_nobody("/api/auth/verify-email", json!({ "token": late.expose() })).await;
    assert_eq!(late.body["field"], "token", "the address is no longer the stranger's");
}

#[tokio::test]
async fn the_token_that_an_inviter_hands_on_proves_no_mailbox_and_takes_no_address_over() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    let invited = invite(&api, &owner, BO).await;
    let handed_on = invited.body["token"].as_str().unwrap().to_owned();
    assert_ne!(handed_on, mailed(&api, &invited));
    let joined = join(&api, &handed_on).await;
    let told = (joined.status, &joined.body["user"]["emailVerified"]);
    assert_eq!(told, (StatusCode::CREATED, &json!(false)), "{}", joined.body);
    let again = invite(&api, &owner, BO).await;
    let taken = join(&api, again.body["token"].as_str().unwrap()).await;
    assert_eq!(kind(&taken), (StatusCode::CONFLICT, "/problems/address-taken"));
    let proved = join(&api, &mailed(&api, &again)).await;
    assert_eq!((proved.status, &proved.body["user"]["emailVerified"]), (StatusCode::CREATED, &json!(true)));
    let third = invite(&api, &owner, BO).await;
    let taken = join(&api, &mailed(&api, &third)).await;
    assert_eq!(kind(&taken), (StatusCode::CONFLICT, "/problems/address-taken"), "a proved address stays");
}

#[tokio::test]
async fn a_reset_by_mail_takes_an_unproved_account_over_and_drops_its_second_factor() {
    let api = Api::new().await;
    let (stranger, eve) = signed_up(&api, BO).await;
    sets_second_factor_up(&api, &stranger, STRANGERS).await;
    assert_eq!(forgot(&api, BO).await, StatusCode::ACCEPTED);
    let link = ResetLink { tenant: eve.tenant, user: eve.id, id: ResetId::from_parts(api.now(), 7) };
    let by = eve.id.into();
    let action = Action::ResetAsked;
    let target = eve.id.to_string();
    let entry = Entry::new(AuditEvent { at: api.now(), by, action, target, detail: String::new() }, 7);
    api.store.allow_reset(link, &entry, true).await.unwrap();
    let body = json!({ "token": link.token(&api.deps.token_key).expose(), "password": BOS });
    let reset = api.call_as_nobody("/api/auth/reset-password", body).await;
    assert_eq!(reset.status, StatusCode::NO_CONTENT, "{}", reset.body);
    assert_eq!(me(&api, &stranger).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(login(&api, BO, STRANGERS).await.status, StatusCode::UNAUTHORIZED);
    let signed_in = login(&api, BO, BOS).await;
    assert_eq!(signed_in.status, StatusCode::OK, "{}", signed_in.body);
    let user = &signed_in.body["user"];
    assert_eq!((&user["emailVerified"], &user["secondFactor"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn emails_that_strangers_cause_are_counted_by_recipient_over_all_businesses() {
    let api = Api::new().await;
    for email in ["agent@example.com", "nobody@example.com"] {
        let mut statuses = Vec::new();
        for _ in 0..4 {
            statuses.push(forgot(&api, email).await.as_u16());
        }
        assert_eq!(statuses, [202, 202, 202, 429], "{email}");
    }
    let ours = api.token_of(Role::Owner).await;
    let theirs = api.stranger().await.1;
    let mut statuses = Vec::new();
    for token in [&ours, &theirs, &ours, &theirs] {
        statuses.push(invite(&api, token, BO).await.status.as_u16());
    }
    assert_eq!(statuses, [201, 201, 201, 429], "each sort has a count of its own");
    let elsewhere = invite(&api, &ours, "rosa@example.com").await;
    assert_eq!(elsewhere.status, StatusCode::CREATED, "another recipient");
    let (eve, _) = signed_up(&api, "eve@example.com").await;
    statuses.clear();
    for _ in 0..3 {
        let resent = post(&api, &eve, "/api/auth/verify-email/resend", Value::Null).await;
        statuses.push(resent.status.as_u16());
    }
    assert_eq!(statuses, [202, 202, 429], "the sign-up was the first of three");
    api.pass(20 * 60);
    assert_eq!(forgot(&api, "agent@example.com").await, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn a_reset_asked_for_on_a_device_that_has_signed_in_before_has_a_count_of_its_own() {
    let api = Api::new().await;
    let user =
        User { id: UserId::from_parts(api.now(), 50), email: EmailAddress::parse(BO).unwrap(), ..api.user.clone() };
    api.signed_in(&user).await;
    let device = login(&api, BO, PASSWORD).await.body["deviceToken"].as_str().unwrap().to_owned();
    for _ in 0..4 {
        forgot(&api, BO).await;
    }
    assert_eq!(forgot(&api, BO).await, StatusCode::TOO_MANY_REQUESTS);
    let known = json!({ "email": BO, "deviceToken": device });
    let answer = api.call_as_nobody("/api/auth/forgot-password", known).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let other = json!({ "email": "agent@example.com", "deviceToken": device });
    for status in [202, 202, 202, 429] {
        let answer = api.call_as_nobody("/api/auth/forgot-password", other.clone()).await;
        assert_eq!(answer.status.as_u16(), status, "the device is known for its own account alone");
    }
}

#[tokio::test]
async fn a_business_that_has_connected_no_number_invites_ten_people_a_day() {
    let api = Api::new().await;
    let ours = api.token_of(Role::Owner).await;
    let theirs = api.stranger().await.1;
    for n in 0..11 {
        let email = format!("colleague{n}@example.com");
        let expected = if n < 10 { StatusCode::CREATED } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(invite(&api, &theirs, &email).await.status, expected, "{n}");
        assert_eq!(invite(&api, &ours, &email).await.status, StatusCode::CREATED, "{n}: a number is connected");
    }
}

#[tokio::test]
async fn a_business_name_holds_no_web_address() {
    let api = Api::new().await;
    let owner = api.token_of(Role::Owner).await;
    for name in ["Win at https://evil.example", "www.evil", "evil.com", "Your prize: evil\u{ff0e}com", &"x".repeat(81)]
    {
        let mut named = signup("eve@example.com");
        named["companyName"] = json!(name);
        let mut person = signup("eve@example.com");
        person["fullName"] = json!(name);
        for (body, field) in [(named, "companyName"), (person, "fullName")] {
            let answer = api.call_as_nobody("/api/auth/signup", body).await;
            assert_eq!(
                (answer.status, &answer.body["field"]),
                (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
                "{name}"
            );
        }
        let answer = api.call_as(&owner, Method::PATCH, "/api/settings", json!({ "companyName": name })).await;
        assert_eq!((answer.status, &answer.body["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("companyName")));
    }
}

#[tokio::test]
async fn a_business_is_not_left_to_an_owner_who_may_lose_the_account() {
    let api = Api::new().await;
    let owner = person(api.tenant, Role::Owner);
    let token = api.signed_in(&owner).await.access_token;
    let unproved = User {
        id: UserId::from_parts(api.now(), 50),
        email: EmailAddress::parse(BO).unwrap(),
        email_verified: false,
        name: Text::new("Bo"),
        ..owner.clone()
    };
    api.signed_in(&unproved).await;
    let leaves =
        |id: UserId| api.call_as(&token, Method::PATCH, format!("/api/users/{id}").leak(), json!({ "role": "agent" }));
    assert_eq!(leaves(owner.id).await.status, StatusCode::CONFLICT);
    assert_eq!(leaves(unproved.id).await.status, StatusCode::OK);
}

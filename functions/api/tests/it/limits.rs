//! How often one may ask; which sites may ask from a browser; and what every answer tells a browser.

use crate::support::{Answer, Api, CONSOLE, ORIGIN_KEY};
use api::access::password_hashes;
use api::{RateClass, Route};
use axum::http::{HeaderMap, Method, StatusCode};
use domain::access::rates::{HashAllowance, Limit, Subject};
use domain::access::users::{EmailAddress, Role, User};
use domain::{Secret, UserId};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

const HOME: &str = "203.0.113.24";

/// The event of API Gateway for a request from `address`.
async fn from(api: &Api, address: &str, method: &str, path: &str, headers: Value, body: &Value) -> Answer {
    let event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "a1b2c3d4e5",
            "http": { "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": address, "userAgent": "" },
            "requestId": "RtnyoNrdCWF9PWk=",
            "routeKey": "$default",
            "stage": "$default",
            "timeEpoch": api.now().millis(),
        },
        "body": body.to_string(),
        "isBase64Encoded": false,
    });
    let request = lambda_http::request::from_str(&event.to_string()).unwrap();
    api.hand_over(request.map(|body| axum::body::Body::from(body.to_vec()))).await
}

async fn tries(api: &Api, address: &str, email: &str) -> Answer {
    let body = json!({ "email": email, "password": "a guess" });
    from(api, address, "POST", "/api/auth/login", json!({ "content-type": "application/json" }), &body).await
}

fn told<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).unwrap_or_else(|| panic!("{name} is missing: {headers:?}")).to_str().unwrap()
}

async fn with_password(password: &str) -> Api {
    Api::with_password(&password_hashes::hash(&Secret::new(password), 1).unwrap()).await
}

/// One line for each route: how often it may be called.
#[test]
fn s4_each_route_has_a_class_that_somebody_has_looked_at() {
    let line = |Route { method, path, class, .. }: Route| format!("{:<6} {path:<42} {class}\n", method.as_str());
    insta::assert_snapshot!(api::routes().into_iter().map(line).collect::<String>());
}

#[test]
fn s4_whatever_lets_people_in_or_changes_anything_is_limited() {
    for Route { method, path, access, class, .. } in api::routes() {
        let limited = match class {
            RateClass::Read => method == Method::GET,
            RateClass::Token => {
                let paths = [
                    "/api/auth/refresh",
                    "/api/auth/refresh-token",
                    "/api/auth/logout",
                    "/api/auth/verify-email",
                    "/api/sessions/scan",
                    "/api/sessions/complete",
                ];
                paths.contains(&path)
            }
            RateClass::SignIn => access == api::Access::Anyone,
            RateClass::Write => access != api::Access::Anyone,
        };
        assert!(limited, "{method} {path}");
    }
}

#[tokio::test]
async fn s4_an_account_takes_ten_tries_and_then_one_in_twelve_seconds_from_wherever_they_come() {
    let api = with_password("correct horse battery staple").await;
    for n in 0..10 {
        let answer = tries(&api, &format!("198.51.100.{n}"), "agent@example.com").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{n}");
    }
    let refused = tries(&api, HOME, " Agent@Example.com").await;
    assert_eq!(
        (refused.status, &refused.body["type"]),
        (StatusCode::TOO_MANY_REQUESTS, &json!("/problems/too-many-requests"))
    );
    assert_eq!(told(&refused.headers, "retry-after"), "12");
    assert_eq!(told(&refused.headers, "ratelimit-policy"), r#""account";q=10;w=120"#);
    assert_eq!(told(&refused.headers, "ratelimit"), r#""account";r=0;t=120"#);
    assert_eq!(tries(&api, HOME, "other@example.com").await.status, StatusCode::UNAUTHORIZED, "another account");
    api.pass(12);
    assert_eq!(tries(&api, HOME, "agent@example.com").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(tries(&api, HOME, "agent@example.com").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn s4_an_account_that_nobody_has_is_limited_like_one_that_somebody_has() {
    let api = with_password("correct horse battery staple").await;
    let mut answers = BTreeMap::<_, Vec<_>>::new();
    for (part, email) in ["agent@example.com", "nobody@example.com"].into_iter().enumerate() {
        for n in 0..12 {
            let answer = tries(&api, &format!("198.51.{part}.{n}"), email).await;
            answers.entry(email).or_default().push((answer.status, answer.headers.get("ratelimit").cloned()));
        }
    }
    assert_eq!(answers["agent@example.com"], answers["nobody@example.com"]);
}

/// Somebody guesses from one place for 20 minutes, as fast as they can.
#[tokio::test]
async fn s4_nobody_is_locked_out_by_somebody_else_who_guesses() {
    let api = with_password("correct horse battery staple").await;
    let body = json!({ "email": "agent@example.com", "password": "correct horse battery staple" });
    for second in 0..1200 {
        tries(&api, "198.51.100.7", "agent@example.com").await;
        if second % 300 == 299 {
            let answer = from(&api, HOME, "POST", "/api/auth/login", json!({}), &body).await;
            assert_eq!(answer.status, StatusCode::OK, "after {second} s: {}", answer.body);
        }
        api.pass(1);
    }
}

#[tokio::test]
async fn s4_002_12_one_address_gets_at_most_a_hundred_tries_in_fifteen_minutes_whatever_its_headers_say() {
    let api = Api::new().await;
    let mut admitted = 0;
    for n in 0..15 * 60 {
        let headers = json!({ "x-forwarded-for": format!("198.51.100.{}", n % 250), "forwarded": "for=192.0.2.1" });
        let answer = from(&api, HOME, "POST", "/api/auth/login", headers, &json!({})).await;
        match answer.status {
            StatusCode::UNPROCESSABLE_ENTITY => admitted += 1,
            StatusCode::TOO_MANY_REQUESTS => {
                let wait: u64 = told(&answer.headers, "retry-after").parse().unwrap();
                assert!((1..=15).contains(&wait), "{wait}");
                assert_eq!(told(&answer.headers, "ratelimit-policy"), r#""address";q=20;w=300"#);
            }
            other => panic!("{other}: {}", answer.body),
        }
        api.pass(1);
    }
    assert_eq!(admitted, 20 + 15 * 4 - 1, "what was there, and what came back until the last second");
    let elsewhere = from(&api, "203.0.113.25", "POST", "/api/auth/login", json!({}), &json!({})).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY, "another address");
    assert_eq!(told(&elsewhere.headers, "ratelimit"), r#""address";r=19;t=15"#);
}

/// Behind our distribution every request comes from its addresses: the caller's is in a header, which counts for requests
/// alone that prove to have come through it.
#[tokio::test]
async fn s4_the_caller_s_address_is_what_our_own_distribution_says_and_no_one_else() {
    let api = Api::new().await;
    let left = async |headers: Value| {
        let answer = from(&api, HOME, "POST", "/api/auth/login", headers, &json!({})).await;
        told(&answer.headers, "ratelimit").split(';').nth(1).map(str::to_owned).unwrap()
    };
    let viewer = |key: &str, viewer: &str| json!({ "x-leadwire-origin": key, "x-leadwire-viewer": viewer });
    assert_eq!(left(viewer(ORIGIN_KEY, "198.51.100.1")).await, "r=19");
    assert_eq!(left(viewer(ORIGIN_KEY, "198.51.100.1")).await, "r=18");
    assert_eq!(left(viewer(ORIGIN_KEY, "2001:db8::7")).await, "r=19");
    assert_eq!(left(viewer("a guess", "198.51.100.2")).await, "r=19", "it is counted for the gateway's");
    assert_eq!(left(json!({ "x-leadwire-viewer": "198.51.100.3" })).await, "r=18");
    assert_eq!(left(viewer(ORIGIN_KEY, "no address")).await, "r=17");
}

/// An office of 24 behind one router, each with the right password, and one of them who mistypes it.
#[tokio::test]
async fn s4_right_passwords_use_up_nothing_of_their_address_and_account_and_wrong_ones_do() {
    let api = with_password("correct horse battery staple").await;
    let right = json!({ "email": "agent@example.com", "password": "correct horse battery staple" });
    for n in 0..24 {
        let answer = from(&api, HOME, "POST", "/api/auth/login", json!({}), &right).await;
        assert_eq!(answer.status, StatusCode::OK, "colleague {n}: {}", answer.body);
        assert_eq!(told(&answer.headers, "ratelimit"), r#""address";r=20;t=0"#);
    }
    for n in 0..20 {
        let wrong = tries(&api, HOME, &format!("colleague{n}@example.com")).await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED, "{n}");
    }
    let refused = from(&api, HOME, "POST", "/api/auth/login", json!({}), &right).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "twenty failures of one address");
}

#[tokio::test]
async fn s4_guesses_made_at_once_are_all_counted_beside_a_right_password() {
    let api = with_password("correct horse battery staple").await;
    let right = json!({ "email": "agent@example.com", "password": "correct horse battery staple" });
    let guesses: Vec<_> = (0..30).map(|n| format!("colleague{n}@example.com")).collect();
    let tried = futures::future::join_all(guesses.iter().map(|email| tries(&api, HOME, email))).await;
    let admitted = tried.iter().filter(|answer| answer.status == StatusCode::UNAUTHORIZED).count();
    assert_eq!(admitted, 20);
    api.pass(15);
    let signed_in = from(&api, HOME, "POST", "/api/auth/login", json!({}), &right).await;
    assert_eq!((signed_in.status, told(&signed_in.headers, "ratelimit")), (StatusCode::OK, r#""address";r=1;t=285"#));
    assert_eq!(tries(&api, HOME, "colleague@example.com").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(tries(&api, HOME, "colleague@example.com").await.status, StatusCode::TOO_MANY_REQUESTS);
}

/// Sixty addresses guess as fast as they may, so that nothing is left of the account's count.
async fn everybody_guesses(api: &Api) {
    for n in 0..60 {
        tries(api, &format!("198.51.100.{n}"), "agent@example.com").await;
    }
    assert_eq!(tries(api, "198.51.100.99", "agent@example.com").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn s4_sixty_addresses_do_not_keep_the_right_password_from_a_device_that_has_signed_in_before() {
    let api = with_password("correct horse battery staple").await;
    let right = json!({ "email": "agent@example.com", "password": "correct horse battery staple" });
    let first = from(&api, HOME, "POST", "/api/auth/login", json!({}), &right).await;
    let mut known = right.clone();
    known["deviceToken"] = first.body["deviceToken"].clone();
    let browser = json!({ "origin": CONSOLE });
    let page = from(&api, HOME, "POST", "/api/auth/login", browser, &right).await;
    assert!(page.body.get("deviceToken").is_none(), "no script sees it");
    let kept: Vec<_> = page.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    let cookie = kept.iter().find(|cookie| cookie.starts_with("__Host-deviceToken=")).unwrap();
    assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=15552000"), "{cookie}");
    let cookie = json!({ "cookie": cookie.split(';').next().unwrap(), "origin": CONSOLE });

    everybody_guesses(&api).await;
    let stranger = from(&api, HOME, "POST", "/api/auth/login", json!({}), &right).await;
    assert_eq!(stranger.status, StatusCode::TOO_MANY_REQUESTS, "a device that nobody knows competes with them");
    let program = from(&api, HOME, "POST", "/api/auth/login", json!({}), &known).await;
    assert_eq!(program.status, StatusCode::OK, "{}", program.body);
    let page = from(&api, HOME, "POST", "/api/auth/login", cookie, &right).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);

    let mut guess = known.clone();
    guess["password"] = json!("a guess");
    let mut statuses = Vec::new();
    for n in 0..11 {
        let answer = from(&api, &format!("192.0.2.{n}"), "POST", "/api/auth/login", json!({}), &guess).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!((statuses[9], statuses[10]), (401, 429), "whoever has the device's token gets ten tries as well");
}

#[tokio::test]
async fn s4_a_device_is_known_for_one_account_and_for_half_a_year_and_not_by_a_forged_token() {
    let api = with_password("correct horse battery staple").await;
    let right = json!({ "email": "agent@example.com", "password": "correct horse battery staple" });
    let token = from(&api, HOME, "POST", "/api/auth/login", json!({}), &right).await.body["deviceToken"].clone();
    let policy = async |email: &str, token: &Value| {
        let body = json!({ "email": email, "password": "a guess", "deviceToken": token });
        for n in 0..10 {
            from(&api, &format!("198.51.100.{n}"), "POST", "/api/auth/login", json!({}), &body).await;
        }
        let refused = from(&api, "192.0.2.1", "POST", "/api/auth/login", json!({}), &body).await;
        told(&refused.headers, "ratelimit-policy").to_owned()
    };
    assert_eq!(policy("agent@example.com", &token).await, r#""device";q=10;w=120"#);
    assert_eq!(policy("owner@example.com", &token).await, r#""account";q=10;w=120"#, "another account");
    let forged = json!(format!("{}A", token.as_str().unwrap()));
    assert_eq!(policy("agent@example.com", &forged).await, r#""account";q=10;w=120"#);
    api.pass(180 * 24 * 3600);
    assert_eq!(policy("agent@example.com", &token).await, r#""account";q=10;w=120"#);
}

#[tokio::test]
async fn s4_one_address_does_not_use_up_the_hashing_of_everybody() {
    let api = with_password("correct horse battery staple").await;
    let before = api.deps.passwords.computed();
    for n in 0..400 {
        tries(&api, HOME, &format!("person{n}@example.com")).await;
    }
    assert_eq!(api.deps.passwords.computed() - before, 20, "what its own count lets through");
    assert_eq!(tries(&api, "198.51.100.7", "person@example.com").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn s4_the_hashes_of_everybody_together_are_counted_after_address_and_account_and_apart_for_known_devices() {
    let api = with_password("correct horse battery staple").await;
    let right = json!({ "email": "agent@example.com", "password": "correct horse battery staple" });
    let token = from(&api, HOME, "POST", "/api/auth/login", json!({}), &right).await.body["deviceToken"].clone();
    // A thousand addresses, as many accounts: a hundred at once are let through.
    let all = Limit::new(50, Duration::from_secs(1), 100);
    for _ in 0..100 {
        api.store.take(&Subject::Hashes(HashAllowance::Unknown), all, api.now()).await.unwrap();
    }
    let before = api.deps.passwords.computed();
    let refused = from(&api, "198.51.100.1", "POST", "/api/auth/login", json!({}), &right).await;
    assert_eq!((refused.status, told(&refused.headers, "retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1"));
    assert_eq!(told(&refused.headers, "ratelimit-policy"), r#""all sign-ins";q=100;w=2"#);
    assert_eq!(api.deps.passwords.computed(), before, "nothing was hashed");
    let mut known = right.clone();
    known["deviceToken"] = token;
    let answer = from(&api, HOME, "POST", "/api/auth/login", json!({}), &known).await;
    assert_eq!(answer.status, StatusCode::OK, "a device that is known: {}", answer.body);
    api.pass(1);
    assert_eq!(from(&api, HOME, "POST", "/api/auth/login", json!({}), &right).await.status, StatusCode::OK);
}

/// A write that changes nothing, of somebody of the tenant.
async fn writes(api: &Api, token: &str) -> Answer {
    let headers = [("authorization", token)];
    api.call(Method::POST, "/api/messages", &headers, "{}").await
}

#[tokio::test]
async fn s4_a_user_writes_as_fast_as_a_program_may_and_others_are_not_held_up_by_it() {
    let api = Api::new().await;
    let agent = format!("Bearer {}", api.token);
    let first = writes(&api, &agent).await;
    assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(told(&first.headers, "ratelimit-policy"), r#""user";q=200;w=10, "tenant";q=500;w=25"#);
    assert_eq!(told(&first.headers, "ratelimit"), r#""user";r=199;t=1, "tenant";r=499;t=1"#);
    for _ in 1..200 {
        assert_eq!(writes(&api, &agent).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = writes(&api, &agent).await;
    assert_eq!((refused.status, told(&refused.headers, "retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1"));
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("user"), "{detail}");
    assert_eq!(api.get("/api/leads").await.status, StatusCode::OK, "reading is not counted");
    let owner = format!("Bearer {}", api.token_of(Role::Owner).await);
    assert_eq!(writes(&api, &owner).await.status, StatusCode::UNPROCESSABLE_ENTITY, "a colleague");
    api.pass(1);
    assert_eq!(writes(&api, &agent).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn s4_a_business_writes_no_faster_than_its_share_and_another_one_is_not_held_up_by_it() {
    let api = Api::new().await;
    let mut statuses = BTreeMap::<_, usize>::new();
    for n in 0..4 {
        let id = UserId::from_parts(api.now(), 100 + n);
        let email = EmailAddress::parse(&format!("{n}@example.com")).unwrap();
        let user = User { id, email, ..api.user.clone() };
        let token = format!("Bearer {}", api.signed_in(&user).await.access_token);
        for _ in 0..150 {
            *statuses.entry(writes(&api, &token).await.status.as_u16()).or_default() += 1;
        }
    }
    assert_eq!(statuses, BTreeMap::from([(422, 500), (429, 100)]));
    let other = format!("Bearer {}", api.stranger().await.1);
    assert_eq!(writes(&api, &other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// What a browser asks before it lets a page of `origin` call.
async fn preflight(api: &Api, path: &str, method: &Method, origin: &str) -> Answer {
    let headers = [
        ("origin", origin),
        ("access-control-request-method", method.as_str()),
        ("access-control-request-headers", "authorization,content-type,idempotency-key,prefer"),
    ];
    api.call_as_it_is(Method::OPTIONS, path, &headers, "").await
}

#[tokio::test]
async fn s11_every_route_answers_the_preflight_of_a_site_that_is_named() {
    let api = Api::new().await;
    for Route { method, path, .. } in api::routes() {
        let answer = preflight(&api, path, &method, CONSOLE).await;
        assert_eq!((answer.status, answer.body), (StatusCode::OK, Value::Null), "{method} {path}");
        let headers = &answer.headers;
        assert_eq!(told(headers, "access-control-allow-origin"), CONSOLE, "{method} {path}");
        assert_eq!(told(headers, "access-control-allow-credentials"), "true");
        assert!(told(headers, "access-control-allow-methods").split(',').any(|one| one == method.as_str()));
        let sent = "authorization,content-type,if-match,if-none-match,idempotency-key,prefer";
        assert_eq!(told(headers, "access-control-allow-headers"), sent);
        assert_eq!(told(headers, "access-control-max-age"), "7200");
        assert!(told(headers, "vary").contains("origin"));
    }
}

#[tokio::test]
async fn s11_a_site_that_is_not_named_is_told_nothing_that_lets_its_pages_in() {
    let api = Api::new().await;
    for origin in
        ["https://evil.example", "https://console.example.com.evil.example", "http://console.example.com", "null"]
    {
        let asked = preflight(&api, "/api/messages", &Method::POST, origin).await;
        let told = api.call(Method::GET, "/api/leads", &[("origin", origin)], "").await;
        for headers in [asked.headers, told.headers] {
            assert!(!headers.contains_key("access-control-allow-origin"), "{origin}: {headers:?}");
            assert!(headers["vary"].to_str().unwrap().contains("origin"), "no cache gives it to others");
        }
    }
}

#[tokio::test]
async fn s11_a_site_that_is_named_may_read_answers_and_failures_with_what_they_say_of_limits() {
    let api = Api::new().await;
    for (path, status) in [("/api/leads", StatusCode::OK), ("/api/nothing", StatusCode::NOT_FOUND)] {
        let answer = api.call(Method::GET, path, &[("origin", CONSOLE)], "").await;
        assert_eq!(answer.status, status);
        assert_eq!(told(&answer.headers, "access-control-allow-origin"), CONSOLE);
        assert_eq!(told(&answer.headers, "access-control-allow-credentials"), "true");
        let readable = told(&answer.headers, "access-control-expose-headers");
        assert_eq!(readable, "etag,retry-after,ratelimit,ratelimit-policy,preference-applied,x-request-id");
    }
}

#[tokio::test]
async fn s22_every_answer_tells_browsers_that_it_is_data_and_no_page() {
    let api = Api::new().await;
    let mut answers = vec![
        api.get("/api/leads").await,
        api.get("/api/nothing").await,
        api.call(Method::DELETE, "/api/messages", &[], "").await,
        api.call_as_it_is(Method::GET, "/api/leads", &[], "").await,
        api.post("/api/messages", json!({})).await,
        preflight(&api, "/api/leads", &Method::GET, CONSOLE).await,
    ];
    for _ in 0..20 {
        tries(&api, HOME, "nobody@example.com").await;
    }
    answers.push(tries(&api, HOME, "nobody@example.com").await);
    api.lose_the_table().await;
    answers.push(api.get("/api/leads").await);
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(statuses, [200, 404, 405, 401, 422, 200, 429, 500]);
    for Answer { status, headers, .. } in answers {
        for (name, value) in [
            ("cache-control", "no-store"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(told(&headers, name), value, "{status}");
        }
        assert!(!headers.contains_key("strict-transport-security"), "{status}: it did not come by https");
        assert!(!told(&headers, "x-request-id").is_empty(), "{status}");
    }
}

#[tokio::test]
async fn s22_who_comes_by_https_is_told_to_stay_with_it() {
    let api = Api::new().await;
    for (path, status) in [("/api/health", 200), ("/api/nothing", 404)] {
        let answer = from(&api, HOME, "GET", path, json!({ "x-forwarded-proto": "https" }), &json!("")).await;
        assert_eq!(answer.status.as_u16(), status);
        assert_eq!(told(&answer.headers, "strict-transport-security"), "max-age=63072000");
    }
}

#[tokio::test]
async fn however_many_ask_at_once_in_the_midst_of_a_burst_no_more_get_through_than_are_left() {
    let api = Api::new().await;
    let limit = Limit::new(1, Duration::from_secs(60), 5);
    let subject = Subject::Tenant(api.tenant);
    let take = || api.store.take(&subject, limit, api.now());
    take().await.unwrap();
    let taken = futures::future::join_all((0..20).map(|_| take())).await;
    let admitted =
        |verdict: &domain::access::rates::Verdict| matches!(verdict, domain::access::rates::Verdict::Admitted { .. });
    assert_eq!(taken.iter().filter(|verdict| admitted(verdict.as_ref().unwrap())).count(), 4);
}

//! What stands around every route: health, unknown paths and methods, bodies that cannot be read, headers.

use crate::support::{Answer, Api, person};
use crate::tenants::operator;
use api::{Access, Route};
use axum::http::{Method, StatusCode};
use domain::Secret;
use domain::access::users::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn health_answers_without_a_token() {
    let api = Api::new().await;
    let answer = api.call_as_it_is(Method::GET, "/api/health", &[], "").await;
    assert_eq!((answer.status, answer.body), (StatusCode::OK, json!({ "status": "ok" })));
    assert_eq!(answer.headers.get("x-content-type-options").unwrap(), "nosniff");
    assert_eq!(answer.headers.get("cache-control").unwrap(), "no-store");
}

/// A path of the route, with an id in the place of each parameter.
fn path_of(route: &Route) -> String {
    route.path.replace("{id}", "led_01M7YTTWNKA03VCHJXPFP79Y7S")
}

#[tokio::test]
async fn every_route_refuses_a_parameter_that_it_does_not_have_by_its_name() {
    let api = Api::new().await;
    let operator = operator(&api).await;
    let owner = api.token_of(Role::Owner).await;
    for route in api::routes() {
        let token = if route.access == Access::Operator { &operator } else { &owner };
        for name in ["page", "search", "since", "assignedTo", "Limit"] {
            let path = format!("{}?{name}=2", path_of(&route));
            let answer = api.call_as(token, route.method.clone(), &path, Value::Null).await;
            let told = (answer.status, answer.body["type"].as_str(), answer.body["field"].as_str());
            let refused = (StatusCode::BAD_REQUEST, Some("/problems/invalid-parameter"), Some(name));
            assert_eq!(told, refused, "{} {path}: {}", route.method, answer.body);
            let detail = answer.body["detail"].as_str().unwrap();
            assert!(route.parameters.iter().all(|known| detail.contains(known)), "{path}: {detail}");
        }
    }
}

#[tokio::test]
async fn several_unknown_parameters_are_named_at_once_and_a_known_one_is_none_of_them() {
    let api = Api::new().await;
    let answer = api.get("/api/leads?page=2&limit=5&search=asha").await;
    let takes = "Unknown parameter. This route takes stage, owner, tag, source, phone, identity, filter, deleted, limit, cursor.";
    let errors = json!([{ "field": "page", "detail": takes }, { "field": "search", "detail": takes }]);
    assert_eq!((answer.status, &answer.body["errors"]), (StatusCode::BAD_REQUEST, &errors));
    let none = api.get("/api/channels?page=2").await;
    assert_eq!(none.body["detail"], "page: Unknown parameter. This route takes none.");
    assert_eq!(api.get("/api/leads?limit=5&cursor=").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_unknown_path_and_an_unknown_method_are_problems() {
    let api = Api::new().await;
    let path = api.get("/api/nothing").await;
    assert_eq!((path.status, &path.body["type"]), (StatusCode::NOT_FOUND, &json!("/problems/not-found")));
    assert_eq!(path.headers.get("content-type").unwrap(), "application/problem+json");
    let method = api.call(Method::DELETE, "/api/messages", &[], "").await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(method.headers.get("allow").unwrap(), "GET,HEAD,POST");
    assert_eq!(method.body["type"], "/problems/method-not-allowed");
}

#[tokio::test]
async fn a_problem_carries_the_id_that_the_request_came_with() {
    let api = Api::new().await;
    let answer = api.call(Method::GET, "/api/nothing", &[("x-amzn-requestid", "JpQX8qB-pdiGtGs=")], "").await;
    assert_eq!(answer.body["requestId"], "JpQX8qB-pdiGtGs=");
    assert_eq!(answer.headers.get("x-request-id").unwrap(), "JpQX8qB-pdiGtGs=");
}

#[tokio::test]
async fn ids_in_paths_that_are_none_are_not_found() {
    let api = Api::new().await;
    for path in ["/api/leads/7", "/api/leads/cnv_x", "/api/conversations/led_1", "/api/conversations/%ff/messages"] {
        assert_eq!(api.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_is_told_where_it_stops_being_so() {
    let api = Api::new().await;
    for (body, says) in [
        ("{\"text\":\n x}", "line 2, column 2"),
        ("", "line 1"),
        ("{\"text\":\"a\"", "line 1, column 11"),
        ("{} x", "line 1, column 4"),
        ("[]", "object"),
        ("\"text\"", "object"),
    ] {
        let answer = api.call(Method::POST, "/api/messages", &[], body).await;
        assert_eq!((answer.status, &answer.body["type"]), (StatusCode::BAD_REQUEST, &json!("/problems/invalid-json")));
        let detail = answer.body["detail"].as_str().unwrap();
        assert!(detail.contains(says), "{body}: {detail}");
    }
    let deep = format!("{{\"text\":{}", "[".repeat(10_000));
    assert_eq!(api.call(Method::POST, "/api/messages", &[], &deep).await.status.as_u16() / 100, 4);
}

#[tokio::test]
async fn a_body_may_come_without_a_type_but_not_as_a_form_and_not_too_large() {
    let api = Api::new().await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answer = api.call(Method::POST, "/api/messages", &form, "text=hello").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let json = [("content-type", "Application/JSON; charset=utf-8")];
    assert_eq!(api.call(Method::POST, "/api/messages", &json, "{}").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let large = format!("{{\"text\":\"{}\"}}", "a".repeat(256 * 1024));
    assert_eq!(api.call(Method::POST, "/api/messages", &[], &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_channels_say_whether_whatsapp_is_connected() {
    let api = Api::new().await;
    let status = api.get("/api/whatsapp/status").await.body;
    assert_eq!(
        (&status["configured"], &status["message"]),
        (&json!(true), &json!("WhatsApp is configured and ready to use"))
    );
    assert_eq!(status["channels"], api.get("/api/channels").await.body["items"]);
    assert_eq!(status["channels"][0]["phoneNumberId"], "106540352242922");
}

#[tokio::test]
async fn notices_are_listed_newest_first_as_they_came() {
    let api = Api::new().await;
    for n in 0..3 {
        api.pass(1);
        let id = domain::MessageId::from_parts(api.now(), n);
        let notice =
            store::channels::notices::Notice { id, field: "account_update".into(), raw: format!("{{\"n\":{n}}}") };
        api.store.tenant(api.tenant).put_notice(&format!("event {n}"), &notice).await.unwrap();
    }
    let first = api.get("/api/notices?limit=2").await;
    assert_eq!((&first.body["items"][0]["raw"]["n"], &first.body["items"][1]["raw"]["n"]), (&json!(2), &json!(1)));
    let cursor = first.body["nextCursor"].as_str().unwrap();
    let rest = api.get(&format!("/api/notices?limit=2&cursor={cursor}")).await;
    assert_eq!((rest.body["items"].as_array().unwrap().len(), &rest.body["nextCursor"]), (1, &json!(null)));
}

/// The event as API Gateway hands it to the function, through the door that Lambda uses.
async fn event(api: &Api, json: &str) -> Answer {
    let request = lambda_http::request::from_str(json).unwrap();
    api.hand_over(request.map(|body| axum::body::Body::from(body.to_vec()))).await
}

#[tokio::test]
async fn the_events_of_api_gateway_are_understood() {
    let api = Api::new().await;
    let email = domain::access::users::EmailAddress::parse("owner@example.com").unwrap();
    let owner = domain::access::users::User { email, ..person(api.tenant, Role::Owner) };
    let password = api::access::password_hashes::hash(&Secret::new("correct horse battery staple"), 1).unwrap();
    assert!(api.store.create_user(&owner, &password).await.unwrap());
    let lead = api.customer("5511988887777", "Oi").await;

    let login = event(&api, include_str!("../../../../events/api/login.json")).await;
    let token = login.body["accessToken"].as_str().expect("a token");
    let list = include_str!("../../../../events/api/list-leads.json").replace("ACCESS_TOKEN", token);
    assert_eq!(event(&api, &list).await.each("id"), [lead.id.to_string()]);
    let send = include_str!("../../../../events/api/send-message.json").replace("ACCESS_TOKEN", token);
    let unknown = event(&api, &send).await;
    assert_eq!((unknown.status, &unknown.body["requestId"]), (StatusCode::NOT_FOUND, &json!("PoRJiw1kmJzYTq4=")));
    let send = send.replace("led_01M3250VASBF3MSX3QTC83A67F", &lead.id.to_string());
    assert_eq!(event(&api, &send).await.status, StatusCode::ACCEPTED);
}

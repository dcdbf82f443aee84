//! What has to hold for the HTTP API, the WebSocket API and the distribution before both.

use crate::page::texts;
use crate::stage::fields;
use crate::{Deployed, Resource};
use serde_json::Value;
use std::collections::BTreeSet;

/// What an access log has to tell, so that a request can be found and a fault be told from a caller's.
const TOLD: [&str; 5] = [
    "$context.requestId",
    "$context.routeKey",
    "$context.status",
    "$context.integrationStatus",
    "$context.error.message",
];

fn routes_of<'d>(deployed: &'d Deployed<'_>) -> impl Iterator<Item = &'d Resource> {
    deployed.of_kind("AWS::ApiGatewayV2::Route")
}

/// The function that a route's integration calls.
fn function<'d>(deployed: &'d Deployed<'_>, route: &Resource) -> Option<&'d Resource> {
    let target = route.text("Target").strip_prefix("integrations/")?;
    deployed.target(deployed.target(&Value::from(target))?.at("IntegrationUri"))
}

pub fn routes(deployed: &Deployed<'_>) -> Vec<String> {
    let served: BTreeSet<_> = routes_of(deployed).map(|route| route.text("RouteKey").to_owned()).collect();
    let code: BTreeSet<_> = deployed.code.routes.values().flatten().cloned().collect();
    code.symmetric_difference(&served).map(|route| format!("{route} is only in one of code and template")).collect()
}

pub fn targets(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for route in routes_of(deployed) {
        let function = function(deployed, route);
        let serves = function.and_then(|function| deployed.code.routes.get(deployed.word(function)));
        if !serves.is_some_and(|routes| routes.contains(route.text("RouteKey"))) {
            wrong.push(format!("{} reaches another function", route.id));
        }
        let may = |permission: &Resource| {
            let whom = deployed.target(permission.at("FunctionName")).map(|function| &function.id);
            whom == function.map(|function| &function.id) && permission.text("Principal") == "apigateway.amazonaws.com"
        };
        if !deployed.of_kind("AWS::Lambda::Permission").any(may) {
            wrong.push(format!("{} may not call its function", route.id));
        }
    }
    // A WebSocket API has one format, and takes no word about it.
    let ought = |one: &Resource| if is_socket(deployed, one) { "" } else { "2.0" };
    let integrations = deployed.of_kind("AWS::ApiGatewayV2::Integration");
    let other = integrations.filter(|one| one.text("PayloadFormatVersion") != ought(one));
    wrong.extend(other.map(|integration| format!("{} speaks another format", integration.id)));
    wrong
}

/// What may stand in the parameter that names other sites …
pub const ORIGINS: [&str; 5] = [
    "",
    "https://crm.example.com",
    "https://a-b.example:8443",
    "http://localhost:5173",
    "https://crm.example.com,http://localhost:5173,https://other.example",
];

/// … and what may not: it would let in any site, or none although somebody believes it does.
pub const NO_ORIGINS: [&str; 12] = [
    "*",
    "https://*",
    "https://*.example.com",
    "https://crm.example.com,*",
    "https://crm.example.com/",
    "https://crm.example.com/app",
    "https://CRM.example.com",
    "http://crm.example.com",
    "https://a.example, https://b.example",
    "https://a.example,",
    "crm.example.com",
    "null",
];

pub fn origins(deployed: &Deployed<'_>) -> Vec<String> {
    let answers = |api: &&Resource| !api.at("CorsConfiguration").is_null();
    let apis = deployed.of_kind("AWS::ApiGatewayV2::Api").filter(answers);
    let mut wrong: Vec<_> = apis.map(|api| format!("{} answers browsers in its function's place", api.id)).collect();
    let pattern =
        deployed.pages.template["Parameters"]["AllowedOrigins"]["AllowedPattern"].as_str().unwrap_or_default();
    let Ok(pattern) = regex_lite::Regex::new(pattern) else { return vec![format!("{pattern} is no pattern")] };
    let refused = ORIGINS.into_iter().filter(|origin| !pattern.is_match(origin));
    wrong.extend(refused.map(|origin| format!("AllowedOrigins may not be {origin:?}")));
    let taken = NO_ORIGINS.into_iter().filter(|origin| pattern.is_match(origin));
    wrong.extend(taken.map(|origin| format!("AllowedOrigins may be {origin:?}")));
    wrong
}

/// Whether something belongs to a WebSocket API.
fn is_socket(deployed: &Deployed<'_>, part: &Resource) -> bool {
    deployed.target(part.at("ApiId")).is_some_and(|api| api.text("ProtocolType") == "WEBSOCKET")
}

/// The policies of CloudFront that cache nothing, and that keep the viewer's Host from API Gateway.
const UNCACHED: (&str, &str) = ("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "b689b0a8-53d0-40ab-baf2-68738e2966ac");

/// What the API takes for proof that a request came through the distribution, and the path that is a stage's name.
pub fn distribution(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    let Some(distribution) = deployed.of_kind("AWS::CloudFront::Distribution").next() else {
        return vec!["browsers have no origin".to_owned()];
    };
    for behaviour in distribution.list("DistributionConfig/CacheBehaviors") {
        let policies = (behaviour["CachePolicyId"].as_str(), behaviour["OriginRequestPolicyId"].as_str());
        if policies != (Some(UNCACHED.0), Some(UNCACHED.1)) {
            wrong.push(format!("{} is cached, or gets another host's name", behaviour["PathPattern"]));
        }
        if behaviour["ViewerProtocolPolicy"] != "https-only" {
            wrong.push(format!("{} is not encrypted", behaviour["PathPattern"]));
        }
    }
    let paths = distribution.list("DistributionConfig/CacheBehaviors").iter().map(|one| one["PathPattern"].as_str());
    let paths: BTreeSet<_> = paths.flatten().collect();
    let stages = deployed.of_kind("AWS::ApiGatewayV2::Stage").filter(|stage| is_socket(deployed, stage));
    let of_stages = stages.map(|stage| format!("/{}", stage.text("StageName")));
    wrong.extend(of_stages.filter(|path| !paths.contains(path.as_str())).map(|path| format!("{path} leads nowhere")));
    let origins = distribution.list("DistributionConfig/Origins");
    let headers = origins.iter().flat_map(|origin| origin["OriginCustomHeaders"].as_array()).flatten();
    let keys: Vec<_> = headers.filter(|one| one["HeaderName"] == "x-leadwire-origin").collect();
    let known = deployed.functions().find(|one| deployed.word(one) == "api");
    let known = known.map(|api| api.at("Environment/Variables/ORIGIN_KEY"));
    if keys.len() != 1 || Some(&keys[0]["HeaderValue"]) != known {
        wrong.push("the API cannot tell what came through the distribution".to_owned());
    }
    for bucket in deployed.of_kind("AWS::S3::Bucket") {
        let shut = fields(bucket.at("PublicAccessBlockConfiguration")).filter(|(_, set)| **set == Value::Bool(true));
        if shut.count() != 4 {
            wrong.push(format!("{} may be made public", bucket.id));
        }
    }
    wrong
}

pub fn stage(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for stage in deployed.of_kind("AWS::ApiGatewayV2::Stage") {
        let throttled = |settings: &Value| {
            let positive = |name: &str| settings[name].as_i64().is_some_and(|limit| limit > 0);
            positive("ThrottlingRateLimit") && positive("ThrottlingBurstLimit")
        };
        if !throttled(stage.at("DefaultRouteSettings")) {
            wrong.push(format!("{} is not throttled", stage.id));
        }
        let key = |name: &str| routes_of(deployed).find(|route| route.text("RouteKey") == name);
        let waits = |route: &Resource| texts(&stage.all["DependsOn"]).contains(&route.id.as_str());
        let settings = fields(stage.at("RouteSettings"));
        // All callers share a route's limit: a lower one than the stage's lets a single host shut the route for everyone.
        let least = stage.number("DefaultRouteSettings/ThrottlingRateLimit");
        let low = |set: &Value| set["ThrottlingRateLimit"].as_i64() < least;
        let odd = settings.filter(|(name, set)| !throttled(set) || low(set) || !key(name).is_some_and(waits));
        wrong.extend(
            odd.map(|(name, _)| format!("{}: {name} is not there before, or has no limit or a low one", stage.id)),
        );
        // The logs of a WebSocket API need a role of the whole account; its function tells who connects.
        if is_socket(deployed, stage) {
            continue;
        }
        let format = stage.text("AccessLogSettings/Format");
        let whole = serde_json::from_str::<Value>(format).is_ok() && TOLD.iter().all(|part| format.contains(part));
        if !whole || deployed.target(stage.at("AccessLogSettings/DestinationArn")).is_none() {
            wrong.push(format!("{} does not tell who asked", stage.id));
        }
    }
    wrong
}

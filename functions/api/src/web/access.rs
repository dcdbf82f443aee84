//! Who may call a route. Each route says so in the router's list; it is looked at here, before a handler reads anything.

use crate::app::App;
use crate::web::audit::{audit_event, count};
use crate::web::auth::{Caller, Principal};
use crate::web::limits;
use crate::web::problem::{Kind, Problem};
use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::audit::Action;
use domain::access::permissions::Permission;
use domain::access::visibility::Viewer;
use std::fmt;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, without a token.
    Anyone,
    /// A person who has signed in.
    SignedIn,
    /// A person whose role grants this, or a program whose key has it.
    Needs(Permission),
    /// Whoever runs the platform.
    Operator,
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("anyone"),
            Self::SignedIn => f.write_str("signed in"),
            Self::Needs(permission) => permission.fmt(f),
            Self::Operator => f.write_str("operator"),
        }
    }
}

/// Lets the request through to its handler, who then is told who calls, or answers in the handler's place.
pub(crate) async fn guard(State((app, access)): State<(App, Access)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if access != Access::Anyone {
        match admitted(&app, access, &parts).await {
            Ok(known) => {
                parts.extensions.insert(known);
            }
            Err(problem) => return problem.into_response(),
        }
    }
    next.run(Request::from_parts(parts, body)).await
}

async fn admitted(app: &App, access: Access, parts: &Parts) -> Result<Principal, Problem> {
    let known = Principal::authenticate(app, &parts.headers).await?;
    if lacks_second_factor(access, &known) {
        let detail = match known {
            Principal::User(_) | Principal::Operator(_) => {
                "Enable two-factor authentication first: POST /api/auth/second-factor with your password, then confirm \
                 a code."
            }
            Principal::ApiKey { .. } => {
                "The key's owner must enable two-factor authentication, or another user must take over the key."
            }
        };
        return Err(Problem::new(Kind::SecondFactorNeeded, detail));
    }
    let Some(why) = refusal(access, &known) else { return Ok(known) };
    if let Some(Caller { tenant, by }) = known.caller() {
        let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let route = format!("{} {route}", parts.method);
        limits::refused(app, tenant, by).await?;
        count(app, tenant, &audit_event(app, by, Action::Refused, &route, &access.to_string())).await?;
    }
    Err(Problem::new(Kind::Forbidden, why))
}

/// Whether a person has to have a second factor before they may go further than their own account.
fn lacks_second_factor(access: Access, known: &Principal) -> bool {
    match (access, known) {
        (Access::Needs(_), Principal::User(principal)) => {
            let user = &principal.user;
            let tenant = &principal.tenant;
            !user.second_factor && tenant.second_factor.requires(user.role)
        }
        // A key never has more rights than its owner, who would not get further either.
        (Access::Needs(_), Principal::ApiKey { owner, .. }) => {
            !owner.user.second_factor && owner.tenant.second_factor.requires(owner.user.role)
        }
        (Access::Anyone | Access::SignedIn | Access::Operator, Principal::User(_) | Principal::ApiKey { .. })
        | (_, Principal::Operator(_)) => false,
    }
}

/// Why somebody who is known may not call a route; none if they may.
fn refusal(access: Access, known: &Principal) -> Option<String> {
    match (access, known) {
        (Access::Anyone, _) | (Access::SignedIn, Principal::User(_)) | (Access::Operator, Principal::Operator(_)) => {
            None
        }
        (Access::Needs(permission), Principal::User(principal)) => {
            let role = principal.user.role;
            (!role.may(permission))
                .then(|| format!("The role {role} does not have the permission {permission}. Ask an owner or admin."))
        }
        (Access::Needs(permission), Principal::ApiKey { scopes, owner, .. }) => {
            let role = owner.user.role;
            if !scopes.contains(&permission) {
                Some(format!("This API key does not have the scope {permission}. Create a key that has it."))
            } else if role.may(permission) {
                None
            } else {
                Some(format!("The key's owner has the role {role}, which does not have the permission {permission}."))
            }
        }
        (Access::SignedIn, Principal::ApiKey { .. } | Principal::Operator(_)) => {
            Some("Only a signed-in user can call this route. Send the access token of a user.".to_owned())
        }
        (Access::Needs(_), Principal::Operator(_)) => {
            Some("The platform operator cannot access the data of a business.".to_owned())
        }
        (Access::Operator, Principal::User(_) | Principal::ApiKey { .. }) => {
            Some("Only the platform operator can call this route.".to_owned())
        }
    }
}

/// Refuses raw JSON of WhatsApp's to a person for whom phones are masked: it holds them.
pub(crate) fn shows_phones(viewer: &Viewer) -> Result<(), Problem> {
    if viewer.masks_phones() {
        return Err(Problem::new(
            Kind::Forbidden,
            "Customers' phone numbers are masked for you, and WhatsApp's raw JSON contains them.",
        ));
    }
    Ok(())
}

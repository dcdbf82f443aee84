//! Who may call a route. Each route says so in the router's list; it is looked at here, before a handler reads anything.

use crate::app::App;
use crate::auth::{Caller, Known};
use crate::deeds::{count, deed};
use crate::limits;
use crate::problem::{Kind, Problem};
use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::audit::Action;
use domain::permissions::Permission;
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

async fn admitted(app: &App, access: Access, parts: &Parts) -> Result<Known, Problem> {
    let known = Known::of(app, &parts.headers).await?;
    if lacks_second_factor(access, &known) {
        let detail = match known {
            Known::Person(_) | Known::Operator(_) => {
                "Set one up first: POST /api/auth/second-factor with your password, then confirm a code."
            }
            Known::Program { .. } => {
                "The key's owner has to set one up first, or another user has to take the key over."
            }
        };
        return Err(Problem::new(Kind::SecondFactorNeeded, detail));
    }
    let Some(why) = refusal(access, &known) else { return Ok(known) };
    if let Some(Caller { tenant, by }) = known.caller() {
        let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let route = format!("{} {route}", parts.method);
        limits::refused(app, tenant, by).await?;
        count(app, tenant, &deed(app, by, Action::Refused, &route, &access.to_string())).await?;
    }
    Err(Problem::new(Kind::Forbidden, why))
}

/// Whether a person has to have a second factor before they may go further than their own account.
fn lacks_second_factor(access: Access, known: &Known) -> bool {
    match (access, known) {
        (Access::Needs(_), Known::Person(principal)) => {
            let (user, tenant) = (&principal.user, &principal.tenant);
            !user.second_factor && tenant.second_factor.of(user.role)
        }
        // A key never has more rights than its owner, who would not get further either.
        (Access::Needs(_), Known::Program { owner, .. }) => {
            !owner.user.second_factor && owner.tenant.second_factor.of(owner.user.role)
        }
        (Access::Anyone | Access::SignedIn | Access::Operator, Known::Person(_) | Known::Program { .. })
        | (_, Known::Operator(_)) => false,
    }
}

/// Why somebody who is known may not call a route; none if they may.
fn refusal(access: Access, known: &Known) -> Option<String> {
    match (access, known) {
        (Access::Anyone, _) | (Access::SignedIn, Known::Person(_)) | (Access::Operator, Known::Operator(_)) => None,
        (Access::Needs(permission), Known::Person(principal)) => {
            let role = principal.user.role;
            (!role.may(permission)).then(|| format!("The role {role} does not grant {permission}."))
        }
        (Access::Needs(permission), Known::Program { scopes, owner, .. }) => {
            let role = owner.user.role;
            if !scopes.contains(&permission) {
                Some(format!("This key does not have the scope {permission}."))
            } else if role.may(permission) {
                None
            } else {
                Some(format!("The role {role} of the key's owner does not grant {permission}."))
            }
        }
        (Access::SignedIn, Known::Program { .. } | Known::Operator(_)) => {
            Some("Only a person who has signed in has an account of their own.".to_owned())
        }
        (Access::Needs(_), Known::Operator(_)) => {
            Some("Whoever runs the platform does not see the data of a business.".to_owned())
        }
        (Access::Operator, Known::Person(_) | Known::Program { .. }) => {
            Some("Only whoever runs the platform may do this.".to_owned())
        }
    }
}

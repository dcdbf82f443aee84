//! Who may call a route. Each route says so in the router's list; it is looked at here, before a handler reads anything.

use crate::app::App;
use crate::auth::Caller;
use crate::problem::{Kind, Problem};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::permissions::Permission;
use std::fmt;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, without a token.
    Anyone,
    /// Whoever has signed in.
    SignedIn,
    /// Whoever has signed in with a role that grants this.
    Needs(Permission),
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("anyone"),
            Self::SignedIn => f.write_str("signed in"),
            Self::Needs(permission) => permission.fmt(f),
        }
    }
}

/// Lets the request through to its handler, who then is told who calls, or answers in the handler's place.
pub(crate) async fn guard(State((app, access)): State<(App, Access)>, mut request: Request, next: Next) -> Response {
    match admitted(&app, access, request.headers()) {
        Ok(Some(caller)) => {
            request.extensions_mut().insert(caller);
        }
        Ok(None) => {}
        Err(problem) => return problem.into_response(),
    }
    next.run(request).await
}

/// Who calls; none where nobody has to say.
fn admitted(app: &App, access: Access, headers: &HeaderMap) -> Result<Option<Caller>, Problem> {
    match access {
        Access::Anyone => Ok(None),
        Access::SignedIn => Caller::of(app, headers).map(Some),
        Access::Needs(permission) => {
            let caller = Caller::of(app, headers)?;
            if caller.role.may(permission) {
                return Ok(Some(caller));
            }
            let detail = format!("The role {} does not grant {permission}.", caller.role);
            Err(Problem::new(Kind::Forbidden, detail))
        }
    }
}

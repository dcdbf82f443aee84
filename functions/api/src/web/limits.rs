//! How often one may ask. Every route names its class in the router's list. What is counted stands in the table, so that
//! all instances of the function count together; what a limit means is known to `domain`.
//!
//! - To be let in: each address on the internet, then each account that is tried, then the password hashes of everybody
//!   together, and each second factor. A device on which the account's person has signed in before has counts of its own
//!   (`access/devices.rs`), so that strangers who try an account keep its person out of no device that is known.
//!   A recovery code is not counted: nobody finds one by trying. Never more than 100 in 15 minutes from one address. An address is refilled more slowly than an account: whoever tries somebody else's
//!   password from one place always leaves them a try. A right password is given back to its address and its account:
//!   only failures use them up. It is counted first all the same, so that many guesses at once cannot slip through.
//! - To be mailed: each address, over all businesses, for each sort of email that a stranger can cause; and the
//!   invitations of each business that has not connected a number.
//! - To write or to send: each person and each program's key, and each business as a whole.
//! - To read: nobody is counted. A write for each page would cost more than the page; API Gateway's throttle holds.
//!
//! A refusal costs no hash and no further write, and uses up nothing: nobody is kept out for longer than a few seconds
//! by their own tries, and nobody's account is ever locked.

use crate::Deps;
use crate::app::App;
use crate::web::auth::Principal;
use crate::web::problem::{Kind, Problem};
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::rates::{EmailSort, HashAllowance, Limit, Subject, Verdict};
use domain::access::users::{EmailAddress, User};
use domain::ids::DeviceId;
use domain::{Actor, TenantId};
use lambda_http::request::RequestContext;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use store::StoreError;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// How often a route may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateClass {
    /// By whoever may call it, as often as API Gateway lets anybody.
    Read,
    /// By whoever wants to be let in, few times: each costs a password's hash, or a mail.
    SignIn,
    /// By whoever has a token that we signed, as often as API Gateway lets anybody: nobody guesses one, and what is not
    /// one costs nothing.
    Token,
    /// By whoever has signed in, as often as people and their programs do things.
    Write,
}

impl fmt::Display for RateClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "reads",
            Self::Token => "signed",
            Self::SignIn => "signs in",
            Self::Write => "writes",
        })
    }
}

/// A limit, by the name under which callers are told of it.
#[derive(Clone, Copy, Debug)]
struct Policy {
    name: &'static str,
    limit: Limit,
}

/// An office whose people mistype twenty times at nine; then one try in 15 seconds, 80 in the first 15 minutes.
const ADDRESS: Policy = Policy { name: "address", limit: Limit::new(4, MINUTE, 20) };

/// Whoever forgot which of their passwords it is; then one try in 12 seconds, 7,200 guesses a day.
const ACCOUNT: Policy = Policy { name: "account", limit: Limit::new(5, MINUTE, 10) };

/// As for an account, on a device on which its person has signed in before.
const DEVICE: Policy = Policy { name: "device", limit: ACCOUNT.limit };

/// What five instances hash in a second, at 100 ms each: the rest serve those who have signed in. One address on the
/// internet gets 20 at once of these.
const HASHES: Policy = Policy { name: "all sign-ins", limit: Limit::new(50, SECOND, 100) };

/// Somebody who did not get the first email, and looks into the wrong mailbox for the second.
const EMAILS: Policy = Policy { name: "email address", limit: Limit::new(3, HOUR, 3) };

/// A business that tries Leadwire with its people, before it has connected a number.
const INVITATIONS: Policy = Policy { name: "business without a number", limit: Limit::new(10, DAY, 10) };

/// Whoever has the password and tries codes: then one in six minutes. Three of a million hold at a time, and each wrong
/// one stands in the audit: whoever tries for a year without a pause is right with a chance of one in four.
const CODE: Policy = Policy { name: "code", limit: Limit::new(10, HOUR, 10) };

/// Far more than hands can do, and enough for a program that goes through a list.
const USER: Policy = Policy { name: "user", limit: Limit::new(20, SECOND, 200) };

/// As many as `outbound` posts of one business, so that nobody is promised more than goes out; a tenth of what API
/// Gateway's stage takes from all together.
const TENANT: Policy = Policy { name: "tenant", limit: Limit::new(20, SECOND, 500) };

/// What was asked of the table, and what it said.
type Asked = (Policy, Verdict);

/// Lets the request through to its handler and tells the caller what is left to them; or answers in the handler's place.
/// Stands behind the guard of access, which knows who calls.
pub(crate) async fn guard(State((app, class)): State<(App, RateClass)>, request: Request, next: Next) -> Response {
    let address = address(&app, request.headers(), request.extensions());
    let asked = match class {
        RateClass::Read | RateClass::Token => Ok(Vec::new()),
        RateClass::SignIn => address_of(&app, address).await,
        RateClass::Write => Ok(caller_of(&app, request.extensions()).await),
    };
    let asked = match asked.and_then(within) {
        Ok(asked) => asked,
        Err(problem) => return problem.into_response(),
    };
    let mut answer = next.run(request).await;
    let given_back = match answer.extensions().get::<RightPassword>().cloned() {
        Some(RightPassword(tried)) => give_back(&app, address, tried).await,
        None => None,
    };
    tell(answer.headers_mut(), given_back.as_ref().map_or(&asked[..], std::slice::from_ref));
    answer
}

/// Marks an answer to somebody who knew the password of the account that was tried: it is not counted as a try.
#[derive(Clone, Debug)]
pub(crate) struct RightPassword(pub(crate) Tried);

/// An account that somebody tries to get into, and from where.
#[derive(Clone, Debug)]
pub(crate) struct Tried {
    account: EmailAddress,
    /// The device, if the account's person has signed in there before.
    pub(crate) device: Option<DeviceId>,
}

impl Tried {
    /// By what it is counted.
    fn counted(&self) -> (Policy, Subject) {
        match self.device {
            Some(device) => (DEVICE, Subject::Device(device)),
            None => (ACCOUNT, Subject::Account(self.account.clone())),
        }
    }

    /// Who shares the hashing.
    pub(crate) const fn allowance(&self) -> HashAllowance {
        match self.device {
            Some(_) => HashAllowance::Known,
            None => HashAllowance::Unknown,
        }
    }
}

/// Gives a try back to the address and the account, and says what the address has left. Where the table does not answer
/// the try stays counted: the person has signed in, and all is restored by itself.
async fn give_back(app: &App, address: IpAddr, tried: Tried) -> Option<Asked> {
    let now = app.clock.now();
    let address = Subject::Address(address);
    let (policy, account) = tried.counted();
    let of_address = app.store.give_back(&address, ADDRESS.limit, now);
    let of_account = app.store.give_back(&account, policy.limit, now);
    let (of_address, of_account) = tokio::join!(of_address, of_account);
    if let Err(error) = of_account {
        tracing::warn!(limit.name = policy.name, %error, "left a right password counted");
    }
    match of_address {
        Ok(verdict) => Some((ADDRESS, verdict)),
        Err(error) => {
            tracing::warn!(limit.name = ADDRESS.name, %error, "left a right password counted");
            None
        }
    }
}

/// Lets one more try at an account through, from `device` if its person has signed in there before. For handlers that
/// let people in, before anything that takes long.
///
/// # Errors
/// A problem if there were too many, or if nobody knows.
pub(crate) async fn account(app: &App, email: &EmailAddress, device: Option<DeviceId>) -> Result<Tried, Problem> {
    let tried = Tried { account: email.clone(), device };
    let (policy, subject) = tried.counted();
    admit(app, policy, subject).await?;
    Ok(tried)
}

/// Lets one more password be hashed. Asked after the counts of address and account, so that nobody whom those refuse
/// takes from what all together have.
///
/// # Errors
/// A problem if there were too many, or if nobody knows.
pub(crate) async fn hash(app: &App, allowance: HashAllowance) -> Result<(), Problem> {
    admit(app, HASHES, Subject::Hashes(allowance)).await
}

/// Lets one more password of somebody who is signed in be tried.
///
/// # Errors
/// A problem if there were too many, or if nobody knows.
pub(crate) async fn reproof(app: &App, user: &User) -> Result<(), Problem> {
    admit(app, ACCOUNT, Subject::Reproof(user.tenant, user.id)).await
}

/// Lets one more code of `user` be tried, on `device` if they have signed in there before.
///
/// # Errors
/// A problem if there were too many, or if nobody knows.
pub(crate) async fn code(deps: &Deps, user: &User, device: Option<DeviceId>) -> Result<(), Problem> {
    let subject = device.map_or(Subject::Code(user.tenant, user.id), Subject::CodeOnDevice);
    admit(deps, CODE, subject).await
}

/// Lets one more email of this sort go to an address, whichever business causes it.
///
/// # Errors
/// A problem if there were too many, or if nobody knows.
pub(crate) async fn email(app: &App, sort: EmailSort, email: &EmailAddress) -> Result<(), Problem> {
    admit(app, EMAILS, Subject::Emails(sort, email.clone())).await
}

/// Gives back one [`email`] that was not caused.
pub(crate) async fn email_not_sent(app: &App, sort: EmailSort, email: &EmailAddress) {
    let subject = Subject::Emails(sort, email.clone());
    if let Err(error) = app.store.give_back(&subject, EMAILS.limit, app.clock.now()).await {
        tracing::warn!(limit.name = EMAILS.name, %error, "left an email counted that was not sent");
    }
}

/// Lets one more reset of an address be asked for, from `device` if its person has signed in there before.
///
/// # Errors
/// A problem if there were too many, or if nobody knows.
pub(crate) async fn reset(app: &App, address: &EmailAddress, device: Option<DeviceId>) -> Result<(), Problem> {
    match device {
        Some(device) => admit(app, EMAILS, Subject::ResetOnDevice(device)).await,
        None => email(app, EmailSort::Reset, address).await,
    }
}

/// Lets a colleague ask for one more reset of `user`. Of somebody who has not proved their mailbox it counts as a
/// stranger's.
///
/// # Errors
/// A problem if there were too many, or if nobody knows.
pub(crate) async fn reset_by_colleague(app: &App, user: &User) -> Result<(), Problem> {
    if user.email_verified {
        admit(app, EMAILS, Subject::ResetByColleague(user.tenant, user.id)).await
    } else {
        email(app, EmailSort::Reset, &user.email).await
    }
}

/// Lets a business invite once more, which `by` does; whoever runs the platform invites the first owner of each.
///
/// # Errors
/// A problem if there were too many, or if nobody knows.
pub(crate) async fn invitation(app: &App, tenant: TenantId, address: &EmailAddress, by: Actor) -> Result<(), Problem> {
    let counted = match by {
        Actor::User(_) | Actor::ApiKey(_) | Actor::Nobody => app.store.tenant(tenant).channels().await?.is_empty(),
        Actor::Operator(_) => false,
    };
    if counted {
        admit(app, INVITATIONS, Subject::Invitations(tenant)).await?;
    }
    email(app, EmailSort::Invitation, address).await
}

async fn admit(deps: &Deps, policy: Policy, subject: Subject) -> Result<(), Problem> {
    let verdict = ask(deps, policy, subject).await?;
    within(vec![(policy, verdict)]).map(drop)
}

/// The door stays shut while nobody can count who knocks: else whoever keeps the table busy could guess without limit.
async fn address_of(app: &App, address: IpAddr) -> Result<Vec<Asked>, Problem> {
    Ok(vec![(ADDRESS, ask(app, ADDRESS, Subject::Address(address)).await?)])
}

/// Whoever has signed in gets on with it while nobody can count: a limit against abuse must not be what keeps a business
/// from answering its customers, and the handler, which needs the same table, says itself whether it can be reached.
/// The user is asked before the business: what is refused of a user uses up nothing of what all of them have together.
async fn caller_of(app: &App, extensions: &Extensions) -> Vec<Asked> {
    match extensions.get::<Principal>().and_then(Principal::caller) {
        Some(caller) => asked_of(app, caller.tenant, caller.by).await,
        None => Vec::new(),
    }
}

/// Lets one more request of `by` be refused, which counts whatever its route.
///
/// # Errors
/// A problem if there were too many.
pub(crate) async fn refused(app: &App, tenant: TenantId, by: Actor) -> Result<(), Problem> {
    within(asked_of(app, tenant, by).await).map(drop)
}

async fn asked_of(app: &App, tenant: TenantId, by: Actor) -> Vec<Asked> {
    let mut asked = Vec::from_iter(known(USER, ask(app, USER, Subject::Caller(tenant, by)).await));
    if !matches!(asked.first(), Some((_, Verdict::Refused { .. }))) {
        asked.extend(known(TENANT, ask(app, TENANT, Subject::Tenant(tenant)).await));
    }
    asked
}

fn known(policy: Policy, said: Result<Verdict, StoreError>) -> Option<Asked> {
    match said {
        Ok(verdict) => Some((policy, verdict)),
        Err(error) => {
            tracing::warn!(limit.name = policy.name, %error, "let a request through uncounted");
            None
        }
    }
}

async fn ask(deps: &Deps, policy: Policy, subject: Subject) -> Result<Verdict, StoreError> {
    deps.store.take(&subject, policy.limit, deps.clock.now()).await
}

/// What our distribution adds to each request: that it came through it, and from where.
const ORIGIN_KEY: HeaderName = HeaderName::from_static("x-leadwire-origin");
const VIEWER: HeaderName = HeaderName::from_static("x-leadwire-viewer");

/// Where the request came from: as our distribution says, for a request that came through it; else as API Gateway saw it.
/// Without the key, a header would be what the caller likes to say. Requests that came another way share one address.
fn address(deps: &Deps, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let key = headers.get(ORIGIN_KEY).map(HeaderValue::as_bytes);
    let ours = deps.edge.origin_key.as_ref().zip(key).is_some_and(|(known, key)| {
        let known = known.expose().as_bytes();
        bool::from(subtle::ConstantTimeEq::ct_eq(known, key))
    });
    let viewer = headers.get(VIEWER).filter(|_| ours).and_then(|viewer| viewer.to_str().ok()?.parse().ok());
    viewer.unwrap_or_else(|| seen_by_gateway(extensions))
}

fn seen_by_gateway(extensions: &Extensions) -> IpAddr {
    let seen = match extensions.get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.as_deref(),
        Some(_) | None => None,
    };
    seen.and_then(|address| address.parse().ok()).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// What was asked, if all of it was admitted.
fn within(asked: Vec<Asked>) -> Result<Vec<Asked>, Problem> {
    let waits = asked.iter().filter_map(|(policy, verdict)| match verdict {
        Verdict::Refused { wait, .. } => Some((*wait, policy.name)),
        Verdict::Admitted { .. } => None,
    });
    let Some((wait, name)) = waits.max() else { return Ok(asked) };
    let seconds = seconds(wait);
    let detail = format!("Rate limit exceeded: {name}. Try again in {seconds} s.");
    let mut headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from(seconds))]);
    tell(&mut headers, &asked);
    Err(Problem::new(Kind::TooManyRequests, detail).with_headers(headers))
}

/// Tells what is left, as the IETF's draft on RateLimit fields has it: of each policy how many at once (`q`) and how long
/// all of them take to be restored (`w`); how many are left (`r`) and in how many seconds all will be (`t`). What a
/// handler has told stays.
fn tell(headers: &mut HeaderMap, asked: &[Asked]) {
    if asked.is_empty() || headers.contains_key(LIMIT) {
        return;
    }
    let policy =
        |(Policy { name, limit }, _): &Asked| format!("\"{name}\";q={};w={}", limit.burst(), seconds(limit.window()));
    let limit = |(Policy { name, .. }, verdict): &Asked| {
        let (left, restored) = match *verdict {
            Verdict::Admitted { left, restored } => (left, restored),
            Verdict::Refused { restored, .. } => (0, restored),
        };
        format!("\"{name}\";r={left};t={}", seconds(restored))
    };
    let policies = asked.iter().map(policy).collect::<Vec<_>>().join(", ");
    let limits = asked.iter().map(limit).collect::<Vec<_>>().join(", ");
    for (name, value) in [(POLICY, policies), (LIMIT, limits)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}

/// Whole seconds, rounded up: whoever waits for so many has waited long enough.
fn seconds(time: Duration) -> u64 {
    time.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX)
}

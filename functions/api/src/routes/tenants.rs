//! Businesses: all of them, for whoever runs the platform (who calls them clients), and one's own.

use crate::answers::Created;
use crate::app::App;
use crate::auth::{Caller, Operator};
use crate::body::JsonBody;
use crate::deeds::entry;
use crate::limits;
use crate::path::Id;
use crate::problem::{FieldError, Kind, Problem};
use crate::query::{Cursor, Limit, Query, parameters};
use crate::routes::auth::{LONGEST_NAME, business_name_of, email_of, name_of};
use crate::routes::users::{InvitationView, invited};
use crate::views::PageView;
use crate::views::tenants::TenantView;
use axum::Json;
use axum::extract::State;
use domain::audit::Action;
use domain::second_factor::SecondFactorRule;
use domain::tenants::{LONGEST_BUSINESS_NAME, Language, Tenant, TimeZone};
use domain::users::{Email, Role};
use domain::words::UnknownWord;
use domain::{Actor, TenantId, Text, seals};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::tenants::TenantChange;

/// A business to be made.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ClientBody {
    /// Its name, without a web address in it.
    #[schemars(length(min = 1, max = LONGEST_BUSINESS_NAME))]
    company_name: Text,
    /// What it trades in.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    business_category: Option<Text>,
    /// Its time zone.
    #[schemars(with = "Option<TimeZone>")]
    timezone: Option<String>,
    /// The languages that it writes in, the first one first.
    #[schemars(with = "Option<Vec<Language>>", length(min = 1, max = MOST_LANGUAGES))]
    languages: Option<Vec<String>>,
    /// Who is to own it: they are invited.
    #[schemars(with = "Option<Email>")]
    owner_email: Option<String>,
}

/// What whoever runs the platform changes: what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ClientChangeBody {
    /// Its name, without a web address in it.
    #[schemars(length(min = 1, max = LONGEST_BUSINESS_NAME))]
    company_name: Option<Text>,
    /// What it trades in.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    business_category: Option<Text>,
    /// Its time zone.
    #[schemars(with = "Option<TimeZone>")]
    timezone: Option<String>,
    /// The languages that it writes in, the first one first.
    #[schemars(with = "Option<Vec<Language>>", length(min = 1, max = MOST_LANGUAGES))]
    languages: Option<Vec<String>>,
    /// Whether its people may sign in.
    is_active: Option<bool>,
}

/// What its owner changes: what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SettingsBody {
    /// Its name, without a web address in it.
    #[schemars(length(min = 1, max = LONGEST_BUSINESS_NAME))]
    company_name: Option<Text>,
    /// What it trades in.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    business_category: Option<Text>,
    /// Its time zone.
    #[schemars(with = "Option<TimeZone>")]
    timezone: Option<String>,
    /// The languages that it writes in, the first one first.
    #[schemars(with = "Option<Vec<Language>>", length(min = 1, max = MOST_LANGUAGES))]
    languages: Option<Vec<String>>,
    /// Who has to have a second factor: nobody, owners and admins, or everybody.
    #[schemars(with = "Option<SecondFactorRule>")]
    second_factor_required_of: Option<String>,
}

/// A business that was made.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NewBusiness")]
pub(crate) struct NewClientView {
    #[serde(flatten)]
    client: TenantView,
    /// The invitation of its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation: Option<InvitationView>,
}

/// The most languages that a business has.
const MOST_LANGUAGES: usize = 20;

parameters! {
    /// Which businesses.
    ClientsQuery {
        /// How many businesses a page holds.
        limit = "limit": Limit<50>,
        /// Where the page begins: `nextCursor` of the page before.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/clients?limit=&cursor=`: the businesses, the newest first.
pub(crate) async fn list(
    State(app): State<App>,
    Operator(operator): Operator,
    Query(ClientsQuery { limit, cursor }): Query<ClientsQuery>,
) -> Result<Json<PageView<TenantView>>, Problem> {
    let operator = operator.bare();
    let purpose = ["leadwire cursor 1", &operator, "clients"];
    let opened = cursor.map(|Cursor(cursor)| {
        let mark = seals::open(&app.seal_key, &purpose, &cursor).and_then(|mark| String::from_utf8(mark).ok());
        mark.ok_or_else(|| Problem::field(Kind::InvalidParameter, "cursor", "not a cursor of this list"))
    });
    let page = app.store.tenants(opened.transpose()?, limit.0).await?;
    let next_cursor = page.next.map(|mark| seals::seal(&app.seal_key, &purpose, mark.as_bytes()));
    Ok(Json(PageView { items: page.items.into_iter().map(TenantView::of).collect(), next_cursor }))
}

/// `POST /api/clients` `{companyName, businessCategory, timezone, languages, ownerEmail}`: makes a business, and
/// invites its owner.
pub(crate) async fn create(
    State(app): State<App>,
    Operator(operator): Operator,
    JsonBody(body): JsonBody<ClientBody>,
) -> Result<Created<NewClientView>, Problem> {
    let owner = body.owner_email.as_deref().map(email_of).transpose()?;
    let by = Actor::Operator(operator);
    let texts = (Some(body.company_name), body.business_category, body.timezone, body.languages);
    let change = change_of(texts)?;
    let id = TenantId::from_parts(app.clock.now(), app.ids.bits());
    if let Some(email) = &owner {
        limits::invitation(&app, id, email, by).await?;
    }
    let mut tenant = Tenant::new(id, change.name.unwrap_or_default());
    tenant.category = change.category;
    tenant.time_zone = change.time_zone.unwrap_or(tenant.time_zone);
    tenant.languages = change.languages.unwrap_or(tenant.languages);
    let entry = entry(&app, by, Action::TenantCreated, &id.to_string(), "by an operator");
    if !app.store.create_tenant(&tenant, &entry).await? {
        return Err(Problem::internal("a new id is taken"));
    }
    let invitation = match owner {
        Some(email) => Some(invited(&app, id, (email, Role::Owner), by).await?),
        None => None,
    };
    Ok(Created(NewClientView { client: TenantView::of(tenant), invitation }))
}

/// `GET /api/clients/{id}`: a business.
pub(crate) async fn show(
    State(app): State<App>,
    Operator(_): Operator,
    Id(id): Id<TenantId>,
) -> Result<Json<TenantView>, Problem> {
    of(&app, id).await
}

/// `PATCH /api/clients/{id}`: changes a business. The people of a business that is not active are shut out at once;
/// what its customers write is taken all the same.
pub(crate) async fn update(
    State(app): State<App>,
    Operator(operator): Operator,
    Id(id): Id<TenantId>,
    JsonBody(body): JsonBody<ClientChangeBody>,
) -> Result<Json<TenantView>, Problem> {
    let mut change = change_of((body.company_name, body.business_category, body.timezone, body.languages))?;
    change.active = body.is_active;
    changed(&app, id, &change, Actor::Operator(operator)).await
}

/// `GET /api/settings`: what holds for the whole business.
pub(crate) async fn settings(State(app): State<App>, caller: Caller) -> Result<Json<TenantView>, Problem> {
    of(&app, caller.tenant).await
}

/// `PATCH /api/settings` `{companyName, businessCategory, timezone, languages, secondFactorRequiredOf}`: changes what
/// holds for the whole business. Whoever has to have a second factor and has none gets no further than their own account
/// until they have.
pub(crate) async fn update_settings(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<SettingsBody>,
) -> Result<Json<TenantView>, Problem> {
    let mut change = change_of((body.company_name, body.business_category, body.timezone, body.languages))?;
    change.second_factor = body.second_factor_required_of.as_deref().map(required_of).transpose()?;
    changed(&app, caller.tenant, &change, caller.by).await
}

async fn of(app: &App, id: TenantId) -> Result<Json<TenantView>, Problem> {
    let tenant = app.store.tenant(id).await?.ok_or_else(|| Problem::not_found("client"))?;
    Ok(Json(TenantView::of(tenant)))
}

async fn changed(app: &App, id: TenantId, change: &TenantChange, by: Actor) -> Result<Json<TenantView>, Problem> {
    let entry = entry(app, by, Action::SettingsChanged, &id.to_string(), &in_words(change));
    let tenant = app.store.change_tenant(id, change, &entry).await?.ok_or_else(|| Problem::not_found("client"))?;
    Ok(Json(TenantView::of(tenant)))
}

/// What is changed. What people write is not repeated.
fn in_words(change: &TenantChange) -> String {
    let TenantChange { name, category, time_zone, languages, active, second_factor } = change;
    let active = active.map(|active| if active { "active" } else { "not active" }.to_owned());
    let second_factor = second_factor.map(|required| format!("second factor required of {required}"));
    let there = |it: bool, word: &str| it.then(|| word.to_owned());
    let words = [
        active,
        second_factor,
        there(name.is_some(), "another name"),
        there(category.is_some(), "another category"),
        there(time_zone.is_some(), "another time zone"),
        there(languages.is_some(), "other languages"),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn required_of(text: &str) -> Result<SecondFactorRule, Problem> {
    let wrong = |error: UnknownWord| FieldError::new("secondFactorRequiredOf", error.to_string());
    text.parse().map_err(|error| Problem::invalid(vec![wrong(error)]))
}

type Texts = (Option<Text>, Option<Text>, Option<String>, Option<Vec<String>>);

/// Everything that is wrong with these fields at once.
fn change_of((company, category, time_zone, languages): Texts) -> Result<TenantChange, Problem> {
    let mut errors = Vec::new();
    let mut checked = |name: Option<Result<Text, FieldError>>| name.and_then(|it| it.map_err(|e| errors.push(e)).ok());
    let name = checked(company.map(|name| business_name_of("companyName", &name)));
    let category = checked(category.map(|name| name_of("businessCategory", &name)));
    let time_zone = time_zone.and_then(|text| {
        TimeZone::parse(&text).map_err(|error| errors.push(FieldError::new("timezone", error.to_string()))).ok()
    });
    let languages = languages.and_then(|codes| {
        let parsed: Result<Vec<_>, _> = codes.iter().map(|code| Language::parse(code)).collect();
        let parsed = parsed.map_err(|error| error.to_string());
        let some = parsed.and_then(|codes| {
            let fits = (1..=MOST_LANGUAGES).contains(&codes.len());
            if fits { Ok(codes) } else { Err(format!("expected 1 to {MOST_LANGUAGES} languages")) }
        });
        some.map_err(|problem| errors.push(FieldError::new("languages", problem))).ok()
    });
    if errors.is_empty() {
        Ok(TenantChange { name, category, time_zone, languages, ..TenantChange::default() })
    } else {
        Err(Problem::invalid(errors))
    }
}

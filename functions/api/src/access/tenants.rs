//! Businesses: all of them for the platform operator (`/api/clients`), and the settings of one.

use crate::access::auth::{business_name_of, email_of};
use crate::access::users::{InvitationView, invited};
use crate::app::App;
use crate::views::PageView;
use crate::views::tenants::TenantView;
use crate::web::answers::Created;
use crate::web::audit::entry;
use crate::web::auth::{Caller, Operator};
use crate::web::body::{JsonBody, given};
use crate::web::limits;
use crate::web::names::{LONGEST_NAME, name_of};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Cursor, Limit, Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::audit::Action;
use domain::access::second_factor::SecondFactorRule;
use domain::access::tenants::{
    LONGEST_BUSINESS_NAME, LONGEST_CONFIRMATION, Language, Tenant, TimeZone, UnrecordedConsent,
};
use domain::access::users::{EmailAddress, Role};
use domain::string_enum::UnknownVariant;
use domain::{Actor, TenantId, Text, signed_token};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::access::tenants::TenantChange;

/// A business to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ClientBody {
    /// The name of the business, without a web address.
    #[schemars(length(min = 1, max = LONGEST_BUSINESS_NAME))]
    company_name: Text,
    /// The industry of the business.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    business_category: Option<Text>,
    /// The time zone of the business.
    #[schemars(with = "Option<TimeZone>")]
    timezone: Option<String>,
    /// The languages of the business, the main language first.
    #[schemars(with = "Option<Vec<Language>>", length(min = 1, max = MOST_LANGUAGES))]
    languages: Option<Vec<String>>,
    /// The email address of the owner, who is invited.
    #[schemars(with = "Option<EmailAddress>")]
    owner_email: Option<String>,
}

/// A change of a business. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ClientChangeBody {
    /// The name of the business, without a web address.
    #[schemars(length(min = 1, max = LONGEST_BUSINESS_NAME))]
    company_name: Option<Text>,
    /// The industry of the business.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    business_category: Option<Text>,
    /// The time zone of the business.
    #[schemars(with = "Option<TimeZone>")]
    timezone: Option<String>,
    /// The languages of the business, the main language first.
    #[schemars(with = "Option<Vec<Language>>", length(min = 1, max = MOST_LANGUAGES))]
    languages: Option<Vec<String>>,
    /// Whether users of the business can sign in.
    is_active: Option<bool>,
}

/// A change of the settings. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SettingsBody {
    /// The name of the business, without a web address.
    #[schemars(length(min = 1, max = LONGEST_BUSINESS_NAME))]
    company_name: Option<Text>,
    /// The industry of the business.
    #[schemars(length(min = 1, max = LONGEST_NAME))]
    business_category: Option<Text>,
    /// The time zone of the business.
    #[schemars(with = "Option<TimeZone>")]
    timezone: Option<String>,
    /// The languages of the business, the main language first.
    #[schemars(with = "Option<Vec<Language>>", length(min = 1, max = MOST_LANGUAGES))]
    languages: Option<Vec<String>>,
    /// Which users must have two-factor authentication.
    #[schemars(with = "Option<SecondFactorRule>")]
    second_factor_required_of: Option<String>,
    /// What happens to marketing messages to customers whose consent is not recorded: `allow`, `warn` or `ask`.
    marketing_without_consent: Option<UnrecordedConsent>,
    /// The confirmation that a customer gets once after STOP, inside the 24-hour window. It is charged like any other
    /// message. Null for none.
    #[serde(default, deserialize_with = "given")]
    #[schemars(length(min = 1, max = LONGEST_CONFIRMATION))]
    stop_confirmation: Option<Option<Text>>,
}

/// A new business.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NewBusiness")]
pub(crate) struct NewClientView {
    #[serde(flatten)]
    client: TenantView,
    /// The owner's invitation.
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation: Option<InvitationView>,
}

/// The most languages that a business has.
const MOST_LANGUAGES: usize = 20;

parameters! {
    /// The businesses to list.
    ClientsQuery {
        /// The page size.
        limit = "limit": Limit<50>,
        /// The `nextCursor` of the previous page.
        cursor = "cursor": Option<Cursor>,
    }
}

/// `GET /api/clients?limit=&cursor=`: List businesses. The newest comes first.
pub(crate) async fn list_clients(
    State(app): State<App>,
    Operator(operator): Operator,
    Query(ClientsQuery { limit, cursor }): Query<ClientsQuery>,
) -> Result<Json<PageView<TenantView>>, Problem> {
    let operator = operator.ulid_str();
    let purpose = ["leadwire cursor 1", &operator, "clients"];
    let opened = cursor.map(|Cursor(cursor)| {
        let mark =
            signed_token::verify(&app.token_key, &purpose, &cursor).and_then(|mark| String::from_utf8(mark).ok());
        mark.ok_or_else(|| {
            Problem::field(
                Kind::InvalidParameter,
                "cursor",
                "This is not a cursor of this list. Start again without a cursor.",
            )
        })
    });
    let page = app.store.tenants(opened.transpose()?, limit.0).await?;
    let next_cursor = page.next.map(|mark| signed_token::sign(&app.token_key, &purpose, mark.as_bytes()));
    Ok(Json(PageView { items: page.items.into_iter().map(TenantView::from_tenant).collect(), next_cursor }))
}

/// `POST /api/clients` `{companyName, businessCategory, timezone, languages, ownerEmail}`: Create a business. If
/// `ownerEmail` is set, the owner is invited.
pub(crate) async fn create_client(
    State(app): State<App>,
    Operator(operator): Operator,
    JsonBody(body): JsonBody<ClientBody>,
) -> Result<Created<NewClientView>, Problem> {
    let owner = body.owner_email.as_deref().map(email_of).transpose()?;
    let by = Actor::Operator(operator);
    let texts = (Some(body.company_name), body.business_category, body.timezone, body.languages);
    let change = change_of(texts)?;
    let id = TenantId::from_parts(app.clock.now(), app.random.u128());
    if let Some(email) = &owner {
        limits::invitation(&app, id, email, by).await?;
    }
    let mut tenant = Tenant::new(id, change.name.unwrap_or_default());
    tenant.category = change.category;
    tenant.time_zone = change.time_zone.unwrap_or(tenant.time_zone);
    tenant.languages = change.languages.unwrap_or(tenant.languages);
    let entry = entry(&app, by, Action::TenantCreated, &id.to_string(), "by the platform operator");
    if !app.store.create_tenant(&tenant, &entry).await? {
        return Err(Problem::internal("a new id is taken"));
    }
    let invitation = match owner {
        Some(email) => Some(invited(&app, id, email, Role::Owner, by).await?),
        None => None,
    };
    Ok(Created(NewClientView { client: TenantView::from_tenant(tenant), invitation }))
}

/// `GET /api/clients/{id}`: Get a business.
pub(crate) async fn get_client(
    State(app): State<App>,
    Operator(_): Operator,
    Id(id): Id<TenantId>,
) -> Result<Json<TenantView>, Problem> {
    view(&app, id).await
}

/// `PATCH /api/clients/{id}`: Update a business. If `isActive` is set to false, all its users are signed out
/// immediately. Messages from its customers are still received.
pub(crate) async fn update_client(
    State(app): State<App>,
    Operator(operator): Operator,
    Id(id): Id<TenantId>,
    JsonBody(body): JsonBody<ClientChangeBody>,
) -> Result<Json<TenantView>, Problem> {
    let mut change = change_of((body.company_name, body.business_category, body.timezone, body.languages))?;
    change.active = body.is_active;
    changed(&app, id, &change, Actor::Operator(operator)).await
}

/// `GET /api/settings`: Get the settings of the business.
pub(crate) async fn get_settings(State(app): State<App>, caller: Caller) -> Result<Json<TenantView>, Problem> {
    view(&app, caller.tenant).await
}

/// `PATCH /api/settings` `{companyName, businessCategory, timezone, languages, secondFactorRequiredOf}`: Update the
/// settings of the business. Users who must have two-factor authentication and have not enabled it can only use their
/// own account until they do.
pub(crate) async fn update_settings(
    State(app): State<App>,
    caller: Caller,
    JsonBody(body): JsonBody<SettingsBody>,
) -> Result<Json<TenantView>, Problem> {
    let mut change = change_of((body.company_name, body.business_category, body.timezone, body.languages))?;
    change.second_factor = body.second_factor_required_of.as_deref().map(required_of).transpose()?;
    change.unrecorded_marketing = body.marketing_without_consent;
    if let Some(Some(text)) = &body.stop_confirmation
        && (text.is_blank() || text.as_str().chars().count() > LONGEST_CONFIRMATION)
    {
        let detail = format!("Use 1 to {LONGEST_CONFIRMATION} characters, or null for no confirmation.");
        return Err(Problem::invalid(vec![FieldError::new("stopConfirmation", detail)]));
    }
    change.stop_confirmation = body.stop_confirmation;
    changed(&app, caller.tenant, &change, caller.by).await
}

async fn view(app: &App, id: TenantId) -> Result<Json<TenantView>, Problem> {
    let tenant = app.store.tenant(id).tenant().await?.ok_or_else(|| Problem::not_found("business"))?;
    Ok(Json(TenantView::from_tenant(tenant)))
}

async fn changed(app: &App, id: TenantId, change: &TenantChange, by: Actor) -> Result<Json<TenantView>, Problem> {
    let entry = entry(app, by, Action::SettingsChanged, &id.to_string(), &in_words(change));
    let tenant =
        app.store.tenant(id).change_tenant(change, &entry).await?.ok_or_else(|| Problem::not_found("business"))?;
    Ok(Json(TenantView::from_tenant(tenant)))
}

/// What is changed. What people write is not repeated.
fn in_words(change: &TenantChange) -> String {
    let TenantChange { name, category, time_zone, languages, active, second_factor, .. } = change;
    let marketing = change.unrecorded_marketing.map(|rule| format!("marketing without recorded consent: {rule}"));
    let active = active.map(|active| if active { "activated" } else { "deactivated" }.to_owned());
    let second_factor = second_factor.map(|required| format!("two-factor authentication required of {required}"));
    let there = |it: bool, word: &str| it.then(|| word.to_owned());
    let words = [
        active,
        second_factor,
        marketing,
        there(change.stop_confirmation.is_some(), "new confirmation of STOP"),
        there(name.is_some(), "new name"),
        there(category.is_some(), "new category"),
        there(time_zone.is_some(), "new time zone"),
        there(languages.is_some(), "new languages"),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn required_of(text: &str) -> Result<SecondFactorRule, Problem> {
    let wrong = |error: UnknownVariant| FieldError::new("secondFactorRequiredOf", error.to_string());
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
            if fits { Ok(codes) } else { Err(format!("Use 1 to {MOST_LANGUAGES} languages.")) }
        });
        some.map_err(|problem| errors.push(FieldError::new("languages", problem))).ok()
    });
    if errors.is_empty() {
        Ok(TenantChange { name, category, time_zone, languages, ..TenantChange::default() })
    } else {
        Err(Problem::invalid(errors))
    }
}

//! How a lead is recognised: looked up by any identity, and the identities of one lead with their validity.

use super::leads::{seen, views};
use crate::Deps;
use crate::app::App;
use crate::views::leads::LeadView;
use crate::views::{At, PageView};
use crate::web::auth::{Caller, Viewing};
use crate::web::path::Id;
use crate::web::problem::{Kind, Problem};
use axum::Json;
use axum::extract::State;
use domain::access::visibility::Viewer;
use domain::identities::Recognised;
use domain::phone::TypedPhone;
use domain::{Bsuid, Customer, Identity, LeadId, TenantId, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// What an identity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "IdentityKind")]
enum KindView {
    /// WhatsApp's ID of the user for this business.
    Bsuid,
    /// WhatsApp's ID of the user for all businesses of one owner.
    ParentBsuid,
    /// A phone number.
    Phone,
    /// A username. It is shown only: a lead is not recognised by it.
    Username,
}

/// A way to recognise a lead.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "LeadIdentity")]
pub(crate) struct IdentityView {
    /// What it is.
    kind: KindView,
    /// The identity. Only the last digits of a phone number that is masked for the caller.
    value: Text,
    /// When an event first gave it to this lead. Null if no event did.
    since: Option<At>,
    /// Whether messages to the lead go there. A former identity still leads to the lead.
    current: bool,
}

/// `GET /api/leads/{id}/identities`: List the ways to recognise a lead: user IDs, phone numbers and usernames, also former
/// ones. All of them are on one page.
pub(crate) async fn list_identities(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Id(id): Id<LeadId>,
) -> Result<Json<PageView<IdentityView>>, Problem> {
    let (lead, _) = seen(&app, caller.tenant, &viewer, id).await?;
    let store = app.store.tenant(caller.tenant);
    let mut items = Vec::new();
    for found in store.identities_of(&lead).await? {
        let (kind, value, current) = match &found.identity {
            Identity::Bsuid(bsuid) => (KindView::Bsuid, bsuid.as_str().to_owned(), lead.bsuid.as_ref() == Some(bsuid)),
            Identity::ParentBsuid(bsuid) => (KindView::ParentBsuid, bsuid.as_str().to_owned(), true),
            Identity::Phone(phone) => {
                let shown = if viewer.masks_phones() { phone.masked() } else { phone.e164() };
                (KindView::Phone, shown, lead.phone.as_ref() == Some(phone))
            }
        };
        let since = found.since.map(|event| At(event.at()));
        items.push(IdentityView { kind, value: Text::new(value), since, current });
    }
    let mut conversations = store.conversations(&lead.conversations).await?;
    conversations.retain(|conversation| conversation.is_seen_by(&viewer));
    conversations.sort_by_key(|conversation| conversation.profile.as_ref().map(|profile| profile.told_by));
    let mut is_newest = true;
    for profile in conversations.into_iter().rev().filter_map(|conversation| conversation.profile) {
        let Some(username) = profile.username.filter(|name| !name.is_blank()) else { continue };
        if items.iter().any(|item| item.kind == KindView::Username && item.value == username) {
            continue;
        }
        let since = Some(At(profile.told_by.at()));
        items.push(IdentityView { kind: KindView::Username, value: username, since, current: is_newest });
        is_newest = false;
    }
    Ok(Json(PageView { items, next_cursor: None }))
}

/// Whom the parameters `phone` and `identity` name; nobody without either.
pub(super) fn asked(phone: Option<&str>, identity: Option<&str>) -> Result<Option<Vec<Customer>>, Problem> {
    let by_phone = |phone: TypedPhone| Customer { phone: Some(phone.phone().clone()), ..Customer::default() };
    match (phone, identity) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(refused("identity", "Send either `phone` or `identity`, not both.")),
        (Some(text), None) => match TypedPhone::parse(text) {
            Ok(phone) if phone.may_lack_country_code() => {
                Err(refused("phone", "Send the phone number with its country code, such as +919876543210."))
            }
            Ok(phone) => Ok(Some(vec![by_phone(phone)])),
            Err(error) => Err(refused("phone", &error.to_string())),
        },
        (None, Some(text)) => {
            let mut customers = Vec::new();
            if let Ok(bsuid) = Bsuid::parse(text) {
                customers.push(Customer { bsuid: Some(bsuid.clone()), ..Customer::default() });
                customers.push(Customer { parent: Some(bsuid), ..Customer::default() });
            }
            customers.extend(TypedPhone::parse(text).ok().map(by_phone));
            if customers.is_empty() {
                return Err(refused("identity", "Send a WhatsApp user ID or a phone number."));
            }
            Ok(Some(customers))
        }
    }
}

/// The lead whom one of these is, if the viewer sees it.
pub(super) async fn found(
    deps: &Deps,
    tenant: TenantId,
    viewer: &Viewer,
    customers: &[Customer],
) -> Result<Vec<LeadView>, Problem> {
    let store = deps.store.tenant(tenant);
    for customer in customers {
        let Recognised::As { lead, .. } = store.recognise(customer, None).await? else { continue };
        if let Some(lead) = store.current_lead(lead).await?.filter(|lead| lead.deleted.is_none()) {
            return views(deps, tenant, viewer, &[lead]).await;
        }
    }
    Ok(Vec::new())
}

fn refused(field: &str, detail: &str) -> Problem {
    Problem::field(Kind::InvalidParameter, field, detail.to_owned())
}

//! Connected business numbers, and the route by which a webhook finds its tenant.

use crate::access::audit;
use crate::channels::resumes;
use crate::table::client::{Change, Conditional};
use crate::table::encoding::json;
use crate::table::expression::{Condition, Update};
use crate::table::item::{Item, item};
use crate::table::keys::{ChannelsKey, Key, Partition};
use crate::table::query::{Query, Read};
use crate::{Store, StoreError, TenantStore};
use domain::access::audit::Entry;
use domain::access::tenants::TimeZone;
use domain::channels::business_profile::ProfileChange;
use domain::channels::channels::{Billing, NumberCheck, Sending, VerifyToken};
use domain::channels::failures::Failure;
use domain::channels::prices::money::Currency;
use domain::channels::sessions::{LinkReport, LinkedChannel};
use domain::{ChannelId, PhoneNumberId, TenantId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// How long a worker may remember a route. A number that one business disconnected is another's only after that.
pub const ROUTE_REMEMBERED: Duration = Duration::from_secs(60);

/// Where the events of a business number go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose number it is.
    pub tenant: TenantId,
    /// Which of its channels.
    pub channel: ChannelId,
}

/// A connected business number.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Our id of it.
    pub id: ChannelId,
    /// What the team calls it.
    pub name: Text,
    /// Meta's id of the number.
    pub number: PhoneNumberId,
    /// The number as people read it.
    pub display: String,
    /// Meta's id of the account that it belongs to.
    pub waba: String,
    /// By which token is sent from it; none if by the application's.
    pub token: Option<Token>,
    /// Why Meta refuses it; none while Meta takes what it sends.
    pub refusal: Option<Refusal>,
    /// Whether customers are shown that their messages were read, and that somebody types.
    pub read_receipts: bool,
    /// Whether the name of the user who writes stands before each text.
    pub agent_names: bool,
    /// Whether requests to pay go out: Meta has to have approved payments for the number.
    pub payments: bool,
    /// What Meta repeats in the handshake of the number's webhook; none if the application's token is used.
    pub verify_token: Option<VerifyToken>,
    /// Whether it sends.
    pub sending: Sending,
    /// What Meta said of it when it was last asked; none if it never was.
    pub check: Option<NumberCheck>,
    /// The number of the check that is under way; none if none is.
    pub check_wanted: Option<u64>,
    /// The change of the business profile that Meta does not have yet.
    pub profile_wanted: Option<ProfileChange>,
    /// What WhatsApp reported last about its link with this app.
    pub link_report: Option<LinkReport>,
    /// The time of the newest event that came for it, to [`HEARD_STEP`]; none before the first.
    pub heard: Option<Timestamp>,
    /// How much of its phone's past has come, in percent; none if none of it has.
    pub history: Option<u32>,
    /// What the business set of the account that pays.
    pub billing: Billing,
}

/// How far the time of the newest event may be behind: it is written at most once in this time.
pub const HEARD_STEP: Duration = Duration::from_secs(600);

impl Channel {
    /// A channel of the application's token that was never checked.
    #[must_use]
    pub const fn new(id: ChannelId, name: Text, number: PhoneNumberId, display: String, waba: String) -> Self {
        Self {
            id,
            name,
            number,
            display,
            waba,
            token: None,
            refusal: None,
            read_receipts: true,
            agent_names: false,
            payments: false,
            verify_token: None,
            sending: Sending::Active,
            check: None,
            check_wanted: None,
            profile_wanted: None,
            link_report: None,
            heard: None,
            history: None,
            billing: Billing { currency: None, time_zone: None },
        }
    }

    /// How it is, as far as the state of its session follows from it.
    #[must_use]
    pub const fn linked(&self) -> LinkedChannel {
        LinkedChannel { sending: self.sending, report: self.link_report }
    }

    /// The currency of the account that pays: as the business set it, else as Meta said it.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.billing.currency.or_else(|| self.check.as_ref().and_then(|check| check.currency))
    }

    /// Whether it is connected.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.sending != Sending::Disconnected
    }
}

/// Why Meta refuses a channel: its token, a permission or its registration has to be mended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Since when.
    pub since: Timestamp,
    /// Meta's code and words.
    pub why: Failure,
}

/// A token of Meta's as it may stand in the table.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// The token, encrypted for [`token_place`].
    pub ciphertext: String,
    /// Its last characters, by which people tell it from others.
    pub last4: String,
}

/// Shows neither.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

/// Where the token of a channel stands: the item's key, and its version.
#[must_use]
pub fn token_place(tenant: TenantId, id: ChannelId) -> String {
    let key = ChannelsKey::Channel(tenant, id);
    format!("{} {} {}", key.pk(), key.sk(), ChannelItem::VERSION)
}

item! {
    pub(crate) struct RouteItem: "route" {
        pub(crate) tenant: TenantId = "tn" as TENANT,
        pub(crate) channel: ChannelId = "ch" as CHANNEL,
        /// When the number was disconnected.
        pub(crate) disconnected?: Timestamp = "un" as DISCONNECTED,
    }
}

item! {
    pub(crate) struct ChannelItem: "channel" {
        pub(crate) name: Text = "nm" as NAME,
        pub(crate) number: PhoneNumberId = "pn" as NUMBER,
        pub(crate) display: String = "dn" as DISPLAY,
        pub(crate) waba: String = "wa" as WABA,
        /// Its own token, encrypted for [`token_place`], and the last four characters of that.
        pub(crate) token?: String = "tk" as TOKEN,
        pub(crate) token_last4?: String = "tl" as TOKEN_LAST4,
        /// Why Meta refuses it, as JSON.
        pub(crate) refusal?: String = "rf" as REFUSAL,
        /// Only where customers are not shown what was read.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        no_receipts: bool = "nr" as NO_RECEIPTS,
        /// Only where the name of the user who writes stands before each text.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        agent_names: bool = "an" as AGENT_NAMES,
        /// Only where requests to pay go out.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        payments: bool = "pq" as PAYMENTS,
        /// The verify token. It is no secret that opens anything, so it is not encrypted.
        pub(crate) verify_token?: String = "vt" as VERIFY_TOKEN,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        paused: bool = "ps" as PAUSED,
        pub(crate) disconnected?: Timestamp = "dc" as DISCONNECTED,
        /// The last check, as JSON.
        pub(crate) check?: String = "ck" as CHECK,
        /// The number of the check that is under way.
        check_wanted?: u64 = "cw" as CHECK_WANTED,
        /// The change of the business profile that the check under way makes, as JSON.
        profile_wanted?: String = "pw" as PROFILE_WANTED,
        /// What WhatsApp reported last about the link, and when.
        link_report?: LinkReport = "lr" as LINK_REPORT,
        linked_at?: Timestamp = "la" as LINKED_AT,
        /// About when the newest event came.
        heard?: Timestamp = "hd" as HEARD,
        /// How much of its phone's past has come, in percent.
        history?: u32 = "hi" as HISTORY,
        /// The currency of the account, as the business set it.
        currency?: Currency = "cy" as CURRENCY,
        /// The time zone of the account.
        time_zone?: TimeZone = "tz" as TIME_ZONE,
    }
}

impl Store {
    /// Where the events of `number` go; none if it is not connected.
    pub async fn route(&self, number: &PhoneNumberId) -> Result<Option<Route>, StoreError> {
        let item: Option<RouteItem> = self.table.get(ChannelsKey::Route(number.clone()), Read::Strong).await?;
        let item = item.filter(|item| item.disconnected.is_none());
        Ok(item.map(|item| Route { tenant: item.tenant, channel: item.channel }))
    }

    /// Whose the WhatsApp business account `waba` is; none if no number of it is connected.
    pub async fn account(&self, waba: &str) -> Result<Option<TenantId>, StoreError> {
        let item: Option<RouteItem> = self.table.get(ChannelsKey::Account(waba.to_owned()), Read::Strong).await?;
        Ok(item.map(|item| item.tenant))
    }

    /// Where the events of the WhatsApp business account `waba` go: its first channel. None if no number of it is
    /// connected.
    pub async fn account_route(&self, waba: &str) -> Result<Option<Route>, StoreError> {
        let item: Option<RouteItem> = self.table.get(ChannelsKey::Account(waba.to_owned()), Read::Eventual).await?;
        Ok(item.map(|item| Route { tenant: item.tenant, channel: item.channel }))
    }
}

impl TenantStore<'_> {
    /// One channel of the tenant.
    pub async fn channel(self, id: ChannelId) -> Result<Option<Channel>, StoreError> {
        let item: Option<ChannelItem> = self.table().get(ChannelsKey::Channel(self.tenant, id), Read::Eventual).await?;
        item.map(|item| item.channel(id)).transpose()
    }

    /// One channel of the tenant, as it stands this moment.
    pub async fn channel_now(self, id: ChannelId) -> Result<Option<Channel>, StoreError> {
        let item: Option<ChannelItem> = self.table().get(ChannelsKey::Channel(self.tenant, id), Read::Strong).await?;
        item.map(|item| item.channel(id)).transpose()
    }

    /// Has a channel send by `token` from now on, its held messages first, with what the `check` of that token found;
    /// `entry` says so. None if there is no such channel.
    pub async fn set_token(
        self,
        id: ChannelId,
        token: &Token,
        check: Option<&NumberCheck>,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, id))
            .set(ChannelItem::TOKEN, &token.ciphertext)
            .set(ChannelItem::TOKEN_LAST4, &token.last4)
            .remove(ChannelItem::REFUSAL)
            .when(Condition::absent(ChannelItem::DISCONNECTED));
        let update = match check {
            Some(check) => update.set(ChannelItem::CHECK, &json(check)?),
            None => update,
        };
        let resumed = resumes::begun(self.tenant, id, entry.audit_event.at);
        self.change_channel_and(id, update, entry, Some(resumed)).await
    }

    /// Has customers of a channel shown that their messages were read, or not; `entry` says so. None if there is no
    /// such channel.
    pub async fn set_read_receipts(
        self,
        id: ChannelId,
        shown: bool,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, id)).set(ChannelItem::NO_RECEIPTS, &!shown);
        self.change_channel(id, update, entry).await
    }

    /// Sets what prices depend on of the account that pays for a channel; `entry` says so. None if there is no such channel.
    pub async fn set_billing(
        self,
        id: ChannelId,
        billing: &Billing,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, id))
            .set_or_remove(ChannelItem::CURRENCY, billing.currency.as_ref())
            .set_or_remove(ChannelItem::TIME_ZONE, billing.time_zone.as_ref());
        self.change_channel(id, update, entry).await
    }

    /// Has the name of the user who writes stand before each text from a channel, or not; `entry` says so. None if there
    /// is no such channel.
    pub async fn set_agent_names(
        self,
        id: ChannelId,
        shown: bool,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, id)).set(ChannelItem::AGENT_NAMES, &shown);
        self.change_channel(id, update, entry).await
    }

    /// Lets requests to pay go out from a channel, or not; `entry` says so. None if there is no such channel.
    pub async fn set_payments(self, id: ChannelId, on: bool, entry: &Entry) -> Result<Option<Channel>, StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, id)).set(ChannelItem::PAYMENTS, &on);
        self.change_channel(id, update, entry).await
    }

    /// Writes down that so much of a phone's past has come, in percent, unless more had.
    pub async fn history_came(self, id: ChannelId, percent: u32) -> Result<(), StoreError> {
        for condition in [Condition::absent(ChannelItem::HISTORY), Condition::below(ChannelItem::HISTORY, &percent)] {
            let update = Update::at(ChannelsKey::Channel(self.tenant, id))
                .set(ChannelItem::HISTORY, &percent)
                .when(Condition::exists())
                .when(condition);
            match self.table().update::<ChannelItem>(update).await? {
                Conditional::Applied(_) => return Ok(()),
                Conditional::Rejected(_) => {}
            }
        }
        Ok(())
    }

    /// Pauses a connected channel, or resumes it and releases its held messages; `entry` says so. None if it is not as `channel` says any more.
    pub async fn set_paused(
        self,
        channel: ChannelId,
        paused: bool,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        let update =
            Update::at(ChannelsKey::Channel(self.tenant, channel)).when(Condition::absent(ChannelItem::DISCONNECTED));
        if paused {
            let update = update.set(ChannelItem::PAUSED, &true).when(Condition::absent(ChannelItem::PAUSED));
            return self.change_channel(channel, update, entry).await;
        }
        let update = update.remove(ChannelItem::PAUSED).when(Condition::is(ChannelItem::PAUSED, &true));
        let resumed = resumes::begun(self.tenant, channel, entry.audit_event.at);
        self.change_channel_and(channel, update, entry, Some(resumed)).await
    }

    /// Wants a connected channel to be checked; the stream tells who does it. `number` tells this wish from others. None
    /// if there is no such channel.
    pub async fn want_check(
        self,
        channel: ChannelId,
        number: u64,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, channel))
            .set(ChannelItem::CHECK_WANTED, &number)
            .when(Condition::absent(ChannelItem::DISCONNECTED));
        self.change_channel(channel, update, entry).await
    }

    /// Wants the business profile of a connected channel to be changed, as the first thing that the check with this
    /// number does. `change` includes what `channel` waits for already. None if the channel waits for something else by
    /// now.
    pub async fn want_profile(
        self,
        channel: &Channel,
        number: u64,
        change: &ProfileChange,
        entry: &Entry,
    ) -> Result<Option<Channel>, StoreError> {
        let unchanged = match &channel.profile_wanted {
            Some(before) => Condition::is(ChannelItem::PROFILE_WANTED, &json(before)?),
            None => Condition::absent(ChannelItem::PROFILE_WANTED),
        };
        let update = Update::at(ChannelsKey::Channel(self.tenant, channel.id))
            .set(ChannelItem::CHECK_WANTED, &number)
            .set(ChannelItem::PROFILE_WANTED, &json(change)?)
            .when(unchanged)
            .when(Condition::absent(ChannelItem::DISCONNECTED));
        self.change_channel(channel.id, update, entry).await
    }

    /// Writes down what the check with this number found; without a finding, that it is over. A later wish stays.
    pub async fn settle_check(
        self,
        channel: ChannelId,
        number: u64,
        check: Option<&NumberCheck>,
    ) -> Result<(), StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, channel))
            .remove(ChannelItem::CHECK_WANTED)
            .remove(ChannelItem::PROFILE_WANTED)
            .when(Condition::is(ChannelItem::CHECK_WANTED, &number));
        self.mark(match check {
            Some(check) => update.set(ChannelItem::CHECK, &json(check)?),
            None => update,
        })
        .await
    }

    /// The channel after `update`, with which `entry` is written: both or neither.
    async fn change_channel(self, id: ChannelId, update: Update, entry: &Entry) -> Result<Option<Channel>, StoreError> {
        self.change_channel_and(id, update, entry, None).await
    }

    /// The same, together with `more`.
    async fn change_channel_and(
        self,
        id: ChannelId,
        update: Update,
        entry: &Entry,
        more: Option<Update>,
    ) -> Result<Option<Channel>, StoreError> {
        let mut changes = vec![Change::update(update.when(Condition::exists())), audit::append(self.tenant, entry)?];
        changes.extend(more.map(Change::update));
        match self.table().transact(changes).await? {
            Conditional::Applied(()) => {
                let item: Option<ChannelItem> =
                    self.table().get(ChannelsKey::Channel(self.tenant, id), Read::Strong).await?;
                item.map(|item| item.channel(id)).transpose()
            }
            Conditional::Rejected(_) => Ok(None),
        }
    }

    /// Puts a token that was encrypted anew in the place of the same one as it was encrypted `before`. Where another
    /// one stands by now, that one stays.
    pub async fn reencrypt_token(self, id: ChannelId, before: &Token, ciphertext: &str) -> Result<(), StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, id)).set(ChannelItem::TOKEN, ciphertext);
        let unchanged = Condition::is(ChannelItem::TOKEN, &before.ciphertext);
        match self.table().update::<ChannelItem>(update.when(unchanged)).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Writes down that Meta refuses a channel, unless it stands there already or the channel has another token by now.
    /// From then on its messages are held, and the oldest is posted from time to time.
    pub async fn refuse_channel(self, channel: &Channel, refusal: &Refusal) -> Result<(), StoreError> {
        let token = channel.token.as_ref().map(|token| &token.ciphertext);
        let update = Update::at(ChannelsKey::Channel(self.tenant, channel.id))
            .set_once(ChannelItem::REFUSAL, &json(refusal)?)
            .when(Condition::exists())
            .when(Condition::is_still(ChannelItem::TOKEN, token));
        self.mark(update).await
    }

    /// Writes down that Meta takes what a channel sends: its held messages are released.
    pub async fn take_channel(self, channel: ChannelId, now: Timestamp) -> Result<(), StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, channel))
            .remove(ChannelItem::REFUSAL)
            .when(Condition::exists());
        self.mark_and(update, resumes::begun(self.tenant, channel, now)).await
    }

    async fn mark_and(self, update: Update, more: Update) -> Result<(), StoreError> {
        match self.table().transact(vec![Change::update(update), Change::update(more)]).await? {
            Conditional::Applied(()) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// Writes down what WhatsApp reported at `at` about the link of a connected channel, unless a later report is there.
    pub async fn report_link(self, channel: ChannelId, report: LinkReport, at: Timestamp) -> Result<(), StoreError> {
        let update = Update::at(ChannelsKey::Channel(self.tenant, channel))
            .set(ChannelItem::LINK_REPORT, &report)
            .set(ChannelItem::LINKED_AT, &at)
            .when(Condition::at_most(ChannelItem::LINKED_AT, &at));
        self.mark(update.when(Condition::absent(ChannelItem::DISCONNECTED)).when(Condition::exists())).await
    }

    /// Writes down that an event came for a connected channel at `at`. Of several within [`HEARD_STEP`] one is written.
    pub async fn hear(self, channel: ChannelId, at: Timestamp) -> Result<(), StoreError> {
        let long_ago = at.minus(HEARD_STEP);
        let update = Update::at(ChannelsKey::Channel(self.tenant, channel)).set(ChannelItem::HEARD, &at);
        let update = update.when(Condition::at_most(ChannelItem::HEARD, &long_ago));
        self.mark(update.when(Condition::absent(ChannelItem::DISCONNECTED)).when(Condition::exists())).await
    }

    async fn mark(self, update: Update) -> Result<(), StoreError> {
        match self.table().update::<ChannelItem>(update).await? {
            Conditional::Applied(_) | Conditional::Rejected(_) => Ok(()),
        }
    }

    /// The connected channels of the tenant.
    pub async fn channels(self) -> Result<Vec<Channel>, StoreError> {
        let mut channels = self.all_channels().await?;
        channels.retain(Channel::is_connected);
        Ok(channels)
    }

    /// All channels of the tenant, also those that were disconnected, whose conversations stay.
    pub async fn all_channels(self) -> Result<Vec<Channel>, StoreError> {
        self.listed_channels(Query::partition(&Partition::Channels(self.tenant))).await
    }

    /// The connected channels of an account. It sees every channel that was connected before: what WhatsApp tells of an
    /// account comes once.
    pub async fn channels_of_account(self, account: &str) -> Result<Vec<Channel>, StoreError> {
        let query = Query::partition(&Partition::Channels(self.tenant)).strong();
        let mut channels = self.listed_channels(query).await?;
        channels.retain(|channel| channel.is_connected() && channel.waba == account);
        Ok(channels)
    }

    async fn listed_channels(self, query: Query) -> Result<Vec<Channel>, StoreError> {
        let mut channels = Vec::new();
        for (key, item) in self.table().list::<ChannelItem>(query).await? {
            if let Key::Channels(ChannelsKey::Channel(_, id)) = key {
                channels.push(item.channel(id)?);
            }
        }
        Ok(channels)
    }
}

/// The condition, in a transaction, that `channel` still does not send; none if it does.
pub(crate) fn stopped(tenant: TenantId, channel: &Channel) -> Result<Option<Change>, StoreError> {
    let condition = match (channel.sending, &channel.refusal) {
        (Sending::Paused, _) => Condition::is(ChannelItem::PAUSED, &true),
        (Sending::Refused, Some(refusal)) => Condition::is(ChannelItem::REFUSAL, &json(refusal)?),
        (Sending::Refused, None) | (Sending::Active | Sending::Disconnected, _) => return Ok(None),
    };
    Ok(Some(Change::check(ChannelsKey::Channel(tenant, channel.id), vec![condition])))
}

impl RouteItem {
    pub(crate) fn new(tenant: TenantId, channel: ChannelId) -> Self {
        Self { tenant, channel, disconnected: None }
    }
}

impl ChannelItem {
    pub(crate) fn new(channel: &Channel) -> Result<Self, StoreError> {
        Ok(Self {
            name: channel.name.clone(),
            number: channel.number.clone(),
            display: channel.display.clone(),
            waba: channel.waba.clone(),
            token: channel.token.as_ref().map(|token| token.ciphertext.clone()),
            token_last4: channel.token.as_ref().map(|token| token.last4.clone()),
            refusal: None,
            no_receipts: !channel.read_receipts,
            agent_names: channel.agent_names,
            payments: channel.payments,
            verify_token: channel.verify_token.as_ref().map(|token| token.expose().to_owned()),
            paused: false,
            disconnected: None,
            check: channel.check.as_ref().map(json).transpose()?,
            check_wanted: None,
            profile_wanted: None,
            link_report: None,
            linked_at: None,
            heard: None,
            history: None,
            currency: channel.billing.currency,
            time_zone: channel.billing.time_zone.clone(),
        })
    }

    fn channel(self, id: ChannelId) -> Result<Channel, StoreError> {
        let corrupt = |error: serde_json::Error| StoreError::corrupt(id.to_string(), &error);
        let refusal = self.refusal.as_deref().map(serde_json::from_str).transpose().map_err(corrupt)?;
        let check = self.check.as_deref().map(serde_json::from_str).transpose().map_err(corrupt)?;
        let profile_wanted = self.profile_wanted.as_deref().map(serde_json::from_str).transpose().map_err(corrupt)?;
        let token = self.token.map(|ciphertext| Token { ciphertext, last4: self.token_last4.unwrap_or_default() });
        let verify_token = self.verify_token.as_deref().map(VerifyToken::parse).transpose();
        let verify_token = verify_token.map_err(|error| StoreError::corrupt(id.to_string(), &error))?;
        let sending = match (self.disconnected, self.paused, &refusal) {
            (Some(_), _, _) => Sending::Disconnected,
            (None, true, _) => Sending::Paused,
            (None, false, Some(_)) => Sending::Refused,
            (None, false, None) => Sending::Active,
        };
        Ok(Channel {
            id,
            name: self.name,
            number: self.number,
            display: self.display,
            waba: self.waba,
            token,
            refusal,
            read_receipts: !self.no_receipts,
            agent_names: self.agent_names,
            payments: self.payments,
            verify_token,
            sending,
            check,
            check_wanted: self.check_wanted,
            profile_wanted,
            link_report: self.link_report,
            heard: self.heard,
            history: self.history,
            billing: Billing { currency: self.currency, time_zone: self.time_zone },
        })
    }
}

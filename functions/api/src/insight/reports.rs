//! The report of a business over a span of days.

use crate::app::App;
use crate::web::auth::Caller;
use crate::web::problem::{Kind, Problem};
use crate::web::query::{Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::access::tenants::TimeZone;
use domain::crm::leads::Source;
use domain::insight::reports::{Counts, Day, Report, Span, today};
use domain::stages::Stage;
use domain::{ChannelId, Text, UserId};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many days a report has where none are asked for.
const DAYS: i32 = 30;

parameters! {
    /// The days of the report.
    ReportQuery {
        /// The first day. Without it, the report begins 30 days before its last day.
        from = "from": Option<Day>,
        /// The last day. Without it, today.
        to = "to": Option<Day>,
        /// The time zone in which days begin and end. Without it, the one in the settings of the business.
        time_zone = "timeZone": Option<TimeZone>,
    }
}

/// What was counted in a span of days.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Report")]
pub(crate) struct ReportView {
    /// The first day.
    from: Day,
    /// The last day.
    to: Day,
    /// The time zone of the days.
    time_zone: TimeZone,
    /// The whole span.
    total: CountsView,
    /// The span of the same length before it.
    before: CountsView,
    /// Each day.
    days: Vec<DayView>,
    /// Each channel with messages.
    channels: Vec<ChannelCounts>,
    /// Each user who sent messages, or was assigned a conversation that was answered.
    users: Vec<UserCounts>,
    /// New leads by source.
    sources: BTreeMap<Source, i64>,
    /// Leads that moved to each stage.
    stages: BTreeMap<Stage, i64>,
}

/// Counts. A delivery status counts on the day of its message.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ReportCounts")]
struct CountsView {
    /// Messages from customers.
    received: i64,
    /// Messages of the business that WhatsApp accepted.
    sent: i64,
    /// Sent messages that reached the customer.
    delivered: i64,
    /// Sent messages that the customer read.
    read: i64,
    /// Messages of the business that could not be sent or delivered.
    failed: i64,
    /// New leads.
    new_leads: i64,
    /// Leads that moved to Won.
    won: i64,
    /// Leads that moved to Lost.
    lost: i64,
    /// Waiting customers who got an answer.
    answered: i64,
    /// The time in seconds within which half of them got it, to 10 percent. Null if there was no answer.
    median_response_seconds: Option<u64>,
    /// The time in seconds within which nine of ten got it, to 10 percent. Null if there was no answer.
    p90_response_seconds: Option<u64>,
}

/// A day's counts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ReportDay")]
struct DayView {
    /// The day.
    date: Day,
    #[serde(flatten)]
    counts: CountsView,
}

/// A channel's counts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ReportChannel")]
struct ChannelCounts {
    /// The channel's ID.
    channel_id: ChannelId,
    /// The channel's name. Null if it was disconnected.
    name: Option<Text>,
    #[serde(flatten)]
    counts: CountsView,
}

/// A user's counts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ReportUser")]
struct UserCounts {
    /// The user's ID.
    user_id: UserId,
    /// The user's name. Null if the user no longer exists.
    name: Option<Text>,
    #[serde(flatten)]
    counts: CountsView,
}

impl CountsView {
    fn new(counts: &Counts) -> Self {
        let within = |share| counts.answered_within(share).map(|time| time.as_secs());
        Self {
            received: counts.received,
            sent: counts.sent,
            delivered: counts.delivered,
            read: counts.read,
            failed: counts.failed,
            new_leads: counts.new_leads,
            won: counts.won,
            lost: counts.lost,
            answered: counts.answered,
            median_response_seconds: within(0.5),
            p90_response_seconds: within(0.9),
        }
    }
}

/// `GET /api/reports?from=&to=&timeZone=`: Get a report. It counts messages, leads and response times by day, channel and
/// user, and compares them with the span before. A span has at most 366 days.
pub(crate) async fn get_report(
    State(app): State<App>,
    caller: Caller,
    Query(ReportQuery { from, to, time_zone }): Query<ReportQuery>,
) -> Result<Json<ReportView>, Problem> {
    let store = app.store.tenant(caller.tenant);
    let time_zone = match time_zone {
        Some(time_zone) => time_zone,
        None => store.tenant().await?.ok_or_else(|| Problem::not_found("business"))?.time_zone,
    };
    let last = to.unwrap_or_else(|| today(app.clock.now(), &time_zone));
    let first = from.unwrap_or_else(|| last.days_before(DAYS));
    let span = Span::new(first, last, &time_zone)
        .map_err(|error| Problem::field(Kind::InvalidParameter, "to", error.to_string()))?;
    let before = span.before();
    let (counted, counted_before, channels, users) = futures::try_join!(
        store.figures(span.half_hours()),
        store.figures(before.half_hours()),
        store.channels(),
        store.users(),
    )?;
    let report = Report::over(&span, &counted);
    let name_of_channel = |id: ChannelId| channels.iter().find(|channel| channel.id == id).map(|one| one.name.clone());
    let name_of_user = |id: UserId| users.iter().find(|user| user.id == id).map(|user| user.name.clone());
    let days = report.days.iter().map(|(day, counts)| DayView { date: *day, counts: CountsView::new(counts) });
    let channels = report.channels.iter().map(|(id, counts)| ChannelCounts {
        channel_id: *id,
        name: name_of_channel(*id),
        counts: CountsView::new(counts),
    });
    let users = report.users.iter().map(|(id, counts)| UserCounts {
        user_id: *id,
        name: name_of_user(*id),
        counts: CountsView::new(counts),
    });
    Ok(Json(ReportView {
        from: span.first(),
        to: span.last(),
        time_zone,
        total: CountsView::new(&report.total),
        before: CountsView::new(&Report::over(&before, &counted_before).total),
        days: days.collect(),
        channels: channels.collect(),
        users: users.collect(),
        sources: report.sources,
        stages: report.stages,
    }))
}

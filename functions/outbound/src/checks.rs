//! Checks a number with Meta by its own token, which is opened here alone, and writes down what was found. A change of the
//! business profile is made first.

use crate::Deps;
use crate::dispatch::DispatchError;
use crate::token::Bearer;
use domain::channels::channels::{CheckName, CheckResult, NumberCheck, NumberLimits};
use domain::channels::number_setup::Callbacks;
use domain::{Secret, Text};
use encryption::EncryptionError;
use queue::{CheckTask, Record, Verdict};
use store::channels::channels::Channel;
use whatsapp::graph_check::PATIENCE;
use whatsapp::{NumberReport, Subscribing, Unanswered};

/// After so many receipts of the task the check is given up. The person who asked for it waits no longer.
const MOST_RECEIPTS: u32 = 3;

pub(crate) async fn check(deps: &Deps, record: &Record, task: CheckTask) -> Result<Verdict, DispatchError> {
    let tenant = task.tenant;
    let store = deps.store.tenant(tenant);
    tracing::Span::current().record("tenant", tenant.digest());
    let wanted = |channel: &Channel| channel.check_wanted == Some(task.wish) && channel.is_connected();
    let Some(channel) = store.channel(task.check).await?.filter(wanted) else {
        return Ok(Verdict::Done);
    };
    let bearer = match Bearer::resolve(deps, tenant, &channel).await {
        Err(EncryptionError::Unreadable(_)) => {
            let detail = "The stored token cannot be decrypted.";
            let check = NumberCheck {
                at: deps.clock.now(),
                verified_name: None,
                quality: None,
                token: None,
                profile: None,
                currency: None,
                limits: NumberLimits::default(),
                callbacks: Callbacks::default(),
                results: vec![failed(CheckName::Token, detail, None)],
            };
            store.settle_check(channel.id, task.wish, Some(&check)).await?;
            return Ok(Verdict::Done);
        }
        bearer => bearer?,
    };
    let why = match tokio::time::timeout(PATIENCE, asked(deps, &channel, bearer.token())).await {
        Ok(Ok(report)) => {
            let failed = report.results.iter().filter(|result| !result.ok).count();
            tracing::info!(channel.id = %channel.id, failed, "checked a number");
            let check = report.kept(deps.clock.now());
            store.settle_check(channel.id, task.wish, Some(&check)).await?;
            if channel.refusal.is_some() {
                // Somebody may have mended it.
                store.resume(channel.id, deps.clock.now()).await?;
            }
            return Ok(Verdict::Done);
        }
        Ok(Err(unanswered)) => unanswered.to_string(),
        Err(_) => "no answer in time".to_owned(),
    };
    tracing::warn!(channel.id = %channel.id, error = why, "the Graph API did not answer a check");
    if record.received < MOST_RECEIPTS {
        return Ok(Verdict::Again(record.backoff()));
    }
    let check = channel.profile_wanted.is_some().then(|| unsaved(deps, &channel));
    store.settle_check(channel.id, task.wish, check.as_ref()).await?;
    Ok(Verdict::Done)
}

/// Changes the profile if that is wanted, and then asks about the number.
async fn asked(deps: &Deps, channel: &Channel, token: &Secret) -> Result<NumberReport, Unanswered> {
    let saved = match &channel.profile_wanted {
        Some(change) => Some(deps.graph.change_business_profile(&channel.number, token, change).await?),
        None => None,
    };
    let mut report = deps.graph.check_number(&channel.number, &channel.waba, token, Subscribing::Made).await?;
    report.results.extend(saved.map(|saved| match saved {
        Ok(()) => {
            let detail = Text::new("WhatsApp accepted the business profile.");
            CheckResult { name: CheckName::Profile, ok: true, detail, code: None }
        }
        Err(refusal) => failed(CheckName::Profile, &refusal.said, Some(refusal.code)),
    }));
    Ok(report)
}

/// The last check, which says that a change of the profile is given up.
fn unsaved(deps: &Deps, channel: &Channel) -> NumberCheck {
    let detail = "Meta did not answer. The business profile was not changed.";
    let given_up = failed(CheckName::Profile, detail, None);
    match channel.check.clone() {
        Some(mut check) => {
            check.results.retain(|result| result.name != CheckName::Profile);
            check.results.push(given_up);
            check
        }
        None => NumberCheck {
            at: deps.clock.now(),
            verified_name: None,
            quality: None,
            token: None,
            profile: None,
            currency: None,
            limits: NumberLimits::default(),
            callbacks: Callbacks::default(),
            results: vec![given_up],
        },
    }
}

fn failed(name: CheckName, detail: &str, code: Option<i64>) -> CheckResult {
    CheckResult { name, ok: false, detail: Text::new(detail), code }
}

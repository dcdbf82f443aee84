//! What Meta keeps of a number: a change is made there, and then all of it is read. Every change may be made twice.

use crate::token::token;
use crate::{Deps, JobError};
use domain::channels::channels::NEEDED_PERMISSIONS;
use domain::channels::number_setup::{NumberSetup, SetupChange};
use domain::{ChannelId, MediaId, Secret, TenantId, Text};
use std::time::Duration;
use store::channels::channels::Channel;
use store::channels::number_setups::MOST_TRIES;
use whatsapp::graph_check::PATIENCE;
use whatsapp::templates::TemplateError;
use whatsapp::{Refusal, Unanswered};

/// The pause before Meta is asked again.
const PAUSE: Duration = Duration::from_secs(30);

/// Makes the change `number` of a channel, unless that was done or another worker does it.
pub(crate) async fn perform(deps: &Deps, tenant: TenantId, id: ChannelId, number: u32) -> Result<(), JobError> {
    let store = deps.store.tenant(tenant);
    let Some(state) = store.claim_setup(id, number, deps.clock.now()).await? else { return Ok(()) };
    let Some(change) = state.wanted else { return Ok(()) };
    let Some(channel) = store.channel_now(id).await?.filter(Channel::is_connected) else {
        let problem = Text::new("The number was disconnected.");
        return Ok(store.settle_setup(id, number, None, Some(&problem), deps.clock.now()).await?);
    };
    let token = token(deps, tenant, &channel).await?;
    let asked = tokio::time::timeout(PATIENCE, asked(deps, tenant, &channel, &token, &change)).await;
    let (setup, problem) = match asked {
        Ok(Ok(Ok(setup))) => (Some(setup), None),
        Ok(Ok(Err(refusal))) => (None, Some(Text::new(words(&refusal)))),
        Ok(Err(_)) | Err(_) if state.tries < MOST_TRIES => {
            tracing::warn!(channel.id = %id, "the Graph API did not answer about a number");
            return Ok(store.put_off_setup(id, number, deps.clock.now().plus(PAUSE)).await?);
        }
        Ok(Err(_)) | Err(_) => (None, Some(Text::new("Meta did not answer. Try again later."))),
    };
    tracing::info!(channel.id = %id, made = problem.is_none(), "asked Meta about a number");
    Ok(store.settle_setup(id, number, setup.as_ref(), problem.as_ref(), deps.clock.now()).await?)
}

async fn asked(
    deps: &Deps,
    tenant: TenantId,
    channel: &Channel,
    token: &Secret,
    change: &SetupChange,
) -> Result<Result<NumberSetup, Refusal>, Unanswered> {
    if let SetupChange::SetPicture(id) = change {
        match picture(deps, tenant, *id, token).await? {
            Ok(handle) => {
                if let Err(refusal) = deps.graph.set_profile_picture(&channel.number, token, &handle).await? {
                    return Ok(Err(refusal));
                }
            }
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    if let Err(refusal) = deps.graph.change_number_setup(&channel.number, token, change).await? {
        return Ok(Err(refusal));
    }
    deps.graph.number_setup(&channel.number, &channel.waba, token).await
}

/// Takes a picture of the business to Meta, and gives Meta's handle of it.
async fn picture(
    deps: &Deps,
    tenant: TenantId,
    id: MediaId,
    token: &Secret,
) -> Result<Result<String, Refusal>, Unanswered> {
    let again = |why: String| Unanswered(why);
    let media =
        deps.store.tenant(tenant).media(id, deps.clock.now()).await.map_err(|error| again(error.to_string()))?;
    let Some((media, size)) = media.and_then(|media| media.size.map(|size| (media, size))) else {
        return Ok(Err(Refusal { code: 100, said: "The picture is gone. Upload it again.".to_owned() }));
    };
    let bytes = deps.blobs.get(&media.object(), deps.clock.now()).await.map_err(|error| again(error.to_string()))?;
    match deps.graph.upload_sample(token, &media.mime_type, size, bytes).await {
        Ok(handle) => Ok(Ok(handle)),
        Err(TemplateError::Again(why)) => Err(Unanswered(why)),
        Err(TemplateError::Unauthorised) => Ok(Err(Refusal { code: 190, said: "It rejects the token".to_owned() })),
        Err(TemplateError::Refused(words)) => Ok(Err(Refusal { code: 100, said: words.as_str().to_owned() })),
        Err(error @ (TemplateError::Exists | TemplateError::Missing)) => {
            Ok(Err(Refusal { code: 100, said: error.to_string() }))
        }
    }
}

/// Meta's words, and what to do where the token is the cause.
fn words(refusal: &Refusal) -> String {
    let said = refusal.said.trim_end_matches('.');
    match refusal.code {
        0 | 102 | 190 => format!("Meta rejects the access token: {said}. Replace the token."),
        3 | 10 | 200..=299 => {
            format!("The access token lacks a permission ({}). Replace the token.", NEEDED_PERMISSIONS.join(", "))
        }
        2_593_108 => "Meta imports a phone only within 24 hours of the link. Link the number again.".to_owned(),
        2_593_109 => "The phone does not share its history. Link the number again and agree to it.".to_owned(),
        code => format!("Meta reports: {said} (code {code})."),
    }
}

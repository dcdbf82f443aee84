//! The template that a message names, in the language that it is sent in.

use crate::Deps;
use crate::web::problem::{FieldError, Problem};
use domain::outreach::template_choice;
use domain::outreach::templates::{Language, Template, TemplateName, TemplateStatus};
use domain::{TemplateId, TenantId};
use store::channels::channels::Channel;

/// The template with this name, if it can be sent. Where it does not have this language, it is the variant that is sent
/// instead.
pub(crate) async fn sendable(
    deps: &Deps,
    tenant: TenantId,
    channel: &Channel,
    name: &TemplateName,
    language: &Language,
) -> Result<Template, Problem> {
    let wrong = |detail: String| Problem::invalid(vec![FieldError::new("template.name", detail)]);
    let store = deps.store.tenant(tenant);
    let id = TemplateId::for_name(&channel.waba, name.as_str(), language.as_str());
    let exact = store.template(id).await?.filter(|template| template.status != TemplateStatus::Deleted);
    if let Some(template) = exact {
        return match template.obstacle() {
            Some(obstacle) => Err(wrong(obstacle)),
            None => Ok(template),
        };
    }
    let variants = store.template_languages(&channel.waba, name).await?;
    let mut others: Vec<_> = variants.iter().map(|variant| variant.language.to_string()).collect();
    others.sort();
    template_choice::instead(variants, language).ok_or_else(|| {
        let number = &channel.display;
        let next = if others.is_empty() {
            "GET /api/templates lists the templates. Synchronise them if it is new.".to_owned()
        } else {
            format!("It has {}. Ask for one of them, or make one the default.", others.join(", "))
        };
        wrong(format!("The account of {number} has no template {name} in the language {language}. {next}"))
    })
}

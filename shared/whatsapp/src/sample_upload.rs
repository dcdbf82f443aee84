//! The sample of a template's header: a file that WhatsApp's reviewers see, taken to Meta by the resumable upload API. Meta
//! gives a handle for it, which only the creation of a template takes. Nothing here tries again.

use crate::client::Client;
use crate::graph_check::Unanswered;
use crate::json::{Object, legible};
use crate::media::{MediaError, beginning, lost, refused};
use crate::templates::{TemplateError, UNREADABLE, escaped};
use crate::transport::ByteStream;
use domain::Secret;
use domain::inbox::media::MediaType;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{Method, Request};

impl Client {
    /// Takes a file of `size` bytes to Meta for the app of `token`, and gives Meta's handle for it.
    ///
    /// # Errors
    /// [`TemplateError`] if Meta did not take it. It may have: an upload that nothing names expires.
    pub async fn upload_sample(
        &self,
        token: &Secret,
        mime_type: &MediaType,
        size: u64,
        bytes: ByteStream,
    ) -> Result<String, TemplateError> {
        let app = self.app_of(token).await.map_err(|Unanswered(why)| TemplateError::Again(why))?;
        let app = app.ok_or(TemplateError::Unauthorised)?;
        let kind = escaped(mime_type.as_str());
        let path = format!("{}/uploads?file_length={size}&file_type={kind}", escaped(&app));
        let session = self.call(self.bare_request(Method::POST, &path, token)).await?;
        let text = legible(&session);
        let session = Object::read(&text).and_then(|answer| answer.text("id")).filter(|id| is_session(id));
        let session = session.ok_or_else(|| TemplateError::Again(UNREADABLE.to_owned()))?;
        let request = Request::post(format!("{}/{session}", self.base()))
            .header(AUTHORIZATION, format!("OAuth {}", token.expose()))
            .header("file_offset", "0")
            .header(CONTENT_TYPE, "application/octet-stream")
            .header(CONTENT_LENGTH, size)
            .body(bytes)
            .map_err(|error| TemplateError::Again(error.to_string()))?;
        let answer = self.transport().stream(request).await.map_err(|error| of_media(lost(error)))?;
        let status = answer.status();
        let body = beginning(answer.into_body()).await.map_err(of_media)?;
        let text = legible(&body);
        let answer = Object::read(&text);
        if !status.is_success() {
            return Err(of_media(refused(status.as_u16(), answer.as_ref())));
        }
        answer.and_then(|answer| answer.text("h")).ok_or_else(|| TemplateError::Again(UNREADABLE.to_owned()))
    }
}

/// A session's ID stands in an address with the signs of a query: `upload:MTphd…?sig=ARZ…`.
fn is_session(id: &str) -> bool {
    id.starts_with("upload:") && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":?=&-_.~%+/".contains(&byte))
}

fn of_media(error: MediaError) -> TemplateError {
    match error {
        MediaError::Again(why) => TemplateError::Again(why),
        MediaError::Missing | MediaError::Host => TemplateError::Missing,
        MediaError::Unauthorised => TemplateError::Unauthorised,
        MediaError::Refused(words) => TemplateError::Refused(words),
    }
}

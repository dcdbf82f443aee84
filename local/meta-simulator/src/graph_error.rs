//! Meta's errors: the codes that a send can meet, and how the Graph API writes them.

use serde_json::{Value, json};

/// An error as the Graph API answers it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GraphError {
    /// The HTTP status.
    pub status: u16,
    /// Meta's code.
    pub code: i64,
    /// Meta's subcode, for errors of the authoring tools.
    pub subcode: Option<i64>,
    /// What follows the code in `message`.
    pub title: String,
    /// `error_data.details`, for messaging errors.
    pub details: Option<String>,
}

impl GraphError {
    /// Outside the 24-hour window.
    pub(crate) fn window_closed() -> Self {
        let details = "Message failed to send because more than 24 hours have passed since the customer last replied to this number.";
        Self::with(131_047, details)
    }

    /// The error with this code, as the table has it.
    pub(crate) fn code(code: i64) -> Self {
        let known = known(code);
        Self { status: known.0, code, subcode: None, title: known.1.to_owned(), details: Some(known.1.to_owned()) }
    }

    /// The same with other details.
    pub(crate) fn with(code: i64, details: impl Into<String>) -> Self {
        Self { details: Some(details.into()), ..Self::code(code) }
    }

    /// An error of the Graph API itself, which says nothing about messaging.
    pub(crate) fn platform(status: u16, code: i64, message: impl Into<String>) -> Self {
        Self { status, code, subcode: None, title: message.into(), details: None }
    }

    /// An error of the authoring tools, with words for the author.
    pub(crate) fn authoring(subcode: i64, message: &str) -> Self {
        Self { status: 400, code: 100, subcode: Some(subcode), title: message.to_owned(), details: None }
    }

    /// The body of the answer.
    pub(crate) fn body(&self, trace: &str) -> Value {
        let message = match self.details {
            Some(_) => format!("(#{}) {}", self.code, self.title),
            None => self.title.clone(),
        };
        let mut error = json!({"message": message, "type": "OAuthException", "code": self.code, "fbtrace_id": trace});
        if let Some(details) = &self.details {
            error["error_data"] = json!({"messaging_product": "whatsapp", "details": details});
        }
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = json!(subcode);
            error["error_user_title"] = json!("Message template");
            error["error_user_msg"] = json!(self.title);
            error["message"] = json!("Invalid parameter");
        }
        if self.status >= 500 {
            error["is_transient"] = json!(self.code != 1);
        }
        json!({ "error": error })
    }

    /// The entry of `errors[]` in a `failed` status.
    pub(crate) fn in_status(&self) -> Value {
        json!({
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details.as_deref().unwrap_or(&self.title)},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        })
    }
}

/// HTTP status and title of a code; an unknown code is a bad request.
fn known(code: i64) -> (u16, &'static str) {
    match code {
        0 => (401, "Unable to authenticate the app user"),
        190 => (401, "Invalid OAuth access token"),
        1 => (400, "API Unknown"),
        2 => (503, "API Service"),
        3 => (500, "Capability or permissions issue"),
        10 => (403, "Application does not have permission for this action"),
        200..=299 => (403, "API Permission"),
        4 => (400, "Application request limit reached"),
        33 => (400, "The business phone number does not exist or has been deleted"),
        100 => (400, "Invalid parameter"),
        368 => (403, "Temporarily blocked for policies violations"),
        80007 => (400, "Rate limit issues"),
        130403 => (400, "This user is blocked by the business"),
        130429 => (429, "Rate limit hit"),
        130472 => (400, "User's number is part of an experiment"),
        130497 => (403, "Business account is restricted from messaging users in this country"),
        131000 => (500, "Something went wrong"),
        131005 => (403, "Access denied"),
        131008 => (400, "Required parameter is missing"),
        131009 => (400, "Parameter value is not valid"),
        131016 => (500, "Service unavailable"),
        131021 => (400, "Recipient cannot be sender"),
        131026 => (400, "Message undeliverable"),
        131030 => (400, "Recipient phone number not in allowed list"),
        131031 => (403, "Account has been locked"),
        131037 => (400, "Display name approval required"),
        131042 => (400, "Business eligibility payment issue"),
        131045 => (500, "Incorrect certificate"),
        131047 => (400, "Re-engagement message"),
        131048 => (400, "Spam rate limit hit"),
        131049 => (400, "This message was not delivered to maintain healthy ecosystem engagement."),
        131050 => (400, "User has stopped marketing messages from this business"),
        131051 => (400, "Unsupported message type"),
        131052 => (400, "Media download error"),
        131053 => (400, "Media upload error"),
        131056 => (400, "(Business Account, Consumer Account) pair rate limit hit"),
        131057 => (500, "Account in maintenance mode"),
        131062 => (400, "This message cannot be sent to a business-scoped user ID"),
        131064 => (400, "Limit reached due to template misclassification"),
        132000 => (400, "Number of parameters does not match the expected number of params"),
        132001 => (404, "Template name does not exist in the translation"),
        132005 => (400, "Translated text too long"),
        132007 => (400, "Template format character policy violated"),
        132012 => (400, "Parameter format does not match format in the created template"),
        132015 => (400, "Template is paused"),
        132016 => (400, "Template is disabled"),
        132018 => (400, "Template parameters are invalid"),
        133004 => (503, "Server temporarily unavailable"),
        133010 => (400, "Phone number not registered"),
        135000 => (400, "Generic user error"),
        _ => (400, "Unknown error"),
    }
}

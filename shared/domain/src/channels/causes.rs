//! Causes of failed messages, and the next step for each. Which of Meta's codes has which cause: `whatsapp::errors`.

use crate::channels::failures::Reason;
use crate::string_enum::string_enum;

string_enum! {
    /// The cause of a failed message, in more detail than the reason.
    Cause {
        /// The customer last wrote more than 24 hours ago.
        WindowClosed = "window_closed",
        /// Sending from this number is paused.
        Paused = "paused",
        /// The number was disconnected before the message went out.
        Disconnected = "disconnected",
        /// The message was scheduled unless the customer writes, and they wrote.
        TheyWrote = "they_wrote",
        /// An earlier part of the same text failed, so this one was not sent.
        EarlierPart = "earlier_part",
        /// The message could not be sent within its lifetime.
        Expired = "expired",
        /// The customer has opted out of such messages.
        OptedOut = "opted_out",
        /// The message would have cost more than its sender agreed to.
        PriceChanged = "price_changed",
        /// A budget has no room for the message.
        BudgetSpent = "budget_spent",
        /// The number is not on WhatsApp, or the customer's app cannot receive this message.
        NotOnWhatsapp = "not_on_whatsapp",
        /// WhatsApp delivers no messages of businesses to this country.
        CountryNotAllowed = "country_not_allowed",
        /// WhatsApp excludes this customer in an experiment.
        Experiment = "experiment",
        /// A test number reaches only the recipients on its list.
        NotATestRecipient = "not_a_test_recipient",
        /// The recipient is the business's own number.
        OwnNumber = "own_number",
        /// WhatsApp needs the customer's phone number, and shares only their user ID.
        PhoneNeeded = "phone_needed",
        /// The business has blocked the customer.
        Blocked = "blocked",
        /// The customer has changed their phone or account.
        IdentityChanged = "identity_changed",
        /// WhatsApp withholds a marketing message from this customer, who has had enough of them.
        MarketingHeld = "marketing_held",
        /// The customer receives no marketing messages.
        MarketingOptOut = "marketing_opt_out",
        /// Customers have reported too many messages of this number as spam.
        SpamLimit = "spam_limit",
        /// Too many messages were sent within a short time.
        TooFast = "too_fast",
        /// WhatsApp maintains the number or the account.
        Maintenance = "maintenance",
        /// WhatsApp had an error of its own.
        WhatsappError = "whatsapp_error",
        /// The access token is invalid, or has expired.
        TokenInvalid = "token_invalid",
        /// The access token lacks a permission.
        PermissionMissing = "permission_missing",
        /// The business number is not registered with WhatsApp, or was deleted.
        NumberNotRegistered = "number_not_registered",
        /// WhatsApp has not approved the number's display name.
        DisplayName = "display_name",
        /// WhatsApp has locked or restricted the account.
        AccountRestricted = "account_restricted",
        /// WhatsApp cannot charge the account.
        Payment = "payment",
        /// The file could not be uploaded to WhatsApp.
        FileNotUploaded = "file_not_uploaded",
        /// WhatsApp does not accept the file.
        File = "file",
        /// WhatsApp does not accept a part of the message.
        Content = "content",
        /// WhatsApp does not have the template, or does not accept its values.
        Template = "template",
        /// The flow is blocked, or is not published.
        Flow = "flow",
        /// WhatsApp refuses it in this group.
        Group = "group",
        /// WhatsApp refuses the call.
        Call = "call",
        /// WhatsApp refuses the message without a cause that Leadwire knows.
        Unknown = "unknown",
    }
}

string_enum! {
    /// The next step after a failure.
    NextStep {
        /// Send the message again.
        Retry = "retry",
        /// Wait some minutes, and send the message again.
        RetryLater = "retry_later",
        /// Wait at least a day. WhatsApp punishes repeated attempts.
        WaitADay = "wait_a_day",
        /// Send a template, or wait until the customer writes.
        SendTemplate = "send_template",
        /// Write to this customer only when they write again, or agree to receive messages.
        RespectOptOut = "respect_opt_out",
        /// Check the new price, and send the message again if you agree to it.
        CheckPrice = "check_price",
        /// Read what the customer wrote, and answer.
        AnswerCustomer = "answer_customer",
        /// Send the whole text again.
        SendWholeText = "send_whole_text",
        /// Change the message.
        ChangeMessage = "change_message",
        /// Send another file.
        ChangeFile = "change_file",
        /// Check the template.
        CheckTemplate = "check_template",
        /// Resume the channel. Queued messages are then sent.
        ResumeNumber = "resume_number",
        /// Connect the number again.
        ConnectNumber = "connect_number",
        /// Check the channel: its token, permissions and registration.
        CheckNumber = "check_number",
        /// Check the account in Meta's WhatsApp Manager.
        CheckAccount = "check_account",
        /// Check the payment method in Meta's WhatsApp Manager.
        CheckPayment = "check_payment",
        /// Reach the customer by phone or email.
        UseAnotherChannel = "use_another_channel",
        /// Ask the customer for the phone number.
        AskForPhone = "ask_for_phone",
        /// Make sure that you still write to the same person, and send the message again.
        VerifyCustomer = "verify_customer",
        /// Unblock the customer in WhatsApp.
        Unblock = "unblock",
        /// Add the recipient to the test number's list in Meta's app dashboard.
        AddTestRecipient = "add_test_recipient",
        /// Send this customer no marketing messages.
        StopMarketing = "stop_marketing",
    }
}

impl Cause {
    /// What a user can do about it.
    #[must_use]
    pub const fn next_step(self) -> NextStep {
        match self {
            Self::WindowClosed => NextStep::SendTemplate,
            Self::TheyWrote => NextStep::AnswerCustomer,
            Self::EarlierPart => NextStep::SendWholeText,
            Self::Expired | Self::WhatsappError | Self::FileNotUploaded | Self::Unknown => NextStep::Retry,
            Self::TooFast | Self::Maintenance => NextStep::RetryLater,
            Self::NotOnWhatsapp | Self::CountryNotAllowed | Self::Experiment => NextStep::UseAnotherChannel,
            Self::PriceChanged | Self::BudgetSpent => NextStep::CheckPrice,
            Self::OptedOut => NextStep::RespectOptOut,
            Self::Paused => NextStep::ResumeNumber,
            Self::Disconnected => NextStep::ConnectNumber,
            Self::NotATestRecipient => NextStep::AddTestRecipient,
            Self::PhoneNeeded => NextStep::AskForPhone,
            Self::Blocked => NextStep::Unblock,
            Self::IdentityChanged => NextStep::VerifyCustomer,
            Self::MarketingHeld => NextStep::WaitADay,
            Self::MarketingOptOut => NextStep::StopMarketing,
            Self::TokenInvalid | Self::PermissionMissing | Self::NumberNotRegistered => NextStep::CheckNumber,
            Self::SpamLimit | Self::DisplayName | Self::AccountRestricted => NextStep::CheckAccount,
            Self::Payment => NextStep::CheckPayment,
            Self::File => NextStep::ChangeFile,
            Self::Template => NextStep::CheckTemplate,
            Self::OwnNumber | Self::Content | Self::Flow | Self::Group | Self::Call => NextStep::ChangeMessage,
        }
    }
}

impl From<Reason> for Cause {
    /// The cause of a failure without a code of Meta's.
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::WindowClosed => Self::WindowClosed,
            Reason::Expired => Self::Expired,
            Reason::NotReachable => Self::NotOnWhatsapp,
            Reason::Refused => Self::Unknown,
            Reason::FileNotSent => Self::FileNotUploaded,
            Reason::Unauthorised => Self::TokenInvalid,
            Reason::Paused => Self::Paused,
            Reason::Disconnected => Self::Disconnected,
            Reason::PriceChanged => Self::PriceChanged,
            Reason::BudgetSpent => Self::BudgetSpent,
            Reason::OptedOut => Self::OptedOut,
            Reason::TheyWrote => Self::TheyWrote,
            Reason::EarlierPart => Self::EarlierPart,
        }
    }
}

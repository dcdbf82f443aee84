//! What Meta's error codes mean for a message: one row for each, from the Cloud API's error reference (September 2026).
//! A row also has the cause that people read; its next step is in [`domain::channels::causes`].
//!
//! A code with a row says that the message did not go out, whatever the HTTP status, save the ambiguous ones: Meta
//! has no idempotency key, so after those, and after a code that is not here, nobody knows.

use domain::Backoff;
use domain::channels::causes::Cause;
use domain::channels::failures::Reason;

/// What an error code means for the message that it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not sent; the same request may go through later.
    Again(Backoff),
    /// Not sent, and the same request never will be.
    Refused(Reason),
    /// Not sent, and nothing of this channel will be until somebody mends its token, permissions or registration.
    Unauthorised,
    /// It may have gone out.
    Ambiguous,
}

/// A row of the table: the codes from `first` to `last`.
struct Row {
    first: i64,
    last: i64,
    meaning: &'static str,
    verdict: Verdict,
    cause: Cause,
}

const REFUSED: Verdict = Verdict::Refused(Reason::Refused);
const NOT_REACHABLE: Verdict = Verdict::Refused(Reason::NotReachable);
const WINDOW_CLOSED: Verdict = Verdict::Refused(Reason::WindowClosed);
const UNAUTHORISED: Verdict = Verdict::Unauthorised;
const AMBIGUOUS: Verdict = Verdict::Ambiguous;

/// Calls are counted over an hour, so there is no use in asking soon.
const API_LIMIT: Verdict = Verdict::Again(Backoff::seconds(30, 2, 600));
/// Messages are counted by the second.
const THROUGHPUT: Verdict = Verdict::Again(Backoff::seconds(1, 2, 60));
/// Meta asks for 4ⁿ seconds, for this pair of numbers alone.
const PAIR: Verdict = Verdict::Again(Backoff::seconds(1, 4, 300));
/// Maintenance takes a minute or two.
const MAINTENANCE: Verdict = Verdict::Again(Backoff::seconds(15, 2, 120));
/// Meta names five minutes.
const FIVE_MINUTES: Verdict = Verdict::Again(Backoff::seconds(300, 1, 300));
/// Meta names ten minutes.
const TEN_MINUTES: Verdict = Verdict::Again(Backoff::seconds(600, 1, 600));

/// Every code that we know, in ascending order.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    row(0, "the access token is not valid", UNAUTHORISED, Cause::TokenInvalid),
    row(1, "unknown error", AMBIGUOUS, Cause::WhatsappError),
    row(2, "the service is down", AMBIGUOUS, Cause::WhatsappError),
    row(3, "the app may not call this method", UNAUTHORISED, Cause::PermissionMissing),
    row(4, "the app's call limit", API_LIMIT, Cause::TooFast),
    row(10, "a permission is missing", UNAUTHORISED, Cause::PermissionMissing),
    row(33, "the business number was deleted, or its id is wrong", UNAUTHORISED, Cause::NumberNotRegistered),
    row(100, "a parameter is wrong", REFUSED, Cause::Content),
    row(190, "the access token has expired", UNAUTHORISED, Cause::TokenInvalid),
    rows(200, 299, "a permission is missing", UNAUTHORISED, Cause::PermissionMissing),
    row(368, "blocked for a breach of policy", UNAUTHORISED, Cause::AccountRestricted),
    row(80_007, "the account's call limit", API_LIMIT, Cause::TooFast),
    row(80_008, "the account's call limit for management", API_LIMIT, Cause::TooFast),
    row(130_403, "the business has blocked this user", REFUSED, Cause::Blocked),
    row(130_429, "too many messages from this number", THROUGHPUT, Cause::TooFast),
    row(130_472, "the user is part of an experiment of Meta's", NOT_REACHABLE, Cause::Experiment),
    row(130_497, "not allowed in the user's country", NOT_REACHABLE, Cause::CountryNotAllowed),
    row(131_000, "something went wrong", AMBIGUOUS, Cause::WhatsappError),
    row(131_005, "access denied", UNAUTHORISED, Cause::PermissionMissing),
    row(131_008, "a parameter is missing", REFUSED, Cause::Content),
    row(131_009, "a parameter's value is wrong", REFUSED, Cause::Content),
    row(131_016, "the service is not available", AMBIGUOUS, Cause::WhatsappError),
    row(131_020, "groups: refused", REFUSED, Cause::Group),
    row(131_021, "sender and recipient are the same", REFUSED, Cause::OwnNumber),
    row(131_026, "not on WhatsApp, or cannot receive this", NOT_REACHABLE, Cause::NotOnWhatsapp),
    row(131_030, "not among the allowed test recipients", NOT_REACHABLE, Cause::NotATestRecipient),
    row(131_031, "the account is locked", UNAUTHORISED, Cause::AccountRestricted),
    row(131_037, "the display name is not approved", REFUSED, Cause::DisplayName),
    row(131_041, "groups: refused", REFUSED, Cause::Group),
    row(131_042, "a problem with payment", REFUSED, Cause::Payment),
    row(131_044, "a problem with payment for calls", REFUSED, Cause::Payment),
    row(131_045, "the number's certificate is not right", UNAUTHORISED, Cause::NumberNotRegistered),
    row(131_047, "more than 24 hours since the customer wrote", WINDOW_CLOSED, Cause::WindowClosed),
    row(131_048, "too many messages of this number were marked as spam", REFUSED, Cause::SpamLimit),
    row(131_049, "Meta chose not to deliver it; repeating is punished", REFUSED, Cause::MarketingHeld),
    row(131_050, "the user wants no marketing messages", REFUSED, Cause::MarketingOptOut),
    row(131_051, "this type of message is not supported", REFUSED, Cause::Content),
    row(131_052, "the file cannot be downloaded", REFUSED, Cause::File),
    row(131_053, "the file cannot be uploaded", REFUSED, Cause::File),
    row(131_055, "only marketing templates may be sent this way", REFUSED, Cause::Template),
    row(131_056, "too many messages to this user", PAIR, Cause::TooFast),
    row(131_057, "the account is in maintenance", MAINTENANCE, Cause::Maintenance),
    row(131_060, "the message is not available", REFUSED, Cause::Content),
    row(131_062, "needs a phone number, not a user id", REFUSED, Cause::PhoneNeeded),
    row(131_063, "marketing is switched off for this account", REFUSED, Cause::AccountRestricted),
    row(131_064, "limited for templates of the wrong category", REFUSED, Cause::AccountRestricted),
    rows(131_201, 131_215, "groups: refused", REFUSED, Cause::Group),
    row(132_000, "the number of the template's parameters is wrong", REFUSED, Cause::Template),
    row(132_001, "no such template in this language", REFUSED, Cause::Template),
    row(132_005, "the template's text is too long", REFUSED, Cause::Template),
    row(132_007, "the template breaks a policy", REFUSED, Cause::Template),
    row(132_008, "the template's values are wrong", REFUSED, Cause::Template),
    row(132_012, "a template parameter's format is wrong", REFUSED, Cause::Template),
    row(132_015, "the template is paused", REFUSED, Cause::Template),
    row(132_016, "the template is disabled", REFUSED, Cause::Template),
    row(132_018, "the template's parameters are not valid", REFUSED, Cause::Template),
    row(132_068, "the flow is blocked", REFUSED, Cause::Flow),
    row(132_069, "the flow is throttled", TEN_MINUTES, Cause::TooFast),
    row(133_000, "an earlier deregistration is not complete", REFUSED, Cause::NumberNotRegistered),
    row(133_004, "the server is not available", AMBIGUOUS, Cause::WhatsappError),
    row(133_005, "the PIN is wrong", REFUSED, Cause::NumberNotRegistered),
    row(133_006, "the number has to be verified", UNAUTHORISED, Cause::NumberNotRegistered),
    row(133_008, "too many guesses of the PIN", REFUSED, Cause::NumberNotRegistered),
    row(133_009, "the PIN was entered too fast", REFUSED, Cause::NumberNotRegistered),
    row(133_010, "the number is not registered", UNAUTHORISED, Cause::NumberNotRegistered),
    row(133_015, "the number was deleted a moment ago", FIVE_MINUTES, Cause::NumberNotRegistered),
    row(133_016, "registered too often", REFUSED, Cause::NumberNotRegistered),
    row(134_011, "terms of payment are not accepted", REFUSED, Cause::Payment),
    row(134_100, "only marketing templates may be sent this way", REFUSED, Cause::Template),
    row(134_101, "the template is being synchronised", TEN_MINUTES, Cause::Maintenance),
    row(134_102, "the template is not available here", REFUSED, Cause::Template),
    row(135_000, "something is wrong with the parameters", REFUSED, Cause::Content),
    row(136_024, "the number's verification is in another state", REFUSED, Cause::NumberNotRegistered),
    row(137_000, "the customer's identity has changed", REFUSED, Cause::IdentityChanged),
    rows(138_000, 138_021, "calls: refused", REFUSED, Cause::Call),
    rows(139_000, 139_004, "flows: refused", REFUSED, Cause::Flow),
    rows(139_100, 139_103, "blocking users: refused", REFUSED, Cause::Blocked),
    rows(147_001, 147_005, "business usernames: refused", REFUSED, Cause::DisplayName),
    row(1_752_041, "onboarding was asked for already", REFUSED, Cause::AccountRestricted),
    rows(2_388_000, 2_388_999, "the template cannot be made", REFUSED, Cause::Template),
    row(2_494_100, "the number is in maintenance", MAINTENANCE, Cause::Maintenance),
    rows(2_593_107, 2_593_109, "the history cannot be had", REFUSED, Cause::Content),
];

/// Graph API: code 100 with this subcode is code 33 in other words: the object does not exist, or the token may not see it.
const NO_SUCH_OBJECT: i64 = 33;

const fn row(code: i64, meaning: &'static str, verdict: Verdict, cause: Cause) -> Row {
    rows(code, code, meaning, verdict, cause)
}

const fn rows(first: i64, last: i64, meaning: &'static str, verdict: Verdict, cause: Cause) -> Row {
    Row { first, last, meaning, verdict, cause }
}

fn find(code: i64) -> Option<&'static Row> {
    TABLE.iter().find(|row| (row.first..=row.last).contains(&code))
}

/// What `code`, with its subcode if it has one, means for the message that it answers. A code without a row is ambiguous.
#[must_use]
pub fn verdict(code: i64, subcode: Option<i64>) -> Verdict {
    if code == 100 && subcode == Some(NO_SUCH_OBJECT) {
        return Verdict::Unauthorised;
    }
    find(code).map_or(Verdict::Ambiguous, |row| row.verdict)
}

/// What `code` means, in words for people; none if it is not known here.
#[must_use]
pub fn meaning(code: i64) -> Option<&'static str> {
    find(code).map(|row| row.meaning)
}

/// The cause of the failure with `code`, and its subcode if it has one; none if the code is not known here.
#[must_use]
pub fn cause(code: i64, subcode: Option<i64>) -> Option<Cause> {
    if code == 100 && subcode == Some(NO_SUCH_OBJECT) {
        return Some(Cause::NumberNotRegistered);
    }
    find(code).map(|row| row.cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::channels::causes::NextStep;

    #[test]
    fn the_table_is_in_order_and_no_code_is_in_it_twice() {
        assert!(TABLE.iter().all(|row| row.first <= row.last));
        assert!(TABLE.windows(2).all(|pair| pair[0].last < pair[1].first));
    }

    #[test]
    fn after_five_codes_and_any_unknown_one_nobody_knows() {
        let rows = TABLE.iter().filter(|row| row.verdict == AMBIGUOUS);
        let ambiguous: Vec<i64> = rows.flat_map(|row| row.first..=row.last).collect();
        assert_eq!(ambiguous, [1, 2, 131_000, 131_016, 133_004]);
        for unknown in [-1, 5, 99, 300, 131_216, 999_999, i64::MAX, i64::MIN] {
            assert_eq!((verdict(unknown, None), meaning(unknown)), (AMBIGUOUS, None));
        }
    }

    #[test]
    fn codes_mean_what_the_reference_says() {
        for code in [0, 3, 10, 190, 200, 250, 299, 131_005, 33, 133_010] {
            assert_eq!(verdict(code, None), UNAUTHORISED, "{code}");
        }
        for code in [100, 131_008, 131_049, 131_201, 131_215, 132_001, 138_021, 139_004, 147_005, 2_388_293] {
            assert_eq!(verdict(code, None), REFUSED, "{code}");
        }
        assert_eq!(verdict(131_047, None), WINDOW_CLOSED);
        assert_eq!(verdict(131_026, None), NOT_REACHABLE);
        assert_eq!((verdict(100, Some(33)), verdict(100, Some(2_494_010))), (UNAUTHORISED, REFUSED));
    }

    #[test]
    fn a_cause_goes_with_what_the_code_means_for_the_message() {
        for row in TABLE {
            let step = row.cause.next_step();
            match row.verdict {
                Verdict::Refused(Reason::WindowClosed) => assert_eq!(step, NextStep::SendTemplate, "{}", row.first),
                Verdict::Ambiguous => assert_eq!(step, NextStep::Retry, "{}", row.first),
                Verdict::Unauthorised => {
                    assert!([NextStep::CheckNumber, NextStep::CheckAccount].contains(&step), "{}", row.first);
                }
                Verdict::Again(_) => {
                    assert!([NextStep::RetryLater, NextStep::CheckNumber].contains(&step), "{}", row.first);
                }
                Verdict::Refused(_) => assert_ne!(step, NextStep::Retry, "{}", row.first),
            }
        }
        assert_eq!(cause(131_049, None).map(Cause::next_step), Some(NextStep::WaitADay));
        assert_eq!((cause(100, Some(33)), cause(999_999, None)), (Some(Cause::NumberNotRegistered), None));
    }

    #[test]
    fn pauses_grow_to_their_limit() {
        let pauses = |code: i64| match verdict(code, None) {
            Verdict::Again(backoff) => [0, 1, 4, u32::MAX].map(|tries| backoff.after(tries).as_secs()),
            Verdict::Refused(_) | Verdict::Unauthorised | Verdict::Ambiguous => panic!("{code} does not wait"),
        };
        assert_eq!(pauses(131_056), [1, 4, 256, 300]);
        assert_eq!(pauses(130_429), [1, 2, 16, 60]);
        assert_eq!(pauses(4), [30, 60, 480, 600]);
        assert_eq!(pauses(80_007), pauses(80_008));
        assert_eq!(pauses(131_057), [15, 30, 120, 120]);
        assert_eq!(pauses(133_015), [300; 4]);
    }
}

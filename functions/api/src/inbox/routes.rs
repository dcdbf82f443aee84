//! The routes of this area.

use super::{
    assignments, conversations, held, media, messages, quick_replies, quotes, realtime, scheduled, session_messages,
};
use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::problem::Kind;
use crate::web::route::{Detail, Route, delete, get, patch, post};
use domain::access::permissions::Permission;

/// Why a message is not accepted, beside what is wrong with the request itself.
const UNSENT: &[Kind] = &[
    Kind::NotFound,
    Kind::WindowClosed,
    Kind::PriceUnknown,
    Kind::PriceChanged,
    Kind::OptedOut,
    Kind::ConsentNotRecorded,
    Kind::NoConnectedNumber,
    Kind::NoCountryCode,
    Kind::KeyReused,
];

/// Why a conversation is not started.
const STARTED: &[Kind] = &[Kind::NotFound, Kind::NoConnectedNumber, Kind::NoCountryCode];

/// The routes, each with what is kept of its handler.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    use Access::{Anyone, SignedIn};
    use Kind::Conflict;
    use RateClass::{Read, Write};
    let inbox_read = Access::Needs(Permission::ReadInbox);
    let inbox_write = Access::Needs(Permission::ServeCustomers);
    vec![
        get("/api/conversations", inbox_read, Read, conversations::list_conversations).tagged(),
        post("/api/conversations", inbox_write, Write, conversations::start_conversation).also(STARTED),
        get("/api/conversations/counts", inbox_read, Read, conversations::count_conversations).tagged(),
        get("/api/conversations/{id}", inbox_read, Read, conversations::get_conversation).tagged(),
        patch("/api/conversations/{id}", inbox_write, Write, assignments::update_conversation),
        get("/api/conversations/{id}/messages", inbox_read, Read, conversations::list_messages).tagged(),
        get("/api/conversations/{id}/messages/{messageId}/raw", inbox_read, Read, conversations::get_raw_message),
        patch("/api/conversations/{id}/messages/{messageId}", inbox_write, Write, scheduled::update_scheduled_message)
            .also(&[Conflict]),
        delete("/api/conversations/{id}/messages/{messageId}", inbox_write, Write, scheduled::delete_scheduled_message)
            .also(&[Conflict]),
        post("/api/conversations/{id}/messages/{messageId}/approve", inbox_write, Write, held::approve_held_message)
            .also(&[Conflict, Kind::PriceChanged, Kind::PriceUnknown]),
        post("/api/conversations/{id}/read", inbox_write, Write, conversations::mark_conversation_read),
        post("/api/conversations/{id}/unread", inbox_write, Write, conversations::mark_conversation_unread),
        post("/api/conversations/{id}/typing", inbox_write, Write, conversations::send_typing_indicator),
        post("/api/conversations/{id}/assign", inbox_write, Write, assignments::assign_conversation),
        post("/api/conversations/{id}/claim", inbox_write, Write, assignments::claim_conversation)
            .also(&[Kind::Claimed]),
        get("/api/messages", inbox_read, Read, conversations::list_conversation_messages).tagged(),
        post("/api/messages", inbox_write, Write, messages::send_message).also(UNSENT),
        get("/api/messages/held", inbox_read, Read, held::list_held_messages),
        post("/api/quotes", inbox_write, Write, quotes::create_quote).also(STARTED),
        post("/api/messages/template", inbox_write, Write, messages::send_template).also(UNSENT),
        get("/api/quick-replies", inbox_read, Read, quick_replies::list_quick_replies).tagged(),
        post("/api/quick-replies", inbox_write, Write, quick_replies::create_quick_reply).also(&[Conflict]),
        patch("/api/quick-replies/{id}", inbox_write, Write, quick_replies::update_quick_reply).also(&[Conflict]),
        delete("/api/quick-replies/{id}", inbox_write, Write, quick_replies::delete_quick_reply),
        get("/api/quick-replies/{id}/filled", inbox_read, Read, quick_replies::fill_quick_reply),
        post("/api/media", inbox_write, Write, media::create_media),
        get("/api/media/{id}", inbox_read, Read, media::get_media),
        get("/api/media/{id}/content", Anyone, Read, media::get_media_content).also(&[Kind::Unauthenticated]),
        post("/api/media/{id}/refetch", inbox_write, Write, media::refetch_media).also(&[Conflict]),
        post("/api/realtime/ticket", SignedIn, Write, realtime::create_realtime_ticket)
            .also(&[Kind::SecondFactorNeeded]),
        get("/api/sessions/{id}/messages", inbox_read, Read, session_messages::list_session_messages)
            .also(&[Kind::NoConnectedNumber]),
        post("/api/sessions/{id}/messages", inbox_write, Write, session_messages::send_session_message).also(UNSENT),
        // The same, as other front ends call it.
        get("/api/whatsapp/conversations", inbox_read, Read, conversations::list_conversations).tagged(),
        get("/api/whatsapp/conversations/{id}", inbox_read, Read, conversations::get_conversation).tagged(),
        get("/api/whatsapp/conversations/{id}/messages", inbox_read, Read, conversations::list_messages).tagged(),
        post("/api/whatsapp/conversations/{id}/read", inbox_write, Write, conversations::mark_conversation_read),
        post("/api/whatsapp/send", inbox_write, Write, messages::send_message_and_wait).also(UNSENT),
        post("/api/whatsapp/messages/send", inbox_write, Write, messages::send_message_and_wait),
    ]
}

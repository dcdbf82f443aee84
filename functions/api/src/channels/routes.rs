//! The routes of this area.

use super::{budgets, channels, notices, number_setup, numbers, parked, profiles, sessions, signup};
use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::problem::Kind;
use crate::web::route::{Detail, Route, delete, get, patch, post};
use domain::access::permissions::Permission;

/// The routes, each with what is kept of its handler.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    use Access::Anyone;
    use Kind::{Conflict, NotFound};
    use RateClass::{Read, Token, Write};
    let inbox_read = Access::Needs(Permission::ReadInbox);
    let notices_read = Access::Needs(Permission::ReadNotices);
    let channels_write = Access::Needs(Permission::ManageChannels);
    let costs_read = Access::Needs(Permission::ReadCosts);
    let settings_write = Access::Needs(Permission::ManageSettings);
    let parked_read = Access::Needs(Permission::ReadParked);
    vec![
        get("/api/channels", inbox_read, Read, channels::list_channels),
        post("/api/channels", channels_write, Write, numbers::connect_channel).also(&[Conflict]),
        get("/api/channels/signup", inbox_read, Read, signup::get_channel_signup),
        post("/api/channels/signup", channels_write, Write, signup::start_channel_signup).also(&[Conflict]),
        post("/api/channels/signup/complete", channels_write, Write, signup::complete_channel_signup)
            .also(&[Conflict, NotFound]),
        patch("/api/channels/{id}", channels_write, Write, channels::update_channel),
        delete("/api/channels/{id}", channels_write, Write, numbers::disconnect_channel),
        post("/api/channels/{id}/check", channels_write, Write, numbers::check_channel),
        post("/api/channels/{id}/toggle", channels_write, Write, numbers::toggle_channel).also(&[Conflict]),
        get("/api/channels/{id}/profile", inbox_read, Read, profiles::get_channel_profile),
        patch("/api/channels/{id}/profile", channels_write, Write, profiles::update_channel_profile).also(&[Conflict]),
        get("/api/channels/{id}/setup", inbox_read, Read, number_setup::get_channel_setup),
        patch("/api/channels/{id}/setup", channels_write, Write, number_setup::update_channel_setup).also(&[Conflict]),
        post("/api/channels/{id}/setup/refresh", channels_write, Write, number_setup::refresh_channel_setup),
        post("/api/channels/{id}/links", channels_write, Write, number_setup::create_channel_link).also(&[Conflict]),
        patch("/api/channels/{id}/links/{code}", channels_write, Write, number_setup::update_channel_link)
            .also(&[Conflict]),
        delete("/api/channels/{id}/links/{code}", channels_write, Write, number_setup::delete_channel_link)
            .also(&[Conflict]),
        get("/api/sessions", inbox_read, Read, sessions::list_phone_sessions),
        post("/api/sessions", channels_write, Write, sessions::create_phone_session).also(&[Conflict]),
        get("/api/sessions/{id}/status", inbox_read, Read, sessions::get_phone_session_status),
        delete("/api/sessions/{id}", channels_write, Write, sessions::end_phone_session).also(&[Conflict]),
        post("/api/sessions/scan", Anyone, Token, sessions::scan_phone_session).also(&[Conflict, NotFound]),
        post("/api/sessions/complete", Anyone, Token, sessions::complete_phone_session).also(&[Conflict, NotFound]),
        get("/api/budgets", costs_read, Read, budgets::list_budgets),
        post("/api/budgets", settings_write, Write, budgets::create_budget).also(&[Conflict]),
        patch("/api/budgets/{id}", settings_write, Write, budgets::update_budget),
        delete("/api/budgets/{id}", settings_write, Write, budgets::delete_budget),
        get("/api/notices", notices_read, Read, notices::list_notices),
        get("/api/parked", parked_read, Read, parked::list_parked_deliveries),
        get("/api/parked/{id}", parked_read, Read, parked::get_parked_delivery),
        // The same, as other front ends call it.
        get("/api/whatsapp/status", inbox_read, Read, channels::get_whatsapp_status),
    ]
}

//! The routes of this area.

use super::{auth, email_verification, keys, me, passwords, second_factor, tenants, users, webhooks};
use crate::web::access::Access;
use crate::web::limits::RateClass;
use crate::web::problem::Kind;
use crate::web::route::{Detail, Route, delete, get, patch, post};
use domain::access::permissions::Permission;

/// The routes, each with what is kept of its handler.
pub(crate) fn list<D: Detail>() -> Vec<Route<D>> {
    use Access::{Anyone, Operator, SignedIn};
    use Kind::{
        AddressTaken, CodeNeeded, Conflict, EmailNotVerified, NotFound, SignedOut, WrongCode, WrongCredentials,
    };
    use RateClass::{Read, SignIn, Token, Write};
    let users_read = Access::Needs(Permission::ReadUsers);
    let users_write = Access::Needs(Permission::ManageUsers);
    let settings_write = Access::Needs(Permission::ManageSettings);
    let keys_write = Access::Needs(Permission::ManageKeys);
    let webhooks_write = Access::Needs(Permission::ManageWebhooks);
    vec![
        post("/api/auth/signup", Anyone, SignIn, auth::sign_up).also(&[AddressTaken]),
        post("/api/auth/login", Anyone, SignIn, auth::sign_in).also(&[WrongCredentials, CodeNeeded, WrongCode]),
        post("/api/auth/refresh", Anyone, Token, auth::refresh_session).also(&[SignedOut, Kind::Forbidden]),
        post("/api/auth/logout", Anyone, Token, auth::sign_out).also(&[Kind::Forbidden]),
        post("/api/auth/forgot-password", Anyone, SignIn, passwords::request_password_reset),
        post("/api/auth/reset-password", Anyone, SignIn, passwords::reset_password),
        post("/api/auth/verify-email", Anyone, Token, email_verification::verify_email),
        post("/api/auth/verify-email/resend", SignedIn, Write, email_verification::resend_verification_email)
            .also(&[Conflict]),
        post("/api/auth/change-password", SignedIn, Write, passwords::change_password),
        get("/api/auth/me", SignedIn, Read, me::get_current_user),
        patch("/api/auth/me", SignedIn, Write, me::update_current_user).also(&[NotFound]),
        get("/api/auth/sessions", SignedIn, Read, me::list_sessions),
        delete("/api/auth/sessions/{id}", SignedIn, Write, me::end_session),
        post("/api/auth/second-factor", SignedIn, Write, second_factor::create_second_factor_secret).also(&[Conflict]),
        post("/api/auth/second-factor/confirm", SignedIn, Write, second_factor::enable_second_factor)
            .also(&[WrongCode]),
        post("/api/auth/second-factor/recovery-codes", SignedIn, Write, second_factor::regenerate_recovery_codes)
            .also(&[WrongCode, NotFound]),
        post("/api/auth/second-factor/remove", SignedIn, Write, second_factor::disable_second_factor)
            .also(&[WrongCode]),
        get("/api/users", users_read, Read, users::list_users),
        post("/api/users", users_write, Write, users::invite_user).also(&[EmailNotVerified]),
        patch("/api/users/{id}", users_write, Write, users::update_user).also(&[Conflict]),
        post("/api/users/{id}/reset-password", users_write, Write, users::request_user_password_reset),
        delete("/api/users/{id}/second-factor", users_write, Write, second_factor::reset_user_second_factor),
        get("/api/invitations", users_write, Read, users::list_invitations),
        delete("/api/invitations/{id}", users_write, Write, users::revoke_invitation),
        get("/api/keys", keys_write, Read, keys::list_api_keys),
        post("/api/keys", keys_write, Write, keys::create_api_key).also(&[EmailNotVerified, WrongCode]),
        post("/api/keys/{id}/take-over", keys_write, Write, keys::take_over_api_key)
            .also(&[EmailNotVerified, WrongCode]),
        delete("/api/keys/{id}", keys_write, Write, keys::revoke_api_key),
        get("/api/webhooks", webhooks_write, Read, webhooks::list_webhooks),
        post("/api/webhooks", webhooks_write, Write, webhooks::create_webhook).also(&[Conflict]),
        patch("/api/webhooks/{id}", webhooks_write, Write, webhooks::update_webhook),
        delete("/api/webhooks/{id}", webhooks_write, Write, webhooks::delete_webhook),
        post("/api/webhooks/{id}/rotate-secret", webhooks_write, Write, webhooks::rotate_webhook_secret)
            .also(&[Kind::ChangedMeanwhile]),
        post("/api/webhooks/{id}/test", webhooks_write, Write, webhooks::test_webhook),
        get("/api/webhooks/{id}/deliveries", webhooks_write, Read, webhooks::list_webhook_deliveries),
        post(
            "/api/webhooks/{id}/deliveries/{eventId}/replay",
            webhooks_write,
            Write,
            webhooks::replay_webhook_delivery,
        )
        .also(&[Conflict]),
        get("/api/settings", users_read, Read, tenants::get_settings).also(&[NotFound]),
        patch("/api/settings", settings_write, Write, tenants::update_settings).also(&[NotFound]),
        get("/api/clients", Operator, Read, tenants::list_clients),
        post("/api/clients", Operator, Write, tenants::create_client),
        get("/api/clients/{id}", Operator, Read, tenants::get_client),
        patch("/api/clients/{id}", Operator, Write, tenants::update_client),
        // The same, as other front ends call it.
        post("/api/auth/register", Anyone, SignIn, auth::sign_up),
        post("/api/auth/refresh-token", Anyone, Token, auth::refresh_session),
    ]
}

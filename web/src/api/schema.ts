// Generated from functions/api/openapi.json by `npm run api`. Do not edit.

export interface paths {
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit entries
         * @description The newest comes first. A page may hold fewer than `limit` entries and still have a `nextCursor`. Refused requests and failed sign-ins are counted, and appear as one entry when their minute has passed.
         *
         *     Requires `audit:read`: roles owner, admin, and API keys with this scope.
         */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export audit entries as CSV
         * @description The file contains the newest 10,000 entries.
         *
         *     Requires `audit:read`: roles owner, admin, and API keys with this scope.
         */
        get: operations["exportAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Ends all sessions of the user, and starts a new one.
         *
         *     Requires a signed-in user.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a password reset
         * @description If the address has an account, a reset link is emailed. Unknown addresses get the same answer after the same amount of work.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description An unknown email address and a wrong password get the same answer after the same amount of work. Only failed attempts count towards the rate limits of the address and the account.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the refresh token or, without one, of the access token. Signing out again has no effect.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the signed-in user
         * @description It includes the user's permissions and visibility.
         *
         *     Requires a signed-in user.
         */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the signed-in user's name
         * @description Requires a signed-in user.
         */
        patch: operations["updateCurrentUser"];
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the access token
         * @description Each refresh token works once. Send it in the body, or as the cookie that an earlier answer set.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the access token
         * @description An alias of `POST /api/auth/refresh`, for existing front ends.
         *
         *     Each refresh token works once. Send it in the body, or as the cookie that an earlier answer set.
         */
        post: operations["refreshSessionAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up
         * @description An alias of `POST /api/auth/signup`, for existing front ends.
         *
         *     Creates a business and its owner or, with `invitation`, joins an existing business. An email asks the user to verify the address, unless the invitation was emailed there. Until then, the account cannot invite users or create API keys, and another account that verifies the address takes it over.
         */
        post: operations["signUpAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset a password with the link from an email
         * @description The link works once and ends all sessions of the user. It also verifies the email address. If the address was unverified, two-factor authentication is disabled, as another person may have set it up.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a secret for an authenticator app (TOTP)
         * @description Two-factor authentication is enabled when the first code is confirmed.
         *
         *     Requires a signed-in user.
         */
        post: operations["createSecondFactorSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable two-factor authentication
         * @description Confirms the first code of the app, and returns the recovery codes, which are shown only once.
         *
         *     Requires a signed-in user.
         */
        post: operations["enableSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the recovery codes
         * @description Earlier recovery codes stop working.
         *
         *     Requires a signed-in user.
         */
        post: operations["regenerateRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable two-factor authentication
         * @description Requires a signed-in user.
         */
        post: operations["disableSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List active sessions
         * @description The newest comes first.
         *
         *     Requires a signed-in user.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Its tokens stop working immediately.
         *
         *     Requires a signed-in user.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up
         * @description Creates a business and its owner or, with `invitation`, joins an existing business. An email asks the user to verify the address, unless the invitation was emailed there. Until then, the account cannot invite users or create API keys, and another account that verifies the address takes it over.
         */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an email address with the link from an email
         * @description Opening the same link again has no effect.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend the verification email to the signed-in user
         * @description At most three an hour are sent.
         *
         *     Requires a signed-in user.
         */
        post: operations["resendVerificationEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the budgets, each with what is spent of it in its current period
         * @description A message counts in the period of its account's time zone.
         *
         *     Requires `costs:read`: roles owner, admin, marketer, and API keys with this scope.
         */
        get: operations["listBudgets"];
        put?: never;
        /**
         * Create a budget
         * @description It counts messages that are sent from now on.
         *
         *     Requires `settings:write`: roles owner.
         */
        post: operations["createBudget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/budgets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a budget
         * @description Messages that it holds are sent within a minute.
         *
         *     Requires `settings:write`: roles owner.
         */
        delete: operations["deleteBudget"];
        options?: never;
        head?: never;
        /**
         * Change a budget
         * @description Messages that it holds are sent within a minute, as far as there is room now.
         *
         *     Requires `settings:write`: roles owner.
         */
        patch: operations["updateBudget"];
        trace?: never;
    };
    "/api/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List bulk changes, the newest first: all for those who manage leads, else the caller's own
         * @description A page may hold fewer than `limit` and still have a `nextCursor`.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        get: operations["listBulkChanges"];
        put?: never;
        /**
         * Change many leads or conversations
         * @description The change is a job: read it until its state is `done`. It changes what the caller can see. To delete leads, `leads:write` is needed.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["createBulkChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a bulk change
         * @description Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        get: operations["getBulkChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a bulk change
         * @description What it has changed by then stays, and can be undone.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["cancelBulkChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the report of a bulk change as CSV, with a line for each lead or conversation
         * @description The link in `reportUrl` needs no token.
         */
        get: operations["getBulkReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bulk/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a bulk change
         * @description Later changes by users stay. The undo is a bulk change of its own.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["undoBulkChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connected WhatsApp numbers
         * @description All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listChannels"];
        put?: never;
        /**
         * Connect a WhatsApp number
         * @description The number is checked with Meta first; it is connected only if Meta accepts the token, the number and the account. Other findings are listed in `checks`.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        post: operations["connectChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect a number
         * @description Its conversations stay readable, and its access token is deleted. Waiting messages fail. Later webhooks of the number are parked.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        delete: operations["disconnectChannel"];
        options?: never;
        head?: never;
        /**
         * Update a channel
         * @description Replaces its access token, turns read receipts or the names of agents on or off, or sets the currency and the time zone of its account, from which prices follow. A new token is checked with Meta first. The former one stays if Meta rejects it for this number. With a new token, messages that were held are sent in order.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        patch: operations["updateChannel"];
        trace?: never;
    };
    "/api/channels/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a number with Meta again
         * @description The findings follow within seconds: `checking` is then false, and `checkedAt` is later. A missing webhook subscription is made.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        post: operations["checkChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a short link with a first message, and its QR code
         * @description Meta makes it within seconds. A link with the same message stays the only one.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        post: operations["createChannelLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/links/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a short link
         * @description Printed QR codes of it stop working.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        delete: operations["deleteChannelLink"];
        options?: never;
        head?: never;
        /**
         * Change the first message of a short link
         * @description The link stays the same.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        patch: operations["updateChannelLink"];
        trace?: never;
    };
    "/api/channels/{id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the business profile of a number, as of the last check with Meta
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getChannelProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update the business profile of a number
         * @description The change is sent to Meta within seconds: `saving` is then false, and `rejection` says whether Meta rejected it.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        patch: operations["updateChannelProfile"];
        trace?: never;
    };
    "/api/channels/{id}/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a number's short links, conversation starters, flows, calls and callback address, as Meta said them last
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getChannelSetup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a number's conversation starters, its calls or its callback address, or import its phone
         * @description Meta makes the change within seconds: `saving` is then false, and `problem` says why it did not.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        patch: operations["updateChannelSetup"];
        trace?: never;
    };
    "/api/channels/{id}/setup/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask Meta for a number's short links, conversation starters, flows, calls and callback address
         * @description They follow within seconds: `saving` is then false.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        post: operations["refreshChannelSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{id}/toggle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause or resume sending from a number
         * @description Messages of a paused number are held for at most 24 hours, and templates for 7 days. After it is resumed they are sent in order, if the customer's window is still open.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        post: operations["toggleChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get whether numbers can be connected by Embedded Signup
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getChannelSignup"];
        put?: never;
        /**
         * Start Embedded Signup
         * @description Open the URL in the browser. Meta's page returns to the console with `code` and `state`: send both to `POST /api/channels/signup/complete`.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        post: operations["startChannelSignup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/signup/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete Embedded Signup
         * @description Connects the number that was shared on Meta's page, as `POST /api/channels` does. The user who started the signup calls it. If there is no answer, send the same request again.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        post: operations["completeChannelSignup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List businesses
         * @description The newest comes first.
         *
         *     Requires an operator key.
         */
        get: operations["listClients"];
        put?: never;
        /**
         * Create a business
         * @description If `ownerEmail` is set, the owner is invited.
         *
         *     Requires an operator key.
         */
        post: operations["createClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a business
         * @description Requires an operator key.
         */
        get: operations["getClient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a business
         * @description If `isActive` is set to false, all its users are signed out immediately. Messages from its customers are still received.
         *
         *     Requires an operator key.
         */
        patch: operations["updateClient"];
        trace?: never;
    };
    "/api/consents/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import consents with their proof
         * @description Each row that is right is written to the consent history of the lead with that phone; each that is wrong is named. The same file can be imported again: rows that stand already change nothing.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["importConsents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the conversations that the caller can see
         * @description The last active comes first. A page may hold fewer than `limit` conversations and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listConversations"];
        put?: never;
        /**
         * Start a conversation, or find the existing one
         * @description The customer is a lead or a phone number. A closed conversation is reopened. Whether a message can be sent is checked when you send one.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["startConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a conversation
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Open, close or snooze a conversation, or mark it as pending
         * @description A message from the customer reopens a closed or snoozed conversation.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        patch: operations["updateConversation"];
        trace?: never;
    };
    "/api/conversations/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign a conversation to a user, or unassign it
         * @description Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["assignConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim an unassigned conversation
         * @description If a colleague already has it, the answer is a 409 that names the colleague.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["claimConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a conversation
         * @description The newest comes first. A page may hold fewer than `limit` messages and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Cancel a scheduled message, or one that is held for what it costs
         * @description Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        delete: operations["deleteScheduledMessage"];
        options?: never;
        head?: never;
        /**
         * Change a scheduled message
         * @description Messages are ordered by time, so a message with another time has another ID, which is in the answer.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        patch: operations["updateScheduledMessage"];
        trace?: never;
    };
    "/api/conversations/{id}/messages/{messageId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve the price of a held message, and send it
         * @description This also lets it through a budget that asks. The rest of a long text goes with it.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["approveHeldMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/messages/{messageId}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a customer's message as WhatsApp sent it
         * @description It includes fields that this API does not have, and is kept as long as the message.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getRawMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a conversation as read
         * @description The customer sees this if there was a new message and the channel's read receipts are on.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["markConversationRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the customer that a colleague is typing
         * @description The indicator is sent at most once in 20 seconds. It has no effect if the channel's read receipts are off, or if the customer has not written for 30 days.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["sendTypingIndicator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a conversation as unread, for all users
         * @description The next read clears the mark. The customer does not see it.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["markConversationUnread"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the open conversations that the caller can see
         * @description Unread conversations are counted among the 200 last active.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["countConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Add up what messages cost in a month
         * @description From the messages themselves, at list prices: by day, channel, category, template and sender. Messages count on the day on which they were sent. Those that still wait to be sent count nowhere.
         *
         *     Requires `costs:read`: roles owner, admin, marketer, and API keys with this scope.
         */
        get: operations["getCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/costs.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the costs of a month as CSV
         * @description The file adds up the first 10,000 messages of the month, and says in its last line if there are more.
         *
         *     Requires `costs:read`: roles owner, admin, marketer, and API keys with this scope.
         */
        get: operations["exportCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deals of a pipeline
         * @description The last changed come first. A page may hold fewer than `limit` deals and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listDeals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a deal
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getDeal"];
        put?: never;
        post?: never;
        /**
         * Delete a deal
         * @description What the timeline says about it stays.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        delete: operations["deleteDeal"];
        options?: never;
        head?: never;
        /**
         * Update a deal, or move it to another stage
         * @description With `If-Match`, the change is refused if another client changed the deal first.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        patch: operations["updateDeal"];
        trace?: never;
    };
    "/api/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the erasures
         * @description The newest lead comes first.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        get: operations["listErasures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an erasure with its receipt
         * @description Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List exports, the newest first
         * @description Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        get: operations["listExports"];
        put?: never;
        /**
         * Export leads or their messages as CSV or JSON
         * @description The export is a job: read it until its state is `done`, then download its files within a week. It holds what the caller can see, with masked phone numbers if they are masked for the caller. Cells of CSV that a spreadsheet would take for formulas begin with an apostrophe.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["createExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an export
         * @description Only who began it gets links to its files.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an export
         * @description Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["cancelExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exports/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file of an export
         * @description The link in the file's `url` needs no token.
         */
        get: operations["getExportContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether the API is up
         * @description It calls no other service.
         */
        get: operations["checkHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports, the newest first
         * @description Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        get: operations["listImports"];
        put?: never;
        /**
         * Begin an import of leads from a CSV file of up to 100,000 rows and 25 MB
         * @description PUT the bytes with the request in `upload` and exactly its headers within 15 minutes, then read the preview.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an import
         * @description Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an import
         * @description Leads that it has written by then stay.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["cancelImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check every row without writing any
         * @description The check is a job: read the import until its phase is `ready`. It can be repeated with other settings.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["checkImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the columns of the uploaded file with samples, and the field that each header suggests
         * @description Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        get: operations["previewImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the report of the last phase as CSV, with a line for each row
         * @description The link in `reportUrl` needs no token.
         */
        get: operations["getImportReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write the rows that were checked
         * @description Invalid rows are left out. The run is a job: read the import until its state is `done`.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["runImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List open invitations
         * @description The newest comes first.
         *
         *     Requires `users:write`: roles owner, admin.
         */
        get: operations["listInvitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an invitation
         * @description Its tokens stop working immediately.
         *
         *     Requires `users:write`: roles owner, admin.
         */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the active API keys
         * @description All of them are on one page.
         *
         *     Requires `keys:write`: roles owner, admin.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description The key is shown only once. It never has more permissions than its owner currently has. The owner gets an email.
         *
         *     Requires `keys:write`: roles owner, admin.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It stops working immediately.
         *
         *     Requires `keys:write`: roles owner, admin.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take over an API key
         * @description The signed-in user becomes its owner, whose permissions it then has. Use it when the owner of a key leaves.
         *
         *     Requires `keys:write`: roles owner, admin.
         */
        post: operations["takeOverApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lead-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the custom fields of leads, in their order
         * @description All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listLeadFields"];
        put?: never;
        /**
         * Create a custom field
         * @description If another field has the name or the key, the answer is 409.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["createLeadField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lead-fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a custom field
         * @description Leads no longer show its values. `id` is the field's key.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        delete: operations["deleteLeadField"];
        options?: never;
        head?: never;
        /**
         * Update a custom field, or move it
         * @description `id` is the field's key. Leads keep their values.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        patch: operations["updateLeadField"];
        trace?: never;
    };
    "/api/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List leads
         * @description The lead with the newest message comes first. Filters may be combined. A page may hold fewer than `limit` leads and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listLeads"];
        put?: never;
        /**
         * Create a lead
         * @description It needs a name, a phone number or an email address. The stage defaults to `New` and the source to `Other`. If a lead has the phone number or the email address already, the answer is 409 and names that lead.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["createLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a lead with a page of its messages and timeline
         * @description The newest come first.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getLead"];
        /**
         * Update a lead by sending it back as `GET` returned it, with changes
         * @description Fields may be left out. A changed read-only field is rejected by name.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        put: operations["replaceLead"];
        post?: never;
        /**
         * Delete a lead with its conversations, messages and timeline
         * @description It can be restored for 30 days. A new message from the customer restores it too.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        delete: operations["deleteLead"];
        options?: never;
        head?: never;
        /**
         * Update a lead
         * @description Omitted fields stay as they are; null removes a value. With `If-Match`, the change is refused if another client changed the lead first.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        patch: operations["updateLead"];
        trace?: never;
    };
    "/api/leads/{id}/activities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log a call, an email or a meeting
         * @description It stands in the timeline at the time when it took place.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["logActivity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get whether a lead is blocked, and what WhatsApp did about it
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getBlock"];
        put?: never;
        /**
         * Block a lead
         * @description Nothing more is sent to it. Its conversations leave the inbox, and what it still writes is only stored. WhatsApp is asked to block the user too; it does so within 24 hours after their last message.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["blockLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what a lead has agreed to receive, with all changes
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getConsent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Write down what a customer has agreed to
         * @description To allow what the customer refused, `note` has to say how they changed their mind.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        patch: operations["updateConsent"];
        trace?: never;
    };
    "/api/leads/{id}/deals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a lead's deals
         * @description The newest comes first. All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listLeadDeals"];
        put?: never;
        /**
         * Create a deal
         * @description The lead's stage becomes that of the deal.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["createDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase everything that is known of a person: the lead, the leads that were merged into it, their conversations, messages, files, notes and tasks
         * @description This cannot be undone. If the person writes again, a new lead begins. `GET /api/erasures/{id}` shows the progress and then the receipt.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["eraseLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ways to recognise a lead: user IDs, phone numbers and usernames, also former ones
         * @description All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge another lead into this one
         * @description This lead keeps its own fields and fills gaps from the other one; tags are combined and the later stage stands. It gets the other lead's conversations, timeline and tasks. A merge can be undone for 30 days.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["mergeLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/merge-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview a merge
         * @description It shows the lead as it would be, and which of the two leads each field comes from. Nothing is written.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["previewMerge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the merges into a lead
         * @description The newest comes first. All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listMerges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/merges/{mergeId}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a merge within 30 days
         * @description Both leads are there again, each with its own conversations. A field that was changed after the merge stays as it is.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["undoMerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/not-duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss a possible duplicate: the two leads are different people
         * @description Leadwire does not suggest the pair again.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["dismissDuplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a note into a lead's timeline
         * @description Customers never see notes.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["createNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a lead that was deleted within the last 30 days
         * @description A lead that was not deleted stays as it is.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["restoreLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a lead's tasks
         * @description Open ones come first, by due time. All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listLeadTasks"];
        put?: never;
        /**
         * Create a task
         * @description Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/tasks/{taskId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a task
         * @description What the timeline says about it stays.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        delete: operations["deleteTask"];
        options?: never;
        head?: never;
        /**
         * Update a task, or mark it as done
         * @description Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        patch: operations["updateTask"];
        trace?: never;
    };
    "/api/leads/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a lead's timeline
         * @description The newest entry comes first. A page may hold fewer than `limit` entries and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/leads/{id}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unblock a lead
         * @description Its conversations come back to the inbox.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["unblockLead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin the upload of a file
         * @description PUT the bytes with the request in `upload` and exactly its headers within 15 minutes, then send a message with `mediaId`. The limits are 5 MB for images, 16 MB for video and audio, 500 KB for stickers and 100 MB for documents.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["createMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the state of a file, and a link to it
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description The link in the file's `url` needs no token, so that a page can show it. Types that a browser might run are downloaded instead of shown.
         */
        get: operations["getMediaContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/media/{id}/refetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fetch a customer's file again after a failure
         * @description WhatsApp keeps it for seven days.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["refetchMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a conversation, named by a parameter
         * @description Works like `GET /api/conversations/{id}/messages`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listConversationMessages"];
        put?: never;
        /**
         * Send a message
         * @description `type` names the kind, and the field of that name has its content. Answers 202 as soon as the message is accepted. With `Prefer: wait=N` it waits up to N seconds for WhatsApp's answer, and then answers 200 even if WhatsApp rejects the message (`success: false` with the error), so that you always get the message's ID. With `sendAt` the message is scheduled. Up to ten requests of a business may wait at a time; others are answered 202 immediately, without `Preference-Applied`.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages that are held for what they cost, the oldest first
         * @description A page may hold fewer than `limit` messages and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listHeldMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an approved template
         * @description Works like `POST /api/messages` with `type: template`. WhatsApp delivers templates also while the 24-hour window is closed, and to phone numbers that never wrote: a lead and a conversation are created for them.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["sendTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List account notices from WhatsApp
         * @description The newest comes first.
         *
         *     Requires `notices:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get this API description as OpenAPI 3.1
         * @description It is the same for all callers.
         */
        get: operations["getApiDescription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List parked webhook deliveries to the numbers of the business
         * @description They could not be read or were too large. The newest comes first.
         *
         *     Requires `parked:read`: roles owner, admin.
         */
        get: operations["listParkedDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parked/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a parked webhook delivery with its content
         * @description Requires `parked:read`: roles owner, admin.
         */
        get: operations["getParkedDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pipeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what stands in each stage now: the number of leads, their value by currency and their average age in the stage
         * @description With `pipelineId`, of the deals in that pipeline. The figures follow a change within seconds.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getPipelineTotals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pipelines: how the business calls, colours and orders the stages
         * @description The default pipeline comes first. All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listPipelines"];
        put?: never;
        /**
         * Create a pipeline for deals
         * @description Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        post: operations["createPipeline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pipelines/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a pipeline without deals
         * @description The default pipeline cannot be deleted.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        delete: operations["deletePipeline"];
        options?: never;
        head?: never;
        /**
         * Update a pipeline: its name, and the names, colours and order of its stages
         * @description In the default pipeline, also the moves of leads that happen by themselves.
         *
         *     Requires `leads:write`: roles owner, admin, and API keys with this scope.
         */
        patch: operations["updatePipeline"];
        trace?: never;
    };
    "/api/possible-duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pairs of leads that may be the same person
         * @description WhatsApp named identities of both in one event. Merge them, or dismiss the pair. A page may hold fewer than `limit` pairs and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listPossibleDuplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/quick-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the shared quick replies and the caller's own
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listQuickReplies"];
        put?: never;
        /**
         * Create a quick reply
         * @description Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["createQuickReply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/quick-replies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a quick reply
         * @description Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        delete: operations["deleteQuickReply"];
        options?: never;
        head?: never;
        /**
         * Change a quick reply
         * @description Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        patch: operations["updateQuickReply"];
        trace?: never;
    };
    "/api/quick-replies/{id}/filled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a quick reply as it is sent in one conversation, with the values of its variables
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["fillQuickReply"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Quote a message
         * @description Says whether it can be sent now and what WhatsApp charges for it. Nothing is written or sent. Without `text` and `template` it is a message that is no template. Prices are list prices.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["createQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/realtime/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a ticket for the WebSocket of live updates
         * @description It works once, within 30 seconds. The connection closes when the session ends or when the user's permissions change.
         *
         *     Requires a signed-in user.
         */
        post: operations["createRealtimeTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a report
         * @description It counts messages, leads and response times by day, channel and user, and compares them with the span before. A span has at most 366 days.
         *
         *     Requires `reports:read`: roles owner, admin, marketer, viewer, and API keys with this scope.
         */
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search leads
         * @description Callers who see phone numbers masked find a lead by the whole number only.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["searchLeads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List segments: those that are shared, and your own
         * @description All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listSegments"];
        put?: never;
        /**
         * Save a filter of leads as a segment
         * @description Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["createSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a segment
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getSegment"];
        put?: never;
        post?: never;
        /**
         * Delete a segment
         * @description Its leads stay as they are.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        delete: operations["deleteSegment"];
        options?: never;
        head?: never;
        /**
         * Update a segment
         * @description With `If-Match`, the change is refused if another client changed the segment first.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        patch: operations["updateSegment"];
        trace?: never;
    };
    "/api/segments/{id}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the leads of a segment
         * @description It reads at most 1,000 leads, and says whether these were all.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["countSegment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/segments/{id}/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the leads of a segment
         * @description The lead with the newest message comes first. A page may hold fewer than `limit` leads and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listSegmentLeads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions that link phones by QR code
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listPhoneSessions"];
        put?: never;
        /**
         * Create a session, and the QR code that links a phone
         * @description The code works once, for ten minutes. Scanned, it leads to Meta's Embedded Signup. The number stays in use in the WhatsApp Business app.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        post: operations["createPhoneSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Its number is disconnected as by `DELETE /api/channels/{id}`, and a QR code that waits is withdrawn. Conversations stay readable.
         *
         *     Requires `channels:write`: roles owner, admin.
         */
        delete: operations["endPhoneSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the newest messages of a session's number, of all customers whose conversations the caller can see
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listSessionMessages"];
        put?: never;
        /**
         * Send a text from the number of a session
         * @description Works like `POST /api/messages`: the 24-hour window and `Idempotency-Key` apply.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["sendSessionMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a session
         * @description Includes the QR code while it waits to be scanned, if you may manage channels.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getPhoneSessionStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete the signup of a scanned QR code, and link the number
         * @description The phone calls it with what Meta's page returned, and has not signed in. If there is no answer, send the same request again.
         */
        post: operations["completePhoneSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a scanned QR code
         * @description The phone calls it, which has not signed in: the state is what it may show.
         */
        post: operations["scanPhoneSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the settings of the business
         * @description Requires `users:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update the settings of the business
         * @description Users who must have two-factor authentication and have not enabled it can only use their own account until they do.
         *
         *     Requires `settings:write`: roles owner.
         */
        patch: operations["updateSettings"];
        trace?: never;
    };
    "/api/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tasks of one assignee: open ones by due time, or done ones
         * @description A page may hold fewer than `limit` tasks and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List message templates by name and language
         * @description They are as WhatsApp last listed them. A page may be short although more follow: go on while there is a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listTemplates"];
        put?: never;
        /**
         * Create a message template, and submit it to WhatsApp for review
         * @description It is checked by WhatsApp's rules first; an error names the field. The review takes from a minute to a day. The status changes by itself.
         *
         *     Requires `templates:write`: roles owner, admin, marketer, and API keys with this scope.
         */
        post: operations["createTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a message template
         * @description Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getTemplate"];
        put?: never;
        post?: never;
        /**
         * Delete a message template in its language
         * @description WhatsApp deletes it within a minute, and blocks the name of an approved template for 30 days.
         *
         *     Requires `templates:write`: roles owner, admin, marketer, and API keys with this scope.
         */
        delete: operations["deleteTemplate"];
        options?: never;
        head?: never;
        /**
         * Change a message template
         * @description WhatsApp reviews a change of its content. It takes one change of an approved template a day, and ten in 30 days; rejected and paused templates can be changed at any time. Files and `isDefault` are changed here alone. `editing` is false, and `editProblem` null, once WhatsApp has the change.
         *
         *     Requires `templates:write`: roles owner, admin, marketer, and API keys with this scope.
         */
        patch: operations["updateTemplate"];
        trace?: never;
    };
    "/api/templates/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the progress of the synchronisation, for each account
         * @description All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getTemplateSync"];
        put?: never;
        /**
         * Read the templates of every account from WhatsApp anew
         * @description It also happens once a day, and when WhatsApp reports a change. Follow it with `GET /api/templates/sync`.
         *
         *     Requires `templates:write`: roles owner, admin, marketer, and API keys with this scope.
         */
        post: operations["startTemplateSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description All of them are on one page.
         *
         *     Requires `users:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Invite a user
         * @description We email the invitation, and the answer contains a token that you can pass on. Until the business connects a WhatsApp number, it can send ten invitations a day.
         *
         *     Requires `users:write`: roles owner, admin.
         */
        post: operations["inviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a user
         * @description A new role or deactivation ends the user's sessions immediately. A change of visibility takes effect with the next request.
         *
         *     Requires `users:write`: roles owner, admin.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/users/{id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Email a user a link to reset the password
         * @description Only the user can choose the new password.
         *
         *     Requires `users:write`: roles owner, admin.
         */
        post: operations["requestUserPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Reset a user's two-factor authentication
         * @description Use it when a user has lost both the app and the recovery codes.
         *
         *     Requires `users:write`: roles owner, admin.
         */
        delete: operations["resetUserSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks
         * @description All of them are on one page.
         *
         *     Requires `webhooks:write`: roles owner, admin.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description The answer contains the signing secret, which is shown only once. Deliveries follow the Standard Webhooks specification: verify `webhook-signature` with the secret.
         *
         *     Requires `webhooks:write`: roles owner, admin.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Events on their way to it are dropped.
         *
         *     Requires `webhooks:write`: roles owner, admin.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Update a webhook, or switch it off and on
         * @description Requires `webhooks:write`: roles owner, admin.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of the last 30 days to a webhook, the newest event first
         * @description Requires `webhooks:write`: roles owner, admin.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries/{eventId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event again that was delivered or given up
         * @description It keeps its ID, and contains the present state of its object.
         *
         *     Requires `webhooks:write`: roles owner, admin.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the signing secret
         * @description The answer contains the new one. The old one also signs for 24 hours, so that you can change your receiver in between.
         *
         *     Requires `webhooks:write`: roles owner, admin.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event of type `ping`
         * @description Its delivery is in the list of deliveries.
         *
         *     Requires `webhooks:write`: roles owner, admin.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whatsapp/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the conversations that the caller can see
         * @description An alias of `GET /api/conversations`, for existing front ends.
         *
         *     The last active comes first. A page may hold fewer than `limit` conversations and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listConversationsAlias"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whatsapp/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a conversation
         * @description An alias of `GET /api/conversations/{id}`, for existing front ends.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getConversationAlias"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whatsapp/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a conversation
         * @description An alias of `GET /api/conversations/{id}/messages`, for existing front ends.
         *
         *     The newest comes first. A page may hold fewer than `limit` messages and still have a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listMessagesAlias"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whatsapp/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a conversation as read
         * @description An alias of `POST /api/conversations/{id}/read`, for existing front ends.
         *
         *     The customer sees this if there was a new message and the channel's read receipts are on.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["markConversationReadAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whatsapp/messages/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message and wait for WhatsApp's answer
         * @description An alias of `POST /api/whatsapp/send`, for existing front ends.
         *
         *     Works like `POST /api/messages`, but waits up to three seconds unless `Prefer: wait=N` says otherwise.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["sendMessageAndWaitAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whatsapp/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message and wait for WhatsApp's answer
         * @description Works like `POST /api/messages`, but waits up to three seconds unless `Prefer: wait=N` says otherwise.
         *
         *     Requires `inbox:write`: roles owner, admin, marketer, agent, and API keys with this scope.
         */
        post: operations["sendMessageAndWait"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whatsapp/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of the WhatsApp connection
         * @description It includes the connected numbers, and whether WhatsApp accepts their messages.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getWhatsappStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whatsapp/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List message templates by name and language
         * @description An alias of `GET /api/templates`, for existing front ends.
         *
         *     They are as WhatsApp last listed them. A page may be short although more follow: go on while there is a `nextCursor`.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["listTemplatesAlias"];
        put?: never;
        /**
         * Create a message template, and submit it to WhatsApp for review
         * @description An alias of `POST /api/templates`, for existing front ends.
         *
         *     It is checked by WhatsApp's rules first; an error names the field. The review takes from a minute to a day. The status changes by itself.
         *
         *     Requires `templates:write`: roles owner, admin, marketer, and API keys with this scope.
         */
        post: operations["createTemplateAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whatsapp/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a message template
         * @description An alias of `GET /api/templates/{id}`, for existing front ends.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getTemplateAlias"];
        put?: never;
        post?: never;
        /**
         * Delete a message template in its language
         * @description An alias of `DELETE /api/templates/{id}`, for existing front ends.
         *
         *     WhatsApp deletes it within a minute, and blocks the name of an approved template for 30 days.
         *
         *     Requires `templates:write`: roles owner, admin, marketer, and API keys with this scope.
         */
        delete: operations["deleteTemplateAlias"];
        options?: never;
        head?: never;
        /**
         * Change a message template
         * @description An alias of `PATCH /api/templates/{id}`, for existing front ends.
         *
         *     WhatsApp reviews a change of its content. It takes one change of an approved template a day, and ten in 30 days; rejected and paused templates can be changed at any time. Files and `isDefault` are changed here alone. `editing` is false, and `editProblem` null, once WhatsApp has the change.
         *
         *     Requires `templates:write`: roles owner, admin, marketer, and API keys with this scope.
         */
        patch: operations["updateTemplateAlias"];
        trace?: never;
    };
    "/api/whatsapp/templates/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the progress of the synchronisation, for each account
         * @description An alias of `GET /api/templates/sync`, for existing front ends.
         *
         *     All of them are on one page.
         *
         *     Requires `inbox:read`: roles owner, admin, marketer, agent, viewer, and API keys with this scope.
         */
        get: operations["getTemplateSyncAlias"];
        put?: never;
        /**
         * Read the templates of every account from WhatsApp anew
         * @description An alias of `POST /api/templates/sync`, for existing front ends.
         *
         *     It also happens once a day, and when WhatsApp reports a change. Follow it with `GET /api/templates/sync`.
         *
         *     Requires `templates:write`: roles owner, admin, marketer, and API keys with this scope.
         */
        post: operations["startTemplateSyncAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description An action in the audit log.
         *
         *     - `signed_in`: A user signed in.
         *     - `sign_in_failed`: A sign-in failed: the password or the code was wrong.
         *     - `signed_out`: A session was ended.
         *     - `token_reused`: A refresh token was used twice, so the session was ended.
         *     - `password_changed`: A user changed or reset the password.
         *     - `email_verified`: A user verified the email address.
         *     - `reset_asked`: A password reset was requested.
         *     - `second_factor_set`: A user enabled two-factor authentication.
         *     - `second_factor_removed`: Two-factor authentication was disabled or reset.
         *     - `recovery_codes`: A user used a recovery code, or created new ones.
         *     - `refused`: A request was refused for lack of permission.
         *     - `tenant_created`: The business was created.
         *     - `settings_changed`: The settings of the business were changed.
         *     - `user_invited`: A user was invited, or the invitation was revoked.
         *     - `user_joined`: A user joined the business.
         *     - `user_changed`: A user was changed: role, name, visibility, activation.
         *     - `key_created`: An API key was created.
         *     - `key_handed_over`: A user took over an API key.
         *     - `key_revoked`: An API key was revoked.
         *     - `channel_changed`: A channel was changed, paused or resumed.
         *     - `channel_connected`: A number was connected.
         *     - `channel_disconnected`: A number was disconnected.
         *     - `budget_created`: A budget was created.
         *     - `budget_changed`: A budget was changed.
         *     - `budget_deleted`: A budget was deleted.
         *     - `template_created`: A message template was created.
         *     - `template_changed`: A message template was changed.
         *     - `template_deleted`: A message template was deleted.
         *     - `stage_moved`: A lead was moved to another stage.
         *     - `lead_created`: A lead was created.
         *     - `lead_changed`: A lead was changed.
         *     - `lead_deleted`: A lead was deleted.
         *     - `lead_restored`: A deleted lead was restored.
         *     - `leads_merged`: A lead was merged into another.
         *     - `merge_undone`: A merge of leads was undone.
         *     - `lead_blocked`: A lead was blocked.
         *     - `lead_unblocked`: A lead was unblocked.
         *     - `lead_erased`: Everything that is known of a lead is erased.
         *     - `duplicate_dismissed`: Two leads were settled as not the same person.
         *     - `lead_fields_changed`: The custom fields of leads were changed.
         *     - `pipeline_changed`: A pipeline was created, changed or deleted, or the automatic moves were changed.
         *     - `deal_created`: A deal was created.
         *     - `deal_changed`: A deal was changed.
         *     - `deal_moved`: A deal was moved to another stage.
         *     - `deal_deleted`: A deal was deleted.
         *     - `segment_changed`: A segment was created, changed or deleted.
         *     - `consent_changed`: A lead's consent was changed by a user.
         *     - `message_sent`: A message was sent. The message itself is the entry.
         *     - `conversation_status_changed`: A conversation was opened, closed, snoozed or marked as pending.
         *     - `conversation_assigned`: A conversation was assigned or unassigned.
         *     - `conversation_started`: The business started a conversation.
         *     - `webhook_created`: A webhook was created.
         *     - `webhook_changed`: A webhook was changed, or its secret replaced.
         *     - `webhook_deleted`: A webhook was deleted.
         *     - `webhook_disabled`: A webhook that failed for three days was switched off.
         *     - `leads_imported`: Leads were imported from a file, or the file was checked.
         *     - `data_exported`: Leads or conversations were exported.
         *     - `bulk_changed`: Many leads or conversations were changed at once, or such a change was undone.
         *     - `exported`: The audit log was exported.
         * @enum {string}
         */
        Action: "signed_in" | "sign_in_failed" | "signed_out" | "token_reused" | "password_changed" | "email_verified" | "reset_asked" | "second_factor_set" | "second_factor_removed" | "recovery_codes" | "refused" | "tenant_created" | "settings_changed" | "user_invited" | "user_joined" | "user_changed" | "key_created" | "key_handed_over" | "key_revoked" | "channel_changed" | "channel_connected" | "channel_disconnected" | "budget_created" | "budget_changed" | "budget_deleted" | "template_created" | "template_changed" | "template_deleted" | "stage_moved" | "lead_created" | "lead_changed" | "lead_deleted" | "lead_restored" | "leads_merged" | "merge_undone" | "lead_blocked" | "lead_unblocked" | "lead_erased" | "duplicate_dismissed" | "lead_fields_changed" | "pipeline_changed" | "deal_created" | "deal_changed" | "deal_moved" | "deal_deleted" | "segment_changed" | "consent_changed" | "message_sent" | "conversation_status_changed" | "conversation_assigned" | "conversation_started" | "webhook_created" | "webhook_changed" | "webhook_deleted" | "webhook_disabled" | "leads_imported" | "data_exported" | "bulk_changed" | "exported";
        /** @description A call, an email or a meeting. */
        Activity: {
            /** @description Who logged it. */
            by: components["schemas"]["Actor"];
            /** @description How many minutes it took. Null if unknown. */
            minutes: number | null;
            /** @description What it was about. Null if nothing was written down. */
            text: string | null;
        };
        /** @description A call, email or meeting to log. */
        ActivityBody: {
            /**
             * Format: date-time
             * @description When it took place. Defaults to now.
             * @example 2026-09-21T14:13:20.000Z
             */
            at?: string | null;
            /** @description How many minutes it took. */
            minutes?: number | null;
            /** @description What it was about. */
            text?: string | null;
            /** @description Whether it was a call, an email or a meeting. */
            type: components["schemas"]["ActivityKind"];
        };
        /**
         * @description Something that took place outside WhatsApp.
         *
         *     - `call`: A phone call.
         *     - `email`: An email.
         *     - `meeting`: A meeting.
         * @enum {string}
         */
        ActivityKind: "call" | "email" | "meeting";
        /** @description The ID of the user, API key or operator that acts. */
        Actor: string;
        /**
         * @description An amount in some currency, exact to a millionth of its unit. Written as a decimal, such as `0.0107`.
         * @example 0.0107
         */
        Amount: string;
        /**
         * @description The ID of an API key.
         * @example key_01M3250VASBF3MSX3QTC83A67F
         */
        ApiKeyId: string;
        /** @description The price that a user approves. */
        ApprovalBody: {
            /**
             * @description Whether to send it although its price is unknown.
             * @default false
             */
            acceptUnknownPrice: boolean;
            /** @description The most that the message may cost. Defaults to the price that was agreed to before. */
            maxPrice?: components["schemas"]["Amount"] | null;
        };
        /** @description A new assignee. */
        AssignBody: {
            /** @description The ID of the user to assign, or null to unassign. */
            assignee?: string | null;
        };
        /** @description The assignee of a conversation. */
        Assignee: {
            /** @description The user's ID. */
            id: components["schemas"]["UserId"];
            /** @description The user's name. */
            name: string;
            /** @constant */
            type: "user";
        };
        /** @description The ID of the user whom a conversation is assigned to. */
        AssigneeId: string;
        /**
         * @description What WhatsApp did about it.
         *
         *     - `pending`: WhatsApp is still to be asked.
         *     - `done`: WhatsApp did it.
         *     - `refused`: WhatsApp refused: it blocks only users who wrote within the last 24 hours.
         * @enum {string}
         */
        AtWhatsapp: "pending" | "done" | "refused";
        /** @description An entry of the audit log. */
        AuditEntry: {
            /** @description The action. */
            action: components["schemas"]["Action"];
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description The user, API key or operator that did it. */
            by: components["schemas"]["Actor"];
            /** @description Details of the action. */
            detail: string;
            /** @description The entry's ID. If a message was sent, the message's ID. */
            id: string;
            /** @description The number of the link of the audit chain that covers the entry. Null until there is one, and for messages. */
            link: number | null;
            /** @description The ID of the object, or the route. */
            target: string;
            /** @description How often it happened within this minute. Refused requests and failed sign-ins are counted in one entry. */
            times: number;
        };
        /** @description A page of a list. */
        AuditEntryPage: {
            /** @description The items of the page. */
            items: components["schemas"]["AuditEntry"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description The moves of leads that happen by themselves. */
        AutomaticMoves: {
            /** @description Where the first answer moves a lead in the stage `New` or `Incoming`. Null leaves it there. */
            answer: components["schemas"]["Stage"] | null;
            /** @description The stage of a lead that a customer's first message creates. */
            firstMessage: components["schemas"]["Stage"];
            /** @description Where a later message moves a lead in the stage `New` or `Incoming`. Null leaves it there. */
            laterMessage: components["schemas"]["Stage"] | null;
        };
        /**
         * @description The rule that a price follows from.
         *
         *     - `rate`: The rate of the card.
         *     - `open_window`: The 24-hour window is open, and until 30 September 2026 WhatsApp charges nothing for this category then.
         *     - `free_entry_point`: The customer came by an ad, and everything is free for 72 hours.
         *     - `free_allowance`: The first 1,000 service messages of a number in a month are free. The rate applies after them.
         * @enum {string}
         */
        Basis: "rate" | "open_window" | "free_entry_point" | "free_allowance";
        /** @description Whether a lead is blocked. */
        Block: {
            /**
             * Format: date-time
             * @description When. Null if nobody did.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string | null;
            /** @description What WhatsApp did about it. Null if nobody blocked the lead. */
            atWhatsapp: components["schemas"]["AtWhatsapp"] | null;
            /** @description Whether the lead is blocked by the business. */
            blocked: boolean;
            /** @description Who blocked or unblocked the lead. Null if nobody did. */
            by: components["schemas"]["Actor"] | null;
            /** @description Why WhatsApp refused. Null if it did not. */
            reason: string | null;
        };
        /**
         * @description WhatsApp's business-scoped ID of a user, such as `IN.77120934411`. Case-sensitive.
         * @example IN.77120934411
         */
        Bsuid: string;
        /** @description A budget, and what is spent of it in the current period. */
        Budget: {
            /** @description What happens to messages for which there is no room. */
            action: components["schemas"]["BudgetAction"];
            /** @description The amount that may be spent in a period. */
            amount: components["schemas"]["Amount"];
            /** @description The channel whose messages it covers. Null if it covers those of all channels. */
            channelId: components["schemas"]["ChannelId"] | null;
            /** @description The currency. Messages that are paid in another currency do not count. */
            currency: components["schemas"]["Currency"];
            /** @description The current period: its day or month. */
            current: components["schemas"]["PeriodName"];
            /** @description The budget's ID. */
            id: components["schemas"]["BudgetId"];
            /** @description How long a period lasts. */
            period: components["schemas"]["BudgetPeriod"];
            /**
             * Format: date-time
             * @description When 80 % of the amount was reached. Null if it was not.
             * @example 2026-09-21T14:13:20.000Z
             */
            reached80At: string | null;
            /**
             * Format: date-time
             * @description When 100 % of the amount was reached. Null if it was not.
             * @example 2026-09-21T14:13:20.000Z
             */
            reached100At: string | null;
            /** @description The part of `spent` that WhatsApp has settled. */
            settled: components["schemas"]["Amount"];
            /** @description The settled costs of the period, and the quotes of messages that are on their way. */
            spent: components["schemas"]["Amount"];
        };
        /**
         * @description What happens to a message for which a budget has no room.
         *
         *     - `warn`: The message is sent. The budget only gives notices.
         *     - `ask`: The message is held until a user approves it, or the budget has room.
         *     - `hold`: The message is held until the budget has room.
         * @enum {string}
         */
        BudgetAction: "warn" | "ask" | "hold";
        /** @description A change of a budget. Omitted fields stay as they are. */
        BudgetBody: {
            /** @description What happens to messages for which there is no room. */
            action?: components["schemas"]["BudgetAction"] | null;
            /** @description The amount that may be spent in a period. */
            amount?: components["schemas"]["Amount"] | null;
        };
        /**
         * @description The ID of a budget.
         * @example bud_01M3250VASBF3MSX3QTC83A67F
         */
        BudgetId: string;
        /**
         * @description How long a budget lasts. A message counts in the period of its own account's time zone.
         *
         *     - `day`: A calendar day.
         *     - `month`: A calendar month.
         * @enum {string}
         */
        BudgetPeriod: "day" | "month";
        /** @description The budgets of the business. */
        Budgets: {
            /** @description The budgets, the oldest first. */
            items: components["schemas"]["Budget"][];
        };
        /**
         * @description The change that is made to each.
         *
         *     - `tag`: Add `tags` to leads.
         *     - `untag`: Remove `tags` from leads.
         *     - `set_owner`: Give leads the owner `ownerId`, or none.
         *     - `set_stage`: Move leads to `stage`.
         *     - `delete`: Delete leads. They can be restored for 30 days.
         *     - `assign`: Assign conversations to `assignee`, or unassign them.
         *     - `open`: Open conversations.
         *     - `close`: Close conversations.
         *     - `snooze`: Snooze conversations until `snoozedUntil`.
         *     - `read`: Mark conversations as read. Customers are not told, and it cannot be undone.
         * @enum {string}
         */
        BulkAction: "tag" | "untag" | "set_owner" | "set_stage" | "delete" | "assign" | "open" | "close" | "snooze" | "read";
        /** @description A change of many leads or conversations. Send the fields of its action, and what to change: some IDs or a filter. */
        BulkBody: {
            /** @description The change that is made to each. */
            action: components["schemas"]["BulkAction"];
            /** @description The assignee, for `assign`. Null unassigns. */
            assignee?: components["schemas"]["UserId"] | null;
            /** @description Only these conversations. */
            conversationIds?: components["schemas"]["ConversationId"][] | null;
            /** @description All conversations that match. */
            conversations?: components["schemas"]["ConversationFilter"] | null;
            /** @description Only these leads. */
            leadIds?: components["schemas"]["LeadId"][] | null;
            /** @description All leads that match. */
            leads?: components["schemas"]["LeadSelection"] | null;
            /** @description Why the sales were lost, for the stage `Lost`. */
            lostReason?: string | null;
            /** @description The owner, for `set_owner`. Null removes the owner. */
            ownerId?: components["schemas"]["UserId"] | null;
            /**
             * Format: date-time
             * @description When the snooze ends, for `snooze`.
             * @example 2026-09-21T14:13:20.000Z
             */
            snoozedUntil?: string | null;
            /** @description The stage, for `set_stage`. */
            stage?: components["schemas"]["Stage"] | null;
            /** @description The tags, for `tag` and `untag`. */
            tags?: string[] | null;
        };
        /** @description A bulk change. */
        BulkChange: {
            /** @description The change that is made to each. */
            action: components["schemas"]["BulkAction"];
            /** @description Who began it. */
            by: components["schemas"]["Actor"];
            /** @description Whether it can be undone. */
            canBeUndone: boolean;
            /** @description The number of them by result. */
            counts: components["schemas"]["BulkCounts"];
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description How many of them are done. */
            done: number;
            /**
             * Format: date-time
             * @description When it ended. Null until then.
             * @example 2026-09-21T14:13:20.000Z
             */
            endedAt: string | null;
            /** @description The bulk change's ID. */
            id: components["schemas"]["LongJobId"];
            /** @description Why it failed. Null unless it did. */
            problem: string | null;
            /** @description Where the report of each can be downloaded as CSV. Null until it is there, and once it is removed. */
            reportUrl: string | null;
            /** @description The state of the job. */
            state: components["schemas"]["JobState"];
            /** @description How many leads or conversations it is about. Null until they are counted. */
            total: number | null;
            /** @description The bulk change that this one undoes. Null if it undoes none. */
            undoes: components["schemas"]["LongJobId"] | null;
        };
        /** @description A page of a list. */
        BulkChangePage: {
            /** @description The items of the page. */
            items: components["schemas"]["BulkChange"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description The number of leads or conversations by result. */
        BulkCounts: {
            /** @description Those that were changed. */
            changed: number;
            /** @description Those that could not be changed. The report says why. */
            refused: number;
            /** @description Those that were so before, or that are gone. */
            unchanged: number;
        };
        /** @description A business. */
        Business: {
            /** @description The industry of the business. Null if not set. */
            businessCategory: string | null;
            /** @description The name of the business. */
            companyName: string;
            /**
             * Format: date-time
             * @description When the business was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description The business's ID. */
            id: components["schemas"]["TenantId"];
            /** @description Whether users of the business can sign in. */
            isActive: boolean;
            /** @description The languages of the business, the main language first. */
            languages: components["schemas"]["Language"][];
            /** @description What happens to marketing messages to customers whose consent is not recorded. */
            marketingWithoutConsent: components["schemas"]["UnrecordedConsent"];
            /** @description Which users must have two-factor authentication. */
            secondFactorRequiredOf: components["schemas"]["SecondFactorRule"];
            /** @description The confirmation that a customer gets once after STOP. Null if they get none. */
            stopConfirmation: string | null;
            /** @description The time zone of the business. */
            timezone: components["schemas"]["TimeZone"];
        };
        /** @description A page of a list. */
        BusinessPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Business"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description The business profile of a number. */
        BusinessProfile: {
            /** @description A line about the business. */
            about: string | null;
            /** @description The address of the business. */
            address: string | null;
            /** @description A description of the business. */
            description: string | null;
            /** @description The email address of the business. */
            email: string | null;
            /**
             * Format: date-time
             * @description When it was last read at Meta. Null if Meta did not show it: check the number.
             * @example 2026-09-21T14:13:20.000Z
             */
            readAt: string | null;
            /** @description Why Meta rejected the last change. Null if it accepted it. */
            rejection: components["schemas"]["ProfileRejection"] | null;
            /** @description Whether a change is on its way to Meta. It takes a few seconds. The fields show the change already. */
            saving: boolean;
            /** @description The websites of the business, at most two. */
            websites: string[];
        };
        /** @description Up to three buttons. The customer taps one. */
        Buttons: {
            /** @description The question. */
            body: string;
            /** @description The buttons. */
            buttons: components["schemas"]["ReplyButton"][];
            /** @description A small line below it. */
            footer?: string | null;
            /** @description A line above it. */
            header?: string | null;
        };
        /** @description The hours of a day in which calls are taken. */
        CallHours: {
            /** @description When they end, such as `17:30`. */
            close: string;
            /** @description The day. */
            day: components["schemas"]["Weekday"];
            /** @description When they begin, such as `09:00`. */
            open: string;
        };
        /** @description Asks the customer for the permission to call. */
        CallPermissionRequest: {
            /** @description Why the business wants to call. */
            body: string;
        };
        /** @description Whether and when customers can call the number. */
        CallSettings: {
            /**
             * @description Whether they can.
             * @default false
             */
            enabled: boolean;
            /**
             * @description The hours. Calls are taken at any time if there are none.
             * @default []
             */
            hours: components["schemas"]["CallHours"][];
            /** @description The time zone of the hours, such as `Asia/Kolkata`. */
            timeZone: string | null;
        };
        /** @description Whether and when customers can call the number. */
        CallSettingsInput: {
            /**
             * @description Whether they can.
             * @default false
             */
            enabled: boolean;
            /**
             * @description The hours. Calls are taken at any time if there are none.
             * @default []
             */
            hours: components["schemas"]["CallHours"][];
            /** @description The time zone of the hours, such as `Asia/Kolkata`. */
            timeZone?: string | null;
        };
        /** @description A postal address on a card. */
        CardAddress: {
            /** @description The city. */
            city?: string;
            /** @description The country's name. */
            country?: string;
            /** @description The country's two-letter ISO 3166 code. */
            countryCode?: string;
            /** @description The state or province. */
            state?: string;
            /** @description Street and house number. */
            street?: string;
            /** @description The label on the card, such as `HOME` or `WORK`. */
            type?: string;
            /** @description The postal code. */
            zip?: string;
        };
        /** @description A postal address on a card. */
        CardAddressInput: {
            /** @description The city. */
            city?: string | null;
            /** @description The country's name. */
            country?: string | null;
            /** @description The country's two-letter ISO 3166 code. */
            countryCode?: string | null;
            /** @description The state or province. */
            state?: string | null;
            /** @description Street and house number. */
            street?: string | null;
            /** @description The label on the card, such as `HOME` or `WORK`. */
            type?: string | null;
            /** @description The postal code. */
            zip?: string | null;
        };
        /** @description An email address on a card. */
        CardEmail: {
            /** @description The email address. */
            email?: string;
            /** @description The label on the card, such as `HOME` or `WORK`. */
            type?: string;
        };
        /** @description An email address on a card. */
        CardEmailInput: {
            /** @description The email address. */
            email?: string | null;
            /** @description The label on the card, such as `HOME` or `WORK`. */
            type?: string | null;
        };
        /** @description A sample of each value of a card. */
        CardExamples: {
            /** @description Of its text's parameters, by name or number. */
            body?: {
                [key: string]: string;
            };
            /** @description Of its buttons, by their place from 0. */
            buttons?: {
                [key: string]: string;
            };
        };
        /** @description The company of a person on a card. */
        CardOrg: {
            /** @description The company. */
            company?: string;
            /** @description The department. */
            department?: string;
            /** @description The job title. */
            title?: string;
        };
        /** @description The company of a person on a card. */
        CardOrgInput: {
            /** @description The company. */
            company?: string | null;
            /** @description The department. */
            department?: string | null;
            /** @description The job title. */
            title?: string | null;
        };
        /** @description A phone number on a card. */
        CardPhone: {
            /** @description The number, as written on the card. */
            phone?: string;
            /** @description The label on the card, such as `CELL` or `WORK`. */
            type?: string;
            /** @description WhatsApp's ID of the number, if it is on WhatsApp. */
            waId?: string;
        };
        /** @description A phone number on a card. */
        CardPhoneInput: {
            /** @description The number, as written on the card. */
            phone?: string | null;
            /** @description The label on the card, such as `CELL` or `WORK`. */
            type?: string | null;
            /** @description WhatsApp's ID of the number, if it is on WhatsApp. */
            waId?: string | null;
        };
        /** @description A web page on a card. */
        CardUrl: {
            /** @description The label on the card, such as `HOME` or `WORK`. */
            type?: string;
            /** @description The URL. */
            url?: string;
        };
        /** @description A web page on a card. */
        CardUrlInput: {
            /** @description The label on the card, such as `HOME` or `WORK`. */
            type?: string | null;
            /** @description The URL. */
            url?: string | null;
        };
        /**
         * Format: date
         * @description The version of a card: the first day on which it holds, such as 2026-10-01.
         * @example 2026-10-01
         */
        CardVersion: string;
        /**
         * @description WhatsApp's category of a message. It decides the price.
         *
         *     - `marketing`: Offers and news: a template.
         *     - `utility`: About something that the customer asked for: a template.
         *     - `authentication`: A one-time code: a template.
         *     - `authentication_international`: A one-time code to another country, of a business that Meta has declared eligible.
         *     - `service`: Any message that is no template.
         * @enum {string}
         */
        Category: "marketing" | "utility" | "authentication" | "authentication_international" | "service";
        /**
         * @description The cause of a failed message, in more detail than the reason.
         *
         *     - `window_closed`: The customer last wrote more than 24 hours ago.
         *     - `paused`: Sending from this number is paused.
         *     - `disconnected`: The number was disconnected before the message went out.
         *     - `they_wrote`: The message was scheduled unless the customer writes, and they wrote.
         *     - `earlier_part`: An earlier part of the same text failed, so this one was not sent.
         *     - `expired`: The message could not be sent within its lifetime.
         *     - `opted_out`: The customer has opted out of such messages.
         *     - `price_changed`: The message would have cost more than its sender agreed to.
         *     - `budget_spent`: A budget has no room for the message.
         *     - `not_on_whatsapp`: The number is not on WhatsApp, or the customer's app cannot receive this message.
         *     - `country_not_allowed`: WhatsApp delivers no messages of businesses to this country.
         *     - `experiment`: WhatsApp excludes this customer in an experiment.
         *     - `not_a_test_recipient`: A test number reaches only the recipients on its list.
         *     - `own_number`: The recipient is the business's own number.
         *     - `phone_needed`: WhatsApp needs the customer's phone number, and shares only their user ID.
         *     - `blocked`: The business has blocked the customer.
         *     - `identity_changed`: The customer has changed their phone or account.
         *     - `marketing_held`: WhatsApp withholds a marketing message from this customer, who has had enough of them.
         *     - `marketing_opt_out`: The customer receives no marketing messages.
         *     - `spam_limit`: Customers have reported too many messages of this number as spam.
         *     - `too_fast`: Too many messages were sent within a short time.
         *     - `maintenance`: WhatsApp maintains the number or the account.
         *     - `whatsapp_error`: WhatsApp had an error of its own.
         *     - `token_invalid`: The access token is invalid, or has expired.
         *     - `permission_missing`: The access token lacks a permission.
         *     - `number_not_registered`: The business number is not registered with WhatsApp, or was deleted.
         *     - `display_name`: WhatsApp has not approved the number's display name.
         *     - `account_restricted`: WhatsApp has locked or restricted the account.
         *     - `payment`: WhatsApp cannot charge the account.
         *     - `file_not_uploaded`: The file could not be uploaded to WhatsApp.
         *     - `file`: WhatsApp does not accept the file.
         *     - `content`: WhatsApp does not accept a part of the message.
         *     - `template`: WhatsApp does not have the template, or does not accept its values.
         *     - `flow`: The flow is blocked, or is not published.
         *     - `group`: WhatsApp refuses it in this group.
         *     - `call`: WhatsApp refuses the call.
         *     - `unknown`: WhatsApp refuses the message without a cause that Leadwire knows.
         * @enum {string}
         */
        Cause: "window_closed" | "paused" | "disconnected" | "they_wrote" | "earlier_part" | "expired" | "opted_out" | "price_changed" | "budget_spent" | "not_on_whatsapp" | "country_not_allowed" | "experiment" | "not_a_test_recipient" | "own_number" | "phone_needed" | "blocked" | "identity_changed" | "marketing_held" | "marketing_opt_out" | "spam_limit" | "too_fast" | "maintenance" | "whatsapp_error" | "token_invalid" | "permission_missing" | "number_not_registered" | "display_name" | "account_restricted" | "payment" | "file_not_uploaded" | "file" | "content" | "template" | "flow" | "group" | "call" | "unknown";
        /** @description A password change. */
        ChangeBody: {
            /**
             * Format: password
             * @description The current password.
             */
            currentPassword: string;
            /**
             * Format: password
             * @description The new password. Easily guessed passwords are rejected.
             */
            newPassword: string;
        };
        /** @description A connected WhatsApp business number. */
        Channel: {
            /** @description Whether the name of the user who writes stands before each text. */
            agentNames: boolean;
            /** @description Meta's ID of the WhatsApp Business account. */
            businessAccountId: string;
            /**
             * Format: date-time
             * @description When Meta was last asked.
             * @example 2026-09-21T14:13:20.000Z
             */
            checkedAt: string | null;
            /** @description Whether a check is under way. It takes a few seconds. */
            checking: boolean;
            /** @description What the last check with Meta found. Empty if the number was never checked. */
            checks: components["schemas"]["ChannelCheck"][];
            /** @description The currency in which Meta charges the WhatsApp Business account. Null if it is not known: prices are then unknown. */
            currency: components["schemas"]["Currency"] | null;
            /**
             * @description How many messages are held because the number is paused or WhatsApp rejects it, counted up to 100. They are sent
             *     once it is resumed, or its access token is replaced.
             */
            heldMessages: number;
            /** @description How much of the past of the number's phone has been imported, in percent. Null if none has. */
            historyPercent: number | null;
            /** @description The channel's ID. */
            id: components["schemas"]["ChannelId"];
            /**
             * Format: date-time
             * @description When the newest webhook of the number arrived, to ten minutes. Null if none has arrived since it was connected.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastHeardAt: string | null;
            /**
             * @description How many customers the business portfolio may write to outside their windows in 24 hours, as of the last check:
             *     TIER_250 to TIER_UNLIMITED. Meta may add values.
             */
            messagingTier: string | null;
            /** @description The channel's name. */
            name: string;
            /** @description Whether the number is also in use in the WhatsApp Business app, which limits it to 20 messages a second. */
            onPhone: boolean;
            /** @description Whether sending is paused. Messages are then held, for at most 24 hours. */
            paused: boolean;
            /** @description Whether requests to pay are sent from this number. */
            payments: boolean;
            /** @description The phone number, formatted for display. */
            phoneNumber: string;
            /** @description Meta's ID of the phone number. */
            phoneNumberId: components["schemas"]["PhoneNumberId"];
            /** @description Meta's quality rating, as of the last check: GREEN, YELLOW, RED or UNKNOWN. Meta may add values. */
            quality: string | null;
            /** @description Whether customers see read receipts and typing indicators. */
            readReceipts: boolean;
            /**
             * @description Why WhatsApp rejects messages from this number. Null if it accepts them. While it rejects them, Leadwire holds the
             *     number's messages, and tries the oldest every ten minutes.
             */
            refusal: components["schemas"]["ChannelRefusal"] | null;
            /** @description How many messages a second the number takes, as of the last check: STANDARD for 80, HIGH for 1,000. */
            throughput: string | null;
            /** @description The time zone of the WhatsApp Business account. Price lists begin at its midnight. */
            timeZone: components["schemas"]["TimeZone"];
            /**
             * Format: date-time
             * @description When the access token expires, as of the last check. Null if it does not expire, or if Meta did not say.
             * @example 2026-09-21T14:13:20.000Z
             */
            tokenExpiresAt: string | null;
            /** @description Whether the access token expires within 7 days, or has expired. Replace it before then. */
            tokenExpiresSoon: boolean;
            /** @description The last four characters of the number's own access token. Null if it uses the application's token. */
            tokenLast4: string | null;
            /** @description The permissions of the access token, by Meta's names, as of the last check. Empty if Meta did not say. */
            tokenPermissions: string[];
            /** @description The name that customers see, as of the last check. */
            verifiedName: string | null;
            /**
             * @description The verify token to enter with the URL. Null if the number uses the application's, or if you may not manage
             *     channels.
             */
            verifyToken: string | null;
            /** @description The URL to enter as the callback URL in the app's dashboard. */
            webhookUrl: string;
        };
        /** @description A change of a channel. Omitted fields stay as they are. */
        ChannelBody: {
            /**
             * Format: password
             * @description A new access token from Meta, for the same number. It is never shown.
             */
            accessToken?: string | null;
            /**
             * @description Whether the name of the user who writes stands before each text, in a line of its own. Templates, captions and
             *     messages of API keys have none.
             */
            agentNames?: boolean | null;
            /** @description The currency in which Meta charges the WhatsApp Business account, if Meta does not say it. */
            currency?: components["schemas"]["Currency"] | null;
            /** @description Whether requests to pay are sent from this number. Meta approves payments per WhatsApp Business account. */
            payments?: boolean | null;
            /** @description Whether customers see read receipts and typing indicators. */
            readReceipts?: boolean | null;
            /** @description The time zone of the WhatsApp Business account. */
            timeZone?: components["schemas"]["TimeZone"] | null;
        };
        /** @description What a check of a number found. */
        ChannelCheck: {
            /**
             * Format: int64
             * @description Meta's error code. Null if Meta did not answer with an error.
             */
            code: number | null;
            /** @description What Meta reports. */
            detail: string;
            /** @description What was checked. */
            name: components["schemas"]["CheckName"];
            /** @description What to do. Null if there is nothing to do. */
            nextStep: string | null;
            /** @description Whether it is as it should be. */
            ok: boolean;
        };
        /**
         * @description The ID of a channel: a connected WhatsApp business number.
         * @example chn_01M3250VASBF3MSX3QTC83A67F
         */
        ChannelId: string;
        /** @description A page of a list. */
        ChannelPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Channel"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description Why WhatsApp rejects messages from a number. They wait until the cause is fixed. */
        ChannelRefusal: {
            /** @description The cause, in more detail. */
            cause: components["schemas"]["Cause"];
            /**
             * Format: int64
             * @description WhatsApp's error code. Null if the error is not from WhatsApp.
             */
            code: number | null;
            /** @description WhatsApp's explanation. Null if there is none. */
            detail: string | null;
            /** @description What you can do next. */
            nextStep: components["schemas"]["NextStep"];
            /** @description The reason. */
            reason: components["schemas"]["Reason"];
            /**
             * Format: date-time
             * @description When WhatsApp first rejected a message.
             * @example 2026-09-21T14:13:20.000Z
             */
            since: string;
        };
        /** @description A signup that has begun. */
        ChannelSignup: {
            /**
             * Format: date-time
             * @description When the signup expires.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description Meta's page. Open it in the browser. */
            url: string;
        };
        /**
         * @description What is checked of a number.
         *
         *     - `token`: Whether Meta accepts the access token.
         *     - `expiry`: Whether the token still lasts for a while.
         *     - `permissions`: Whether the token has the permissions that a number needs.
         *     - `number`: Whether the token gives access to the number.
         *     - `account`: Whether the number belongs to the account.
         *     - `registration`: Whether the number is registered for the Cloud API.
         *     - `subscription`: Whether Meta posts the account's webhooks to an app.
         *     - `callback`: Whether Meta posts the number's webhooks to this installation.
         *     - `health`: Whether Meta lets the number send.
         *     - `profile`: Whether Meta accepted the last change of the business profile.
         * @enum {string}
         */
        CheckName: "token" | "expiry" | "permissions" | "number" | "account" | "registration" | "subscription" | "callback" | "health" | "profile";
        /** @description A business to create. */
        ClientBody: {
            /** @description The industry of the business. */
            businessCategory?: string | null;
            /** @description The name of the business, without a web address. */
            companyName: string;
            /** @description The languages of the business, the main language first. */
            languages?: components["schemas"]["Language"][] | null;
            /** @description The email address of the owner, who is invited. */
            ownerEmail?: components["schemas"]["EmailAddress"] | null;
            /** @description The time zone of the business. */
            timezone?: components["schemas"]["TimeZone"] | null;
        };
        /** @description A change of a business. Omitted fields stay as they are. */
        ClientChangeBody: {
            /** @description The industry of the business. */
            businessCategory?: string | null;
            /** @description The name of the business, without a web address. */
            companyName?: string | null;
            /** @description Whether users of the business can sign in. */
            isActive?: boolean | null;
            /** @description The languages of the business, the main language first. */
            languages?: components["schemas"]["Language"][] | null;
            /** @description The time zone of the business. */
            timezone?: components["schemas"]["TimeZone"] | null;
        };
        /** @description The Android app that takes a code. */
        CodeApp: {
            /**
             * @description The app's package name.
             * @example com.example.shop
             */
            packageName: string;
            /** @description The hash of its signing key: 11 characters. */
            signatureHash: string;
        };
        /** @description A two-factor code. */
        CodeBody: {
            /**
             * Format: password
             * @description The six-digit code of the authenticator app, or a recovery code.
             */
            code: string;
        };
        /**
         * @description How a one-time code reaches the place where it is entered.
         *
         *     - `copy_code`: The customer copies it with a button.
         *     - `one_tap`: A button gives it to the business's Android app.
         * @enum {string}
         */
        CodeDelivery: "copy_code" | "one_tap";
        /** @description A command that a customer types, such as `/order`. */
        Command: {
            /** @description What it does. */
            description: string;
            /** @description Its name, without the slash. */
            name: string;
        };
        /** @description A number to connect. Meta shows the IDs in the app's dashboard, under WhatsApp, API Setup. */
        ConnectBody: {
            /**
             * Format: password
             * @description An access token of a system user with whatsapp_business_messaging and whatsapp_business_management. It is never
             *     shown.
             */
            accessToken: string;
            /** @description Meta's ID of the WhatsApp Business account. */
            businessAccountId: string;
            /** @description A name for the channel. */
            name: string;
            /** @description Meta's ID of the phone number. */
            phoneNumberId: string;
            /**
             * Format: password
             * @description The token that Meta repeats when the webhook URL is entered in the app's dashboard. It is generated if omitted.
             */
            verifyToken?: string | null;
        };
        /** @description A number that Embedded Signup connected. */
        ConnectedChannel: {
            /** @description Whether the name of the user who writes stands before each text. */
            agentNames: boolean;
            /** @description Meta's ID of the WhatsApp Business account. */
            businessAccountId: string;
            /**
             * Format: date-time
             * @description When Meta was last asked.
             * @example 2026-09-21T14:13:20.000Z
             */
            checkedAt: string | null;
            /** @description Whether a check is under way. It takes a few seconds. */
            checking: boolean;
            /** @description What the last check with Meta found. Empty if the number was never checked. */
            checks: components["schemas"]["ChannelCheck"][];
            /** @description The currency in which Meta charges the WhatsApp Business account. Null if it is not known: prices are then unknown. */
            currency: components["schemas"]["Currency"] | null;
            /**
             * @description How many messages are held because the number is paused or WhatsApp rejects it, counted up to 100. They are sent
             *     once it is resumed, or its access token is replaced.
             */
            heldMessages: number;
            /** @description How much of the past of the number's phone has been imported, in percent. Null if none has. */
            historyPercent: number | null;
            /** @description The channel's ID. */
            id: components["schemas"]["ChannelId"];
            /**
             * Format: date-time
             * @description When the newest webhook of the number arrived, to ten minutes. Null if none has arrived since it was connected.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastHeardAt: string | null;
            /**
             * @description How many customers the business portfolio may write to outside their windows in 24 hours, as of the last check:
             *     TIER_250 to TIER_UNLIMITED. Meta may add values.
             */
            messagingTier: string | null;
            /** @description The channel's name. */
            name: string;
            /** @description Whether the number is also in use in the WhatsApp Business app, which limits it to 20 messages a second. */
            onPhone: boolean;
            /** @description Whether sending is paused. Messages are then held, for at most 24 hours. */
            paused: boolean;
            /** @description Whether requests to pay are sent from this number. */
            payments: boolean;
            /** @description The phone number, formatted for display. */
            phoneNumber: string;
            /** @description Meta's ID of the phone number. */
            phoneNumberId: components["schemas"]["PhoneNumberId"];
            /** @description Meta's quality rating, as of the last check: GREEN, YELLOW, RED or UNKNOWN. Meta may add values. */
            quality: string | null;
            /** @description Whether customers see read receipts and typing indicators. */
            readReceipts: boolean;
            /**
             * @description Why WhatsApp rejects messages from this number. Null if it accepts them. While it rejects them, Leadwire holds the
             *     number's messages, and tries the oldest every ten minutes.
             */
            refusal: components["schemas"]["ChannelRefusal"] | null;
            /** @description How many messages a second the number takes, as of the last check: STANDARD for 80, HIGH for 1,000. */
            throughput: string | null;
            /** @description The time zone of the WhatsApp Business account. Price lists begin at its midnight. */
            timeZone: components["schemas"]["TimeZone"];
            /**
             * Format: date-time
             * @description When the access token expires, as of the last check. Null if it does not expire, or if Meta did not say.
             * @example 2026-09-21T14:13:20.000Z
             */
            tokenExpiresAt: string | null;
            /** @description Whether the access token expires within 7 days, or has expired. Replace it before then. */
            tokenExpiresSoon: boolean;
            /** @description The last four characters of the number's own access token. Null if it uses the application's token. */
            tokenLast4: string | null;
            /** @description The permissions of the access token, by Meta's names, as of the last check. Empty if Meta did not say. */
            tokenPermissions: string[];
            /** @description The PIN of the number's two-step verification, where the signup set one. It is shown only once: keep it. */
            twoStepPin: string | null;
            /** @description The name that customers see, as of the last check. */
            verifiedName: string | null;
            /**
             * @description The verify token to enter with the URL. Null if the number uses the application's, or if you may not manage
             *     channels.
             */
            verifyToken: string | null;
            /** @description The URL to enter as the callback URL in the app's dashboard. */
            webhookUrl: string;
        };
        /** @description What a lead has agreed to receive. */
        Consent: {
            /** @description All changes, the newest first: up to 50 of each kind. */
            history: components["schemas"]["ConsentChange"][];
            /** @description What is recorded about marketing templates. */
            marketing: components["schemas"]["ConsentState"];
            /** @description What is recorded about other messages that do not answer the customer. */
            service: components["schemas"]["ConsentState"];
        };
        /** @description A change of a lead's consent. Omitted fields stay as they are. */
        ConsentBody: {
            /** @description Whether marketing templates may be sent. */
            marketing?: boolean | null;
            /** @description The proof: how and where the customer said so. Required to allow what the customer refused. */
            note?: string | null;
            /** @description Whether other messages may be sent that do not answer the customer. */
            service?: boolean | null;
        };
        /** @description A change of a lead's consent. */
        ConsentChange: {
            /** @description Whether the customer agrees from then on. */
            allowed: boolean;
            /**
             * Format: date-time
             * @description When the customer said so.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description Who wrote it down. Null if the customer did. */
            by: components["schemas"]["Actor"] | null;
            /** @description What it is about. */
            kind: components["schemas"]["ConsentKind"];
            /** @description The proof, or what was said. */
            note: string | null;
            /** @description How it came about. */
            source: components["schemas"]["ConsentSource"];
        };
        /** @description What became of an import. */
        ConsentImport: {
            /** @description The rows that were not imported. */
            errors: components["schemas"]["ConsentRowError"][];
            /** @description How many rows were imported. */
            imported: number;
            /** @description How many rows had been imported before. */
            unchanged: number;
        };
        /** @description A list of consents to import. */
        ConsentImportBody: {
            /**
             * @description A CSV with the columns `phone`, `kind` (`marketing` or `service`), `allowed` (`yes` or `no`), `source`, `date`
             *     (such as `2026-10-31`) and `proof`, in this order, and up to 500 rows. The first line names the columns.
             */
            csv: string;
        };
        /**
         * @description What a customer agrees to.
         *
         *     - `marketing`: Marketing templates.
         *     - `service`: Every other message that is no answer to what the customer wrote.
         * @enum {string}
         */
        ConsentKind: "marketing" | "service";
        /** @description A row that was not imported. */
        ConsentRowError: {
            /** @description The column. */
            column: string;
            /** @description What is wrong. */
            detail: string;
            /** @description The row's number. The first row after the names of the columns is 1. */
            row: number;
        };
        /**
         * @description How a change of consent came about.
         *
         *     - `customer`: The customer wrote a word such as STOP, or tapped a button with it.
         *     - `whatsapp`: The customer changed it in WhatsApp, or WhatsApp refused a marketing message because of that.
         *     - `user`: A user wrote down what the customer said elsewhere.
         *     - `import`: A user imported it from a list, with its proof.
         * @enum {string}
         */
        ConsentSource: "customer" | "whatsapp" | "user" | "import";
        /**
         * @description What is recorded of a customer's consent.
         *
         *     - `allowed`: The customer agreed.
         *     - `refused`: The customer opted out.
         *     - `not_recorded`: Nothing is recorded.
         * @enum {string}
         */
        ConsentState: "allowed" | "refused" | "not_recorded";
        /** @description A condition on the customer's consent. */
        ConsentTest: {
            /** @description True: the customer agreed. False: the customer refused. Null: the customer said nothing about it. */
            allowed: boolean | null;
            /** @description To what. */
            kind: components["schemas"]["ConsentKind"];
        };
        /** @description A condition on the customer's consent. */
        ConsentTestInput: {
            /** @description True: the customer agreed. False: the customer refused. Null: the customer said nothing about it. */
            allowed?: boolean | null;
            /** @description To what. */
            kind: components["schemas"]["ConsentKind"];
        };
        /** @description A contact card. Fields that the sender left out are absent. */
        ContactCard: {
            /** @description Postal addresses. */
            addresses?: components["schemas"]["CardAddress"][];
            /** @description The birthday, as written on the card. WhatsApp uses `YYYY-MM-DD`. */
            birthday?: string;
            /** @description Email addresses. */
            emails?: components["schemas"]["CardEmail"][];
            /** @description The full name. */
            name: string;
            /** @description The parts of the name. */
            nameParts?: components["schemas"]["NameParts"];
            /** @description The person's company. */
            org?: components["schemas"]["CardOrg"];
            /** @description Why the card was sent: `contact_request` if the business asked for the phone number, otherwise `other`. */
            origin?: string;
            /** @description Phone numbers. */
            phones?: components["schemas"]["CardPhone"][];
            /** @description Web pages. */
            urls?: components["schemas"]["CardUrl"][];
        };
        /** @description A contact card. Fields that the sender left out are absent. */
        ContactCardInput: {
            /** @description Postal addresses. */
            addresses?: components["schemas"]["CardAddressInput"][];
            /** @description The birthday, as written on the card. WhatsApp uses `YYYY-MM-DD`. */
            birthday?: string | null;
            /** @description Email addresses. */
            emails?: components["schemas"]["CardEmailInput"][];
            /** @description The full name. */
            name: string;
            /** @description The parts of the name. */
            nameParts?: components["schemas"]["NamePartsInput"] | null;
            /** @description The person's company. */
            org?: components["schemas"]["CardOrgInput"] | null;
            /** @description Why the card was sent: `contact_request` if the business asked for the phone number, otherwise `other`. */
            origin?: string | null;
            /** @description Phone numbers. */
            phones?: components["schemas"]["CardPhoneInput"][];
            /** @description Web pages. */
            urls?: components["schemas"]["CardUrlInput"][];
        };
        /** @description The content of a message, by `type`. The JSON form is the same in the table and in the API. */
        Content: {
            /** @description The text, up to 4,096 characters. */
            body: string;
            /** @constant */
            type: "text";
        } | (components["schemas"]["Media"] & {
            /** @constant */
            type: "image";
        }) | (components["schemas"]["Media"] & {
            /** @constant */
            type: "video";
        }) | (components["schemas"]["Media"] & {
            /** @constant */
            type: "audio";
        }) | (components["schemas"]["Media"] & {
            /** @constant */
            type: "document";
        }) | (components["schemas"]["Media"] & {
            /** @constant */
            type: "sticker";
        }) | {
            /** @description The address of the place. */
            address?: string;
            /**
             * Format: double
             * @description The latitude, in degrees.
             */
            latitude: number;
            /**
             * Format: double
             * @description The longitude, in degrees.
             */
            longitude: number;
            /** @description The name of the place. */
            name?: string;
            /** @constant */
            type: "location";
            /** @description A web page about the place. */
            url?: string;
        } | {
            /** @description The cards, in the order sent. */
            contacts: components["schemas"]["ContactCard"][];
            /** @constant */
            type: "contacts";
        } | (components["schemas"]["Order"] & {
            /** @constant */
            type: "order";
        }) | {
            /** @description The button's ID, as set by the business. */
            id: string;
            /** @description The button's label. */
            title: string;
            /** @constant */
            type: "button_reply";
        } | {
            /** @description The row's description. */
            description?: string;
            /** @description The row's ID, as set by the business. */
            id: string;
            /** @description The row's label. */
            title: string;
            /** @constant */
            type: "list_reply";
        } | {
            /** @description The summary that the customer saw. */
            body: string;
            /** @description The flow's name. */
            name: string;
            /** @description The answers, as a JSON string from WhatsApp. */
            response: string;
            /** @constant */
            type: "flow_reply";
        } | {
            /** @description The emoji. */
            emoji?: string;
            /** @description WhatsApp's ID of the message reacted to. */
            target: components["schemas"]["Wamid"];
            /** @constant */
            type: "reaction";
        } | {
            /** @description The new text; for a file, the caption. Empty if the caption was removed. */
            body: string;
            /** @description WhatsApp's ID of the edited message. */
            target: components["schemas"]["Wamid"];
            /** @constant */
            type: "edit";
        } | {
            /** @description WhatsApp's ID of the deleted message. */
            target: components["schemas"]["Wamid"];
            /** @constant */
            type: "revoke";
        } | {
            /** @description Whether the business did not answer it. */
            missed: boolean;
            /** @description How long it lasted, in seconds. Null if it was missed, or if WhatsApp did not say. */
            seconds?: number;
            /** @constant */
            type: "call";
        } | {
            /** @description WhatsApp's text. */
            body: string;
            /** @constant */
            type: "system";
        } | {
            /** @description WhatsApp's name of the type. */
            kind: string;
            /** @description A readable summary. */
            summary: string;
            /** @constant */
            type: "other";
        };
        /** @description A conversation: one lead on one business number. */
        Conversation: {
            /** @description The assignee. Null if the conversation is unassigned. */
            assignee: components["schemas"]["Assignee"] | null;
            /** @description The channel's ID. */
            channelId: components["schemas"]["ChannelId"];
            /** @description The name of the channel. */
            channelName: string;
            /** @description The conversation's ID. */
            id: components["schemas"]["ConversationId"];
            /** @description The newest message. Null if there is none. */
            lastMessage: components["schemas"]["LastMessage"] | null;
            /**
             * Format: date-time
             * @description When the newest message was written. Null if there is none.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastMessageAt: string | null;
            /** @description The lead's ID. */
            leadId: components["schemas"]["LeadId"];
            /** @description Whether a user has marked the conversation as unread since it was last read. */
            markedUnread: boolean;
            /** @description The lead's name. */
            name: string;
            /** @description The lead's phone number. Null if WhatsApp does not share it, or if it is masked for the caller. */
            phone: string | null;
            /** @description The last digits of the phone number, if it is masked for the caller. */
            phoneMasked?: string;
            /**
             * Format: date-time
             * @description When the snooze ends. Null if the conversation is not snoozed.
             * @example 2026-09-21T14:13:20.000Z
             */
            snoozedUntil: string | null;
            /** @description The lead's stage. */
            stage: components["schemas"]["Stage"] | null;
            /** @description The status of the conversation. */
            status: components["schemas"]["ConversationStatus"];
            /** @description The number of unread messages. 99 means 99 or more. */
            unread: number;
            /** @description The lead's WhatsApp username. Null if there is none. */
            username: string | null;
            /**
             * Format: date-time
             * @description When the customer wrote the oldest message that waits for a reply. Null if none does.
             * @example 2026-09-21T14:13:20.000Z
             */
            waitingSince: string | null;
            /**
             * Format: date-time
             * @description When the 24-hour window closes, as far as Leadwire knows. Null if the customer has neither written nor called.
             * @example 2026-09-21T14:13:20.000Z
             */
            windowUntil: string | null;
        };
        /** @description The number of open conversations that the caller can see. 99 means 99 or more. */
        ConversationCounts: {
            /** @description All conversations. */
            all: number;
            /** @description All conversations with unread messages. */
            allUnread: number;
            /** @description Conversations assigned to the caller. */
            mine: number;
            /** @description Conversations assigned to the caller, with unread messages. */
            mineUnread: number;
            /** @description Unassigned conversations. */
            unassigned: number;
            /** @description Unassigned conversations with unread messages. */
            unassignedUnread: number;
            /** @description Conversations that wait for a reply. */
            waiting: number;
        };
        /** @description The conversations that are meant. */
        ConversationFilter: {
            /** @description Only conversations of this assignee: `me`, `unassigned` or a user's ID. */
            assignee?: string | null;
            /** @description Only conversations on this channel. */
            channelId?: components["schemas"]["ChannelId"] | null;
            /** @description Only conversations with this status, or `all`. Defaults to `open`. */
            status?: string | null;
            /** @description If true, only conversations with unread messages, or marked as unread. */
            unread?: boolean | null;
            /** @description If true, only conversations that wait for a reply. */
            waiting?: boolean | null;
        };
        /** @description The ID of a conversation: one lead on one channel. Written `cnv_`, then the history and the channel. */
        ConversationId: string;
        /** @description A page of a list. */
        ConversationPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Conversation"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description What a customer can tap or type before they have written. */
        ConversationStarters: {
            /**
             * @description Commands that begin with a slash: up to 30.
             * @default []
             */
            commands: components["schemas"]["Command"][];
            /**
             * @description Questions to begin with: up to four.
             * @default []
             */
            questions: string[];
        };
        /** @description What a customer can tap or type before they have written. */
        ConversationStartersInput: {
            /**
             * @description Commands that begin with a slash: up to 30.
             * @default []
             */
            commands: components["schemas"]["Command"][];
            /**
             * @description Questions to begin with: up to four.
             * @default []
             */
            questions: string[];
        };
        /**
         * @description The status of a conversation.
         *
         *     - `open`: It needs attention.
         *     - `pending`: It waits for the customer.
         *     - `snoozed`: It is postponed until a given time.
         *     - `closed`: It is closed.
         * @enum {string}
         */
        ConversationStatus: "open" | "pending" | "snoozed" | "closed";
        /** @description Costs of the messages of one day, channel, category, template and sender. */
        Cost: {
            /** @description Who sent them. */
            by: components["schemas"]["Actor"];
            /** @description The category. Null if WhatsApp has one that Leadwire does not know, or if the messages have no price. */
            category: components["schemas"]["Category"] | null;
            /** @description The channel's ID. */
            channelId: components["schemas"]["ChannelId"];
            /** @description The currency. Null if it is not known. */
            currency: components["schemas"]["Currency"] | null;
            /**
             * Format: date
             * @description The day on which they were sent, by the time zone of the business.
             */
            day: string;
            /** @description How many messages were sent. */
            messages: number;
            /** @description What the messages that are not settled yet were quoted at. */
            open: components["schemas"]["Amount"];
            /** @description What all of them were quoted at. */
            quoted: components["schemas"]["Amount"];
            /** @description What the settled messages cost. */
            settled: components["schemas"]["Amount"];
            /** @description How many of them WhatsApp has settled, or failed. */
            settledMessages: number;
            /** @description The name of the template. Null if the messages are no templates. */
            template: string | null;
            /** @description How many of them have no known price. They are in no amount. */
            unknownMessages: number;
        };
        /** @description A message that WhatsApp charges differently from its quote. */
        CostDifference: {
            /** @description The conversation's ID. */
            conversationId: components["schemas"]["ConversationId"];
            /** @description The currency. Null if it is not known. */
            currency: components["schemas"]["Currency"] | null;
            /** @description The message's ID. */
            messageId: components["schemas"]["MessageId"];
            /** @description The quote. Null if the price was unknown. */
            quoted: components["schemas"]["Amount"] | null;
            /** @description What WhatsApp charges. Null if no rate card has it. */
            settled: components["schemas"]["Amount"] | null;
        };
        /** @description Costs of a month, or of a part of it. A page adds up at most 1,000 messages: add the pages. */
        Costs: {
            /** @description The messages on this page that WhatsApp charges differently from their quotes. */
            differences: components["schemas"]["CostDifference"][];
            /** @description The sums of the messages on this page. A sum may occur on several pages. */
            items: components["schemas"]["Cost"][];
            /** @description The month. */
            month: components["schemas"]["Month"];
            /** @description The cursor of the next page. Null if this is the last one. */
            nextCursor: string | null;
        };
        /** @description A button that opens a web page. */
        CtaUrl: {
            /** @description What it is about. */
            body: string;
            /** @description A small line below it. */
            footer?: string | null;
            /** @description A line above it. */
            header?: string | null;
            /** @description What the button shows. */
            title: string;
            /**
             * Format: uri
             * @description The page, with `https://` or `http://`.
             */
            url: string;
        };
        /**
         * @description The currency of a WhatsApp Business account: one in which Meta prints rate cards. It is fixed when the account is
         *     created.
         *
         *     - `AED`: UAE dirhams.
         *     - `ARS`: Argentine pesos.
         *     - `AUD`: Australian dollars.
         *     - `BRL`: Brazilian reais.
         *     - `CLP`: Chilean pesos.
         *     - `COP`: Colombian pesos.
         *     - `EUR`: Euros.
         *     - `GBP`: Pounds sterling.
         *     - `IDR`: Indonesian rupiahs.
         *     - `INR`: Indian rupees.
         *     - `MXN`: Mexican pesos.
         *     - `MYR`: Malaysian ringgits.
         *     - `PEN`: Peruvian soles.
         *     - `SAR`: Saudi riyals.
         *     - `SGD`: Singapore dollars.
         *     - `USD`: US dollars.
         * @enum {string}
         */
        Currency: "AED" | "ARS" | "AUD" | "BRL" | "CLP" | "COP" | "EUR" | "GBP" | "IDR" | "INR" | "MXN" | "MYR" | "PEN" | "SAR" | "SGD" | "USD";
        /** @description A custom field of leads. */
        CustomField: {
            /** @description The choices of a field of the type `choice` or `multiple_choice`. */
            choices: string[];
            /**
             * @description The key under which leads keep their values. It never changes.
             * @example contract_end
             */
            key: string;
            /** @description The name. */
            name: string;
            /** @description The stages to which users cannot move a lead without a value. */
            requiredAt: components["schemas"]["Stage"][];
            /** @description The type. It never changes. */
            type: components["schemas"]["FieldType"];
        };
        /** @description A deal: a possible sale to a lead. */
        Deal: {
            /** @description Who created the deal. */
            by: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description When the deal was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description The currency of the value, as ISO 4217 writes it. Null without a value. */
            currency: string | null;
            /** @description The day on which the deal is expected to be won, such as 2026-12-24. Null if unknown. */
            expectedClose: string | null;
            /** @description The deal's ID. */
            id: components["schemas"]["DealId"];
            /** @description The lead's ID. */
            leadId: components["schemas"]["LeadId"];
            /** @description The lead's name. */
            leadName: string;
            /** @description Why the deal was lost. Null unless the stage is `Lost`. */
            lostReason: string | null;
            /** @description The user who looks after the deal. Null if there is none. */
            ownerId: components["schemas"]["UserId"] | null;
            /** @description The pipeline's ID. */
            pipelineId: components["schemas"]["PipelineId"];
            /** @description Counts the changes. It is also the `ETag`. */
            revision: number;
            /** @description The stage. */
            stage: components["schemas"]["Stage"];
            /**
             * Format: date-time
             * @description When the deal came into its stage.
             * @example 2026-09-21T14:13:20.000Z
             */
            stageSince: string;
            /** @description What is sold. */
            title: string;
            /**
             * Format: date-time
             * @description When the deal last changed.
             * @example 2026-09-21T14:13:20.000Z
             */
            updatedAt: string;
            /**
             * Format: double
             * @description The value, in `currency`. Null if unknown.
             */
            value: number | null;
        };
        /** @description A change of a deal. Omitted fields stay as they are; null removes a value. */
        DealBody: {
            /** @description The currency of the value, as ISO 4217 writes it. */
            currency?: string | null;
            /** @description The day on which the deal is expected to be won, such as 2026-12-24. */
            expectedClose?: string | null;
            /** @description Why the deal was lost. Only in the stage `Lost`. */
            lostReason?: string | null;
            /** @description The user who looks after the deal. */
            ownerId?: components["schemas"]["UserId"] | null;
            /** @description The pipeline. */
            pipelineId?: components["schemas"]["PipelineId"] | null;
            /** @description The stage. The lead's stage follows its newest open deal. */
            stage?: components["schemas"]["Stage"] | null;
            /** @description What is sold. */
            title?: string | null;
            /**
             * Format: double
             * @description The value, with at most the decimals of its currency.
             */
            value?: number | null;
        };
        /**
         * @description The ID of a deal: a possible sale to a lead.
         * @example del_01M3250VASBF3MSX3QTC83A67F
         */
        DealId: string;
        /** @description A page of a list. */
        DealPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Deal"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description The state of a delivery.
         *
         *     - `pending`: It waits for its first attempt or for the next one.
         *     - `delivered`: The address answered 2xx.
         *     - `failed`: It is not tried any more.
         * @enum {string}
         */
        DeliveryState: "pending" | "delivered" | "failed";
        /**
         * @description The direction of a message.
         *
         *     - `inbound`: From the customer.
         *     - `outbound`: From the business.
         * @enum {string}
         */
        Direction: "inbound" | "outbound";
        /**
         * @description The handling of rows whose phone number or email address belongs to a lead.
         *
         *     - `skip`: The row is skipped.
         *     - `update`: The lead is updated. Empty cells change nothing, and tags are added.
         *     - `update_only`: The lead is updated, and rows without a lead are skipped.
         * @enum {string}
         */
        Duplicates: "skip" | "update" | "update_only";
        /**
         * @description An email address, in lower case. Debug masks it.
         *
         *     The grammar is narrower than that of RFC 5321: it leaves out every form that a mail server might read as another
         *     address or as more than one (quotes, comments, display names, routes, encoded words, domain literals). Amazon SES
         *     takes ASCII alone, so an international domain is written as `xn--…`.
         * @example owner@example.com
         */
        EmailAddress: string;
        /** @description The verification link. */
        EmailVerificationBody: {
            /**
             * Format: password
             * @description The token of the link in the email.
             */
            token: string;
        };
        /**
         * @description How bytes are encoded in JSON.
         *
         *     - `utf-8`: UTF-8 text.
         *     - `base64`: Base64, for content that is not text or is too long.
         * @enum {string}
         */
        Encoding: "utf-8" | "base64";
        /** @description The confirmation of an erasure. */
        EraseBody: {
            /** @description The lead's ID once more: an erasure cannot be undone. */
            confirm: components["schemas"]["LeadId"];
        };
        /** @description The erasure of a person. */
        Erasure: {
            /** @description Who requested it. */
            by: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description When it was done. Null while it is running.
             * @example 2026-09-21T14:13:20.000Z
             */
            doneAt: string | null;
            /** @description The number of erased files. */
            files: number;
            /** @description The erasure's ID. */
            id: components["schemas"]["ErasureId"];
            /** @description The IDs of the erased leads: the lead, and those that were merged into it. */
            leadIds: components["schemas"]["LeadId"][];
            /** @description The number of erased messages. */
            messages: number;
            /** @description The number of other erased entries: events, notes, tasks, conversations. */
            others: number;
            /** @description The receipt: a digest over everything above. Null while the erasure is running. */
            receipt: string | null;
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-09-21T14:13:20.000Z
             */
            requestedAt: string;
            /** @description How far the erasure is. */
            status: components["schemas"]["ErasureStatus"];
        };
        /**
         * @description The ID of an erasure: everything that is known of a person goes.
         * @example ers_01M3250VASBF3MSX3QTC83A67F
         */
        ErasureId: string;
        /** @description A page of a list. */
        ErasurePage: {
            /** @description The items of the page. */
            items: components["schemas"]["Erasure"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description How far an erasure is.
         *
         *     - `running`: It goes on.
         *     - `done`: Nothing is left.
         * @enum {string}
         */
        ErasureStatus: "running" | "done";
        /**
         * @description The type of an event that a webhook receives.
         *
         *     - `message.received`: A customer wrote a message.
         *     - `message.created`: A message of the business was accepted for sending, or was sent from the WhatsApp Business app.
         *     - `message.status`: A message of the business was sent, delivered or read, or failed.
         *     - `lead.created`: A lead is new.
         *     - `lead.updated`: A lead was changed, moved to another stage, or deleted.
         *     - `conversation.updated`: The status or the assignee of a conversation changed.
         *     - `ping`: A test that somebody asked for.
         * @enum {string}
         */
        EventType: "message.received" | "message.created" | "message.status" | "lead.created" | "lead.updated" | "conversation.updated" | "ping";
        /** @description An export. */
        Export: {
            /** @description Who began it. */
            by: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ended. Null until then.
             * @example 2026-09-21T14:13:20.000Z
             */
            endedAt: string | null;
            /** @description The files: one, or several of 64 MB. Empty until they are there, and once they are removed. */
            files: components["schemas"]["ExportFile"][];
            /**
             * Format: date-time
             * @description When the files are removed.
             * @example 2026-09-21T14:13:20.000Z
             */
            filesExpireAt: string;
            /** @description The format. */
            format: components["schemas"]["ExportFormat"];
            /** @description The export's ID. */
            id: components["schemas"]["LongJobId"];
            /** @description The number of leads. Null until they are counted. */
            leads: number | null;
            /** @description The number of leads that are written. */
            leadsDone: number;
            /** @description Why the export failed. Null unless it did. */
            problem: string | null;
            /** @description The number of rows that are written. */
            rows: number;
            /** @description The state of the job. */
            state: components["schemas"]["JobState"];
            /** @description The exported data. */
            what: components["schemas"]["Exported"];
        };
        /** @description The leads to export. */
        ExportBody: {
            /** @description Only leads that match. Leave it out for all leads. */
            filter?: components["schemas"]["LeadSelection"] | null;
            /** @description The format. Defaults to `csv`. */
            format?: components["schemas"]["ExportFormat"] | null;
            /** @description Only these leads. Leave it out for all that match `filter`. */
            leadIds?: components["schemas"]["LeadId"][] | null;
            /** @description The data to export. Defaults to `leads`. */
            what?: components["schemas"]["Exported"] | null;
        };
        /**
         * @description What is exported of leads.
         *
         *     - `leads`: The leads themselves.
         *     - `messages`: The messages of their conversations.
         * @enum {string}
         */
        Exported: "leads" | "messages";
        /** @description A file of an export. */
        ExportFile: {
            /** @description The size in bytes. */
            size: number;
            /** @description Where the file can be downloaded. The link needs no token. */
            url: string;
        };
        /**
         * @description The format of an export.
         *
         *     - `csv`: Comma-separated values with a header, for spreadsheets.
         *     - `json`: An array of objects.
         * @enum {string}
         */
        ExportFormat: "csv" | "json";
        /** @description A page of a list. */
        ExportPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Export"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description A change of a custom field. Omitted fields stay as they are. */
        FieldBody: {
            /** @description All choices. A lead keeps a value that is no longer a choice until it is changed. */
            choices?: string[] | null;
            /** @description The name. Leads keep their values. */
            name?: string | null;
            /** @description The place among all fields, from 0. */
            position?: number | null;
            /** @description The stages to which users cannot move a lead without a value. */
            requiredAt?: components["schemas"]["Stage"][] | null;
        };
        /** @description An error of one input field. */
        FieldError: {
            /** @description What is wrong with the field, or what is expected. */
            detail: string;
            /** @description The name of the body field, query parameter or header. */
            field: string;
        };
        /**
         * @description What becomes of a field in which two leads differ.
         *
         *     - `kept`: The lead that stays keeps its own.
         *     - `taken`: It takes the other lead's.
         *     - `combined`: It has both.
         * @enum {string}
         */
        FieldRule: "kept" | "taken" | "combined";
        /** @description A condition on a custom field. Exactly one of the comparisons is given. */
        FieldTest: {
            /** @description The number or date is this or a later one. */
            atLeast?: boolean | number | string[] | string;
            /** @description The number or date is this or an earlier one. */
            atMost?: boolean | number | string[] | string;
            /** @description The text or URL contains this, in any case. */
            contains?: string;
            /** @description The value is this; of a multiple choice, it contains this choice. */
            is?: boolean | number | string[] | string;
            /** @description Whether the field is empty. */
            isEmpty?: boolean;
            /**
             * @description The key of the field.
             * @example contract_end
             */
            key: string | null;
        };
        /** @description A condition on a custom field. Exactly one of the comparisons is given. */
        FieldTestInput: {
            /** @description The number or date is this or a later one. */
            atLeast?: (boolean | number | string[] | string) | null;
            /** @description The number or date is this or an earlier one. */
            atMost?: (boolean | number | string[] | string) | null;
            /** @description The text or URL contains this, in any case. */
            contains?: string | null;
            /** @description The value is this; of a multiple choice, it contains this choice. */
            is?: (boolean | number | string[] | string) | null;
            /** @description Whether the field is empty. */
            isEmpty?: boolean | null;
            /**
             * @description The key of the field.
             * @example contract_end
             */
            key?: string | null;
        };
        /**
         * @description The type of a custom field.
         *
         *     - `text`: A text.
         *     - `number`: A number.
         *     - `date`: A day, such as 2026-12-24.
         *     - `choice`: One of several choices.
         *     - `multiple_choice`: Any of several choices.
         *     - `boolean`: Yes or no.
         *     - `url`: A web address.
         * @enum {string}
         */
        FieldType: "text" | "number" | "date" | "choice" | "multiple_choice" | "boolean" | "url";
        /** @description A quick reply as it is sent in one conversation. */
        FilledQuickReply: {
            /** @description Its file. Null if it has none, or if the file is gone. */
            media: components["schemas"]["MediaFile"] | null;
            /** @description The text, with the values of its variables. Variables without a value are left out. */
            text: string;
        };
        /** @description A button of a template with its value. */
        FilledTemplateButton: {
            /** @description What it shows. */
            text: string;
            /** @description The kind of button. */
            type: components["schemas"]["TemplateButtonType"];
            /** @description The address that it opens, with its value. */
            url?: string;
            /** @description The value: the end of the address, or the code to copy. */
            value?: string;
        };
        /** @description A card of a carousel with its values. */
        FilledTemplateCard: {
            /** @description The text with its values. */
            body?: string;
            /** @description The buttons. */
            buttons?: components["schemas"]["FilledTemplateButton"][];
            /** @description Its picture or film. */
            header: components["schemas"]["FilledTemplateHeader"];
            /** @description The values of the text, in the order of the parameters. */
            parameters?: components["schemas"]["TemplateParameter"][];
        };
        /** @description The header of a template with its value. */
        FilledTemplateHeader: (components["schemas"]["FilledTemplateText"] & {
            /** @constant */
            format: "text";
        }) | {
            /** @description The words with it, up to 1,024 characters: of an image, a video or a document. */
            caption?: string;
            /** @description The name that the customer sees: of a document. */
            filename?: string;
            /** @constant */
            format: "image";
            /**
             * Format: uri
             * @description A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
             */
            link?: string;
            /** @description A file that was uploaded. Either this or `link`. */
            mediaId?: components["schemas"]["MediaId"];
            /** @description Whether it is shown as a voice note: of a sound. */
            voice?: boolean;
        } | {
            /** @description The words with it, up to 1,024 characters: of an image, a video or a document. */
            caption?: string;
            /** @description The name that the customer sees: of a document. */
            filename?: string;
            /** @constant */
            format: "video";
            /**
             * Format: uri
             * @description A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
             */
            link?: string;
            /** @description A file that was uploaded. Either this or `link`. */
            mediaId?: components["schemas"]["MediaId"];
            /** @description Whether it is shown as a voice note: of a sound. */
            voice?: boolean;
        } | {
            /** @description The words with it, up to 1,024 characters: of an image, a video or a document. */
            caption?: string;
            /** @description The name that the customer sees: of a document. */
            filename?: string;
            /** @constant */
            format: "document";
            /**
             * Format: uri
             * @description A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
             */
            link?: string;
            /** @description A file that was uploaded. Either this or `link`. */
            mediaId?: components["schemas"]["MediaId"];
            /** @description Whether it is shown as a voice note: of a sound. */
            voice?: boolean;
        } | {
            /** @description The address of the place. */
            address?: string;
            /** @constant */
            format: "location";
            /**
             * Format: double
             * @description The latitude, in degrees.
             */
            latitude: number;
            /**
             * Format: double
             * @description The longitude, in degrees.
             */
            longitude: number;
            /** @description The name of the place. */
            name?: string;
            /** @description A web page about the place. */
            url?: string;
        };
        /** @description A line of text with its value. */
        FilledTemplateText: {
            /** @description The value of its parameter, if it has one. */
            parameter?: components["schemas"]["TemplateParameter"];
            /** @description The line as the customer reads it. */
            text: string;
        };
        /** @description A form that the customer fills in. */
        Flow: {
            /** @description What it is about. */
            body: string;
            /** @description The data of the first screen: an object with at least one field. Requires `screen`. */
            data?: {
                [key: string]: unknown;
            } | null;
            /** @description Meta's id of the flow. */
            flowId: string;
            /** @description A small line below it. */
            footer?: string | null;
            /** @description A line above it. */
            header?: string | null;
            /** @description The screen at which it begins; the flow's first, unless it is said. */
            screen?: string | null;
            /** @description What the button that opens it shows: no emoji. */
            title: string;
        };
        /** @description A request for a password reset. */
        ForgotBody: {
            /**
             * Format: password
             * @description For clients other than browsers: the `deviceToken` of an earlier sign-in.
             */
            deviceToken?: string | null;
            /** @description The user's email address. */
            email: components["schemas"]["EmailAddress"];
        };
        /**
         * @description What is paid for.
         *
         *     - `digital`: Nothing that is shipped.
         *     - `physical`: Goods that are shipped.
         * @enum {string}
         */
        Goods: "digital" | "physical";
        /** @description The health of the API. */
        Health: {
            /**
             * @description The status of the API.
             *
             *     - `ok`: The API is up.
             * @enum {string}
             */
            status: "ok";
        };
        /** @description A message that is held for what it costs. */
        HeldMessage: {
            /** @description The price that was agreed to. Null if it was unknown. */
            agreed: components["schemas"]["Amount"] | null;
            /** @description Whether a user can approve it. A budget that holds lets no message through until it has room. */
            approvable: boolean;
            /** @description The conversation's ID. */
            conversationId: components["schemas"]["ConversationId"];
            /**
             * Format: date-time
             * @description When it is given up.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description The message's ID. */
            id: components["schemas"]["MessageId"];
            /** @description The lead's ID. */
            leadId: components["schemas"]["LeadId"];
            /** @description The price now. */
            price: components["schemas"]["QuotedPrice"];
            /** @description Why it is held: `price_changed` or `budget_spent`. */
            reason: components["schemas"]["Reason"];
            /** @description The message in one line. */
            text: string;
        };
        /** @description A page of a list. */
        HeldMessagePage: {
            /** @description The items of the page. */
            items: components["schemas"]["HeldMessage"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description What an identity is.
         *
         *     - `bsuid`: WhatsApp's ID of the user for this business.
         *     - `parentBsuid`: WhatsApp's ID of the user for all businesses of one owner.
         *     - `phone`: A phone number.
         *     - `username`: A username. It is shown only: a lead is not recognised by it.
         * @enum {string}
         */
        IdentityKind: "bsuid" | "parentBsuid" | "phone" | "username";
        /** @description An import of leads. */
        Import: {
            /** @description Who began it. */
            by: components["schemas"]["Actor"];
            /** @description The number of rows by result. During the check, the expected result. */
            counts: components["schemas"]["ImportCounts"];
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ended. Null until then.
             * @example 2026-09-21T14:13:20.000Z
             */
            endedAt: string | null;
            /** @description The file name. */
            filename: string;
            /** @description The import's ID. */
            id: components["schemas"]["LongJobId"];
            /** @description The phase. */
            phase: components["schemas"]["ImportPhase"];
            /** @description Why the import failed. Null unless it did. */
            problem: string | null;
            /** @description Where the report of each row can be downloaded as CSV. Null until the phase is over, and once it is removed. */
            reportUrl: string | null;
            /** @description The number of rows below the header. Null until they are counted. */
            rows: number | null;
            /** @description The number of rows that this phase is done with. */
            rowsDone: number;
            /** @description The size of the file in bytes. */
            size: number;
            /** @description The state of the job. */
            state: components["schemas"]["JobState"];
        };
        /** @description A CSV file to import. Its bytes must match this description. */
        ImportBody: {
            /** @description The file name. */
            filename: string;
            /** @description The SHA-256 digest of the bytes, in base64. */
            sha256: string;
            /** @description The size in bytes. */
            size: number;
        };
        /** @description A column of the file. */
        ImportColumn: {
            /** @description The field that its header suggests. Null if the header is unknown. */
            field: components["schemas"]["ImportField"] | null;
            /** @description Its header. */
            header: string;
            /** @description The beginnings of its first cells. */
            samples: string[];
        };
        /** @description The number of rows by result. */
        ImportCounts: {
            /** @description New leads. */
            created: number;
            /** @description Rows with something wrong. */
            invalid: number;
            /** @description Skipped rows. */
            skipped: number;
            /** @description Updated leads. */
            updated: number;
        };
        /**
         * @description What a column holds.
         *
         *     - `name`: The name.
         *     - `firstName`: The first name. It stands before the last name.
         *     - `lastName`: The last name.
         *     - `phone`: The phone number.
         *     - `email`: The email address.
         *     - `stage`: The stage.
         *     - `source`: The source.
         *     - `tags`: Tags, separated by commas, semicolons or bars.
         *     - `owner`: The email address of the user who looks after the lead.
         *     - `value`: The value of the sale.
         *     - `currency`: The currency of the value.
         *     - `lostReason`: Why the sale was lost.
         *     - `consent`: Whether the customer agreed to marketing: yes or no.
         *     - `consentProof`: How and where the customer agreed.
         * @enum {string}
         */
        ImportField: "name" | "firstName" | "lastName" | "phone" | "email" | "stage" | "source" | "tags" | "owner" | "value" | "currency" | "lostReason" | "consent" | "consentProof";
        /** @description A page of a list. */
        ImportPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Import"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description The phase of an import.
         *
         *     - `upload`: It waits for the file and for the meaning of its columns.
         *     - `check`: It checks the rows, and writes nothing.
         *     - `ready`: It has checked the rows, and waits to be run.
         *     - `run`: It writes the rows.
         * @enum {string}
         */
        ImportPhase: "upload" | "check" | "ready" | "run";
        /** @description The first rows of the file. */
        ImportPreview: {
            /** @description The columns. */
            columns: components["schemas"]["ImportColumn"][];
            /** @description The encoding that was found. */
            encoding: string;
            /** @description The separator that was found. */
            separator: string;
        };
        /** @description The meaning of the columns, and what holds for every row. */
        ImportSettingsBody: {
            /** @description The country code of phone numbers without one, such as 91. */
            callingCode?: string | null;
            /** @description The field of each column, in order. Null leaves a column out. */
            columns: (components["schemas"]["ImportField"] | null)[];
            /** @description The proof that all customers of the file agreed to marketing messages. Leave it out if they did not. */
            consentProof?: string | null;
            /** @description The currency of values whose row names none, as ISO 4217 writes it. */
            currency?: string | null;
            /** @description The handling of rows whose phone number or email address belongs to a lead. Defaults to `skip`. */
            duplicates?: components["schemas"]["Duplicates"] | null;
            /** @description The owner of new leads whose row names none. */
            ownerId?: components["schemas"]["UserId"] | null;
            /** @description The source of new leads whose row names none. Defaults to `Other`. */
            source?: components["schemas"]["Source"] | null;
            /** @description The stage of new leads whose row names none. Defaults to `New`. */
            stage?: components["schemas"]["Stage"] | null;
            /** @description Tags for every lead. */
            tags?: string[] | null;
        };
        /** @description An import whose upload can begin. */
        ImportUpload: {
            /** @description The import's ID. */
            id: components["schemas"]["LongJobId"];
            /** @description The request that uploads the bytes. */
            upload: components["schemas"]["UploadRequest"];
        };
        /** @description An invitation. */
        Invitation: {
            /**
             * Format: date-time
             * @description When the invitation was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description An invitation to send. */
            email: components["schemas"]["EmailAddress"];
            /**
             * Format: date-time
             * @description When the invitation expires.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description The invitation's ID. */
            id: components["schemas"]["InvitationId"];
            /** @description The role of the future user. */
            role: components["schemas"]["Role"];
            /**
             * @description A token to pass on, to sign up with. It is shown only once. The email contains another token, which also
             *     verifies the address.
             */
            token?: string;
        };
        /**
         * @description The ID of an invitation.
         * @example inv_01M3250VASBF3MSX3QTC83A67F
         */
        InvitationId: string;
        /** @description A page of a list. */
        InvitationPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Invitation"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description An invitation to send. */
        InviteBody: {
            /** @description The email address to invite. */
            email: components["schemas"]["EmailAddress"];
            /** @description The user's role. */
            role: components["schemas"]["Role"];
        };
        /**
         * @description How far a long job has come.
         *
         *     - `waiting`: It waits for a person: for a file, or for the go-ahead.
         *     - `running`: Its steps are taken.
         *     - `done`: It is done.
         *     - `failed`: It was given up. `problem` says why.
         *     - `cancelled`: A person cancelled it. What was done by then stays.
         * @enum {string}
         */
        JobState: "waiting" | "running" | "done" | "failed" | "cancelled";
        /** @description An API key. */
        Key: {
            /** @description Whether the owner can sign in. If not, the key does not work. */
            active: boolean;
            /**
             * Format: date-time
             * @description When the key was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description The user who created the key. */
            createdBy: components["schemas"]["Actor"];
            /** @description The last characters of the key. */
            endsWith: string;
            /** @description The key's ID. */
            id: components["schemas"]["ApiKeyId"];
            /** @description The key itself. It is shown only once, when it is created. */
            key?: string;
            /**
             * Format: date-time
             * @description When the key was last used, to the minute. Null if it never was.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastUsedAt: string | null;
            /** @description A name for the key. */
            name: string;
            /** @description The owner. The key never has more permissions than its owner currently has. */
            ownerId: components["schemas"]["UserId"];
            /** @description The permissions of the key. */
            scopes: components["schemas"]["Permission"][];
        };
        /** @description An API key to create. */
        KeyBody: {
            /**
             * Format: password
             * @description A two-factor code or a recovery code, in place of the password.
             */
            code?: string | null;
            /** @description A name for the key. */
            name: string;
            /**
             * Format: password
             * @description Your password, as a key outlives the session that creates it.
             */
            password?: string | null;
            /** @description The permissions of the key. */
            scopes: ("inbox:read" | "inbox:write" | "leads:write" | "notices:read" | "templates:write" | "users:read" | "audit:read" | "costs:read" | "reports:read" | "statuses:write")[];
        };
        /** @description A page of a list. */
        KeyPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Key"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description A language code of WhatsApp's templates.
         * @example pt_BR
         */
        Language: string;
        /** @description The newest message, shortened for lists. */
        LastMessage: {
            /**
             * Format: date-time
             * @description When the message was written.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description The direction of the message. */
            direction: components["schemas"]["Direction"];
            /** @description The beginning of the text, or a summary. */
            text: string;
            /** @description The type, such as `text` or `image`. Other values may appear. */
            type: string;
        };
        /** @description A lead: a customer of the business. */
        Lead: {
            /** @description WhatsApp's ID of the customer for this business. Null if unknown. */
            bsuid: components["schemas"]["Bsuid"] | null;
            /** @description The lead's conversations that the caller can see: one for each business number. */
            conversations: components["schemas"]["ConversationId"][];
            /**
             * Format: date-time
             * @description When the lead was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description The currency of the value, as ISO 4217 writes it. Null without a value. */
            currency: string | null;
            /**
             * Format: date-time
             * @description When the lead was deleted. Left out unless it is.
             * @example 2026-09-21T14:13:20.000Z
             */
            deletedAt?: string;
            /** @description The lead's email address. Null if unknown. */
            email: components["schemas"]["EmailAddress"] | null;
            /** @description The values of custom fields, by the field's key. A field without a value is left out. */
            fields: {
                [key: string]: boolean | number | string[] | string;
            };
            /** @description The lead's ID. */
            id: components["schemas"]["LeadId"];
            /** @description The newest message. Null if there is none. */
            lastMessage: components["schemas"]["LastMessage"] | null;
            /**
             * Format: date-time
             * @description When the newest message was written. Null if there is none.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastMessageAt: string | null;
            /** @description Why the sale was lost. Null unless the stage is `Lost`. */
            lostReason: string | null;
            /** @description The lead's name: as set by the team, from the WhatsApp profile, or the phone number. */
            name: string;
            /** @description The user who looks after the lead. Null if there is none. */
            ownerId: components["schemas"]["UserId"] | null;
            /** @description The lead's phone number. Null if WhatsApp does not share it, or if it is masked for the caller. */
            phone: string | null;
            /** @description The last digits of the phone number, if it is masked for the caller. */
            phoneMasked?: string;
            /** @description Counts the changes of the lead. It is also the lead's `ETag`. */
            revision: number;
            /** @description The lead's source. */
            source: components["schemas"]["Source"];
            /** @description The lead's stage. */
            stage: components["schemas"]["Stage"];
            /**
             * Format: date-time
             * @description When the lead came into its stage.
             * @example 2026-09-21T14:13:20.000Z
             */
            stageSince: string;
            /** @description The lead's tags. */
            tags: string[];
            /** @description The number of unread messages. 99 means 99 or more. */
            unread: number;
            /**
             * Format: date-time
             * @description When the lead last changed.
             * @example 2026-09-21T14:13:20.000Z
             */
            updatedAt: string;
            /** @description The lead's WhatsApp username. Null if there is none. */
            username: string | null;
            /**
             * Format: double
             * @description The value of the sale, in `currency`. Null if unknown.
             */
            value: number | null;
        };
        /** @description The details of a lead. Omitted fields stay as they are; null removes a value. */
        LeadBody: {
            /** @description The currency of the value, as ISO 4217 writes it. */
            currency?: string | null;
            /** @description The email address. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description Values of custom fields, by the field's key; null removes a value. Fields that are left out stay as they are. */
            fields?: {
                [key: string]: (boolean | number | string[] | string) | null;
            } | null;
            /** @description Why the sale was lost. Only in the stage `Lost`. */
            lostReason?: string | null;
            /** @description The name. */
            name?: string | null;
            /** @description The ID of the user who looks after the lead. */
            ownerId?: components["schemas"]["UserId"] | null;
            /** @description The phone number, with country code. WhatsApp decides that of a lead who has a conversation. */
            phone?: components["schemas"]["Phone"] | null;
            /** @description The source. */
            source?: components["schemas"]["Source"] | null;
            /** @description The stage. */
            stage?: components["schemas"]["Stage"] | null;
            /** @description All tags of the lead. */
            tags?: string[] | null;
            /**
             * Format: double
             * @description The value of the sale, with at most the decimals of its currency.
             */
            value?: number | null;
        };
        /**
         * @description A field of a lead that people change.
         *
         *     - `name`: The name.
         *     - `phone`: The phone number.
         *     - `email`: The email address.
         *     - `stage`: The stage.
         *     - `source`: The source.
         *     - `tags`: The tags.
         *     - `ownerId`: The owner.
         *     - `value`: The value of the sale.
         *     - `currency`: The currency of the value.
         *     - `lostReason`: Why the sale was lost.
         *     - `fields`: Custom fields.
         * @enum {string}
         */
        LeadField: "name" | "phone" | "email" | "stage" | "source" | "tags" | "ownerId" | "value" | "currency" | "lostReason" | "fields";
        /** @description All custom fields, in their order. */
        LeadFields: {
            /** @description The fields. */
            items: components["schemas"]["CustomField"][];
            /** @description Null: all fields are on one page. */
            nextCursor: string | null;
        };
        /** @description Which leads are meant: one condition, or several. */
        LeadFilter: {
            all: components["schemas"]["LeadFilter"][];
        } | {
            any: components["schemas"]["LeadFilter"][];
        } | {
            not: components["schemas"]["LeadFilter"];
        } | {
            stage: components["schemas"]["Stage"][];
        } | {
            owner: ("none" | components["schemas"]["UserId"])[];
        } | {
            tag: string[];
        } | {
            source: components["schemas"]["Source"][];
        } | {
            field: components["schemas"]["FieldTest"];
        } | {
            activity: components["schemas"]["Span"];
        } | {
            created: components["schemas"]["Span"];
        } | {
            consent: components["schemas"]["ConsentTest"];
        };
        /** @description Which leads are meant: one condition, or several. */
        LeadFilterInput: {
            all: components["schemas"]["LeadFilterInput"][];
        } | {
            any: components["schemas"]["LeadFilterInput"][];
        } | {
            not: components["schemas"]["LeadFilterInput"];
        } | {
            stage: components["schemas"]["Stage"][];
        } | {
            owner: ("none" | components["schemas"]["UserId"])[];
        } | {
            tag: string[];
        } | {
            source: components["schemas"]["Source"][];
        } | {
            field: components["schemas"]["FieldTestInput"];
        } | {
            activity: components["schemas"]["SpanInput"];
        } | {
            created: components["schemas"]["SpanInput"];
        } | {
            consent: components["schemas"]["ConsentTestInput"];
        };
        /**
         * @description The ID of a lead: a customer of one business.
         * @example led_01M3250VASBF3MSX3QTC83A67F
         */
        LeadId: string;
        /** @description A way to recognise a lead. */
        LeadIdentity: {
            /** @description Whether messages to the lead go there. A former identity still leads to the lead. */
            current: boolean;
            /** @description What it is. */
            kind: components["schemas"]["IdentityKind"];
            /**
             * Format: date-time
             * @description When an event first gave it to this lead. Null if no event did.
             * @example 2026-09-21T14:13:20.000Z
             */
            since: string | null;
            /** @description The identity. Only the last digits of a phone number that is masked for the caller. */
            value: string;
        };
        /** @description A page of a list. */
        LeadIdentityPage: {
            /** @description The items of the page. */
            items: components["schemas"]["LeadIdentity"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description A page of a list. */
        LeadPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Lead"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description The leads that are meant. */
        LeadSelection: {
            /** @description Only leads of this owner: a user's ID, `me` for your own, or `none` for leads without an owner. */
            owner?: string | null;
            /** @description Only leads from this source. */
            source?: components["schemas"]["Source"] | null;
            /** @description Only leads in these stages. */
            stages?: components["schemas"]["Stage"][] | null;
            /**
             * @description Only leads with this tag.
             * @example wholesale
             */
            tag?: string | null;
        };
        /** @description A lead with a page of its history. */
        LeadWithHistory: {
            /** @description WhatsApp's ID of the customer for this business. Null if unknown. */
            bsuid: components["schemas"]["Bsuid"] | null;
            /** @description The lead's conversations that the caller can see: one for each business number. */
            conversations: components["schemas"]["ConversationId"][];
            /**
             * Format: date-time
             * @description When the lead was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description The currency of the value, as ISO 4217 writes it. Null without a value. */
            currency: string | null;
            /**
             * Format: date-time
             * @description When the lead was deleted. Left out unless it is.
             * @example 2026-09-21T14:13:20.000Z
             */
            deletedAt?: string;
            /** @description The lead's email address. Null if unknown. */
            email: components["schemas"]["EmailAddress"] | null;
            /** @description The values of custom fields, by the field's key. A field without a value is left out. */
            fields: {
                [key: string]: boolean | number | string[] | string;
            };
            /** @description The lead's ID. */
            id: components["schemas"]["LeadId"];
            /** @description The newest message. Null if there is none. */
            lastMessage: components["schemas"]["LastMessage"] | null;
            /**
             * Format: date-time
             * @description When the newest message was written. Null if there is none.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastMessageAt: string | null;
            /** @description Why the sale was lost. Null unless the stage is `Lost`. */
            lostReason: string | null;
            /** @description A page of the lead's messages, newest first. */
            messages: components["schemas"]["Message"][];
            /** @description The cursor for older messages and timeline entries. Null if there are none. */
            messagesCursor: string | null;
            /** @description The lead's name: as set by the team, from the WhatsApp profile, or the phone number. */
            name: string;
            /** @description The user who looks after the lead. Null if there is none. */
            ownerId: components["schemas"]["UserId"] | null;
            /** @description The lead's phone number. Null if WhatsApp does not share it, or if it is masked for the caller. */
            phone: string | null;
            /** @description The last digits of the phone number, if it is masked for the caller. */
            phoneMasked?: string;
            /** @description Other leads that may be the same person. */
            possibleDuplicates: components["schemas"]["LeadId"][];
            /** @description Counts the changes of the lead. It is also the lead's `ETag`. */
            revision: number;
            /** @description The lead's source. */
            source: components["schemas"]["Source"];
            /** @description The lead's stage. */
            stage: components["schemas"]["Stage"];
            /**
             * Format: date-time
             * @description When the lead came into its stage.
             * @example 2026-09-21T14:13:20.000Z
             */
            stageSince: string;
            /** @description The lead's tags. */
            tags: string[];
            /** @description The timeline of the same period, newest first. */
            timeline: components["schemas"]["TimelineLine"][];
            /** @description The number of unread messages. 99 means 99 or more. */
            unread: number;
            /**
             * Format: date-time
             * @description When the lead last changed.
             * @example 2026-09-21T14:13:20.000Z
             */
            updatedAt: string;
            /** @description The lead's WhatsApp username. Null if there is none. */
            username: string | null;
            /**
             * Format: double
             * @description The value of the sale, in `currency`. Null if unknown.
             */
            value: number | null;
        };
        /** @description A phone that was linked. */
        LinkedPhone: {
            /** @description What the check with Meta found. */
            checks: components["schemas"]["ChannelCheck"][];
            /** @description The number, formatted for display. */
            phoneNumber: string;
        };
        /** @description A list. The customer picks one row. */
        List: {
            /** @description The question. */
            body: string;
            /** @description What the button that opens the list shows. */
            button: string;
            /** @description A small line below it. */
            footer?: string | null;
            /** @description A line above it. */
            header?: string | null;
            /** @description The sections, with at most ten rows in all of them together. */
            sections: components["schemas"]["ListSectionInput"][];
        };
        /** @description A row of a list. */
        ListRow: {
            /** @description Its second line. */
            description?: string;
            /** @description What the answer names, and no other row of the list. */
            id: string;
            /** @description What it shows. */
            title: string;
        };
        /** @description A row of a list. */
        ListRowInput: {
            /** @description Its second line. */
            description?: string | null;
            /** @description What the answer names, and no other row of the list. */
            id: string;
            /** @description What it shows. */
            title: string;
        };
        /** @description A part of a list. */
        ListSection: {
            /** @description The rows. */
            rows: components["schemas"]["ListRow"][];
            /** @description What stands above its rows; needed where there are several sections. */
            title?: string;
        };
        /** @description A part of a list. */
        ListSectionInput: {
            /** @description The rows. */
            rows: components["schemas"]["ListRowInput"][];
            /** @description What stands above its rows; needed where there are several sections. */
            title?: string | null;
        };
        /** @description Asks the customer where they are. */
        LocationRequest: {
            /** @description Why it is asked. */
            body: string;
        };
        /** @description A sign-in. */
        LoginBody: {
            /**
             * Format: password
             * @description The six-digit code of the authenticator app, or a recovery code. Required if the user has two-factor
             *     authentication.
             */
            code?: string | null;
            /**
             * Format: password
             * @description For clients other than browsers: the `deviceToken` of an earlier sign-in. Attempts on a known device have a rate
             *     limit of their own.
             */
            deviceToken?: string | null;
            /** @description The user's email address. */
            email: components["schemas"]["EmailAddress"];
            /**
             * Format: password
             * @description The user's password.
             */
            password: string;
        };
        /**
         * @description An import, an export or a bulk change.
         * @example job_01M3250VASBF3MSX3QTC83A67F
         */
        LongJobId: string;
        /** @description The signed-in user. */
        Me: {
            /** @description Whether the user can sign in. */
            active: boolean;
            /** @description The channels that the user can see, if `sees` is `channels`. Otherwise empty. */
            channelIds: components["schemas"]["ChannelId"][];
            /** @description The email address to sign in with. */
            email: components["schemas"]["EmailAddress"];
            /** @description Whether the email address is verified. Until then, the user cannot invite users or create API keys. */
            emailVerified: boolean;
            /** @description The user's ID. */
            id: components["schemas"]["UserId"];
            /** @description Whether customers' phone numbers are masked for the user. */
            masksPhones: boolean;
            /** @description The user's name. */
            name: string;
            /** @description The permissions of the role. */
            permissions: components["schemas"]["Permission"][];
            /** @description The user's role. */
            role: components["schemas"]["Role"];
            /** @description Whether the user has two-factor authentication. */
            secondFactor: boolean;
            /** @description The conversations that the user can see. */
            sees: components["schemas"]["Sees"];
            /** @description The business of the user. */
            tenantId: components["schemas"]["TenantId"];
        };
        /** @description A change of the signed-in user's account. */
        MeBody: {
            /** @description The user's name. */
            name: string;
        };
        /** @description A reference to a file at WhatsApp. The ID works for seven days. */
        Media: {
            /** @description Whether it is animated. */
            animated?: boolean;
            /** @description The caption. */
            caption?: string;
            /** @description The file's name. */
            filename?: string;
            /** @description WhatsApp's ID of the file. */
            mediaId: string;
            /** @description The media type, such as `image/jpeg`. */
            mimeType?: string;
            /** @description The SHA-256 digest of the file, in base64. */
            sha256?: string;
            /** @description Whether it is a voice message. */
            voice?: boolean;
        };
        /** @description A file to be sent, as a request or the table writes it: nothing of it is checked. */
        MediaDraft: {
            /** @description The words with it, up to 1,024 characters: of an image, a video or a document. */
            caption?: string | null;
            /** @description The name that the customer sees: of a document. */
            filename?: string | null;
            /**
             * Format: uri
             * @description A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
             */
            link?: string | null;
            /** @description A file that was uploaded. Either this or `link`. */
            mediaId?: components["schemas"]["MediaId"] | null;
            /** @description Whether it is shown as a voice note: of a sound. */
            voice?: boolean;
        };
        /**
         * @description Why there is no file.
         *
         *     - `too_large`: It is larger than WhatsApp allows.
         *     - `not_downloadable`: WhatsApp did not hand it out, however often it was asked.
         *     - `wrong_digest`: Its bytes are not those that WhatsApp announced.
         *     - `unsafe_type`: It is of another type than the message says.
         *     - `not_found`: WhatsApp does not know it.
         * @enum {string}
         */
        MediaFault: "too_large" | "not_downloadable" | "wrong_digest" | "unsafe_type" | "not_found";
        /** @description A file of a message. */
        MediaFile: {
            /** @description Why the file is not available. */
            error: components["schemas"]["MediaFault"] | null;
            /** @description The file name. Null if it has none. */
            filename: string | null;
            /** @description The height of an image in pixels. Null if it is unknown. */
            height: number | null;
            /** @description The file's ID. */
            id: components["schemas"]["MediaId"];
            /**
             * @description The MIME type.
             * @example image/jpeg
             */
            mimeType: string;
            /** @description The size in bytes. Null while it is unknown. */
            size: number | null;
            /** @description The state of the file. */
            state: components["schemas"]["MediaStatus"];
            /** @description A link to the thumbnail. Null if there is none. */
            thumbnailUrl: string | null;
            /** @description A link to the file that needs no token and works for at least an hour. Null unless the file is stored. */
            url: string | null;
            /** @description The width of an image in pixels. Null if it is unknown. */
            width: number | null;
        };
        /**
         * @description A file: a customer's, or one to be sent.
         * @example med_01M3250VASBF3MSX3QTC83A67F
         */
        MediaId: string;
        /**
         * @description The state of a file.
         *
         *     - `pending`: Leadwire is fetching it.
         *     - `stored`: It is available.
         *     - `expired`: WhatsApp had already deleted it.
         *     - `failed`: It could not be fetched.
         * @enum {string}
         */
        MediaStatus: "pending" | "stored" | "expired" | "failed";
        /** @description A merge of two leads. */
        Merge: {
            /**
             * Format: date-time
             * @description When.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description Who merged them. */
            by: components["schemas"]["Actor"];
            /** @description The fields in which the two differed. */
            fields: components["schemas"]["MergedField"][];
            /** @description The merge's ID. */
            id: components["schemas"]["MergeId"];
            /** @description The lead that stays. */
            leadId: components["schemas"]["LeadId"];
            /** @description The lead that was merged into it. */
            otherLeadId: components["schemas"]["LeadId"];
            /**
             * Format: date-time
             * @description Until when the merge can be undone.
             * @example 2026-09-21T14:13:20.000Z
             */
            undoableUntil: string;
            /**
             * Format: date-time
             * @description When the merge was undone. Null if it was not.
             * @example 2026-09-21T14:13:20.000Z
             */
            undoneAt: string | null;
            /** @description Who undid the merge. Null if nobody did. */
            undoneBy: components["schemas"]["Actor"] | null;
        };
        /** @description The lead to merge into another. */
        MergeBody: {
            /** @description The ID of the lead to merge into this one. It leaves all lists. */
            with: components["schemas"]["LeadId"];
        };
        /** @description A field in which two leads differ. */
        MergedField: {
            /** @description The field's name. */
            field: components["schemas"]["LeadField"];
            /** @description Whether the lead keeps its own value, takes the other lead's, or has both. */
            rule: components["schemas"]["FieldRule"];
        };
        /**
         * @description The ID of a merge: two leads that became one.
         * @example mrg_01M3250VASBF3MSX3QTC83A67F
         */
        MergeId: string;
        /** @description A page of a list. */
        MergePage: {
            /** @description The items of the page. */
            items: components["schemas"]["Merge"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description What a merge would make of two leads. */
        MergePreview: {
            /** @description The fields in which the two differ. */
            fields: components["schemas"]["MergedField"][];
            /** @description The lead that stays, as it is. */
            lead: components["schemas"]["Lead"];
            /** @description The lead that stays, as it would be. */
            merged: components["schemas"]["Lead"];
            /** @description The lead that would be merged into it. */
            other: components["schemas"]["Lead"];
        };
        /** @description A message from the customer or from the business. */
        Message: {
            /**
             * Format: date-time
             * @description When a customer's message reached Leadwire.
             * @example 2026-09-21T14:13:20.000Z
             */
            arrivedAt?: string;
            /**
             * Format: date-time
             * @description When the message was written; of a scheduled message, when it is to be sent.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description Who sent the message, if the business did. Left out if it was sent with the WhatsApp app. */
            by?: components["schemas"]["Actor"];
            /** @description The full content. Null if the message was deleted. */
            content: components["schemas"]["MessageContent"] | null;
            /** @description The conversation's ID. */
            conversationId: components["schemas"]["ConversationId"];
            /** @description The direction of the message. */
            direction: components["schemas"]["Direction"];
            /** @description The text after the last edit; for a file, the caption. Empty if the caption was removed. `text` is what to show. */
            edited?: string;
            /** @description Why the message failed or is held. */
            error?: components["schemas"]["SendError"];
            /** @description Whether the message was forwarded. */
            forwarded: boolean;
            /** @description The message's ID. */
            id: components["schemas"]["MessageId"];
            /** @description The message's file, if it has one. */
            media?: components["schemas"]["MediaFile"];
            /** @description The business's reaction. */
            ownReaction?: string;
            /** @description The first message of the long text that this message continues. */
            partOf?: components["schemas"]["MessageId"];
            /** @description How the payment fares that the message asks for. Other statuses than `pending`, `captured` and `failed` may appear. */
            paymentStatus?: components["schemas"]["PaymentStatus"];
            /** @description What the message costs, if the business sent it. */
            price?: components["schemas"]["MessagePrice"];
            /** @description How WhatsApp charges the message. */
            pricing?: components["schemas"]["Pricing"];
            /** @description The customer's reaction. */
            reaction?: string;
            /** @description The ad that the customer came from. */
            referral?: components["schemas"]["Referral"];
            /** @description The product that the customer asks about. */
            referredProduct?: components["schemas"]["ReferredProduct"];
            /** @description WhatsApp's ID of the message that this one replies to. */
            replyTo?: components["schemas"]["Wamid"];
            /** @description The failed message that this one repeats. */
            retryOf?: components["schemas"]["MessageId"];
            /** @description Whether the message was deleted. */
            revoked: boolean;
            /** @description The delivery status. */
            status: components["schemas"]["MessageStatus"];
            /** @description When each delivery status was reported, if the business sent the message. */
            statuses?: components["schemas"]["Statuses"];
            /** @description Each delivery status with its time, the earliest first, if the business sent the message. */
            statusHistory?: components["schemas"]["StatusChange"][];
            /** @description The name of the template that the message is. */
            templateName?: string;
            /** @description The text, or a summary of the content. */
            text: string;
            /** @description The type, such as `text` or `image`. Other values may appear. */
            type: string;
            /** @description Whether a scheduled message is not to be sent once the customer has written. */
            unlessTheyWrite?: boolean;
            /** @description WhatsApp's ID of the message. Null until WhatsApp accepts it. */
            wamid: components["schemas"]["Wamid"] | null;
        };
        /** @description The content of a message. A kind that both sides can send has one shape. */
        MessageContent: components["schemas"]["Content"] | components["schemas"]["OutboundContent"];
        /**
         * @description A history entry: a message or an event.
         * @example msg_01M3250VASBF3MSX3QTC83A67F
         */
        MessageId: string;
        /**
         * @description The kinds of message that can be sent.
         *
         *     - `text`: A text.
         *     - `image`: A picture.
         *     - `video`: A film.
         *     - `audio`: A sound.
         *     - `voice`: A sound that is shown as a voice note.
         *     - `document`: A file.
         *     - `sticker`: A sticker.
         *     - `location`: A place.
         *     - `contacts`: Cards of people.
         *     - `reaction`: An emoji at a message of the conversation.
         *     - `buttons`: Up to three buttons.
         *     - `list`: A list to pick from.
         *     - `cta_url`: A button that opens a web page.
         *     - `location_request`: A request for the customer's place.
         *     - `call_permission_request`: A request for the permission to call.
         *     - `payment_request`: A request to pay.
         *     - `order_status`: What is told of an order that was to be paid.
         *     - `flow`: A form.
         *     - `product`: A product of the catalogue.
         *     - `product_list`: Several products of the catalogue.
         *     - `template`: An approved template.
         * @enum {string}
         */
        MessageKind: "text" | "image" | "video" | "audio" | "voice" | "document" | "sticker" | "location" | "contacts" | "reaction" | "buttons" | "list" | "cta_url" | "location_request" | "call_permission_request" | "payment_request" | "order_status" | "flow" | "product" | "product_list" | "template";
        /** @description A page of a list. */
        MessagePage: {
            /** @description The items of the page. */
            items: components["schemas"]["Message"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description What a message costs. */
        MessagePrice: {
            /** @description The amount. Null if no rate card has it. */
            amount: components["schemas"]["Amount"] | null;
            /** @description The version of the rate card that the quote is from: the first day on which it holds. */
            card: components["schemas"]["CardVersion"] | null;
            /** @description The category. Null if WhatsApp has one that Leadwire does not know. */
            category: components["schemas"]["Category"] | null;
            /** @description The most that the sender agreed to pay. Null for nothing, or if the sender agreed to an unknown price. */
            ceiling: components["schemas"]["Amount"] | null;
            /** @description The currency of the WhatsApp Business account. Null if it is not known. */
            currency: components["schemas"]["Currency"] | null;
            /** @description What the message was said to cost when it was sent. Null if that was unknown. */
            quoted: components["schemas"]["Amount"] | null;
            /** @description Whether WhatsApp has said how it charges the message. */
            state: components["schemas"]["PriceState"];
        };
        /**
         * @description The delivery status of a message.
         *
         *     - `received`: The customer sent it.
         *     - `scheduled`: It waits until the time at which it is to be sent, which is in `at`.
         *     - `cancelled`: It was scheduled, and is not sent: a user cancelled it, or gave it another time. Lists leave it out.
         *     - `queued`: It is waiting to be sent.
         *     - `held`: It waits because the number does not send: it is paused, or WhatsApp rejects it. `error` says what to do. The
         *     message is sent after that.
         *     - `claimed`: It is being sent.
         *     - `accepted`: WhatsApp accepted it.
         *     - `sent`: WhatsApp sent it.
         *     - `delivered`: It reached the customer's device.
         *     - `read`: The customer read it.
         *     - `played`: The customer played it.
         *     - `failed`: It could not be sent or delivered.
         *     - `unconfirmed`: WhatsApp's answer was lost. It may have been sent, and is not sent again.
         *     - `unknown`: WhatsApp accepted it, and then reported a status that is not known here. `statusHistory` has its word.
         * @enum {string}
         */
        MessageStatus: "received" | "scheduled" | "cancelled" | "queued" | "held" | "claimed" | "accepted" | "sent" | "delivered" | "read" | "played" | "failed" | "unconfirmed" | "unknown";
        /**
         * @description A calendar month, such as 2026-10.
         * @example 2026-10
         */
        Month: string;
        /** @description The moves of leads that happen by themselves. Omitted fields stay as they are. */
        MovesBody: {
            /** @description Where the first answer moves a lead in the stage `New` or `Incoming`. Null leaves it there. */
            answer?: components["schemas"]["Stage"] | null;
            /** @description The stage of a lead that a customer's first message creates. */
            firstMessage?: components["schemas"]["Stage"] | null;
            /** @description Where a later message moves a lead in the stage `New` or `Incoming`. Null leaves it there. */
            laterMessage?: components["schemas"]["Stage"] | null;
        };
        /** @description The parts of a name on a card. */
        NameParts: {
            /** @description The first name. */
            first?: string;
            /** @description The last name. */
            last?: string;
            /** @description The middle name. */
            middle?: string;
            /** @description The prefix, such as `Dr`. */
            prefix?: string;
            /** @description The suffix, such as `Jr`. */
            suffix?: string;
        };
        /** @description The parts of a name on a card. */
        NamePartsInput: {
            /** @description The first name. */
            first?: string | null;
            /** @description The last name. */
            last?: string | null;
            /** @description The middle name. */
            middle?: string | null;
            /** @description The prefix, such as `Dr`. */
            prefix?: string | null;
            /** @description The suffix, such as `Jr`. */
            suffix?: string | null;
        };
        /** @description A budget to create. */
        NewBudgetBody: {
            /** @description What happens to messages for which there is no room. */
            action: components["schemas"]["BudgetAction"];
            /** @description The amount that may be spent in a period. With 0, only free messages are sent. */
            amount: components["schemas"]["Amount"];
            /** @description The channel whose messages it covers. Defaults to all channels. */
            channelId?: components["schemas"]["ChannelId"] | null;
            /** @description The currency: that of the WhatsApp Business account that pays. */
            currency: components["schemas"]["Currency"];
            /** @description How long a period lasts. */
            period: components["schemas"]["BudgetPeriod"];
        };
        /** @description A new business. */
        NewBusiness: {
            /** @description The industry of the business. Null if not set. */
            businessCategory: string | null;
            /** @description The name of the business. */
            companyName: string;
            /**
             * Format: date-time
             * @description When the business was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description The business's ID. */
            id: components["schemas"]["TenantId"];
            /** @description The owner's invitation. */
            invitation?: components["schemas"]["Invitation"];
            /** @description Whether users of the business can sign in. */
            isActive: boolean;
            /** @description The languages of the business, the main language first. */
            languages: components["schemas"]["Language"][];
            /** @description What happens to marketing messages to customers whose consent is not recorded. */
            marketingWithoutConsent: components["schemas"]["UnrecordedConsent"];
            /** @description Which users must have two-factor authentication. */
            secondFactorRequiredOf: components["schemas"]["SecondFactorRule"];
            /** @description The confirmation that a customer gets once after STOP. Null if they get none. */
            stopConfirmation: string | null;
            /** @description The time zone of the business. */
            timezone: components["schemas"]["TimeZone"];
        };
        /** @description A deal to create. */
        NewDealBody: {
            /** @description The currency of the value, as ISO 4217 writes it. */
            currency?: string | null;
            /** @description The day on which the deal is expected to be won, such as 2026-12-24. */
            expectedClose?: string | null;
            /** @description Why the deal was lost. Only in the stage `Lost`. */
            lostReason?: string | null;
            /** @description The user who looks after the deal. Defaults to the lead's owner; null for none. */
            ownerId?: components["schemas"]["UserId"] | null;
            /** @description The pipeline. Defaults to the default pipeline. */
            pipelineId?: components["schemas"]["PipelineId"] | null;
            /** @description The stage. Defaults to `New`. */
            stage?: components["schemas"]["Stage"] | null;
            /** @description What is sold. */
            title: string;
            /**
             * Format: double
             * @description The value, with at most the decimals of its currency.
             */
            value?: number | null;
        };
        /** @description A custom field to create. */
        NewFieldBody: {
            /**
             * @description The choices of a field of the type `choice` or `multiple_choice`.
             * @default []
             */
            choices: string[];
            /**
             * @description The key. Defaults to one that is made of the name.
             * @example contract_end
             */
            key?: string | null;
            /** @description The name. */
            name: string;
            /**
             * @description The stages to which users cannot move a lead without a value.
             * @default []
             */
            requiredAt: components["schemas"]["Stage"][];
            /** @description The type. */
            type: components["schemas"]["FieldType"];
        };
        /** @description A pipeline to create. */
        NewPipelineBody: {
            /** @description The name. */
            name: string;
            /** @description The stages in their order. Those that are left out follow. */
            stages?: components["schemas"]["StageBody"][];
        };
        /** @description A segment to create. */
        NewSegmentBody: {
            /** @description Which leads are in it. */
            filter: components["schemas"]["LeadFilterInput"];
            /** @description The name. */
            name: string;
            /**
             * @description Whether all users of the business see it. Otherwise only you do.
             * @default false
             */
            shared: boolean;
        };
        /** @description A task to create. */
        NewTaskBody: {
            /** @description Who does it. Defaults to the caller; null leaves the task unassigned. */
            assigneeId?: components["schemas"]["UserId"] | null;
            /**
             * Format: date-time
             * @description When it is to be done.
             * @example 2026-09-21T14:13:20.000Z
             */
            dueAt?: string | null;
            /**
             * Format: date-time
             * @description When the assignee is reminded. Defaults to `dueAt`; null for no reminder.
             * @example 2026-09-21T14:13:20.000Z
             */
            remindAt?: string | null;
            /** @description What is to be done. */
            text: string;
        };
        /** @description A template to create. */
        NewTemplate: {
            /**
             * @description The body. Its parameters are numbers, `{{1}}`, or names, `{{first_name}}`. WhatsApp writes that of one-time codes.
             * @default
             */
            body: string;
            /**
             * @description Up to ten buttons.
             * @default []
             */
            buttons: components["schemas"]["TemplateButtonInput"][];
            /**
             * @description The uploaded file of each card.
             * @default []
             */
            cardFiles: components["schemas"]["MediaId"][];
            /**
             * @description The cards of a carousel, two to ten.
             * @default []
             */
            cards: components["schemas"]["TemplateCardInput"][];
            /** @description The category: `marketing`, `utility`, or `authentication` for one-time codes. */
            category: components["schemas"]["TemplateCategory"];
            /** @description The channel whose account gets the template. Optional if all channels belong to one account. */
            channelId?: components["schemas"]["ChannelId"] | null;
            /** @description How a one-time code is delivered. Needed for the category `authentication`. */
            code?: components["schemas"]["TemplateCodeInput"] | null;
            /** @description A sample of each value, for WhatsApp's reviewers. */
            examples?: components["schemas"]["TemplateExamples"];
            /** @description The footer. */
            footer?: string | null;
            /** @description The header. */
            header?: components["schemas"]["TemplateHeader"] | null;
            /** @description The uploaded file that the header shows, to the reviewers and in every message that names no other. */
            headerFile?: components["schemas"]["MediaId"] | null;
            /** @description The language. */
            language: components["schemas"]["TemplateLanguage"];
            /** @description The name. */
            name: components["schemas"]["TemplateName"];
        };
        /** @description A webhook to create. */
        NewWebhookBody: {
            /** @description What the webhook is for. */
            description?: string | null;
            /** @description The types of events to send. */
            events: ("message.received" | "message.created" | "message.status" | "lead.created" | "lead.updated" | "conversation.updated")[];
            /** @description The HTTPS URL that receives the events. It cannot be in a private network. */
            url: string;
        };
        /**
         * @description The next step after a failure.
         *
         *     - `retry`: Send the message again.
         *     - `retry_later`: Wait some minutes, and send the message again.
         *     - `wait_a_day`: Wait at least a day. WhatsApp punishes repeated attempts.
         *     - `send_template`: Send a template, or wait until the customer writes.
         *     - `respect_opt_out`: Write to this customer only when they write again, or agree to receive messages.
         *     - `check_price`: Check the new price, and send the message again if you agree to it.
         *     - `answer_customer`: Read what the customer wrote, and answer.
         *     - `send_whole_text`: Send the whole text again.
         *     - `change_message`: Change the message.
         *     - `change_file`: Send another file.
         *     - `check_template`: Check the template.
         *     - `resume_number`: Resume the channel. Queued messages are then sent.
         *     - `connect_number`: Connect the number again.
         *     - `check_number`: Check the channel: its token, permissions and registration.
         *     - `check_account`: Check the account in Meta's WhatsApp Manager.
         *     - `check_payment`: Check the payment method in Meta's WhatsApp Manager.
         *     - `use_another_channel`: Reach the customer by phone or email.
         *     - `ask_for_phone`: Ask the customer for the phone number.
         *     - `verify_customer`: Make sure that you still write to the same person, and send the message again.
         *     - `unblock`: Unblock the customer in WhatsApp.
         *     - `add_test_recipient`: Add the recipient to the test number's list in Meta's app dashboard.
         *     - `stop_marketing`: Send this customer no marketing messages.
         * @enum {string}
         */
        NextStep: "retry" | "retry_later" | "wait_a_day" | "send_template" | "respect_opt_out" | "check_price" | "answer_customer" | "send_whole_text" | "change_message" | "change_file" | "check_template" | "resume_number" | "connect_number" | "check_number" | "check_account" | "check_payment" | "use_another_channel" | "ask_for_phone" | "verify_customer" | "unblock" | "add_test_recipient" | "stop_marketing";
        /** @description A note to write. */
        NoteBody: {
            /**
             * @description The users whom the note mentions.
             * @default []
             */
            mentions: components["schemas"]["UserId"][];
            /** @description What the note says. Customers never see it. */
            text: string;
        };
        /** @description An account notice from WhatsApp. */
        Notice: {
            /**
             * Format: date-time
             * @description When the notice arrived.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description WhatsApp's type of the notice, such as `account_update`. Other values may appear. */
            field: string;
            /** @description The notice's ID. */
            id: components["schemas"]["MessageId"];
            /** @description The notice as WhatsApp sent it: any JSON. Null if it was not JSON. */
            raw: unknown;
        };
        /** @description A page of a list. */
        NoticePage: {
            /** @description The items of the page. */
            items: components["schemas"]["Notice"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description A short link that opens a chat with a number. */
        NumberLink: {
            /** @description Meta's code of the link. */
            code: string;
            /** @description The message that the customer sends first. */
            message: string;
            /** @description The link as a QR code: a data URL that an `<img>` shows. */
            qr: string;
            /** @description The link. */
            url: string;
        };
        /** @description A short link to make or change. */
        NumberLinkBody: {
            /** @description The message that the customer sends first. */
            message: string;
        };
        /** @description What customers meet at a number besides its messages. */
        NumberSetup: {
            /** @description Whether and when customers can call. Null if Meta does not offer calls for this number. */
            calls: components["schemas"]["CallSettings"] | null;
            /** @description The published flows of the account. A button of a message or template opens one by its ID. */
            flows: components["schemas"]["PublishedFlow"][];
            /** @description Short links that open a chat with the number. */
            links: components["schemas"]["NumberLink"][];
            /** @description Whether that is an address of the number's own, which comes before that of the app. */
            ownCallback: boolean;
            /** @description The address to which Meta posts the number's messages. Null if Meta did not say it. */
            postedTo: string | null;
            /** @description Why Meta did not make the last change. */
            problem: string | null;
            /**
             * Format: date-time
             * @description When Meta was last asked. Null if it never was.
             * @example 2026-09-21T14:13:20.000Z
             */
            readAt: string | null;
            /** @description Whether a change is on its way to Meta. It takes a few seconds. */
            saving: boolean;
            /** @description What customers can tap or type before they have written. */
            starters: components["schemas"]["ConversationStarters"];
        };
        /** @description A change of what customers meet at a number. One at a time. */
        NumberSetupChange: {
            /** @description Whether and when customers can call. */
            calls?: components["schemas"]["CallSettingsInput"] | null;
            /**
             * @description `true` to import the address book and the past messages of the phone that the number is in use on. It happens by
             *     itself when a phone is linked. Meta takes it once, within 24 hours.
             */
            importPhone?: boolean | null;
            /**
             * @description Whether the number's webhooks are posted to this installation by an address of the number's own. Use it where the
             *     app's dashboard names another one.
             */
            ownCallback?: boolean | null;
            /** @description The picture of the business profile: the ID of an uploaded JPEG or PNG. */
            picture?: components["schemas"]["MediaId"] | null;
            /** @description All questions and commands. */
            starters?: components["schemas"]["ConversationStartersInput"] | null;
        };
        /** @description A template that can be sent now. */
        OfferedTemplate: {
            /** @description The language. */
            language: components["schemas"]["TemplateLanguage"];
            /** @description The name. */
            name: components["schemas"]["TemplateName"];
            /** @description The price of a message from it. */
            price: components["schemas"]["QuotedPrice"];
        };
        /** @description An order from the business's catalogue. */
        Order: {
            /** @description Meta's ID of the catalogue. */
            catalogId?: string;
            /**
             * @description The products, in the order sent.
             * @default []
             */
            items: components["schemas"]["OrderItem"][];
            /** @description The customer's note. */
            note?: string;
        };
        /** @description A product of an order. Values that WhatsApp did not send, or that cannot be read, are absent. */
        OrderItem: {
            /** @description The currency's ISO 4217 code, such as `INR`. */
            currency?: string;
            /** @description The price of one item, such as `249.99`. */
            itemPrice?: string;
            /** @description The business's own ID of the product. */
            productRetailerId?: string;
            /** @description The quantity. */
            quantity?: number;
        };
        /**
         * @description How far an order has come.
         *
         *     - `pending`: It waits for the payment.
         *     - `processing`: It is being prepared.
         *     - `partially_shipped`: A part of it is on its way.
         *     - `shipped`: It is on its way.
         *     - `completed`: It is done.
         *     - `canceled`: It was cancelled.
         * @enum {string}
         */
        OrderProgress: "pending" | "processing" | "partially_shipped" | "shipped" | "completed" | "canceled";
        /** @description What is told of an order that was to be paid. */
        OrderUpdate: {
            /** @description What is said. */
            body: string;
            /** @description Why. */
            description?: string | null;
            /** @description The `reference` of the request to pay. */
            reference: string;
            /** @description How far the order has come. */
            status: components["schemas"]["OrderProgress"];
        };
        /** @description The other lead of a pair. */
        OtherBody: {
            /** @description The ID of the other lead. */
            leadId: components["schemas"]["LeadId"];
        };
        /** @description Cards of people. */
        OutboundContacts: {
            /** @description The cards, in this order. */
            contacts: components["schemas"]["ContactCard"][];
        };
        /** @description What a message of ours says. The JSON form is the same in the table and in the API: `{"type": …, …}`. */
        OutboundContent: (components["schemas"]["OutboundText"] & {
            /** @constant */
            type: "text";
        }) | {
            /** @description The words with it, up to 1,024 characters: of an image, a video or a document. */
            caption?: string;
            /** @description The name that the customer sees: of a document. */
            filename?: string;
            /**
             * Format: uri
             * @description A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
             */
            link?: string;
            /** @description A file that was uploaded. Either this or `link`. */
            mediaId?: components["schemas"]["MediaId"];
            /** @constant */
            type: "image";
            /** @description Whether it is shown as a voice note: of a sound. */
            voice?: boolean;
        } | {
            /** @description The words with it, up to 1,024 characters: of an image, a video or a document. */
            caption?: string;
            /** @description The name that the customer sees: of a document. */
            filename?: string;
            /**
             * Format: uri
             * @description A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
             */
            link?: string;
            /** @description A file that was uploaded. Either this or `link`. */
            mediaId?: components["schemas"]["MediaId"];
            /** @constant */
            type: "video";
            /** @description Whether it is shown as a voice note: of a sound. */
            voice?: boolean;
        } | {
            /** @description The words with it, up to 1,024 characters: of an image, a video or a document. */
            caption?: string;
            /** @description The name that the customer sees: of a document. */
            filename?: string;
            /**
             * Format: uri
             * @description A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
             */
            link?: string;
            /** @description A file that was uploaded. Either this or `link`. */
            mediaId?: components["schemas"]["MediaId"];
            /** @constant */
            type: "audio";
            /** @description Whether it is shown as a voice note: of a sound. */
            voice?: boolean;
        } | {
            /** @description The words with it, up to 1,024 characters: of an image, a video or a document. */
            caption?: string;
            /** @description The name that the customer sees: of a document. */
            filename?: string;
            /**
             * Format: uri
             * @description A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
             */
            link?: string;
            /** @description A file that was uploaded. Either this or `link`. */
            mediaId?: components["schemas"]["MediaId"];
            /** @constant */
            type: "document";
            /** @description Whether it is shown as a voice note: of a sound. */
            voice?: boolean;
        } | {
            /** @description The words with it, up to 1,024 characters: of an image, a video or a document. */
            caption?: string;
            /** @description The name that the customer sees: of a document. */
            filename?: string;
            /**
             * Format: uri
             * @description A public `https` address, from which WhatsApp fetches the file. Either this or `mediaId`.
             */
            link?: string;
            /** @description A file that was uploaded. Either this or `link`. */
            mediaId?: components["schemas"]["MediaId"];
            /** @constant */
            type: "sticker";
            /** @description Whether it is shown as a voice note: of a sound. */
            voice?: boolean;
        } | {
            /** @description The address of the place. */
            address?: string;
            /**
             * Format: double
             * @description The latitude, in degrees.
             */
            latitude: number;
            /**
             * Format: double
             * @description The longitude, in degrees.
             */
            longitude: number;
            /** @description The name of the place. */
            name?: string;
            /** @constant */
            type: "location";
            /** @description A web page about the place. */
            url?: string;
        } | (components["schemas"]["OutboundContacts"] & {
            /** @constant */
            type: "contacts";
        }) | (components["schemas"]["OutboundReaction"] & {
            /** @constant */
            type: "reaction";
        }) | {
            /** @description The question. */
            body: string;
            /** @description The buttons. */
            buttons: components["schemas"]["ReplyButton"][];
            /** @description A small line below it. */
            footer?: string;
            /** @description A line above it. */
            header?: string;
            /** @constant */
            type: "buttons";
        } | {
            /** @description The question. */
            body: string;
            /** @description What the button that opens the list shows. */
            button: string;
            /** @description A small line below it. */
            footer?: string;
            /** @description A line above it. */
            header?: string;
            /** @description The sections, with at most ten rows in all of them together. */
            sections: components["schemas"]["ListSection"][];
            /** @constant */
            type: "list";
        } | {
            /** @description What it is about. */
            body: string;
            /** @description A small line below it. */
            footer?: string;
            /** @description A line above it. */
            header?: string;
            /** @description What the button shows. */
            title: string;
            /** @constant */
            type: "cta_url";
            /**
             * Format: uri
             * @description The page, with `https://` or `http://`.
             */
            url: string;
        } | {
            /** @description Why it is asked. */
            body: string;
            /** @constant */
            type: "location_request";
        } | {
            /** @description Why the business wants to call. */
            body: string;
            /** @constant */
            type: "call_permission_request";
        } | {
            /** @description What is to be paid. */
            body: string;
            /** @description The currency: INR with UPI, BRL with Pix. */
            currency: components["schemas"]["PaymentCurrency"];
            /** @description The discount, in the smallest unit. */
            discount?: number;
            /** @description A small line below it. */
            footer?: string;
            /** @description What is paid for. */
            goods: components["schemas"]["Goods"];
            /** @description The products. */
            items: components["schemas"]["PaymentItem"][];
            /** @description How the customer pays. */
            method: components["schemas"]["PaymentMethod"];
            /** @description The business's own ID of the order, used once: letters, digits, `-`, `_` and `.`. */
            reference: string;
            /** @description The shipping, in the smallest unit. */
            shipping?: number;
            /** @description The tax, in the smallest unit. */
            tax?: number;
            /** @constant */
            type: "payment_request";
        } | {
            /** @description What is said. */
            body: string;
            /** @description Why. */
            description?: string;
            /** @description The `reference` of the request to pay. */
            reference: string;
            /** @description How far the order has come. */
            status: components["schemas"]["OrderProgress"];
            /** @constant */
            type: "order_status";
        } | {
            /** @description What it is about. */
            body: string;
            /** @description The data of the first screen: an object with at least one field. Requires `screen`. */
            data?: {
                [key: string]: unknown;
            };
            /** @description Meta's id of the flow. */
            flowId: string;
            /** @description A small line below it. */
            footer?: string;
            /** @description A line above it. */
            header?: string;
            /** @description The screen at which it begins; the flow's first, unless it is said. */
            screen?: string;
            /** @description What the button that opens it shows: no emoji. */
            title: string;
            /** @constant */
            type: "flow";
        } | {
            /** @description What is said about it. */
            body?: string;
            /** @description Meta's id of the catalogue. */
            catalogId: string;
            /** @description A small line below it. */
            footer?: string;
            /** @description The business's own id of the product. */
            productId: string;
            /** @constant */
            type: "product";
        } | {
            /** @description What is said about them. */
            body: string;
            /** @description Meta's id of the catalogue. */
            catalogId: string;
            /** @description A small line below them. */
            footer?: string;
            /** @description A line above them. */
            header: string;
            /** @description The sections, with at most 30 products in all of them together. */
            sections: components["schemas"]["ProductSection"][];
            /** @constant */
            type: "product_list";
        } | (components["schemas"]["OutboundTemplate"] & {
            /** @constant */
            type: "template";
        });
        /** @description An emoji put to another message; none takes back the one that stands there. */
        OutboundReaction: {
            /** @description The emoji. */
            emoji?: string;
            /** @description Our id of that message. */
            messageId: components["schemas"]["MessageId"];
            /** @description WhatsApp's id of the message it is put to. */
            target: components["schemas"]["Wamid"];
        };
        /** @description An approved template with its values. */
        OutboundTemplate: {
            /** @description The language that was asked for. Absent unless the template does not have it, and is sent in another one. */
            askedLanguage?: string;
            /** @description The body with its values. */
            body: string;
            /** @description The buttons. */
            buttons?: components["schemas"]["FilledTemplateButton"][];
            /** @description The cards of a carousel. */
            cards?: components["schemas"]["FilledTemplateCard"][];
            /** @description The template's category when the message was written. It decides the price. */
            category?: components["schemas"]["Category"];
            /** @description The small line below the body. */
            footer?: string;
            /** @description What stands above the body. */
            header?: components["schemas"]["FilledTemplateHeader"];
            /** @description The template's language, such as `en_US`. */
            language: string;
            /** @description The template's name. */
            name: string;
            /** @description The values of the body, in the order of the parameters. */
            parameters?: components["schemas"]["TemplateParameter"][];
        };
        /** @description A text. */
        OutboundText: {
            /** @description The text, up to 4,096 characters. */
            body: string;
            /** @description Whether WhatsApp shows a preview of the first link. */
            previewUrl?: boolean;
        };
        /**
         * @description Whether parameters are numbers or names.
         *
         *     - `positional`: `{{1}}`.
         *     - `named`: `{{first_name}}`.
         * @enum {string}
         */
        ParameterFormat: "positional" | "named";
        /** @description A parked webhook delivery. */
        Parked: {
            /**
             * Format: date-time
             * @description When the delivery was parked.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description The size in bytes. */
            bytes: number;
            /** @description The delivery's ID. */
            id: components["schemas"]["ParkedId"];
            /** @description Meta's ID of the business phone number. */
            phoneNumberId: components["schemas"]["PhoneNumberId"] | null;
            /** @description Why the delivery was parked. */
            reason: string;
        };
        /**
         * @description The ID of a parked event: one that could not be read or was too large.
         * @example prk_01M3250VASBF3MSX3QTC83A67F
         */
        ParkedId: string;
        /** @description A page of a list. */
        ParkedPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Parked"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description A parked webhook delivery with its content. */
        ParkedWhole: {
            /**
             * Format: date-time
             * @description When the delivery was parked.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description The content, byte for byte. */
            body: string;
            /** @description The size in bytes. */
            bytes: number;
            /** @description The encoding of `body`. */
            encoding: components["schemas"]["Encoding"];
            /** @description The delivery's ID. */
            id: components["schemas"]["ParkedId"];
            /** @description Meta's ID of the business phone number. */
            phoneNumberId: components["schemas"]["PhoneNumberId"] | null;
            /** @description Why the delivery was parked. */
            reason: string;
        };
        /** @description The proof to set up two-factor authentication with. */
        PasswordBody: {
            /**
             * Format: password
             * @description The user's password.
             */
            password: string;
        };
        /**
         * @description The currency of a request to pay.
         *
         *     - `INR`: Indian rupees, in paise.
         *     - `BRL`: Brazilian reais, in centavos.
         * @enum {string}
         */
        PaymentCurrency: "INR" | "BRL";
        /** @description A product of an order. */
        PaymentItem: {
            /** @description The price of one, in the smallest unit, such as paise. */
            amount: number;
            /** @description Its name. */
            name: string;
            /** @description How many. */
            quantity: number;
        };
        /** @description How a customer pays. */
        PaymentMethod: {
            /** @description The name of the configuration. */
            configuration: string;
            /** @constant */
            type: "upi";
        } | {
            /** @description The code. */
            code: string;
            /** @description The Pix key. */
            key: string;
            /** @description The kind of the key. */
            keyType: components["schemas"]["PixKeyType"];
            /** @description Who is paid. */
            merchantName: string;
            /** @constant */
            type: "pix";
        };
        /** @description A request to pay an order. */
        PaymentRequest: {
            /** @description What is to be paid. */
            body: string;
            /** @description The currency: INR with UPI, BRL with Pix. */
            currency: components["schemas"]["PaymentCurrency"];
            /** @description The discount, in the smallest unit. */
            discount?: number | null;
            /** @description A small line below it. */
            footer?: string | null;
            /** @description What is paid for. */
            goods: components["schemas"]["Goods"];
            /** @description The products. */
            items: components["schemas"]["PaymentItem"][];
            /** @description How the customer pays. */
            method: components["schemas"]["PaymentMethod"];
            /** @description The business's own ID of the order, used once: letters, digits, `-`, `_` and `.`. */
            reference: string;
            /** @description The shipping, in the smallest unit. */
            shipping?: number | null;
            /** @description The tax, in the smallest unit. */
            tax?: number | null;
        };
        /** @description How a payment fares. */
        PaymentStatus: {
            /**
             * Format: date-time
             * @description When it was.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description The status, as WhatsApp reports it. */
            status: string;
        };
        /** @description One period of a budget, by its first day: `2026-10-03`, or `2026-10`. */
        PeriodName: string;
        /**
         * @description A permission of a role, and the scope of an API key.
         *
         *     - `inbox:read`: Read leads, conversations, messages and channels.
         *     - `inbox:write`: Send messages, create and change leads, manage conversations.
         *     - `leads:write`: Delete, restore, import and export leads, and define their fields.
         *     - `notices:read`: Read account notices from WhatsApp.
         *     - `parked:read`: Read parked webhook deliveries.
         *     - `channels:write`: Change channels and their access tokens.
         *     - `templates:write`: Create, delete and synchronise message templates.
         *     - `users:read`: Read users and settings.
         *     - `users:write`: Invite, change and deactivate users.
         *     - `settings:write`: Change the settings of the business.
         *     - `keys:write`: Create and revoke API keys.
         *     - `webhooks:write`: Create, change and delete webhooks, and read their deliveries.
         *     - `audit:read`: Read the audit log.
         *     - `costs:read`: Read what messages cost.
         *     - `reports:read`: Read reports of messages, leads and response times.
         *     - `statuses:write`: Report delivery statuses of messages to `POST /webhook/incoming`.
         * @enum {string}
         */
        Permission: "inbox:read" | "inbox:write" | "leads:write" | "notices:read" | "parked:read" | "channels:write" | "templates:write" | "users:read" | "users:write" | "settings:write" | "keys:write" | "webhooks:write" | "audit:read" | "costs:read" | "reports:read" | "statuses:write";
        /**
         * @description A phone number with country code: 7 to 15 digits (E.164), stored without `+`.
         *
         *     In Brazil, Mexico and Argentina, WhatsApp writes one account in two ways. Both are the same phone number.
         * @example +919876543210
         */
        Phone: string;
        /** @description Meta's ID of a business phone number, which webhooks are routed by. */
        PhoneNumberId: string;
        /** @description A session: the link of one number, from its QR code until it is unlinked. */
        PhoneSession: {
            /** @description The channel that it linked. Null until then. */
            channelId: components["schemas"]["ChannelId"] | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description Who created it. */
            createdBy: components["schemas"]["Actor"];
            /** @description Why the number could not be linked. Null in every other state. */
            error: components["schemas"]["SessionError"] | null;
            /**
             * Format: date-time
             * @description When the QR code expires. Null unless it waits to be scanned.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string | null;
            /** @description The session's ID. */
            id: components["schemas"]["PhoneSessionId"];
            /** @description The URL in the QR code, to open on the phone. Null whenever `qr` is. */
            link: string | null;
            /** @description The number, formatted for display. Null until it is linked. */
            phoneNumber: string | null;
            /** @description The QR code as a data URL of an SVG, for an `<img>`. Null unless it waits to be scanned. Lists omit it. */
            qr: string | null;
            /** @description The state. */
            status: components["schemas"]["SessionState"];
            /**
             * Format: date-time
             * @description When its onboarding last changed.
             * @example 2026-09-21T14:13:20.000Z
             */
            updatedAt: string;
        };
        /**
         * @description The ID of a session that links one number by a QR code.
         * @example pss_01M3250VASBF3MSX3QTC83A67F
         */
        PhoneSessionId: string;
        /** @description The sessions of the business. */
        PhoneSessions: {
            /** @description The sessions, the oldest first. Ended sessions are listed for 30 days. */
            sessions: components["schemas"]["PhoneSession"][];
        };
        /** @description A pipeline. */
        Pipeline: {
            /** @description The pipeline's ID. */
            id: components["schemas"]["PipelineId"];
            /** @description Whether it is the default pipeline, which is also that of leads. */
            isDefault: boolean;
            /** @description The name. */
            name: string;
            /** @description All eight stages, in their order. */
            stages: components["schemas"]["PipelineStage"][];
        };
        /** @description A change of a pipeline. Omitted fields stay as they are. */
        PipelineBody: {
            /** @description The moves of leads that happen by themselves. Only of the default pipeline. */
            moves?: components["schemas"]["MovesBody"] | null;
            /** @description The name. */
            name?: string | null;
            /** @description The stages in their order. Those that are left out follow. */
            stages?: components["schemas"]["StageBody"][] | null;
        };
        /**
         * @description The ID of a pipeline: an order of the stages, with their names.
         * @example ppl_01M3250VASBF3MSX3QTC83A67F
         */
        PipelineId: string;
        /** @description All pipelines, the default one first. */
        Pipelines: {
            /** @description The pipelines. */
            items: components["schemas"]["Pipeline"][];
            /** @description The moves of leads that happen by themselves. */
            moves: components["schemas"]["AutomaticMoves"];
            /** @description Null: all pipelines are on one page. */
            nextCursor: string | null;
        };
        /** @description A stage, as a pipeline shows it. */
        PipelineStage: {
            /** @description Its colour. */
            colour: components["schemas"]["StageColour"];
            /** @description Whether boards leave it out. */
            hidden: boolean;
            /** @description The business's name for it. */
            label: string;
            /** @description The stage: one of eight keys. */
            stage: components["schemas"]["Stage"];
        };
        /** @description A board: what stands in each stage now. */
        PipelineTotals: {
            /** @description Its name. */
            name: string;
            /** @description The pipeline. */
            pipelineId: components["schemas"]["PipelineId"];
            /** @description The stages, in their order. */
            stages: components["schemas"]["StageTotals"][];
        };
        /**
         * @description The kind of a Pix key.
         *
         *     - `CPF`: A person's tax number.
         *     - `CNPJ`: A company's tax number.
         *     - `EMAIL`: An email address.
         *     - `PHONE`: A phone number.
         *     - `EVP`: A random key.
         * @enum {string}
         */
        PixKeyType: "CPF" | "CNPJ" | "EMAIL" | "PHONE" | "EVP";
        /** @description A place to send. */
        Place: {
            /** @description Its address. */
            address?: string | null;
            /**
             * Format: double
             * @description Degrees north.
             */
            latitude: number;
            /**
             * Format: double
             * @description Degrees east.
             */
            longitude: number;
            /** @description What the place is called. */
            name?: string | null;
        };
        /** @description Two leads that may be the same person. */
        PossibleDuplicate: {
            /** @description The two leads, the older one first. */
            leads: components["schemas"]["Lead"][];
            /**
             * Format: date-time
             * @description When WhatsApp first named identities of both in one event.
             * @example 2026-09-21T14:13:20.000Z
             */
            since: string;
        };
        /** @description A page of a list. */
        PossibleDuplicatePage: {
            /** @description The items of the page. */
            items: components["schemas"]["PossibleDuplicate"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description How certain the price of a message is.
         *
         *     - `quoted`: It is what the message was said to cost when it was sent.
         *     - `settled`: WhatsApp has delivered the message, and said how it charges it; or the message failed and costs nothing.
         * @enum {string}
         */
        PriceState: "quoted" | "settled";
        /** @description How Meta charges a message. Other values may appear in each field. */
        Pricing: {
            /** @description Whether Meta charges the message. */
            billable?: boolean;
            /** @description The category, such as `service`, `utility`, `marketing` or `authentication`. */
            category?: string;
            /** @description The type, such as `regular`, `free_customer_service` or `free_entry_point`. */
            kind?: string;
            /** @description The pricing model, such as `PMP` (per message). */
            model?: string;
        };
        /** @description Why a request failed, as a problem document (RFC 9457). */
        Problem: {
            /** @description The colleague whom the conversation is assigned to. */
            assignee?: components["schemas"]["Assignee"];
            /** @description What is wrong with this request, and what to do. */
            detail: string;
            /** @description All invalid fields. */
            errors?: components["schemas"]["FieldError"][];
            /** @description The first invalid field. */
            field?: string;
            /** @description The lead that already has the phone number or email address, if the caller can see it. */
            leadId?: components["schemas"]["LeadId"];
            /** @description The request ID, as in the header `X-Request-Id`. */
            requestId: string;
            /** @description The HTTP status code. */
            status: number;
            /** @description The type of problem, for people. */
            title: string;
            /**
             * @description The type of problem, for programs.
             * @enum {string}
             */
            type: "/problems/bad-request" | "/problems/invalid-json" | "/problems/invalid-parameter" | "/problems/unauthenticated" | "/problems/wrong-credentials" | "/problems/signed-out" | "/problems/code-needed" | "/problems/wrong-code" | "/problems/forbidden" | "/problems/email-not-verified" | "/problems/second-factor-needed" | "/problems/not-found" | "/problems/method-not-allowed" | "/problems/address-taken" | "/problems/conflict" | "/problems/claimed" | "/problems/lead-exists" | "/problems/changed-meanwhile" | "/problems/too-large" | "/problems/unsupported-media-type" | "/problems/invalid-input" | "/problems/window-closed" | "/problems/price-unknown" | "/problems/price-changed" | "/problems/opted-out" | "/problems/consent-not-recorded" | "/problems/no-connected-number" | "/problems/no-country-code" | "/problems/idempotency-key-reused" | "/problems/too-many-requests" | "/problems/internal" | "/problems/unavailable";
            /**
             * Format: date-time
             * @description When the 24-hour window closed, or will close.
             * @example 2026-09-21T14:13:20.000Z
             */
            windowUntil?: string;
        };
        /** @description One product of the catalogue. */
        Product: {
            /** @description What is said about it. */
            body?: string | null;
            /** @description Meta's id of the catalogue. */
            catalogId: string;
            /** @description A small line below it. */
            footer?: string | null;
            /** @description The business's own id of the product. */
            productId: string;
        };
        /** @description Several products of the catalogue. */
        ProductList: {
            /** @description What is said about them. */
            body: string;
            /** @description Meta's id of the catalogue. */
            catalogId: string;
            /** @description A small line below them. */
            footer?: string | null;
            /** @description A line above them. */
            header: string;
            /** @description The sections, with at most 30 products in all of them together. */
            sections: components["schemas"]["ProductSection"][];
        };
        /** @description A part of a list of products. */
        ProductSection: {
            /** @description The business's own ids of the products. */
            productIds: string[];
            /** @description What stands above its products. */
            title: string;
        };
        /** @description A change of a business profile. Omitted fields stay as they are; an empty text or list is removed. */
        ProfileBody: {
            /** @description A line about the business, 1 to 139 characters. It cannot be removed. */
            about?: string | null;
            /** @description The address of the business, at most 256 characters. */
            address?: string | null;
            /** @description A description of the business, at most 512 characters. */
            description?: string | null;
            /** @description The email address of the business, at most 128 characters. */
            email?: string | null;
            /** @description Up to two websites, with `https://` or `http://`. */
            websites?: string[] | null;
        };
        /** @description Why Meta rejected a change of a business profile. */
        ProfileRejection: {
            /**
             * Format: int64
             * @description Meta's error code. Null if Meta did not answer with an error.
             */
            code: number | null;
            /** @description What Meta reports. */
            detail: string;
        };
        /** @description Proof of identity: a password or a two-factor code. */
        ProofBody: {
            /**
             * Format: password
             * @description A two-factor code or a recovery code, in place of the password.
             */
            code?: string | null;
            /**
             * Format: password
             * @description The signed-in user's password.
             */
            password?: string | null;
        };
        /** @description A form of the account. */
        PublishedFlow: {
            /** @description Meta's ID of it. */
            id: string;
            /** @description Its name. */
            name: string;
        };
        /** @description The quick replies of the caller, and the shared ones. */
        QuickReplies: {
            /** @description By name. */
            items: components["schemas"]["QuickReply"][];
            /** @description The variables that a text may name. */
            variables: string[];
        };
        /** @description A quick reply. */
        QuickReply: {
            /** @description The quick reply's ID. */
            id: components["schemas"]["QuickReplyId"];
            /** @description Whether the caller may change it. */
            mayChange: boolean;
            /** @description The ID of its file. Null if it has none. */
            mediaId: components["schemas"]["MediaId"] | null;
            /** @description The word by which it is found after `/`. */
            name: string;
            /** @description Counts its changes. It is also its `ETag`. */
            revision: number;
            /** @description Whether all users have it. */
            shared: boolean;
            /** @description The text, with its variables. */
            text: string;
        };
        /** @description A quick reply. Omitted fields stay as they are; null removes a file. */
        QuickReplyBody: {
            /** @description The ID of an uploaded file. */
            mediaId?: components["schemas"]["MediaId"] | null;
            /** @description The word by which it is found after `/`. */
            name?: string | null;
            /** @description Whether all users have it. `templates:write` is needed for these. Defaults to false. */
            shared?: boolean | null;
            /** @description The text, with variables such as `{{lead.name}}` and `{{agent.name}}`. */
            text?: string | null;
        };
        /**
         * @description The ID of a quick reply.
         * @example qrp_01M3250VASBF3MSX3QTC83A67F
         */
        QuickReplyId: string;
        /** @description What a message would cost, and whether it can be sent. */
        Quote: {
            /** @description What a message of each category would cost, for this recipient and now. */
            categories: components["schemas"]["QuotedPrice"][];
            /** @description The channel that it would be sent from. */
            channelId: components["schemas"]["ChannelId"];
            /**
             * @description How many service messages of the number are still free in this month of the account's time zone. They are free in
             *     the order in which WhatsApp delivers them. Null before October 2026.
             */
            freeMessagesLeft: number | null;
            /** @description What is recorded of the customer's consent to marketing messages. */
            marketingConsent: components["schemas"]["ConsentState"];
            /** @description How many messages it is sent as. A long text is sent as several. */
            messages: number;
            /**
             * @description What a budget that has no room for the message does: `warn`, `ask` or `hold`, the strictest of them. Null if every
             *     budget has room.
             */
            overBudget: components["schemas"]["BudgetAction"] | null;
            /** @description The price of each message, once it is delivered. */
            price: components["schemas"]["QuotedPrice"];
            /** @description Why it cannot be sent. Null if it can. */
            refusal: components["schemas"]["Refusal"] | null;
            /** @description Whether it can be sent now. */
            sendable: boolean;
            /** @description Templates that can be sent instead, if the message cannot: up to 20, by name. */
            templates: components["schemas"]["OfferedTemplate"][];
            /** @description The price of all of them together. Null if it is unknown. */
            total: components["schemas"]["Amount"] | null;
            /**
             * Format: date-time
             * @description When the 24-hour window closes. Null if the customer has neither written nor called.
             * @example 2026-09-21T14:13:20.000Z
             */
            windowUntil: string | null;
        };
        /** @description A message to quote. Name one recipient. */
        QuoteBody: {
            /** @description The channel to send from. Defaults to the one that the customer last wrote to. */
            channelId?: components["schemas"]["ChannelId"] | null;
            /** @description The conversation to send in. */
            conversationId?: components["schemas"]["ConversationId"] | null;
            /** @description The lead to send to. */
            leadId?: components["schemas"]["LeadId"] | null;
            /** @description The phone number to send to. Together with a lead, it must be the lead's number. */
            phoneNumber?: components["schemas"]["Phone"] | null;
            /** @description The template, if it is one. */
            template?: components["schemas"]["QuotedTemplate"] | null;
            /** @description The text, if it is a text. A long one is sent as several messages. */
            text?: string | null;
        } | unknown | unknown | unknown;
        /** @description What WhatsApp charges for one message that is delivered. List prices, before tax, fees of partners and volume tiers. */
        QuotedPrice: {
            /** @description The amount. With the basis `free_allowance`, the most that the message can cost. Null if it is unknown. */
            amount: components["schemas"]["Amount"] | null;
            /** @description The rule that the price follows from. Null if the price is unknown. */
            basis: components["schemas"]["Basis"] | null;
            /** @description The version of the rate card: the first day on which it holds. Null if no card was needed, or if none has the price. */
            card: components["schemas"]["CardVersion"] | null;
            /** @description The category. Null if WhatsApp has one that Leadwire does not know. */
            category: components["schemas"]["Category"] | null;
            /** @description The currency of the WhatsApp Business account. Null if it is not known. */
            currency: components["schemas"]["Currency"] | null;
            /** @description Why the price is unknown. Null if it is known. */
            unknown: components["schemas"]["Unknown"] | null;
        };
        /** @description A template to quote. */
        QuotedTemplate: {
            /** @description The language, as in a message. */
            language: components["schemas"]["TemplateLanguage"];
            /** @description The template's name. */
            name: components["schemas"]["TemplateName"];
        };
        /** @description A customer's message as WhatsApp sent it. */
        RawMessage: {
            /** @description The message's ID. */
            id: components["schemas"]["MessageId"];
            /** @description The message's JSON from Meta's Cloud API. */
            raw: unknown;
        };
        /** @description An emoji for a message of the conversation. */
        Reaction: {
            /** @description One emoji; null takes back the one that stands there. */
            emoji?: string | null;
            /** @description The message, by our id. It may be 30 days old at most. */
            messageId: components["schemas"]["MessageId"];
        };
        /** @description The unread messages of a conversation. */
        ReadConversation: {
            /** @description The conversation's ID. */
            id: components["schemas"]["ConversationId"];
            /** @description Whether a user has marked it as unread since it was last read. */
            markedUnread: boolean;
            /** @description The number of unread messages: those that arrived in the meantime. */
            unread: number;
        };
        /** @description A ticket for one WebSocket connection. */
        RealtimeTicket: {
            /**
             * Format: date-time
             * @description When the ticket expires.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description The ticket. It works only once. */
            ticket: string;
            /** @description The URL to connect to, including the ticket. */
            url: string;
        };
        /**
         * @description Why a message failed. Meta's code and explanation are given separately.
         *
         *     - `window_closed`: The customer last wrote more than 24 hours ago.
         *     - `expired`: It could not be sent within its lifetime.
         *     - `not_reachable`: The number is not on WhatsApp, or cannot receive this message.
         *     - `refused`: Meta rejected the message.
         *     - `file_not_sent`: Its file could not be uploaded to WhatsApp.
         *     - `unauthorised`: Meta rejects the channel. Check its token, permissions and registration.
         *     - `paused`: The channel is paused. Resume it, and the message is sent.
         *     - `disconnected`: The channel was disconnected.
         *     - `opted_out`: The customer has opted out of such messages.
         *     - `price_changed`: The message would cost more than its sender agreed to, or its price is no longer known. It is held until a user
         *     approves the new price.
         *     - `budget_spent`: A budget has no room for the message. It is held until the budget has.
         *     - `they_wrote`: It was scheduled unless the customer writes, and they wrote.
         *     - `earlier_part`: An earlier part of the same text failed.
         * @enum {string}
         */
        Reason: "window_closed" | "expired" | "not_reachable" | "refused" | "file_not_sent" | "unauthorised" | "paused" | "disconnected" | "opted_out" | "price_changed" | "budget_spent" | "they_wrote" | "earlier_part";
        /** @description Recovery codes. They are shown only once. */
        RecoveryCodes: {
            /** @description The codes. Each replaces one code of the app, once. */
            recoveryCodes: string[];
        };
        /** @description The ad or post that a customer opened the chat from. WhatsApp reports it once. */
        Referral: {
            /** @description The ad's text. */
            body?: string;
            /** @description Meta's ID of the click. Ads in WhatsApp Status have none. */
            ctwaClid?: string;
            /** @description The ad's headline. */
            headline?: string;
            /** @description The URL of the ad's image. */
            imageUrl?: string;
            /** @description What the ad shows: `image` or `video`. */
            mediaType?: string;
            /** @description The ad's ID. */
            sourceId?: string;
            /** @description `ad` or `post`. */
            sourceType?: string;
            /** @description The ad's URL. */
            sourceUrl?: string;
            /** @description The URL of the ad's video thumbnail. */
            thumbnailUrl?: string;
            /** @description The URL of the ad's video. */
            videoUrl?: string;
            /** @description The greeting that the ad shows in the chat. */
            welcomeMessage?: string;
        };
        /** @description The product in the catalogue that a customer wrote from. */
        ReferredProduct: {
            /** @description Meta's ID of the catalogue. */
            catalogId?: string;
            /** @description The business's own ID of the product. */
            productRetailerId?: string;
        };
        /** @description The refresh token. Browsers send their cookie, and no body. */
        RefreshBody: {
            /**
             * Format: password
             * @description The refresh token.
             */
            refreshToken?: string | null;
        };
        /**
         * @description Why a message cannot be sent now.
         *
         *     - `window_closed`: The 24-hour window is closed. WhatsApp then delivers only templates.
         * @enum {string}
         */
        Refusal: "window_closed";
        /** @description A button that answers with its id. */
        ReplyButton: {
            /** @description What the answer names, and no other button of the message. */
            id: string;
            /** @description What it shows. */
            title: string;
        };
        /** @description What was counted in a span of days. */
        Report: {
            /** @description The span of the same length before it. */
            before: components["schemas"]["ReportCounts"];
            /** @description Each channel with messages. */
            channels: components["schemas"]["ReportChannel"][];
            /** @description Each day. */
            days: components["schemas"]["ReportDay"][];
            /**
             * Format: date
             * @description The first day.
             * @example 2026-11-30
             */
            from: string;
            /** @description New leads by source. */
            sources: {
                [key: string]: number;
            };
            /** @description Leads that moved to each stage. */
            stages: {
                [key: string]: number;
            };
            /** @description The time zone of the days. */
            timeZone: components["schemas"]["TimeZone"];
            /**
             * Format: date
             * @description The last day.
             * @example 2026-11-30
             */
            to: string;
            /** @description The whole span. */
            total: components["schemas"]["ReportCounts"];
            /** @description Each user who sent messages, or was assigned a conversation that was answered. */
            users: components["schemas"]["ReportUser"][];
        };
        /** @description A channel's counts. */
        ReportChannel: {
            /**
             * Format: int64
             * @description Waiting customers who got an answer.
             */
            answered: number;
            /** @description The channel's ID. */
            channelId: components["schemas"]["ChannelId"];
            /**
             * Format: int64
             * @description Sent messages that reached the customer.
             */
            delivered: number;
            /**
             * Format: int64
             * @description Messages of the business that could not be sent or delivered.
             */
            failed: number;
            /**
             * Format: int64
             * @description Leads that moved to Lost.
             */
            lost: number;
            /** @description The time in seconds within which half of them got it, to 10 percent. Null if there was no answer. */
            medianResponseSeconds: number | null;
            /** @description The channel's name. Null if it was disconnected. */
            name: string | null;
            /**
             * Format: int64
             * @description New leads.
             */
            newLeads: number;
            /** @description The time in seconds within which nine of ten got it, to 10 percent. Null if there was no answer. */
            p90ResponseSeconds: number | null;
            /**
             * Format: int64
             * @description Sent messages that the customer read.
             */
            read: number;
            /**
             * Format: int64
             * @description Messages from customers.
             */
            received: number;
            /**
             * Format: int64
             * @description Messages of the business that WhatsApp accepted.
             */
            sent: number;
            /**
             * Format: int64
             * @description Leads that moved to Won.
             */
            won: number;
        };
        /** @description Counts. A delivery status counts on the day of its message. */
        ReportCounts: {
            /**
             * Format: int64
             * @description Waiting customers who got an answer.
             */
            answered: number;
            /**
             * Format: int64
             * @description Sent messages that reached the customer.
             */
            delivered: number;
            /**
             * Format: int64
             * @description Messages of the business that could not be sent or delivered.
             */
            failed: number;
            /**
             * Format: int64
             * @description Leads that moved to Lost.
             */
            lost: number;
            /** @description The time in seconds within which half of them got it, to 10 percent. Null if there was no answer. */
            medianResponseSeconds: number | null;
            /**
             * Format: int64
             * @description New leads.
             */
            newLeads: number;
            /** @description The time in seconds within which nine of ten got it, to 10 percent. Null if there was no answer. */
            p90ResponseSeconds: number | null;
            /**
             * Format: int64
             * @description Sent messages that the customer read.
             */
            read: number;
            /**
             * Format: int64
             * @description Messages from customers.
             */
            received: number;
            /**
             * Format: int64
             * @description Messages of the business that WhatsApp accepted.
             */
            sent: number;
            /**
             * Format: int64
             * @description Leads that moved to Won.
             */
            won: number;
        };
        /** @description A day's counts. */
        ReportDay: {
            /**
             * Format: int64
             * @description Waiting customers who got an answer.
             */
            answered: number;
            /**
             * Format: date
             * @description The day.
             * @example 2026-11-30
             */
            date: string;
            /**
             * Format: int64
             * @description Sent messages that reached the customer.
             */
            delivered: number;
            /**
             * Format: int64
             * @description Messages of the business that could not be sent or delivered.
             */
            failed: number;
            /**
             * Format: int64
             * @description Leads that moved to Lost.
             */
            lost: number;
            /** @description The time in seconds within which half of them got it, to 10 percent. Null if there was no answer. */
            medianResponseSeconds: number | null;
            /**
             * Format: int64
             * @description New leads.
             */
            newLeads: number;
            /** @description The time in seconds within which nine of ten got it, to 10 percent. Null if there was no answer. */
            p90ResponseSeconds: number | null;
            /**
             * Format: int64
             * @description Sent messages that the customer read.
             */
            read: number;
            /**
             * Format: int64
             * @description Messages from customers.
             */
            received: number;
            /**
             * Format: int64
             * @description Messages of the business that WhatsApp accepted.
             */
            sent: number;
            /**
             * Format: int64
             * @description Leads that moved to Won.
             */
            won: number;
        };
        /** @description A user's counts. */
        ReportUser: {
            /**
             * Format: int64
             * @description Waiting customers who got an answer.
             */
            answered: number;
            /**
             * Format: int64
             * @description Sent messages that reached the customer.
             */
            delivered: number;
            /**
             * Format: int64
             * @description Messages of the business that could not be sent or delivered.
             */
            failed: number;
            /**
             * Format: int64
             * @description Leads that moved to Lost.
             */
            lost: number;
            /** @description The time in seconds within which half of them got it, to 10 percent. Null if there was no answer. */
            medianResponseSeconds: number | null;
            /** @description The user's name. Null if the user no longer exists. */
            name: string | null;
            /**
             * Format: int64
             * @description New leads.
             */
            newLeads: number;
            /** @description The time in seconds within which nine of ten got it, to 10 percent. Null if there was no answer. */
            p90ResponseSeconds: number | null;
            /**
             * Format: int64
             * @description Sent messages that the customer read.
             */
            read: number;
            /**
             * Format: int64
             * @description Messages from customers.
             */
            received: number;
            /**
             * Format: int64
             * @description Messages of the business that WhatsApp accepted.
             */
            sent: number;
            /** @description The user's ID. */
            userId: components["schemas"]["UserId"];
            /**
             * Format: int64
             * @description Leads that moved to Won.
             */
            won: number;
        };
        /** @description A password reset. */
        ResetBody: {
            /**
             * Format: password
             * @description The new password. Easily guessed passwords are rejected.
             */
            password: string;
            /**
             * Format: password
             * @description The token of the link in the email.
             */
            token: string;
        };
        /** @description What Meta's page returned. */
        ReturnBody: {
            /**
             * Format: password
             * @description The code in the query of the URL that Meta returned to. It works once, within 30 seconds.
             */
            code: string;
            /**
             * Format: password
             * @description The state in the same query.
             */
            state: string;
        };
        /**
         * @description The role of a user. Each role grants a set of permissions; roles are not ordered.
         *
         *     - `owner`: Owns the account.
         *     - `admin`: Manages users and settings.
         *     - `marketer`: Writes templates and campaigns.
         *     - `agent`: Answers customers.
         *     - `viewer`: Reads only.
         * @enum {string}
         */
        Role: "owner" | "admin" | "marketer" | "agent" | "viewer";
        /** @description A scanned QR code. */
        ScanBody: {
            /**
             * Format: password
             * @description The state in the query of the scanned URL, under `scan`.
             */
            state: string;
        };
        /** @description Where a scanned QR code leads. */
        ScannedSession: {
            /** @description The business that the number will be linked to. Show it before you open the page. */
            business: string;
            /**
             * Format: date-time
             * @description When the QR code expires.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description Meta's page. Open it in the phone's browser. */
            url: string;
        };
        /** @description A change of a scheduled message. Omitted fields stay as they are. */
        ScheduledBody: {
            /**
             * Format: date-time
             * @description The new time: in the future, and within 30 days.
             * @example 2026-09-21T14:13:20.000Z
             */
            sendAt?: string | null;
            /** @description The new text. Only a text can be changed; cancel a message of another kind. */
            text?: string | null;
            /** @description Whether it is not sent if the customer writes before its time. */
            unlessTheyWrite?: boolean | null;
        };
        /** @description What was found. */
        SearchResult: {
            /** @description Whether there may be more. Search for another word to find them. */
            hasMore: boolean;
            /** @description The leads that were found, the last active first. */
            items: components["schemas"]["Lead"][];
        };
        /** @description The secret for an authenticator app. */
        SecondFactorOffer: {
            /** @description The secret, to type into the app. */
            secret: string;
            /** @description The secret as an `otpauth` link, to show as a QR code. */
            uri: string;
        };
        /**
         * @description Which users of a business must have two-factor authentication.
         *
         *     - `nobody`: Optional for all users.
         *     - `managers`: Required for owners and admins (ASVS 5.0, 6.3.3).
         *     - `everybody`: Required for all users.
         * @enum {string}
         */
        SecondFactorRule: "nobody" | "managers" | "everybody";
        /**
         * @description The conversations that a user can see.
         *
         *     - `all`: All conversations.
         *     - `channels`: Conversations on some channels.
         *     - `unassigned_and_mine`: Conversations that are unassigned or assigned to the user.
         *     - `mine`: Conversations assigned to the user.
         * @enum {string}
         */
        Sees: "all" | "channels" | "unassigned_and_mine" | "mine";
        /** @description A segment: a saved filter of leads. */
        Segment: {
            /** @description Who created it. */
            by: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description Which leads are in it. */
            filter: components["schemas"]["LeadFilter"];
            /** @description The segment's ID. */
            id: components["schemas"]["SegmentId"];
            /** @description The name. */
            name: string;
            /** @description Counts the changes. It is also the `ETag`. */
            revision: number;
            /** @description Whether all users of the business see it. Otherwise only its creator does. */
            shared: boolean;
            /**
             * Format: date-time
             * @description When it last changed.
             * @example 2026-09-21T14:13:20.000Z
             */
            updatedAt: string;
        };
        /** @description A change of a segment. Omitted fields stay as they are. */
        SegmentBody: {
            /** @description Which leads are in it. */
            filter?: components["schemas"]["LeadFilterInput"] | null;
            /** @description The name. */
            name?: string | null;
            /** @description Whether all users of the business see it. Otherwise only its creator does. */
            shared?: boolean | null;
        };
        /** @description How many leads are in a segment. */
        SegmentCount: {
            /** @description Whether these are all leads of the segment. Otherwise it has at least so many. */
            complete: boolean;
            /** @description The number of leads that were found in the rows that were read. */
            count: number;
        };
        /**
         * @description The ID of a segment: a saved filter of leads.
         * @example seg_01M3250VASBF3MSX3QTC83A67F
         */
        SegmentId: string;
        /** @description A page of a list. */
        SegmentPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Segment"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description A message to send. Name one recipient, and the text. */
        SendBody: {
            /** @description Whether the customer has agreed to marketing messages although that is not recorded. The business can require it. */
            acceptNoConsent?: boolean | null;
            /** @description Whether to send the message although a budget that asks has no room for it. A budget that holds still holds it. */
            acceptOverBudget?: boolean | null;
            /** @description Whether to send the message although its price is unknown. */
            acceptUnknownPrice?: boolean | null;
            /** @description An audio file of at most 16 MB. */
            audio?: components["schemas"]["MediaDraft"] | null;
            /** @description Up to three buttons. */
            buttons?: components["schemas"]["Buttons"] | null;
            /** @description A request for the permission to call. The answer comes as a message of the type `call_permission_reply`. */
            callPermissionRequest?: components["schemas"]["CallPermissionRequest"] | null;
            /** @description The channel to send from. Defaults to the one that the customer last wrote to. */
            channelId?: components["schemas"]["ChannelId"] | null;
            /** @description An alias of `leadId`. */
            contactId?: components["schemas"]["LeadId"] | null;
            /** @description Up to 257 contact cards. */
            contacts?: components["schemas"]["ContactCardInput"][] | null;
            /** @description The conversation to send in. */
            conversationId?: components["schemas"]["ConversationId"] | null;
            /** @description A button that opens a web page. */
            ctaUrl?: components["schemas"]["CtaUrl"] | null;
            /** @description Any file of at most 100 MB. */
            document?: components["schemas"]["MediaDraft"] | null;
            /**
             * Format: date-time
             * @description When to give the message up if it could not be sent. Defaults to 24 hours after it was to be sent, and to 7 days for
             *     a template; a later time has no effect.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt?: string | null;
            /** @description The template to send instead if the 24-hour window is closed when the message goes out. */
            fallback?: components["schemas"]["TemplateMessage"] | null;
            /** @description A flow. */
            flow?: components["schemas"]["Flow"] | null;
            /** @description A JPEG or PNG of at most 5 MB. */
            image?: components["schemas"]["MediaDraft"] | null;
            /** @description The lead to send to. */
            leadId?: components["schemas"]["LeadId"] | null;
            /** @description A list of up to ten rows. */
            list?: components["schemas"]["List"] | null;
            /** @description A location. */
            location?: components["schemas"]["Place"] | null;
            /** @description A request for the customer's location. */
            locationRequest?: components["schemas"]["LocationRequest"] | null;
            /**
             * @description The most that each message may cost, in the currency of the account. Defaults to its price now. A message whose price
             *     rises above it before it goes out is held.
             */
            maxPrice?: components["schemas"]["Amount"] | null;
            /** @description An alias of `text`. */
            message?: string | null;
            /** @description What is told of an order that was to be paid. The channel's `payments` must be on. */
            orderStatus?: components["schemas"]["OrderUpdate"] | null;
            /** @description A request to pay, with UPI or Pix. The channel's `payments` must be on. */
            paymentRequest?: components["schemas"]["PaymentRequest"] | null;
            /** @description The phone number to send to. Together with a lead, it must be the lead's number. */
            phone?: components["schemas"]["Phone"] | null;
            /** @description An alias of `phone`. */
            phoneNumber?: components["schemas"]["Phone"] | null;
            /** @description Whether WhatsApp shows a preview of a text's first link. */
            previewUrl?: boolean | null;
            /** @description A product of the catalogue. */
            product?: components["schemas"]["Product"] | null;
            /** @description Up to 30 products of the catalogue. */
            productList?: components["schemas"]["ProductList"] | null;
            /** @description A reaction to a message of the conversation. It is shown at that message. */
            reaction?: components["schemas"]["Reaction"] | null;
            /** @description The message to reply to: Leadwire's or WhatsApp's ID. */
            replyTo?: string | null;
            /** @description The failed message that this one repeats. */
            retryOf?: components["schemas"]["MessageId"] | null;
            /**
             * Format: date-time
             * @description When to send the message: in the future, and within 30 days. Until then its status is `scheduled`. A text then has
             *     at most 4,096 characters.
             * @example 2026-09-21T14:13:20.000Z
             */
            sendAt?: string | null;
            /** @description A WebP of at most 100 KB, or 500 KB if it is animated. */
            sticker?: components["schemas"]["MediaDraft"] | null;
            /** @description An approved template. WhatsApp delivers it also while the 24-hour window is closed. */
            template?: components["schemas"]["TemplateMessage"] | null;
            /** @description The text: up to 40,000 characters, not only whitespace. More than 4,096 are sent as several messages. */
            text?: string | null;
            /** @description The kind of message. Defaults to `text`. The field of this name, in camelCase, has the content. */
            type?: components["schemas"]["MessageKind"] | null;
            /** @description Whether a scheduled message is not sent if the customer writes before its time. */
            unlessTheyWrite?: boolean | null;
            /** @description An MP4 or 3GP of at most 16 MB. */
            video?: components["schemas"]["MediaDraft"] | null;
            /** @description A voice message: Ogg with one channel of Opus, of at most 16 MB. */
            voice?: components["schemas"]["MediaDraft"] | null;
        } & ((unknown | unknown | unknown | unknown | unknown) & (unknown | unknown | unknown | unknown));
        /** @description Why a message failed, or is waiting. */
        SendError: {
            /** @description The cause, in more detail. */
            cause: components["schemas"]["Cause"];
            /**
             * Format: int64
             * @description WhatsApp's error code. Null if the error is not from WhatsApp.
             */
            code: number | null;
            /** @description WhatsApp's explanation. Null if there is none. */
            detail: string | null;
            /** @description What you can do next. */
            nextStep: components["schemas"]["NextStep"];
            /** @description The reason. */
            reason: components["schemas"]["Reason"];
        };
        /** @description A message that was accepted for sending. */
        SentMessage: {
            /** @description The conversation's ID. */
            conversationId: components["schemas"]["ConversationId"];
            /** @description Why the message failed. */
            error?: components["schemas"]["SendError"];
            /** @description Leadwire's ID of the message. */
            id: components["schemas"]["MessageId"];
            /** @description The lead's ID. */
            leadId: components["schemas"]["LeadId"];
            /** @description What became of the request, as a sentence: `Message sent successfully` once WhatsApp has accepted the message. */
            message: string;
            /** @description WhatsApp's ID of the message if it is known, otherwise ours. */
            messageId: string;
            /** @description The IDs of the further messages that a long text is sent as, in order. */
            parts?: components["schemas"]["MessageId"][];
            /** @description The lead's phone number. Null if WhatsApp does not share it, or if it is masked for the caller. */
            phone: string | null;
            /** @description The lead's name. */
            recipient: string;
            /** @description The delivery status. */
            status: components["schemas"]["MessageStatus"];
            /** @description Whether there has been no error so far. */
            success: boolean;
            /** @description The text, or a summary of the content. */
            text: string;
            /** @description WhatsApp's ID of the message. Null until WhatsApp accepts it. */
            wamid: components["schemas"]["Wamid"] | null;
        };
        /** @description An active session of the user. */
        Session: {
            /**
             * Format: date-time
             * @description When the user signed in.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description Whether it is the session of this request. */
            current: boolean;
            /** @description The client's `User-Agent`. */
            device: string;
            /**
             * Format: date-time
             * @description When the session expires unless it is refreshed.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description The session's ID. */
            id: components["schemas"]["SessionId"];
            /**
             * Format: date-time
             * @description When the session was last refreshed.
             * @example 2026-09-21T14:13:20.000Z
             */
            usedAt: string;
        };
        /**
         * @description Why a number could not be linked.
         *
         *     - `expired`: The signup was not finished in time.
         *     - `rejected`: The signup was cancelled, or Meta rejected it.
         *     - `already_connected`: The number is connected already.
         *     - `no_number`: Meta shared no number, or several.
         * @enum {string}
         */
        SessionError: "expired" | "rejected" | "already_connected" | "no_number";
        /**
         * @description The ID of a session: one sign-in of one user on one device.
         * @example ses_01M3250VASBF3MSX3QTC83A67F
         */
        SessionId: string;
        /** @description A text to send from a session's number. */
        SessionMessageBody: {
            /** @description The text: up to 40,000 characters, not only whitespace. More than 4,096 are sent as several messages. */
            message: string;
            /** @description The phone number to send to, with its country code. */
            to: components["schemas"]["Phone"];
        };
        /** @description The newest messages of a session's number. */
        SessionMessages: {
            /** @description The messages, newest first. Older ones are in `GET /api/conversations/{id}/messages`. */
            messages: components["schemas"]["Message"][];
        };
        /** @description A page of a list. */
        SessionPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Session"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description The state of a session.
         *
         *     - `connecting`: The QR code waits to be scanned, and the signup to be finished.
         *     - `connected`: The number is linked.
         *     - `reconnecting`: WhatsApp rejects the number at present, or its phone has been offline for too long.
         *     - `disconnected`: A user disconnected the number, or withdrew the QR code.
         *     - `logged_out`: The number was unlinked on the phone. A new session links it again.
         *     - `error`: The number could not be linked.
         * @enum {string}
         */
        SessionState: "connecting" | "connected" | "reconnecting" | "disconnected" | "logged_out" | "error";
        /** @description A change of the settings. Omitted fields stay as they are. */
        SettingsBody: {
            /** @description The industry of the business. */
            businessCategory?: string | null;
            /** @description The name of the business, without a web address. */
            companyName?: string | null;
            /** @description The languages of the business, the main language first. */
            languages?: components["schemas"]["Language"][] | null;
            /** @description What happens to marketing messages to customers whose consent is not recorded: `allow`, `warn` or `ask`. */
            marketingWithoutConsent?: components["schemas"]["UnrecordedConsent"] | null;
            /** @description Which users must have two-factor authentication. */
            secondFactorRequiredOf?: components["schemas"]["SecondFactorRule"] | null;
            /**
             * @description The confirmation that a customer gets once after STOP, inside the 24-hour window. It is charged like any other
             *     message. Null for none.
             */
            stopConfirmation?: string | null;
            /** @description The time zone of the business. */
            timezone?: components["schemas"]["TimeZone"] | null;
        };
        /** @description The tokens of a new session. */
        SignedIn: {
            /** @description The access token: send it with every request. */
            accessToken: string;
            /**
             * @description The token of this device, for clients other than browsers, after a sign-in with a password. Send it with the
             *     next sign-in, which then has a rate limit of its own. Browsers get it as a cookie.
             */
            deviceToken?: string;
            /** @description The lifetime of the access token, in seconds. */
            expiresIn: number;
            /** @description The refresh token, for clients other than browsers. Browsers get it as a cookie that scripts cannot read. */
            refreshToken?: string;
            /**
             * @description The authentication scheme of the access token.
             * @constant
             */
            tokenType: "Bearer";
            /** @description The signed-in user. */
            user: components["schemas"]["User"];
        };
        /** @description A sign-up. */
        SignupBody: {
            /**
             * @description Whether the user agrees to the terms. Must be true.
             * @default false
             */
            agreeToTerms: boolean;
            /** @description The name of the business, without a web address. Defaults to the user's name. */
            companyName?: string | null;
            /** @description The email address to sign in with. */
            email: components["schemas"]["EmailAddress"];
            /** @description The user's full name. */
            fullName: string;
            /**
             * Format: password
             * @description The token of an invitation. The user joins that business, and no new business is created.
             */
            invitation?: string | null;
            /**
             * Format: password
             * @description The password. Easily guessed passwords are rejected.
             */
            password: string;
        };
        /**
         * @description What Embedded Signup is asked for.
         *
         *     - `cloud`: A number of the Cloud API alone.
         *     - `phone`: A number that stays in use in the WhatsApp Business app of a phone (Meta: coexistence).
         * @enum {string}
         */
        SignupKind: "cloud" | "phone";
        /** @description Whether numbers can be connected by Embedded Signup. */
        SignupSettings: {
            /** @description Whether the installation names an app of Meta's and its configuration. */
            available: boolean;
            /** @description The URL that Meta returns to. List it in the app's dashboard, under Facebook Login for Business, Settings. */
            returnUrl: string | null;
        };
        /**
         * @description The source of a lead.
         *
         *     - `WhatsApp`: Wrote on WhatsApp.
         *     - `Website`: Came through the website.
         *     - `Referral`: Was referred.
         *     - `Cold Call`: Was called.
         *     - `Email`: Wrote an email.
         *     - `Social Media`: Came through social media.
         *     - `Other`: Anything else.
         * @enum {string}
         */
        Source: "WhatsApp" | "Website" | "Referral" | "Cold Call" | "Email" | "Social Media" | "Other";
        /** @description A period that ends now. Exactly one of the two is given. */
        Span: {
            /** @description Longer ago than so many days. */
            beforeDays?: number;
            /** @description Within the last so many days. */
            withinDays?: number;
        };
        /** @description A period that ends now. Exactly one of the two is given. */
        SpanInput: {
            /** @description Longer ago than so many days. */
            beforeDays?: number | null;
            /** @description Within the last so many days. */
            withinDays?: number | null;
        };
        /**
         * @description The stage of a lead.
         *
         *     - `New`: Created by the team; has not written yet.
         *     - `Incoming`: Wrote for the first time.
         *     - `Contacted`: Wrote again.
         *     - `Qualified`: Qualified by the team.
         *     - `Proposal`: Has received an offer.
         *     - `Negotiation`: In negotiation.
         *     - `Won`: Bought.
         *     - `Lost`: Will not buy.
         * @enum {string}
         */
        Stage: "New" | "Incoming" | "Contacted" | "Qualified" | "Proposal" | "Negotiation" | "Won" | "Lost";
        /** @description How a pipeline shows a stage. Omitted fields stay as they are. */
        StageBody: {
            /** @description Its colour. */
            colour?: components["schemas"]["StageColour"] | null;
            /** @description Whether boards leave it out. */
            hidden?: boolean | null;
            /** @description The business's name for it. */
            label?: string | null;
            /** @description The stage: one of eight keys. */
            stage: components["schemas"]["Stage"];
        };
        /**
         * @description The colour of a stage.
         *
         *     - `grey`: Grey.
         *     - `blue`: Blue.
         *     - `teal`: Teal.
         *     - `green`: Green.
         *     - `yellow`: Yellow.
         *     - `orange`: Orange.
         *     - `red`: Red.
         *     - `purple`: Purple.
         * @enum {string}
         */
        StageColour: "grey" | "blue" | "teal" | "green" | "yellow" | "orange" | "red" | "purple";
        /** @description What stands in a stage now. */
        StageTotals: {
            /** @description How long they have been in this stage, on average, in seconds. Null if there are none. */
            averageAgeSeconds: number | null;
            /** @description Its colour. */
            colour: components["schemas"]["StageColour"];
            /**
             * Format: int64
             * @description The number of leads, or of deals.
             */
            count: number;
            /** @description Whether boards leave it out. */
            hidden: boolean;
            /** @description The business's name for it. */
            label: string;
            /** @description The stage. */
            stage: components["schemas"]["Stage"];
            /** @description Their value, by currency. */
            values: components["schemas"]["StageValue"][];
        };
        /** @description An amount in one currency. */
        StageValue: {
            /** @description The currency, as ISO 4217 writes it. */
            currency: string;
            /**
             * Format: double
             * @description The amount.
             */
            value: number;
        };
        /** @description A signup to begin. */
        StartBody: {
            /**
             * @description `cloud` for a number of the Cloud API alone, `phone` for one that stays in use in the WhatsApp Business app.
             *     Defaults to `cloud`.
             */
            kind?: components["schemas"]["SignupKind"] | null;
            /** @description The only number to connect, with its country code. Needed if the account has several that are not connected. */
            phoneNumber?: string | null;
        };
        /** @description The customer to start a conversation with: a lead or a phone number. */
        StartBody2: {
            /** @description The channel to write from. Optional if the business has one channel, or if the lead has one conversation. */
            channelId?: components["schemas"]["ChannelId"] | null;
            /** @description The lead's ID. */
            leadId?: components["schemas"]["LeadId"] | null;
            /** @description The name of a new customer. */
            name?: string | null;
            /** @description The customer's phone number, with country code. */
            phone?: components["schemas"]["Phone"] | null;
        } & (unknown | unknown);
        /** @description A change of a conversation's status. */
        StatusBody: {
            /**
             * Format: date-time
             * @description When the snooze ends. Required if the status is `snoozed`; otherwise leave it out.
             * @example 2026-09-21T14:13:20.000Z
             */
            snoozedUntil?: string | null;
            /**
             * @description The new status.
             *
             *     - `open`: It needs attention.
             *     - `pending`: It waits for the customer.
             *     - `snoozed`: It is postponed until a given time.
             *     - `closed`: It is closed.
             * @enum {string}
             */
            status: "open" | "pending" | "snoozed" | "closed";
        };
        /** @description A delivery status that was reported for a message. */
        StatusChange: {
            /** @description The word as it was reported. */
            raw: string;
            /** @description The status; `unknown` if its word is not known here. */
            status: components["schemas"]["MessageStatus"];
            /**
             * Format: date-time
             * @description When it was.
             * @example 2026-09-21T14:13:20.000Z
             */
            timestamp: string;
        };
        /** @description When WhatsApp reported each status. Null if it has not. */
        Statuses: {
            /**
             * Format: date-time
             * @description It reached the customer's device.
             * @example 2026-09-21T14:13:20.000Z
             */
            delivered: string | null;
            /**
             * Format: date-time
             * @description It could not be delivered.
             * @example 2026-09-21T14:13:20.000Z
             */
            failed: string | null;
            /**
             * Format: date-time
             * @description The customer played it.
             * @example 2026-09-21T14:13:20.000Z
             */
            played: string | null;
            /**
             * Format: date-time
             * @description The customer read it.
             * @example 2026-09-21T14:13:20.000Z
             */
            read: string | null;
            /**
             * Format: date-time
             * @description WhatsApp sent it.
             * @example 2026-09-21T14:13:20.000Z
             */
            sent: string | null;
        };
        /** @description A task of a lead. */
        Task: {
            /** @description Who does it. Null if the task is unassigned. */
            assigneeId: components["schemas"]["UserId"] | null;
            /** @description Who created the task. */
            by: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description When the task was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was done. Null while it is open.
             * @example 2026-09-21T14:13:20.000Z
             */
            doneAt: string | null;
            /** @description Who marked it as done. Null while it is open. */
            doneBy: components["schemas"]["Actor"] | null;
            /**
             * Format: date-time
             * @description When it is to be done. Null if any time will do.
             * @example 2026-09-21T14:13:20.000Z
             */
            dueAt: string | null;
            /** @description The task's ID. */
            id: components["schemas"]["TaskId"];
            /** @description The lead's ID. */
            leadId: components["schemas"]["LeadId"];
            /** @description The lead's name. Null if the caller cannot see the lead. */
            leadName: string | null;
            /**
             * Format: date-time
             * @description When the assignee is reminded. Null if no reminder is to come.
             * @example 2026-09-21T14:13:20.000Z
             */
            remindAt: string | null;
            /** @description What is to be done. */
            text: string;
        };
        /** @description A change of a task. Omitted fields stay as they are; null removes a value. */
        TaskBody: {
            /** @description Who does it. */
            assigneeId?: components["schemas"]["UserId"] | null;
            /** @description Whether it is done. */
            done?: boolean | null;
            /**
             * Format: date-time
             * @description When it is to be done.
             * @example 2026-09-21T14:13:20.000Z
             */
            dueAt?: string | null;
            /**
             * Format: date-time
             * @description When the assignee is reminded.
             * @example 2026-09-21T14:13:20.000Z
             */
            remindAt?: string | null;
            /** @description What is to be done. */
            text?: string | null;
        };
        /**
         * @description The ID of a task of a lead.
         * @example tsk_01M3250VASBF3MSX3QTC83A67F
         */
        TaskId: string;
        /** @description A page of a list. */
        TaskPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Task"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description A message template. */
        Template: {
            /** @description Meta's ID of the WhatsApp business account. */
            accountId: string;
            /** @description The body, with its parameters in double braces. */
            body: string;
            /** @description The buttons. */
            buttons: components["schemas"]["TemplateButton"][];
            /** @description The cards of a carousel. */
            cards: components["schemas"]["TemplateCard"][];
            /** @description The category, which decides the price. WhatsApp may change it. */
            category: components["schemas"]["TemplateCategory"];
            /** @description How a one-time code is delivered. Null for other templates. */
            code: components["schemas"]["TemplateCode"] | null;
            /** @description Whether a change is on its way to WhatsApp. */
            editing: boolean;
            /** @description Why the template cannot be changed now. Null if it can. */
            editObstacle: string | null;
            /** @description Why WhatsApp did not take the last change. */
            editProblem: string | null;
            /**
             * @description The business's files that messages show if they name none: of the header, or of each card. Empty if messages have to
             *     name one.
             */
            files: components["schemas"]["MediaId"][];
            /** @description The footer. */
            footer: string | null;
            /** @description The header. */
            header: components["schemas"]["TemplateHeader"] | null;
            /** @description The template's ID. */
            id: components["schemas"]["TemplateId"];
            /** @description Whether messages in a language that the template does not have are sent in this one. */
            isDefault: boolean;
            /** @description The language. */
            language: components["schemas"]["TemplateLanguage"];
            /** @description The name. */
            name: components["schemas"]["TemplateName"];
            /** @description Why it cannot be sent. */
            obstacle: string | null;
            /** @description The values that a message needs. */
            parameters: components["schemas"]["TemplateParameters"];
            /** @description WhatsApp's rating of the template. */
            quality: components["schemas"]["TemplateQuality"];
            /** @description Why WhatsApp rejected, paused or did not take the template. */
            reason: string | null;
            /**
             * Format: date-time
             * @description When the template was last read from WhatsApp, or submitted.
             * @example 2026-09-21T14:13:20.000Z
             */
            seenAt: string;
            /** @description Whether it can be sent. */
            sendable: boolean;
            /** @description The status of WhatsApp's review. */
            status: components["schemas"]["TemplateStatus"];
        };
        /** @description A button of a template. */
        TemplateButton: {
            /** @description Of `flow`: Meta's ID of the flow. */
            flowId?: string;
            /** @description Of `phone`: the number with its country code. */
            phoneNumber?: string;
            /** @description What it shows. */
            text: string;
            /** @description The kind of button. */
            type: components["schemas"]["TemplateButtonType"];
            /** @description Of `url`: the address. It may end with `{{1}}`. */
            url?: string;
        };
        /** @description A button of a template. */
        TemplateButtonInput: {
            /** @description Of `flow`: Meta's ID of the flow. */
            flowId?: string | null;
            /** @description Of `phone`: the number with its country code. */
            phoneNumber?: string | null;
            /** @description What it shows. */
            text: string;
            /** @description The kind of button. */
            type: components["schemas"]["TemplateButtonType"];
            /** @description Of `url`: the address. It may end with `{{1}}`. */
            url?: string | null;
        };
        /**
         * @description The kind of a template's button.
         *
         *     - `quick_reply`: The customer answers with its text.
         *     - `url`: Opens a web page.
         *     - `phone`: Calls a phone number.
         *     - `copy_code`: Copies a code.
         *     - `flow`: Opens a flow.
         *     - `otp`: Copies a one-time code.
         * @enum {string}
         */
        TemplateButtonType: "quick_reply" | "url" | "phone" | "copy_code" | "flow" | "otp";
        /** @description A card of a carousel, which the customer moves sideways. */
        TemplateCard: {
            /** @description The text, with its parameters in double braces. */
            body?: string;
            /** @description One or two buttons. All cards have the same kinds. */
            buttons?: components["schemas"]["TemplateButton"][];
            /** @description Its picture or film. All cards have the same format. */
            header: components["schemas"]["TemplateHeader"];
        };
        /** @description A card of a carousel, which the customer moves sideways. */
        TemplateCardInput: {
            /** @description The text, with its parameters in double braces. */
            body?: string | null;
            /** @description One or two buttons. All cards have the same kinds. */
            buttons?: components["schemas"]["TemplateButtonInput"][];
            /** @description Its picture or film. All cards have the same format. */
            header: components["schemas"]["TemplateHeader"];
        };
        /** @description The values that a card of a carousel needs. */
        TemplateCardParameters: {
            /** @description The parameters of the text. */
            body: string[];
            /** @description The places of the buttons that need a value, from 0. */
            buttons: number[];
        };
        /** @description The values of a card. */
        TemplateCardValues: {
            /**
             * @description The values of the text, by the parameter's name or number.
             * @default {}
             */
            body: {
                [key: string]: string;
            };
            /**
             * @description The values of buttons, by the button's place from 0.
             * @default {}
             */
            buttons: {
                [key: string]: string;
            };
            /** @description The file of the header. The template's own file is shown if it is omitted. */
            file?: components["schemas"]["MediaDraft"] | null;
        };
        /**
         * @description The category of a template. It decides the price.
         *
         *     - `marketing`: Offers and news.
         *     - `utility`: About something that the customer asked for.
         *     - `authentication`: A one-time code.
         *     - `other`: A category that Leadwire does not know.
         * @enum {string}
         */
        TemplateCategory: "marketing" | "utility" | "authentication" | "other";
        /** @description A change of a template. Omitted fields stay as they are; null removes a part. */
        TemplateChange: {
            /** @description The body. */
            body?: string | null;
            /** @description All buttons. */
            buttons?: components["schemas"]["TemplateButtonInput"][] | null;
            /** @description The uploaded file of each card. */
            cardFiles?: components["schemas"]["MediaId"][] | null;
            /** @description All cards of the carousel. */
            cards?: components["schemas"]["TemplateCardInput"][] | null;
            /** @description The category. That of an approved template cannot be changed. */
            category?: components["schemas"]["TemplateCategory"] | null;
            /** @description How a one-time code is delivered. */
            code?: components["schemas"]["TemplateCodeInput"] | null;
            /** @description A sample of each value, for WhatsApp's reviewers. */
            examples?: components["schemas"]["TemplateExamples"];
            /** @description The footer. */
            footer?: string | null;
            /** @description The header. */
            header?: components["schemas"]["TemplateHeader"] | null;
            /** @description The uploaded file that the header shows. */
            headerFile?: components["schemas"]["MediaId"] | null;
            /** @description Whether messages in a language that the template does not have are sent in this one. */
            isDefault?: boolean | null;
        };
        /** @description How a one-time code is delivered. */
        TemplateCode: {
            /** @description The Android apps that take the code. Needed for `one_tap`. */
            apps?: components["schemas"]["CodeApp"][];
            /** @description What the button shows. WhatsApp chooses if it is omitted. */
            button?: string;
            /** @description How it reaches the place where it is entered. */
            delivery: components["schemas"]["CodeDelivery"];
            /** @description After how many minutes the code expires, 1 to 90. The message says it. */
            expiresInMinutes?: number;
            /**
             * @description Whether the message advises not to share the code.
             * @default false
             */
            securityAdvice: boolean;
        };
        /** @description How a one-time code is delivered. */
        TemplateCodeInput: {
            /** @description The Android apps that take the code. Needed for `one_tap`. */
            apps?: components["schemas"]["CodeApp"][];
            /** @description What the button shows. WhatsApp chooses if it is omitted. */
            button?: string | null;
            /** @description How it reaches the place where it is entered. */
            delivery: components["schemas"]["CodeDelivery"];
            /** @description After how many minutes the code expires, 1 to 90. The message says it. */
            expiresInMinutes?: number | null;
            /**
             * @description Whether the message advises not to share the code.
             * @default false
             */
            securityAdvice: boolean;
        };
        /** @description A sample of each value, for WhatsApp's reviewers. */
        TemplateExamples: {
            /**
             * @description Of the body's parameters, by name or number.
             * @default {}
             */
            body: {
                [key: string]: string;
            };
            /**
             * @description Of buttons, by their place from 0.
             * @default {}
             */
            buttons: {
                [key: string]: string;
            };
            /**
             * @description Of the cards, in their order.
             * @default []
             */
            cards: components["schemas"]["CardExamples"][];
            /** @description Of the text header's parameter. */
            header?: string | null;
        };
        /** @description What stands above the body of a template. */
        TemplateHeader: {
            /** @constant */
            format: "text";
            /** @description The line. */
            text: string;
        } | {
            /** @constant */
            format: "image";
        } | {
            /** @constant */
            format: "video";
        } | {
            /** @constant */
            format: "document";
        } | {
            /** @constant */
            format: "location";
        };
        /**
         * @description The ID of a message template: one name in one language of one WhatsApp business account.
         * @example tpl_01M3250VASBF3MSX3QTC83A67F
         */
        TemplateId: string;
        /**
         * @description The language of a template as the Graph API writes it: `en`, `en_US`. Webhooks write `en-US` for the same.
         * @example en_US
         */
        TemplateLanguage: string;
        /** @description An approved template, and the values of its parameters. */
        TemplateMessage: {
            /**
             * @description The values of the body, by the parameter's name or number: `{"1": "Ana"}` or `{"first_name": "Ana"}`.
             * @default {}
             */
            body: {
                [key: string]: string;
            };
            /**
             * @description The values of buttons, by the button's place from 0: the end of its address, or a code of at most 15 characters.
             * @default {}
             */
            buttons: {
                [key: string]: string;
            };
            /** @description The values of a carousel's cards, in their order. */
            cards?: components["schemas"]["TemplateCardValues"][];
            /** @description The file of the header, without a caption. The template's own file is shown if it is omitted. */
            file?: components["schemas"]["MediaDraft"] | null;
            /** @description The value of the text header's parameter. */
            header?: string | null;
            /**
             * @description The language. A template that does not have it is sent in the same language for another region, else in its default
             *     language; the message then says `askedLanguage`.
             */
            language: components["schemas"]["TemplateLanguage"];
            /** @description The location of the header. */
            location?: components["schemas"]["Place"] | null;
            /** @description The template's name. */
            name: components["schemas"]["TemplateName"];
        };
        /**
         * @description The name of a template: lower-case letters, digits and underscores.
         * @example order_ready
         */
        TemplateName: string;
        /** @description A page of a list. */
        TemplatePage: {
            /** @description The items of the page. */
            items: components["schemas"]["Template"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description A value of a template's text. */
        TemplateParameter: {
            /** @description The parameter's name. Absent if the template numbers its parameters. */
            name?: string;
            /** @description The value. */
            value: string;
        };
        /** @description The values that a message from a template needs. */
        TemplateParameters: {
            /** @description The parameters of the body. */
            body: string[];
            /** @description The places of the buttons that need a value, from 0. */
            buttons: number[];
            /** @description The values of each card, in their order. */
            cards: components["schemas"]["TemplateCardParameters"][];
            /** @description Whether the body's parameters are numbers or names. */
            format: components["schemas"]["ParameterFormat"];
            /** @description The parameter of the text header. */
            header: string | null;
        };
        /**
         * @description What customers think of a template, as WhatsApp rates it.
         *
         *     - `green`: High.
         *     - `yellow`: Medium.
         *     - `red`: Low. WhatsApp may pause it.
         *     - `unknown`: Not rated yet.
         * @enum {string}
         */
        TemplateQuality: "green" | "yellow" | "red" | "unknown";
        /**
         * @description The status of a template. Only `approved` templates can be sent.
         *
         *     - `submitting`: It is on its way to WhatsApp.
         *     - `not_submitted`: WhatsApp did not take it for review.
         *     - `pending`: WhatsApp reviews it.
         *     - `approved`: It can be sent.
         *     - `rejected`: WhatsApp rejected it.
         *     - `paused`: WhatsApp paused it after bad feedback.
         *     - `disabled`: WhatsApp disabled it for good.
         *     - `in_appeal`: The business asked for another review.
         *     - `deleting`: Leadwire asks WhatsApp to delete it.
         *     - `pending_deletion`: WhatsApp deletes it.
         *     - `deleted`: WhatsApp no longer has it.
         *     - `limit_exceeded`: The account has too many templates.
         *     - `archived`: It is archived.
         *     - `other`: A status that Leadwire does not know.
         * @enum {string}
         */
        TemplateStatus: "submitting" | "not_submitted" | "pending" | "approved" | "rejected" | "paused" | "disabled" | "in_appeal" | "deleting" | "pending_deletion" | "deleted" | "limit_exceeded" | "archived" | "other";
        /** @description How far an account's templates were read from WhatsApp. */
        TemplateSync: {
            /** @description The channel whose access token reads them. */
            channelId: components["schemas"]["ChannelId"];
            /** @description How many templates were read. */
            count: number;
            /**
             * Format: date-time
             * @description When it ended. Null while it runs.
             * @example 2026-09-21T14:13:20.000Z
             */
            endedAt: string | null;
            /** @description Why it failed. */
            problem: string | null;
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-09-21T14:13:20.000Z
             */
            startedAt: string;
            /** @description How far the synchronisation is. */
            state: components["schemas"]["TemplateSyncState"];
        };
        /** @description A page of a list. */
        TemplateSyncPage: {
            /** @description The items of the page. */
            items: components["schemas"]["TemplateSync"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description How far a synchronisation is.
         *
         *     - `running`: Templates are being read.
         *     - `done`: All templates were read.
         *     - `failed`: WhatsApp did not list them.
         * @enum {string}
         */
        TemplateSyncState: "running" | "done" | "failed";
        /**
         * @description The ID of a business.
         * @example ten_01M3250VASBF3MSX3QTC83A67F
         */
        TenantId: string;
        /**
         * @description A kind of entries of a lead's timeline.
         *
         *     - `messages`: Messages.
         *     - `notes`: Notes.
         *     - `activities`: Calls, emails and meetings.
         *     - `tasks`: Tasks.
         *     - `deals`: Deals.
         *     - `stages`: Moves between stages.
         *     - `changes`: Changes of details, deletion, restoration and merges.
         *     - `conversations`: Status and assignment of conversations.
         * @enum {string}
         */
        TimelineKind: "messages" | "notes" | "activities" | "tasks" | "deals" | "stages" | "changes" | "conversations";
        /** @description An entry of a lead's timeline. */
        TimelineLine: {
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description What happened, as a sentence. */
            description: string;
            /** @description The entry's ID. */
            id: components["schemas"]["MessageId"];
        } & ({
            metadata: {
                /** @description The conversation's ID. */
                conversationId: components["schemas"]["ConversationId"];
                /** @description The type of the message. */
                messageType: string;
            };
            /** @constant */
            type: "message_received";
        } | {
            metadata: {
                /** @description Who sent the message. Null if it was sent with the WhatsApp app. */
                by: components["schemas"]["Actor"] | null;
                /** @description The conversation's ID. */
                conversationId: components["schemas"]["ConversationId"];
                /** @description The type of the message. */
                messageType: string;
                /** @description The delivery status. */
                status: components["schemas"]["MessageStatus"];
            };
            /** @constant */
            type: "message_sent";
        } | {
            metadata: {
                /** @description Who moved the lead. Null if a message of the customer did. */
                by: components["schemas"]["Actor"] | null;
                /** @description The stage before. */
                from: components["schemas"]["Stage"];
                /** @description Why the sale was lost. Null for any other stage, or if no reason was given. */
                reason: string | null;
                /** @description The stage after. */
                to: components["schemas"]["Stage"];
            };
            /** @constant */
            type: "stage_changed";
        } | {
            metadata: {
                /** @description Who wrote the note. */
                by: components["schemas"]["Actor"];
                /** @description The users whom the note mentions. */
                mentions: components["schemas"]["UserId"][];
                /** @description What the note says. */
                text: string;
            };
            /** @constant */
            type: "note_added";
        } | {
            metadata: components["schemas"]["Activity"];
            /** @constant */
            type: "call_made";
        } | {
            metadata: components["schemas"]["Activity"];
            /** @constant */
            type: "email_sent";
        } | {
            metadata: components["schemas"]["Activity"];
            /** @constant */
            type: "meeting_held";
        } | {
            metadata: {
                /** @description Who does it. */
                assigneeId: components["schemas"]["UserId"] | null;
                /** @description Who added the task. */
                by: components["schemas"]["Actor"];
                /**
                 * Format: date-time
                 * @description When it is to be done.
                 * @example 2026-09-21T14:13:20.000Z
                 */
                dueAt: string | null;
                /** @description The task's ID. */
                taskId: components["schemas"]["TaskId"];
                /** @description What is to be done. */
                text: string;
            };
            /** @constant */
            type: "task_added";
        } | {
            metadata: {
                /** @description Who marked the task as done. */
                by: components["schemas"]["Actor"];
                /** @description The task's ID. */
                taskId: components["schemas"]["TaskId"];
                /** @description What was done. */
                text: string;
            };
            /** @constant */
            type: "task_done";
        } | {
            metadata: {
                /** @description Who does it. */
                assigneeId: components["schemas"]["UserId"] | null;
                /** @description The task's ID. */
                taskId: components["schemas"]["TaskId"];
                /** @description What is to be done. */
                text: string;
            };
            /** @constant */
            type: "task_due";
        } | {
            metadata: {
                /** @description Who created the lead. */
                by: components["schemas"]["Actor"];
            };
            /** @constant */
            type: "lead_created";
        } | {
            metadata: {
                /** @description Who changed the lead. */
                by: components["schemas"]["Actor"];
                /** @description The names of the changed fields. */
                fields: string[];
            };
            /** @constant */
            type: "lead_changed";
        } | {
            metadata: {
                /** @description Who deleted the lead. */
                by: components["schemas"]["Actor"];
            };
            /** @constant */
            type: "lead_deleted";
        } | {
            metadata: {
                /** @description Who restored the lead. Null if a message of the customer did. */
                by: components["schemas"]["Actor"] | null;
            };
            /** @constant */
            type: "lead_restored";
        } | {
            metadata: {
                /** @description Who merged the leads. */
                by: components["schemas"]["Actor"];
                /** @description The merge's ID. */
                mergeId: components["schemas"]["MergeId"];
                /** @description The other lead's ID. */
                otherLeadId: components["schemas"]["LeadId"];
            };
            /** @constant */
            type: "leads_merged";
        } | {
            metadata: {
                /** @description Who undid the merge. */
                by: components["schemas"]["Actor"];
                /** @description The merge's ID. */
                mergeId: components["schemas"]["MergeId"];
                /** @description The other lead's ID. */
                otherLeadId: components["schemas"]["LeadId"];
            };
            /** @constant */
            type: "merge_undone";
        } | {
            metadata: {
                /** @description Who created the deal. */
                by: components["schemas"]["Actor"];
                /** @description The deal's ID. */
                dealId: components["schemas"]["DealId"];
                /** @description The stage in which it begins. */
                stage: components["schemas"]["Stage"];
                /** @description What is sold. */
                title: string;
            };
            /** @constant */
            type: "deal_added";
        } | {
            metadata: {
                /** @description Who moved the deal. */
                by: components["schemas"]["Actor"];
                /** @description The deal's ID. */
                dealId: components["schemas"]["DealId"];
                /** @description The stage before. */
                from: components["schemas"]["Stage"];
                /** @description Why the deal was lost. Null for any other stage, or if no reason was given. */
                reason: string | null;
                /** @description What is sold. */
                title: string;
                /** @description The stage after. */
                to: components["schemas"]["Stage"];
            };
            /** @constant */
            type: "deal_moved";
        } | {
            metadata: {
                /** @description Who changed the deal. */
                by: components["schemas"]["Actor"];
                /** @description The deal's ID. */
                dealId: components["schemas"]["DealId"];
                /** @description The names of the changed fields. */
                fields: string[];
                /** @description What is sold. */
                title: string;
            };
            /** @constant */
            type: "deal_changed";
        } | {
            metadata: {
                /** @description Who deleted the deal. */
                by: components["schemas"]["Actor"];
                /** @description The deal's ID. */
                dealId: components["schemas"]["DealId"];
                /** @description What was to be sold. */
                title: string;
            };
            /** @constant */
            type: "deal_deleted";
        } | {
            metadata: {
                /** @description The lead's stage. */
                stage: components["schemas"]["Stage"];
            };
            /** @constant */
            type: "reengaged";
        } | {
            metadata: {
                /** @description Who changed the status. Null if a message of the customer or the end of the snooze did. */
                by: components["schemas"]["Actor"] | null;
                /** @description The conversation's ID. */
                conversationId: components["schemas"]["ConversationId"];
                /** @description The status before. */
                from: components["schemas"]["ConversationStatus"];
                /** @description The status after. */
                to: components["schemas"]["ConversationStatus"];
                /**
                 * Format: date-time
                 * @description When the snooze ends.
                 * @example 2026-09-21T14:13:20.000Z
                 */
                until: string | null;
            };
            /** @constant */
            type: "status_changed";
        } | {
            metadata: {
                /** @description Who assigned the conversation. */
                by: components["schemas"]["Actor"];
                /** @description The conversation's ID. */
                conversationId: components["schemas"]["ConversationId"];
                /** @description The assignee before. Null if it was unassigned. */
                from: components["schemas"]["AssigneeId"] | null;
                /** @description The assignee after. Null if it is unassigned. */
                to: components["schemas"]["AssigneeId"] | null;
            };
            /** @constant */
            type: "assigned";
        });
        /** @description A page of a list. */
        TimelineLinePage: {
            /** @description The items of the page. */
            items: components["schemas"]["TimelineLine"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description A time zone of the IANA database.
         * @example Asia/Kolkata
         */
        TimeZone: string;
        /**
         * @description Why a price is unknown.
         *
         *     - `no_currency`: The currency of the WhatsApp Business account is not known.
         *     - `no_card`: There is no rate card in the account's currency for this date.
         *     - `no_rate`: The rate card has no rate for the recipient's market and this category.
         *     - `no_category`: WhatsApp gave the template a category that Leadwire does not know.
         * @enum {string}
         */
        Unknown: "no_currency" | "no_card" | "no_rate" | "no_category";
        /**
         * @description What happens to a marketing message to a customer whose consent is not recorded.
         *
         *     - `allow`: It is sent.
         *     - `warn`: It is sent. The quote says that the consent is not recorded.
         *     - `ask`: It is refused until its sender says that the customer has agreed.
         * @enum {string}
         */
        UnrecordedConsent: "allow" | "warn" | "ask";
        /** @description An upload that has begun. */
        Upload: {
            /** @description The file's ID: use it as `mediaId` when you send a message. */
            id: components["schemas"]["MediaId"];
            /** @description The request that uploads the bytes. */
            upload: components["schemas"]["UploadRequest"];
        };
        /** @description A file to upload. Its bytes must match this description. */
        UploadBody: {
            /** @description The file name. */
            filename?: string | null;
            /**
             * @description The MIME type, one that WhatsApp accepts.
             * @example image/jpeg
             */
            mimeType: string;
            /** @description The SHA-256 digest of the bytes, in base64. */
            sha256: string;
            /** @description The size in bytes. */
            size: number;
        };
        /** @description A request to make exactly as described. */
        UploadRequest: {
            /**
             * Format: date-time
             * @description When the request expires.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description The headers. */
            headers: {
                [key: string]: string;
            };
            /** @description The method. */
            method: string;
            /** @description The URL. */
            url: string;
        };
        /** @description A user. */
        User: {
            /** @description Whether the user can sign in. */
            active: boolean;
            /** @description The channels that the user can see, if `sees` is `channels`. Otherwise empty. */
            channelIds: components["schemas"]["ChannelId"][];
            /** @description The email address to sign in with. */
            email: components["schemas"]["EmailAddress"];
            /** @description Whether the email address is verified. Until then, the user cannot invite users or create API keys. */
            emailVerified: boolean;
            /** @description The user's ID. */
            id: components["schemas"]["UserId"];
            /** @description Whether customers' phone numbers are masked for the user. */
            masksPhones: boolean;
            /** @description The user's name. */
            name: string;
            /** @description The user's role. */
            role: components["schemas"]["Role"];
            /** @description Whether the user has two-factor authentication. */
            secondFactor: boolean;
            /** @description The conversations that the user can see. */
            sees: components["schemas"]["Sees"];
            /** @description The business of the user. */
            tenantId: components["schemas"]["TenantId"];
        };
        /** @description A change of a user. Omitted fields stay as they are. */
        UserBody: {
            /** @description Whether the user can sign in. */
            active?: boolean | null;
            /** @description The channels that the user can see. Required if `sees` is `channels`; otherwise leave it out. */
            channelIds?: components["schemas"]["ChannelId"][] | null;
            /** @description Whether customers' phone numbers are masked for the user. */
            masksPhones?: boolean | null;
            /** @description The user's name. */
            name?: string | null;
            /** @description The user's role. */
            role?: components["schemas"]["Role"] | null;
            /** @description The conversations that the user can see. */
            sees?: components["schemas"]["Sees"] | null;
        };
        /**
         * @description The ID of a user.
         * @example usr_01M3250VASBF3MSX3QTC83A67F
         */
        UserId: string;
        /** @description A page of a list. */
        UserPage: {
            /** @description The items of the page. */
            items: components["schemas"]["User"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /** @description WhatsApp's ID of a message (`wamid.…`). It embeds a phone number, so Debug shows a digest. */
        Wamid: string;
        /** @description A webhook. */
        Webhook: {
            /** @description Whether it receives events. */
            active: boolean;
            /**
             * Format: date-time
             * @description When the webhook was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description What the webhook is for. */
            description: string;
            /** @description Whether Leadwire switched it off because every delivery failed for three days. */
            disabled: boolean;
            /** @description The types of events that are sent. */
            events: components["schemas"]["EventType"][];
            /**
             * Format: date-time
             * @description Since when every delivery has failed. Null if the last one succeeded.
             * @example 2026-09-21T14:13:20.000Z
             */
            failingSince: string | null;
            /** @description The webhook's ID. */
            id: components["schemas"]["WebhookId"];
            /**
             * Format: date-time
             * @description When a delivery last succeeded. Null if none has.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastDeliveredAt: string | null;
            /**
             * Format: date-time
             * @description Until when the replaced secret also signs. Null if no secret was replaced.
             * @example 2026-09-21T14:13:20.000Z
             */
            previousSecretUntil: string | null;
            /** @description Counts the changes of the webhook. It is also the `ETag` for `If-Match`. */
            revision: number;
            /** @description The signing secret. It is shown only once: when it is created or replaced. */
            secret?: string;
            /** @description The URL that receives the events. */
            url: string;
        };
        /** @description A change of a webhook. Omitted fields stay as they are. */
        WebhookBody: {
            /** @description Whether it receives events. Switching it on again resets its failures. */
            active?: boolean | null;
            /** @description What the webhook is for. */
            description?: string | null;
            /** @description The types of events to send. */
            events?: components["schemas"]["EventType"][] | null;
            /** @description The HTTPS URL that receives the events. */
            url?: string | null;
        };
        /** @description An event on its way to a webhook. */
        WebhookDelivery: {
            /** @description The number of attempts. */
            attempts: number;
            /** @description What the last attempt brought, and what to do. Null before the first attempt. */
            detail: string | null;
            /** @description The event's ID: the header `webhook-id`. */
            eventId: components["schemas"]["WebhookEventId"];
            /** @description The event's type. */
            eventType: components["schemas"]["EventType"];
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-09-21T14:13:20.000Z
             */
            happenedAt: string;
            /**
             * Format: date-time
             * @description When it is tried next. Null if it is not tried again, or is about to be tried.
             * @example 2026-09-21T14:13:20.000Z
             */
            nextAttemptAt: string | null;
            /** @description The state of the delivery. */
            state: components["schemas"]["DeliveryState"];
            /** @description The HTTP status of the last answer. Null if there was none. */
            status: number | null;
        };
        /** @description A page of a list. */
        WebhookDeliveryPage: {
            /** @description The items of the page. */
            items: components["schemas"]["WebhookDelivery"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description The ID of an event that webhooks receive.
         * @example evt_01M3250VASBF3MSX3QTC83A67F
         */
        WebhookEventId: string;
        /**
         * @description The ID of a webhook: an address that is told of events.
         * @example whk_01M3250VASBF3MSX3QTC83A67F
         */
        WebhookId: string;
        /** @description A page of a list. */
        WebhookPage: {
            /** @description The items of the page. */
            items: components["schemas"]["Webhook"][];
            /** @description The cursor of the next page. Null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description A day of the week.
         *
         *     - `monday`: Monday.
         *     - `tuesday`: Tuesday.
         *     - `wednesday`: Wednesday.
         *     - `thursday`: Thursday.
         *     - `friday`: Friday.
         *     - `saturday`: Saturday.
         *     - `sunday`: Sunday.
         * @enum {string}
         */
        Weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        /** @description The status of the WhatsApp connection. */
        WhatsAppStatus: {
            /** @description The connected numbers. */
            channels: components["schemas"]["Channel"][];
            /** @description Whether a number is connected. */
            configured: boolean;
            /**
             * Format: date-time
             * @description When a test of the app's dashboard last arrived (WhatsApp, Configuration, Test). Null if none has. It names a number
             *     that belongs to no business.
             * @example 2026-09-21T14:13:20.000Z
             */
            dashboardTestAt: string | null;
            /** @description A summary of the status. */
            message: string;
        };
        /** @description A lead as returned by `GET`, changed. Read-only fields may be left out; if present, they must be unchanged. */
        WholeLeadBody: {
            /** @description Read-only: WhatsApp's ID of the customer. */
            bsuid?: components["schemas"]["Bsuid"] | null;
            /** @description Ignored, because messages change it. */
            conversations?: components["schemas"]["ConversationId"][] | null;
            /**
             * Format: date-time
             * @description Read-only: when the lead was created.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt?: string | null;
            /** @description The currency of the value, as ISO 4217 writes it. */
            currency?: string | null;
            /** @description The email address. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description The values of custom fields, by the field's key; null removes a value. Fields that are left out stay as they are. */
            fields?: {
                [key: string]: (boolean | number | string[] | string) | null;
            } | null;
            /** @description Read-only: the lead's ID. */
            id?: components["schemas"]["LeadId"] | null;
            /** @description Ignored, because messages change it. */
            lastMessage?: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description Ignored, because messages change it.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastMessageAt?: string | null;
            /** @description Why the sale was lost. Only in the stage `Lost`. */
            lostReason?: string | null;
            /** @description Ignored, because messages change it. */
            messages?: {
                [key: string]: unknown;
            }[] | null;
            /** @description Ignored, because messages change it. */
            messagesCursor?: string | null;
            /** @description The name. */
            name?: string | null;
            /** @description The ID of the user who looks after the lead. */
            ownerId?: components["schemas"]["UserId"] | null;
            /** @description The phone number, with country code. WhatsApp decides that of a lead who has a conversation. */
            phone?: components["schemas"]["Phone"] | null;
            /** @description Read-only: the last digits of the phone number. */
            phoneMasked?: string | null;
            /** @description Ignored, because messages change it. */
            possibleDuplicates?: components["schemas"]["LeadId"][] | null;
            /** @description If present, the change is refused with 412 unless it is the lead's current revision. */
            revision?: number | null;
            /** @description The source. */
            source?: components["schemas"]["Source"] | null;
            /** @description The stage. */
            stage?: components["schemas"]["Stage"] | null;
            /**
             * Format: date-time
             * @description Ignored, because it follows from the stage.
             * @example 2026-09-21T14:13:20.000Z
             */
            stageSince?: string | null;
            /** @description All tags of the lead. */
            tags?: string[] | null;
            /** @description Ignored, because messages change it. */
            timeline?: {
                [key: string]: unknown;
            }[] | null;
            /** @description Ignored, because messages change it. */
            unread?: number | null;
            /**
             * Format: date-time
             * @description Ignored, because messages change it.
             * @example 2026-09-21T14:13:20.000Z
             */
            updatedAt?: string | null;
            /** @description Read-only: the lead's WhatsApp username. */
            username?: string | null;
            /**
             * Format: double
             * @description The value of the sale, with at most the decimals of its currency.
             */
            value?: number | null;
        };
    };
    responses: {
        /** @description Email address already in use (`/problems/address-taken`). */
        AddressTaken: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    type?: "/problems/address-taken";
                };
            };
        };
        /** @description The request cannot be read (`/problems/bad-request`). The body is not valid JSON (`/problems/invalid-json`). Invalid parameter (`/problems/invalid-parameter`). */
        BadRequestOrInvalidJsonOrInvalidParameter: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    type?: "/problems/bad-request" | "/problems/invalid-json" | "/problems/invalid-parameter";
                };
            };
        };
        /** @description The request cannot be read (`/problems/bad-request`). Invalid parameter (`/problems/invalid-parameter`). */
        BadRequestOrInvalidParameter: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    type?: "/problems/bad-request" | "/problems/invalid-parameter";
                };
            };
        };
        /** @description Changed in the meantime (`/problems/changed-meanwhile`). */
        ChangedMeanwhile: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 412;
                    /** @enum {unknown} */
                    type?: "/problems/changed-meanwhile";
                };
            };
        };
        /** @description A colleague has this conversation (`/problems/claimed`). */
        Claimed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    type?: "/problems/claimed";
                };
            };
        };
        /** @description Conflict with the current state (`/problems/conflict`). */
        Conflict: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    type?: "/problems/conflict";
                };
            };
        };
        /** @description Conflict with the current state (`/problems/conflict`). This lead already exists (`/problems/lead-exists`). */
        ConflictOrLeadExists: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    type?: "/problems/conflict" | "/problems/lead-exists";
                };
            };
        };
        /** @description Permission denied (`/problems/forbidden`). */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    type?: "/problems/forbidden";
                };
            };
        };
        /** @description Permission denied (`/problems/forbidden`). Confirm your email address first (`/problems/email-not-verified`). Two-factor authentication required (`/problems/second-factor-needed`). */
        ForbiddenOrEmailNotVerifiedOrSecondFactorNeeded: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    type?: "/problems/forbidden" | "/problems/email-not-verified" | "/problems/second-factor-needed";
                };
            };
        };
        /** @description Permission denied (`/problems/forbidden`). Two-factor authentication required (`/problems/second-factor-needed`). */
        ForbiddenOrSecondFactorNeeded: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    type?: "/problems/forbidden" | "/problems/second-factor-needed";
                };
            };
        };
        /** @description Something went wrong on our side (`/problems/internal`). */
        Internal: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 500;
                    /** @enum {unknown} */
                    type?: "/problems/internal";
                };
            };
        };
        /** @description Invalid input (`/problems/invalid-input`). */
        InvalidInput: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/invalid-input";
                };
            };
        };
        /** @description Invalid input (`/problems/invalid-input`). Idempotency key already used (`/problems/idempotency-key-reused`). */
        InvalidInputOrKeyReused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/invalid-input" | "/problems/idempotency-key-reused";
                };
            };
        };
        /** @description Invalid input (`/problems/invalid-input`). No WhatsApp number is connected (`/problems/no-connected-number`). */
        InvalidInputOrNoConnectedNumber: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/invalid-input" | "/problems/no-connected-number";
                };
            };
        };
        /** @description Invalid input (`/problems/invalid-input`). No WhatsApp number is connected (`/problems/no-connected-number`). The phone number has no country code (`/problems/no-country-code`). */
        InvalidInputOrNoConnectedNumberOrNoCountryCode: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/invalid-input" | "/problems/no-connected-number" | "/problems/no-country-code";
                };
            };
        };
        /** @description Invalid input (`/problems/invalid-input`). The phone number has no country code (`/problems/no-country-code`). */
        InvalidInputOrNoCountryCode: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/invalid-input" | "/problems/no-country-code";
                };
            };
        };
        /** @description Invalid input (`/problems/invalid-input`). The phone number has no country code (`/problems/no-country-code`). Idempotency key already used (`/problems/idempotency-key-reused`). */
        InvalidInputOrNoCountryCodeOrKeyReused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/invalid-input" | "/problems/no-country-code" | "/problems/idempotency-key-reused";
                };
            };
        };
        /** @description Invalid input (`/problems/invalid-input`). The price of the message is unknown (`/problems/price-unknown`). The message costs more than you agreed to (`/problems/price-changed`). */
        InvalidInputOrPriceUnknownOrPriceChanged: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/invalid-input" | "/problems/price-unknown" | "/problems/price-changed";
                };
            };
        };
        /** @description Invalid input (`/problems/invalid-input`). The 24-hour window is closed (`/problems/window-closed`). The price of the message is unknown (`/problems/price-unknown`). The message costs more than you agreed to (`/problems/price-changed`). The customer has opted out (`/problems/opted-out`). The customer's consent is not recorded (`/problems/consent-not-recorded`). No WhatsApp number is connected (`/problems/no-connected-number`). The phone number has no country code (`/problems/no-country-code`). Idempotency key already used (`/problems/idempotency-key-reused`). */
        InvalidInputOrWindowClosedOrPriceUnknownOrPriceChangedOrOptedOutOrConsentNotRecordedOrNoConnectedNumberOrNoCountryCodeOrKeyReused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/invalid-input" | "/problems/window-closed" | "/problems/price-unknown" | "/problems/price-changed" | "/problems/opted-out" | "/problems/consent-not-recorded" | "/problems/no-connected-number" | "/problems/no-country-code" | "/problems/idempotency-key-reused";
                };
            };
        };
        /** @description No WhatsApp number is connected (`/problems/no-connected-number`). */
        NoConnectedNumber: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/no-connected-number";
                };
            };
        };
        /** @description Not found (`/problems/not-found`). */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    type?: "/problems/not-found";
                };
            };
        };
        /** @description The session has ended (`/problems/signed-out`). */
        SignedOut: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    type?: "/problems/signed-out";
                };
            };
        };
        /** @description The body is too large (`/problems/too-large`). */
        TooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 413;
                    /** @enum {unknown} */
                    type?: "/problems/too-large";
                };
            };
        };
        /** @description Too many requests (`/problems/too-many-requests`). */
        TooManyRequests: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    type?: "/problems/too-many-requests";
                };
            };
        };
        /** @description Authentication required (`/problems/unauthenticated`). */
        Unauthenticated: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    type?: "/problems/unauthenticated";
                };
            };
        };
        /** @description Authentication required (`/problems/unauthenticated`). Wrong code (`/problems/wrong-code`). */
        UnauthenticatedOrWrongCode: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    type?: "/problems/unauthenticated" | "/problems/wrong-code";
                };
            };
        };
        /** @description Temporarily unavailable (`/problems/unavailable`). */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    type?: "/problems/unavailable";
                };
            };
        };
        /** @description The body must be JSON (`/problems/unsupported-media-type`). */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 415;
                    /** @enum {unknown} */
                    type?: "/problems/unsupported-media-type";
                };
            };
        };
        /** @description Wrong email address or password (`/problems/wrong-credentials`). Two-factor code required (`/problems/code-needed`). Wrong code (`/problems/wrong-code`). */
        WrongCredentialsOrCodeNeededOrWrongCode: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    type?: "/problems/wrong-credentials" | "/problems/code-needed" | "/problems/wrong-code";
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description The tag of this answer. Send it as `If-None-Match` to get 304 if nothing has changed.
         * @example "4d0b4c559d0e8a6d6d3f"
         */
        ETag: string;
        /**
         * @description Where the file is: a signed link.
         * @example https://files.example.com/…
         */
        Location: string;
        /**
         * @description `wait` if the preference was applied.
         * @example wait
         */
        "Preference-Applied": string;
        /**
         * @description The remaining quota of each rate limit (`r`), and the seconds until it is fully restored (`t`).
         * @example "user";r=199;t=1
         */
        RateLimit: string;
        /**
         * @description The rate limits of the request: the quota (`q`) and the seconds until it is fully restored (`w`), as in the IETF draft on RateLimit fields.
         * @example "user";q=200;w=4
         */
        "RateLimit-Policy": string;
        /** @description The number of seconds to wait before trying again. */
        "Retry-After": number;
        /**
         * @description The revision. Send it as `If-Match` with a change to get 412 if another client changed it first.
         * @example "3"
         */
        Revision: string;
        /**
         * @description The refresh token and, after a sign-in with a password, the device token, each in a cookie for browsers: `HttpOnly`, `SameSite=Strict` and, over HTTPS, `Secure`.
         * @example __Host-refreshToken=…; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000; Secure
         */
        "Set-Cookie": string;
        /**
         * @description The authentication scheme.
         * @example Bearer
         */
        "WWW-Authenticate": string;
        /**
         * @description The request ID. Quote it if you contact support.
         * @example JpQX8qB-pdiGtGs=
         */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type Action = components['schemas']['Action'];
export type Activity = components['schemas']['Activity'];
export type ActivityBody = components['schemas']['ActivityBody'];
export type ActivityKind = components['schemas']['ActivityKind'];
export type Actor = components['schemas']['Actor'];
export type Amount = components['schemas']['Amount'];
export type ApiKeyId = components['schemas']['ApiKeyId'];
export type ApprovalBody = components['schemas']['ApprovalBody'];
export type AssignBody = components['schemas']['AssignBody'];
export type Assignee = components['schemas']['Assignee'];
export type AssigneeId = components['schemas']['AssigneeId'];
export type AtWhatsapp = components['schemas']['AtWhatsapp'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditEntryPage = components['schemas']['AuditEntryPage'];
export type AutomaticMoves = components['schemas']['AutomaticMoves'];
export type Basis = components['schemas']['Basis'];
export type Block = components['schemas']['Block'];
export type Bsuid = components['schemas']['Bsuid'];
export type Budget = components['schemas']['Budget'];
export type BudgetAction = components['schemas']['BudgetAction'];
export type BudgetBody = components['schemas']['BudgetBody'];
export type BudgetId = components['schemas']['BudgetId'];
export type BudgetPeriod = components['schemas']['BudgetPeriod'];
export type Budgets = components['schemas']['Budgets'];
export type BulkAction = components['schemas']['BulkAction'];
export type BulkBody = components['schemas']['BulkBody'];
export type BulkChange = components['schemas']['BulkChange'];
export type BulkChangePage = components['schemas']['BulkChangePage'];
export type BulkCounts = components['schemas']['BulkCounts'];
export type Business = components['schemas']['Business'];
export type BusinessPage = components['schemas']['BusinessPage'];
export type BusinessProfile = components['schemas']['BusinessProfile'];
export type Buttons = components['schemas']['Buttons'];
export type CallHours = components['schemas']['CallHours'];
export type CallPermissionRequest = components['schemas']['CallPermissionRequest'];
export type CallSettings = components['schemas']['CallSettings'];
export type CallSettingsInput = components['schemas']['CallSettingsInput'];
export type CardAddress = components['schemas']['CardAddress'];
export type CardAddressInput = components['schemas']['CardAddressInput'];
export type CardEmail = components['schemas']['CardEmail'];
export type CardEmailInput = components['schemas']['CardEmailInput'];
export type CardExamples = components['schemas']['CardExamples'];
export type CardOrg = components['schemas']['CardOrg'];
export type CardOrgInput = components['schemas']['CardOrgInput'];
export type CardPhone = components['schemas']['CardPhone'];
export type CardPhoneInput = components['schemas']['CardPhoneInput'];
export type CardUrl = components['schemas']['CardUrl'];
export type CardUrlInput = components['schemas']['CardUrlInput'];
export type CardVersion = components['schemas']['CardVersion'];
export type Category = components['schemas']['Category'];
export type Cause = components['schemas']['Cause'];
export type ChangeBody = components['schemas']['ChangeBody'];
export type Channel = components['schemas']['Channel'];
export type ChannelBody = components['schemas']['ChannelBody'];
export type ChannelCheck = components['schemas']['ChannelCheck'];
export type ChannelId = components['schemas']['ChannelId'];
export type ChannelPage = components['schemas']['ChannelPage'];
export type ChannelRefusal = components['schemas']['ChannelRefusal'];
export type ChannelSignup = components['schemas']['ChannelSignup'];
export type CheckName = components['schemas']['CheckName'];
export type ClientBody = components['schemas']['ClientBody'];
export type ClientChangeBody = components['schemas']['ClientChangeBody'];
export type CodeApp = components['schemas']['CodeApp'];
export type CodeBody = components['schemas']['CodeBody'];
export type CodeDelivery = components['schemas']['CodeDelivery'];
export type Command = components['schemas']['Command'];
export type ConnectBody = components['schemas']['ConnectBody'];
export type ConnectedChannel = components['schemas']['ConnectedChannel'];
export type Consent = components['schemas']['Consent'];
export type ConsentBody = components['schemas']['ConsentBody'];
export type ConsentChange = components['schemas']['ConsentChange'];
export type ConsentImport = components['schemas']['ConsentImport'];
export type ConsentImportBody = components['schemas']['ConsentImportBody'];
export type ConsentKind = components['schemas']['ConsentKind'];
export type ConsentRowError = components['schemas']['ConsentRowError'];
export type ConsentSource = components['schemas']['ConsentSource'];
export type ConsentState = components['schemas']['ConsentState'];
export type ConsentTest = components['schemas']['ConsentTest'];
export type ConsentTestInput = components['schemas']['ConsentTestInput'];
export type ContactCard = components['schemas']['ContactCard'];
export type ContactCardInput = components['schemas']['ContactCardInput'];
export type Content = components['schemas']['Content'];
export type Conversation = components['schemas']['Conversation'];
export type ConversationCounts = components['schemas']['ConversationCounts'];
export type ConversationFilter = components['schemas']['ConversationFilter'];
export type ConversationId = components['schemas']['ConversationId'];
export type ConversationPage = components['schemas']['ConversationPage'];
export type ConversationStarters = components['schemas']['ConversationStarters'];
export type ConversationStartersInput = components['schemas']['ConversationStartersInput'];
export type ConversationStatus = components['schemas']['ConversationStatus'];
export type Cost = components['schemas']['Cost'];
export type CostDifference = components['schemas']['CostDifference'];
export type Costs = components['schemas']['Costs'];
export type CtaUrl = components['schemas']['CtaUrl'];
export type Currency = components['schemas']['Currency'];
export type CustomField = components['schemas']['CustomField'];
export type Deal = components['schemas']['Deal'];
export type DealBody = components['schemas']['DealBody'];
export type DealId = components['schemas']['DealId'];
export type DealPage = components['schemas']['DealPage'];
export type DeliveryState = components['schemas']['DeliveryState'];
export type Direction = components['schemas']['Direction'];
export type Duplicates = components['schemas']['Duplicates'];
export type EmailAddress = components['schemas']['EmailAddress'];
export type EmailVerificationBody = components['schemas']['EmailVerificationBody'];
export type Encoding = components['schemas']['Encoding'];
export type EraseBody = components['schemas']['EraseBody'];
export type Erasure = components['schemas']['Erasure'];
export type ErasureId = components['schemas']['ErasureId'];
export type ErasurePage = components['schemas']['ErasurePage'];
export type ErasureStatus = components['schemas']['ErasureStatus'];
export type EventType = components['schemas']['EventType'];
export type Export = components['schemas']['Export'];
export type ExportBody = components['schemas']['ExportBody'];
export type Exported = components['schemas']['Exported'];
export type ExportFile = components['schemas']['ExportFile'];
export type ExportFormat = components['schemas']['ExportFormat'];
export type ExportPage = components['schemas']['ExportPage'];
export type FieldBody = components['schemas']['FieldBody'];
export type FieldError = components['schemas']['FieldError'];
export type FieldRule = components['schemas']['FieldRule'];
export type FieldTest = components['schemas']['FieldTest'];
export type FieldTestInput = components['schemas']['FieldTestInput'];
export type FieldType = components['schemas']['FieldType'];
export type FilledQuickReply = components['schemas']['FilledQuickReply'];
export type FilledTemplateButton = components['schemas']['FilledTemplateButton'];
export type FilledTemplateCard = components['schemas']['FilledTemplateCard'];
export type FilledTemplateHeader = components['schemas']['FilledTemplateHeader'];
export type FilledTemplateText = components['schemas']['FilledTemplateText'];
export type Flow = components['schemas']['Flow'];
export type ForgotBody = components['schemas']['ForgotBody'];
export type Goods = components['schemas']['Goods'];
export type Health = components['schemas']['Health'];
export type HeldMessage = components['schemas']['HeldMessage'];
export type HeldMessagePage = components['schemas']['HeldMessagePage'];
export type IdentityKind = components['schemas']['IdentityKind'];
export type Import = components['schemas']['Import'];
export type ImportBody = components['schemas']['ImportBody'];
export type ImportColumn = components['schemas']['ImportColumn'];
export type ImportCounts = components['schemas']['ImportCounts'];
export type ImportField = components['schemas']['ImportField'];
export type ImportPage = components['schemas']['ImportPage'];
export type ImportPhase = components['schemas']['ImportPhase'];
export type ImportPreview = components['schemas']['ImportPreview'];
export type ImportSettingsBody = components['schemas']['ImportSettingsBody'];
export type ImportUpload = components['schemas']['ImportUpload'];
export type Invitation = components['schemas']['Invitation'];
export type InvitationId = components['schemas']['InvitationId'];
export type InvitationPage = components['schemas']['InvitationPage'];
export type InviteBody = components['schemas']['InviteBody'];
export type JobState = components['schemas']['JobState'];
export type Key = components['schemas']['Key'];
export type KeyBody = components['schemas']['KeyBody'];
export type KeyPage = components['schemas']['KeyPage'];
export type Language = components['schemas']['Language'];
export type LastMessage = components['schemas']['LastMessage'];
export type Lead = components['schemas']['Lead'];
export type LeadBody = components['schemas']['LeadBody'];
export type LeadField = components['schemas']['LeadField'];
export type LeadFields = components['schemas']['LeadFields'];
export type LeadFilter = components['schemas']['LeadFilter'];
export type LeadFilterInput = components['schemas']['LeadFilterInput'];
export type LeadId = components['schemas']['LeadId'];
export type LeadIdentity = components['schemas']['LeadIdentity'];
export type LeadIdentityPage = components['schemas']['LeadIdentityPage'];
export type LeadPage = components['schemas']['LeadPage'];
export type LeadSelection = components['schemas']['LeadSelection'];
export type LeadWithHistory = components['schemas']['LeadWithHistory'];
export type LinkedPhone = components['schemas']['LinkedPhone'];
export type List = components['schemas']['List'];
export type ListRow = components['schemas']['ListRow'];
export type ListRowInput = components['schemas']['ListRowInput'];
export type ListSection = components['schemas']['ListSection'];
export type ListSectionInput = components['schemas']['ListSectionInput'];
export type LocationRequest = components['schemas']['LocationRequest'];
export type LoginBody = components['schemas']['LoginBody'];
export type LongJobId = components['schemas']['LongJobId'];
export type Me = components['schemas']['Me'];
export type MeBody = components['schemas']['MeBody'];
export type Media = components['schemas']['Media'];
export type MediaDraft = components['schemas']['MediaDraft'];
export type MediaFault = components['schemas']['MediaFault'];
export type MediaFile = components['schemas']['MediaFile'];
export type MediaId = components['schemas']['MediaId'];
export type MediaStatus = components['schemas']['MediaStatus'];
export type Merge = components['schemas']['Merge'];
export type MergeBody = components['schemas']['MergeBody'];
export type MergedField = components['schemas']['MergedField'];
export type MergeId = components['schemas']['MergeId'];
export type MergePage = components['schemas']['MergePage'];
export type MergePreview = components['schemas']['MergePreview'];
export type Message = components['schemas']['Message'];
export type MessageContent = components['schemas']['MessageContent'];
export type MessageId = components['schemas']['MessageId'];
export type MessageKind = components['schemas']['MessageKind'];
export type MessagePage = components['schemas']['MessagePage'];
export type MessagePrice = components['schemas']['MessagePrice'];
export type MessageStatus = components['schemas']['MessageStatus'];
export type Month = components['schemas']['Month'];
export type MovesBody = components['schemas']['MovesBody'];
export type NameParts = components['schemas']['NameParts'];
export type NamePartsInput = components['schemas']['NamePartsInput'];
export type NewBudgetBody = components['schemas']['NewBudgetBody'];
export type NewBusiness = components['schemas']['NewBusiness'];
export type NewDealBody = components['schemas']['NewDealBody'];
export type NewFieldBody = components['schemas']['NewFieldBody'];
export type NewPipelineBody = components['schemas']['NewPipelineBody'];
export type NewSegmentBody = components['schemas']['NewSegmentBody'];
export type NewTaskBody = components['schemas']['NewTaskBody'];
export type NewTemplate = components['schemas']['NewTemplate'];
export type NewWebhookBody = components['schemas']['NewWebhookBody'];
export type NextStep = components['schemas']['NextStep'];
export type NoteBody = components['schemas']['NoteBody'];
export type Notice = components['schemas']['Notice'];
export type NoticePage = components['schemas']['NoticePage'];
export type NumberLink = components['schemas']['NumberLink'];
export type NumberLinkBody = components['schemas']['NumberLinkBody'];
export type NumberSetup = components['schemas']['NumberSetup'];
export type NumberSetupChange = components['schemas']['NumberSetupChange'];
export type OfferedTemplate = components['schemas']['OfferedTemplate'];
export type Order = components['schemas']['Order'];
export type OrderItem = components['schemas']['OrderItem'];
export type OrderProgress = components['schemas']['OrderProgress'];
export type OrderUpdate = components['schemas']['OrderUpdate'];
export type OtherBody = components['schemas']['OtherBody'];
export type OutboundContacts = components['schemas']['OutboundContacts'];
export type OutboundContent = components['schemas']['OutboundContent'];
export type OutboundReaction = components['schemas']['OutboundReaction'];
export type OutboundTemplate = components['schemas']['OutboundTemplate'];
export type OutboundText = components['schemas']['OutboundText'];
export type ParameterFormat = components['schemas']['ParameterFormat'];
export type Parked = components['schemas']['Parked'];
export type ParkedId = components['schemas']['ParkedId'];
export type ParkedPage = components['schemas']['ParkedPage'];
export type ParkedWhole = components['schemas']['ParkedWhole'];
export type PasswordBody = components['schemas']['PasswordBody'];
export type PaymentCurrency = components['schemas']['PaymentCurrency'];
export type PaymentItem = components['schemas']['PaymentItem'];
export type PaymentMethod = components['schemas']['PaymentMethod'];
export type PaymentRequest = components['schemas']['PaymentRequest'];
export type PaymentStatus = components['schemas']['PaymentStatus'];
export type PeriodName = components['schemas']['PeriodName'];
export type Permission = components['schemas']['Permission'];
export type Phone = components['schemas']['Phone'];
export type PhoneNumberId = components['schemas']['PhoneNumberId'];
export type PhoneSession = components['schemas']['PhoneSession'];
export type PhoneSessionId = components['schemas']['PhoneSessionId'];
export type PhoneSessions = components['schemas']['PhoneSessions'];
export type Pipeline = components['schemas']['Pipeline'];
export type PipelineBody = components['schemas']['PipelineBody'];
export type PipelineId = components['schemas']['PipelineId'];
export type Pipelines = components['schemas']['Pipelines'];
export type PipelineStage = components['schemas']['PipelineStage'];
export type PipelineTotals = components['schemas']['PipelineTotals'];
export type PixKeyType = components['schemas']['PixKeyType'];
export type Place = components['schemas']['Place'];
export type PossibleDuplicate = components['schemas']['PossibleDuplicate'];
export type PossibleDuplicatePage = components['schemas']['PossibleDuplicatePage'];
export type PriceState = components['schemas']['PriceState'];
export type Pricing = components['schemas']['Pricing'];
export type Problem = components['schemas']['Problem'];
export type Product = components['schemas']['Product'];
export type ProductList = components['schemas']['ProductList'];
export type ProductSection = components['schemas']['ProductSection'];
export type ProfileBody = components['schemas']['ProfileBody'];
export type ProfileRejection = components['schemas']['ProfileRejection'];
export type ProofBody = components['schemas']['ProofBody'];
export type PublishedFlow = components['schemas']['PublishedFlow'];
export type QuickReplies = components['schemas']['QuickReplies'];
export type QuickReply = components['schemas']['QuickReply'];
export type QuickReplyBody = components['schemas']['QuickReplyBody'];
export type QuickReplyId = components['schemas']['QuickReplyId'];
export type Quote = components['schemas']['Quote'];
export type QuoteBody = components['schemas']['QuoteBody'];
export type QuotedPrice = components['schemas']['QuotedPrice'];
export type QuotedTemplate = components['schemas']['QuotedTemplate'];
export type RawMessage = components['schemas']['RawMessage'];
export type Reaction = components['schemas']['Reaction'];
export type ReadConversation = components['schemas']['ReadConversation'];
export type RealtimeTicket = components['schemas']['RealtimeTicket'];
export type Reason = components['schemas']['Reason'];
export type RecoveryCodes = components['schemas']['RecoveryCodes'];
export type Referral = components['schemas']['Referral'];
export type ReferredProduct = components['schemas']['ReferredProduct'];
export type RefreshBody = components['schemas']['RefreshBody'];
export type Refusal = components['schemas']['Refusal'];
export type ReplyButton = components['schemas']['ReplyButton'];
export type Report = components['schemas']['Report'];
export type ReportChannel = components['schemas']['ReportChannel'];
export type ReportCounts = components['schemas']['ReportCounts'];
export type ReportDay = components['schemas']['ReportDay'];
export type ReportUser = components['schemas']['ReportUser'];
export type ResetBody = components['schemas']['ResetBody'];
export type ReturnBody = components['schemas']['ReturnBody'];
export type Role = components['schemas']['Role'];
export type ScanBody = components['schemas']['ScanBody'];
export type ScannedSession = components['schemas']['ScannedSession'];
export type ScheduledBody = components['schemas']['ScheduledBody'];
export type SearchResult = components['schemas']['SearchResult'];
export type SecondFactorOffer = components['schemas']['SecondFactorOffer'];
export type SecondFactorRule = components['schemas']['SecondFactorRule'];
export type Sees = components['schemas']['Sees'];
export type Segment = components['schemas']['Segment'];
export type SegmentBody = components['schemas']['SegmentBody'];
export type SegmentCount = components['schemas']['SegmentCount'];
export type SegmentId = components['schemas']['SegmentId'];
export type SegmentPage = components['schemas']['SegmentPage'];
export type SendBody = components['schemas']['SendBody'];
export type SendError = components['schemas']['SendError'];
export type SentMessage = components['schemas']['SentMessage'];
export type Session = components['schemas']['Session'];
export type SessionError = components['schemas']['SessionError'];
export type SessionId = components['schemas']['SessionId'];
export type SessionMessageBody = components['schemas']['SessionMessageBody'];
export type SessionMessages = components['schemas']['SessionMessages'];
export type SessionPage = components['schemas']['SessionPage'];
export type SessionState = components['schemas']['SessionState'];
export type SettingsBody = components['schemas']['SettingsBody'];
export type SignedIn = components['schemas']['SignedIn'];
export type SignupBody = components['schemas']['SignupBody'];
export type SignupKind = components['schemas']['SignupKind'];
export type SignupSettings = components['schemas']['SignupSettings'];
export type Source = components['schemas']['Source'];
export type Span = components['schemas']['Span'];
export type SpanInput = components['schemas']['SpanInput'];
export type Stage = components['schemas']['Stage'];
export type StageBody = components['schemas']['StageBody'];
export type StageColour = components['schemas']['StageColour'];
export type StageTotals = components['schemas']['StageTotals'];
export type StageValue = components['schemas']['StageValue'];
export type StartBody = components['schemas']['StartBody'];
export type StartBody2 = components['schemas']['StartBody2'];
export type StatusBody = components['schemas']['StatusBody'];
export type StatusChange = components['schemas']['StatusChange'];
export type Statuses = components['schemas']['Statuses'];
export type Task = components['schemas']['Task'];
export type TaskBody = components['schemas']['TaskBody'];
export type TaskId = components['schemas']['TaskId'];
export type TaskPage = components['schemas']['TaskPage'];
export type Template = components['schemas']['Template'];
export type TemplateButton = components['schemas']['TemplateButton'];
export type TemplateButtonInput = components['schemas']['TemplateButtonInput'];
export type TemplateButtonType = components['schemas']['TemplateButtonType'];
export type TemplateCard = components['schemas']['TemplateCard'];
export type TemplateCardInput = components['schemas']['TemplateCardInput'];
export type TemplateCardParameters = components['schemas']['TemplateCardParameters'];
export type TemplateCardValues = components['schemas']['TemplateCardValues'];
export type TemplateCategory = components['schemas']['TemplateCategory'];
export type TemplateChange = components['schemas']['TemplateChange'];
export type TemplateCode = components['schemas']['TemplateCode'];
export type TemplateCodeInput = components['schemas']['TemplateCodeInput'];
export type TemplateExamples = components['schemas']['TemplateExamples'];
export type TemplateHeader = components['schemas']['TemplateHeader'];
export type TemplateId = components['schemas']['TemplateId'];
export type TemplateLanguage = components['schemas']['TemplateLanguage'];
export type TemplateMessage = components['schemas']['TemplateMessage'];
export type TemplateName = components['schemas']['TemplateName'];
export type TemplatePage = components['schemas']['TemplatePage'];
export type TemplateParameter = components['schemas']['TemplateParameter'];
export type TemplateParameters = components['schemas']['TemplateParameters'];
export type TemplateQuality = components['schemas']['TemplateQuality'];
export type TemplateStatus = components['schemas']['TemplateStatus'];
export type TemplateSync = components['schemas']['TemplateSync'];
export type TemplateSyncPage = components['schemas']['TemplateSyncPage'];
export type TemplateSyncState = components['schemas']['TemplateSyncState'];
export type TenantId = components['schemas']['TenantId'];
export type TimelineKind = components['schemas']['TimelineKind'];
export type TimelineLine = components['schemas']['TimelineLine'];
export type TimelineLinePage = components['schemas']['TimelineLinePage'];
export type TimeZone = components['schemas']['TimeZone'];
export type Unknown = components['schemas']['Unknown'];
export type UnrecordedConsent = components['schemas']['UnrecordedConsent'];
export type Upload = components['schemas']['Upload'];
export type UploadBody = components['schemas']['UploadBody'];
export type UploadRequest = components['schemas']['UploadRequest'];
export type User = components['schemas']['User'];
export type UserBody = components['schemas']['UserBody'];
export type UserId = components['schemas']['UserId'];
export type UserPage = components['schemas']['UserPage'];
export type Wamid = components['schemas']['Wamid'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookBody = components['schemas']['WebhookBody'];
export type WebhookDelivery = components['schemas']['WebhookDelivery'];
export type WebhookDeliveryPage = components['schemas']['WebhookDeliveryPage'];
export type WebhookEventId = components['schemas']['WebhookEventId'];
export type WebhookId = components['schemas']['WebhookId'];
export type WebhookPage = components['schemas']['WebhookPage'];
export type Weekday = components['schemas']['Weekday'];
export type WhatsAppStatus = components['schemas']['WhatsAppStatus'];
export type WholeLeadBody = components['schemas']['WholeLeadBody'];
export type ResponseAddressTaken = components['responses']['AddressTaken'];
export type ResponseBadRequestOrInvalidJsonOrInvalidParameter = components['responses']['BadRequestOrInvalidJsonOrInvalidParameter'];
export type ResponseBadRequestOrInvalidParameter = components['responses']['BadRequestOrInvalidParameter'];
export type ResponseChangedMeanwhile = components['responses']['ChangedMeanwhile'];
export type ResponseClaimed = components['responses']['Claimed'];
export type ResponseConflict = components['responses']['Conflict'];
export type ResponseConflictOrLeadExists = components['responses']['ConflictOrLeadExists'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseForbiddenOrEmailNotVerifiedOrSecondFactorNeeded = components['responses']['ForbiddenOrEmailNotVerifiedOrSecondFactorNeeded'];
export type ResponseForbiddenOrSecondFactorNeeded = components['responses']['ForbiddenOrSecondFactorNeeded'];
export type ResponseInternal = components['responses']['Internal'];
export type ResponseInvalidInput = components['responses']['InvalidInput'];
export type ResponseInvalidInputOrKeyReused = components['responses']['InvalidInputOrKeyReused'];
export type ResponseInvalidInputOrNoConnectedNumber = components['responses']['InvalidInputOrNoConnectedNumber'];
export type ResponseInvalidInputOrNoConnectedNumberOrNoCountryCode = components['responses']['InvalidInputOrNoConnectedNumberOrNoCountryCode'];
export type ResponseInvalidInputOrNoCountryCode = components['responses']['InvalidInputOrNoCountryCode'];
export type ResponseInvalidInputOrNoCountryCodeOrKeyReused = components['responses']['InvalidInputOrNoCountryCodeOrKeyReused'];
export type ResponseInvalidInputOrPriceUnknownOrPriceChanged = components['responses']['InvalidInputOrPriceUnknownOrPriceChanged'];
export type ResponseInvalidInputOrWindowClosedOrPriceUnknownOrPriceChangedOrOptedOutOrConsentNotRecordedOrNoConnectedNumberOrNoCountryCodeOrKeyReused = components['responses']['InvalidInputOrWindowClosedOrPriceUnknownOrPriceChangedOrOptedOutOrConsentNotRecordedOrNoConnectedNumberOrNoCountryCodeOrKeyReused'];
export type ResponseNoConnectedNumber = components['responses']['NoConnectedNumber'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseSignedOut = components['responses']['SignedOut'];
export type ResponseTooLarge = components['responses']['TooLarge'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ResponseUnauthenticated = components['responses']['Unauthenticated'];
export type ResponseUnauthenticatedOrWrongCode = components['responses']['UnauthenticatedOrWrongCode'];
export type ResponseUnavailable = components['responses']['Unavailable'];
export type ResponseUnsupportedMediaType = components['responses']['UnsupportedMediaType'];
export type ResponseWrongCredentialsOrCodeNeededOrWrongCode = components['responses']['WrongCredentialsOrCodeNeededOrWrongCode'];
export type HeaderETag = components['headers']['ETag'];
export type HeaderLocation = components['headers']['Location'];
export type HeaderPreferenceApplied = components['headers']['Preference-Applied'];
export type HeaderRateLimit = components['headers']['RateLimit'];
export type HeaderRateLimitPolicy = components['headers']['RateLimit-Policy'];
export type HeaderRetryAfter = components['headers']['Retry-After'];
export type HeaderRevision = components['headers']['Revision'];
export type HeaderSetCookie = components['headers']['Set-Cookie'];
export type HeaderWwwAuthenticate = components['headers']['WWW-Authenticate'];
export type HeaderXRequestId = components['headers']['X-Request-Id'];
export type $defs = Record<string, never>;
export interface operations {
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description Only this action. */
                action?: components["schemas"]["Action"];
                /** @description Only actions of this user, API key or operator. */
                by?: components["schemas"]["Actor"];
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description Only entries at or after this time. */
                from?: string;
                /** @description The page size. */
                limit?: number;
                /** @description Only entries before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportAuditLog: {
        parameters: {
            query?: {
                /** @description Only this action. */
                action?: components["schemas"]["Action"];
                /** @description Only actions of this user, API key or operator. */
                by?: components["schemas"]["Actor"];
                /** @description Only entries at or after this time. */
                from?: string;
                /** @description Only entries before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV with a header line. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgotBody"];
            };
        };
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["WrongCredentialsOrCodeNeededOrWrongCode"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshBody"];
            };
        };
        responses: {
            /** @description Signed out. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["SignedOut"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    refreshSessionAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["SignedOut"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    signUpAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignupBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            409: components["responses"]["AddressTaken"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetBody"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSecondFactorSecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorOffer"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    enableSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["UnauthenticatedOrWrongCode"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    regenerateRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["UnauthenticatedOrWrongCode"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    disableSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeBody"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["UnauthenticatedOrWrongCode"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    signUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignupBody"];
            };
        };
        responses: {
            /** @description Signed in. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            409: components["responses"]["AddressTaken"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailVerificationBody"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    resendVerificationEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listBudgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budgets"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createBudget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBudgetBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteBudget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["BudgetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateBudget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["BudgetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listBulkChanges: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkChangePage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createBulkChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkBody"];
            };
        };
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkChange"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBulkChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkChange"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelBulkChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkChange"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBulkReport: {
        parameters: {
            query?: {
                /** @description The ticket from `reportUrl`. */
                ticket?: string;
            };
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file is at `Location`, for five minutes. */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    undoBulkChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkChange"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    connectChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    disconnectChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createChannelLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberLinkBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberSetup"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteChannelLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateChannelLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberLinkBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberSetup"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getChannelProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessProfile"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateChannelProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessProfile"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getChannelSetup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberSetup"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateChannelSetup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberSetupChange"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberSetup"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    refreshChannelSetup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberSetup"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    toggleChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChannelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getChannelSignup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignupSettings"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    startChannelSignup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelSignup"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    completeChannelSignup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReturnBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectedChannel"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listClients: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewBusiness"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Business"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientChangeBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Business"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    importConsents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentImportBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentImport"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /**
                 * @description Only conversations of this assignee: `me`, `unassigned` or a user's ID. Defaults to all that the caller can
                 *     see.
                 */
                assignee?: string;
                /** @description Only conversations on this channel. */
                channelId?: components["schemas"]["ChannelId"];
                /** @description Only open conversations that wait for a reply and whose 24-hour window closes within so many hours: 1 to 24. */
                closesWithin?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
                /** @description Only conversations with this status, or `all`. Defaults to `open`. */
                status?: "open" | "pending" | "snoozed" | "closed" | "all";
                /** @description If `true`, only conversations with unread messages, or marked as unread. */
                unread?: boolean;
                /** @description If `true`, only open conversations that wait for a reply, longest waiting first. */
                waiting?: boolean;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    startConversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartBody2"];
            };
        };
        responses: {
            /** @description The existing conversation. If it was closed, it is open again. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description The conversation was started. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrNoConnectedNumberOrNoCountryCode"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    assignConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    claimConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Claimed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteScheduledMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
                messageId: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateScheduledMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
                messageId: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduledBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    approveHeldMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
                messageId: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovalBody"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrPriceUnknownOrPriceChanged"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRawMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
                messageId: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawMessage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    markConversationRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadConversation"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendTypingIndicator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    markConversationUnread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadConversation"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    countConversations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationCounts"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCosts: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The month. Defaults to the current one. */
                month?: components["schemas"]["Month"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Costs"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportCosts: {
        parameters: {
            query?: {
                /** @description The month. Defaults to the current one. */
                month?: components["schemas"]["Month"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV with a header line. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeals: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
                /** @description Only deals of this owner. */
                owner?: components["schemas"]["UserId"];
                /** @description The pipeline. Defaults to the default pipeline. */
                pipelineId?: components["schemas"]["PipelineId"];
                /** @description Only deals in these stages. Repeat the parameter, or separate stages by commas. Defaults to all stages. */
                stage?: components["schemas"]["Stage"][];
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealPage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["DealId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["DealId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["DealId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DealBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listErasures: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasurePage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ErasureId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listExports: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createExport: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportBody"];
            };
        };
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExportContent: {
        parameters: {
            query?: {
                /** @description The number of the file, from 0. */
                file?: number;
                /** @description The ticket from the file's `url`. */
                ticket?: string;
            };
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file is at `Location`, for five minutes. */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportUpload"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportSettingsBody"];
            };
        };
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getImportReport: {
        parameters: {
            query?: {
                /** @description The ticket from `reportUrl`. */
                ticket?: string;
            };
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file is at `Location`, for five minutes. */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    runImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LongJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["InvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["UnauthenticatedOrWrongCode"];
            403: components["responses"]["ForbiddenOrEmailNotVerifiedOrSecondFactorNeeded"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ApiKeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    takeOverApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ApiKeyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProofBody"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["UnauthenticatedOrWrongCode"];
            403: components["responses"]["ForbiddenOrEmailNotVerifiedOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLeadFields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadFields"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createLeadField: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFieldBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteLeadField: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadFields"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateLeadField: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLeads: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description `true` for the leads that were deleted, the last deleted first. No other filter applies to them. */
                deleted?: boolean;
                /** @description Only leads for which this filter holds: the JSON of a segment's `filter`, such as `{"tag":["VIP"]}`. */
                filter?: string;
                /** @description Only the lead with this WhatsApp user ID, parent user ID or phone number. No other filter applies. */
                identity?: string;
                /** @description The page size. */
                limit?: number;
                /** @description Only leads of this owner: a user's ID, `me` for your own, or `none` for leads without an owner. */
                owner?: ("me" | "none") | components["schemas"]["UserId"];
                /** @description Only the lead with this phone number, with country code, in any spelling. No other filter applies. */
                phone?: string;
                /** @description Only leads from this source. */
                source?: components["schemas"]["Source"];
                /** @description Only leads in these stages. Repeat the parameter, or separate stages by commas. Defaults to all stages. */
                stage?: components["schemas"]["Stage"][];
                /** @description Only leads with this tag. */
                tag?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadPage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lead"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["ConflictOrLeadExists"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrNoCountryCodeOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLead: {
        parameters: {
            query?: {
                /** @description The number of history entries to return. */
                limit?: number;
                /** @description The `messagesCursor` of the previous page. */
                messagesCursor?: string;
            };
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadWithHistory"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    replaceLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WholeLeadBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lead"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrLeadExists"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrNoCountryCode"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LeadBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lead"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["ConflictOrLeadExists"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrNoCountryCode"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    logActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivityBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineLine"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBlock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Block"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    blockLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Block"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLeadDeals: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDeal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDealBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    eraseLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EraseBody"];
            };
        };
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadIdentityPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    mergeLead: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merge"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewMerge: {
        parameters: {
            query?: {
                /** @description The ID of the lead to merge into this one. */
                with?: components["schemas"]["LeadId"];
            };
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergePreview"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMerges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergePage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    undoMerge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
                mergeId: components["schemas"]["MergeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merge"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    dismissDuplicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtherBody"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineLine"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    restoreLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lead"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLeadTasks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTaskBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
                taskId: components["schemas"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
                taskId: components["schemas"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTimeline: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description Only entries of these kinds. Repeat the parameter, or separate kinds by commas. Defaults to all kinds. */
                kind?: components["schemas"]["TimelineKind"][];
                /** @description The page size. */
                limit?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineLinePage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    unblockLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["LeadId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Block"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createMedia: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MediaId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaFile"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMediaContent: {
        parameters: {
            query?: {
                /** @description Whether to get the thumbnail. */
                thumbnail?: boolean;
                /** @description The ticket from the file's `url`. */
                ticket?: string;
            };
            header?: never;
            path: {
                id: components["schemas"]["MediaId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file is at `Location`, for five minutes. */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    refetchMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MediaId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listConversationMessages: {
        parameters: {
            query?: {
                /** @description The conversation. Required. */
                conversationId?: components["schemas"]["ConversationId"];
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
                /** @description `wait=N`: wait up to N seconds for WhatsApp's answer, at most ten (RFC 7240). Up to ten requests of a business may wait at a time; others are answered 202 immediately. Invalid values are ignored. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendBody"];
            };
        };
        responses: {
            /** @description WhatsApp accepted or rejected the message. */
            200: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description The message is accepted and will be sent. */
            202: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrWindowClosedOrPriceUnknownOrPriceChangedOrOptedOutOrConsentNotRecordedOrNoConnectedNumberOrNoCountryCodeOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listHeldMessages: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldMessagePage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
                /** @description `wait=N`: wait up to N seconds for WhatsApp's answer, at most ten (RFC 7240). Up to ten requests of a business may wait at a time; others are answered 202 immediately. Invalid values are ignored. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendBody"];
            };
        };
        responses: {
            /** @description WhatsApp accepted or rejected the message. */
            200: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description The message is accepted and will be sent. */
            202: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrWindowClosedOrPriceUnknownOrPriceChangedOrOptedOutOrConsentNotRecordedOrNoConnectedNumberOrNoCountryCodeOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listNotices: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiDescription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The API description. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listParkedDeliveries: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getParkedDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ParkedId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedWhole"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPipelineTotals: {
        parameters: {
            query?: {
                /** @description The pipeline whose deals are counted. Without it, leads are. */
                pipelineId?: components["schemas"]["PipelineId"];
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelineTotals"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPipelines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipelines"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPipeline: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPipelineBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deletePipeline: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["PipelineId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipelines"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updatePipeline: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["PipelineId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PipelineBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPossibleDuplicates: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PossibleDuplicatePage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listQuickReplies: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickReplies"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createQuickReply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuickReplyBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickReply"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteQuickReply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["QuickReplyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateQuickReply: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["QuickReplyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuickReplyBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickReply"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    fillQuickReply: {
        parameters: {
            query?: {
                /** @description The conversation's ID. */
                conversationId?: components["schemas"]["ConversationId"];
            };
            header?: never;
            path: {
                id: components["schemas"]["QuickReplyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilledQuickReply"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createQuote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuoteBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrNoConnectedNumberOrNoCountryCode"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRealtimeTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RealtimeTicket"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReport: {
        parameters: {
            query?: {
                /** @description The first day. Without it, the report begins 30 days before its last day. */
                from?: string;
                /** @description The time zone in which days begin and end. Without it, the one in the settings of the business. */
                timeZone?: components["schemas"]["TimeZone"];
                /** @description The last day. Without it, today. */
                to?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    searchLeads: {
        parameters: {
            query?: {
                /** @description The most leads to return. */
                limit?: number;
                /**
                 * @description Words or the digits of a phone number. A lead is found if each word begins a word of its name, email address, username or tags,
                 *     or is a part of its phone number of at least four digits.
                 */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSegments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSegmentBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSegment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SegmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["SegmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["SegmentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SegmentBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["Revision"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    countSegment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SegmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentCount"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSegmentLeads: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["SegmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadPage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPhoneSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneSessions"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPhoneSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneSession"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    endPhoneSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PhoneSessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSessionMessages: {
        parameters: {
            query?: {
                /** @description How many messages to list, at most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["PhoneSessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionMessages"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["NoConnectedNumber"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendSessionMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: components["schemas"]["PhoneSessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionMessageBody"];
            };
        };
        responses: {
            /** @description WhatsApp accepted or rejected the message. */
            200: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description The message is accepted and will be sent. */
            202: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrWindowClosedOrPriceUnknownOrPriceChangedOrOptedOutOrConsentNotRecordedOrNoConnectedNumberOrNoCountryCodeOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPhoneSessionStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["PhoneSessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneSession"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    completePhoneSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReturnBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkedPhone"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    scanPhoneSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScanBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScannedSession"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Business"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Business"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description Whose tasks: a user's ID, `me` for your own, which is the default, or `none` for tasks without an assignee. */
                assignee?: ("me" | "none") | components["schemas"]["UserId"];
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description `true` for tasks that are done, the last done first. Defaults to open tasks, by due time. */
                done?: boolean;
                /** @description The page size. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                /** @description Only templates that this channel can send. */
                channelId?: components["schemas"]["ChannelId"];
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description Only templates in this language. */
                language?: components["schemas"]["TemplateLanguage"];
                /** @description The page size. */
                limit?: number;
                /** @description Only templates whose name contains this. */
                name?: string;
                /** @description Only templates of this status. */
                status?: components["schemas"]["TemplateStatus"];
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTemplate"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrNoConnectedNumber"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TemplateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TemplateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TemplateId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateChange"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTemplateSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateSyncPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    startTemplateSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Started. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateSyncPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            422: components["responses"]["NoConnectedNumber"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrEmailNotVerifiedOrSecondFactorNeeded"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestUserPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetUserSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookBody"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what was read. The change is refused with 412 if another client changed it since. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookBody"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: components["schemas"]["WebhookEventId"];
                id: components["schemas"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listConversationsAlias: {
        parameters: {
            query?: {
                /**
                 * @description Only conversations of this assignee: `me`, `unassigned` or a user's ID. Defaults to all that the caller can
                 *     see.
                 */
                assignee?: string;
                /** @description Only conversations on this channel. */
                channelId?: components["schemas"]["ChannelId"];
                /** @description Only open conversations that wait for a reply and whose 24-hour window closes within so many hours: 1 to 24. */
                closesWithin?: number;
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
                /** @description Only conversations with this status, or `all`. Defaults to `open`. */
                status?: "open" | "pending" | "snoozed" | "closed" | "all";
                /** @description If `true`, only conversations with unread messages, or marked as unread. */
                unread?: boolean;
                /** @description If `true`, only open conversations that wait for a reply, longest waiting first. */
                waiting?: boolean;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getConversationAlias: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMessagesAlias: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description The page size. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    markConversationReadAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadConversation"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendMessageAndWaitAlias: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
                /** @description `wait=N`: wait up to N seconds for WhatsApp's answer, at most ten (RFC 7240). Up to ten requests of a business may wait at a time; others are answered 202 immediately. Invalid values are ignored. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendBody"];
            };
        };
        responses: {
            /** @description WhatsApp accepted or rejected the message. */
            200: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description The message is accepted and will be sent. */
            202: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrWindowClosedOrPriceUnknownOrPriceChangedOrOptedOutOrConsentNotRecordedOrNoConnectedNumberOrNoCountryCodeOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendMessageAndWait: {
        parameters: {
            query?: never;
            header?: {
                /** @description A unique key for this request, kept for 7 days. A request with the same key returns the existing message, and nothing is sent twice. */
                "Idempotency-Key"?: string;
                /** @description `wait=N`: wait up to N seconds for WhatsApp's answer, at most ten (RFC 7240). Up to ten requests of a business may wait at a time; others are answered 202 immediately. Invalid values are ignored. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendBody"];
            };
        };
        responses: {
            /** @description WhatsApp accepted or rejected the message. */
            200: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description The message is accepted and will be sent. */
            202: {
                headers: {
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrWindowClosedOrPriceUnknownOrPriceChangedOrOptedOutOrConsentNotRecordedOrNoConnectedNumberOrNoCountryCodeOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWhatsappStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatsAppStatus"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTemplatesAlias: {
        parameters: {
            query?: {
                /** @description Only templates that this channel can send. */
                channelId?: components["schemas"]["ChannelId"];
                /** @description The `nextCursor` of the previous page. */
                cursor?: string;
                /** @description Only templates in this language. */
                language?: components["schemas"]["TemplateLanguage"];
                /** @description The page size. */
                limit?: number;
                /** @description Only templates whose name contains this. */
                name?: string;
                /** @description Only templates of this status. */
                status?: components["schemas"]["TemplateStatus"];
            };
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed, the answer is 304. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePage"];
                };
            };
            /** @description Unchanged: the `ETag` is the same. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTemplateAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTemplate"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInputOrNoConnectedNumber"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTemplateAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TemplateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteTemplateAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TemplateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateTemplateAlias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["TemplateId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateChange"];
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidJsonOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTemplateSyncAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateSyncPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    startTemplateSyncAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Started. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateSyncPage"];
                };
            };
            400: components["responses"]["BadRequestOrInvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ForbiddenOrSecondFactorNeeded"];
            422: components["responses"]["NoConnectedNumber"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}

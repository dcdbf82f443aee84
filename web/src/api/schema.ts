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
         * What was done, the newest first
         * @description What was done, the newest first. A page may hold fewer than `limit`, and have a `nextCursor`. Refusals and failed sign-ins appear when their minute is over, once each.
         *
         *     Needs `audit:read`: the roles owner, admin, and keys with this scope.
         */
        get: operations["auditList"];
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
         * The same as a table for a spreadsheet
         * @description The same as a table for a spreadsheet. It holds the newest ten thousand entries.
         *
         *     Needs `audit:read`: the roles owner, admin, and keys with this scope.
         */
        get: operations["auditTable"];
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
         * Chooses a new password
         * @description Chooses a new password. All sessions of the person end, and a new one begins.
         *
         *     For a person who has signed in.
         */
        post: operations["passwordsChange"];
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
         * Asks for a link to choose a new password
         * @description Asks for a link to choose a new password. The same answer and the same work whether anybody has the address or not.
         */
        post: operations["passwordsForgot"];
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
         * Signs in
         * @description Signs in. An address that nobody has and a wrong password get the same answer, after the same work. Only failures use up the tries of an address and an account.
         */
        post: operations["authLogin"];
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
         * Signs out
         * @description Signs out. Ends the session of the refresh token or, where none comes, of the access token. Whoever has signed out already is signed out.
         */
        post: operations["authLogout"];
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
         * The signed-in user, with their permissions and what they see
         * @description For a person who has signed in.
         */
        get: operations["meShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes one's name
         * @description For a person who has signed in.
         */
        patch: operations["meUpdate"];
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
         * Gives new tokens for a refresh token
         * @description Gives new tokens for a refresh token. Each holds once. The refresh token comes in the body, or in the cookie that an earlier answer set.
         */
        post: operations["authRefresh"];
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
         * Gives new tokens for a refresh token
         * @description The same as `POST /api/auth/refresh`, as other front ends call it.
         *
         *     Gives new tokens for a refresh token. Each holds once. The refresh token comes in the body, or in the cookie that an earlier answer set.
         */
        post: operations["postAuthRefreshToken"];
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
         * Makes a business and its owner, or joins one by invitation
         * @description The same as `POST /api/auth/signup`, as other front ends call it.
         *
         *     Makes a business and its owner, or joins one by invitation. An email asks to prove the mailbox, unless the token of the invitation's own email proved it. Until then the account invites nobody and makes no keys, and whoever proves the mailbox takes the address over.
         */
        post: operations["postAuthRegister"];
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
         * Chooses a new password by a link
         * @description Chooses a new password by a link. The token of the link holds once. All sessions of the person end. The link proves the mailbox: of an account that had not proved it before, it also drops the second factor, which somebody else may have set.
         */
        post: operations["passwordsReset"];
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
         * Makes a secret for an authenticator app (TOTP)
         * @description Makes a secret for an authenticator app (TOTP). It is asked for once its first code is confirmed.
         *
         *     For a person who has signed in.
         */
        post: operations["secondFactorOffer"];
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
         * Lets the second factor be asked for at every sign-in
         * @description Lets the second factor be asked for at every sign-in. The recovery codes are shown once, and never again.
         *
         *     For a person who has signed in.
         */
        post: operations["secondFactorConfirm"];
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
         * Makes other recovery codes
         * @description Makes other recovery codes. Those before hold no more.
         *
         *     For a person who has signed in.
         */
        post: operations["secondFactorRecoveryCodes"];
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
         * Takes one's second factor away
         * @description For a person who has signed in.
         */
        post: operations["secondFactorRemove"];
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
         * Where one has signed in, the newest first
         * @description For a person who has signed in.
         */
        get: operations["meSessions"];
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
         * Signs out elsewhere
         * @description Signs out elsewhere. From now on its tokens open nothing.
         *
         *     For a person who has signed in.
         */
        delete: operations["meEndSession"];
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
         * Makes a business and its owner, or joins one by invitation
         * @description Makes a business and its owner, or joins one by invitation. An email asks to prove the mailbox, unless the token of the invitation's own email proved it. Until then the account invites nobody and makes no keys, and whoever proves the mailbox takes the address over.
         */
        post: operations["authSignup"];
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
         * Proves a mailbox by the link of an email
         * @description Proves a mailbox by the link of an email. From now on the address belongs to the account. The same link may be opened again.
         */
        post: operations["emailVerificationVerify"];
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
         * Sends the signed-in user another email to prove their mailbox by, three an hour at most
         * @description For a person who has signed in.
         */
        post: operations["emailVerificationResend"];
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
         * The connected numbers, in one page
         * @description Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["channelsList"];
        put?: never;
        post?: never;
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
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Gives a number another token to send by, or turns read receipts on or off
         * @description Needs `channels:write`: the roles owner, admin.
         */
        patch: operations["channelsUpdate"];
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
         * The businesses, the newest first
         * @description For whoever runs the platform.
         */
        get: operations["tenantsList"];
        put?: never;
        /**
         * Makes a business, and invites its owner
         * @description For whoever runs the platform.
         */
        post: operations["tenantsCreate"];
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
         * A business
         * @description For whoever runs the platform.
         */
        get: operations["tenantsShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a business
         * @description Changes a business. The people of a business that is not active are shut out at once; what its customers write is taken all the same.
         *
         *     For whoever runs the platform.
         */
        patch: operations["tenantsUpdate"];
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
         * The conversations that the caller may see, last active first
         * @description The conversations that the caller may see, last active first. A page may hold fewer than asked for, and still not be the last.
         *
         *     Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["conversationsList"];
        put?: never;
        /**
         * Finds the conversation with a lead or a phone, or starts it
         * @description Finds the conversation with a lead or a phone, or starts it. A closed one is reopened. Whether a message can be sent is decided when one is sent.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        post: operations["conversationsStart"];
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
         * A conversation
         * @description Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["conversationsShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Opens, closes or snoozes a conversation, or marks it as pending
         * @description Opens, closes or snoozes a conversation, or marks it as pending. A message of the customer reopens a closed or snoozed conversation.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        patch: operations["assignmentsUpdate"];
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
         * Assigns a conversation to a user, or unassigns it
         * @description Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        post: operations["assignmentsAssign"];
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
         * Takes a conversation that is unassigned
         * @description Takes a conversation that is unassigned. If a colleague was faster, the answer is a 409 that names them.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        post: operations["assignmentsClaim"];
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
         * The messages of a conversation, the newest first
         * @description The messages of a conversation, the newest first. A page may hold fewer than asked for, and still not be the last.
         *
         *     Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["conversationsMessages"];
        put?: never;
        post?: never;
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
         * A customer's message as WhatsApp wrote it, also what has no field of its own here
         * @description A customer's message as WhatsApp wrote it, also what has no field of its own here. It is kept as long as the message.
         *
         *     Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["conversationsRaw"];
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
         * Marks a conversation as read
         * @description Marks a conversation as read. The customer sees it, if something was new and the channel's read receipts are on.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        post: operations["conversationsRead"];
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
         * Shows the customer that a colleague types, at most once in 20 seconds
         * @description Shows the customer that a colleague types, at most once in 20 seconds. It does nothing if the channel's read receipts are off, or if the customer has not written for 30 days.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        post: operations["conversationsTyping"];
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
         * How many open conversations the caller sees
         * @description How many open conversations the caller sees. Unread ones are counted among the 200 last active.
         *
         *     Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["conversationsCounts"];
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
         * Whether the API answers
         * @description Whether the API answers. It asks nobody else.
         */
        get: operations["healthShow"];
        put?: never;
        post?: never;
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
         * Who is invited and has not joined yet, the newest first
         * @description Needs `users:write`: the roles owner, admin.
         */
        get: operations["usersInvitations"];
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
         * Takes an invitation back
         * @description Takes an invitation back. Nobody joins by it any more.
         *
         *     Needs `users:write`: the roles owner, admin.
         */
        delete: operations["usersTakeBack"];
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
         * The keys that hold, in one page
         * @description Needs `keys:write`: the roles owner, admin.
         */
        get: operations["keysList"];
        put?: never;
        /**
         * Or `code` instead of `password`: makes a key for a program
         * @description Or `code` instead of `password`: makes a key for a program. It is shown once, and never again. It never has more rights than its owner has at the moment, who is told by email.
         *
         *     Needs `keys:write`: the roles owner, admin.
         */
        post: operations["keysCreate"];
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
         * Revokes a key
         * @description Revokes a key. From now on it opens nothing.
         *
         *     Needs `keys:write`: the roles owner, admin.
         */
        delete: operations["keysRevoke"];
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
         * Or `{code}`: makes the signed-in user the owner of a key, whose rights it has from now on
         * @description Or `{code}`: makes the signed-in user the owner of a key, whose rights it has from now on. So a program goes on when the person who made its key leaves.
         *
         *     Needs `keys:write`: the roles owner, admin.
         */
        post: operations["keysTakeOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
         * The leads, newest message first
         * @description The leads, newest message first. `stage` may be repeated and hold several, separated by commas; without it all stages are listed.
         *
         *     Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["leadsList"];
        put?: never;
        post?: never;
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
         * A lead with a page of its messages and timeline, the newest first
         * @description Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["leadsShow"];
        /**
         * Takes back what `GET` gave, and moves the lead to another stage
         * @description Takes back what `GET` gave, and moves the lead to another stage. The other fields may be left out; one that was changed is refused by its name.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        put: operations["leadsReplace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Moves a lead to another stage
         * @description Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        patch: operations["leadsUpdate"];
        trace?: never;
    };
    "/api/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a text
         * @description Sends a text. Answers 202 as soon as the message is accepted. With `Prefer: wait=N` it waits up to N seconds for WhatsApp: 200 says that WhatsApp has answered, also where the answer is no (`success: false`, with the error), so that the caller has the message's id either way. Ten requests of a business may wait at a time; further ones are answered 202 at once, without `Preference-Applied`.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        post: operations["messagesSend"];
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
         * What WhatsApp told about the account, the newest first
         * @description Needs `notices:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["noticesList"];
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
         * This description of the API, as OpenAPI 3.1
         * @description This description of the API, as OpenAPI 3.1. It is the same for everybody.
         */
        get: operations["openapiShow"];
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
         * Deliveries to the business's numbers that could not be read or were too large, the newest first
         * @description Needs `parked:read`: the roles owner, admin.
         */
        get: operations["parkedList"];
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
         * One of them, with what it holds
         * @description Needs `parked:read`: the roles owner, admin.
         */
        get: operations["parkedShow"];
        put?: never;
        post?: never;
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
         * A ticket for the WebSocket that tells of changes as they happen
         * @description A ticket for the WebSocket that tells of changes as they happen. It works once, within 30 seconds. The connection ends with the session, and when the person's rights change.
         *
         *     For a person who has signed in.
         */
        post: operations["realtimeTicket"];
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
         * What holds for the whole business
         * @description Needs `users:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["tenantsSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes what holds for the whole business
         * @description Changes what holds for the whole business. Whoever has to have a second factor and has none gets no further than their own account until they have.
         *
         *     Needs `settings:write`: the roles owner.
         */
        patch: operations["tenantsUpdateSettings"];
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
         * Everybody who works here, in one page
         * @description Needs `users:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["usersList"];
        put?: never;
        /**
         * Invites somebody, who then signs up
         * @description Invites somebody, who then signs up. Until a number is connected, a business invites ten people a day.
         *
         *     Needs `users:write`: the roles owner, admin.
         */
        post: operations["usersInvite"];
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
         * Changes a person
         * @description Changes a person. A new role or deactivation signs them out at once; a change of what they see takes effect with their next request.
         *
         *     Needs `users:write`: the roles owner, admin.
         */
        patch: operations["usersUpdate"];
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
         * Sends a person a link to choose a new password
         * @description Sends a person a link to choose a new password. Nobody chooses the password of somebody else.
         *
         *     Needs `users:write`: the roles owner, admin.
         */
        post: operations["usersResetPassword"];
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
         * Takes away the second factor of somebody who has lost their app and their recovery codes
         * @description Needs `users:write`: the roles owner, admin.
         */
        delete: operations["secondFactorTake"];
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
         * The conversations that the caller may see, last active first
         * @description The same as `GET /api/conversations`, as other front ends call it.
         *
         *     The conversations that the caller may see, last active first. A page may hold fewer than asked for, and still not be the last.
         *
         *     Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["getWhatsappConversations"];
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
         * A conversation
         * @description The same as `GET /api/conversations/{id}`, as other front ends call it.
         *
         *     Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["getWhatsappConversationsId"];
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
         * The messages of a conversation, the newest first
         * @description The same as `GET /api/conversations/{id}/messages`, as other front ends call it.
         *
         *     The messages of a conversation, the newest first. A page may hold fewer than asked for, and still not be the last.
         *
         *     Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["getWhatsappConversationsIdMessages"];
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
         * Marks a conversation as read
         * @description The same as `POST /api/conversations/{id}/read`, as other front ends call it.
         *
         *     Marks a conversation as read. The customer sees it, if something was new and the channel's read receipts are on.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        post: operations["postWhatsappConversationsIdRead"];
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
         * Sends a text, and waits
         * @description The same as `POST /api/whatsapp/send`, as other front ends call it.
         *
         *     Sends a text, and waits. The same as `POST /api/messages` for callers that expect WhatsApp's answer at once: it waits up to three seconds, unless `Prefer: wait=N` says otherwise.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        post: operations["postWhatsappMessagesSend"];
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
         * Sends a text, and waits
         * @description Sends a text, and waits. The same as `POST /api/messages` for callers that expect WhatsApp's answer at once: it waits up to three seconds, unless `Prefer: wait=N` says otherwise.
         *
         *     Needs `inbox:write`: the roles owner, admin, marketer, agent, and keys with this scope.
         */
        post: operations["messagesSendAndWait"];
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
         * Whether WhatsApp is connected, by which numbers, and whether it takes what they send
         * @description Needs `inbox:read`: the roles owner, admin, marketer, agent, viewer, and keys with this scope.
         */
        get: operations["channelsStatus"];
        put?: never;
        post?: never;
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
         * @description What is written down.
         *
         *     - `signed_in`: Somebody signed in.
         *     - `sign_in_failed`: Somebody knew an address and not its password.
         *     - `signed_out`: Somebody signed out.
         *     - `token_reused`: A refresh token was used a second time: the session is ended.
         *     - `password_changed`: Somebody chose a new password.
         *     - `email_verified`: Somebody proved that their mailbox is theirs.
         *     - `reset_asked`: Somebody asked for a link to choose a new one.
         *     - `second_factor_set`: Somebody has a second factor from now on.
         *     - `second_factor_removed`: Somebody has none any more.
         *     - `recovery_codes`: Somebody used a recovery code, or got new ones.
         *     - `refused`: Somebody was refused what their role does not grant.
         *     - `tenant_created`: The business was made.
         *     - `settings_changed`: Its settings were changed.
         *     - `user_invited`: A person was invited.
         *     - `user_joined`: A person joined.
         *     - `user_changed`: A person got another role, or was shut out or let in again.
         *     - `key_created`: A key for a program was made.
         *     - `key_handed_over`: Somebody took a key over: it has their rights from then on.
         *     - `key_revoked`: A key holds no more.
         *     - `channel_changed`: A number was connected, or its token replaced.
         *     - `stage_moved`: A person or a program moved a lead to another stage.
         *     - `message_sent`: A person or a program sent a message. The message itself is the entry.
         *     - `conversation_status_changed`: A conversation was opened, closed, snoozed or marked as pending.
         *     - `conversation_assigned`: A conversation was assigned to a person, or unassigned.
         *     - `conversation_started`: A conversation was started by the business.
         *     - `exported`: The audit was taken out as a table.
         * @enum {string}
         */
        Action: "signed_in" | "sign_in_failed" | "signed_out" | "token_reused" | "password_changed" | "email_verified" | "reset_asked" | "second_factor_set" | "second_factor_removed" | "recovery_codes" | "refused" | "tenant_created" | "settings_changed" | "user_invited" | "user_joined" | "user_changed" | "key_created" | "key_handed_over" | "key_revoked" | "channel_changed" | "stage_moved" | "message_sent" | "conversation_status_changed" | "conversation_assigned" | "conversation_started" | "exported";
        /** @description Who does something. Written as the id. */
        Actor: string;
        /**
         * @description A key by which a program calls the API.
         * @example key_01M3250VASBF3MSX3QTC83A67F
         */
        ApiKeyId: string;
        /** @description Who is to answer a conversation. */
        AssignBody: {
            /**
             * @description Who answers it from now on; null for nobody.
             * @default null
             */
            assignee: string | null;
        };
        /** @description Who answers a conversation. Written as the id. */
        Assignee: string;
        /** @description Who answers a conversation. */
        Assignee2: {
            /** @description Their id. */
            id: components["schemas"]["UserId"];
            /** @description Their name. */
            name: string;
            /** @constant */
            type: "user";
        };
        /** @description Something that was done. */
        AuditEntry: {
            /** @description What. */
            action: components["schemas"]["Action"];
            /**
             * Format: date-time
             * @description When.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description By whom. */
            by: components["schemas"]["Actor"];
            /** @description What it came to. */
            detail: string;
            /** @description Its id: of an entry of the audit or, where a message was sent, of the message. */
            id: string;
            /** @description The number of the link of the chain that holds it; null until one does, and for a message. */
            link: number | null;
            /** @description To which thing: its id, or a route. */
            target: string;
            /** @description How often within this minute: more than once for refusals and failed sign-ins, which are counted. */
            times: number;
        };
        /** @description One page of a list. */
        AuditEntryPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["AuditEntry"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /**
         * @description WhatsApp's business-scoped id of a user, such as `IN.77120934411`. Opaque and case-sensitive.
         * @example IN.77120934411
         */
        Bsuid: string;
        /** @description A business. */
        Business: {
            /** @description What it trades in; null if nobody has said. */
            businessCategory: string | null;
            /** @description Its name. */
            companyName: string;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description Its id. */
            id: components["schemas"]["TenantId"];
            /** @description Whether its people may sign in. */
            isActive: boolean;
            /** @description The languages that it writes in, the first one first. */
            languages: components["schemas"]["Language"][];
            /** @description Whose sign-in has to have a second factor. */
            secondFactorRequiredOf: components["schemas"]["SecondFactorRule"];
            /** @description Its time zone. */
            timezone: components["schemas"]["TimeZone"];
        };
        /** @description One page of a list. */
        BusinessPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Business"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /** @description A postal address on a card. */
        CardAddress: {
            /** @description The city. */
            city?: string;
            /** @description The country's name. */
            country?: string;
            /** @description The country's ISO 3166 code of two letters. */
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
        /** @description An e-mail address on a card. */
        CardEmail: {
            /** @description The address. */
            email?: string;
            /** @description The label on the card, such as `HOME` or `WORK`. */
            type?: string;
        };
        /** @description Where the person on a card works. */
        CardOrg: {
            /** @description The company. */
            company?: string;
            /** @description The department. */
            department?: string;
            /** @description What the person is there. */
            title?: string;
        };
        /** @description A phone number on a card. */
        CardPhone: {
            /** @description The number, as written on the card. */
            phone?: string;
            /** @description The label on the card, such as `CELL` or `WORK`. */
            type?: string;
            /** @description The digits by which WhatsApp knows the number, if it does. */
            waId?: string;
        };
        /** @description A web page on a card. */
        CardUrl: {
            /** @description The label on the card, such as `HOME` or `WORK`. */
            type?: string;
            /** @description The page's address. */
            url?: string;
        };
        /** @description A new password, by the old one. */
        ChangeBody: {
            /**
             * Format: password
             * @description The old password.
             */
            currentPassword: string;
            /**
             * Format: password
             * @description The new password: it must not be one that is easily guessed.
             */
            newPassword: string;
        };
        /** @description A connected WhatsApp business number. */
        Channel: {
            /** @description Its id. */
            id: components["schemas"]["ChannelId"];
            /** @description Its name. */
            name: string;
            /** @description The number, as people write it. */
            phoneNumber: string;
            /** @description Meta's id of the number. */
            phoneNumberId: components["schemas"]["PhoneNumberId"];
            /** @description Whether customers are shown that their messages were read, and that a colleague types. */
            readReceipts: boolean;
            /** @description Why WhatsApp refuses what it sends; null while WhatsApp takes it. */
            refusal: components["schemas"]["ChannelRefusal"] | null;
            /** @description The last characters of its own token; null if it sends by the application's. */
            tokenLast4: string | null;
        };
        /** @description What can be changed of a channel. */
        ChannelBody: {
            /**
             * Format: password
             * @description What the number sends by from now on: a token of Meta's. It is never shown again.
             */
            accessToken?: string | null;
            /** @description Whether customers are shown that their messages were read, and that a colleague types. */
            readReceipts?: boolean | null;
        };
        /**
         * @description One connected WhatsApp business number.
         * @example chn_01M3250VASBF3MSX3QTC83A67F
         */
        ChannelId: string;
        /** @description One page of a list. */
        ChannelPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Channel"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /** @description Why WhatsApp refuses a number. Its sends wait until that is mended. */
        ChannelRefusal: {
            /**
             * Format: int64
             * @description WhatsApp's code for it; null if it was not WhatsApp.
             */
            code: number | null;
            /** @description What WhatsApp says of it; null if it says nothing. */
            detail: string | null;
            /** @description Why. */
            reason: components["schemas"]["Reason"];
            /**
             * Format: date-time
             * @description Since when.
             * @example 2026-09-21T14:13:20.000Z
             */
            since: string;
        };
        /** @description A business to be made. */
        ClientBody: {
            /** @description What it trades in. */
            businessCategory?: string | null;
            /** @description Its name, without a web address in it. */
            companyName: string;
            /** @description The languages that it writes in, the first one first. */
            languages?: components["schemas"]["Language"][] | null;
            /** @description Who is to own it: they are invited. */
            ownerEmail?: components["schemas"]["Email"] | null;
            /** @description Its time zone. */
            timezone?: components["schemas"]["TimeZone"] | null;
        };
        /** @description What whoever runs the platform changes: what is left out stays. */
        ClientChangeBody: {
            /** @description What it trades in. */
            businessCategory?: string | null;
            /** @description Its name, without a web address in it. */
            companyName?: string | null;
            /** @description Whether its people may sign in. */
            isActive?: boolean | null;
            /** @description The languages that it writes in, the first one first. */
            languages?: components["schemas"]["Language"][] | null;
            /** @description Its time zone. */
            timezone?: components["schemas"]["TimeZone"] | null;
        };
        /** @description A code of the second factor. */
        CodeBody: {
            /**
             * Format: password
             * @description The six digits that the app shows, or a recovery code.
             */
            code: string;
        };
        /** @description The card of a person. What the sender left out is left out here. */
        ContactCard: {
            /** @description Postal addresses. */
            addresses?: components["schemas"]["CardAddress"][];
            /** @description The birthday, as written on the card; WhatsApp writes `YYYY-MM-DD`. */
            birthday?: string;
            /** @description E-mail addresses. */
            emails?: components["schemas"]["CardEmail"][];
            /** @description The name to show. */
            name: string;
            /** @description The parts of the name. */
            nameParts?: components["schemas"]["NameParts"];
            /** @description Where the person works. */
            org?: components["schemas"]["CardOrg"];
            /** @description Why it was sent: `contact_request` if the business had asked for the phone number, else `other`. */
            origin?: string;
            /** @description Phone numbers. */
            phones?: components["schemas"]["CardPhone"][];
            /** @description Web pages. */
            urls?: components["schemas"]["CardUrl"][];
        };
        /** @description What a message says. The JSON form is the same in the table and in the API: `{"type": …, …}`. */
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
        }) | (components["schemas"]["Location"] & {
            /** @constant */
            type: "location";
        }) | {
            /** @description The cards, in the order sent. */
            contacts: components["schemas"]["ContactCard"][];
            /** @constant */
            type: "contacts";
        } | (components["schemas"]["Order"] & {
            /** @constant */
            type: "order";
        }) | {
            /** @description What the business named the button. */
            id: string;
            /** @description What the button shows. */
            title: string;
            /** @constant */
            type: "button_reply";
        } | {
            /** @description The row's second line. */
            description?: string;
            /** @description What the business named the row. */
            id: string;
            /** @description What the row shows. */
            title: string;
            /** @constant */
            type: "list_reply";
        } | {
            /** @description What the customer saw as their answer. */
            body: string;
            /** @description The flow's name. */
            name: string;
            /** @description The answers: JSON in a string, as WhatsApp gives it. */
            response: string;
            /** @constant */
            type: "flow_reply";
        } | {
            /** @description The emoji. */
            emoji?: string;
            /** @description The message it is put to. */
            target: components["schemas"]["Wamid"];
            /** @constant */
            type: "reaction";
        } | {
            /** @description Its words from now on; of a file the caption. They are empty if the caption was removed. */
            body: string;
            /** @description The message that is reworded. */
            target: components["schemas"]["Wamid"];
            /** @constant */
            type: "edit";
        } | {
            /** @description The message that is withdrawn. */
            target: components["schemas"]["Wamid"];
            /** @constant */
            type: "revoke";
        } | {
            /** @description What WhatsApp says of it. */
            body: string;
            /** @constant */
            type: "system";
        } | {
            /** @description WhatsApp's word for the type. */
            kind: string;
            /** @description A readable line about it. */
            summary: string;
            /** @constant */
            type: "other";
        };
        /** @description One lead on one business number. */
        Conversation: {
            /** @description Who answers it; null if it is unassigned. */
            assignee: components["schemas"]["Assignee2"] | null;
            /** @description The business number. */
            channelId: components["schemas"]["ChannelId"];
            /** @description What the team calls the business number. */
            channelName: string;
            /** @description Its id. */
            id: components["schemas"]["ConversationId"];
            /** @description The newest message; null before the first. */
            lastMessage: components["schemas"]["LastMessage"] | null;
            /**
             * Format: date-time
             * @description When that was; null before the first.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastMessageAt: string | null;
            /** @description The lead. */
            leadId: components["schemas"]["LeadId"];
            /** @description What the lead is called. */
            name: string;
            /** @description The lead's phone; null if WhatsApp has not told it, or if it is masked for the caller. */
            phone: string | null;
            /** @description The last digits of the phone, where it is masked for the caller. */
            phoneMasked?: string;
            /**
             * Format: date-time
             * @description Until when it is snoozed; null if it is not.
             * @example 2026-09-21T14:13:20.000Z
             */
            snoozedUntil: string | null;
            /** @description Where the lead stands in the sale. */
            stage: components["schemas"]["Stage"] | null;
            /** @description Whether it wants attention. */
            status: components["schemas"]["ConversationStatus"];
            /** @description How many messages nobody has read: 99 means 99 or more. */
            unread: number;
            /** @description The lead's username at WhatsApp; null if they have none. */
            username: string | null;
            /**
             * Format: date-time
             * @description When the oldest message of the customer was written that waits for an answer; null if none does.
             * @example 2026-09-21T14:13:20.000Z
             */
            waitingSince: string | null;
            /**
             * Format: date-time
             * @description Until when anything may be sent, as far as we know; null if the customer has neither written nor called.
             * @example 2026-09-21T14:13:20.000Z
             */
            windowUntil: string | null;
        };
        /** @description How many open conversations the caller sees: 99 means 99 or more. */
        ConversationCounts: {
            /** @description All. */
            all: number;
            /** @description All with an unread message. */
            allUnread: number;
            /** @description Assigned to the caller. */
            mine: number;
            /** @description Assigned to the caller, with an unread message. */
            mineUnread: number;
            /** @description Unassigned. */
            unassigned: number;
            /** @description Unassigned, with an unread message. */
            unassignedUnread: number;
            /** @description With a message that waits for an answer. */
            waiting: number;
        };
        /** @description One lead on one channel: the home of its history, and the channel. Written `cnv_` and both numbers. */
        ConversationId: string;
        /** @description One page of a list. */
        ConversationPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Conversation"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /**
         * @description Whether a conversation wants attention.
         *
         *     - `open`: Somebody should look at it.
         *     - `pending`: Waits for the customer.
         *     - `snoozed`: Put off until later.
         *     - `closed`: Done.
         * @enum {string}
         */
        ConversationStatus: "open" | "pending" | "snoozed" | "closed";
        /**
         * @description Which way a message went.
         *
         *     - `inbound`: From the customer.
         *     - `outbound`: From the business.
         * @enum {string}
         */
        Direction: "inbound" | "outbound";
        /**
         * @description An e-mail address, in lower case. Debug masks it.
         *
         *     The grammar is narrower than that of RFC 5321: it leaves out every form that a mail server might read as another
         *     address or as more than one (quotes, comments, display names, routes, encoded words, domain literals). Amazon SES
         *     takes ASCII alone, so an international domain is written as `xn--…`.
         * @example owner@example.com
         */
        Email: string;
        /** @description The link of the email. */
        EmailVerificationBody: {
            /**
             * Format: password
             * @description The token of the link.
             */
            token: string;
        };
        /**
         * @description How bytes are written in JSON.
         *
         *     - `utf-8`: As the text that they are.
         *     - `base64`: In base64: they are no text, or too long for one.
         * @enum {string}
         */
        Encoding: "utf-8" | "base64";
        /** @description What is wrong with one field of the input. */
        FieldError: {
            /** @description What is wrong with it, or what was expected. */
            detail: string;
            /** @description The field, as the body, the query or the header names it. */
            field: string;
        };
        /** @description Who forgot their password. */
        ForgotBody: {
            /**
             * Format: password
             * @description Of clients that are no browser: the `deviceToken` that an earlier sign-in gave.
             */
            deviceToken?: string | null;
            /** @description Their address. */
            email: components["schemas"]["Email"];
        };
        /** @description Whether the API answers. */
        Health: {
            /**
             * @description How it is.
             *
             *     - `ok`: It answers.
             * @enum {string}
             */
            status: "ok";
        };
        /** @description Somebody who is invited. */
        Invitation: {
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description Who is invited. */
            email: components["schemas"]["Email"];
            /**
             * Format: date-time
             * @description Until when they can join by it.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description Its id. */
            id: components["schemas"]["InvitationId"];
            /** @description What they will be allowed to do. */
            role: components["schemas"]["Role"];
            /**
             * @description What the inviter may hand on, for the invited person to sign up with: shown when the invitation is made, and never
             *     again. The email of the invitation holds another one, which proves the mailbox as well.
             */
            token?: string;
        };
        /**
         * @description An invitation to join a business.
         * @example inv_01M3250VASBF3MSX3QTC83A67F
         */
        InvitationId: string;
        /** @description One page of a list. */
        InvitationPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Invitation"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /** @description Who is invited. */
        InviteBody: {
            /** @description Their address. */
            email: components["schemas"]["Email"];
            /** @description What they may do. */
            role: components["schemas"]["Role"];
        };
        /** @description A key by which a program calls. */
        Key: {
            /** @description Whether its owner may sign in. While they may not, the key opens nothing. */
            active: boolean;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description By whom. */
            createdBy: components["schemas"]["Actor"];
            /** @description How it ends, to tell it from others. */
            endsWith: string;
            /** @description Its id. */
            id: components["schemas"]["ApiKeyId"];
            /** @description The key itself: shown when it is made, and never again. */
            key?: string;
            /**
             * Format: date-time
             * @description When it was used last, to the minute; null before the first time.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastUsedAt: string | null;
            /** @description What people call it. */
            name: string;
            /** @description Whose rights it has: it never has more than this person has at the moment. */
            ownerId: components["schemas"]["UserId"];
            /** @description What it may do. */
            scopes: components["schemas"]["Permission"][];
        };
        /** @description A key to be made. */
        KeyBody: {
            /**
             * Format: password
             * @description Instead of the password: a code of your second factor, or a recovery code.
             */
            code?: string | null;
            /** @description What people call it. */
            name: string;
            /**
             * Format: password
             * @description Your password: a key outlives the session by which it is made.
             */
            password?: string | null;
            /** @description What it may do. */
            scopes: ("inbox:read" | "inbox:write" | "notices:read" | "users:read" | "audit:read")[];
        };
        /** @description One page of a list. */
        KeyPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Key"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /**
         * @description A language as WhatsApp's templates name it.
         * @example pt_BR
         */
        Language: string;
        /** @description The newest message, as a list shows it. */
        LastMessage: {
            /**
             * Format: date-time
             * @description When.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description Which way it went. */
            direction: components["schemas"]["Direction"];
            /** @description How it begins, or a line that stands for it. */
            text: string;
            /** @description Its type, such as `text` or `image`: an open list, since WhatsApp's is. */
            type: string;
        };
        /** @description A customer of the business. */
        Lead: {
            /** @description WhatsApp's id of them for this business; null if it is not known. */
            bsuid: components["schemas"]["Bsuid"] | null;
            /** @description Their conversations that the caller may see: one for each number that they have written to. */
            conversations: components["schemas"]["ConversationId"][];
            /**
             * Format: date-time
             * @description When they became known.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description Its id. */
            id: components["schemas"]["LeadId"];
            /** @description The newest message; null before the first. */
            lastMessage: components["schemas"]["LastMessage"] | null;
            /**
             * Format: date-time
             * @description When that was; null before the first.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastMessageAt: string | null;
            /** @description What the lead is called: as the team says, else as their profile says, else by their number. */
            name: string;
            /** @description Their phone; null if WhatsApp has not told it, or if it is masked for the caller. */
            phone: string | null;
            /** @description The last digits of the phone, where it is masked for the caller. */
            phoneMasked?: string;
            /** @description Where they came from. */
            source: components["schemas"]["Source"];
            /** @description Where they stand in the sale. */
            stage: components["schemas"]["Stage"];
            /** @description How many of their messages nobody has read: 99 means 99 or more. */
            unread: number;
            /**
             * Format: date-time
             * @description When anything of this changed last.
             * @example 2026-09-21T14:13:20.000Z
             */
            updatedAt: string;
            /** @description Their name at WhatsApp; null if they have none. */
            username: string | null;
        };
        /** @description What is changed of a lead. */
        LeadBody: {
            /**
             * @description Where it stands from now on.
             *
             *     - `New`: Made by hand; has not written.
             *     - `Incoming`: Wrote for the first time.
             *     - `Contacted`: Wrote again.
             *     - `Qualified`: Judged worth pursuing.
             *     - `Proposal`: Has an offer.
             *     - `Negotiation`: Is being negotiated with.
             *     - `Won`: Bought.
             *     - `Lost`: Will not buy.
             * @enum {string}
             */
            stage: "New" | "Incoming" | "Contacted" | "Qualified" | "Proposal" | "Negotiation" | "Won" | "Lost";
        };
        /**
         * @description One customer of one tenant.
         * @example led_01M3250VASBF3MSX3QTC83A67F
         */
        LeadId: string;
        /** @description One page of a list. */
        LeadPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Lead"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /** @description A lead with a page of its past. */
        LeadWithHistory: {
            /** @description WhatsApp's id of them for this business; null if it is not known. */
            bsuid: components["schemas"]["Bsuid"] | null;
            /** @description Their conversations that the caller may see: one for each number that they have written to. */
            conversations: components["schemas"]["ConversationId"][];
            /**
             * Format: date-time
             * @description When they became known.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description Its id. */
            id: components["schemas"]["LeadId"];
            /** @description The newest message; null before the first. */
            lastMessage: components["schemas"]["LastMessage"] | null;
            /**
             * Format: date-time
             * @description When that was; null before the first.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastMessageAt: string | null;
            /** @description A page of its messages, the newest first. */
            messages: components["schemas"]["Message"][];
            /** @description Where older messages and lines begin; null if there are none. */
            messagesCursor: string | null;
            /** @description What the lead is called: as the team says, else as their profile says, else by their number. */
            name: string;
            /** @description Other leads that may be the same person. */
            perhapsSame: components["schemas"]["LeadId"][];
            /** @description Their phone; null if WhatsApp has not told it, or if it is masked for the caller. */
            phone: string | null;
            /** @description The last digits of the phone, where it is masked for the caller. */
            phoneMasked?: string;
            /** @description Where they came from. */
            source: components["schemas"]["Source"];
            /** @description Where they stand in the sale. */
            stage: components["schemas"]["Stage"];
            /** @description What happened in the same time, the newest first. */
            timeline: components["schemas"]["TimelineLine"][];
            /** @description How many of their messages nobody has read: 99 means 99 or more. */
            unread: number;
            /**
             * Format: date-time
             * @description When anything of this changed last.
             * @example 2026-09-21T14:13:20.000Z
             */
            updatedAt: string;
            /** @description Their name at WhatsApp; null if they have none. */
            username: string | null;
        };
        /** @description A place on the map. */
        Location: {
            /** @description Its address. */
            address?: string;
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
            name?: string;
            /** @description A page about it. */
            url?: string;
        };
        /** @description Who signs in. */
        LoginBody: {
            /**
             * Format: password
             * @description Of whoever has a second factor: the six digits that their app shows, or a recovery code.
             */
            code?: string | null;
            /**
             * Format: password
             * @description Of clients that are no browser: the `deviceToken` that an earlier sign-in gave. Tries on this device are counted
             *     apart from those of strangers.
             */
            deviceToken?: string | null;
            /** @description Their address. */
            email: components["schemas"]["Email"];
            /**
             * Format: password
             * @description Their password.
             */
            password: string;
        };
        /** @description The person who has signed in. */
        Me: {
            /** @description Whether they may sign in. */
            active: boolean;
            /** @description On which channels, where they see those of some channels; else empty. */
            channelIds: components["schemas"]["ChannelId"][];
            /** @description Their address, by which they sign in. */
            email: components["schemas"]["Email"];
            /** @description Whether they proved that the mailbox is theirs. Until then they invite nobody and make no keys. */
            emailVerified: boolean;
            /** @description Their id. */
            id: components["schemas"]["UserId"];
            /** @description Whether customers' phones are masked for them. */
            masksPhones: boolean;
            /** @description Their name. */
            name: string;
            /** @description What their role allows. */
            permissions: components["schemas"]["Permission"][];
            /** @description What they may do. */
            role: components["schemas"]["Role"];
            /** @description Whether they prove a second factor when they sign in. */
            secondFactor: boolean;
            /** @description Which conversations they see. */
            sees: components["schemas"]["Sees"];
            /** @description The business that they belong to. */
            tenantId: components["schemas"]["TenantId"];
        };
        /** @description What is changed of one's own account. */
        MeBody: {
            /** @description One's name. */
            name: string;
        };
        /** @description A file at WhatsApp, by reference. The id is good for seven days. */
        Media: {
            /** @description Whether it moves. */
            animated?: boolean;
            /** @description The words sent with it. */
            caption?: string;
            /** @description The file's name. */
            filename?: string;
            /** @description WhatsApp's id of the file. */
            mediaId: string;
            /** @description Its type, such as `image/jpeg`. */
            mimeType?: string;
            /** @description SHA-256 of the file, base64 as WhatsApp gives it. */
            sha256?: string;
            /** @description Whether it was spoken into the phone. */
            voice?: boolean;
        };
        /** @description A message, either way. */
        Message: {
            /**
             * Format: date-time
             * @description When it reached us, of one that the customer wrote.
             * @example 2026-09-21T14:13:20.000Z
             */
            arrivedAt?: string;
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description Who sent it, of one that the business wrote. */
            by?: components["schemas"]["Actor"];
            /** @description All that it says; null if it was withdrawn. */
            content: components["schemas"]["Content"] | null;
            /** @description Where it stands. */
            conversationId: components["schemas"]["ConversationId"];
            /** @description Which way it went. */
            direction: components["schemas"]["Direction"];
            /** @description Its words since its last edit, of a file the caption: empty if that was removed. `text` says what is shown. */
            edited?: string;
            /** @description Why it failed or, while it is queued, why WhatsApp refused the number at the last try. */
            error?: components["schemas"]["SendError"];
            /** @description Whether it was passed on from another conversation. */
            forwarded: boolean;
            /** @description Its id. */
            id: components["schemas"]["MessageId"];
            /** @description What WhatsApp counts it as. */
            pricing?: components["schemas"]["Pricing"];
            /** @description The emoji that the customer put to it. */
            reaction?: string;
            /** @description The advertisement from which the customer came. */
            referral?: components["schemas"]["Referral"];
            /** @description The product that the customer asks about. */
            referredProduct?: components["schemas"]["ReferredProduct"];
            /** @description WhatsApp's id of the message that it answers. */
            replyTo?: components["schemas"]["Wamid"];
            /** @description Whether it was withdrawn. */
            revoked: boolean;
            /** @description How far it has come. */
            status: components["schemas"]["MessageStatus"];
            /** @description When WhatsApp said what, of one that the business wrote. */
            statuses?: components["schemas"]["Statuses"];
            /** @description What it says, or a line that stands for it. */
            text: string;
            /** @description Its type, such as `text` or `image`: an open list, since WhatsApp's is. */
            type: string;
            /** @description WhatsApp's id; null until WhatsApp has named it. */
            wamid: components["schemas"]["Wamid"] | null;
        };
        /**
         * @description One line of a lead's history: a message or any other entry.
         * @example msg_01M3250VASBF3MSX3QTC83A67F
         */
        MessageId: string;
        /** @description One page of a list. */
        MessagePage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Message"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /**
         * @description How far a message has come.
         *
         *     - `received`: The customer wrote it.
         *     - `queued`: It waits to be sent.
         *     - `claimed`: It is being sent.
         *     - `accepted`: WhatsApp took it.
         *     - `sent`: It left WhatsApp's servers.
         *     - `delivered`: It is on the customer's device.
         *     - `read`: It was seen.
         *     - `played`: It was heard.
         *     - `failed`: It did not go out, or will not arrive.
         *     - `unconfirmed`: WhatsApp's answer was lost: nobody knows, and it is not sent again.
         * @enum {string}
         */
        MessageStatus: "received" | "queued" | "claimed" | "accepted" | "sent" | "delivered" | "read" | "played" | "failed" | "unconfirmed";
        /** @description The parts of a name on a card. */
        NameParts: {
            /** @description The first name. */
            first?: string;
            /** @description The last name. */
            last?: string;
            /** @description The middle name. */
            middle?: string;
            /** @description What stands before the name, such as `Dr`. */
            prefix?: string;
            /** @description What stands behind the name, such as `Jr`. */
            suffix?: string;
        };
        /** @description A business that was made. */
        NewBusiness: {
            /** @description What it trades in; null if nobody has said. */
            businessCategory: string | null;
            /** @description Its name. */
            companyName: string;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description Its id. */
            id: components["schemas"]["TenantId"];
            /** @description The invitation of its owner. */
            invitation?: components["schemas"]["Invitation"];
            /** @description Whether its people may sign in. */
            isActive: boolean;
            /** @description The languages that it writes in, the first one first. */
            languages: components["schemas"]["Language"][];
            /** @description Whose sign-in has to have a second factor. */
            secondFactorRequiredOf: components["schemas"]["SecondFactorRule"];
            /** @description Its time zone. */
            timezone: components["schemas"]["TimeZone"];
        };
        /** @description What WhatsApp told about the account. */
        Notice: {
            /**
             * Format: date-time
             * @description When it came.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description WhatsApp's word for its kind, such as `account_update`: an open list. */
            field: string;
            /** @description Its id. */
            id: components["schemas"]["MessageId"];
            /** @description All of it as it came: any JSON. Null if it was none. */
            raw: unknown;
        };
        /** @description One page of a list. */
        NoticePage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Notice"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /** @description A basket that a customer filled from the business's catalogue. */
        Order: {
            /** @description Meta's id of the catalogue. */
            catalogId?: string;
            /**
             * @description The products, in the order sent.
             * @default []
             */
            items: components["schemas"]["OrderItem"][];
            /** @description What the customer wrote with it. */
            note?: string;
        };
        /** @description One product of an order. What WhatsApp did not send, or sent in a form that cannot be read, is left out. */
        OrderItem: {
            /** @description The currency's ISO 4217 code, such as `INR`. */
            currency?: string;
            /** @description What one of them costs, in units of the currency: `249.99`. */
            itemPrice?: string;
            /** @description The business's own id of the product in the catalogue. */
            productRetailerId?: string;
            /** @description How many are wanted. */
            quantity?: number;
        };
        /** @description A delivery that was kept aside. */
        Parked: {
            /**
             * Format: date-time
             * @description When it was kept aside.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description How many bytes it has. */
            bytes: number;
            /** @description Its id. */
            id: components["schemas"]["ParkedId"];
            /** @description Meta's id of the business number that it concerns. */
            phoneNumberId: components["schemas"]["PhoneNumberId"] | null;
            /** @description Why it was kept aside. */
            reason: string;
        };
        /**
         * @description An event that could not be read, or was too large, kept aside.
         * @example prk_01M3250VASBF3MSX3QTC83A67F
         */
        ParkedId: string;
        /** @description One page of a list. */
        ParkedPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Parked"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /** @description A delivery that was kept aside, with what it holds. */
        ParkedWhole: {
            /**
             * Format: date-time
             * @description When it was kept aside.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description What was kept aside, byte for byte. */
            body: string;
            /** @description How many bytes it has. */
            bytes: number;
            /** @description How `body` is written. */
            encoding: components["schemas"]["Encoding"];
            /** @description Its id. */
            id: components["schemas"]["ParkedId"];
            /** @description Meta's id of the business number that it concerns. */
            phoneNumberId: components["schemas"]["PhoneNumberId"] | null;
            /** @description Why it was kept aside. */
            reason: string;
        };
        /** @description Who it really is. */
        PasswordBody: {
            /**
             * Format: password
             * @description One's password.
             */
            password: string;
        };
        /**
         * @description Something that a role grants. The word is also the scope by which a program's key names it.
         *
         *     - `inbox:read`: Sees leads, conversations and their messages, and the numbers that they come to.
         *     - `inbox:write`: Sends to customers, moves leads, marks conversations as read.
         *     - `notices:read`: Sees what WhatsApp tells about the account.
         *     - `parked:read`: Sees what of WhatsApp's could not be read, and was kept aside.
         *     - `channels:write`: Changes how the numbers are connected: by which token is sent.
         *     - `users:read`: Sees who works here.
         *     - `users:write`: Invites people, gives them roles, shuts them out.
         *     - `settings:write`: Changes what holds for the whole business.
         *     - `keys:write`: Makes and revokes keys for programs.
         *     - `audit:read`: Sees what was done, and by whom.
         * @enum {string}
         */
        Permission: "inbox:read" | "inbox:write" | "notices:read" | "parked:read" | "channels:write" | "users:read" | "users:write" | "settings:write" | "keys:write" | "audit:read";
        /**
         * @description A phone number with its country code: 7 to 15 digits (E.164), kept without `+` as WhatsApp or a person wrote it.
         *
         *     In Brazil, Mexico and Argentina WhatsApp writes one account in two ways. Both are the same phone.
         * @example +919876543210
         */
        Phone: string;
        /** @description Meta's id of a business phone number: what a webhook is routed by. */
        PhoneNumberId: string;
        /** @description What Meta charges for a message, in its words. Every word list here is open. */
        Pricing: {
            /** @description Whether it is charged at all. */
            billable?: boolean;
            /** @description `service`, `utility`, `marketing`, `authentication` … */
            category?: string;
            /** @description `regular`, `free_customer_service`, `free_entry_point`. */
            kind?: string;
            /** @description `PMP`: per message. */
            model?: string;
        };
        /** @description Why a request failed: a problem document (RFC 9457). */
        Problem: {
            /** @description Where a colleague has the conversation: who that is. */
            assignee?: components["schemas"]["Assignee2"];
            /** @description What is wrong with this request. */
            detail: string;
            /** @description Every field that is wrong. */
            errors?: components["schemas"]["FieldError"][];
            /** @description The first field that is wrong. */
            field?: string;
            /** @description The id of the request, as in the header `X-Request-Id`. */
            requestId: string;
            /** @description The HTTP status. */
            status: number;
            /** @description The kind of problem, in words. */
            title: string;
            /**
             * @description The kind of problem: what a program goes by.
             * @enum {string}
             */
            type: "/problems/bad-request" | "/problems/invalid-json" | "/problems/invalid-parameter" | "/problems/unauthenticated" | "/problems/wrong-credentials" | "/problems/signed-out" | "/problems/code-needed" | "/problems/wrong-code" | "/problems/forbidden" | "/problems/email-not-verified" | "/problems/second-factor-needed" | "/problems/not-found" | "/problems/method-not-allowed" | "/problems/address-taken" | "/problems/conflict" | "/problems/claimed" | "/problems/too-large" | "/problems/unsupported-media-type" | "/problems/invalid-input" | "/problems/window-closed" | "/problems/no-connected-number" | "/problems/no-country-code" | "/problems/idempotency-key-reused" | "/problems/too-many-requests" | "/problems/internal" | "/problems/unavailable";
            /**
             * Format: date-time
             * @description Where the 24-hour window is closed: when it closed, or closes.
             * @example 2026-09-21T14:13:20.000Z
             */
            windowUntil?: string;
        };
        /** @description A second proof: one of the two. */
        ProofBody: {
            /**
             * Format: password
             * @description Instead of the password: a code of the user's second factor, or a recovery code.
             */
            code?: string | null;
            /**
             * Format: password
             * @description The password of the signed-in user.
             */
            password?: string | null;
        };
        /** @description A customer's message as WhatsApp wrote it. */
        RawMessage: {
            /** @description The message. */
            id: components["schemas"]["MessageId"];
            /** @description The message's own JSON, by Meta's Cloud API. */
            raw: unknown;
        };
        /** @description What is unread of a conversation. */
        ReadConversation: {
            /** @description The conversation. */
            id: components["schemas"]["ConversationId"];
            /** @description How many messages nobody has read: those that came in the meantime. */
            unread: number;
        };
        /** @description What opens one connection. */
        RealtimeTicket: {
            /**
             * Format: date-time
             * @description Until when it works.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description The ticket. It works once. */
            ticket: string;
            /** @description Where to connect, with the ticket in it. */
            url: string;
        };
        /**
         * @description Why a send failed, as far as we sort it; Meta's code and words stand beside it.
         *
         *     - `window_closed`: More than 24 hours since the customer wrote.
         *     - `expired`: It did not go out within its lifetime.
         *     - `not_reachable`: The number is not on WhatsApp, or cannot receive this.
         *     - `refused`: Meta refused it.
         *     - `unauthorised`: Meta refuses the channel: its token, a permission or its registration has to be mended.
         * @enum {string}
         */
        Reason: "window_closed" | "expired" | "not_reachable" | "refused" | "unauthorised";
        /** @description Recovery codes: shown now, and never again. */
        RecoveryCodes: {
            /** @description Each signs in once, in the place of a code of the app. */
            recoveryCodes: string[];
        };
        /** @description The advertisement or post from which a customer opened the chat. WhatsApp tells it once. */
        Referral: {
            /** @description The ad's text. */
            body?: string;
            /** @description Meta's id of the click; ads in WhatsApp's Status have none. */
            ctwaClid?: string;
            /** @description The ad's headline. */
            headline?: string;
            /** @description The address of the ad's image. */
            imageUrl?: string;
            /** @description What the ad shows: `image` or `video`. */
            mediaType?: string;
            /** @description The ad's id. */
            sourceId?: string;
            /** @description `ad` or `post`. */
            sourceType?: string;
            /** @description The ad's address. */
            sourceUrl?: string;
            /** @description The address of a still image of the ad's video. */
            thumbnailUrl?: string;
            /** @description The address of the ad's video. */
            videoUrl?: string;
            /** @description The greeting that the ad showed in the chat. */
            welcomeMessage?: string;
        };
        /** @description The product of the business's catalogue from whose page a customer wrote. */
        ReferredProduct: {
            /** @description Meta's id of the catalogue. */
            catalogId?: string;
            /** @description The business's own id of the product in the catalogue. */
            productRetailerId?: string;
        };
        /** @description By which token; a browser sends its cookie instead. */
        RefreshBody: {
            /**
             * Format: password
             * @description The refresh token.
             */
            refreshToken?: string | null;
        };
        /** @description A new password, by a link. */
        ResetBody: {
            /**
             * Format: password
             * @description The new password: it must not be one that is easily guessed.
             */
            password: string;
            /**
             * Format: password
             * @description The token of the link.
             */
            token: string;
        };
        /**
         * @description What a person may do. Which role may do what is a table of permissions, not an order.
         *
         *     - `owner`: Owns the account.
         *     - `admin`: Manages people and settings.
         *     - `marketer`: Writes templates and campaigns.
         *     - `agent`: Answers customers.
         *     - `viewer`: Looks on.
         * @enum {string}
         */
        Role: "owner" | "admin" | "marketer" | "agent" | "viewer";
        /** @description What an app takes its codes from. */
        SecondFactorOffer: {
            /** @description To be typed into an app. */
            secret: string;
            /** @description The same as a link, for a QR code. */
            uri: string;
        };
        /**
         * @description Who of a business has to have a second factor.
         *
         *     - `nobody`: Whoever likes to.
         *     - `managers`: Owners and admins (ASVS 5.0, 6.3.3 asks it of them at least).
         *     - `everybody`: Everybody.
         * @enum {string}
         */
        SecondFactorRule: "nobody" | "managers" | "everybody";
        /**
         * @description Which conversations a person sees.
         *
         *     - `all`: All conversations.
         *     - `channels`: Those on some channels.
         *     - `unassigned_and_mine`: Those that are unassigned or assigned to them.
         *     - `mine`: Those that are assigned to them.
         * @enum {string}
         */
        Sees: "all" | "channels" | "unassigned_and_mine" | "mine";
        /** @description A message to send, as any of the front ends writes it: who it goes to, in one way, and what it says. */
        SendBody: {
            /** @description The number that sends; unless it is said, the one to which the customer wrote last. */
            channelId?: components["schemas"]["ChannelId"] | null;
            /** @description The same as `leadId`, as other front ends say it. */
            contactId?: components["schemas"]["LeadId"] | null;
            /** @description The conversation that it goes into. */
            conversationId?: components["schemas"]["ConversationId"] | null;
            /** @description The lead that it goes to. */
            leadId?: components["schemas"]["LeadId"] | null;
            /** @description The same as `text`, as other front ends say it. */
            message?: string | null;
            /** @description The phone that it goes to. Beside a lead it has to be the lead's own. */
            phone?: components["schemas"]["Phone"] | null;
            /** @description The same as `phone`, as other front ends say it. */
            phoneNumber?: components["schemas"]["Phone"] | null;
            /** @description Whether WhatsApp shows a preview of the first link. */
            previewUrl?: boolean | null;
            /** @description The message that it answers: by our id, or by WhatsApp's. */
            replyTo?: string | null;
            /** @description What it says: up to 4,096 characters, and not only space. */
            text?: string | null;
        } & ((unknown | unknown | unknown | unknown | unknown) & (unknown | unknown));
        /** @description Why a message of ours failed, or waits. */
        SendError: {
            /**
             * Format: int64
             * @description WhatsApp's code for it; null if it was not WhatsApp.
             */
            code: number | null;
            /** @description What WhatsApp says of it; null if it says nothing. */
            detail: string | null;
            /** @description Why. */
            reason: components["schemas"]["Reason"];
        };
        /** @description What came of a request to send. */
        SentMessage: {
            /** @description The conversation in which it stands. */
            conversationId: components["schemas"]["ConversationId"];
            /** @description Why it failed, if it did. */
            error?: components["schemas"]["SendError"];
            /** @description Our id of the message. */
            id: components["schemas"]["MessageId"];
            /** @description The lead. */
            leadId: components["schemas"]["LeadId"];
            /** @description The text. */
            message: string;
            /** @description WhatsApp's id of the message once it is known, else ours. */
            messageId: string;
            /** @description The lead's phone; null if WhatsApp has not told it, or if it is masked for the caller. */
            phone: string | null;
            /** @description What the lead is called. */
            recipient: string;
            /** @description How far it has come. */
            status: components["schemas"]["MessageStatus"];
            /** @description Whether nothing has gone wrong so far. */
            success: boolean;
            /** @description WhatsApp's id of the message; null until it has one. */
            wamid: components["schemas"]["Wamid"] | null;
        };
        /** @description Where somebody has signed in. */
        Session: {
            /**
             * Format: date-time
             * @description When they signed in.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt: string;
            /** @description Whether it is the one by which this list is asked for. */
            current: boolean;
            /** @description What the client called itself. */
            device: string;
            /**
             * Format: date-time
             * @description Until when it holds if it is not renewed.
             * @example 2026-09-21T14:13:20.000Z
             */
            expiresAt: string;
            /** @description Its id. */
            id: components["schemas"]["SessionId"];
            /**
             * Format: date-time
             * @description When it was renewed last.
             * @example 2026-09-21T14:13:20.000Z
             */
            usedAt: string;
        };
        /**
         * @description One sign-in of one person, on one device.
         * @example ses_01M3250VASBF3MSX3QTC83A67F
         */
        SessionId: string;
        /** @description One page of a list. */
        SessionPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["Session"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /** @description What its owner changes: what is left out stays. */
        SettingsBody: {
            /** @description What it trades in. */
            businessCategory?: string | null;
            /** @description Its name, without a web address in it. */
            companyName?: string | null;
            /** @description The languages that it writes in, the first one first. */
            languages?: components["schemas"]["Language"][] | null;
            /** @description Who has to have a second factor: nobody, owners and admins, or everybody. */
            secondFactorRequiredOf?: components["schemas"]["SecondFactorRule"] | null;
            /** @description Its time zone. */
            timezone?: components["schemas"]["TimeZone"] | null;
        };
        /** @description What whoever has signed in is given. */
        SignedIn: {
            /** @description What is sent with every call from now on. */
            accessToken: string;
            /**
             * @description For clients that are no browser, after a sign-in by password: what to send with the next sign-in, so that its
             *     tries are not counted with those of strangers. A browser keeps it in a cookie.
             */
            deviceToken?: string;
            /** @description For how many seconds it holds. */
            expiresIn: number;
            /** @description For clients that are no browser: a browser keeps it in a cookie that no script reads. */
            refreshToken?: string;
            /**
             * @description How it is sent.
             * @constant
             */
            tokenType: "Bearer";
            /** @description Who has signed in. */
            user: components["schemas"]["User"];
        };
        /** @description Who signs up. */
        SignupBody: {
            /**
             * @description Whether they agree to the terms. It has to be true: nobody joins without.
             * @default false
             */
            agreeToTerms: boolean;
            /** @description The name of the business, without a web address in it; without a name, the person's own. */
            companyName?: string | null;
            /** @description The address by which they sign in. */
            email: components["schemas"]["Email"];
            /** @description The person's name. */
            fullName: string;
            /**
             * Format: password
             * @description The token of an invitation: joins that business instead of making one.
             */
            invitation?: string | null;
            /**
             * Format: password
             * @description Their password: it must not be one that is easily guessed.
             */
            password: string;
        };
        /**
         * @description Where a lead came from.
         *
         *     - `WhatsApp`: Wrote over WhatsApp.
         *     - `Website`: Came through the website.
         *     - `Referral`: Was recommended.
         *     - `Cold Call`: Was called.
         *     - `Email`: Wrote an e-mail.
         *     - `Social Media`: Came through a social network.
         *     - `Other`: Anything else.
         * @enum {string}
         */
        Source: "WhatsApp" | "Website" | "Referral" | "Cold Call" | "Email" | "Social Media" | "Other";
        /**
         * @description Where a lead stands in the sale.
         *
         *     - `New`: Made by hand; has not written.
         *     - `Incoming`: Wrote for the first time.
         *     - `Contacted`: Wrote again.
         *     - `Qualified`: Judged worth pursuing.
         *     - `Proposal`: Has an offer.
         *     - `Negotiation`: Is being negotiated with.
         *     - `Won`: Bought.
         *     - `Lost`: Will not buy.
         * @enum {string}
         */
        Stage: "New" | "Incoming" | "Contacted" | "Qualified" | "Proposal" | "Negotiation" | "Won" | "Lost";
        /** @description With whom a conversation is started: a lead or a phone. */
        StartBody: {
            /** @description The business number to write from. It may be left out where there is one, or where the lead has one conversation. */
            channelId?: components["schemas"]["ChannelId"] | null;
            /** @description The lead. */
            leadId?: components["schemas"]["LeadId"] | null;
            /** @description The name of a customer who is not known yet. */
            name?: string | null;
            /** @description The phone, with its country code. */
            phone?: components["schemas"]["Phone"] | null;
        } & (unknown | unknown);
        /** @description What is changed of a conversation. */
        StatusBody: {
            /**
             * Format: date-time
             * @description Until when it is snoozed: required where the status is `snoozed`, and refused otherwise.
             * @example 2026-09-21T14:13:20.000Z
             */
            snoozedUntil?: string | null;
            /**
             * @description Its status from now on.
             *
             *     - `open`: Somebody should look at it.
             *     - `pending`: Waits for the customer.
             *     - `snoozed`: Put off until later.
             *     - `closed`: Done.
             * @enum {string}
             */
            status: "open" | "pending" | "snoozed" | "closed";
        };
        /** @description When WhatsApp said what; null where it has not. */
        Statuses: {
            /**
             * Format: date-time
             * @description It is on the customer's device.
             * @example 2026-09-21T14:13:20.000Z
             */
            delivered: string | null;
            /**
             * Format: date-time
             * @description It will not arrive.
             * @example 2026-09-21T14:13:20.000Z
             */
            failed: string | null;
            /**
             * Format: date-time
             * @description It was heard.
             * @example 2026-09-21T14:13:20.000Z
             */
            played: string | null;
            /**
             * Format: date-time
             * @description It was seen.
             * @example 2026-09-21T14:13:20.000Z
             */
            read: string | null;
            /**
             * Format: date-time
             * @description It left WhatsApp's servers.
             * @example 2026-09-21T14:13:20.000Z
             */
            sent: string | null;
        };
        /**
         * @description One business.
         * @example ten_01M3250VASBF3MSX3QTC83A67F
         */
        TenantId: string;
        /** @description One line of a lead's timeline. */
        TimelineLine: {
            /**
             * Format: date-time
             * @description When.
             * @example 2026-09-21T14:13:20.000Z
             */
            at: string;
            /** @description What happened, in words. */
            description: string;
            /** @description Its id. */
            id: components["schemas"]["MessageId"];
        } & ({
            metadata: {
                /** @description Where it stands. */
                conversationId: components["schemas"]["ConversationId"];
                /** @description The message's type. */
                messageType: string;
            };
            /** @constant */
            type: "message_received";
        } | {
            metadata: {
                /** @description Who sent it. */
                by: components["schemas"]["Actor"];
                /** @description Where it stands. */
                conversationId: components["schemas"]["ConversationId"];
                /** @description The message's type. */
                messageType: string;
                /** @description How far it has come. */
                status: components["schemas"]["MessageStatus"];
            };
            /** @constant */
            type: "message_sent";
        } | {
            metadata: {
                /** @description Who moved it; null if their own message did. */
                by: components["schemas"]["Actor"] | null;
                /** @description From this stage … */
                from: components["schemas"]["Stage"];
                /** @description … to this one. */
                to: components["schemas"]["Stage"];
            };
            /** @constant */
            type: "stage_changed";
        } | {
            metadata: {
                /** @description Where it stands. */
                stage: components["schemas"]["Stage"];
            };
            /** @constant */
            type: "reengaged";
        } | {
            metadata: {
                /** @description Who changed it; null if a message of the customer or the end of a snooze did. */
                by: components["schemas"]["Actor"] | null;
                /** @description The conversation. */
                conversationId: components["schemas"]["ConversationId"];
                /** @description Its status before … */
                from: components["schemas"]["ConversationStatus"];
                /** @description … and after. */
                to: components["schemas"]["ConversationStatus"];
                /**
                 * Format: date-time
                 * @description Until when it is snoozed.
                 * @example 2026-09-21T14:13:20.000Z
                 */
                until: string | null;
            };
            /** @constant */
            type: "status_changed";
        } | {
            metadata: {
                /** @description Who assigned it. */
                by: components["schemas"]["Actor"];
                /** @description The conversation. */
                conversationId: components["schemas"]["ConversationId"];
                /** @description Who had it; null if it was unassigned. */
                from: components["schemas"]["Assignee"] | null;
                /** @description Who has it; null if it is unassigned. */
                to: components["schemas"]["Assignee"] | null;
            };
            /** @constant */
            type: "assigned";
        });
        /**
         * @description A time zone by its name in the IANA database.
         * @example Asia/Kolkata
         */
        TimeZone: string;
        /** @description A person who signs in. */
        User: {
            /** @description Whether they may sign in. */
            active: boolean;
            /** @description On which channels, where they see those of some channels; else empty. */
            channelIds: components["schemas"]["ChannelId"][];
            /** @description Their address, by which they sign in. */
            email: components["schemas"]["Email"];
            /** @description Whether they proved that the mailbox is theirs. Until then they invite nobody and make no keys. */
            emailVerified: boolean;
            /** @description Their id. */
            id: components["schemas"]["UserId"];
            /** @description Whether customers' phones are masked for them. */
            masksPhones: boolean;
            /** @description Their name. */
            name: string;
            /** @description What they may do. */
            role: components["schemas"]["Role"];
            /** @description Whether they prove a second factor when they sign in. */
            secondFactor: boolean;
            /** @description Which conversations they see. */
            sees: components["schemas"]["Sees"];
            /** @description The business that they belong to. */
            tenantId: components["schemas"]["TenantId"];
        };
        /** @description What is changed of a person: what is left out stays. */
        UserBody: {
            /** @description Whether they may sign in. */
            active?: boolean | null;
            /** @description On which channels: required where `sees` is `channels`, and refused otherwise. */
            channelIds?: components["schemas"]["ChannelId"][] | null;
            /** @description Whether customers' phones are masked for them. */
            masksPhones?: boolean | null;
            /** @description Their name. */
            name?: string | null;
            /** @description What they may do. */
            role?: components["schemas"]["Role"] | null;
            /** @description Which conversations they see. */
            sees?: components["schemas"]["Sees"] | null;
        };
        /**
         * @description A person who signs in.
         * @example usr_01M3250VASBF3MSX3QTC83A67F
         */
        UserId: string;
        /** @description One page of a list. */
        UserPage: {
            /** @description The items, in the list's order. */
            items: components["schemas"]["User"][];
            /** @description Where the next page begins, for the parameter `cursor`; null on the last. */
            nextCursor: string | null;
        };
        /** @description WhatsApp's id of a message (`wamid.…`). It embeds a phone number, so Debug shows a digest. */
        Wamid: string;
        /** @description Whether WhatsApp is connected. */
        WhatsAppStatus: {
            /** @description The numbers. */
            channels: components["schemas"]["Channel"][];
            /** @description Whether any number is connected. */
            configured: boolean;
            /** @description The same in words. */
            message: string;
        };
        /** @description A lead as `GET` gives it, with another stage. What cannot be changed may be left out, and has to be as it is if not. */
        WholeLeadBody: {
            /** @description WhatsApp's id of it, as it is. */
            bsuid?: components["schemas"]["Bsuid"] | null;
            /** @description Passed over: it changes by itself. */
            conversations?: components["schemas"]["ConversationId"][] | null;
            /**
             * Format: date-time
             * @description When it became known, as it is.
             * @example 2026-09-21T14:13:20.000Z
             */
            createdAt?: string | null;
            /** @description Its id, as it is. */
            id?: components["schemas"]["LeadId"] | null;
            /** @description Passed over: it changes by itself. */
            lastMessage?: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description Passed over: it changes by itself.
             * @example 2026-09-21T14:13:20.000Z
             */
            lastMessageAt?: string | null;
            /** @description Passed over: it changes by itself. */
            messages?: {
                [key: string]: unknown;
            }[] | null;
            /** @description Passed over: it changes by itself. */
            messagesCursor?: string | null;
            /** @description Its name, as it is. */
            name?: string | null;
            /** @description Passed over: it changes by itself. */
            perhapsSame?: components["schemas"]["LeadId"][] | null;
            /** @description Its phone, as it is. */
            phone?: string | null;
            /** @description The end of its phone, as it is. */
            phoneMasked?: string | null;
            /** @description Where it came from, as it is. */
            source?: components["schemas"]["Source"] | null;
            /** @description Where it stands from now on. */
            stage: components["schemas"]["Stage"];
            /** @description Passed over: it changes by itself. */
            timeline?: {
                [key: string]: unknown;
            }[] | null;
            /** @description Passed over: it changes by itself. */
            unread?: number | null;
            /**
             * Format: date-time
             * @description Passed over: it changes by itself.
             * @example 2026-09-21T14:13:20.000Z
             */
            updatedAt?: string | null;
            /** @description Its name at WhatsApp, as it is. */
            username?: string | null;
        };
    };
    responses: {
        /** @description Somebody has this address (`/problems/address-taken`). */
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
        /** @description The request cannot be read (`/problems/bad-request`). The body is not JSON (`/problems/invalid-json`). A parameter is not valid (`/problems/invalid-parameter`). */
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
        /** @description The request cannot be read (`/problems/bad-request`). A parameter is not valid (`/problems/invalid-parameter`). */
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
        /** @description This cannot be as things are (`/problems/conflict`). */
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
        /** @description Your role does not allow this (`/problems/forbidden`). */
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
        /** @description Your role does not allow this (`/problems/forbidden`). Confirm your email address first (`/problems/email-not-verified`). Your business asks for a second factor (`/problems/second-factor-needed`). */
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
        /** @description Your role does not allow this (`/problems/forbidden`). Your business asks for a second factor (`/problems/second-factor-needed`). */
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
        /** @description The input is not valid (`/problems/invalid-input`). */
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
        /** @description The input is not valid (`/problems/invalid-input`). No WhatsApp number is connected (`/problems/no-connected-number`). The phone number has no country code (`/problems/no-country-code`). */
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
        /** @description The input is not valid (`/problems/invalid-input`). No 24-hour window is open (`/problems/window-closed`). No WhatsApp number is connected (`/problems/no-connected-number`). The phone number has no country code (`/problems/no-country-code`). This idempotency key belongs to another request (`/problems/idempotency-key-reused`). */
        InvalidInputOrWindowClosedOrNoConnectedNumberOrNoCountryCodeOrKeyReused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    type?: "/problems/invalid-input" | "/problems/window-closed" | "/problems/no-connected-number" | "/problems/no-country-code" | "/problems/idempotency-key-reused";
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
        /** @description This session has ended (`/problems/signed-out`). */
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
        /** @description Sign in first (`/problems/unauthenticated`). */
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
        /** @description Sign in first (`/problems/unauthenticated`). Wrong code (`/problems/wrong-code`). */
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
        /** @description Try again in a moment (`/problems/unavailable`). */
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
        /** @description The body has to be JSON (`/problems/unsupported-media-type`). */
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
        /** @description Wrong e-mail address or password (`/problems/wrong-credentials`). A code of your second factor is needed (`/problems/code-needed`). Wrong code (`/problems/wrong-code`). */
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
         * @description The tag of this answer: send it as `If-None-Match`, and get 304 while it is the same.
         * @example "4d0b4c559d0e8a6d6d3f"
         */
        ETag: string;
        /**
         * @description `wait` where `Prefer` was understood.
         * @example wait
         */
        "Preference-Applied": string;
        /**
         * @description What is left of each limit (`r`), and in how many seconds all of it will be there again (`t`).
         * @example "user";r=199;t=1
         */
        RateLimit: string;
        /**
         * @description Each limit that was counted against: how many at once (`q`), and how many seconds until all of them are there again (`w`), as the IETF's draft on RateLimit fields has it.
         * @example "user";q=200;w=4
         */
        "RateLimit-Policy": string;
        /** @description After how many seconds to try again. */
        "Retry-After": number;
        /**
         * @description The refresh token and, after a sign-in by password, the device's token, each in a cookie for browsers alone: `HttpOnly`, `SameSite=Strict` and, by HTTPS, `Secure`.
         * @example __Host-refreshToken=…; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000; Secure
         */
        "Set-Cookie": string;
        /**
         * @description How to authenticate.
         * @example Bearer
         */
        "WWW-Authenticate": string;
        /**
         * @description The id of the request: with it we find what happened.
         * @example JpQX8qB-pdiGtGs=
         */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type Action = components['schemas']['Action'];
export type Actor = components['schemas']['Actor'];
export type ApiKeyId = components['schemas']['ApiKeyId'];
export type AssignBody = components['schemas']['AssignBody'];
export type Assignee = components['schemas']['Assignee'];
export type Assignee2 = components['schemas']['Assignee2'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditEntryPage = components['schemas']['AuditEntryPage'];
export type Bsuid = components['schemas']['Bsuid'];
export type Business = components['schemas']['Business'];
export type BusinessPage = components['schemas']['BusinessPage'];
export type CardAddress = components['schemas']['CardAddress'];
export type CardEmail = components['schemas']['CardEmail'];
export type CardOrg = components['schemas']['CardOrg'];
export type CardPhone = components['schemas']['CardPhone'];
export type CardUrl = components['schemas']['CardUrl'];
export type ChangeBody = components['schemas']['ChangeBody'];
export type Channel = components['schemas']['Channel'];
export type ChannelBody = components['schemas']['ChannelBody'];
export type ChannelId = components['schemas']['ChannelId'];
export type ChannelPage = components['schemas']['ChannelPage'];
export type ChannelRefusal = components['schemas']['ChannelRefusal'];
export type ClientBody = components['schemas']['ClientBody'];
export type ClientChangeBody = components['schemas']['ClientChangeBody'];
export type CodeBody = components['schemas']['CodeBody'];
export type ContactCard = components['schemas']['ContactCard'];
export type Content = components['schemas']['Content'];
export type Conversation = components['schemas']['Conversation'];
export type ConversationCounts = components['schemas']['ConversationCounts'];
export type ConversationId = components['schemas']['ConversationId'];
export type ConversationPage = components['schemas']['ConversationPage'];
export type ConversationStatus = components['schemas']['ConversationStatus'];
export type Direction = components['schemas']['Direction'];
export type Email = components['schemas']['Email'];
export type EmailVerificationBody = components['schemas']['EmailVerificationBody'];
export type Encoding = components['schemas']['Encoding'];
export type FieldError = components['schemas']['FieldError'];
export type ForgotBody = components['schemas']['ForgotBody'];
export type Health = components['schemas']['Health'];
export type Invitation = components['schemas']['Invitation'];
export type InvitationId = components['schemas']['InvitationId'];
export type InvitationPage = components['schemas']['InvitationPage'];
export type InviteBody = components['schemas']['InviteBody'];
export type Key = components['schemas']['Key'];
export type KeyBody = components['schemas']['KeyBody'];
export type KeyPage = components['schemas']['KeyPage'];
export type Language = components['schemas']['Language'];
export type LastMessage = components['schemas']['LastMessage'];
export type Lead = components['schemas']['Lead'];
export type LeadBody = components['schemas']['LeadBody'];
export type LeadId = components['schemas']['LeadId'];
export type LeadPage = components['schemas']['LeadPage'];
export type LeadWithHistory = components['schemas']['LeadWithHistory'];
export type Location = components['schemas']['Location'];
export type LoginBody = components['schemas']['LoginBody'];
export type Me = components['schemas']['Me'];
export type MeBody = components['schemas']['MeBody'];
export type Media = components['schemas']['Media'];
export type Message = components['schemas']['Message'];
export type MessageId = components['schemas']['MessageId'];
export type MessagePage = components['schemas']['MessagePage'];
export type MessageStatus = components['schemas']['MessageStatus'];
export type NameParts = components['schemas']['NameParts'];
export type NewBusiness = components['schemas']['NewBusiness'];
export type Notice = components['schemas']['Notice'];
export type NoticePage = components['schemas']['NoticePage'];
export type Order = components['schemas']['Order'];
export type OrderItem = components['schemas']['OrderItem'];
export type Parked = components['schemas']['Parked'];
export type ParkedId = components['schemas']['ParkedId'];
export type ParkedPage = components['schemas']['ParkedPage'];
export type ParkedWhole = components['schemas']['ParkedWhole'];
export type PasswordBody = components['schemas']['PasswordBody'];
export type Permission = components['schemas']['Permission'];
export type Phone = components['schemas']['Phone'];
export type PhoneNumberId = components['schemas']['PhoneNumberId'];
export type Pricing = components['schemas']['Pricing'];
export type Problem = components['schemas']['Problem'];
export type ProofBody = components['schemas']['ProofBody'];
export type RawMessage = components['schemas']['RawMessage'];
export type ReadConversation = components['schemas']['ReadConversation'];
export type RealtimeTicket = components['schemas']['RealtimeTicket'];
export type Reason = components['schemas']['Reason'];
export type RecoveryCodes = components['schemas']['RecoveryCodes'];
export type Referral = components['schemas']['Referral'];
export type ReferredProduct = components['schemas']['ReferredProduct'];
export type RefreshBody = components['schemas']['RefreshBody'];
export type ResetBody = components['schemas']['ResetBody'];
export type Role = components['schemas']['Role'];
export type SecondFactorOffer = components['schemas']['SecondFactorOffer'];
export type SecondFactorRule = components['schemas']['SecondFactorRule'];
export type Sees = components['schemas']['Sees'];
export type SendBody = components['schemas']['SendBody'];
export type SendError = components['schemas']['SendError'];
export type SentMessage = components['schemas']['SentMessage'];
export type Session = components['schemas']['Session'];
export type SessionId = components['schemas']['SessionId'];
export type SessionPage = components['schemas']['SessionPage'];
export type SettingsBody = components['schemas']['SettingsBody'];
export type SignedIn = components['schemas']['SignedIn'];
export type SignupBody = components['schemas']['SignupBody'];
export type Source = components['schemas']['Source'];
export type Stage = components['schemas']['Stage'];
export type StartBody = components['schemas']['StartBody'];
export type StatusBody = components['schemas']['StatusBody'];
export type Statuses = components['schemas']['Statuses'];
export type TenantId = components['schemas']['TenantId'];
export type TimelineLine = components['schemas']['TimelineLine'];
export type TimeZone = components['schemas']['TimeZone'];
export type User = components['schemas']['User'];
export type UserBody = components['schemas']['UserBody'];
export type UserId = components['schemas']['UserId'];
export type UserPage = components['schemas']['UserPage'];
export type Wamid = components['schemas']['Wamid'];
export type WhatsAppStatus = components['schemas']['WhatsAppStatus'];
export type WholeLeadBody = components['schemas']['WholeLeadBody'];
export type ResponseAddressTaken = components['responses']['AddressTaken'];
export type ResponseBadRequestOrInvalidJsonOrInvalidParameter = components['responses']['BadRequestOrInvalidJsonOrInvalidParameter'];
export type ResponseBadRequestOrInvalidParameter = components['responses']['BadRequestOrInvalidParameter'];
export type ResponseClaimed = components['responses']['Claimed'];
export type ResponseConflict = components['responses']['Conflict'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseForbiddenOrEmailNotVerifiedOrSecondFactorNeeded = components['responses']['ForbiddenOrEmailNotVerifiedOrSecondFactorNeeded'];
export type ResponseForbiddenOrSecondFactorNeeded = components['responses']['ForbiddenOrSecondFactorNeeded'];
export type ResponseInternal = components['responses']['Internal'];
export type ResponseInvalidInput = components['responses']['InvalidInput'];
export type ResponseInvalidInputOrNoConnectedNumberOrNoCountryCode = components['responses']['InvalidInputOrNoConnectedNumberOrNoCountryCode'];
export type ResponseInvalidInputOrWindowClosedOrNoConnectedNumberOrNoCountryCodeOrKeyReused = components['responses']['InvalidInputOrWindowClosedOrNoConnectedNumberOrNoCountryCodeOrKeyReused'];
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
export type HeaderPreferenceApplied = components['headers']['Preference-Applied'];
export type HeaderRateLimit = components['headers']['RateLimit'];
export type HeaderRateLimitPolicy = components['headers']['RateLimit-Policy'];
export type HeaderRetryAfter = components['headers']['Retry-After'];
export type HeaderSetCookie = components['headers']['Set-Cookie'];
export type HeaderWwwAuthenticate = components['headers']['WWW-Authenticate'];
export type HeaderXRequestId = components['headers']['X-Request-Id'];
export type $defs = Record<string, never>;
export interface operations {
    auditList: {
        parameters: {
            query?: {
                /** @description Those of this kind. */
                action?: components["schemas"]["Action"];
                /** @description What they did. */
                by?: components["schemas"]["Actor"];
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description What was done then or later. */
                from?: string;
                /** @description How many entries a page holds. */
                limit?: number;
                /** @description What was done before. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    auditTable: {
        parameters: {
            query?: {
                /** @description Those of this kind. */
                action?: components["schemas"]["Action"];
                /** @description What they did. */
                by?: components["schemas"]["Actor"];
                /** @description What was done then or later. */
                from?: string;
                /** @description What was done before. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A table with a line of names. */
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
    passwordsChange: {
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
    passwordsForgot: {
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
            /** @description It is taken on. */
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
    authLogin: {
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
    authLogout: {
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
    meShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    meUpdate: {
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
            /** @description As asked. */
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
    authRefresh: {
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
    postAuthRefreshToken: {
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
    postAuthRegister: {
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
    passwordsReset: {
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
            /** @description It is done. */
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
    secondFactorOffer: {
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
            /** @description It is made. */
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
    secondFactorConfirm: {
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
            /** @description As asked. */
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
    secondFactorRecoveryCodes: {
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
            /** @description As asked. */
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
    secondFactorRemove: {
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
            /** @description It is done. */
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
    meSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    meEndSession: {
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
            /** @description It is done. */
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
    authSignup: {
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
    emailVerificationVerify: {
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
            /** @description It is done. */
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
    emailVerificationResend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is taken on. */
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
    channelsList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    channelsUpdate: {
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
            /** @description As asked. */
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
    tenantsList: {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many businesses a page holds. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    tenantsCreate: {
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
            /** @description It is made. */
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
    tenantsShow: {
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
            /** @description As asked. */
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
    tenantsUpdate: {
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
            /** @description As asked. */
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
    conversationsList: {
        parameters: {
            query?: {
                /** @description Those of this assignee: `me`, `unassigned` or a user's id; by default all that the caller may see. */
                assignee?: string & (("Me" | "Unassigned") | {
                    One: components["schemas"]["Assignee"];
                });
                /** @description Those on this channel. */
                channelId?: components["schemas"]["ChannelId"];
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many conversations a page holds. */
                limit?: number;
                /** @description Those with this status, or `all`; the open ones by default. */
                status?: "open" | "pending" | "snoozed" | "closed" | "all";
                /** @description `true`: those with a message that nobody has read. */
                unread?: boolean;
                /** @description `true`: open ones with a message that waits for an answer, the oldest first. */
                waiting?: boolean;
            };
            header?: {
                /** @description The `ETag` of the answer that you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
            /** @description As you have it. */
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
    conversationsStart: {
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
            /** @description It was there; if it was closed, it is open again. */
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
            /** @description It is started. */
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
    conversationsShow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
            /** @description As you have it. */
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
    assignmentsUpdate: {
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
            /** @description As asked. */
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
    assignmentsAssign: {
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
            /** @description As asked. */
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
    assignmentsClaim: {
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
            /** @description As asked. */
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
    conversationsMessages: {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many messages a page holds. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of the answer that you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
            /** @description As you have it. */
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
    conversationsRaw: {
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
            /** @description As asked. */
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
    conversationsRead: {
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
            /** @description As asked. */
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
    conversationsTyping: {
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
            /** @description It is done. */
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
    conversationsCounts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
            /** @description As you have it. */
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
    healthShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    usersInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    usersTakeBack: {
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
            /** @description It is done. */
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
    keysList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    keysCreate: {
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
            /** @description It is made. */
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
    keysRevoke: {
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
            /** @description It is done. */
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
    keysTakeOver: {
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
            /** @description It is done. */
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
    leadsList: {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many leads a page holds. */
                limit?: number;
                /** @description Those of these stages; all unless one is said. May also be one parameter, with commas between. */
                stage?: components["schemas"]["Stage"][];
            };
            header?: {
                /** @description The `ETag` of the answer that you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
            /** @description As you have it. */
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
    leadsShow: {
        parameters: {
            query?: {
                /** @description How many lines of the past a page holds. */
                limit?: number;
                /** @description Where the page begins: `messagesCursor` of the page before. */
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
            /** @description As asked. */
            200: {
                headers: {
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
    leadsReplace: {
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
                "application/json": components["schemas"]["WholeLeadBody"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
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
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    leadsUpdate: {
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
                "application/json": components["schemas"]["LeadBody"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
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
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    messagesSend: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request, kept for 7 days: whoever sends it again under the same name is answered with the send as it stands, and nothing goes out twice. */
                "Idempotency-Key"?: string;
                /** @description `wait=N`: how many seconds to wait for WhatsApp's answer, ten at most (RFC 7240). Ten requests of a business may wait at a time; further ones are answered 202 at once. What cannot be read is passed over. */
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
            /** @description WhatsApp has answered, yes or no. */
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
            /** @description It is accepted, and will be sent. */
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
            422: components["responses"]["InvalidInputOrWindowClosedOrNoConnectedNumberOrNoCountryCodeOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    noticesList: {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many notices a page holds. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    openapiShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The description. */
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
    parkedList: {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many deliveries a page holds. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    parkedShow: {
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
            /** @description As asked. */
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
    realtimeTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    tenantsSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    tenantsUpdateSettings: {
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
            /** @description As asked. */
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
    usersList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
    usersInvite: {
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
            /** @description It is made. */
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
    usersUpdate: {
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
            /** @description As asked. */
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
    usersResetPassword: {
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
            /** @description It is taken on. */
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
    secondFactorTake: {
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
            /** @description It is done. */
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
    getWhatsappConversations: {
        parameters: {
            query?: {
                /** @description Those of this assignee: `me`, `unassigned` or a user's id; by default all that the caller may see. */
                assignee?: string & (("Me" | "Unassigned") | {
                    One: components["schemas"]["Assignee"];
                });
                /** @description Those on this channel. */
                channelId?: components["schemas"]["ChannelId"];
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many conversations a page holds. */
                limit?: number;
                /** @description Those with this status, or `all`; the open ones by default. */
                status?: "open" | "pending" | "snoozed" | "closed" | "all";
                /** @description `true`: those with a message that nobody has read. */
                unread?: boolean;
                /** @description `true`: open ones with a message that waits for an answer, the oldest first. */
                waiting?: boolean;
            };
            header?: {
                /** @description The `ETag` of the answer that you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
            /** @description As you have it. */
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
    getWhatsappConversationsId: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
            /** @description As you have it. */
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
    getWhatsappConversationsIdMessages: {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many messages a page holds. */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of the answer that you have. */
                "If-None-Match"?: string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
            /** @description As you have it. */
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
    postWhatsappConversationsIdRead: {
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
            /** @description As asked. */
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
    postWhatsappMessagesSend: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request, kept for 7 days: whoever sends it again under the same name is answered with the send as it stands, and nothing goes out twice. */
                "Idempotency-Key"?: string;
                /** @description `wait=N`: how many seconds to wait for WhatsApp's answer, ten at most (RFC 7240). Ten requests of a business may wait at a time; further ones are answered 202 at once. What cannot be read is passed over. */
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
            /** @description WhatsApp has answered, yes or no. */
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
            /** @description It is accepted, and will be sent. */
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
            422: components["responses"]["InvalidInputOrWindowClosedOrNoConnectedNumberOrNoCountryCodeOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    messagesSendAndWait: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name for this request, kept for 7 days: whoever sends it again under the same name is answered with the send as it stands, and nothing goes out twice. */
                "Idempotency-Key"?: string;
                /** @description `wait=N`: how many seconds to wait for WhatsApp's answer, ten at most (RFC 7240). Ten requests of a business may wait at a time; further ones are answered 202 at once. What cannot be read is passed over. */
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
            /** @description WhatsApp has answered, yes or no. */
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
            /** @description It is accepted, and will be sent. */
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
            422: components["responses"]["InvalidInputOrWindowClosedOrNoConnectedNumberOrNoCountryCodeOrKeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    channelsStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
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
}

"""Drives sign-up, invitations, roles, the second factor, API keys, passwords and the audit from outside."""

import base64
import hashlib
import hmac
import struct
import time

from stack import Caller, call, until

EMAIL = "maria@example.com"
PASSWORD = "tangerine raft umbrella"
ANOTHER = "umbrella tangerine raft"
JOINING = "joao@example.com"


def totp(secret, at):
    """The code that an authenticator app shows (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def signup(url, email, **more):
    body = {"fullName": "Maria Silva", "email": email, "password": PASSWORD, "agreeToTerms": True}
    return call("POST", f"{url}/api/auth/signup", body | more)


def login(url, **more):
    """The status and the problem of a sign-in."""
    status, answer = call("POST", f"{url}/api/auth/login", {"email": EMAIL, "password": PASSWORD} | more)
    return status, answer.get("type")


def link_in(text):
    """The token of the link in a mail."""
    return text.split("#token=")[1].split()[0]


def driven(checks, url, lead, mailed):
    """All of it. `lead` belongs to another business; `mailed` waits for the mails to an address. It leaves Maria's
    business, with one user who joined it."""
    status, granted = signup(url, EMAIL)
    checks.equal("a sign-up creates an owner", (status, granted["user"]["role"]), (201, "owner"))
    checks.equal("a second sign-up with the same address is refused", signup(url, EMAIL)[0], 409)
    status, renewed = call("POST", f"{url}/api/auth/refresh", {"refreshToken": granted["refreshToken"]})
    checks.equal("a refresh token renews the session", status, 200)
    maria = Caller(url, renewed["accessToken"])
    mailbox(checks, url, maria, mailed)
    checks.equal("a new business has no leads", maria.get("/api/leads")["items"], [])
    checks.equal("the lead of another business is not found", maria.status("GET", f"/api/leads/{lead}"), 404)
    invitation(checks, url, maria, mailed)
    api_key(checks, url, maria)
    second_factor(checks, url, maria)
    change_of_password(checks, url, maria)
    forgotten_password(checks, url, mailed)


def mailbox(checks, url, maria, mailed):
    checks.equal("a new address is not confirmed", maria.get("/api/auth/me")["emailVerified"], False)
    status = maria.status("POST", "/api/users", {"email": JOINING, "role": "agent"})
    checks.equal("nobody is invited before the address is confirmed", status, 403)
    mails = until(lambda: mailed(EMAIL), lambda mails: len(mails) > 0, 60)
    status = call("POST", f"{url}/api/auth/verify-email", {"token": link_in(mails[0])})[0]
    checks.equal("the link of the one mail confirms the address", (len(mails), status), (1, 204))
    checks.equal("the address is confirmed", maria.get("/api/auth/me")["emailVerified"], True)


def invitation(checks, url, maria, mailed):
    status, invited = maria.ask("POST", "/api/users", {"email": JOINING, "role": "agent"})
    checks.equal("an owner invites an agent", status, 201)
    links = [link_in(mail) for mail in mailed(JOINING)]
    checks.equal("the invitation is sent in one mail", len(links), 1)
    checks.check("its link is not the token of the answer", links[0] != invited["token"], links)
    status, granted = signup(url, JOINING, fullName="Joao", invitation=links[0])
    checks.equal("the agent joins", (status, granted["user"]["role"]), (201, "agent"))
    checks.equal("the link confirms the agent's address", granted["user"]["emailVerified"], True)
    joao = Caller(url, granted["accessToken"])
    checks.equal("an agent may not read the audit", joao.status("GET", "/api/audit"), 403)
    path = f"/api/users/{granted['user']['id']}"
    checks.equal("the owner changes a role", maria.ask("PATCH", path, {"role": "viewer"})[1]["role"], "viewer")
    checks.equal("the change of role ends that user's sessions", joao.status("GET", "/api/auth/me"), 401)


def api_key(checks, url, maria):
    status, made = maria.ask("POST", "/api/keys", {"name": "reports", "scopes": ["inbox:read"], "password": PASSWORD})
    checks.equal("an owner creates an API key", status, 201)
    key = Caller(url, made["key"])
    checks.equal("the key reads within its scope", key.status("GET", "/api/leads"), 200)
    checks.equal("the key is refused outside its scope", key.status("GET", "/api/users"), 403)
    checks.equal("the owner revokes the key", maria.status("DELETE", f"/api/keys/{made['id']}"), 204)
    checks.equal("a revoked key is refused", key.status("GET", "/api/leads"), 401)


def second_factor(checks, url, maria):
    status, offer = maria.ask("POST", "/api/auth/second-factor", {"password": PASSWORD})
    checks.equal("a second factor is offered", status, 201)
    code = totp(offer["secret"], time.time())
    status, codes = maria.ask("POST", "/api/auth/second-factor/confirm", {"code": code})
    checks.equal("a code confirms it", status, 200)
    checks.equal("a sign-in now needs a code", login(url), (401, "/problems/code-needed"))
    checks.equal("a used code is refused", login(url, code=code), (401, "/problems/wrong-code"))
    checks.equal("a recovery code signs in", login(url, code=codes["recoveryCodes"][0])[0], 200)


def change_of_password(checks, url, maria):
    body = {"currentPassword": PASSWORD, "newPassword": ANOTHER}
    status, granted = maria.ask("POST", "/api/auth/change-password", body)
    checks.equal("a password is changed", status, 200)
    checks.equal("the change ends the earlier session", maria.status("GET", "/api/auth/me"), 401)
    now = Caller(url, granted["accessToken"])
    actions = [entry["action"] for entry in now.get("/api/audit?limit=100")["items"]]
    expected = {"tenant_created", "user_joined", "user_changed", "key_revoked", "second_factor_set", "password_changed"}
    checks.check("the audit lists every action", expected <= set(actions), actions)
    checks.equal("a user signs out", now.status("POST", "/api/auth/logout"), 204)
    checks.equal("the access token is refused afterwards", now.status("GET", "/api/auth/me"), 401)


def forgotten_password(checks, url, mailed):
    for email in EMAIL, "nobody@example.com":
        status = call("POST", f"{url}/api/auth/forgot-password", {"email": email})[0]
        checks.equal("a forgotten password is answered the same for every address", status, 202)
    resets = lambda: [mail for mail in mailed(EMAIL) if "/reset-password#" in mail]
    mails = until(resets, lambda mails: len(mails) > 0, 60)
    checks.equal("one mail with a link is sent", len(mails), 1)
    body = {"token": link_in(mails[0]), "password": PASSWORD}
    checks.equal("the link sets another password", call("POST", f"{url}/api/auth/reset-password", body)[0], 204)
    checks.equal("a used link is refused", call("POST", f"{url}/api/auth/reset-password", body)[0], 422)
    checks.equal("the second factor is still needed", login(url), (401, "/problems/code-needed"))

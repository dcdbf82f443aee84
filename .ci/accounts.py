"""People and their access, driven from outside: they sign up, join, change roles, prove a second factor, use keys and
sign out, and what is another business's is not there for them.
"""

import base64
import hashlib
import hmac
import struct
import time

from stack import call, until

EMAIL = "maria@example.com"
PASSWORD = "tangerine raft umbrella"
ANOTHER = "umbrella tangerine raft"
JOINING = "joao@example.com"


class Person:
    """Somebody who has signed in, or a program with a key."""

    def __init__(self, url, token):
        self.url = url
        self.token = token

    def ask(self, method, path, body=None):
        return call(method, f"{self.url}{path}", body, {"Authorization": f"Bearer {self.token}"})

    def status(self, method, path, body=None):
        return self.ask(method, path, body)[0]


def shown_by_app(secret, at):
    """The code that an authenticator app shows (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def signup(url, email, **more):
    body = {"fullName": "Maria Silva", "email": email, "password": PASSWORD, "agreeToTerms": True}
    return call("POST", f"{url}/api/auth/signup", body | more)


def login(url, **more):
    status, answer = call("POST", f"{url}/api/auth/login", {"email": EMAIL, "password": PASSWORD} | more)
    return status, answer.get("type"), answer


def link_in(text):
    """The token behind the link of a mail."""
    return text.split("#token=")[1].split()[0]


def driven(checks, url, lead, mailed):
    """All of it. `lead` is one of another business; `mailed` waits for the mails to an address. What is left is Maria's
    business, with one who has joined it."""
    status, granted = signup(url, EMAIL)
    checks.equal("somebody signs up", (status, granted["user"]["role"]), (201, "owner"))
    checks.equal("once", signup(url, EMAIL)[0], 409)
    status, renewed = call("POST", f"{url}/api/auth/refresh", {"refreshToken": granted["refreshToken"]})
    checks.equal("stays signed in", status, 200)
    maria = Person(url, renewed["accessToken"])
    checks.equal("sees no lead of theirs yet", maria.ask("GET", "/api/leads")[1]["items"], [])
    checks.equal("and none of another business", maria.status("GET", f"/api/leads/{lead}"), 404)
    joined(checks, url, maria, mailed)
    program(checks, url, maria)
    proved(checks, url, maria)
    left(checks, url, maria)
    forgotten(checks, url, mailed)


def joined(checks, url, maria, mailed):
    status, invitation = maria.ask("POST", "/api/users", {"email": JOINING, "role": "agent"})
    checks.equal("somebody is invited", status, 201)
    mails = mailed(JOINING)
    checks.equal("by one mail", [link_in(mail) for mail in mails], [invitation["token"]])
    status, granted = signup(url, JOINING, fullName="Joao", invitation=invitation["token"])
    checks.equal("and joins", (status, granted["user"]["role"]), (201, "agent"))
    joao = Person(url, granted["accessToken"])
    checks.equal("an agent does not see the audit", joao.status("GET", "/api/audit"), 403)
    path = f"/api/users/{granted['user']['id']}"
    checks.equal("another role", maria.ask("PATCH", path, {"role": "viewer"})[1]["role"], "viewer")
    checks.equal("ends their sessions at once", joao.status("GET", "/api/auth/me"), 401)


def program(checks, url, maria):
    status, made = maria.ask("POST", "/api/keys", {"name": "reports", "scopes": ["inbox:read"]})
    checks.equal("a key for a program", status, 201)
    key = Person(url, made["key"])
    checks.equal("reads what it may", key.status("GET", "/api/leads"), 200)
    checks.equal("and nothing else", key.status("GET", "/api/users"), 403)
    checks.equal("it is revoked", maria.status("DELETE", f"/api/keys/{made['id']}"), 204)
    checks.equal("and opens nothing any more", key.status("GET", "/api/leads"), 401)


def proved(checks, url, maria):
    status, offer = maria.ask("POST", "/api/auth/second-factor", {"password": PASSWORD})
    checks.equal("a second factor is offered", status, 201)
    code = shown_by_app(offer["secret"], time.time())
    status, codes = maria.ask("POST", "/api/auth/second-factor/confirm", {"code": code})
    checks.equal("and confirmed", status, 200)
    checks.equal("a sign-in needs it from now on", login(url)[:2], (401, "/problems/code-needed"))
    checks.equal("a code holds once", login(url, code=code)[:2], (401, "/problems/wrong-code"))
    recovery = codes["recoveryCodes"][0]
    checks.equal("a recovery code signs in", login(url, code=recovery)[0], 200)


def left(checks, url, maria):
    body = {"currentPassword": PASSWORD, "newPassword": ANOTHER}
    status, granted = maria.ask("POST", "/api/auth/change-password", body)
    checks.equal("another password", status, 200)
    checks.equal("ends the session before", maria.status("GET", "/api/auth/me"), 401)
    now = Person(url, granted["accessToken"])
    deeds = [one["action"] for one in now.ask("GET", "/api/audit?limit=100")[1]["items"]]
    expected = {"tenant_created", "user_joined", "user_changed", "key_revoked", "second_factor_set", "password_changed"}
    checks.check("all that stands in the audit", expected <= set(deeds), deeds)
    checks.equal("they sign out", now.status("POST", "/api/auth/logout"), 204)
    checks.equal("and are out", now.status("GET", "/api/auth/me"), 401)


def forgotten(checks, url, mailed):
    before = len(mailed(EMAIL))
    for email in EMAIL, "nobody@example.com":
        status = call("POST", f"{url}/api/auth/forgot-password", {"email": email})[0]
        checks.equal("a forgotten password is answered the same for everybody", status, 202)
    mails = until(lambda: mailed(EMAIL), lambda mails: len(mails) > before, 60)
    checks.equal("one more mail comes", len(mails), before + 1)
    body = {"token": link_in(mails[0]), "password": PASSWORD}
    checks.equal("its link chooses another", call("POST", f"{url}/api/auth/reset-password", body)[0], 204)
    checks.equal("once", call("POST", f"{url}/api/auth/reset-password", body)[0], 422)
    checks.equal("and not around the second factor", login(url)[:2], (401, "/problems/code-needed"))

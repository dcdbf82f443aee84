"""Drives a local stack from outside, as Meta, a customer and an agent would: `python3 .ci/drive.py`.

Webhooks are built and signed here, by hand, so that neither the simulator nor Leadwire's own code vouches for them.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import secrets
import sys
import tempfile
import time
import urllib.parse

from stack import Checks, Process, Stack, call, until

# Meta sends digits; with a letter among them it is plain that it comes back as text.
CHALLENGE = "c1158201444"
NAME = "Lucía Gómez"
PHONE = "34600111222"
USER = "ES.10203040506070809011"
FIRST = "¡Hola! Vi el anuncio en https://example.com/pisos 🏡"
REPLY = "Hello Lucía, it is still available. When would you like to see it?"


class Meta:
    """Meta's side of the webhook, for one customer."""

    def __init__(self, ready):
        self.ready = ready

    def handshake(self, token, challenge):
        query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": challenge}
        return call("GET", f"{self.ready['webhookUrl']}?{urllib.parse.urlencode(query)}")

    def body(self, message):
        """The envelope of one message, written as Meta writes it: no blanks, ASCII alone, every slash escaped."""
        message = {"from": PHONE, "from_user_id": USER, "id": wamid(), "timestamp": str(int(time.time())), **message}
        number = {"display_phone_number": "15550783881", "phone_number_id": self.ready["phoneNumberId"]}
        contact = {"profile": {"name": NAME}, "wa_id": PHONE, "user_id": USER}
        value = {"messaging_product": "whatsapp", "metadata": number, "contacts": [contact], "messages": [message]}
        entry = {"id": self.ready["wabaId"], "changes": [{"value": value, "field": "messages"}]}
        envelope = {"object": "whatsapp_business_account", "entry": [entry]}
        return json.dumps(envelope, separators=(",", ":")).replace("/", "\\/").encode()

    def post(self, body, secret=None):
        tag = hmac.new((secret or self.ready["appSecret"]).encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={tag}"}
        return call("POST", self.ready["webhookUrl"], body, headers)[0]


class Agent:
    """Somebody who has signed in."""

    def __init__(self, ready):
        self.url = ready["url"]
        body = {"email": ready["ownerEmail"], "password": ready["ownerPassword"]}
        self.signed_in, answer = call("POST", f"{self.url}/api/auth/login", body)
        self.headers = {"Authorization": f"Bearer {answer.get('accessToken')}"}

    def get(self, path):
        return call("GET", self.url + path, headers=self.headers)[1]

    def post(self, path, body=None, **headers):
        return call("POST", self.url + path, body or {}, self.headers | headers)

    def leads(self):
        return self.get("/api/leads")["items"]

    def lead(self, id):
        return self.get(f"/api/leads/{id}")

    def reply(self, lead, text, key):
        headers = {"Idempotency-Key": key, "Prefer": "wait=5"}
        return self.post("/api/messages", {"leadId": lead, "text": text}, **headers)


def text(body):
    return {"type": "text", "text": {"body": body}}


def wamid():
    """An id of Meta's make: base64 of the phone and twenty hexadecimal digits."""
    name = secrets.token_hex(10).upper().encode()
    inside = b"\x1d\x0b" + PHONE.encode() + b"\x15\x02\x00\x12\x18\x14" + name + b"\x00"
    return "wamid." + base64.b64encode(inside).decode()


def window(stack, check):
    """Whether the simulator refuses to send where its person has not written through it: `refuse`, or `off`."""
    return call("PATCH", f"{stack.url}/_sim/knobs", {"window": check})[0]


def sends(stack):
    return call("GET", f"{stack.url}/_sim/sends")[1]["items"]


def message(lead, id):
    """The message with this id on a lead's page."""
    return next((one for one in lead["messages"] if one["id"] == id), {})


def shown(lead):
    """What a customer's message could move."""
    return lead["stage"], lead["unread"], sorted(one["id"] for one in lead["messages"])


def first_run(checks, folder):
    """Everything up to Ctrl-C; the lead's id."""
    with Stack(folder) as stack:
        meta = Meta(stack.ready)
        answer = meta.handshake(stack.ready["verifyToken"], CHALLENGE)
        checks.equal("the handshake is answered with the challenge", answer, (200, CHALLENGE))
        checks.equal("a handshake with a wrong token is refused", meta.handshake("wrong", CHALLENGE)[0], 403)

        first = meta.body(text(FIRST))
        checks.equal("a wrong signature is refused", meta.post(first, "another secret"), 401)
        checks.equal("a signature over other bytes is refused", altered(meta, first), 401)
        checks.equal("a signed message is taken", meta.post(first), 200)

        checks.equal("nobody sees leads without signing in", call("GET", f"{stack.url}/api/leads")[0], 401)
        agent = Agent(stack.ready)
        checks.equal("the owner signs in", agent.signed_in, 200)
        leads = until(agent.leads)
        checks.equal("one lead came of it", [(one["name"], one["phone"]) for one in leads], [(NAME, f"+{PHONE}")])
        id = leads[0]["id"]
        lead = agent.lead(id)
        checks.equal("it is Incoming, with one unread message", (lead["stage"], lead["unread"]), ("Incoming", 1))
        checks.equal("the message reads as it was written", [one["text"] for one in lead["messages"]], [FIRST])

        replied = answered(checks, stack, agent, id)
        repeated(checks, meta, agent, id, first, replied)
        wrote_again(checks, stack, agent, id)

        begun = time.monotonic()
        code = stack.interrupt(10)
        checks.equal("Ctrl-C ends it with 0", code, 0)
        took = time.monotonic() - begun
        checks.check("within five seconds", took < 5, took)
        return id


def altered(meta, body):
    """Sends `body` with one more byte than was signed."""
    tag = hmac.new(meta.ready["appSecret"].encode(), body, hashlib.sha256).hexdigest()
    return call("POST", meta.ready["webhookUrl"], body + b" ", {"X-Hub-Signature-256": f"sha256={tag}"})[0]


def answered(checks, stack, agent, lead):
    """The agent replies, twice under one key; the reply's id."""
    # The first message was written by hand, so the simulator, which remembers only what its people wrote through it,
    # holds the window closed that Meta would hold open. It is told not to look for this one reply; Leadwire's own
    # check of the window is not touched, and `wrote_again` replies with both in force.
    person = {"name": NAME, "waId": PHONE, "userId": USER}
    checks.equal("the simulator knows the customer", call("POST", f"{stack.url}/_sim/people", person)[0], 200)
    checks.equal("and does not look at the window for now", window(stack, "off"), 200)
    status, reply = agent.reply(lead, REPLY, "drive-1")
    checks.equal("a reply is sent while the agent waits", (status, reply.get("success")), (200, True))
    checks.check("with WhatsApp's id", str(reply.get("wamid")).startswith("wamid."), reply)
    status, again = agent.reply(lead, REPLY, "drive-1")
    checks.equal("the same request again is the same message", (status, again["id"], again["wamid"]),
                 (200, reply["id"], reply["wamid"]))
    checks.equal("another request under its key is refused", agent.reply(lead, "Something else", "drive-1")[0], 422)
    read = until(lambda: message(agent.lead(lead), reply["id"]).get("status"), lambda status: status == "read")
    checks.equal("the customer has read it", read, "read")
    sent = [(one["wamid"], one["body"]["text"]["body"]) for one in sends(stack)]
    checks.equal("and Meta was asked exactly once", sent, [(reply["wamid"], REPLY)])
    checks.equal("the simulator looks at the window again", window(stack, "refuse"), 200)
    return reply


def repeated(checks, meta, agent, lead, first, reply):
    """The first POST comes once more. What follows it from the same customer shows that it was dealt with."""
    before = shown(agent.lead(lead))
    checks.equal("the same POST again is taken", meta.post(first), 200)
    reaction = {"type": "reaction", "reaction": {"message_id": reply["wamid"], "emoji": "👍"}}
    checks.equal("a reaction after it is taken", meta.post(meta.body(reaction)), 200)
    seen = until(lambda: message(agent.lead(lead), reply["id"]).get("reaction"))
    checks.equal("the reaction stands at the reply", seen, "👍")
    checks.equal("and neither has changed stage, unread or messages", shown(agent.lead(lead)), before)


def wrote_again(checks, stack, agent, lead):
    """The customer writes again, this time through the simulator, and is answered with its window check in force."""
    wrote = {"from": PHONE, "type": "text", "text": "Tomorrow at ten?"}
    checks.equal("the customer writes again", call("POST", f"{stack.url}/_sim/messages", wrote)[0], 200)
    page = until(lambda: agent.lead(lead), lambda page: page["stage"] != "Incoming")
    checks.equal("the lead is Contacted, with two unread messages", (page["stage"], page["unread"]), ("Contacted", 2))
    status, answer = agent.post(f"/api/conversations/{page['conversations'][0]}/read")
    checks.equal("the conversation is marked as read", (status, answer.get("unread")), (200, 0))
    checks.equal("and nothing is unread", agent.lead(lead)["unread"], 0)
    status, reply = agent.reply(lead, "Ten is fine.", "drive-2")
    checks.equal("a second reply goes through the open window", (status, reply.get("success")), (200, True))


def later_runs(checks, folder, lead):
    """The same folder after Ctrl-C, and after kill -9."""
    with Stack(folder) as stack:
        page = Agent(stack.ready).lead(lead)
        checks.equal("after a restart the lead is there", (page["stage"], page["unread"], len(page["messages"])),
                     ("Contacted", 0, 4))
        meta = Meta(stack.ready)
        checks.equal("a message is taken", meta.post(meta.body(text("Where exactly?"))), 200)
        stack.kill()
    with Stack(folder) as stack:
        agent = Agent(stack.ready)
        # The queue lets go of what a killed worker held as soon as the stack is back, not after its 90 s.
        page = until(lambda: agent.lead(lead), lambda page: page["unread"])
        there = sum(one["text"] == "Where exactly?" for one in page["messages"])
        checks.equal("and is there, once and unread, after kill -9 at once", (there, page["unread"]), (1, 1))
        checks.equal("with all that was there before", (page["stage"], len(page["messages"])), ("Contacted", 5))
        checks.equal("and nothing was sent again", len(sends(stack)), 2)
        arguments = "events/whatsapp/text.json", "--url", stack.url, "--data", str(folder)
        checks.equal("post-event posts an event file", Process("--bin", "post-event", "--", *arguments).wait(120), 0)
        leads = until(agent.leads, lambda leads: len(leads) == 2)
        checks.equal("of which a second lead comes", [one["name"] for one in leads], ["Ana Souza", NAME])


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="leadwire-drive-") as folder, checks.part("the drive"):
        folder = pathlib.Path(folder) / "data"
        later_runs(checks, folder, first_run(checks, folder))
    return checks.done()


if __name__ == "__main__":
    sys.exit(main())

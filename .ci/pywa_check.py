"""Tests the Meta simulator with pywa, a client of WhatsApp that knows nothing of us: the simulator has to accept pywa's
requests, and pywa has to read every webhook. Needs `pywa-requirements.txt`; `run` makes the environment for it.
"""

import base64
import hashlib
import http.server
import logging
import pathlib
import queue
import re
import sys
import tempfile
import threading
import urllib.parse
import warnings

import httpx
from pywa import WhatsApp, errors, handlers, types
from pywa.types import templates

from stack import SERVE, Checks, Serve, Simulator, Stack, free_port

# What Meta sends and pywa 4.5.0 cannot read. Each names pywa's error, and a check fails when pywa no longer makes it.
LIMITS = {
    "a failed status without contacts": (
        "KeyError: 'contacts'",
        "Meta leaves `contacts` out, pywa needs them; with the setting contactsOnFailed it reads the status",
    ),
    "user_changed_user_id without a phone": (
        "KeyError: 'from'",
        "a user who hides the phone has no `from`, pywa needs it; with a `from` it reads the message",
    ),
}


def client(graph_url, account):
    """pywa, with the simulator in Meta's place."""
    session = httpx.Client(trust_env=False)
    whatsapp = WhatsApp(
        account["phoneNumberId"],
        account["accessToken"],
        session=session,
        waba_id=account["wabaId"],
        app_secret=account["appSecret"],
        verify_token=account["verifyToken"],
    )
    # pywa has set its own base URL: it takes a version, but no host.
    session.base_url = graph_url
    return whatsapp


class Reader(logging.Handler):
    """Reads webhooks through pywa's public interface: signature, shape and content."""

    def __init__(self, whatsapp):
        super().__init__(logging.WARNING)
        self.whatsapp = whatsapp
        self.updates, self.problems = [], []
        logging.getLogger("pywa").addHandler(self)
        logging.getLogger("pywa").propagate = False
        # A flow request is no webhook, and pywa does not read a raw update.
        names = set(handlers.__all__) - {"FlowRequestHandler", "RawUpdateHandler"}
        whatsapp.add_handlers(*(getattr(handlers, name)(self.keep) for name in names))

    def keep(self, _, update):
        self.updates.append(update)

    def emit(self, record):
        error = record.exc_info and record.exc_info[1]
        self.problems.append(f"{type(error).__name__}: {error}" if error else record.getMessage())

    def read(self, body, signature):
        """The update that pywa read, if any, and every problem that it reported."""
        self.updates, self.problems = [], []
        refused = self.whatsapp.webhook_update_validator(body, signature)
        if refused:
            return None, [f"the signature: {refused}"]
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            answer = self.whatsapp.webhook_update_handler(body)
        self.problems += [str(one.message) for one in warned]
        if answer != ("ok", 200):
            self.problems.append(f"answered {answer}")
        return next(iter(self.updates), None), self.problems


class Receiver(http.server.ThreadingHTTPServer):
    """The business's webhook: answers the handshake as pywa does, and keeps every POST."""

    def __init__(self, whatsapp):
        super().__init__(("127.0.0.1", 0), ReceiverHandler)
        self.whatsapp = whatsapp
        self.posts = queue.Queue()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/webhook"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class ReceiverHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        text, status = self.server.whatsapp.webhook_challenge_handler(
            query.get("hub.verify_token"), query.get("hub.challenge")
        )
        self.answer(status, text.encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.put((body, self.headers["X-Hub-Signature-256"]))
        self.answer(200, b"")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def posted(simulator, path, body):
    status, answer = simulator.post(path, body)
    assert status == 200, answer
    return answer


def write(simulator, person, **message):
    """A person writes through the simulator; the message's wamid."""
    return posted(simulator, "messages", {"from": person["userId"], "type": "text", **message})["wamid"]


def sends(checks, stack):
    """pywa's requests to the simulator of a local stack."""
    whatsapp, simulator = client(stack.ready["graphUrl"], stack.ready), stack.simulator
    person = posted(simulator, "people", {"waId": "5511912345678", "userId": "BR.5511912345678"})
    stranger = posted(simulator, "people", {})
    wrote = write(simulator, person)
    phone, user = person["waId"], person["userId"]
    for to, field in (phone, "to"), (user, "recipient"):
        sent(checks, whatsapp, simulator, f"a text by {field}", to, {field: to})
        sent(checks, whatsapp, simulator, f"a text with a preview by {field}", to, {field: to}, preview_url=True)
        sent(checks, whatsapp, simulator, f"a text in reply by {field}", to,
             {field: to, "context": {"message_id": wrote}}, reply_to_message_id=wrote)
    kinds(checks, whatsapp, simulator, phone, wrote)
    checks.check("a message is marked as read", whatsapp.mark_message_as_read(wrote).success)
    checks.check("typing is shown", whatsapp.indicate_typing(wrote).success)
    checks.equal("pywa reads the phone number", whatsapp.get_business_phone_number().id, stack.ready["phoneNumberId"])
    refused(checks, "a text outside the window", errors.ReEngagementMessage, whatsapp, stranger["waId"], "?")
    refused(checks, "a text of nothing", errors.WhatsAppError, whatsapp, phone, "")
    wrong = client(stack.ready["graphUrl"], stack.ready | {"accessToken": "wrong"})
    refused(checks, "a wrong token", errors.AuthorizationError, wrong, phone, "?")
    manages(checks, whatsapp)


def manages(checks, whatsapp):
    """What pywa asks about templates, the number, its profile and files."""
    with checks.part("templates"):
        listed = list(whatsapp.get_templates())
        checks.check("pywa lists the templates", {"order_ready", "city_tour"} <= {one.name for one in listed}, listed)
        new = templates.Template(
            name="pywa_hello", language=templates.TemplateLanguage.ENGLISH, category=templates.TemplateCategory.UTILITY,
            parameter_format=templates.ParamFormat.POSITIONAL,
            components=[templates.BodyText("Hi {{1}}, welcome.", "Ana")],
        )
        created = whatsapp.create_template(new)
        checks.equal("pywa creates a template", created.status.value, "PENDING")
        checks.equal("pywa reads it", whatsapp.get_template(created.id).name, "pywa_hello")
        checks.check("pywa deletes it", whatsapp.delete_template("pywa_hello", template_id=created.id).success)
    with checks.part("the number"):
        checks.check("pywa lists the numbers", list(whatsapp.get_business_phone_numbers()))
        link = whatsapp.create_qr_code("I saw your window")
        checks.equal("pywa makes a short link", (link.prefilled_message, link.deep_link_url[:22]),
                     ("I saw your window", "https://wa.me/message/"))
        changed = whatsapp.update_qr_code(link.code, "I saw your ad")
        checks.equal("pywa changes it", (changed.code, changed.prefilled_message), (link.code, "I saw your ad"))
        checks.equal("pywa lists it", [one.code for one in whatsapp.get_qr_codes()], [link.code])
        checks.check("pywa deletes it", whatsapp.delete_qr_code(link.code).success)
        commands = [types.Command(name="order", description="Order again")]
        done = whatsapp.update_conversational_automation(["What are your hours?"], commands)
        checks.check("pywa sets questions and commands", done.success)
        checks.check("pywa lists flows", list(whatsapp.get_flows()))
    with checks.part("the profile"):
        checks.check("pywa changes the profile", whatsapp.update_business_profile(about="Dentists").success)
        checks.equal("pywa reads the profile", whatsapp.get_business_profile().about, "Dentists")
    with checks.part("a file"):
        media = whatsapp.upload_media(b"%PDF-1.4 a file", mime_type="application/pdf", filename="a.pdf")
        found = whatsapp.get_media_url(media.id)
        checks.equal("pywa finds its file", (found.mime_type, found.file_size), ("application/pdf", 15))


def kinds(checks, whatsapp, simulator, to, wrote):
    """pywa sends every other kind of message, and the simulator accepts what it posts."""
    link = "https://example.com/file"
    card = types.Contact(name=types.Contact.Name(formatted_name="Ana Souza", first_name="Ana"))
    rows = [types.Section(title="May", rows=[types.SectionRow(title="Tue 10:00", callback_data="slot")])]
    shelf = [types.ProductsSection(title="Tea", skus=["sku-1"])]
    flow = types.FlowButton(title="Book now", flow_id="77", flow_token="t", flow_action_screen="DAY")
    asked = {
        "image": lambda: whatsapp.send_image(to, link, caption="Look"),
        "video": lambda: whatsapp.send_video(to, link, caption="Look"),
        "document": lambda: whatsapp.send_document(to, link, filename="a.pdf"),
        "audio": lambda: whatsapp.send_audio(to, link),
        "sticker": lambda: whatsapp.send_sticker(to, link),
        "location": lambda: whatsapp.send_location(to, 12.9, 77.5, name="Cubbon Park"),
        "contacts": lambda: whatsapp.send_contact(to, card),
        "reaction": lambda: whatsapp.send_reaction(to, "🎉", wrote),
        "reaction taken back": lambda: whatsapp.remove_reaction(to, wrote),
        "interactive button": lambda: whatsapp.send_message(to, "Tea?", buttons=[types.Button("Yes", "y")]),
        "interactive list": lambda: whatsapp.send_message(to, "When?", buttons=types.SectionList("Open", rows)),
        "interactive cta_url": lambda: whatsapp.send_message(to, "Look", buttons=types.URLButton("Go", link)),
        "interactive flow": lambda: whatsapp.send_message(to, "Book", buttons=flow),
        "interactive location_request_message": lambda: whatsapp.request_location(to, "Where are you?"),
        "interactive call_permission_request": lambda: whatsapp.send_message(
            to, "May we call?", buttons=types.CallPermissionRequestButton()),
        "interactive product": lambda: whatsapp.send_product(to, "5", "sku-1", body="Ours"),
        "interactive product_list": lambda: whatsapp.send_products(to, "5", shelf, title="Shop", body="Ours"),
    }
    for what, send in asked.items():
        with checks.part(what):
            answer = send()
            took = simulator.sends()[0]
            posted = took["body"]
            inner = posted.get("interactive", {}).get("type")
            kind = posted["type"] + (f" {inner}" if inner else "")
            checks.equal(f"pywa sends {what}", (answer.id, kind), (took["wamid"], what.split(" taken")[0]))


def sent(checks, whatsapp, simulator, what, to, expected, **options):
    """pywa sends a text, and reads the answer to it."""
    with checks.part(what):
        text = {"body": "See https://example.com", "preview_url": options.get("preview_url", False)}
        answer = whatsapp.send_message(to, text["body"], **options)
        took = simulator.sends()[0]
        asked = {key: took["body"].get(key) for key in ("text", *expected)}
        expected = {"text": text, **expected}
        checks.equal(what, (answer.id, answer.to, answer.input, asked), (took["wamid"], to, to, expected))


def refused(checks, what, kind, whatsapp, to, text):
    try:
        checks.check(f"{what} is refused", False, whatsapp.send_message(to, text))
    except errors.WhatsAppError as error:
        checks.check(f"{what} is refused", isinstance(error, kind), error)


class Webhooks:
    """The simulator on its own, which posts its webhooks to our receiver."""

    def __init__(self, checks):
        port = free_port()
        self.checks, self.kinds = checks, set()
        self.whatsapp = client(f"http://127.0.0.1:{port}/v26.0", SERVE)
        self.receiver, self.reader = Receiver(self.whatsapp), Reader(self.whatsapp)
        self.serve = Serve(port, self.receiver.url)
        self.simulator = self.serve.simulator

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.serve.kill()
        self.receiver.shutdown()

    def next(self):
        """The next webhook, as pywa reads it."""
        return self.reader.read(*self.receiver.posts.get(timeout=10))

    def reads(self, what, kind, expected, seen):
        """pywa reads the next webhook as `kind`, without a problem, and `seen` of it is `expected`."""
        with self.checks.part(what):
            update, problems = self.next()
            of_kind = type(update) is kind and not problems
            self.checks.equal(what, seen(update) if of_kind else (update, problems), expected)

    def limit(self, what):
        """pywa fails on the next webhook in a known way."""
        problem, reason = LIMITS[what]
        update, problems = self.next()
        self.checks.check(f"known limit: {what} ({reason})", problem in str(problems), (update, problems))

    def writes(self, person, type, **message):
        self.kinds.add(type)
        return write(self.simulator, person, type=type, **message)

    def customer(self, what, kind, expected, seen, person=None, type="text", **message):
        """A customer does something, and pywa reads it under its id; that id."""
        wamid = self.writes(person or self.rosa, type, **message)
        self.reads(what, kind, (wamid, expected), lambda update: (update.id, seen(update)))
        return wamid


def webhooks(meta):
    """Every kind of webhook that the simulator fires."""
    rosa = {"name": "Rosa Lima", "waId": "5511912345678", "userId": "BR.5511912345678"}
    meta.rosa = posted(meta.simulator, "people", rosa)
    meta.chidi = posted(meta.simulator, "people", {"name": "Chidi Okafor", "hidesPhone": True})
    meta.checks.equal("pywa passes the handshake", meta.simulator.post("handshake"), (200, {"verified": True}))
    messages(meta)
    media(meta)
    answers(meta)
    changes(meta)
    statuses(meta)
    meta.checks.check("no other webhook came", meta.receiver.posts.empty(), list(meta.receiver.posts.queue))
    # The simulator answers an unknown type with the list of those that it knows.
    _, answer = meta.simulator.post("messages", {"from": meta.rosa["userId"], "type": "?"})
    known = set(re.findall("`([a-z_]+)`", answer["error"]))
    meta.checks.check("every type of message was tried", known and known == meta.kinds, known ^ meta.kinds)


def messages(meta):
    kind, rosa, chidi = types.Message, meta.rosa, meta.chidi
    text = "Olá! 🏡 https://example.com"
    wrote = meta.customer("text", kind, (text, rosa["userId"], rosa["waId"], rosa["name"]),
                          lambda m: (m.text, m.from_user.bsuid, m.from_user.wa_id, m.from_user.name), text=text)
    meta.customer("text without a phone", kind, (chidi["userId"], None, chidi["username"]),
                  lambda m: (m.from_user.bsuid, m.from_user.wa_id, m.from_user.username), person=chidi)
    meta.customer("text in reply", kind, wrote, lambda m: m.reply_to_message.id, replyTo=wrote)
    meta.customer("forwarded text", kind, True, lambda m: m.forwarded, extra={"context": {"forwarded": True}})
    referral = {"source_url": "https://fb.me/1", "source_type": "ad", "source_id": "120", "headline": "Flats",
                "body": "Two rooms", "media_type": "image", "image_url": "https://example.com/1.png", "ctwa_clid": "c"}
    meta.customer("text from an advertisement", kind, "120", lambda m: m.referral.source_id,
                  extra={"referral": referral})
    meta.customer("location", kind, (12.9716, "Cubbon Park"), lambda m: (m.location.latitude, m.location.name),
                  type="location")
    meta.customer("contacts", kind, "Meera Rao", lambda m: m.contacts[0].name.formatted_name, type="contacts")
    meta.customer("order", kind, ("sku-1", 249.5), lambda m: (m.order.products[0].sku, m.order.products[0].price),
                  type="order")
    meta.customer("reaction", kind, (wrote, "🎉"), lambda m: (m.reaction.message_id, m.reaction.emoji),
                  type="reaction", messageId=wrote, emoji="🎉")
    meta.customer("reaction taken back", kind, (wrote, True), lambda m: (m.reaction.message_id, m.reaction.is_removed),
                  type="reaction", messageId=wrote, emoji="")
    meta.customer("unsupported", kind, 131051, lambda m: m.error.code, type="unsupported")
    wrote = meta.writes(rosa, "unknown")
    update, problems = meta.next()
    meta.checks.check("pywa warns of an unknown type, and reads it as unknown",
                      update and (update.id, update.type) == (wrote, types.MessageType.UNKNOWN)
                      and [one for one in problems if "'hologram'" in one] == problems, (update, problems))


def media(meta):
    for type, caption in ("image", "Look"), ("video", "Look"), ("document", "Look"), ("audio", None), ("sticker", None):
        meta.customer(f"{type}, and its file", types.Message, (type, caption, True),
                      lambda m: (m.type.value, m.caption, is_whole(m)), type=type, text=caption)
    meta.customer("voice, and its file", types.Message, (True, True), lambda m: (m.audio.voice, is_whole(m)),
                  type="voice")


def is_whole(message):
    """Whether the file that pywa downloads has the digest of the webhook."""
    digest = hashlib.sha256(message.get_media_bytes()).digest()
    return message.media.sha256 == base64.b64encode(digest).decode()


def answers(meta):
    def shown(update):
        return update.data, update.title

    meta.customer("reply button", types.CallbackButton, ("yes", "Yes, please"), shown, type="button_reply")
    meta.customer("list reply", types.CallbackSelection, ("slot-3", "Tue 10:00"), shown, type="list_reply")
    meta.customer("template button", types.CallbackButton, ("UNSUBSCRIBE", "Unsubscribe"), shown, type="button")
    meta.customer("flow", types.FlowCompletion, ("t1", "asha@example.com"), lambda u: (u.token, u.response["email"]),
                  type="nfm_reply")
    for word, may in ("accept", True), ("reject", False):
        meta.customer(f"call permission, {word}", types.CallPermissionUpdate, may, bool, type="call_permission_reply",
                      text=word)


def changes(meta):
    wrote = meta.customer("text to change", types.Message, "Helo", lambda m: m.text, text="Helo")
    meta.customer("edit", types.EditedMessage, (wrote, "Hello"), lambda u: (u.original_message_id, u.message.text),
                  type="edit", messageId=wrote, text="Hello")
    meta.customer("revoke", types.DeletedMessage, wrote, lambda u: u.original_message_id,
                  type="revoke", messageId=wrote)
    new = {"wa_id": "5511987654321", "user_id": "BR.5511987654321"}
    meta.customer("user_changed_number", types.PhoneNumberChange, (meta.rosa["waId"], *new.values()),
                  lambda u: (u.old_wa_id, u.new_wa_id, u.new_user_id), type="number_change", content=new)
    meta.rosa |= {"waId": new["wa_id"], "userId": new["user_id"]}
    meta.customer("user_changed_user_id with a phone", types.PhoneNumberChange, "NG.9001", lambda u: u.new_user_id,
                  person=meta.chidi, type="number_change", content={"user_id": "NG.9001"},
                  extra={"from": meta.chidi["waId"]})
    meta.chidi["userId"] = "NG.9001"
    meta.writes(meta.chidi, "number_change", content={"user_id": "NG.9002"})
    meta.limit("user_changed_user_id without a phone")
    meta.chidi["userId"] = "NG.9002"


def statuses(meta):
    for person, field, key in (meta.rosa, "wa_id", "waId"), (meta.chidi, "bsuid", "userId"):
        meta.customer(f"text of a {field}", types.Message, person[key], lambda m: getattr(m.from_user, field), person)
        sent = meta.whatsapp.send_message(person[key], "Hello", tracker="our id")
        for status in "sent", "delivered", "read":
            meta.reads(f"{status}, sent to a {field}", types.MessageStatus, (sent.id, status, "our id", person[key]),
                       lambda s: (s.id, s.status.value, s.tracker, getattr(s.from_user, field)))
    for contacts in True, False:
        faults = [{"mode": "failed_status", "code": 131026, "next": 1}]
        assert meta.simulator.set(contactsOnFailed=contacts, faults=faults) == 200
        sent = meta.whatsapp.send_message(meta.rosa["waId"], "Hello")
        if contacts:
            meta.reads("failed", types.MessageStatus, (sent.id, "failed", 131026),
                       lambda s: (s.id, s.status.value, s.error.code))
        else:
            meta.limit("a failed status without contacts")


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="leadwire-pywa-") as folder, checks.part("what pywa sends"):
        with Stack(pathlib.Path(folder) / "data") as stack:
            sends(checks, stack)
    with checks.part("what pywa reads"), Webhooks(checks) as meta:
        webhooks(meta)
    return checks.done()


if __name__ == "__main__":
    sys.exit(main())

"""Hands every file of `events/` to the deployed functions: trigger events with `cargo lambda invoke`, webhooks of
WhatsApp with `post-event`. `deploy.py` calls it.
"""

import json
import pathlib
import tempfile

from stack import BIN, ROOT, cargo, run, until

EVENTS = ROOT / "events"

# The answer to each trigger event, as far as it is given here.
NOTHING, TAKEN = None, {"batchItemFailures": []}
# The mapping of `changes` has a tumbling window, whose state is always empty.
COUNTED = TAKEN | {"state": {}}
ANSWERS = {
    "api/list-leads": {"statusCode": 200},
    "api/login": {"statusCode": 200},
    "api/send-message": {"statusCode": 202},
    "changes/audit-event-written": COUNTED,
    "changes/conversation-changed": COUNTED,
    "changes/email-owed": COUNTED,
    "changes/message-named": COUNTED,
    "changes/orphan-kept": COUNTED,
    "inbound/poison": TAKEN,
    "inbound/status": TAKEN,
    "inbound/text": TAKEN,
    "inbound/two-groups": TAKEN,
    "jobs/media": TAKEN,
    "outbound/check": TAKEN,
    "outbound/send": TAKEN,
    "outbound/signal": TAKEN,
    "realtime/connect": {"statusCode": 401},
    "realtime/disconnect": {"statusCode": 200},
    "realtime/ping": {"statusCode": 200},
    "relay/check-wanted": NOTHING,
    "relay/send-queued": NOTHING,
    "relay/signal-wanted": NOTHING,
    "schedule/every-minute": NOTHING,
    "webhook/text": {"statusCode": 200},
    "webhook/text-base64": {"statusCode": 200},
    "webhook/text-wrong-signature": {"statusCode": 401},
    "webhook/verify": {"statusCode": 200, "body": "1158201444"},
    "webhook/verify-wrong-token": {"statusCode": 403},
}

# The secret and the token of the files of webhook/ (events/README.md).
APP_SECRET, VERIFY_TOKEN = "leadwire-app-secret", "leadwire-verify"

# Placeholders in the files of api/ for what only a running stack knows.
PASSWORD, TOKEN, LEAD = "correct horse battery staple", "ACCESS_TOKEN", "led_01M3250VASBF3MSX3QTC83A67F"


def invoke(deployment, file, values, env):
    """The answer of a file's function to that file, with `values` in place of the placeholders."""
    event = (EVENTS / f"{file}.json").read_text(encoding="utf-8")
    for placeholder, value in values.items():
        event = event.replace(placeholder, value)
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder, "event.json")
        data.write_text(event, encoding="utf-8")
        function = f"{deployment['stack']}-{file.split('/')[0]}"
        where = "--remote", "--region", deployment["region"], "--endpoint-url", deployment["url"]
        done = run(BIN / "cargo-lambda", "lambda", "invoke", function, *where, "--data-file", data, env=env)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr


def matches(answer, expected):
    if not isinstance(expected, dict) or not isinstance(answer, dict):
        return answer == expected
    return {name: answer.get(name) for name in expected} == expected


def every_file(checks, deployment, values, url, env):
    """All files of the folders that hold trigger events, and then those of whatsapp/."""
    there = {f"{file.parent.name}/{file.stem}" for file in EVENTS.glob("*/*.json") if file.parent.name != "whatsapp"}
    checks.equal("every trigger event has an expected answer", sorted(there ^ set(ANSWERS)), [])
    for file, expected in ANSWERS.items():
        answer = until(lambda: invoke(deployment, file, values, env), lambda answer: matches(answer, expected), 30)
        checks.check(f"cargo lambda invoke with {file}", matches(answer, expected), answer)
    files = sorted((EVENTS / "whatsapp").glob("*.json"))
    arguments = "--bin", "post-event", "--", "--url", url, "--secret", APP_SECRET, *files
    # An instance of the webhook that has just refused waits ten seconds before it fetches the secret again.
    done = until(lambda: cargo(*arguments, env=env), lambda done: done.returncode == 0, 60)
    checks.check(f"the {len(files)} bodies of whatsapp/ are accepted", done.returncode == 0, done.stdout + done.stderr)

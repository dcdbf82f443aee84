"""Hands every file of `events/` to the deployed functions: trigger events with `cargo lambda invoke`, as a person
would, and what WhatsApp posts with `post-event`. `deploy.py` does both, where there is something to hand them to.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from stack import ROOT, until

EVENTS = ROOT / "events"

# What each of them is answered with, as far as it stands there.
NOTHING, TAKEN = None, {"batchItemFailures": []}
ANSWERS = {
    "api/list-leads": {"statusCode": 200},
    "api/login": {"statusCode": 200},
    "api/send-message": {"statusCode": 202},
    "changes/letter-owed": NOTHING,
    "changes/message-named": NOTHING,
    "changes/orphan-kept": NOTHING,
    "inbound/poison": TAKEN,
    "inbound/status": TAKEN,
    "inbound/text": TAKEN,
    "inbound/two-groups": TAKEN,
    "outbound/send": TAKEN,
    "relay/send-queued": NOTHING,
    "schedule/every-minute": NOTHING,
    "webhook/text": {"statusCode": 200},
    "webhook/text-base64": {"statusCode": 200},
    "webhook/text-wrong-signature": {"statusCode": 401},
    "webhook/verify": {"statusCode": 200, "body": "1158201444"},
    "webhook/verify-wrong-token": {"statusCode": 403},
}

# What the files of webhook/ are signed with, and their handshake's token (events/README.md).
APP_SECRET, VERIFY_TOKEN = "leadwire-app-secret", "leadwire-verify"

# Stand-ins in the files of api/ for what only a running stack knows.
PASSWORD, TOKEN, LEAD = "correct horse battery staple", "ACCESS_TOKEN", "led_01M3250VASBF3MSX3QTC83A67F"


def invoke(deployment, file, known, env):
    """What the function of this file answers; where the file has a stand-in, with what is `known`."""
    event = (EVENTS / f"{file}.json").read_text(encoding="utf-8")
    for stand_in, value in known.items():
        event = event.replace(stand_in, value)
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder, "event.json")
        data.write_text(event, encoding="utf-8")
        function = f"{deployment['stack']}-{file.split('/')[0]}"
        where = "--remote", "--region", deployment["region"], "--endpoint-url", deployment["url"]
        done = subprocess.run(
            [pathlib.Path(sys.executable).parent / "cargo-lambda", "lambda", "invoke", function, *where,
             "--data-file", data],
            cwd=ROOT, env=env, capture_output=True, text=True,
        )
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr


def is_as_expected(answer, expected):
    if not isinstance(expected, dict) or not isinstance(answer, dict):
        return answer == expected
    return {name: answer.get(name) for name in expected} == expected


def every_file(checks, deployment, known, url, env):
    """All files of the folders that hold trigger events, and then those of whatsapp/."""
    there = {f"{file.parent.name}/{file.stem}" for file in EVENTS.glob("*/*.json") if file.parent.name != "whatsapp"}
    checks.equal("every trigger event is tried", sorted(there ^ set(ANSWERS)), [])
    for file, expected in ANSWERS.items():
        answer = until(lambda: invoke(deployment, file, known, env), lambda it: is_as_expected(it, expected), 30)
        checks.check(f"cargo lambda invoke with {file}", is_as_expected(answer, expected), answer)
    files = sorted((EVENTS / "whatsapp").glob("*.json"))
    command = ["cargo", "run", "--quiet", "--bin", "post-event", "--", "--url", url, "--secret", APP_SECRET]
    done = subprocess.run([*command, *files], cwd=ROOT, env=env, capture_output=True, text=True)
    checks.check(f"the {len(files)} bodies of whatsapp/ are taken", done.returncode == 0, done.stdout + done.stderr)

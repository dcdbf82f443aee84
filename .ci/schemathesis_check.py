"""Has schemathesis, which knows nothing of us but the description that we serve, ask the API whatever the description
allows and whatever it forbids. Needs `schemathesis-requirements.txt`; `run` makes the environment for it.

It asks as the demo account's owner, and where only whoever runs the platform may, as them. Each connection comes from
an address of this machine's own, of which there are sixteen million: whoever signs in is counted by address.
"""

import collections
import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import schemathesis
import urllib3.util.connection
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.cli import schemathesis as command

from drive import Agent, Meta, text
from stack import ROOT, Checks, Stack, call, until

# What it tries follows from this; what comes of it, from nothing else.
SEED = 20_260_921

# How many cases of each operation are made up by chance, beside those that follow from the description.
CASES = 100

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
    "ignored_auth",
]

# How often each status was answered, by operation.
STATUSES = collections.Counter()


@schemathesis.hook
def after_call(context, case, response):
    STATUSES[f"{case.operation.method.upper()} {case.operation.path}", response.status_code] += 1


def from_many_addresses():
    """Lets each connection come from another address of this machine."""
    connect, number = urllib3.util.connection.create_connection, 1

    def one(address, *arguments, **options):
        nonlocal number
        number += 1
        options["source_address"] = (f"127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", 0)
        return connect(address, *arguments, **options)

    urllib3.util.connection.create_connection = one


def operator_key(folder):
    """The key of whoever runs the platform, made while no instance runs."""
    arguments = ["cargo", "run", "--quiet", "--", "--data", str(folder), "operator"]
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()[-1]


def configuration(keys, ids):
    """What schemathesis is told beside the description: who asks, and which things there are."""
    lines = [f"seed = {SEED}", "workers = 1", "continue-on-failure = true", "headers = { Connection = \"close\" }"]
    lines += ["[generation]", "deterministic = true", f"max-examples = {CASES}", 'database = "none"']
    # Walks from answer to request would end the session that they go by, and shut the business.
    lines += ["[phases.stateful]", "enabled = false"]
    lines += ["[phases.fuzzing.extra-data-sources]", "responses = false"]
    lines += ["[phases.coverage.extra-data-sources]", "responses = false"]
    lines += ["[phases.examples.extra-data-sources]", "responses = false"]
    lines += ["[checks]", "enabled = false", *[f"{check} = {{ enabled = true }}" for check in CHECKS]]
    for name, key in keys.items():
        lines += [f"[auth.openapi.{name}]", f"bearer = {json.dumps(key)}"]
    for path, id in ids.items():
        lines += ["[[operations]]", f"include-path = {json.dumps(path)}"]
        lines += [f'parameters = {{ "path.id" = {json.dumps(id)} }}']
    return "\n".join(lines) + "\n"


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        operator = operator_key(folder / "data")
        with Stack(folder / "data") as stack:
            ready = stack.ready
            meta = Meta(ready)
            checks.equal("a customer writes", meta.post(meta.body(text("Hello"))), 200)
            agent = Agent(ready)
            lead = until(lambda: next(iter(agent.leads()), None))
            description = call("GET", f"{stack.url}/api/openapi.json")[1]
            wrong = [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()]
            checks.equal("the description is OpenAPI 3.1", wrong, [])
            conversation = lead["conversations"][0]
            headers = {"Authorization": f"Bearer {operator}"}
            client = call("POST", f"{stack.url}/api/clients", {"companyName": "Another"}, headers)[1]["id"]
            # All other ids are made up: with real ones, people would shut themselves out.
            ids = {"/api/leads/{id}": lead["id"], "/api/clients/{id}": client}
            ids["/api/channels/{id}"] = agent.get("/api/channels")["items"][0]["id"]
            ids["/api/users/{id}/reset-password"] = agent.get("/api/auth/me")["id"]
            for path in ("/api/conversations", "/api/whatsapp/conversations"):
                ids |= {f"{path}/{{id}}{rest}": conversation for rest in ("", "/messages", "/read")}
            keys = {"accessToken": agent.headers["Authorization"].split()[-1], "operatorKey": operator}
            settings = folder / "schemathesis.toml"
            settings.write_text(configuration(keys, ids))
            from_many_addresses()
            begun = time.monotonic()
            command_line = ["--config-file", str(settings), "run", f"{stack.url}/api/openapi.json", "--no-color"]
            # It keeps what it has found where it is started.
            with contextlib.chdir(folder):
                try:
                    verdict = command(command_line, standalone_mode=False) or 0
                except SystemExit as ended:
                    verdict = ended.code
            seconds = time.monotonic() - begun
            checks.equal("schemathesis finds nothing", verdict, 0)
            checks.check("the session still holds", agent.get("/api/auth/me").get("email") == ready["ownerEmail"])
    told = collections.Counter()
    for (_, status), times in STATUSES.items():
        told[status] += times
    asked = sum(told.values())
    counts = ", ".join(f"{status} × {times}" for status, times in sorted(told.items()))
    print(f"asked {asked} times in {seconds:.0f} s: {counts}")
    unanswered = {route for route, _ in STATUSES} - {route for route, status in STATUSES if status < 300}
    print("never answered as asked:", ", ".join(sorted(unanswered)) or "none")
    checks.check("few are refused for asking too often", told[429] * 20 < asked, told[429])
    return checks.done()


if __name__ == "__main__":
    sys.exit(main())

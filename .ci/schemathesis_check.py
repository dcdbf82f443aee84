"""Runs schemathesis, which knows only the description that we serve, against the API: requests that the description
allows and requests that it forbids. Needs `schemathesis-requirements.txt`; `run` makes the environment for it.

It calls as the demo account's owner, and as an operator where only an operator may. Each connection comes from another
loopback address, because sign-ins are counted by address.
"""

import collections
import contextlib
import json
import pathlib
import sys
import tempfile
import time

import schemathesis
import urllib3.util.connection
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.cli import schemathesis as command

from drive import Agent, Meta, text
from stack import Caller, Checks, Stack, call, cargo, until

# The seed decides every request.
SEED = 20_260_921

# How many random cases each operation gets, beside those that follow from the description.
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

# How often each operation answered with each status.
STATUSES = collections.Counter()


@schemathesis.hook
def after_call(context, case, response):
    STATUSES[f"{case.operation.method.upper()} {case.operation.path}", response.status_code] += 1


def from_many_addresses():
    """Opens each connection from another loopback address."""
    connect, number = urllib3.util.connection.create_connection, 1

    def one(address, *arguments, **options):
        nonlocal number
        number += 1
        options["source_address"] = (f"127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", 0)
        return connect(address, *arguments, **options)

    urllib3.util.connection.create_connection = one


def operator_key(folder):
    """An operator's key, made while no instance runs."""
    return cargo("--", "--data", str(folder), "operator").stdout.split()[-1]


def configuration(keys, ids):
    """The settings of schemathesis: the credentials, and the ids that exist."""
    lines = [f"seed = {SEED}", "workers = 1", "continue-on-failure = true", "headers = { Connection = \"close\" }"]
    lines += ["[generation]", "deterministic = true", f"max-examples = {CASES}", 'database = "none"']
    # Requests made from answers would end their own session, and close the business.
    lines += ["[phases.stateful]", "enabled = false"]
    for phase in "fuzzing", "coverage", "examples":
        lines += [f"[phases.{phase}.extra-data-sources]", "responses = false"]
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
            client = Caller(stack.url, operator).ask("POST", "/api/clients", {"companyName": "Another"})[1]["id"]
            # All other ids are random: with real ones, the caller would revoke its own access.
            ids = {"/api/leads/{id}": lead["id"], "/api/clients/{id}": client}
            ids["/api/channels/{id}"] = agent.get("/api/channels")["items"][0]["id"]
            ids["/api/users/{id}/reset-password"] = agent.get("/api/auth/me")["id"]
            for path in ("/api/conversations", "/api/whatsapp/conversations"):
                ids |= {f"{path}/{{id}}{rest}": conversation for rest in ("", "/messages", "/read")}
            keys = {"accessToken": agent.token, "operatorKey": operator}
            settings = folder / "schemathesis.toml"
            settings.write_text(configuration(keys, ids))
            from_many_addresses()
            begun = time.monotonic()
            command_line = ["--config-file", str(settings), "run", f"{stack.url}/api/openapi.json", "--no-color"]
            # It writes its findings into the working directory.
            with contextlib.chdir(folder):
                try:
                    verdict = command(command_line, standalone_mode=False) or 0
                except SystemExit as ended:
                    verdict = ended.code
            seconds = time.monotonic() - begun
            checks.equal("schemathesis finds nothing", verdict, 0)
            checks.check("the session is still valid", agent.get("/api/auth/me").get("email") == ready["ownerEmail"])
    by_status = collections.Counter()
    for (_, status), times in STATUSES.items():
        by_status[status] += times
    counts = ", ".join(f"{status} × {times}" for status, times in sorted(by_status.items()))
    print(f"{by_status.total()} requests in {seconds:.0f} s: {counts}")
    unanswered = {route for route, _ in STATUSES} - {route for route, status in STATUSES if status < 300}
    print("without a success:", ", ".join(sorted(unanswered)) or "none")
    checks.check("few requests are rate limited", by_status[429] * 20 < by_status.total(), by_status[429])
    return checks.done()


if __name__ == "__main__":
    sys.exit(main())

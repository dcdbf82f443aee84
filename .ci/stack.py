"""What the programs of this folder share: a local stack in a process of its own, HTTP, and counted checks."""

import contextlib
import json
import os
import pathlib
import select
import signal
import subprocess
import time
import traceback
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The demo account of `serve`, the simulator on its own (meta_simulator::Config::demo).
SERVE = {
    "appSecret": "local-app-secret",
    "verifyToken": "local-verify-token",
    "accessToken": "local-access-token",
    "phoneNumberId": "100000000000001",
    "wabaId": "200000000000001",
}

# No proxy of the environment stands between us and 127.0.0.1.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Checks:
    """Counts what holds and what does not, one line each."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, what, holds, seen=None):
        if holds:
            self.passed += 1
            print(f"ok {what}", flush=True)
        else:
            self.failed += 1
            print(f"FAILED {what}; seen: {seen!r}", flush=True)
        return holds

    def equal(self, what, seen, expected):
        return self.check(what, seen == expected, seen)

    @contextlib.contextmanager
    def part(self, name):
        """A part that cannot go on is one failure; what comes after it is still tried."""
        try:
            yield
        except Exception:
            traceback.print_exc()
            self.check(name, False, "it broke off")

    def done(self):
        """Prints the closing line; the process's exit code."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 0 if self.failed == 0 and self.passed > 0 else 1


class Process:
    """A program under `cargo run`, which cargo turns into: a signal reaches the program itself."""

    def __init__(self, *arguments, **options):
        # What the environment says of WhatsApp would take the place of what these programs expect.
        skip = ("WHATSAPP_", "PORT", "LOG_LEVEL")
        env = {name: value for name, value in os.environ.items() if not name.startswith(skip)}
        command = ["cargo", "run", "--quiet", *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, text=True, **options)

    def line(self, seconds):
        """The next line of its stdout."""
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            raise TimeoutError(f"it said nothing for {seconds} s")
        return self.process.stdout.readline()

    def wait(self, seconds):
        """Its exit code, or none if it does not end in time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(seconds)

    def interrupt(self, seconds):
        """Ctrl-C; what it then ends with."""
        self.process.send_signal(signal.SIGINT)
        return self.wait(seconds)

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


class Stack(Process):
    """`cargo run` on a data folder and a free port."""

    def __init__(self, folder):
        super().__init__("--", "--json", "--port", "0", "--data", str(folder), stdout=subprocess.PIPE)
        try:
            self.ready = json.loads(self.line(120))
        except BaseException:
            self.kill()
            raise
        self.url = self.ready["url"]


def call(method, url, body=None, headers=()):
    """One request: status and body. A dict is sent as JSON, and JSON comes back as what it says."""
    headers = dict(headers)
    if isinstance(body, dict):
        body = json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with _OPENER.open(request, timeout=30) as answer:
            status, content = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        status, content = refusal.code, refusal.read()
    try:
        return status, json.loads(content)
    except ValueError:
        return status, content.decode(errors="replace")


def until(probe, holds=bool, seconds=20):
    """Asks `probe` until the answer `holds`, ever more seldom, for so many seconds at most; the last answer."""
    end, pause = time.monotonic() + seconds, 0.05
    while True:
        seen = probe()
        if holds(seen) or time.monotonic() > end:
            return seen
        time.sleep(pause)
        pause = min(pause * 1.2, 1)

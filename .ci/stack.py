"""What the programs of this folder share: a local stack in a process of its own, HTTP, and counted checks."""

import contextlib
import json
import os
import pathlib
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The programs of this Python environment.
BIN = pathlib.Path(sys.executable).parent

# The demo account of `serve`, the simulator on its own (meta_simulator::Config::demo).
SERVE = {
    "appSecret": "local-app-secret",
    "verifyToken": "local-verify-token",
    "accessToken": "local-access-token",
    "phoneNumberId": "100000000000001",
    "wabaId": "200000000000001",
}

# Requests to this machine use no proxy of the environment.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Checks:
    """Prints a line for each check, and counts those that hold and those that fail."""

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
        """An exception in a part is one failure; the next part still runs."""
        try:
            yield
        except Exception:
            traceback.print_exc()
            self.check(name, False, "it raised an exception")

    def done(self):
        """Prints the closing line; the process's exit code."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 0 if self.failed == 0 and self.passed > 0 else 1


def run(*command, env=None):
    """A command that has ended, with its output."""
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def cargo(*arguments, env=None):
    """A program under `cargo run` that has ended, with its output."""
    return run("cargo", "run", "--quiet", *arguments, env=env)


class Process:
    """A running program under `cargo run`; cargo becomes the program, so a signal reaches it."""

    def __init__(self, *arguments, **options):
        # These variables would replace the settings that the checks expect.
        skip = ("WHATSAPP_", "PORT", "LOG_LEVEL")
        env = {name: value for name, value in os.environ.items() if not name.startswith(skip)}
        command = ["cargo", "run", "--quiet", *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, text=True, **options)

    def line(self, seconds):
        """The next line of its stdout."""
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            raise TimeoutError(f"it printed nothing for {seconds} s")
        return self.process.stdout.readline()

    def wait(self, seconds):
        """Its exit code, or none if it does not end in time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(seconds)

    def interrupt(self, seconds):
        """Sends Ctrl-C; its exit code."""
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


class Simulator:
    """Meta's simulator, controlled from outside."""

    def __init__(self, url):
        self.url = f"{url}/_sim"

    def post(self, path, body=None):
        return call("POST", f"{self.url}/{path}", body or {})

    def numbers(self):
        return call("GET", f"{self.url}/config")[1]["numbers"]

    def sends(self):
        return call("GET", f"{self.url}/sends")[1]["items"]

    def set(self, **settings):
        return call("PATCH", f"{self.url}/settings", settings)[0]


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
        self.simulator = Simulator(self.url)


class Serve(Process):
    """The simulator on its own, with quick statuses, which posts to `webhook`."""

    def __init__(self, port, webhook):
        quick = "sent-ms=0", "delivered-ms=100", "read-ms=100"
        super().__init__("--example", "serve", "--", str(port), webhook, "/", *quick)
        self.simulator = Simulator(f"http://127.0.0.1:{port}")
        if not until(lambda: answers(f"{self.simulator.url}/config"), seconds=60):
            self.kill()
            raise TimeoutError("the simulator does not answer")


class Caller:
    """A user with an access token, or a program with a key."""

    def __init__(self, url, token):
        self.url, self.token = url, token

    def ask(self, method, path, body=None, headers=()):
        return call(method, self.url + path, body, {"Authorization": f"Bearer {self.token}", **dict(headers)})

    def status(self, method, path, body=None):
        return self.ask(method, path, body)[0]

    def get(self, path):
        return self.ask("GET", path)[1]


def call(method, url, body=None, headers=()):
    """One request: its status and body. A dict is sent as JSON, and a JSON body is parsed."""
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


def answers(url):
    """Whether a server answers at `url`, with any status."""
    with contextlib.suppress(OSError):
        return call("GET", url)[0] > 0


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def until(probe, holds=bool, seconds=20):
    """Calls `probe` until its answer `holds`, at growing pauses, for so many seconds at most; the last answer."""
    end, pause = time.monotonic() + seconds, 0.05
    while True:
        seen = probe()
        if holds(seen) or time.monotonic() > end:
            return seen
        time.sleep(pause)
        pause = min(pause * 1.2, 1)

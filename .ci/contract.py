"""Asks others who play DynamoDB and SQS the cases that our embedded services are asked in `cargo test`: ministack for
both, moto for the queue. Needs `contract-requirements.txt`; `run` makes the environment for it.
"""

import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile

from stack import ROOT, Checks, call, until

# The programs of this environment.
BIN = pathlib.Path(sys.executable).parent


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def environment(url):
    """What the players and the program are told: nobody's account, and nobody but the player."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return env | {"AWS_ENDPOINT_URL": url, "NO_PROXY": "127.0.0.1"}


def ministack(port):
    """Its command line, and its environment: without the services that listen on ports of their own."""
    services = "dynamodb,dynamodbstreams,sqs"
    return ["ministack"], {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "SERVICES": services}


def moto(port):
    """Its command line; it needs nothing of its environment."""
    return ["moto_server", "-H", "127.0.0.1", "-p", str(port)], {}


def answers(url):
    """Whether anything is listening and speaks HTTP."""
    with contextlib.suppress(OSError):
        return call("GET", url)[0] > 0


@contextlib.contextmanager
def playing(player):
    """A player on a free port, in a folder that goes away with it; its URL."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (program, *arguments), settings = player(port)
    with tempfile.TemporaryDirectory() as folder, open(pathlib.Path(folder, "log"), "w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [BIN / program, *arguments],
            cwd=folder,
            env=environment(url) | {"TMPDIR": folder} | settings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            if not until(lambda: answers(url), seconds=60):
                log.seek(0)
                raise TimeoutError(f"{program} does not answer; it said: {log.read()[-2000:]}")
            yield url
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()


def ask(checks, url, name, service):
    """Has the program ask all cases of a service, and shows what it says."""
    command = ["cargo", "run", "--quiet", "--bin", "contract", "--", name, service]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(url), stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    lines = done.stdout.splitlines() or [done.stderr]
    print(*(f"{name} {service}: {line}" for line in lines[:-1]), sep="\n", flush=True)
    checks.check(f"{name} {service}: {lines[-1]}", done.returncode == 0, done.stderr)


def main():
    checks = Checks()
    with checks.part("ministack"), playing(ministack) as url:
        ask(checks, url, "ministack", "queue")
        ask(checks, url, "ministack", "database")
    with checks.part("moto"), playing(moto) as url:
        ask(checks, url, "moto", "queue")
    return checks.done()


if __name__ == "__main__":
    sys.exit(main())

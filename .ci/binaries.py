"""Checks the functions' binaries in `target/lambda`, where `cargo lambda build` puts them, against Lambda's machine and
our limits of size. `run` does both.
"""

import re
import sys

from stack import ROOT, Checks, run

TARGET = "aarch64-unknown-linux-gnu"

# The largest size of each, in MB. A larger one loads more slowly at a cold start, and Meta waits for webhook. Of the 13 of
# `api`, 3.5 are the lists of frequent passwords and the code that searches them.
BUDGETS = {"webhook": 8, "inbound": 12, "relay": 12, "outbound": 12, "api": 14, "changes": 12, "schedule": 12}

# The C library of Amazon Linux 2023.
GLIBC = (2, 34)

# All TLS is rustls on AWS-LC, in one version each; no default feature of a dependency may add another library.
ONE = ("rustls", "aws-lc-rs", "aws-lc-sys")
NONE = ("ring", "openssl-sys", "native-tls", "aws-lc-fips-sys", "mbedtls", "boring-sys")


def said(*command):
    done = run(*command)
    done.check_returncode()
    return done.stdout


def glibc(binary):
    """The newest version of the C library that a binary needs."""
    asked = re.findall(r"GLIBC_([\d.]+)", said("readelf", "--version-info", "--wide", binary))
    return max((tuple(map(int, version.split("."))) for version in asked), default=(0, 0))


def versions(name):
    """The crates that a function is built from on Lambda, each with its versions."""
    lines = said("cargo", "tree", "--locked", "-p", name, "--target", TARGET, "-e", "normal", "--prefix", "none")
    found = {}
    for crate, version in re.findall(r"^(\S+) v(\S+)", lines, re.MULTILINE):
        found.setdefault(crate, set()).add(version)
    return found


def examine(checks, name, budget):
    binary = ROOT / "target/lambda" / name / "bootstrap"
    size, newest = binary.stat().st_size / 1e6, glibc(binary)
    header, sections = said("readelf", "--file-header", binary), said("readelf", "--sections", "--wide", binary)
    checks.check(f"{name} is for Lambda's arm64", re.search(r"Machine:\s+AArch64", header), header)
    checks.check(f"{name} is stripped", ".symtab" not in sections and ".debug_info" not in sections, sections)
    checks.check(f"{name} has at most {budget} MB", size <= budget, size)
    checks.check(f"{name} runs with Lambda's C library", (0, 0) < newest <= GLIBC, newest)
    built = versions(name)
    checks.equal(f"{name} has one TLS library", [len(built.get(one, ())) for one in ONE], [1] * len(ONE))
    checks.equal(f"{name} has no other", [one for one in NONE if one in built], [])
    return f"| {name} | {size:.1f} | {budget} | {'.'.join(map(str, newest))} |"


def main():
    checks = Checks()
    rows = []
    for name, budget in BUDGETS.items():
        with checks.part(name):
            rows.append(examine(checks, name, budget))
    print("| function | MB | at most | glibc |", "|---|---|---|---|", *rows, sep="\n", flush=True)
    return checks.done()


if __name__ == "__main__":
    sys.exit(main())

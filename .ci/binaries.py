"""Holds the functions' binaries to what Lambda runs them on, and to their budgets: `cargo lambda build` has put them
into `target/lambda`. `run` does both.
"""

import re
import subprocess
import sys

from stack import ROOT, Checks

TARGET = "aarch64-unknown-linux-gnu"

# What each may have, in MB. A larger one takes longer to be loaded at a cold start; webhook is the one that Meta waits
# for.
# `api` was to have 12: 3.5 of its 13 are the lists of passwords that people choose most, and what looks for them.
BUDGETS = {"webhook": 8, "inbound": 12, "relay": 12, "outbound": 12, "api": 14, "changes": 12, "schedule": 12}

# The C library of Amazon Linux 2023.
GLIBC = (2, 34)

# TLS for everything is rustls on AWS-LC, in one version each; nothing else may come in by somebody's default features.
ONE = ("rustls", "aws-lc-rs", "aws-lc-sys")
NONE = ("ring", "openssl-sys", "native-tls", "aws-lc-fips-sys", "mbedtls", "boring-sys")


def said(*command):
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def glibc(binary):
    """The newest version of the C library that it asks for."""
    asked = re.findall(r"GLIBC_([\d.]+)", said("readelf", "--version-info", "--wide", binary))
    return max((tuple(map(int, version.split("."))) for version in asked), default=(0, 0))


def versions(name):
    """What it is built from on Lambda: versions by the crate's name."""
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

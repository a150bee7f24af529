"""Set up and run the project with Python alone: `python3 dev.py build` or `python3 dev.py test`.

build     install coursepack into .venv and build course_spec into dist/ (Python only)
test      install what the tests need (Python and Node packages, Chromium, Java) and run every check
check     the checks without installing anything
thorough  the tests that take minutes: every edit and every virtual learner in a real browser
bench     print timings as ratios against the floor
packages  validate a hundred packages of 50 MB at once, and print time and memory
bundle    make the runtime bundles anew from their sources (needs the Node packages)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
DEBIAN = {
    "unzip": "unzip",
    "chromium": "chromium",
    "java": "default-jre-headless",
    "node": "nodejs",
    "npm": "npm",
}
PATIENCE = ("--reruns", "2", "--only-rerun", "Timeout(Error|Expired)", "--only-rerun", "expected to")
"""A browser test that ran out of time on a busy machine is tried again; the report counts reruns."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def run(*command: str | Path, **options: object) -> None:
    """Run a command in the checkout; stop with its exit status when it fails."""
    print("+", " ".join(str(word).replace(str(ROOT) + os.sep, "") for word in command), flush=True)
    words = [shutil.which(str(command[0])) or str(command[0]), *map(str, command[1:])]
    status = subprocess.run(words, cwd=ROOT, check=False, **options).returncode  # type: ignore[call-overload]
    if status:
        sys.exit(status)


def install(*extras: str) -> None:
    """Make .venv if there is none, and install the checkout into it, editable."""
    if not (BIN / ("python.exe" if os.name == "nt" else "python")).exists():
        venv.create(VENV, with_pip=True)
    what = f".[{','.join(extras)}]" if extras else "."
    run(BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what)
    run(BIN / "python", "-m", "compileall", "-q", "src/coursepack")


def install_programs() -> None:
    """Install the programs that the tests drive, where this is a Debian system and we may."""
    missing = [name for name in ("java", "node", "npm", "unzip") if not shutil.which(name)]
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    if not missing:
        return
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        sys.exit(f"please install {', '.join(missing)}, then run this again")
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    run("apt-get", "update", "-qq", **quiet)
    run("apt-get", "install", "-y", "-qq", *(DEBIAN[name] for name in missing), **quiet)


def build() -> None:
    install()
    run(BIN / "coursepack", "build", "course_spec", "--output", "dist")


def test() -> None:
    install("test")
    install_programs()
    run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
    check()


def check() -> None:
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "ruff", "check", ".")
    run(BIN / "mypy")
    run("npx", "--no-install", "tsc", "-p", "tsconfig.json")
    run("node", "--test", "tests/runtime/", "tests/lms/")
    run("node", "tests/bundle.mjs", "--check")
    workers = str(min(4, os.cpu_count() or 1))
    run(BIN / "python", "-m", "pytest", "-n", workers, "--dist", "loadgroup", *PATIENCE)


def thorough() -> None:
    run(
        BIN / "python", "-m", "pytest", "-n", str(min(4, os.cpu_count() or 1)), "-m", "thorough or hypothesis"
    )


def bench() -> None:
    run(BIN / "python", ROOT / "tests" / "bench.py")


def packages() -> None:
    run(BIN / "python", ROOT / "tests" / "many_packages.py")


def bundle() -> None:
    run("node", "tests/bundle.mjs")


COMMANDS = {command.__name__: command for command in (build, test, check, thorough, bench, packages, bundle)}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    COMMANDS[sys.argv[1]]()

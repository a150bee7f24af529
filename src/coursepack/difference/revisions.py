"""A course folder as it was in git: `HEAD~1`, `v1.0:course_spec`. Nothing in the work tree is touched."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from pathlib import Path

from coursepack.difference.sides import SideError

SECONDS = 60
REVISION = re.compile(r"[A-Za-z0-9_.@/^~{}+][A-Za-z0-9_.@/^~{}+\-]*\Z")


def export(argument: str, folder: str, into: Path) -> Path:
    """Write the course folder of a revision below `into` and say where.

    `argument` is `REVISION` or `REVISION:FOLDER`; without a folder it is `folder`. Raises SideError with a
    sentence when git knows no such thing.
    """
    revision, colon, path = argument.partition(":")
    path = (path if colon else folder).strip("/") or "."
    if not REVISION.match(revision):
        raise SideError(f"{argument} is neither a file, nor a folder, nor a git revision")
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise SideError(f"{argument} is neither a file, nor a folder, nor a git revision")
    prefix = (_git("rev-parse", "--show-prefix") or b"").decode().strip()
    whole = path if path.startswith("../") or Path(path).is_absolute() else f"{prefix}{path}"
    if whole != "." and ".." in whole.split("/"):
        raise SideError(f"{path} is outside of the git folder: name it from its root")
    tree = f"{commit.decode().strip()}:{'' if whole == '.' else whole}"
    data = _git("-C", _top(), "archive", "--format=tar", tree)
    if data is None:
        raise SideError(f"there is no folder {whole} in the git revision {revision}")
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(into, filter="data")
    return into


def _top() -> str:
    return (_git("rev-parse", "--show-toplevel") or b".").decode().rstrip("\n")


def _git(*words: str) -> bytes | None:
    """What git prints, or None when it refuses. Raises SideError when there is no git."""
    try:
        run = subprocess.run(["git", *words], capture_output=True, check=False, timeout=SECONDS)  # noqa: S603, S607
    except FileNotFoundError:
        raise SideError("git is not installed, so no revision can be read") from None
    except subprocess.TimeoutExpired:
        raise SideError("git did not answer") from None
    return run.stdout if run.returncode == 0 else None

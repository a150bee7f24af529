"""A course folder as it was in git: `HEAD~1`, `v1.0:course_spec`. Nothing in the work tree is touched."""

from __future__ import annotations

import posixpath
import re
import subprocess
import tarfile
from pathlib import Path

from coursepack.difference.sides import SideError

SECONDS = 60
REVISION = re.compile(r"[A-Za-z0-9_.@/^~{}+][A-Za-z0-9_.@/^~{}+\-]*\Z")


def export(argument: str, folder: str, into: Path) -> Path:
    """Write the course folder of a revision below `into` and say where.

    `argument` is `REVISION` or `REVISION:FOLDER`; without a folder it is `folder`, in the repository
    of that folder. Raises SideError with a sentence when git knows no such thing, OSError.
    """
    revision, colon, path = argument.partition(":")
    at = folder if not colon and Path(folder).is_dir() else "."
    path = path if colon else "." if at == folder else folder
    if not REVISION.match(revision):
        raise SideError(f"{argument} is neither a file, nor a folder, nor a git revision")
    commit = _git(at, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise SideError(f"{argument} is neither a file, nor a folder, nor a git revision")
    whole = posixpath.normpath(_line(at, "--show-prefix") + path)
    if whole.split("/")[0] == ".." or path.startswith("/"):
        raise SideError(f"{path} is outside of the git folder: name it from its root")
    tree = f"{commit.decode().strip()}:{'' if whole == '.' else whole}"
    packed = into.with_suffix(".tar")
    top = _line(at, "--show-toplevel")
    if _git(top, "archive", "--format=tar", f"--output={packed}", tree) is None:
        raise SideError(f"there is no folder {whole} in the git revision {revision}")
    try:
        with tarfile.open(packed) as archive:
            archive.extractall(into, filter="data")
    except tarfile.FilterError as error:
        name = error.tarinfo.name
        raise SideError(f"`{name}` in the git revision {revision} leads out of its folder") from None
    finally:
        packed.unlink()
    return into


def _line(at: str, wanted: str) -> str:
    return (_git(at, "rev-parse", wanted) or b"").decode().rstrip("\n")


def _git(at: str, *words: str) -> bytes | None:
    """What git prints in that folder, or None when it refuses. Raises SideError when there is no git."""
    command = ["git", "-C", at, *words]
    try:
        run = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603
    except FileNotFoundError:
        raise SideError("git is not installed, so no revision can be read") from None
    except subprocess.TimeoutExpired:
        raise SideError("git did not answer") from None
    return run.stdout if run.returncode == 0 else None

"""The runtime's bundles are made from the runtime's present sources."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from coursepack import resources

RUNTIME = Path(__file__).resolve().parent.parent / "src" / "coursepack" / "runtime"
SCRIPTS = sorted(path.stem for path in (RUNTIME / "entries").glob("*.js"))
DRIVERS = set(SCRIPTS) - {"state", "player", "print", "carry", "hooks", "delivery"}


def modules(path: Path) -> set[Path]:
    """The module and all that it imports."""
    found = {path}
    for name in re.findall(r"^(?:import|export|\}).* from '(\..+)'$", path.read_text("utf-8"), re.MULTILINE):
        found |= modules((path.parent / name).resolve())
    return found


def hash_of_sources(folder: Path, entry: str) -> str:
    """SHA-256 over path, length and content of its modules; `tests/bundle.mjs` computes the same."""
    digest = hashlib.sha256()
    sources = {path.relative_to(folder).as_posix(): path for path in modules(folder / entry)}
    for module in sorted(sources):
        content = sources[module].read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{module}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def test_there_is_a_bundle_for_each_entry_and_no_other() -> None:
    assert sorted(path.stem for path in (RUNTIME / "bundles").glob("*.js")) == SCRIPTS
    assert {"scorm12", "scorm2004", "web"} <= DRIVERS


@pytest.mark.parametrize("name", SCRIPTS)
def test_bundle_is_made_from_the_present_sources(name: str) -> None:
    text = (RUNTIME / "bundles" / f"{name}.js").read_bytes()
    first = text.partition(b"\n")[0].decode("ascii")
    assert first == f"/* sha256 {hash_of_sources(RUNTIME, f'entries/{name}.js')} */", "run: npm run bundle"


@pytest.mark.parametrize("name", SCRIPTS)
def test_bundle_is_one_ascii_script_that_loads_nothing(name: str) -> None:
    script = resources.bundle(name)
    assert script.isascii()
    assert not script.startswith(b"/*")
    for word in (
        b"import(",
        b"import.meta",
        b"eval(",
        b"new Function",
        b"XMLHttpRequest",
        b"onunload",
        b'"unload"',
    ):
        assert word not in script


@pytest.mark.parametrize("name", SCRIPTS)
def test_bundle_is_small(name: str) -> None:
    limits = {"state": 9_000, "player": 35_000, "print": 4_000, "carry": 4_000}
    limits |= {"cmi5": 20 * 1024, "xapi": 20 * 1024}
    assert len(resources.bundle(name)) <= limits.get(name, 25_000)


def test_the_lms_side_is_one_ascii_script_made_from_its_present_sources() -> None:
    lms = RUNTIME.parent / "lms"
    first = (lms / "bundle.js").read_bytes().partition(b"\n")[0].decode("ascii")
    assert first == f"/* sha256 {hash_of_sources(lms, 'index.js')} */", "run: npm run bundle"
    script = resources.lms_bundle()
    assert script.isascii()
    assert b"coursepackLms=" in script
    for word in (b"import(", b"import.meta", b"eval(", b"new Function", b"XMLHttpRequest", b"fetch("):
        assert word not in script


@pytest.mark.parametrize("name", ["hooks", "delivery"])
def test_statement_hooks_stay_small(name: str) -> None:
    assert len((RUNTIME / "bundles" / f"{name}.js").read_bytes()) <= 12 * 1024

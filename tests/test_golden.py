"""Packages as unpacked text trees, so that a change shows as a diff. Read it before you accept it.

`COURSEPACK_UPDATE_GOLDEN=1 pytest tests/test_golden.py` writes the trees anew.
"""

import io
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from coursepack import compiler

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
TARGETS = ("scorm12", "scorm2004-3", "scorm2004-4", "web")
BUNDLE = re.compile(rb"\b(runtime|state|player|print|carry|hooks)-[0-9a-f]{8}")


def tree(course: Path, target: str) -> dict[str, bytes]:
    """The package's files by name, without bundles and their hashes: those have tests of their own."""
    built = compiler.build(course, (target,))
    assert not built.checked.diagnostics
    (package,) = built.packages
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        names = [name for name in archive.namelist() if not BUNDLE.match(name.encode())]
        return {name: BUNDLE.sub(rb"\1-HASH", archive.read(name)) for name in names}


@pytest.mark.parametrize("target", TARGETS)
def test_minimal_course(target: str, tmp_path: Path) -> None:
    course = tmp_path / "minimal"
    shutil.copytree(ROOT / "tests" / "courses" / "minimal", course)
    found = tree(course, target)
    folder = GOLDEN / "minimal" / target
    if os.environ.get("COURSEPACK_UPDATE_GOLDEN"):
        shutil.rmtree(folder, ignore_errors=True)
        for name, data in found.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    expected = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    assert sorted(found) == sorted(expected)
    for name, data in found.items():
        assert data.decode("utf-8") == expected[name].decode("utf-8"), name

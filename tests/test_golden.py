"""Packages as unpacked text trees, so that a change shows as a diff. Read it before you accept it.

`COURSEPACK_UPDATE_GOLDEN=1 pytest tests/test_golden.py` writes the trees anew.
"""

import io
import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from coursepack import compiler

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
TREES = [
    *(("minimal", target) for target in ("scorm12", "scorm2004-3", "scorm2004-4", "cmi5", "xapi", "web")),
    ("every-block", "web"),
    ("rtl", "scorm12"),
]
BUNDLE = re.compile(r"\b(runtime|state|player|print|carry|hooks)-[0-9a-f]{8}")
STYLE = re.compile(r"(<style>).*?(</style>)", re.DOTALL)
STYLE_HASH = re.compile(r"(style-src &#39;|style-src ')sha256-[^&']+")
CALL = re.compile(r"(coursepack\.\w+\()(.*)(\);?\s*)", re.DOTALL)


def legible(name: str, text: str) -> str:
    """A file for a person to compare: the data of a script line by line.

    Left out is what would be the same in every tree: the style sheet, the player's words, hashes of bundles.
    """
    text = BUNDLE.sub(r"\1-HASH", text)
    if name.endswith(".html"):
        return STYLE_HASH.sub(r"\1sha256-HASH", STYLE.sub(r"\1\2", text))
    call = CALL.fullmatch(text) if name.endswith(".js") else None
    if not call:
        return text
    data = json.loads(call[2])
    data.pop("words", None)
    return f"{call[1]}{json.dumps(data, indent=1, ensure_ascii=False)}{call[3]}".replace("\\n", "\n")


def tree(course: Path, target: str) -> dict[str, str]:
    """The package's texts by name, made legible."""
    built = compiler.build(course, (target,))
    assert not built.checked.diagnostics
    (package,) = built.packages
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        names = [
            name for name in archive.namelist() if not BUNDLE.match(name) and not name.startswith("media/")
        ]
        return {name: legible(name, archive.read(name).decode("utf-8")) for name in names}


@pytest.mark.parametrize(("name", "target"), TREES)
def test_a_package_is_the_tree_that_was_read(name: str, target: str, tmp_path: Path) -> None:
    course = tmp_path / name
    shutil.copytree(ROOT / "tests" / "courses" / name, course)
    found = tree(course, target)
    folder = GOLDEN / name / target
    if os.environ.get("COURSEPACK_UPDATE_GOLDEN"):
        shutil.rmtree(folder, ignore_errors=True)
        for file, text in found.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    expected = {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert sorted(found) == sorted(expected)
    for file, text in found.items():
        assert text == expected[file], file

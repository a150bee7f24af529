"""Every rule has a folder that is laid over the minimal course and yields this code and no other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from coursepack import compiler, explain, report
from coursepack.diagnostics import RULES

HERE = Path(__file__).parent
COURSES = HERE.parent / "courses"
MINIMAL = COURSES / "minimal"
FOLDERS = sorted(path for path in HERE.iterdir() if re.match(r"[A-Z]{3}-\d{3}-", path.name))
ELSEWHERE = re.compile(r"PKG-|CM5-|TIN-|PRF-|LCK-008|REF-016")
"""Findings that no folder can show: of a finished package; of a course without other errors, where the
proofs are a net below all rules; of a lock with thousands of layouts; of a file that may not be read. Their
own tests show them."""


def lay_over(folder: Path, root: Path) -> None:
    """The minimal course with the folder's files over it.

    An empty `course.yaml` takes it away. `name.x500` is written as `name`, 500 times over. `+name` is
    written as `name`, so that names that differ only in case can be kept on any disk.
    """
    shutil.copytree(MINIMAL, root)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != "expected.txt":
            name, _, times = file.name.removeprefix("+").partition(".x")
            target = (root / file.relative_to(folder)).with_name(name)
            if file.name.startswith("+") and target.exists():
                pytest.skip("this disk holds only one of two names that differ in case")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes() * int(times or 1))
    if (root / "course.yaml").stat().st_size == 0:
        (root / "course.yaml").unlink()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_folder_yields_its_code_and_no_other(folder: Path, tmp_path: Path) -> None:
    lay_over(folder, tmp_path / "course")
    locked = folder.name.startswith("LCK-007")
    diagnostics = compiler.check(tmp_path / "course", locked=locked).diagnostics
    assert {item.rule.code for item in diagnostics} == {folder.name[:7]}
    assert report.to_text(diagnostics) + "\n" == (folder / "expected.txt").read_text(encoding="utf-8")


def test_every_rule_has_its_folder() -> None:
    rules = [rule for rule in explain.all_rules() if not ELSEWHERE.match(rule.code)]
    assert [path.name for path in FOLDERS] == [f"{rule.code}-{rule.name}" for rule in rules]


@pytest.mark.parametrize("code", [rule.code for rule in explain.all_rules()])
def test_every_rule_has_a_page(code: str) -> None:
    rule = RULES[code]
    assert len(rule.doc.splitlines()) >= 3
    assert "How to fix:" in rule.doc or code.startswith(("LCK", "PKG", "CM5", "TIN"))
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)


@pytest.mark.parametrize("course", sorted(p.parent.name for p in COURSES.glob("*/course.yaml")))
def test_a_valid_course_is_silent(course: str, tmp_path: Path) -> None:
    root = tmp_path / course
    shutil.copytree(COURSES / course, root)
    assert report.to_text(compiler.check(root).diagnostics) == ""

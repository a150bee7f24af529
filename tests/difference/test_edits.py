"""Forty-three edits of one course and what `coursepack diff` says of each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coursepack.difference.compare import Difference, compare
from coursepack.difference.sides import from_folder
from coursepack.difference.to_text import to_text
from difference.edits import BUT, CASES, NEW, SAFE, Case, write_course


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("tea"))


def difference(old: Path, case: Case, folder: Path) -> Difference:
    new = folder / "new"
    shutil.copytree(old, new)
    case.edit(new)
    return compare(from_folder(old, "old", ""), from_folder(new, "new", ""))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_verdict(case: Case, old: Path, tmp_path: Path) -> None:
    found = difference(old, case, tmp_path)
    text = to_text(found)
    assert found.verdict == case.verdict, text
    assert case.says in text
    assert any(change.place.startswith(case.place) for change in found.changes) or not case.place, text


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_no_status_falls_unless_the_activity_is_new(case: Case, old: Path, tmp_path: Path) -> None:
    found = difference(old, case, tmp_path)
    assert len(found.trials) >= 8
    for trial in found.trials:
        if case.verdict == NEW:
            continue
        assert trial.after is not None
        assert trial.after.completed >= trial.before.completed
        assert trial.after.success == "passed" or trial.before.success != "passed"


def test_a_safe_edit_changes_no_learner(old: Path, tmp_path: Path) -> None:
    for number, case in enumerate(case for case in CASES if case.verdict == SAFE):
        folder = tmp_path / str(number)
        for trial in difference(old, case, folder).trials:
            assert (trial.effect, trial.says) == ("none", ()), (case.name, trial)


def test_the_table_has_every_verdict() -> None:
    assert {case.verdict for case in CASES} == {SAFE, BUT, NEW}
    assert len(CASES) >= 30

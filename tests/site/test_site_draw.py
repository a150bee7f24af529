"""What a quiz says before it starts of the questions it draws."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from coursepack import compiler
from small_courses import choice, quiz

SETTINGS = "spec: 1\nid: https://example.org/courses/draw\ntitle: T\nlanguage: en\ntargets: [web]\n"
BANK = "- {id: a, question: A, answer: true}\n- {id: b, question: B, answer: true}\n"


@pytest.mark.parametrize(
    ("count", "own", "words"),
    [
        (1, (), "1 question, picked anew for each attempt."),
        (2, (), "2 questions."),
        (1, (choice("c"),), "2 questions."),
    ],
)
def test_only_questions_that_change_are_called_picked(
    tmp_path: Path, count: int, own: tuple[str, ...], words: str
) -> None:
    step = quiz("z", *own, attributes=f"attempts=2 draw={count} from=bank")
    for name, text in {
        "course.yaml": SETTINGS,
        "steps/010-one.md": f"# One\n\n{step}",
        "questions/bank.yaml": BANK,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (package,) = compiler.build(tmp_path).packages
    page = zipfile.ZipFile(io.BytesIO(package.data)).read("index.html").decode()
    assert f"<li>{words}</li>" in page

"""Every example of the language reference works, and it names every key, container, type and attribute."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from authoring import SETTINGS, STEP, diagnostics, load

from coursepack.spec import activities, answers, containers
from coursepack.spec.bank_settings import BankQuestion
from coursepack.spec.settings import Settings
from coursepack.spec.steps import StepSettings

PAGE = (Path(__file__).parents[2] / "docs/language.md").read_text()
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FILES: dict[str, str | bytes] = {
    "media/cup.svg": "<svg/>",
    "media/line.svg": "<svg/>",
    "tables/caffeine.csv": "Drink,Milligrams\nTea,45\n",
}


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_an_example_works(tmp_path: Path, kind: str, text: str) -> None:
    if kind == "markdown":
        files = {STEP: text if text.startswith("---") else f"# T\n\n{text}"}
    else:
        files = {"questions/b.yaml": text} if text.startswith("-") else {"course.yaml": text}
    loaded = load(tmp_path, files={"course.yaml": SETTINGS, **FILES, **files})
    assert loaded.course and not diagnostics(loaded)


def test_there_are_examples_of_both_kinds() -> None:
    assert {kind for kind, _ in EXAMPLES} == {"markdown", "yaml"} and len(EXAMPLES) >= 10


def test_everything_has_its_place_on_the_page() -> None:
    names = {*containers.NAMES, *answers.TYPES, *answers.SETTINGS, *activities.QUIZ, *activities.REFLECTION}
    for model in (Settings, StepSettings, BankQuestion):
        names |= {str(info.alias) for info in model.model_fields.values()}
    missing = {
        name
        for name in names
        if not re.search(rf"`(?:\w+\.)?{name}[`.=]|^\s*(?:- )?{name}:", PAGE, re.MULTILINE)
    }
    assert not missing

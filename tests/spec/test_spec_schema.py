"""The JSON Schemas are draft-07, agree with the loader, and say what each key is for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from coursepack.spec.bank_settings import BankQuestion
from coursepack.spec.schema import bank_schema, course_schema
from coursepack.spec.settings import Settings

ROOT = Path(__file__).parents[2]
GOOD: dict[str, Any] = {"spec": 1, "id": "x", "title": "T", "language": "en"}


@pytest.mark.parametrize("schema", [course_schema(), bank_schema()])
def test_a_schema_is_draft_07_and_nothing_newer(schema: dict[str, Any]) -> None:
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    text = json.dumps(schema)
    for newer in ("$defs", "prefixItems", "dependentRequired", "unevaluated"):
        assert newer not in text


@pytest.mark.parametrize(
    "path", [*sorted(ROOT.glob("tests/courses/*/course.yaml")), ROOT / "course_spec/course.yaml"]
)
def test_real_settings_are_valid(path: Path) -> None:
    assert list(Draft7Validator(course_schema()).iter_errors(yaml.safe_load(path.read_text()))) == []


def test_a_real_bank_is_valid() -> None:
    bank = yaml.safe_load((ROOT / "tests/courses/every-block/questions/kettle.yaml").read_text())
    assert list(Draft7Validator(bank_schema()).iter_errors(bank)) == []


@pytest.mark.parametrize(
    "extra",
    [
        {"langauge": "en"},
        {"spec": 2},
        {"report_mastery": True},
        {"completion": {"quizzes": "all"}},
        {"pass": {"score": "80%", "report_mastery": True}},
        {"pass": {}},
        {"targets": ["scorm"]},
        {"title": []},
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(extra: dict[str, Any]) -> None:
    assert list(Draft7Validator(course_schema()).iter_errors({**GOOD, **extra}))


def test_what_the_loader_takes_as_text_the_schema_takes() -> None:
    good = {**GOOD, "version": 1.10, "title": 2026, "keywords": [True, 3], "xapi": None}
    assert list(Draft7Validator(course_schema()).iter_errors(good)) == []


def test_every_key_has_words_for_its_author() -> None:
    told = {"tests", "theme"}
    for name, node in course_schema()["properties"].items():
        assert name in told or "description" in node, name
    for name, node in bank_schema()["definitions"]["BankQuestion"]["properties"].items():
        assert "description" in node, name


def test_keys_are_the_author_s() -> None:
    assert set(course_schema()["properties"]) == {info.alias for info in Settings.model_fields.values()}
    properties = bank_schema()["definitions"]["BankQuestion"]["properties"]
    assert "max-length" in properties and set(properties) == {
        i.alias for i in BankQuestion.model_fields.values()
    }

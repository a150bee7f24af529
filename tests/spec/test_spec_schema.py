"""The JSON Schemas are draft-07, agree with the loader, and say what each key is for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from coursepack.source import Span
from coursepack.spec.bank_settings import BankQuestion
from coursepack.spec.page import Log
from coursepack.spec.schema import bank_schema, course_schema
from coursepack.spec.settings import Settings
from coursepack.spec.validation import validate
from coursepack.spec.yaml import parse_yaml

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


VALUES = (
    *("1", "0", "-1", "1.0", "1.5", "80", "80%", "80 %", "0.8", "1e-1", "1e2", "150%", "-5%", "٨%", "ab%"),
    *("a-b", "A-B", "true", "false", "null", "", "''", "' '", "'80%'", "'1'", "'true'", "0x10", "1_000"),
    *(".5", "+1", ".inf", "2026-01-01", "70000", "1234567", "all", "none", "passed", "required", "web"),
    *("[]", "[a]", "[1, true]", "[null]", "{}", "{a: b}", "[web]", "[[a, b]]", "[[a, b, c]]", "[[a, 1]]"),
    *("{text: a}", "[{text: a}]", "[{text: a, right: true}]", "[{left: a, right: b}]", "likert", "unlimited"),
)
PLACES = {
    "Settings": "{entry}",
    "Completion": "completion: {{{entry}}}",
    "Pass": "pass: {{score: 80%, {entry}}}",
    "Resume": "resume: {{{entry}}}",
    "Cmi5": "cmi5: {{{entry}}}",
    "Verb": "xapi: {{verbs: {{v: {{id: x, {entry}}}}}}}",
    "Extension": "xapi: {{extensions: {{e: {{iri: x, {entry}}}}}}}",
    "Delivery": "xapi: {{hooks: [{{id: h, delivery: {{{entry}}}}}]}}",
    "HookPrivacy": "xapi: {{hooks: [{{id: h, privacy: {{{entry}}}}}]}}",
    "BankQuestion": "{entry}",
}
"""Where the keys of each model stand in a file."""


@pytest.mark.parametrize("name", PLACES)
def test_an_editor_and_the_loader_agree_on_every_value(name: str) -> None:
    model: Any = BankQuestion if name == "BankQuestion" else Settings
    whole = bank_schema() if name == "BankQuestion" else course_schema()
    definitions = whole["definitions"]
    schema = {**definitions[name], "definitions": definitions} if name == "BankQuestion" else whole
    validator = Draft7Validator(schema)
    keys = whole["properties"] if name == "Settings" else definitions[name]["properties"]
    needed = ["id: q", "question: Q"]
    if name != "BankQuestion":
        needed = ["spec: 1", "id: x", "title: T", "language: en"]
    for key in (key for key in keys if key not in ("xapi", "tests", "iri")):
        for value in VALUES:
            entry = PLACES[name].format(entry=f"{key}: {value}")
            if name == "Pass" and key == "score":
                entry = f"pass: {{score: {value}}}"
            lines = [line for line in needed if not entry.startswith(line.split(" ")[0])]
            if (name, key) == ("Verb", "id"):
                entry = f"xapi: {{verbs: {{v: {{id: {value}}}}}}}"
            node, _ = parse_yaml("\n".join([*lines, entry]), "x.yaml")
            assert node is not None
            log = Log()
            validate(model, node, (), log, Span("x.yaml", 1))
            told = [finding.message for finding in log.findings]
            errors = [error.message for error in validator.iter_errors(node.value)]
            if (key, value) not in (("id", "true"), ("id", "false")):  # no author calls a question that
                assert bool(told) == bool(errors), f"{name} {key}: {value}: {told} {errors}"


def test_the_words_beside_a_key_are_those_of_its_place() -> None:
    course, bank = course_schema()["definitions"], bank_schema()["definitions"]
    assert "IRI" in course_schema()["properties"]["id"]["description"]
    assert "IRI" not in bank["BankOption"]["properties"]["id"]["description"]
    assert "ids" in course["Pass"]["properties"]["quizzes"]["description"]
    assert "description" not in course["ActivitySpec"]["properties"]["type"]


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

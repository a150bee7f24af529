"""Every hook with every event and object, at both ends of its values, before two judges that are not ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from judges import learning_locker, ralph
from msgspec.structs import replace

from coursepack import compiler
from coursepack.answers import Register
from coursepack.spec.hook_settings import Xapi
from coursepack.spec.model import Course
from coursepack.xapi.events import EVENTS
from coursepack.xapi.samples import Sample, samples
from coursepack.xapi.table import hook_table

COURSES = Path(__file__).parents[1] / "courses"
FILES = {"media/cup.svg": "media/cup-0123abcd.svg"}
OF_COURSE = [name for name in EVENTS if name.startswith("course.")]


def every_value(name: str) -> dict[str, Any]:
    """A hook that says all that an event tells, as extensions and in text."""
    paths = EVENTS[name].paths
    free = {"free-text": "consent", "purpose": "tested"}
    told = {
        f"https://example.org/x/{path}": f"{{{{{path}" + (" | omit" if paths[path].optional else "") + "}}"
        for path in paths
    }
    text = " ".join(f"{{{{{path} | default('-')}}}}" for path in paths)
    return {
        "id": "all-" + name.replace(".", "-"),
        "event": name,
        "privacy": free,
        "statement": {
            "verb": "experienced",
            "object": {
                "id": "https://example.org/all/{{event.seq}}",
                "type": "interaction",
                "name": text,
                "description": {"en": "All"},
                "more-info": "https://example.org/more",
                "extensions": {"https://example.org/x/a": 1},
            },
            "result": {"extensions": told, "response": "{{event.name}}"},
            "context": {"parent": [{"ref": "parent"}] if "parent" in EVENTS[name].refs else []},
        },
    }


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Register]:
    root = tmp_path_factory.mktemp("course") / "answers"
    shutil.copytree(COURSES / "answers", root)
    checked = compiler.check(root)
    assert checked.course and checked.register
    xapi = Xapi.model_validate(
        {
            "privacy": {"free-text-allowed": True},
            "platform": "Tests",
            "hooks": [every_value(name) for name in EVENTS],
        }
    )
    settings = checked.course.settings.model_copy(update={"xapi": xapi})
    return replace(checked.course, settings=settings), checked.register


def judged(found: Sequence[Sample]) -> list[str]:
    said = [f"{one.hook} {one.event} {one.end}: {words}" for one in found for words in ralph(one.statement)]
    return said + learning_locker([one.statement for one in found])


def test_every_hook_and_event_is_valid_before_both_judges(read: tuple[Course, Register]) -> None:
    found = samples(*read, "scorm2004-4", FILES)
    assert {one.event for one in found} == {*EVENTS}
    assert {one.end for one in found} == {"least", "most"}
    assert judged(found) == []


def test_the_judges_see_what_is_wrong(read: tuple[Course, Register]) -> None:
    (first, *_) = samples(*read, "scorm2004-4", FILES)
    for path, value in (
        (("verb", "id"), "answered"),
        (("actor", "account", "homePage"), "lms"),
        (("object", "definition", "interactionType"), "quiz"),
        (("context", "registration"), "12"),
        (("timestamp",), "yesterday"),
    ):
        broken = deepcopy(first.statement)
        inner = broken
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        assert ralph(broken), path
        assert learning_locker([broken]), path


@pytest.mark.parametrize("target", ["cmi5", "xapi"])
def test_a_session_that_speaks_for_itself_needs_no_default_hooks_on_the_course(
    target: str, read: tuple[Course, Register]
) -> None:
    course = replace(read[0], settings=read[0].settings.model_copy(update={"xapi": None}))
    found = samples(course, read[1], target)
    assert {one.hook for one in found} >= {"page-viewed", "question-answered"}
    assert not any(one.hook.startswith("course-") for one in found)
    assert samples(course, read[1], "scorm12") == []
    assert judged(found) == []


@pytest.mark.parametrize("target", ["scorm2004-4", "cmi5"])
def test_each_sample_is_a_statement_of_its_own(target: str, read: tuple[Course, Register]) -> None:
    course = replace(read[0], settings=read[0].settings.model_copy(update={"xapi": Xapi()}))
    ids = [one.statement["id"] for one in samples(course, read[1], target)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("when", "each", "ends"),
    [
        ({"path": "progress.percent", "op": "in", "value": [25, 50, 75]}, True, [25, 75]),
        ({"any": [{"path": "progress.percent", "op": "eq", "value": 40}]}, True, [40, 40]),
        ({"path": "progress.percent", "op": "gte", "value": 60}, False, [60, 100]),
        ({"not": {"path": "progress.percent", "op": "in", "value": [1, 100]}}, False, [2, 99]),
        (None, False, [1, 100]),
    ],
)
def test_percents_that_a_condition_names_are_told_apart(
    when: object, each: bool, ends: list[int], read: tuple[Course, Register]
) -> None:
    statement = {
        "verb": "progressed",
        "object": {"ref": "course"},
        "result": {"extensions": {"progress": "{{progress.percent}}"}},
    }
    hook = {"id": "far", "event": "course.progressed", "when": when, "statement": statement}
    xapi = Xapi.model_validate({"defaults": "off", "hooks": [{**hook, "delivery": {"once": "attempt"}}]})
    course = replace(read[0], settings=read[0].settings.model_copy(update={"xapi": xapi}))
    table = hook_table(course, read[1], "scorm12")
    assert table and table["hooks"][0].get("each") == ("progress.percent" if each else None)
    told = [one.statement["result"]["extensions"] for one in samples(course, read[1], "scorm12")]
    assert [one["https://w3id.org/xapi/cmi5/result/extensions/progress"] for one in told] == ends


def test_no_statement_says_the_learners_words_without_consent(read: tuple[Course, Register]) -> None:
    course = replace(read[0], settings=read[0].settings.model_copy(update={"xapi": Xapi()}))
    texts = json.dumps([one.statement for one in samples(course, read[1], "web")])
    assert "WWW" not in texts and "xxxx" not in texts
    assert "WWW" in json.dumps([one.statement for one in samples(*read, "web")])

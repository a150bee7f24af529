"""The LRS of the tests refuses what it must: nothing it lets through can be trusted otherwise."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from lrs.server import Fault, TrialLrs
from lrs.shape import faults_of

GOOD: dict[str, Any] = {
    "id": "6f0d7e2e-3f0d-4f6a-9a55-3d0a6a0b8f11",
    "timestamp": "2026-03-04T10:15:30.250Z",
    "actor": {"account": {"homePage": "https://lms.example.org/", "name": "p-7"}},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
    "object": {
        "id": "https://courses.example.org/c/question/q3",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "interactionType": "choice",
            "correctResponsesPattern": ["b"],
            "choices": [{"id": "a", "description": {"en": "A"}}, {"id": "b"}],
        },
    },
    "result": {"response": "b", "success": True, "score": {"scaled": 1, "raw": 2, "min": 0, "max": 2}},
    "context": {"registration": "2c1c2f6e-6f1d-4f2e-8d3e-0b1b6b7a9c10", "language": "en", "revision": "1"},
}

BROKEN = {
    "no actor": lambda s: s.pop("actor"),
    "two identities": lambda s: s["actor"].update(mbox="mailto:a@example.org"),
    "a null": lambda s: s["result"].update(response=None),
    "an empty object": lambda s: s.update(result={}),
    "a number as response": lambda s: s["result"].update(response=3),
    "text as success": lambda s: s["result"].update(success="true"),
    "true as a number": lambda s: s["result"]["score"].update(raw=True),
    "scaled in percent": lambda s: s["result"]["score"].update(scaled=85),
    "raw above max": lambda s: s["result"]["score"].update(raw=3),
    "min like max": lambda s: s["result"]["score"].update(raw=2, min=2),
    "a clock as duration": lambda s: s["result"].update(duration="00:01:02"),
    "three decimals": lambda s: s["result"].update(duration="PT1.234S"),
    "a relative id": lambda s: s["object"].update(id="quiz/q3"),
    "another type's parts": lambda s: s["object"]["definition"].update(scale=[{"id": "a"}]),
    "an id twice": lambda s: s["object"]["definition"].update(choices=[{"id": "a"}, {"id": "a"}]),
    "no type of interaction": lambda s: s["object"]["definition"].pop("interactionType"),
    "an underscore tag": lambda s: s["context"].update(language="en_GB"),
    "one parent, no list": lambda s: s["context"].update(
        contextActivities={"parent": {"id": "https://x.y/"}}
    ),
    "an unknown key": lambda s: s.update(extra=1),
    "a time without zone": lambda s: s.update(timestamp="2026-03-04T10:15:30.250"),
    "a short extension": lambda s: s["context"].update(extensions={"part": 1}),
}


def copy(**changes: Any) -> dict[str, Any]:
    return {**json.loads(json.dumps(GOOD)), **changes}


@pytest.fixture
def lrs() -> Iterator[TrialLrs]:
    with TrialLrs(authorization="Basic abc") as lrs:
        yield lrs


def post(lrs: TrialLrs, batch: object, **headers: str) -> int:
    sent = {
        "Authorization": "Basic abc",
        "Content-Type": "application/json",
        "X-Experience-API-Version": "1.0.3",
        **headers,
    }
    request = urllib.request.Request(
        f"{lrs.url()}statements", json.dumps(batch).encode(), sent, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_statement_is_refused(name: str) -> None:
    broken = copy()
    BROKEN[name](broken)
    assert list(faults_of(GOOD)) == []
    assert list(faults_of(broken))


def test_a_batch_is_kept_whole_or_not_at_all(lrs: TrialLrs) -> None:
    second = copy(id="6f0d7e2e-3f0d-4f6a-9a55-3d0a6a0b8f12")
    assert post(lrs, [second, copy(verb={})]) == 400
    assert lrs.statements.all() == []
    assert post(lrs, [GOOD, second]) == 200
    assert len(lrs.statements.held) == 2


def test_the_same_again_is_fine_and_another_content_is_a_conflict(lrs: TrialLrs) -> None:
    assert post(lrs, GOOD) == post(lrs, GOOD) == 200
    assert lrs.statements.again == [GOOD["id"]]
    third = copy(id="6f0d7e2e-3f0d-4f6a-9a55-3d0a6a0b8f13")
    assert post(lrs, [copy(timestamp="2026-03-04T10:15:31.250Z"), third]) == 409
    assert lrs.statements.all() == [GOOD]
    assert post(lrs, [third, third]) == 400


def test_it_asks_for_credentials_version_and_type(lrs: TrialLrs) -> None:
    assert post(lrs, GOOD, Authorization="Basic other") == 401
    assert post(lrs, GOOD, **{"X-Experience-API-Version": "0.9"}) == 400
    assert post(lrs, GOOD, **{"Content-Type": "text/plain"}) == 400
    assert lrs.statements.all() == []


def test_it_fails_as_ordered(lrs: TrialLrs) -> None:
    lrs.fail(Fault(status=503, headers={"Retry-After": "1"}))
    lrs.fail(Fault(status=500, after=True))
    assert post(lrs, GOOD) == 503
    assert lrs.statements.all() == []
    assert post(lrs, GOOD) == 500
    assert lrs.statements.all() == [GOOD]
    assert post(lrs, GOOD) == 200

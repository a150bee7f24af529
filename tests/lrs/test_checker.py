"""The checker of sessions finds each fault that is put into a good session."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest

from lrs.checker import MASTERY, MOVE_ON, PROGRESS, violations
from lrs.cmi5 import ACTIVITY, ACTOR, CATEGORY, Cmi5Lms, Session
from lrs.server import Request

Batch = list[dict[str, Any]]


def statement(session: Session, name: str, second: int, **result: Any) -> dict[str, Any]:
    context = deepcopy(session.data["contextTemplate"])
    moves = {"success", "completion"} & set(result)
    context["contextActivities"]["category"] += [
        {"id": iri} for iri in (CATEGORY, MOVE_ON)[: 1 + bool(moves)]
    ]
    if "success" in result:
        context["extensions"][MASTERY] = session.data["masteryScore"]
    return {
        "id": str(uuid4()),
        "timestamp": f"2026-01-01T00:00:{second:02}.000Z",
        "actor": ACTOR,
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{name}", "display": {"en": name}},
        "object": {"id": ACTIVITY},
        **({"result": {**result, "duration": f"PT{second}S"}} if name != "initialized" else {}),
        "context": {**context, "registration": session.registration},
    }


def good(session: Session) -> Batch:
    passed = {"success": True, "score": {"scaled": 0.9}}
    return [
        statement(session, "initialized", 0),
        statement(session, "completed", 2, completion=True),
        statement(session, "passed", 3, **passed),
        statement(session, "terminated", 4),
    ]


def found(change: Callable[[Batch], Any]) -> str:
    lms = Cmi5Lms()
    lms.launch(masteryScore=0.8)
    session = lms.sessions[0]
    batch = good(session)
    change(batch)
    session.fetches.append("POST")
    agent = json.dumps(ACTOR)
    about = {
        "stateId": "LMS.LaunchData",
        "activityId": ACTIVITY,
        "agent": agent,
        "registration": session.registration,
    }
    profile = {"profileId": "cmi5LearnerPreferences", "agent": agent}
    asked = [("GET", "activities/state", about, b""), ("GET", "agents/profile", profile, b"")]
    asked += [("POST", "statements", {}, json.dumps(each).encode()) for each in batch]
    session.entries += [(Request(*each[:3], {}, each[3], 0.0), 200) for each in asked]
    lms.server.server_close()
    return " ".join(violations(lms))


BROKEN: dict[str, Callable[[Batch], Any]] = {
    "R8": lambda batch: batch.insert(1, batch.pop(0)),
    "R9: session id": lambda batch: batch[1]["context"]["extensions"].clear(),
    "R9: actor": lambda batch: batch[1].update(actor={**ACTOR, "objectType": "Agent"}),
    "R9: registration": lambda batch: batch[1]["context"].pop("registration"),
    "R10": lambda batch: batch[1]["context"]["contextActivities"]["grouping"].reverse(),
    "R11": lambda batch: batch[1]["object"].update(id="https://lms.example.org/other"),
    "R12": lambda batch: batch[1]["verb"].update(id="http://adlnet.gov/expapi/verbs/answered"),
    "R13": lambda batch: batch[1]["context"]["contextActivities"]["category"].pop(),
    "R14: a score": lambda batch: batch[1]["result"].update(score={"scaled": 1}),
    "R14: result": lambda batch: batch[2]["result"].update(completion=True),
    "R15": lambda batch: batch[2]["result"].update(score={"scaled": 0.7}),
    "R16": lambda batch: batch[2]["context"]["extensions"].update({MASTERY: 0.80001}),
    "R17": lambda batch: batch[2]["result"]["score"].update(raw=0.5),
    "R20": lambda batch: batch[2]["result"].update(extensions={PROGRESS: 40}),
    "R21": lambda batch: batch.append(batch.pop(1)),
    "R8/R18": lambda batch: batch.insert(1, {**batch[1], "id": str(uuid4())}),
    "R24": lambda batch: batch[1]["verb"].update(id="http://adlnet.gov/expapi/verbs/voided"),
    "S1": lambda batch: batch[1].update(id="1"),
    "S8": lambda batch: batch[1]["result"].update(duration="PT90S"),
    "S9": lambda batch: batch[2].update(timestamp="2026-01-01T00:00:01.000Z"),
}


def test_a_good_session_has_no_fault() -> None:
    assert found(lambda batch: None) == ""


@pytest.mark.parametrize("rule", BROKEN)
def test_a_fault_is_found(rule: str) -> None:
    assert rule in found(BROKEN[rule])

"""What a record store holds after a visit, as an LMS reads it: its own verbs decide, all are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from coursepack.preview.session.store import VERBS, Opened
from coursepack.rehearsal.contents import Stage

Statement = Mapping[str, Any]
MOVES_ON: Mapping[str, Callable[[bool, bool], bool]] = {
    "Passed": lambda _, passed: passed,
    "Completed": lambda done, _: done,
    "CompletedAndPassed": lambda done, passed: done and passed,
    "CompletedOrPassed": lambda done, passed: done or passed,
}
"""By `completed` and `passed`; NotApplicable, and whatever else stands there, asks for nothing."""
REASONS = {
    "cmi5": (
        ("cmi5 9.3.3 to 9.3.5", "completed, passed and failed are what the course says; the first two once."),
        ("cmi5 10.2.4", "The unit counts as done when its moveOn is met."),
        ("cmi5 9.3.8", "Only the course's own button ends a session; the LMS abandons one that was left."),
    ),
    "xapi": (
        ("left open", "What an xAPI course comes to is up to whoever reads its statements."),
        ("left open", "Shown is what its own completed, passed and failed say."),
    ),
}
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?\Z")


def summary(stage: Stage, opened: Opened) -> dict[str, Any]:
    """The record in the shape of `Summary` in `lms/contract.d.ts`, with `statements` beside it."""
    held = list(opened.registration.statements.values())
    own = [one for one in held if one["object"].get("id") == opened.activity]
    told = {_verb(one): one for one in own}
    done, passed = "completed" in told, "passed" in told
    state = _state(opened)
    return {
        "edition": stage.target,
        "profile": "strict",
        "attempt": 1,
        "status": {"completion": "completed" if done else "incomplete", "success": _success(told)},
        "score": _score(own),
        "progress": _progress(own),
        "time": _time(stage.target, own),
        "location": "",
        "state": {"length": len(state), "limit": None},
        "exit": None,
        "next": {"entry": "resume" if state else "ab-initio", "data": bool(state)},
        "interactions": list(_interactions(held)),
        "objectives": [],
        "comments": [],
        "gradebook": {"known": False, "text": "depends on the LMS", "points": None, "outOf": None},
        "completion": _tick(stage, done, passed),
        "statements": in_short(held),
        "reasons": [
            {"line": stage.target, "evidence": evidence, "says": says}
            for evidence, says in REASONS.get(stage.target, ())
        ],
    }


def in_short(statements: Iterable[Statement]) -> list[str]:
    """How often each verb was said, by the verb's last word."""
    counts = Counter(_verb(one) for one in statements)
    return [f"{verb} {count}" for verb, count in sorted(counts.items())]


def _verb(statement: Statement) -> str:
    name = str(statement["verb"]["id"])
    return name.removeprefix(VERBS).rstrip("/").rpartition("/")[2].rpartition("#")[2]


def _success(told: Mapping[str, Statement]) -> str:
    return "passed" if "passed" in told else "failed" if "failed" in told else "unknown"


def _score(own: Sequence[Statement]) -> dict[str, str | None]:
    """Of the judgement that counts: passed, else the last failed."""
    judged = [one for one in own if _verb(one) in ("passed", "failed") and one.get("result", {}).get("score")]
    best = [one for one in judged if _verb(one) == "passed"] or judged
    score = best[-1]["result"]["score"] if best else {}
    return {name: _text(score.get(name)) for name in ("scaled", "raw", "min", "max")}


def _progress(own: Sequence[Statement]) -> str | None:
    """Per cent, from the last statement that tells it."""
    name = "https://w3id.org/xapi/cmi5/result/extensions/progress"
    said = [one["result"]["extensions"][name] for one in own if name in _extensions(one)]
    return _text(said[-1]) if said else None


def _extensions(statement: Statement) -> Mapping[str, Any]:
    found = statement.get("result", {}).get("extensions", {})
    return found if isinstance(found, dict) else {}


def _time(target: str, own: Sequence[Statement]) -> dict[str, Any]:
    """cmi5: the sessions that ended, together. xAPI: the longest time that a statement tells."""
    spent = [
        seconds(str(one.get("result", {}).get("duration", "")))
        for one in own
        if target != "cmi5" or _verb(one) == "terminated"
    ]
    total = sum(spent) if target == "cmi5" else max(spent, default=0.0)
    return {"text": f"PT{total:.2f}S", "seconds": total}


def seconds(duration: str) -> float:
    """Of an ISO 8601 duration without days; 0 for any other text."""
    found = _DURATION.match(duration)
    if not found:
        return 0.0
    hours, minutes, rest = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def _state(opened: Opened) -> str:
    """The longest document that the course keeps in State."""
    texts = [
        data.decode("utf-8", "replace")
        for key, (data, _) in opened.registration.documents.items()
        if key[0] == "state"
    ]
    return max(texts, key=len, default="")


def _interactions(held: Iterable[Statement]) -> Iterable[dict[str, Any]]:
    for one in held:
        definition = one["object"].get("definition", {})
        if definition.get("interactionType") is None:
            continue
        result = one.get("result", {})
        judged = {True: "correct", False: "incorrect"}.get(result.get("success"), "")
        yield {
            "id": str(one["object"].get("id", "")).rpartition("/")[2],
            "type": str(definition["interactionType"]),
            "time": str(one.get("timestamp", "")),
            "response": str(result.get("response", "")),
            "correct": list(definition.get("correctResponsesPattern", [])),
            "result": judged,
            "weighting": "",
            "latency": str(result.get("duration", "")),
            "description": "",
        }


def _tick(stage: Stage, done: bool, passed: bool) -> dict[str, Any]:
    if stage.target != "cmi5":
        return {"known": False, "text": "depends on the reader", "ticked": None, "rule": ""}
    rule = str(stage.facts.get("moveOn", "NotApplicable"))
    met = rule not in MOVES_ON or MOVES_ON[rule](done, passed)
    text = "satisfied" if met else f"not satisfied: moveOn is {rule}"
    return {"known": True, "text": text, "ticked": met, "rule": f"moveOn {rule}"}


def _text(value: Any) -> str | None:
    return None if value is None else f"{value:g}" if isinstance(value, float) else str(value)

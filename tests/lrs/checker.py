"""Judges the sessions of one registration by what cmi5 asks of an assignable unit (R) and its statements (S).

Each finding begins with the number of the requirement; a good registration has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from lrs.cmi5 import CATEGORY, CMI5, SESSION, Cmi5Lms, Session, categories, is_defined, verb
from lrs.server import Request
from lrs.shape import UUID

VERBS = "http://adlnet.gov/expapi/verbs/"
OWN = ("initialized", "completed", "passed", "failed", "terminated")
MOVE_ON = f"{CMI5}context/categories/moveon"
MASTERY = f"{CMI5}context/extensions/masteryscore"
PROGRESS = f"{CMI5}result/extensions/progress"
Statement = dict[str, Any]


def violations(lms: Cmi5Lms) -> list[str]:
    """All that is wrong with what the LMS has seen so far."""
    found = [f"LRS: {text}" for text in lms.complaints]
    found += [f"S15: {id_} came again with another content" for id_ in lms.statements.conflicts]
    for session in lms.sessions:
        number = lms.sessions.index(session) + 1
        for check in SESSION_CHECKS:
            found += [f"{text} (session {number})" for text in check(session)]
        for statement in session.statements():
            for rule in STATEMENT_CHECKS:
                found += [
                    f"{text} (session {number}, {verb(statement)})" for text in rule(session, statement)
                ]
    return found + list(once_per_registration(lms.sessions))


# ---- one session -----------------------------------------------------------------------------------------


def start(session: Session) -> Iterator[str]:
    """R2 to R6: the token once, launch data and preferences before the first statement."""
    if session.fetches not in ([], ["POST"]):
        yield f"R2: the fetch URL was asked {session.fetches}"
    kinds = [kind(request) for request, _ in session.entries]
    if not kinds:
        return
    first = kinds.index("POST statements") if "POST statements" in kinds else len(kinds)
    for needed, rule in (("GET LMS.LaunchData", "R4"), ("GET cmi5LearnerPreferences", "R6")):
        if first < len(kinds) and needed not in kinds[:first]:
            yield f"{rule}: {needed} not before the first statement: {kinds[:first]}"
    for request, _ in session.entries:
        yield from addressed(session, request)


def addressed(session: Session, request: Request) -> Iterator[str]:
    """R4, R5, R24, R28, R30: each request names actor, activity and registration of the launch."""
    if request.path == "activities/state":
        expected = {"activityId": session.activity, "registration": session.registration}
        for name, value in expected.items():
            if request.query.get(name) != value:
                yield f"R4: {name} is {request.query.get(name)!r}"
        if request.query.get("stateId") == "LMS.LaunchData" and request.method != "GET":
            yield f"R5: {request.method} of the launch data"
        if (
            request.method in ("PUT", "POST")
            and not {"if-match", "if-none-match"} & set(request.headers)
            and request.method == "PUT"
        ):
            yield "R30: a PUT without concurrency header"
    if "agent" in request.query and json.loads(request.query["agent"]) != session.actor:
        yield f"R9: agent is {request.query['agent']}"
    if "method" in request.query:
        yield "R28: alternate request syntax"


def order(session: Session) -> Iterator[str]:
    """R8, R18, R21, R22: initialized first and alone, terminated last, each once; nothing after it."""
    verbs = session.verbs()
    statements = session.statements()
    for name in ("initialized", "terminated", "completed", "passed", "failed"):
        if verbs.count(name) > 1:
            yield f"R8/R18: {name} {verbs.count(name)} times"
    if statements and verb(statements[0]) != "initialized":
        yield f"R8: {verb(statements[0])} comes first"
    if "passed" in verbs and "failed" in verbs:
        yield "R18: passed and failed in one session"
    times = [statement["timestamp"] for statement in statements if is_defined(statement)]
    if times != sorted(times):
        yield f"S9: times go back: {times}"
    if statements and min(s["timestamp"] for s in statements) < statements[0]["timestamp"]:
        yield "R8: a statement is older than initialized"
    ended = False
    for request, status in session.entries:
        if ended:
            yield f"R21: {kind(request)} after terminated ({status})"
        if request.path == "statements" and request.method == "POST":
            body = json.loads(request.body)
            batch = body if isinstance(body, list) else [body]
            names = [verb(each) for each in batch if is_defined(each)]
            if "initialized" in names and len(batch) > 1:
                yield "R8: initialized is not alone"
            if "terminated" in names and (len(batch) > 1 and verb(batch[-1]) != "terminated"):
                yield "R22: something after terminated in one batch"
            ended = ended or ("terminated" in names and status == 200)


def modes(session: Session) -> Iterator[str]:
    """R19: looking on or looking back, nothing is judged and nothing is saved."""
    if session.mode == "Normal":
        return
    if extra := set(session.verbs()) - {"initialized", "terminated"}:
        yield f"R19: {sorted(extra)} in {session.mode}"
    writes = [kind(request) for request, _ in session.entries if request.method in ("PUT", "DELETE")]
    if writes:
        yield f"R19: {writes} in {session.mode}"


def progress_before_completed(session: Session) -> Iterator[str]:
    """R20: progress is a whole number, and not told on or after completed."""
    done = False
    for statement in session.statements():
        far = statement.get("result", {}).get("extensions", {}).get(PROGRESS)
        done = done or (is_defined(statement) and verb(statement) == "completed")
        if far is not None and (type(far) is not int or not 0 <= far <= 100):
            yield f"R20: progress is {far!r}"
        if far is not None and done and is_defined(statement):
            yield f"R20: progress {far} with or after completed"


# ---- one statement ---------------------------------------------------------------------------------------


def every_statement(session: Session, statement: Statement) -> Iterator[str]:
    """R9, R10, R24, S1, S9, S11."""
    context = statement.get("context", {})
    if not re.fullmatch(UUID, statement.get("id", "")) or statement["id"][14] not in "45":
        yield f"S1: id {statement.get('id')}"
    if statement.get("actor") != session.actor:
        yield f"R9: actor {statement.get('actor')}"
    if context.get("registration") != session.registration:
        yield f"R9: registration {context.get('registration')}"
    if context.get("extensions", {}).get(SESSION) != session.id:
        yield f"R9: session id {context.get('extensions', {}).get(SESSION)}"
    if not str(statement.get("timestamp", "")).endswith("Z"):
        yield f"R9: time {statement.get('timestamp')}"
    if verb(statement) == "voided":
        yield "R24: voided"
    template = session.data["contextTemplate"]
    for name, entries in template["contextActivities"].items():
        if context.get("contextActivities", {}).get(name, [])[: len(entries)] != entries:
            yield f"R10: {name} does not begin with the template's"
    for name, value in template["extensions"].items():
        if context.get("extensions", {}).get(name) != value:
            yield f"R9: extension {name}"


def defined_statement(session: Session, statement: Statement) -> Iterator[str]:
    """R11 to R17, S7, S8."""
    if not is_defined(statement):
        if MOVE_ON in categories(statement):
            yield "R13: moveon on an allowed statement"
        return
    name, result = verb(statement), statement.get("result", {})
    if statement["verb"]["id"] != VERBS + name or name not in OWN:
        yield f"R12: verb {statement['verb']['id']}"
    if statement["object"]["id"] != session.activity:
        yield f"R11: object {statement['object']['id']}"
    moves = "success" in result or "completion" in result
    if (MOVE_ON in categories(statement)) != moves:
        yield "R13: moveon category and result do not agree"
    expected = {"passed": ("success", True), "failed": ("success", False), "completed": ("completion", True)}
    told = {key: result[key] for key in ("success", "completion") if key in result}
    if told != (dict([expected[name]]) if name in expected else {}):
        yield f"R14: result {told}"
    if "score" in result and name not in ("passed", "failed"):
        yield "R14: a score"
    if name != "initialized":
        yield from duration(session, statement, result.get("duration", ""))
    yield from judgement(session, statement)


def duration(session: Session, statement: Statement, text: str) -> Iterator[str]:
    found = re.fullmatch(r"PT(\d+(?:\.\d{1,2})?)S", text)
    if not found:
        yield f"S8: duration {text!r}"
        return
    begin = next(each["timestamp"] for each in session.statements())
    spent = datetime.fromisoformat(statement["timestamp"]) - datetime.fromisoformat(begin)
    if float(found[1]) > spent.total_seconds() + 5:
        yield f"S8: duration {text} in a session of {spent}"


def judgement(session: Session, statement: Statement) -> Iterator[str]:
    name, mastery = verb(statement), session.data.get("masteryScore")
    extensions = statement["context"]["extensions"]
    score = statement.get("result", {}).get("score", {})
    if (MASTERY in extensions) != (mastery is not None and name in ("passed", "failed")):
        yield f"R16: masteryscore extension {extensions.get(MASTERY)}"
    elif MASTERY in extensions and extensions[MASTERY] != mastery:
        yield f"R16: masteryscore {extensions[MASTERY]} is not {mastery}"
    scaled = score.get("scaled")
    if scaled is not None and not 0 <= scaled <= 1:
        yield f"R17: scaled {scaled}"
    if any(type(score[key]) is not int for key in ("raw", "min", "max") if key in score):
        yield f"R17: {score}"
    if mastery is not None and name == "passed" and (scaled is None or scaled < mastery):
        yield f"R15: passed with {scaled} of {mastery}"
    if mastery is not None and name == "failed" and scaled is not None and scaled >= mastery:
        yield f"R15: failed with {scaled} of {mastery}"


# ---- all sessions ----------------------------------------------------------------------------------------


def once_per_registration(sessions: Sequence[Session]) -> Iterator[str]:
    """R18 over sessions."""
    seen: dict[str, list[str]] = {}
    for session in sessions:
        told = seen.setdefault(session.registration + session.activity, [])
        for name in session.verbs():
            if name in ("completed", "passed") and name in told:
                yield f"R18: {name} again in a later session"
            if name == "failed" and "passed" in told:
                yield "R18: failed after passed"
            told.append(name)


def kind(request: Request) -> str:
    return (
        f"{request.method} {request.query.get('stateId') or request.query.get('profileId') or request.path}"
    )


SESSION_CHECKS: tuple[Callable[[Session], Iterator[str]], ...] = (
    start,
    order,
    modes,
    progress_before_completed,
)
STATEMENT_CHECKS: tuple[Callable[[Session, Statement], Iterator[str]], ...] = (
    every_statement,
    defined_statement,
)
__all__ = ["CATEGORY", "violations"]

"""The record store over HTTP: who is not the launched course gets nothing, and nothing can be forced in."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from coursepack.preview.session.shapes import RefusedError
from coursepack.preview.session.store import VERBS, Store
from preview.test_preview_guard import ask

ASKED = {"kind": "cmi5", "course": "c", "item": "https://example.org/au", "href": "index.html", "facts": {}}


def statement(verb: str, **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "actor": {"mbox": "mailto:a@example.org"},
        "verb": {"id": VERBS + verb},
        "object": {"id": "https://example.org/au"},
        **more,
    }


def told() -> tuple[Store, list[tuple[str, Any]]]:
    heard: list[tuple[str, Any]] = []
    return Store(lambda name, data: heard.append((name, data))), heard


def test_an_lms_that_lies_takes_everything_and_keeps_nothing() -> None:
    store, heard = told()
    opened = store.opened(store.launch(ASKED, "http://x")["launch"])
    opened.trouble = "lie"
    first = statement("initialized")
    assert store.add(opened, first) == [first["id"]]
    key = ("state", "a", "b", "", "bookmark")
    store.put(opened, key, b"{}", "application/json", ("", ""))
    assert store.document(opened, key) is None
    assert [one["verb"]["id"] for one in opened.registration.statements.values()] == [VERBS + "launched"]
    assert [name for name, _ in heard] == ["statement"]
    opened.trouble = "ok"
    store.put(opened, key, b"{}", "application/json", ("", ""))
    opened.trouble = "lie"
    store.remove(opened, key)
    assert store.document(opened, key) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        "text",
        7,
        {},
        {"verb": "passed"},
        statement("passed", id="no uuid"),
        statement("passed", actor=[]),
        statement("passed", object=None),
        [statement("initialized"), {}],
    ],
)
def test_statements_that_are_none_change_nothing(wrong: Any) -> None:
    store, _ = told()
    opened = store.opened(store.launch(ASKED, "http://x")["launch"])
    if wrong == []:
        assert store.add(opened, wrong) == []
    else:
        with pytest.raises(RefusedError):
            store.add(opened, wrong)
    assert len(opened.registration.statements) == 1
    assert not opened.begun


def test_what_only_the_launched_course_may(preview: Callable[..., Any], course: Path) -> None:
    running = preview(course)

    def send(path: str, value: Any = None, method: str = "POST", **headers: str) -> tuple[int, Any]:
        body = None if value is None else value if isinstance(value, bytes) else json.dumps(value).encode()
        status, data, _ = ask(running, path, method, body, **headers)
        return status, data

    made = json.loads(send("/lrs/launches", ASKED)[1])
    root = f"/lrs/{made['launch']}"
    fetch = urlsplit(parse_qs(urlsplit(made["url"]).query)["fetch"][0]).path
    assert fetch == f"{root}/fetch"
    token = json.loads(send(fetch)[1])["auth-token"]
    assert "error-code" in json.loads(send(fetch)[1])

    right = {"Authorization": f"Basic {token}", "X_Experience_API_Version": "1.0.3"}
    statements = f"{root}/xapi/statements"
    assert send(statements, statement("initialized"))[0] == 401
    assert send(statements, statement("initialized"), **{**right, "Authorization": "Basic guess"})[0] == 401
    assert send(statements, statement("passed"), **right)[0] == 403
    assert send(statements, statement("initialized"), **right)[0] == 200
    assert send(statements, statement("initialized"), **right)[0] == 403
    assert send(statements, b"[" * 100_000, **right)[0] == 400
    assert send(statements, **right, Content_Length=str((1 << 20) + 1))[0] == 413
    assert send(f"{statements}?statementId=..%2f..", method="GET", **right)[0] == 404
    assert send(f"{root}/xapi/..%2f..%2fshow", method="GET", **right)[0] == 404
    assert send(f"{root}/xapi/activities/state", method="GET", **right)[0] == 400
    assert send(f"{root}/xapi/activities/state?activityId=a&agent=%5B%5B", method="GET", **right)[0] == 400
    for trouble in ({"commits": "x", "delay": -5}, {"commits": {}, "delay": "1e9"}, {"delay": 1e12}):
        status, answer = send(f"{root}/trouble", trouble)
        assert status == 200
        assert json.loads(answer)["commits"] == "ok"
        assert 0 <= json.loads(answer)["delay"] <= 30_000
    for path in ("/lrs/nobody/fetch", "/lrs/nobody/trouble", "/lrs/nobody/xapi/statements"):
        assert send(path, {})[0] == 404, path
    assert send("/lrs/launches", [1])[0] == 400
    assert send("/lrs/launches", {"kind": ["x"], "learner": 5, "facts": "y", "href": None})[0] == 200

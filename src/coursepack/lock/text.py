"""course.lock as text: one JSON object a line, sorted by number: git shows and merges single things."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from coursepack.diagnostics import Finding
from coursepack.lock.register import KINDS, Edition, Part, Register, Row, Thing
from coursepack.lock.rules import DAMAGED, FUTURE, MERGE, NOT_OURS, RESTORE, TWICE, place

VERSION = 1
ABOUT = "Permanent numbers of this course, written by coursepack build. Commit this file and never edit it."
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def to_text(register: Register) -> str:
    """The text of course.lock."""
    lines: list[dict[str, Any]] = [{"course.lock": VERSION, "about": ABOUT}]
    lines += [_thing_data(thing) for thing in register.things]
    checksum = ""
    for edition in register.editions:
        data = _edition_data(edition)
        checksum = _checksum(checksum, data)
        lines.append({**data, "sum": checksum})
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def _thing_data(thing: Thing) -> dict[str, Any]:
    data: dict[str, Any] = {"n": thing.n, thing.kind: thing.id, "text": thing.text}
    if thing.retired:
        data["retired"] = True
    if thing.answers:
        data["answers"] = list(thing.answers)
    if thing.answer != len(thing.answers):
        data["answer"] = thing.answer
    if thing.parts:
        data["parts"] = [_part_data(part) for part in thing.parts]
    if thing.rights:
        data["rights"] = [_part_data(part) for part in thing.rights]
    return data


def _part_data(part: Part) -> list[Any]:
    """`[n, id, hash]`, then 1 if retired, then the right side of a pair."""
    data: list[Any] = [part.n, part.id, part.text]
    if part.retired or part.to:
        data.append(int(part.retired))
    if part.to:
        data.append(part.to)
    return data


def _edition_data(edition: Edition) -> dict[str, Any]:
    return {
        "layout": edition.id,
        "mark": edition.mark,
        "drop": list(edition.drop),
        "put": [[list(item) if isinstance(item, tuple) else item for item in row] for row in edition.put],
    }


def _checksum(before: str, data: dict[str, Any]) -> str:
    """A hash over this layout and all before it: a line lost, moved or edited shows."""
    text = before + json.dumps(data, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:12]


# --- reading ------------------------------------------------------------------------------------------


class _BadLineError(Exception):
    """A line that coursepack did not write; the message says how it differs."""


def parse_lock(text: str) -> tuple[Register, list[Finding]]:
    """The register of a course.lock, and what is wrong with the text.

    With findings the register is not to be used: each of them is an error.
    """
    findings: list[Finding] = []
    lines = [line.removesuffix("\r") for line in text.removeprefix("\ufeff").removesuffix("\n").split("\n")]
    if any(line.startswith(_MARKS) for line in lines):
        at = next(index for index, line in enumerate(lines, 1) if line.startswith(_MARKS))
        return Register(), [DAMAGED.finding(place(at), "a merge left its conflict marks here", MERGE)]
    head = _head(lines)
    if head is not None:
        return Register(), [head]
    things: list[Thing] = []
    editions: list[Edition] = []
    seen: dict[tuple[str, object], int] = {}
    checksum = ""
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        try:
            item, found = _item(line)
        except _BadLineError as error:
            findings.append(DAMAGED.finding(place(number), str(error), RESTORE))
            continue
        for key, words in _keys(item):
            if key in seen:
                message = f"{words} was already given in line {seen[key]}"
                findings.append(TWICE.finding(place(number), message, MERGE))
            seen.setdefault(key, number)
        if isinstance(item, Thing):
            things.append(item)
            continue
        editions.append(item)
        checksum = _checksum(checksum, _edition_data(item))
        if found != checksum:
            message = "this layout, or one before it, was changed by hand or is gone"
            findings.append(DAMAGED.finding(place(number), message, RESTORE))
    if any(finding.code == TWICE.code for finding in findings):
        findings = [finding for finding in findings if finding.code == TWICE.code]
    elif not findings:
        lost = _lost(things, editions)
        findings = [DAMAGED.finding(place(len(lines)), lost, RESTORE)] if lost else []
    if findings:
        return Register(), findings
    return Register(tuple(sorted(things, key=lambda thing: thing.n)), tuple(editions)), []


def _lost(things: list[Thing], editions: list[Edition]) -> str:
    """What the layouts speak of and the file lacks: a number whose line is gone could be given again."""
    if [edition.id for edition in editions] != list(range(1, len(editions) + 1)):
        return "a layout of the saved state is missing"
    kinds = {thing.n: thing.kind for thing in things}
    codes = {"s": "step", "z": "quiz", "r": "reflection"}
    for edition in editions:
        for row in edition.put:
            if kinds.get(cast("int", row[0])) != codes.get(cast("str", row[1]), "question"):
                return f"the line of number {row[0]} is missing or was changed"
    return ""


def _head(lines: list[str]) -> Finding | None:
    if not any(line.strip() for line in lines):
        return DAMAGED.finding(place(1), "course.lock is empty", RESTORE)
    try:
        head = _object(lines[0])
    except _BadLineError:
        head = {}
    version = head.get("course.lock")
    if type(version) is not int or version < 1:
        help_ = RESTORE + "; if no learner has a package of this course yet, delete course.lock"
        return NOT_OURS.finding(place(1), "this is not a file that coursepack wrote", help_)
    if version > VERSION:
        return FUTURE.finding(place(1), f"this is course.lock version {version}", "update coursepack")
    return None


def _object(line: str) -> dict[str, Any]:
    if "\ufffd" in line:
        raise _BadLineError("this line is not UTF-8")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise _BadLineError("this line cannot be read") from None
    if not isinstance(value, dict):
        raise _BadLineError("this line holds no object")
    return value


def _item(line: str) -> tuple[Thing | Edition, object]:
    """What a line holds, and the checksum it has."""
    data = _object(line)
    if "layout" not in data:
        return _thing(data), None
    found = data.pop("sum", None)
    return _edition(data), found


def _keys(item: Thing | Edition) -> Iterator[tuple[tuple[str, object], str]]:
    if isinstance(item, Edition):
        yield ("layout", item.id), f"layout {item.id}"
        return
    yield ("n", item.n), f"number {item.n}"
    if item.id:
        yield (item.kind, item.id), f"the {item.kind} {item.id}"


def _thing(data: dict[str, Any]) -> Thing:
    kind = next((kind for kind in KINDS if kind in data), None)
    if kind is None:
        raise _BadLineError("this line names no step, quiz, question, reflection or layout")
    known = {"n", kind, "text", "retired", "answers", "answer", "parts", "rights"}
    _require(set(data) <= known, "this line has a key that coursepack does not write")
    answers = data.get("answers", [])
    _require(isinstance(answers, list) and all(isinstance(item, str) for item in answers), "bad `answers`")
    answer = data.get("answer", len(answers))
    _require(type(answer) is int and 0 <= answer <= len(answers), "bad `answer`")
    _require(isinstance(data[kind], str) and isinstance(data.get("text"), str), "bad id or text")
    _require(type(data.get("retired", False)) is bool, "bad `retired`")
    parts, rights = _parts(data.get("parts", [])), _parts(data.get("rights", []))
    retired = bool(data.get("retired"))
    return Thing(
        _number(data.get("n")), kind, data[kind], data["text"], retired, tuple(answers), answer, parts, rights
    )


def _parts(rows: object) -> tuple[Part, ...]:
    _require(isinstance(rows, list), "bad parts")
    assert isinstance(rows, list)
    parts = []
    for row in rows:
        _require(isinstance(row, list) and 3 <= len(row) <= 5, "a bad part")
        n, id_, text, retired, to = (*row, 0, 0)[:5]
        _require(isinstance(id_, str) and isinstance(text, str), "a bad part")
        _require(type(retired) is int and retired in (0, 1) and type(to) is int and to >= 0, "a bad part")
        parts.append(Part(_number(n), id_, text, bool(retired), to))
    _require(len({part.n for part in parts}) == len(parts), "the same part number twice")
    return tuple(parts)


def _edition(data: dict[str, Any]) -> Edition:
    _require(set(data) == {"layout", "mark", "drop", "put"}, "bad keys in a layout")
    drop, put = data["drop"], data["put"]
    _require(isinstance(drop, list) and isinstance(put, list), "a bad layout")
    mark = data["mark"]
    _require(type(mark) is int and 0 <= mark < 1 << 18, "a bad mark")
    return Edition(
        _number(data["layout"]), mark, tuple(_number(n) for n in drop), tuple(_row(row) for row in put)
    )


def _row(row: object) -> Row:
    if not isinstance(row, list) or len(row) < 2 or not isinstance(row[1], str):
        raise _BadLineError("a bad record in a layout")
    _number(row[0])
    items = [tuple(_number(n) for n in item) if isinstance(item, list) else item for item in row]
    rest = items[2:]
    _require(
        all(isinstance(item, tuple) or (type(item) is int and item >= 0) for item in rest), "a bad record"
    )
    return tuple(items)


def _number(value: object) -> int:
    if type(value) is not int or value < 1:
        raise _BadLineError("a number is missing or is none")
    return value


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise _BadLineError(f"{message}: coursepack did not write this line")


def load_lock(root: Path) -> str | None:
    """The text of the course's lock file; None when it was never built. Bytes that are no UTF-8 are kept
    as U+FFFD, which `parse_lock` reports as damage."""
    try:
        return (root / "course.lock").read_bytes().decode("utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None

"""Makes tests/vectors/state.json: what Python encodes and decodes, for the same in JavaScript.

Run it (`python tests/state_vectors.py`) after a change of the format; a test fails while the file is stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from msgspec.structs import asdict, replace

from coursepack.lock import Register, assign
from coursepack.spec.model import Quiz
from coursepack.state import (
    CourseState,
    Decoded,
    Layout,
    bound,
    decode,
    encode,
    layouts,
    older_json,
    settle,
    to_json,
)
from coursepack.state.bits import checksum
from state_courses import (
    ANSWERS,
    Choice,
    Course,
    Matching,
    Order,
    Reflection,
    banked,
    course,
    fullest,
    items,
    mixed,
    options,
    pairs,
    plain_state,
    prose,
    question,
    some_state,
    step,
)

FILE = Path(__file__).parent / "vectors" / "state.json"


def build(made: Course, register: Register | None = None) -> tuple[Register, Layout]:
    return settle(made, assign(made, register or Register()))


def _editions() -> list[Course]:
    """One course through six edits: options gone and come, right answers changed, steps moved."""

    def quiz(answer: Choice, *more: Any) -> Quiz:
        return Quiz("quiz", (question("choice", answer), question("true", ANSWERS["true-false"](0)), *more))

    first = course(
        step(
            "one",
            quiz(Choice(options("a=A", "b=B", "c=C", "d=D"))),
            question("free", ANSWERS["fill-in"](0), max_length=60),
        ),
        step(
            "two",
            question("order", Order(items("x=X", "y=Y", "z=Z"))),
            Reflection("r", prose("Think."), max_length=50),
        ),
        step("three", question("match", Matching(pairs("p=left=L", "q=right=R", "r=up=U"), partial=True))),
        step("four", question("many", Choice(options("i=I", "j=J", "k=K", "l=L", right=[0, 1]), True, True))),
    )
    without_b = replace(
        first.steps[0], blocks=(quiz(Choice(options("a=A", "c=C", "d=D"))), *first.steps[0].blocks[2:])
    )
    other_right = quiz(Choice(options("a=A", "c=C", "d=D", right=[1])))
    new_key = replace(
        first.steps[0], blocks=(other_right, question("free", ANSWERS["fill-in"](0), max_length=5))
    )
    swapped = step(
        "three", question("match", Matching(pairs("p=left=R", "q=right=L", "r=up=U"), partial=True))
    )
    short = step(
        "two", question("order", Order(items("x=X", "y=Y"))), Reflection("r", prose("Think."), max_length=10)
    )
    whole = step("four", question("many", Choice(options("i=I", "j=J", "k=K", right=[0, 1]), True)))
    return [
        first,
        replace(first, steps=(without_b, *first.steps[1:])),
        replace(first, steps=(new_key, *first.steps[1:])),
        replace(
            first,
            steps=(
                new_key,
                short,
                swapped,
                first.steps[3],
                step("five", question("extra", ANSWERS["cloze"](1))),
            ),
        ),
        replace(
            first,
            steps=(
                whole,
                step(
                    "one",
                    quiz(Choice(options("a=A", "c=C", right=[1]))),
                    question("free", ANSWERS["numeric"](0)),
                ),
            ),
        ),
        replace(first, steps=(first.steps[3], first.steps[1], first.steps[0])),
        first,
    ]


def vectors() -> dict[str, Any]:
    """All cases. `layouts`: JSON of each present layout; `older`: all editions of its register."""
    random = Random(20261123)
    known: list[dict[str, Any]] = []
    encoded: list[dict[str, Any]] = []
    decoded: list[dict[str, Any]] = []
    for made in (mixed(6, 27, 2, 9, 30), banked(), course(step("only"))):
        _, layout = build(made)
        known.append({"layout": to_json(layout), "older": {}, "bound": bound(layout).characters})
        states = [
            CourseState(),
            fullest(layout),
            fullest(layout, "é"),
            *(some_state(layout, random) for _ in range(4)),
        ]
        for state in states:
            case: dict[str, Any] = {
                "on": len(known) - 1,
                "state": plain_state(state),
                "text": encode(state, layout),
            }
            encoded.append(case)
    register = Register()
    history = []
    for made in _editions():
        register, layout = build(made, register)
        history.append(layout)
    for layout in (history[3], history[4], history[6]):
        known.append(
            {"layout": to_json(layout), "older": older_json(register), "bound": bound(layout).characters}
        )
        for before in dict.fromkeys(history[:6]):
            for state in (fullest(before, "x"), some_state(before, random), some_state(before, random)):
                for policy in ("retry", "keep"):
                    _decode(decoded, len(known) - 1, encode(state, before), layout, register, policy)
    text = encode(fullest(history[0]), history[0])
    last = len(known) - 1
    for broken in _broken(text):
        _decode(decoded, last, broken, history[6], register, "retry")
    return {"known": known, "encode": encoded, "decode": decoded}


def _broken(text: str) -> list[str]:
    other = encode(CourseState(), build(banked())[1])
    longer, changed, future = text[:-6] + "A", text[:-7] + "_", "1_" + text[2:-6]
    return [
        *("", " ", "1", "null", "{}", '{"v":1}', "1;2;3", "undefined", "\ud800", "2", "1" * 19, "-" * 40),
        *(
            text[:-1],
            text[:40],
            text[:-7] + text[-6:],
            text[:30] + ("A" if text[30] != "A" else "B") + text[31:],
        ),
        *(text + "A", text + "\n", text.lower(), text[1:], other),
        *(
            body + checksum(body)
            for body in (longer, changed, future, "2" + text[1:-6], text[:60], text[:14])
        ),
    ]


def _decode(
    found: list[dict[str, Any]], on: int, text: str, layout: Layout, register: Register, policy: Any
) -> None:
    result = decode(text, layout, layouts(register), policy)
    case: dict[str, Any] = {"on": on, "text": text, "policy": policy}
    if isinstance(result, Decoded):
        changes = (
            {
                key: list(value) if isinstance(value, tuple) else value
                for key, value in asdict(result.changes).items()
            }
            if result.changes
            else None
        )
        case |= {"state": plain_state(result.state), "changes": changes}
    else:
        case["reason"] = result
    found.append(case)


def to_text() -> str:
    found = vectors()
    parts = [
        f'"{key}": [\n' + ",\n".join(json.dumps(item) for item in rows) + "\n]" for key, rows in found.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(to_text(), encoding="utf-8")

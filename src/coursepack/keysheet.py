"""The key sheet: a CSV beside the packages that makes an LMS's bare report readable."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from coursepack.answers import Register, to_question_data
from coursepack.launch import QuestionData
from coursepack.policy import to_reported
from coursepack.source import Sources
from coursepack.spec.model import Course, Reflection, plain
from coursepack.spec.outline import Slot, outline

Grammar = Literal["1.2", "2004"]
Row = tuple[str, ...]

COLUMNS = (
    *("interaction", "type", "step", "quiz", "question"),
    *("parts in SCORM 1.2", "parts in other formats", "right answer"),
    *("right answer in SCORM 1.2", "right answer in other formats", "points", "reported", "source"),
)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""SCORM 1.2 names a part by one character (RTE 3.4.4, student_response); here by its permanent number."""


def key_sheet(rows: Iterable[Row]) -> str:
    """The rows as RFC 4180 text with a byte-order mark (Excel needs it).

    A cell that a spreadsheet would take for a formula begins with an apostrophe; a plain number is none.
    """
    out = io.StringIO()
    out.write("\ufeff")
    sheet = csv.writer(out)
    sheet.writerow(COLUMNS)
    for row in rows:
        sheet.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: str) -> str:
    formula = cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if formula else cell


def sheet_rows(course: Course, register: Register, sources: Sources) -> tuple[Row, ...]:
    """The cells of `COLUMNS` for each question and reflection, by step."""
    plan = outline(course)
    reported = set(to_reported(course, register))
    found = [(slot.step, _question(course, register, reported, sources, slot)) for slot in plan.slots]
    for index, reflection, route in plan.reflections:
        told = register.n("reflection", reflection.id) in reported
        found.append((index, _reflection(course, index, reflection, told, _place(sources, route))))
    return tuple(row for _, row in sorted(found, key=lambda row: row[0]))


def _question(course: Course, register: Register, reported: set[int], sources: Sources, slot: Slot) -> Row:
    n = register.n("question", slot.id)
    data = to_question_data(slot, n, register.parts(slot.id), 1, language=course.settings.language)
    return (
        slot.id,
        data["type"],
        course.steps[slot.step].title,
        (slot.quiz.title or slot.quiz.id) if slot.quiz else "",
        plain(slot.question.stem),
        "\n".join(_named(data, "1.2")),
        "\n".join(_named(data, "2004")),
        right_in_words(data),
        right_as_reported(data, "1.2"),
        right_as_reported(data, "2004"),
        f"{data['points']:g}" if slot.quiz and slot.question.scored else "0",
        "yes" if n in reported else "no",
        _place(sources, slot.route),
    )


def _reflection(course: Course, index: int, reflection: Reflection, reported: bool, source: str) -> Row:
    step, words = course.steps[index].title, plain(reflection.prompt)
    row = (reflection.id, "reflection", step, "", words, "", "", "", "", "", "0")
    return (*row, "yes" if reported else "no", source)


def _place(sources: Sources, route: tuple[str | int, ...]) -> str:
    span = sources.span(route)
    return f"{span.file}:{span.line}" if span else ""


def _parts(data: QuestionData) -> list[dict[str, Any]]:
    return [*data.get("options", []), *data.get("items", []), *data.get("pairs", [])]


def _named(data: QuestionData, grammar: Grammar) -> Iterator[str]:
    """A line for each part: its name in the report, and its words."""
    name = _namer(data, grammar)
    if data["type"] == "true-false":
        yield from ("t = true", "f = false") if grammar == "1.2" else ("true = true", "false = false")
    for part in _parts(data):
        words = f"{part['left']} → {part['right']}" if "left" in part else part["text"]
        yield f"{name(part['n'])} = {words}"


def _namer(data: QuestionData, grammar: Grammar) -> Callable[[int], str]:
    """How a report names a part: an identifier; in SCORM 1.2 a character, or a number if one is above 36."""
    ids = {part["n"]: part["id"] for part in _parts(data)}
    if grammar == "2004":
        return lambda n: ids[n]
    fits = all(1 <= n <= len(SIGNS) for n in ids)
    return lambda n: SIGNS[n - 1] if fits else str(n)


def right_in_words(data: QuestionData) -> str:
    """The right answer for a reader; empty for a scale."""
    match data["type"]:
        case "choice" | "multiple":
            return "\n".join(option["text"] for option in data["options"] if option["right"])
        case "true-false":
            return "true" if data["truth"] else "false"
        case "fill-in":
            return " or ".join(data["accept"])
        case "cloze":
            return "\n".join(" or ".join(gap["accept"]) for gap in data["gaps"])
        case "numeric":
            return " or ".join(low if low == high else f"{low} to {high}" for low, high in data["ranges"])
        case "matching":
            return "\n".join(f"{pair['left']} → {pair['right']}" for pair in data["pairs"])
        case "order":
            return "\n".join(item["text"] for item in data["items"])
    return ""


def right_as_reported(data: QuestionData, grammar: Grammar) -> str:
    """The response that a report shows for a right answer; empty where learners type what is reported."""
    name = _namer(data, grammar)
    comma, point = (",", ".") if grammar == "1.2" else ("[,]", "[.]")
    match data["type"]:
        case "choice" | "multiple":
            return comma.join(name(option["n"]) for option in data["options"] if option["right"])
        case "true-false":
            word = "true" if data["truth"] else "false"
            return word[0] if grammar == "1.2" else word
        case "matching":
            return comma.join(f"{name(pair['n'])}{point}{name(pair['to'])}" for pair in data["pairs"])
        case "order":
            return comma.join(name(item["n"]) for item in data["items"])
    return ""

"""Every statement that a learner can cause, as samples: each hook, event and object, at both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal
from uuid import uuid5

from msgspec import Struct

from coursepack import policy
from coursepack.answers import Register, to_question_data
from coursepack.launch import QuestionData, QuizConfig
from coursepack.spec.model import Course
from coursepack.spec.outline import outline
from coursepack.xapi.contract import NAMESPACE, Hook, HookTable
from coursepack.xapi.events import EVENTS, Event
from coursepack.xapi.statements import Envelope, render
from coursepack.xapi.table import hook_table

End = Literal["least", "most"]
ENDS: tuple[End, ...] = ("least", "most")
STATIC = ("quiz.pass_mark", "quiz.iri", "quiz.title", "question.type", "question.id", "question.iri",
          "question.title", "question.text", "page.iri", "page.title", "page.index", "page.count",
          "reflection.id", "reflection.iri", "reflection.title")  # fmt: skip
"""Paths whose value the course decides, so that a condition on them holds for an object always or never."""


class Sample(Struct, frozen=True):
    """One statement of a hook: for which event and object (0: the course), at which end of its values."""

    hook: str
    event: str
    n: int
    end: End
    statement: dict[str, Any]


def question_data(course: Course, register: Register) -> dict[int, QuestionData]:
    """The data of every question by its permanent number."""
    found = {}
    for slot in outline(course).slots:
        n, quiz = register.n("question", slot.id), register.n("quiz", slot.quiz.id) if slot.quiz else 0
        found[n] = to_question_data(slot, n, register.parts(slot.id), quiz, language=course.settings.language)
    return found


def samples(
    course: Course, register: Register, target: str, files: Mapping[str, str] | None = None
) -> list[Sample]:
    """All samples of a package, in the order of its hooks; none when it carries no hooks."""
    table = hook_table(course, register, target, files)
    if table is None:
        return []
    quizzes = {quiz["n"]: quiz for quiz in policy.to_quiz_configs(course, register)}
    maker = _Maker(course, table, question_data(course, register), quizzes)
    return [sample for hook in table["hooks"] for name in hook["events"] for sample in maker.of(hook, name)]


class _Maker(Struct, frozen=True):
    course: Course
    table: HookTable
    questions: Mapping[int, QuestionData]
    quizzes: Mapping[int, QuizConfig]

    def of(self, hook: Hook, name: str) -> Iterator[Sample]:
        for n, file in self.objects(name):
            made = [(end, self.payload(EVENTS[name], n, file, end)) for end in ENDS]
            if name == "course.progressed":
                self._narrow(hook, made)
            if _decided(hook["when"]) and not any(self.render(hook, name, one) for _, one in made):
                continue
            for end, payload in made:
                free: Hook = {**hook, "when": ["all"]}
                statement = self.render(free, name, payload, end)
                if statement:
                    yield Sample(hook["id"], name, n, end, statement)

    def _narrow(self, hook: Hook, made: Sequence[tuple[End, dict[str, Any]]]) -> None:
        """Sets the first and the last percent that the hook speaks of, if there is one."""

        def spoken(percents: Iterable[int]) -> dict[str, int] | None:
            told = ({"percent": percent, "previous": percent - 1} for percent in percents)
            return next(
                (one for one in told if self.render(hook, "course.progressed", {"progress": one})), None
            )

        for (_, payload), percents in zip(made, (range(1, 101), range(100, 0, -1)), strict=True):
            payload["progress"] = spoken(percents) or payload["progress"]

    def objects(self, name: str) -> Sequence[tuple[int, str]]:
        """What an event can be about: permanent numbers, or files."""
        kind = name.split(".")[0]
        if kind == "quiz":
            judged = name in ("quiz.passed", "quiz.failed")
            return [
                (n, "") for n, quiz in self.quizzes.items() if not judged or quiz["passScore"] is not None
            ]
        if kind == "resource":
            return [(0, name) for name in self.table["resources"]] + [(0, "")]
        if name in ("course.passed", "course.failed") and self.course.settings.pass_ is None:
            return []
        if kind in ("page", "question", "reflection"):
            return [(int(n), "") for n, place in self.table["places"].items() if place["kind"] == kind]
        return [(0, "")]

    def render(
        self, hook: Hook, name: str, payload: Mapping[str, Any], end: End = "most"
    ) -> dict[str, Any] | None:
        allowed = [mode for mode in ("normal", "browse", "review") if _mode_fits(hook["when"], mode)]
        envelope = Envelope(
            actor={"account": {"homePage": self.table["homePage"], "name": "learner-1"}},
            registration=str(uuid5(NAMESPACE, f"registration {name} {end}")),
            session=str(uuid5(NAMESPACE, f"session {name} {end}")),
            time="2026-01-31T12:00:00.000Z",
            id=str(uuid5(NAMESPACE, f"{hook['id']} {name} {payload!r} {end}")),
            mode=allowed[0] if allowed else "normal",
            elapsed=float(EVENTS[name].paths["session.elapsed_s"].least)
            if end == "least"
            else EVENTS[name].paths["session.elapsed_s"].most,
            consent=end == "most",
        )
        return render(self.table, hook, name, payload, envelope, self.questions)

    def payload(self, event: Event, n: int, file: str, end: End) -> dict[str, Any]:
        """What the page would tell: all values at one end, optional ones only at the upper."""
        told: dict[str, Any] = {}
        for name, path in event.paths.items():
            part, _, key = name.partition(".")
            derived = key in ("iri", "title") and part != "resource"
            if (
                derived
                or part in ("course", "event", "session", "attempt")
                or (path.optional and end == "least")
            ):
                continue
            told.setdefault(part, {})[key] = path.least if end == "least" else path.most
        kind = event.name.split(".")[0]
        if n:
            told[kind] = {**told.get(kind, {}), "n": n}
        if n in self.questions:
            told["question"] |= _answered(self.questions[n], end)
            self._within(told, n)
        if kind == "quiz":
            self._quiz(told, n)
        if kind == "resource":
            told["resource"] |= {"file": file, "external": not file}
        return told

    def _within(self, told: dict[str, Any], n: int) -> None:
        quiz = self.questions[n]["quiz"]
        if quiz:
            told["quiz"] = {"n": quiz, "attempt": told.get("quiz", {}).get("attempt", 1)}
        else:
            told.pop("quiz", None)

    def _quiz(self, told: dict[str, Any], n: int) -> None:
        config = self.quizzes[n]
        mark = config["passScore"]
        told["quiz"]["pass_mark"] = None if mark is None else mark / 10_000
        if "score" in told:
            possible = sum(config["points"])
            told["score"] |= {"min": 0, "max": possible, "raw": possible if told["score"]["scaled"] else 0}


def _answered(question: QuestionData, end: End) -> dict[str, Any]:
    points = question["points"]
    return {
        "n": question["n"],
        "id": question["id"],
        "type": question["type"],
        "text": question["text"],
        "response": _given(question, end),
        "correct": end == "most",
        "points": 0 if end == "least" else points,
        "max_points": points,
    }


def _given(question: QuestionData, end: End) -> Any:
    """A short answer, or a long one; not always right."""
    match question["type"]:
        case "choice" | "likert":
            return question["options"][0 if end == "least" else -1]["n"]
        case "multiple":
            numbers = sorted(option["n"] for option in question["options"])
            return numbers[:1] if end == "least" else numbers
        case "true-false":
            return end == "most"
        case "fill-in":
            return "a" if end == "least" else "W" * question["max"]
        case "cloze":
            text = "" if end == "least" else "W" * question["max"]
            return [text or "a", *([text] * (len(question["gaps"]) - 1))]
        case "numeric":
            return "0" if end == "least" else "-123456789.123456789"
        case "matching":
            chosen = [pair["to"] for pair in question["pairs"]]
            return [chosen[0], *([0] * (len(chosen) - 1))] if end == "least" else chosen
    numbers = [item["n"] for item in question["items"]]
    return numbers[::-1] if end == "least" else numbers


def _decided(condition: Any) -> bool:
    """Whether the course alone decides the condition."""
    op, *rest = condition
    if op in ("all", "any", "not"):
        return all(map(_decided, rest))
    return op == "mode" or (op != "first" and rest[0] in STATIC)


def _mode_fits(condition: Any, mode: str) -> bool:
    op, *rest = condition
    if op == "mode":
        return mode in rest[0]
    if op == "not":
        return not _mode_fits(rest[0], mode) if rest[0][0] == "mode" else True
    return all(_mode_fits(one, mode) for one in rest) if op == "all" else True

"""Questions, quizzes and reflections as HTML: what their templates need, worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from coursepack.answers import Register, to_number, to_question_data, to_reflection_data
from coursepack.launch import QuestionData, ReflectionData
from coursepack.policy import pass_mark
from coursepack.site.prose import Gaps, Prose
from coursepack.site.scope import Scope, environment
from coursepack.spec.model import Blocks, Cloze, Matching, Order, Paragraph, Question, Quiz, Reflection, plain
from coursepack.spec.outline import Outline, Slot


class Activities(Struct, frozen=True):
    """All activities of a course by object: the same question drawn by two quizzes is two slots."""

    outline: Outline
    register: Register
    data: Mapping[str, QuestionData]
    """By slot id."""
    own: Mapping[int, Slot]
    """By `id()` of a question written in a step."""


def activities(outline: Outline, register: Register, language: str) -> Activities:
    """The data of every question, made once."""
    data = {
        slot.id: to_question_data(
            slot,
            register.n("question", slot.id),
            register.parts(slot.id),
            register.n("quiz", slot.quiz.id) if slot.quiz else 0,
            language=language,
        )
        for slot in outline.slots
    }
    own = {id(slot.question): slot for slot in outline.slots if not slot.drawn}
    return Activities(outline, register, data, own)


class ActivityPages:
    """Renders the activities of one step through its `Prose`, and keeps the data of those it rendered."""

    def __init__(self, prose: Prose, scope: Scope, known: Activities) -> None:
        self.prose = prose
        self.scope = scope
        self.known = known
        self.questions: list[QuestionData] = []
        self.reflections: list[ReflectionData] = []
        prose.activities.update(question=self.question, quiz=self.quiz, reflection=self.reflection)

    def _render(self, name: str, view: Mapping[str, Any]) -> Markup:
        template = environment().get_template(f"{name}.html.j2")
        return Markup(template.render({**self.prose.names, **view}).strip())  # noqa: S704

    def question(self, question: Question) -> Markup:
        """A question written in the step."""
        return self._slot(self.known.own[id(question)])

    def _slot(self, slot: Slot) -> Markup:
        data = self.known.data[slot.id]
        self.questions.append(data)
        question = slot.question
        stem, prompt = split_prompt(question.stem)
        view: dict[str, Any] = {
            "q": question,
            "answer": question.answer,
            "data": data,
            "id": f"q{data['n']}",
            "n": data["n"],
            "stem": stem,
            "prompt": prompt,
            "cloze": None,
            "drawn": slot.drawn,
            "points": data["points"],
        }
        if isinstance(question.answer, Matching):
            view["rights"] = _rights(data)
        if isinstance(question.answer, Order):
            view["items"] = sorted(zip(question.answer.items, data["items"], strict=True), key=_by_words)
        if isinstance(question.answer, Cloze):
            view["cloze"] = self._cloze(question.answer, question.stem, data)
        return self._render("question", view)

    def _cloze(self, answer: Cloze, stem: Blocks, data: QuestionData) -> Markup:
        longest = max((len(word) for gap in answer.gaps for word in gap.accepted), default=0)
        gaps = Gaps(data, min(max(longest + 2, 8), 24))
        return self.prose.blocks_with_gaps(stem, gaps)

    def quiz(self, quiz: Quiz) -> Markup:
        """A quiz with its questions; those of a bank follow, hidden until they are drawn."""
        drawn = [slot for slot in self.known.outline.of(quiz) if slot.drawn]
        own = len(self.known.outline.of(quiz)) - len(drawn)
        mark = pass_mark(self.scope.course, quiz)
        view = {
            "quiz": quiz,
            "n": self.known.register.n("quiz", quiz.id),
            "body": self.prose.blocks(quiz.blocks),
            "bank": Markup("\n").join(map(self._slot, drawn)),
            "picked": quiz.draw is not None and not own and quiz.draw.count < len(drawn),
            "count": own + (min(quiz.draw.count, len(drawn)) if quiz.draw else 0),
            "pass_mark": None if mark is None else to_number(round(mark * 100, 2)),
        }
        return self._render("quiz", view)

    def reflection(self, reflection: Reflection) -> Markup:
        data = to_reflection_data(reflection, self.known.register.n("reflection", reflection.id))
        self.reflections.append(data)
        stem, prompt = split_prompt(reflection.prompt)
        who = "browser" if reflection.keep == "browser" else "private" if reflection.private else "lms"
        view = {"reflection": reflection, "n": data["n"], "stem": stem, "prompt": prompt, "who": who}
        return self._render("reflection", view)


def split_prompt(blocks: Blocks) -> tuple[Blocks, Paragraph | None]:
    """The blocks without their last paragraph, and that paragraph, which names the controls."""
    for index in range(len(blocks) - 1, -1, -1):
        last = blocks[index]
        if isinstance(last, Paragraph):
            return (*blocks[:index], *blocks[index + 1 :]), last
    return blocks, None


def _rights(data: QuestionData) -> list[dict[str, Any]]:
    """Each right side once, by its words, so that their order gives nothing away."""
    once = {pair["to"]: pair for pair in reversed(data["pairs"])}
    return sorted(once.values(), key=lambda pair: (str(pair["right"]).casefold(), pair["to"]))


def _by_words(item: tuple[Any, dict[str, Any]]) -> tuple[str, int]:
    return plain(item[0].label).casefold(), item[1]["n"]

"""A course as an author edits it, with an identity for every part: the oracle of the edit-history tests.

`Draft` knows which option is which through all edits (its `uid`), whatever words and ids say. At most one
edit of a part without id is made to a question between two builds: what coursepack promises to follow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from coursepack.lock import Register
from coursepack.spec.model import (
    Answer,
    Bank,
    Block,
    Choice,
    Cloze,
    ClozeGap,
    Course,
    Draw,
    FillIn,
    Likert,
    Matching,
    NumberRange,
    Numeric,
    Option,
    Order,
    OrderItem,
    Pair,
    Question,
    Quiz,
    Reflection,
    TrueFalse,
)
from state_courses import course, prose, step, words

TYPES = ("choice", "multiple", "likert", "true-false", "fill-in", "numeric", "cloze", "matching", "order")
LISTED = ("choice", "multiple", "likert", "cloze", "matching", "order")


@dataclass
class Part:
    uid: int
    id: str
    text: str
    right: bool = False
    side: int = 0
    """The uid of a pair's right side."""


@dataclass
class Asked:
    id: str
    type: str
    parts: list[Part]
    key: Any = None
    partial: bool = False
    attempts: int | None = None
    max_length: int = 12
    stem: str = "?"


@dataclass
class Draft:
    """Steps by id, each with its questions; `home` says in which quiz a question is (`""`: practice)."""

    random: Random
    steps: dict[str, list[Asked]] = field(default_factory=dict)
    bank: list[Asked] = field(default_factory=list)
    quizzes: dict[str, str] = field(default_factory=dict)
    """Quiz id to its step."""
    home: dict[str, str] = field(default_factory=dict)
    reflections: dict[str, tuple[str, int, bool]] = field(default_factory=dict)
    draw: int = 2
    sides: dict[int, str] = field(default_factory=dict)
    fresh: Any = field(default_factory=lambda: count(1))

    def word(self) -> str:
        return f"word{next(self.fresh)}"

    # --- making

    def asked(self) -> Asked:
        random = self.random
        kind = random.choice(TYPES)
        named = random.random() < 0.5
        parts = [self.part(named) for _ in range(random.randrange(2, 5))] if kind in LISTED else []
        made = Asked(f"q{next(self.fresh)}", kind, parts, partial=random.random() < 0.5)
        made.attempts = random.choice([None, 1, 3])
        for part in parts:
            part.side = self.side()
        self.rekey(made)
        return made

    def part(self, named: bool) -> Part:
        uid = next(self.fresh)
        return Part(uid, f"p{uid}" if named else "", self.word())

    def side(self) -> int:
        uid = next(self.fresh)
        self.sides[uid] = self.word()
        return uid

    def rekey(self, asked: Asked) -> None:
        """Another right answer, or the same by chance."""
        if asked.type in ("choice", "multiple"):
            for part in asked.parts:
                part.right = False
            for part in self.random.sample(asked.parts, 1 if asked.type == "choice" else 2):
                part.right = True
        elif asked.type in ("true-false", "numeric", "fill-in"):
            asked.key = (asked.key or 0) ^ 1
        elif asked.type == "order":
            self.random.shuffle(asked.parts)
        elif asked.type == "matching":
            one, other = self.random.sample(asked.parts, 2)
            one.side, other.side = other.side, one.side
        elif asked.type == "cloze":
            self.random.choice(asked.parts).text = self.word()

    # --- editing

    def edit(self) -> None:
        """A few edits between two builds."""
        touched: set[str] = set()
        for _ in range(self.random.randrange(1, 4)):
            self.random.choice(
                [
                    self._step,
                    self._question,
                    self._question,
                    self._move,
                    self._reflection,
                    self._draw,
                    self._home,
                ]
            )(touched)

    def _step(self, touched: set[str]) -> None:
        if self.random.random() < 0.6 or len(self.steps) < 2:
            self.steps[f"s{next(self.fresh)}"] = [self.asked()]
        else:
            gone = self.random.choice(list(self.steps))
            if gone not in self.quizzes.values():
                del self.steps[gone]
        order = list(self.steps)
        self.random.shuffle(order)
        self.steps = {id_: self.steps[id_] for id_ in order}

    def _question(self, touched: set[str]) -> None:
        own = [one for step in self.steps.values() for one in step]
        asked = self.random.choice([*own, *own, *own, *self.bank])
        if asked.id in touched:
            return
        touched.add(asked.id)
        edits = [self._stem, self._limits, self._type, self.rekey]
        if asked.parts:
            edits += [self._part, self._part, self._part]
        self.random.choice(edits)(asked)

    def _stem(self, asked: Asked) -> None:
        asked.stem = self.word()
        asked.partial = not asked.partial

    def _type(self, asked: Asked) -> None:
        others = {"choice": "multiple", "multiple": "choice", "fill-in": "numeric", "numeric": "fill-in"}
        asked.type = others.get(asked.type, asked.type)
        self.rekey(asked)

    def _limits(self, asked: Asked) -> None:
        asked.max_length = self.random.choice([1, 5, 12, 30])
        asked.attempts = self.random.choice([None, 1, 2, 5])

    def _part(self, asked: Asked) -> None:
        part = self.random.choice(asked.parts)
        choice = self.random.randrange(5)
        if choice == 0:
            part.text = self.word()
        elif choice == 1 and len(asked.parts) > 2:
            asked.parts.remove(part)
            if part.right:
                self.rekey(asked)
        elif choice == 2:
            new = self.part(bool(part.id))
            new.side = self.side() if self.random.random() < 0.7 else part.side
            asked.parts.insert(self.random.randrange(len(asked.parts) + 1), new)
        elif choice == 3:
            self.random.shuffle(asked.parts)
        else:
            other = self.random.choice(asked.parts)
            if self.random.random() < 0.5:
                part.side, other.side = other.side, part.side
            else:
                self.sides[part.side] = self.word()

    def _move(self, touched: set[str]) -> None:
        origin, target = (self.random.choice(list(self.steps)) for _ in range(2))
        if self.steps[origin] and self.random.random() < 0.5:
            asked = self.steps[origin].pop(self.random.randrange(len(self.steps[origin])))
            self.home[asked.id] = ""
            if self.random.random() < 0.7:
                self.steps[target].append(asked)
        else:
            self.steps[target].insert(0, self.asked())
        if self.random.random() < 0.4 and len(self.bank) > 1:
            self.bank.pop(self.random.randrange(len(self.bank)))
        elif self.random.random() < 0.4:
            self.bank.append(self.asked())

    def _reflection(self, touched: set[str]) -> None:
        place = self.random.choice(list(self.steps))
        if self.reflections and self.random.random() < 0.7:
            id_ = self.random.choice(list(self.reflections))
            self.reflections[id_] = (place, self.random.choice([3, 20, 60]), self.random.random() < 0.8)
        else:
            self.reflections[f"r{next(self.fresh)}"] = (place, 20, True)

    def _draw(self, touched: set[str]) -> None:
        self.draw = self.random.randrange(1, 4)

    def _home(self, touched: set[str]) -> None:
        """A question goes into the quiz of its step, or out of it."""
        for quiz, place in self.quizzes.items():
            for asked in self.steps[place]:
                self.home[asked.id] = self.random.choice(["", quiz])

    # --- for coursepack

    def build(self) -> Course:
        made = []
        for id_, own in self.steps.items():
            blocks: list[Block] = [self.question(one) for one in own if not self.home.get(one.id)]
            for quiz, place in self.quizzes.items():
                if place == id_:
                    inside = tuple(self.question(one) for one in own if self.home.get(one.id) == quiz)
                    blocks.append(Quiz(quiz, inside, draw=Draw(self.draw, "bank")))
            for name, (place, limit, kept) in self.reflections.items():
                if place == id_:
                    keep = "lms" if kept else "browser"
                    blocks.append(Reflection(name, prose("Why?"), max_length=limit, keep=keep))  # type: ignore[arg-type]
            made.append(step(id_, *blocks))
        bank = Bank("bank", "questions/bank.yaml", tuple(self.question(one) for one in self.bank))
        return course(*made, banks=[bank])

    def question(self, asked: Asked) -> Question:
        return Question(
            asked.id,
            prose(asked.stem),
            self.answer(asked),
            attempts=asked.attempts,
            max_length=asked.max_length,
        )

    def answer(self, asked: Asked) -> Answer:
        parts = asked.parts
        chosen = tuple(Option(words(part.text), part.right, part.id) for part in parts)
        match asked.type:
            case "choice" | "multiple":
                return Choice(chosen, asked.type == "multiple", asked.partial and asked.type == "multiple")
            case "likert":
                return Likert(tuple(Option(words(part.text), False, part.id) for part in parts))
            case "true-false":
                return TrueFalse(bool(asked.key))
            case "fill-in":
                return FillIn(("yes", "no")[: asked.key + 1])
            case "numeric":
                return Numeric((NumberRange(Decimal(asked.key), Decimal(42)),))
            case "cloze":
                return Cloze(tuple(ClozeGap((part.text,), part.id) for part in parts), partial=asked.partial)
            case "matching":
                pairs = tuple(Pair(words(part.text), words(self.sides[part.side]), part.id) for part in parts)
                return Matching(pairs, asked.partial)
        return Order(tuple(OrderItem(words(part.text), part.id) for part in parts))


def begin(random: Random) -> Draft:
    draft = Draft(random)
    draft.steps = {"one": [draft.asked(), draft.asked()], "two": [draft.asked()]}
    draft.quizzes = {"quiz": "one"}
    draft.home = {draft.steps["one"][0].id: "quiz"}
    draft.bank = [draft.asked() for _ in range(2)]
    draft.reflections = {"r": ("two", 20, True)}
    return draft


# --- the oracle ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """A question as it was built, in uids: what makes it right, and which uid each number stands for."""

    type: str
    key: Any
    uids: dict[int, int]
    sides: dict[int, int]
    order: tuple[int, ...]
    max_length: int
    units: tuple[str, bool, int]


def known(draft: Draft, register: Register) -> dict[str, Known]:
    """All questions of a build by slot id."""
    found = {}
    for asked in [one for own in draft.steps.values() for one in own]:
        found[asked.id] = _known(draft, asked, register, asked.id)
    for quiz in draft.quizzes:
        for asked in draft.bank:
            found[f"{quiz}.{asked.id}"] = _known(draft, asked, register, f"{quiz}.{asked.id}")
    return found


def _known(draft: Draft, asked: Asked, register: Register, slot: str) -> Known:
    numbers = register.parts(slot)
    order = tuple(part.uid for part in asked.parts)
    key: Any = asked.key
    if asked.type in ("choice", "multiple"):
        key = frozenset(part.uid for part in asked.parts if part.right)
    elif asked.type == "likert":
        key = ()
    elif asked.type == "order":
        key = order
    elif asked.type == "cloze":
        key = frozenset((part.uid, part.text) for part in asked.parts)
    elif asked.type == "matching":
        key = frozenset((part.uid, part.side) for part in asked.parts)
    first: dict[int, int] = {}
    sides = {}
    if asked.type == "matching":
        for part, n in zip(asked.parts, numbers, strict=True):
            sides[first.setdefault(part.side, n)] = part.side
    uids = dict(zip(numbers, order, strict=True))
    rights = sum(part.right for part in asked.parts)
    return Known(asked.type, key, uids, sides, order, asked.max_length, (asked.type, asked.partial, rights))


def meant(was: Known, response: Any) -> Any:
    """A response in uids, without empty pieces and without order where there is none."""
    if response is None or isinstance(response, bool | str):
        return response
    if isinstance(response, int):
        return was.uids[response]
    if was.type == "multiple":
        return frozenset(was.uids[n] for n in response)
    if was.type == "order":
        return tuple(was.uids[n] for n in response)
    pieces = zip(was.order, response, strict=True)
    if was.type == "cloze":
        return frozenset((uid, text) for uid, text in pieces if text)
    return frozenset((uid, was.sides[side]) for uid, side in pieces if side)


def length(text: str) -> int:
    """In UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def survives(was: Known, now: Known, response: Any) -> bool:
    """Whether every piece of a response still exists and fits."""
    if response is None or isinstance(response, bool):
        return True
    if isinstance(response, str):
        return length(response) <= now.max_length
    said = meant(was, response)
    alive = set(now.order)
    if was.type in ("choice", "likert"):
        return said in alive
    if was.type == "multiple":
        return said <= alive
    if was.type == "order":
        return set(said) == alive
    if was.type == "cloze":
        return all(uid in alive and length(text) <= now.max_length for uid, text in said)
    return all(uid in alive and side in now.sides.values() for uid, side in said)

"""Numbers for all that a course holds: known things keep theirs, new ones get the next."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from coursepack.diagnostics import Finding
from coursepack.lock.matching import Written, match_parts, match_rights
from coursepack.lock.register import Kind, Part, Register, Thing
from coursepack.lock.rules import RENAMED, UNTOLD
from coursepack.source import Route
from coursepack.spec.model import (
    Answer,
    Choice,
    Cloze,
    Course,
    FillIn,
    Likert,
    Matching,
    Numeric,
    Order,
    Question,
    Quiz,
    TrueFalse,
    plain,
)
from coursepack.spec.outline import Slot, outline


class _Wanted(Struct, frozen=True):
    kind: Kind
    id: str
    text: str
    route: Route
    question: Question | None = None


def assign(course: Course, register: Register) -> Register:
    """The register with a number for everything in the course; what is gone is retired, never freed."""
    return assign_and_check(course, register)[0]


def check_lock(course: Course, register: Register) -> list[Finding]:
    """What an author should know before these numbers are given: parts not told apart, ids that look renamed.

    `register` is the one before the build.
    """
    return assign_and_check(course, register)[1]


def assign_and_check(course: Course, register: Register) -> tuple[Register, list[Finding]]:
    """What `assign` and `check_lock` say, found at once."""
    findings: list[Finding] = []
    things = {thing.n: replace(thing, retired=True) for thing in register.things}
    fresh = max(things, default=0)
    wanted = {(item.kind, item.id): item for item in reversed(list(_wanted(course)))}
    for item in reversed(wanted.values()):
        old = register.find(item.kind, item.id)
        if old is None:
            fresh += 1
            old = Thing(fresh, item.kind, item.id, "")
        thing = replace(old, text=item.text, retired=False)
        if item.question is not None:
            thing, untold = _with_answer(thing, item.question.answer)
            if untold:
                findings.append(_untold(item))
        things[thing.n] = thing
    findings += _renamed(register, wanted)
    return Register(tuple(things[n] for n in sorted(things)), register.editions), findings


def _untold(item: _Wanted) -> Finding:
    return UNTOLD.finding(
        (*item.route, "answer"),
        f"several parts of {item.id} changed at once and cannot be told apart, so they count as new",
        "give each an id, such as `{#yes}`, before you reword more than one",
    )


def _wanted(course: Course) -> Iterator[_Wanted]:
    """All things in reading order, so that who learns straight on meets rising numbers."""
    activities = outline(course)
    for index, step in enumerate(course.steps):
        yield _Wanted("step", step.id, _hash(step.title), ("steps", index))
        found = [_of_quiz(quiz, route) for at, quiz, route in activities.quizzes if at == index]
        for at, item, route in activities.reflections:
            if at == index:
                found.append(_Wanted("reflection", item.id, _hash(plain(item.prompt)), route))
        slots = [slot for slot in activities.slots if slot.step == index]
        found += [_of_slot(slot) for slot in slots if not slot.drawn]
        yield from sorted(found, key=lambda item: item.route[3:])
        yield from (_of_slot(slot) for slot in slots if slot.drawn)


def _of_quiz(quiz: Quiz, route: Route) -> _Wanted:
    words = " ".join((quiz.title, plain(quiz.blocks), quiz.draw.bank if quiz.draw else ""))
    return _Wanted("quiz", quiz.id, _hash(words), route)


def _of_slot(slot: Slot) -> _Wanted:
    words = " ".join((plain(slot.question.stem), *(text for _, text in _written(slot.question.answer))))
    return _Wanted("question", slot.id, _hash(words), slot.route, slot.question)


def _renamed(register: Register, wanted: dict[tuple[Kind, str], _Wanted]) -> Iterator[Finding]:
    """Ids that vanished in this build, where a new one of the same kind has the same words."""
    new = [item for key, item in wanted.items() if register.find(*key) is None and item.text]
    pairs = []
    for thing in register.live():
        if (thing.kind, thing.id) in wanted:
            continue
        same = [item for item in new if (item.kind, item.text) == (thing.kind, thing.text)]
        same.sort(key=lambda item: item.id.rpartition(".")[0] != thing.id.rpartition(".")[0])
        if same:
            pairs.append((thing.id, same[0]))
            new.remove(same[0])
    quizzes = {old: item.id for old, item in pairs if item.kind == "quiz"}
    said = set()
    for old, item in pairs:
        owner, _, name = old.rpartition(".")
        new_owner, _, new_name = item.id.rpartition(".")
        if owner and owner in quizzes and item.id == f"{quizzes[owner]}.{name}":
            continue
        before, after = (name, new_name) if owner == new_owner else (old, item.id)
        if (before, after) in said:
            continue
        said.add((before, after))
        yield RENAMED.finding(
            item.route,
            f"the {item.kind} `{before}` is gone and `{after}` has its words: "
            "learners would lose what they did",
            f"if it was renamed, run `coursepack rename {before} {after}`",
        )


# --- what a question's answer is made of --------------------------------------------------------------


def _with_answer(thing: Thing, answer: Answer) -> tuple[Thing, bool]:
    """The question with the numbers of its parts and the version of its right answer."""
    written = _written(answer)
    parts, untold = match_parts(thing.parts, [(id_, _hash(text, 6)) for id_, text in written])
    rights: tuple[Part, ...] = ()
    if isinstance(answer, Matching):
        texts = [_hash(plain(pair.right) or repr(pair.right), 6) for pair in answer.pairs]
        rights, parts = match_rights(thing.rights, thing.parts, parts, texts)
    right = _hash(_right(answer, [part for part in parts if not part.retired]))
    answers = thing.answers if right in thing.answers else (*thing.answers, right)
    version = answers.index(right) + 1
    return replace(thing, parts=parts, rights=rights, answers=answers, answer=version), untold


def _written(answer: Answer) -> list[Written]:
    """The id and words of each part, in order; none for a type without parts."""
    match answer:
        case Choice() | Likert():
            return [(option.id, plain(option.label)) for option in answer.options]
        case Cloze():
            return [(gap.id, " | ".join(gap.accepted)) for gap in answer.gaps]
        case Matching():
            return [(pair.id, plain(pair.left)) for pair in answer.pairs]
        case Order():
            return [(item.id, plain(item.label)) for item in answer.items]
        case TrueFalse() | FillIn() | Numeric():
            return []


def _right(answer: Answer, parts: list[Part]) -> str:
    """What makes an answer right, in numbers where there are some, so that rewording changes nothing."""
    match answer:
        case Choice():
            ticked = sorted(
                part.n for part, option in zip(parts, answer.options, strict=True) if option.correct
            )
            return f"{'multiple' if answer.multiple else 'choice'} {ticked}"
        case TrueFalse():
            return f"true-false {answer.correct}"
        case FillIn():
            return f"fill-in {answer.case} {_accepted(answer.accepted)}"
        case Cloze():
            gaps = sorted(
                (part.n, _accepted(gap.accepted)) for part, gap in zip(parts, answer.gaps, strict=True)
            )
            return f"cloze {answer.case} {gaps}"
        case Numeric():
            ranges = sorted((one.low.normalize(), one.high.normalize()) for one in answer.accepted)
            return f"numeric {[(str(low), str(high)) for low, high in ranges]}"
        case Matching():
            return f"matching {sorted((part.n, part.to) for part in parts)}"
        case Order():
            return f"order {[part.n for part in parts]}"
        case Likert():
            return "likert"


def _accepted(texts: tuple[str, ...]) -> list[str]:
    return sorted({" ".join(text.split()) for text in texts})


def _hash(text: str, length: int = 8) -> str:
    """A short hash of words; empty for no words."""
    words = " ".join(text.split())
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:length] if words else ""

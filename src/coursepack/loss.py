"""What each package format cannot carry of this course, with the clause that sets the limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from coursepack.answers import TEXT_LIMIT, Register, utf16
from coursepack.policy import REPORT_LIMIT, to_reported
from coursepack.spec.model import (
    Answer,
    Choice,
    Cloze,
    Course,
    FillIn,
    Likert,
    Matching,
    NumberRange,
    Numeric,
    Order,
    Reflection,
    plain,
)
from coursepack.spec.outline import Outline, Slot, outline

FORMATS = {
    "scorm12": "SCORM 1.2",
    "scorm2004-3": "SCORM 2004 3rd Edition",
    "scorm2004-4": "SCORM 2004 4th Edition",
    "cmi5": "cmi5",
    "xapi": "xAPI",
    "web": "web",
}
RESPONSE_12 = 255
REFLECTION_2004 = 4000
ANSWER_2004 = 250
PATTERNS_2004 = 5
GAPS_2004 = 10
NAMED_PARTS = 36


class Loss(Struct, frozen=True):
    """`subject` is what is concerned, `says` what becomes of it, `clause` who says so (or empty)."""

    target: str
    subject: str
    says: str
    clause: str = ""


def losses(course: Course, register: Register, targets: Sequence[str] = ()) -> tuple[Loss, ...]:
    """All that the targets cannot carry, in their order; if none are named, those of the course."""
    plan = outline(course)
    found: list[Loss] = []
    for target in dict.fromkeys(targets or course.settings.targets):
        rows: list[Iterator[tuple[str, str, str]]] = []
        if target == "web":
            rows = [_web(course)]
        else:
            if target == "scorm12":
                rows.append(_scorm12(course, plan, register))
            if target.startswith("scorm2004"):
                rows.append(_scorm2004(plan))
            if target == "cmi5":
                rows.append(_units(course))
            rows += [_kept(plan), _unreported(course, plan, register)]
        found += [Loss(target, *row) for group in rows for row in group]
    return tuple(found)


def _web(course: Course) -> Iterator[tuple[str, str, str]]:
    stays, xapi = "progress and answers stay in the learner's browser", course.settings.xapi
    if xapi is None:
        yield "everything", f"nothing is reported: {stays}", ""
    else:
        where = "to your relay" if xapi.relay else "only where the launch or a page around the course names"
        yield "everything", f"no LMS hears of it: {stays}; statements go {where}", ""


def _units(course: Course) -> Iterator[tuple[str, str, str]]:
    if course.settings.cmi5.units != "steps":
        return
    if isinstance(course.settings.completion.steps, Decimal):
        says = "becomes all steps but optional ones: each is a unit, and no LMS counts a share of them"
        yield "completion by a share of the steps", says, "cmi5 10.2.4 (moveOn)"
    if course.settings.pass_:
        says = "each unit with quizzes that count is passed by itself: no score of the whole course"
        yield "the pass rule", says, "cmi5 10.2.4 (masteryScore)"


def _scorm12(course: Course, plan: Outline, register: Register) -> Iterator[tuple[str, str, str]]:
    clause = "SCORM 1.2 RTE 3.4.4"
    if course.settings.pass_:
        says = "completed and passed share one status field: before both are known it says incomplete"
        yield "status", says, "SCORM 1.2 RTE 3.4.4 (cmi.core.lesson_status)"
    yield "progress", "the LMS hears no share of progress, only the status", f"{clause} (no such element)"
    if plan.slots or plan.reflections:
        yield (
            "all answers",
            "an LMS need not keep them: interactions are optional",
            f"{clause} (cmi.interactions)",
        )
        asked = [_counted([slot.id for slot in plan.slots], "question")] if plan.slots else []
        asked += [_reflections([one for _, one, _ in plan.reflections])] if plan.reflections else []
        says = "not reported, only the id: the key sheet has the words"
        yield f"the words of {' and '.join(asked)}", says, f"{clause} (no such element)"
    parted = _of(plan.slots, Choice, Likert, Matching, Order)
    if parted:
        says = "one character for each, 0 to 9 and a to z: the key sheet has the words"
        yield _questions(parted, "the options and parts of"), says, f"{clause} (student_response)"
    beyond = [slot for slot in parted if max(register.parts(slot.id), default=0) > NAMED_PARTS]
    if beyond:
        says = "reported as type performance with numbers: more than 36 were ever written"
        yield _questions(beyond, "the parts of"), says, f"{clause} (student_response)"
    cloze = _of(plan.slots, Cloze)
    if cloze:
        yield (
            _questions(cloze, "the gaps of"),
            "one text, gaps parted by |, as fill-in",
            f"{clause} (fill-in)",
        )
    ranges = [slot for slot in plan.slots if _is_range(slot.question.answer)]
    if ranges:
        yield _questions(ranges, "accepted ranges of"), "not reported as right answers", f"{clause} (numeric)"
    typed = [slot for slot in _of(plan.slots, FillIn, Cloze) if _typed(slot) > RESPONSE_12]
    if typed:
        yield _questions(typed, "long answers to"), _cut(RESPONSE_12), f"{clause} (CMIFeedback, 255)"
    yield from _reflected(plan, RESPONSE_12, f"{clause} (CMIFeedback, 255)")


def _scorm2004(plan: Outline) -> Iterator[tuple[str, str, str]]:
    clause = "SCORM 2004 RTE 4.2.9"
    long = [slot for slot in plan.slots if utf16(plain(slot.question.stem)) > TEXT_LIMIT]
    if long:
        says = f"cut to {TEXT_LIMIT} characters in the report, at a word, with …"
        yield _questions(long, "the words of"), says, f"{clause} (description, SPM 250)"
    parted = _of(plan.slots, Choice, Likert, Matching, Order)
    if parted:
        says = "reported by identifier: the key sheet has the words"
        yield _questions(parted, "the options and parts of"), says, f"{clause} (short_identifier_type)"
    several = [slot for slot in plan.slots if _ranges(slot.question.answer) > 1]
    if several:
        says = "not reported as right answers: a pattern holds one range"
        yield _questions(several, "several accepted ranges of"), says, f"{clause} (numeric)"
    many = [slot for slot in plan.slots if _accepted(slot.question.answer) > PATTERNS_2004]
    if many:
        says = f"the first {PATTERNS_2004} are reported as right answers; all count"
        yield _questions(many, "the accepted answers of"), says, f"{clause} (fill-in, SPM 5)"
    gaps = [
        slot
        for slot in plan.slots
        if isinstance(a := slot.question.answer, Cloze) and len(a.gaps) > GAPS_2004
    ]
    if gaps:
        says = "one text, gaps parted by |, as long-fill-in without right answers"
        yield _questions(gaps, "the gaps of"), says, f"{clause} (fill-in, SPM 10)"
    typed = [slot for slot in _of(plan.slots, Cloze) if slot.question.max_length > ANSWER_2004]
    if typed:
        yield _questions(typed, "long answers to"), _cut(ANSWER_2004), f"{clause} (fill-in, SPM 250)"
    yield from _reflected(plan, REFLECTION_2004, f"{clause} (long-fill-in, SPM 4000)")


def _reflected(plan: Outline, limit: int, clause: str) -> Iterator[tuple[str, str, str]]:
    told = [one for _, one, _ in plan.reflections if not one.private and one.keep == "lms"]
    long = [one for one in told if one.max_length > limit]
    if long:
        yield _reflections(long), _cut(limit), clause


def _kept(plan: Outline) -> Iterator[tuple[str, str, str]]:
    everyone = [one for _, one, _ in plan.reflections]
    private = [one for one in everyone if one.private and one.keep == "lms"]
    if private:
        says = "private: only submitted and how many words; the saved state holds the text"
        yield _reflections(private), says, ""
    browser = [one for one in everyone if one.keep == "browser"]
    if browser:
        says = "stays in this browser: only submitted and how many words; not there on another device"
        yield _reflections(browser), says, ""
    likert = _of(plan.slots, Likert)
    if likert:
        yield _questions(likert, "the scale of"), "reported as neutral: never right or wrong", ""


def _unreported(course: Course, plan: Outline, register: Register) -> Iterator[tuple[str, str, str]]:
    count = len(plan.slots) + len(plan.reflections)
    told = len(to_reported(course, register))
    if count > told:
        subject = f"{count - told} of {count} questions and reflections"
        says = f"marked and saved, not reported: {REPORT_LIMIT} are, scored questions first, then reflections"
        yield subject, says, "SCORM 2004 RTE 4.2.9 (interactions, SPM 250)"


def _cut(limit: int) -> str:
    return f"cut to {limit} characters in the report, kept whole in the page"


def _of(slots: Iterable[Slot], *kinds: type[Answer]) -> list[Slot]:
    return [slot for slot in slots if isinstance(slot.question.answer, kinds)]


def _typed(slot: Slot) -> int:
    gaps = len(slot.question.answer.gaps) if isinstance(slot.question.answer, Cloze) else 1
    return gaps * slot.question.max_length + 3 * (gaps - 1)


def _ranges(answer: Answer) -> int:
    return len(answer.accepted) if isinstance(answer, Numeric) else 0


def _is_range(answer: Answer) -> bool:
    return isinstance(answer, Numeric) and any(_is_wide(one) for one in answer.accepted)


def _is_wide(one: NumberRange) -> bool:
    return one.low != one.high


def _accepted(answer: Answer) -> int:
    if isinstance(answer, Cloze):
        return max((len(gap.accepted) for gap in answer.gaps), default=0)
    return len(answer.accepted) if isinstance(answer, FillIn) else 0


def _questions(slots: Sequence[Slot], what: str) -> str:
    return f"{what} {_counted([slot.id for slot in slots], 'question')}"


def _reflections(reflections: Sequence[Reflection]) -> str:
    return _counted([one.id for one in reflections], "reflection")


def _counted(ids: Sequence[str], kind: str) -> str:
    return f"{kind} {ids[0]}" if len(ids) == 1 else f"{len(ids)} {kind}s"


# --- as text ------------------------------------------------------------------------------------------


def to_text(rows: Sequence[Loss]) -> str:
    """For a terminal: the format, then a line for each loss."""
    width = max((len(row.subject) for row in rows), default=0)
    return _grouped(rows, "{title}", lambda row: f"  {row.subject:<{width}}  {_sentence(row)}")


def to_markdown(rows: Sequence[Loss]) -> str:
    """For a file: a table for each format."""
    head = "## {title}\n\n| What | What becomes of it | Clause |\n|---|---|---|"
    return _grouped(
        rows, head, lambda row: f"| {_cell(row.subject)} | {_cell(row.says)} | {_cell(row.clause)} |"
    )


def _grouped(rows: Sequence[Loss], head: str, line: Callable[[Loss], str]) -> str:
    blocks = []
    for target in dict.fromkeys(row.target for row in rows):
        own = [line(row) for row in rows if row.target == target]
        blocks.append("\n".join([head.format(title=FORMATS[target]), *own]))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _sentence(row: Loss) -> str:
    return f"{row.says} [{row.clause}]" if row.clause else row.says


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

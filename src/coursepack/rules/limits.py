"""LIM on formats: what they cannot carry. A rule of one format applies when it is among the targets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursepack.answers import TEXT_LIMIT, utf16
from coursepack.diagnostics import Finding, Severity, rule
from coursepack.policy import REPORT_LIMIT
from coursepack.rules.places import activities, clip, places
from coursepack.source import Route
from coursepack.spec.model import (
    Choice,
    Cloze,
    Course,
    FillIn,
    Likert,
    Matching,
    Order,
    Question,
    Reflection,
    plain,
)

WARNING = Severity.WARNING
TITLE = 200
VERSION = 20
PARTS = 36
GAPS = 10
PATTERNS = 5
ANSWER = 250
WRITTEN = 4000
RESPONSE = 255


def _has(course: Course, *prefixes: str) -> bool:
    return any(target.startswith(prefixes) for target in course.settings.targets)


@rule("LIM-001", "title-too-long")
def title_too_long(course: Course) -> Iterator[Finding]:
    """The title is longer than a SCORM manifest may promise to keep: 200 characters.

    An LMS may cut a longer one or refuse the package.

    How to fix: shorten the title; `description` has room for the rest.
    Clause: SCORM 1.2 CAM 2.3, SCORM 2004 CAM 3.4 (title, smallest permitted maximum 200).
    """
    size = utf16(course.settings.title)
    if _has(course, "scorm") and size > TITLE:
        message = f"the title has {size} characters and SCORM keeps {TITLE}"
        yield Finding(("settings", "title"), message, "shorten it; `description` has room for the rest")


@rule("LIM-002", "version-too-long")
def version_too_long(course: Course) -> Iterator[Finding]:
    """The version is longer than a SCORM manifest may promise to keep: 20 characters.

    How to fix: shorten it, for instance to `1.2.0` or `2026-11`.
    Clause: SCORM 1.2 CAM 2.3, SCORM 2004 CAM 3.4 (manifest version, at most 20).
    """
    size = utf16(course.settings.version)
    if _has(course, "scorm") and size > VERSION:
        message = f"the version has {size} characters and SCORM keeps {VERSION}"
        yield Finding(("settings", "version"), message, "shorten it, for instance to `1.2.0`")


@rule("LIM-003", "not-one-line")
def not_one_line(course: Course) -> Iterator[Finding]:
    """A setting that is shown on one line has a line break in it.

    Titles, versions, names and keywords become attributes and short fields in every format, where a
    line break is lost or refused.

    How to fix: write it on one line. In YAML `>-` joins the lines below it, `|` keeps them apart.
    Clause: SCORM 2004 RTE 4.1.1.2 as LMSs apply it: short localized strings are one line.
    """
    for route, text in _one_line_settings(course):
        if re.search(r"[\n\r\x85\u2028\u2029]", text):
            yield Finding(route, f"`{clip(text, 40)}` has a line break", "write it on one line")


def _one_line_settings(course: Course) -> Iterator[tuple[Route, str]]:
    settings = course.settings
    for name in ("title", "version", "language"):
        yield ("settings", name), getattr(settings, name)
    for name in ("authors", "keywords"):
        yield from ((("settings", name, i), text) for i, text in enumerate(getattr(settings, name)))
    for index, step in enumerate(course.steps):
        yield ("steps", index, "title"), step.title


@rule("LIM-004", "question-text-cut", WARNING)
def question_text_cut(course: Course) -> Iterator[Finding]:
    """A question is longer than a SCORM 2004 report can hold: 250 characters.

    Learners see all of it. The LMS gets the beginning, cut at a word and ended with `…`.

    How to fix: nothing, if the beginning says which question it is; else put the story into a paragraph
    before the question.
    Clause: SCORM 2004 RTE 4.2.9 (`cmi.interactions.n.description`, smallest permitted maximum 250).
    """
    if _has(course, "scorm2004"):
        texts = [((*route, "stem"), one.stem) for route, one in places(course, Question)]
        texts += [((*route, "prompt"), one.prompt) for route, one in places(course, Reflection)]
        for route, words in texts:
            size = utf16(plain(words))
            if size > TEXT_LIMIT:
                message = f"the text has {size} characters, and a SCORM 2004 report holds {TEXT_LIMIT}"
                yield Finding(
                    route, message, "the report shows the beginning; move the story before the question"
                )


@rule("LIM-005", "too-many-parts")
def too_many_parts(course: Course) -> Iterator[Finding]:
    """A question has more than 36 options, pairs or items.

    SCORM 1.2 names each by one character, 0 to 9 and a to z. A SCORM 2004 answer holds 36 of them.

    How to fix: split the question. Few learners weigh more than six options anyway.
    Clause: SCORM 1.2 RTE 3.4.7 (student_response), SCORM 2004 RTE 4.2.9.1.
    """
    if _has(course, "scorm"):
        for route, question in places(course, Question):
            count = _part_count(question)
            if count > PARTS:
                message = f"the question has {count} parts and SCORM can name {PARTS}"
                yield Finding((*route, "answer"), message, "split it into two questions")


def _part_count(question: Question) -> int:
    match question.answer:
        case Choice(parts) | Likert(parts) | Matching(parts) | Order(parts):
            return len(parts)
    return 0


@rule("LIM-006", "too-many-gaps")
def too_many_gaps(course: Course) -> Iterator[Finding]:
    """A cloze text has more than 10 gaps, as many as one SCORM 2004 answer can hold.

    How to fix: split the text into two questions.
    Clause: SCORM 2004 RTE 4.2.9.1 (fill-in, smallest permitted maximum 10).
    """
    if _has(course, "scorm2004"):
        for route, question in places(course, Question):
            if isinstance(question.answer, Cloze) and len(question.answer.gaps) > GAPS:
                message = (
                    f"the text has {len(question.answer.gaps)} gaps and a SCORM 2004 answer holds {GAPS}"
                )
                yield Finding((*route, "answer"), message, "split it into two questions")


@rule("LIM-007", "answer-cut", WARNING)
def answer_cut(course: Course) -> Iterator[Finding]:
    """A typed answer can be longer than the report of a format can hold.

    SCORM 1.2 keeps 255 characters for a whole answer, all gaps of a cloze together; SCORM 2004 keeps
    250 for each gap. The page marks and keeps all of it; the LMS gets the beginning.

    How to fix: lower `max-length`. Typed answers that are marked are rarely longer than a few words.
    Clause: SCORM 1.2 RTE 3.4.7 (CMIFeedback, 255), SCORM 2004 RTE 4.2.9.1 (fill-in, 250).
    """
    for route, question in places(course, Question):
        if isinstance(question.answer, FillIn | Cloze):
            gaps = len(question.answer.gaps) if isinstance(question.answer, Cloze) else 1
            longest = question.max_length * gaps + gaps - 1
            if _has(course, "scorm12") and longest > RESPONSE:
                message = f"answers of up to {longest} characters: a SCORM 1.2 report holds {RESPONSE}"
                advice = f"write `max-length={(RESPONSE - gaps + 1) // gaps}` or less"
                yield Finding((*route, "max_length"), message, advice)
            elif _has(course, "scorm2004") and question.max_length > ANSWER:
                message = (
                    f"answers of up to {question.max_length} characters: a SCORM 2004 report holds {ANSWER}"
                )
                yield Finding((*route, "max_length"), message, f"write `max-length={ANSWER}` or less")


@rule("LIM-008", "accepted-answers-cut", WARNING)
def accepted_answers_cut(course: Course) -> Iterator[Finding]:
    """A typed question accepts more answers than a SCORM 2004 report lists: 5.

    All of them count as right. The report's list of right answers ends after five.

    How to fix: write the most usual answers first.
    Clause: SCORM 2004 RTE 4.2.9.2 (fill-in, 5 patterns).
    """
    if _has(course, "scorm2004"):
        for route, question in places(course, Question):
            if isinstance(question.answer, FillIn) and len(question.answer.accepted) > PATTERNS:
                count = len(question.answer.accepted)
                message = f"{count} answers are accepted and a SCORM 2004 report lists {PATTERNS}"
                yield Finding(
                    (*route, "answer", "accepted", PATTERNS), message, "write the usual answers first"
                )


@rule("LIM-009", "reflection-cut", WARNING)
def reflection_cut(course: Course) -> Iterator[Finding]:
    """A reflection can be longer than a SCORM 2004 report can hold: 4000 characters.

    The page keeps all of it, and so does the saved state. The report shows the first 4000 characters.

    How to fix: lower `max-length` to 4000.
    Clause: SCORM 2004 RTE 4.2.9.1 (long-fill-in, smallest permitted maximum 4000).
    """
    if _has(course, "scorm2004"):
        for route, reflection in places(course, Reflection):
            if reflection.max_length > WRITTEN and not reflection.private and reflection.keep == "lms":
                size = reflection.max_length
                message = f"the text may have {size} characters: a SCORM 2004 report holds {WRITTEN}"
                yield Finding((*route, "max_length"), message, f"write `max-length={WRITTEN}` or less")


@rule("LIM-010", "too-many-interactions", WARNING)
def too_many_interactions(course: Course) -> Iterator[Finding]:
    """The course has more questions and reflections than an LMS must keep: 250.

    All are marked and saved. Reported are scored questions first, then reflections, then practice, and
    the ones beyond 250 are not.

    How to fix: nothing, if the score matters and not each answer; else make two courses of it.
    Clause: SCORM 2004 RTE 4.2.9 (`cmi.interactions`, smallest permitted maximum 250).
    """
    plan = activities(course)
    count = len(plan.slots) + len(plan.reflections)
    if _has(course, "scorm") and count > REPORT_LIMIT:
        message = f"the course has {count} questions and reflections, and {REPORT_LIMIT} are reported"
        yield Finding(("settings", "targets"), message, "split the course if every answer must be reported")

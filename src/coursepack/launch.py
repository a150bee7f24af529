"""The one contract between Python and the learner's page: what `course-*.js` and `steps/*.js` carry.

`runtime/contract.d.ts` says the same to the type checker of the JavaScript side; a test holds the two
together. All numbers named `n` are the permanent numbers of `course.lock`.
"""

import json
from collections.abc import Mapping
from typing import Any, Literal, TypedDict

VERSION = 1


class CourseConfig(TypedDict):
    id: str
    slug: str
    title: str
    version: str
    language: str
    direction: Literal["ltr", "rtl"]


class StepConfig(TypedDict):
    """`src` is the script that registers the step; `title` is plain text."""

    n: int
    id: str
    title: str
    src: str
    required: bool


class QuizConfig(TypedDict):
    """`passScore` in ten-thousandths; `attempts` 0 means unlimited.

    `questions` lists all its questions, its own first, then the bank's; `points` runs beside it.
    `pool` lists those of the bank, of which `draw` are drawn for an attempt (0 and empty: no draw).
    """

    n: int
    id: str
    title: str
    step: int
    questions: list[int]
    points: list[float]
    passScore: int | None
    attempts: int
    shuffle: bool
    pool: list[int]
    draw: int
    feedback: Literal["now", "end", "never"]
    retry: Literal["all", "wrong"]
    counts: Literal["best", "last", "first"]
    reveal: Literal["after-pass", "after-last", "always", "never"]
    counted: bool


class ActivityConfig(TypedDict):
    """A question outside any quiz, or a reflection: what completion has to know before its step loads."""

    n: int
    id: str
    step: int
    kind: Literal["practice", "reflection"]


class CompletionConfig(TypedDict):
    """`steps` are the numbers that count and `atLeast` how many of them must be done."""

    steps: list[int]
    atLeast: int
    quizzes: Literal["none", "attempted", "passed"]
    reflections: Literal["optional", "required"]


class PassConfig(TypedDict):
    score: int
    quizzes: list[int]


class ResumeConfig(TypedDict):
    exit: Literal["suspend", "normal"]
    changed: Literal["retry", "keep"]


class LaunchConfig(TypedDict):
    """The argument of `coursepack.course(…)`.

    `layout` is `state.to_json(layout)` of the current layout; `older` names the script with the earlier
    ones, loaded only when a saved state needs it; `reported` are the numbers whose interactions are
    reported to the LMS (at most 250, scored ones first); `words` is the catalogue of the player's words.
    """

    v: int
    target: str
    course: CourseConfig
    steps: list[StepConfig]
    quizzes: list[QuizConfig]
    activities: list[ActivityConfig]
    completion: CompletionConfig
    passRule: PassConfig | None
    resume: ResumeConfig
    layout: list[Any]
    older: str | None
    reported: list[int]
    words: Mapping[str, Any]


class QuestionData(TypedDict, total=False):
    """What scoring and reporting need of one question (its HTML is in the step).

    Common: n, id, type, text (plain, one line, at most 250 characters), points, attempts (0 unlimited),
    shuffle, quiz (number or 0), max, scored (in a quiz, and worth points).
    choice, multiple: options [{n, id, text, right}], partial. likert: options without right.
    true-false: truth. fill-in: accept, case. cloze: gaps [{n, id, accept}], case, partial.
    numeric: ranges [[low, high]] as decimal text, decimal (the course language's sign). matching: pairs
    [{n, id, left, right, to}] where `to` is the number that stands for the pair's right side, partial.
    order: items [{n, id, text}], in the right order. `id` of options and parts is always there and is a
    portable short identifier.
    """

    n: int
    id: str
    type: Literal[
        "choice", "multiple", "true-false", "fill-in", "cloze", "numeric", "matching", "order", "likert"
    ]
    text: str
    points: float
    attempts: int
    shuffle: bool
    quiz: int
    max: int
    scored: bool
    partial: bool
    options: list[dict[str, Any]]
    truth: bool
    accept: list[str]
    case: bool
    gaps: list[dict[str, Any]]
    ranges: list[list[str]]
    decimal: Literal[",", "."]
    pairs: list[dict[str, Any]]
    items: list[dict[str, Any]]


class ReflectionData(TypedDict):
    """`text` is the prompt as plain text, one line, at most 250 characters."""

    n: int
    id: str
    text: str
    minWords: int
    max: int
    private: bool
    keep: Literal["lms", "browser"]


class StepData(TypedDict):
    """The argument of `coursepack.step(…)`; `html` is None for the step that the page itself holds."""

    n: int
    html: str | None
    questions: list[QuestionData]
    reflections: list[ReflectionData]


def to_script(call: Literal["course", "step", "layouts", "hooks"], value: object) -> bytes:
    """`coursepack.<call>(<json>);` as ASCII: no character that a wrong charset could spoil."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return f"coursepack.{call}({text});\n".encode("ascii")

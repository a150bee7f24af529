"""REF: names and links inside the course that lead somewhere, and to one place only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.latest import keep_latest
from coursepack.rules.banks import banks_of_one_name
from coursepack.rules.places import clip, did_you_mean, in_order, places, quiz_names
from coursepack.source import Route
from coursepack.spec.model import (
    Attributes,
    Choice,
    Cloze,
    Course,
    FragmentTarget,
    Image,
    Likert,
    Link,
    LostTarget,
    Matching,
    Order,
    Question,
    Quiz,
    Reflection,
    Step,
    StepTarget,
)

WARNING = Severity.WARNING


@rule("REF-001", "duplicate-id")
def duplicate_id(course: Course) -> Iterator[Finding]:
    """Two steps have the same id, or two of the course's quizzes, questions and reflections.

    What a learner did is saved and reported under the id, so two things with one id would overwrite each
    other. A step may have the id of a quiz in it. Questions in a bank only need ids that differ within
    their bank. The name of a bank is that of its file without its ending, so `a.yaml` and `a.yml` clash too.

    How to fix: give one of them another id. Change the newer one: the id of something that learners
    have already met should stay as it is.
    """
    yield from banks_of_one_name(course)
    steps: dict[str, str] = {}
    others: dict[str, str] = {}
    files = [step.path for step in course.steps]
    for route, node in in_order(course, Step, Question, Quiz, Reflection):
        name = cast("Step | Question | Quiz | Reflection", node).id
        known = steps if isinstance(node, Step) else others
        what = type(node).__name__.lower()
        yield from _clash(known, name, (*route, "id"), what, f"{what} in `{files[int(route[1])]}`")
    for position, bank in enumerate(course.banks):
        own: dict[str, str] = {}
        for number, question in enumerate(bank.questions):
            route = ("banks", position, "questions", number, "id")
            yield from _clash(own, question.id, route, "question", "question before it")


def _clash(first: dict[str, str], name: str, route: Route, kind: str, where: str) -> Iterator[Finding]:
    if name in first:
        message = f"the {kind} has the id `{name}`, which a {first[name]} has too"
        yield Finding(route, message, "give one of them another id")
    elif name:
        first[name] = where


@rule("REF-002", "duplicate-part-id")
def duplicate_part_id(course: Course) -> Iterator[Finding]:
    """Two options, gaps, pairs or items of one question have the same id.

    Reports name the learner's choice by this id. With two alike nobody could tell what was chosen.

    How to fix: change or remove one of the ids. A part without an id gets a number of its own.
    """
    for route, question in places(course, Question):
        seen: set[str] = set()
        for at, name in _part_ids(question, (*route, "answer")):
            if name in seen:
                yield Finding(at, f"two parts of this question have the id `{name}`", "change one of them")
            elif name:
                seen.add(name)


def _part_ids(question: Question, route: Route) -> Iterator[tuple[Route, str]]:
    match question.answer:
        case Choice(options) | Likert(options):
            yield from (((*route, "options", i, "id"), one.id) for i, one in enumerate(options))
        case Cloze(gaps):
            yield from (((*route, "gaps", i, "id"), gap.id) for i, gap in enumerate(gaps))
        case Matching(pairs):
            yield from (((*route, "pairs", i, "id"), pair.id) for i, pair in enumerate(pairs))
        case Order(items):
            yield from (((*route, "items", i, "id"), item.id) for i, item in enumerate(items))


@rule("REF-003", "duplicate-anchor")
def duplicate_anchor(course: Course) -> Iterator[Finding]:
    """Two places in one step have the same `{#id}`.

    A link to the id can only go to the first of them, and a page with two equal ids is not valid HTML
    (HTML, 3.2.6: an id is unique in its tree).

    How to fix: change one of the ids, and the links that mean it.
    """
    for anchors in _anchors(course):
        seen: set[str] = set()
        for route, name, is_activity in anchors:
            if name in seen and not is_activity:
                yield Finding(route, f"the id `{name}` is already in this step", "change one of the two ids")
            seen.add(name)


@keep_latest
def _anchors(course: Course) -> list[list[tuple[Route, str, bool]]]:
    """What can be linked to, by step: the route, the id, and whether it is an activity's."""
    found: list[list[tuple[Route, str, bool]]] = []
    for route, node in in_order(course, Step, Attributes, Question, Quiz, Reflection):
        if isinstance(node, Step):
            found.append([])
        elif isinstance(node, Attributes | Question | Quiz | Reflection) and node.id:
            found[-1].append((route, node.id, not isinstance(node, Attributes)))
    return found


@rule("REF-004", "lost-link")
def lost_link(course: Course) -> Iterator[Finding]:
    """A link leads to a step or a file that is not there.

    Paths are looked up from the folder of the step first, then from the course folder. Upper and lower
    case must match exactly: many LMSs run on servers where `Guide.pdf` and `guide.pdf` are two files.

    How to fix: correct the path, or put the file where the link says. An address on the web starts
    with `https://`.
    """
    for route, link in places(course, Link):
        if isinstance(link.target, LostTarget):
            advice = link.target.advice or "correct the path or add the file"
            yield Finding((*route, "target"), link.target.why, advice)


@rule("REF-005", "missing-media")
def missing_media(course: Course) -> Iterator[Finding]:
    """A picture is not there, or its name is written in another case than on disk.

    The package would show an empty frame. A name that differs only in case works on your computer and
    fails on a server that tells the cases apart (SuccessFactors lists it as the first cause of trouble).

    How to fix: correct the path, or put the file into `media/`. Write the name exactly as it is on disk.
    """
    for route, image in places(course, Image):
        if isinstance(image.source, LostTarget):
            advice = image.source.advice or "correct the path or add the file to `media/`"
            yield Finding((*route, "source"), image.source.why, advice)


@rule("REF-006", "unknown-fragment")
def unknown_fragment(course: Course) -> Iterator[Finding]:
    """A link goes to an id (`#id`) that its step does not have.

    Only what has an id of its own can be linked to: `## Heading {#id}`, a table's caption line with
    `{#id}`, a question, a quiz or a reflection. The learner would stay where they are.

    How to fix: write the id as it is in the step, or add `{#id}` to the place that you mean.
    """
    names = {
        step.id: tuple(name for _, name, _ in anchors)
        for step, anchors in zip(course.steps, _anchors(course), strict=True)
    }
    files = {step.id: step.path.rpartition("/")[2] for step in course.steps}
    for route, link in places(course, Link):
        target = link.target
        if isinstance(target, FragmentTarget) and route[0] == "steps":
            step, name = course.steps[int(route[1])].id, target.id
        elif isinstance(target, StepTarget) and target.fragment:
            step, name = target.step, target.fragment
        else:
            continue
        known = names.get(step, ())
        if name not in known and name != step:
            advice = _elsewhere(name, names, files) or did_you_mean(name, known)
            advice = advice or f"add `{{#{name}}}` to the place that you mean"
            message = f"nothing in the step `{step}` has the id `{clip(name)}`"
            yield Finding((*route, "target"), message, advice)


def _elsewhere(name: str, names: dict[str, tuple[str, ...]], files: dict[str, str]) -> str:
    """How to link to an id that is a step's, or stands in another step; empty where it is neither."""
    if name in files:
        return f"it is a step: write `{files[name]}`"
    home = next((step for step, known in names.items() if name in known), "")
    return f"it is in the step `{home}`: write `{files[home]}#{name}`" if home else ""


@rule("REF-007", "unknown-completion-step")
def unknown_completion_step(course: Course) -> Iterator[Finding]:
    """`completion.steps` names a step that the course does not have.

    The course could never be completed by it, and learners would see nothing of the reason.

    How to fix: use the step's id: the `id` at the top of its file, or the file's name without number.
    """
    if isinstance(course.settings.completion.steps, tuple):
        yield from _unknown(
            ("settings", "completion", "steps"),
            course.settings.completion.steps,
            [step.id for step in course.steps],
            "step",
        )


@rule("REF-008", "unknown-pass-quiz")
def unknown_pass_quiz(course: Course) -> Iterator[Finding]:
    """`pass.quizzes` names a quiz that the course does not have.

    The score of the course is the sum over these quizzes; one that is not there cannot be passed.

    How to fix: use the id of the quiz, as in `::: quiz {#check}`, or leave `quizzes` out to count all.
    """
    if course.settings.pass_ and course.settings.pass_.quizzes:
        known = quiz_names(course)
        yield from _unknown(("settings", "pass", "quizzes"), course.settings.pass_.quizzes, known, "quiz")


def _unknown(route: Route, names: Sequence[str], known: Sequence[str], kind: str) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name not in known:
            advice = did_you_mean(name, known) or f"the course has no {kind} yet"
            yield Finding((*route, index), f"there is no {kind} `{name}`", advice)


@rule("REF-009", "listed-twice", WARNING)
def listed_twice(course: Course) -> Iterator[Finding]:
    """`completion.steps` or `pass.quizzes` has the same name twice.

    It counts once. The second one may stand where another name was meant.

    How to fix: remove it, or write the name that you meant.
    """
    settings = course.settings
    lists: list[tuple[Route, Sequence[str]]] = []
    if isinstance(settings.completion.steps, tuple):
        lists.append((("settings", "completion", "steps"), settings.completion.steps))
    if settings.pass_ and settings.pass_.quizzes:
        lists.append((("settings", "pass", "quizzes"), settings.pass_.quizzes))
    for route, names in lists:
        for index, name in enumerate(names):
            if name in names[:index]:
                yield Finding((*route, index), f"`{name}` is listed twice", "remove one of the two")

"""From a finished build to a card for each package. What all cards share is worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from msgspec import Struct

from coursepack import __version__, budget, keysheet, loss, proofs, state, units
from coursepack.answers import Register
from coursepack.compiler import Build, Package
from coursepack.handover import elsewhere, moodle, replacing
from coursepack.handover.card import Card, Cell, Exact, Said, Section, Table
from coursepack.handover.expected import Expected, typical
from coursepack.handover.gradebook import gradebook
from coursepack.handover.learning_time import (
    PICTURE,
    QUESTION,
    READING,
    REFLECTION,
    LearningTime,
    learning_time,
)
from coursepack.policy import REPORT_LIMIT, to_reported
from coursepack.spec.model import Course
from coursepack.spec.outline import outline
from coursepack.spec.settings import Settings
from coursepack.targets import TARGETS
from coursepack.targets.content_packaging import identifiers

WARNING = "Not for learners: this card holds the right answers."


class Shared(Struct, frozen=True):
    """What the cards of one course share. `keys` are rows of the key sheet, `bound` in characters."""

    course: Course
    register: Register
    time: LearningTime
    learners: tuple[Expected, ...]
    rules: tuple[str, ...]
    losses: tuple[loss.Loss, ...]
    keys: tuple[dict[str, str], ...]
    bound: int
    reported: int
    activities: int

    @property
    def settings(self) -> Settings:
        return self.course.settings


def cards(built: Build) -> tuple[Card, ...]:
    """A card for each package of the build, in its order; none where the build was stopped."""
    course, register = built.checked.course, built.checked.register
    if course is None or register is None or not built.packages:
        return ()
    plan = outline(course)
    shared = Shared(
        course,
        register,
        learning_time(course),
        typical(course, register),
        tuple(sentence.says for sentence in proofs.prove(course)),
        loss.losses(course, register),
        tuple(dict(zip(keysheet.COLUMNS, row, strict=True)) for row in built.key_rows),
        state.bound(state.layout(course, register)).characters,
        len(to_reported(course, register)),
        len(plan.slots) + len(plan.reflections),
    )
    return tuple(_card(shared, package) for package in built.packages)


def _card(shared: Shared, package: Package) -> Card:
    settings, target = shared.settings, package.target
    digest = sha256(package.data).hexdigest()
    scored = any(one.stands.score is not None for one in shared.learners)
    sections = [_file(shared, package, digest)]
    if target.startswith("scorm"):
        table = moodle.advice(settings, target, scored=scored)
        sections.append(Section("moodle", "Set this in Moodle", (_MOODLE,), tables=(table,)))
    advice = tuple(elsewhere.advice(settings, target))
    sections += [
        Section("lms", elsewhere.title(target), points=advice),
        Section("rules", "What completes and passes it", points=shared.rules),
        gradebook(settings, target, shared.learners),
        Section("limits", "Limits", points=tuple(_limits(shared, package))),
        replacing.section(settings, target, package.name),
        _trouble(target),
        _losses(shared, target),
        *_keys(shared, target),
    ]
    return Card(target, package.name, digest, settings.title, settings.language, WARNING, tuple(sections))


_MOODLE = (
    "In the settings of the SCORM activity, named as in Moodle's English form. Known from: "
    f"{moodle.MEASURED} on {moodle.VERSION}; {moodle.OURS}, by how it works; "
    f"{moodle.GENERAL}, to be taken with care."
)


def _file(shared: Shared, package: Package, digest: str) -> Section:
    settings = shared.settings
    rows: list[tuple[Cell, ...]] = [
        ("Course", Said(settings.title)),
        ("Version", Said(settings.version)),
        ("File", Exact(package.name)),
        ("Format", TARGETS[package.target].title),
        ("Size", f"{len(package.data):,} bytes"),
        ("SHA-256", Exact(digest)),
        ("Course id", Exact(settings.id)),
        *_identifiers(settings, package.target),
        ("Language", Exact(settings.language)),
        ("Learning time", _minutes(shared.time, len(shared.course.steps))),
        ("Made with", f"coursepack {__version__}"),
    ]
    says = "Compare the SHA-256 with that of the zip: where they differ, this card is about another build."
    return Section("file", "The package", (says,), tables=(Table(("What", "Value"), tuple(rows)),))


def _identifiers(settings: Settings, target: str) -> Iterator[tuple[Cell, ...]]:
    if target.startswith("scorm"):
        names = identifiers(settings.id)
        yield "Manifest identifier", Exact(names.manifest)
        yield "Item identifier", Exact(names.item)
    elif target == "cmi5" and settings.cmi5.units == "steps":
        yield "Unit ids (AU)", Exact(f"{units.unit_id(settings.id)}/1, /2 …")
    elif target == "cmi5":
        yield "Unit id (AU)", Exact(units.unit_id(settings.id))
    elif target == "xapi":
        yield "Activity id", Exact(settings.id)


def _minutes(time: LearningTime, steps: int) -> str:
    """The time, how much of it the author set, and what it comes to by counting."""
    counts = ", ".join(
        _counted(number, noun)
        for number, noun in (
            (time.words, "word"),
            (time.pictures, "picture"),
            (time.questions, "question"),
            (time.reflections, "reflection"),
        )
        if number
    )
    by = f"{counts or 'its content'} at {READING} words a minute, {PICTURE} s for a picture, "
    by += f"{QUESTION} s for a question, {REFLECTION} s or more for a reflection"
    if not time.own:
        return f"about {_counted(time.minutes, 'minute')}: {by}"
    whose = (
        "the steps' own `minutes`"
        if time.own == steps
        else f"the `minutes` of {time.own} of {steps} steps and the rest counted"
    )
    return f"{_counted(time.minutes, 'minute')} by {whose}; worked out as {time.computed}: {by}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _limits(shared: Shared, package: Package) -> Iterator[str]:
    target = package.target
    limit = budget.LIMITS.get(target)
    if limit:
        yield (
            f"The saved state takes at most {shared.bound:,} of the {limit:,} characters that an LMS with "
            f"{TARGETS[target].title} must keep: it cannot overflow."
        )
    elif target != "web":
        yield f"The saved state takes at most {shared.bound:,} characters."
    if target.startswith("scorm"):
        yield (
            f"{shared.reported} of {shared.activities} questions and reflections are reported as "
            "interactions; "
            f"no package of this tool reports more than {REPORT_LIMIT}."
        )
    if target.startswith("scorm2004") and shared.reported > moodle.BEACON:
        yield (
            f"{moodle.VERSION} loses what a closing page sends where that is more than about 64 KiB; "
            f"{moodle.BEACON} interactions got through, 100 did not. The package saves as the learner works, "
            "so "
            "what is at risk is the last few seconds."
        )
    yield "The zip holds the answer keys, since reports need them: who opens its files can read them."
    if target != "web":
        yield "An LMS may limit the size of uploads; ask for its limit if it refuses the file."


def _trouble(target: str) -> Section:
    if target == "web":
        says = (
            "There is no record but that in the learner's own browser: clearing its data clears the progress."
        )
        return Section("trouble", "If a learner's progress is gone", (says,))
    field = "`cmi.suspend_data`" if target.startswith("scorm") else "`state` in the document `bookmark`"
    explains = (
        "Give it to `coursepack state - --course COURSE_FOLDER`: it says in words where the learner is, what "
        "is done and what is still needed, or why nothing can be read."
    )
    return Section(
        "trouble",
        "If a learner's progress is gone",
        steps=(
            f"Ask the LMS's administrator for what is stored: {field}.",
            explains,
            "Nothing stored at all means that the LMS kept nothing, or that it began a new attempt.",
        ),
    )


def _losses(shared: Shared, target: str) -> Section:
    title = "What this format cannot carry"
    rows = tuple((row.subject, row.says, row.clause or "–") for row in shared.losses if row.target == target)
    if not rows:
        return Section("losses", title, ("Nothing of this course is lost in this format.",))
    return Section("losses", title, tables=(Table(("What", "What becomes of it", "Clause"), rows),))


def _keys(shared: Shared, target: str) -> Iterator[Section]:
    """The key sheet as far as this format's reports need it; none for a course that asks nothing."""
    if not shared.keys:
        return
    grammar = "SCORM 1.2" if target == "scorm12" else "other formats"
    head = ("Interaction", "Question", "Right answer", "As reported", "Points")
    rows = tuple(
        (
            Exact(row["interaction"]),
            Said(row["question"]),
            Said(row["right answer"]),
            Exact(row[f"right answer in {grammar}"]),
            row["points"],
        )
        for row in shared.keys
    )
    says = (
        f"Not for learners. All that the reports leave out is in `{shared.settings.slug}-key-sheet.csv` "
        "beside the "
        "zip: the parts of each question by the names that reports use, the steps, the places in the source."
    )
    typed = "Where “As reported” is empty, the report holds what the learner typed, or chose on a scale."
    empty = any(not row[f"right answer in {grammar}"] for row in shared.keys)
    yield Section(
        "keys",
        "Key sheet: not for learners",
        (says, typed) if empty else (says,),
        tables=(Table(head, rows),),
        closed=True,
    )

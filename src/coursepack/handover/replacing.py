"""How a new version takes the place of an old one without costing learners what they did."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.difference.profiles import PROFILES
from coursepack.handover.card import Section, Table
from coursepack.handover.moodle import VERSION
from coursepack.spec.settings import Settings


def section(settings: Settings, target: str, package: str) -> Section:
    """Steps for whoever replaces the package, then what LMSs are known to do, each with its evidence."""
    rows = tuple((one.name, one.rule, one.evidence) for one in PROFILES if target in one.targets)
    table = Table(("Who", "What they do", "Known from"), rows)
    return Section(
        "replace",
        "Replace an older version",
        steps=tuple(_steps(target, package)),
        points=tuple(_half_way(settings)),
        tables=(table,) if rows else (),
    )


def _steps(target: str, package: str) -> Iterator[str]:
    yield f"Compare first: `coursepack diff OLD.zip {package}` says whether it is safe, and why."
    if target.startswith("scorm"):
        yield (
            f"In Moodle edit the settings of the same activity and put this zip in the place of the old one. "
            f"{VERSION} keeps all attempts, since the item identifier above is the same in every version."
        )
        yield "Do not add a second activity: its records would begin empty."
    elif target == "web":
        yield "Put the new files in the same place, so that the address stays the same."
    else:
        yield "Replace the package of the same course in the LMS: its ids are the same in every version."
    yield "Keep `id` in `course.yaml`, and keep `course.lock` with the course: they make all this true."


def _half_way(settings: Settings) -> Iterator[str]:
    yield (
        "Learners who are half way go on where they were: the package reads what every earlier build in "
        "`course.lock` has saved."
    )
    if settings.resume.changed_answers == "retry":
        yield "Where the right answer of a question has changed, they are asked that question again."
    else:
        yield "Where the right answer of a question has changed, what they had keeps its marks."
    yield "Completed and passed are never taken back."

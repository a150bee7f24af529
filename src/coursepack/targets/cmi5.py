"""cmi5: the course structure, `cmi5.xml`."""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree

from coursepack import units
from coursepack.package import Part
from coursepack.policy import ten_thousandths
from coursepack.spec.model import Course
from coursepack.spec.settings import Settings
from coursepack.targets import xml
from coursepack.targets.controls import Controls

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
LESSON = "http://adlnet.gov/expapi/activities/lesson"
_UNIT_PAGE = re.compile(r"unit-(\d+)\.html\Z")


def build(course: Course, parts: list[Part], controls: Controls | None) -> list[Part]:
    """The parts of a cmi5 package: one assignable unit, launched at `index.html`, or one per step.

    The unit's id is the course's with `/au` at the end: the publisher id must differ from the course's. A
    step's unit has the step's permanent number after that, and opens a page of its own: importers compare
    the url with the names in the zip, and some LMSs drop a query.
    """
    settings = course.settings
    root = xml.document(NAMESPACE, "courseStructure", {None: NAMESPACE})
    described = xml.add(root, "course", id=settings.id)
    _add_texts(described, settings, settings.title, settings.description)
    pages = [part.name for part in parts if _UNIT_PAGE.match(part.name)]
    if units.by_steps(course):
        for step, page in zip(course.steps, pages, strict=True):
            found = _UNIT_PAGE.match(page)
            alone = units.narrow(course, step).settings
            moves = move_on(alone) if units.asked_for(course, step) else "NotApplicable"
            identifier = units.unit_id(settings.id, int(found[1]) if found else 0)
            _add_unit(root, identifier, alone, moves, (step.title, ""), page)
    else:
        about = (settings.title, settings.description)
        _add_unit(root, units.unit_id(settings.id), settings, move_on(settings), about, "index.html")
    return [Part("cmi5.xml", xml.to_bytes(root)), *parts]


def move_on(settings: Settings) -> str:
    """`CompletedAndPassed` for a course with a pass rule, else `Completed` (cmi5 §10.2.4)."""
    return "CompletedAndPassed" if settings.pass_ else "Completed"


def _add_unit(
    root: etree._Element, identifier: str, settings: Settings, moves: str, about: tuple[str, str], url: str
) -> None:
    unit = xml.add(root, "au", id=identifier, moveOn=moves, launchMethod="AnyWindow")
    xml.put(unit, "activityType", LESSON)
    if settings.pass_:
        xml.put(unit, "masteryScore", _decimal(settings.pass_.score))
    _add_texts(unit, settings, *about)
    xml.add(unit, "url", url)


def _add_texts(parent: etree._Element, settings: Settings, title: str, description: str) -> None:
    for name, text in (("title", title), ("description", description or title)):
        xml.add(xml.add(parent, name), "langstring", text, lang=settings.language)


def _decimal(share: Decimal) -> str:
    """At most four decimals (cmi5 §10.2.4 `masteryScore`)."""
    text = format(Decimal(ten_thousandths(share)) / 10000, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

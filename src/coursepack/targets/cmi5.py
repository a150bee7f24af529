"""cmi5: the course structure, `cmi5.xml`."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from coursepack.package import Part
from coursepack.spec.model import Course
from coursepack.spec.settings import Settings
from coursepack.targets import xml
from coursepack.targets.controls import Controls

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
LESSON = "http://adlnet.gov/expapi/activities/lesson"


def build(course: Course, parts: list[Part], controls: Controls | None) -> list[Part]:
    """The parts of a cmi5 package: one assignable unit, launched at `index.html`.

    Its id is the course's with `/au` at the end: the publisher id must differ from the course's.
    """
    settings = course.settings
    root = xml.document(NAMESPACE, "courseStructure", {None: NAMESPACE})
    described = xml.add(root, "course", id=settings.id)
    _add_texts(described, settings)
    unit = xml.add(root, "au", id=unit_id(settings.id), moveOn=move_on(settings), launchMethod="AnyWindow")
    xml.put(unit, "activityType", LESSON)
    if settings.pass_:
        xml.put(unit, "masteryScore", _decimal(settings.pass_.score))
    _add_texts(unit, settings)
    xml.add(unit, "url", "index.html")
    return [Part("cmi5.xml", xml.to_bytes(root)), *parts]


def unit_id(course_id: str) -> str:
    """The id of the course's one assignable unit."""
    return f"{course_id.rstrip('/')}/au" if "#" not in course_id else f"{course_id}-au"


def move_on(settings: Settings) -> str:
    """`CompletedAndPassed` for a course with a pass rule, else `Completed` (cmi5 §10.2.4)."""
    return "CompletedAndPassed" if settings.pass_ else "Completed"


def _add_texts(parent: etree._Element, settings: Settings) -> None:
    for name, text in (("title", settings.title), ("description", settings.description or settings.title)):
        xml.add(xml.add(parent, name), "langstring", text, lang=settings.language)


def _decimal(share: Decimal) -> str:
    """At most four decimals (cmi5 §10.2.4 `masteryScore`)."""
    text = format(round(share, 4), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

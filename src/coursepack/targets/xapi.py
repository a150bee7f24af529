"""xAPI packages: `tincan.xml`."""

from __future__ import annotations

from coursepack.package import Part
from coursepack.spec.model import Course
from coursepack.targets import xml
from coursepack.targets.controls import Controls

NAMESPACE = "http://projecttincan.com/tincan.xsd"
COURSE = "http://adlnet.gov/expapi/activities/course"


def build(course: Course, parts: list[Part], controls: Controls | None) -> list[Part]:
    """The parts of an xAPI package: one activity with the course's own IRI, launched at `index.html`."""
    settings = course.settings
    root = xml.document(NAMESPACE, "tincan", {None: NAMESPACE})
    activity = xml.add(xml.add(root, "activities"), "activity", id=settings.id, type=COURSE)
    xml.add(activity, "name", settings.title, lang=settings.language)
    xml.add(activity, "description", settings.description or settings.title, lang=settings.language)
    xml.add(activity, "launch", "index.html", lang=settings.language)
    return [Part("tincan.xml", xml.to_bytes(root)), *parts]

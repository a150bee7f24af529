"""SCORM 1.2: the manifest."""

from __future__ import annotations

from lxml import etree

from coursepack.package import Part
from coursepack.spec.model import Course
from coursepack.targets import metadata, xml
from coursepack.targets.content_packaging import Profile
from coursepack.targets.content_packaging import build as build_package
from coursepack.targets.controls import Controls


def _add_mastery(item: etree._Element, course: Course) -> None:
    """`adlcp:masteryscore`, 0 to 100, only on request: the LMS then overrules the reported status."""
    passing = course.settings.pass_
    if passing and passing.report_mastery:
        percent = format(passing.score * 100, "f")
        xml.add(item, "adlcp:masteryscore", percent.rstrip("0").rstrip(".") if "." in percent else percent)


def _nothing(organization: etree._Element) -> None:
    """1.2 has no sequencing."""


PROFILE = Profile(
    edition="1.2",
    schemaversion="1.2",
    namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    prefixes={"adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2"},
    launch_type="adlcp:scormtype",
    binding=metadata.IMS,
    item=_add_mastery,
    organization=_nothing,
)


def build(course: Course, parts: list[Part], controls: Controls | None) -> list[Part]:
    """The parts of a SCORM 1.2 package."""
    return build_package(PROFILE, course, parts, controls)

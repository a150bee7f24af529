"""SCORM 2004, 3rd and 4th edition: the manifest and its sequencing.

No objectives and no completion threshold: with a measure in the manifest the LMS judges success itself,
and would say "failed" while the learner has attempts left. The SCO sets both statuses.
"""

from __future__ import annotations

from lxml import etree
from msgspec.structs import replace

from coursepack.package import Part
from coursepack.spec.model import Course
from coursepack.spec.outline import outline
from coursepack.targets import metadata, xml
from coursepack.targets.content_packaging import Profile
from coursepack.targets.content_packaging import build as build_package
from coursepack.targets.controls import Controls


def _add_sequencing(item: etree._Element, course: Course) -> None:
    """Delivery controls, then the LMS buttons that a course of one SCO has no use for.

    Completion is always the SCO's word. Success is so in a course with a score: without a pass rule it
    stays unknown, and an LMS must not make "passed" of it. Elsewhere the LMS may take an ended attempt as
    satisfied, so that the course rolls up ([4-SN] UP.4).
    """
    delivery = xml.add(
        xml.add(item, "imsss:sequencing"), "imsss:deliveryControls", completionSetByContent="true"
    )
    if course.settings.pass_ or outline(course).quizzes:
        xml.put(delivery, "objectiveSetByContent", "true")
    navigation = xml.add(xml.add(item, "adlnav:presentation"), "adlnav:navigationInterface")
    for button in ("previous", "continue"):
        xml.add(navigation, "adlnav:hideLMSUI", button)


def _add_control_mode(organization: etree._Element) -> None:
    """`flow` lets the LMS start the SCO at once; a new attempt starts with clean objectives."""
    xml.put(organization, "adlseq:objectivesGlobalToSystem", "false")
    sequencing = xml.add(organization, "imsss:sequencing")
    xml.add(sequencing, "imsss:controlMode", choice="true", flow="true")


THIRD = Profile(
    edition="2004-3",
    schemaversion="2004 3rd Edition",
    namespace="http://www.imsglobal.org/xsd/imscp_v1p1",
    prefixes={
        "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
        "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
        "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
        "imsss": "http://www.imsglobal.org/xsd/imsss",
    },
    launch_type="adlcp:scormType",
    binding=metadata.IEEE,
    item=_add_sequencing,
    organization=_add_control_mode,
)
FOURTH = replace(THIRD, edition="2004-4", schemaversion="2004 4th Edition")


def build_third(course: Course, parts: list[Part], controls: Controls | None) -> list[Part]:
    """The parts of a SCORM 2004 3rd Edition package."""
    return build_package(THIRD, course, parts, controls)


def build_fourth(course: Course, parts: list[Part], controls: Controls | None) -> list[Part]:
    """The parts of a SCORM 2004 4th Edition package."""
    return build_package(FOURTH, course, parts, controls)

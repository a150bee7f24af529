"""The course as a web site: no LMS, no manifest."""

from __future__ import annotations

from coursepack.package import Part
from coursepack.spec.model import Course
from coursepack.targets.controls import Controls


def build(course: Course, parts: list[Part], controls: Controls | None) -> list[Part]:
    """The site's parts as they are."""
    return list(parts)

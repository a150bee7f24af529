"""Package formats: a course and its site's parts become the parts of one kind of package."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from coursepack.package import Part
from coursepack.spec.model import Course
from coursepack.spec.settings import TargetName
from coursepack.targets import cmi5, scorm12, scorm2004, web, xapi
from coursepack.targets.controls import Controls, Edition

Build = Callable[[Course, list[Part], Controls | None], list[Part]]


class Target(Struct, frozen=True):
    """A package format. `driver` names the runtime bundle, `edition` the SCORM edition (None: not SCORM).

    `build` takes the course, the site's parts with `index.html` first, and control files or None; it
    returns the package's parts, manifest first.
    """

    name: TargetName
    title: str
    driver: str
    build: Build
    edition: Edition | None = None


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("scorm12", "SCORM 1.2", "scorm12", scorm12.build, "1.2"),
        Target("scorm2004-3", "SCORM 2004 3rd Edition", "scorm2004", scorm2004.build_third, "2004-3"),
        Target("scorm2004-4", "SCORM 2004 4th Edition", "scorm2004", scorm2004.build_fourth, "2004-4"),
        Target("cmi5", "cmi5", "cmi5", cmi5.build),
        Target("xapi", "xAPI (TinCan)", "xapi", xapi.build),
        Target("web", "web site", "web", web.build),
    )
}
"""All package formats by name, in the order in which they are offered."""

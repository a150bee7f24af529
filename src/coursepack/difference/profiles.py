"""What LMSs are known to do when a package takes the place of another: rules as data, with their evidence."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Matching = Literal["item", "item and title", "manifest", "activity"]
"""What must stay the same for the records to stay: the identifiers of what is launched; these and the titles;
the whole manifest and all file names; the activity's own IRI (cmi5, xAPI)."""


class Profile(Struct, frozen=True):
    """One LMS. `rule` says what it does, `evidence` how that is known; `targets` are formats it is about."""

    key: str
    name: str
    matching: Matching
    rule: str
    evidence: str
    targets: tuple[str, ...] = ("scorm12", "scorm2004-3", "scorm2004-4")


PROFILES: tuple[Profile, ...] = (
    Profile(
        "moodle",
        "Moodle 4.5",
        "item",
        "matches SCOs by item identifier only: with the same identifier attempts are kept, with another one "
        "that SCO's records are deleted",
        "seen on a running Moodle 4.5.11; mod/scorm/datamodels/scormlib.php",
    ),
    Profile(
        "moodle-family",
        "Totara, IOMAD, Moodle Workplace",
        "item",
        "have their SCORM module from Moodle, and are taken to match by item identifier as well",
        "an assumption; not tried",
    ),
    Profile(
        "coursemill",
        "CourseMill",
        "item and title",
        "loses a SCO's history when its name changes",
        "reports by users",
    ),
    Profile(
        "cornerstone",
        "Cornerstone OnDemand",
        "manifest",
        "asks for the same file structure and manifest when a package is replaced",
        "reports by users",
    ),
    Profile(
        "cmi5",
        "LMSs with cmi5",
        "activity",
        "find a learner's registration and statements by the ids of course and unit",
        "cmi5 specification, sections 9 and 13",
        ("cmi5",),
    ),
    Profile(
        "lrs",
        "LMSs with xAPI",
        "activity",
        "find statements and saved state by the activity's id",
        "xAPI 1.0.3, State Resource",
        ("xapi",),
    ),
    Profile(
        "browser",
        "browsers",
        "activity",
        "keep the progress of a web site by the address it is at and the course's id",
        "coursepack's own player",
        ("web",),
    ),
)
DEFAULT = ("moodle", "cmi5", "lrs", "browser")
"""The profiles that decide the overall verdict: those with evidence of the first hand."""

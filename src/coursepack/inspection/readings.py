"""What different LMSs take a package for: they look at different places of it, and can disagree."""

from __future__ import annotations

from msgspec import Struct

from coursepack.conformance import PackageView
from coursepack.conformance.view import CMI5, MANIFEST, TINCAN, version_of

MOODLE_VERSIONS = {
    "1.2": "SCORM 1.2",
    "1.3": "SCORM 2004",
    "CAM 1.3": "SCORM 2004",
    "2004 3rd Edition": "SCORM 2004",
    "2004 4th Edition": "SCORM 2004",
}
"""What Moodle 4.5 knows, letter by letter; it runs anything else as SCORM 1.2 (mod/scorm,
`datamodels/scormlib.php`; seen on a running Moodle 4.5)."""


class Reading(Struct, frozen=True):
    """What one LMS takes the package for; `takes` is empty when it refuses it. `why` is a sentence."""

    lms: str
    takes: str
    why: str


def readings(view: PackageView) -> tuple[Reading, ...]:
    """What Moodle and Open edX make of a zip, by what is known of their code; nothing for a bare file."""
    if view.is_bare or view.broken:
        return ()
    return (_moodle(view), _open_edx(view))


def disagreement(view: PackageView) -> str:
    """In a sentence, how LMSs will read the package differently; empty when they agree."""
    found = readings(view)
    told = [f"{one.lms} {_taken(one)} ({one.why})" for one in found]
    both = {CMI5, TINCAN, MANIFEST} & view.files.keys()
    if len({one.takes for one in found}) > 1:
        return "LMSs will disagree: " + "; ".join(told)
    if len(both) > 1:
        names = " and ".join(sorted(both))
        return f"LMSs may disagree: the zip has {names}, and each LMS chooses which one it reads"
    return ""


def _taken(reading: Reading) -> str:
    return f"runs it as {reading.takes}" if reading.takes else "refuses it"


def _moodle(view: PackageView) -> Reading:
    if MANIFEST not in view.files:
        return Reading("Moodle", "", "it wants `imsmanifest.xml` at the root of the zip, exactly so spelt")
    if view.manifest is None:
        return Reading("Moodle", "", "the manifest cannot be read")
    version = version_of(view.manifest)
    taken = MOODLE_VERSIONS.get(version or "")
    if taken:
        return Reading("Moodle", taken, f"schemaversion is `{version}`")
    said = (
        "there is no schemaversion" if version is None else f"it does not know schemaversion {version!r:.60}"
    )
    return Reading("Moodle", "SCORM 1.2", said)


def _open_edx(view: PackageView) -> Reading:
    places = [name for name in view.files if name.rpartition("/")[2] == MANIFEST]
    if not places:
        return Reading("Open edX", "", "it finds no `imsmanifest.xml`")
    if MANIFEST not in places:
        return Reading("Open edX", "SCORM", f"it looks into folders and finds `{places[0][:80]}`")
    if view.manifest is None:
        return Reading("Open edX", "", "the manifest cannot be read")
    version = version_of(view.manifest)
    if version == "1.2":
        return Reading("Open edX", "SCORM 1.2", "schemaversion is `1.2`")
    said = "there is no schemaversion" if version is None else f"schemaversion {version!r:.60} is not `1.2`"
    return Reading("Open edX", "SCORM 2004", said)

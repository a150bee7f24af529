"""What different LMSs take a package for: they look at different places of it, and can disagree."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from coursepack.conformance import PackageView
from coursepack.conformance import manifest as xml
from coursepack.conformance.packaging import address, all_items, launch_type, organizations, resources
from coursepack.conformance.view import CMI5, MANIFEST, TINCAN, version_of
from coursepack.conformance.zip_rules import is_aicc
from coursepack.filenames import RUN_BY_SERVERS

MOODLE_VERSIONS = {
    "1.2": "SCORM 1.2",
    "1.3": "SCORM 2004",
    "CAM 1.3": "SCORM 2004",
    "2004 3rd Edition": "SCORM 2004",
    "2004 4th Edition": "SCORM 2004",
}
"""What Moodle 4.5 knows, letter by letter; it runs anything else as SCORM 1.2 (mod/scorm,
`datamodels/scormlib.php`; seen on a running Moodle 4.5)."""
MOODLE = "seen on a running Moodle 4.5; its mod/scorm/datamodels/scormlib.php"
OPEN_EDX = "the code of openedx-scorm-xblock"
DOCEBO = "Docebo's help, article 360020128479"
CATAPULT = "cmi5 section 14; the code of ADL CATAPULT"
RUSTICI = "the rules for TinCan packages at xapi.com"


class Reading(Struct, frozen=True):
    """What one LMS takes the package for; `takes` is empty when it refuses it. `why` is a sentence.

    `opens` is the page that it starts, where that is known; `evidence` says how all this is known.
    """

    lms: str
    takes: str
    why: str
    opens: str = ""
    evidence: str = ""


def readings(view: PackageView) -> tuple[Reading, ...]:
    """What LMSs make of a zip, by what is known of each; nothing for a bare file.

    Those of another family than the package's are only told where the package may be for them too.
    """
    if view.is_bare or view.broken:
        return ()
    found = [_moodle(view), _open_edx(view)]
    if any(_last(name) == MANIFEST for name in view.files):
        found += _docebo(view)
    if any(_last(name).lower() == CMI5 for name in view.files):
        found.append(_by_name(view, "LMSs with cmi5", "cmi5", CMI5, CATAPULT))
    if TINCAN in view.files:
        found.append(_by_name(view, "LMSs with TinCan", "TinCan", TINCAN, RUSTICI))
    return tuple(found)


def disagreement(view: PackageView) -> str:
    """In a sentence, how LMSs will read the package differently; empty when they agree."""
    found = readings(view)[:2]
    told = [f"{one.lms} {_taken(one)} ({one.why})" for one in found]
    both = {CMI5, TINCAN, MANIFEST} & view.files.keys()
    if len({one.takes for one in found}) > 1:
        return "LMSs will disagree: " + "; ".join(told)
    if len(both) > 1:
        names = " and ".join(sorted(both))
        return f"LMSs may disagree: the zip has {names}, and each LMS chooses which one it reads"
    return ""


def differing(view: PackageView) -> Iterator[str]:
    """Sentences on what one and the same manifest comes to in different LMSs, beyond its version."""
    if view.manifest is None or not view.edition:
        return
    found = {one.lms: one for one in readings(view)}
    pages = {name: found[name].opens for name in ("Moodle", "Open edX") if found[name].opens}
    if len(set(pages.values())) > 1:
        yield (
            "They open different pages: "
            + "; ".join(f"{name} `{page}`" for name, page in pages.items())
            + "."
        )
    if len(organizations(view)) > 1:
        yield (
            f"Of its {len(organizations(view))} organizations most LMSs show the default one; Open edX looks "
            "at none of them."
        )
    if len(all_items(view)) > 1:
        yield "Moodle lists every entry; Open edX opens one page and lists nothing."
    untold = any(launch_type(view, each) is None for each in _launched(view))
    if untold or (_launched(view) and b"adlcp:scormtype" not in view.texts[MANIFEST].lower()):
        yield (
            "Open edX tracks its page all the same; Moodle takes a page without `adlcp:scormtype`, spelt "
            "with this very prefix, for an asset, completed when it is opened."
        )
    if any(xml.get(each, "base", xml.XML) for each in resources(view)):
        yield "Moodle applies the `xml:base` of a resource; Open edX does not, and finds no page there."


def _taken(reading: Reading) -> str:
    return f"runs it as {reading.takes}" if reading.takes else "refuses it"


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _launched(view: PackageView) -> list[etree._Element]:
    names = dict.fromkeys(xml.get(item, "identifierref") or "" for item in all_items(view))
    return [view.resources[name] for name in names if name in view.resources]


def _moodle(view: PackageView) -> Reading:
    if is_aicc(view):
        evidence = "the packages in its own tests (mod/scorm/tests/packages)"
        return Reading("Moodle", "AICC", "there are the files of an AICC course", evidence=evidence)
    if MANIFEST not in view.files:
        why = "it wants `imsmanifest.xml` at the root of the zip, exactly so spelt"
        return Reading("Moodle", "", why, evidence=MOODLE)
    if view.manifest is None:
        return Reading("Moodle", "", "the manifest cannot be read", evidence=MOODLE)
    version = version_of(view.manifest)
    taken, said = MOODLE_VERSIONS.get(version or ""), f"schemaversion is `{version}`"
    if taken is None:
        taken, said = "SCORM 1.2", f"it does not know schemaversion {version!r:.60}"
    if version is None:
        said = "there is no schemaversion"
    first = next(iter(_launched(view)), None) if view.edition else None
    return Reading("Moodle", taken, said, _page(first), MOODLE)


def _open_edx(view: PackageView) -> Reading:
    places = [name for name in view.files if _last(name) == MANIFEST]
    if not places:
        return Reading("Open edX", "", "it finds no `imsmanifest.xml`", evidence=OPEN_EDX)
    if MANIFEST not in places:
        why = f"it looks into folders and finds `{places[0][:80]}`"
        return Reading("Open edX", "SCORM", why, evidence=OPEN_EDX)
    if view.manifest is None:
        return Reading("Open edX", "", "the manifest cannot be read", evidence=OPEN_EDX)
    version = version_of(view.manifest)
    first = next((each for each in resources(view) if xml.get(each, "href")), None) if view.edition else None
    if version == "1.2":
        return Reading("Open edX", "SCORM 1.2", "schemaversion is `1.2`", _href(first), OPEN_EDX)
    said = "there is no schemaversion" if version is None else f"schemaversion {version!r:.60} is not `1.2`"
    return Reading("Open edX", "SCORM 2004", said, _href(first), OPEN_EDX)


def _docebo(view: PackageView) -> Iterator[Reading]:
    """Only what its help says: the editions it takes, and files for which it refuses the package."""
    scripts = [name for name in view.files if name.lower().endswith(RUN_BY_SERVERS)]
    if scripts:
        why = f"it refuses packages with server scripts, such as `{scripts[0][:80]}`"
        yield Reading("Docebo", "", why, evidence=DOCEBO)
    elif view.edition == "4":
        yield Reading("Docebo", "", "it takes SCORM 1.2 and 2004 3rd Edition", evidence=DOCEBO)


def _by_name(view: PackageView, lms: str, format_: str, name: str, evidence: str) -> Reading:
    if name not in view.files:
        return Reading(
            lms, "", f"they want `{name}` at the root of the zip, exactly so spelt", evidence=evidence
        )
    if (view.cmi5 if name == CMI5 else view.tincan) is None:
        return Reading(lms, "", f"`{name}` cannot be read", evidence=evidence)
    return Reading(lms, format_, f"`{name}` is at the root of the zip", evidence=evidence)


def _page(resource: etree._Element | None) -> str:
    """The entry that the resource opens, or its address as written."""
    found = address(resource) if resource is not None else None
    return "" if found is None else (found.path or found.written)[:200]


def _href(resource: etree._Element | None) -> str:
    """The resource's address without any `xml:base`, which Open edX does not apply."""
    return "" if resource is None else (xml.get(resource, "href") or "").strip()[:200]

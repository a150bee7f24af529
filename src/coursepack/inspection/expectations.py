"""What an LMS will make of a package, by its manifest; what is claimed of an LMS has its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coursepack.conformance import PackageView
from coursepack.conformance import manifest as xml
from coursepack.conformance.packaging import all_items, is_sco, launch_type, organizations
from coursepack.inspection.tree import title_of

if TYPE_CHECKING:
    from coursepack.inspection.ours import Built

SEEN = "seen on Moodle 4.5"
READ = "read in Moodle 4.5's code"


def expectations(view: PackageView, built: Built | None) -> Iterator[str]:
    """Sentences for whoever uploads it."""
    if view.broken:
        yield "No LMS can import this file."
        return
    if view.manifest is not None and view.edition:
        yield from _menu(view)
        yield from _tracking(view)
        yield from _score(view)
    if view.cmi5 is not None:
        yield "A cmi5 LMS lists its units; each reports statements to the LMS's record store."
    if view.tincan is not None:
        yield "A TinCan LMS opens the launch page with the address of a record store; it knows nothing else."
    if built is not None and built.config["target"] == "web":
        yield "This is a web site: it needs no LMS, and keeps progress in the learner's browser only."


def _menu(view: PackageView) -> Iterator[str]:
    found = organizations(view)
    if not found:
        yield "There is no organization, so most LMSs have nothing to list."
        return
    holder = found[0].getparent()
    default = xml.get(holder, "default") if holder is not None else None
    shown = next((each for each in found if xml.get(each, "identifier") == default), found[0])
    every = all_items(view)
    yield f"The LMS calls the course “{title_of(shown)}”."
    if len(found) > 1:
        yield f"It has {len(found)} organizations; most LMSs show this one only."
    visible = [item for item in every if xml.flag(item, "isvisible", default=True)]
    if len(every) == 1:
        yield f"It has one entry, “{title_of(every[0])}”, which most LMSs open at once."
    else:
        yield f"It has {len(every)} entries, {len(visible)} of them visible in the LMS's menu."


def _tracking(view: PackageView) -> Iterator[str]:
    every = all_items(view)
    scos = [item for item in every if is_sco(view, item)]
    lost = [
        item
        for item in every
        if (resource := view.resources.get(xml.get(item, "identifierref") or "")) is not None
        and launch_type(view, resource) is None
    ]
    if lost:
        yield (
            f"{len(lost)} of its pages do not say whether they are SCOs: Moodle takes such a page for an "
            f"asset and counts it as completed when it is opened ({SEEN})."
        )
    if not scos:
        yield "No entry is a SCO, so the LMS hears nothing from the course itself."
    elif len(scos) > 1:
        yield f"{len(scos)} entries report to the LMS on their own; the LMS adds them up by its own rules."


def _score(view: PackageView) -> Iterator[str]:
    masters = [item for item in all_items(view) if xml.child(item, "masteryscore", xml.ADLCP12) is not None]
    if view.edition == "12" and masters:
        yield (
            "With its mastery score Moodle ends with passed or failed. Its usual completion rule waits for "
            f"completed: tick passed as well in the activity, or it never completes ({SEEN})."
        )
    if view.edition == "12":
        yield f"Moodle's grade is the raw score, in points of the activity's maximum ({SEEN})."
    else:
        yield (
            "Moodle's grade is the raw score, and a passed course without completed does not complete the "
            f"activity ({SEEN})."
        )
        thresholds = view.manifest.root.iter(f"{{{xml.ADLCP}}}completionThreshold") if view.manifest else ()
        if next(iter(thresholds), None) is not None:
            yield f"Its completion threshold overrules what the course reports in Moodle ({READ})."

"""TinCan packages: `tincan.xml` (checks T1 to T4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.rules import Found, package_rule
from coursepack.conformance.view import CMI5, MANIFEST, TINCAN, PackageView

NAMESPACE = "http://projecttincan.com/tincan.xsd"


def _at(element: etree._Element, message: str, help: str = "") -> Found:  # noqa: A002
    return Found(message, help, TINCAN, xml.line(element))


def _all(view: PackageView, name: str) -> list[etree._Element]:
    assert view.tincan is not None
    return list(view.tincan.root.iter(f"{{{xml.namespace(view.tincan.root)}}}{name}"))


@package_rule("TIN-001", "tincan-not-at-root", needs="zip", breaks=("LMSs: the package is not recognised",))
def tincan_not_at_root(view: PackageView) -> Iterator[Found]:
    """`tincan.xml` is not at the root of the zip, is there more than once, or is no plain XML.

    How to fix: put one `tincan.xml` at the root of the zip.
    """
    places = [name for name in view.files if name.rpartition("/")[2].lower() == TINCAN]
    error = view.errors.get(TINCAN)
    if error:
        yield Found(f"tincan.xml {error}", "mend the XML", TINCAN, error.line)
    if {CMI5, MANIFEST} & view.files.keys() and TINCAN not in places:
        return
    for name in places:
        if name != TINCAN:
            yield Found(f"there is `{name}`", "keep one tincan.xml, at the root", name)


@package_rule("TIN-002", "tincan-namespace", needs="tincan", breaks=("importers that know one namespace",))
def tincan_namespace(view: PackageView) -> Iterator[Found]:
    """The root is not `tincan` in the namespace `http://projecttincan.com/tincan.xsd`.

    How to fix: write the root and its namespace exactly.
    """
    assert view.tincan is not None
    top = view.tincan.root
    if xml.local(top) != "tincan" or xml.namespace(top) != NAMESPACE:
        yield _at(
            top, f"the root is `{xml.local(top)}` in `{xml.namespace(top)[:80]}`", f"write `{NAMESPACE}`"
        )


@package_rule("TIN-003", "tincan-launch", needs="tincan", breaks=("every LMS: nothing to open",))
def tincan_launch(view: PackageView) -> Iterator[Found]:
    """There is not exactly one `launch`, or the file that it names is not in the zip.

    How to fix: give one activity a `launch` that names a file of the zip.
    """
    assert view.tincan is not None
    holders = [each for each in _all(view, "activity") if xml.child(each, "launch") is not None]
    if len(holders) != 1:
        yield _at(view.tincan.root, f"{len(holders)} activities have a launch", "give it to exactly one")
    for activity in holders:
        languages: set[str | None] = set()
        for launch in xml.children(activity, "launch"):
            path = re.split("[?#]", xml.text(launch).strip())[0]
            if xml.get(launch, "lang") in languages:
                yield _at(launch, "there are two launches for one language", "keep one")
            languages.add(xml.get(launch, "lang"))
            if re.match(r"[A-Za-z]+:", path):
                continue
            if view.is_bare:
                yield _at(launch, f"`{path[:80]}` is relative", "write the whole address, or make a zip")
            elif path not in view.files:
                near = view.near(path.removeprefix("./"))
                message = f"`{path[:80]}` is " + (f"called `{near}` in the zip" if near else "not in the zip")
                yield _at(launch, message, "use one name" if near else "add it, or mend the name")


@package_rule("TIN-004", "tincan-activity-id", needs="tincan", breaks=("LRSs: refuse the statements",))
def tincan_activity_id(view: PackageView) -> Iterator[Found]:
    """An activity's id is missing or not an absolute IRI, or is used twice.

    How to fix: give each activity an absolute address of its own.
    """
    seen: set[str] = set()
    for activity in _all(view, "activity"):
        identifier = (xml.get(activity, "id") or "").strip()
        if not re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+\Z", identifier):
            yield _at(activity, f"its id is {identifier!r:.80}", "write a whole address, as https://…")
        elif identifier in seen:
            yield _at(activity, f"the id `{identifier[:80]}` is used twice", "give each its own")
        seen.add(identifier)

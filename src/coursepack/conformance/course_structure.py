"""The shape of a cmi5 course structure: what the official schema says of elements and attributes (P4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.order import Slot, check_children, slots
from coursepack.conformance.rules import Found, Level, package_rule
from coursepack.conformance.view import CMI5, PackageView

MOVE_ON = ("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed")
STRUCTURE: Mapping[str, tuple[Slot, ...]] = {
    "courseStructure": slots("course objectives? au|block+"),
    "course": slots("title description"),
    "objectives": slots("objective+"),
    "objective": slots("title description"),
    "block": slots("title description objectives? au|block+"),
    "au": slots("title description objectives? url launchParameters? entitlementKey?"),
    "title": slots("langstring+"),
    "description": slots("langstring+"),
    "langstring": (),
    "url": (),
}
"""Children in order; elements of other namespaces come after them.

`launchParameters` and `entitlementKey` may hold anything.
"""
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "course": frozenset({"id"}),
    "objective": frozenset({"id"}),
    "block": frozenset({"id"}),
    "au": frozenset({"id", "moveOn", "masteryScore", "launchMethod", "activityType"}),
    "langstring": frozenset({"lang"}),
}


def root(view: PackageView) -> etree._Element:
    """The course structure's root. Only for rules that need one."""
    assert view.cmi5 is not None
    return view.cmi5.root


def at(element: etree._Element, message: str, help: str = "", level: Level | None = None) -> Found:  # noqa: A002
    """A finding at an element of the course structure."""
    return Found(message, help, CMI5, xml.line(element), level)


def every(view: PackageView, *names: str) -> Iterator[etree._Element]:
    """All elements of these names in the root's namespace, in document order."""
    yield from root(view).iter(*(f"{{{xml.namespace(root(view))}}}{name}" for name in names))


def identified(view: PackageView) -> Iterator[etree._Element]:
    """The course, blocks, units and objectives, without references to objectives."""
    for element in every(view, "course", "block", "au", "objective"):
        if not _is_reference(element):
            yield element


def _is_reference(element: etree._Element) -> bool:
    """Whether this is an `objective` of a block or unit, which only names one of the course's."""
    holder = element.getparent()
    owner = holder.getparent() if holder is not None else None
    inside = owner is not None and xml.local(owner) in ("au", "block")
    return xml.local(element) == "objective" and inside


@package_rule("CM5-004", "course-structure-shape", needs="cmi5", breaks=("strict LMSs: refuse the package",))
def course_structure_shape(view: PackageView) -> Iterator[Found]:
    """The course structure is not valid: elements in a wrong order or number, unknown words (§13).

    How to fix: put the elements into the order of the schema, and use its words.
    """
    top = root(view)
    if xml.local(top) != "courseStructure":
        alone = "give the whole zip" if xml.local(top) == "manifest" else "write `courseStructure`"
        yield at(top, f"the root is `{xml.local(top)}`", alone)
        return
    for element in _own(top):
        for place, message in check_children(element, _expected(element), others_last=True):
            yield at(place, message, "put the elements into the order of the schema")
        for attribute in map(str, element.attrib):
            if not _may_have(element, attribute):
                shown = etree.QName(attribute).localname
                yield at(element, f"`{shown}` is no attribute of `{xml.local(element)}`", "leave it out")
        if xml.local(element) not in ("langstring", "url") and _has_text(element):
            yield at(element, f"`{xml.local(element)}` holds text of its own", "leave it out")
        yield from _words(element)


def _own(top: etree._Element) -> Iterator[etree._Element]:
    """The elements that the schema describes, without what is inside vendors' elements."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        yield element
        inner = element.iterchildren(*(f"{{{xml.namespace(top)}}}{name}" for name in STRUCTURE))
        waiting += reversed(list(inner))


def _may_have(element: etree._Element, attribute: str) -> bool:
    if _is_reference(element):
        return attribute == "idref"
    foreign = attribute.startswith("{") and xml.local(element) not in ("url", "objective")
    return foreign or attribute in ATTRIBUTES.get(xml.local(element), ())


def _has_text(element: etree._Element) -> bool:
    return any((text or "").strip() for text in (element.text, *(child.tail for child in element)))


def _expected(element: etree._Element) -> tuple[Slot, ...]:
    if _is_reference(element):
        return ()
    first = next(element.iterchildren(etree.Element), None)
    if xml.local(element) == "objective" and first is not None and xml.local(first) == "description":
        return slots("description title")
    return STRUCTURE[xml.local(element)]


def _words(element: etree._Element) -> Iterator[Found]:
    """Values of the schema's own words, and references without one."""
    if _is_reference(element) and xml.get(element, "idref") is None:
        yield at(element, "this objective has no idref", "name an objective of the course")
    if xml.local(element) != "au":
        return
    if xml.get(element, "launchMethod") not in (None, "AnyWindow", "OwnWindow"):
        yield at(element, "launchMethod is unknown", "write AnyWindow or OwnWindow")
    if xml.get(element, "moveOn") not in (None, *MOVE_ON):
        yield at(
            element, f"moveOn is {xml.get(element, 'moveOn')!r:.40}", f"write one of: {', '.join(MOVE_ON)}"
        )

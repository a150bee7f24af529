"""What a package will launch: the tree of its manifest, of any format, as plain data."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from coursepack.conformance import PackageView
from coursepack.conformance import manifest as xml
from coursepack.conformance.packaging import address, adlcp, items, launch_type, organizations
from coursepack.inspection.sequencing import in_words

TEXT_MAX = 300
NODES_MAX = 2000
"""Nodes of the tree that are told; a course with more is told as far."""


class Node(Struct, frozen=True):
    """One line of the table of contents. `level` is its depth, `kind` such as `organization` or `SCO`.

    `rules` are sentences: mastery, time limits, prerequisites, sequencing.
    """

    level: int
    kind: str
    id: str
    title: str
    launch: str = ""
    hidden: bool = False
    default: bool = False
    rules: tuple[str, ...] = ()


def tree(view: PackageView) -> tuple[Node, ...]:
    """The nodes in reading order: organizations and items, cmi5 blocks and units, TinCan activities."""
    found: list[Node] = []
    if view.manifest is not None and view.edition:
        found += _packaging(view)
    if view.cmi5 is not None:
        found += _cmi5(view.cmi5.root)
    if view.tincan is not None:
        found += _tincan(view.tincan.root)
    return tuple(found[:NODES_MAX])


def clip(text: str) -> str:
    """The text on one line, at most 300 characters."""
    line = " ".join(text.split())
    return line if len(line) <= TEXT_MAX else line[: TEXT_MAX - 1] + "…"


def title_of(element: etree._Element) -> str:
    return clip(xml.text(xml.child(element, "title")))


# --- SCORM --------------------------------------------------------------------------------------------


def _packaging(view: PackageView) -> Iterator[Node]:
    assert view.manifest is not None
    holder = xml.child(view.manifest.root, "organizations")
    default = xml.get(holder, "default") if holder is not None else None
    for organization in organizations(view):
        id_ = xml.get(organization, "identifier") or ""
        rules = tuple(in_words(view, organization))
        yield Node(0, "organization", id_, title_of(organization), default=id_ == default, rules=rules)
        for item in items(organization):
            yield _item(view, item)


def _item(view: PackageView, item: etree._Element) -> Node:
    level = sum(1 for each in item.iterancestors() if xml.local(each) in ("item", "organization"))
    resource = view.resources.get(xml.get(item, "identifierref") or "")
    kind, launch = "folder" if xml.child(item, "item") is not None else "item", ""
    if resource is not None:
        kind = {"sco": "SCO", "asset": "asset"}.get(launch_type(view, resource) or "", "page")
        found = address(resource)
        launch = (found.path or found.written) if found else ""
        launch += (xml.get(item, "parameters") or "")[:TEXT_MAX]
    return Node(
        level,
        kind,
        clip(xml.get(item, "identifier") or ""),
        title_of(item),
        clip(launch),
        hidden=not xml.flag(item, "isvisible", default=True),
        rules=(*_limits(view, item), *in_words(view, item)),
    )


def _limits(view: PackageView, item: etree._Element) -> Iterator[str]:
    uri, old = adlcp(view), view.edition == "12"

    def said(name: str) -> str:
        return clip(xml.text(xml.child(item, name, uri)))

    if old and said("masteryscore"):
        yield (
            f"mastery score {said('masteryscore')}: the LMS replaces the status that the course reports by "
            "passed or failed, whenever there is a score"
        )
    if said("maxtimeallowed"):
        yield f"time limit {said('maxtimeallowed')}"
    action = said("timelimitaction" if old else "timeLimitAction")
    if action:
        yield f"at the end of the time: {action}"
    if said("prerequisites"):
        yield f"opens only after: {said('prerequisites')}"
    data = said("datafromlms" if old else "dataFromLMS")
    if data:
        yield f"launch data: {data}"
    threshold = xml.child(item, "completionThreshold", uri)
    if threshold is not None:
        value = xml.get(threshold, "minProgressMeasure") or xml.text(threshold).strip() or "1.0"
        yield f"completed when the progress reaches {clip(value)}, whatever the course reports"


# --- cmi5 and TinCan ----------------------------------------------------------------------------------


def _cmi5(root: etree._Element) -> Iterator[Node]:
    described = xml.child(root, "course")
    if described is not None:
        yield Node(0, "course", clip(xml.get(described, "id") or ""), _langstring(described))
    yield from _units(root, 1)


def _units(parent: etree._Element, level: int) -> Iterator[Node]:
    for element in parent.iterchildren(etree.Element):
        name = xml.local(element)
        id_ = clip(xml.get(element, "id") or "")
        if name == "block" and level < 50:
            yield Node(level, "block", id_, _langstring(element))
            yield from _units(element, level + 1)
        elif name == "au":
            url = clip(xml.text(xml.child(element, "url")))
            yield Node(level, "unit", id_, _langstring(element), url, rules=tuple(_moves_on(element)))


def _moves_on(unit: etree._Element) -> Iterator[str]:
    move = xml.get(unit, "moveOn") or "NotApplicable"
    words = {
        "Passed": "passed",
        "Completed": "completed",
        "CompletedAndPassed": "completed and passed",
        "CompletedOrPassed": "completed or passed",
        "NotApplicable": "opened: nothing is asked for (moveOn NotApplicable)",
    }
    yield f"satisfied when it is {words.get(move, clip(move))}"
    mastery = xml.get(unit, "masteryScore")
    if mastery:
        yield f"mastery score {clip(mastery)}"
    if xml.get(unit, "launchMethod") == "OwnWindow":
        yield "opens in a window of its own"


def _langstring(element: etree._Element) -> str:
    title = xml.child(element, "title")
    return clip(xml.text(xml.child(title, "langstring"))) if title is not None else ""


def _tincan(root: etree._Element) -> Iterator[Node]:
    for activity in root.iter(f"{{{xml.namespace(root)}}}activity"):
        launch = clip(xml.text(xml.child(activity, "launch")))
        kind = (xml.get(activity, "type") or "activity").rstrip("/").rpartition("/")[2]
        title = clip(xml.text(xml.child(activity, "name")))
        yield Node(0 if launch else 1, clip(kind), clip(xml.get(activity, "id") or ""), title, launch)

"""The pages that a package can be opened at, with what the manifest says about each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from msgspec import Struct, field

from coursepack.conformance import manifest as xml
from coursepack.conformance import packaging
from coursepack.conformance.view import PackageView

KINDS = {"12": "scorm12", "3": "scorm2004-3", "4": "scorm2004-4"}


class Launch(Struct, frozen=True):
    """One page to open. `href` is relative to the package's root, with its query.

    `facts` is what `createLms` of `lms/contract.d.ts` takes, or the settings of a cmi5 unit. `wrong` says why
    the page cannot be opened here.
    """

    id: str
    title: str
    href: str
    facts: dict[str, Any] = field(default_factory=dict)
    wrong: str = ""


def launches(view: PackageView) -> dict[str, list[Launch]]:
    """What can be opened, by kind: `scorm12`, `scorm2004-3`, `scorm2004-4`, `cmi5`, `xapi`, `web`."""
    found: dict[str, list[Launch]] = {}
    if view.manifest is not None and view.edition:
        found[KINDS[view.edition]] = list(_scorm(view))
    if view.cmi5 is not None:
        found["cmi5"] = list(_cmi5(view.cmi5.root))
    if view.tincan is not None:
        found["xapi"] = list(_tincan(view.tincan.root))
    if not found and "index.html" in view.files:
        found["web"] = [Launch("index.html", "index.html", "index.html")]
    return {kind: pages for kind, pages in found.items() if pages}


def title_of(view: PackageView) -> str:
    """What the manifest calls the whole, the default organization or the cmi5 course; empty if nothing."""
    if view.manifest is not None:
        holder = xml.child(packaging.root(view), "organizations")
        default = "" if holder is None else xml.get(holder, "default")
        every = packaging.organizations(view)
        named = [one for one in every if xml.get(one, "identifier") == default] or every
        return xml.text(xml.child(named[0], "title")).strip() if named else ""
    course = None if view.cmi5 is None else xml.child(view.cmi5.root, "course")
    return "" if course is None else _langstring(course)


# ---- SCORM -----------------------------------------------------------------------------------------------


def _scorm(view: PackageView) -> Iterator[Launch]:
    every = [xml.get(item, "identifier") or "" for item in packaging.all_items(view)]
    for item in packaging.all_items(view):
        resource = view.resources.get(xml.get(item, "identifierref") or "")
        if resource is None or (where := packaging.address(resource)) is None:
            continue
        title = xml.text(xml.child(item, "title")).strip()
        name = xml.get(item, "identifier") or f"item-{len(every)}"
        if where.path is None:
            wrong = (
                "it opens a page outside of the package" if where.external else f"its address {where.wrong}"
            )
            yield Launch(name, title or name, "", wrong=wrong)
            continue
        tail = re.search(r"[?#].*", where.written)
        href = _with_parameters(where.path + (tail[0] if tail else ""), xml.get(item, "parameters") or "")
        facts = _facts12(item) if view.edition == "12" else _facts2004(view, item, every)
        wrong = "" if where.path in view.files else f"the package has no file `{where.path}`"
        yield Launch(name, title or name, href, facts, wrong)


def _with_parameters(href: str, parameters: str) -> str:
    """The address with the item's parameters, as CAM 3.4.1.4 (2004) joins the two."""
    text = parameters.strip().lstrip("?&")
    if not text:
        return href
    if text.startswith("#"):
        return href if "#" in href else href + text
    page, mark, fragment = href.partition("#")
    return f"{page}{'&' if '?' in page else '?'}{text}{mark}{fragment}"


def _given(pairs: dict[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value is not None}


def _said(item: etree._Element, name: str, uri: str) -> str | None:
    element = xml.child(item, name, uri)
    return None if element is None else xml.text(element).strip()


def _facts12(item: etree._Element) -> dict[str, Any]:
    return _given(
        {
            "masteryScore": _said(item, "masteryscore", xml.ADLCP12),
            "maxTimeAllowed": _said(item, "maxtimeallowed", xml.ADLCP12),
            "timeLimitAction": _said(item, "timelimitaction", xml.ADLCP12),
            "launchData": _said(item, "datafromlms", xml.ADLCP12),
        }
    )


def _facts2004(view: PackageView, item: etree._Element, every: list[str]) -> dict[str, Any]:
    facts = _given(
        {
            "timeLimitAction": _said(item, "timeLimitAction", xml.ADLCP),
            "launchData": _said(item, "dataFromLMS", xml.ADLCP),
            "completionThreshold": _threshold(item),
        }
    )
    facts["items"] = every
    parts = _sequencing(view, item)
    for part in parts:
        controls = xml.child(part, "deliveryControls", xml.IMSSS)
        if controls is not None:
            for name in ("completionSetByContent", "objectiveSetByContent"):
                facts.setdefault(name, xml.flag(controls, name, default=False))
        objectives = xml.child(part, "objectives", xml.IMSSS)
        if objectives is not None and "objectives" not in facts:
            facts.update(_objectives(objectives))
    shared = xml.child(item, "data", xml.ADLCP)
    if shared is not None:
        facts["sharedData"] = [
            {
                "id": xml.get(entry, "targetID") or "",
                "read": xml.flag(entry, "readSharedData", default=True),
                "write": xml.flag(entry, "writeSharedData", default=True),
            }
            for entry in xml.children(shared, "map", xml.ADLCP)
        ]
    return facts


def _threshold(item: etree._Element) -> str | None:
    """4th edition: `minProgressMeasure` where `completedByMeasure` is true; 3rd: the element's text."""
    element = xml.child(item, "completionThreshold", xml.ADLCP)
    if element is None:
        return None
    if xml.flag(element, "completedByMeasure", default=False):
        return xml.get(element, "minProgressMeasure") or "1.0"
    return xml.text(element).strip() or None


def _sequencing(view: PackageView, item: etree._Element) -> list[etree._Element]:
    """The item's own sequencing and the one it refers to, its own first."""
    own = xml.child(item, "sequencing", xml.IMSSS)
    if own is None:
        return []
    wanted = xml.get(own, "IDRef")
    holder = xml.child(packaging.root(view), "sequencingCollection", xml.IMSSS)
    shared = xml.children(holder, "sequencing", xml.IMSSS) if wanted and holder is not None else ()
    return [own, *(one for one in shared if xml.get(one, "ID") == wanted)]


def _objectives(holder: etree._Element) -> dict[str, Any]:
    facts: dict[str, Any] = {"objectives": []}
    primary = xml.child(holder, "primaryObjective", xml.IMSSS)
    others = list(xml.children(holder, "objective", xml.IMSSS))
    for objective in [*([primary] if primary is not None else []), *others]:
        name = xml.get(objective, "objectiveID")
        if name:
            facts["objectives"].append(name)
    if primary is not None and xml.flag(primary, "satisfiedByMeasure", default=False):
        facts["passingScore"] = _said(primary, "minNormalizedMeasure", xml.IMSSS) or "1.0"
    return facts


# ---- cmi5 and xAPI ---------------------------------------------------------------------------------------


def _cmi5(root: etree._Element) -> Iterator[Launch]:
    for unit in root.iter(f"{{{xml.namespace(root)}}}au"):
        name = xml.get(unit, "id") or ""
        url = xml.text(xml.child(unit, "url")).strip()
        facts = _given(
            {
                "moveOn": xml.get(unit, "moveOn"),
                "masteryScore": xml.get(unit, "masteryScore"),
                "launchParameters": _said(unit, "launchParameters", xml.namespace(root)),
            }
        )
        yield Launch(name, _langstring(unit) or name, "" if _leads_out(url) else url, facts, _leads_out(url))


def _langstring(unit: etree._Element) -> str:
    title = xml.child(unit, "title")
    return xml.text(xml.child(title, "langstring")).strip() if title is not None else ""


def _tincan(root: etree._Element) -> Iterator[Launch]:
    for activity in root.iter(f"{{{xml.namespace(root)}}}activity"):
        launch = _said(activity, "launch", xml.namespace(root))
        if launch:
            name = xml.get(activity, "id") or ""
            title = xml.text(xml.child(activity, "name")).strip() or name
            yield Launch(name, title, "" if _leads_out(launch) else launch, {}, _leads_out(launch))


def _leads_out(url: str) -> str:
    if packaging.SCHEME.match(url) or url.startswith("//"):
        return "it opens a page outside of the package"
    return "" if url else "it has no address"

"""From the table of contents to a page: items, resources, launch (P17 to P19, P25, P39, P41)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.manifest_rules import at
from coursepack.conformance.packaging import (
    adlcp,
    all_items,
    launch_type,
    organizations,
    resources,
    root,
)
from coursepack.conformance.rules import Found, package_rule
from coursepack.conformance.view import CMI5, MANIFEST, TINCAN, PackageView

PARAMETERS_MAX = 1000


@package_rule(
    "PKG-017", "item-without-resource", breaks=("strict importers; single-level menus launch the cluster",)
)
def item_without_resource(view: PackageView) -> Iterator[Found]:
    """An item leads nowhere: a leaf without `identifierref`, or one that names no resource.

    An item with items below it must have none in SCORM 2004; in 1.2 it is unwise.

    How to fix: give each leaf the identifier of its resource.
    """
    for item in all_items(view):
        reference = xml.get(item, "identifierref")
        if xml.child(item, "item") is not None:
            if reference is not None:
                level = "warning" if view.edition == "12" else None
                yield at(item, "an item with items below it has an identifierref", "remove it", level)
        elif not reference:
            yield at(item, "this item has no identifierref, so it launches nothing", "name its resource")
        if reference and reference not in view.resources and reference not in view.submanifests:
            yield at(item, f"`{reference[:60]}` is no resource", "name one that is there")


def _launched(view: PackageView) -> list[etree._Element]:
    """The resources that items refer to, each once."""
    names = dict.fromkeys(xml.get(item, "identifierref") or "" for item in all_items(view))
    return [view.resources[name] for name in names if name in view.resources]


@package_rule("PKG-018", "resource-not-launchable", breaks=("ILIAS: an error", "Moodle: an empty page"))
def resource_not_launchable(view: PackageView) -> Iterator[Found]:
    """A resource that an item launches has no `href` or is not of type `webcontent`, or one has no type.

    How to fix: name the page to open in `href`, and write `type="webcontent"`.
    """
    launched = dict.fromkeys(_launched(view))
    for resource in launched:
        if not (xml.get(resource, "href") or "").strip():
            yield at(resource, "this resource has no href and an item launches it", "name the page to open")
    for resource in resources(view):
        kind = xml.get(resource, "type")
        if kind is None:
            message, advice = "this resource has no type", 'write type="webcontent"'
            yield Found(message, advice, MANIFEST, xml.line(resource), breaks=("strict importers",))
        elif kind != "webcontent" and resource in launched:
            yield at(resource, f"its type is {kind[:60]!r}", "write `webcontent`")


@package_rule(
    "PKG-019",
    "launch-type",
    breaks=("Moodle: a resource without it counts as completed when it is opened, and nothing is tracked",),
)
def resource_launch_type(view: PackageView) -> Iterator[Found]:
    """A resource does not say whether it is a SCO or an asset, or no resource is a SCO.

    The attribute is `adlcp:scormtype` in SCORM 1.2 and `adlcp:scormType` in 2004, its value `sco` or `asset`.
    Without it Moodle takes the page for an asset, complete at launch. (Of one in the namespace of another
    edition PKG-011 tells.)

    How to fix: add the attribute, with the prefix `adlcp` and in the spelling of the edition.
    """
    name = "scormtype" if view.edition == "12" else "scormType"
    others = {xml.ADLCP12, xml.ADLCP} - {adlcp(view)}
    wrong = False
    for resource in resources(view):
        value = launch_type(view, resource)
        if value in ("sco", "asset"):
            continue
        wrong = True
        strange = [key for key in resource.attrib if etree.QName(key).localname.lower() == "scormtype"]
        if value is None and any(etree.QName(key).namespace in others for key in strange):
            continue
        if value is None and strange:
            message = f"the launch type is written `{_shown(resource, str(strange[0]))}`"
        else:
            message = "this resource has no launch type" if value is None else f"the launch type is {value!r}"
        yield at(resource, message, f'write `adlcp:{name}="sco"`, or "asset" for a file without tracking')
    if not wrong and resources(view) and all(launch_type(view, each) == "asset" for each in resources(view)):
        yield at(root(view), "no resource is a SCO, so nothing is tracked", f'write `adlcp:{name}="sco"`')


def _shown(element: etree._Element, name: str) -> str:
    """An attribute's name with its prefix, as it is in the file."""
    uri = etree.QName(name).namespace
    prefix = next((str(key) for key, value in element.nsmap.items() if key and value == uri), "")
    return f"{prefix}:{etree.QName(name).localname}" if prefix else str(etree.QName(name).localname)


@package_rule("PKG-025", "bad-dependency", breaks=("importers that follow dependencies",))
def bad_dependency(view: PackageView) -> Iterator[Found]:
    """A dependency names no resource, or resources depend on each other in a circle.

    How to fix: name a resource that is there, and break circles.
    """
    edges: dict[str, list[str]] = {}
    for name, resource in view.resources.items():
        for dependency in xml.children(resource, "dependency"):
            wanted = xml.get(dependency, "identifierref") or ""
            if wanted not in view.resources:
                yield at(dependency, f"`{wanted[:60]}` is no resource", "name one that is there")
            else:
                edges.setdefault(name, []).append(wanted)
    for name in _circles(edges):
        yield at(view.resources[name], f"`{name}` depends on itself", "break the circle")


def _circles(edges: dict[str, list[str]]) -> Iterator[str]:
    """One node of each circle, found without recursion: hostile chains are long."""
    state: dict[str, int] = {}
    for start in edges:
        stack = [(start, iter(edges.get(start, ())))]
        if start in state:
            continue
        state[start] = 1
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[node] = 2
                stack.pop()
            elif state.get(following) == 1:
                yield following
            elif following not in state:
                state[following] = 1
                stack.append((following, iter(edges.get(following, ()))))


@package_rule(
    "PKG-039", "launch-parameters", "warning", breaks=("SCORM Cloud and ILIAS: parameters were dropped",)
)
def launch_parameters(view: PackageView) -> Iterator[Found]:
    """An item adds parameters to the launch address, which some LMSs drop; 1000 characters at most.

    How to fix: do without parameters.
    """
    for item in all_items(view):
        value = xml.get(item, "parameters")
        if not value:
            continue
        if len(value) > PARAMETERS_MAX:
            yield at(item, f"parameters have {len(value)} characters", f"at most {PARAMETERS_MAX}", "error")
        elif re.search(r"\s|%(?![0-9A-Fa-f]{2})", value) or not re.match(r"[?&#\w]", value):
            yield at(item, f"the parameters {value[:60]!r} are malformed", "encode them as in a URL", "error")
        else:
            yield at(item, f"the parameters {value[:60]!r} may be dropped", "do not depend on them")


@package_rule(
    "PKG-041",
    "identifiers-changed",
    "warning",
    needs="any",
    breaks=("Moodle: deletes the attempts of a changed item",),
)
def identifiers_changed(view: PackageView) -> Iterator[Found]:
    """What the earlier package called by an identifier is no longer there.

    Moodle matches by item identifier when a package is uploaded again: of an item that is gone it deletes all
    attempts. Others ask for the same manifest; LMSs with cmi5 or xAPI find records by the activity's id.

    How to fix: give everything its old identifier back, unless attempts shall start anew.
    """
    earlier = view.reference
    if earlier is None:
        return
    before, now = _identifiers(earlier), _identifiers(view)
    if not before:
        yield Found("the earlier package has no identifiers to compare with", "give another", level="note")
        return
    entry = next((name for name in (MANIFEST, CMI5, TINCAN) if name in view.texts), "")
    for identifier, kind in before.items():
        if identifier not in now:
            advice = "keep its identifier, or make a new activity"
            yield Found(
                f"the {kind} `{identifier[:80]}` is gone", advice, entry, breaks=_MATCHED_BY.get(kind)
            )


_MATCHED_BY = {
    "manifest": ("Cornerstone OnDemand: asks for the same manifest (reports by users)",),
    "organization": ("Cornerstone OnDemand: asks for the same manifest (reports by users)",),
    "au": ("LMSs with cmi5: find records by the ids of course and unit",),
    "course": ("LMSs with cmi5: find records by the ids of course and unit",),
    "activity": ("LMSs with xAPI: find records by the activity's id",),
}


def _identifiers(view: PackageView) -> dict[str, str]:
    """The identifiers by which LMSs know what is in the package, with what each is."""
    documents = (
        (view.manifest, "identifier", ("manifest", "organization", "item")),
        (view.cmi5, "id", ("course", "au")),
        (view.tincan, "id", ("activity",)),
    )
    found: dict[str, str] = {}
    for document, attribute, kinds in documents:
        top = document.root if document is not None else None
        for element in top.iter(*(f"{{*}}{kind}" for kind in kinds)) if top is not None else ():
            identifier = (xml.get(element, attribute) or "").strip()
            if identifier:
                found.setdefault(identifier, xml.local(element))
    return found


@package_rule(
    "PKG-100", "lms-disagree", "warning", breaks=("Open edX: opens the first resource with an href",)
)
def lms_disagree(view: PackageView) -> Iterator[Found]:
    """LMSs will show different things: another first page, or only one of several organizations.

    Moodle opens the items of the default organization. Open edX ignores organizations and opens the first
    resource that has an href. Of several organizations most LMSs show only the default one.

    How to fix: use one organization, and put the resource of its first item first.
    """
    if len(organizations(view)) > 1:
        yield at(
            organizations(view)[1],
            f"there are {len(organizations(view))} organizations; most LMSs show the default one only",
            "make one package for each",
        )
    first = next((each for each in resources(view) if xml.get(each, "href")), None)
    launched = [each for each in _launched(view) if xml.get(each, "href")]
    if first is not None and launched and first is not launched[0]:
        yield at(
            first,
            f"Open edX will open `{(xml.get(first, 'href') or '')[:80]}`, Moodle "
            f"`{(xml.get(launched[0], 'href') or '')[:80]}`",
            "put the resource of the first item first",
        )

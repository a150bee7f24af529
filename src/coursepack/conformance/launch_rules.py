"""From the table of contents to a file: items, resources, files, launch (P17 to P25, P28, P39, P41)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.manifest_rules import at
from coursepack.conformance.packaging import (
    Address,
    address,
    adlcp,
    all_items,
    launch_type,
    organizations,
    resources,
    root,
)
from coursepack.conformance.rules import Found, package_rule
from coursepack.conformance.view import MANIFEST, PackageView

PARAMETERS_MAX = 1000


@package_rule(
    "PKG-017", "item-without-resource", breaks=("strict importers; single-level menus launch the cluster",)
)
def item_without_resource(view: PackageView) -> Iterator[Found]:
    """An item leads nowhere: a leaf without `identifierref`, or one that names no resource.

    An item with items below it must have none in SCORM 2004; in 1.2 it is unwise.
    """
    for item in all_items(view):
        reference = xml.get(item, "identifierref")
        if xml.child(item, "item") is not None:
            if reference is not None:
                level = "warning" if view.edition == "12" else None
                yield at(item, "an item with items below it has an identifierref", "remove it", level)
        elif not reference:
            yield at(item, "this item has no identifierref, so it launches nothing", "name its resource")
        if reference and reference not in view.resources:
            yield at(item, f"`{reference[:60]}` is no resource", "name one that is there")


def _launched(view: PackageView) -> list[etree._Element]:
    """The resources that items refer to, each once."""
    names = dict.fromkeys(xml.get(item, "identifierref") or "" for item in all_items(view))
    return [view.resources[name] for name in names if name in view.resources]


@package_rule("PKG-018", "resource-not-launchable", breaks=("ILIAS: an error", "Moodle: an empty page"))
def resource_not_launchable(view: PackageView) -> Iterator[Found]:
    """A resource that an item launches has no `href`, or is not of type `webcontent`."""
    for resource in _launched(view):
        if not (xml.get(resource, "href") or "").strip():
            yield at(resource, "this resource has no href and an item launches it", "name the page to open")
        if xml.get(resource, "type") != "webcontent":
            yield at(resource, f"its type is {xml.get(resource, 'type')!r}", "write `webcontent`")


@package_rule(
    "PKG-019",
    "launch-type",
    breaks=("Moodle: a resource without it counts as completed when it is opened, and nothing is tracked",),
)
def resource_launch_type(view: PackageView) -> Iterator[Found]:
    """A resource does not say whether it is a SCO or an asset, or no resource is a SCO.

    The attribute is `adlcp:scormtype` in SCORM 1.2 and `adlcp:scormType` in 2004, its value `sco` or `asset`.
    Without it Moodle takes the page for an asset, complete at launch.
    """
    name = "scormtype" if view.edition == "12" else "scormType"
    wrong = False
    for resource in resources(view):
        value = launch_type(view, resource)
        if value in ("sco", "asset"):
            continue
        wrong = True
        strange = [key for key in resource.attrib if etree.QName(key).localname.lower() == "scormtype"]
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


def _addresses(view: PackageView) -> Iterator[tuple[etree._Element, Address]]:
    """Every href of the resources and their files, with the resource it belongs to."""
    for resource in resources(view):
        for element in (resource, *xml.children(resource, "file")):
            found = address(element)
            if found:
                yield resource, found


@package_rule(
    "PKG-021", "bad-href", breaks=("servers that are not Windows; every LMS for a path out of the package",)
)
def bad_href(view: PackageView) -> Iterator[Found]:
    """An `href` is not a relative path inside the package, as a browser needs it.

    Use forward slashes, no leading slash, `%20` for a blank and `%25` for a percent sign. A SCO on another
    host cannot reach the LMS.
    """
    for resource, found in _addresses(view):
        if found.wrong:
            yield at(found.element, f"the href {found.written[:80]!r} {found.wrong}", "write a relative path")
        elif found.external and found.element is resource and launch_type(view, resource) == "sco":
            yield at(
                found.element, f"a SCO is on another host: {found.written[:80]}", "put it into the package"
            )


@package_rule("PKG-022", "launch-file-missing", breaks=("every LMS: the learner sees an error page",))
def launch_file_missing(view: PackageView) -> Iterator[Found]:
    """The page that a resource opens is not in the zip, or its name differs in case."""
    for resource in resources(view):
        found = address(resource)
        if found and found.path is not None and found.path not in view.files:
            yield _missing(view, found, "launch page")


def _missing(view: PackageView, found: Address, what: str) -> Found:
    near = view.near(found.path or "")
    if near:
        return at(
            found.element, f"the {what} is called `{near}` in the zip, not `{found.path}`", "use one name"
        )
    return at(
        found.element,
        f"the {what} `{(found.path or '')[:100]}` is not in the zip",
        "add it, or mend the href",
    )


@package_rule("PKG-023", "listed-file-missing", breaks=("ADL's validator; SCORM Cloud warns",))
def listed_file_missing(view: PackageView) -> Iterator[Found]:
    """A `file` is not in the zip, or the page that a resource opens is not among its files."""
    for resource in resources(view):
        launch = address(resource)
        listed = set()
        for file in xml.children(resource, "file"):
            found = address(file)
            if found is None or found.path is None:
                continue
            listed.add(found.path)
            if found.path not in view.files and not (launch and found.path == launch.path):
                yield _missing(view, found, "file")
        if launch and launch.path is not None and launch.path not in listed:
            level = None if view.edition == "4" else "warning"
            yield at(
                resource, f"`{launch.path}` is not listed as a file of its resource", "add a `file`", level
            )


@package_rule(
    "PKG-024", "file-not-listed", "warning", breaks=("LMSs that copy only what the manifest lists",)
)
def file_not_listed(view: PackageView) -> Iterator[Found]:
    """A file is in the zip and not in the manifest."""
    listed = {found.path for _, found in _addresses(view) if found.path is not None}
    metadata = {xml.text(each).strip() for each in root(view).iter(f"{{{adlcp(view)}}}location")}
    for name in view.files:
        free = name.lower().endswith((".xsd", ".dtd")) or name in (MANIFEST, "cmi5.xml", "tincan.xml")
        if not free and name not in listed and name not in metadata:
            yield Found(f"`{name}` is in the zip and not in the manifest", "list it as a `file`", name)


@package_rule("PKG-025", "bad-dependency", breaks=("importers that follow dependencies",))
def bad_dependency(view: PackageView) -> Iterator[Found]:
    """A dependency names no resource, or resources depend on each other in a circle."""
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


@package_rule("PKG-028", "external-metadata", breaks=("SCORM Cloud: an error at the import",))
def external_metadata(view: PackageView) -> Iterator[Found]:
    """`adlcp:location` names a metadata file that is not in the zip, or that is no XML."""
    for element in root(view).iter(f"{{{adlcp(view)}}}location"):
        name = xml.text(element).strip()
        if name not in view.files:
            yield at(
                element, f"the metadata file `{name[:80]}` is not in the zip", "add it or drop the element"
            )
        elif name in view.texts:
            try:
                xml.parse_xml(view.texts[name])
            except xml.XmlError as error:
                yield Found(f"the metadata file {error}", "mend the XML", name, error.line)


@package_rule(
    "PKG-039", "launch-parameters", "warning", breaks=("SCORM Cloud and ILIAS: parameters were dropped",)
)
def launch_parameters(view: PackageView) -> Iterator[Found]:
    """An item adds parameters to the launch address, which some LMSs drop; 1000 characters at most."""
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
    "PKG-041", "identifiers-changed", "warning", breaks=("Moodle: deletes the attempts of a changed item",)
)
def identifiers_changed(view: PackageView) -> Iterator[Found]:
    """Items of the earlier package have other identifiers now.

    Moodle matches by item identifier when a package is uploaded again: of an item that is gone it deletes all
    attempts.
    """
    earlier = view.reference
    if earlier is None or earlier.manifest is None:
        return
    now = {xml.get(item, "identifier") for item in all_items(view)}
    for item in all_items(earlier):
        identifier = xml.get(item, "identifier")
        if identifier not in now:
            yield at(
                root(view), f"the item `{identifier}` is gone", "keep its identifier, or make a new activity"
            )


@package_rule(
    "PKG-100", "lms-disagree", "warning", breaks=("Open edX: opens the first resource with an href",)
)
def lms_disagree(view: PackageView) -> Iterator[Found]:
    """LMSs will show different things: another first page, or only one of several organizations.

    Moodle opens the items of the default organization. Open edX ignores organizations and opens the first
    resource that has an href. Of several organizations most LMSs show only the default one.
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

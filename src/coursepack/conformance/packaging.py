"""The content packaging in a manifest: organizations, items, resources, and the addresses between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from coursepack.conformance import manifest as xml
from coursepack.conformance.view import PackageView

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def root(view: PackageView) -> etree._Element:
    """The manifest's root. Only for rules that need a SCORM manifest."""
    assert view.manifest is not None
    return view.manifest.root


def organizations(view: PackageView) -> list[etree._Element]:
    holder = xml.child(root(view), "organizations")
    return list(xml.children(holder, "organization")) if holder is not None else []


def items(parent: etree._Element) -> Iterator[etree._Element]:
    """All items below an organization or item, in document order."""
    for item in xml.children(parent, "item"):
        yield item
        yield from items(item)


def all_items(view: PackageView) -> list[etree._Element]:
    return [item for organization in organizations(view) for item in items(organization)]


def resources(view: PackageView) -> list[etree._Element]:
    """The resources of the manifest and of those in it, in document order."""
    return xml.resources(root(view))


def adlcp(view: PackageView) -> str:
    """The adlcp namespace of the view's edition."""
    return xml.ADLCP12 if view.edition == "12" else xml.ADLCP


def launch_type(view: PackageView, resource: etree._Element) -> str | None:
    """`sco` or `asset` as the resource says, in the spelling of its edition; None when it does not."""
    return xml.get(resource, "scormtype" if view.edition == "12" else "scormType", adlcp(view))


def is_sco(view: PackageView, item: etree._Element) -> bool:
    """Whether the item refers to a resource that is a SCO."""
    resource = view.resources.get(xml.get(item, "identifierref") or "")
    return resource is not None and launch_type(view, resource) == "sco"


def base(element: etree._Element) -> str:
    """All `xml:base` from the root down to the element, joined as they stand ([4-CAM] §3.4.3.1)."""
    chain = [element, *element.iterancestors()]
    return "".join(xml.get(part, "base", xml.XML) or "" for part in reversed(chain))


class Address(Struct, frozen=True):
    """An `href` in the manifest, as written, and the entry it means (None: malformed or external)."""

    element: etree._Element
    written: str
    path: str | None
    wrong: str = ""
    external: bool = False


def address(element: etree._Element, name: str = "href") -> Address | None:
    """The element's address, or None when it has none."""
    written = xml.get(element, name)
    return None if written is None else _resolved(element, base(element) + written.strip(), written)


def location(element: etree._Element) -> Address:
    """The address that the text of an `adlcp:location` is."""
    written = xml.text(element)
    return _resolved(element, base(element) + written.strip(), written)


def _resolved(element: etree._Element, whole: str, written: str) -> Address:
    if re.match(r"[A-Za-z]:[\\/]", whole):
        return Address(element, written, None, "begins with a drive letter")
    if re.match("file:", whole, re.I):
        return Address(element, written, None, "is a place on one computer")
    if SCHEME.match(whole) or whole.startswith("//"):
        return Address(element, written, None, external=True)
    path = re.split(r"[?#]", whole, maxsplit=1)[0]
    wrong = _wrong(path)
    if wrong:
        return Address(element, written, None, wrong)
    return Address(element, written, _normal(unquote(path)))


def _wrong(path: str) -> str:
    if not path:
        return "is empty"
    if "\\" in path:
        return "has a backslash"
    if path.startswith("/"):
        return "begins with a slash"
    if re.search(r"%(?![0-9A-Fa-f]{2})", path):
        return "has a percent sign that encodes nothing"
    depth = 0
    for segment in unquote(path).split("/"):
        depth += -1 if segment == ".." else segment not in ("", ".")
        if depth < 0:
            return "leads out of the package"
    return ""


def _normal(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept.pop()
        elif segment not in ("", "."):
            kept.append(segment)
    return "/".join(kept)

"""IMS Content Packaging: what the manifests of all SCORM editions have in common.

One organization, one item, one SCO whose resource comes first and holds every file. The identifiers depend
on the course's id alone: Moodle throws an attempt away when the item's identifier changes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from lxml import etree
from msgspec import Struct

from coursepack.package import Part
from coursepack.spec.model import Course
from coursepack.spec.settings import Settings
from coursepack.targets import metadata, xml
from coursepack.targets.controls import Controls, Edition, schema_location

MANIFEST = "imsmanifest.xml"
LAUNCH = "index.html"
TITLE_MAX = 200
"""Characters of a title that every LMS takes ([1.2-CAM] §2.3, [4-CAM] §3.4.1.8: SPM 200)."""
VERSION_MAX = 20
"""Characters of `manifest/@version` (IMS CP 1.1.2; SPM 20 in 2004). A longer version is in the LOM only."""


class Profile(Struct, frozen=True):
    """What sets one edition's manifest apart; `item` and `organization` append their extensions."""

    edition: Edition
    schemaversion: str
    namespace: str
    prefixes: Mapping[str, str]
    launch_type: str
    binding: metadata.Binding
    item: Callable[[etree._Element, Course], None]
    organization: Callable[[etree._Element], None]


class Identifiers(Struct, frozen=True):
    """The identifiers of one course: NCNames, ASCII, at most 60 characters, the same for every version."""

    manifest: str
    organization: str
    item: str
    resource: str
    controls: str


def identifiers(course_id: str) -> Identifiers:
    """Identifiers from the course's id: its last words to be read, a hash to be unique.

    The organization's has 9 characters: some LMSs take no more.
    """
    digest = hashlib.sha256(course_id.encode()).hexdigest()
    words = re.sub(r"[^a-z0-9]+", "-", course_id.rstrip("/#").rsplit("/", 1)[-1].lower()).strip("-")[:40]
    key = "-".join(part for part in (words.strip("-"), digest[:12]) if part)
    return Identifiers(
        f"course-{key}", f"O{digest[:8]}", f"item-{key}", f"sco-{key}", f"controls-{digest[:12]}"
    )


def build(profile: Profile, course: Course, parts: Sequence[Part], controls: Controls | None) -> list[Part]:
    """The parts of a SCORM package: the manifest, the site's parts as given, then the control files.

    With `controls` the manifest names them; reading the package back validates it against them.
    """
    data = to_manifest(profile, course, parts, controls)
    return [Part(MANIFEST, data), *parts, *(controls.files if controls else ())]


def to_manifest(
    profile: Profile, course: Course, parts: Sequence[Part], controls: Controls | None = None
) -> bytes:
    """`imsmanifest.xml`. Metadata is left out where the control files cannot describe it."""
    settings = course.settings
    names = identifiers(settings.id)
    with_metadata = controls is None or controls.has_lom
    root = _root(profile, settings, names, with_metadata, controls)
    described = xml.add(root, "metadata")
    xml.add(described, "schema", "ADL SCORM")
    xml.add(described, "schemaversion", profile.schemaversion)
    if with_metadata:
        metadata.add_metadata(described, settings, profile.binding)
    _add_organization(root, profile, course, names)
    _add_resources(root, profile, parts, names, controls)
    return xml.to_bytes(root)


def _root(
    profile: Profile, settings: Settings, names: Identifiers, with_metadata: bool, controls: Controls | None
) -> etree._Element:
    prefixes: dict[str | None, str] = {None: profile.namespace}
    prefixes.update(profile.prefixes.items())
    if with_metadata:
        prefixes[profile.binding.prefix] = profile.binding.namespace
    used = list(prefixes.values())
    if controls:
        prefixes["xsi"] = xml.XSI
    root = xml.document(profile.namespace, "manifest", prefixes)
    xml.put(root, "identifier", names.manifest)
    if len(settings.version) <= VERSION_MAX:
        xml.put(root, "version", settings.version)
    if controls:
        xml.put(root, "xsi:schemaLocation", schema_location(used))
    return root


def _add_organization(root: etree._Element, profile: Profile, course: Course, names: Identifiers) -> None:
    title = short_title(course.settings.title)
    organizations = xml.add(root, "organizations", default=names.organization)
    organization = xml.add(organizations, "organization", identifier=names.organization)
    xml.add(organization, "title", title)
    item = xml.add(
        organization, "item", identifier=names.item, identifierref=names.resource, isvisible="true"
    )
    xml.add(item, "title", title)
    profile.item(item, course)
    profile.organization(organization)


def _add_resources(
    root: etree._Element,
    profile: Profile,
    parts: Sequence[Part],
    names: Identifiers,
    controls: Controls | None,
) -> None:
    resources = xml.add(root, "resources")
    sco = xml.add(resources, "resource", identifier=names.resource, type="webcontent", href=LAUNCH)
    xml.put(sco, profile.launch_type, "sco")
    for part in parts:
        xml.add(sco, "file", href=quote(part.name))
    if controls:
        xml.add(sco, "dependency", identifierref=names.controls)
        asset = xml.add(resources, "resource", identifier=names.controls, type="webcontent")
        xml.put(asset, profile.launch_type, "asset")
        for part in controls.files:
            xml.add(asset, "file", href=quote(part.name))


def short_title(title: str) -> str:
    """The title in at most 200 characters; the rules have told the author when it is cut."""
    text = xml.legal(title)
    return text if len(text) <= TITLE_MAX else text[: TITLE_MAX - 1].rstrip() + "…"

"""The manifest as a document: XML, namespaces, versions, order, identifiers (P08 to P16)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.order import out_of_place
from coursepack.conformance.packaging import items, organizations, root
from coursepack.conformance.rules import Found, package_rule
from coursepack.conformance.view import MANIFEST, TITLES, PackageView, is_other_content, version_of

VERSIONS = {"1.2": "12", "2004 3rd Edition": "3", "2004 4th Edition": "4"}
PREFIXES = {
    xml.ADLCP12: "adlcp",
    xml.ADLCP: "adlcp",
    xml.ADLSEQ: "adlseq",
    xml.ADLNAV: "adlnav",
    xml.IMSSS: "imsss",
}
OLD = {xml.CP12, xml.ADLCP12}
NEW = {xml.CP2004, xml.ADLCP, xml.ADLSEQ, xml.ADLNAV, xml.IMSSS}
TITLE_MAX = 200
MOODLE_MAX = 255


def at(element: etree._Element, message: str, help: str = "", level: str | None = None) -> Found:  # noqa: A002
    """A finding at an element of the manifest."""
    return Found(message, help, MANIFEST, xml.line(element), level)  # type: ignore[arg-type]


@package_rule("PKG-008", "manifest-not-plain-xml", needs="zip", breaks=("every LMS: the import fails",))
def manifest_not_plain_xml(view: PackageView) -> Iterator[Found]:
    """`imsmanifest.xml` is not well-formed, plain XML in UTF-8.

    A DOCTYPE can define entities, which careful importers refuse. A byte-order mark and other encodings are
    read by some LMSs and not by others: write UTF-8 without a mark.

    How to fix: mend the XML at the line, save it as UTF-8 without a byte-order mark, drop the DOCTYPE.
    """
    error = view.errors.get(MANIFEST)
    if error:
        yield Found(
            f"the manifest {error}", "mend the XML, or export the package again", MANIFEST, error.line
        )
    document = view.manifest
    if document is None:
        return
    if document.encoding not in ("utf-8", "utf8", "us-ascii", "ascii"):
        yield Found(f"the manifest is written in {document.encoding}", "save it as UTF-8", MANIFEST, 1)
    elif document.bom:
        yield Found("the manifest begins with a byte-order mark", "save it without", MANIFEST, 1, "warning")


@package_rule(
    "PKG-009",
    "wrong-root",
    needs="zip",
    breaks=("strict importers: no SCORM package", "Moodle: compares names as written, prefixes included"),
)
def wrong_root(view: PackageView) -> Iterator[Found]:
    """The root is not `manifest` in the content packaging namespace of its edition, or it has a prefix.

    Also told: an IMS content package or Common Cartridge, whose manifest has the same name.

    SCORM 1.2 uses `http://www.imsproject.org/xsd/imscp_rootv1p1p2`, 2004
    `http://www.imsglobal.org/xsd/imscp_v1p1`.

    How to fix: use the namespace of the edition as the default namespace, without a prefix.
    """
    if view.manifest is None:
        return
    top, uri = view.manifest.root, xml.namespace(view.manifest.root)
    if xml.local(top) == "manifest" and is_other_content(view.manifest):
        schema = xml.text(next(top.iter(f"{{{uri}}}schema"), None)).strip()
        yield at(
            top,
            f"this is no SCORM package, but `{schema[:60] or 'IMS Common Cartridge'}`",
            "export the course as SCORM, or import this file as what it is",
        )
    elif xml.local(top) != "manifest" or uri not in (xml.CP12, xml.CP2004):
        yield at(top, f"the root is `{xml.local(top)}` in `{uri}`", "use the namespace of the edition")
    elif top.prefix:
        yield at(
            top, f"the elements have the prefix `{top.prefix}`", "make it the default namespace", "warning"
        )


@package_rule(
    "PKG-010",
    "unknown-schemaversion",
    breaks=(
        "Moodle: runs any other version as SCORM 1.2",
        "Open edX: runs any other version as SCORM 2004",
    ),
)
def unknown_schemaversion(view: PackageView) -> Iterator[Found]:
    """`schema` is not `ADL SCORM`, or `schemaversion` none of `1.2`, `2004 3rd Edition`, `2004 4th Edition`.

    LMSs choose the run-time interface by this text, and each treats an unknown one in its own way: Moodle
    takes SCORM 1.2, Open edX takes 2004. Write it exactly, on one line, without blanks around it.

    How to fix: write the text exactly, without blanks around it.
    """
    described = xml.child(root(view), "metadata")
    if described is None:
        if view.edition == "12":
            yield at(root(view), "the manifest has no schemaversion", "add `ADL SCORM` and `1.2`")
        return
    schema, version = xml.child(described, "schema"), version_of(view.manifest) if view.manifest else None
    if schema is None or xml.text(schema) != "ADL SCORM":
        yield at(described, f"schema is {xml.text(schema)[:60]!r}", "write `ADL SCORM`")
    if version is None:
        yield at(described, "there is no schemaversion", f"write `{_wanted(view)}`")
    elif version in ("CAM 1.3", "1.3"):
        yield at(
            described,
            f"schemaversion is `{version}` (2004 1st or 2nd Edition)",
            "export the course as 2004 3rd or 4th Edition where the tool can",
            "warning",
        )
    elif version not in VERSIONS:
        yield at(
            described,
            f"schemaversion is {version[:60]!r}; Moodle will run it as SCORM 1.2, Open edX as "
            f"{'1.2' if re.match('^1.2$', version) else '2004'}",
            f"write `{_wanted(view)}`, without blanks around it",
        )


def _wanted(view: PackageView) -> str:
    return "1.2" if view.edition == "12" else TITLES[view.edition].removeprefix("SCORM ")


@package_rule("PKG-011", "mixed-editions", breaks=("strict importers; Moodle picks the wrong API",))
def mixed_editions(view: PackageView) -> Iterator[Found]:
    """The namespaces belong to another edition than schemaversion says, or to both.

    1.2 uses imsproject.org and `adlcp_rootv1p2`, 2004 uses imsglobal.org and `adlcp_v1p3`.

    How to fix: use the namespaces of one edition throughout.
    """
    strange = NEW if view.edition == "12" else OLD
    reported: set[str] = set()
    for element in root(view).iter(etree.Element):
        uris = {xml.namespace(element)} | {str(etree.QName(name).namespace) for name in element.attrib}
        for uri in sorted(uris & strange - reported):
            reported.add(uri)
            yield at(
                element, f"`{uri}` does not belong to {TITLES[view.edition]}", "use one edition throughout"
            )


@package_rule("PKG-012", "unusual-prefix", "warning", breaks=("Moodle: knows the literal prefixes only",))
def unusual_prefix(view: PackageView) -> Iterator[Found]:
    """A namespace has another prefix than `adlcp`, `adlseq`, `adlnav` or `imsss`.

    XML leaves the prefix to the author, Moodle does not: it compares `adlcp:scormtype` as text and takes a
    SCO whose type it cannot see for an asset, complete at launch.

    How to fix: rename the prefix to the usual one.
    """
    reported: set[tuple[str, str]] = set()
    for element in root(view).iter(etree.Element):
        for prefix, uri in element.nsmap.items():
            wanted = PREFIXES.get(uri)
            if wanted and prefix != wanted and (str(prefix), uri) not in reported:
                reported.add((str(prefix), uri))
                yield at(element, f"`{uri}` has the prefix `{prefix or ''}`", f"use `{wanted}:`")


@package_rule(
    "PKG-013", "element-out-of-place", breaks=("SCORM Cloud and other strict importers: invalid manifest",)
)
def element_out_of_place(view: PackageView) -> Iterator[Found]:
    """The manifest's elements are not in the order, or not as many, as the content packaging schema demands.

    `manifest` holds metadata, organizations, resources; an item its title, then items, then metadata, then
    everything from other namespaces; a resource its metadata, then files, then dependencies.

    How to fix: put the elements into that order.
    """
    for element, message in out_of_place(root(view), view.edition):
        yield at(element, message, "put the elements into the order of the schema")


@package_rule("PKG-014", "bad-identifier", breaks=("Moodle: of two equal identifiers the last wins",))
def bad_identifier(view: PackageView) -> Iterator[Found]:
    """An identifier is missing, malformed or used twice.

    All identifiers of a manifest share one space: a letter or `_` first, then letters, digits, `.`, `-`, `_`.
    Moodle stores at most 255 characters.

    How to fix: give each element an identifier of its own that begins with a letter.
    """
    seen: set[str] = set()
    names = {
        f"{{{xml.namespace(root(view))}}}{part}" for part in ("manifest", "organization", "item", "resource")
    }
    for element in root(view).iter(*names):
        identifier = xml.get(element, "identifier")
        if identifier is None:
            yield at(element, f"a {xml.local(element)} has no identifier", "give it one")
            continue
        if not xml.NCNAME.match(identifier.strip()):
            yield at(element, f"the identifier {identifier[:60]!r} is malformed", "begin with a letter")
        elif identifier in seen:
            yield at(element, f"the identifier `{identifier[:60]}` is used twice", "give each its own")
        elif len(identifier) > MOODLE_MAX:
            yield at(element, f"an identifier has {len(identifier)} characters", "keep it below 100")
        seen.add(identifier)


@package_rule("PKG-015", "default-organization", breaks=("some LMSs: an empty table of contents",))
def default_organization(view: PackageView) -> Iterator[Found]:
    """`organizations` does not name a default, or names one that is not there.

    How to fix: name the identifier of an organization in `default`.
    """
    holder = xml.child(root(view), "organizations")
    if holder is None or not organizations(view):
        return
    default = xml.get(holder, "default")
    names = [xml.get(organization, "identifier") for organization in organizations(view)]
    if default is None:
        level = "warning" if view.edition == "12" else None
        yield at(holder, "organizations names no default", "add the attribute `default`", level)
    elif default not in names:
        yield at(holder, f"the default `{default[:60]}` is no organization", "name one that is there")


@package_rule(
    "PKG-016",
    "titles-and-items",
    breaks=("strict importers", "Moodle: a title over 255 characters is a database error"),
)
def titles_and_items(view: PackageView) -> Iterator[Found]:
    """There is no organization or no item, or one of them has no title of 1 to 200 characters.

    How to fix: add what is missing; shorten a long title.
    """
    holder = xml.child(root(view), "organizations")
    if holder is not None and not organizations(view):
        yield at(holder, "there is no organization, so there is nothing to launch", "add one")
    for organization in organizations(view):
        if xml.child(organization, "item") is None:
            yield at(organization, "an organization has no item", "add an item for each SCO")
        for element in (organization, *items(organization)):
            titles = list(xml.children(element, "title"))
            words = xml.text(titles[0]).strip() if titles else ""
            if len(titles) < 2 and not words:
                yield at(element, f"this {xml.local(element)} has no title", "give it a title")
            elif len(words) > TITLE_MAX:
                yield at(titles[0], f"the title has {len(words)} characters", f"use at most {TITLE_MAX}")

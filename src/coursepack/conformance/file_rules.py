"""The files that the manifest names: addresses, what is missing, what is not listed (P21 to P24, P28)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.manifest_rules import at
from coursepack.conformance.name_rules import is_litter, unsafe
from coursepack.conformance.packaging import Address, address, adlcp, launch_type, location, resources, root
from coursepack.conformance.rules import Found, package_rule
from coursepack.conformance.view import CMI5, MANIFEST, TINCAN, PackageView


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

    How to fix: write the path from the manifest to the file, as a browser needs it.
    """
    for resource in resources(view):
        for file in xml.children(resource, "file"):
            if xml.get(file, "href") is None:
                yield at(file, "a file has no href", "write its path, or drop the element")
    for resource, found in _addresses(view):
        if found.wrong:
            yield at(found.element, f"the href {found.written[:80]!r} {found.wrong}", "write a relative path")
        elif found.external and found.element is resource and launch_type(view, resource) == "sco":
            yield at(
                found.element, f"a SCO is on another host: {found.written[:80]}", "put it into the package"
            )


@package_rule("PKG-022", "launch-file-missing", breaks=("every LMS: the learner sees an error page",))
def launch_file_missing(view: PackageView) -> Iterator[Found]:
    """The page that a resource opens is not in the zip, or its name differs in case.

    How to fix: add the file, or write its name exactly as it is in the zip.
    """
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
    """A `file` is not in the zip, or the page that a resource opens is not among its files.

    How to fix: add the file to the zip, or the `file` element to the manifest.
    """
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
    """A file is in the zip and not in the manifest.

    How to fix: add a `file` element, or leave the file out of the zip.
    """
    listed = {found.path for _, found in _addresses(view) if found.path is not None}
    listed |= {view.near(path) for path in listed if path not in view.files}
    metadata = {location(each).path for each in root(view).iter(f"{{{adlcp(view)}}}location")}
    for name in view.files:
        last = name.rpartition("/")[2].lower()
        free = last.endswith((".xsd", ".dtd")) or last == MANIFEST or name in (CMI5, TINCAN)
        if not (free or name in listed or name in metadata or unsafe(name) or is_litter(name)):
            yield Found(f"`{name}` is in the zip and not in the manifest", "list it as a `file`", name)


@package_rule("PKG-028", "external-metadata", breaks=("SCORM Cloud: an error at the import",))
def external_metadata(view: PackageView) -> Iterator[Found]:
    """`adlcp:location` names a metadata file that is not in the zip, or that is no XML.

    How to fix: add the file, or put the metadata into the manifest.
    """
    for element in root(view).iter(f"{{{adlcp(view)}}}location"):
        found = location(element)
        if found.wrong:
            yield at(element, f"the location {found.written[:80]!r} {found.wrong}", "write a relative path")
        elif found.path is not None and found.path not in view.files:
            yield _missing(view, found, "metadata file")
        elif found.path is not None and found.path in view.texts:
            try:
                xml.parse_xml(view.texts[found.path])
            except xml.DoctypeError:
                continue
            except xml.XmlError as error:
                yield Found(f"the metadata file {error}", "mend the XML", found.path, error.line)

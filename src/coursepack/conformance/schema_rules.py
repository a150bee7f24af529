"""What XML Schema has to say: booleans, xml:base, schema locations, official XSDs (P20, P26, P27)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.manifest_rules import at
from coursepack.conformance.packaging import root
from coursepack.conformance.rules import Found, Level, package_rule
from coursepack.conformance.view import MANIFEST, PackageView

NAMED_MAX = 8
_BOOLEANS = re.compile(
    r"isvisible|objectivesGlobalToSystem|sharedDataGlobalToSystem|choice|choiceExit|flow|forwardOnly"
    r"|useCurrentAttempt\w+Info|tracked|\w+SetByContent|satisfiedByMeasure|completedByMeasure"
    r"|(?:read|write)[A-Z]\w+|rollupObjectiveSatisfied|rollupProgressCompletion|reorderChildren"
    r"|preventActivation|constrainChoice|measureSatisfactionIfActive"
)


@package_rule("PKG-020", "boolean-in-words", breaks=("ADL's test suite; readers that compare with `true`",))
def boolean_in_words(view: PackageView) -> Iterator[Found]:
    """A yes-or-no attribute is neither `true` nor `false`. XML allows `1` and `0`; readers often do not.

    How to fix: write `true` or `false`.
    """
    level = "warning" if view.edition == "12" else None
    spaces = (xml.namespace(root(view)), xml.ADLCP, xml.ADLSEQ, xml.IMSSS)
    for element in root(view).iter(*(f"{{{uri}}}*" for uri in spaces)):
        for name, value in element.attrib.items():
            short = str(etree.QName(name).localname)
            if _BOOLEANS.fullmatch(short) and str(value).strip() not in ("true", "false"):
                yield at(element, f"{short} is {str(value)[:20]!r}", "write `true` or `false`", level)


@package_rule(
    "PKG-026", "xml-base", "warning", breaks=("Moodle: knows it on resources only", "Open edX: ignores it")
)
def xml_base(view: PackageView) -> Iterator[Found]:
    """`xml:base` is used. Few LMSs apply it; write whole paths instead.

    How to fix: write whole paths in every `href`, and drop `xml:base`.
    """
    for element in root(view).iter(etree.Element):
        value = xml.get(element, "base", xml.XML)
        if value is None:
            continue
        bad = not value.endswith("/") or value.startswith("/") or "\\" in value or ":" in value
        yield at(
            element,
            f"xml:base is {value[:60]!r}" + (", which is not a relative folder" if bad else ""),
            "write whole paths instead",
            "error" if bad else None,
        )


@package_rule("PKG-027", "schema-location", breaks=("ADL's validator: REQUIRED_FILES_AT_ROOT",))
def schema_location(view: PackageView) -> Iterator[Found]:
    """`schemaLocation` names a control file that is not in the zip, or leaves a namespace out.

    Either ship all files that you name, or name none.

    How to fix: add the named files to the root of the zip, or drop `schemaLocation`.
    """
    pairs: list[str] = []
    for element in root(view).iter(etree.Element):
        value = (xml.get(element, "schemaLocation", xml.XSI) or "").split()
        places = dict.fromkeys(value[1::2])
        missing = [place for place in places if "://" not in place and place not in view.files]
        if missing:
            names = ", ".join(f"`{place[:80]}`" for place in missing[:NAMED_MAX])
            names += f" and {len(missing) - NAMED_MAX} more" if len(missing) > NAMED_MAX else ""
            are = "is" if len(missing) == 1 else "are"
            yield at(
                element, f"{names} {are} named and not in the zip", "add what is named, or name no files"
            )
        pairs += value[::2]
    elements = list(root(view).iter(etree.Element)) if pairs else []
    used = {xml.namespace(element) for element in elements}
    used |= {str(etree.QName(name).namespace or "") for element in elements for name in element.attrib}
    if pairs:
        for uri in sorted(used - {*pairs, "", xml.XSI, xml.XML}):
            yield at(root(view), f"`{uri}` is used and has no schema location", "add it", "warning")


@package_rule("PKG-110", "official-schema-unusable", "note")
def official_schema_unusable(view: PackageView) -> Iterator[Found]:
    """The official XML Schemas that you have added cannot be used: the manifest was not held against them.

    The files in your store are damaged or not complete. The package itself may be all right.

    How to fix: add the files again with `coursepack schemas add`.
    """
    if view.unasked:
        level: Level | None = "error" if view.ours else None
        yield Found(view.unasked, "add them again with `coursepack schemas add`", level=level)


@package_rule(
    "PKG-108", "official-schema", breaks=("SCORM Cloud and other strict importers: invalid manifest",)
)
def official_schema(view: PackageView) -> Iterator[Found]:
    """The official XML Schema of the edition, which you have added, refuses the manifest.

    How to fix: look at the line; the other findings often say the same in plainer words.
    """
    for number, message in view.schema_errors:
        words = re.sub(r"\{[^}]*\}", "", message).rstrip(".")
        yield Found(f"the official schema says: {words}", "", MANIFEST, number)

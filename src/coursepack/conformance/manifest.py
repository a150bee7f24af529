"""Parsing XML that may be hostile: no DTD, no entities, no network, bounded size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

MANIFEST_MAX = 8 << 20
"""Bytes of the largest manifest that is read."""

ATTRIBUTES_MAX, ELEMENTS_MAX = 200, 100_000
"""Attributes of one element, and elements of one document, that are read."""

CP12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
CP2004 = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
IMSSS = "http://www.imsglobal.org/xsd/imsss"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"

NCNAME = re.compile(r"[^\W\d][\w.\-\u00b7]*\Z")


class XmlError(ValueError):
    """Why a document cannot be read, and where (`line`, 0 when unknown)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class DoctypeError(XmlError):
    """The document has a DOCTYPE, and is not read any further."""


class Document(Struct, frozen=True):
    """A parsed document, what it is written in, and whether it begins with a byte-order mark."""

    root: etree._Element
    encoding: str
    bom: bool


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>", re.S)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""", re.S)
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.S)
_KNOWN = re.compile(r"utf-?(8|16|32)([-_]?[lb]e)?|us-ascii|ascii|iso-8859-\d+|latin-?1|windows-125\d", re.I)


def parse_xml(data: bytes) -> Document:
    """The document's tree. Raises XmlError with a sentence of our own when it is not plain, safe XML."""
    bom, encoding = _detect(data)
    try:
        text = data[len(bom) :].decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise XmlError(f"is not text in {encoding}", data.count(b"\n", 0, at + len(bom)) + 1) from None
    if _has_doctype(text):
        raise DoctypeError("has a DOCTYPE: it could define entities", 1)
    declaration = _DECLARATION.match(text)
    if declaration:
        text = "\n" * declaration[0].count("\n") + text[declaration.end() :]
    if not text.strip():
        raise XmlError("is empty")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace").lstrip(b" \t\r") or b" ", parser)
    except etree.XMLSyntaxError as error:
        raise XmlError(f"is not well-formed XML ({_first_words(error)})", error.lineno or 0) from None
    _bounded(root)
    return Document(root, encoding.lower(), bool(bom))


def _bounded(root: etree._Element) -> None:
    """Refuse what no course has and what makes the work after parsing slow."""
    for number, element in enumerate(root.iter()):
        if len(element.attrib) > ATTRIBUTES_MAX:
            raise XmlError(f"has an element with {len(element.attrib)} attributes", line(element))
        if number > ELEMENTS_MAX:
            raise XmlError(f"has more than {ELEMENTS_MAX} elements")


def _detect(data: bytes) -> tuple[bytes, str]:
    """The byte-order mark (or empty) and the encoding."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return mark, name
    if data[:2] == b"<\0":
        return b"", "utf-16-le"
    if data[:2] == b"\0<":
        return b"", "utf-16-be"
    found = _ENCODING.match(data[:400])
    name = found[1].decode("ascii") if found else "utf-8"
    if not _KNOWN.fullmatch(name):
        raise XmlError(f"is written in `{name}`, an encoding that few programs read", 1)
    return b"", name


def _has_doctype(text: str) -> bool:
    position = 0
    while found := _PROLOG.match(text, position):
        position = found.end()
    return text[position : position + 9].upper() == "<!DOCTYPE"


def _first_words(error: etree.XMLSyntaxError) -> str:
    return " ".join(str(error.msg).split(", line")[0].split())[:120]


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(etree.QName(element).localname)


def namespace(element: etree._Element) -> str:
    return str(etree.QName(element).namespace or "")


def children(element: etree._Element, name: str, uri: str | None = None) -> Iterator[etree._Element]:
    """Child elements of that name, by default in the element's own namespace."""
    yield from element.iterchildren(f"{{{namespace(element) if uri is None else uri}}}{name}")


def child(element: etree._Element, name: str, uri: str | None = None) -> etree._Element | None:
    return next(children(element, name, uri), None)


def resources(root: etree._Element) -> list[etree._Element]:
    """The resources of a manifest and of all manifests in it, in document order."""
    uri = namespace(root)
    found: list[etree._Element] = []
    for holder in root.iter(f"{{{uri}}}resources"):
        parent = holder.getparent()
        if parent is not None and local(parent) == "manifest":
            found += children(holder, "resource")
    return found


def text(element: etree._Element | None) -> str:
    """The element's text, as it is written."""
    return (element.text or "") if element is not None else ""


def get(element: etree._Element, name: str, uri: str = "") -> str | None:
    """An attribute's value, or None."""
    value = element.get(f"{{{uri}}}{name}" if uri else name)
    return None if value is None else str(value)


def flag(element: etree._Element, name: str, default: bool) -> bool:
    """A yes-or-no attribute as XML Schema reads it, blanks aside; `default` where it is neither."""
    value = (get(element, name) or "").strip()
    return value in ("true", "1") if value in ("true", "1", "false", "0") else default


def line(element: etree._Element) -> int:
    at = element.sourceline
    return at if isinstance(at, int) else 0

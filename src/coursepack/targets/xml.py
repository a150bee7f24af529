"""Writing XML as LMSs like it: literal prefixes, UTF-8, no BOM, DOCTYPE or comments, texts on one line."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def document(namespace: str, name: str, prefixes: Mapping[str | None, str]) -> etree._Element:
    """A root element; `prefixes` are declared once, here, and `None` is the default namespace."""
    return etree.Element(etree.QName(namespace, name), nsmap=prefixes)  # type: ignore[arg-type]


def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A last child: `name` is `title` (the parent's namespace) or `adlcp:masteryscore` (a declared prefix).

    Keyword names are attributes: a double underscore stands for the colon of a prefix
    (`adlcp__scormtype`), a trailing underscore is dropped.
    """
    child = etree.SubElement(parent, _name(parent, name))
    for key, value in attributes.items():
        put(child, key.rstrip("_").replace("__", ":"), value)
    if text is not None:
        child.text = legal(text)
    return child


def put(element: etree._Element, name: str, value: str) -> None:
    """Set an attribute: `href` (no namespace) or `adlcp:scormtype` (a declared prefix)."""
    element.set(_name(element, name) if ":" in name else name, legal(value))


def legal(text: str) -> str:
    """The text on one line, without the characters that XML 1.0 forbids."""
    return " ".join(_ILLEGAL.sub(" ", text).split())


def to_bytes(root: etree._Element) -> bytes:
    """The document in UTF-8, indented, with `\\n`; double quotes in the declaration, for naive readers."""
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=True)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text


def _name(element: etree._Element, name: str) -> etree.QName:
    prefix, colon, local = name.rpartition(":")
    if not colon:
        return etree.QName(etree.QName(element).namespace, local)
    return etree.QName(XML if prefix == "xml" else element.nsmap[prefix], local)

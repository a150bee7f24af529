"""What a catalogue shows: the course as Learning Object Metadata (LOM), in the manifest itself.

SCORM 1.2 uses IMS metadata 1.2.1, SCORM 2004 the IEEE binding; the same facts, other element names.
"""

from __future__ import annotations

from lxml import etree
from msgspec import Struct

from coursepack.spec.settings import Settings
from coursepack.targets import xml

IMSMD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"

SOURCE = "LOMv1.0"
"""The vocabulary that `author` and `yes` come from (LOM 1.0, IEEE 1484.12.1)."""


class Binding(Struct, frozen=True):
    """The words of one LOM binding."""

    prefix: str
    namespace: str
    lifecycle: str
    restrictions: str
    string: str
    language: str
    entity: tuple[str, ...]
    vocabulary_in_strings: bool


IMS = Binding(
    "imsmd",
    IMSMD,
    "lifecycle",
    "copyrightandotherrestrictions",
    "langstring",
    "xml:lang",
    ("centity", "vcard"),
    True,
)
IEEE = Binding(
    "lom", LOM, "lifeCycle", "copyrightAndOtherRestrictions", "string", "language", ("entity",), False
)


def add_metadata(parent: etree._Element, settings: Settings, binding: Binding) -> None:
    """Append `lom`: title, language, description, keywords, version, authors, rights and credit.

    The order of elements is the one that IMS metadata 1.2.1 demands; the IEEE binding takes any.
    """
    lom = xml.add(parent, f"{binding.prefix}:lom")
    general = xml.add(lom, "general")
    _strings(general, "title", settings.title, settings, binding)
    xml.add(general, "language", settings.language)
    if settings.description.strip():
        _strings(general, "description", settings.description, settings, binding)
    for keyword in settings.keywords:
        _strings(general, "keyword", keyword, settings, binding)
    _add_lifecycle(lom, settings, binding)
    _add_rights(lom, settings, binding)


def _add_lifecycle(lom: etree._Element, settings: Settings, binding: Binding) -> None:
    lifecycle = xml.add(lom, binding.lifecycle)
    _strings(lifecycle, "version", settings.version, settings, binding)
    if not settings.authors:
        return
    contribute = xml.add(lifecycle, "contribute")
    _term(contribute, "role", "author", binding)
    for author in settings.authors:
        holder = contribute
        for name in binding.entity:
            holder = xml.add(holder, name)
        holder.text = _vcard(author)


def _add_rights(lom: etree._Element, settings: Settings, binding: Binding) -> None:
    words = " – ".join(xml.legal(part) for part in (settings.rights, settings.credit) if part.strip())
    if not words:
        return
    rights = xml.add(lom, "rights")
    _term(rights, binding.restrictions, "yes", binding)
    _strings(rights, "description", words, settings, binding)


def _strings(parent: etree._Element, name: str, text: str, settings: Settings, binding: Binding) -> None:
    string = xml.add(xml.add(parent, name), binding.string, text)
    xml.put(string, binding.language, settings.language)


def _term(parent: etree._Element, name: str, value: str, binding: Binding) -> None:
    term = xml.add(parent, name)
    for part, text in (("source", SOURCE), ("value", value)):
        if binding.vocabulary_in_strings:
            xml.put(xml.add(xml.add(term, part), binding.string, text), "xml:lang", "x-none")
        else:
            xml.add(term, part, text)


def _vcard(name: str) -> str:
    """A vCard 3.0 (RFC 2426): FN and N are mandatory, `\\ ; ,` are escaped."""
    safe = xml.legal(name)
    for character in "\\;,":
        safe = safe.replace(character, f"\\{character}")
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{safe}\nN:{safe};;;;\nEND:VCARD"

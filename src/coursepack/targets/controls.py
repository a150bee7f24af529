"""Control files: the official XSDs and DTDs that a strict SCORM package carries at its root.

They are not ours to ship: `coursepack.schemas` keeps what the user has. This module knows which files make
a set, names them in a manifest, and validates against them without touching the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from lxml import etree
from msgspec import Struct

from coursepack.package import Part

Edition = Literal["1.2", "2004-3", "2004-4"]
EDITIONS: tuple[Edition, ...] = ("1.2", "2004-3", "2004-4")

_IMSSS = (
    "",
    "auxresource",
    "control",
    "delivery",
    "limit",
    "objective",
    "random",
    "rollup",
    "seqrule",
    "util",
)

NEEDED: Mapping[Edition, frozenset[str]] = {
    "1.2": frozenset({"adlcp_rootv1p2.xsd", "ims_xml.xsd", "imscp_rootv1p1p2.xsd", "imsmd_rootv1p2p1.xsd"}),
    **{
        edition: frozenset(
            {"XMLSchema.dtd", "datatypes.dtd", "xml.xsd", "imscp_v1p1.xsd", "adlcp_v1p3.xsd"}
            | {"adlseq_v1p3.xsd", "adlnav_v1p3.xsd"}
            | {f"imsss_v1p0{part}.xsd" for part in _IMSSS}
        )
        for edition in ("2004-3", "2004-4")
    },
}
"""The files that must be there, by edition (they lie at the package root)."""

LOM_FILE = "lom.xsd"
LOM_FOLDERS = ("common/", "extend/", "unique/", "vocab/")
"""Inline LOM in a 2004 manifest needs `lom.xsd` and all of these folders."""

SCHEMA_OF: Mapping[str, str] = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1": "imsmd_rootv1p2p1.xsd",
    "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav_v1p3.xsd",
    "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
    "http://ltsc.ieee.org/xsd/LOM": LOM_FILE,
}
"""Namespace to the control file that defines it."""

_BASE = "controls:///"
_XML_AS_DEFAULT = re.compile(rb'\sxmlns\s*=\s*(["\'])http://www\.w3\.org/XML/1998/namespace\1')


class Controls(Struct, frozen=True, dict=True):
    """One edition's control files, in the order they go into a package; names are relative to its root."""

    edition: Edition
    files: tuple[Part, ...]

    @property
    def has_lom(self) -> bool:
        """Whether inline metadata can be declared: always in 1.2, with `lom.xsd` and its folders in 2004."""
        names = [part.name for part in self.files]
        return self.edition == "1.2" or (
            LOM_FILE in names
            and all(any(name.startswith(folder) for name in names) for folder in LOM_FOLDERS)
        )

    @cached_property
    def _schema(self) -> etree.XMLSchema:
        return _compile({part.name: part.data for part in self.files}, _roots(self))

    def validate(self, manifest: bytes) -> list[tuple[int, str]]:
        """Line and message of each place where the manifest is not valid; empty when it is.

        The manifest's own `schemaLocation` is not followed.

        Raises `ControlsError` when the control files themselves cannot be used.
        """
        schema = self._schema
        try:
            tree = etree.fromstring(manifest, _parser({}))
        except etree.XMLSyntaxError as error:
            return [(error.lineno or 1, str(error.msg))]
        schema.validate(tree)
        return [(entry.line, entry.message) for entry in schema.error_log]  # type: ignore[attr-defined]


class ControlsError(ValueError):
    """Control files that do not make a usable XML Schema."""


def schema_location(namespaces: Iterable[str]) -> str:
    """The value of `xsi:schemaLocation` for the namespaces that have a control file."""
    return " ".join(f"{uri} {SCHEMA_OF[uri]}" for uri in namespaces if uri in SCHEMA_OF)


def _roots(controls: Controls) -> list[tuple[str, str]]:
    """Namespace and file to import: all that belong to the edition and are in the set."""
    names = {part.name for part in controls.files}
    return [
        (uri, name)
        for uri, name in SCHEMA_OF.items()
        if name in names and (name != LOM_FILE or controls.has_lom)
    ]


def _compile(files: Mapping[str, bytes], roots: list[tuple[str, str]]) -> etree.XMLSchema:
    imports = "".join(f'<xs:import namespace="{uri}" schemaLocation="{_BASE}{name}"/>' for uri, name in roots)
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    try:
        return etree.XMLSchema(etree.fromstring(text.encode(), _parser(files), base_url=f"{_BASE}all.xsd"))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as error:
        raise ControlsError(str(error)) from None


def _parser(files: Mapping[str, bytes]) -> etree.XMLParser:
    """A parser that reads the given files and nothing else: no network, no disk, no entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    parser.resolvers.add(_Only(files))
    return parser


def _mended(name: str, data: bytes) -> bytes:
    """The file as libxml2 takes it; what goes into a package is always the original.

    `ims_xml.xsd` makes the xml namespace its default one, which XML forbids. `imsmd_rootv1p2p1.xsd` has
    wildcards that make its content models ambiguous: they are narrowed to other namespaces.
    """
    if name == "imsmd_rootv1p2p1.xsd":
        return data.replace(b'"##any"', b'"##other"')
    return _XML_AS_DEFAULT.sub(b"", data) if name == "ims_xml.xsd" else data


class _Only(etree.Resolver):
    """Resolves names in the set; everything else is an empty document, so that nothing outside is read."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = files

    def resolve(  # type: ignore[override]
        self, system_url: str | None, public_id: str | None, context: object
    ) -> object:
        name = (system_url or "").removeprefix(_BASE)
        if name.endswith(".dtd"):
            return self.resolve_string(b"", context)  # type: ignore[call-arg]
        data = _mended(name, self._files.get(name, b""))
        return self.resolve_string(data, context, base_url=system_url)

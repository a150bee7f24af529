"""Tiny packages, made by functions: one that is right for each format, and ways to make one thing wrong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

INDEX = "<!doctype html><title>Course</title><p>Hello</p>"
NAMESPACES = {
    "12": (
        'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
    ),
    "3": (
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
        'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
    ),
}
NAMESPACES["4"] = NAMESPACES["3"]
VERSIONS = {"12": "1.2", "3": "2004 3rd Edition", "4": "2004 4th Edition"}
FLOW = '<imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing>'


def manifest(edition: str = "4") -> str:
    """A right manifest of one SCO with two files, one element a line."""
    scorm_type = "scormtype" if edition == "12" else "scormType"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" {NAMESPACES[edition]}>
<metadata><schema>ADL SCORM</schema><schemaversion>{VERSIONS[edition]}</schemaversion></metadata>
<organizations default="O">
<organization identifier="O">
<title>Course</title>
<item identifier="I" identifierref="R" isvisible="true"><title>Course</title></item>
{"" if edition == "12" else FLOW}
</organization>
</organizations>
<resources>
<resource identifier="R" type="webcontent" adlcp:{scorm_type}="sco" href="index.html">
<file href="index.html"/>
<file href="a.js"/>
</resource>
</resources>
</manifest>
"""


CMI5 = """<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://example.org/c"><title><langstring lang="en">C</langstring></title>
<description><langstring lang="en">C</langstring></description></course>
<objectives><objective id="https://example.org/c/o"><title><langstring lang="en">O</langstring></title>
<description><langstring lang="en">O</langstring></description></objective></objectives>
<au id="https://example.org/c/au" moveOn="Completed" masteryScore="0.8">
<title><langstring lang="en">C</langstring></title>
<description><langstring lang="en">C</langstring></description>
<objectives><objective idref="https://example.org/c/o"/></objectives>
<url>index.html</url></au>
</courseStructure>
"""
TINCAN = """<?xml version="1.0" encoding="UTF-8"?>
<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
<activity id="https://example.org/c" type="http://adlnet.gov/expapi/activities/course">
<name lang="en">C</name><description lang="en">C</description><launch lang="en">index.html</launch></activity>
</activities></tincan>
"""

Files = dict[str, bytes]


def scorm(edition: str = "4", text: str | None = None, **files: str | bytes) -> Files:
    """The files of a right SCORM package; `text` is another manifest, `files` more files by name."""
    found: Files = {
        "imsmanifest.xml": (text or manifest(edition)).encode(),
        "index.html": INDEX.encode(),
        "a.js": b"void 0\n",
    }
    return found | {name: _bytes(data) for name, data in files.items()}


def changed(edition: str, *pairs: tuple[str, str]) -> Files:
    """A SCORM package whose manifest has each first text replaced by the second. Both must make a change."""
    text = manifest(edition)
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return scorm(edition, text)


def cmi5(*pairs: tuple[str, str]) -> Files:
    return {"cmi5.xml": _replaced(CMI5, pairs).encode(), "index.html": INDEX.encode()}


def tincan(*pairs: tuple[str, str]) -> Files:
    return {"tincan.xml": _replaced(TINCAN, pairs).encode(), "index.html": INDEX.encode()}


def with_page(html: str, **files: str) -> Files:
    """A SCORM package with that launch page."""
    return scorm("4") | {"index.html": html.encode()} | {name: data.encode() for name, data in files.items()}


def with_script(script: str) -> Files:
    """A SCORM package whose second file is that script."""
    return scorm("4") | {"a.js": script.encode()}


def listed(name: str, href: str, data: bytes = b"", edition: str = "4") -> Files:
    """A SCORM package with one more file, in the zip and in the manifest."""
    return changed(edition, ('<file href="a.js"/>', f'<file href="a.js"/><file href="{href}"/>')) | {
        name: data
    }


def to_zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the files, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, method)
    return buffer.getvalue()


def patched(data: bytes, old: bytes, new: bytes, count: int = -1) -> bytes:
    """The zip with bytes of the same length replaced, as a faulty or hostile program would write them."""
    assert len(old) == len(new)
    assert old in data
    return data.replace(old, new, count)


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data

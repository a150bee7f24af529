"""Whatever bytes come: findings, never an exception, never a message of a library."""

# ruff: noqa: E501

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import CMI5, TINCAN, cmi5, manifest, scorm, tincan, to_zip

from coursepack.conformance import check_package

ZIPS = [to_zip(scorm("12")), to_zip(scorm("4")), to_zip(cmi5()), to_zip(tincan())]
XMLS = [manifest("12"), manifest("3"), manifest("4"), CMI5, TINCAN]
WORDS = [
    "<", ">", "</", "/>", '"', "=", "&", "&#0;", "&a;", "<![CDATA[", "]]>", "<!--", "-->", "<?a?>", "\0", "\ud7ff",
    "xmlns=", "xmlns:adlcp=''", "<item>", "</item>", "<imsss:sequencing/>", "identifier", "href='..'", " ", "\n",
    "<!DOCTYPE a>", "xml:base='x'", "é", "\U0001f600", "%", "%zz", "\\", "//", "javascript:", "1e999", "-", "NaN",
]  # fmt: skip


def is_sane(data: bytes) -> None:
    for item in check_package(data):
        assert item.message
        assert "\n" not in item.message
        assert item.line >= 0
        assert "Traceback" not in item.message


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes(data: bytes) -> None:
    is_sane(data)
    is_sane(b"PK\3\4" + data + b"PK\5\6" + data[:18].ljust(18, b"\0"))


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(ZIPS), st.randoms(use_true_random=False))
def test_a_zip_with_changed_bytes(package: bytes, chance: random.Random) -> None:
    data = bytearray(package)
    for _ in range(chance.randint(1, 6)):
        where = chance.randrange(len(data))
        kind = chance.random()
        if kind < 0.6:
            data[where] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        elif kind < 0.8:
            del data[where : where + chance.randint(1, 40)]
        else:
            data[where:where] = data[where : where + chance.randint(1, 60)]
        if not data:
            break
    is_sane(bytes(data))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(XMLS), st.randoms(use_true_random=False))
def test_a_manifest_with_changed_text(text: str, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        where = chance.randrange(len(text))
        until = where + chance.choice([0, 0, 1, 5, 60])
        text = text[:where] + chance.choice(WORDS) + text[until:]
    data = text.encode("utf-8", "surrogatepass")
    name = (
        "cmi5.xml" if "courseStructure" in text else "tincan.xml" if "tincan" in text else "imsmanifest.xml"
    )
    is_sane(to_zip({name: data, "index.html": data, "a.js": data}))
    is_sane(to_zip({"imsmanifest.xml": data}))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="./\\%:?#aA2fE é\0", max_size=12))
def test_any_href(href: str) -> None:
    from xml.sax.saxutils import quoteattr

    safe = quoteattr(href.replace("\0", ""))
    text = manifest("4").replace('<file href="a.js"/>', f'<file href="a.js"/><file href={safe}/>')
    is_sane(to_zip(scorm(text=text)))

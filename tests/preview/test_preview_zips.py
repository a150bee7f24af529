"""Packages of other tools, well-made, broken and hostile."""

from __future__ import annotations

import io
import json
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from coursepack.preview.contents import Contents
from coursepack.preview.workshop import Workshop

Start = Callable[..., Any]

MANIFEST = """<?xml version="1.0"?>
<manifest identifier="M" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Bought elsewhere</title>
<item identifier="I1" identifierref="R1" parameters="?lang=en"><title>One</title>
<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>hello</adlcp:datafromlms></item>
<item identifier="I2" identifierref="R2"><title>Two</title></item>
<item identifier="I3" identifierref="R3"><title>Gone</title></item>
</organization></organizations>
<resources>
<resource identifier="R1" type="webcontent" adlcp:scormtype="sco" href="one/start.html"/>
<resource identifier="R2" type="webcontent" adlcp:scormtype="sco" href="two.html"/>
<resource identifier="R3" type="webcontent" adlcp:scormtype="sco" href="https://elsewhere.example/"/>
</resources></manifest>"""
PAGE = """<!doctype html><html lang="en"><title>{name}</title><h1>{name}</h1><p id="said"></p>
<img src="lost.png" alt="">
<script>
let view = window
while (!view.API && view.parent !== view) view = view.parent
const api = view.API
api.LMSInitialize('')
const data = api.LMSGetValue('cmi.launch_data')
api.LMSSetValue('cmi.core.score.raw', '{score}')
api.LMSSetValue('cmi.core.lesson_status', 'done')
api.LMSSetValue('cmi.core.lesson_status', 'completed')
document.getElementById('said').textContent = data + ' ' + location.search
onpagehide = () => api.LMSFinish('')
</script>"""


def packed(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def vendor(**more: bytes | str) -> bytes:
    pages = {
        "one/start.html": PAGE.format(name="One", score=90),
        "two.html": PAGE.format(name="Two", score=50),
    }
    return packed({"imsmanifest.xml": MANIFEST, **pages, **more})


@pytest.mark.browser
def test_a_package_of_another_tool_plays_page_by_page(preview: Start, page: Any, tmp_path: Path) -> None:
    path = tmp_path / "bought.zip"
    path.write_bytes(vendor())
    page.goto(preview(path).url)
    play = page.frame_locator("#course")
    play.locator("h1", has_text="One").wait_for()
    assert page.locator("#title").inner_text() == "Bought elsewhere"
    assert play.locator("#said").inner_text() == "hello ?lang=en"
    page.locator("#calls > summary").click()
    error = page.locator("#calls li.error")
    error.wait_for()
    assert '"done"' in error.inner_text() and "405" in error.inner_text()

    page.click("#relaunch")
    page.locator("#record dd", has_text="90 / 100").wait_for()
    assert "passed" in page.locator("#record .profile").first.inner_text()
    page.locator("#notes > summary").click()
    page.locator("#notes code", has_text="one/lost.png").wait_for()

    page.select_option("#item", label="Two")
    play.locator("h1", has_text="Two").wait_for()
    page.get_by_text("Attempt 1, 1 launch,").wait_for()
    page.select_option("#item", label="Gone")
    page.get_by_text("it opens a page outside of the package").wait_for()
    page.wrong[:] = [one for one in page.wrong if "404" not in one]


@pytest.mark.browser
def test_a_zip_that_is_saved_again_is_opened_again(preview: Start, page: Any, tmp_path: Path) -> None:
    path = tmp_path / "bought.zip"
    path.write_bytes(vendor())
    page.goto(preview(path).url)
    play = page.frame_locator("#course")
    play.locator("h1", has_text="One").wait_for()
    path.write_bytes(b"PK no longer a zip")
    page.locator("#findings summary", has_text="zip").wait_for()
    path.write_bytes(vendor(**{"one/start.html": PAGE.format(name="One, second edition", score=1)}))
    play.locator("h1", has_text="second edition").wait_for()
    page.wrong[:] = [one for one in page.wrong if "404" not in one]


def test_names_that_lead_out_of_the_package_do_not_exist(tmp_path: Path) -> None:
    names = [
        "../up.html",
        "a/../../up.html",
        "/abs.html",
        "C:/drive.html",
        "a\\b.html",
        "..\\up.html",
        "./dot.html",
        "a//b.html",
    ]
    contents = Contents(vendor(**dict.fromkeys(names, "secret")))
    assert contents.read("two.html")
    for name in [*names, "up.html", "abs.html", "", "one", "one/"]:
        assert contents.read(name) is None, name


def test_links_and_locked_entries_do_not_exist_and_of_two_the_last_counts() -> None:
    link = zipfile.ZipInfo("link.html")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO(vendor(**{"locked.html": "secret"}))
    with zipfile.ZipFile(buffer, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(link, "/etc/passwd")
        archive.writestr("two.html", "another page of this name")
    data = bytearray(buffer.getvalue())
    at = data.rfind(b"PK\1\2", 0, data.rfind(b"locked.html"))
    data[at + 8] |= 1
    contents = Contents(bytes(data))
    assert contents.read("one/start.html")
    assert contents.read("two.html") == b"another page of this name"
    for name in ("link.html", "locked.html"):
        assert contents.read(name) is None, name


def test_a_bomb_is_not_unpacked_and_the_rest_is_served(preview: Start, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(vendor(**{"bomb.bin": bytes(300 << 20)}))
    running = preview(path)
    with urlopen(f"{running.url}show") as answer:
        show = json.load(answer)
    assert show["targets"][0]["name"] == "scorm12"
    assert any("bomb" in one["message"] + one["name"] for one in show["findings"]), show["findings"]
    base = running.url.rstrip("/") + show["targets"][0]["base"]
    with pytest.raises(OSError, match="404"):
        urlopen(f"{base}bomb.bin")
    with urlopen(f"{base}two.html") as answer:
        assert b"Two" in answer.read()


def test_an_entry_that_lies_about_its_size_is_an_error_of_that_file_alone(
    preview: Start, tmp_path: Path
) -> None:
    data = bytearray(vendor())
    at = data.rfind(b"PK\1\2", 0, data.rfind(b"two.html"))
    data[at + 24 : at + 28] = struct.pack("<I", 7)
    path = tmp_path / "liar.zip"
    path.write_bytes(data)
    running = preview(path)
    with urlopen(f"{running.url}show") as answer:
        base = json.load(answer)["targets"][0]["base"]
    with pytest.raises(OSError, match=r"500|404"):
        urlopen(running.url.rstrip("/") + base + "two.html")
    with urlopen(running.url.rstrip("/") + base + "one/start.html") as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "zip"),
        (b"hello", "zip"),
        (packed({"readme.txt": "nothing to open"}), "no page to open"),
        (packed({"imsmanifest.xml": "<!DOCTYPE x []><x/>"}), "no page to open"),
        (packed({"imsmanifest.xml": "<manifest"}), "no page to open"),
    ],
)
def test_what_is_no_course_is_said(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    show = Workshop(path).rebuild()
    assert words in show.trouble
    assert not show.targets


def test_what_the_manifest_says_reaches_the_lms(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(vendor())
    (target,) = Workshop(path).rebuild().targets
    first, second, third = target.launches
    assert (first.href, first.facts) == (
        "one/start.html?lang=en",
        {"masteryScore": "80", "launchData": "hello"},
    )
    assert (second.title, second.facts, second.wrong) == ("Two", {}, "")
    assert re.search("outside", third.wrong)

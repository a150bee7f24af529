"""`coursepack validate` as people and scripts use it: whole processes, many zips, hostile files."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from coursepack import compiler
from coursepack.inspection import batch, verdicts
from coursepack.inspection.facts import inspect
from coursepack.inspection.to_html import to_html
from coursepack.inspection.to_text import to_text
from coursepack.targets import TARGETS
from coursepack.targets.controls import NEEDED

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" \
xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Tea</title>
<item identifier="I" identifierref="R" isvisible="true"><title>Tea</title></item></organization>
</organizations><resources>
<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html">\
<file href="index.html"/></resource>
</resources></manifest>
"""
INDEX = "<!doctype html><html lang='en'><title>Tea</title><p>Tea</p></html>"


def package(path: Path, manifest: str = MANIFEST, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest)
        archive.writestr("index.html", INDEX)
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return path


def coursepack(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COURSEPACK_DATA": str(cwd / "data"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "coursepack", *map(str, words)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=environment, encoding="utf-8"
    )


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A right package, one with an error at line 7, and no zip at all."""
    package(tmp_path / "good.zip")
    package(tmp_path / "bad.zip", MANIFEST.replace('href="index.html"><', 'href="start.html"><'))
    (tmp_path / "none.zip").write_text("not a zip")
    return tmp_path


def test_many_at_once_end_in_a_table(three: Path) -> None:
    result = coursepack("validate", "good.zip", "bad.zip", "none.zip", cwd=three)
    assert (result.returncode, result.stderr) == (1, "")
    assert "good.zip: SCORM 1.2, 595 bytes, 2 files: nothing to mend" in result.stdout
    assert "error[PKG-022]: the launch page `start.html` is not in the zip" in result.stdout
    assert "--> imsmanifest.xml:7:1" in result.stdout
    assert "breaks every LMS: the learner sees an error page" in result.stdout
    rows = [line.split() for line in result.stdout.splitlines()[-6:]]
    assert [row[0] for row in rows if row] == ["package", "good.zip", "bad.zip", "none.zip", "3"]
    assert rows[1][-1] == "ok"
    assert rows[2][-1] == rows[3][-1] == "broken"


def test_names_cannot_write_lines_of_their_own(tmp_path: Path) -> None:
    name = "a\nerror[PKG-001]: not so\n" + "x" * 5000 + ".html"
    path = package(tmp_path / "odd.zip", **{name: b""})
    for command in ("validate", "inspect"):
        told = coursepack(command, path, cwd=tmp_path).stdout
        assert "PKG-003" in told
        assert not [line for line in told.splitlines() if line.startswith("error[PKG-001]")]
        assert max(map(len, told.splitlines())) <= 2100
    found = batch.judge(path)
    assert name in [item["entry"] for item in verdicts.to_data([found])["packages"][0]["findings"]]


def test_an_earlier_package_is_held_against_each(three: Path) -> None:
    package(three / "new.zip", MANIFEST.replace('identifier="I"', 'identifier="J"'))
    done = coursepack("validate", "good.zip", "new.zip", "--reference", "good.zip", cwd=three)
    assert done.stdout.count("PKG-041") == 1
    assert "the item `I` is gone" in done.stdout
    done = coursepack("validate", "good.zip", "--reference", "nowhere.zip", cwd=three)
    assert (done.returncode, done.stdout) == (2, "")


def test_sizes_are_told_by_type(tmp_path: Path) -> None:
    path = package(tmp_path / "large.zip", film__mp4=random.Random(1).randbytes(200_000))
    found = batch.judge(path)
    assert "\n  mp4 0.2 MB, xml " in verdicts.to_text([found])
    data = verdicts.to_data([found])["packages"][0]
    first = data["types"][0]
    assert (first["ending"], first["files"], first["size"]) == ("mp4", 1, 200_000)
    assert data["largest"][0]["entry"] == "film.mp4"


def test_one_package_alone(three: Path) -> None:
    assert coursepack("validate", "good.zip", cwd=three).returncode == 0
    assert coursepack("validate", "bad.zip", cwd=three).returncode == 1
    missing = coursepack("validate", "gone.zip", cwd=three)
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "there is no file gone.zip" in missing.stderr


def test_strict_makes_warnings_stop(tmp_path: Path) -> None:
    package(tmp_path / "php.zip", index__php=b"x")
    assert coursepack("validate", "php.zip", cwd=tmp_path).returncode == 0
    strict = coursepack("validate", "--strict", "php.zip", cwd=tmp_path)
    assert strict.returncode == 1
    assert "error[PKG-007]" in strict.stdout


def test_formats_for_machines(three: Path) -> None:
    data = json.loads(coursepack("validate", "--format", "json", "good.zip", "bad.zip", cwd=three).stdout)
    good, bad = data["packages"]
    assert (good["formats"], good["findings"]) == (["SCORM 1.2"], [])
    codes = [(item["code"], item["line"]) for item in bad["findings"] if item["level"] == "error"]
    assert codes == [("PKG-022", 7)]
    sarif = json.loads(coursepack("validate", "--format", "sarif", "bad.zip", cwd=three).stdout)
    place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "bad.zip/imsmanifest.xml"
    assert place["region"]["startLine"] == 7
    github = coursepack("validate", "--format", "github", "bad.zip", cwd=three).stdout
    assert github.startswith("::error file=bad.zip/imsmanifest.xml,line=7,")


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1.2", ""),
        ("1.2.0", "Moodle runs it as SCORM 1.2"),
        ("2004 3rd edition", "Open edX runs it as SCORM 2004"),
    ],
)
def test_lmss_that_read_a_package_differently(version: str, said: str, tmp_path: Path) -> None:
    package(tmp_path / "a.zip", MANIFEST.replace(">1.2<", f">{version}<"))
    text = coursepack("validate", "a.zip", cwd=tmp_path).stdout
    assert ("LMSs will disagree" in text) == bool(said)
    assert said in text


def test_every_code_that_is_printed_can_be_explained(three: Path) -> None:
    page = coursepack("explain", "PKG-022", cwd=three)
    assert page.returncode == 0
    assert "How to fix" in page.stdout


COURSES = [ROOT / "course_spec", *sorted(path for path in (ROOT / "tests" / "courses").iterdir())]


@pytest.mark.parametrize("root", COURSES, ids=[path.name for path in COURSES])
def test_packages_of_ours_have_no_finding(root: Path, tmp_path: Path) -> None:
    built = compiler.build(root, list(TARGETS))
    assert len(built.packages) == len(TARGETS)
    for made in built.packages:
        (tmp_path / made.name).write_bytes(made.data)
        judged = batch.judge(tmp_path / made.name)
        assert (judged.findings, judged.disagreement) == ((), ""), made.name


@pytest.mark.parametrize(
    ("files", "said"),
    [(NEEDED["1.2"], "cannot be used"), ({"imscp_rootv1p1p2.xsd"}, "not complete"), (set(), "not complete")],
    ids=["no schemas", "some", "none"],
)
def test_stored_schemas_that_cannot_be_used_are_told(files: set[str], said: str, tmp_path: Path) -> None:
    store = tmp_path / "data" / "schemas" / "1.2"
    store.mkdir(parents=True)
    for name in files:
        (store / name).write_bytes(b"<not-a-schema/>")
    result = coursepack("validate", package(tmp_path / "a.zip"), cwd=tmp_path)
    assert result.returncode == 0
    assert "note[PKG-110]: the stored schemas of SCORM 1.2" in result.stdout
    assert said in result.stdout


# --- hostile files ------------------------------------------------------------------------------------


def hostile() -> dict[str, bytes]:
    """Files that no course is, by what they are."""

    def zipped(manifest: str, **more: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("imsmanifest.xml", manifest)
            for name, data in more.items():
                archive.writestr(name, data)
        return buffer.getvalue()

    good = zipped(MANIFEST)
    doctype = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
    return {
        "empty": b"",
        "noise": random.Random(1).randbytes(5000),
        "cut": good[: len(good) // 2],
        "end alone": good[-22:],
        "wrong bytes": good[:90] + b"\xff" * 40 + good[130:],
        "entities": zipped(MANIFEST.replace("?>", "?>" + doctype, 1)),
        "deep": zipped(MANIFEST.replace("<title>Tea", "<item>" * 5000 + "<title>Tea", 1)),
        "long attribute": zipped(MANIFEST.replace('identifier="M"', f'identifier="{"m" * (10 << 20)}"')),
        "wrong encoding": zipped(MANIFEST).replace(b"UTF-8", b"UTF-7"),
        "bomb": zipped(MANIFEST, **{"a.bin": bytes(64 << 20)}),
        "control characters": zipped(MANIFEST.replace(">Tea<", ">\x1b[31mTea‮<"), **{"a\nb": b"x"}),
        "traversal": zipped(MANIFEST, **{"../../evil.txt": b"x", "/etc/evil": b"x", "C:\\evil": b"x"}),
    }


HOSTILE = hostile()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_give_findings(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(HOSTILE[name])
    before = time.process_time()
    judged = batch.judge(path)
    told = inspect(path)
    pages = [verdicts.to_text([judged]), to_text(told), to_html(told)]
    assert time.process_time() - before < 10
    assert judged.findings
    assert judged.stops or name == "long attribute"
    for page in pages:
        assert "\x1b" not in page
        assert "\u202e" not in page
    assert [path.name for path in tmp_path.rglob("*")] == ["a.zip"]

"""What `coursepack inspect` tells of packages, and the course folder that it gives back."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from coursepack import compiler
from coursepack.inspection import batch
from coursepack.inspection.extract import ExtractError, extract
from coursepack.inspection.facts import inspect
from coursepack.inspection.ours import NotOursError, read_built
from coursepack.inspection.to_html import to_html
from coursepack.inspection.to_text import to_data, to_text

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, with its source in its packages, a file of odd bytes and one that no step shows."""
    root = tmp_path_factory.mktemp("course") / "spec"
    shutil.copytree(ROOT / "course_spec", root)
    with (root / "course.yaml").open("a") as file:
        file.write("include-source: true\n")
    (root / "tables").mkdir(exist_ok=True)
    (root / "tables" / "notes.bin").write_bytes(b"\xff\xfe\x00caf\xe9")
    (root / "media" / "unused.txt").write_text("a draft")
    return root


@pytest.fixture(scope="module")
def built(course: Path) -> compiler.Build:
    made = compiler.build(course, ["scorm12", "scorm2004-4", "web", "cmi5", "xapi"])
    assert len(made.packages) == 5, made.checked.diagnostics
    return made


@pytest.fixture
def package(built: compiler.Build, tmp_path: Path) -> Path:
    path = tmp_path / "course.zip"
    path.write_bytes(built.packages[0].data)
    return path


def changed(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The zip with each file as `change` returns it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    path.write_bytes(buffer.getvalue())
    return path


def test_a_package_of_ours_tells_its_course(package: Path) -> None:
    facts = inspect(package)
    text = to_text(facts)
    assert facts.made_with == ("coursepack",)
    assert facts.sha256 == hashlib.sha256(package.read_bytes()).hexdigest()
    assert facts.ours is not None
    assert facts.ours.version == "1.0.0"
    assert "Passed from 80 % of the points of: check." in text
    rows = {row.id: row for row in facts.ours.keys}
    assert rows["first-response"].right == "“What do you mean by ‘simple’?”"
    assert rows["first-response"].reported == "1"
    assert json.loads(json.dumps(to_data(facts)))["formats"] == ["SCORM 1.2"]


def test_web_sites_of_ours_need_no_manifest(built: compiler.Build, tmp_path: Path) -> None:
    path = tmp_path / "web.zip"
    path.write_bytes(built.packages[2].data)
    assert not batch.judge(path).findings
    assert "web site" in to_text(inspect(path))


def test_who_zips_a_site_of_ours_again_finds_no_fault_of_ours(built: compiler.Build, tmp_path: Path) -> None:
    path = tmp_path / "web.zip"
    path.write_bytes(built.packages[2].data)
    changed(path, lambda _, data: data)  # other times
    assert not batch.judge(path).findings
    assert not inspect(path).findings


def test_a_package_of_ours_whose_manifest_is_broken_is_no_web_site(package: Path) -> None:
    changed(package, lambda name, data: data[:-12] if name == "imsmanifest.xml" else data)
    facts = inspect(package)
    assert [item.code for item in facts.findings] == ["PKG-008"]
    assert "no format that is known here" in to_text(facts)


class Loads(HTMLParser):
    """Everything that a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag in ("script", "link", "img", "iframe", "object") else []
        self.found += [
            name for name, _ in attrs if name in ("src", "href", "srcset") or name.startswith("on")
        ]


def test_the_page_to_send_on_holds_everything_itself(package: Path) -> None:
    path = changed(
        package,
        lambda name, data: (
            re.sub(rb"<title>[^<]*</title>", b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>", data)
            if name == "imsmanifest.xml"
            else data
        ),
    )
    page = to_html(inspect(path))
    loads = Loads()
    loads.feed(page)
    assert loads.found == []
    assert "&lt;script&gt;alert(1)" in page
    digest = re.search(r"style-src 'sha256-([^']+)'", page)
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert digest and style
    assert digest[1] == base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()


# --- the source ---------------------------------------------------------------------------------------


def test_the_folder_comes_back_byte_for_byte(course: Path, package: Path, tmp_path: Path) -> None:
    paths = extract(package, tmp_path / "back")
    for path in paths:
        if path != "course.lock":
            assert (tmp_path / "back" / path).read_bytes() == (course / path).read_bytes(), path
    assert {"course.yaml", "course.lock", "tables/notes.bin", "media/two-paths.svg"} <= set(paths)
    assert "media/unused.txt" not in paths


def test_what_comes_back_builds_the_same_package(built: compiler.Build, tmp_path: Path) -> None:
    for made in built.packages:
        (tmp_path / made.name).write_bytes(made.data)
        extract(tmp_path / made.name, tmp_path / made.target)
        again = compiler.build(tmp_path / made.target, [made.target])
        assert again.packages[0].data == made.data, made.target
        assert again.lock_text is None


def test_the_command_gives_the_folder_back(package: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "coursepack", "inspect", str(package), "--extract", "back"]
    told = [
        subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False) for _ in range(2)
    ]
    assert [run.returncode for run in told] == [0, 1]
    assert "files written to back" in told[0].stdout
    assert "back is there already; name a new folder" in told[1].stderr
    assert (tmp_path / "back" / "course.yaml").is_file()


def test_the_author_is_told(built: compiler.Build) -> None:
    told = "\n".join(built.notes)
    assert "reads every answer" in told
    assert "media/unused.txt" in told


def test_secrets_in_the_source_are_warned_of(course: Path, tmp_path: Path) -> None:
    shutil.copytree(course, tmp_path / "spec")
    step = tmp_path / "spec" / "steps" / "030-check.md"
    step.write_text(step.read_text("utf-8") + "\n\nAKIA" + "Q" * 16 + "\n", "utf-8")
    found = [item for item in compiler.check(tmp_path / "spec").diagnostics if item.rule.code == "PKG-104"]
    assert [item.span.file for item in found if item.span] == ["steps/030-check.md"]


def test_a_package_without_source_says_so(built: compiler.Build, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(compiler.build(ROOT / "course_spec", ["scorm12"]).packages[0].data)
    with pytest.raises(ExtractError, match="its author did not set"):
        extract(path, tmp_path / "back")


@pytest.mark.parametrize(
    "path",
    [
        "../evil",
        "/etc/evil",
        "a/../../evil",
        "C:evil",
        "a\\b",
        "a//b",
        "",
        ".git/hooks/x",
        "a/./b",
        "nul",
        "a\nb",
    ],
)
def test_no_path_leaves_the_folder(path: str, package: Path, tmp_path: Path) -> None:
    def spoil(name: str, data: bytes) -> bytes:
        if not name.startswith("source-"):
            return data
        made = json.loads(data)
        made["files"][path] = {"text": "evil"}
        return json.dumps(made).encode()

    before = {each.name for each in tmp_path.iterdir()}
    with pytest.raises(ExtractError, match="nothing was written"):
        extract(changed(package, spoil), tmp_path / "back")
    assert {each.name for each in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "file",
    [
        {"text": 1},
        {"part": "../x", "sha256": "0"},
        {"base64": "*"},
        {"part": "index.html", "sha256": "0"},
        {},
    ],
)
def test_damaged_sources_are_refused_whole(file: object, package: Path, tmp_path: Path) -> None:
    def spoil(name: str, data: bytes) -> bytes:
        if not name.startswith("source-"):
            return data
        made = json.loads(data)
        made["files"]["steps/a.md"] = file
        return json.dumps(made).encode()

    with pytest.raises(ExtractError):
        extract(changed(package, spoil), tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_an_old_folder_is_never_written_into(package: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.md").write_text("mine")
    with pytest.raises(ExtractError, match="is there already"):
        extract(package, tmp_path / "mine")


# --- packages that only say that they are ours --------------------------------------------------------


def spoilt(built: compiler.Build, find: bytes, put: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(built.packages[0].data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert any(find in data for name, data in files.items() if name.endswith(".js"))
    return {name: data.replace(find, put) if name.endswith(".js") else data for name, data in files.items()}


@pytest.mark.parametrize(
    ("find", "put"),
    [
        (b'"quizzes":[', b'"quizzes":[1,'),
        (b'"steps":[', b'"steps":{},"x":['),
        (b'"layout":[', b'"layout":[9,9,'),
        (b'"v":1', b'"v":2'),
        (b'"type":"choice"', b'"type":"guess"'),
        (b'"options":[', b'"options":[1],"x":['),
        (b"coursepack.course(", b"coursepack.course([["),
        (b'"passRule":', b'"passRule":[],"x":'),
    ],
)
def test_damaged_scripts_are_named(built: compiler.Build, find: bytes, put: bytes) -> None:
    with pytest.raises(NotOursError, match=r"damaged|version"):
        read_built(spoilt(built, find, put).get)

"""Links and pictures: where they lead, and that none leads out of the course folder."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from authoring import STEP, codes, load, write

from coursepack.spec.load import load_course
from coursepack.spec.model import (
    Course,
    FileTarget,
    FragmentTarget,
    Image,
    Link,
    LostTarget,
    StepTarget,
    Target,
    WebTarget,
    each,
)

NAMES = [
    *("plain.pdf", "two words.pdf", "it's “quoted”.pdf", "Müller 🫖.pdf", "100%.pdf"),
    *("a#b.pdf", "a+b&c=d.pdf", "(1).pdf", "%20.pdf"),
]


def course(folder: Path, step: str, files: dict[str, str | bytes] | None = None) -> Course:
    loaded = load(folder, step, files)
    assert loaded.course and not loaded.findings
    return loaded.course


def target(folder: Path, href: str, files: dict[str, str | bytes] | None = None) -> Target:
    found = [link.target for _, link in each(course(folder, f"# T\n\n[x](<{href}>)\n", files), Link)]
    (only,) = found
    return only


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_kind_are_found_as_written_and_percent_encoded(tmp_path: Path, name: str) -> None:
    from urllib.parse import quote

    files: dict[str, str | bytes] = {f"media/{name}": b"x"}
    if name != "%20.pdf":
        assert target(tmp_path / "raw", f"media/{name}", files) == FileTarget(f"media/{name}")
    assert target(tmp_path / "quoted", f"media/{quote(name)}", files) == FileTarget(f"media/{name}")


def test_percent_signs_are_decoded_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a%20b.pdf": b"1", "a b.pdf": b"2"}
    assert target(tmp_path, "a%20b.pdf", files) == FileTarget("a b.pdf")
    assert target(tmp_path, "a%2520b.pdf", files) == FileTarget("a%20b.pdf")


def test_the_step_s_folder_comes_before_the_course_folder(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"steps/a.pdf": b"1", "a.pdf": b"2", "media/b.pdf": b"3"}
    assert target(tmp_path, "a.pdf", files) == FileTarget("steps/a.pdf")
    assert target(tmp_path, "../a.pdf", files) == FileTarget("a.pdf")
    assert target(tmp_path, "./../media/../media//b.pdf", files) == FileTarget("media/b.pdf")
    assert target(tmp_path, "media/b.pdf", files) == FileTarget("media/b.pdf")


def test_a_step_s_file_is_a_step(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"steps/020-two b.md": "---\nid: second\n---\n# B\n"}
    for href in ("020-two b.md", "020-two%20b.md", "steps/020-two%20b.md", "../steps/020-two b.md"):
        assert target(tmp_path, href, files) == StepTarget("second")
    assert target(tmp_path, "020-two%20b.md#ü%20b", files) == StepTarget("second", "ü b")
    assert target(tmp_path, "#here") == FragmentTarget("here")


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://a.org/x y?q=ü#z", "https://a.org/x%20y?q=ü#z"),
        ("HTTP://a.org", "HTTP://a.org"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("tel:+4912", "tel:+4912"),
        ("https://a.org/%20%zz", "https://a.org/%20%zz"),
    ],
)
def test_addresses_on_the_web(tmp_path: Path, href: str, url: str) -> None:
    assert target(tmp_path, href) == WebTarget(url)


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("javascript:alert(1)", "`javascript:` is no kind of link"),
        ("JaVaScRiPt:x", "is no kind of link"),
        ("java\tscript:x", "there is no file"),
        ("data:text/html,x", "`data:` is no kind of link"),
        ("vbscript:x", "is no kind of link"),
        ("file:///etc/passwd", "is a place on one computer"),
        ("C:\\x.pdf", "is a place on one computer"),
        ("//a.org/x", "has no `https:`"),
        ("/etc/passwd", "starts with `/`"),
        ("https://", "is not a complete address"),
        ("mailto:", "is not a complete address"),
        ("", "is empty"),
        ("#", "alone names no place"),
        ("../../../../etc/passwd", "leads out of the course folder"),
        ("..%2F..%2F..%2Fetc%2Fpasswd", "leads out of the course folder"),
        ("media/../../../etc/passwd", "leads out of the course folder"),
        ("..", "is a folder"),
        ("../media", "is a folder"),
        ("media\\a.svg", "backslash"),
        ("media/A.svg", "`media/a.svg` on disk; write it as it is on disk: upper and lower case count"),
        ("Media/a.svg", "`media/a.svg` on disk; write it as it is on disk: upper and lower case count"),
        ("media/b.svg", "did you mean `a.svg`?"),
        ("%00", "is not a path"),
        ("a" * 5000, "there is no file"),
        ("010-nope.md", "did you mean `010-one.md`?"),
    ],
)
def test_links_that_lead_nowhere_say_why(tmp_path: Path, href: str, words: str) -> None:
    found = target(tmp_path, href.replace("\\", "\\\\"), {"media/a.svg": "<svg/>"})
    assert isinstance(found, LostTarget), found
    said = f"{found.why}; {found.advice}"
    assert words in said
    assert len(said) < 300 and "\n" not in said and "write" not in found.why


def test_an_accent_stored_in_another_way_is_explained(tmp_path: Path) -> None:
    disk = unicodedata.normalize("NFD", "é.svg")
    found = target(tmp_path, unicodedata.normalize("NFC", "media/é.svg"), {f"media/{disk}": "<svg/>"})
    assert isinstance(found, LostTarget) and "accent" in found.why


def test_pictures_come_from_the_folder(tmp_path: Path) -> None:
    step = "# T\n\n![a](https://a.org/x.png) ![b](../media/a.svg) ![c](data:image/png,x) ![d](../../x.png)\n"
    sources = [image.source for _, image in each(course(tmp_path, step, {"media/a.svg": "<svg/>"}), Image)]
    assert sources[1] == FileTarget("media/a.svg")
    whys = [one.why for one in sources if isinstance(one, LostTarget)]
    assert "on the web" in whys[0] and "no kind of link" in whys[1] and "leads out" in whys[2]


# --- symbolic links -----------------------------------------------------------------------------------


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    (folder / "steps").mkdir(parents=True)
    (folder / "secret.md").write_text("# The secret\n")
    (folder / "secret-plan.svg").write_text("<svg/>")
    return folder


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path, outside: Path) -> None:
    root = write(
        tmp_path / "c", "# T\n\n![a](media/plan.svg) [b](inner/secret.md) [c](inner/secret-plam.svg)\n"
    )
    (root / "media").mkdir()
    (root / "media/plan.svg").symlink_to(outside / "secret-plan.svg")
    (root / "inner").symlink_to(outside)
    loaded = load_course(root)
    assert loaded.course and loaded.course.files == {}
    whys = [node.why for _, node in each(loaded.course, LostTarget)]
    assert "outside the course folder" in whys[0] and len(whys) == 3
    assert not any("secret-plan" in why for why in whys), "names outside the folder must not show"


@pytest.mark.parametrize("path", [STEP, "course.yaml", "questions/a.yaml", "tables/x.csv"])
def test_texts_outside_are_not_read(tmp_path: Path, outside: Path, path: str) -> None:
    root = write(
        tmp_path / "c",
        "# T\n\n::: table {src=tables/x.csv}\n:::\n",
        {"questions/a.yaml": "[]", "tables/x.csv": "a\n1\n"},
    )
    (root / path).unlink()
    (root / path).symlink_to(outside / "secret.md")
    loaded = load_course(root)
    assert {"SPC-010", "SPC-027"} & codes(loaded)
    assert not any("The secret" in text for text in loaded.sources.texts.values())
    assert "The secret" not in str(loaded.course)


@pytest.mark.parametrize("name", ["steps", "questions"])
def test_folders_outside_are_not_read(tmp_path: Path, outside: Path, name: str) -> None:
    root = tmp_path / "c"
    write(root)
    if name == "steps":
        (root / STEP).unlink()
        (root / "steps").rmdir()
    (root / name).symlink_to(outside)
    loaded = load_course(root)
    assert "SPC-010" in codes(loaded) and "The secret" not in str(loaded)


def test_links_inside_the_folder_are_fine(tmp_path: Path) -> None:
    root = write(tmp_path / "c", "# T\n\n![a](media/b.svg)\n", {"media/a.svg": "<svg/>"})
    (root / "media/b.svg").symlink_to("a.svg")
    loaded = load_course(root)
    assert loaded.course and not loaded.findings
    assert list(loaded.course.files) == ["media/b.svg"]


def test_the_course_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path / "real", "# T\n\n![a](media/a.svg)\n", {"media/a.svg": "<svg/>"})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    loaded = load_course(tmp_path / "link")
    assert loaded.course and not loaded.findings and list(loaded.course.files) == ["media/a.svg"]


def test_a_folder_whose_name_starts_alike_is_outside(tmp_path: Path) -> None:
    root = write(tmp_path / "c", "# T\n\n[a](x/secret.md)\n")
    (tmp_path / "c2").mkdir()
    (tmp_path / "c2/secret.md").write_text("x")
    (root / "x").symlink_to(tmp_path / "c2")
    loaded = load_course(root)
    assert loaded.course and [type(node) for _, node in each(loaded.course, LostTarget)] == [LostTarget]


def test_loops_pipes_and_dangling_links_do_not_hang(tmp_path: Path) -> None:
    root = write(tmp_path / "c", "# T\n\n[a](loop) [b](pipe) [c](dangling) [d](loop/x)\n")
    (root / "loop").symlink_to("loop")
    (root / "dangling").symlink_to("nowhere")
    os.mkfifo(root / "pipe")
    os.mkfifo(root / "steps/020-pipe.md")
    loaded = load_course(root)
    assert codes(loaded) == {"SPC-010"} and loaded.course
    assert len(list(each(loaded.course, LostTarget))) == 4


def test_names_that_differ_only_in_case_are_named(tmp_path: Path) -> None:
    step = "# T\n\n[a](media/a.pdf) [b](media/A.pdf)\n"
    loaded = load(tmp_path, step, {"media/a.pdf": b"1", "media/A.pdf": b"2"})
    if len(os.listdir(tmp_path / "media")) == 2:
        assert codes(loaded) == {"SPC-037"} and loaded.course and len(loaded.course.files) == 2

"""The user's control files: what makes a set, and what a hostile package cannot do."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from sample_courses import FOLDERS, FULL, OFFICIAL, PARTS, course, official

from coursepack import schemas
from coursepack.conformance import check_package
from coursepack.package import Part, to_zip
from coursepack.targets import TARGETS
from coursepack.targets.controls import EDITIONS, LOM_FOLDERS, Edition

ROUND_TRIP = (
    b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://ltsc.ieee.org/xsd/LOM" '
    b'targetNamespace="http://ltsc.ieee.org/xsd/LOM"><xs:include schemaLocation="common/words.xsd"/>'
    b'<xs:element name="lom"><xs:complexType><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" '
    b'processContents="skip"/></xs:sequence></xs:complexType></xs:element></xs:schema>'
)
"""A stand-in for IEEE's LOM schema, which no package registry carries: it takes any `lom`."""
EMPTY = (
    b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://ltsc.ieee.org/xsd/LOM"/>'
)


@pytest.fixture(autouse=True)
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSEPACK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def files_of(edition: Edition) -> dict[str, bytes]:
    return {part.name: part.data for part in official(edition).files}


def lom() -> dict[str, bytes]:
    return {"lom.xsd": ROUND_TRIP, **{f"{folder}words.xsd": EMPTY for folder in LOM_FOLDERS}}


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_a_folder_with_all_editions_gives_all_sets() -> None:
    report = schemas.add(OFFICIAL)
    assert sorted(item.edition for item in report.added) == list(EDITIONS)
    assert report.refused == ()
    for edition in EDITIONS:
        assert schemas.load(edition) == official(edition)


def test_without_a_set_there_is_nothing_to_load() -> None:
    assert [schemas.load(edition) for edition in EDITIONS] == [None, None, None]
    assert schemas.validate("1.2", b"<manifest/>") == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_package_gives_its_edition(edition: Edition, tmp_path: Path) -> None:
    package = {"imsmanifest.xml": b"<manifest/>", "index.html": b"", "js/xml.xsd": b"", **files_of(edition)}
    report = schemas.add(zipped(tmp_path / "course.zip", package))
    assert [(item.edition, item.origin) for item in report.added] == [(edition, "course.zip")]
    assert schemas.load(edition) == official(edition)


@pytest.mark.parametrize("edition", EDITIONS)
def test_line_ends_and_comments_make_no_difference(edition: Edition, tmp_path: Path) -> None:
    changed = {
        name: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + b"\r\n<!-- a copy -->\r\n"
        for name, data in files_of(edition).items()
    }
    changed = {name: data if name.endswith(".xsd") else data[:-19] for name, data in changed.items()}
    assert [item.edition for item in schemas.add(zipped(tmp_path / "a.zip", changed)).added] == [edition]
    loaded = schemas.load(edition)
    assert loaded is not None
    assert loaded.validate(TARGETS_OF[edition].build(course(**FULL), PARTS, loaded)[0].data) == []


TARGETS_OF = {target.edition: target for target in TARGETS.values() if target.edition}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_missing_file_is_named(edition: Edition, tmp_path: Path) -> None:
    for name in files_of(edition):
        if name in ("imscp_v1p1.xsd", "imscp_rootv1p1p2.xsd"):
            continue
        rest = {other: data for other, data in files_of(edition).items() if other != name}
        report = schemas.add(zipped(tmp_path / "a.zip", rest))
        assert report.added == ()
        assert name in report.refused[0].why
    assert schemas.load(edition) is None


def test_a_file_with_the_right_name_and_another_namespace_is_refused(tmp_path: Path) -> None:
    files = {**files_of("2004-4"), "adlnav_v1p3.xsd": EMPTY}
    report = schemas.add(zipped(tmp_path / "a.zip", files))
    assert "adlnav_v1p3.xsd does not define" in report.refused[0].why


def test_the_files_of_the_second_edition_are_told_apart(tmp_path: Path) -> None:
    files = files_of("2004-3")
    old = files["adlcp_v1p3.xsd"].replace(
        b"</xs:schema>", b'<xs:attribute name="persistState" type="xs:boolean"/></xs:schema>'
    )
    report = schemas.add(zipped(tmp_path / "a.zip", {**files, "adlcp_v1p3.xsd": old}))
    assert "2nd Edition" in report.refused[0].why


def test_a_set_that_refuses_our_manifest_is_refused(tmp_path: Path) -> None:
    files = files_of("2004-4")
    broken = files["adlnav_v1p3.xsd"].replace(b'"hideLMSUI"', b'"hideLmsUi"')
    assert broken != files["adlnav_v1p3.xsd"]
    report = schemas.add(zipped(tmp_path / "a.zip", {**files, "adlnav_v1p3.xsd": broken}))
    assert report.added == ()
    assert schemas.load("2004-4") is None


def test_lom_comes_along_and_is_not_lost_to_a_poorer_set(tmp_path: Path) -> None:
    schemas.add(zipped(tmp_path / "a.zip", {**files_of("2004-4"), **lom()}))
    loaded = schemas.load("2004-4")
    assert loaded is not None
    assert loaded.has_lom
    manifest = TARGETS["scorm2004-4"].build(course(**FULL), PARTS, loaded)[0].data
    assert b"<lom:lom>" in manifest
    assert b"http://ltsc.ieee.org/xsd/LOM lom.xsd" in manifest
    assert loaded.validate(manifest) == []
    report = schemas.add(OFFICIAL / FOLDERS["2004-4"])
    assert (report.added, report.kept) == ((), ("2004-4",))
    assert schemas.load("2004-4") == loaded


def test_broken_lom_is_left_out(tmp_path: Path) -> None:
    broken = {**lom(), "lom.xsd": b"<xs:schema"}
    report = schemas.add(zipped(tmp_path / "a.zip", {**files_of("2004-4"), **broken}))
    assert [item.has_lom for item in report.added] == [False]
    assert schemas.load("2004-4") == official("2004-4")


def test_packages_with_control_files_read_back_as_valid() -> None:
    schemas.add(OFFICIAL)
    for edition, target in TARGETS_OF.items():
        data = to_zip(target.build(course(**FULL), PARTS, schemas.load(edition)))
        assert check_package(data, ours=True, validate=schemas.validate) == []


def test_what_the_official_schemas_refuse_is_a_finding() -> None:
    schemas.add(OFFICIAL)
    parts = TARGETS["scorm12"].build(course(), PARTS, None)

    wrong = parts[0].data.replace(b' type="webcontent"', b"")
    found = check_package(to_zip([Part("imsmanifest.xml", wrong), *PARTS]), validate=schemas.validate)
    assert {item.code for item in found} == {"PKG-018", "PKG-108"}
    assert all(item.line > 1 for item in found)


def hostile() -> dict[str, bytes]:
    names = ["../imscp_v1p1.xsd", "/imscp_v1p1.xsd", "C:\\imscp_v1p1.xsd", "..\\..\\common\\a.xsd"]
    return dict.fromkeys(names, b"evil")


def test_a_hostile_package_writes_nothing_outside(tmp_path: Path, data_home: Path) -> None:
    before = sorted(path for path in tmp_path.rglob("*"))
    files = {**hostile(), **{f"../{name}": data for name, data in files_of("2004-4").items()}}
    report = schemas.add(zipped(tmp_path / "a.zip", files))
    after = {path for path in tmp_path.rglob("*") if data_home not in (path, *path.parents)}
    assert after == {*before, tmp_path / "a.zip"} - {data_home}
    for item in report.added:
        assert item.edition in EDITIONS


def test_a_bomb_and_a_schema_that_takes_for_ever_are_refused(tmp_path: Path) -> None:
    files = files_of("2004-4")
    large = b"<!--" + bytes(2 << 20) + b"-->"
    report = schemas.add(zipped(tmp_path / "a.zip", {**files, "xml.xsd": files["xml.xsd"] + large}))
    assert "xml.xsd" in report.refused[0].why
    slow = (
        files["adlnav_v1p3.xsd"]
        .replace(b'maxOccurs = "1"', b"")
        .replace(
            b"</xs:schema>",
            b'<xs:complexType name="s"><xs:sequence minOccurs="99999" maxOccurs="99999"><xs:any/>'
            b"</xs:sequence></xs:complexType></xs:schema>",
        )
    )
    report = schemas.add(zipped(tmp_path / "b.zip", {**files, "adlnav_v1p3.xsd": slow}))
    assert "repeats" in report.refused[0].why


def test_entities_in_a_schema_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret")
    evil = (
        f'<!DOCTYPE xs:schema [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="&a;"/>'
    ).encode()
    report = schemas.add(zipped(tmp_path / "a.zip", {**files_of("2004-4"), "adlnav_v1p3.xsd": evil}))
    assert report.added == ()
    assert "s3cret" not in report.to_text()


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\5\6" + bytes(18)])
def test_what_is_no_package_is_said_so(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    report = schemas.add(path)
    assert report.added == ()
    assert report.to_text()


def test_symbolic_links_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, data in files_of("1.2").items():
        (tmp_path / name).write_bytes(data)
        try:
            os.symlink(tmp_path / name, folder / name)
        except OSError:
            pytest.skip("this system makes no symbolic links for us")
    assert schemas.add(folder).added == ()


def test_the_store_is_replaced_whole(tmp_path: Path, data_home: Path) -> None:
    schemas.add(OFFICIAL)
    (data_home / "schemas" / "1.2" / "stray.xsd").write_bytes(b"")
    schemas.add(OFFICIAL)
    assert schemas.load("1.2") == official("1.2")
    assert sorted(path.name for path in (data_home / "schemas").iterdir()) == sorted(EDITIONS)

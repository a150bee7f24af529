"""The manifests: valid, complete, and the same identifiers for ever."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sample_courses import FULL, PARTS, PASS, PLAIN, course, official

from coursepack.conformance import check_package
from coursepack.package import Part, to_zip
from coursepack.targets import TARGETS, Target
from coursepack.targets.content_packaging import TITLE_MAX, identifiers
from coursepack.targets.controls import LOM_FOLDERS, Controls
from small_courses import choice, load_small, quiz, step

SCORM = [target for target in TARGETS.values() if target.edition]
MASTERY = {"pass": {"score": "82.5%", "report-mastery": True}}
SETTINGS = {
    "plain": PLAIN,
    "full": FULL,
    "scored": {**FULL, **PASS},
    "mastery": {**FULL, **MASTERY},
    "long": {
        **FULL,
        "title": "ä" * 300,
        "version": "1" * 40,
        "id": "urn:uuid:9e107d9d-372b-4a3e-a1b2-000000000000",
    },
}


def manifest(target: Target, given: dict[str, Any], controls: Controls | None = None) -> bytes:
    return target.build(course(**given), PARTS, controls)[0].data


def tree(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def texts(data: bytes, name: str) -> list[str]:
    return [str(element.text) for element in tree(data).iter(f"{{*}}{name}")]


def without_lom(data: bytes) -> bytes:
    root = tree(data)
    for lom in list(root.iter("{http://ltsc.ieee.org/xsd/LOM}lom")):
        lom.getparent().remove(lom)
    return etree.tostring(root)


@pytest.mark.parametrize("target", SCORM, ids=lambda target: target.name)
@pytest.mark.parametrize("given", SETTINGS.values(), ids=SETTINGS.keys())
@pytest.mark.parametrize("with_controls", [False, True], ids=["bare", "controls"])
def test_manifests_are_valid_against_the_official_schemas(
    target: Target, given: dict[str, Any], with_controls: bool
) -> None:
    assert target.edition
    controls = official(target.edition)
    data = manifest(target, given, controls if with_controls else None)
    assert controls.validate(without_lom(data)) == []
    if target.edition == "1.2" or with_controls:
        assert controls.validate(data) == []


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
@pytest.mark.parametrize("given", SETTINGS.values(), ids=SETTINGS.keys())
@pytest.mark.parametrize("with_controls", [False, True], ids=["bare", "controls"])
def test_packages_read_back_without_a_finding(
    target: Target, given: dict[str, Any], with_controls: bool
) -> None:
    controls = official(target.edition) if with_controls and target.edition else None
    assert check_package(to_zip(target.build(course(**given), PARTS, controls)), ours=True) == []


@pytest.mark.parametrize("target", TARGETS.values(), ids=lambda target: target.name)
def test_the_manifest_comes_first_then_the_site_as_given(target: Target) -> None:
    names = [part.name for part in target.build(course(), PARTS, None)]
    assert names[-len(PARTS) :] == [part.name for part in PARTS]
    expected = {"cmi5": ["cmi5.xml"], "xapi": ["tincan.xml"], "web": []}
    assert names[: -len(PARTS)] == expected.get(target.name, ["imsmanifest.xml"])


@pytest.mark.parametrize("target", SCORM, ids=lambda target: target.name)
def test_the_document_is_plain(target: Target) -> None:
    data = manifest(target, SETTINGS["mastery"])
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="http://www.ims')
    for unwanted in (
        b"<!--",
        b"<!DOCTYPE",
        b"\r",
        b"schemaLocation",
        b"xml:base",
        b"ns0:",
        b"completionThreshold",
    ):
        assert unwanted not in data
    version = {"1.2": "1.2", "2004-3": "2004 3rd Edition", "2004-4": "2004 4th Edition"}[str(target.edition)]
    assert f"<schema>ADL SCORM</schema>\n    <schemaversion>{version}</schemaversion>".encode() in data


@pytest.mark.parametrize("target", SCORM, ids=lambda target: target.name)
def test_one_sco_comes_first_and_lists_every_file(target: Target) -> None:
    root = tree(manifest(target, FULL, official(target.edition)))  # type: ignore[arg-type]
    resources = list(root.iter("{*}resource"))
    assert [resource.get("href") for resource in resources] == ["index.html", None]
    files = [[str(file.get("href")) for file in resource.iter("{*}file")] for resource in resources]
    assert files[0] == [part.name for part in PARTS]
    assert set(files[1]) == {part.name for part in official(target.edition).files}  # type: ignore[arg-type]
    assert len(list(root.iter("{*}item"))) == len(list(root.iter("{*}organization"))) == 1
    item = next(root.iter("{*}item"))
    assert item.get("isvisible") == "true"
    assert item.get("identifierref") == resources[0].get("identifier")


@pytest.mark.parametrize("target", SCORM, ids=lambda target: target.name)
def test_identifiers_depend_on_the_id_alone(target: Target) -> None:
    def found(given: dict[str, Any]) -> list[str | None]:
        return [element.get("identifier") for element in tree(manifest(target, given)).iter()]

    first, second = found({**FULL, **PASS}), found({**PLAIN, "title": "Other", "version": "9"})
    assert [name for name in first if name] == [name for name in second if name]
    assert set(filter(None, found({**PLAIN, "id": PLAIN["id"] + "x"}))).isdisjoint(filter(None, first))


def test_identifiers_never_change_between_releases() -> None:
    """These exact values are in LMSs: changing one deletes learners' attempts in Moodle."""
    names = identifiers("https://learning.example.org/courses/calling-in")
    assert names.item == "item-calling-in-f9c5fd843244"
    assert names.organization == "Of9c5fd84"
    assert names.manifest == "course-calling-in-f9c5fd843244"
    assert names.resource == "sco-calling-in-f9c5fd843244"


@given(st.text(min_size=1, max_size=300))
@settings(max_examples=200, deadline=None)
def test_identifiers_are_short_ascii_names(course_id: str) -> None:
    names = identifiers(course_id)
    values = [names.manifest, names.organization, names.item, names.resource, names.controls]
    assert len(set(values)) == 5
    for value in values:
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,99}", value)


@given(st.text(min_size=1, max_size=60).filter(str.strip))
@settings(max_examples=60, deadline=None)
def test_any_title_gives_a_manifest(title: str) -> None:
    for target in TARGETS.values():
        if target.name != "web":
            parts = target.build(course(title=title, description=title, authors=[title]), PARTS, None)
            assert tree(parts[0].data) is not None


def test_a_title_is_never_longer_than_the_standard_allows() -> None:
    for target in SCORM:
        titles = [
            text
            for text in texts(manifest(target, {**PLAIN, "title": "wörter " * 90}), "title")
            if text.strip()
        ]
        assert titles
        assert all(len(title) <= TITLE_MAX for title in titles)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (PLAIN, []),
        (PASS, []),
        (MASTERY, ["82.5"]),
        ({"pass": {"score": "80%", "report-mastery": True}}, ["80"]),
        ({"pass": {"score": "100%", "report-mastery": True}}, ["100"]),
        ({"pass": {"score": "0%", "report-mastery": True}}, ["0"]),
        ({"pass": {"score": 0.333, "report-mastery": True}}, ["33.3"]),
    ],
)
def test_mastery_score_is_written_on_request_only(given: dict[str, Any], expected: list[str]) -> None:
    assert texts(manifest(TARGETS["scorm12"], {**PLAIN, **given}), "masteryscore") == expected


@pytest.mark.parametrize("name", ["scorm2004-3", "scorm2004-4"])
def test_sequencing_leaves_judgement_to_the_course(name: str) -> None:
    scored, plain = (tree(manifest(TARGETS[name], {**PLAIN, **given})) for given in (PASS, {}))
    for root, flags in (
        (scored, {"completionSetByContent", "objectiveSetByContent"}),
        (plain, {"completionSetByContent"}),
    ):
        delivery = list(root.iter("{*}deliveryControls"))
        assert [dict(each.attrib) for each in delivery] == [dict.fromkeys(flags, "true")]
        assert [dict(each.attrib) for each in root.iter("{*}controlMode")] == [
            {"choice": "true", "flow": "true"}
        ]
        assert [each.text for each in root.iter("{*}hideLMSUI")] == ["previous", "continue"]
        assert not list(root.iter("{*}objectives"))
        organization = next(root.iter("{*}organization"))
        assert organization.get("{http://www.adlnet.org/xsd/adlseq_v1p3}objectivesGlobalToSystem") == "false"


@pytest.mark.parametrize("name", ["scorm2004-3", "scorm2004-4"])
def test_nobody_passes_by_leaving_a_quiz_that_has_no_pass_mark(tmp_path: Path, name: str) -> None:
    quizzed = load_small(tmp_path, "", step("one", quiz("check", choice("first")))).course
    assert quizzed and quizzed.settings.pass_ is None
    (delivery,) = tree(TARGETS[name].build(quizzed, PARTS, None)[0].data).iter("{*}deliveryControls")
    assert delivery.get("objectiveSetByContent") == "true"


def test_metadata_holds_what_a_catalogue_shows() -> None:
    for target in SCORM:
        data = manifest(target, FULL)
        strings = texts(data, "langstring") or texts(data, "string")
        for words in (FULL["title"], "One line. Another.", "inclusion", "leadership & more", "1.10.0"):
            assert words in strings
        assert "CC BY 4.0 – Builds on work by others." in strings
        cards = texts(data, "vcard") or texts(data, "entity")
        assert [card.splitlines()[2] for card in cards] == ["FN:A\\; B\\, C", "FN:Second\\\\Author"]


def test_control_files_without_lom_leave_the_metadata_out() -> None:
    with_lom = [
        target.name for target in SCORM if b"lom>" in manifest(target, FULL, official(target.edition))
    ]  # type: ignore[arg-type]
    assert with_lom == ["scorm12"]


def test_every_namespace_in_use_has_its_control_file() -> None:
    for target in SCORM:
        controls = official(target.edition)  # type: ignore[arg-type]
        root = tree(manifest(target, {**FULL, **MASTERY}, controls))
        location = str(root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")).split()
        names = {part.name for part in controls.files}
        assert set(location[1::2]) <= names
        used = {etree.QName(element).namespace for element in root.iter()}
        assert used <= set(location[::2])
        assert set(location[::2]) == set(root.nsmap.values()) - {"http://www.w3.org/2001/XMLSchema-instance"}


def test_control_files_lie_at_the_root_byte_for_byte() -> None:
    for target in SCORM:
        controls = official(target.edition)  # type: ignore[arg-type]
        parts = target.build(course(), PARTS, controls)
        assert tuple(parts[1 + len(PARTS) :]) == controls.files


def test_lom_in_2004_needs_the_file_and_all_its_folders() -> None:
    bare = official("2004-4")
    whole = [Part("lom.xsd", b""), *(Part(f"{folder}a.xsd", b"") for folder in LOM_FOLDERS)]
    assert Controls("2004-4", (*bare.files, *whole)).has_lom
    for missing in range(len(whole)):
        some = [part for index, part in enumerate(whole) if index != missing]
        assert not Controls("2004-4", (*bare.files, *some)).has_lom


def test_validation_reads_nothing_that_the_manifest_names(tmp_path: Path) -> None:
    """A schema that the manifest points to must not make it valid: that file could be anywhere."""
    schema = tmp_path / "x.xsd"
    schema.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">'
        '<xs:element name="a"/></xs:schema>'
    )
    data = (
        '<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" identifier="M" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="urn:x" '
        f'xsi:schemaLocation="urn:x {schema.as_uri()}"><organizations/><resources/><x:a/></manifest>'
    )
    errors = official("1.2").validate(data.encode())
    assert len(errors) == 1
    assert "{urn:x}a" in errors[0][1]

"""Why the checks are code: what the official schemas say to one fault, and what we say."""

# ruff: noqa: E501

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tiny import FLOW, changed, manifest, to_zip

from coursepack.conformance import check_package

sys.path.append(str(Path(__file__).parents[1] / "targets"))
from sample_courses import official

ITEM = '<item identifier="I" identifierref="R" isvisible="true"><title>Course</title></item>'
EDITIONS = {"12": "1.2", "3": "2004-3", "4": "2004-4"}
FAILS, PASSES = False, True


def moved_title(extension: str) -> tuple[tuple[str, str], ...]:
    return ((ITEM, ITEM.replace("<title>", f"{extension}<title>")),)


def inner(extension: str) -> tuple[tuple[str, str], ...]:
    return ((ITEM, ITEM.replace("</item>", f"{extension}</item>")),)


def objective(measure: str) -> str:
    return f'<imsss:sequencing><imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>{measure}</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives><imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing>'


def hidden(token: str) -> str:
    return f"<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>{token}</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>"


TIMES = {
    "12": "<adlcp:timelimitaction>exit, message</adlcp:timelimitaction>",
    "3": "<adlcp:timeLimitAction>exit, message</adlcp:timeLimitAction>",
}
TIMES["4"] = TIMES["3"]
SCHEMA = "<schema>ADL SCORM</schema>"

TABLE: list[tuple[str, str, bool, str, tuple[tuple[str, str], ...]]] = [
    ("extension before title", "12", FAILS, "PKG-013", moved_title("<adlcp:masteryscore>80</adlcp:masteryscore>")),
    ("extension before title", "3", FAILS, "PKG-013", moved_title("<adlcp:dataFromLMS>x</adlcp:dataFromLMS>")),
    ("extension before title", "4", FAILS, "PKG-013", moved_title("<adlcp:dataFromLMS>x</adlcp:dataFromLMS>")),
    *[("item without title", each, PASSES, "PKG-016", (("<title>Course</title></item>", "</item>"),)) for each in EDITIONS],
    *[("no default", each, PASSES, "PKG-015", ((' default="O"', ""),)) for each in EDITIONS],
    ("no launch type", "12", PASSES, "PKG-019", ((' adlcp:scormtype="sco"', ""),)),
    ("no launch type", "3", PASSES, "PKG-019", ((' adlcp:scormType="sco"', ""),)),
    ("no launch type", "4", PASSES, "PKG-019", ((' adlcp:scormType="sco"', ""),)),
    ("launch type of the other edition", "12", FAILS, "PKG-019", (("scormtype", "scormType"),)),
    ("launch type of the other edition", "3", FAILS, "PKG-019", (("scormType", "scormtype"),)),
    ("launch type of the other edition", "4", PASSES, "PKG-019", (("scormType", "scormtype"),)),
    *[("no type", each, FAILS, "PKG-018", ((' type="webcontent"', ""),)) for each in EDITIONS],
    ("wrong namespace", "12", FAILS, "PKG-009", (("imsproject.org", "imsglobal.org"),)),
    ("wrong namespace", "3", FAILS, "PKG-009", (("www.imsglobal.org/xsd/imscp", "www.imsproject.org/xsd/imscp"),)),
    ("wrong namespace", "4", FAILS, "PKG-009", (("www.imsglobal.org/xsd/imscp", "www.imsproject.org/xsd/imscp"),)),
    ("wrong schemaversion", "12", PASSES, "PKG-010", ((">1.2<", ">1.2.0<"),)),
    ("wrong schemaversion", "3", PASSES, "PKG-010", (("Edition", "edition"),)),
    ("wrong schemaversion", "4", PASSES, "PKG-010", (("Edition", "edition"),)),
    *[("no schema", each, PASSES, "PKG-010", ((SCHEMA, ""),)) for each in EDITIONS],
    *[("identifier twice", each, FAILS, "PKG-014", (('identifier="R"', 'identifier="I"'), ('identifierref="R"', 'identifierref="I"'))) for each in EDITIONS],
    *[("identifier malformed", each, FAILS, "PKG-014", (('identifier="I"', 'identifier="1 2"'),)) for each in EDITIONS],
    *[("isvisible in digits", each, PASSES, "PKG-020", (('isvisible="true"', 'isvisible="1"'),)) for each in EDITIONS],
    *[("unknown button", each, FAILS, "PKG-037", inner(hidden("next"))) for each in ("3", "4")],
    *[("measure out of range", each, FAILS, "PKG-030", inner(objective("1.5"))) for each in ("3", "4")],
    *[("time limit with a blank", each, FAILS, "PKG-032", inner(TIMES[each])) for each in EDITIONS],
    ("mastery in words", "12", PASSES, "PKG-029", inner("<adlcp:masteryscore>eighty</adlcp:masteryscore>")),
    *[("metadata below resources", each, FAILS, "PKG-013", (("<resources>", "<resources><metadata/>"),)) for each in EDITIONS],
    *[("dependency before file", each, FAILS, "PKG-013", (('<file href="index.html"/>', '<dependency identifierref="R"/><file href="index.html"/>'),)) for each in EDITIONS],
    ("threshold as attributes", "3", FAILS, "PKG-038", inner('<adlcp:completionThreshold minProgressMeasure="0.8"/>')),
    ("threshold as text", "3", PASSES, "PKG-031", inner("<adlcp:completionThreshold>0.8</adlcp:completionThreshold>")),
    ("threshold as attributes", "4", PASSES, "PKG-031", inner('<adlcp:completionThreshold minProgressMeasure="0.8"/>')),
    ("threshold as text", "4", PASSES, "PKG-031", inner("<adlcp:completionThreshold>0.8</adlcp:completionThreshold>")),
    ("shared data", "3", FAILS, "PKG-038", inner('<adlcp:data><adlcp:map targetID="urn:x"/></adlcp:data>')),
    ("no flow", "4", PASSES, "PKG-035", ((FLOW, ""),)),
]  # fmt: skip


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_right_manifest_is_valid(edition: str) -> None:
    assert official(EDITIONS[edition]).validate(manifest(edition).encode()) == []


@pytest.mark.parametrize(
    ("edition", "valid", "code", "pairs"),
    [pytest.param(*row[1:], id=f"{row[1]}-{row[0]}") for row in TABLE],
)
def test_each_fault_is_found_whatever_the_schema_says(
    edition: str, valid: bool, code: str, pairs: tuple[tuple[str, str], ...]
) -> None:
    files = changed(edition, *pairs)
    assert (official(EDITIONS[edition]).validate(files["imsmanifest.xml"]) == []) is valid
    assert code in {item.code for item in check_package(to_zip(files))}


def test_shared_data_is_fine_in_the_fourth_edition() -> None:
    files = changed("4", *inner('<adlcp:data><adlcp:map targetID="urn:x"/></adlcp:data>'))
    assert official("2004-4").validate(files["imsmanifest.xml"]) == []
    assert check_package(to_zip(files)) == []

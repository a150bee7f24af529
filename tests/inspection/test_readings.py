"""What `coursepack inspect` says of LMSs that will read one package differently."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.tiny import Files, changed, cmi5, manifest, scorm, tincan
from coursepack.inspection.facts import Facts, inspect
from coursepack.inspection.to_html import to_html
from coursepack.inspection.to_text import to_data, to_text
from inspection.mutations import to_zip

SECOND = '<resource identifier="S" type="webcontent" adlcp:scormtype="sco" href="a.js"><file href="a.js"/>'
SECOND += "</resource>"


def facts(files: Files, folder: Path) -> Facts:
    path = folder / "a.zip"
    path.write_bytes(to_zip(files))
    return inspect(path)


def table(told: Facts) -> dict[str, tuple[str, str]]:
    return {one.lms: (one.takes, one.opens) for one in told.readings}


@pytest.mark.parametrize(
    ("version", "moodle", "open_edx"),
    [
        ("1.2", "SCORM 1.2", "SCORM 1.2"),
        ("1.2 ", "SCORM 1.2", "SCORM 2004"),
        ("2004 3rd Edition", "SCORM 2004", "SCORM 2004"),
        ("2004 3rd edition", "SCORM 1.2", "SCORM 2004"),
        ("CAM 1.3", "SCORM 2004", "SCORM 2004"),
    ],
)
def test_the_version_is_read_letter_by_letter(
    version: str, moodle: str, open_edx: str, tmp_path: Path
) -> None:
    told = facts(changed("12", (">1.2<", f">{version}<")), tmp_path)
    assert table(told)["Moodle"] == (moodle, "index.html")
    assert table(told)["Open edX"] == (open_edx, "index.html")
    assert bool(told.disagreement) == (moodle != open_edx)


def test_they_open_different_pages(tmp_path: Path) -> None:
    told = facts(changed("12", ("<resources>", f"<resources>{SECOND}")), tmp_path)
    assert table(told) == {"Moodle": ("SCORM 1.2", "index.html"), "Open edX": ("SCORM 1.2", "a.js")}
    assert "They open different pages: Moodle `index.html`; Open edX `a.js`." in told.differ
    text = " ".join(to_text(told).split())
    assert "They open different pages" in text
    assert "seen on a running Moodle 4.5" in text
    assert "the code of openedx-scorm-xblock" in text
    assert "They open different pages: Moodle <code>index.html</code>" in to_html(told)
    assert to_data(told)["differ"] == told.differ


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("adlcp:scormtype", "ns0:scormtype", "with this very prefix, for an asset"),
        (' adlcp:scormtype="sco"', "", "with this very prefix, for an asset"),
        (' href="index.html">', ' href="index.html" xml:base="./">', "Open edX does not"),
        (
            "</organization>",
            '</organization><organization identifier="P"><title>P</title></organization>',
            "Of its 2 organizations",
        ),
        (
            "</item>",
            '</item><item identifier="J" identifierref="R"><title>J</title></item>',
            "Moodle lists every entry",
        ),
    ],
    ids=["prefix", "no type", "xml:base", "organizations", "entries"],
)
def test_what_one_manifest_comes_to(old: str, new: str, said: str, tmp_path: Path) -> None:
    text = manifest("12").replace(
        "xmlns:adlcp=", "xmlns:ns0='http://www.adlnet.org/xsd/adlcp_rootv1p2' xmlns:adlcp="
    )
    assert old in text
    told = facts(scorm("12", text.replace(old, new, 1)), tmp_path)
    assert said in " ".join(told.differ)
    assert not facts(scorm("12"), tmp_path).differ


def test_other_lmss_are_told_of_where_they_may_differ(tmp_path: Path) -> None:
    assert table(facts(scorm("4"), tmp_path))["Docebo"] == ("", "")
    assert "Docebo" not in table(facts(scorm("3"), tmp_path))
    assert table(facts(scorm("12", None, **{"a.php": "x"}), tmp_path))["Docebo"] == ("", "")
    assert table(facts(cmi5(), tmp_path))["LMSs with cmi5"] == ("cmi5", "")
    assert table(facts({"x/cmi5.xml": cmi5()["cmi5.xml"]}, tmp_path))["LMSs with cmi5"] == ("", "")
    assert table(facts(tincan(), tmp_path))["LMSs with TinCan"] == ("TinCan", "")


def test_a_manifest_in_a_folder(tmp_path: Path) -> None:
    told = facts({f"course/{name}": data for name, data in scorm("12").items()}, tmp_path)
    assert (table(told)["Moodle"][0], table(told)["Open edX"][0]) == ("", "SCORM")
    assert "Moodle refuses it" in told.disagreement

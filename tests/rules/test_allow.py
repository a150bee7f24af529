"""What `allow` accepts, what it does not, and what it says about entries that do nothing."""

from __future__ import annotations

import pytest

from coursepack.diagnostics import Finding
from coursepack.rules import apply_allow
from coursepack.source import Route, Sources, Span
from coursepack.spec.model import Course
from coursepack.spec.settings import Settings

PICTURE: Route = ("steps", 0, "blocks", 1)
LINK: Route = ("steps", 1, "blocks", 0)
SOURCES = Sources(spans={PICTURE: Span("steps/010-a.md", 7, 1), LINK: Span("steps/020-b.md", 3, 5)})
FOUND = (
    Finding(PICTURE, "the picture has no alternative text", code="ACC-004"),
    Finding((*LINK, "children"), "the picture has no alternative text", code="ACC-004"),
    Finding(LINK, "the link's words do not say where it leads", code="ACC-008"),
    Finding(LINK, "the link leads nowhere", code="REF-004"),
)


def course(*entries: dict[str, str]) -> Course:
    settings = Settings.model_validate(
        {
            "spec": 1,
            "id": "https://example.org/courses/a",
            "title": "A",
            "language": "en",
            "allow": [{"reason": "so", **entry} for entry in entries],
        }
    )
    return Course(settings, ())


def codes(*entries: dict[str, str]) -> list[str]:
    return [finding.code for finding in apply_allow(course(*entries), FOUND, SOURCES)]


def test_without_entries_all_findings_stay() -> None:
    assert apply_allow(course(), FOUND, SOURCES) == list(FOUND)


def test_without_a_course_all_findings_stay() -> None:
    assert apply_allow(None, FOUND, SOURCES) == list(FOUND)


def test_an_entry_accepts_all_findings_of_its_rule() -> None:
    assert codes({"rule": "ACC-004"}) == ["ACC-008", "REF-004"]


@pytest.mark.parametrize(
    "at",
    ["steps/010-a.md", "steps/010-a.md:7", "steps/010-a.md:7:1", "./steps/010-a.md", "steps\\010-a.md:7"],
)
def test_at_narrows_it_to_a_file_or_a_line(at: str) -> None:
    assert codes({"rule": "ACC-004", "at": at}) == ["ACC-004", "ACC-008", "REF-004"]


@pytest.mark.parametrize("at", ["steps/010-a.md:8", "steps/030.md", "steps", "010-a.md"])
def test_an_entry_that_matches_nothing_is_a_warning_of_its_own(at: str) -> None:
    left = apply_allow(course({"rule": "ACC-004", "at": at}), FOUND, SOURCES)
    assert [finding.code for finding in left] == [*(one.code for one in FOUND), "REF-014"]
    assert left[-1].message == f"ACC-004 has no finding at {at}"
    assert left[-1].help == "ACC-004 is at steps/010-a.md:7, steps/020-b.md:3"


def test_the_second_of_two_equal_entries_is_not_unused() -> None:
    assert codes({"rule": "ACC-004"}, {"rule": "ACC-004"}) == ["ACC-008", "REF-004"]


def test_what_breaks_a_package_cannot_be_accepted() -> None:
    left = apply_allow(course({"rule": "REF-004"}), FOUND, SOURCES)
    assert [finding.code for finding in left] == [*(one.code for one in FOUND), "REF-015"]
    assert left[-1].at == ("settings", "allow", 0, "rule")


def test_a_code_that_is_not_there_is_an_error() -> None:
    left = apply_allow(course({"rule": "ACC-904"}), FOUND, SOURCES)
    assert left[-1].code == "REF-015"
    assert left[-1].help.startswith("did you mean ACC-")


@pytest.mark.parametrize("code", ["REF-014", "REF-015"])
def test_allow_cannot_accept_its_own_findings(code: str) -> None:
    assert codes({"rule": code})[-1] == "REF-015"


def test_an_entry_for_a_finished_package_waits_in_silence() -> None:
    from coursepack.diagnostics import RULES, Severity, define

    define("PKG-999", "made-for-this-test", Severity.WARNING, "One.\n\nTwo.\n\nThree.")
    try:
        assert codes({"rule": "PKG-999"}) == [one.code for one in FOUND]
    finally:
        del RULES["PKG-999"]


def test_codes_of_finished_packages_may_be_named() -> None:
    for code in ("PKG-102", "CM5-012"):
        assert codes({"rule": code}) == [finding.code for finding in FOUND], code

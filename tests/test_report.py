"""Findings as people and machines read them."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack import report
from coursepack.diagnostics import Diagnostic, Rule, Severity
from coursepack.snippet import ROOM, visible, write_snippet
from coursepack.source import Span

RULE = Rule("QST-901", "no-right-answer", Severity.ERROR, "No option is ticked.\n\nHow to fix: tick one.")
MILD = Rule("ACC-908", "vague-link", Severity.WARNING, "The words say nothing.")
PLACE = Span("steps/020-check.md", 14, 1, 12)


def found(
    source: str = "::: question {#first-response points=2}",
    span: Span | None = PLACE,
    rule: Rule = RULE,
    message: str = "no option is ticked",
    advice: str = "tick the right option: `- [x]`",
) -> Diagnostic:
    return Diagnostic(rule, rule.severity, message, advice, span, source)


# --- text ---------------------------------------------------------------------------------------------


def test_text_is_as_the_architecture_page_shows_it() -> None:
    assert report.to_text([found()]) == (
        "error[QST-901]: no option is ticked\n"
        "  --> steps/020-check.md:14:1\n"
        "   |\n"
        "14 | ::: question {#first-response points=2}\n"
        "   | ^^^^^^^^^^^^\n"
        "   = help: tick the right option: `- [x]`\n"
        "\n"
        "1 error"
    )


def test_no_findings_no_text() -> None:
    assert report.to_text([]) == ""


def test_a_finding_without_a_place_or_help_is_one_line() -> None:
    text = report.to_text([found(span=None, source="", advice="")])
    assert text == "error[QST-901]: no option is ticked\n\n1 error"


def test_a_finding_in_a_file_that_has_no_such_line_shows_no_snippet() -> None:
    text = report.to_text([found(source="")])
    assert text.splitlines()[:3] == [
        "error[QST-901]: no option is ticked",
        "  --> steps/020-check.md:14:1",
        "   = help: tick the right option: `- [x]`",
    ]


@pytest.mark.parametrize(
    ("errors", "warnings", "expected"),
    [(1, 0, "1 error"), (2, 1, "2 errors, 1 warning"), (0, 2, "2 warnings"), (0, 0, "no findings")],
)
def test_the_last_line_counts(errors: int, warnings: int, expected: str) -> None:
    assert report.count([found()] * errors + [found(rule=MILD)] * warnings) == expected


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    lines = report.to_text([found(span=Span("a.md", 12345, 1, 3))]).splitlines()
    assert lines[1] == "     --> a.md:12345:1"
    assert lines[2] == "      |"
    assert lines[3].startswith("12345 | :::")
    assert lines[5].startswith("      = help:")


def test_further_lines_of_help_stand_under_the_first() -> None:
    lines = report.to_text([found(advice="one\ntwo")]).splitlines()
    assert lines[5].index("one") == lines[6].index("two")


def test_color_only_when_asked_and_it_changes_no_character() -> None:
    diagnostics = [found(), found(rule=MILD)]
    colored = report.to_text(diagnostics, color=True)
    assert "\x1b[1;31merror[QST-901]\x1b[0m" in colored
    assert "\x1b[1;33mwarning[ACC-908]\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == report.to_text(diagnostics)
    assert "\x1b" not in report.to_text(diagnostics)


@pytest.mark.parametrize(
    ("source", "span", "shown", "marks"),
    [
        ("\tbad", Span("f", 1, 2, 3), "    bad", "    ^^^"),
        ("a\tbad", Span("f", 1, 3, 3), "a   bad", "    ^^^"),
        ("日本語 bad", Span("f", 1, 5, 3), "日本語 bad", "       ^^^"),
        ("日本語", Span("f", 1, 2, 1), "日本語", "  ^^"),
        ("👩‍👩‍👧 x", Span("f", 1, 7, 1), "👩‍👩‍👧 x", "   ^"),
        ("👍🏽 x", Span("f", 1, 4, 1), "👍🏽 x", "   ^"),
        ("❤️ x", Span("f", 1, 4, 1), "❤️ x", "   ^"),
        ("🇬🇧 x", Span("f", 1, 4, 1), "🇬🇧 x", "   ^"),
        ("e\u0301a bad", Span("f", 1, 5, 3), "e\u0301a bad", "   ^^^"),
        ("한국 bad", Span("f", 1, 4, 3), "한국 bad", "     ^^^"),
        ("short", Span("f", 1, 3, 99), "short", "  ^^^"),
        ("short", Span("f", 1, 6, 1), "short", "     ^"),
        ("short", Span("f", 1, 99, 5), "short", "     ^"),
        ("short", Span("f", 1, 1, 0), "short", "^"),
    ],
)
def test_the_carets_stand_under_the_span(source: str, span: Span, shown: str, marks: str) -> None:
    assert write_snippet(source, span) == (shown, marks)


@pytest.mark.parametrize("column", [1, 40, 500, 960, 1000])
def test_a_long_line_is_cut_around_the_span(column: int) -> None:
    source = "".join(f"{n:09} " for n in range(100))
    shown, marks = write_snippet(source, Span("f", 1, column, 5))
    assert len(shown) <= ROOM + 6
    assert len(marks) <= len(shown)
    start = marks.index("^")
    assert shown[start : start + marks.count("^")] == source[column - 1 :][: marks.count("^")]
    assert shown.startswith("...") == (column > 31)
    assert shown.endswith("...") == (column < 900)


def test_a_long_span_is_underlined_as_far_as_it_is_shown() -> None:
    shown, marks = write_snippet("x" * 5000, Span("f", 1, 1, 5000))
    assert marks == "^" * ROOM
    assert shown == "x" * ROOM + "..."


@given(
    st.text(max_size=300).map(lambda text: text.replace("\n", " ")),
    st.integers(1, 400),
    st.integers(0, 400),
)
def test_any_line_can_be_shown(source: str, column: int, width: int) -> None:
    shown, marks = write_snippet(source, Span("f", 1, column, width))
    assert marks.strip(" ") == "^" * marks.count("^") != ""
    assert visible(shown) == shown
    assert "\t" not in shown


def test_no_text_of_an_author_can_steer_the_terminal() -> None:
    evil = "\x1b[2J\x9b1m\u202egpj.exe"
    text = report.to_text([found(source=evil, message=evil, advice=evil, span=Span(evil, 1))])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_a_message_stays_on_its_line() -> None:
    assert report.to_text([found(message="one\ntwo")]).splitlines()[0] == "error[QST-901]: one two"


# --- JSON ---------------------------------------------------------------------------------------------


def test_json_says_all_that_the_text_says() -> None:
    data = json.loads(report.to_json([found(), found(rule=MILD, span=None, advice="")]))
    assert (data["version"], data["errors"], data["warnings"]) == (1, 1, 1)
    assert data["findings"][0] == {
        "code": "QST-901",
        "name": "no-right-answer",
        "severity": "error",
        "message": "no option is ticked",
        "help": "tick the right option: `- [x]`",
        "file": "steps/020-check.md",
        "line": 14,
        "column": 1,
        "width": 12,
    }
    assert "file" not in data["findings"][1]


def test_json_is_ascii_and_holds_half_a_pair() -> None:
    text = report.to_json([found(message="ein Häkchen fehlt 👍 \ud800")])
    assert text.isascii()
    assert json.loads(text)["findings"][0]["message"] == "ein Häkchen fehlt 👍 \ud800"


# --- SARIF --------------------------------------------------------------------------------------------

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
REGION = {
    "type": "object",
    "required": ["startLine", "startColumn", "endColumn"],
    "properties": {
        key: {"type": "integer", "minimum": 1} for key in ("startLine", "startColumn", "endLine", "endColumn")
    }
    | {"snippet": TEXT},
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "shortDescription", "fullDescription", "help"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {
                                                    "properties": {"level": {"enum": ["error", "warning"]}}
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "ruleIndex", "level", "message"],
                            "properties": {
                                "level": {"enum": ["error", "warning"]},
                                "message": TEXT,
                                "locations": {
                                    "items": {
                                        "properties": {"physicalLocation": {"properties": {"region": REGION}}}
                                    }
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 demands of the parts that we write."""


def test_sarif_has_the_shape_that_the_standard_demands() -> None:
    log = json.loads(report.to_sarif([found(), found(rule=MILD), found(span=None, source="", advice="")]))
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["QST-901", "ACC-908"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 0]
    assert run["tool"]["driver"]["rules"][0]["help"]["text"] == RULE.doc
    assert "locations" not in run["results"][2]


def test_sarif_places_are_files_from_where_the_tool_ran() -> None:
    item = found(span=Span("steps/010 ä #.md", 3, 2, 4), source="abcdefgh")
    log = json.loads(report.to_sarif([item], folder="courses/first aid/"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "courses/first aid/steps/010 ä #.md"
    assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", place["artifactLocation"]["uri"])
    assert place["region"]["startColumn"] == 2
    assert place["region"]["endColumn"] == 6


def test_sarif_of_nothing_is_a_run_without_results() -> None:
    assert json.loads(report.to_sarif([]))["runs"][0]["results"] == []


# --- GitHub -------------------------------------------------------------------------------------------


def test_github_gets_one_command_for_each_finding() -> None:
    assert report.to_github([found(), found(rule=MILD, span=None, advice="")], folder="./course_spec") == (
        "::error file=course_spec/steps/020-check.md,line=14,col=1,endColumn=13,"
        "title=QST-901 no-right-answer::no option is ticked%0Ahelp: tick the right option: `- [x]`\n"
        "::warning title=ACC-908 vague-link::no option is ticked"
    )


def _as_the_runner_reads(line: str) -> tuple[dict[str, str], str]:
    match = re.fullmatch(r"::(?:error|warning) (.*?)::(.*)", line)
    assert match
    properties = dict(pair.split("=", 1) for pair in match[1].split(","))
    properties = {
        key: value.replace("%3A", ":").replace("%2C", ",").replace("%0A", "\n").replace("%0D", "\r")
        for key, value in properties.items()
    }
    return (
        {key: value.replace("%25", "%") for key, value in properties.items()},
        match[2].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%"),
    )


@given(
    st.text(alphabet="a:%,=\r\n 0AD", max_size=12), st.text(alphabet="a:%,=\r\n 0AD", min_size=1, max_size=12)
)
def test_github_reads_back_what_was_said(message: str, file: str) -> None:
    line = report.to_github([found(message=message, advice="", span=Span(file, 1))])
    assert "\n" not in line
    properties, said = _as_the_runner_reads(line)
    assert said == message
    assert properties["file"] == file

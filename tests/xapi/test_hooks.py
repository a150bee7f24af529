"""From `xapi:` in course.yaml to the hooks that a package carries."""

from __future__ import annotations

import json
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coursepack import compiler, report
from coursepack.cli import app
from coursepack.lock import Register, assign
from coursepack.package import Part
from coursepack.site import render, to_parts
from coursepack.spec.credentials import credential, said
from coursepack.state import layout, to_json
from coursepack.xapi.contract import HookTable
from coursepack.xapi.defaults import DEFAULTS, LIFECYCLE
from coursepack.xapi.table import hook_table

MINIMAL = Path(__file__).parents[1] / "courses" / "minimal"


def course(root: Path, xapi: str, prose: str = "") -> compiler.Checked:
    shutil.copytree(MINIMAL, root)
    if prose:
        with sorted((root / "steps").iterdir())[0].open("a", encoding="utf-8") as file:
            file.write(f"\n{prose}\n")
    with (root / "course.yaml").open("a") as file:
        file.write(xapi)
    return compiler.check(root)


def table(root: Path, xapi: str, target: str = "scorm12") -> HookTable | None:
    checked = course(root, xapi)
    assert checked.diagnostics == ()
    assert checked.course and checked.register
    return hook_table(checked.course, checked.register, target)


def names(made: HookTable | None) -> list[str]:
    return [hook["id"] for hook in made["hooks"]] if made else []


DEFAULT = [hook.id for hook in DEFAULTS]
OWN = "id: mine, event: page.left, statement: {verb: experienced, object: {ref: page}}"


@pytest.mark.parametrize(
    ("xapi", "target", "expected"),
    [
        ("", "scorm12", []),
        ("", "web", []),
        ("", "cmi5", [name for name in DEFAULT if name not in LIFECYCLE]),
        ("", "xapi", [name for name in DEFAULT if name not in LIFECYCLE]),
        ("xapi:\n", "scorm12", DEFAULT),
        ("xapi: {}\n", "web", DEFAULT),
        ("xapi: {defaults: off}\n", "scorm2004-4", []),
        ("xapi: {defaults: off}\n", "cmi5", []),
        (f"xapi: {{defaults: off, hooks: [{{{OWN}}}]}}\n", "scorm12", ["mine"]),
        (f"xapi: {{hooks: [{{{OWN}}}]}}\n", "scorm12", [*DEFAULT, "mine"]),
        (f"xapi: {{hooks: [{{{OWN.replace('mine', 'page-viewed')}}}]}}\n", "scorm12", DEFAULT),
        (
            "xapi: {hooks: [{id: page-viewed, enabled: off}]}\n",
            "web",
            [n for n in DEFAULT if n != "page-viewed"],
        ),
        (f"xapi: {{defaults: off, hooks: [{{{OWN}, enabled: off}}]}}\n", "web", []),
    ],
)
def test_which_hooks_a_package_carries(xapi: str, target: str, expected: list[str], tmp_path: Path) -> None:
    assert names(table(tmp_path / "course", xapi, target)) == expected


def test_a_hook_of_ones_own_stands_in_the_place_of_a_default(tmp_path: Path) -> None:
    made = table(tmp_path / "course", f"xapi: {{hooks: [{{{OWN.replace('mine', 'page-viewed')}}}]}}\n")
    assert made is not None
    assert [hook["events"] for hook in made["hooks"] if hook["id"] == "page-viewed"] == [["page.left"]]


def test_own_terms_live_under_the_courses_own_domain(tmp_path: Path) -> None:
    made = table(tmp_path / "course", "xapi:\n")
    assert made is not None
    assert made["session"] == "https://example.org/xapi/ext/session-id"
    assert made["homePage"] == "https://example.org/"
    assert '"https://example.org/xapi/ext/word-count"' in json.dumps(made)


def test_only_a_normal_launch_sends_unless_the_author_says_so(tmp_path: Path) -> None:
    review = OWN + ", when: {mode-in: [review]}"
    made = table(tmp_path / "course", f"xapi: {{hooks: [{{{review}}}]}}\n")
    assert made is not None
    assert made["hooks"][-1]["when"] == ["mode", ["review"]]
    assert all("mode" in json.dumps(hook["when"]) for hook in made["hooks"])


def parts(root: Path, xapi: str, target: str = "scorm12") -> dict[str, Part]:
    checked = course(root, xapi)
    assert checked.course and checked.register
    page = render(checked.course, checked.register, to_json(layout(checked.course, checked.register)))
    return {part.name.split("-")[0]: part for part in to_parts(page, target, "scorm12")}


@pytest.mark.parametrize(
    ("xapi", "connect"),
    [
        ("", "'none'"),
        ("xapi: {relay: 'https://relay.example.org/v1'}\n", "https://relay.example.org"),
        ("xapi:\n", "https: http:"),
    ],
)
def test_the_page_may_reach_where_its_statements_go_and_nothing_else(
    xapi: str, connect: str, tmp_path: Path
) -> None:
    made = parts(tmp_path / "course", xapi)
    index = unescape(made["index.html"].data.decode())
    assert f"connect-src {connect};" in index
    assert ("data-hooks" in index) is bool(xapi)
    assert ("hooks" in made) is bool(xapi)
    if xapi:
        assert made["hooks"].name in index
        assert b"coursepack.hooks({" in made["hooks"].data


@pytest.mark.parametrize(
    "text",
    [
        "Basic dXNlcjpwYXNz",
        "basic dXNlcjpwYXNz",
        "Bearer abc123def456ghi7",
        "https://ada:tulips@lrs.example.org/",
        "AKIA" + "Q1" * 8,
    ],
)
def test_a_credential_is_one_wherever_it_stands(text: str) -> None:
    assert credential(text)
    name, secret = said(f"Use {text} here")
    assert name
    assert secret in text.split()


@pytest.mark.parametrize(
    "text",
    [
        "Basic principles", "Bearer certificates", "{{question.duration_s | duration}}",
        "https://courses.example.org/xapi/ext/attempt-number", "calling-in-and-calling-out-2024-edition",
        "urn:uuid:6f0d7e2e-3f0d-4f6a-9a55-3d0a6a0b8f11", "https://w3id.org/xapi/cmi5/result/extensions/progress",
    ],
)  # fmt: skip
def test_plain_words_and_addresses_are_none(text: str) -> None:
    assert credential(text, strict=True) == ""


def test_a_short_token_counts_where_statements_are_set_up() -> None:
    assert credential("Bearer abc123", strict=True)
    assert not credential("The bearer of 4711ab may enter")


@pytest.mark.parametrize("where", ["theme: {deep: {api-key: x}}", "tests: [{auth: x}]", "xapi: {token: x}"])
def test_no_allow_lets_a_credential_pass(where: str, tmp_path: Path) -> None:
    checked = course(tmp_path / "course", f"{where}\nallow: [{{rule: XAP-001, reason: it is a test}}]\n")
    shape = {"SPC-007", "SPC-018"}
    assert {item.rule.code for item in checked.diagnostics} - shape == {"XAP-001", "REF-015"}
    assert checked.stops


def test_a_question_with_another_right_answer_is_another_activity(tmp_path: Path) -> None:
    def told(body: str, register: Register) -> tuple[Register, set[str]]:
        root = tmp_path / str(len(list(tmp_path.iterdir())))
        checked = course(root, "xapi:\n", body)
        assert checked.course
        register = assign(checked.course, register)
        made = hook_table(checked.course, register, "scorm12")
        assert made
        return register, {place["activity"]["id"] for place in made["places"].values()}

    def question(right: str, words: str = "Is it so?") -> str:
        return f"::: question {{#mine answer={right}}}\n{words}\n:::"

    register, first = told(question("true"), Register())
    [iri] = [one for one in first if one.endswith("/question/mine")]
    register, reworded = told(question("true", "Is that so?"), register)
    assert reworded == first
    register, changed = told(question("false"), register)
    assert changed - first == {f"{iri}/answer-2"}
    assert iri not in changed
    assert told(question("true"), register)[1] == first


def told(tmp_path: Path, extra: str) -> list[tuple[str, str]]:
    """The findings on a hook whose statement ends in `extra`."""
    hook = "xapi:\n  hooks:\n    - id: mine\n      event: page.viewed\n      statement:\n"
    found = course(
        tmp_path / str(len(list(tmp_path.iterdir()))), f"{hook}        verb: experienced\n{extra}"
    ).diagnostics
    return [(item.rule.code, item.message) for item in found]


def test_a_whole_number_may_be_written_where_one_belongs(tmp_path: Path) -> None:
    def value(text: str) -> list[tuple[str, str]]:
        result = f"        object: {{ref: page}}\n        result: {{extensions: {{progress: {text}}}}}\n"
        return told(tmp_path, result)

    assert value("25") == []
    assert value("2.5") == [("XAP-010", "this is a number, not a whole number")]
    assert value("true") == [("XAP-010", "this is `true` or `false`, not a whole number")]
    assert value("some") == [("XAP-010", "this is text, not a whole number")]


def test_words_of_an_activity_are_in_the_language_of_the_course(tmp_path: Path) -> None:
    def named(words: str, more: str = "") -> list[tuple[str, str]]:
        about = f"{{id: 'https://example.org/room', type: interaction, name: {words}}}"
        return told(tmp_path, f"        object: {about}\n{more}")

    assert named("{de: Raum, en-GB: Room}") == []
    assert named("{de: Raum}") == [("XAP-019", "this says nothing in `en`")]
    parent = "        context: {parent: [{id: 'https://example.org/house', description: {de: Haus}}]}\n"
    assert named("Room", parent) == [("XAP-019", "this says nothing in `en`")]


SECRETS = """xapi:
  password: hunter2-forever
  auth: {user: robin-the-admin, key: "quo\\x74ed-secret"}
  colour: "Basic c2VjcmV0Om9mLWEta2V5"
  hooks: [{id: "https://ada:tulips4all@lrs.example.org/", event: a}]
  relay: https://ada:tulips4all@lrs.example.org/v1/
"""
PLANTED = ["hunter2", "robin-the-admin", "ed-secret", "c2VjcmV0Om9", "tulips4all", "sesame-42"]


def test_no_report_shows_a_secret_again(tmp_path: Path) -> None:
    checked = course(tmp_path / "course", SECRETS, "The api_key = sesame-42 opens it. [Here](nowhere.md)")
    found = list(checked.diagnostics)
    assert {item.rule.code for item in found} >= {"XAP-001", "XAP-002"}
    assert any(item.rule.code.startswith("SPC") and "***" in item.source for item in found)
    for write in (report.to_text, report.to_json, report.to_sarif, report.to_github):
        text = write(found)
        assert [word for word in PLANTED if word in text] == [], write.__name__
    prose = course(tmp_path / "prose", "", "The api_key = sesame-42 opens it.")
    [warning] = prose.diagnostics
    assert warning.message == "this looks like a credential: `api_key` and its value"
    assert "sesame-42" not in report.to_sarif([warning]) + report.to_text([warning])


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["xapi", *arguments])


def test_the_command_prints_samples_vocabulary_and_privacy(tmp_path: Path) -> None:
    root = tmp_path / "course"
    course(root, "xapi:\n")
    lines = run(str(root), "--jsonl").output.splitlines()
    assert {json.loads(line)["verb"]["display"]["en"] for line in lines} >= {"experienced", "completed"}
    assert "# page-viewed: page.viewed, largest values" in run(str(root)).output
    assert (
        "| http://adlnet.gov/expapi/verbs/experienced | experienced |"
        in run(str(root), "--vocabulary", "md").output
    )
    assert "<h2>Verbs</h2>" in run(str(root), "--vocabulary", "html").output
    assert "| page-viewed | that it happened |" in run(str(root), "--privacy").output


def test_the_command_says_so_when_nothing_is_sent(tmp_path: Path) -> None:
    course(tmp_path / "course", "")
    found = run(str(tmp_path / "course"))
    assert (found.exit_code, found.stdout) == (2, "")
    assert "carry no hooks" in found.stderr

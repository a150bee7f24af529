"""What an upload card says is true of its package, and both renderings say the same."""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from coursepack import compiler
from coursepack.handover import compose, elsewhere, expected, gradebook, moodle
from coursepack.handover.card import Card, Cell, Section, Table, file_names
from coursepack.handover.to_html import to_html
from coursepack.handover.to_markdown import to_markdown
from coursepack.spec.settings import Settings
from rehearsal.playing import expected as rehearsed
from small_courses import HEAD, choice, quiz, step
from state_courses import course

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built() -> compiler.Build:
    return compiler.build(ROOT / "course_spec")


@pytest.fixture(scope="module")
def cards(built: compiler.Build) -> dict[str, Card]:
    return {card.target: card for card in compose.cards(built)}


def small(folder: Path, settings: str = "", *steps: str) -> compiler.Build:
    (folder / "steps").mkdir()
    (folder / "course.yaml").write_text(HEAD + settings, "utf-8")
    for number, text in enumerate(steps, 1):
        (folder / "steps" / f"{number:03}-step-{number}.md").write_text(text, "utf-8")
    return compiler.build(folder)


def section(card: Card, key: str) -> Section:
    return next(one for one in card.sections if one.key == key)


def table(card: Card, key: str) -> dict[str, dict[str, str]]:
    """A section's table by the first cell of each row, then by its column."""
    (one,) = section(card, key).tables
    return {words(row[0]): dict(zip(one.head, map(words, row), strict=True)) for row in one.rows}


def words(cell: Cell) -> str:
    return cell.replace("`", "") if isinstance(cell, str) else cell.text


# ---- facts of the file -------------------------------------------------------------------------------------


def test_the_card_names_its_package_sign_by_sign(built: compiler.Build, cards: dict[str, Card]) -> None:
    for package in built.packages:
        facts = table(cards[package.target], "file")
        assert facts["SHA-256"]["Value"] == sha256(package.data).hexdigest()
        assert facts["File"]["Value"] == package.name
        assert facts["Size"]["Value"] == f"{len(package.data):,} bytes"


def test_the_identifiers_are_those_of_the_manifest(built: compiler.Build, cards: dict[str, Card]) -> None:
    import io
    import zipfile

    data = next(package.data for package in built.packages if package.target == "scorm12")
    manifest = zipfile.ZipFile(io.BytesIO(data)).read("imsmanifest.xml").decode()
    facts = table(cards["scorm12"], "file")
    assert f'identifier="{facts["Manifest identifier"]["Value"]}"' in manifest
    assert f'<item identifier="{facts["Item identifier"]["Value"]}"' in manifest
    data = next(package.data for package in built.packages if package.target == "cmi5")
    structure = zipfile.ZipFile(io.BytesIO(data)).read("cmi5.xml").decode()
    assert f'<au id="{table(cards["cmi5"], "file")["Unit id (AU)"]["Value"]}"' in structure


def test_a_stopped_build_has_no_cards(tmp_path: Path) -> None:
    assert compose.cards(small(tmp_path, "", step("one", "[Nowhere](#gone)"))) == ()


# ---- what the gradebook will show --------------------------------------------------------------------------

PLAYED = {
    "all-right": "does everything, all answers right",
    "fails": "does everything and answers the quiz wrong in the last attempt too",
    "skips-quiz": "does everything but the quiz",
}
"""Virtual learners of a rehearsal, and who does the same on a card."""


def recorded(target: str, learner: str) -> dict[str, Any]:
    """What a rehearsal of the example in a real browser recorded in Moodle's place."""
    found = rehearsed()[learner, f"{target}/moodle-4.5"]
    return {name: str(value) if isinstance(value, int | float) else value for name, value in found.items()}


@pytest.mark.parametrize("learner", PLAYED)
@pytest.mark.parametrize("target", ["scorm12", "scorm2004-3", "scorm2004-4"])
def test_what_to_expect_is_what_a_rehearsal_recorded(
    cards: dict[str, Card], target: str, learner: str
) -> None:
    row, found = table(cards[target], "gradebook")[PLAYED[learner]], recorded(target, learner)
    assert row["Status" if target == "scorm12" else "Completion"] == found["status"]
    assert row.get("Success") == found["success"]
    assert row["Score"].split(" ")[0] == (found["score"] or "–")
    assert row.get("Progress") == found["progress"]
    assert row[f"Grade in {moodle.VERSION}"] == found["gradebook"]
    ticked = row["Tick as the form comes" if target == "scorm12" else "Tick"]
    assert ticked == found["tick"].split(":")[0]


def test_the_status_is_the_one_that_the_driver_writes() -> None:
    """All that a learner can stand at, before the page's own function."""
    driver = (ROOT / "src/coursepack/runtime/drivers/scorm12.js").as_uri()
    cases = list(product(("incomplete", "completed"), ("unknown", "passed", "failed"), (False, True)))
    script = (
        f"import {{ lessonStatus }} from {json.dumps(driver)};"
        f"console.log(JSON.stringify({json.dumps(cases)}.map("
        "([completion, success, graded]) => lessonStatus({ completion, success, graded }))))"
    )
    run = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    said = [
        expected.lesson_status(
            SimpleNamespace(completed=completion == "completed", success=success),  # type: ignore[arg-type]
            graded=graded,
        )
        for completion, success, graded in cases
    ]
    assert said == json.loads(run.stdout)


RULES = [
    (mark, quizzes, mastery)
    for mark, quizzes, mastery in product((True, False), ("none", "attempted", "passed"), (True, False))
    if mark or (quizzes != "passed" and not mastery)
]


@pytest.mark.parametrize(("mark", "quizzes", "mastery"), RULES)
def test_set_as_advised_who_does_all_right_gets_the_tick(
    tmp_path: Path, mark: bool, quizzes: str, mastery: bool
) -> None:
    settings = f"completion: {{quizzes: {quizzes}}}\ntargets: [scorm12, scorm2004-3, scorm2004-4]\n"
    if mark:
        settings += f"pass: {{score: 80%, report-mastery: {'true' if mastery else 'false'}}}\n"
    made = small(tmp_path, settings, step("one", quiz("check", choice("first"))))
    assert not made.checked.stops, made.checked.diagnostics
    for card in compose.cards(made):
        row = table(card, "gradebook")["does everything, all answers right"]
        assert row["Tick as advised" if card.target == "scorm12" else "Tick"] == "complete"
        advised = [name for name in table(card, "moodle") if name.startswith("Status")]
        assert advised == [f"Status: {'passed' if mark and card.target == 'scorm12' else 'completed'}"]


def test_a_mastery_score_lets_the_lms_judge_at_once(tmp_path: Path) -> None:
    settings = "pass: {score: 80%, report-mastery: true}\ntargets: [scorm12]\n"
    made = small(tmp_path, settings, step("one", quiz("check", choice("first"), attributes="attempts=3")))
    (card,) = compose.cards(made)
    row = table(card, "gradebook")["does everything and answers the quiz wrong, with attempts left"]
    assert (row["Status"], row["Score"]) == ("failed", "0")
    assert "yes" in table(card, "moodle")["Mastery score overrides status"]["Choose"]


def test_a_course_that_asks_nothing_expects_no_grade(tmp_path: Path) -> None:
    made = small(tmp_path, "targets: [scorm12]\n", step("one"), step("two"))
    (card,) = compose.cards(made)
    rows = table(card, "gradebook")
    assert rows["does everything, all answers right"]["Status"] == "completed"
    assert {row[f"Grade in {moodle.VERSION}"] for row in rows.values()} == {"no grade"}
    assert table(card, "moodle")["Maximum grade"]["Choose"] == "any"
    assert "keys" not in [one.key for one in card.sections]


def test_unlimited_attempts_never_fail_for_good(tmp_path: Path) -> None:
    settings = "pass: {score: 80%}\ntargets: [scorm2004-4]\n"
    made = small(tmp_path, settings, step("one", quiz("check", choice("first"))))
    (card,) = compose.cards(made)
    assert all("last attempt" not in who for who in table(card, "gradebook"))
    assert {row["Success"] for row in table(card, "gradebook").values()} <= {"passed", "unknown"}


@pytest.mark.parametrize(("exit_", "word"), [("normal", "begins empty"), ("suspend", "finds their answers")])
def test_what_a_second_visit_finds(tmp_path: Path, exit_: str, word: str) -> None:
    settings = f"resume: {{exit-when-finished: {exit_}}}\ntargets: [scorm2004-4]\n"
    (card,) = compose.cards(small(tmp_path, settings, step("one", choice("first"))))
    assert word in section(card, "gradebook").points[0]


def test_units_by_step_promise_no_score_of_the_course(tmp_path: Path) -> None:
    settings = "cmi5: {units: steps}\ntargets: [cmi5]\n"
    (card,) = compose.cards(small(tmp_path, settings, step("one"), step("two")))
    assert section(card, "gradebook").tables == ()
    assert "not reported" in section(card, "gradebook").said[1]
    assert "The others ask for `Completed`; leave it so." in section(card, "lms").points
    graded = tmp_path / "graded"
    graded.mkdir()
    (card,) = compose.cards(
        small(graded, f"pass: {{score: 60%}}\n{settings}", step("one"), step("two", quiz("a", choice("b"))))
    )
    told = " ".join(section(card, "lms").points)
    assert "`Completed`, those with a quiz that counts for `CompletedAndPassed`" in told
    assert "of each unit with a quiz that counts is 0.6" in told


def test_where_moodle_is_named_its_version_is_too(cards: dict[str, Card]) -> None:
    """No claim about Moodle without what it was measured on, or the word that it was not."""
    for card in cards.values():
        named = [one for one in card.sections if "Moodle" in repr(one)]
        assert all("4.5" in repr(one) for one in named)
    for row in table(cards["scorm12"], "moodle").values():
        assert row["Known from"] in (moodle.MEASURED, moodle.OURS, moodle.GENERAL)
    for target in ("cmi5", "xapi", "web"):
        assert "Moodle" not in repr(cards[target])


def test_limits_and_losses_are_the_build_s_own(built: compiler.Build, cards: dict[str, Card]) -> None:
    from coursepack import budget, loss, state

    course, register = built.checked.course, built.checked.register
    assert course and register
    bound = state.bound(state.layout(course, register)).characters
    limit = section(cards["scorm12"], "limits").points[0]
    assert f"{bound:,} of the {budget.LIMITS['scorm12']:,} characters" in limit
    for target, card in cards.items():
        own = [row.subject for row in loss.losses(course, register) if row.target == target]
        assert list(table(card, "losses")) == own


def test_a_web_package_with_hooks_is_not_called_silent() -> None:
    def said(**more: object) -> str:
        return " ".join(elsewhere.advice(course(**more).settings, "web"))

    assert "Nothing is reported to anyone" in said()
    with_relay = said(xapi={"relay": "https://relay.example.org/v1/"})
    assert "Statements on what learners do go to https://relay.example.org/v1/." in with_relay
    for heard in (with_relay, said(xapi={})):
        assert "Nothing is reported" not in heard
        assert "No LMS hears of it" in heard


# ---- the two renderings ------------------------------------------------------------------------------------


def cells(card: Card) -> list[str]:
    """All that a card says, piece by piece."""
    found = [card.warning]
    for one in card.sections:
        found += [one.title, *one.said, *one.steps, *one.points]
        for each in one.tables:
            found += [*each.head, *(words(cell) for row in each.rows for cell in row)]
    return ["".join(text.replace("`", "").split()) for text in found]


def pressed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-3", "scorm2004-4", "cmi5", "xapi", "web"])
def test_both_renderings_say_all_of_it_in_order(cards: dict[str, Card], target: str) -> None:
    card = cards[target]
    page = pressed(lxml_html.fromstring(to_html(card)).find("body").text_content())
    rendered = MarkdownIt("commonmark").enable("table").render(to_markdown(card))
    sheet = pressed(lxml_html.fromstring(rendered).text_content())
    at = {"page": 0, "sheet": 0}
    for piece in cells(card):
        for name, text in (("page", page), ("sheet", sheet)):
            found = text.find(piece, at[name])
            assert found >= 0, f"{name} lacks {piece!r}"
            at[name] = found + len(piece)


def test_the_page_asks_for_nothing_and_runs_nothing(cards: dict[str, Card]) -> None:
    import base64

    for card in cards.values():
        text = to_html(card)
        page = lxml_html.fromstring(text)
        assert not page.xpath("//script | //link | //img | //iframe | //a | //@src | //@href | //@style")
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        style = text.partition("<style>")[2].partition("</style>")[0]
        digest = base64.b64encode(sha256(style.encode()).digest()).decode()
        assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
        assert "url(" not in style and "@import" not in style


def test_answers_are_marked_and_folded(cards: dict[str, Card]) -> None:
    page = lxml_html.fromstring(to_html(cards["scorm12"]))
    assert "Not for learners" in page.xpath("string(//header)")
    (details,) = page.xpath("//details")
    assert details.get("open") is None
    assert "pause or pausing or to pause" in details.text_content()
    outside = page.text_content().replace(details.text_content(), "")
    assert "pausing" not in outside
    assert to_markdown(cards["scorm12"]).splitlines()[2].startswith("> **Not for learners")


HOSTILE = '<script>alert(1)</script> | `a` *b* [c](d) & "e" \\| ‮ $x$ ~~f~~ _g_'


@pytest.mark.parametrize(("answer", "told"), [("= honey\n", True), ("- [x] A\n- [ ] B\n", False)])
def test_an_empty_place_in_the_key_sheet_is_explained(tmp_path: Path, answer: str, told: bool) -> None:
    built = small(tmp_path, "", step("one", f"::: question {{#q}}\nWhat?\n\n{answer}:::\n"))
    for card in compose.cards(built):
        assert any("what the learner typed" in one for one in section(card, "keys").said) == told


def test_hostile_words_stay_words() -> None:
    from coursepack.handover.card import Exact, Said

    rows: tuple[tuple[Cell, ...], ...] = ((Said(HOSTILE), Exact(HOSTILE), Said("a\nb|c")),)
    one = Section("k", "T", tables=(Table(("A", "B", "C"), rows),))
    card = Card("web", "x-web.zip", "0", HOSTILE, "en", "W", (one,))
    page = lxml_html.fromstring(to_html(card))
    assert not page.xpath("//script")
    shown = HOSTILE.replace("‮", "�")
    assert page.xpath("string(//tbody//th)") == shown
    assert page.xpath("string(//tbody//td[1])") == shown
    rendered = lxml_html.fromstring(MarkdownIt("commonmark").enable("table").render(to_markdown(card)))
    made = rendered.xpath("//tbody/tr/*")
    assert len(made) == 3
    assert [pressed(cell.text_content()) for cell in made] == [pressed(shown), pressed(shown), "ab|c"]
    assert {node.tag for node in rendered.xpath("//tbody//td/*")} == {"code", "br"}
    assert not rendered.xpath("//script | //em | //a | //del")


def test_file_names_go_with_the_zip() -> None:
    assert file_names("fire-safety-scorm12.zip") == (
        "fire-safety-scorm12-upload.html",
        "fire-safety-scorm12-upload.md",
    )


def test_status_with_mastery_needs_a_score(tmp_path: Path) -> None:
    settings = "pass: {score: 100%, report-mastery: true}\ntargets: [scorm12]\n"
    made = small(tmp_path, settings, step("one", quiz("check", choice("first"))))
    course, register = made.checked.course, made.checked.register
    assert course and register
    stands = {one.who: one.stands for one in expected.typical(course, register)}
    facts: Settings = course.settings
    assert gradebook.status_12(facts, stands["does everything but the quiz"]) == "incomplete"
    assert gradebook.status_12(facts, stands["does everything, all answers right"]) == "passed"

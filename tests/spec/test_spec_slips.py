"""Slips of somebody new: each is told where it stands, with a remedy that works to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from authoring import diagnostics, load

TICKED = "- [x] A\n- [ ] B\n"
BEGIN = "begin each option with `- [ ] ` or `- [x] `"


def told(folder: Path, body: str, files: dict[str, str] | None = None) -> list[str]:
    """`code line: help` of each finding in a step whose title is in line 1."""
    found = diagnostics(load(folder, f"# T\n\n{body}", files or {}))
    return [f"{one.rule.code} {one.span.line}: {one.help}" for one in found if one.span]


@pytest.mark.parametrize(
    ("lines", "at", "advice", "mended"),
    [
        ("    - [x] A\n    - [ ] B\n", 6, "begin it at the left edge", TICKED),
        ("\t- [x] A\n\t- [ ] B\n", 6, "begin it at the left edge", TICKED),
        ("    = A\n", 6, "begin it at the left edge", "= A\n"),
        ("[x] A\n[ ] B\n", 6, BEGIN, TICKED),
        ("– [x] A\n– [ ] B\n", 6, BEGIN, TICKED),
        ("- (x) A\n- ( ) B\n", 6, BEGIN, TICKED),
        ("- ☑ A\n- ☐ B\n", 6, BEGIN, TICKED),
        ("- A==B\n- C==D\n", 6, "write `- left == right`", "- A == B\n- C == D\n"),
        ("- A = B\n- C = D\n", 6, "write `- left == right`", "- A == B\n- C == D\n"),
        ("- A -> B\n- C -> D\n", 6, "write `- left == right`", "- A == B\n- C == D\n"),
    ],
)
def test_almost_an_answer(tmp_path: Path, lines: str, at: int, advice: str, mended: str) -> None:
    head = "::: question {#a}\nWho?\n\n"
    found = told(tmp_path / "a", f"{head}{lines}:::\n")
    assert [one for one in found if one.startswith("SPC-029")] == [f"SPC-029 {at}: {advice}"]
    assert told(tmp_path / "b", f"{head}{mended}:::\n") == []


def test_a_word_alone_is_no_answer(tmp_path: Path) -> None:
    advice = "write `answer=true` or `answer=false` in the braces of the question"
    assert told(tmp_path, "::: question {#a}\nTea?\n\nTrue\n:::\n") == [f"SPC-029 6: {advice}"]


@pytest.mark.parametrize("lines", ["- Never — not once\n- Daily\n", "A [word] in brackets.\n", ""])
def test_where_nothing_is_near_all_answers_are_named(tmp_path: Path, lines: str) -> None:
    (only,) = told(tmp_path, f"::: question {{#a}}\nWho?\n\n{lines}:::\n")
    assert only.startswith("SPC-029 3: write options `- [x]`, lines `= answer`")


@pytest.mark.parametrize(
    ("body", "found", "mended"),
    [
        (
            "• one\n• two\n",
            "write `- ` instead of `•`, or `&#8226;` if it is meant as text",
            "- one\n- two\n",
        ),
        ("·\tone\n", "write `- ` instead of `·`, or `&#183;` if it is meant as text", "&#183;\tone\n"),
        (
            "[T](https://a.org “Cap”)\n",
            'use straight quotes: `(path "words")`, or write `\\[` if it is meant as text',
            '[T](https://a.org "Cap")\n',
        ),
        (
            "[site](https://a.org/x\n",
            "write `)` at its end, or `\\[` if it is meant as text",
            "[site](https://a.org/x)\n",
        ),
        (
            "[site](../steps/a.md\n\nText.\n",
            "write `)` at its end, or `\\[` if it is meant as text",
            "\\[site](../steps/a.md\n\nText.\n",
        ),
        (
            "::: tip Mind title=this\nx\n:::\n",
            "write `{title=this}` at the end of the line",
            "::: tip Mind this\nx\n:::\n",
        ),
        (
            "::: tip Mind #it\nx\n:::\n",
            "write `{#it}` at the end of the line",
            "::: tip Mind {#it}\nx\n:::\n",
        ),
    ],
)
def test_text_that_was_meant_as_mark_up(tmp_path: Path, body: str, found: str, mended: str) -> None:
    assert told(tmp_path / "a", body) == [f"SPC-038 3: {found}"]
    assert told(tmp_path / "b", mended) == []


@pytest.mark.parametrize(
    "body", ["::: tip Tip #1\nx\n:::\n", "::: tip Where E=mc\nx\n:::\n", "a • b\n", "f[x](y is a call\n"]
)
def test_text_that_is_meant_as_text(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, body) == []


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("::: question #zz", ["SPC-023 3: write `::: question {#zz}`", "SPC-024 3: write `{#zz}`"]),
        (
            "::: question zz",
            ["SPC-023 3: write `::: question {#zz}`", "SPC-024 3: write it below, or as an attribute"],
        ),
    ],
)
def test_an_id_without_braces_is_kept_in_the_remedy(tmp_path: Path, line: str, advice: list[str]) -> None:
    assert sorted(told(tmp_path, f"{line}\nWho?\n\n{TICKED}:::\n")) == advice


def test_the_title_of_a_quiz_stays_in_the_remedy(tmp_path: Path) -> None:
    body = f"::: quiz Your turn\n::: question {{#a}}\nWho?\n\n{TICKED}:::\n:::\n"
    assert told(tmp_path, body) == ["SPC-023 3: write `::: quiz Your turn {#your-turn}`"]


def test_backslashes_of_a_path_are_not_lost_in_quotes(tmp_path: Path) -> None:
    found = told(tmp_path, '::: table {src="..\\tables\\year.csv"}\nx\n:::\n')
    assert found == ["SPC-027 3: write `/` between folders"]


@pytest.mark.parametrize("source", ["year.csv", "../year.csv"])
def test_a_file_in_another_folder_is_found_by_its_name(tmp_path: Path, source: str) -> None:
    files = {"tables/year.csv": "A,B\n1,2\n"}
    found = told(tmp_path / "a", f"::: table {{src={source}}}\nx\n:::\n", files)
    assert found == ["SPC-027 3: did you mean `../tables/year.csv`?"]
    assert told(tmp_path / "b", "::: table {src=../tables/year.csv}\nx\n:::\n", files) == []


@pytest.mark.parametrize("tick", ["[x]", "[ ]", "[X]"])
def test_ticks_in_a_bank_are_told_as_such(tmp_path: Path, tick: str) -> None:
    bank = f"- id: a\n  question: Who?\n  options:\n    - {tick} A\n    - B\n"
    quiz = "::: quiz {#z draw=1 from=b attempts=3}\n:::\n"
    advice = "write `- text: …` and below it `right: true`; a wrong option is its text alone, `- …`"
    assert f"SPC-003 4: {advice}" in told(tmp_path / "a", quiz, {"questions/b.yaml": bank})
    mended = bank.replace(f"- {tick} A\n", "- text: A\n      right: true\n")
    assert told(tmp_path / "b", quiz, {"questions/b.yaml": mended}) == []


def test_a_list_of_ticks_in_a_banks_text_is_sent_to_its_options(tmp_path: Path) -> None:
    bank = "- id: a\n  answer: true\n  question: |\n    Who?\n\n    - [x] A\n"
    quiz = "::: quiz {#z draw=1 from=b attempts=3}\n:::\n"
    found = told(tmp_path, quiz, {"questions/b.yaml": bank})
    assert found == ["SPC-038 6: write it below the key `options`, or write `\\[` if it is meant as text"]


def test_a_blank_in_an_id_is_closed_by_a_hyphen(tmp_path: Path) -> None:
    question = f"\nWho?\n\n{TICKED}:::\n"
    assert told(tmp_path / "a", f"::: question {{#q 1}}{question}") == [
        "SPC-019 3: an id has no blanks: write `#q-1`"
    ]
    assert told(tmp_path / "b", f"::: question {{#q-1}}{question}") == []
    (far,) = told(tmp_path / "c", f"::: question {{#q shuffle 1}}{question}")
    assert far == "SPC-019 3: see `key=value`, `#id`, `.class`"

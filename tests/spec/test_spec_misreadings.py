"""A slip that leaves no doubt what was meant is said once, with a remedy that works, and read as meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from authoring import SETTINGS, diagnostics, load, said

QUESTION = "::: question {#a answer=true}\nTea?\n:::\n"
BANK = "- {id: x, question: Is it?, answer: true}\n"


def told(folder: Path, body: str) -> list[tuple[str, str]]:
    """`line:column message` and help of each finding in a step whose title is in line 1."""
    found = diagnostics(load(folder, f"# T\n\n{body}", {"questions/b.yaml": BANK}))
    return [(f"{one.span.line}:{one.span.column} {one.message}", one.help) for one in found if one.span]


@pytest.mark.parametrize(
    ("body", "message", "advice"),
    [
        (
            f'::: quiz {{#z title="Check attempts=3\n{QUESTION}:::\n',
            "3:10 a quotation mark in the braces is not closed",
            'write `key="two words"`',
        ),
        (
            f'::: quiz {{#z title="Check attempts=3}}\n{QUESTION}:::\n',
            "3:10 a quotation mark in the braces is not closed",
            'write `key="two words"`',
        ),
        (
            f"::: quiz {{#z attempts=3\n{QUESTION}:::\n",
            "3:10 the braces are not closed",
            "write `}` at the end",
        ),
        (
            f"::: quiz {{#z attempts = 3}}\n{QUESTION}:::\n",
            "3:14 blanks stand around the `=`",
            "write `attempts=3`",
        ),
        (
            f"::: quiz {{#z attempts= 3}}\n{QUESTION}:::\n",
            "3:14 blanks stand around the `=`",
            "write `attempts=3`",
        ),
        (
            f"::: quiz {{#z draw=all from=b}}\n{QUESTION}:::\n",
            "3:14 `draw` is `all`",
            "it takes a whole number from 1 up",
        ),
        (
            "::: question {#a answer=yes}\nTea?\n:::\n",
            "3:18 `answer` is `yes`",
            "it takes `true` or `false`",
        ),
        (
            f"::: question {{#{'a' * 65} answer=true}}\nTea?\n:::\n",
            "3:15 the id has 65 characters; 64 are allowed",
            "shorten it",
        ),
        (
            "::: question {#a}\nTea?\n\n- [x]Yes\n- [ ] No\n:::\n",
            "6:1 `[x]Yes` does not start with `[ ]` or `[x]` and a blank",
            "write `- [ ] ` or `- [x] `",
        ),
        (
            "::: question {#a}\nTea?\n\n- [v] Yes\n- [ ] No\n:::\n",
            "6:1 `[v] Yes` does not start with `[ ]` or `[x]` and a blank",
            "write `- [ ] ` or `- [x] `",
        ),
        (
            "::: question {#a}\nTea?\n\n- Green == cool\n- Black = hot\n:::\n",
            "7:1 `Black = hot` has no ` == ` and needs one",
            "write `- left == right`",
        ),
        (
            "::: question {tea answer=true}\nTea?\n:::\n",
            "3:15 a question has no attribute `tea`",
            "write `#tea` if it is the id, or remove it",
        ),
        (
            "::: question {#a}\nTea?\n\n- [x] Yes\n> Right\n- [ ] No\n:::\n",
            "7:1 a quote stands among the answers",
            "indent it below its option, or move it to the end",
        ),
        (
            "::: question {#a}\nTea?\n\n- [x] Yes\n- [ ] No\n\n::: corect\nRight.\n:::\n:::\n",
            "9:1 there is no block `corect`",
            "did you mean `correct`?",
        ),
        (
            "::: question {#a type=orde}\nTea?\n\n1. Yes\n2. No\n:::\n",
            "3:18 `type` is `orde`",
            "did you mean `order`?",
        ),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\n: Tea {header-columns}\n",
            "6:8 a table has no attribute `header-columns`",
            "did you mean `header-column`?",
        ),
        (
            ":: warning Hot\nTea is hot.\n:::\n",
            "5:1 this `:::` closes nothing",
            "write three colons in line 3: `::: warning`",
        ),
    ],
)
def test_a_slip_is_said_once(tmp_path: Path, body: str, message: str, advice: str) -> None:
    assert told(tmp_path, body) == [(message, advice)]


def test_an_answer_that_almost_fits_counts_as_it_was_meant(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, "# T\n\n::: question {#a}\nTea?\n\n- [x]Yes\n- [v] Maybe\n- [] No\n- [ ] Not\n:::\n"
    )
    assert said(loaded) == [
        "SPC-031 010-one.md:6:1+8",
        "SPC-031 010-one.md:7:1+11",
        "SPC-031 010-one.md:8:1+7",
    ]
    assert loaded.course
    answer = loaded.course.steps[0].blocks[0].answer  # type: ignore[union-attr]
    assert [option.correct for option in answer.options] == [True, True, False, False]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("targets: web", "write `[web]`"),
        ("authors: Jo, Ann", "write `[Jo, Ann]`"),
        ("allow: ACC-001", "begin each entry with `- rule: …`"),
        ("cmi5: steps", "write `units: …` below it"),
        ("resume: retry", "write what you need of `exit-when-finished: …`, `changed-answers: …` below it"),
    ],
)
def test_settings_of_another_shape_hear_the_right_one(tmp_path: Path, line: str, advice: str) -> None:
    (found,) = diagnostics(load(tmp_path, files={"course.yaml": f"{SETTINGS}{line}\n"}))
    assert (found.rule.code, found.help) == ("SPC-006", advice)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (SETTINGS.replace("Tests", "*x"), "SPC-003"),
        (SETTINGS + f"a: &a [{'x,' * 99}]\nb: &b [{'*a,' * 99}]\nc: [{'*b,' * 99}]\n", "SPC-008"),
    ],
)
def test_an_alias_is_reported_once(tmp_path: Path, settings: str, code: str) -> None:
    found = diagnostics(load(tmp_path, files={"course.yaml": settings}))
    assert [one.rule.code for one in found] == [code]


def test_a_question_without_answers_hears_all_ways_to_answer(tmp_path: Path) -> None:
    found = told(tmp_path, "::: question {#a}\nTea?\n:::\n")
    (advice,) = (advice for _, advice in found)
    assert all(
        way in advice for way in ("`- [x]`", "`= answer`", "`[[answer]]`", "`answer=true`", "`type=order`")
    )


def test_a_file_of_an_office_program_is_called_that(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"tables/a.xlsx": b"PK\x03\x04\x14\x00\xff\xfe"}
    found = diagnostics(load(tmp_path, "# T\n\n::: table {src=../tables/a.xlsx}\nTea\n:::\n", files))
    assert [(one.rule.code, one.help) for one in found] == [
        ("SPC-035", "save what is in it as text: a table as CSV, a step as Markdown")
    ]


def test_files_beside_the_steps_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "steps/020-more.docx": b"PK",
        "steps/030-more.txt": "",
        "steps/040-used.txt": "Tea",
        "steps/cup.svg": "<svg/>",
        "steps/.hidden.docx": b"",
        "questions/b.json": "[]",
    }
    found = diagnostics(load(tmp_path, "# T\n\n[Tea](040-used.txt)\n", files))
    assert [(one.message, one.help) for one in found] == [
        ("`questions/b.json` is not read as a question bank", "rename it to `….yaml`, or move it away"),
        (
            "`steps/020-more.docx` is not read as a step",
            "save what is in it as text, `….md`, or move it away",
        ),
        ("`steps/030-more.txt` is not read as a step", "rename it to `….md`, or move it away"),
    ]


def test_a_theme_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    settings = "spec: 1\nid: https://x.example/a\ntitle: T\nlanguage: en\ntheme: {color: red}\n"
    loaded = load(tmp_path, "# T\n\nTea.\n", {"course.yaml": settings})
    assert said(loaded) == ["SPC-018 course.yaml:5:1+5"]


def test_an_address_without_its_start_is_no_file(tmp_path: Path) -> None:
    loaded = load(tmp_path, "# T\n\n[Tea](www.example.org/tea)\n")
    assert loaded.course
    link = loaded.course.steps[0].blocks[0].children[0]  # type: ignore[union-attr]
    assert link.target.advice == "for the web write `https://www.example.org/tea`"  # type: ignore[union-attr]


def test_a_head_that_cannot_be_read_has_no_title_to_miss(tmp_path: Path) -> None:
    assert said(load(tmp_path / "tab", "---\ntitle: T\n\tminutes: 3\n---\nTea.\n")) == [
        "SPC-003 010-one.md:3:1+1"
    ]
    assert said(load(tmp_path / "open", "---\ntitle: T\n\nTea.\n")) == ["SPC-011 010-one.md:1:1+3"]
    (empty,) = diagnostics(load(tmp_path / "empty", ""))
    assert empty.message == "the step is empty"

"""A slip that leaves no doubt what was meant is said once, with a remedy that works, and read as meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from authoring import diagnostics, load, said

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


def test_a_word_that_may_be_the_id_is_asked_about(tmp_path: Path) -> None:
    found = told(tmp_path, "::: question {tea answer=true}\nTea?\n:::\n")
    assert ("3:15 a question has no attribute `tea`", "write `#tea` if it is the id, or remove it") in found


def test_a_question_without_answers_hears_all_ways_to_answer(tmp_path: Path) -> None:
    found = told(tmp_path, "::: question {#a}\nTea?\n:::\n")
    (advice,) = (advice for _, advice in found)
    assert all(
        way in advice for way in ("`- [x]`", "`= answer`", "`[[answer]]`", "`answer=true`", "`type=order`")
    )

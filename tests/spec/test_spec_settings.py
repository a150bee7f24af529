"""course.yaml: what is accepted, and what each mistake is called, at its place, in our words."""

from __future__ import annotations

from pathlib import Path

import pytest
from authoring import SETTINGS, STEP, codes, diagnostics, load, said, write

from coursepack.spec.hook_settings import Xapi
from coursepack.spec.load import load_course

KEYS = "spec: 1\nid: https://x.example/a\ntitle: T\nlanguage: en\n"


def settings(folder: Path, text: str) -> list[str]:
    loaded = load(folder, files={"course.yaml": text})
    return [
        f"{line.removeprefix('SPC-')} {d.message} | {d.help}"
        for line, d in zip(said(loaded), diagnostics(loaded), strict=True)
    ]


CASES = [
    ("spec: 1\n", "007 course.yaml:1:1+1 `id` is missing | add `id: …`"),
    (
        KEYS + "langauge: en\n",
        "005 course.yaml:5:1+8 there is no key `langauge` here | did you mean `language`?",
    ),
    (
        KEYS + "pass: {score: 80%, report_mastery: true}\n",
        "005 course.yaml:5:20+14 there is no key `report_mastery` here | did you mean `report-mastery`?",
    ),
    (KEYS + "righs:\n", "005 course.yaml:5:1+5 there is no key `righs` here | did you mean `rights`?"),
    (KEYS + "title: U\n", "004 course.yaml:5:1+5 `title` is already set in line 3 | remove one of the two"),
    (KEYS.replace("spec: 1", "spec: 2"), "006 course.yaml:1:7+1 `spec` is `2` | it takes `1`"),
    (KEYS.replace("title: T", "title:"), "007 course.yaml:3:1+5 `title` has no value | add `title: …`"),
    (KEYS.replace("title: T", 'title: " "'), "007 course.yaml:3:8+3 `title` is empty | write some text"),
    (
        KEYS.replace("title: T", "title: [a]"),
        "006 course.yaml:3:1+5 `title` is a list, not text | write text; put it in quotes if need be",
    ),
    (KEYS + "keywords: tea\n", "006 course.yaml:5:11+3 `keywords` is `tea`, not a list | write `[tea]`"),
    (
        KEYS + "targets: [scorm]\n",
        "006 course.yaml:5:11+5 an entry of `targets` is `scorm` | did you mean `scorm12`?",
    ),
    (
        KEYS + "tests: [{learner: fials, on: [scorm12/strict], expect: {}}]\n",
        "006 course.yaml:5:19+5 `learner` is `fials` | did you mean `fails`?",
    ),
    (
        KEYS + "tests: [{learner: fails, on: [scorm12], expect: {}}]\n",
        "006 course.yaml:5:31+7 an entry of `on` is `scorm12` | did you mean `scorm12/strict`?",
    ),
    (
        KEYS + "tests: [{learner: fails, on: [xapi/strict]}]\n",
        "007 course.yaml:5:9+1 `expect` is missing | add `expect: …`",
    ),
    (
        KEYS + "completion: {steps: some}\n",
        (
            "006 course.yaml:5:21+4 `steps` is `some` | "
            "it takes `all`, a percentage such as `80%`, or a list of step ids"
        ),
    ),
    (KEYS + "completion: {steps: [One]}\n", "022 course.yaml:5:22+3 `One` cannot be an id | write `one`"),
    (
        KEYS + "completion: {quizzes: pased}\n",
        "006 course.yaml:5:23+5 `quizzes` is `pased` | did you mean `passed`?",
    ),
    (
        KEYS + "pass: {score: 180%}\n",
        (
            "006 course.yaml:5:15+4 `score` is not between 0% and 100% | "
            "it takes a percentage such as `80%`, or a number from 0 to 1"
        ),
    ),
    (
        KEYS + "pass: 80%\n",
        (
            "006 course.yaml:5:7+3 `pass` is `80%`, not a map of keys | write what you need of `score: …`, "
            "`quizzes: …`, `report-mastery: …` below it"
        ),
    ),
    (KEYS + "pass: {}\n", "007 course.yaml:5:1+4 `score` is missing | add `score: …`"),
    (
        KEYS + "include-source: yes\n",
        "006 course.yaml:5:17+3 `include-source` is `yes`, not `true` or `false` | write `true` or `false`",
    ),
    (
        KEYS + "allow: [{rule: ACC, reason: x}]\n",
        "006 course.yaml:5:16+3 `rule` is `ACC` | write the code of a rule, such as `ACC-004`",
    ),
    (KEYS + "allow: [{rule: ACC-001}]\n", "007 course.yaml:5:9+1 `reason` is missing | add `reason: …`"),
    (KEYS + "\tcredit: x\n", "003 course.yaml:5:1+1 a tab is used to indent | use blanks"),
    (
        KEYS + "credit: a: b\n",
        "003 course.yaml:5:10+1 a second `: ` stands in this line | put the text in quotes",
    ),
    (
        KEYS + "completion:\n steps: all\n  quizzes: none\n",
        (
            "003 course.yaml:7:3+1 this line begins further right than line 6 | "
            "begin lines that belong together in one column, or put text with a `: ` in it in quotes"
        ),
    ),
    (
        "spec: 1\nid: https://x.example/a\n  title: T\n",
        (
            "003 course.yaml:3:3+1 this line begins further right than line 2 | "
            "begin lines that belong together in one column, or put text with a `: ` in it in quotes"
        ),
    ),
    (
        "spec: 1\nid: https://x.example/a\ntitle:T one\nlanguage: en\n",
        "003 course.yaml:3:1+1 a blank is missing after `title:` | write `title: …`",
    ),
    (
        "spec: 1\nid: https://x.example/a\ntitle T\nlanguage: en\n",
        "003 course.yaml:3:1+1 a line is not `key: value` | add a colon and a blank after the key",
    ),
    (
        'spec: 1\ntitle: "T\nid: https://x.example/a\nlanguage: "en"\n',
        "003 course.yaml:2:8+1 a quotation mark opens here and is not closed in this line | close it",
    ),
    (
        KEYS + 'credit: "a" b\n',
        (
            "003 course.yaml:5:13+1 text goes on after its closing quotation mark | "
            'put the whole text in quotes, and write a `"` in it as `\\"`'
        ),
    ),
    (
        KEYS + "keywords: - a\n",
        (
            "003 course.yaml:5:11+1 a list cannot start in the line of its key | "
            "write its `- ` lines below the key, or `[one, two]`"
        ),
    ),
    (
        "spec: 1\nid: https://x.example/a\ntitel: T\nlanguage: en\n",
        "005 course.yaml:3:1+5 there is no key `titel` here | did you mean `title`?",
    ),
    (
        KEYS + "pass: {score: 80}\n",
        "006 course.yaml:5:15+2 `score` is not between 0% and 100% | write `80%`",
    ),
    (
        KEYS + 'credit: "open\n',
        "003 course.yaml:5:9+1 a quotation mark is never closed | close the quotation mark",
    ),
    (KEYS + "credit: @x\n", "003 course.yaml:5:9+1 text cannot start with `@` | put it in quotes"),
    (
        KEYS + "keywords: [a\n",
        "003 course.yaml:5:11+1 a list `[…]` is not closed or lacks a comma | close it with `]`",
    ),
    (
        KEYS + "credit: *x\n",
        (
            "003 course.yaml:5:9+2 nothing complete above has the name `&x` | "
            "put text that starts with `*` in quotes"
        ),
    ),
    (KEYS + "credit: !x y\n", "003 course.yaml:5:9+1 the tag `!x` means nothing here | remove it"),
    (
        KEYS + "? [a]\n: b\n",
        (
            "003 course.yaml:5:3+1 a list or a map is used as a key | "
            "put text that starts with `{` or `[` in quotes"
        ),
    ),
    (KEYS + "---\na: 1\n", "003 course.yaml:5:1+1 a second document starts here | remove the line `---`"),
    (
        KEYS + 'credit: "a\\x01b"\n',
        "035 course.yaml:5:9+8 `credit` has the control character U+0001 | delete it",
    ),
    ("- a\n", "006 course.yaml:1:1+1 this is not a map of keys | write `key: value` lines"),
    ("", "007 course.yaml:1:1+1 `course.yaml` is empty | it needs `spec`, `id`, `title` and `language`"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_mistake_is_named_at_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in settings(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [case for case in CASES if case[0].startswith("spec: 1\n") and case[0].count("\n") > 2],
)
def test_one_mistake_is_one_finding(tmp_path: Path, text: str, expected: str) -> None:
    assert settings(tmp_path, text) == [expected]


def test_no_sentence_of_a_library_reaches_the_author(tmp_path: Path) -> None:
    everything = " ".join(line for text, _ in CASES for line in settings(tmp_path, text))
    for theirs in (
        "Input should",
        "Field required",
        "Extra inputs",
        "String should",
        "while parsing",
        "expected <",
    ):
        assert theirs not in everything


def test_numbers_and_yes_or_no_are_text_as_written(tmp_path: Path) -> None:
    text = (
        KEYS.replace("title: T", "title: 007")
        + "version: 1.10\nkeywords: [2026-01-01, 1:30, no, true, 1.0, 0x10]\n"
    )
    loaded = load(tmp_path, files={"course.yaml": text})
    assert loaded.course and not loaded.findings
    assert (loaded.course.settings.title, loaded.course.settings.version) == ("007", "1.10")
    assert loaded.course.settings.keywords == ("2026-01-01", "1:30", "no", "true", "1.0", "0x10")


def test_an_empty_xapi_section_is_there_and_other_empty_keys_are_left_out(tmp_path: Path) -> None:
    loaded = load(tmp_path, files={"course.yaml": KEYS + "xapi:\ntheme:\npass:\n"})
    assert loaded.course and not loaded.findings
    assert (loaded.course.settings.xapi, loaded.course.settings.pass_) == (Xapi(), None)
    without = load(tmp_path, files={"course.yaml": KEYS})
    assert without.course and without.course.settings.xapi is None


def test_aliases_stand_for_their_values(tmp_path: Path) -> None:
    loaded = load(tmp_path, files={"course.yaml": KEYS + "authors: &who [Ann]\nkeywords: *who\n"})
    assert loaded.course and not loaded.findings
    assert loaded.course.settings.keywords == ("Ann",)


def test_a_mistake_that_can_be_left_out_leaves_a_course(tmp_path: Path) -> None:
    loaded = load(tmp_path, files={"course.yaml": KEYS + "bogus: 1\ncompletion: {quizzes: x}\n"})
    assert loaded.course and codes(loaded) == {"SPC-005", "SPC-006"}
    assert loaded.course.settings.completion.quizzes == "attempted"


def test_bad_settings_do_not_hide_what_is_wrong_in_a_step(tmp_path: Path) -> None:
    loaded = load(tmp_path, "# One\n\n::: nope\n:::\n", {"course.yaml": "spec: [\n"})
    assert loaded.course is None
    assert said(loaded) == ["SPC-003 course.yaml:1:7+1", "SPC-014 010-one.md:3:1+8"]


def test_routes_lead_to_keys_by_both_their_names(tmp_path: Path) -> None:
    text = KEYS + "pass:\n  report-mastery: true\n  score: 80%\n"
    spans = load(tmp_path, files={"course.yaml": text}).sources
    for name in ("pass", "pass_"):
        for key in ("report-mastery", "report_mastery"):
            span = spans.span(("settings", name, key))
            assert span and (span.line, span.column, span.width) == (6, 19, 4)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda at: None, "there is no folder"),
        (lambda at: at.mkdir(), "is empty"),
        (lambda at: at.write_text("x"), "is a file"),
        (lambda at: write(at / "inner"), "has no `course.yaml`"),
        (
            lambda at: (write(at) / "course.yaml").rename(at / "Course.yml"),
            "the settings are in `Course.yml`",
        ),
    ],
)
def test_a_folder_that_is_no_course(tmp_path: Path, make: object, words: str) -> None:
    at = tmp_path / "course"
    make(at)  # type: ignore[operator]
    loaded = load_course(at)
    assert loaded.course is None
    (finding,) = loaded.findings
    assert finding.code == "SPC-001" and words in finding.message and finding.help


def test_the_folder_around_the_course_names_the_one_in_it(tmp_path: Path) -> None:
    write(tmp_path / "inner")
    assert "`inner`" in load_course(tmp_path).findings[0].help


def test_a_course_without_steps_or_settings(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(SETTINGS)
    assert [f.message for f in load_course(tmp_path).findings] == [
        "there are no steps: `steps/` has no Markdown file"
    ]
    write(tmp_path / "two", files={STEP: "# A\n"})
    (tmp_path / "two/course.yaml").unlink()
    assert codes(load_course(tmp_path / "two")) == {"SPC-001"}


def test_what_lies_in_steps_and_is_no_step_is_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "steps/notes.txt": "x",
        "steps/old/020.md": "# Old\n",
        "steps/.hidden.md": "x",
        "steps/020.md~": "x",
        "steps/picture.png": b"x",
        "question/a.yaml": "[]",
    }
    loaded = load(tmp_path, files=files)
    assert said(loaded) == ["SPC-036 question:1:1+1", "SPC-036 notes.txt:1:1+1", "SPC-036 old:1:1+1"]


def test_steps_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    names = ["10-c", "9-b", "1-a", "z", "010-d"]
    loaded = load(tmp_path, files={f"steps/{name}.md": f"# {name}\n" for name in names})
    assert loaded.course
    assert [step.title for step in loaded.course.steps] == ["1-a", "9-b", "10-c", "010-d", "One", "z"] or [
        step.id for step in loaded.course.steps
    ] == ["a", "b", "c", "d", "one", "z"]

"""The format-loss report names what is lost, only where it is lost."""

from __future__ import annotations

from pathlib import Path

from coursepack.lock import Register, assign
from coursepack.loss import Loss, losses, to_markdown, to_text
from small_courses import choice, load_small, quiz, step

ALL = "targets: [scorm12, scorm2004-3, scorm2004-4, cmi5, xapi, web]\n"


def lost(folder: Path, settings: str, *blocks: str) -> tuple[Loss, ...]:
    course = load_small(folder, settings, step("one", *blocks)).course
    assert course is not None
    return losses(course, assign(course, Register()))


def about(rows: tuple[Loss, ...], target: str) -> dict[str, str]:
    return {row.subject: row.says for row in rows if row.target == target}


def test_a_course_of_prose_loses_next_to_nothing(tmp_path: Path) -> None:
    rows = lost(tmp_path, ALL)
    assert [(row.target, row.subject) for row in rows] == [("scorm12", "progress"), ("web", "everything")]


def test_a_web_package_with_hooks_says_where_statements_go(tmp_path: Path) -> None:
    said = []
    for name, xapi in (
        ("none", ""),
        ("any", "xapi: {}\n"),
        ("relay", "xapi: {relay: https://r.example.org/}\n"),
    ):
        (tmp_path / name).mkdir()
        said.append(about(lost(tmp_path / name, f"targets: [web]\n{xapi}"), "web")["everything"])
    assert said[0].startswith("nothing is reported: ")
    assert said[1].endswith("statements go only where the launch or a page around the course names")
    assert said[2].endswith("statements go to your relay")


def test_words_of_questions_and_options(tmp_path: Path) -> None:
    rows = lost(tmp_path, ALL, quiz("check", choice("first")))
    in_12 = about(rows, "scorm12")
    assert "not reported" in in_12["the words of question first"]
    assert "one character" in in_12["the options and parts of question first"]
    assert about(rows, "scorm2004-4") == {
        "the options and parts of question first": "reported by identifier: the key sheet has the words"
    }
    assert about(rows, "cmi5") == {}


def test_units_know_no_share_of_steps_and_no_score_of_the_whole(tmp_path: Path) -> None:
    settings = "targets: [cmi5, xapi]\npass: {score: 80%}\ncompletion: {steps: 50%}\n"
    (tmp_path / "steps").mkdir()
    (tmp_path / "whole").mkdir()
    rows = lost(tmp_path / "steps", settings + "cmi5: {units: steps}\n", quiz("check", choice("first")))
    said = about(rows, "cmi5")
    assert "becomes all steps" in said["completion by a share of the steps"]
    assert "passed by itself" in said["the pass rule"]
    assert about(rows, "xapi") == {}
    assert about(lost(tmp_path / "whole", settings, quiz("check", choice("first"))), "cmi5") == {}


def test_reflections_are_cut_at_the_format_s_limit(tmp_path: Path) -> None:
    short = "::: reflection {#short max-length=255}\nWhy?\n:::\n"
    middle = "::: reflection {#middle max-length=256}\nWhy?\n:::\n"
    long = "::: reflection {#long max-length=4001}\nWhy?\n:::\n"
    rows = lost(tmp_path, ALL, short, middle, long)
    cut = "cut to 255 characters in the report, kept whole in the page"
    assert about(rows, "scorm12")["2 reflections"] == cut
    assert "not reported" in about(rows, "scorm12")["the words of 3 reflections"]
    cut = "cut to 4000 characters in the report, kept whole in the page"
    assert about(rows, "scorm2004-3") == {"reflection long": cut}


def test_private_and_kept_words(tmp_path: Path) -> None:
    private = "::: reflection {#mine private}\nWhy?\n:::\n"
    kept = "::: reflection {#here keep=browser}\nWhy?\n:::\n"
    found = lost(tmp_path, ALL, private, kept)
    for target in ("scorm12", "scorm2004-3", "cmi5", "xapi"):
        rows = about(found, target)
        assert rows["reflection mine"].startswith("private: only submitted")
        assert rows["reflection here"].startswith("stays in this browser")


def test_only_the_targets_of_the_course(tmp_path: Path) -> None:
    rows = lost(tmp_path, "targets: [scorm2004-4]\n", quiz("check", choice("first")))
    assert {row.target for row in rows} == {"scorm2004-4"}


def test_typed_answers(tmp_path: Path) -> None:
    wide = "::: question {#wide}\nHow many?\n\n= 1..2\n:::\n"
    several = "::: question {#several}\nHow many?\n\n= 1\n= 3\n:::\n"
    many = "::: question {#many}\nWho?\n\n" + "".join(f"= name {n}\n" for n in range(6)) + ":::\n"
    gaps = "::: question {#gaps max-length=130}\nA [[b]] c [[d]].\n:::\n"
    rows = lost(tmp_path, ALL, wide, several, many, gaps)
    in_12, in_2004 = about(rows, "scorm12"), about(rows, "scorm2004-3")
    assert "accepted ranges of question wide" in in_12
    assert in_12["the gaps of question gaps"] == "one text, gaps parted by |, as fill-in"
    assert "long answers to question gaps" in in_12
    assert "several accepted ranges of question several" in in_2004
    assert "the accepted answers of question many" in in_2004
    assert "accepted ranges of question wide" not in in_2004


def test_more_than_the_report_holds(tmp_path: Path) -> None:
    questions = [choice(f"q{n}") for n in range(252)]
    rows = lost(tmp_path, ALL, quiz("check", *questions))
    subject = "2 of 252 questions and reflections"
    assert subject in about(rows, "scorm12")
    assert subject in about(rows, "xapi")


def test_a_status_of_two_facts_only_with_a_pass_mark(tmp_path: Path) -> None:
    rows = lost(tmp_path, ALL + "pass: {score: 80%}\n", quiz("check", choice("first")))
    assert "status" in about(rows, "scorm12")
    assert "status" not in about(rows, "scorm2004-3")


def test_as_text_and_as_markdown(tmp_path: Path) -> None:
    rows = lost(tmp_path, "targets: [scorm12]\n", "::: question {#gaps}\nA [[b]] c [[d]].\n:::\n")
    text = to_text(rows)
    assert text.startswith("SCORM 1.2\n  progress")
    assert all(row.says in text and row.clause in text for row in rows)
    table = to_markdown(rows)
    assert table.startswith("## SCORM 1.2\n\n| What | What becomes of it | Clause |\n|---|---|---|\n")
    assert "one text, gaps parted by \\|, as fill-in" in table
    assert all(line.replace("\\|", "").count("|") == 4 for line in table.split("\n")[2:] if line)
    assert to_text(()) == to_markdown(()) == ""

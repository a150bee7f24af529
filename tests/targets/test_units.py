"""cmi5 with a unit per step: pages of their own, ids by permanent number, rules of the step alone."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from lxml import etree

from coursepack import compiler, conformance, lock, state, units
from coursepack.lock import Register
from coursepack.package import Part
from coursepack.site import render
from coursepack.site.units import to_unit_parts
from coursepack.spec.model import Course
from coursepack.targets import cmi5
from small_courses import choice, load_small, quiz, step

NS = {"c": cmi5.NAMESPACE}
SETTINGS = "cmi5: {units: steps}\npass: {score: 75%}\ncompletion: {steps: all}\n"
LINK = "[see the check](002-step-2.md)"


def small(folder: Path, settings: str = SETTINGS) -> Course:
    loaded = load_small(
        folder,
        settings,
        step("read", LINK),
        step("check", quiz("final", choice("one"), choice("two"))),
        step("more", choice("practice"), front="required: false\n"),
    )
    assert loaded.course and not loaded.findings, loaded.findings
    return loaded.course


def parts_of(course: Course) -> dict[str, Part]:
    register, layout = state.settle(course, lock.assign(course, Register()))
    whole = render(course, register, state.to_json(layout), state.older_json(register))
    parts = cmi5.build(course, to_unit_parts(whole, "cmi5", "cmi5"), None)
    return {part.name: part for part in parts}


def test_each_step_is_a_unit_with_its_own_rules(tmp_path: Path) -> None:
    parts = parts_of(small(tmp_path))
    root = etree.fromstring(parts["cmi5.xml"].data)
    found = root.findall("c:au", NS)
    assert [unit.get("moveOn") for unit in found] == ["Completed", "CompletedAndPassed", "NotApplicable"]
    assert [unit.get("masteryScore") for unit in found] == [None, "0.75", None]
    urls = [unit.findtext("c:url", None, NS) for unit in found]
    assert len(set(urls)) == 3 and all(url in parts for url in urls)
    for unit, url in zip(found, urls, strict=True):
        number = str(url).removeprefix("unit-").removesuffix(".html")
        assert unit.get("id") == f"https://example.org/courses/small/au/{number}"


def test_the_mastery_score_is_rounded_as_the_course_judges(tmp_path: Path) -> None:
    parts = parts_of(small(tmp_path, SETTINGS.replace("75%", "66.665%")))
    root = etree.fromstring(parts["cmi5.xml"].data)
    assert root.findall("c:au", NS)[1].get("masteryScore") == "0.6667"
    config = next(part.data for name, part in parts.items() if name.startswith("course-"))
    assert b'"score":6667' in config


def test_a_unit_page_holds_its_step_and_no_other(tmp_path: Path) -> None:
    parts = parts_of(small(tmp_path))
    pages = [part.data.decode() for name, part in parts.items() if name.startswith("unit-")]
    assert [page.count("<article") for page in pages] == [1, 1, 1]
    assert [page.count("<li data-step=") for page in pages] == [1, 1, 1]
    assert "see the check" in pages[0] and "data-go" not in pages[0]
    assert "data-go" in parts["index.html"].data.decode()
    for page in pages:
        name = page.split('data-course="')[1].split('"')[0]
        script = parts[name].data.decode()
        config = json.loads(script[script.index("(") + 1 : script.rindex(")")])
        assert [each["n"] for each in config["steps"]] == config["completion"]["steps"]
        assert config["completion"]["atLeast"] == 1


def test_a_moved_or_renamed_step_keeps_its_unit(tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    small(course)
    built = compiler.build(course, ["cmi5"])
    assert built.lock_text
    (course / "course.lock").write_text(built.lock_text, "utf-8")
    first, second = course / "steps/001-step-1.md", course / "steps/002-step-2.md"
    first.write_text(
        first.read_text("utf-8").replace("title: read", "title: Other").replace(LINK, ""), "utf-8"
    )
    second.rename(course / "steps/000-step-2.md")
    again = compiler.build(course, ["cmi5"])
    before, after = (ids(build) for build in (built, again))
    assert list(before) != list(after) and before == after
    assert sorted(before.values()) == sorted(after.values())


def ids(build: compiler.Build) -> dict[str, str]:
    view = conformance.read_package(build.packages[0].data)
    assert view.cmi5
    units_found = view.cmi5.root.findall("c:au", NS)
    titles = [
        str(unit.findtext("c:title/c:langstring", None, NS)).replace("Other", "read") for unit in units_found
    ]
    return dict(zip(titles, [str(unit.get("id")) for unit in units_found], strict=True))


def test_a_list_of_steps_says_what_the_lms_waits_for(tmp_path: Path) -> None:
    course = small(tmp_path, "cmi5: {units: steps}\ncompletion: {steps: [more]}\n")
    assert [units.asked_for(course, each) for each in course.steps] == [False, False, True]
    alone = units.narrow(course, course.steps[1])
    assert alone.settings.pass_ is None and alone.settings.completion.steps == "all"


def test_quizzes_that_do_not_count_pass_nothing(tmp_path: Path) -> None:
    course = small(tmp_path, "cmi5: {units: steps}\npass: {score: 75%, quizzes: [final]}\n")
    rules = [units.narrow(course, each).settings.pass_ for each in course.steps]
    assert [rule and rule.score for rule in rules] == [None, Decimal("0.75"), None]

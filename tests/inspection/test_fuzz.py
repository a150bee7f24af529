"""Whatever a file holds: validate, inspect and diff tell something, soon, and touch nothing but the file."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from conformance.tiny import cmi5, scorm, tincan
from coursepack import compiler
from coursepack.difference import to_html as difference_html
from coursepack.difference import to_text as difference_text
from coursepack.difference.compare import compare
from coursepack.difference.sides import SideError, from_package
from coursepack.inspection import batch, extract, verdicts
from coursepack.inspection.facts import inspect
from coursepack.inspection.to_html import to_html
from coursepack.inspection.to_text import to_data, to_text
from coursepack.snippet import visible
from difference.edits import write_course
from inspection.mutations import Files, damaged, from_zip, hostile_scripts, hostile_xml, hostile_zip, to_zip

TIMES = int(os.environ.get("COURSEPACK_FUZZ", "1"))
"""How many times as long as in an ordinary run."""
SECONDS = 5.0
PHASES = (Phase.explicit, Phase.generate)
"""A seed says it all: a smaller one is no simpler."""
TARGETS = ["scorm12", "scorm2004-4", "cmi5", "xapi", "web"]
Spoil = Callable[[Files, random.Random], bytes]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[Files]:
    """A tiny package of each format, and a course of ours in each."""
    root = write_course(tmp_path_factory.mktemp("tea"))
    with (root / "course.yaml").open("a") as file:
        file.write("include-source: true\n")
    built = compiler.build(root, TARGETS)
    assert len(built.packages) == len(TARGETS), built.checked.diagnostics
    ours = [from_zip(package.data) for package in built.packages]
    return [scorm("12"), scorm("3"), scorm("4"), cmi5(), tincan(), *ours]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def is_plain(text: str) -> bool:
    return not any(sign in text for sign in "\x1b\u202e\0") and "Traceback" not in text


def is_data(value: object) -> None:
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")


def all_commands(data: bytes, right: bytes, folder: Path, name: str = "a.zip") -> None:
    """Everything that the three commands do with the file, without starting them."""
    path, other = folder / name, folder / "right.zip"
    path.write_bytes(data)
    other.write_bytes(right)
    began = time.process_time()
    judged = batch.judge(path)
    facts = inspect(path)
    told = [verdicts.to_text([judged]), to_text(facts), to_html(facts), verdicts.to_github([judged])]
    json.loads(verdicts.to_json([judged]).encode("utf-8"))
    json.loads(verdicts.to_sarif([judged]).encode("utf-8"))
    is_data(to_data(facts))
    for pair in ((path, other), (other, path)):
        try:
            sides = [from_package(each) for each in pair]
            found = compare(sides[0], sides[1], ("moodle", "cmi5", "lrs", "browser"))
        except SideError as error:
            told.append(visible(str(error)))
        else:
            told += [difference_text.to_text(found), difference_html.to_html(found)]
            is_data(difference_text.to_data(found))
    try:
        extract.extract(path, folder / "back")
    except extract.ExtractError as error:
        told.append(visible(str(error)))
    assert time.process_time() - began < SECONDS
    for text in told:
        text.encode("utf-8")
        assert is_plain(text), text
    assert told[0] and told[1]
    outside = {each.name for each in folder.iterdir()} - {name, "right.zip", "back"}
    assert not outside
    shutil.rmtree(folder / "back", ignore_errors=True)
    path.unlink()


def spoilt_manifest(files: Files, chance: random.Random) -> bytes:
    made = dict(files)
    for name in ("imsmanifest.xml", "cmi5.xml", "tincan.xml"):
        if name in made:
            made[name] = hostile_xml(made[name], chance)
    return to_zip(made)


def spoilt_scripts(files: Files, chance: random.Random) -> bytes:
    return to_zip(hostile_scripts(files, chance))


def spoilt_bytes(files: Files, chance: random.Random) -> bytes:
    return damaged(to_zip(files), chance)


def run(packages: list[Files], folder: Path, examples: int, spoil: Spoil) -> None:
    @settings(max_examples=examples * TIMES, deadline=None, phases=PHASES)
    @given(st.integers(0, 1 << 40))
    def one(seed: int) -> None:
        chance = random.Random(seed)
        files = chance.choice(packages)
        all_commands(spoil(files, chance), to_zip(files), folder)

    one()


def test_zips_that_lie(packages: list[Files], folder: Path) -> None:
    run(packages, folder, 40, hostile_zip)


def test_zips_with_changed_bytes(packages: list[Files], folder: Path) -> None:
    run(packages, folder, 30, spoilt_bytes)


def test_manifests_of_every_format(packages: list[Files], folder: Path) -> None:
    run([files for files in packages if "index.html" in files][:9], folder, 50, spoilt_manifest)


def test_scripts_of_ours_with_other_data(packages: list[Files], folder: Path) -> None:
    run(packages[5:], folder, 50, spoilt_scripts)


@settings(max_examples=40 * TIMES, deadline=None, phases=PHASES)
@given(seed=st.integers(0, 1 << 40))
def test_a_course_structure_without_a_zip(seed: int, folder: Path) -> None:
    right = cmi5()["cmi5.xml"]
    all_commands(hostile_xml(right, random.Random(seed)), to_zip(cmi5()), folder, "cmi5.xml")

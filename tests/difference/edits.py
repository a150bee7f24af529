# ruff: noqa: E501
"""A course and the edits that its author may make to it, each with the verdict it deserves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from coursepack import compiler
from coursepack.package import write_file

SETTINGS = """\
spec: 1
id: https://example.org/courses/tea
title: Making tea
language: en-GB
description: How to make tea.
completion:
  steps: all
  quizzes: attempted
  reflections: required
pass:
  score: 60%
targets: [scorm12, scorm2004-4]
"""
READ = """\
---
id: leaves
title: Leaves
---
Tea is made from the leaves of one plant.

![A cup](media/cup.svg)

::: question {#plant}
Which plant?

- [ ] Mint
- [x] Camellia
- [ ] Sage
:::
"""
WRITE = """\
---
id: water
title: Water
---
Water for green tea must not boil.

::: reflection {#habit max-length=400}
How do you make yours?
:::
"""
CHECK = """\
---
id: check
title: Check
---
::: quiz {#exam attempts=3 shuffle}

::: question {#heat points=2}
How hot for green tea?

- [ ] 100 degrees
- [x] 75 degrees
- [ ] 20 degrees
:::

::: question {#kinds}
Which are teas?

- [x] Green
- [x] Black
- [ ] Coffee
:::

::: question {#minutes type=numeric}
How many minutes for black tea?

= 4
:::

::: question {#steps type=order}
Put them in order.

1. Boil the water
2. Pour it
3. Wait
:::

:::
"""
EXTRA = "---\nid: milk\ntitle: Milk\n---\nMilk goes in last.\n"
CUP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
QUESTION = "::: question {#sugar}\nIs sugar needed?\n\n- [ ] Yes\n- [x] No\n:::\n\n"


def write_course(root: Path) -> Path:
    """The course, built once, so that it has its lock."""
    files = {
        "course.yaml": SETTINGS,
        "steps/010-leaves.md": READ,
        "steps/020-water.md": WRITE,
        "steps/030-check.md": CHECK,
        "media/cup.svg": CUP,
    }
    for name, text in files.items():
        write_file(root / name, text.encode())
    lock(root)
    return root


def lock(root: Path) -> None:
    built = compiler.build(root)
    assert not built.checked.stops, built.checked.diagnostics
    if built.lock_text is not None:
        write_file(root / "course.lock", built.lock_text.encode())


Edit = Callable[[Path], None]


def swap(name: str, old: str, new: str) -> Edit:
    """Replace the first `old` in a file; it must be there."""

    def edit(root: Path) -> None:
        path = root / name
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def both(*edits: Edit) -> Edit:
    def edit(root: Path) -> None:
        for each in edits:
            each(root)

    return edit


def add(name: str, text: str) -> Edit:
    return lambda root: write_file(root / name, text.encode())


def remove(name: str) -> Edit:
    return lambda root: (root / name).unlink()


def move(old: str, new: str) -> Edit:
    return lambda root: shutil.move(root / old, root / new) and None


def renamed(old: str, new: str) -> Edit:
    """What `coursepack rename` does."""
    return lambda root: write_file(root / "course.lock", compiler.rename(root, old, new).encode())


class Case(NamedTuple):
    """`says` must be among the words of the report, `place` among its places (empty: not asked)."""

    name: str
    edit: Edit
    verdict: str
    says: str
    place: str = ""


ONE, TWO, THREE, COURSE = "steps/010-leaves.md", "steps/020-water.md", "steps/030-check.md", "course.yaml"
SAFE, BUT, NEW = "SAFE", "SAFE, BUT", "NEW ACTIVITY NEEDED"

CASES = (
    Case("nothing", lambda root: None, SAFE, "Nothing changed"),
    Case("typo in prose", swap(ONE, "leaves of one", "leafs of one"), SAFE, "leafs", f"{ONE}:5"),
    Case("typo in a stem", swap(THREE, "How hot for", "How warm for"), SAFE, "warm", f"{THREE}:8"),
    Case("reworded option", swap(THREE, "75 degrees", "75 °C"), SAFE, "75 °C", f"{THREE}:11"),
    Case("course title", swap(COURSE, "Making tea", "Tea"), SAFE, "the title is 'Tea'", "course.yaml:3"),
    Case("version", swap(COURSE, "language:", "version: 2.0.0\nlanguage:"), SAFE, "the version is '2.0.0'"),
    Case("step title", swap(TWO, "title: Water", "title: The water"), SAFE, "The water", f"{TWO}:1"),
    Case("moved step", move(TWO, "steps/005-water.md"), SAFE, "the order of steps changed"),
    Case("new optional step", add("steps/040-milk.md", EXTRA.replace("title: Milk\n", "title: Milk\nrequired: false\n")), SAFE, "“Milk” is new"),
    Case("new option", swap(THREE, "- [ ] 20 degrees", "- [ ] 20 degrees\n- [ ] 5 degrees"), SAFE, "has 1 option more", f"{THREE}:7"),
    Case("options in another order", swap(ONE, "- [ ] Mint\n- [x] Camellia\n", "- [x] Camellia\n- [ ] Mint\n"), SAFE, "the same words in another order"),
    Case("picture replaced", add("media/cup.svg", CUP.replace('"9"/', '"8"/')), SAFE, ""),
    Case("questions no longer shuffled", swap(THREE, " shuffle}", "}"), SAFE, "the order of questions"),
    Case("question renamed with coursepack rename", both(renamed("heat", "warmth"), swap(THREE, "#heat", "#warmth")), SAFE, "keeps its number"),
    Case("new required step", add("steps/040-milk.md", EXTRA), BUT, "who has completed stays so"),
    Case("removed step without activities", both(add("steps/040-milk.md", EXTRA), lock, remove("steps/040-milk.md")), SAFE, "Nothing changed"),
    Case("removed step with a reflection", remove(TWO), BUT, "answers in it are dropped: habit"),
    Case("step now optional", swap(TWO, "title: Water\n", "title: Water\nrequired: false\n"), BUT, "is optional now"),
    Case("removed practice question", swap(ONE, READ[READ.index("::: question") :], ""), BUT, "`plant` is gone"),
    Case("removed quiz question", swap(THREE, CHECK[CHECK.index("::: question {#steps") : CHECK.index("\n:::\n\n:::\n") + 5], ""), BUT, "`steps` is gone"),
    Case("new quiz question", swap(THREE, "::: question {#kinds}", QUESTION + "::: question {#kinds}"), BUT, "`sugar` is new"),
    Case("new practice question", swap(TWO, "::: reflection", QUESTION + "::: reflection"), BUT, "`sugar` is new"),
    Case("question id changed without rename", swap(THREE, "{#minutes ", "{#duration "), BUT, "`minutes` is gone"),
    Case("right answer changed", both(swap(THREE, "[x] 75", "[ ] 75"), swap(THREE, "[ ] 100", "[x] 100")), BUT, "who had answered it is asked again", f"{THREE}:7"),
    Case("right number changed", swap(THREE, "= 4", "= 5"), BUT, "the right answer of question `minutes` changed (4 → 5)"),
    Case("right answer changed, answers kept", both(swap(THREE, "= 4", "= 5"), swap(COURSE, "targets:", "resume: {changed-answers: keep}\ntargets:")), BUT, "answers are kept"),
    Case("removed option", swap(THREE, "- [ ] 20 degrees\n", ""), BUT, "lacks 1 option: 20 degrees"),
    Case("new item to order", swap(THREE, "3. Wait", "3. Wait\n4. Drink"), BUT, "has 1 item more: Drink"),
    Case("higher pass mark", swap(COURSE, "60%", "90%"), BUT, "the pass mark is 90 %, it was 60 %", "course.yaml"),
    Case("lower pass mark", swap(COURSE, "60%", "30%"), BUT, "passes at the next visit"),
    Case("no pass mark", swap(COURSE, "pass:\n  score: 60%\n", ""), BUT, "no pass mark any more"),
    Case("fewer attempts", swap(THREE, "attempts=3", "attempts=1"), BUT, "1 attempts, it was 3"),
    Case("points", swap(THREE, "points=2", "points=5"), BUT, "is worth 5 points, it was 2"),
    Case("quizzes must be passed", swap(COURSE, "quizzes: attempted", "quizzes: passed"), BUT, "every quiz passed"),
    Case("reflection shorter", swap(TWO, "max-length=400", "max-length=100"), BUT, "longer texts are cut"),
    Case("question of another type", swap(THREE, "- [x] Black", "- [ ] Black"), BUT, "is of type choice, it was multiple"),
    Case("finished sessions end", swap(COURSE, "targets:", "resume: {exit-when-finished: normal}\ntargets:"), BUT, "ends with `normal`"),
    Case("minutes of a step", swap(TWO, "title: Water", "title: Water\nminutes: 5"), SAFE, "“About 5 minutes”", f"{TWO}:4"),
    Case("description", swap(COURSE, "How to make tea.", "How tea is made."), SAFE, "the course's description for the LMS changed", "course.yaml:5"),
    Case("pass mark told to the LMS", swap(COURSE, "score: 60%", "score: 60%\n  report-mastery: true"), BUT, "has a new rule: mastery score 60"),
    Case("picture taken out", swap(ONE, "![A cup](media/cup.svg)\n\n", ""), SAFE, "gone in the package: media/cup-"),
    Case("another course id", swap(COURSE, "courses/tea", "courses/coffee"), NEW, "is no longer there"),
    Case("course.lock lost", both(remove("course.lock"), move(TWO, "steps/005-water.md")), NEW, "another `course.lock`, or none"),
)  # fmt: skip

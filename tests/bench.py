"""Print how long builds take as ratios against the floor, how large packages are, how soon pages show.

The floor is a Python that only imports the libraries a build needs. Each command runs as a whole process;
the smallest of several runs counts, since noise only ever adds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import package_speed
import page_speed
from coursepack import resources

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
FLOOR = """
import jinja2, lxml.etree, markdown_it, mdit_py_plugins.deflist, mdit_py_plugins.footnote
import msgspec, platformdirs, typer, yaml
from pydantic import BaseModel
"""
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""Python keeps its compiled modules, as it does after any installation."""
RUNS = 7


def measure(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak memory in MiB of one run."""
    before = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=ENVIRONMENT
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    scale = 1024 if sys.platform != "darwin" else 1024**2
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale


def best(command: list[str], runs: int = RUNS) -> tuple[float, float, float]:
    """The smallest of each figure over the runs, after one run that warms the disk."""
    measure(command)
    figures = [measure(command) for _ in range(runs)]
    return min(f[0] for f in figures), min(f[1] for f in figures), max(f[2] for f in figures)


def large_course(folder: Path, steps: int, questions: int) -> Path:
    """A course of `steps` steps with `questions` questions in each."""
    (folder / "steps").mkdir(parents=True)
    (folder / "course.yaml").write_text(
        "spec: 1\nid: https://example.org/courses/large\ntitle: Large\nlanguage: en\n"
        "description: A large course.\ntargets: [scorm2004-3, scorm2004-4, web]\n",
        encoding="utf-8",
    )
    for step in range(1, steps + 1):
        parts = [f"---\nid: step-{step}\ntitle: Step {step}\n---\n"]
        parts.append("A paragraph with *some* words and a [link](https://example.org/).\n\n" * 4)
        parts.append("| One | Two |\n|---|---|\n| a | b |\n| c | d |\n\n: A small table\n\n")
        parts.extend(
            f"::: question {{#q-{step}-{number}}}\nWhich of these is the answer to question {number}?\n\n"
            f"- [x] The right one {number}\n  > Yes, this one.\n- [ ] A wrong one {number}\n"
            f"- [ ] Another wrong one {number}\n  > No.\n\n> Read on.\n:::\n\n"
            for number in range(1, questions + 1)
        )
        (folder / "steps" / f"{step:03}.md").write_text("".join(parts), encoding="utf-8")
    return folder


def row(name: str, value: str, limit: str, held: bool) -> bool:
    print(f"{name:<52} {value:>14}   at most {limit:<12} {'ok' if held else 'OVER'}")
    return held


def times(folder: Path) -> list[bool]:
    """Builds against the floor."""
    floor, floor_cpu, _ = best([PYTHON, "-c", FLOOR])
    print(f"floor: {floor:.3f} s wall, {floor_cpu:.3f} s CPU\n")

    def build(course: Path, runs: int = RUNS) -> tuple[float, float, float]:
        return best([PYTHON, "-m", "coursepack", "build", str(course), "-o", str(folder / "out")], runs)

    help_wall, _, _ = best([PYTHON, "-m", "coursepack", "--help"])
    example, _, _ = build(ROOT / "course_spec")
    large, large_cpu, memory = build(large_course(folder / "large", 100, 6), 3)
    _, half_cpu, _ = build(large_course(folder / "half", 50, 6), 3)
    per_step = (large_cpu - half_cpu) / 50 * 1000
    return [
        row("coursepack --help", f"{help_wall:.3f} s", "0.4 s", help_wall <= 0.4),
        row("build course_spec, all targets", f"{example / floor:.2f} x", "2.5 x", example <= 2.5 * floor),
        row("build 100 steps, 600 questions", f"{large / floor:.2f} x", "12 x", large <= 12 * floor),
        row("each further step", f"{per_step:.1f} ms CPU", "10 ms CPU", per_step <= 10),
        row("memory of the large build", f"{memory:.0f} MiB", "200 MB", memory * 1.048576 <= 200),
    ]


def sizes(folder: Path) -> list[bool]:
    """The example's SCORM 1.2 package and its script."""
    slug = "calling-in-and-calling-out"
    package = (folder / "out" / f"{slug}-scorm12.zip").stat().st_size
    scripts = {"scorm12": 25_000, "scorm2004": 25_000, "web": 25_000, "player": 35_000}
    held = [row("the example's SCORM 1.2 zip", f"{package / 1000:.1f} KB", "60 KB", package <= 60_000)]
    for name, limit in scripts.items():
        size = len(resources.bundle(name))
        held.append(row(f"script {name}", f"{size / 1000:.1f} KB", f"{limit // 1000} KB", size <= limit))
    together = sum(len(resources.bundle(name)) for name in ("scorm12", "state", "player", "print"))
    told = "all scripts of the player in SCORM 1.2"
    print(f"{told:<52} {together / 1000:>11.1f} KB   (the first opens the LMS)")
    return held


def pages(folder: Path) -> list[bool]:
    """Launches on a line of 400 kbit/s and 400 ms round trip with a four times slower CPU."""
    out = folder / "out"
    packages = {
        "the example": out / "calling-in-and-calling-out-scorm12.zip",
        "100 steps": out / "large-scorm2004-4.zip",
    }
    held = []
    for name, package in packages.items():
        first, initialize = page_speed.speed(package)
        held.append(row(f"first text, {name}", f"{first:.2f} s", "1.5 s", first <= 1.5))
        held.append(row(f"Initialize, {name}", f"{initialize:.2f} s", "2.5 s", initialize <= 2.5))
    return held


def packages(folder: Path) -> list[bool]:
    """Packages of any vendor, read as a whole."""
    return [row(*one) for one in package_speed.rows(folder, best)]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: list[Callable[[Path], list[bool]]] = [times, sizes, pages, packages]
        held = [ok for part in parts for ok in part(folder)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())

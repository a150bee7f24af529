"""Validate a hundred packages of 50 MB at once, and print how long it takes and how much memory at the most.

`python3 dev.py packages` runs it; it takes a minute. The packages are one file with a hundred names (hard
links), so that they need no 5 GB of disk. Memory is that of all processes together, without what they share
counted twice (PSS), read every tenth of a second; only Linux tells it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from package_speed import large_package

NUMBER, MEGABYTES = 100, 50
SECONDS = 0.1


def hundred(folder: Path) -> list[Path]:
    first = large_package(folder / "000.zip", MEGABYTES)
    paths = [first]
    for number in range(1, NUMBER):
        path = folder / f"{number:03}.zip"
        try:
            os.link(first, path)
        except OSError:
            shutil.copy(first, path)
        paths.append(path)
    return paths


def family(pid: int) -> Iterator[int]:
    """The process and all below it."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = tasks.read_text().split()
        except OSError:
            continue
        for child in below:
            yield from family(int(child))


def memory(pid: int) -> int:
    """Bytes that the processes hold together; 0 where the system does not tell."""
    total = 0
    for each in set(family(pid)):
        try:
            text = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", text, re.M)
        total += int(found[1]) * 1024 if found else 0
    return total


def watched(command: list[str]) -> tuple[float, int, int]:
    """Wall seconds, the peak of memory, exit status."""
    began, peak = time.perf_counter(), 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(SECONDS)
    return time.perf_counter() - began, peak, process.returncode


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        paths = [str(path) for path in hundred(Path(name))]
        size = sum(Path(path).stat().st_size for path in paths)
        print(f"{len(paths)} packages of {size / len(paths) / 1e6:.0f} MB, {os.cpu_count()} processors")
        if shutil.which("unzip"):
            wall, _, _ = watched(["unzip", "-tq", paths[0]])
            print(f"unzip -t of one       {wall:6.1f} s")
        wall, peak, status = watched([sys.executable, "-m", "coursepack", "validate", *paths])
        print(f"validate all          {wall:6.1f} s  {size / wall / 1e6:.0f} MB a second")
        print(f"memory, all processes {peak / 1e6:6.0f} MB")
        if status:
            sys.exit(f"validate ended with {status}")


if __name__ == "__main__":
    main()

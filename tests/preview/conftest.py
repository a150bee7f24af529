"""`preview(path)` starts the command as its users do, and stops it with Ctrl-C; `page` is a fresh browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from one_playwright import FLAGS, playwright

PATIENCE = 60.0


class Preview:
    """A running preview. `lines` is what it has printed so far."""

    def __init__(self, path: Path, *options: str) -> None:
        command = [sys.executable, "-m", "coursepack", "preview", str(path), "--no-open", *options]
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ}
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        line = self.wait_for(r"http://127\.0\.0\.1:\d+/")
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found
        self.url, self.port = found[0], int(found[1])

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def wait_for(self, pattern: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for line in list(self.lines):
                if re.search(pattern, line):
                    return line
            if self.process.poll() is not None and not self._reader.is_alive():
                break
            time.sleep(0.02)
        raise AssertionError(f"never said {pattern}: {self.lines}")

    def stop(self) -> int:
        """Ctrl-C; the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(20)
        finally:
            if self.process.poll() is None:
                self.process.kill()
            self._reader.join(5)
            assert self.process.stdout
            self.process.stdout.close()


@pytest.fixture
def preview() -> Iterator[Callable[..., Preview]]:
    """Starts previews; each must have stopped cleanly at the end, and never printed a traceback."""
    started: list[Preview] = []

    def start(path: Path, *options: str) -> Preview:
        started.append(Preview(path, *(options or ("--port", "0"))))
        return started[-1]

    yield start
    for one in started:
        assert one.stop() == 0
        assert not [line for line in one.lines if "Traceback" in line], one.lines


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    launched = playwright().chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page of a fresh browser; whatever it complains about fails the test."""
    context = chromium.new_context(viewport={"width": 1300, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.wrong = wrong
    yield page
    assert page.wrong == []
    context.close()


COURSE = """\
spec: 1
id: https://example.org/courses/preview
title: Seen before
language: en-GB
completion:
  steps: all
targets: [scorm12, scorm2004-4, web]
"""
PARAGRAPHS = "\n\n".join(f"Paragraph {number} has words enough to fill a line." for number in range(40))
FIRST = "---\nid: first\ntitle: The first step\n---\nThe opening words.\n\nGo on when you are ready.\n"
SECOND = f"""\
---
id: second
title: The second step
---
{PARAGRAPHS}

The words to mend are here.

::: question {{#sky}}
Which is the colour of a clear sky?

- [ ] Green
- [x] Blue
:::

{PARAGRAPHS}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two steps; the second is long, and has a question."""
    root = tmp_path / "course"
    (root / "steps").mkdir(parents=True)
    (root / "course.yaml").write_text(COURSE, "utf-8")
    (root / "steps" / "010-first.md").write_text(FIRST, "utf-8")
    (root / "steps" / "020-second.md").write_text(SECOND, "utf-8")
    return root

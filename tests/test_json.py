"""Where a machine asks, one JSON document answers on standard output, and nothing else."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coursepack.cli import app
from small_courses import HEAD, choice, quiz, step

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals are made with pty")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a course that was built, its package, and a course that cannot be built."""
    root = tmp_path_factory.mktemp("json")
    for name, words in (("course_spec", "Some words."), ("broken", "[Nowhere](#gone)")):
        (root / name / "steps").mkdir(parents=True)
        hooks = "xapi:\n  hooks:\n    - {id: done, event: course.completed, statement: {verb: completed, "
        hooks += "object: {ref: course}}, privacy: {purpose: Shows who is done.}}\n"
        (root / name / "course.yaml").write_text(f"{HEAD}targets: [scorm12]\n{hooks}", "utf-8")
        text = step("one", quiz("check", choice("first"), attributes="attempts=3")).replace(
            "Some words.", words
        )
        (root / name / "steps" / "010-one.md").write_text(text, "utf-8")
    assert run(root, "build").returncode == 0
    return root


def environment(cwd: Path) -> dict[str, str]:
    return {**os.environ, "COURSEPACK_DATA": str(cwd / "data"), "PYTHONIOENCODING": "utf-8"}


def run(cwd: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coursepack", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env=environment(cwd),
    )


ZIP = "dist/small-scorm12.zip"
ANSWERS: list[tuple[str, int, set[str]]] = [
    ("build", 0, {"course", "version", "packages", "cards", "sheets", "notes", "losses", "findings"}),
    ("build broken", 1, {"course", "version", "packages", "cards", "sheets", "notes", "losses", "findings"}),
    ("check", 0, {"findings"}),
    ("check broken", 1, {"findings"}),
    ("explain", 0, {"rules", "policies"}),
    ("explain QST-001", 0, {"rules", "policies"}),
    ("explain quiz.retry", 0, {"rules", "policies"}),
    ("explain QST-999", 2, {"error"}),
    ("schemas add course_spec", 1, {"added", "kept", "refused"}),
    ("schemas add nowhere", 2, {"error"}),
    ("rename nobody somebody", 1, {"error"}),
    ("state", 0, {"characters", "limits", "costs"}),
    ("state hello", 1, {"readable", "says"}),
    ("state --course dist", 1, {"findings"}),
    (f"validate {ZIP}", 0, {"version", "packages"}),
    ("validate nowhere.zip", 2, {"error"}),
    (f"inspect {ZIP}", 0, {"version", "title", "sha256", "findings"}),
    (f"inspect {ZIP} --html page.html", 0, {"version", "title", "html"}),
    (f"inspect {ZIP} --extract out", 1, {"error"}),
    (f"diff {ZIP} course_spec", 0, {"version", "verdict", "changes"}),
    (f"diff {ZIP} nowhere", 2, {"error"}),
    ("xapi", 0, {"target", "statements", "vocabulary", "privacy", "findings"}),
    ("xapi broken", 1, {"findings"}),
    ("new fresh", 0, {"folder", "id", "title", "files", "findings"}),
    ("new broken", 1, {"error"}),
    ("preview nowhere", 2, {"error"}),
    ("rehearse nowhere", 2, {"error"}),
    ("rehearse broken", 1, {"findings"}),
    (f"rehearse {ZIP} -t cmi5", 1, {"error"}),
    ("rehearse -l nobody", 2, {"error"}),
]


@pytest.mark.parametrize(
    ("line", "status", "keys"), ANSWERS, ids=[f"{line} {status}" for line, status, _ in ANSWERS]
)
def test_one_document_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch, line: str, status: int, keys: set[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COURSEPACK_DATA", str(folder / "data"))
    result = CliRunner().invoke(app, [*line.split(), "--json"])
    assert result.exit_code == status, result.stderr
    data = json.loads(result.stdout)
    words = line.split()
    assert data["command"] == ("schemas add" if words[0] == "schemas" else words[0])
    assert data["ok"] is (status == 0)
    assert keys <= set(data), sorted(data)
    if keys == {"error"}:
        assert result.stderr == f"error: {data['error']}\n"


def test_every_command_has_it(folder: Path) -> None:
    """`schema` is JSON itself; a command that is missing above cannot hide."""
    listed = run(folder, "--help").stdout.partition("Commands:\n")[2]
    commands = re.findall(r"^  ([a-z]+) ", listed, re.M)
    assert len(commands) >= 13
    for command in commands:
        name = [command, "add"] if command == "schemas" else [command]
        if command == "schema":
            json.loads(CliRunner().invoke(app, name).stdout)
        else:
            assert "--json" in CliRunner().invoke(app, [*name, "--help"]).stdout, command


def test_a_whole_process_says_the_same(folder: Path) -> None:
    result = run(folder, "check", "--json")
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {"command": "check", "ok": True, "findings": []}


def test_findings_are_in_the_document_too(folder: Path) -> None:
    data = json.loads(run(folder, "build", "broken", "--json").stdout)
    assert [item["code"] for item in data["findings"]] == ["REF-006"]
    assert data["packages"] == []


def test_renaming_says_what_it_did(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "course_spec", tmp_path / "course_spec")
    data = json.loads(run(tmp_path, "rename", "first", "primary", "--json").stdout)
    assert data == {"command": "rename", "ok": True, "old": "first", "new": "primary", "written": False}


def test_a_preview_says_where_it_is(folder: Path) -> None:
    command = [sys.executable, "-m", "coursepack", "preview", "--no-open", "--port", "0", "--json"]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(folder),
    ) as process:
        assert process.stdout
        try:
            data = json.loads(process.stdout.readline())
            assert (data["command"], data["ok"]) == ("preview", True)
            with urllib.request.urlopen(data["address"], timeout=20) as answer:
                assert answer.status == 200
        finally:
            process.send_signal(signal.SIGINT)
        assert process.stdout.read() == ""


def test_watching_prints_a_line_for_each_build(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "course_spec", tmp_path / "course_spec")
    command = [sys.executable, "-m", "coursepack", "build", "--watch", "--json"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path),
    ) as process:
        assert process.stdout and process.stderr
        try:
            first = json.loads(process.stdout.readline())
            while "watching" not in process.stderr.readline():
                pass
            time.sleep(0.5)
            path = tmp_path / "course_spec" / "steps" / "010-one.md"
            path.write_text(path.read_text("utf-8").replace("Some words.", "Other words."), "utf-8")
            second = json.loads(process.stdout.readline())
        finally:
            process.send_signal(signal.SIGINT)
    assert (first["ok"], second["ok"]) == (True, True)
    assert first["packages"][0]["sha256"] != second["packages"][0]["sha256"]
    assert second["cards"] == first["cards"]


# ---- progress bars -----------------------------------------------------------------------------------------

SLOW = """
import sys, time
from coursepack.cli.options import progress
with progress() as tick:
    for done in range(1, 6):
        time.sleep({pause})
        if tick:
            tick(done, 5)
print("done")
"""


def on_a_terminal(code: str, **more: str) -> str:
    """What a person sees on standard error."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.DEVNULL,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", **more},
    ) as process:
        os.close(follower)
        seen = b""
        while True:
            ready, _, _ = select.select([leader], [], [], 30)
            try:
                piece = os.read(leader, 4096) if ready else b""
            except OSError:
                piece = b""
            if not piece:
                break
            seen += piece
        assert process.wait(30) == 0
    os.close(leader)
    return seen.decode()


def test_a_bar_appears_where_work_takes_more_than_a_second_and_goes() -> None:
    seen = on_a_terminal(SLOW.format(pause=0.4))
    assert "3/5" in seen and "#" in seen
    assert seen.endswith("\r\x1b[K")


def test_no_bar_for_what_is_quick() -> None:
    assert on_a_terminal(SLOW.format(pause=0.01)) == ""


def test_no_bar_on_a_dumb_terminal() -> None:
    assert on_a_terminal(SLOW.format(pause=0.3), TERM="dumb") == ""


def test_no_bar_in_a_pipe() -> None:
    result = subprocess.run(
        [sys.executable, "-c", SLOW.format(pause=0.3)], capture_output=True, text=True, check=True
    )
    assert (result.stdout, result.stderr) == ("done\n", "")


def test_a_bar_without_counts_still_says_that_work_goes_on() -> None:
    code = "import time\nfrom coursepack.cli.options import progress\nwith progress():\n    time.sleep(1.3)\n"
    assert "working" in on_a_terminal(code)


def test_nothing_of_it_when_the_work_fails() -> None:
    code = "import time\nfrom coursepack.cli.options import progress\n"
    code += "try:\n    with progress():\n        raise ValueError\nexcept ValueError:\n    time.sleep(1.3)\n"
    assert on_a_terminal(code) == ""

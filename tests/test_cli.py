"""The command line as people and scripts use it: whole processes, streams, exit status, files."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SLUG = "calling-in-and-calling-out"


def coursepack(*words: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COURSEPACK_DATA": str(cwd / "data"), "PYTHONIOENCODING": "utf-8", **env}
    command = [sys.executable, "-m", "coursepack", *map(str, words)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=environment, encoding="utf-8"
    )


@pytest.fixture
def example(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "course_spec", tmp_path / "course_spec")
    return tmp_path


def test_words_that_a_stream_cannot_hold_end_no_command(example: Path) -> None:
    settings = example / "course_spec" / "course.yaml"
    text = settings.read_text(encoding="utf-8").replace("title: Calling", "title: 茶🍵 Calling", 1)
    settings.write_text(text, encoding="utf-8")
    for words in (("check",), ("explain", "QST-001"), ("build", "-t", "web", "--json")):
        result = coursepack(*words, cwd=example, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert (result.returncode, result.stderr) == (0, "")
    (example / "course_spec/steps/040-more.md").write_text("# More\n\n[Tea](🍵.pdf)\n", encoding="utf-8")
    result = coursepack("check", "--json", cwd=example, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert json.loads(result.stdout)["findings"][0]["message"] == "there is no file `🍵.pdf`"


def test_a_format_that_is_none_hears_which_there_are(example: Path) -> None:
    result = coursepack("check", "--format", "xml", cwd=example)
    assert result.returncode == 2
    assert result.stderr.endswith("there is no format xml; there are text, json, sarif, github\n")


def spoil(folder: Path) -> None:
    step = folder / "course_spec" / "steps" / "030-check.md"
    step.write_text(step.read_text(encoding="utf-8").replace("- [x] “What", "- [ ] “What"), encoding="utf-8")


def test_build_writes_packages_lock_and_key_sheet(example: Path) -> None:
    result = coursepack("build", cwd=example)
    assert (result.returncode, result.stderr) == (0, "")
    last = result.stdout.splitlines()[-1]
    for target in ("scorm12", "scorm2004-3", "scorm2004-4", "web"):
        package = example / "dist" / f"{SLUG}-{target}.zip"
        assert f"{package.name} ({package.stat().st_size / 1000:.1f} KB)" in last
        assert zipfile.ZipFile(package).testzip() is None
    assert (example / "course_spec" / "course.lock").is_file()
    assert (example / "dist" / f"{SLUG}-key-sheet.csv").is_file()


def test_the_same_course_gives_the_same_bytes(example: Path) -> None:
    coursepack("build", "-o", "one", cwd=example)
    coursepack("build", "-o", "two", cwd=example)
    for package in sorted((example / "one").iterdir()):
        assert package.read_bytes() == (example / "two" / package.name).read_bytes(), package.name


def test_findings_go_to_standard_error_and_stop_the_build(example: Path) -> None:
    coursepack("build", cwd=example)
    before = {path: path.read_bytes() for path in (example / "dist").iterdir()}
    spoil(example)
    result = coursepack("build", cwd=example)
    assert (result.returncode, result.stdout) == (1, "")
    assert "error[QST-001]: no option is ticked" in result.stderr
    assert "--> steps/030-check.md:" in result.stderr
    assert {path: path.read_bytes() for path in (example / "dist").iterdir()} == before


def test_strict_makes_warnings_stop(example: Path) -> None:
    step = example / "course_spec" / "steps" / "010-two-ways-to-respond.md"
    with step.open("a", encoding="utf-8") as file:
        file.write("\nSee [here](https://example.org/).\n")
    assert coursepack("check", cwd=example).returncode == 0
    strict = coursepack("check", "--strict", cwd=example)
    assert strict.returncode == 1
    assert "error[ACC-" in strict.stderr


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_formats_of_findings(example: Path, form: str) -> None:
    spoil(example)
    result = coursepack("check", "--format", form, cwd=example)
    assert result.returncode == 1
    assert "QST-001" in result.stderr
    if form == "github":
        assert result.stderr.startswith("::error file=course_spec/steps/030-check.md,line=")
    else:
        json.loads(result.stderr)


def test_json_result(example: Path) -> None:
    result = coursepack("build", "-t", "scorm12", "--json", cwd=example)
    data = json.loads(result.stdout)
    (package,) = data["packages"]
    assert package["file"] == f"{SLUG}-scorm12.zip"
    assert package["bytes"] == (example / "dist" / package["file"]).stat().st_size


def test_wrong_usage_is_status_two(example: Path) -> None:
    near = coursepack("build", "-t", "scorm13", cwd=example)
    assert near.returncode == 2
    assert "did you mean scorm12?" in near.stderr
    assert coursepack("explain", "QST-999", cwd=example).returncode == 2
    (example / "empty").mkdir()
    assert coursepack("build", cwd=example / "empty").returncode == 2
    assert coursepack("no-such-command", cwd=example).returncode == 2


def test_locked_build_refuses_a_changed_lock(example: Path) -> None:
    (example / "course_spec" / "course.lock").unlink(missing_ok=True)
    assert coursepack("build", "--locked", cwd=example).returncode == 1
    coursepack("build", cwd=example)
    assert coursepack("build", "--locked", cwd=example).returncode == 0


def test_check_writes_nothing(example: Path) -> None:
    before = sorted(path for path in example.rglob("*"))
    assert coursepack("check", cwd=example).returncode == 0
    assert sorted(path for path in example.rglob("*")) == before


def test_rename_keeps_the_number(example: Path) -> None:
    coursepack("build", cwd=example)
    step = example / "course_spec" / "steps" / "030-check.md"
    text = step.read_text(encoding="utf-8").replace("#first-move", "#first-of-five")
    step.write_text(text, encoding="utf-8")
    warned = coursepack("check", cwd=example)
    assert "coursepack rename first-move first-of-five" in warned.stderr
    renamed = coursepack("rename", "first-move", "first-of-five", cwd=example)
    assert renamed.returncode == 0, renamed.stderr
    assert renamed.stdout == "first-move is now first-of-five in course.lock\n"
    assert coursepack("build", cwd=example).stderr == ""
    assert coursepack("rename", "no-such", "other", cwd=example).returncode == 1


def test_rename_says_when_the_course_has_the_old_id_still(example: Path) -> None:
    coursepack("build", cwd=example)
    early = coursepack("rename", "first-move", "first-of-five", cwd=example)
    assert "write it in place of first-move before you build" in early.stdout
    bad = coursepack("rename", "first-of-five", "First One", cwd=example)
    assert (bad.returncode, bad.stderr) == (1, "error: First One cannot be an id; write first-one\n")


def test_state_says_why_it_cannot_be_read(example: Path) -> None:
    coursepack("build", cwd=example)
    result = coursepack("state", "hello there", cwd=example)
    assert result.returncode == 1
    assert "not a saved state of this course" in result.stderr
    assert "characters at most" in coursepack("state", cwd=example).stdout


def test_explain_and_schema(example: Path) -> None:
    assert "QST-001" in coursepack("explain", "qst-001", cwd=example).stdout
    assert "wrong" in coursepack("explain", "quiz.retry", cwd=example).stdout
    schema = json.loads(coursepack("schema", cwd=example).stdout)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_no_colour_in_a_pipe(example: Path) -> None:
    spoil(example)
    assert "\x1b[" not in coursepack("check", cwd=example).stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("words", [["--version"], ["schema"], ["check", "--json"]])
def test_a_full_disk_under_the_output_is_told_in_a_sentence(words: list[str], example: Path) -> None:
    command = [sys.executable, "-m", "coursepack", *words]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, cwd=example, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (1, "error: standard output: No space left on device\n")


def test_a_read_only_output_is_a_sentence(example: Path) -> None:
    (example / "dist").write_text("in the way", encoding="utf-8")
    (example / "course_spec" / "course.lock").unlink()
    result = coursepack("build", cwd=example)
    assert result.returncode == 1
    assert result.stderr == "error: dist is a file, and a folder is needed there\n"
    assert not (example / "course_spec" / "course.lock").exists()


def test_packages_never_go_where_steps_are_read(example: Path) -> None:
    for place in ("course_spec/steps", "course_spec/steps/packages", "course_spec/questions"):
        result = coursepack("build", "-o", place, cwd=example)
        assert (result.returncode, result.stdout) == (2, "")
        assert "choose another folder" in result.stderr
    assert len(list((example / "course_spec" / "steps").iterdir())) == 3


def test_a_build_says_the_same_words_in_a_narrow_terminal(tmp_path: Path) -> None:
    from coursepack import compiler
    from coursepack.cli import summary

    built = compiler.build(ROOT / "course_spec", ["scorm12", "web"])
    whole = summary.to_words(built, tmp_path)
    for width in (60, 80, 120):
        folded = summary.to_words(built, tmp_path, width=width)
        lines = folded.split("\n")
        assert all(len(line) <= width for line in lines if len(line.split()) > 1)
        assert folded.replace(":", "").split() == whole.replace(":", "").split()
    assert max(map(len, whole.split("\n"))) > 120

"""`coursepack new`: a course that checks and builds as it is, whatever it is called, whole or not at all."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coursepack import compiler, report, starter
from coursepack.filenames import to_slug
from coursepack.starter.files import to_files
from coursepack.starter.names import choose, to_title

NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=80)


def coursepack(*words: object, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COURSEPACK_DATA": str(cwd / ".data"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "coursepack", *map(str, words)]
    return subprocess.run(  # type: ignore[call-overload]
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        encoding="utf-8",
        **options,
    )


@pytest.fixture
def course(tmp_path: Path) -> Path:
    assert coursepack("new", "fire-safety", cwd=tmp_path).returncode == 0
    return tmp_path / "fire-safety"


def test_a_new_course_checks_and_builds_without_a_word(tmp_path: Path) -> None:
    made = coursepack("new", "Feuer & Flamme 🔥 für alle", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert "cd 'Feuer & Flamme 🔥 für alle'" in made.stdout
    root = tmp_path / "Feuer & Flamme 🔥 für alle"
    check = coursepack("check", "--strict", cwd=root)
    assert (check.returncode, check.stderr) == (0, "")
    build = coursepack("build", "--strict", cwd=root)
    assert (build.returncode, build.stderr) == (0, "")
    packages = sorted(path.name for path in (root / "dist").glob("*.zip"))
    assert packages == [f"feuer-flamme-fur-alle-{one}.zip" for one in ("scorm12", "scorm2004-4", "web")]
    locked = coursepack("build", "--locked", cwd=root)
    assert (locked.returncode, locked.stderr) == (0, "")


def test_every_target_builds_without_a_finding(tmp_path: Path) -> None:
    targets = ("scorm12", "scorm2004-3", "scorm2004-4", "cmi5", "xapi", "web")
    words = [word for target in targets for word in ("-t", target)]
    made = coursepack("new", "all", *words, "--json", cwd=tmp_path)
    assert json.loads(made.stdout)["targets"] == list(targets)
    built = coursepack("build", "--strict", "--json", cwd=tmp_path / "all")
    assert (built.returncode, built.stderr) == (0, "")
    assert [one["target"] for one in json.loads(built.stdout)["packages"]] == list(targets)


def test_what_is_asked_for_is_written(tmp_path: Path) -> None:
    title, name = 'Say: "no" # twice', "https://learning.example.org/courses/no"
    made = coursepack(
        *("new", "deep/er/x", "--title", title, "--language", "de-CH", "--id", name, "-t", "cmi5", "--json"),
        cwd=tmp_path,
    )
    told = json.loads(made.stdout)
    assert (told["title"], told["id"], told["language"]) == (title, name, "de-CH")
    assert told["findings"] == []
    assert "English" in told["notes"][0]
    root = tmp_path / "deep" / "er" / "x"
    assert sorted(told["files"]) == sorted(
        path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()
    )
    read = compiler.check(root).course
    assert read is not None
    assert (read.settings.title, read.settings.id, read.settings.language) == (title, name, "de-CH")
    assert read.settings.targets == ("cmi5",)


def test_two_courses_never_have_one_id() -> None:
    assert choose("a").id != choose("a").id


@pytest.mark.parametrize(
    ("name", "title", "slug"),
    [
        ("fire-safety", "Fire safety", "fire-safety"),
        ("Über_uns", "Über uns", "uber-uns"),
        ("Große Straße", "Große Straße", "grosse-strasse"),
        ("re-read this", "Re-read this", "re-read-this"),
        ("日本語", "日本語", "course"),
        ("🔥", "🔥", "course"),
        ("con", "Con", "con-course"),
        ("--", "New course", "new-course"),
        ("a" * 200, "A" + "a" * 99, "a" * 60),
        ("v1.2 & more", "V1.2 & more", "v1-2-more"),
    ],
)
def test_title_and_slug(name: str, title: str, slug: str) -> None:
    made = choose(name)
    assert (made.title, made.slug) == (title, slug)
    assert made.id.endswith(f".example/{slug}")


@given(NAMES)
def test_any_name_gives_a_title_and_a_slug_that_every_system_takes(name: str) -> None:
    assert to_title(name)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", to_slug(name))
    assert len(to_slug(name)) <= 67


@settings(max_examples=30, deadline=None)
@given(NAMES)
def test_any_name_gives_a_course_without_findings(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    choices = choose(name)
    made = starter.make(tmp_path_factory.mktemp("new") / "course", choices)
    assert report.to_text(made.diagnostics) == ""
    read = compiler.check(made.folder).course
    assert read is not None
    assert read.settings.title == choices.title.strip()
    heading = to_files(choices)["README.md"].decode("utf-8").splitlines()[0]
    assert re.sub(r"\\(.)", r"\1", heading) == f"# {choices.title}"


@pytest.mark.parametrize("name", ["", " ", "a\tb", "a\nb", "a\x9bb", "a\0b", "x\udcff"])
def test_what_is_no_name_is_said(name: str) -> None:
    with pytest.raises(starter.TakenError, match="no name for a folder"):
        starter.free_place(name)


@pytest.mark.parametrize("name", ["a\tb", "n" * 300])
def test_what_is_no_name_makes_nothing(tmp_path: Path, name: str) -> None:
    result = coursepack("new", name, cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_alone(course: Path) -> None:
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    again = coursepack("new", "fire-safety", cwd=course.parent)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "error: fire-safety is there already and not empty; name a new folder\n"
    below = coursepack("new", "fire-safety/README.md/x", cwd=course.parent)
    assert below.returncode == 1
    assert "is no folder" in below.stderr
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before


def test_an_empty_folder_becomes_the_course(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    made = coursepack("new", ".", cwd=tmp_path / "mine")
    assert made.returncode == 0
    assert made.stdout.startswith("Mine: a new course in .")
    assert "cd " not in made.stdout
    assert coursepack("check", cwd=tmp_path / "mine").stderr == ""
    assert not list((tmp_path / "mine").glob(".coursepack-*"))


def test_what_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    result = coursepack("new", "a/b", "--language", "German", "--id", "nope", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert "ACC-010" in result.stderr
    assert "LIM-014" in result.stderr
    assert list(tmp_path.iterdir()) == []
    assert coursepack("new", "a", "-t", "scorm13", cwd=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit for the size of a file")
@pytest.mark.parametrize("name", ["new/course", "empty"])
def test_a_disk_that_gives_out_leaves_nothing(tmp_path: Path, name: str) -> None:
    import resource

    (tmp_path / "empty").mkdir()

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))

    result = coursepack("new", name, cwd=tmp_path, preexec_fn=small_files)
    assert result.returncode == 1
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_editors_find_schemas_that_fit(course: Path) -> None:
    text = (course / "course.yaml").read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first == "# yaml-language-server: $schema=course.schema.json"
    schema = json.loads((course / "course.schema.json").read_text(encoding="utf-8"))
    data = yaml.safe_load(text)
    jsonschema.Draft7Validator(schema).validate(data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate({**data, "titel": "x"})
    printed = json.loads(coursepack("schema", cwd=course).stdout)
    assert printed == schema

    editor = json.loads((course / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    for file, pattern in editor["yaml.schemas"].items():
        assert (course / file).is_file(), pattern
    advice = json.loads((course / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    assert "redhat.vscode-yaml" in advice["recommendations"]


def test_what_the_workflow_runs_passes_after_a_first_build(course: Path) -> None:
    workflow = yaml.safe_load((course / ".github" / "workflows" / "course.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["build"]["steps"]
    commands = [step["run"].split() for step in steps if step.get("run", "").startswith("coursepack ")]
    assert [words[1] for words in commands] == ["check", "build"]
    assert coursepack("build", cwd=course).returncode == 0
    for words in commands:
        result = coursepack(*words[1:], cwd=course)
        assert (result.returncode, result.stderr) == (0, "")
    (upload,) = (step for step in steps if step.get("uses", "").startswith("actions/upload-artifact@"))
    assert list((course / upload["with"]["path"]).glob("*.zip"))


def test_findings_of_the_workflow_name_files_of_the_repository(course: Path) -> None:
    step = course / "steps" / "020-try-it-yourself.md"
    step.write_text(step.read_text(encoding="utf-8").replace("- [x]", "- [ ]"), encoding="utf-8")
    result = coursepack("check", "--format", "github", ".", cwd=course)
    assert "::error file=steps/020-try-it-yourself.md,line=" in result.stdout + result.stderr


def test_the_readme_tells_the_truth(course: Path) -> None:
    text = (course / "README.md").read_text(encoding="utf-8")
    known = coursepack("--help", cwd=course).stdout
    named = set(re.findall(r"^coursepack ([a-z]+)", text, re.M))
    assert named == {"preview", "check", "explain", "build", "rehearse"}
    for command in named | set(re.findall(r"`coursepack ([a-z]+)", text)):
        assert re.search(rf"^ *\W? *{command} ", known, re.M), command
    assert coursepack("build", cwd=course).returncode == 0
    for path in re.findall(r"^\| `([^`]+)` \|", text, re.M):
        assert (course / path).exists(), path
    assert (course / ".gitignore").read_text(encoding="utf-8").splitlines()[-1] == "dist/"


def test_the_course_shows_each_kind_of_block(course: Path) -> None:
    from coursepack.spec.model import Callout, Figure, Question, Quiz, Reflection, Table, each

    read = compiler.check(course).course
    assert read is not None
    for kind in (Callout, Figure, Question, Quiz, Reflection, Table):
        assert list(each(read.steps, kind)), kind
    assert all(table.caption for _, table in each(read.steps, Table))
    assert all(figure.image.alt for _, figure in each(read.steps, Figure))

"""`coursepack diff` as people and CI type it: git revisions, packages, LMSs, exit status, outputs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from coursepack import compiler
from coursepack.difference.compare import compare
from coursepack.difference.manifests import manifest_changes
from coursepack.difference.sides import from_folder, from_package
from difference.edits import COURSE, ONE, swap, write_course

ROOT = Path(__file__).resolve().parents[2]
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"), ("DATE", "2026-01-01T00:00:00Z"))
}
ENVIRONMENT = {**os.environ, **IDENTITY, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
ENVIRONMENT |= {"PYTHONIOENCODING": "utf-8"}


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, env=ENVIRONMENT)


def coursepack(root: Path, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coursepack", *map(str, words)]
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, env=ENVIRONMENT, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two commits: the course, then the course with a typo mended. The work tree asks for a higher mark."""
    root = tmp_path_factory.mktemp("repository")
    write_course(root / "course_spec")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "course")
    git(root, "tag", "v1.0")
    swap(ONE, "leaves of one", "leaf of one")(root / "course_spec")
    git(root, "commit", "-q", "-a", "-m", "typo")
    swap(COURSE, "60%", "90%")(root / "course_spec")
    return root


def state_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("old", ["HEAD~1", "v1.0", "HEAD~1:course_spec", "main~1:course_spec/"])
def test_a_revision_and_the_work_tree(old: str, repository: Path) -> None:
    before = state_of(repository)
    result = coursepack(repository, "diff", old, "course_spec")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{old} -> course_spec\nSAFE, BUT")
    assert "“leaves of” is now “leaf of”  [steps/010-leaves.md:5]" in result.stdout
    assert "the pass mark is 90 %, it was 60 %  [course.yaml:11]" in result.stdout
    assert state_of(repository) == before


def test_two_revisions(repository: Path) -> None:
    result = coursepack(repository, "diff", "v1.0:course_spec", "HEAD:course_spec", "--check")
    assert (result.returncode, result.stderr) == (0, "")
    assert "SAFE: learners keep everything they did" in result.stdout
    assert "90 %" not in result.stdout


def test_a_revision_from_inside_the_folder(repository: Path) -> None:
    result = coursepack(repository / "course_spec", "diff", "HEAD", ".")
    assert result.returncode == 0, result.stderr
    assert "the pass mark is 90 %" in result.stdout


def test_a_revision_of_a_folder_elsewhere(repository: Path, tmp_path: Path) -> None:
    result = coursepack(tmp_path, "diff", "HEAD", repository / "course_spec")
    assert result.returncode == 0, result.stderr
    assert "the pass mark is 90 %" in result.stdout


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("nothing-like-it", "is neither a file, nor a folder, nor a git revision"),
        ("HEAD:elsewhere", "there is no folder elsewhere in the git revision HEAD"),
        ("HEAD:../..", "is outside of the git folder"),
        ("--output=x:course_spec", "No such option"),
        ("HEAD:course_spec/steps", "has errors"),
    ],
)
def test_what_is_no_course_in_git_is_said_so(old: str, said: str, repository: Path) -> None:
    result = coursepack(repository, "diff", old, "course_spec")
    assert (result.returncode, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_a_folder_that_is_under_no_git(repository: Path, tmp_path: Path) -> None:
    write_course(tmp_path / "course_spec")
    result = coursepack(tmp_path, "diff", "HEAD", "course_spec")
    assert result.returncode == 2
    assert "nor a git revision" in result.stderr


def test_a_revision_that_leads_out_of_its_folder(tmp_path: Path) -> None:
    write_course(tmp_path / "course_spec")
    (tmp_path / "course_spec" / "media" / "secret.txt").symlink_to("/etc/passwd")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "link")
    result = coursepack(tmp_path, "diff", "HEAD", "course_spec")
    assert result.returncode == 2
    assert "leads out of its folder" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_revision_without_its_lock_is_at_best_safe_but(tmp_path: Path) -> None:
    write_course(tmp_path / "course_spec")
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("course.lock\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "course")
    result = coursepack(tmp_path, "diff", "HEAD", "course_spec", "--check")
    assert result.returncode == 1
    assert "HEAD has no `course.lock`" in result.stdout
    assert "SAFE:" not in result.stdout


# --- packages, LMSs, exit status, outputs ---------------------------------------------------------------


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course's packages before and after a higher pass mark, and one with another title, by target."""
    root = tmp_path_factory.mktemp("packages")
    course = write_course(root / "course")
    for name, edit in (
        ("old", lambda root: None),
        ("higher", swap(COURSE, "60%", "90%")),
        ("titled", swap(COURSE, "Making tea", "Tea")),
    ):
        edit(course)
        built = compiler.build(course, ["scorm12", "cmi5", "xapi", "web"])
        for package in built.packages:
            (root / f"{name}-{package.target}.zip").write_bytes(package.data)
        swap(COURSE, "90%", "60%")(course) if name == "higher" else None
    return root


@pytest.mark.parametrize("target", ["scorm12", "cmi5", "xapi", "web"])
def test_check_ends_with_1_unless_it_is_safe(target: str, packages: Path) -> None:
    same = coursepack(packages, "diff", f"old-{target}.zip", f"old-{target}.zip", "--check")
    assert (same.returncode, "Nothing changed" in same.stdout) == (0, True)
    mark = ("diff", f"old-{target}.zip", f"higher-{target}.zip")
    assert coursepack(packages, *mark).returncode == 0
    checked = coursepack(packages, *mark, "--check")
    assert checked.returncode == 1
    assert "the pass mark is 90 %, it was 60 %" in checked.stdout


def test_an_lms_may_decide_otherwise(packages: Path) -> None:
    titled = ("diff", "old-scorm12.zip", "titled-scorm12.zip", "--check")
    assert coursepack(packages, *titled).returncode == 0
    other = coursepack(packages, *titled, "--lms", "coursemill")
    assert other.returncode == 1
    assert "NEW ACTIVITY NEEDED" in other.stdout.splitlines()[1]
    assert "loses a SCO's history when its name changes [reports by users]" in other.stdout
    both = coursepack(packages, *titled, "--lms", "moodle", "--lms", "coursemill")
    assert both.returncode == 1
    unknown = coursepack(packages, *titled, "--lms", "noodle")
    assert unknown.returncode == 2
    assert "there is no LMS profile noodle; there are moodle," in unknown.stderr
    wrong = coursepack(packages, "diff", "old-cmi5.zip", "old-cmi5.zip", "--lms", "moodle")
    assert wrong.returncode == 2
    assert "no LMS profile of those named is about cmi5 packages" in wrong.stderr


def test_json_holds_all_that_the_text_tells(packages: Path) -> None:
    result = coursepack(packages, "diff", "old-scorm12.zip", "higher-scorm12.zip", "--check", "--json")
    data = json.loads(result.stdout)
    assert (result.returncode, data["ok"], data["verdict"]) == (1, False, "SAFE, BUT")
    assert any(change["says"].startswith("the pass mark is 90 %") for change in data["changes"])
    assert {"who", "before", "after", "effect", "says"} == set(data["learners"][0])
    moodle = next(one for one in data["lms"] if one["key"] == "moodle")
    assert (moodle["decides"], moodle["verdict"]) == (True, "SAFE, BUT")
    assert moodle["evidence"]
    assert moodle["rule"]


def test_the_page_holds_all_that_the_text_tells(packages: Path) -> None:
    words = ("diff", "old-scorm12.zip", "higher-scorm12.zip", "--html", "diff.html")
    result = coursepack(packages, *words)
    assert (result.returncode, result.stdout) == (0, "Written: diff.html (SAFE, BUT)\n")
    page = (packages / "diff.html").read_text("utf-8")
    assert "<h1>SAFE, BUT</h1>" in page
    for said in (
        "the pass mark is 90 %, it was 60 %",
        "did everything, all right",
        "seen on a running Moodle",
    ):
        assert said in page
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_another_format_loses_the_records(packages: Path) -> None:
    result = coursepack(packages, "diff", "old-scorm12.zip", "old-cmi5.zip")
    assert "NEW ACTIVITY NEEDED" in result.stdout
    assert "the format changes from SCORM 1.2 to cmi5" in result.stdout


def test_only_what_is_launched_has_records(packages: Path) -> None:
    """An organization is a row in the menu: with another identifier nothing is lost, nothing new is to do."""
    source, changed = packages / "old-scorm12.zip", packages / "organization.zip"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "imsmanifest.xml":
                (id_,) = re.findall(rb'<organization identifier="([^"]+)"', data)
                data = data.replace(b'"' + id_ + b'"', b'"another"')
            new.writestr(name, data)
    nodes = from_package(source), from_package(changed)
    told = [(change.says, change.then) for change in manifest_changes(*nodes)]
    assert ["gone" in says or "new" in says for says, _ in told[:2]] == [True, True]
    assert not any("records go" in then or "to do as well" in then for _, then in told)


def test_a_package_and_the_folder_to_be_built(packages: Path) -> None:
    """The folder is built for the package's own target, whatever targets the course names."""
    result = coursepack(packages, "diff", "higher-cmi5.zip", "course")
    assert "the title is 'Tea', it was 'Making tea'  [course.yaml:3]" in result.stdout
    assert "LMSs with cmi5" in result.stdout


# --- units of cmi5, and courses of every kind -------------------------------------------------------------


def in_steps(root: Path) -> Path:
    swap(COURSE, "targets: [scorm12, scorm2004-4]", "targets: [cmi5]\ncmi5: {units: steps}")(root)
    return root


def test_a_unit_goes_with_its_step_and_the_others_stay(tmp_path: Path) -> None:
    old, new = (in_steps(write_course(tmp_path / name)) for name in ("old", "new"))
    (new / "steps" / "020-water.md").unlink()
    found = compare(from_folder(old, "old", "cmi5"), from_folder(new, "new", "cmi5"))
    assert found.verdict == "SAFE, BUT"
    assert "/au/3 went with its step; the records of the others stay" in found.judgements[0].matching


def test_other_units_are_another_activity(tmp_path: Path) -> None:
    old, new = write_course(tmp_path / "old"), in_steps(write_course(tmp_path / "new"))
    found = compare(from_folder(old, "old", "cmi5"), from_folder(new, "new", "cmi5"))
    assert found.verdict == "NEW ACTIVITY NEEDED"
    assert "tea/au is no longer there" in found.judgements[0].matching


COURSES = [ROOT / "course_spec", *sorted(path for path in (ROOT / "tests" / "courses").iterdir())]


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4", "cmi5", "xapi", "web"])
@pytest.mark.parametrize("root", COURSES, ids=[path.name for path in COURSES])
def test_a_course_is_the_same_as_itself(root: Path, target: str) -> None:
    found = compare(from_folder(root, "old", target), from_folder(root, "new", target))
    told = [change.says for change in found.changes if "course.lock" not in change.says]
    assert (told, {trial.effect for trial in found.trials}) == ([], {"none"})


def test_statements_that_change_are_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "course_spec", tmp_path / "new")
    swap(COURSE, "[25, 50, 75]", "[50]")(tmp_path / "new")
    lines = (ROOT / "course_spec" / COURSE).read_text("utf-8").splitlines()
    place = f"{COURSE}:{next(at for at, line in enumerate(lines, 1) if line.startswith('xapi:'))}"
    for target in ("scorm12", "cmi5"):
        sides = from_folder(ROOT / "course_spec", "old", target), from_folder(tmp_path / "new", "new", target)
        found = compare(*sides)
        told = [(change.says, change.place) for change in found.changes]
        assert (found.verdict, told) == ("SAFE", [("the statement quarter-done changed", place)])

"""The author's folder as a `Course`, with everything that is wrong with it, in one go."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from msgspec import Struct

from coursepack.diagnostics import RULES, Finding, Rule, Severity
from coursepack.source import Sources, Span
from coursepack.spec import credentials, model
from coursepack.spec.page import Log
from coursepack.spec.paths import Folder
from coursepack.spec.settings import Settings
from coursepack.spec.shape import (
    CONTROL,
    FOLDER,
    MISSING_KEY,
    NOT_READ,
    NOT_YET,
    OUTSIDE,
    SAME_NAME,
    clip,
    suggest,
)
from coursepack.spec.steps import Head, load_head, load_step
from coursepack.spec.texts import read_text
from coursepack.spec.validation import validate
from coursepack.spec.yaml import parse_yaml

SETTINGS = "course.yaml"
_STEP = (".md",)
_BANK = (".yaml", ".yml")
_TEXT = (".md", ".markdown", ".mdown", ".mkd", ".txt", ".yaml", ".yml", ".json", ".csv")
_OFFICE = (".docx", ".doc", ".odt", ".rtf", ".pages", ".html", ".htm")
_LEADING = re.compile(r"([0-9]{1,18})(.*)", re.DOTALL)
_WANTED = {
    "steps": "`all`, a percentage such as `80%`, or a list of step ids",
    "event": "the name of an event, or a list of names",
    "score": "a percentage such as `80%`, or a number from 0 to 1",
    "spec": "`1`",
}


class Loaded(Struct, frozen=True):
    """What reading a folder gave. `course` is None when its settings cannot be used."""

    course: model.Course | None
    findings: tuple[Finding, ...]
    sources: Sources


def load_course(root: Path) -> Loaded:
    """Read a course folder. Never raises for what is in it: all that is wrong is a finding."""
    log = Log()
    why = _not_a_folder(root)
    if why:
        log.findings.append(FOLDER.finding(Span(SETTINGS, 1), *why))
        return Loaded(None, tuple(log.findings), Sources())
    folder = Folder(root)
    settings = _settings(folder, log)
    heads: list[Head] = []
    for path in _files(folder, "steps", _STEP, log):
        head = load_head(folder, path, len(heads), log)
        heads += [head] if head else []
    if not heads:
        _report_no_steps(log)
    folder.steps = {head.path: head.id for head in heads}
    steps = tuple(load_step(folder, head, index, log) for index, head in enumerate(heads))
    banks = _banks(folder, log)
    _report_same_names(folder, heads, log)
    _report_unread(folder, "steps", "a step", _STEP, log)
    _report_unread(folder, "questions", "a question bank", _BANK, log)
    course = model.Course(settings, steps, banks, dict(sorted(folder.files.items()))) if settings else None
    return Loaded(course, tuple(log.findings), Sources(log.texts, log.spans))


def _banks(folder: Folder, log: Log) -> tuple[model.Bank, ...]:
    made: list[model.Bank] = []
    for path in _files(folder, "questions", _BANK, log):
        from coursepack.spec.banks import load_bank  # most courses have none, and its models take a while

        bank = load_bank(folder, path, len(made), log)
        made += [bank] if bank else []
    return tuple(made)


def _not_a_folder(root: Path) -> tuple[str, str] | None:
    shown = clip(str(root), 80)
    try:
        if not root.exists():
            return f"there is no folder `{shown}`", "check the path"
        if not root.is_dir():
            if root.suffix.lower() == ".zip":
                return (
                    f"`{shown}` is a package",
                    "`coursepack validate` and `coursepack inspect` take packages",
                )
            return f"`{shown}` is a file", "name the folder that it is in"
        names = [entry.name for entry in root.iterdir()]
    except (OSError, ValueError):
        return f"`{shown}` cannot be opened", "check the path, and who may read it"
    if SETTINGS in names:
        return None
    if not names:
        return f"the folder `{shown}` is empty", "a course has `course.yaml` and `steps/`"
    near = next((name for name in sorted(names) if name.lower() in (SETTINGS, "course.yml")), "")
    if near:
        return f"the settings are in `{near}`", f"rename it to `{SETTINGS}`"
    if "steps" in names:
        return None
    inner = next((name for name in sorted(names) if (root / name / SETTINGS).is_file()), "")
    advice = (
        f"did you mean the folder `{clip(inner)}` in it?"
        if inner
        else suggest(SETTINGS, names, "check the path")
    )
    return f"the folder `{shown}` has no `{SETTINGS}`", advice


def _settings(folder: Folder, log: Log) -> Settings | None:
    top = Span(SETTINGS, 1)
    log.spans[()] = log.spans[("settings",)] = top
    if SETTINGS not in folder.names(""):
        log.findings.append(
            FOLDER.finding(top, f"the folder has no `{SETTINGS}`", "write one beside `steps/`")
        )
        return None
    text = read_text(folder, SETTINGS, log)
    if text is None:
        return None
    node, findings = parse_yaml(text, SETTINGS)
    log.findings += findings
    if node is None:
        if not findings:
            message = f"`{SETTINGS}` is empty"
            log.findings.append(
                MISSING_KEY.finding(top, message, "it needs `spec`, `id`, `title` and `language`")
            )
        return None
    log.findings += credentials.take_out(node)
    settings = validate(Settings, node, ("settings",), log, top, _WANTED)
    if settings and settings.theme:
        message = "`theme` cannot be built yet"
        log.findings.append(NOT_YET.finding(("settings", "theme"), message, "remove it for now"))
    return settings


def _files(folder: Folder, name: str, endings: tuple[str, ...], log: Log) -> list[str]:
    """The files of `steps/` or `questions/` in the author's order; what is passed over is reported."""
    names = folder.names(name)
    if not names and name in folder.names(""):
        why = folder.problem(name)
        if "outside" in why:
            log.findings.append(
                OUTSIDE.finding(Span(name, 1), why, "put the folder itself into the course folder")
            )
        elif why.endswith("may not read"):
            log.findings.append(FOLDER.finding(Span(name, 1), why, "see who may read it"))
        elif why and not why.endswith("is a folder"):
            log.findings.append(
                FOLDER.finding(Span(name, 1), f"`{name}` is not a folder", "make it a folder")
            )
    elif not names:
        near = next((one for one in sorted(folder.names("")) if _near(one, name)), "")
        if near:
            message = f"the folder `{clip(near)}` is not read"
            log.findings.append(NOT_READ.finding(Span(near, 1), message, f"rename it to `{name}`"))
    for odd in folder.odd_names(name):
        message = f"a file in `{name}/` has a name that no page can show: `{clip(odd)}`"
        log.findings.append(CONTROL.finding(Span(name, 1), message, "rename it"))
    chosen = []
    for one in sorted(names, key=_order):
        path = f"{name}/{one}"
        if one.startswith(".") or one.endswith("~"):
            continue
        if one.lower().endswith(endings):
            chosen.append(path)
        elif any(inner.lower().endswith(endings) for inner in folder.names(path)):
            message = f"the folder `{clip(path, 80)}` is not read"
            log.findings.append(NOT_READ.finding(Span(path, 1), message, f"move its files to `{name}/`"))
    return chosen


def _report_no_steps(log: Log) -> None:
    """A course needs a step. Where its folder has another name, or they lie deeper, that is the reason."""
    if any(RULES[one.code].severity is Severity.ERROR for one in log.findings):
        return  # most likely the reason
    unread = [one for one in log.findings if one.code == NOT_READ.code]
    why = unread[0].message if unread else "`steps/` has no Markdown file"
    advice = unread[0].help if unread else "write the first one: `steps/010-welcome.md`"
    log.findings = [one for one in log.findings if one not in unread]
    log.findings.append(FOLDER.finding(Span(SETTINGS, 1), f"there are no steps: {why}", advice))


def _report_unread(folder: Folder, name: str, what: str, endings: tuple[str, ...], log: Log) -> None:
    """Texts that lie where steps or banks are read, are neither, and that nothing links to."""
    for one in sorted(folder.names(name)):
        path, ending = f"{name}/{one}", "." + one.lower().rpartition(".")[2]
        is_passed = one.startswith(".") or one.endswith("~") or ending in endings
        if is_passed or path in folder.files or path in log.texts or folder.problem(path):
            continue
        if ending in _TEXT:
            advice = f"rename it to `…{endings[0]}`, or move it away"
        elif ending in _OFFICE:
            advice = f"save what is in it as text, `…{endings[0]}`, or move it away"
        else:
            continue
        _add(log, NOT_READ, Span(path, 1), f"`{clip(path, 80)}` is not read as {what}", advice)


def _near(found: str, wanted: str) -> bool:
    return found.lower().rstrip("s") == wanted.rstrip("s")


def _order(name: str) -> tuple[bool, int, str]:
    """Numbers count as numbers: `9-a` comes before `10-b`."""
    plain = unicodedata.normalize("NFC", name)
    found = _LEADING.match(plain)
    return (False, int(found[1]), found[2]) if found else (True, 0, plain)


def _report_same_names(folder: Folder, heads: list[Head], log: Log) -> None:
    seen: dict[str, str] = {}
    for path in sorted([*(head.path for head in heads), *folder.files]):
        same = seen.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if same != path:
            message = f"`{clip(path, 80)}` and `{clip(same, 80)}` are one file on Windows and macOS"
            _add(log, SAME_NAME, Span(path, 1), message, "rename one of them")


def _add(log: Log, rule: Rule, at: Span, message: str, advice: str) -> None:
    log.findings.append(rule.finding(at, message, advice))

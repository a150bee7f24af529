"""The pipeline on one page: load, check, number, render, target, zip, read back.

Nothing here prints or writes; `cli` does both with what these functions return.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coursepack import budget, carried, lock, proofs, rules, site, state, units
from coursepack.diagnostics import RULES, Diagnostic, Finding, Severity, to_diagnostics
from coursepack.lock import Register
from coursepack.package import Part, deflate, to_zip
from coursepack.site.units import to_unit_parts
from coursepack.source import Sources
from coursepack.spec.load import load_course
from coursepack.spec.model import Course
from coursepack.targets import TARGETS, Target


class Checked(Struct, frozen=True):
    """A course that was read and checked. `register` is None when course.lock cannot be used.

    The course lists all targets that it was judged for, `own_targets` those of its course.yaml.
    """

    course: Course | None
    register: Register | None
    sources: Sources
    diagnostics: tuple[Diagnostic, ...]
    own_targets: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether no package may be made."""
        return self.course is None or any(item.stops for item in self.diagnostics)


class Package(Struct, frozen=True):
    """A finished package: its target, its stable file name, its bytes."""

    target: str
    name: str
    data: bytes


class Build(Struct, frozen=True):
    """What a build made: nothing but findings when one of them stops it.

    `sheets` are the files that go beside the packages; `key_rows` is what the key sheet says; `lock_text` is
    the new course.lock, None when the one on disk is right; `notes` are sentences for the author.
    """

    checked: Checked
    packages: tuple[Package, ...] = ()
    sheets: tuple[Part, ...] = ()
    key_rows: tuple[tuple[str, ...], ...] = ()
    lock_text: str | None = None
    notes: tuple[str, ...] = ()


def check(
    root: Path,
    names: Sequence[str] = (),
    *,
    strict: bool = False,
    locked: bool = False,
    lock_text: str | None = None,
) -> Checked:
    """Read a course folder and find all that is wrong with it. `lock_text` stands in for course.lock.

    The course is judged for its own targets and for those named: each has limits of its own.
    """
    loaded = load_course(root)
    course, findings, register = _with_targets(loaded.course, names), list(loaded.findings), None
    if course is not None:
        register, told = state.number(course, lock_text or lock.load_lock(root), locked=locked)
        findings += [*told, *rules.check_course(course), *carried.secrets(course, loaded.sources)]
        if register is not None:
            layout = state.layout(course, register)
            findings += budget.check(course, register, layout)
        kept = rules.apply_allow(course, findings, loaded.sources)
        if not any(RULES[finding.code].severity is Severity.ERROR for finding in kept):
            findings += [*rules.check_course(course, late=True), *proofs.check(course)]
    diagnostics = _judge(course, findings, loaded.sources, strict)
    own = loaded.course.settings.targets if loaded.course else ()
    return Checked(course, register, loaded.sources, diagnostics, own)


def _with_targets(course: Course | None, names: Sequence[str]) -> Course | None:
    more = [name for name in names if course and name not in course.settings.targets]
    if course is None or not more:
        return course
    targets = (*course.settings.targets, *more)
    return replace(course, settings=course.settings.model_copy(update={"targets": targets}))


def build(
    root: Path,
    names: Sequence[str] | None = None,
    *,
    strict: bool = False,
    locked: bool = False,
    control_files: bool = False,
    lock_text: str | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> Build:
    """Make the packages of a course for the targets named, or for the course's own.

    With an error among the findings there are no packages. `tick` hears how many are made, and of how many.
    Raises OSError where a file cannot be read.
    """
    from coursepack import keysheet

    checked = check(root, names or (), strict=strict, locked=locked, lock_text=lock_text)
    course, register = checked.course, checked.register
    if course is None or register is None or checked.stops:
        return Build(checked)
    layout = state.layout(course, register)
    text = lock.to_text(register)
    page = site.render(course, register, state.to_json(layout), state.older_json(register))
    page = carried.with_source(page, root, course, text)
    targets = [TARGETS[name] for name in names or course.settings.targets]
    made: list[Package] = []
    pack = cache(deflate)
    for target in targets:
        made.append(_package(course, page, target, control_files, pack))
        if tick:
            tick(len(made), len(targets))
    packages = tuple(made)
    faults = [fault for package in packages for fault in _read_back(package, control_files)]
    if faults:
        return Build(replace(checked, diagnostics=(*checked.diagnostics, *faults)))
    key_rows = keysheet.sheet_rows(course, register, checked.sources)
    return Build(
        checked,
        packages,
        (Part(f"{course.settings.slug}-key-sheet.csv", keysheet.key_sheet(key_rows).encode("utf-8")),),
        key_rows,
        text if text != lock.load_lock(root) else None,
        (*_notes(course, layout, targets, control_files), *carried.notes(root, course)),
    )


def _package(
    course: Course, page: site.Site, target: Target, control_files: bool, pack: Callable[[bytes], bytes]
) -> Package:
    from coursepack import schemas

    controls = schemas.load(target.edition) if control_files and target.edition else None
    in_steps = target.name == "cmi5" and units.by_steps(course)
    made = (to_unit_parts if in_steps else site.to_parts)(page, target.name, target.driver)
    parts = target.build(course, made, controls)
    return Package(target.name, f"{course.settings.slug}-{target.name}.zip", to_zip(parts, pack))


def _read_back(package: Package, control_files: bool) -> list[Diagnostic]:
    """What the finished package breaks of its own format; a fault is ours, and it stops the build.

    With control files the manifest is validated against them.
    """
    from coursepack import conformance, schemas

    validate = schemas.validate if control_files else None
    found = conformance.check_package(package.data, ours=True, validate=validate)
    return conformance.to_diagnostics(item for item in found if item.stops)


def _notes(
    course: Course, layout: state.Layout, targets: Sequence[Target], control_files: bool
) -> tuple[str, ...]:
    from coursepack import schemas

    notes = [sentence.says for sentence in proofs.prove(course)]
    notes.append(budget.in_words(course, layout))
    for target in targets if control_files else ():
        controls = schemas.load(target.edition) if target.edition else None
        if target.edition and controls is None:
            notes.append(
                f"There are no control files for {target.title}: `coursepack schemas add` takes them."
            )
        elif controls is not None and not controls.has_lom:
            notes.append(f"The control files for {target.title} lack LOM, so its metadata is left out.")
    return tuple(notes)


def _judge(
    course: Course | None, findings: list[Finding], sources: Sources, strict: bool
) -> tuple[Diagnostic, ...]:
    kept = rules.apply_allow(course, findings, sources)
    found = to_diagnostics(rules.without_echoes(kept, sources), sources)
    if strict:
        found = [replace(item, severity=Severity.ERROR) for item in found]
    return tuple(found)


def rename(root: Path, old: str, new: str) -> str:
    """The text of course.lock after an id was renamed. Raises `lock.RenameError` with a sentence."""
    text = lock.load_lock(root)
    if text is None:
        raise lock.RenameError("there is no course.lock yet: the course was never built")
    register, findings = lock.parse_lock(text)
    if findings:
        raise lock.RenameError(findings[0].message)
    return lock.to_text(lock.rename(register, old, new, _present(root)))


def is_in_course(root: Path, name: str) -> bool:
    """Whether something in the course has this id, a bank question or an option too; true if it is unread."""
    register = _present(root)
    if register is None:
        return True
    names = [thing.id for thing in register.things]
    names += [f"{thing.id}.{part.id}" for thing in register.things for part in thing.parts if part.id]
    return any(name == one or one.endswith(f".{name}") for one in names)


def _present(root: Path) -> lock.Register | None:
    """What is in the course now, numbered as if never built; None where it cannot be read."""
    course = load_course(root).course
    return state.number(course, None)[0] if course else None

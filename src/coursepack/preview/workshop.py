"""What is on show: the last good packages and the latest findings. It writes no file."""

from __future__ import annotations

import sys
import time
import traceback
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct, field, to_builtins
from msgspec.structs import replace

from coursepack.preview.contents import Contents, DamagedError
from coursepack.preview.session.launches import Launch, launches, title_of

if TYPE_CHECKING:
    from coursepack.compiler import Build
    from coursepack.diagnostics import Diagnostic

KEPT = 12
"""Packages that are still served: a page of an earlier build may ask for its later steps."""
ZIP_MAX = 1 << 30
"""Bytes of the largest zip that is opened."""
TITLES = {
    "scorm12": "SCORM 1.2",
    "scorm2004-3": "SCORM 2004 3rd Edition",
    "scorm2004-4": "SCORM 2004 4th Edition",
    "cmi5": "cmi5",
    "xapi": "xAPI",
    "web": "Web site",
}


class Target(Struct, frozen=True):
    """One format on show. `base` is where its files are served, empty while it was not built.

    `bound` is the most characters that the saved state can take, `limit` what the format lets an LMS cut off.
    """

    name: str
    title: str
    base: str = ""
    size: int = 0
    launches: tuple[Launch, ...] = ()
    listed: bool = True
    bound: int | None = None
    limit: int | None = None


class Show(Struct, frozen=True):
    """What the page is told. `stale`: the packages are older than the findings, which stop a new build."""

    source: str
    kind: str
    title: str = ""
    language: str = ""
    course: str = ""
    number: int = 0
    seconds: float = 0.0
    at: float = 0.0
    stale: bool = False
    trouble: str = ""
    targets: tuple[Target, ...] = ()
    findings: tuple[dict[str, Any], ...] = ()
    counted: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)

    def to_data(self) -> dict[str, Any]:
        return cast("dict[str, Any]", to_builtins(self))


class Workshop:
    """Builds what is asked for and keeps it; used from one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_course = not path.is_file()
        name = path.resolve().name
        self.show = Show(name, "course" if self.is_course else "zip")
        self._packages: OrderedDict[str, Contents] = OrderedDict()
        self._lock_text: str | None = None
        self._lock_seen: str | None = None

    def package(self, digest: str) -> Contents | None:
        return self._packages.get(digest)

    def rebuild(self, wanted: Iterable[str] = ()) -> Show:
        """Build again; `wanted` are the targets that pages show. What goes wrong is part of the show."""
        begun = time.perf_counter()
        try:
            made = self._course(wanted) if self.is_course else self._zip()
        except (OSError, UnicodeError) as error:
            made = replace(self.show, trouble=_in_words(error), stale=bool(self.show.targets))
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            sentence = f"coursepack itself failed ({type(error).__name__}); the terminal says where"
            made = replace(self.show, trouble=sentence, stale=bool(self.show.targets))
        seconds = round(time.perf_counter() - begun, 3)
        self.show = replace(made, number=self.show.number + 1, seconds=seconds, at=time.time())
        return self.show

    # ---- a course --------------------------------------------------------------------------------------

    def _course(self, wanted: Iterable[str]) -> Show:
        from coursepack import compiler, lock

        on_disk = lock.load_lock(self.path)
        if on_disk != self._lock_seen:
            self._lock_seen, self._lock_text = on_disk, on_disk
        names = [name for name in dict.fromkeys(wanted) if name in TITLES] or self._first()
        built = compiler.build(self.path, names or None, lock_text=self._lock_text)
        findings, counted = _told(built.checked.diagnostics)
        if not built.packages:
            return replace(
                self.show, findings=findings, counted=counted, trouble="", stale=bool(self.show.targets)
            )
        self._lock_text = built.lock_text or self._lock_text
        course = built.checked.course
        assert course is not None
        return replace(
            self.show,
            title=course.settings.title,
            language=course.settings.language,
            course=course.settings.id,
            findings=findings,
            counted=counted,
            trouble="",
            stale=False,
            notes=built.notes,
            targets=self._targets(built),
        )

    def _first(self) -> list[str]:
        """The targets that were built last: what a page will ask for first is not known yet."""
        return [target.name for target in self.show.targets if target.base]

    def _targets(self, built: Build) -> tuple[Target, ...]:
        from coursepack import state
        from coursepack.budget import LIMITS
        from coursepack.targets import TARGETS

        course, register = built.checked.course, built.checked.register
        assert course is not None and register is not None
        bound = state.bound(state.layout(course, register)).characters
        made = {package.target: package.data for package in built.packages}
        listed = built.checked.own_targets
        order = [*listed, *(name for name in TARGETS if name not in listed)]
        return tuple(
            self._target(name, made.get(name), name in listed, bound, LIMITS.get(name)) for name in order
        )

    def _target(
        self, name: str, data: bytes | None, listed: bool, bound: int | None, limit: int | None
    ) -> Target:
        blank = Target(name, TITLES.get(name, name), listed=listed, bound=bound, limit=limit)
        if data is None:
            return blank
        return self._opened(blank, data)

    # ---- a package -------------------------------------------------------------------------------------

    def _zip(self) -> Show:
        from coursepack import conformance

        if self.path.stat().st_size > ZIP_MAX:
            return replace(
                self.show, trouble=f"the zip is larger than {ZIP_MAX >> 20} MB", stale=False, targets=()
            )
        data = self.path.read_bytes()
        view = conformance.read_package(data, self.path.name)
        diagnostics = conformance.to_diagnostics(conformance.check_view(view))
        findings, counted = _told(diagnostics)
        base = replace(self.show, findings=findings, counted=counted, trouble="")
        if view.broken:
            stale = bool(self.show.targets)
            return replace(base, trouble=f"the zip {view.broken}", stale=stale)
        contents = self._keep(data)
        found = launches(view)
        targets = tuple(
            Target(kind, TITLES[kind], f"/package/{contents.digest}/", len(data), tuple(pages))
            for kind, pages in found.items()
        )
        pages = [page for every in found.values() for page in every]
        title = title_of(view) or (pages[0].title if pages else self.path.name)
        trouble = (
            "" if targets else "there is no page to open: neither a manifest nor an index.html at the root"
        )
        return replace(
            base, title=title, course=self.path.name, targets=targets, stale=False, trouble=trouble
        )

    def _opened(self, target: Target, data: bytes) -> Target:
        from coursepack import conformance

        contents = self._keep(data)
        pages = launches(conformance.read_package(data)).get(target.name, [])
        return replace(target, base=f"/package/{contents.digest}/", size=len(data), launches=tuple(pages))

    def _keep(self, data: bytes) -> Contents:
        contents = Contents(data)
        contents = self._packages.setdefault(contents.digest, contents)
        self._packages.move_to_end(contents.digest)
        while len(self._packages) > KEPT:
            self._packages.popitem(last=False)
        return contents


def _told(diagnostics: Iterable[Diagnostic]) -> tuple[tuple[dict[str, Any], ...], str]:
    """Findings as the page takes them, each with its line, and the sentence that counts them."""
    from coursepack import report

    kept = list(diagnostics)
    if not kept:
        return (), ""
    lines = [item.source[:400] for item in kept]
    data = [dict(one, source=line) for one, line in zip(report.to_data(kept), lines, strict=True)]
    return tuple(data[:200]), report.count(kept)


def _in_words(error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError):
        return f"{Path(error.filename).name if error.filename else 'a file'}: {error.strerror or error}"
    return str(error)


__all__ = ["DamagedError", "Show", "Target", "Workshop"]

"""Paths that authors write: looked up in the course folder, and never outside of it."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from msgspec import Struct, field

from coursepack.spec.linked import look_at
from coursepack.spec.model import (
    CourseFile,
    FileTarget,
    FragmentTarget,
    LostTarget,
    StepTarget,
    Target,
    WebTarget,
)
from coursepack.spec.shape import clip, suggest

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNSAFE = re.compile(r"[\x00-\x20\"<>\\^`{|}\x7f\ud800-\udfff]")
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_WEB = re.compile(r"https?://[^/?#\s]+|mailto:[^@\s]+@[^@\s]+|tel:\+?[0-9]", re.IGNORECASE)


class Found(Struct, frozen=True):
    """A path's end: `path` from the course folder when there is such a file, else `why` not, and advice."""

    path: str = ""
    why: str = ""
    advice: str = ""
    fragment: str = ""


class Folder(Struct):
    """The course folder while a course is read. `files` collects every file that something links to."""

    root: Path
    steps: Mapping[str, str] = field(default_factory=dict)
    """Path of each step's file to the step's id."""
    files: dict[str, CourseFile] = field(default_factory=dict)
    _real: str = ""
    _names: dict[str, frozenset[str]] = field(default_factory=dict)
    _found: dict[tuple[str, str], Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._real = os.path.realpath(self.root)

    def names(self, folder: str) -> frozenset[str]:
        """The names in a folder of the course; empty where there is none."""
        if folder not in self._names:
            self._names[folder] = frozenset(name for name in self._listed(folder) if not _ODD.search(name))
        return self._names[folder]

    def _listed(self, folder: str) -> list[str]:
        try:
            if not self._inside(os.path.realpath(self.root / folder)):
                return []
            return [entry.name for entry in (self.root / folder).iterdir()]
        except (OSError, ValueError):
            return []

    def odd_names(self, folder: str) -> list[str]:
        """Names that are passed over, as ASCII: they have control characters or are no text at all."""
        return sorted(ascii(name)[1:-1] for name in self._listed(folder) if _ODD.search(name))

    def _inside(self, real: str) -> bool:
        return real == self._real or real.startswith(self._real.rstrip(os.sep) + os.sep)

    def problem(self, path: str) -> str:
        """Why an existing path cannot be read, or nothing: it must be a file inside the folder."""
        try:
            real = os.path.realpath(self.root / path, strict=True)
            mode = Path(real).stat().st_mode
        except (OSError, ValueError):
            return f"`{clip(path, 80)}` cannot be opened"
        if not self._inside(real):
            return f"`{clip(path, 80)}` is a link to a place outside the course folder"
        if stat.S_ISDIR(mode):
            return f"`{clip(path, 80)}` is a folder" + (
                "" if os.access(real, os.R_OK) else " that you may not read"
            )
        return "" if stat.S_ISREG(mode) else f"`{clip(path, 80)}` is not an ordinary file"

    def link(self, href: str, origin: str) -> Target:
        """Where a link in the file `origin` leads."""
        text = href.strip()
        scheme = _SCHEME.match(text)
        if scheme and scheme[1].lower() in ("http", "https", "mailto", "tel"):
            if _WEB.match(text):
                return WebTarget(_UNSAFE.sub(lambda bad: quote(bad[0], errors="replace"), text))
            advice = "write all of it, such as `https://example.org/page`"
            return LostTarget(href, f"`{clip(text)}` is not a complete address", advice)
        if text.startswith("#") and len(text) > 1:
            return FragmentTarget(unquote(text[1:]))
        if text == "#":
            return LostTarget(href, "`#` alone names no place in the step", "write `#id`, or a path")
        found = self.find(text, origin)
        if not found.path:
            return _lost(text, scheme[1] if scheme else "", found)
        if found.path in self.steps:
            return StepTarget(self.steps[found.path], unquote(found.fragment))
        return self._keep(found)

    def media(self, source: str, origin: str) -> FileTarget | LostTarget:
        """The file of a picture in the file `origin`."""
        text = source.strip()
        if re.match(r"https?:", text, re.IGNORECASE):
            return LostTarget(source, f"`{clip(text)}` is on the web", "save the picture to `media/`")
        scheme = _SCHEME.match(text)
        found = self.find(text, origin)
        if not found.path:
            return _lost(text, scheme[1] if scheme else "", found)
        return self._keep(found)

    def _keep(self, found: Found) -> FileTarget:
        if found.path not in self.files:
            self.files[found.path] = look_at(found.path, self.root / found.path)
        return FileTarget(found.path)

    def find(self, href: str, origin: str) -> Found:
        """The file that a path means: from the folder of `origin` first, then from the course folder."""
        key = (href, origin.rpartition("/")[0])
        if key not in self._found:
            self._found[key] = self._search(href, key[1])
        return self._found[key]

    def _search(self, href: str, base: str) -> Found:
        if not href:
            return Found(why="the link is empty", advice="write where it leads, or remove the brackets")
        path, _, fragment = href.partition("#")
        readings = [(unquote(path), fragment), (path, fragment), (unquote(href), ""), (href, "")]
        reasons: list[Found] = []
        for name, rest in dict.fromkeys(readings):
            for start in dict.fromkeys((base, "")) if name and "\0" not in name else ():
                found = self._look(name, start)
                if found.path:
                    return Found(found.path, fragment=rest)
                if name == readings[0][0]:
                    reasons.append(found)
        return min(reasons, key=_usefulness, default=Found(why=f"`{clip(href)}` is not a path"))

    def _look(self, name: str, base: str) -> Found:
        shown = clip(name, 80)
        if name.startswith("/"):
            return Found(why=f"`{shown}` starts with `/`", advice="write the path from the course folder")
        parts: list[str] = base.split("/") if base else []
        for part in name.split("/"):
            if part == ".." and not parts:
                return Found(
                    why=f"`{shown}` leads out of the course folder", advice="copy the file into the folder"
                )
            if part == "..":
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        for depth, part in enumerate(parts):
            here = "/".join(parts[:depth])
            if part not in self.names(here):
                return self._missing(name, parts, depth, base)
        path = "/".join(parts)
        why = self.problem(path) if parts else f"`{shown}` is a folder"
        return Found(why=why) if why else Found(path)

    def _missing(self, name: str, parts: list[str], depth: int, base: str) -> Found:
        wanted, here = parts[depth], "/".join(parts[:depth])
        path = clip(name, 80)
        names = self.names(here)
        for one in sorted(names):
            if unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", wanted):
                why = f"`{path}` looks like a name on disk, but an accent in it is stored in another way"
                return Found(why=why, advice="copy the name from the file, or rename the file")
            if one.casefold() == wanted.casefold():
                real = clip("/".join([*parts[:depth], one, *parts[depth + 1 :]]), 80)
                why = f"`{path}` is spelt `{real}` on disk"
                return Found(why=why, advice="write it as it is on disk: upper and lower case count")
        if wanted.lower().startswith("www."):
            return Found(why=f"`{path}` is no file", advice=f"for the web write `https://{path}`")
        if "\\" in wanted:
            return Found(why=f"`{path}` has a backslash", advice="write `/` between folders")
        advice = suggest(wanted, names)
        if not advice and depth == len(parts) - 1:
            advice = self._elsewhere(wanted, base)
        return Found(why=f"there is no file `{path}`", advice=advice)

    def _elsewhere(self, wanted: str, base: str) -> str:
        """Where in the course's folders a file of that name is, as written in a file of the folder `base`."""
        for folder in sorted(self.names("")):
            if wanted in self.names(folder):
                up = "../" * len(base.split("/")) if base else ""
                return f"did you mean `{clip(f'{up}{folder}/{wanted}', 80)}`?"
        return ""


def _usefulness(found: Found) -> tuple[bool, bool, bool]:
    """For sorting. From the course folder `../` always leads out, so that reason comes last."""
    return ("leads out" in found.why, found.why.startswith("there is no"), not found.advice)


def _lost(text: str, scheme: str, found: Found) -> LostTarget:
    if text.startswith("//"):
        return LostTarget(text, f"`{clip(text)}` has no `https:` before it", f"write `https:{clip(text)}`")
    if len(scheme) == 1 or scheme.lower() == "file":
        why = f"`{clip(text)}` is a place on one computer"
        return LostTarget(text, why, "copy the file to `media/` and write its path from there")
    if scheme:
        why = f"`{clip(scheme)}:` is no kind of link that a course can have"
        return LostTarget(text, why, "link to a file of the course, or to `https:`, `mailto:` or `tel:`")
    return LostTarget(text, found.why, found.advice)

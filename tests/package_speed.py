"""Validate and inspect of a large package against `unzip -t`, for the benchmark."""

from __future__ import annotations

import random
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

Best = Callable[[list[str], int], tuple[float, float, float]]
Row = tuple[str, str, str, bool]

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Large</title>
<item identifier="I" identifierref="R"><title>Large</title></item></organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html">{}</resource>
</resources></manifest>"""


def large_package(path: Path, megabytes: int = 50) -> Path:
    """A SCORM 1.2 package as vendors make them: media that cannot shrink, and 10 MB of scripts."""
    source = random.Random(1)
    words = [source.randbytes(6).hex() for _ in range(3000)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        names = [f"media/{number:03}.mp4" for number in range(megabytes * 9 // 10)]
        for name in names:
            archive.writestr(name, source.randbytes(1 << 20))
        while sum(entry.compress_size for entry in archive.infolist()) < megabytes << 20:
            names.append(f"lib/{len(names):03}.js")
            archive.writestr(names[-1], "".join(f'say("{source.choice(words)}")\n' for _ in range(60_000)))
        archive.writestr("index.html", "<!doctype html><title>Large</title>")
        files = "".join(f'<file href="{name}"/>' for name in [*names, "index.html"])
        archive.writestr("imsmanifest.xml", MANIFEST.format(files))
    return path


def rows(folder: Path, best: Best) -> Iterator[Row]:
    """What is measured, its value, its limit, and whether it is held."""
    if not shutil.which("unzip"):
        yield "validate and inspect", "no unzip here", "-", True
        return
    path = str(large_package(folder / "large.zip"))
    floor, _, _ = best(["unzip", "-tq", path], 3)
    for command in ("validate", "inspect"):
        wall, _, memory = best([sys.executable, "-m", "coursepack", command, path], 3)
        yield f"{command} 50 MB", f"{wall / floor:.2f} x", "3 x unzip -t", wall <= 3 * floor
        yield f"memory of {command}", f"{memory:.0f} MiB", "150 MB", memory * 1.048576 <= 150

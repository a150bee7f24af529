"""The tool that made a package, where its files leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import unescape

from coursepack.conformance import PackageView
from coursepack.conformance.content_rules import launch_pages
from coursepack.inspection.mark import Read, is_ours

FINGERPRINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Articulate Storyline", ("story_content/user.js",)),
    ("Articulate Rise", ("scormcontent/lib/rise/",)),
    ("Adobe Captivate", ("assets/js/CPM.js",)),
    ("Adapt", ("adapt/js/adapt.min.js",)),
    ("Lectora", ("trivantis.js",)),
    ("eXeLearning", ("contentv3.xml",)),
    ("3DVista", ("lib/tdvplayer.js", "lib/tdvplayer.json")),
    ("H5P", ("h5p.json", "content/content.json")),
)
"""A tool, and names (or, with `/` at the end, folders) that are all in its packages."""
_GENERATOR = re.compile(
    r"""<meta\b[^<>]{0,200}\bname\s*=\s*["']?generator["']?[^<>]{0,200}>""",
    re.I,
)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]{1,120})|'([^']{1,120}))""", re.I)
PAGE_START = 20_000


def made_with(view: PackageView, read: Read) -> tuple[str, ...]:
    """Tools in sentences: by their files, and by what the launch page says of itself."""
    found = ["coursepack"] if is_ours(read) else []
    found += [tool for tool, names in FINGERPRINTS if _has_all(view.files, names)]
    for page in launch_pages(view)[:3]:
        start = (read(page) or b"")[:PAGE_START].decode("utf-8", "replace")
        meta = _GENERATOR.search(start)
        named = _CONTENT.search(meta[0]) if meta else None
        if named:
            found.append(f"{' '.join(unescape(named[1] or named[2]).split())} (so says `{page[:80]}`)")
    return tuple(dict.fromkeys(found))


def _has_all(files: Collection[str], names: tuple[str, ...]) -> bool:
    has: Callable[[str], bool] = lambda name: (  # noqa: E731
        any(file.startswith(name) for file in files) if name.endswith("/") else name in files
    )
    return all(has(name) for name in names)

"""Reading a finished package back, ours or anyone's: what it is, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from coursepack.conformance import (  # noqa: F401  (importing them registers their rules)
    cmi5_rules,
    content_rules,
    course_structure,
    file_rules,
    launch_rules,
    manifest_rules,
    name_rules,
    schema_rules,
    scorm12_rules,
    sequencing_rules,
    tincan_rules,
    zip_rules,
)
from coursepack.conformance.rules import PACKAGE_RULES, PackageFinding, run, to_diagnostics
from coursepack.conformance.view import PackageView, Validate, read_package

__all__ = [
    "PACKAGE_RULES",
    "PackageFinding",
    "PackageView",
    "Validate",
    "check_package",
    "check_view",
    "read_package",
    "to_diagnostics",
]


def check_package(
    source: bytes | Path,
    ours: bool = False,
    reference: bytes | Path | None = None,
    validate: Validate | None = None,
) -> list[PackageFinding]:
    """All findings in a package, errors first; empty for a package without a flaw.

    `ours` adds what coursepack promises of its own packages. `reference` is an earlier package whose
    identifiers must be the same. `validate` asks the official XSDs (`coursepack.schemas.validate`).
    Raises OSError when a file cannot be read.
    """
    return check_view(read_package(source, validate=validate), ours, reference)


def check_view(
    view: PackageView, ours: bool = False, reference: bytes | Path | None = None, *, our_site: bool = False
) -> list[PackageFinding]:
    """The same for a package that was read already.

    `our_site` is for a web package that coursepack once made, whoever zipped it since: it needs no manifest.
    """
    from msgspec.structs import replace

    earlier = None if reference is None else read_package(reference)
    return run(replace(view, ours=ours, our_site=our_site, reference=earlier))

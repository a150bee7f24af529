"""The rehearsal for a terminal: a table for each target, then what went wrong, then why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from coursepack.rehearsal.record import Rehearsal, Run

HEAD = (
    "learner",
    "LMS",
    "status",
    "score",
    "time",
    "answers",
    "comments",
    "statements",
    "gradebook",
    "completion tick",
)
OTHERS = {"cmi5": "strict cmi5", "xapi": "record store"}
"""Who listens where it is no SCORM LMS, by target."""
NONE = "–"


def to_text(rehearsal: Rehearsal) -> str:
    targets = dict.fromkeys(run.target for run in rehearsal.runs)
    parts = [rehearsal.title, *(f"{target}\n{_table_of(rehearsal, target)}" for target in targets)]
    if rehearsal.about:
        width = max(map(len, rehearsal.about))
        parts.append(
            "Learners\n" + "\n".join(f"  {n:<{width}}  {about}" for n, about in rehearsal.about.items())
        )
    parts += [_findings(rehearsal), _reasons(rehearsal)]
    parts.append("\n".join(rehearsal.notes))
    return "\n\n".join(part for part in parts if part)


def row(rehearsal: Rehearsal, run: Run) -> tuple[str, ...]:
    """The cells of a run, in the order of `HEAD`."""
    name = lms_name(rehearsal, run)
    if run.summary is None:
        return (run.learner, name, "no record", *[NONE] * (len(HEAD) - 3))
    found = run.summary
    return (
        run.learner,
        name,
        status(run),
        score(run),
        time(run),
        str(len(found["interactions"])),
        str(len(found["comments"])),
        str(sum(int(one.rpartition(" ")[2]) for one in found["statements"])),
        _known(found["gradebook"]),
        _known(found["completion"]),
    )


def _known(told: dict[str, Any]) -> str:
    """What is said of gradebook or tick; nothing where the standard leaves it to the LMS."""
    return str(told["text"]) if told["known"] else NONE


def status(run: Run) -> str:
    """Completion and success in the standard's words."""
    if run.summary is None:
        return "no record"
    completion, success = run.summary["status"]["completion"], run.summary["status"]["success"]
    return str(completion) if success is None else f"{completion}, {success}"


def score(run: Run) -> str:
    """Raw, else scaled, which says so: cmi5 knows no other."""
    found = run.summary["score"] if run.summary else {"raw": None, "scaled": None}
    if found["raw"] is not None:
        return str(found["raw"])
    return NONE if found["scaled"] is None else f"{found['scaled']} scaled"


def time(run: Run) -> str:
    seconds = run.summary["time"]["seconds"] if run.summary else 0
    return f"{seconds:.0f} s" if seconds else NONE


def lms_name(rehearsal: Rehearsal, run: Run) -> str:
    return OTHERS.get(run.target) or str(rehearsal.profiles.get(run.profile, {}).get("name", run.profile))


def reasons(rehearsal: Rehearsal) -> dict[str, list[str]]:
    """By LMS, with what it was measured on: each line that decided something, with its evidence, once."""
    found: dict[str, dict[str, None]] = {}
    for run in rehearsal.runs:
        lines = found.setdefault(_title(rehearsal, run), {})
        for one in reasons_of(rehearsal, run):
            lines[one] = None
    for run in rehearsal.runs:
        unknown = rehearsal.profiles.get(run.profile, {}).get("unknown")
        if unknown and run.target not in OTHERS:
            found[_title(rehearsal, run)][str(unknown)] = None
    return {title: list(lines) for title, lines in found.items()}


def reasons_of(rehearsal: Rehearsal, run: Run) -> list[str]:
    """The lines that decided something in a run, each with where it is known from."""
    told = (run.summary or {}).get("reasons", ())
    return [f"{one['says']} ({_evidence(rehearsal, run, one)})" for one in told]


def _evidence(rehearsal: Rehearsal, run: Run, reason: dict[str, Any]) -> str:
    """A clause of the standard, the number of a measurement, or that it was read in the LMS's code."""
    lines = rehearsal.profiles.get(run.profile, {}).get("lines", {})
    how = lines.get(reason["line"], {}).get("how", "standard") if run.target not in OTHERS else "standard"
    words = {"measured": "measurement ", "read": "read in its code, "}.get(how, "")
    return f"{words}{reason['evidence']}"


def _title(rehearsal: Rehearsal, run: Run) -> str:
    measured = "" if run.target in OTHERS else rehearsal.profiles.get(run.profile, {}).get("measured", "")
    return lms_name(rehearsal, run) + (f", {measured}" if measured else "")


def _findings(rehearsal: Rehearsal) -> str:
    lines = [f"  {run.learner}, {run.name}: {text}" for run in rehearsal.runs for text in run.findings]
    return "Findings\n" + "\n".join(lines) if lines else ""


def _reasons(rehearsal: Rehearsal) -> str:
    return "\n\n".join(
        "\n".join([f"Why, in {title}", *(f"  {line}" for line in lines)])
        for title, lines in reasons(rehearsal).items()
    )


def _table_of(rehearsal: Rehearsal, target: str) -> str:
    """A learner is named once; what a cell says after a colon stands below the table."""
    notes: dict[str, int] = {}
    rows: list[Sequence[str]] = [HEAD]
    last = ""
    for run in rehearsal.runs:
        if run.target != target:
            continue
        learner, *cells = (_noted(cell, notes) for cell in row(rehearsal, run))
        rows.append(("" if learner == last else learner, *cells))
        last = learner
    below = [f"  [{number}] {text}" for text, number in notes.items()]
    return "\n".join([_table(rows), *below])


def _noted(cell: str, notes: dict[str, int]) -> str:
    text, colon, why = cell.partition(": ")
    return f"{text} [{notes.setdefault(why, len(notes) + 1)}]" if colon else cell


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(cells[n]) for cells in rows) for n in range(len(rows[0]))]
    return "\n".join(_line(cells, widths) for cells in rows)


def _line(cells: Sequence[str], widths: Iterable[int]) -> str:
    padded = [f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)]
    return ("  " + "  ".join(padded)).rstrip()

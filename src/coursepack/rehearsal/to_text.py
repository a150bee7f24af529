"""The rehearsal for a terminal of 80 columns: what each LMS shows, what is kept, what went wrong, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from textwrap import wrap
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
SHOWN = ("learner", "status", "score", "gradebook", "completion tick")
KNOWN = SHOWN[:3]
"""Of these each LMS has its own; gradebook and tick a standard may leave to the LMS."""
KEPT = ("learner", "LMS", "time", "answers", "comments", "statements")
WIDTH = 80
"""Characters of a line; only a path or a name without blanks may be longer."""
OTHERS = {"cmi5": "strict cmi5", "xapi": "record store"}
"""Who listens where it is no SCORM LMS, by target."""
NONE = "–"
RULES = "Why, by the rules of this course"


def to_text(rehearsal: Rehearsal) -> str:
    targets = dict.fromkeys(run.target for run in rehearsal.runs)
    parts = [rehearsal.title, *(table for target in targets for table in _tables(rehearsal, target))]
    if rehearsal.about:
        width = max(map(len, rehearsal.about))
        lines = (f"{name:<{width}}  {told}" for name, told in rehearsal.about.items())
        parts.append(_titled("Learners", lines, width + 2))
    parts += [_findings(rehearsal), _titled(RULES, rehearsal.rules)]
    parts += [_titled(f"Why, in {title}", lines) for title, lines in reasons(rehearsal).items()]
    parts.append("\n".join(_folded(note) for note in rehearsal.notes))
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
    return _titled(
        "Findings", (f"{run.learner}, {run.name}: {text}" for run in rehearsal.runs for text in run.findings)
    )


def _titled(title: str, lines: Iterable[str], hang: int = 4) -> str:
    """A heading and its lines, folded where they are too long; nothing where there are none."""
    folded = [_folded(line, "  ", hang) for line in lines]
    return "\n".join([title, *folded]) if folded else ""


def _folded(line: str, before: str = "", hang: int = 4) -> str:
    """The line with `before` in front; what does not fit goes on below, `hang` further in."""
    return "\n".join(
        wrap(
            line,
            WIDTH,
            initial_indent=before,
            subsequent_indent=before + " " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _tables(rehearsal: Rehearsal, target: str) -> list[str]:
    """What each LMS shows, then what is kept."""
    rows = {
        name: [dict(zip(HEAD, row(rehearsal, run), strict=True)) for run in runs]
        for name, runs in _by_lms(rehearsal, target).items()
    }
    shown = [f"{target}, {name}\n{_shown(cells)}" for name, cells in rows.items()]
    return [*shown, f"{target}, what is kept\n{_kept(list(chain(*rows.values())))}"]


def _kept(rows: Sequence[Mapping[str, str]]) -> str:
    """A row for each learner; where LMSs have kept different things one for each of these."""
    found: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for cells in rows:
        rest = tuple(cells[name] for name in KEPT[2:])
        found.setdefault(cells["learner"], {}).setdefault(rest, []).append(cells["LMS"])
    if all(len(one) == 1 for one in found.values()):
        return _table([KEPT[:1] + KEPT[2:], *((learner, *next(iter(one))) for learner, one in found.items())])
    told = [
        (learner, names[0] if len(names) == 1 else "both", *rest)
        for learner, one in found.items()
        for rest, names in one.items()
    ]
    return _table([KEPT, *told])


def _by_lms(rehearsal: Rehearsal, target: str) -> dict[str, list[Run]]:
    found: dict[str, list[Run]] = {}
    for run in rehearsal.runs:
        if run.target == target:
            found.setdefault(lms_name(rehearsal, run), []).append(run)
    return found


def _shown(rows: Sequence[Mapping[str, str]]) -> str:
    """What a cell says after a colon stands below the table. A column where nothing is known is left out."""
    columns = [name for name in SHOWN if name in KNOWN or any(cells[name] != NONE for cells in rows)]
    notes: dict[str, int] = {}
    noted = [tuple(_noted(cells[name], notes) for name in columns) for cells in rows]
    below = [_folded(f"[{number}] {text}", "  ") for text, number in notes.items()]
    return "\n".join([_table([columns, *noted]), *below])


def _noted(cell: str, notes: dict[str, int]) -> str:
    text, colon, why = cell.partition(": ")
    return f"{text} [{notes.setdefault(why, len(notes) + 1)}]" if colon else cell


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(cells[n]) for cells in rows) for n in range(len(rows[0]))]
    return "\n".join(_line(cells, widths) for cells in rows)


def _line(cells: Sequence[str], widths: Iterable[int]) -> str:
    padded = [f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)]
    return ("  " + "  ".join(padded)).rstrip()

"""The rehearsal for a terminal: a table for each target, then what went wrong, then why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coursepack.rehearsal.record import Rehearsal, Run

HEAD = ("learner", "LMS", "status", "score", "time", "answers", "gradebook", "completion tick")


def to_text(rehearsal: Rehearsal) -> str:
    parts = [rehearsal.title]
    for target in dict.fromkeys(run.target for run in rehearsal.runs):
        runs = [run for run in rehearsal.runs if run.target == target]
        parts.append(f"{target}\n{_table([HEAD, *(row(rehearsal, run) for run in runs)])}")
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
    name = profile_name(rehearsal, run.profile)
    if run.summary is None:
        return (run.learner, name, "no record", "–", "–", "–", "–", "–")
    found = run.summary
    return (
        run.learner,
        name,
        status(run),
        found["score"]["raw"] or "–",
        f"{found['time']['seconds']:.0f} s",
        str(len(found["interactions"])),
        found["gradebook"]["text"],
        found["completion"]["text"],
    )


def status(run: Run) -> str:
    """Completion and success in the standard's words."""
    if run.summary is None:
        return "no record"
    completion, success = run.summary["status"]["completion"], run.summary["status"]["success"]
    return str(completion) if success is None else f"{completion}, {success}"


def profile_name(rehearsal: Rehearsal, key: str) -> str:
    return str(rehearsal.profiles.get(key, {}).get("name", key))


def reasons(rehearsal: Rehearsal) -> dict[str, list[str]]:
    """By LMS: each line that decided something, with its evidence, once."""
    found: dict[str, dict[str, None]] = {}
    for run in rehearsal.runs:
        lines = found.setdefault(run.profile, {})
        for one in (run.summary or {}).get("reasons", ()):
            lines[f"{one['says']} ({evidence(rehearsal, run.profile, one['evidence'])})"] = None
    return {profile: list(lines) for profile, lines in found.items()}


def evidence(rehearsal: Rehearsal, profile: str, text: str) -> str:
    """Where it is known from: a clause of the standard, or the number of a measurement."""
    return f"measurement {text}" if rehearsal.profiles.get(profile, {}).get("measured") else text


def titles(rehearsal: Rehearsal) -> dict[str, str]:
    """By LMS: its name, and on what it was measured."""
    return {
        key: one["name"] + (f", {one['measured']}" if one["measured"] else "")
        for key, one in rehearsal.profiles.items()
    }


def _findings(rehearsal: Rehearsal) -> str:
    lines = [f"  {run.learner}, {run.name}: {text}" for run in rehearsal.runs for text in run.findings]
    return "Findings\n" + "\n".join(lines) if lines else ""


def _reasons(rehearsal: Rehearsal) -> str:
    names = titles(rehearsal)
    parts = []
    for profile, lines in reasons(rehearsal).items():
        unknown = str(rehearsal.profiles.get(profile, {}).get("unknown", ""))
        body = "\n".join(f"  {line}" for line in [*lines, unknown] if line)
        parts.append(f"Why, in {names.get(profile, profile)}\n{body}")
    return "\n\n".join(parts)


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(cells[n]) for cells in rows) for n in range(len(rows[0]) - 1)]
    return "\n".join(_line(cells, widths) for cells in rows)


def _line(cells: Sequence[str], widths: Iterable[int]) -> str:
    padded = [f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=False)]
    return "  " + "  ".join([*padded, cells[-1]])

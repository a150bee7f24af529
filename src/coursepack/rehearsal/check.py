"""`tests:` of a course: records written down once, and compared with those of today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from coursepack.rehearsal.record import Rehearsal, in_short

Expected = dict[tuple[str, str], dict[str, Any]]
"""By learner and `target/profile`."""


class TestsError(Exception):
    """`tests:` that nobody can compare with, as a sentence."""

    __test__ = False


class Difference(Struct, frozen=True):
    """One thing that is not as expected; `element` is empty where a whole record is missing."""

    learner: str
    name: str
    element: str
    expected: Any
    found: Any


def to_entries(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """The `tests:` entries for these records; runs of a learner that agree share one entry."""
    entries: list[dict[str, Any]] = []
    for run in rehearsal.runs:
        short = {name: _as_number(value) for name, value in in_short(run).items()}
        for entry in entries:
            if entry["learner"] == run.learner and entry["expect"] == short:
                entry["on"].append(run.name)
                break
        else:
            entries.append({"learner": run.learner, "on": [run.name], "expect": short})
    return sorted(entries, key=lambda entry: list(rehearsal.about).index(entry["learner"]))


def to_yaml(rehearsal: Rehearsal) -> str:
    """`tests:` as it stands in course.yaml."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Lists in a line, no anchors, and `on` without quotes, as YAML 1.2 reads it."""

        yaml_implicit_resolvers = {  # noqa: RUF012
            letter: [one for one in resolvers if one[0] != "tag:yaml.org,2002:bool" or letter in "tTfF"]
            for letter, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
        }

        def ignore_aliases(self, data: Any) -> bool:
            return True

    tests = {"tests": to_entries(rehearsal)}
    text = yaml.dump(
        tests, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None
    )
    return str(text)


def entries_of(held: Any) -> list[Any]:
    """The entries of a file that `to_yaml` wrote; none where it is no such file."""
    entries = held.get("tests") if isinstance(held, dict) else None
    return entries if isinstance(entries, list) else []


def read(entries: Iterable[Any]) -> Expected:
    """What `tests:` expects. Raises TestsError where an entry is not one."""
    expected: Expected = {}
    for number, entry in enumerate(entries, 1):
        shape = isinstance(entry, dict) and {"learner", "on", "expect"} == set(entry)
        if not shape or not isinstance(entry["on"], list) or not isinstance(entry["expect"], dict):
            raise TestsError(f"test {number} needs `learner`, `on` (a list) and `expect`")
        for name in entry["on"]:
            key = (str(entry["learner"]), str(name))
            if key in expected:
                raise TestsError(f"test {number}: {key[0]} on {key[1]} has two records")
            expected[key] = entry["expect"]
    return expected


def compare(rehearsal: Rehearsal, expected: Expected) -> list[Difference]:
    """All that is not as `tests:` says; empty when all is well. What a test leaves out is not compared."""
    runs = {(run.learner, run.name): in_short(run) for run in rehearsal.runs}
    found: list[Difference] = []
    for key, wanted in expected.items():
        if key not in runs:
            found.append(Difference(*key, "", "a record", "no such run"))
            continue
        found += [
            Difference(*key, element, value, runs[key].get(element))
            for element, value in wanted.items()
            if not _same(value, runs[key].get(element))
        ]
    return found


def chosen(expected: Expected, learners: Iterable[str], targets: Iterable[str]) -> Expected:
    """Those of the learners and targets that are run; with none named, all."""
    names, formats = set(learners), set(targets)
    return {
        key: value
        for key, value in expected.items()
        if (not names or key[0] in names) and (not formats or key[1].partition("/")[0] in formats)
    }


def _same(wanted: Any, found: Any) -> bool:
    """YAML may hold a score as a number where the LMS has text."""
    return bool(wanted == found) or (
        isinstance(wanted, int | float) and not isinstance(wanted, bool) and _number(found) == wanted
    )


def _as_number(value: Any) -> Any:
    """A score as a number where that says the same."""
    number = _number(value) if isinstance(value, str) else None
    return value if number is None else int(number) if number.is_integer() else number


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def to_data(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [
        {
            "learner": one.learner,
            "on": one.name,
            "element": one.element,
            "expected": one.expected,
            "found": one.found,
        }
        for one in differences
    ]


def to_diff(differences: Iterable[Difference]) -> str:
    """Readable, a block for each run: `-` was expected, `+` is there now."""
    lines: list[str] = []
    last = None
    for one in differences:
        if (one.learner, one.name) != last:
            last = (one.learner, one.name)
            lines.append(f"{one.learner} on {one.name}")
        lines += _lines(one)
    return "\n".join(lines)


def _lines(one: Difference) -> list[str]:
    if isinstance(one.expected, list) and isinstance(one.found, list):
        gone = [item for item in one.expected if item not in one.found]
        new = [item for item in one.found if item not in one.expected]
        if gone or new:
            return [
                *(f"  - {one.element}: {item}" for item in gone),
                *(f"  + {one.element}: {item}" for item in new),
            ]
    label = f"{one.element}: " if one.element else ""
    return [f"  - {label}{one.expected}", f"  + {label}{one.found}"]

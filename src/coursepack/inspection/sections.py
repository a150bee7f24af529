"""The facts of a package as titled sections of lines and tables: what text and HTML both show."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from coursepack.inspection.facts import Facts, Ours
from coursepack.inspection.tree import Node
from coursepack.inspection.verdicts import in_megabytes

KEYS_SHOWN = 200


class Section(Struct, frozen=True):
    """A heading, lines of text, and a table (its first row names the columns; empty without one)."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def sections(facts: Facts) -> Iterator[Section]:
    """Everything worth telling, the most important first; sections without anything are left out."""
    made = [
        Section("What it is", tuple(_identity(facts))),
        Section("What the LMS will show", facts.expect),
        Section("How LMSs read it", facts.differ, _readings(facts)),
        Section("Contents", tuple(line for node in facts.tree for line in _node(node))),
        *(_ours(facts.ours) if facts.ours else ()),
        Section("Described as", tuple(f"{name}: {text}" for name, text in facts.metadata)),
        Section("Files", rows=_kinds(facts)),
        Section("Largest files", rows=_largest(facts)),
        Section("What is wrong with it", tuple(_findings(facts))),
    ]
    return (section for section in made if section.lines or len(section.rows) > 1)


def _identity(facts: Facts) -> Iterator[str]:
    kind = " + ".join(facts.formats)
    if facts.broken:
        yield f"It cannot be read: the file {facts.broken}."
    else:
        yield kind or ("web site" if facts.ours and not facts.stops else "no format that is known here")
    yield f"{facts.name}, {in_megabytes(facts.size)}, {facts.files} files"
    yield f"SHA-256 {facts.sha256}"
    if facts.disagreement:
        yield facts.disagreement
    yield (
        f"made with {'; '.join(facts.made_with)}" if facts.made_with else "the tool that made it is not known"
    )


def _readings(facts: Facts) -> tuple[tuple[str, ...], ...]:
    rows = [("LMS", "takes it for", "opens", "because", "known from")]
    rows += [
        (one.lms, one.takes or "nothing: refused", one.opens, one.why, one.evidence) for one in facts.readings
    ]
    return tuple(rows)


def _node(node: Node) -> Iterator[str]:
    indent = "  " * min(node.level, 20)
    told = [node.kind, f"opens {node.launch}" if node.launch else "", f"id {node.id}" if node.id else ""]
    told += ["hidden"] if node.hidden else []
    yield f"{indent}{node.title or '(no title)'} ({', '.join(part for part in told if part)})"
    for rule in node.rules:
        yield f"{indent}  - {rule}"


def _ours(ours: Ours) -> Iterator[Section]:
    if ours.damage:
        yield Section("The course inside", (f"The package {ours.damage}.",))
        return
    lines = [f"{ours.course}, version {ours.version}, in {ours.language}, {ours.steps} steps", ours.id]
    if ours.source:
        lines.append(
            f"It carries its source ({len(ours.source.files)} files): `inspect --extract` gives it back."
        )
    yield Section("The course inside", (*lines, *ours.rules))
    rows = [("id", "type", "where", "asks", "right answer", "as reported")]
    for key in ours.keys[:KEYS_SHOWN]:
        where = f"{key.step} / {key.quiz}" if key.quiz else key.step
        reported = key.reported if key.told else "(not reported)"
        rows.append((key.id, key.type, where, key.text, " | ".join(key.right.split("\n")), reported))
    more = len(ours.keys) - KEYS_SHOWN
    yield Section("Key sheet", (f"and {more} more",) if more > 0 else (), tuple(rows))


def _kinds(facts: Facts) -> tuple[tuple[str, ...], ...]:
    rows = [("ending", "files", "in the zip", "unpacked")]
    rows += [
        (kind.ending, str(kind.files), in_megabytes(kind.packed), in_megabytes(kind.size))
        for kind in facts.kinds
    ]
    return tuple(rows[:31])


def _largest(facts: Facts) -> tuple[tuple[str, ...], ...]:
    rows = [("file", "in the zip", "unpacked")]
    rows += [(name, in_megabytes(packed), in_megabytes(size)) for name, packed, size in facts.largest]
    return tuple(rows)


def _findings(facts: Facts) -> Iterator[str]:
    if not facts.findings:
        yield "Nothing that `coursepack validate` knows of."
    for item in facts.findings:
        place = f" ({item.entry}{f':{item.line}' if item.line else ''})" if item.entry else ""
        told = [f"{item.level} {item.code}: {item.message}{place}"]
        told += [f"To mend it: {item.help}"] if item.help else []
        told += [f"Breaks {'; '.join(item.breaks)}"] if item.breaks and item.level != "note" else []
        yield ". ".join(told) + "."

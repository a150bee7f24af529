"""From course.lock as text to the numbers and the layout of the course as it is now."""

from __future__ import annotations

from coursepack.diagnostics import Finding
from coursepack.lock import CHANGES, FULL, Register, assign_and_check, parse_lock, place, to_text
from coursepack.spec.model import Course
from coursepack.state.layout import EDITIONS_LIMIT, settle


def number(
    course: Course, text: str | None, *, locked: bool = False
) -> tuple[Register | None, list[Finding]]:
    """The register of the course, to be written with `lock.to_text`, and what is to be said about it.

    `text` is course.lock as it is, None if there is none. No register when that text cannot be used. With
    `locked` it is an error if course.lock would change.
    """
    before, findings = (Register(), []) if text is None else parse_lock(text)
    if findings:
        return None, findings
    numbered, findings = assign_and_check(course, before)
    after, now = settle(course, numbered)
    if now.id > EDITIONS_LIMIT:
        findings.append(
            FULL.finding(place(1), f"course.lock holds {EDITIONS_LIMIT} layouts and needs another")
        )
    if locked:
        findings += check_unchanged(before, after)
    return after, findings


def check_unchanged(before: Register, after: Register) -> list[Finding]:
    """What would change in course.lock, as one finding; none when nothing would."""
    if to_text(before) == to_text(after):
        return []
    old = {thing.n: thing for thing in before.things}
    new = [f"the {thing.kind} {thing.id}" for thing in after.things if thing.n not in old]
    kept = [(old[thing.n], thing) for thing in after.things if thing.n in old]
    gone = [f"the {now.kind} {now.id}" for was, now in kept if now.retired and not was.retired]
    back = [f"the {now.kind} {now.id}" for was, now in kept if was.retired and not now.retired]
    other = [now.id for was, now in kept if was != now and was.retired == now.retired]
    layouts = len(after.editions) - len(before.editions)
    told = [
        *_told("new: {}", new),
        *_told("gone: {}", gone),
        *_told("back: {}", back),
        *_told("other words or answers: {}", other),
        *(["a new layout of the saved state"] * layouts),
    ]
    message = f"course.lock would change ({'; '.join(told)})"
    return [CHANGES.finding(place(1), message, "build without --locked and commit course.lock")]


def _told(words: str, names: list[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return [words.format(", ".join(names[:3]) + more)]

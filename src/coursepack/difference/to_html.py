"""The comparison as one page to send on: to whoever keeps the LMS, with the verdict first."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.difference.change import ORDER, Change
from coursepack.difference.compare import Difference
from coursepack.difference.to_text import GROUPS, HEADS, differences, stands
from coursepack.inspection.to_html import items, page, prose, table, text


def to_html(difference: Difference) -> str:
    """A whole page in English; what the packages say is escaped and steers nothing."""
    return page(difference.verdict, "is it safe to re-upload?", "\n".join(_body(difference)))


def _body(difference: Difference) -> Iterator[str]:
    yield f'<p class="lead">{text(HEADS[difference.effect].capitalize())}.</p>'
    yield f'<p class="aside">{text(difference.old)} → {text(difference.new)}</p>'
    for effect in reversed(ORDER):
        found = [change for change in difference.changes if change.effect == effect]
        if found:
            yield f"<section><h2>{text(GROUPS[effect])}</h2><ul>"
            yield from (_change(change) for change in found)
            yield "</ul></section>"
    if not difference.changes:
        yield "<p>Nothing changed that a learner can see.</p>"
    if difference.trials:
        yield '<section><h2 id="learners">Learners who have begun</h2>'
        rows = [("a learner who …", "stands there as", "what is different")]
        rows += [
            (one.who, stands(one), "; ".join(differences(one)) or "nothing") for one in difference.trials
        ]
        yield from table(rows, "learners")
        yield "</section>"
    yield '<section><h2 id="lms">LMS by LMS</h2>'
    judged = [("LMS", "verdict", "here", "its rule", "known from")]
    for each in difference.judgements:
        aside = "" if each.decides else " (for information)"
        profile = each.profile
        judged.append((profile.name, each.verdict + aside, each.matching, profile.rule, profile.evidence))
    yield from table(judged, "lms")
    yield "</section>"
    if difference.unknown:
        yield f"<section><h2>Not known</h2>{items(difference.unknown)}</section>"


def _change(change: Change) -> str:
    place = f' <span class="aside">{text(change.place)}</span>' if change.place else ""
    then = f"<br>{prose(change.then)}" if change.then else ""
    return f"<li>{prose(change.says)}{place}{then}</li>"

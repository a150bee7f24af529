"""The comparison as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from coursepack.difference.change import ORDER, Change, Effect
from coursepack.difference.compare import Difference, Judgement
from coursepack.difference.trial import Trial, standing_in_words
from coursepack.snippet import on_one_line

VERSION = 1
HEADS: dict[Effect, str] = {
    "none": "learners keep everything they did",
    "notice": "some learners notice more than new words",
    "lost": "learners would lose what they did",
}
GROUPS: dict[Effect, str] = {
    "lost": "What is lost",
    "notice": "What some learners notice",
    "none": "What else changed",
}


def to_text(difference: Difference) -> str:
    """The verdict first, then why, then what happens to learners, then each LMS's rule with its evidence."""
    head = f"{difference.verdict}: {HEADS[difference.effect]}"
    blocks = [f"{on_one_line(difference.old)} -> {on_one_line(difference.new)}\n{head}"]
    for effect in reversed(ORDER):
        found = [change for change in difference.changes if change.effect == effect]
        if found:
            blocks.append(
                "\n".join([GROUPS[effect], *(line for change in found for line in _change(change))])
            )
    if not difference.changes:
        blocks.append("Nothing changed that a learner can see.")
    if difference.trials:
        blocks.append("\n".join(_trials(difference)))
    blocks.append(
        "\n".join(["LMS by LMS", *(line for each in difference.judgements for line in _judgement(each))])
    )
    blocks += [f"Not known: {on_one_line(line)}" for line in difference.unknown]
    return "\n\n".join(blocks)


def _change(change: Change) -> Iterator[str]:
    place = f"  [{on_one_line(change.place)}]" if change.place else ""
    yield f"  - {on_one_line(change.says)}{place}"
    if change.then:
        yield f"    {on_one_line(change.then)}"


def _trials(difference: Difference) -> Iterator[str]:
    yield "A learner of the old course who … stands there in the new one as"
    for trial in difference.trials:
        yield f"  - {on_one_line(trial.who)}: {stands(trial)}"
        more = differences(trial)
        if more:
            yield f"    {'; '.join(more)}"


def stands(trial: Trial) -> str:
    """Where the learner stood and stands now."""
    before, after = standing_in_words(trial.before), standing_in_words(trial.after)
    return f"{before}: the same" if before == after else f"{before} -> {after}"


def differences(trial: Trial) -> Sequence[str]:
    """What is different for the learner and cannot be seen from where they stand."""
    if trial.after is None:
        return trial.says
    return [says for says in trial.says if not says.startswith(("is ", "the score"))]


def _judgement(each: Judgement) -> Iterator[str]:
    aside = "" if each.decides else " (for information)"
    yield f"  - {each.profile.name}: {each.verdict}{aside}"
    yield f"    rule: {each.profile.rule} [{each.profile.evidence}]"
    yield f"    here: {on_one_line(each.matching)}"


def to_data(difference: Difference) -> dict[str, Any]:
    """Everything as plain data; effects are `none`, `notice`, `lost`."""
    return {
        "version": VERSION,
        "old": difference.old,
        "new": difference.new,
        "verdict": difference.verdict,
        "changes": [
            {"effect": one.effect, "says": one.says, "then": one.then, "place": one.place}
            for one in difference.changes
        ],
        "learners": [
            {
                "who": one.who,
                "effect": one.effect,
                "before": standing_in_words(one.before),
                "after": standing_in_words(one.after),
                "says": list(one.says),
            }
            for one in difference.trials
        ],
        "lms": [
            {
                "key": one.profile.key,
                "name": one.profile.name,
                "verdict": one.verdict,
                "decides": one.decides,
                "rule": one.profile.rule,
                "evidence": one.profile.evidence,
                "here": one.matching,
            }
            for one in difference.judgements
        ],
        "unknown": list(difference.unknown),
    }

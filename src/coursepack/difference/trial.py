"""Old learners in the new course: their saved states written by the old layout and read by the new one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from coursepack.difference.change import Effect, worst
from coursepack.difference.learners import learners, rules_of
from coursepack.inspection.ours import Built
from coursepack.standing import Standing, standing
from coursepack.state import Decoded, by_present_marks, decode, encode

WHY = {
    "empty": "nothing was saved",
    "damaged": "the saved state is not readable",
    "foreign": "the new package does not know the old one's numbers: another `course.lock`, or none",
    "future": "the new package does not know the old layout: it was built from an older `course.lock`",
}


class Trial(Struct, frozen=True):
    """One learner before and after. `after` is None when the new course cannot read the old state.

    `says` are sentences on what is different for this learner; `again` how many answers are asked anew.
    """

    who: str
    before: Standing
    after: Standing | None
    effect: Effect
    says: tuple[str, ...] = ()
    again: int = 0


def trials(old: Built, new: Built) -> tuple[Trial, ...]:
    """Every representative learner of the old course, taken over into the new one."""
    return tuple(trial(new, one.who, one.stands, encode(one.state, old.layout)) for one in learners(old))


def trial(new: Built, who: str, before: Standing, text: str) -> Trial:
    """What becomes of the learner with this saved text, who stood there before, in the new course."""
    policy: Literal["retry", "keep"] = new.config["resume"]["changed"]
    found = decode(text, new.layout, new.older, policy)
    if not isinstance(found, Decoded):
        return Trial(who, before, None, "lost", (WHY[found],))
    marks = {quiz["n"]: quiz["passScore"] for quiz in new.config["quizzes"]}
    after = standing(rules_of(new), by_present_marks(found.state, marks))
    told = list(_told(before, after))
    again = len(found.changes.answers) if found.changes else 0
    cut = len(found.changes.cut) if found.changes else 0
    if again:
        told.append(("notice", f"{again} answer{'s' if again > 1 else ''} to give again"))
    if cut:
        told.append(("notice", f"{cut} text{'s' if cut > 1 else ''} cut"))
    effect = worst(each for each, _ in told)
    return Trial(who, before, after, effect, tuple(says for _, says in told), again)


def _told(before: Standing, after: Standing) -> Iterator[tuple[Effect, str]]:
    """What is different, and how grave it is. A status that falls would be a fault of coursepack."""
    if before.completed and not after.completed:
        yield "lost", "is no longer completed"
    elif after.completed and not before.completed:
        yield "notice", "is completed at the next visit"
    if before.success == "passed" and after.success != "passed":
        yield "lost", f"is {after.success}, and was passed"
    elif before.success == "failed" and after.success == "unknown":
        yield "notice", "is not failed for good any more; the LMS keeps its word until the learner passes"
    elif after.success != before.success:
        yield "notice", f"is {after.success} at the next visit, and was {before.success}"
    if before.score is not None and after.score != before.score:
        now = "none" if after.score is None else f"{after.score / 100:g} %"
        yield "notice", f"the score is worked out as {now}, and was {before.score / 100:g} %"
    if not after.completed and len(after.todo) > len(before.todo):
        yield "notice", f"{len(after.todo) - len(before.todo)} more to do"


def standing_in_words(stands: Standing | None) -> str:
    """Such as `completed, passed, 100 %`."""
    if stands is None:
        return "starts from nothing"
    parts = ["completed" if stands.completed else "not completed"]
    parts += [] if stands.success == "unknown" else [stands.success]
    parts += [] if stands.score is None else [f"{stands.score / 100:g} %"]
    return ", ".join(parts)

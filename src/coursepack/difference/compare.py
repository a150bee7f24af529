"""The comparison as a whole: what changed, what it does to learners, and a verdict for each LMS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from coursepack.difference.change import VERDICTS, Change, Effect, Verdict, worst
from coursepack.difference.delivery_changed import delivery_changes
from coursepack.difference.manifests import UNKNOWN, manifest_changes, same_content
from coursepack.difference.profiles import DEFAULT, PROFILES, Profile
from coursepack.difference.questions_changed import question_changes, reflection_changes
from coursepack.difference.rules_changed import course_changes, quiz_changes, step_changes
from coursepack.difference.sides import Side, SideError
from coursepack.difference.trial import Trial, trials
from coursepack.inspection.ours import Built


class Judgement(Struct, frozen=True):
    """The verdict for one LMS. `matching` says what its rule comes to here."""

    profile: Profile
    effect: Effect
    matching: str
    decides: bool

    @property
    def verdict(self) -> Verdict:
        return VERDICTS[self.effect]


class Difference(Struct, frozen=True):
    """`unknown` are sentences on what cannot be told from the packages."""

    old: str
    new: str
    changes: tuple[Change, ...]
    trials: tuple[Trial, ...]
    judgements: tuple[Judgement, ...]
    unknown: tuple[str, ...] = ()

    @property
    def effect(self) -> Effect:
        """The gravest over the LMSs that decide."""
        return worst(each.effect for each in self.judgements if each.decides)

    @property
    def verdict(self) -> Verdict:
        return VERDICTS[self.effect]


def compare(old: Side, new: Side, lms: Sequence[str] = DEFAULT) -> Difference:
    """What happens when `new` takes the place of `old`. `lms` are the keys of the profiles that decide.

    Raises SideError when the two cannot be compared.
    """
    if old.built is not None and new.built is not None:
        changes, tried = ours(old, new, old.built, new.built)
        changes += _doubts(old, new)
        unknown: tuple[str, ...] = ()
    else:
        changes, tried = list(manifest_changes(old, new)), ()
        unknown = () if same_content(old, new) else (UNKNOWN,)
        if unknown:
            changes.append(
                Change(
                    "notice",
                    "the content's own files changed",
                    "what they do with saved progress is not known",
                )
            )
    base = worst([*(each.effect for each in changes), *(each.effect for each in tried)])
    judgements = tuple(_judgements(old, new, base, lms))
    if not any(each.decides for each in judgements):
        raise SideError(f"no LMS profile of those named is about {old.target} packages")
    return Difference(old.label, new.label, tuple(changes), tried, judgements, unknown)


def ours(old: Side, new: Side, was: Built, now: Built) -> tuple[list[Change], tuple[Trial, ...]]:
    """The changes between two courses of ours, and old learners in the new one."""
    found = [
        *course_changes(was, now, new),
        *step_changes(was, now, old, new),
        *quiz_changes(was, now, old, new),
        *question_changes(was, now, old, new),
        *reflection_changes(was, now, old, new),
        *delivery_changes(was, now, old, new),
    ]
    return found, trials(was, now)


def _doubts(old: Side, new: Side) -> Iterator[Change]:
    """Numbers that nobody wrote down may not be those of the package in the LMS."""
    for side in dict.fromkeys((old.label, new.label)):
        if not all(each.has_lock for each in (old, new) if each.label == side):
            then = (
                "numbers are given by the order of things here; a package built from it may have had others"
            )
            yield Change("notice", f"{side} has no `course.lock`", then)


# --- verdicts -----------------------------------------------------------------------------------------


def _judgements(old: Side, new: Side, base: Effect, lms: Sequence[str]) -> Iterator[Judgement]:
    for profile in PROFILES:
        if old.target in profile.targets:
            effect, said = _matched(old, new, profile)
            yield Judgement(profile, worst((base, effect)), said, profile.key in lms)


def _matched(old: Side, new: Side, profile: Profile) -> tuple[Effect, str]:
    """What the LMS's way of matching comes to, apart from what is in the course."""
    if old.target != new.target:
        return (
            "lost",
            f"the format changes from {old.format} to {new.format}: records are kept in other words",
        )
    gone = [id_ for id_ in old.ids if id_ not in new.ids]
    if gone and len(gone) < len(old.ids) and old.built is not None and new.built is not None:
        return "notice", f"the identifier {_named(gone)} went with its step; the records of the others stay"
    if gone:
        return "lost", f"the identifier {_named(gone)} is no longer there: what is recorded under it is lost"
    fresh = [id_ for id_ in new.ids if id_ not in old.ids]
    if profile.matching == "item and title" and _titles(old) != _titles(new):
        return "lost", "a title changed"
    if profile.matching == "manifest" and (not old.files or old.files != new.files):
        return "notice", "the files changed: try it with a copy of the activity first"
    if fresh:
        return "notice", f"the identifier {_named(fresh)} is new; what is there is kept"
    kept = old.ids[0] if len(old.ids) == 1 else f"all {len(old.ids)}"
    return "none", f"the identifier {kept} stays the same"


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")


def _titles(side: Side) -> Iterable[str]:
    if side.built is not None:
        return [side.built.config["course"]["title"]]
    return [node.title for node in side.nodes if node.launch]

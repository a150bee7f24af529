"""What changed in the rules of a course of ours: completion, passing, quizzes, steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coursepack.difference.change import Change, Effect
from coursepack.difference.sides import Side
from coursepack.difference.wording import changed_lines, changed_words
from coursepack.inspection.ours import Built
from coursepack.inspection.standings import completion_in_words, percent
from coursepack.launch import LaunchConfig, QuizConfig, StepConfig

STAYS = "who has completed or passed stays so"


def course_changes(old: Built, new: Built, side: Side) -> Iterator[Change]:
    """Title, language, version, completion, passing, and what a finished session says."""
    was, now = old.config, new.config
    for name in ("title", "language", "version"):
        if was["course"][name] != now["course"][name]:
            says = f"the {name} is {now['course'][name]!r}, it was {was['course'][name]!r}"
            yield Change("none", says, place=side.place("settings", name))
    yield from _completion(was, now, side)
    yield from _passing(was, now, side)
    if was["resume"]["exit"] != now["resume"]["exit"]:
        says = f"a finished session ends with `{now['resume']['exit']}`, it was `{was['resume']['exit']}`"
        then = "some LMSs give nothing back to who returns after a session that ended with `normal`"
        effect: Effect = "notice" if now["resume"]["exit"] == "normal" else "none"
        yield Change(effect, says, then if effect == "notice" else "", side.place("settings", "resume"))
    if was["resume"]["changed"] != now["resume"]["changed"]:
        policy = [one["resume"]["changed"] for one in (was, now)]
        says = f"answers whose right answer was edited: `{policy[1]}`, it was `{policy[0]}`"
        yield Change("none", says, place=side.place("settings", "resume"))


def _completion(was: LaunchConfig, now: LaunchConfig, side: Side) -> Iterator[Change]:
    before, after = was["completion"], now["completion"]
    known = {step["n"] for step in was["steps"]} & {step["n"] for step in now["steps"]}
    kept = set(before["steps"]) & known == set(after["steps"]) & known
    same = before["quizzes"] == after["quizzes"] and before["reflections"] == after["reflections"]
    counts = [(rule["atLeast"], len(rule["steps"])) for rule in (before, after)]
    every = all(least == total for least, total in counts)
    if kept and same and (every or counts[0] == counts[1]):
        return
    says = f"{completion_in_words(now).rstrip('.')}; before: {completion_in_words(was)}".rstrip(".")
    then = f"{STAYS}; the others are judged by the new rule"
    yield Change("notice", says, then, side.place("settings", "completion"))


def _passing(was: LaunchConfig, now: LaunchConfig, side: Side) -> Iterator[Change]:
    before, after, place = was["passRule"], now["passRule"], side.place("settings", "pass")
    if before is None and after is not None:
        says = f"there is a pass mark now: {percent(after['score'])}"
        yield Change("notice", says, "who was done without one is judged by it at the next visit", place)
    elif before is not None and after is None:
        yield Change("notice", "there is no pass mark any more", "who has passed stays so", place)
    elif before is not None and after is not None and before["score"] != after["score"]:
        says = f"the pass mark is {percent(after['score'])}, it was {percent(before['score'])}"
        higher = after["score"] > before["score"]
        then = (
            f"{STAYS}; the others need more"
            if higher
            else "who has reached it already passes at the next visit"
        )
        yield Change("notice", says, then, place)


# --- steps --------------------------------------------------------------------------------------------


def step_changes(old: Built, new: Built, before: Side, after: Side) -> Iterator[Change]:
    """Steps that are new, gone, renamed, moved, required or not; then the words of each."""
    was = {step["n"]: step for step in old.config["steps"]}
    now = {step["n"]: step for step in new.config["steps"]}
    for n, step in was.items():
        if n not in now:
            yield _gone(old, step, before)
    for n, step in now.items():
        place = after.place("step", step["id"])
        if n not in was:
            yield _new(new, step, place)
            continue
        yield from _same_step(was[n], step, place)
    kept_before = [n for n in was if n in now]
    kept_after = [n for n in now if n in was]
    if kept_before != kept_after:
        moved = [now[n]["title"] for n, m in zip(kept_after, kept_before, strict=True) if n != m]
        yield Change("none", f"the order of steps changed: {', '.join(f'“{title}”' for title in moved[:5])}")
    for n, step in now.items():
        if n in was:
            yield from _words(old, new, n, step, before, after)


def _gone(old: Built, step: StepConfig, side: Side) -> Change:
    work = [one["id"] for one in (*old.steps[step["n"]]["questions"], *old.steps[step["n"]]["reflections"])]
    then = f"answers in it are dropped: {', '.join(work[:5])}" if work else ""
    return Change(
        "notice" if work else "none",
        f"the step “{step['title']}” is gone",
        then,
        side.place("step", step["id"]),
    )


def _new(new: Built, step: StepConfig, place: str) -> Change:
    counts = step["n"] in new.config["completion"]["steps"]
    then = "who has completed stays so; the others have this step to do as well" if counts else ""
    return Change("notice" if counts else "none", f"the step “{step['title']}” is new", then, place)


def _same_step(was: StepConfig, now: StepConfig, place: str) -> Iterator[Change]:
    if was["id"] != now["id"]:
        yield Change(
            "none", f"the step `{was['id']}` is called `{now['id']}` now: it keeps its number", place=place
        )
    if was["title"] != now["title"]:
        yield Change("none", f"the step “{was['title']}” has the title “{now['title']}” now", place=place)
    if was["required"] != now["required"]:
        says = f"the step “{now['title']}” is {'required now' if now['required'] else 'optional now'}"
        then = (
            "who has completed stays so"
            if now["required"]
            else "who only lacked it completes at the next visit"
        )
        yield Change("notice", says, then, place)


def _words(old: Built, new: Built, n: int, step: StepConfig, before: Side, after: Side) -> Iterator[Change]:
    file = after.place("step", step["id"]).partition(":")[0]
    was_id = next(each["id"] for each in old.config["steps"] if each["n"] == n)
    was_file = before.place("step", was_id).partition(":")[0]
    lines: list[tuple[int, str]] = []
    if after.sources and file:
        text = after.sources.texts.get(file, "")
        lines = list(enumerate(text.split("\n"), 1))
        if before.sources:
            lines = changed_lines(before.sources.texts.get(was_file, ""), text)
    yield from changed_words(
        step["title"], old.words[n], new.words[n], lines, file, before.sources is not None
    )


# --- quizzes ------------------------------------------------------------------------------------------

HARMLESS = {
    "shuffle": "the order of questions",
    "feedback": "when feedback shows",
    "reveal": "when answers show",
}
POLICIES = {
    "retry": "what is asked again",
    "counts": "which attempt counts",
    "draw": "how many questions are drawn",
}


def quiz_changes(old: Built, new: Built, before: Side, after: Side) -> Iterator[Change]:
    """Quizzes that are new, gone, or work by other rules."""
    was = {quiz["n"]: quiz for quiz in old.config["quizzes"]}
    now = {quiz["n"]: quiz for quiz in new.config["quizzes"]}
    for n, quiz in was.items():
        if n not in now:
            then = "results in it are dropped; a score is worked out from the quizzes that are left"
            yield Change("notice", f"the quiz `{quiz['id']}` is gone", then, before.place("quiz", quiz["id"]))
    for n, quiz in now.items():
        place = after.place("quiz", quiz["id"])
        if n not in was:
            then = f"{STAYS}; the others have it to do as well" if quiz["counted"] else ""
            yield Change("notice", f"the quiz `{quiz['id']}` is new", then, place)
            continue
        yield from _same_quiz(was[n], quiz, place)


def _same_quiz(was: QuizConfig, now: QuizConfig, place: str) -> Iterator[Change]:
    name = f"the quiz `{now['id']}`"
    if was["id"] != now["id"]:
        yield Change(
            "none", f"the quiz `{was['id']}` is called `{now['id']}` now: it keeps its number", place=place
        )
    if was["passScore"] != now["passScore"]:
        yield _mark(was, now, name, place)
    if was["attempts"] != now["attempts"]:
        yield _attempts(was, now, name, place)
    if was["counted"] != now["counted"]:
        says = f"{name} {'counts' if now['counted'] else 'no longer counts'} towards the course's score"
        yield Change("notice", says, f"{STAYS}; scores are worked out anew", place)
    if was["step"] != now["step"]:
        yield Change("none", f"{name} is in another step", place=place)
    for key, what in POLICIES.items():
        yield from _policy(was, now, key, f"{name}: {what}", "notice", place)
    for key, what in HARMLESS.items():
        yield from _policy(was, now, key, f"{name}: {what}", "none", place)


def _policy(was: Any, now: Any, key: str, what: str, effect: Effect, place: str) -> Iterator[Change]:
    if was[key] != now[key]:
        then = "results so far stay as they are; from now on the new rule holds" if effect == "notice" else ""
        yield Change(effect, f"{what} changed ({_word(was[key])} → {_word(now[key])})", then, place)


def _word(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _mark(was: QuizConfig, now: QuizConfig, name: str, place: str) -> Change:
    before, after = was["passScore"], now["passScore"]
    said = [percent(mark) if mark is not None else "none" for mark in (before, after)]
    then = "who has passed it stays so; who has reached the new mark passes at the next visit"
    return Change("notice", f"{name}: the pass mark is {said[1]}, it was {said[0]}", then, place)


def _attempts(was: QuizConfig, now: QuizConfig, name: str, place: str) -> Change:
    said = [str(one["attempts"] or "any number") for one in (was, now)]
    fewer = bool(now["attempts"]) and (not was["attempts"] or now["attempts"] < was["attempts"])
    then = "who has used up as many has none left" if fewer else "who had none left can try again"
    return Change("notice", f"{name}: {said[1]} attempts, it was {said[0]}", then, place)

"""What changed in the questions and reflections of a course of ours, and what it does to answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coursepack.difference.change import Change, Effect
from coursepack.difference.sides import Side
from coursepack.inspection.ours import Built
from coursepack.keysheet import right_in_words
from coursepack.launch import QuestionData, ReflectionData
from coursepack.state import Record

AGAIN = "who had answered it is asked again; a result of a finished quiz stays"
KEPT = "answers are kept"
PARTS = {"options": "option", "gaps": "gap", "pairs": "pair", "items": "item"}


def question_changes(old: Built, new: Built, before: Side, after: Side) -> Iterator[Change]:
    """Questions that are new, gone, renamed, or ask for something else. Words are told with their step."""
    was, now = _questions(old), _questions(new)
    for n, (step, question) in was.items():
        if n not in now and step in {each["n"] for each in new.config["steps"]}:
            then = "answers to it are dropped" + ("; scores stay as they are" if question["quiz"] else "")
            yield Change(
                "notice",
                f"the question `{question['id']}` is gone",
                then,
                before.place("question", question["id"]),
            )
    for n, (step, question) in now.items():
        place = after.place("question", question["id"])
        if n not in was:
            if step in {each["n"] for each in old.config["steps"]}:
                yield _new(question, new, step, place)
            continue
        yield from _same(old, new, was[n][1], question, place)
        if was[n][0] != step and not question["quiz"]:
            yield Change("none", f"the question `{question['id']}` is in another step", place=place)


def _questions(built: Built) -> dict[int, tuple[int, QuestionData]]:
    return {one["n"]: (n, one) for n, step in built.steps.items() for one in step["questions"]}


def _new(question: QuestionData, new: Built, step: int, place: str) -> Change:
    name = f"the question `{question['id']}` is new"
    if question["quiz"]:
        then = "results so far stay; attempts from now on have this question too"
        return Change("notice", name, then, place)
    counts = step in new.config["completion"]["steps"]
    then = "who has completed stays so; the others must answer it as well" if counts else ""
    return Change("notice" if counts else "none", name, then, place)


def _same(old: Built, new: Built, was: QuestionData, now: QuestionData, place: str) -> Iterator[Change]:
    name = f"the question `{now['id']}`"
    if was["id"] != now["id"]:
        yield Change(
            "none",
            f"the question `{was['id']}` is called `{now['id']}` now: it keeps its number",
            place=place,
        )
    if was["type"] != now["type"]:
        says = f"{name} is of type {now['type']}, it was {was['type']}"
        yield Change("notice", says, "who had answered it is asked again", place)
        return
    if was["quiz"] != now["quiz"]:
        says = f"{name} {_quiz(new, now['quiz'])}, it was {_quiz(old, was['quiz'])}"
        yield Change("notice", says, f"{KEPT}; scores are worked out anew", place)
    yield from _key(old, new, was, now, name, place)
    yield from _parts(was, now, name, place)
    yield from _worth(was, now, name, place)
    if was["max"] > now["max"] and was["type"] in ("fill-in", "numeric", "cloze"):
        says = f"{name} takes {now['max']} characters, it was {was['max']}"
        yield Change("notice", says, "longer answers are cut", place)


def _quiz(built: Built, n: int) -> str:
    names = {quiz["n"]: quiz["id"] for quiz in built.config["quizzes"]}
    return f"belongs to the quiz `{names.get(n, n)}`" if n else "is practice"


def _key(
    old: Built, new: Built, was: QuestionData, now: QuestionData, name: str, place: str
) -> Iterator[Change]:
    before, after = _record(old, was["n"]), _record(new, now["n"])
    if before is None or after is None or before.version == after.version:
        return
    told = [" | ".join(right_in_words(one).split("\n"))[:80] for one in (was, now)]
    what = f" ({told[0]} → {told[1]})" if told[0] != told[1] else ""
    retry = new.config["resume"]["changed"] == "retry"
    yield Change("notice", f"the right answer of {name[4:]} changed{what}", AGAIN if retry else KEPT, place)


def _record(built: Built, n: int) -> Record | None:
    return built.layout.by_n.get(n)


def _parts(was: QuestionData, now: QuestionData, name: str, place: str) -> Iterator[Change]:
    for key, word in PARTS.items():
        before, after = _numbered(was, key), _numbered(now, key)
        gone = [_label(part) for n, part in before.items() if n not in after]
        fresh = [_label(part) for n, part in after.items() if n not in before]
        if gone:
            then = "who had chosen it is asked again; a result of a finished quiz stays"
            if was["type"] == "order":
                then = AGAIN
            yield Change("notice", f"{name} lacks {_count(gone, word)}: {', '.join(gone)[:120]}", then, place)
        if fresh:
            again = was["type"] == "order"
            effect: Effect = "notice" if again else "none"
            then = AGAIN if again else KEPT
            yield Change(
                effect, f"{name} has {_count(fresh, word)} more: {', '.join(fresh)[:120]}", then, place
            )


def _count(names: list[str], word: str) -> str:
    return f"1 {word}" if len(names) == 1 else f"{len(names)} {word}s"


def _numbered(question: Any, key: str) -> dict[int, dict[str, Any]]:
    return {part["n"]: part for part in question.get(key, [])}


def _label(part: dict[str, Any]) -> str:
    return str(part.get("text") or part.get("left") or " / ".join(part.get("accept", [])) or part["id"])


def _worth(was: QuestionData, now: QuestionData, name: str, place: str) -> Iterator[Change]:
    if now["quiz"] and (was["points"], was["scored"]) != (now["points"], now["scored"]):
        said = [f"{one['points']:g}" if one["scored"] else "no" for one in (was, now)]
        says = f"{name} is worth {said[1]} points, it was {said[0]}"
        yield Change("notice", says, "results so far stay; attempts from now on are weighed anew", place)
    if was.get("partial", False) != now.get("partial", False):
        says = (
            f"{name} {'gives' if now.get('partial') else 'no longer gives'} a share for a partly right answer"
        )
        yield Change("notice", says, "results so far stay; the new rule holds from now on", place)
    if was.get("case", False) != now.get("case", False):
        yield Change(
            "none", f"{name} {'minds' if now.get('case') else 'no longer minds'} capitals", place=place
        )
    if was["attempts"] != now["attempts"]:
        said = [str(one["attempts"] or "any number") for one in (was, now)]
        fewer = bool(now["attempts"]) and (not was["attempts"] or now["attempts"] < was["attempts"])
        then = "who has used up as many has none left" if fewer else ""
        yield Change(
            "notice" if fewer else "none", f"{name}: {said[1]} attempts, it was {said[0]}", then, place
        )
    if was["shuffle"] != now["shuffle"]:
        yield Change(
            "none", f"{name} is {'shuffled' if now['shuffle'] else 'no longer shuffled'}", place=place
        )


# --- reflections --------------------------------------------------------------------------------------


def reflection_changes(old: Built, new: Built, before: Side, after: Side) -> Iterator[Change]:
    """Reflections that are new, gone, shorter, or kept elsewhere."""
    was, now = _reflections(old), _reflections(new)
    for n, one in was.items():
        if n not in now:
            says = f"the reflection `{one['id']}` is gone"
            yield Change(
                "notice", says, "what learners wrote in it is dropped", before.place("reflection", one["id"])
            )
    required = new.config["completion"]["reflections"] == "required"
    for n, one in now.items():
        place = after.place("reflection", one["id"])
        if n not in was:
            then = "who has completed stays so; the others have it to write as well" if required else ""
            yield Change(
                "notice" if required else "none", f"the reflection `{one['id']}` is new", then, place
            )
            continue
        yield from _same_reflection(was[n], one, place)


def _reflections(built: Built) -> dict[int, ReflectionData]:
    return {one["n"]: one for step in built.steps.values() for one in step["reflections"]}


def _same_reflection(was: ReflectionData, now: ReflectionData, place: str) -> Iterator[Change]:
    name = f"the reflection `{now['id']}`"
    if was["id"] != now["id"]:
        yield Change(
            "none",
            f"the reflection `{was['id']}` is called `{now['id']}` now: it keeps its number",
            place=place,
        )
    if was["max"] > now["max"]:
        yield Change(
            "notice",
            f"{name} takes {now['max']} characters, it was {was['max']}",
            "longer texts are cut",
            place,
        )
    if was["keep"] != now["keep"]:
        says = f"{name} is kept in the {'LMS' if now['keep'] == 'lms' else 'browser'} now"
        yield Change("notice", says, "what was written stays where it was, and may not show any more", place)
    if was["private"] != now["private"]:
        says = f"{name} is {'private now' if now['private'] else 'no longer private: tell learners'}"
        yield Change("notice", says, "what was reported before stays reported", place)
    if was["minWords"] != now["minWords"]:
        says = f"{name} asks for {now['minWords']} words, it was {was['minWords']}"
        yield Change("none", says, "what is handed in stays so", place)

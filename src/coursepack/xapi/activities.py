"""The course and all in it as xAPI activities: their IRIs, from the author's ids, and definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from coursepack.answers import Register, one_line, to_question_data, to_reflection_data
from coursepack.spec.model import Course, Quiz, plain
from coursepack.spec.outline import Outline, Slot, outline
from coursepack.spec.settings import Settings
from coursepack.xapi.contract import Activity, Place
from coursepack.xapi.responses import interaction
from coursepack.xapi.vocabulary import TYPES

LONGEST = 512
"""Characters of an IRI that reports and databases still take."""
DESCRIPTION = 1000


def base(settings: Settings) -> str:
    """What every IRI of the course begins with: its id; below one that is no address, a fragment."""
    web = settings.id.startswith(("http://", "https://"))
    return settings.id.rstrip("/") if web or "#" in settings.id else settings.id + "#"


def iri(settings: Settings, *parts: str) -> str:
    """The IRI of something in the course: `<course>/page/<step>`, `<course>/quiz/<quiz>/question/<id>` …"""
    return "/".join((base(settings), *parts)).replace("#/", "#")


def slot_iri(settings: Settings, slot: Slot, answer: int = 1) -> str:
    """A question's IRI: below its quiz, or below the course when it is practice.

    `answer` counts the right answers that it has had. Once that is another, it is another activity: what was
    said of the first one stays true, and a record store never holds two definitions of one IRI.
    """
    later = (f"answer-{answer}",) if answer > 1 else ()
    if slot.quiz is None:
        return iri(settings, "question", slot.id, *later)
    return iri(settings, "quiz", slot.quiz.id, "question", slot.question.id, *later)


def course_activity(settings: Settings) -> Activity:
    """The course itself."""
    return activity(
        settings.id,
        "course",
        settings.title,
        settings.language,
        description=settings.description,
    )


def activity(at: str, kind: str, name: str, language: str, description: str = "", **more: Any) -> Activity:
    """An activity of a known type with a name of at most 250 characters."""
    definition: dict[str, Any] = {"type": TYPES[kind], "name": {language: one_line(name)}, **more}
    if description and description != name:
        definition["description"] = {language: one_line(description, DESCRIPTION)}
    return {"id": at, "definition": definition}


def places(course: Course, register: Register, *, brief: bool = False) -> dict[str, Place]:
    """Every step, quiz, question and reflection by its permanent number.

    `brief` leaves out of a question what the page's own data of it says (`contract.py`).
    """
    settings, plan = course.settings, outline(course)
    found: dict[str, Place] = {}
    for step in course.steps:
        page = activity(iri(settings, "page", step.id), "page", step.title, settings.language)
        found[str(register.n("step", step.id))] = {"kind": "page", "within": [], "activity": page}
    for index, quiz, _ in plan.quizzes:
        around = register.n("step", course.steps[index].id)
        title = quiz.title or course.steps[index].title
        about = activity(iri(settings, "quiz", quiz.id), "assessment", title, settings.language)
        found[str(register.n("quiz", quiz.id))] = {"kind": "quiz", "within": [around], "activity": about}
    for slot in plan.slots:
        found[str(register.n("question", slot.id))] = _question(course, register, slot, brief)
    found |= _reflections(course, register, plan)
    return found


def _question(course: Course, register: Register, slot: Slot, brief: bool) -> Place:
    settings = course.settings
    quiz = register.n("quiz", slot.quiz.id) if slot.quiz else 0
    n = register.n("question", slot.id)
    data = to_question_data(slot, n, register.parts(slot.id), quiz, language=settings.language)
    asked = interaction(data)
    definition: dict[str, Any] = {"interactionType": asked.type}
    if asked.patterns:
        definition["correctResponsesPattern"] = list(asked.patterns)
    for name, components in asked.components.items():
        known = brief and all(one_line(words) == words for _, words in components)
        listed = [] if known else [_component(one, words, settings.language) for one, words in components]
        definition[name] = listed or 0
    about = activity(
        slot_iri(settings, slot, register.answer(slot.id)),
        "cmi.interaction",
        data["text"],
        settings.language,
        description=_rest(plain(slot.question.stem), data["text"]),
        **definition,
    )
    if brief:
        del about["definition"]["name"]
    step = register.n("step", course.steps[slot.step].id)
    place: Place = {"kind": "question", "within": [quiz, step] if quiz else [step], "activity": about}
    if asked.free:
        place["free"] = True
    return place


def _component(name: str, words: str, language: str) -> dict[str, Any]:
    return {"id": name, "description": {language: one_line(words)}} if words else {"id": name}


def _rest(whole: str, shown: str) -> str:
    return whole if shown.endswith("…") else ""


def _reflections(course: Course, register: Register, plan: Outline) -> dict[str, Place]:
    settings = course.settings
    found: dict[str, Place] = {}
    for index, reflection, _ in plan.reflections:
        n = register.n("reflection", reflection.id)
        about = activity(
            iri(settings, "reflection", reflection.id),
            "cmi.interaction",
            to_reflection_data(reflection, n)["text"],
            settings.language,
            interactionType="long-fill-in",
        )
        step = register.n("step", course.steps[index].id)
        found[str(n)] = {"kind": "reflection", "within": [step], "activity": about, "free": True}
    return found


def resources(course: Course, files: Mapping[str, str]) -> dict[str, Activity]:
    """The course's files by their name in the package; their IRIs come from the author's path."""
    settings = course.settings
    return {
        name: activity(
            iri(settings, "resource", quote(path)), "file", path.rsplit("/", 1)[-1], settings.language
        )
        for path, name in sorted(files.items())
    }


def all_iris(course: Course) -> Sequence[tuple[str, tuple[str | int, ...]]]:
    """Every IRI that the course makes, with the route of what it stands for."""
    plan, settings = outline(course), course.settings
    found: list[tuple[str, tuple[str | int, ...]]] = [
        (iri(settings, "page", step.id), ("steps", index)) for index, step in enumerate(course.steps)
    ]
    found += [(_quiz_iri(settings, quiz), route) for _, quiz, route in plan.quizzes]
    found += [(slot_iri(settings, slot), slot.route) for slot in plan.slots]
    found += [(iri(settings, "reflection", one.id), route) for _, one, route in plan.reflections]
    return found


def _quiz_iri(settings: Settings, quiz: Quiz) -> str:
    return iri(settings, "quiz", quiz.id)

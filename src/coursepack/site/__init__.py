"""A course becomes the files of its page. `render` does what all targets share, `to_parts` the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from coursepack.answers import Register
from coursepack.launch import LaunchConfig, to_script
from coursepack.package import Part
from coursepack.resources import bundle
from coursepack.site.config import launch_config
from coursepack.site.media import hash8, read_media, unique_parts
from coursepack.site.page import Page, connections, index_page
from coursepack.site.scope import Scope, anchors
from coursepack.site.steps import render_steps
from coursepack.site.style import stylesheet
from coursepack.spec.model import Cloze, Course, Matching, Numeric, Order
from coursepack.spec.outline import Outline, outline
from coursepack.words import words
from coursepack.xapi.contract import HookTable
from coursepack.xapi.table import hook_table

__all__ = ["Site", "render", "to_parts"]


class Site(Struct, frozen=True):
    """All of a course's page that does not depend on the target."""

    page: Page
    config: LaunchConfig
    """With an empty `target`."""
    shared: tuple[Part, ...]
    """Step scripts, earlier layouts, media."""
    register: Register


def render(
    course: Course,
    register: Register,
    layout: Sequence[Any],
    older: Mapping[str, Sequence[Any]] | None = None,
) -> Site:
    """The course's site. `layout` is the JSON of the saved state's current layout, `older` the earlier ones
    by id.

    Raises OSError where a file of the course cannot be read.
    """
    plan = outline(course)
    media = read_media(course.files)
    ids = frozenset(step.id for step in course.steps)
    places = _activity_ids(plan, register)
    found = {
        step.id: anchors(step, register.n("step", step.id), ids, places.get(index, {}))
        for index, step in enumerate(course.steps)
    }
    scope = Scope(course, words(course.settings.language), media, found)
    steps = render_steps(scope, plan, register)
    scripts = [_script(f"steps/{step.n}", step.script) for step in steps]
    layouts = [_script("layouts", bundle("carry") + to_script("layouts", dict(older)))] if older else []
    names = [script.name for script in scripts]
    config = launch_config(course, register, names, layout, layouts[0].name if layouts else None)
    page = Page(scope, steps[0].html, stylesheet())
    return Site(page, config, (*scripts, *layouts, *unique_parts(media.values())), register)


def to_parts(site: Site, target: str, driver: str, *, apart: bool = False) -> list[Part]:
    """The files of the site for one target, `index.html` first. `driver` names the runtime bundle.

    `apart`: the table of hooks is a script of its own, for a package with many pages.
    """
    hooks = _hooks(site, target)
    config = to_script("course", {**site.config, "target": target, "words": _needed(site, hooks)})
    scripts = {"runtime": _script("runtime", bundle(driver)), "course": _script("course", config)}
    scripts |= {name: _script(name, bundle(name)) for name in ("state", "player", "print")}
    if hooks:
        code, table = bundle("delivery") + bundle("hooks"), to_script("hooks", hooks)
        scripts["hooks"] = _script("hooks", code if apart else code + table)
        if apart:
            scripts["table"] = _script("table", table)
    names = {use: script.name for use, script in scripts.items()}
    index = index_page(site.page, names, connections(driver, hooks))
    return [Part("index.html", index), *scripts.values(), *site.shared]


def _hooks(site: Site, target: str) -> HookTable | None:
    scope = site.page.scope
    files = {path: medium.part.name for path, medium in scope.media.items()}
    return hook_table(scope.course, site.register, target, files, brief=True)


def _needed(site: Site, hooks: HookTable | None) -> dict[str, Any]:
    """The player's words without those that this package never says: a slow line waits for each of them."""
    config, plan = site.config, outline(site.page.scope.course)
    policies = {policy for quiz in config["quizzes"] for policy in (quiz["counts"], quiz["reveal"])}
    retries = {quiz["retry"] for quiz in config["quizzes"]}
    kept = {reflection.keep for _, reflection, _ in plan.reflections}
    asked = {type(slot.question.answer) for slot in plan.slots}
    said = {
        "statements.": hooks is not None,
        "statements.consent": hooks is not None and any(hook["consent"] for hook in hooks["hooks"]),
        "todo.pass": bool(config["quizzes"]),
        "todo.quiz-pass": config["completion"]["quizzes"] == "passed",
        "quiz.": bool(config["quizzes"]),
        "quiz.again": "all" in retries,
        "quiz.again-wrong": "wrong" in retries,
        "result.": bool(config["quizzes"]),
        "result.best": "best" in policies,
        "result.last": "last" in policies,
        "result.first": "first" in policies,
        "result.practice": "first" in policies,
        "result.hidden-until-pass": "after-pass" in policies,
        "reflection.": bool(kept),
        "reflection.browser-blocked": "browser" in kept,
        "reflection.elsewhere": "browser" in kept,
        "message.number": Numeric in asked,
        "message.gaps": Cloze in asked,
        "message.match": Matching in asked,
        "order.": Order in asked,
    }
    idle = {key for key, needed in said.items() if not needed}
    rooms = tuple(key for key in idle if key.endswith("."))
    return {
        key: sentence
        for key, sentence in config["words"].items()
        if key not in idle and not key.startswith(rooms)
    }


def _script(stem: str, data: bytes) -> Part:
    return Part(f"{stem}-{hash8(data)}.js", data)


def _activity_ids(plan: Outline, register: Register) -> dict[int, dict[str, str]]:
    """By step index: the page's id of each activity by the author's."""
    found: dict[int, dict[str, str]] = {}
    for slot in plan.slots:
        if not slot.drawn:
            found.setdefault(slot.step, {})[slot.id] = f"q{register.n('question', slot.id)}"
    for index, quiz, _ in plan.quizzes:
        found.setdefault(index, {})[quiz.id] = f"z{register.n('quiz', quiz.id)}"
    for index, reflection, _ in plan.reflections:
        found.setdefault(index, {})[reflection.id] = f"r{register.n('reflection', reflection.id)}"
    return found

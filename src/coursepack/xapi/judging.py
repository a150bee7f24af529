"""Whether a statement is one that record stores take: the rules of xAPI 1.0.3, told in our words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from coursepack.xapi.vocabulary import is_iri

LARGE = 8_000
HUGE = 32_000
TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*|[xi](?:-[A-Za-z0-9]{1,8})+")
"""A language tag as far as its letters and lengths go (RFC 5646)."""
DURATION = re.compile(
    r"P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,2})?S)?)?|P\d+W"
)
COMPONENTS = {
    "choices": ("choice", "sequencing"),
    "scale": ("likert",),
    "source": ("matching",),
    "target": ("matching",),
    "steps": ("performance",),
}
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"


def size(statement: Mapping[str, Any]) -> int:
    """Bytes of the statement as it is sent."""
    return len(json.dumps(statement, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def problems(statement: Mapping[str, Any]) -> Iterator[str]:
    """What a record store would refuse, a sentence each."""
    yield from _empty(statement, "")
    if not is_iri(str(statement["verb"].get("id", ""))):
        yield "the verb has no IRI"
    yield from _words(statement["verb"].get("display", {}), "the verb's display")
    yield from _activity(statement["object"], "the object")
    yield from _result(statement.get("result", {}))
    context = statement.get("context", {})
    for group in context.get("contextActivities", {}).values():
        for one in group:
            yield from _activity(one, "an activity of the context")
    if "language" in context and not TAG.fullmatch(str(context["language"])):
        yield f"`{context['language']}` is not a language tag"
    for part in (context, statement.get("result", {}), statement["object"].get("definition", {})):
        for key in part.get("extensions", {}):
            if not is_iri(key):
                yield f"the extension `{key}` is not an IRI"


def _empty(value: Any, path: str) -> Iterator[str]:
    for key, inner in value.items():
        if key == "extensions":
            continue
        if inner in (None, "", {}, []):
            yield f"`{path}{key}` is empty"
        elif isinstance(inner, Mapping):
            yield from _empty(inner, f"{path}{key}.")


def _activity(about: Mapping[str, Any], who: str) -> Iterator[str]:
    if not is_iri(str(about.get("id", ""))):
        yield f"the id of {who}, `{about.get('id', '')}`, is not an IRI"
    definition = about.get("definition", {})
    for key in ("name", "description"):
        yield from _words(definition.get(key, {}), f"the {key} of {who}")
    for key in ("type", "moreInfo"):
        if key in definition and not is_iri(str(definition[key])):
            yield f"`{key}` of {who} is not an IRI"
    kind = definition.get("interactionType")
    if (
        (definition.get("type") == INTERACTION)
        and kind is None
        and "name" in definition
        and who == "the object"
    ):
        yield f"{who} is a question without an interaction type"
    for key, kinds in COMPONENTS.items():
        ids = [one["id"] for one in definition.get(key, ())]
        if ids and kind not in kinds:
            yield f"`{key}` does not belong to the interaction type `{kind}`"
        if len(set(ids)) < len(ids) or not all(re.fullmatch(r"[A-Za-z0-9_-]+", one) for one in ids):
            yield f"the ids in `{key}` are not distinct names"


def _words(words: Any, who: str) -> Iterator[str]:
    if not isinstance(words, Mapping):
        yield f"{who} is not a text for each language"
        return
    for tag, text in words.items():
        if not TAG.fullmatch(tag):
            yield f"{who} has `{tag}`, which is not a language tag"
        if not isinstance(text, str):
            yield f"{who} is not text"
        elif re.search(r"</?[A-Za-z][^<>]*>", text):
            yield f"{who} has mark-up in it, which is shown as text"
        elif len(text) > 1000:
            yield f"{who} is longer than 1000 characters"


def _result(result: Mapping[str, Any]) -> Iterator[str]:
    for key in ("success", "completion"):
        if key in result and not isinstance(result[key], bool):
            yield f"`{key}` is not `true` or `false`"
    if "response" in result and not isinstance(result["response"], str):
        yield "`response` is not text"
    if "duration" in result and not DURATION.fullmatch(str(result["duration"])):
        yield f"`{result['duration']}` is not a duration"
    score = result.get("score", {})
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in score.values()):
        yield "the score is not made of numbers"
        return
    if not -1 <= score.get("scaled", 0) <= 1:
        yield f"the scaled score {score['scaled']} is not from -1 to 1"
    if score.get("min", float("-inf")) >= score.get("max", float("inf")):
        yield "the lowest score is not below the highest"

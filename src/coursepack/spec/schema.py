"""JSON Schemas of course.yaml and of question banks: draft-07, which editors read, from the models."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from coursepack.spec.bank_settings import BankQuestion
from coursepack.spec.settings import Settings

DRAFT = "http://json-schema.org/draft-07/schema#"
_WRITTEN = {"type": ["string", "number", "boolean"]}
"""Text that the reader takes as written, so that an editor must not complain about `version: 1.10`."""
_NULL = {"type": "null"}


def course_schema() -> dict[str, Any]:
    """The schema of course.yaml."""
    made = Settings.model_json_schema(by_alias=True, schema_generator=_Draft07)
    return _finished(made, "coursepack course settings")


def bank_schema() -> dict[str, Any]:
    """The schema of questions/<name>.yaml."""
    adapter = TypeAdapter(list[BankQuestion])
    made = adapter.json_schema(by_alias=True, schema_generator=_Draft07)
    return _finished(made, "coursepack question bank")


class _Draft07(GenerateJsonSchema):
    schema_dialect = DRAFT


def _finished(made: dict[str, Any], title: str) -> dict[str, Any]:
    schema = _to_draft07(made)
    return {"$schema": DRAFT, "title": title, **{key: schema[key] for key in schema if key != "title"}}


def _to_draft07(node: Any) -> Any:
    """2020-12 keywords as draft-07 has them; texts may also be plain numbers and yes-or-no.

    A key that may be left out may also be there without a value.
    """
    if isinstance(node, list):
        return [_to_draft07(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "string" and not {"pattern", "enum", "const"} & node.keys():
        kept = {key: value for key, value in node.items() if key not in ("type", "title", "minLength")}
        return {**kept, **({"pattern": r"\S"} if "minLength" in node else {}), **_WRITTEN}
    made: dict[str, Any] = {}
    for key, value in node.items():
        if key == "$defs":
            made["definitions"] = {name: _to_draft07(one) for name, one in value.items()}
        elif key == "properties":
            needed = node.get("required", ())
            owner = node.get("title", "")
            made[key] = {
                name: _explained(owner, name, one if name in needed else _or_null(one))
                for name, one in _to_draft07_each(value).items()
            }
        elif key == "$ref":
            made[key] = value.replace("#/$defs/", "#/definitions/")
        elif key == "prefixItems":
            made["items"] = [_to_draft07(one) for one in value]
            made["additionalItems"] = False
        elif key == "title" or (key == "default" and isinstance(value, list | dict)):
            continue
        else:
            made[key] = _to_draft07(value)
    if "$ref" in made and len(made) > 1:
        return {"allOf": [{"$ref": made.pop("$ref")}], **made}
    return made


def _to_draft07_each(nodes: dict[str, Any]) -> dict[str, Any]:
    return {name: _to_draft07(node) for name, node in nodes.items()}


def _or_null(node: dict[str, Any]) -> dict[str, Any]:
    """The schema of a key that may have no value, which is the same as leaving it out."""
    if "anyOf" in node:
        return node if _NULL in node["anyOf"] else {**node, "anyOf": [*node["anyOf"], _NULL]}
    if "enum" in node:
        return {**{key: node[key] for key in node if key != "type"}, "enum": [*node["enum"], None]}
    kinds = node.get("type", [])
    if kinds:
        return {**node, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
    inner = {key: node[key] for key in ("$ref", "allOf", "const") if key in node}
    rest = {key: node[key] for key in node if key not in inner}
    return {**rest, "anyOf": [inner, _NULL]} if inner else node


def _explained(owner: str, name: str, node: dict[str, Any]) -> dict[str, Any]:
    """The schema of a key with the words that an editor shows beside it; `owner` is the model's name."""
    words = _WORDS.get(f"{owner}.{name}") or (_WORDS.get(name) if owner in _WRITTEN_FOR else None)
    if words is None or "description" in node:
        return node
    return {"description": words, **({"allOf": [node]} if "$ref" in node else node)}


_WRITTEN_FOR = (
    *("Settings", "Completion", "Pass", "Resume", "Cmi5", "Allow"),
    *("BankQuestion", "BankOption", "BankPair", "BankItem"),
)
_WORDS = {
    "spec": "The version of the language: 1",
    "id": "A permanent name: small letters, digits and hyphens",
    "Settings.id": "The course's address (IRI): it never changes, and its last part names the packages",
    "title": "What learners and the LMS see",
    "language": "The language of the course, such as `en-GB` or `de`",
    "version": "The version of your course, as text",
    "description": "One or two sentences for the catalogue of the LMS",
    "authors": "Who wrote the course",
    "credit": "Who and what the course builds on; learners see it",
    "rights": "The licence, such as `CC BY 4.0`",
    "keywords": "Words to find the course by",
    "completion": "When the course counts as done",
    "pass": "When the learner has passed; leave it out for a course without a grade",
    "steps": "`all`, a share such as `80%`, or a list of step ids",
    "reflections": "Whether reflections must be written",
    "Completion.quizzes": "What must be done about quizzes",
    "Pass.quizzes": "The ids of the quizzes that count; all, if left out",
    "Pass.score": "The share of the points that a learner needs, such as `80%`",
    "units": "One assignable unit for the course, or one for each step",
    "rule": "The code of the finding, such as `ACC-004`",
    "reason": "Why you accept it",
    "at": "The only file, or file and line, where it is accepted",
    "report-mastery": "Write the pass mark into a SCORM 1.2 manifest; the LMS then overrules the status",
    "resume": "What happens when a learner leaves and comes back",
    "exit-when-finished": "What a finished session tells the LMS",
    "changed-answers": "What happens to an answer whose right answer was edited",
    "cmi5": "How the course becomes cmi5 units",
    "include-source": "Put this folder into the package",
    "targets": "The packages to build",
    "xapi": "Statement hooks; an empty section turns the default set on",
    "allow": "Findings that you accept, each with a reason",
    "question": "What is asked, in Markdown",
    "type": "Says the type where the answers alone do not",
    "options": "Texts to choose from; mark the right ones with `right: true`",
    "answer": "`true` or `false`, a number, a range `40..45`, or a text",
    "answers": "All the answers that are accepted",
    "pairs": "What belongs together: `[left, right]`",
    "items": "Things in their right order",
    "points": "What the question counts, 1 if left out",
    "attempts": "How often a learner may answer",
    "shuffle": "Show the options in another order each time",
    "max-length": "How many characters a learner may type, 40 if left out",
    "case": "Whether upper and lower case count",
    "scoring": "`partial` gives a share for some of the right answers",
    "feedback": "Shown after any answer, in Markdown",
    "BankOption.feedback": "Shown to those who chose this option, in Markdown",
    "BankOption.right": "Whether this option is right",
    "text": "The words, in Markdown",
    "left": "The left side, in Markdown",
    "right": "The right side, in Markdown",
    "correct": "Shown after a right answer, in Markdown",
    "incorrect": "Shown after a wrong answer, in Markdown",
    "hint": "Shown when the learner asks for it, in Markdown",
}

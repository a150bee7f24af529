"""Every code and every policy has words, and a near miss is answered."""

from __future__ import annotations

import subprocess
import sys
import typing

import pytest

from coursepack import explain
from coursepack.rules.policies import POLICIES, find
from coursepack.spec import model as nodes
from coursepack.spec.model import Quiz, Reflection
from coursepack.spec.settings import Cmi5, Completion, Resume


def test_a_code_is_explained_by_its_page() -> None:
    page = explain.explain("QST-001")
    assert page is not None
    assert page.startswith("QST-001 no-tick (error)\n\nNo option of a question is ticked")
    assert explain.explain(" qst-001 ") == explain.explain("no-tick") == page


def test_a_policy_is_explained_by_key_or_by_word() -> None:
    page = explain.explain("quiz.retry")
    assert page is not None
    assert "all (if you say nothing)" in page
    assert explain.explain("retry") == page
    both = explain.explain("attempts")
    assert both is not None
    assert "quiz.attempts" in both
    assert "question.attempts" in both


@pytest.mark.parametrize(
    ("topic", "answer"),
    [
        ("QST-01", "; did you mean QST-001?"),
        ("ACC-0004", "; did you mean ACC-004?"),
        ("quiz.retri", "; did you mean quiz.retry?"),
        ("reveel", "; did you mean reveal?"),
        ("missing-allt", "; did you mean missing-alt?"),
        ("xyzzy", "; `coursepack explain` alone lists all there is"),
    ],
)
def test_a_near_miss_is_answered(topic: str, answer: str) -> None:
    assert explain.explain(topic) is None
    assert explain.near(topic) == answer


def test_the_list_names_everything() -> None:
    listed = explain.all_topics()
    for rule in explain.all_rules():
        assert f"{rule.code} {rule.name}" in listed
    for key in POLICIES:
        assert key in listed


@pytest.mark.parametrize(
    ("key", "model", "field"),
    [
        ("quiz.feedback", Quiz, "feedback"),
        ("quiz.retry", Quiz, "retry"),
        ("quiz.counts", Quiz, "counts"),
        ("quiz.reveal", Quiz, "reveal"),
        ("reflection.keep", Reflection, "keep"),
        ("completion.quizzes", Completion, "quizzes"),
        ("completion.reflections", Completion, "reflections"),
        ("resume.changed-answers", Resume, "changed_answers"),
        ("resume.exit-when-finished", Resume, "exit_when_finished"),
        ("cmi5.units", Cmi5, "units"),
    ],
)
def test_every_value_of_a_closed_policy_is_explained(key: str, model: type, field: str) -> None:
    names = {**vars(nodes), **vars(sys.modules[model.__module__])}
    allowed = typing.get_args(typing.get_type_hints(model, names)[field])
    assert tuple(value for value, _ in POLICIES[key].values) == allowed
    instance = model.model_fields[field].default if hasattr(model, "model_fields") else None
    default = (
        instance
        or dict(zip(model.__struct_fields__[::-1], model.__struct_defaults__[::-1], strict=False))[field]
    )
    assert POLICIES[key].default == default


def test_policies_are_plain_sentences() -> None:
    for policy in POLICIES.values():
        assert find(policy.key) == (policy,)
        for value, words in policy.values:
            assert value
            assert words[0].isupper()
            assert words.endswith(".")


def test_no_rule_is_out_of_reach() -> None:
    """Every module of the program imported, no rule is there that `explain` alone did not know."""
    script = (
        "import pkgutil, importlib, coursepack, coursepack.explain as explain\n"
        "from coursepack.diagnostics import RULES\n"
        "known = {rule.code for rule in explain.all_rules()}\n"
        "for found in pkgutil.walk_packages(coursepack.__path__, 'coursepack.'):\n"
        "    if not found.name.endswith('__main__'):\n"
        "        importlib.import_module(found.name)\n"
        "assert set(RULES) == known, set(RULES) - known\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)

"""`coursepack explain`: the page of a rule, or of a policy of the spec language."""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib import import_module
from typing import Any

from coursepack.diagnostics import RULES, Rule
from coursepack.rules.policies import POLICIES, find

MODULES = (
    "coursepack.spec.shape",
    "coursepack.spec.shape_content",
    "coursepack.spec.credentials",
    "coursepack.rules",
    "coursepack.lock.rules",
    "coursepack.budget",
    "coursepack.proofs",
    "coursepack.conformance",
)
"""The modules that define rules; importing them registers all."""
FAMILIES = {
    "SPC": "the shape of the files",
    "REF": "references",
    "QST": "questions and scoring",
    "ACC": "accessibility",
    "LIM": "limits of formats",
    "LCK": "course.lock",
    "PRF": "what no learner can reach",
    "XAP": "statement hooks",
    "PKG": "packages",
    "CM5": "cmi5 packages",
    "TIN": "TinCan packages",
}


def all_rules() -> tuple[Rule, ...]:
    """Every rule of the program, by code."""
    for name in MODULES:
        import_module(name)
    return tuple(RULES[code] for code in sorted(RULES))


def explain(topic: str) -> str | None:
    """The page of a code, of a rule's name, or of a policy such as `quiz.retry`; None if there is none."""
    wanted = topic.strip()
    for rule in all_rules():
        if wanted.upper() == rule.code or wanted.lower() == rule.name:
            return f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.doc}"
    pages = [policy.to_text() for policy in find(wanted)]
    return "\n\n\n".join(pages) if pages else None


def to_data(topic: str | None) -> dict[str, Any]:
    """The rules and policies that a topic names, or all of them."""
    wanted = (topic or "").strip()
    rules = [
        rule
        for rule in all_rules()
        if not wanted or wanted.upper() == rule.code or wanted.lower() == rule.name
    ]
    policies = POLICIES.values() if not wanted else () if rules else find(wanted)
    return {
        "rules": [
            {"code": rule.code, "name": rule.name, "severity": str(rule.severity), "doc": rule.doc}
            for rule in rules
        ],
        "policies": [
            {
                "key": policy.key,
                "decides": policy.decides,
                "default": policy.default,
                "values": dict(policy.values),
                "note": policy.note,
            }
            for policy in policies
        ],
    }


def near(topic: str) -> str:
    """What may have been meant, as the end of a sentence: `; did you mean QST-001?`, or where to look."""
    wanted = topic.strip()
    codes = [rule.code for rule in all_rules()]
    found: list[str] = []
    if like_code := re.fullmatch(r"([A-Za-z]{2,4})[-_ ]?(\d{1,4})", wanted):
        code = f"{like_code[1].upper()}-{int(like_code[2]):03}"
        found = [code] if code in codes else get_close_matches(code, codes, 1, 0.7)
    if not found:
        keys = [*POLICIES, *dict.fromkeys(key.split(".")[1] for key in POLICIES)]
        found = get_close_matches(wanted.lower(), [*keys, *(rule.name for rule in all_rules())], 1, 0.6)
    return f"; did you mean {found[0]}?" if found else "; `coursepack explain` alone lists all there is"


def all_topics() -> str:
    """Everything that can be explained: rules by family, then policies."""
    lines: list[str] = []
    for family in sorted({rule.code[:3] for rule in all_rules()}, key=_family_order):
        lines += [f"{family}: {FAMILIES.get(family, 'other findings')}"]
        lines += [f"  {rule.code} {rule.name}" for rule in all_rules() if rule.code.startswith(family)]
        lines += [""]
    width = max(map(len, POLICIES))
    lines += ["policies", *(f"  {key:<{width}}  {policy.decides}" for key, policy in POLICIES.items())]
    return "\n".join(
        [*lines, "", "`coursepack explain QST-001` or `coursepack explain quiz.retry` says more."]
    )


def _family_order(family: str) -> tuple[int, str]:
    order = list(FAMILIES)
    return (order.index(family) if family in order else len(order), family)

"""The words that Simple Sequencing and ADL's additions to it allow, by element and attribute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from coursepack.conformance import manifest as xml

_EITHER = frozenset({"satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "completed"})
_EITHER |= {"activityProgressKnown", "attempted", "attemptLimitExceeded", "timeLimitExceeded"}
_EITHER |= {"outsideAvailableTimeRange"}
_TIMING = frozenset({"never", "once", "onEachNewAttempt"})
_CONSIDERED = frozenset({"always", "ifAttempted", "ifNotSkipped", "ifNotSuspended"})

WORDS: Mapping[tuple[str, str], frozenset[str]] = {
    ("ruleCondition", "condition"): _EITHER
    | {"objectiveMeasureGreaterThan", "objectiveMeasureLessThan", "always"},
    ("rollupCondition", "condition"): _EITHER,
    ("ruleCondition", "operator"): frozenset({"not", "noOp"}),
    ("rollupCondition", "operator"): frozenset({"not", "noOp"}),
    ("ruleConditions", "conditionCombination"): frozenset({"all", "any"}),
    ("rollupConditions", "conditionCombination"): frozenset({"all", "any"}),
    ("rollupRule", "childActivitySet"): frozenset({"all", "any", "none", "atLeastCount", "atLeastPercent"}),
    ("rollupAction", "action"): frozenset({"satisfied", "notSatisfied", "completed", "incomplete"}),
    ("randomizationControls", "randomizationTiming"): _TIMING,
    ("randomizationControls", "selectionTiming"): _TIMING,
    **{
        ("rollupConsiderations", f"requiredFor{state}"): _CONSIDERED
        for state in ("Satisfied", "NotSatisfied", "Completed", "Incomplete")
    },
}
ACTIONS: Mapping[str, frozenset[str]] = {
    "preConditionRule": frozenset({"skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"}),
    "postConditionRule": frozenset({"exitParent", "exitAll", "retry", "retryAll", "continue", "previous"}),
    "exitConditionRule": frozenset({"exit"}),
}
"""The words of `ruleAction`, by the rule that it belongs to."""
NUMBERS = {
    ("limitConditions", "attemptLimit"),
    ("randomizationControls", "selectCount"),
    ("rollupRule", "minimumCount"),
}
"""Whole numbers from 0 on."""
REQUIRED: Mapping[str, str] = {
    "ruleCondition": "condition",
    "rollupCondition": "condition",
    "ruleAction": "action",
    "rollupAction": "action",
    "objective": "objectiveID",
}


def wrong_words(element: etree._Element) -> Iterator[str]:
    """What is wrong with the attributes of a sequencing element, in sentences."""
    name = xml.local(element)
    needed = REQUIRED.get(name)
    if needed and xml.get(element, needed) is None:
        yield f"this {name} has no {needed}"
    for attribute, value in ((str(key), str(text)) for key, text in element.attrib.items()):
        allowed = WORDS.get((name, attribute))
        if (name, attribute) == ("ruleAction", "action"):
            rule = element.getparent()
            allowed = ACTIONS.get(xml.local(rule)) if rule is not None else None
        if (name, attribute) in NUMBERS and not value.strip().isdecimal():
            yield f"{attribute} is {value[:40]!r}, no whole number"
        if allowed and value not in allowed:
            yield f"{attribute} is {value[:40]!r}, none of: {', '.join(sorted(allowed))}"

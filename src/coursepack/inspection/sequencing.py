"""SCORM 2004 sequencing of one activity, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursepack.conformance import PackageView
from coursepack.conformance import manifest as xml

WORDS = {
    "satisfied": "passed",
    "objectiveStatusKnown": "judged",
    "objectiveMeasureKnown": "scored",
    "objectiveMeasureGreaterThan": "scored above",
    "objectiveMeasureLessThan": "scored below",
    "completed": "completed",
    "activityProgressKnown": "begun",
    "attempted": "attempted",
    "attemptLimitExceeded": "out of attempts",
    "timeLimitExceeded": "out of time",
    "outsideAvailableTimeRange": "outside its dates",
    "always": "always",
}
ACTIONS = {
    "skip": "skipped",
    "disabled": "locked",
    "hiddenFromChoice": "hidden from the menu",
    "stopForwardTraversal": "where the learner has to stop",
    "exitParent": "left together with its parent",
    "exitAll": "the end of the course",
    "retry": "started again",
    "retryAll": "the start of the whole course again",
    "continue": "followed by the next one",
    "previous": "followed by the one before",
    "exit": "ended",
}
RULES_MAX = 50
_SHARED = ("SatisfiedStatus", "NormalizedMeasure")
"""What a `mapInfo` reads from a global objective and writes to it."""


def in_words(view: PackageView, element: etree._Element) -> Iterator[str]:
    """What the LMS is told to do with an organization or item; nothing in SCORM 1.2."""
    own = xml.child(element, "sequencing", xml.IMSSS)
    if own is None:
        return
    for part in (own, _shared(view, own)):
        if part is None:
            continue
        yield from _modes(part)
        yield from _rules(part)
        yield from _limits(part)
        yield from _objectives(part)
        yield from _delivery(part)


def _shared(view: PackageView, own: etree._Element) -> etree._Element | None:
    """The sequencing of the collection that this one refers to."""
    wanted = xml.get(own, "IDRef")
    if not wanted or view.manifest is None:
        return None
    holder = xml.child(view.manifest.root, "sequencingCollection", xml.IMSSS)
    found = xml.children(holder, "sequencing") if holder is not None else iter(())
    return next((each for each in found if xml.get(each, "ID") == wanted), None)


def _modes(part: etree._Element) -> Iterator[str]:
    mode = xml.child(part, "controlMode")
    if mode is None:
        return
    choice, flow = xml.flag(mode, "choice", default=True), xml.flag(mode, "flow", default=False)
    if choice and flow:
        yield "learners may choose from the menu, and go on with the LMS's buttons"
    elif flow:
        yield "learners follow the order; they cannot choose from the menu"
    elif choice:
        yield "learners choose from the menu; the LMS starts nothing by itself"
    else:
        yield "learners can neither choose nor go on: only the course itself moves them"
    if xml.flag(mode, "forwardOnly", default=False):
        yield "there is no way back"


def _rules(part: etree._Element) -> Iterator[str]:
    holder = xml.child(part, "sequencingRules")
    if holder is None:
        return
    found = [each for each in holder.iterchildren(etree.Element) if xml.local(each).endswith("ConditionRule")]
    for rule in found[:RULES_MAX]:
        action = xml.child(rule, "ruleAction")
        does = xml.get(action, "action") if action is not None else None
        holder_ = xml.child(rule, "ruleConditions")
        join = (
            " or " if holder_ is not None and xml.get(holder_, "conditionCombination") == "any" else " and "
        )
        tests = list(xml.children(holder_, "ruleCondition")) if holder_ is not None else []
        said = join.join(_condition(test) for test in tests) or "always"
        yield f"{ACTIONS.get(does or '', does or 'nothing')[:60]}, when {said[:200]}"


def _condition(test: etree._Element) -> str:
    name = xml.get(test, "condition") or ""
    words = WORDS.get(name, name[:40])
    threshold = xml.get(test, "measureThreshold")
    words += f" {threshold[:20]}" if threshold and "Measure" in name else ""
    named = xml.get(test, "referencedObjective")
    words += f" (by {named[:60]})" if named else ""
    return f"not {words}" if xml.get(test, "operator") == "not" else words


def _limits(part: etree._Element) -> Iterator[str]:
    limits = xml.child(part, "limitConditions")
    if limits is None:
        return
    attempts = xml.get(limits, "attemptLimit")
    if attempts:
        yield f"at most {attempts[:20]} attempt" + ("" if attempts == "1" else "s")
    time = xml.get(limits, "attemptAbsoluteDurationLimit")
    if time:
        yield f"time limit {time[:40]}"


def _objectives(part: etree._Element) -> Iterator[str]:
    holder = xml.child(part, "objectives")
    primary = xml.child(holder, "primaryObjective") if holder is not None else None
    if primary is not None and xml.flag(primary, "satisfiedByMeasure", default=False):
        measure = xml.text(xml.child(primary, "minNormalizedMeasure")).strip() or "1.0"
        yield f"passed by its score, from {measure[:20]} (of 1), whatever the course reports"
    for objective in list(holder.iterchildren(etree.Element))[:RULES_MAX] if holder is not None else ():
        for each in xml.children(objective, "mapInfo"):
            target = (xml.get(each, "targetObjectiveID") or "")[:80]
            reads, writes = (
                any(xml.flag(each, f"{verb}{kind}", default=usual) for kind in _SHARED)
                for verb, usual in (("read", True), ("write", False))
            )
            does = " and ".join([*(["reads"] if reads else []), *(["writes"] if writes else [])])
            yield f"{does or 'names'} the shared objective {target}"


def _delivery(part: etree._Element) -> Iterator[str]:
    controls = xml.child(part, "deliveryControls")
    if controls is None:
        return
    if not xml.flag(controls, "tracked", default=True):
        yield "the LMS keeps no record of it"
    for name, what in (("completionSetByContent", "completed"), ("objectiveSetByContent", "passed")):
        if xml.flag(controls, name, default=False):
            yield f"only the course itself says that it is {what}"

"""The order and number of elements, as IMS Content Packaging and Simple Sequencing demand them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from coursepack.conformance import manifest as xml


class Slot(Struct, frozen=True):
    """A child element, or a choice of some as `a|b`; how often it may and must come."""

    name: str
    least: int = 0
    most: int | None = 1


def slots(text: str) -> tuple[Slot, ...]:
    """`a b? c* d|e+` as slots: one, at most one, any number, at least one of either."""
    return tuple(
        Slot(word.rstrip("?*+"), int(word[-1] not in "?*"), None if word[-1] in "*+" else 1)
        for word in text.split()
    )


PACKAGING: Mapping[str, tuple[Slot, ...]] = {
    "manifest": slots("metadata? organizations resources manifest*"),
    "metadata": slots("schema? schemaversion?"),
    "organizations": slots("organization*"),
    "organization": slots("title? item* metadata?"),
    "item": slots("title? item* metadata?"),
    "resources": slots("resource*"),
    "resource": slots("metadata? file* dependency*"),
    "file": slots("metadata?"),
    "dependency": (),
    "title": (),
    "schema": (),
    "schemaversion": (),
}
"""Children in the packaging namespace, in order."""
OTHERS_LAST = frozenset({"manifest", "metadata", "organization", "item"})
"""Elements whose children of other namespaces come after those of their own."""

SEQUENCING: Mapping[str, tuple[Slot, ...]] = {
    "sequencing": slots(
        "controlMode? sequencingRules? limitConditions? auxiliaryResources? rollupRules? objectives? "
        "randomizationControls? deliveryControls?"
    ),
    "objectives": slots("primaryObjective objective*"),
    "primaryObjective": slots("minNormalizedMeasure? mapInfo*"),
    "objective": slots("minNormalizedMeasure? mapInfo*"),
    "sequencingRules": slots("preConditionRule* exitConditionRule* postConditionRule*"),
    "rollupRules": slots("rollupRule*"),
    "preConditionRule": slots("ruleConditions? ruleAction"),
    "exitConditionRule": slots("ruleConditions? ruleAction"),
    "postConditionRule": slots("ruleConditions? ruleAction"),
    "ruleConditions": slots("ruleCondition+"),
    "rollupRule": slots("rollupConditions rollupAction"),
    "rollupConditions": slots("rollupCondition+"),
    "sequencingCollection": slots("sequencing+"),
}


def out_of_place(root: etree._Element, edition: str) -> Iterator[tuple[etree._Element, str]]:
    """Elements of the packaging namespace that come in a wrong place or number, with a sentence."""
    uri = xml.namespace(root)
    for element in root.iter(f"{{{uri}}}*"):
        table = dict(PACKAGING)
        if edition != "12" and element is root:
            table["manifest"] = slots("metadata organizations resources manifest*")
        expected = table.get(xml.local(element))
        if expected is None:
            if element.getparent() is not None:
                yield element, f"`{xml.local(element)}` is no element of content packaging"
            continue
        yield from check_children(element, expected, others_last=xml.local(element) in OTHERS_LAST)


def check_children(
    element: etree._Element, expected: tuple[Slot, ...], others_last: bool
) -> Iterator[tuple[etree._Element, str]]:
    """Children of the element's own namespace that break the order or the counts of the slots."""
    uri, parent = xml.namespace(element), xml.local(element)
    place = {name: index for index, slot in enumerate(expected) for name in slot.name.split("|")}
    counts = [0] * len(expected)
    reached, foreign = -1, ""
    for child in element.iterchildren(etree.Element):
        name = xml.local(child)
        if xml.namespace(child) != uri:
            foreign = foreign or name
            continue
        if name not in place:
            yield child, f"`{name}` cannot be in `{parent}`"
            continue
        counts[place[name]] += 1
        if foreign and others_last:
            yield child, f"`{name}` comes after `{foreign}`, which belongs to another namespace"
        elif place[name] < reached:
            yield child, f"`{name}` comes after `{_words(expected[reached])}` in `{parent}`"
        reached = max(reached, place[name])
    for slot, count in zip(expected, counts, strict=True):
        if count < slot.least:
            yield element, f"`{parent}` has no `{_words(slot)}`"
        elif slot.most is not None and count > slot.most:
            yield element, f"`{parent}` has {count} `{_words(slot)}`, at most {slot.most} is allowed"


def _words(slot: Slot) -> str:
    return slot.name.replace("|", "` or `")

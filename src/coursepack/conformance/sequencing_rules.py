"""Sequencing in SCORM 2004: measures, thresholds, control, objectives, buttons (P30, P31, P35 to P38)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.manifest_rules import at
from coursepack.conformance.order import SEQUENCING, check_children
from coursepack.conformance.packaging import all_items, is_sco, organizations, root
from coursepack.conformance.rules import Found, package_rule
from coursepack.conformance.scorm12_rules import found_in, number
from coursepack.conformance.sequencing_words import wrong_words
from coursepack.conformance.view import PackageView

TOKENS = ("continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
WAYS_OUT = {"exit", "exitAll", "abandon", "abandonAll", "suspendAll"}


def _sequencing(view: PackageView, name: str) -> Iterator[etree._Element]:
    yield from root(view).iter(f"{{{xml.IMSSS}}}{name}")


def _inside(element: etree._Element, *path: str) -> list[etree._Element]:
    found = [element]
    for name in path:
        found = [child for parent in found for child in xml.children(parent, name, xml.IMSSS)]
    return found


@package_rule(
    "PKG-030", "passing-measure", editions="3 4", breaks=("LMSs that take a missing measure as 1.0",)
)
def passing_measure(view: PackageView) -> Iterator[Found]:
    """`minNormalizedMeasure` is not a number from -1 to 1, or does not go with `satisfiedByMeasure`.

    Without `satisfiedByMeasure="true"` the measure has no effect; with it and without a measure, only a
    perfect score passes.

    How to fix: set both: the measure, and `satisfiedByMeasure="true"`.
    """
    for objective in (*_sequencing(view, "primaryObjective"), *_sequencing(view, "objective")):
        by_measure = xml.flag(objective, "satisfiedByMeasure", default=False)
        measures = _inside(objective, "minNormalizedMeasure")
        for measure in measures:
            value = number(xml.text(measure))
            if value is None or not -1 <= value <= 1:
                yield at(measure, f"the measure is {xml.text(measure)[:40]!r}", "write a number from -1 to 1")
        if measures and not by_measure:
            yield at(objective, "the measure has no effect", 'add satisfiedByMeasure="true"', "warning")
        elif by_measure and not measures:
            yield at(objective, "only a perfect score passes", "add minNormalizedMeasure", "warning")


@package_rule(
    "PKG-031",
    "completion-threshold",
    "warning",
    editions="3 4",
    breaks=("Moodle: takes 1.0 where minProgressMeasure is missing, and lets it overrule the course",),
)
def completion_threshold(view: PackageView) -> Iterator[Found]:
    """A completion threshold is used, which only works when the course reports its progress.

    3rd Edition: a number from 0 to 1 as text. 4th: the attributes completedByMeasure, minProgressMeasure and
    progressWeight, and no text. Without progress from the course the LMS reports "unknown".

    How to fix: drop the threshold and let the course report its completion.
    """
    names = ("minProgressMeasure", "progressWeight")
    for element in found_in(view, "completionThreshold"):
        parent = element.getparent()
        if parent is not None and len(list(xml.children(parent, "completionThreshold", xml.ADLCP))) > 1:
            yield at(element, "there is more than one threshold", "keep one", "error")
        elif element.attrib and xml.text(element).strip() and view.edition == "4":
            yield at(element, "the threshold has attributes and text", "use the attributes alone", "error")
        else:
            values = [xml.get(element, name) for name in names if xml.get(element, name) is not None]
            written = bool(xml.text(element).strip()) or view.edition == "3"
            values += [xml.text(element)] if written and not element.attrib else []
            bad = [value for value in values if not _is_share(value or "")]
            if bad:
                yield at(element, f"the threshold is {bad[0]!r:.40}", "write a number from 0 to 1", "error")
            else:
                yield at(element, "a completion threshold is used", "let the course report its completion")


def _is_share(text: str) -> bool:
    value = number(text)
    return value is not None and 0 <= value <= 1


@package_rule(
    "PKG-035", "control-mode", "warning", editions="3 4", breaks=("ADL-conformant players: a menu, no start",)
)
def control_mode(view: PackageView) -> Iterator[Found]:
    """An organization or cluster neither has `flow="true"` nor says anything about choice.

    `flow` is false by default: a conformant player then has nothing to start and shows a menu. Also told:
    a SCO that is judged by its score without both `...SetByContent` flags.

    How to fix: add `<imsss:controlMode choice="true" flow="true"/>`.
    """
    clusters = [item for item in all_items(view) if xml.child(item, "item") is not None]
    for parent in (*organizations(view), *clusters):
        modes = _inside(parent, "sequencing", "controlMode")
        explicit = any(xml.get(mode, "choice") is not None for mode in modes)
        flows = any(xml.flag(mode, "flow", default=False) for mode in modes)
        shared = any(xml.get(each, "IDRef") for each in _inside(parent, "sequencing"))
        if not flows and not explicit and not shared:
            yield at(parent, f"this {xml.local(parent)} has no flow", 'add controlMode flow="true"')
    for item in all_items(view):
        scored = any(
            xml.flag(objective, "satisfiedByMeasure", default=False)
            for objective in _inside(item, "sequencing", "objectives", "primaryObjective")
        )
        if scored and is_sco(view, item) and not _reports_itself(item):
            yield at(
                item,
                "the LMS may mark this SCO as satisfied when it reports nothing",
                'add deliveryControls with completionSetByContent="true" and objectiveSetByContent="true"',
            )


def _reports_itself(item: etree._Element) -> bool:
    names = ("completionSetByContent", "objectiveSetByContent")
    controls = _inside(item, "sequencing", "deliveryControls")
    return any(all(xml.flag(each, name, default=False) for name in names) for each in controls)


@package_rule("PKG-036", "sequencing-shape", editions="3 4", breaks=("strict importers: invalid manifest",))
def sequencing_shape(view: PackageView) -> Iterator[Found]:
    """Sequencing elements are in the wrong order or number or have unknown words, or objectives contradict.

    `objectives` has exactly one `primaryObjective`, first; ids are unique within an item; a `mapInfo` has a
    target; an objective reads from one global objective only, and only one objective writes to it.

    How to fix: put the elements into the order of the schema, and give each objective its own id.
    """
    for name, slots in SEQUENCING.items():
        for element in _sequencing(view, name):
            for place, message in check_children(element, slots, others_last=name == "sequencing"):
                yield at(place, message, "put the elements into the order of the schema")
    for element in root(view).iter(f"{{{xml.IMSSS}}}*", f"{{{xml.ADLSEQ}}}*"):
        for message in wrong_words(element):
            yield at(element, message, "write what the standard names")
    for objectives in _sequencing(view, "objectives"):
        yield from _objectives(objectives)
    shared = Counter(xml.get(each, "ID") for each in _sequencing(view, "sequencing"))
    for name in (name for name, count in shared.items() if name and count > 1):
        yield at(root(view), f"the ID `{name[:60]}` of a sequencing is used twice", "give each its own")
    for element in _sequencing(view, "sequencing"):
        reference = xml.get(element, "IDRef")
        if reference is not None and reference not in shared:
            yield at(element, f"`{reference[:60]}` is no sequencing of the collection", "name one")


def _objectives(holder: etree._Element) -> Iterator[Found]:
    every = [*_inside(holder, "primaryObjective"), *_inside(holder, "objective")]
    names = Counter(xml.get(each, "objectiveID") for each in every)
    for name, count in names.items():
        if name is not None and count > 1:
            yield at(holder, f"the objectiveID `{name[:60]}` is used {count} times", "give each its own")
    writers: Counter[str] = Counter()
    for objective in every:
        maps = _inside(objective, "mapInfo")
        for each in maps:
            if not xml.get(each, "targetObjectiveID"):
                yield at(each, "a mapInfo has no targetObjectiveID", "name the global objective")
        if maps and xml.get(objective, "objectiveID") is None:
            yield at(objective, "an objective with mapInfo has no objectiveID", "give it one")
        for kind in ("SatisfiedStatus", "NormalizedMeasure"):
            readers = [each for each in maps if xml.flag(each, f"read{kind}", default=True)]
            if len(readers) > 1:
                yield at(objective, "an objective reads from more than one global objective", "keep one")
            for each in maps:
                if xml.flag(each, f"write{kind}", default=False):
                    writers[f"{kind} {xml.get(each, 'targetObjectiveID')}"] += 1
    if any(count > 1 for count in writers.values()):
        yield at(holder, "two objectives of one item write to the same global objective", "keep one")


@package_rule(
    "PKG-037", "hidden-buttons", editions="3 4", breaks=("strict importers; learners without a way out",)
)
def hidden_buttons(view: PackageView) -> Iterator[Found]:
    """`hideLMSUI` has an unknown word, or hides every way out.

    How to fix: use the known words, and leave `exit` or `suspendAll`.
    """
    for interface in root(view).iter(f"{{{xml.ADLNAV}}}navigationInterface"):
        hidden = list(xml.children(interface, "hideLMSUI"))
        for each in hidden:
            if xml.text(each) not in TOKENS:
                yield at(each, f"hideLMSUI is {xml.text(each)[:40]!r}", f"write one of: {', '.join(TOKENS)}")
        if {xml.text(each) for each in hidden} >= WAYS_OUT:
            yield at(interface, "every way out is hidden", "leave exit or suspendAll", "warning")


@package_rule("PKG-038", "fourth-edition-only", editions="3", breaks=("strict 3rd Edition importers",))
def fourth_edition_only(view: PackageView) -> Iterator[Found]:
    """The manifest says 3rd Edition and uses what only the 4th has.

    How to fix: say `2004 4th Edition`, or drop what is new in it.
    """
    for name in (f"{{{xml.ADLCP}}}data", f"{{{xml.ADLSEQ}}}objectives"):
        for element in root(view).iter(name):
            prefix = "adlcp" if xml.namespace(element) == xml.ADLCP else "adlseq"
            yield at(
                element, f"`{prefix}:{xml.local(element)}` is new in the 4th Edition", "say 4th, or drop it"
            )
    for element in found_in(view, "completionThreshold"):
        if element.attrib:
            yield at(element, "threshold attributes are new in the 4th Edition", "write the number as text")
    for element in organizations(view):
        if xml.get(element, "sharedDataGlobalToSystem", xml.ADLCP) is not None:
            yield at(element, "`sharedDataGlobalToSystem` is new in the 4th Edition", "say 4th, or drop it")

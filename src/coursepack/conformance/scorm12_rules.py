"""What an item tells the LMS: mastery, time limits, launch data, prerequisites (P29, P32 to P34)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.manifest_rules import at
from coursepack.conformance.packaging import adlcp, all_items, is_sco, root
from coursepack.conformance.rules import Found, package_rule
from coursepack.conformance.view import PackageView

ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")
_TIMESPAN = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d(?:\.\d{1,2})?\Z")
_STATUS = re.compile(
    r"(?:=|<>)\s*(?:passed|completed|browsed|failed|not attempted|incomplete|[pcbfni])"
    r"(?=\s*(?:[&|~(){},*]|\Z))",
    re.I,
)
"""What a prerequisite compares an item with: a status, in words or as a letter."""
_DURATION = re.compile(
    r"P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?\Z"
)


def number(text: str) -> Decimal | None:
    """The decimal number that the text is, or None. Exponents and infinities are none."""
    if not re.fullmatch(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*", text[:100]):
        return None
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


def found_in(view: PackageView, name: str) -> Iterator[etree._Element]:
    """The elements of that name in the edition's adlcp namespace."""
    yield from root(view).iter(f"{{{adlcp(view)}}}{name}")


def not_on_sco(view: PackageView, element: etree._Element) -> bool:
    """Whether the element is anywhere but directly in an item that launches a SCO."""
    parent = element.getparent()
    return parent is None or xml.local(parent) != "item" or not is_sco(view, parent)


@package_rule(
    "PKG-029", "mastery-score", editions="12", breaks=("Saba: a wrong status when no score is set",)
)
def mastery_score(view: PackageView) -> Iterator[Found]:
    """`adlcp:masteryscore` is not a number from 0 to 100, is there twice, or is not on an item with a SCO.

    It is a command: the LMS replaces the status that the course reports by passed or failed.

    How to fix: write a number from 0 to 100 on the item of the SCO, or leave it out.
    """
    for item in all_items(view):
        if len(list(xml.children(item, "masteryscore", xml.ADLCP12))) > 1:
            yield at(item, "an item has more than one masteryscore", "keep one")
    for element in found_in(view, "masteryscore"):
        value = number(xml.text(element))
        if value is None or not 0 <= value <= 100:
            yield at(element, f"masteryscore is {xml.text(element)[:40]!r}", "write a number from 0 to 100")
        elif not_on_sco(view, element):
            yield at(element, "masteryscore is not on an item with a SCO", "move it there")


@package_rule("PKG-032", "time-limit", breaks=("ADL's validator; the LMS ignores the limit",))
def time_limit(view: PackageView) -> Iterator[Found]:
    """A time limit or what happens at its end is not written in the standard's words, or not on a SCO's item.

    Actions: `exit,message`, `exit,no message`, `continue,message`, `continue,no message`. SCORM 1.2 writes
    the limit as `HHHH:MM:SS.SS`, 2004 as an ISO 8601 duration.

    How to fix: write the value in the words of the standard, on the item of a SCO.
    """
    old = view.edition == "12"
    for element in found_in(view, "timelimitaction" if old else "timeLimitAction"):
        if xml.text(element) not in ACTIONS:
            yield at(
                element, f"the action is {xml.text(element)[:40]!r}", f"write one of: {'; '.join(ACTIONS)}"
            )
        elif not_on_sco(view, element):
            yield at(element, "a time limit action is not on an item with a SCO", "move it there")
    for element in found_in(view, "maxtimeallowed") if old else ():
        if not _TIMESPAN.match(xml.text(element)):
            yield at(element, f"maxtimeallowed is {xml.text(element)[:40]!r}", "write it as 0000:30:00")
        elif not_on_sco(view, element):
            yield at(element, "maxtimeallowed is not on an item with a SCO", "move it there")
    for element in root(view).iter(f"{{{xml.IMSSS}}}limitConditions"):
        value = xml.get(element, "attemptAbsoluteDurationLimit")
        if value is not None and not _DURATION.match(value):
            yield at(element, f"the duration limit is {value[:40]!r}", "write it as PT30M")


@package_rule("PKG-033", "launch-data", breaks=("LMSs cut it",))
def launch_data(view: PackageView) -> Iterator[Found]:
    """Launch data is longer than the standard allows: 255 characters in 1.2, 4000 in 2004.

    How to fix: shorten it, or keep the data in a file of the package.
    """
    name, most = ("datafromlms", 255) if view.edition == "12" else ("dataFromLMS", 4000)
    for element in found_in(view, name):
        length = len(xml.text(element))
        if length > most:
            yield at(element, f"{name} has {length} characters", f"use at most {most}")
        elif not_on_sco(view, element):
            yield at(element, f"{name} is not on an item with a SCO", "move it there")


@package_rule("PKG-034", "prerequisites", editions="12", breaks=("Moodle: ignores other types",))
def prerequisites(view: PackageView) -> Iterator[Found]:
    """`adlcp:prerequisites` is not of type `aicc_script`, is too long, or names items that are not there.

    How to fix: write `type="aicc_script"` and name items that are there, or drop prerequisites.
    """
    known = {xml.get(item, "identifier") for item in all_items(view)}
    for element in found_in(view, "prerequisites"):
        script = xml.text(element)
        if xml.get(element, "type") != "aicc_script":
            yield at(element, "the prerequisites have no type `aicc_script`", "add it")
        if len(script) > 200:
            yield at(element, f"the prerequisites have {len(script)} characters", "use at most 200")
            continue
        script = _STATUS.sub("", re.sub(r'"[^"]*"', "", script))
        words = re.findall(r"[^\s&|~(){},*=<>]+", script)
        for word in words:
            if word not in known and not word.isdigit():
                yield at(element, f"`{word[:60]}` is no item", "name items that are there")

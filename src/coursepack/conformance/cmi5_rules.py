"""cmi5 packages: the course structure and what it points to (cmi5 §13 and §14, checks P1 to P16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.order import Slot, check_children, slots
from coursepack.conformance.rules import Found, Level, package_rule
from coursepack.conformance.scorm12_rules import number
from coursepack.conformance.view import CMI5, MANIFEST, TINCAN, PackageView
from coursepack.conformance.zip_rules import unreadable

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
RESERVED = {"endpoint", "fetch", "actor", "activityId", "registration"}
MOVE_ON = ("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed")
CATAPULT = "ADL CATAPULT and LMSs built on it: refuse the package"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")

STRUCTURE: Mapping[str, tuple[Slot, ...]] = {
    "course": slots("title description"),
    "objective": slots("title description"),
    "au": slots("title description objectives? url launchParameters? entitlementKey?"),
    "title": slots("langstring+"),
    "description": slots("langstring+"),
}


def _root(view: PackageView) -> etree._Element:
    assert view.cmi5 is not None
    return view.cmi5.root


def _at(element: etree._Element, message: str, help: str = "", level: Level | None = None) -> Found:  # noqa: A002
    return Found(message, help, CMI5, xml.line(element), level)


def _all(view: PackageView, *names: str) -> Iterator[etree._Element]:
    yield from _root(view).iter(*(f"{{{xml.namespace(_root(view))}}}{name}" for name in names))


def _urls(view: PackageView) -> Iterator[tuple[etree._Element, str]]:
    for element in _all(view, "url"):
        yield element, xml.text(element).strip()


def _is_absolute(url: str) -> bool:
    return bool(re.match(r"[A-Za-z]+:.+", url))


@package_rule("CM5-001", "broken-zip-of-cmi5", needs="cmi5", breaks=(CATAPULT,))
def broken_zip_of_cmi5(view: PackageView) -> Iterator[Found]:
    """The zip cannot be unpacked everywhere: encrypted, split or damaged. ZIP64 is fine in cmi5 (§14).

    How to fix: zip the folder again with an ordinary program, without a password.
    """
    if view.manifest is None and not view.is_bare:
        yield from unreadable(view)


@package_rule("CM5-002", "course-structure-not-at-root", needs="zip", breaks=(CATAPULT,))
def course_structure_not_at_root(view: PackageView) -> Iterator[Found]:
    """`cmi5.xml` is not at the root of the zip, exactly so spelt (§14.1).

    How to fix: zip what is in the folder, not the folder itself, and keep the name `cmi5.xml`.
    """
    if {CMI5, MANIFEST, TINCAN} & view.files.keys():
        return
    for name in view.files:
        if name.rpartition("/")[2].lower() == CMI5:
            yield Found(
                f"the course structure is `{name}`", "zip what is in the folder, not the folder", name
            )


@package_rule("CM5-003", "course-structure-not-plain-xml", needs="any", breaks=(CATAPULT,))
def course_structure_not_plain_xml(view: PackageView) -> Iterator[Found]:
    """`cmi5.xml` is not well-formed XML in UTF-8, or has a DOCTYPE.

    How to fix: mend the XML at the line, save it as UTF-8, drop the DOCTYPE.
    """
    error = view.errors.get(CMI5)
    if error:
        yield Found(f"the course structure {error}", "mend the XML", CMI5, error.line)
    elif view.cmi5 is not None and view.cmi5.encoding not in ("utf-8", "utf8", "us-ascii", "ascii"):
        yield Found(f"the course structure is written in {view.cmi5.encoding}", "save it as UTF-8", CMI5, 1)


@package_rule("CM5-004", "course-structure-shape", needs="cmi5", breaks=("strict LMSs: refuse the package",))
def course_structure_shape(view: PackageView) -> Iterator[Found]:
    """The course structure is not valid: elements in a wrong order or number, unknown values (§13).

    How to fix: put the elements into the order of the schema, and use its words.
    """
    if xml.local(_root(view)) != "courseStructure":
        yield _at(_root(view), f"the root is `{xml.local(_root(view))}`", "write `courseStructure`")
        return
    courses = list(_all(view, "course"))
    if len(courses) != 1 or courses[0].getparent() is not _root(view):
        yield _at(_root(view), f"there are {len(courses)} courses", "describe exactly one")
    if not list(_all(view, "au")):
        yield _at(_root(view), "there is no assignable unit", "add an `au`")
    for name, children in STRUCTURE.items():
        for element in _all(view, name):
            parent = element.getparent()
            if name == "objective" and parent is not None and xml.get(element, "idref") is not None:
                continue
            for place, message in check_children(element, children, others_last=True):
                yield _at(place, message, "put the elements into the order of the schema")
    for unit in _all(view, "au"):
        if xml.get(unit, "launchMethod") not in (None, "AnyWindow", "OwnWindow"):
            yield _at(unit, "launchMethod is unknown", "write AnyWindow or OwnWindow")
        if xml.get(unit, "moveOn") not in (None, *MOVE_ON):
            yield _at(
                unit, f"moveOn is {xml.get(unit, 'moveOn')!r:.40}", f"write one of: {', '.join(MOVE_ON)}"
            )


@package_rule("CM5-005", "course-structure-namespace", needs="cmi5", breaks=("LMSs that validate",))
def course_structure_namespace(view: PackageView) -> Iterator[Found]:
    """The namespace is not exactly the one of cmi5; its `.xsd` belongs to it.

    How to fix: write the namespace exactly.
    """
    if xml.namespace(_root(view)) != NAMESPACE:
        yield _at(
            _root(view), f"the namespace is `{xml.namespace(_root(view))[:100]}`", f"write `{NAMESPACE}`"
        )


def _identified(view: PackageView) -> Iterator[etree._Element]:
    for element in _all(view, "course", "block", "au", "objective"):
        if xml.local(element) != "objective" or xml.get(element, "idref") is None:
            yield element


@package_rule("CM5-006", "id-not-absolute", needs="cmi5", breaks=(CATAPULT,))
def id_not_absolute(view: PackageView) -> Iterator[Found]:
    """An id of a course, block, unit or objective is missing or not an absolute IRI (§13.1).

    How to fix: give it an address of your own, such as `https://example.org/course`.
    """
    for element in _identified(view):
        if not _IRI.match((xml.get(element, "id") or "").strip()):
            found = f"its id is {xml.get(element, 'id')!r:.80}"
            yield _at(element, f"{xml.local(element)}: {found}", "write a whole address, as https://…")


@package_rule("CM5-007", "id-used-twice", needs="cmi5", breaks=(CATAPULT,))
def id_used_twice(view: PackageView) -> Iterator[Found]:
    """Two things of one course structure have the same id.

    How to fix: give each its own id.
    """
    seen: set[str] = set()
    for element in _identified(view):
        identifier = (xml.get(element, "id") or "").strip()
        if identifier and identifier in seen:
            yield _at(element, f"the id `{identifier[:80]}` is used twice", "give each its own")
        seen.add(identifier)


@package_rule("CM5-008", "objective-not-there", needs="cmi5", breaks=("ADL CATAPULT: a server error",))
def objective_not_there(view: PackageView) -> Iterator[Found]:
    """A reference names an objective that the course does not define.

    How to fix: define the objective, or drop the reference.
    """
    known = {xml.get(element, "id") for element in _all(view, "objective")} - {None}
    for element in _all(view, "objective"):
        reference = xml.get(element, "idref")
        if reference is not None and reference not in known:
            yield _at(element, f"`{reference[:80]}` is no objective", "define it, or drop the reference")


@package_rule("CM5-009", "bad-url", needs="cmi5", breaks=(CATAPULT,))
def bad_url(view: PackageView) -> Iterator[Found]:
    """A unit's url is no URL, or its query uses a name that the launch needs itself (§8.1).

    How to fix: mend the url; rename query names that the launch uses.
    """
    for element, url in _urls(view):
        try:
            query = urlsplit(url).query
        except ValueError:
            yield _at(element, f"`{url[:80]}` is no URL", "mend it")
            continue
        taken = RESERVED & {name for name, _ in parse_qsl(query, keep_blank_values=True)}
        if not url or re.search(r"\s", url):
            yield _at(element, f"`{url[:80]}` is no URL", "mend it")
        elif taken:
            yield _at(element, f"the query uses `{sorted(taken)[0]}`, which the launch needs", "rename it")


@package_rule("CM5-010", "url-not-in-zip", needs="cmi5", breaks=(CATAPULT,))
def url_not_in_zip(view: PackageView) -> Iterator[Found]:
    """A unit's relative url is not exactly the name of an entry.

    Importers compare the text before `?`: `./`, `#` and `%20` do not match.

    How to fix: write the name of the entry exactly.
    """
    for element, url in _urls(view):
        path = url.split("?")[0]
        if view.is_bare or not path or _is_absolute(url) or path.startswith("/") or re.search(r"\s", url):
            continue
        if path not in view.files:
            near = view.near(path.removeprefix("./").split("#")[0])
            yield _at(
                element, f"`{path[:80]}` is not in the zip", f"write `{near}`" if near else "add the file"
            )


@package_rule("CM5-011", "relative-url-without-zip", needs="cmi5", breaks=(CATAPULT,))
def relative_url_without_zip(view: PackageView) -> Iterator[Found]:
    """The course structure came without a zip and has a relative url (§14.2).

    How to fix: write whole addresses, or put the files and the XML into a zip.
    """
    for element, url in _urls(view):
        if view.is_bare and url and not _is_absolute(url):
            yield _at(element, f"`{url[:80]}` is relative", "write the whole address, or make a zip")


@package_rule(
    "CM5-012", "move-on-not-set", "warning", needs="cmi5", breaks=("every LMS: satisfied before it began",)
)
def move_on_not_set(view: PackageView) -> Iterator[Found]:
    """A unit has no `moveOn`: it then counts as satisfied at once (§13.1.4, default NotApplicable).

    How to fix: say what the learner must reach: `Completed`, `Passed` or both.
    """
    for unit in _all(view, "au"):
        if xml.get(unit, "moveOn") is None:
            yield _at(unit, "this unit has no moveOn", "say Completed, Passed or another")


@package_rule("CM5-013", "bad-mastery-score", needs="cmi5", breaks=("LMSs that validate",))
def bad_mastery_score(view: PackageView) -> Iterator[Found]:
    """`masteryScore` is not a number from 0 to 1 with at most four decimals (§13.1.4).

    How to fix: write a number such as `0.8`.
    """
    for unit in _all(view, "au"):
        text = xml.get(unit, "masteryScore")
        value = None if text is None else number(text)
        if text is not None and (value is None or not 0 <= value <= 1 or len(text.partition(".")[2]) > 4):
            yield _at(
                unit, f"masteryScore is {text!r:.40}", "write a number from 0 to 1, at most four decimals"
            )


@package_rule("CM5-014", "empty-title", needs="cmi5", breaks=("LMSs: a course without a name",))
def empty_title(view: PackageView) -> Iterator[Found]:
    """A title or description is empty, or says a language that is none.

    How to fix: write the words, and a language such as `en-GB`.
    """
    for element in _all(view, "langstring"):
        language = xml.get(element, "lang")
        if not xml.text(element).strip():
            yield _at(element, "a title or description is empty", "write it")
        elif language is not None and not _LANGUAGE.match(language):
            yield _at(element, f"{language!r:.40} is no language", "write one such as `en-GB`")


@package_rule("CM5-015", "absolute-path", needs="cmi5", breaks=("every LMS but the one it was made on",))
def absolute_path(view: PackageView) -> Iterator[Found]:
    """A unit's url begins with a slash: it means a place on one LMS, not in the package.

    How to fix: write the name of an entry in the zip.
    """
    for element, url in _urls(view):
        if url.startswith("/") and not view.is_bare:
            yield _at(element, f"`{url[:80]}` is a path on one server", "write the name of an entry")


@package_rule("CM5-016", "vendor-element", "warning", needs="cmi5", breaks=("LMSs that validate",))
def vendor_element(view: PackageView) -> Iterator[Found]:
    """Elements of another namespace are used and no XML Schema for them is in the zip (§13.2).

    How to fix: add the schema of the vendor to the zip, or drop the elements.
    """
    supplied = any(name.lower().endswith(".xsd") for name in view.files)
    strange = {xml.namespace(each) for each in _root(view).iter(etree.Element)} - {xml.namespace(_root(view))}
    if strange and not supplied:
        names = ", ".join(sorted(strange))[:100]
        yield _at(_root(view), f"there are elements of `{names}` without a schema", "add its .xsd to the zip")

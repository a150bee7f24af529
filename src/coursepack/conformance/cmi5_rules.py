"""cmi5 packages: the course structure and what it points to (cmi5 §13 and §14, checks P1 to P16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from coursepack.conformance import manifest as xml
from coursepack.conformance.course_structure import at, every, identified, root
from coursepack.conformance.rules import Found, Level, package_rule
from coursepack.conformance.scorm12_rules import number
from coursepack.conformance.view import CMI5, MANIFEST, TINCAN, PackageView
from coursepack.conformance.zip_rules import unreadable

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
RESERVED = {"endpoint", "fetch", "actor", "activityId", "registration"}
CATAPULT = "ADL CATAPULT and LMSs built on it: refuse the package"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")


def _urls(view: PackageView) -> Iterator[tuple[etree._Element, str]]:
    for element in every(view, "url"):
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
    elif b"<!ENTITY" in view.texts.get(CMI5, b""):
        words = "the text `<!ENTITY` is in the course structure, and importers refuse it wherever it is"
        yield Found(words, "drop it, even from comments", CMI5, 1)
    elif view.cmi5 is not None and view.cmi5.encoding not in ("utf-8", "utf8", "us-ascii", "ascii"):
        yield Found(f"the course structure is written in {view.cmi5.encoding}", "save it as UTF-8", CMI5, 1)


@package_rule("CM5-005", "course-structure-namespace", needs="cmi5", breaks=("LMSs that validate",))
def course_structure_namespace(view: PackageView) -> Iterator[Found]:
    """The namespace is not exactly the one of cmi5; its `.xsd` belongs to it.

    How to fix: write the namespace exactly.
    """
    if xml.namespace(root(view)) != NAMESPACE:
        yield at(root(view), f"the namespace is `{xml.namespace(root(view))[:100]}`", f"write `{NAMESPACE}`")


@package_rule("CM5-006", "id-not-absolute", needs="cmi5", breaks=(CATAPULT,))
def id_not_absolute(view: PackageView) -> Iterator[Found]:
    """An id of a course, block, unit or objective is missing or not an absolute IRI (§13.1).

    How to fix: give it an address of your own, such as `https://example.org/course`.
    """
    for element in identified(view):
        if not _IRI.match((xml.get(element, "id") or "").strip()):
            found = f"its id is {xml.get(element, 'id')!r:.80}"
            yield at(element, f"{xml.local(element)}: {found}", "write a whole address, as https://…")


@package_rule("CM5-007", "id-used-twice", needs="cmi5", breaks=(CATAPULT,))
def id_used_twice(view: PackageView) -> Iterator[Found]:
    """Two things of one course structure have the same id.

    Two of one kind, as two units, are refused. A course and a unit with one id are told apart by importers;
    in reports they are one activity.

    How to fix: give each its own id.
    """
    seen: dict[str, set[str]] = {}
    for element in identified(view):
        identifier, kind = (xml.get(element, "id") or "").strip(), xml.local(element)
        kinds = seen.setdefault(identifier, set())
        if identifier and kinds:
            level: Level | None = None if kind in kinds or view.ours else "warning"
            yield at(element, f"the id `{identifier[:80]}` is used twice", "give each its own", level)
        kinds.add(kind)


@package_rule("CM5-008", "objective-not-there", needs="cmi5", breaks=("ADL CATAPULT: a server error",))
def objective_not_there(view: PackageView) -> Iterator[Found]:
    """A reference names an objective that the course does not define.

    How to fix: define the objective, or drop the reference.
    """
    known = {(xml.get(element, "id") or "").strip() for element in every(view, "objective")}
    for element in every(view, "objective"):
        reference = xml.get(element, "idref")
        if reference is not None and reference.strip() not in known - {""}:
            yield at(element, f"`{reference[:80]}` is no objective", "define it, or drop the reference")


@package_rule("CM5-009", "bad-url", needs="cmi5", breaks=(CATAPULT,))
def bad_url(view: PackageView) -> Iterator[Found]:
    """A unit's url is no URL, or its query uses a name that the launch needs itself (§8.1).

    How to fix: mend the url; rename query names that the launch uses.
    """
    for element, url in _urls(view):
        if not _is_url(url):
            yield at(element, f"`{url[:80]}` is no URL", "mend it")
            continue
        taken = RESERVED & {name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
        if taken:
            yield at(element, f"the query uses `{sorted(taken)[0]}`, which the launch needs", "rename it")


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port_is_number = parts.port is None or parts.port >= 0
    except ValueError:
        return False
    whole = bool(parts.hostname) or parts.scheme not in ("http", "https")
    return bool(url) and port_is_number and whole and not re.search(r"\s", url)


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
            yield at(
                element, f"`{path[:80]}` is not in the zip", f"write `{near}`" if near else "add the file"
            )


@package_rule("CM5-011", "relative-url-without-zip", needs="cmi5", breaks=(CATAPULT,))
def relative_url_without_zip(view: PackageView) -> Iterator[Found]:
    """The course structure came without a zip and has a relative url (§14.2).

    How to fix: write whole addresses, or put the files and the XML into a zip.
    """
    for element, url in _urls(view):
        if view.is_bare and url and not _is_absolute(url):
            yield at(element, f"`{url[:80]}` is relative", "write the whole address, or make a zip")


@package_rule(
    "CM5-012", "move-on-not-set", "warning", needs="cmi5", breaks=("every LMS: satisfied before it began",)
)
def move_on_not_set(view: PackageView) -> Iterator[Found]:
    """A unit has no `moveOn`: it then counts as satisfied at once (§13.1.4, default NotApplicable).

    How to fix: say what the learner must reach: `Completed`, `Passed` or both.
    """
    for unit in every(view, "au"):
        if xml.get(unit, "moveOn") is None:
            yield at(unit, "this unit has no moveOn", "say Completed, Passed or another")


@package_rule("CM5-013", "bad-mastery-score", needs="cmi5", breaks=("LMSs that validate",))
def bad_mastery_score(view: PackageView) -> Iterator[Found]:
    """`masteryScore` is not a number from 0 to 1 with at most four decimals (§13.1.4).

    How to fix: write a number such as `0.8`.
    """
    for unit in every(view, "au"):
        text = xml.get(unit, "masteryScore")
        value = None if text is None else number(text)
        if text is not None and (value is None or not 0 <= value <= 1 or len(text.partition(".")[2]) > 4):
            yield at(
                unit, f"masteryScore is {text!r:.40}", "write a number from 0 to 1, at most four decimals"
            )


@package_rule("CM5-014", "empty-title", needs="cmi5", breaks=("LMSs: a course without a name",))
def empty_title(view: PackageView) -> Iterator[Found]:
    """A title or description is empty, or says a language that is none.

    How to fix: write the words, and a language such as `en-GB`.
    """
    for element in every(view, "langstring"):
        language = xml.get(element, "lang")
        if not xml.text(element).strip():
            yield at(element, "a title or description is empty", "write it", "warning")
        elif language is not None and not _LANGUAGE.match(language.strip()):
            yield at(element, f"{language!r:.40} is no language", "write one such as `en-GB`")


@package_rule("CM5-015", "absolute-path", needs="cmi5", breaks=("every LMS but the one it was made on",))
def absolute_path(view: PackageView) -> Iterator[Found]:
    """A unit's url begins with a slash: it means a place on one LMS, not in the package.

    How to fix: write the name of an entry in the zip.
    """
    for element, url in _urls(view):
        if url.startswith("/") and not view.is_bare:
            yield at(element, f"`{url[:80]}` is a path on one server", "write the name of an entry")


@package_rule("CM5-016", "vendor-element", "warning", needs="cmi5", breaks=("LMSs that validate",))
def vendor_element(view: PackageView) -> Iterator[Found]:
    """Elements or attributes of another namespace are used without an XML Schema in the zip (§13.2).

    How to fix: add the schema of the vendor to the zip, or drop the elements.
    """
    supplied = any(name.lower().endswith(".xsd") for name in view.files)
    strange: set[str] = set()
    for element in root(view).iter(etree.Element):
        strange |= {xml.namespace(element)}
        strange |= {str(etree.QName(name).namespace or "") for name in element.attrib}
    strange -= {xml.namespace(root(view)), "", xml.XSI, xml.XML}
    if strange and not supplied:
        names = ", ".join(sorted(strange))[:100]
        what = f"there are elements or attributes of `{names}` without a schema"
        yield at(root(view), what, "add its .xsd to the zip")

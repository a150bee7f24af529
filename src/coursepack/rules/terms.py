"""XAP on terms and rendered statements: IRIs, words, sizes, what record stores refuse; secrets in prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from coursepack.diagnostics import Finding, Severity, rule
from coursepack.latest import keep_latest
from coursepack.rules import hook_places as hooks
from coursepack.rules.places import clip, places
from coursepack.source import Route
from coursepack.spec.credentials import said
from coursepack.spec.model import Code, CodeBlock, Course, Text
from coursepack.xapi import judging
from coursepack.xapi.samples import samples
from coursepack.xapi.table import read_hooks
from coursepack.xapi.vocabulary import VERBS, is_iri, lookalike

WARNING = Severity.WARNING
XAPI: Route = ("settings", "xapi")


@rule("XAP-003", "credential-in-prose", WARNING)
def credential_in_prose(course: Course) -> Iterator[Finding]:
    """The text of a step looks as if it held a password or a key.

    Every learner reads it, and so does everyone who gets the package. An example that is meant to be read is
    fine: accept it with `allow`.

    How to fix: take it out, and change it where it is used.
    """
    for at, text in _prose(course):
        name, secret = said(text)
        if secret:
            message = f"this looks like a credential: {name}"
            yield Finding(at, message, "take it out", secrets=((None, secret),))


def _prose(course: Course) -> Iterator[tuple[Route, str]]:
    yield from ((at, node.text) for at, node in places(course, Text))
    yield from ((at, node.text) for at, node in places(course, Code))
    yield from ((at, node.text) for at, node in places(course, CodeBlock))


def _terms(course: Course) -> Iterator[tuple[Route, str, str]]:
    """The IRIs that the author gave: route, IRI, and what they are for."""
    xapi = course.settings.xapi
    if xapi is None:
        return
    for name, verb in xapi.verbs.items():
        yield (*XAPI, "verbs", name, "id"), verb.id, "verb"
    for name, iri in xapi.activity_types.items():
        yield (*XAPI, "activity-types", name), iri, "activity type"
    for name, extension in xapi.extensions.items():
        yield (*XAPI, "extensions", name, "iri"), extension.iri, "extension"
    for at, hook in hooks.own(course):
        if hook.statement is None:
            continue
        around = (*at, "statement")
        kind = hook.statement.object.type or ""
        if is_iri(kind):
            yield (*around, "object", "type"), kind, "activity type"
        for part in ("result", "context", "object"):
            inner = getattr(hook.statement, part)
            for key in inner.extensions if inner else ():
                if is_iri(key):
                    yield (*around, part, "extensions", key), key, "extension"


@rule("XAP-016", "iri-not-absolute")
def iri_not_absolute(course: Course) -> Iterator[Finding]:
    """A term's IRI is not an absolute one.

    It needs a scheme, as in `https://courses.example.org/xapi/verbs/mentored`, and no blanks.

    How to fix: write the whole IRI.
    """
    xapi = course.settings.xapi
    for at, iri, what in _terms(course):
        if not is_iri(iri):
            article = "an" if what.startswith(("a", "e")) else "a"
            yield Finding(at, f"`{clip(iri)}` is not the IRI of {article} {what}", "write the whole IRI")
    for name in ("vocabulary", "home_page"):
        address = getattr(xapi, name, None)
        if address and not (is_iri(address) and address.startswith(("http://", "https://"))):
            yield Finding((*XAPI, name), f"`{clip(address)}` is not an address", "write it with https://")


@rule("XAP-017", "lookalike-term")
def lookalike_term(course: Course) -> Iterator[Finding]:
    """An IRI looks like a known term and is another: `www.`, `https` for `http`, a slash at the end.

    Reports compare IRIs letter by letter, so such statements are never found.

    How to fix: correct it, or use the term by its name, such as `answered`.
    """
    for at, iri, _ in _terms(course):
        why = lookalike(iri)
        if why:
            yield Finding(at, f"`{clip(iri)}` is not the known term", why)


@rule("XAP-018", "foreign-term", WARNING)
def foreign_term(course: Course) -> Iterator[Finding]:
    """An IRI is neither a known term nor under a domain of your own.

    Terms on somebody else's domain may change or mean something else.

    How to fix: use a known term, mint one under your own domain, or name the domain in `owned-domains` if it
    is yours. A term of a profile that you follow can be accepted with `allow`.
    """
    if course.settings.xapi is None:
        return
    terms = read_hooks(course.settings).terms
    for at, iri, _ in _terms(course):
        if is_iri(iri) and not lookalike(iri) and terms.foreign(iri):
            host = urlsplit(iri).hostname or clip(iri)
            yield Finding(at, f"`{clip(host)}` is not yours", "name it in `owned-domains` if it is")


@rule("XAP-019", "words-missing")
def words_missing(course: Course) -> Iterator[Finding]:
    """A verb or an activity has no word in the course's language, or a word's language is not a language tag.

    People read the word in reports; programs read the IRI.

    How to fix: add it, as in `display: {en: mentored}`.
    """
    xapi = course.settings.xapi
    language = course.settings.language
    for name, verb in xapi.verbs.items() if xapi else ():
        at = (*XAPI, "verbs", name)
        for tag in verb.display:
            if not judging.TAG.fullmatch(tag):
                yield Finding((*at, "display", tag), f"`{clip(tag)}` is not a language tag", "write `en`")
        primary = language.split("-")[0]
        known = {tag.split("-")[0] for tag in verb.display}
        if not (VERBS.get(name) == verb.id and not verb.display) and primary not in known:
            message = f"the verb `{name}` has no word in `{primary}`"
            yield Finding(at, message, f"add `display: {{{primary}: …}}`")
    for at, words in _words_of_activities(course):
        primary = language.split("-")[0]
        if primary not in {tag.split("-")[0] for tag in words}:
            yield Finding(at, f"this says nothing in `{primary}`", f"add `{primary}: …`")


def _words_of_activities(course: Course) -> Iterator[tuple[Route, Mapping[str, str]]]:
    """Names and descriptions that an author wrote by language, in the hooks' statements."""
    for at, hook in hooks.own(course):
        if hook.statement is None:
            continue
        around = (*at, "statement")
        found = [((*around, "object"), hook.statement.object)]
        for part in ("parent", "grouping", "category", "other"):
            listed = getattr(hook.statement.context, part) or ()
            found += [((*around, "context", part, index), one) for index, one in enumerate(listed)]
        for place, activity in found:
            for name in ("name", "description"):
                words = getattr(activity, name)
                if isinstance(words, dict):
                    yield (*place, name), words


@rule("XAP-022", "statement-refused", late=True)
def statement_refused(course: Course) -> Iterator[Finding]:
    """A statement that a hook can send is one that record stores refuse, or larger than 32 KB.

    Every hook is tried with every event and object, with the smallest and the largest values.

    How to fix: see what the finding says; `coursepack xapi` shows the statement.
    """
    for at, name, event, said_, _ in _judged(course):
        for words in said_:
            yield Finding(at, f"`{name}` at `{event}`: {words}", "see `coursepack xapi`")


@rule("XAP-023", "statement-large", WARNING, late=True)
def statement_large(course: Course) -> Iterator[Finding]:
    """A statement can grow beyond 8 KB.

    Statements that are sent as the page goes away share 64 KB, and some stores refuse large ones.

    How to fix: send less: `| truncate(200)`, or fewer extensions.
    """
    for at, name, event, _, size in _judged(course):
        if judging.LARGE < size <= judging.HUGE:
            yield Finding(at, f"`{name}` at `{event}` can have {size / 1000:.1f} KB", "send less")


Judged = tuple[Route, str, str, tuple[str, ...], int]


@keep_latest
def _judged(course: Course) -> list[Judged]:
    """What `_judge` finds: two rules cost one rendering."""
    return list(_judge(course))


def _judge(course: Course) -> Iterator[Judged]:
    """For each hook and event: what is wrong with its samples, and the largest size. Sound hooks only."""
    from coursepack import state

    unsound = any(not is_iri(iri) for _, iri, _ in _terms(course))
    if course.settings.xapi is None or unsound or read_hooks(course.settings).troubles:
        return
    register, _ = state.number(course, None)
    places_ = {read.hook["id"]: read.at or XAPI for read in hooks.reading(course)}
    found: dict[tuple[str, str], tuple[set[str], int]] = {}
    for one in samples(course, register, "web") if register else ():
        words, size = found.setdefault((one.hook, one.event), (set(), 0))
        now = judging.size(one.statement)
        words.update(judging.problems(one.statement))
        if now > judging.HUGE:
            words.add(f"it can have {now / 1000:.1f} KB, and 32 KB is the limit")
        found[(one.hook, one.event)] = (words, max(size, now))
    for (name, event), (words, size) in found.items():
        yield places_[name], name, event, tuple(sorted(words)), size

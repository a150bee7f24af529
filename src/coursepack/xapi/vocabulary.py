"""Verbs, activity types and extensions by alias with their full IRIs, and the look-alikes to refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from coursepack.spec.hook_settings import Extension, Verb, Xapi
from coursepack.spec.settings import Settings

_ADL = "http://adlnet.gov/expapi/verbs/"
VERBS: Mapping[str, str] = {
    **{
        name: _ADL + name
        for name in (
            "initialized", "resumed", "suspended", "terminated", "experienced", "answered", "attempted",
            "passed", "failed", "completed", "scored", "interacted", "progressed", "preferred", "commented",
        )
    },
    "submitted": "http://activitystrea.ms/submit",
    "viewed": "http://id.tincanapi.com/verb/viewed",
    "downloaded": "http://id.tincanapi.com/verb/downloaded",
    "accessed": "https://w3id.org/xapi/netc/verbs/accessed",
    "played": "https://w3id.org/xapi/video/verbs/played",
    "paused": "https://w3id.org/xapi/video/verbs/paused",
    "seeked": "https://w3id.org/xapi/video/verbs/seeked",
}  # fmt: skip
"""Verbs that need no entry in `verbs`; their display is the alias, in English."""
_TYPES = "http://adlnet.gov/expapi/activities/"
TYPES: Mapping[str, str] = {
    **{
        name: _TYPES + name
        for name in (
            "course", "module", "lesson", "assessment", "interaction", "cmi.interaction", "attempt",
            "objective", "file", "link", "media", "profile",
        )
    },
    "page": "https://w3id.org/xapi/acrossx/activities/page",
    "video": "https://w3id.org/xapi/video/activity-type/video",
    "viewed-page": "http://activitystrea.ms/schema/1.0/page",
}  # fmt: skip
CMI5 = "https://w3id.org/xapi/cmi5/"
_VIDEO = "https://w3id.org/xapi/video/extensions/"
EXTENSIONS: Mapping[str, str] = {
    "progress": f"{CMI5}result/extensions/progress",
    "total-items": "https://w3id.org/xapi/acrossx/extensions/total-items",
    "pass-score": "https://w3id.org/xapi/acrossx/extensions/pass-score",
    **{
        f"video-{name}": _VIDEO + name
        for name in ("session-id", "time", "time-from", "time-to", "progress", "length")
    },
}
OWN = ("session-id", "attempt-number", "word-count", "character-count", "dwell", "try")
"""Extensions that coursepack mints under the course's own vocabulary, `<vocabulary>ext/<name>`."""
BRINGS = {"attempt-number": "integer", "word-count": "integer", "character-count": "integer",
          "dwell": "number", "try": "integer", "session-id": "string", "progress": "integer"}  # fmt: skip
DISPLAYS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "initialized": "begann", "resumed": "nahm wieder auf", "suspended": "unterbrach",
        "terminated": "beendete", "experienced": "sah", "answered": "beantwortete", "attempted": "begann",
        "passed": "bestand", "failed": "bestand nicht", "completed": "schloss ab", "scored": "erreichte",
        "interacted": "benutzte", "progressed": "kam voran", "preferred": "stellte ein",
        "commented": "kommentierte", "submitted": "reichte ein", "viewed": "sah",
        "downloaded": "lud herunter", "accessed": "öffnete",
    }
}  # fmt: skip
"""Words for verbs in other languages, where we have them; English is the alias."""

LOOKALIKES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"/expap/"), "it says /expap/; the vocabulary is at /expapi/"),
    (re.compile(r"^https?://www\.adlnet\.gov/"), "the vocabulary is at http://adlnet.gov, without www"),
    (re.compile(r"^https://adlnet\.gov/expapi"), "the vocabulary is at http://, not https://"),
    (re.compile(r"^http://w3id\.org/xapi"), "these terms begin with https://w3id.org"),
    (re.compile(r"^https://id\.tincanapi\.com"), "these terms begin with http://id.tincanapi.com"),
    (re.compile(r"^https?://(?:www\.)?tincanapi\.com/"), "these terms begin with http://id.tincanapi.com"),
    (re.compile(r"^https://activitystrea\.ms/"), "these terms begin with http://activitystrea.ms"),
)
"""IRIs that look like a known term and are not: reports compare letter by letter (XH-VOC-02)."""
CMI5_VERBS = frozenset(
    _ADL + name for name in ("initialized", "completed", "passed", "failed", "terminated")
) | frozenset(
    f"https://w3id.org/xapi/adl/verbs/{name}" for name in ("abandoned", "satisfied", "waived")
) | {_ADL + "launched"}  # fmt: skip
NOT_FOR_COURSES = {
    _ADL + name: why
    for name, why in (
        ("voided", "it takes statements back, which a course never does"),
        ("launched", "it belongs to the LMS that launches"),
        ("attended", "it speaks of events with people, not of a course"),
        ("mastered", "use `passed`"),
        ("imported", "it belongs to systems that copy records"),
        ("registered", "it belongs to the LMS that enrols"),
    )
} | {
    f"https://w3id.org/xapi/adl/verbs/{name}": "in cmi5 it belongs to the LMS"
    for name in ("abandoned", "satisfied", "waived")
}
RESERVED = frozenset(
    {
        f"{CMI5}context/categories/cmi5",
        f"{CMI5}context/categories/moveon",
        f"{CMI5}context/extensions/masteryscore",
        f"{CMI5}context/extensions/sessionid",
    }
)
"""Categories and extensions that only the cmi5 session itself may use (cmi5 9.6)."""


class Vocabulary(Struct, frozen=True):
    """A course's own and the known terms. `language` is the course's."""

    settings: Xapi
    language: str
    base: str
    """Where own terms live: `<vocabulary>ext/<name>`."""
    owned: frozenset[str]
    """Hosts whose IRIs the course may mint."""

    def verb(self, alias: str) -> Verb | None:
        """The verb of an alias, the author's own first, with its words."""
        own = self.settings.verbs.get(alias)
        if own is None and alias not in VERBS:
            return None
        iri = own.id if own else VERBS[alias]
        display = dict(own.display) if own and own.display else self.words(alias, iri)
        return Verb.model_construct(id=iri, display=display)

    def words(self, alias: str, iri: str) -> dict[str, str]:
        """Our words for a known verb: English, and the course's language where we have it."""
        if VERBS.get(alias) != iri:
            return {}
        own = DISPLAYS.get(self.language.split("-")[0], {}).get(alias)
        return {"en": alias, **({self.language: own} if own else {})}

    def type(self, alias: str) -> str | None:
        """The IRI of an activity type by alias, or itself when it is one."""
        found = self.settings.activity_types.get(alias) or TYPES.get(alias)
        return found or (alias if is_iri(alias) else None)

    def extension(self, alias: str) -> Extension | None:
        """The extension of an alias; an IRI stands for itself."""
        own = self.settings.extensions.get(alias)
        if own:
            return own
        iri = f"{self.base}ext/{alias}" if alias in OWN else EXTENSIONS.get(alias)
        iri = iri or (alias if is_iri(alias) else None)
        return Extension.model_construct(iri=iri, type=BRINGS.get(alias)) if iri else None

    def foreign(self, iri: str) -> bool:
        """Neither a term of the known vocabularies nor under a domain of the course's own."""
        known = {*VERBS.values(), *TYPES.values(), *EXTENSIONS.values(), *NOT_FOR_COURSES, *RESERVED}
        if iri in known or iri.startswith(self.base):
            return False
        host = (urlsplit(iri).hostname or "").lower()
        return not any(host == one or host.endswith("." + one) for one in self.owned)


def vocabulary(settings: Settings) -> Vocabulary:
    """The vocabulary of a course; without `vocabulary:` its terms live under `<origin of its id>/xapi/`."""
    xapi = settings.xapi or Xapi()
    parts = urlsplit(settings.id)
    web = parts.scheme in ("http", "https") and parts.hostname
    base = xapi.vocabulary or (f"{parts.scheme}://{parts.netloc}/xapi/" if web else f"{settings.id}#xapi/")
    owned = frozenset(one.lower() for one in xapi.owned_domains) | ({parts.hostname or ""} if web else set())
    base = base if base.endswith(("/", "#", ":")) else base + "/"
    return Vocabulary(xapi, settings.language, base, frozenset(owned))


def is_iri(text: str) -> bool:
    """Absolute, with a scheme, without blanks or signs that no IRI has (RFC 3987)."""
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+", text))


def lookalike(iri: str) -> str:
    """What is wrong with an IRI that looks like a known term; empty when nothing is."""
    for pattern, why in LOOKALIKES:
        if pattern.search(iri):
            return why
    if iri.endswith("/") and iri.rstrip("/") in {*VERBS.values(), *TYPES.values(), *EXTENSIONS.values()}:
        return "it ends in a slash that the known term has not"
    return ""

"""The player's own words: one catalogue per language in `templates/words/`.

`page` holds what the HTML says, `player` what the script says later.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from msgspec import Struct

from coursepack.resources import templates

DEFAULT = "en"
Sentence = str | Mapping[str, str]
"""A sentence with `{name}` places, or one per plural category (CLDR), chosen by its place `count`."""

_PLACE = re.compile(r"\{([a-z]+)\}")
_RTL_LANGUAGES = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_RTL_SCRIPTS = frozenset(
    ["adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"]
)


class Words(Struct, frozen=True):
    """The words of one language; `page` and `player` map a key to a sentence."""

    language: str
    page: Mapping[str, Sentence]
    player: Mapping[str, Sentence]

    def say(self, key: str, **places: object) -> str:
        """The page's sentence `key` with its places filled; a place that is not given is a KeyError."""
        sentence = self.page[key]
        if not isinstance(sentence, str):
            sentence = sentence.get(_category(places["count"]), sentence["other"])
        return _PLACE.sub(lambda match: str(places[match[1]]), sentence) if places else sentence

    def speaks(self, language: str) -> bool:
        """Whether these words are in that language, whatever its region."""
        return _primary(self.language) == _primary(language)


def _category(count: object) -> str:
    return "one" if count == 1 else "other"


@cache
def words(language: str) -> Words:
    """The catalogue that fits best: `zh-Hant-TW`, then `zh-Hant`, then `zh`, then English."""
    wanted = re.split("[-_]", language)
    shorter = ("-".join(wanted[:length]).lower() for length in range(len(wanted), 0, -1))
    known = {name.lower(): name for name in languages()}
    return _read(next((known[tag] for tag in shorter if tag in known), DEFAULT))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, by name of their file."""
    return tuple(sorted(path.stem for path in (templates() / "words").glob("*.json")))


@cache
def _read(language: str) -> Words:
    read = json.loads((templates() / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return Words(read["language"], read["page"], read["player"])


def incomplete(language: str) -> tuple[str, ...]:
    """What keeps a catalogue from standing in for the English one: keys and places, in words."""
    ours, theirs = _read(DEFAULT), _read(language)
    return (*_gaps(ours.page, theirs.page, "page"), *_gaps(ours.player, theirs.player, "player"))


def _gaps(ours: Mapping[str, Sentence], theirs: Mapping[str, Sentence], part: str) -> Iterator[str]:
    for key in ours.keys() - theirs.keys():
        yield f"{part}: {key} is missing"
    for key in theirs.keys() - ours.keys():
        yield f"{part}: {key} is not used"
    for key in ours.keys() & theirs.keys():
        if _places(ours[key]) != _places(theirs[key]):
            yield f"{part}: {key} has other places"
        if not isinstance(theirs[key], str) and "other" not in theirs[key]:
            yield f"{part}: {key} has no form for other"


def _places(sentence: Sentence) -> frozenset[str]:
    """The places of the sentence; for plurals, those of the most general form."""
    return frozenset(_PLACE.findall(sentence if isinstance(sentence, str) else sentence.get("other", "")))


def direction(language: str) -> Literal["ltr", "rtl"]:
    """`rtl` or `ltr`, by the tag's script if it names one, else by its language."""
    tags = language.lower().replace("_", "-").split("-")
    scripts = [tag for tag in tags[1:3] if len(tag) == 4 and tag.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if tags[0] in _RTL_LANGUAGES else "ltr"


def _primary(language: str) -> str:
    return re.split("[-_]", language.lower())[0]

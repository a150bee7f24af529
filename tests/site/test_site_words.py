"""The catalogue of the player's words: complete, in use, and said in the right form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coursepack.resources import PACKAGE, templates
from coursepack.spec.containers import CALLOUTS
from coursepack.spec.model import Callout
from coursepack.words import direction, incomplete, languages, words

RUNTIME = sorted((PACKAGE / "runtime").rglob("*.js"))
ENGLISH = words("en")


@pytest.mark.parametrize("language", languages())
def test_every_catalogue_can_stand_in_for_the_english_one(language: str) -> None:
    assert incomplete(language) == ()
    assert words(language).language == language


def test_every_callout_has_its_word_and_its_place_in_the_model() -> None:
    assert set(CALLOUTS) <= set(ENGLISH.page)
    assert Callout.__annotations__["kind"] == f"Literal{list(CALLOUTS)}"


def test_what_keeps_a_catalogue_from_standing_in_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import coursepack.words as catalogue

    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "en.json").write_text(
        '{"language": "en", "player": {},'
        ' "page": {"a": "{n} of {total}", "b": {"one": "1", "other": "{count}"}}}'
    )
    (folder / "de.json").write_text(
        '{"language": "de", "page": {"a": "{n}", "b": {"one": "1"}, "c": "x"}, "player": {}}'
    )
    monkeypatch.setattr(catalogue, "templates", lambda: tmp_path)
    for cached in (catalogue._read, catalogue.languages, catalogue.words):
        cached.cache_clear()
    try:
        assert set(incomplete("de")) == {
            "page: a has other places",
            "page: b has other places",
            "page: b has no form for other",
            "page: c is not used",
        }
    finally:
        for cached in (catalogue._read, catalogue.languages, catalogue.words):
            cached.cache_clear()


@pytest.mark.parametrize(
    ("wanted", "found"), [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("qaa-CH", "en"), ("", "en")]
)
def test_the_nearest_catalogue_is_taken(wanted: str, found: str) -> None:
    assert words(wanted).language == found


def test_a_sentence_takes_its_plural_form_and_its_places() -> None:
    assert ENGLISH.say("quiz-attempts", count=1) == "You have one attempt."
    assert ENGLISH.say("quiz-attempts", count=3) == "You have 3 attempts."
    assert ENGLISH.say("gap", n=1, total="{n}") == "Gap 1 of {n}"
    with pytest.raises(KeyError):
        ENGLISH.say("gap", n=1)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("uz-UZ", "ltr"),
        ("pa-Arab-PK", "rtl"),
    ],
)
def test_the_direction_follows_the_script(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_the_templates_say_every_word_of_the_page_and_no_other() -> None:
    said: set[str] = set()
    code = [*templates().glob("*.j2"), *(PACKAGE / "site").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in code)
    said.update(re.findall(r"""say\(\s*["']([a-z-]+)["'](?! ~)""", text))
    said.update(re.findall(r"""else say\(["']([a-z-]+)["']""", text))
    said.update({"quiz-questions", "note", "tip", "warning", "key-point", "true", "false"})
    said.update(f"quiz-{when}" for when in ("now", "end", "never"))
    said.update(f"who-{who}" for who in ("lms", "private", "browser"))
    assert said == set(ENGLISH.page)


def test_the_runtime_finds_every_word_it_says() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in RUNTIME if "bundles" not in path.parts)
    said = set(re.findall(r"""say\(\s*'([a-z.-]+[a-z])'""", text))
    said |= set(re.findall(r"""'([a-z]+\.[a-z-]+)'""", text)) & set(ENGLISH.player)
    assert said - set(ENGLISH.player) == set()
    assert said


JARGON = re.compile(r"\b(SCORM|LMS|API|commit|session|server|JavaScript|xAPI|cmi5|LRS)\b", re.IGNORECASE)


def test_no_word_is_jargon() -> None:
    for key, sentence in {**ENGLISH.page, **ENGLISH.player}.items():
        forms = [sentence] if isinstance(sentence, str) else sentence.values()
        assert not [form for form in forms if JARGON.search(form)], key

"""One table of cases for both languages: `tests/runtime/statements.test.js` reads the same file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.xapi.judging import DURATION
from coursepack.xapi.responses import plain
from coursepack.xapi.statements import Envelope, masked, statements
from coursepack.xapi.templates import TemplateError, compile_text, duration, rounded

VECTORS = Path(__file__).parents[1] / "vectors"
TABLE: dict[str, Any] = json.loads((VECTORS / "statements.json").read_text("utf-8"))
QUESTIONS = {int(n): data for n, data in TABLE["questions"].items()}


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["why"])
def test_what_is_sent(case: dict[str, Any]) -> None:
    sent = frozenset(case["given"].get("sent", ()))
    envelope = Envelope(**{**TABLE["envelope"], **case["given"], "sent": sent})
    made = statements(TABLE["table"], case["event"], case["payload"], envelope, QUESTIONS)
    assert made == case["statements"]


def test_the_cases_use_every_filter() -> None:
    text = json.dumps(TABLE["table"])
    for word in ("duration", "int", "round", "percent", "langmap", "truncate", "plain", "segment", "default"):
        assert f'["{word}"' in text


@given(st.floats(-10, 1e7))
def test_any_time_is_a_duration(seconds: float) -> None:
    text = duration(seconds)
    assert DURATION.fullmatch(text)
    assert abs(float(text[2:-1]) - max(seconds, 0)) < 0.011


@given(st.floats(0, 1), st.integers(0, 10))
def test_a_share_stays_a_share(share: float, digits: int) -> None:
    assert 0 <= rounded(share, digits) <= 1


@given(st.text(max_size=60), st.integers(1, 40))
def test_free_text_never_reads_as_a_delimiter(text: str, limit: int) -> None:
    made = plain(text, limit)
    assert not any(sign in made for sign in ("[,]", "[.]", "[:]"))
    assert not made.startswith("{")
    assert len(made.encode("utf-16-le")) <= 2 * limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to ada.l@example.co.uk now", "Write to [e-mail] now"),
        ("Call 020 7946 0018.", "Call [phone]."),
        ("It took 12 of 345678 steps", "It took 12 of 345678 steps"),
        ("a@b is no address", "a@b is no address"),
    ],
)
def test_masking(text: str, expected: str) -> None:
    assert masked(text) == expected


@given(st.text(st.sampled_from("{}|a.b ('\"1)"), max_size=30))
def test_any_text_is_a_template_or_a_finding(text: str) -> None:
    try:
        compile_text(text)
    except TemplateError as error:
        assert str(error)

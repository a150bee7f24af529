"""One table of cases for both languages: `tests/runtime/score.test.js` reads the same file.

`judge`: why, question, response, result, right, of, earned. `blank`: question, response, empty, malformed.
`same`: two texts, equal or not, case counts. `numbers`: text, decimal sign, decimal text or null.
`totals`: why, [points, right, of] of each question, millionths, ten-thousandths.
"""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.scoring import is_empty, is_malformed, judge, normalise, rounded, to_decimal, total

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "scoring.json").read_text("utf-8"))
QUESTIONS = TABLE["questions"]


@pytest.mark.parametrize("case", TABLE["judge"], ids=lambda case: f"{case[1]}: {case[0]}")
def test_verdicts(case: list[Any]) -> None:
    _, name, response, result, right, of, earned = case
    verdict = judge(QUESTIONS[name], response)
    assert (verdict.result, verdict.right, verdict.of, verdict.earned) == (result, right, of, earned)
    assert verdict.share == (right / of if of else 0)


def test_every_type_has_cases_that_are_right_wrong_and_empty() -> None:
    results: dict[str, set[str]] = {}
    for _, name, _, result, *_ in TABLE["judge"]:
        results.setdefault(QUESTIONS[name]["type"], set()).add(result)
    assert all({"correct", "incorrect"} <= found for kind, found in results.items() if kind != "likert")
    assert results["likert"] == {"neutral"}
    assert len(results) == 9


@pytest.mark.parametrize("case", TABLE["blank"], ids=repr)
def test_empty_and_malformed(case: list[Any]) -> None:
    name, response, empty, malformed = case
    assert is_empty(QUESTIONS[name], response) is empty
    assert is_malformed(QUESTIONS[name], response) is malformed


@pytest.mark.parametrize("case", TABLE["same"], ids=ascii)
def test_same_words(case: list[Any]) -> None:
    one, other, equal, counts = case
    assert (normalise(one, case=counts) == normalise(other, case=counts)) is equal


@pytest.mark.parametrize("case", TABLE["numbers"], ids=ascii)
def test_numbers(case: list[Any]) -> None:
    typed, sign, expected = case
    assert to_decimal(typed, sign) == expected


@pytest.mark.parametrize("case", TABLE["totals"], ids=lambda case: case[0])
def test_totals(case: list[Any]) -> None:
    _, parts, millionths, ten_thousandths = case
    assert total(parts) == millionths
    assert rounded(total(parts)) == ten_thousandths


shares = st.tuples(st.decimals(0, 20, places=2).map(float), st.integers(0, 12), st.integers(1, 12)).map(
    lambda part: (part[0], min(part[1], part[2]), part[2])
)


@given(st.lists(shares, max_size=30))
def test_a_score_is_the_exact_fraction_rounded_once(parts: list[tuple[float, int, int]]) -> None:
    possible = sum((Fraction(str(points)) for points, _, _ in parts), Fraction(0))
    if possible == 0:
        assert total(parts) == 1_000_000
        return
    exact = sum((Fraction(str(points)) * Fraction(right, of) for points, right, of in parts), Fraction(0))
    scaled = exact / possible * 10000
    halves = Decimal(2 * scaled.numerator // scaled.denominator)
    assert rounded(total(parts)) == int((halves / 2).to_integral_value(ROUND_HALF_UP))


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-99999, max_value=99999))
def test_any_number_as_written_is_read_back(number: Decimal) -> None:
    text = f"{number:f}"
    assert Decimal(to_decimal(text, ".") or "none") == number
    assert Decimal(to_decimal(text.replace(".", ","), ".") or "none") == number


@given(st.text(st.sampled_from("0123456789,. '-+\u00a0\u2212x"), max_size=12), st.sampled_from(",."))
def test_whatever_is_typed_is_a_decimal_or_nothing(text: str, sign: Any) -> None:
    found = to_decimal(text, sign)
    assert found is None or to_decimal(found, ".") == found

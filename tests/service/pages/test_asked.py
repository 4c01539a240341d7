"""Numbers that are typed into a form."""

import pytest

from service.errors import NotValid
from service.pages.asked import MOST_DIGITS, whole


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (None, None),
        ("0", 0),
        ("007", 7),
        ("24", 24),
        ("9" * MOST_DIGITS, 10**MOST_DIGITS - 1),
    ],
)
def test_whole_numbers_are_read(said: str | None, number: int | None) -> None:
    assert whole(said, "is no whole number", "query", "top") == number


@pytest.mark.parametrize(
    "said",
    ["", " 1", "-1", "+1", "1.0", "1e3", "0x1", "1_000", "１２", "²", "9" * (MOST_DIGITS + 1), "x"],
)
def test_what_is_no_whole_number_is_told_of_its_field_and_not_repeated(said: str) -> None:
    with pytest.raises(NotValid) as refused:
        whole(said, "is no whole number", "query", "top")
    (error,) = refused.value.errors
    assert (error.loc, error.msg) == (["query", "top"], "is no whole number")

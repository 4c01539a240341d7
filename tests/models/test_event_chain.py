"""One hash for one content, whichever way a database writes it."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic_core import to_jsonable_python

from matching.vocabulary import GapStatus
from models.event_chain import BEGINNING, FIELDS, hash_after
from models.industry import IndustryCode

MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)
CONTENT: list[Any] = [
    *(7, "evt_1", MOMENT, "key_1", "investor.updated", "investor", "inv_1", 3),
    {"jobs": 1},
    {"jobs": None, "names": ["甲", 1.5]},
]


def test_the_form_is_fixed() -> None:
    """A log that was written by an earlier version must still be found whole."""
    assert hash_after(BEGINNING, CONTENT) == (
        "60bf6b97a427ccd5a67488bda09b842ac2cdcba76524cca3f2dade86b66e9d8b"
    )


@pytest.mark.parametrize("place", range(len(FIELDS)), ids=FIELDS)
def test_every_field_counts(place: int) -> None:
    other = list(CONTENT)
    other[place] = {
        int: 8,
        str: "evt_2",
        datetime: MOMENT + timedelta(microseconds=1),
        dict: None,
    }[type(CONTENT[place])]
    assert hash_after(BEGINNING, other) != hash_after(BEGINNING, CONTENT)


def test_the_hash_before_counts() -> None:
    assert hash_after("1" * 64, CONTENT) != hash_after(BEGINNING, CONTENT)


def with_after(after: Any, at: datetime = MOMENT) -> str:
    return hash_after(BEGINNING, [*CONTENT[:2], at, *CONTENT[3:-1], after])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": 1e16}, {"a": 10_000_000_000_000_000}),
        (
            {"a": [{"b": 1.5e22, "c": True}]},
            {"a": [{"b": 15_000_000_000_000_000_000_000, "c": True}]},
        ),
        ({"a": -0.0}, {"a": 0.0}),
        ({"a": 1e-7, "b": "-0.0"}, json.loads('{"a": 0.0000001, "b": "-0.0"}')),
    ],
)
def test_what_a_database_writes_otherwise_is_the_same(one: Any, other: Any) -> None:
    assert with_after(one) == with_after(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": "1"}),
        ({"a": 1}, {"a": True}),
        ({"a": None}, {}),
        ({"a": ["b", "c"]}, {"a": ["c", "b"]}),
        ({"a": "e+1"}, {"a": "e+2"}),
        ({"a": "é"}, {"a": "e\u0301"}),
    ],
)
def test_what_differs_differs(one: Any, other: Any) -> None:
    assert with_after(one) != with_after(other)


def test_a_moment_is_the_same_in_every_zone() -> None:
    there = MOMENT.astimezone(timezone(timedelta(hours=8)))
    assert with_after({}, there) == with_after({})


def test_values_have_the_hash_of_their_json() -> None:
    said = {
        "day": date(2030, 12, 31),
        "at": MOMENT,
        "status": GapStatus.OPEN,
        "codes": [IndustryCode.model_validate({"scheme": "gb4754", "code": "3985"})],
    }
    for more in ({}, {"big": 1e22, "zero": -0.0}):
        assert with_after(said | more) == with_after(to_jsonable_python(said | more))

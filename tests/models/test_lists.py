import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.vocabulary import Activity
from models.lists import MOST_ITEMS, Several, SeveralOrNull, empty_when_null, unique
from models.text import ShortText
from tests.models.bodies import accept, refuse


@given(st.lists(st.integers(0, 9)))
def test_each_item_once_in_the_order_given(items: list[int]) -> None:
    kept = unique(items)
    assert sorted(kept) == sorted(set(items))
    assert kept == sorted(kept, key=items.index)


def test_equal_after_cleaning_is_equal() -> None:
    assert accept(Several[ShortText], ["胶", " 胶 ", "Cafe\u0301", "Café"]) == ["胶", "Café"]


def test_enums_are_read_from_their_values() -> None:
    assert accept(Several[Activity], ["r_and_d", "manufacturing", "r_and_d"]) == [
        Activity.R_AND_D,
        Activity.MANUFACTURING,
    ]
    assert "Input should be 'manufacturing'" in refuse(Several[Activity], ["R_AND_D"])


@pytest.mark.parametrize("value", ["胶", {"a": 1}, 1, [None], [["胶"]], ["胶", ""]])
def test_what_is_no_list_of_the_items_is_refused(value: object) -> None:
    assert refuse(Several[ShortText], value)
    assert refuse(SeveralOrNull[ShortText], value)


def test_there_is_a_most() -> None:
    full = [f"胶{number}" for number in range(MOST_ITEMS)]
    assert accept(Several[ShortText], full) == full
    assert f"at most {MOST_ITEMS} items" in refuse(Several[ShortText], [*full, "胶"])
    assert f"at most {MOST_ITEMS} items" in refuse(SeveralOrNull[ShortText], [*full, "胶"])


def test_null_is_an_empty_list_only_where_it_is_sent() -> None:
    assert accept(SeveralOrNull[ShortText], None) == []
    assert "valid list" in refuse(Several[ShortText], None)
    assert empty_when_null(["a"]) == ["a"]

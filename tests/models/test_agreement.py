from types import SimpleNamespace

import pytest

from models.agreement import check_any, check_order
from models.base import FieldsDisagree


@pytest.mark.parametrize(("low", "high"), [(1, 2), (2, 2), (None, 1), (1, None), (None, None)])
def test_an_order_that_holds_says_nothing(low: int | None, high: int | None) -> None:
    record = SimpleNamespace(least=low, most=high)
    check_order(record, "least", "most")
    assert vars(record) == {"least": low, "most": high}


def test_an_order_upside_down_names_both_fields() -> None:
    with pytest.raises(FieldsDisagree, match="least must not be above most") as refusal:
        check_order(SimpleNamespace(least=2, most=1), "least", "most")
    assert refusal.value.fields == ("least", "most")


def test_zero_is_a_value_not_nothing() -> None:
    with pytest.raises(FieldsDisagree):
        check_order(SimpleNamespace(least=1, most=0), "least", "most")


@pytest.mark.parametrize(("texts", "items"), [("a", []), (None, ["b"]), ("a", ["b"])])
def test_one_of_them_is_enough(texts: str | None, items: list[str]) -> None:
    record = SimpleNamespace(text=texts, items=items)
    check_any(record, "text", "items")
    assert record.items == items


@pytest.mark.parametrize("text", [None, ""])
def test_none_of_them_names_them_all(text: str | None) -> None:
    with pytest.raises(FieldsDisagree, match="one of text, items is needed") as refusal:
        check_any(SimpleNamespace(text=text, items=[]), "text", "items")
    assert refusal.value.fields == ("text", "items")

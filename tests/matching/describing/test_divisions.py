import pytest

from matching.describing.divisions import find_divisions
from tests.matching.describing.lists import REFERENCE


@pytest.mark.parametrize(
    ("code", "name", "division"),
    [
        ("C29", "橡胶和塑料制品业", "29"),
        ("29", "橡胶、塑料制品", "29"),
        ("C29", "Rubber and plastic products", "29"),
        ("X", "橡胶和塑料制品业", "29"),
        ("C29", "教育", "83"),
        ("C29", "茶叶", None),
        ("290000", "茶叶", None),
        ("", "", None),
    ],
)
def test_a_class_is_a_division_by_name_or_code(code: str, name: str, division: str | None) -> None:
    assert find_divisions([(code, name)], REFERENCE).get(0) == division

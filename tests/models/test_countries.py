import pytest

from models.countries import COUNTRIES, HMT


def test_all_assigned_codes_are_there_and_nothing_else() -> None:
    assert len(COUNTRIES) == 249
    assert all(len(code) == 2 and code.isalpha() and code.isupper() for code in COUNTRIES)


@pytest.mark.parametrize("code", ["CN", "HK", "MO", "TW", "JP", "GB", "SS", "BQ", "XK", "EU", "UK"])
def test_codes_that_are_often_mistaken(code: str) -> None:
    assert (code in COUNTRIES) == (code not in {"XK", "EU", "UK"})


def test_hong_kong_macao_and_taiwan_are_countries_of_the_list() -> None:
    assert sorted(HMT) == ["HK", "MO", "TW"]
    assert HMT < COUNTRIES

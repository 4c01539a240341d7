"""What a firm weighs: its class by the statistics bureau's bounds, and its honours."""

import pytest

from matching.diagnosis.firms import (
    LEADERSHIP,
    PRESENCE,
    figures_known,
    leadership_of,
    level_of,
    measure,
    measured,
    size_of,
)
from matching.vocabulary import EnterpriseSize, Honour
from tests.matching.diagnosis.making import a_firm

Size = EnterpriseSize


@pytest.mark.parametrize(
    ("employees", "revenue", "size"),
    [
        (1000, 400_000_000, Size.LARGE),
        (999, 400_000_000, Size.MEDIUM),
        (5000, 399_999_999, Size.MEDIUM),
        (300, 20_000_000, Size.MEDIUM),
        (299, 20_000_000, Size.SMALL),
        (20, 3_000_000, Size.SMALL),
        (19, 9_000_000_000, Size.MICRO),
        (0, 0, Size.MICRO),
        (1000, None, Size.LARGE),
        (None, 20_000_000, Size.MEDIUM),
    ],
)
def test_classes_of_size(employees: int | None, revenue: int | None, size: Size) -> None:
    assert size_of(a_firm(employees=employees, revenue_cny=revenue)) == (size, True)


def test_a_share_of_a_firm_is_smaller() -> None:
    firm = a_firm(employees=1500, revenue_cny=800_000_000)
    assert [size_of(firm, share)[0] for share in (1, 0.5)] == [Size.LARGE, Size.MEDIUM]


@pytest.mark.parametrize(
    ("honours", "size"),
    [
        ((), Size.SMALL),
        ((Honour.HIGH_TECH,), Size.SMALL),
        ((Honour.LISTED,), Size.MEDIUM),
        ((Honour.LISTED, Honour.CHAIN_LEADER), Size.LARGE),
    ],
)
def test_a_size_not_stated_is_taken_from_honours(honours: tuple[Honour, ...], size: Size) -> None:
    assert size_of(a_firm(honours=honours)) == (size, False)


def test_sizes_and_honours_weigh_in_their_order() -> None:
    assert [PRESENCE[size] for size in Size] == sorted(PRESENCE.values(), reverse=True)
    assert max(LEADERSHIP, key=lambda honour: LEADERSHIP[honour]) is Honour.CHAIN_LEADER
    assert leadership_of(a_firm(honours=(Honour.HIGH_TECH, Honour.LITTLE_GIANT))) == 0.6
    assert leadership_of(a_firm()) == 0


def test_levels_come_from_honours_of_technology_only() -> None:
    assert level_of(a_firm(honours=(Honour.HIGH_TECH, Honour.LITTLE_GIANT))) == 4
    assert level_of(a_firm(honours=(Honour.SINGLE_CHAMPION,))) == 5
    assert level_of(a_firm(honours=(Honour.CHAIN_LEADER, Honour.LISTED))) is None


def test_firms_are_compared_by_what_all_state() -> None:
    full, half = a_firm(employees=10, revenue_cny=7), a_firm(revenue_cny=5)
    assert [measure(firms) for firms in ([full], [full, half], [half, a_firm()], [])] == [
        "employees", "revenue_cny", "firms", "firms",
    ]  # fmt: skip
    assert measure([a_firm(employees=0, revenue_cny=3)]) == "revenue_cny"
    assert [measured(full, by) for by in ("employees", "revenue_cny", "firms")] == [10, 7, 1]
    assert [figures_known(firm) for firm in (full, half, a_firm())] == [1, 0.5, 0]

from datetime import date

import pytest

from matching.vocabulary import GapStatus
from tests.matching.making import gap_facts, investor_facts

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("status", "valid_from", "valid_until", "is_open"),
    [
        (GapStatus.OPEN, None, None, True),
        (GapStatus.OPEN, DAY, DAY, True),
        (GapStatus.OPEN, date(2026, 11, 25), None, False),
        (GapStatus.OPEN, None, date(2026, 11, 23), False),
        (GapStatus.FILLED, None, None, False),
        (GapStatus.CLOSED, None, None, False),
    ],
)
def test_a_gap_is_open_by_status_and_period(
    status: GapStatus, valid_from: date | None, valid_until: date | None, *, is_open: bool
) -> None:
    gap = gap_facts(status=status, valid_from=valid_from, valid_until=valid_until)
    assert gap.is_open_on(DAY) is is_open


@pytest.mark.parametrize(
    ("low", "high", "plan"), [(1, 2, 2), (1, None, 1), (None, 2, 2), (None, None, None)]
)
def test_the_plan_is_the_upper_end(low: int | None, high: int | None, plan: int | None) -> None:
    investor = investor_facts(planned_investment_min_cny=low, planned_investment_max_cny=high)
    assert investor.plan_cny == plan

"""What filters let in, told by records and, of many at once, by their rows."""

import numpy as np
import pytest

from matching.columns import sheet_of
from matching.gates import standing
from matching.preparing import prepare_investor
from matching.rows import Investor
from matching.vocabulary import Origin
from models.ranking_query import PoolFilter
from service.indexed import IndexedInvestor
from service.usecases.filtering import (
    looks_for_match,
    narrows,
    wanted_investors,
    wants_investor,
)
from tests.matching.making import PLACER, REFERENCE, investor_facts

INVESTORS = [
    IndexedInvestor(
        prepare_investor(investor_facts(origin=origin, country=country), REFERENCE, PLACER), "示例"
    )
    for origin, country in (
        (Origin.FOREIGN, "DE"),
        (Origin.HMT, "TW"),
        (Origin.HMT, "HK"),
        (Origin.DOMESTIC, "CN"),
        (Origin.FOREIGN, "JP"),
    )
]


@pytest.mark.parametrize("origin", [None, *Origin])
def test_rows_tell_what_records_tell(origin: Origin | None) -> None:
    query = PoolFilter(origin=origin)
    sheet = sheet_of(Investor, [investor.profile.row for investor in INVESTORS])
    wanted = wanted_investors(sheet, np.arange(len(INVESTORS)), query).tolist()
    assert wanted == [wants_investor(investor, query) for investor in INVESTORS]
    assert any(wanted)
    assert narrows(query) is (origin is not None)


NO_YES = (False, True)


def test_who_looks_for_a_match_is_whom_no_standing_keeps_out() -> None:
    facts = [investor_facts(opt_out=out, is_closed=shut) for out in NO_YES for shut in NO_YES]
    rows = [prepare_investor(one, REFERENCE, PLACER).row for one in facts]
    looking = looks_for_match(sheet_of(Investor, rows), np.arange(4)).tolist()
    assert looking == [not standing.of_investor(row) for row in rows] == [True, False, False, False]

"""Status, type and priority of links: what an official would say of them."""

import pytest

from matching.diagnosis.thresholds import NAMES, USUAL, Thresholds, figures
from matching.vocabulary import GapType, Honour, LinkStatus
from service.scorer import Scorer
from tests.matching.diagnosis.making import (
    CELLS,
    ELECTROLYTE,
    PACK,
    RECYCLE,
    SALT,
    SEPARATOR,
    at,
    judged,
)

LEADER = at(CELLS, "L", employees=5000, revenue_cny=5_000_000_000, honours=(Honour.CHAIN_LEADER,))
SECOND = at(CELLS, "M", employees=4000, revenue_cny=4_000_000_000)
SMALL = [at(ELECTROLYTE, f"S{n}", employees=60, revenue_cny=30_000_000) for n in range(2)]
ZONE = (LEADER, SECOND, *SMALL, at(PACK, "P", employees=400, revenue_cny=90_000_000))


@pytest.mark.parametrize(
    ("link", "status", "kind", "is_to_register"),
    [
        (CELLS, LinkStatus.STRONG, GapType.SECURE, False),
        (ELECTROLYTE, LinkStatus.WEAK, GapType.STRENGTHEN, True),
        (SEPARATOR, LinkStatus.MISSING, GapType.FILL, True),
        ("battery.app_cons", LinkStatus.MISSING, GapType.EXTEND, True),
        ("battery.li", LinkStatus.MISSING, GapType.BUILD, False),
    ],
)
def test_links_of_a_zone(
    scorer: Scorer, link: str, status: LinkStatus, kind: GapType, is_to_register: bool
) -> None:
    found = judged(scorer, link, *ZONE)
    assert (found.status, found.computed) == (status, status)
    assert found.gap is not None
    assert (found.gap.type, found.is_to_register(USUAL)) == (kind, is_to_register)
    assert all(reason.zh and reason.en for reason in found.gap.reasons)


def test_what_strong_firms_need_comes_first(scorer: Scorer) -> None:
    def priority(link: str) -> int:
        gap = judged(scorer, link, *ZONE).gap
        assert gap is not None
        return gap.priority

    assert priority(SEPARATOR) > priority(SALT) > priority("battery.li")
    assert priority(SEPARATOR) > priority(ELECTROLYTE)
    assert judged(scorer, SEPARATOR, *ZONE).gap == judged(scorer, SEPARATOR, *ZONE[::-1]).gap


def test_a_priority_worked_by_hand(scorer: Scorer) -> None:
    cells = judged(scorer, CELLS, *ZONE).strength.value
    gap = judged(scorer, SEPARATOR, *ZONE).gap
    assert gap is not None
    assert gap.priority == int(100 * (0.5 * cells + 0.15 + 0.1 * 0.5 + 0.25) + 0.5)
    assert "动力电芯" in gap.reasons[0].zh


def test_two_equal_firms_and_a_steady_link_need_nothing(scorer: Scorer) -> None:
    firms = [
        at(PACK, f"P{n}", employees=400, revenue_cny=90_000_000, honours=(Honour.LITTLE_GIANT,))
        for n in range(3)
    ]
    found = judged(scorer, PACK, *firms)
    assert (found.status, found.gap) == (LinkStatus.STRONG, None)
    steady = judged(scorer, PACK, *firms, lines=Thresholds(strong_from=999))
    assert (steady.status, steady.gap) == (LinkStatus.STEADY, None)


def test_nothing_is_said_of_a_zone_without_a_list(scorer: Scorer) -> None:
    found = judged(scorer, CELLS)
    assert (found.status, found.gap, found.is_to_register(USUAL)) == (None, None, False)


def test_a_short_list_is_not_sure_enough(scorer: Scorer) -> None:
    found = judged(scorer, SEPARATOR, LEADER)
    assert (found.status, found.is_to_register(USUAL)) == (LinkStatus.MISSING, False)
    bold = Thresholds(gap_from_confidence=100)
    assert found.is_to_register(bold)


@pytest.mark.parametrize("said", LinkStatus)
def test_an_officer_has_the_last_word(scorer: Scorer, said: LinkStatus) -> None:
    found = judged(scorer, CELLS, LEADER, said=said)
    assert (found.status, found.computed) == (said, LinkStatus.STRONG)
    kinds = {
        LinkStatus.WEAK: GapType.STRENGTHEN,
        LinkStatus.MISSING: GapType.BUILD,
        LinkStatus.STRONG: GapType.SECURE,
        LinkStatus.STEADY: GapType.SECURE,
    }
    assert found.gap is not None
    assert found.gap.type is kinds[said]


def test_an_officer_may_call_a_link_of_an_unlisted_zone_weak(scorer: Scorer) -> None:
    found = judged(scorer, RECYCLE, said=LinkStatus.WEAK)
    assert found.gap is not None
    assert found.gap.type is GapType.STRENGTHEN
    assert found.is_to_register(Thresholds(gap_from_priority=300))
    assert not found.is_to_register(Thresholds(gap_from_priority=900))


def test_lines_lie_in_order() -> None:
    with pytest.raises(ValueError, match="steady_from"):
        Thresholds(steady_from=600)
    assert tuple(figures(USUAL)) == NAMES

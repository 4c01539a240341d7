"""Who is near, found by postings, against every pair asked one by one; and pools that change."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.codes import IndustryCode
from matching.columns import CHUNK
from matching.loop import Candidates
from matching.pools import GapPool, InvestorPool
from matching.preparing import prepare_gap, prepare_investor
from matching.profiles import GapProfile, InvestorProfile, fit_of
from matching.vocabulary import CodeScheme
from tests.matching.making import PLACER, REFERENCE, gap_facts, investor_facts
from tests.matching.pooled import HeldGap, HeldInvestor, gap_pool, investor_pool

LINKS = ("ic.photoresist", "ic.photomask", "ic.wafer_si", "battery.cathode", "agrifood.meat")
SAID = ("光刻胶", "KrF光刻胶", "photoresist", "12英寸硅片", "牛肉", "cathode materails", "房地产")
CODES = ((), (IndustryCode(CodeScheme.GB4754, "3985"),), (IndustryCode(CodeScheme.GB4754, "13"),))


def a_gap(number: int, link: str, *products: str) -> GapProfile:
    facts = gap_facts(id=f"gap_{number}", number=number, link_id=link, products=products)
    return prepare_gap(facts, REFERENCE, is_open=True)


def an_investor(
    number: int, *products: str, codes: tuple[IndustryCode, ...] = ()
) -> InvestorProfile:
    known: dict[str, Any] = {"products": products, "industry_codes": codes}
    facts = investor_facts(id=f"inv_{number}", number=number, **known)
    return prepare_investor(facts, REFERENCE, PLACER)


def nearness(near: Candidates) -> dict[int, float]:
    assert (np.diff(near.positions) > 0).all()
    return dict(zip(near.positions.tolist(), near.affinity.tolist(), strict=True))


WORDS = st.lists(st.sampled_from(SAID), max_size=3, unique=True)
GAPS = st.lists(st.tuples(st.sampled_from(LINKS), WORDS), max_size=8).map(
    lambda drawn: [a_gap(n, link, *words) for n, (link, words) in enumerate(drawn, 1)]
)
INVESTORS = st.lists(st.tuples(WORDS, st.sampled_from(CODES)), max_size=8).map(
    lambda drawn: [an_investor(n, *said, codes=codes) for n, (said, codes) in enumerate(drawn, 1)]
)


@given(GAPS, INVESTORS)
@settings(max_examples=80, deadline=None)
def test_near_is_everyone_with_an_affinity_and_exactly_that(
    gaps: list[GapProfile], investors: list[InvestorProfile]
) -> None:
    by_gap, by_investor = gap_pool(gaps), investor_pool(investors)
    for investor in investors:
        fits = {n: fit_of(investor, gap).value for n, gap in enumerate(gaps)}
        assert nearness(by_gap.near(investor)) == {n: v for n, v in fits.items() if v > 0}
    for gap in gaps:
        fits = {n: fit_of(who, gap).value for n, who in enumerate(investors)}
        assert nearness(by_investor.near(gap)) == {n: v for n, v in fits.items() if v > 0}


def test_words_of_their_own_bring_in_what_the_link_leaves_out() -> None:
    gaps = [a_gap(1, "agrifood.meat"), a_gap(2, "agrifood.meat", "KrF光刻胶")]
    assert nearness(gap_pool(gaps).near(an_investor(1, "KrF光刻胶"))).keys() == {1}
    who = [an_investor(1, "牛肉"), an_investor(2, "KrF光刻胶")]
    assert nearness(investor_pool(who).near(gaps[1])).keys() == {0, 1}
    assert nearness(investor_pool(who).near(gaps[0])).keys() == {0}


@given(GAPS, GAPS, INVESTORS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_pool_that_changed_is_the_pool_made_anew(
    gaps: list[GapProfile], others: list[GapProfile], investors: list[InvestorProfile], chance: Any
) -> None:
    pool = gap_pool(gaps)
    now = {gap.facts.id: gap for gap in gaps}
    for gap in others:  # in any portions, some again
        now[gap.facts.id] = gap
        pool = pool.changed([HeldGap(gap)])
        if chance.random() < 0.3:
            pool = pool.changed([HeldGap(gap)])
    anew = gap_pool(now.values())
    assert list(pool.records) == list(anew.records)
    for one, other in zip(pool.sheet.chunks, anew.sheet.chunks, strict=True):
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))
    for investor in investors:
        assert nearness(pool.near(investor)) == nearness(anew.near(investor))


@given(INVESTORS, INVESTORS, GAPS)
@settings(max_examples=60, deadline=None)
def test_so_is_a_pool_of_investors(
    investors: list[InvestorProfile], others: list[InvestorProfile], gaps: list[GapProfile]
) -> None:
    pool = investor_pool(investors).changed(map(HeldInvestor, others))
    now = {who.facts.id: who for who in (*investors, *others)}
    anew = investor_pool(now.values())
    assert list(pool.records.values()) == list(anew.records.values())
    for gap in gaps:
        assert nearness(pool.near(gap)) == nearness(anew.near(gap))


def test_a_reader_of_an_older_pool_sees_nothing_of_what_follows() -> None:
    gap = a_gap(1, "ic.photoresist", "KrF光刻胶")
    before = gap_pool([gap])
    facts = replace(gap.facts, link_id="agrifood.meat", products=("牛肉",))
    moved = prepare_gap(facts, REFERENCE, is_open=True)
    after = before.changed([HeldGap(moved), HeldGap(a_gap(2, "ic.photoresist", "KrF光刻胶"))])
    who = an_investor(1, "KrF光刻胶")
    assert nearness(before.near(who)).keys() == {0}
    assert nearness(after.near(who)).keys() == {1}
    assert before.records["gap_1"].profile is gap
    assert len(before.sheet) == 1


def test_a_write_shares_all_that_it_leaves_alone() -> None:
    gap = a_gap(1, "ic.photoresist", "KrF光刻胶")
    others = [HeldGap(replace(gap, facts=replace(gap.facts, id=f"o{n}"))) for n in range(CHUNK)]
    before = gap_pool([gap]).changed(others)
    after = before.changed([HeldGap(gap.opened(is_open=False))])
    assert after.by_link is before.by_link
    assert after.by_word is before.by_word
    assert [a is b for a, b in zip(before.sheet.chunks, after.sheet.chunks, strict=True)] == [
        False,
        True,
    ]
    assert (after.sheet.row(0).is_open, before.sheet.row(0).is_open) == (False, True)


@pytest.mark.parametrize("pool", [GapPool[HeldGap](), InvestorPool[HeldInvestor]()])
def test_an_empty_pool_has_nobody_near(pool: GapPool[HeldGap] | InvestorPool[HeldInvestor]) -> None:
    near = (
        pool.near(an_investor(1, "光刻胶"))
        if isinstance(pool, GapPool)
        else pool.near(a_gap(1, "ic.photoresist", "光刻胶"))
    )
    assert nearness(near) == {}

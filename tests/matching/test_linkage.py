from math import isnan

import pytest

from matching.facts import ZoneEvidence
from matching.linkage import (
    LEADING,
    LEADING_CORE,
    NOT_LEADING,
    WEAK_LINK,
    strengths,
    zone_level,
)
from matching.vocabulary import GapKind
from tests.matching.making import REFERENCE, gap_facts, zone_facts

LINK = REFERENCE.links["ic.photoresist"]


def test_a_zone_of_which_no_chain_is_known_says_nothing_of_its_neighbours() -> None:
    back, forward, own = strengths(gap_facts(), LINK, REFERENCE)
    assert isnan(back)
    assert isnan(forward)
    assert own == 0.0


@pytest.mark.parametrize(("kind", "own"), [(GapKind.WEAK, WEAK_LINK), (GapKind.MISSING, 0.0)])
def test_a_weak_link_exists_and_a_missing_one_does_not(kind: GapKind, own: float) -> None:
    assert strengths(gap_facts(kind=kind), LINK, REFERENCE)[2] == own


def test_strength_is_the_mean_over_the_links_on_that_side() -> None:
    zone = zone_facts(leading_chains=("ic",))
    _, forward, _ = strengths(gap_facts(zone), LINK, REFERENCE)
    customers = [REFERENCE.links[c] for c in REFERENCE.customers["ic.photoresist"]]
    expected = [LEADING_CORE if link.is_core else LEADING for link in customers]
    assert forward == pytest.approx(sum(expected) / len(expected))


def test_a_chain_that_is_not_named_is_thin() -> None:
    zone = zone_facts(leading_chains=("agrifood",))
    assert strengths(gap_facts(zone), LINK, REFERENCE)[1] == pytest.approx(NOT_LEADING)


def test_the_end_of_a_chain_has_unknown_customers() -> None:
    last = next(link for link in REFERENCE.links.values() if not REFERENCE.customers[link.link_id])
    zone = zone_facts(leading_chains=(last.chain_id,))
    assert isnan(strengths(gap_facts(zone, link_id=last.link_id), last, REFERENCE)[1])


FAB = "ic.fab"


def said(
    credibility: float = 0.0,
    strengths: dict[str, float] | None = None,
    settled: dict[str, float] | None = None,
    levels: dict[str, int] | None = None,
) -> ZoneEvidence:
    return ZoneEvidence(
        version="v",
        credibility=credibility,
        strengths=tuple((strengths or {}).items()),
        settled=tuple((settled or {}).items()),
        levels=tuple((levels or {}).items()),
    )


def forward(evidence: ZoneEvidence, *leading: str) -> float:
    """The strength of the one customer of a link."""
    zone = zone_facts(leading_chains=leading, evidence=evidence)
    return strengths(gap_facts(zone, link_id=ONE), REFERENCE.links[ONE], REFERENCE)[1]


ONE, CUSTOMER = next(
    (link, customers[0]) for link, customers in REFERENCE.customers.items()
    if len(customers) == 1 and REFERENCE.links[customers[0]].is_core
    and REFERENCE.links[customers[0]].chain_id == "ic"
)  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "leading", "strength"),
    [
        (said(0.8, {CUSTOMER: 0.75}), ["ic"], 0.75),
        (said(0.8), ["ic"], 0.2 * LEADING_CORE),  # a long list without a firm there
        (said(0.0), ["ic"], LEADING_CORE),  # no list: what was declared stands
        (said(0.0, {CUSTOMER: 0.35}), ["ic"], LEADING_CORE),  # one landed firm weakens nothing
        (said(0.8, {CUSTOMER: 0.75}, {CUSTOMER: 0.3}), ["ic"], 0.3),  # an officer's word
        (said(0.8), [], 0.0),
        (said(0.2, {CUSTOMER: 0.6}), [], 0.6),
    ],
)
def test_counted_strength_stands_before_the_derived_one(
    evidence: ZoneEvidence, leading: list[str], strength: float
) -> None:
    assert forward(evidence, *leading) == pytest.approx(strength, abs=1e-9)


def test_a_short_list_of_a_zone_that_names_no_chain_says_nothing_of_empty_links() -> None:
    assert isnan(forward(said(0.2)))
    some = REFERENCE.customers[LINK.link_id]
    known = strengths(gap_facts(zone_facts(evidence=said(0.2, {some[0]: 0.8}))), LINK, REFERENCE)[1]
    assert known == pytest.approx((0.8 + NOT_LEADING * (len(some) - 1)) / len(some))


def test_the_link_itself_is_what_stands_there() -> None:
    zone = zone_facts(evidence=said(0.5, {LINK.link_id: 0.55}))
    assert strengths(gap_facts(zone), LINK, REFERENCE)[2] == 0.55
    thin = zone_facts(evidence=said(0.5, {LINK.link_id: 0.1}))
    assert strengths(gap_facts(thin, kind=GapKind.WEAK), LINK, REFERENCE)[2] == WEAK_LINK


def test_levels_are_those_honours_vouch_for() -> None:
    zone = zone_facts(evidence=said(levels={LINK.link_id: 4}))
    assert zone_level(gap_facts(zone)) == 4.0
    assert isnan(zone_level(gap_facts(zone, link_id=FAB)))
    assert isnan(zone_level(gap_facts()))

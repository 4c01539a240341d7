"""A gap at a link that the reference in use has not: kept, told, open to nobody."""

from matching.engine import is_in_pool
from matching.explanation import findings
from matching.gates import standing
from matching.preparing import prepare_gap, prepare_investor
from matching.profiles import pair
from matching.reference.records import unlisted
from tests.matching.making import (
    PLACER,
    REFERENCE,
    TABLES,
    gap_facts,
    investor_facts,
    zone_facts,
)


def test_a_link_of_another_edition_has_a_stand_in() -> None:
    link = unlisted("ic.gone")
    assert (link.link_id, link.chain_id, link.name_zh) == ("ic.gone", "ic", "ic.gone")
    assert not link.is_listed
    assert all(known.is_listed for known in REFERENCE.links.values())


def test_a_gap_there_is_open_to_nobody_though_its_own_words_are_met() -> None:
    facts = gap_facts(zone_facts(leading_chains=("ic",)), link_id="ic.gone", products=("光刻胶",))
    gap = prepare_gap(facts, REFERENCE, is_open=True)
    held = pair(prepare_investor(investor_facts(), REFERENCE, PLACER), gap, TABLES, REFERENCE)
    assert held.fit.value > TABLES.floor
    assert not is_in_pool(held)
    assert not gap.opened(is_open=True).row.is_open
    (told,) = standing.of_gap(gap.row)
    assert told.zh.startswith("该需求所属环节不在所用版本的产业链目录中")
    assert told in findings(held)

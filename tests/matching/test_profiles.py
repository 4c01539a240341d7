from math import isnan

from matching.preparing import prepare_gap, prepare_investor
from matching.vocabulary import Region
from tests.matching.making import (
    PLACER,
    REFERENCE,
    TABLES,
    a_pair,
    gap_facts,
    investor_facts,
    zone_facts,
)


def test_unknown_is_never_zero() -> None:
    row = prepare_investor(investor_facts(), REFERENCE, PLACER).row
    unknown = [
        name
        for name, value in row._asdict().items()
        if isinstance(value, float) and not isnan(value)
    ]
    assert unknown == ["high_energy", "emerging"]  # what its best link says
    gap = prepare_gap(gap_facts(), REFERENCE, is_open=True).row
    assert isnan(gap.technology_level_wanted)
    assert isnan(gap.back_strength)
    assert gap.severity == -1


def test_zero_is_known() -> None:
    facts = investor_facts(rd_intensity_pct=0.0, rd_centre_committed=False, local_sourcing_pct=0.0)
    row = prepare_investor(facts, REFERENCE, PLACER).row
    assert (row.rd_intensity, row.rd_centre, row.local_sourcing) == (0.0, 0.0, 0.0)


def test_opening_changes_nothing_else() -> None:
    gap = prepare_gap(gap_facts(), REFERENCE, is_open=False)
    opened = gap.opened(is_open=True)
    assert (gap.row.is_open, opened.row.is_open) == (False, True)
    assert opened.row._replace(is_open=False) == gap.row
    assert opened.facts is gap.facts


def test_exceptions_are_those_of_the_zones_province() -> None:
    beijing = prepare_gap(
        gap_facts(zone_facts(Region.EAST, province_code="11")), REFERENCE, is_open=True
    )
    elsewhere = prepare_gap(gap_facts(zone_facts(Region.CENTRAL)), REFERENCE, is_open=True)
    gene_therapy = 1 << next(
        n for n, item in enumerate(REFERENCE.negative_list) if item.item_no == 17
    )
    assert beijing.row.excepted_foreign & gene_therapy
    assert not elsewhere.row.excepted_foreign & gene_therapy
    assert TABLES.prohibited & gene_therapy


def test_a_pair_carries_the_affinity_to_its_gap() -> None:
    held = a_pair()
    assert isnan(held.investor.row.affinity)
    assert held.row.affinity == held.fit.value > 0.9

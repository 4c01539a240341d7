"""The chains zones are known to lead in: many, valid, and marked for what they are."""

from collections import Counter

import pytest

from matching.reference.loader import load_reference
from matching.vocabulary import Provenance, Region

REFERENCE = load_reference()
RECORDS = REFERENCE.zone_chain_records


def test_most_zones_have_chains_and_unknown_ones_are_left_out() -> None:
    assert len(RECORDS) >= 100
    assert set(RECORDS) < set(REFERENCE.zones)
    assert all(record.chain_ids for record in RECORDS.values())


def test_every_chain_is_led_somewhere_and_at_most_four_a_zone() -> None:
    led = Counter(chain for record in RECORDS.values() for chain in record.chain_ids)

    assert set(led) == set(REFERENCE.chains)
    assert max(len(record.chain_ids) for record in RECORDS.values()) <= 4
    assert all(len(set(r.chain_ids)) == len(r.chain_ids) for r in RECORDS.values())


def test_nothing_claims_to_be_official() -> None:
    """The rows are general knowledge; only those read off listed industries are derived."""
    provenances = {record.provenance for record in RECORDS.values()}
    derived = {zone for zone, record in RECORDS.items() if record.provenance is Provenance.DERIVED}

    assert provenances == {Provenance.MEMORY_UNVERIFIED, Provenance.DERIVED}
    assert all(REFERENCE.zones[zone].leading_industries_zh for zone in derived)
    assert all(record.source_note for record in RECORDS.values())


@pytest.mark.parametrize("region", list(Region))
def test_no_region_is_left_blank(region: Region) -> None:
    zones = [zone for zone, entry in REFERENCE.zones.items() if entry.region is region]
    known = [zone for zone in zones if zone in RECORDS]

    assert len(known) >= len(zones) // 2


@pytest.mark.parametrize(
    ("zone_id", "first"),
    [
        ("CNHTZ-3101", "ic"),
        ("CNHTZ-4201", "optocomm"),
        ("CNHTZ-3205", "biopharma"),
        ("CNHTZ-6102", "newmat"),
        ("CNHTZ-3603", "aviation"),
        ("CNHTZ-6103", "agrifood"),
        ("CNHTZ-2204", "prodsvc"),
    ],
)
def test_the_first_chain_is_the_one_the_zone_is_known_for(zone_id: str, first: str) -> None:
    assert RECORDS[zone_id].chain_ids[0] == first

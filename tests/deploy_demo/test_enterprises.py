"""The invented firms and the readiness of the zones to show: marked, and worth a look."""

from collections import Counter, defaultdict

import pytest

from matching.vocabulary import Honour
from service.demonstration import NOTE, DemoEnterprise, DemoZone
from tests.deploy_demo.lines import FOLDER, read_lines, read_objects
from tests.deploy_demo.test_gaps import REFERENCE

FIRMS = [DemoEnterprise.model_validate_json(line) for line in read_lines("enterprises.jsonl")]
ZONES = [DemoZone.model_validate_json(line) for line in read_lines("zones.jsonl")]
BIG = 1_000_000_000


def test_every_firm_is_marked_and_named_once() -> None:
    names = [firm.name for firm in FIRMS]
    assert all(name.endswith("（演示）") for name in names)
    assert len(set(names)) == len(names)


def test_firms_stand_at_links_of_chains_their_zone_leads_in() -> None:
    for firm in FIRMS:
        for link_id in firm.link_ids or ():
            assert REFERENCE.links[link_id].chain_id in REFERENCE.zone_chains[firm.zone_id], firm


def test_ids_count_up_without_holes() -> None:
    found = [firm.external_id for firm in FIRMS]
    assert found == [f"demo-ent-{number:03d}" for number in range(1, len(found) + 1)]


def test_unknown_is_left_out_never_null_zero_or_empty() -> None:
    for written in read_objects("enterprises.jsonl"):
        assert not [name for name, value in written.items() if value in (None, "", 0, [], False)]
    assert any(firm.revenue_cny is None for firm in FIRMS)
    assert any(firm.employees is None for firm in FIRMS)


def test_each_zone_has_a_leader_and_small_firms() -> None:
    by_zone: defaultdict[str, list[DemoEnterprise]] = defaultdict(list)
    for firm in FIRMS:
        by_zone[firm.zone_id].append(firm)
    assert set(by_zone) == {zone.zone_id for zone in ZONES}
    for firms in by_zone.values():
        assert any(Honour.CHAIN_LEADER in (firm.honours or ()) for firm in firms)
        assert any((firm.revenue_cny or BIG) < 30_000_000 for firm in firms)


def test_zones_to_show_lie_in_all_groups_of_the_article() -> None:
    regions = Counter(REFERENCE.zones[zone.zone_id].region.value for zone in ZONES)
    assert set(regions) == {"east", "central", "west"}


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.zone_id)
def test_readiness_leaves_something_unknown_and_a_step_undone(zone: DemoZone) -> None:
    forces = [force.model_dump() for _, force in zone.readiness if force is not None]
    assert len(forces) == 3
    assert any(value is None for force in forces for value in force.values())
    assert zone.promotion_path.plan
    assert False in zone.promotion_path.model_dump().values()


def test_what_is_invented_is_told() -> None:
    lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    assert f"(`enterprises.jsonl`, {len(FIRMS)})" in lines[0]
    assert "source note" in lines[1]
    assert NOTE.startswith("【演示】")
    assert "[Demo]" in NOTE

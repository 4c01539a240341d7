"""全国总览: what is counted in columns is what looks for investors."""

from sqlmodel import Session
from starlette.testclient import TestClient

from matching.vocabulary import Region
from service.runtime import Work
from service.security import OPERATOR
from service.usecases import nation
from service.usecases.nation import Nation, Tally
from tests.factories import a_gap, register, runtime_of

GAPS = (
    {"severity": 40},
    {"severity": 90, "kind": "weak"},
    {"severity": None},
    {"zone_id": "CNHTZ-5101", "link_id": "battery.anode", "severity": 90},
    {"zone_id": "CNHTZ-5101", "link_id": "battery.separator", "kind": "weak", "severity": 0},
    {"zone_id": "CNHTZ-2101", "severity": 70, "valid_from": "2099-01-01"},
    {"zone_id": "CNHTZ-2101", "severity": 60, "valid_until": "2020-01-01"},
    {"zone_id": "CNHTZ-4201", "link_id": "battery.anode", "severity": 99},
)


def read(client: TestClient) -> Nation:
    runtime = runtime_of(client)
    with Session(runtime.engine) as session:
        return nation.read(Work(session, OPERATOR, runtime))


def test_what_looks_for_investors_is_counted_by_place_and_chain(embedded: TestClient) -> None:
    made = [register(embedded, "gaps", a_gap(**said)) for said in GAPS]
    assert embedded.delete(f"/v1/gaps/{made[-1]['id']}").status_code == 204
    found = read(embedded)
    assert found.provinces == {"32": Tally(weak=1, missing=2), "51": Tally(weak=1, missing=1)}
    assert [found.regions[region].total for region in Region] == [3, 0, 2, 0]
    assert {chain: tally.total for chain, tally in found.chains.items()} == {"ic": 3, "battery": 2}
    assert [gap.id for gap in found.severe] == [made[n]["id"] for n in (1, 3, 0, 4)]


def test_nothing_registered_is_nothing_counted(embedded: TestClient) -> None:
    found = read(embedded)
    assert (found.provinces, found.chains, found.severe) == ({}, {}, [])
    assert all(tally.total == 0 for tally in found.regions.values())

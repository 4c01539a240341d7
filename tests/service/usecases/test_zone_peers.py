"""A zone beside the others: alike by the chains they lead in, and what is scarce."""

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.zone import Zone
from service.errors import ZoneNotFound
from service.runtime import Work
from service.security import OPERATOR
from service.usecases import zone_peers
from tests.factories import a_zone, register, runtime_of


def peers_of(client: TestClient, zone_id: str) -> zone_peers.Peers | None:
    runtime = runtime_of(client)
    with Session(runtime.engine) as session:
        return zone_peers.read(Work(session, OPERATOR, runtime), zone_id)


def test_the_most_alike_come_first_and_the_zone_itself_is_left_out(embedded: TestClient) -> None:
    found = peers_of(embedded, "CNHTZ-3203")
    assert found is not None
    values = [value for _, value in found.alike]
    assert values == sorted(values, reverse=True)
    assert values[0] == pytest.approx(1)
    assert "CNHTZ-3203" not in {zone.id for zone, _ in found.alike}
    assert found.mean is not None
    assert 0 < found.mean < values[0]


def test_a_chain_few_zones_lead_in_is_scarce(embedded: TestClient) -> None:
    zone = register(embedded, "zones", a_zone(leading_chains=["ic"]))
    found = peers_of(embedded, zone["id"])
    assert found is not None
    assert [(led.chain_id, led.is_scarce) for led in found.chains] == [("ic", False)]
    assert found.chains[0].zones == 29


@pytest.mark.parametrize(
    ("others", "known", "mean", "is_scarce"), [(["pv"], 180, 0, True), ([], 1, None, None)]
)
def test_alone_in_its_chain(
    embedded: TestClient, others: list[str], known: int, mean: float | None, is_scarce: bool | None
) -> None:
    zone = register(embedded, "zones", a_zone(leading_chains=["ic"]))
    runtime = runtime_of(embedded)
    with Session(runtime.engine) as session:
        for row in session.exec(select(Zone).where(Zone.id != zone["id"])):
            row.leading_chains = others
        found = zone_peers.read(Work(session, OPERATOR, runtime), zone["id"])
    assert found is not None
    assert (found.known, found.mean, found.chains[0].is_scarce) == (known, mean, is_scarce)
    assert found.alike == []


def test_of_a_zone_without_chains_nothing_is_said(embedded: TestClient) -> None:
    assert peers_of(embedded, register(embedded, "zones", a_zone())["id"]) is None
    with pytest.raises(ZoneNotFound):
        peers_of(embedded, "NONE")

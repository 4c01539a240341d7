"""Webhooks of partners: they hear of their own leads, of what is done in the open, and no more."""

from typing import Any

import pytest

from models.event import Event
from service import database
from service.repositories import events
from service.repositories.events import Change
from service.repositories.lead_partners import partners_of_leads
from service.webhooks import turns
from tests import factories
from tests.factories import (
    ADMIN,
    OTHER_PARTNER,
    OTHER_PARTNER_ID,
    PARTNER,
    PARTNER_ID,
    a_key,
    register,
)
from tests.service.webhooks.station import Station, tick, verified, work_off


def a_lead(station: Station, secret: str = PARTNER) -> str:
    """A lead that the partner with this key has handed in."""
    return register(station.client(secret), "leads", factories.a_lead())["id"]


def happens(station: Station, action: str, lead_id: str, **after: Any) -> str:
    """The id of the event that tells of it."""
    with database.transaction(station.engine) as session:
        number = events.reserve(session)
        change = Change(
            actor="key_of_the_office",
            action=action,
            subject_type="lead",
            subject_id=lead_id,
            subject_version=2,
            after=after,
        )
        events.append(session, change, number)
        return session.get_one(Event, number).id


def test_a_partner_hears_of_its_own_leads_and_nothing_else(station: Station) -> None:
    partner = station.client(PARTNER)
    mine, others = a_lead(station), a_lead(station, OTHER_PARTNER)
    path = station.hook(partner)
    station.gaps(2)
    heard = [happens(station, "lead.submitted", mine, status="submitted")]
    happens(station, "lead.submitted", others, status="submitted")
    happens(station, "lead.merged", mine, into="cmp_2")
    happens(station, "lead.linked", mine, company_id="cmp_2")
    heard.append(happens(station, "lead.moved", mine, status="accepted", reason="内部", note="x"))
    happens(station, "lead.moved", others, status="rejected")
    heard.append(happens(station, "lead.reminded", mine))
    heard.append(happens(station, "lead.contacts_erased", mine))
    work_off(station.courier)
    assert station.receiver.event_ids == heard
    told = [verified(one, station.secrets[path]) for one in station.came]
    assert [one["data"].get("status") for one in told] == ["submitted", "accepted", None, None]
    sent = b"".join(one.body for one in station.came).decode()
    assert not any(
        word in sent for word in ("内部", others, "cmp_2", "key_", PARTNER_ID, OTHER_PARTNER_ID)
    )
    assert partner.get(f"{path}/deliveries").json()["items"][0]["event_id"] == heard[-1]


def test_many_leads_of_others_are_passed_over(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "EVENTS_A_LOOK", 3)
    mine, others = a_lead(station), a_lead(station, OTHER_PARTNER)
    station.hook(station.client(PARTNER))
    for _ in range(8):
        happens(station, "lead.moved", others)
    heard = happens(station, "lead.moved", mine)
    for _ in range(4):
        tick(station.courier)
    assert station.receiver.event_ids == [heard]


def test_all_keys_of_a_partner_share_its_webhooks(station: Station) -> None:
    admin = station.client(ADMIN)
    lead = a_lead(station)
    path = station.hook(station.client(PARTNER))
    body = a_key(scope="partner", partner_id=PARTNER_ID)
    second = admin.post("/v1/admin/keys", json=body).json()
    assert station.client(second["secret"]).get(path).status_code == 200
    keys = admin.get("/v1/admin/keys?limit=100").json()["items"]
    (first,) = [k for k in keys if k["partner_id"] == PARTNER_ID and k["id"] != second["id"]]
    for key, expected in ((first, 1), (second, 1)):
        admin.delete(f"/v1/admin/keys/{key['id']}")
        happens(station, "lead.moved", lead)
        work_off(station.courier)
        assert len(station.came) == expected, "the last key that is revoked ends it"


def test_an_administrator_hears_of_every_lead_and_of_the_pool(station: Station) -> None:
    leads = [a_lead(station), a_lead(station, OTHER_PARTNER)]
    station.hook(station.client(ADMIN))
    heard = [happens(station, "lead.submitted", lead) for lead in leads]
    happens(station, "lead.merged", leads[0])
    station.gaps()
    work_off(station.courier)
    assert station.receiver.event_ids[:2] == heard
    assert len(station.came) == 3


def test_a_portal_hears_of_no_lead(station: Station) -> None:
    station.hook()
    happens(station, "lead.moved", a_lead(station))
    work_off(station.courier)
    assert station.came == []


def test_partners_are_looked_up_for_the_leads_that_are_asked_for(station: Station) -> None:
    with database.snapshot(station.engine) as session:
        assert partners_of_leads(session, []) == {}
    mine, others = a_lead(station), a_lead(station, OTHER_PARTNER)
    with database.snapshot(station.engine) as session:
        assert partners_of_leads(session, [others, "lead_3"]) == {others: OTHER_PARTNER_ID}
        assert partners_of_leads(session, [mine, others])[mine] == PARTNER_ID


def test_a_closed_partner_is_told_of_nothing(station: Station) -> None:
    lead = a_lead(station)
    station.hook(station.client(PARTNER))
    assert station.client(ADMIN).delete(f"/v1/admin/partners/{PARTNER_ID}").status_code == 204
    happens(station, "lead.moved", lead)
    work_off(station.courier)
    assert station.came == []

"""Companies taken for one: what follows, and that undoing it leaves everything as it was."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from starlette.testclient import TestClient

from tests.factories import an_investor
from tests.service.usecases.test_history import events
from tests.service.usecases.test_transitions import hand_in, holdings, move

HISTORY = {"company_join", "event", "idempotency_record", "alembic_version"}
"""What only grows."""


def state(engine: Engine) -> dict[str, Any]:
    """Every row of every table that does not only grow, to the byte."""
    with engine.connect() as connection:
        return {
            name: sorted(
                json.dumps(dict(row), default=str, sort_keys=True)
                for row in connection.execute(text(f"SELECT * FROM {name}")).mappings()  # noqa: S608 - names of our own tables
            )
            for name in set(inspect(connection).get_table_names()) - HISTORY
        }


def merge(admin: TestClient, lead: str, into: str) -> int:
    return admin.post(f"/v1/leads/{lead}/merge", json={"into": into}).status_code


def unmerge(admin: TestClient, lead: str) -> int:
    return admin.post(f"/v1/leads/{lead}/unmerge").status_code


def company_of(admin: TestClient, lead: str) -> str:
    return admin.get(f"/v1/leads/{lead}").json()["company_id"]


def a_pair(partner: TestClient, other_partner: TestClient, **elsewhere: Any) -> tuple[str, str]:
    """Two leads of companies that look different."""
    one = hand_in(partner, investor=an_investor(name="示例株式会社"))
    other = hand_in(other_partner, investor=an_investor(name="Muster AG"), **elsewhere)
    return one, other


def test_a_merge_undone_leaves_everything_as_it_was(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine
) -> None:
    one, other = a_pair(partner, other_partner, zone_id=None)
    third = hand_in(partner, investor=an_investor(name="示例株式会社"), link_id="ic.wafer_si")
    for lead in (one, other, third):
        move(admin, lead, "accepted")
    before = state(engine)
    assert before["holding"]
    assert merge(admin, one, other) == 200
    merged = state(engine)
    assert {name for name in before if before[name] != merged[name]} == {"holding"}
    assert len({company_of(admin, lead) for lead in (one, other, third)}) == 1
    assert unmerge(admin, one) == 200
    assert state(engine) == before
    assert len({company_of(admin, lead) for lead in (one, other, third)}) == 2
    told = [event.action for event in events(engine) if event.subject_type == "company"]
    assert told[-2:] == ["company.joined", "company.parted"]
    assert unmerge(admin, one) == 409


def test_a_partner_learns_nothing_of_a_merge(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine
) -> None:
    one, other = a_pair(partner, other_partner)
    paths = [f"/v1/leads/{one}", f"/v1/leads/{one}/events", "/v1/leads"]
    before = [partner.get(path).content for path in paths]
    count = len(events(engine, one))
    assert merge(admin, other, one) == merge(admin, one, other) - 209 == 200
    assert [partner.get(path).content for path in paths] == before
    assert len(events(engine, one)) == count


def test_who_came_first_is_asked_among_all_that_were_merged(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine
) -> None:
    first, second = a_pair(partner, other_partner)
    merge(admin, first, second)
    refused = move(admin, second, "accepted")
    assert (refused.status_code, refused.json()["lead_id"]) == (409, first)
    assert move(admin, first, "accepted").status_code == 200
    assert move(admin, second, "accepted").json()["lead_id"] == first
    unmerge(admin, first)
    assert move(admin, second, "accepted").status_code == 200
    assert sorted(holdings(engine)) == sorted([first, second])


def test_two_holders_of_one_place_are_not_merged(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine
) -> None:
    one, other = a_pair(partner, other_partner)
    for lead in (one, other):
        move(admin, lead, "accepted")
    before = state(engine)
    refused = admin.post(f"/v1/leads/{one}/merge", json={"into": other})
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:bulian:problem:places-collide"
    assert refused.json()["lead_ids"] == [one, other]
    assert state(engine) == before
    move(admin, one, "released")
    assert merge(admin, one, other) == 200


def test_merges_are_undone_one_by_one_the_last_first(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine
) -> None:
    leads = [hand_in(partner, investor=an_investor(name=f"公司{n}")) for n in "甲乙丙丁"]
    for lead in leads:
        move(admin, lead, "accepted", reason="x") if lead == leads[0] else None
    states = [state(engine)]
    for one, into in ((0, 1), (2, 3), (1, 3)):
        assert merge(admin, leads[one], leads[into]) == 200
        states.append(state(engine))
    assert len({company_of(admin, lead) for lead in leads}) == 1
    assert merge(admin, leads[0], leads[3]) == 409
    assert unmerge(admin, leads[0]) == 200
    assert state(engine) == states[2]
    groups = [company_of(admin, lead) for lead in leads]
    assert (groups[0] == groups[1], groups[2] == groups[3], len(set(groups))) == (True, True, 2)
    assert unmerge(admin, leads[2]) == 200
    assert unmerge(admin, leads[0]) == 200
    assert state(engine) == states[0]
    assert [unmerge(admin, lead) for lead in leads] == [409] * 4


def test_what_was_held_since_the_merge_stays_with_its_lead(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine
) -> None:
    one, other = a_pair(partner, other_partner, zone_id=None)
    merge(admin, one, other)
    for lead in (one, other):
        assert move(admin, lead, "accepted").status_code == 200
    third = hand_in(other_partner, investor=an_investor(name="示例株式会社"))
    assert move(admin, third, "accepted").json()["lead_id"] == one
    assert unmerge(admin, one) == 200
    assert admin.get(f"/v1/leads/{one}").json()["holder_id"] == one
    assert admin.get(f"/v1/leads/{other}").json()["holder_id"] == other
    assert move(admin, third, "accepted").json()["lead_id"] == one
    assert company_of(admin, third) == company_of(admin, one) != company_of(admin, other)


def test_what_was_joined_by_itself_can_be_parted(
    partner: TestClient, other_partner: TestClient, admin: TestClient
) -> None:
    one = hand_in(partner, investor=an_investor(name="示例株式会社"))
    other = hand_in(other_partner, investor=an_investor(name="示例（株式会社）"))
    assert move(admin, other, "accepted").status_code == 409
    assert unmerge(admin, other) == 200
    assert unmerge(admin, one) == 409
    assert move(admin, other, "accepted").status_code == 200
    shown = {
        found["type"]: (found["id"], found["relation"])
        for found in admin.get(f"/v1/leads/{other}").json()["duplicates"]
    }
    assert shown["company"] == (company_of(admin, one), "same")
    assert shown["lead"] == (one, "same")


@pytest.mark.parametrize("verb", ["merge", "unmerge"])
def test_leads_there_are_not_cannot_be_merged(
    partner: TestClient, admin: TestClient, verb: str
) -> None:
    lead = hand_in(partner)
    body = {"into": lead} if verb == "merge" else None
    assert admin.post(f"/v1/leads/lead_none/{verb}", json=body).status_code == 404
    assert merge(admin, lead, "lead_none") == 404
    assert merge(admin, lead, lead) == 409

from typing import Any

import pytest

from matching.vocabulary import LeadStatus
from models.base import FieldsDisagree
from models.lead import Lead, LeadCreate, TransitionRequest, check_one
from tests.models.bodies import an_investor, complaints, without

PERSON = {"name": "王小明", "phone": "+86 512 0000 0000", "email": "wang@example.com"}
CONSENT = {"given_by": "王小明", "given_at": "2026-01-05T09:00:00Z", "purpose": "洽谈"}


def a_lead(**fields: Any) -> dict[str, Any]:
    return {"investor": an_investor(), "link_id": "ic.photoresist", **fields}


@pytest.mark.parametrize(
    "body",
    [
        a_lead(),
        a_lead(zone_id="CNHTZ-3205", note="一\n二"),
        a_lead(contacts=None, consent=None, investor_id=None, gap_id=None),
        a_lead(contacts=[PERSON], consent=CONSENT),
        a_lead(consent=CONSENT),
        {"investor_id": "inv_1", "gap_id": "gap_1"},
        *LeadCreate.model_json_schema()["examples"],
    ],
)
def test_good_bodies(body: dict[str, Any]) -> None:
    lead = LeadCreate.model_validate(body)
    assert [one.name for one in lead.contacts or ()] == [
        one["name"] for one in body.get("contacts") or ()
    ]


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        (without(a_lead(), "investor"), "", "exactly one of investor, investor_id"),
        (a_lead(investor_id="inv_1"), "", "exactly one of investor, investor_id"),
        (without(a_lead(), "link_id"), "", "exactly one of gap_id, link_id"),
        (a_lead(gap_id="gap_1"), "", "exactly one of gap_id, link_id"),
        ({"investor_id": "i", "gap_id": "g", "zone_id": "Z"}, "", "a gap has its zone"),
        (a_lead(contacts=[PERSON]), "", "is needed where a person is named"),
        (a_lead(contacts=[{"role": "CEO"}], consent=CONSENT), "contacts.0.name", "required"),
        (a_lead(contacts=[{"name": "A", "email": "a"}]), "contacts.0.email", "match pattern"),
        (a_lead(contacts=[{"name": "A", "email": "a@b@c"}]), "contacts.0.email", "match pattern"),
        (a_lead(contacts=[{"name": "A", "id_card": "1"}]), "contacts.0.id_card", "Extra"),
        (a_lead(consent=without(CONSENT, "purpose")), "consent.purpose", "required"),
        (
            a_lead(consent={**CONSENT, "given_at": "2026-01-05T09:00:00"}),
            "consent.given_at",
            "time",
        ),
        (a_lead(investor={"name": "x", "country": "JP"}), "investor", "one of products"),
        (a_lead(link_id="photoresist"), "link_id", "match pattern"),
        (a_lead(status="accepted"), "status", "Extra inputs"),
        (a_lead(partner_id="ptn_1"), "partner_id", "Extra inputs"),
    ],
)
def test_bad_bodies(body: dict[str, Any], where: str, message: str) -> None:
    found = complaints(LeadCreate, body)
    assert [text for place, text in found if place == where and message in text], found


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"to": "accepted"}, "reason"),
        ({"to": "won", "reason": "x"}, "to"),
        ({"to": "accepted", "reason": " "}, "reason"),
        ({"to": "accepted", "reason": "x", "at": "2026-01-01"}, "at"),
        ({"to": "accepted", "reason": "x", "holder": "me"}, "holder"),
    ],
)
def test_a_transition_says_where_to_and_why(body: dict[str, Any], where: str) -> None:
    assert [place for place, _ in complaints(TransitionRequest, body)] == [where]
    assert TransitionRequest.model_validate({"to": "accepted", "reason": "x"}).at is None


def test_exactly_one_is_one() -> None:
    check_one(LeadCreate.model_validate(a_lead()), "gap_id", "link_id")
    with pytest.raises(FieldsDisagree) as refusal:
        check_one(LeadCreate.model_validate(a_lead()), "gap_id", "zone_id")
    assert refusal.value.fields == ("gap_id", "zone_id")


def test_a_stored_lead_holds_the_profile_as_it_was_sent() -> None:
    sent = LeadCreate.model_validate(a_lead())
    assert sent.investor is not None
    lead = Lead(
        number=1,
        created_by="key_1",
        partner_id="ptn_1",
        company_id="cmp_1",
        investor_id="inv_1",
        investor=sent.investor,
        chain_id="ic",
        link_id="ic.photoresist",
        rules="standard",
    )
    assert (lead.status, lead.zone_id, lead.told) == (LeadStatus.SUBMITTED, "*", [])
    assert lead.id.startswith("lead_")

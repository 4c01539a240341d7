from typing import Any

import pytest

from models.partner import Partner, PartnerCreate, PartnerPublic, PartnerUpdate
from tests.models.bodies import complaints


def a_partner(**fields: Any) -> dict[str, Any]:
    return {"name": "示例合伙人", **fields}


def a_row(**fields: Any) -> Partner:
    create = PartnerCreate.model_validate(a_partner(**fields))
    return Partner.model_validate(create, update={"created_by": "key_1"})


@pytest.mark.parametrize(
    "body",
    [
        a_partner(),
        a_partner(territories=None, terms=None, lead_rules=None),
        a_partner(contract_from="2026-01-01", contract_until="2026-01-01"),
        a_partner(territories=["32", "32", "31"], terms="一\n二", lead_rules="standard"),
        *PartnerCreate.model_json_schema()["examples"],
    ],
)
def test_good_bodies(body: dict[str, Any]) -> None:
    row = a_row(**body)
    assert row.id.startswith("ptn_")
    assert row.closed_at is None
    assert row.territories == list(dict.fromkeys(body.get("territories") or []))
    assert PartnerPublic.model_validate(row).terms == body.get("terms")


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        ({}, "name", "Field required"),
        (a_partner(name=" "), "name", "is blank"),
        (a_partner(territories=["Jiangsu"]), "territories.0", "at most 2"),
        (a_partner(territories=["32"] * 51), "territories", "at most 50"),
        (a_partner(contract_from="soon"), "contract_from", "valid date"),
        (
            a_partner(contract_from="2026-01-02", contract_until="2026-01-01"),
            "",
            "lies before contract_from",
        ),
        (a_partner(closed_at=None), "closed_at", "Extra inputs"),
        (a_partner(id="ptn_mine"), "id", "Extra inputs"),
    ],
)
def test_bad_bodies(body: dict[str, Any], where: str, message: str) -> None:
    found = complaints(PartnerCreate, body)
    assert [text for place, text in found if place == where and message in text], found


def test_a_change_holds_what_was_sent() -> None:
    sent = {"terms": None, "territories": ["32"]}
    assert PartnerUpdate.model_validate(sent).changes() == sent
    assert complaints(PartnerUpdate, {"name": None})

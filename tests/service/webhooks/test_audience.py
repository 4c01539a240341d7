"""Whom an event concerns, and that what is sent of it tells no secret."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from matching.vocabulary import Scope
from models.event import Event
from service.webhooks.audience import (
    ACTIONS,
    OF_LEADS,
    OF_THE_POOL,
    body_of,
    concerns,
    wanted,
)

PARTNERS = {"lead_1": "ptn_a", "lead_2": "ptn_b"}


def an_event(**fields: Any) -> Event:
    known = {
        "number": 7,
        "id": "evt_7",
        "at": datetime(2030, 1, 2, 3, 4, 5, 600, tzinfo=UTC),
        "actor": "key_of_somebody",
        "action": "lead.moved",
        "subject_type": "lead",
        "subject_id": "lead_1",
        "subject_version": 3,
        "hash": "0" * 64,
    }
    return Event.model_validate({**known, **fields})


@pytest.mark.parametrize(
    ("scope", "heard"),
    [
        (Scope.PARTNER, OF_LEADS),
        (Scope.PORTAL, OF_THE_POOL),
        (Scope.ADMIN, OF_THE_POOL + OF_LEADS),
    ],
)
def test_each_scope_hears_of_its_own(scope: Scope, heard: tuple[str, ...]) -> None:
    assert wanted(scope, []) == heard
    assert wanted(scope, [*heard[:2], "lead.merged", "key.created"]) == heard[:2]
    assert wanted(scope, ["lead.merged"]) == ()


def test_every_scope_is_thought_of() -> None:
    assert set(ACTIONS) == set(Scope)


@pytest.mark.parametrize(
    "action",
    [
        "lead.merged", "lead.unmerged", "lead.linked", "key.created", "key.rotated",
        "webhook.created", "webhook.updated", "partner.created", "policy.activated",
        "installation.created",
    ],
)  # fmt: skip
def test_what_is_internal_concerns_nobody(action: str) -> None:
    assert not any(action in actions for actions in ACTIONS.values())


@pytest.mark.parametrize(
    ("event", "owner", "expected"),
    [
        ({}, "ptn_a", True),
        ({}, "ptn_b", False),
        ({}, "key_of_somebody", False),
        ({"subject_id": "lead_2"}, "ptn_b", True),
        ({"subject_id": "lead_unheard_of"}, "ptn_a", False),
        ({"subject_type": "gap"}, "ptn_a", False),
    ],
)
def test_a_partner_hears_of_its_own_leads(
    event: dict[str, Any], owner: str, expected: bool
) -> None:
    assert concerns(an_event(**event), Scope.PARTNER, owner, PARTNERS) == expected


@pytest.mark.parametrize("scope", [Scope.PORTAL, Scope.ADMIN])
def test_a_portal_and_an_administrator_hear_of_all_that_is_theirs(scope: Scope) -> None:
    assert concerns(an_event(action="gap.created", subject_type="gap"), scope, "key_1", {})


def test_what_is_sent_names_the_record_and_its_status_and_nothing_else() -> None:
    private = {
        "contacts": [{"name": "王小明", "phone": "13800000000"}],
        "note": "秘密",
        "reason": "another partner holds it",
        "partner_id": "ptn_b",
        "investor": {"name": "示例公司"},
    }
    sent = body_of(
        an_event(before={"status": "submitted"}, after={**private, "status": "accepted"})
    )
    assert json.loads(sent) == {
        "type": "lead.moved",
        "timestamp": "2030-01-02T03:04:05.000600Z",
        "data": {"subject": {"type": "lead", "id": "lead_1", "version": 3}, "status": "accepted"},
    }


@pytest.mark.parametrize("after", [None, {}, {"status": None}, {"status": ["x"]}])
def test_no_status_is_said_where_none_changed(after: dict[str, Any] | None) -> None:
    assert json.loads(body_of(an_event(after=after)))["data"] == {
        "subject": {"type": "lead", "id": "lead_1", "version": 3}
    }


def test_the_same_event_gives_the_same_bytes() -> None:
    shanghai = timezone(timedelta(hours=8))
    there = an_event().at.astimezone(shanghai)
    assert body_of(an_event(at=there)) == body_of(an_event())

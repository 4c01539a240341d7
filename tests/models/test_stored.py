"""Events, idempotency records, the installation: rows that no caller sends."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from models.base import utc_now
from models.event import Event
from models.idempotency import IdempotencyRecord
from models.installation import ONLY, Installation
from models.tables import TABLES, metadata

EVENT = {
    "number": 1,
    "actor": "key_1",
    "action": "investor.created",
    "subject_type": "investor",
    "subject_id": "inv_1",
    "subject_version": 1,
    "hash": "0" * 64,
}
RECORD = {
    "owner": "key_1",
    "key": "once",
    "method": "POST",
    "path": "/v1/investors",
    "body_digest": "0" * 64,
    "status": 201,
    "resource_type": "investor",
    "resource_id": "inv_1",
    "expires_at": datetime(2030, 1, 1, tzinfo=UTC),
}


def test_an_event_has_a_random_id_and_a_moment() -> None:
    one, other = Event.model_validate(EVENT), Event.model_validate(EVENT)
    assert one.id != other.id
    assert re.fullmatch(r"evt_\w{26}", one.id)
    assert utc_now() - one.at < timedelta(minutes=1)
    assert (one.before, one.after) == (None, None)


@pytest.mark.parametrize("field", sorted(EVENT))
def test_an_event_says_everything(field: str) -> None:
    short = {name: value for name, value in EVENT.items() if name != field}
    with pytest.raises(ValidationError, match="Field required"):
        Event.model_validate(short)


def test_a_snapshot_is_plain_json() -> None:
    event = Event.model_validate({**EVENT, "after": {"names": ["甲"], "jobs": None}})
    assert event.after == {"names": ["甲"], "jobs": None}
    with pytest.raises(ValidationError, match="JSON"):
        Event.model_validate({**EVENT, "after": {"at": object()}})


@pytest.mark.parametrize("field", sorted(RECORD))
def test_an_idempotency_record_says_everything(field: str) -> None:
    short = {name: value for name, value in RECORD.items() if name != field}
    with pytest.raises(ValidationError, match="Field required"):
        IdempotencyRecord.model_validate(short)


def test_an_idempotency_record_holds_no_body() -> None:
    record = IdempotencyRecord.model_validate(RECORD)
    assert set(record.model_dump()) == {*RECORD, "created_at"}


def test_each_installation_has_its_own_secret() -> None:
    one, other = Installation(), Installation()
    assert one.id == other.id == ONLY
    assert one.secret != other.secret
    assert re.fullmatch(r"[0-9a-f]{64}", one.secret)


def test_every_table_is_known() -> None:
    assert sorted(metadata.tables) == [
        "api_key",
        "company",
        "company_join",
        "consent",
        "contact",
        "enterprise",
        "event",
        "gap",
        "holding",
        "idempotency_record",
        "installation",
        "investor",
        "job",
        "job_portion",
        "lead",
        "lead_move",
        "link_override",
        "partner",
        "placement_correction",
        "policy",
        "reference_edition",
        "session",
        "webhook",
        "webhook_delivery",
        "webhook_progress",
        "zone",
    ]
    assert len(TABLES) == len(metadata.tables)

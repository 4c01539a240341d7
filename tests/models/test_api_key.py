from datetime import UTC, datetime
from typing import Any

import pytest

from matching.vocabulary import Scope
from models.api_key import ApiKey, KeyCreate, KeyPublic, KeyRotation, KeyWithSecret
from tests.models.bodies import a_key, complaints, without

DIGEST = "0" * 64


def a_row(**fields: Any) -> ApiKey:
    create = KeyCreate.model_validate(a_key(**fields))
    return ApiKey.model_validate(create, update={"secret_digest": DIGEST, "prefix": "bln_abcd"})


@pytest.mark.parametrize(
    "body",
    [
        a_key(),
        a_key(scope="admin"),
        a_key(scope="partner", partner_id="ptn_1"),
        a_key(expires_at="2030-01-01T08:00:00+08:00"),
        *KeyCreate.model_json_schema()["examples"],
    ],
)
def test_good_bodies(body: dict[str, Any]) -> None:
    row = a_row(**body)
    assert row.id.startswith("key_")
    assert (row.scope, row.revoked_at) == (Scope(body["scope"]), None)
    assert row.partner_id == body.get("partner_id")


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        (without(a_key(), "scope"), "scope", "Field required"),
        (without(a_key(), "name"), "name", "Field required"),
        (a_key(scope="root"), "scope", "'admin', 'portal' or 'partner'"),
        (a_key(name=""), "name", "is blank"),
        (a_key(partner_id="ptn_1"), "", "only a partner key"),
        (a_key(scope="admin", partner_id="ptn_1"), "", "only a partner key"),
        (a_key(scope="partner"), "", "must name its partner"),
        (a_key(expires_at="2030-01-01T00:00:00"), "expires_at", "timezone"),
        (a_key(expires_at="never"), "expires_at", "valid datetime"),
        (a_key(secret="x" * 40), "secret", "Extra inputs"),
    ],
)
def test_bad_bodies(body: dict[str, Any], where: str, message: str) -> None:
    found = complaints(KeyCreate, body)
    assert [text for place, text in found if place == where and message in text], found


def test_a_rotation_overlaps_by_a_day_unless_it_says_otherwise() -> None:
    assert KeyRotation().overlap_hours == 24
    assert KeyRotation(overlap_hours=0).overlap_hours == 0
    assert complaints(KeyRotation, {"overlap_hours": 169})
    assert complaints(KeyRotation, {"overlap": 1})


def test_no_answer_holds_the_digest_and_one_holds_the_secret() -> None:
    row = a_row()
    row.old_secret_digest = DIGEST
    assert DIGEST not in KeyPublic.model_validate(row).model_dump_json()
    made = KeyWithSecret.model_validate(a_row(), update={"secret": "bln_abcdefgh"})
    assert made.secret == "bln_abcdefgh"
    assert DIGEST not in made.model_dump_json()


def test_moments_are_answered_in_utc() -> None:
    row = a_row(expires_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert '"expires_at":"2030-01-01T00:00:00Z"' in KeyPublic.model_validate(row).model_dump_json()

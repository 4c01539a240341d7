"""Signatures, checked by the verifier that receivers use."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from matching.vocabulary import Scope
from models.webhook import Webhook
from service.webhooks.signing import OVERLAP, PREFIX, previous_until, secret_of, secrets_of, sign

INSTALLATION = "0" * 64
BODY = '{"type":"gap.created","名":1}'.encode()
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def a_webhook(number: int, rotated_at: datetime | None) -> Webhook:
    return Webhook(
        id="whk_1",
        owner="key_1",
        scope=Scope.PORTAL,
        created_by="key_1",
        url="https://a.example/",
        secret_number=number,
        secret_rotated_at=rotated_at,
    )


def is_accepted(secret: str, headers: dict[str, str], body: bytes = BODY) -> bool:
    try:
        Verifier(secret).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


def test_the_librarys_verifier_accepts_a_signature() -> None:
    secret = secret_of(INSTALLATION, "whk_1", 1)
    headers = sign([secret], "evt_1", datetime.now(UTC), BODY)
    assert Verifier(secret).verify(BODY, headers) == {"type": "gap.created", "名": 1}
    assert headers["webhook-id"] == "evt_1"


def test_a_message_that_was_changed_is_not_accepted() -> None:
    secret = secret_of(INSTALLATION, "whk_1", 1)
    headers = sign([secret], "evt_1", datetime.now(UTC), BODY)
    assert is_accepted(secret, headers)
    assert not is_accepted(secret, headers, BODY + b" ")
    second_later = str(int(headers["webhook-timestamp"]) + 1)
    assert not is_accepted(secret, headers | {"webhook-id": "evt_2"})
    assert not is_accepted(secret, headers | {"webhook-timestamp": second_later})
    assert not is_accepted(secret, headers | {"webhook-signature": "v1,AAAA"})


def test_secrets_are_long_and_their_own() -> None:
    made = {
        secret_of(installation, webhook, number)
        for installation in (INSTALLATION, "1" * 64)
        for webhook in ("whk_1", "whk_2", "whk_11")
        for number in (1, 2, 11, 111)
    }
    assert len(made) == 24
    assert all(secret.startswith(PREFIX) and len(secret) == len(PREFIX) + 44 for secret in made)
    assert secret_of(INSTALLATION, "whk_1", 1) == secret_of(INSTALLATION, "whk_1", 1)


IN_FORCE = [
    (1, None, [1]),
    (2, NOW, [2, 1]),
    (2, NOW - OVERLAP + timedelta(seconds=1), [2, 1]),
    (2, NOW - OVERLAP, [2]),
    (2, NOW - timedelta(days=30), [2]),
    (5, NOW, [5, 4]),
    (5, NOW - OVERLAP, [5]),
]


@pytest.mark.parametrize(("number", "rotated_at", "numbers"), IN_FORCE)
def test_the_secret_before_signs_for_a_day(
    number: int, rotated_at: datetime | None, numbers: list[int]
) -> None:
    webhook = a_webhook(number, rotated_at)
    expected = [secret_of(INSTALLATION, "whk_1", one) for one in numbers]
    assert secrets_of(INSTALLATION, webhook, NOW) == expected
    headers = sign(expected, "evt_1", datetime.now(UTC), BODY)
    for one in range(1, number + 2):
        known = secret_of(INSTALLATION, "whk_1", one)
        assert is_accepted(known, headers) == (one in numbers)


def test_the_end_of_the_overlap_is_told() -> None:
    assert previous_until(a_webhook(1, None)) is None
    assert previous_until(a_webhook(2, NOW)) == NOW + timedelta(hours=24)

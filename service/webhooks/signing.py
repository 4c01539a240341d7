"""Signatures of Standard Webhooks, with secrets that are derived and nowhere stored.

A webhook's secret is HMAC-SHA256 over its id and the number of its rotation, under the secret of
the installation. The row of a webhook, its events, its answers and exports thus hold nothing that
could sign; whoever has the whole database has the installation's secret, and with it all of them.
"""

import hmac
from base64 import b64encode
from datetime import datetime, timedelta
from typing import Final

from standardwebhooks import Webhook as Signer

from models.webhook import FIRST_SECRET, Webhook

PREFIX: Final = "whsec_"
OVERLAP: Final = timedelta(hours=24)
"""How long the secret before the last rotation signs too."""


def secret_of(installation_secret: str, webhook_id: str, number: int) -> str:
    """The secret of a webhook after a number of rotations, as it is shown: 256 bits in base64.

    >>> secret_of("installation", "whk_1", 1)[:12]
    'whsec_cC0m5+'
    """
    said = f"webhook signing secret/{webhook_id}/{number}".encode()
    return PREFIX + b64encode(hmac.digest(installation_secret.encode(), said, "sha256")).decode()


def previous_until(webhook: Webhook) -> datetime | None:
    """Until when the secret before the last rotation signs too; None where there was none."""
    rotated_at = webhook.secret_rotated_at
    return None if rotated_at is None else rotated_at + OVERLAP


def secrets_of(installation_secret: str, webhook: Webhook, moment: datetime) -> list[str]:
    """The secrets that sign at a moment, the current one first."""
    current = webhook.secret_number
    until = previous_until(webhook)
    has_two = current > FIRST_SECRET and until is not None and moment < until
    numbers = [current, current - 1] if has_two else [current]
    return [secret_of(installation_secret, webhook.id, number) for number in numbers]


def sign(secrets: list[str], message_id: str, moment: datetime, body: bytes) -> dict[str, str]:
    """The three headers by which a receiver knows that a message is ours, fresh and whole.

    Args:
        secrets: each gives a signature; a receiver accepts a message when it knows one of them.
        message_id: the same whenever the same event is sent, so that a repetition can be told.
        moment: of this attempt, UTC.
        body: exactly the bytes that are sent.
    """
    signatures = [Signer(secret).sign(message_id, moment, body.decode()) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }

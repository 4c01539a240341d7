"""Webhooks, their progress and their log come back as they were stored, on both databases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from matching.vocabulary import Scope
from models.webhook import (
    DeliveryFault,
    DeliveryStatus,
    DisabledBecause,
    Webhook,
    WebhookDelivery,
    WebhookProgress,
    WebhookStatus,
)
from tests.deploy.migrations.configs import a_config

MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)
TABLES = {"webhook", "webhook_delivery", "webhook_progress"}


def a_webhook(**fields: Any) -> Webhook:
    return Webhook(
        owner="ptn_1", scope=Scope.PARTNER, created_by="key_1", url="https://a.example", **fields
    )


def a_delivery(webhook: Webhook, number: int = 1) -> WebhookDelivery:
    return WebhookDelivery(
        webhook_id=webhook.id,
        number=number,
        event_number=2**60,
        event_id="evt_1",
        action="lead.moved",
        status=DeliveryStatus.FAILED,
        attempt=3,
        at=MOMENT,
        duration_ms=10_000,
        fault=DeliveryFault.TIMED_OUT,
    )


@pytest.fixture
def migrated(engine: Engine) -> Engine:
    command.upgrade(a_config(engine), "head")
    return engine


def test_rows_come_back_as_they_were(migrated: Engine) -> None:
    webhook = a_webhook(
        actions=["lead.moved"],
        name="甲",
        status=WebhookStatus.DISABLED,
        disabled_because=DisabledBecause.GONE,
        secret_rotated_at=MOMENT,
    )
    progress = WebhookProgress(webhook_id=webhook.id, position=2**60, next_attempt_at=MOMENT)
    rows: list[SQLModel] = [webhook, progress, a_delivery(webhook)]
    sent = [row.model_dump() for row in rows]
    with Session(migrated) as session:
        for row in rows:
            session.add(row)
            session.flush()
        session.commit()
    with Session(migrated) as session:
        assert [session.exec(select(type(row))).one().model_dump() for row in rows] == sent


def test_a_number_is_given_once_for_each_webhook(migrated: Engine) -> None:
    one, other = a_webhook(), a_webhook()
    with Session(migrated) as session:
        session.add_all([one, other])
        session.flush()
        session.add_all([a_delivery(one), a_delivery(other), a_delivery(one, 2)])
        session.commit()
        session.add(a_delivery(one, 2))
        with pytest.raises(IntegrityError):
            session.flush()


def test_the_way_back_drops_these_tables_only(migrated: Engine) -> None:
    before = set(inspect(migrated).get_table_names())
    command.downgrade(a_config(migrated), "0004")
    command.downgrade(a_config(migrated), "-1")
    assert before - set(inspect(migrated).get_table_names()) >= TABLES
    assert "event" in inspect(migrated).get_table_names()
    command.upgrade(a_config(migrated), "head")
    assert set(inspect(migrated).get_table_names()) == before

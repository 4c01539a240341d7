"""Webhooks: where a partner or portal wants to be told, how far it has been told, and the log."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BeforeValidator, StringConstraints
from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from matching.vocabulary import Scope
from models.base import (
    CreateShape,
    PublicShape,
    Record,
    RecordPublic,
    UpdateShape,
    utc_now,
)
from models.columns import JsonOf, enum_column
from models.ids import new_id
from models.lists import Several, SeveralOrNull
from models.text import Name, clean_line

URL_LENGTH = 2000
FIRST_SECRET = 1


class WebhookStatus(StrEnum):
    """Whether a webhook is told of events (回调状态)."""

    ACTIVE = "active"
    """送达中."""
    DISABLED = "disabled"
    """已停用: can be made active again and goes on where it stopped."""
    CLOSED = "closed"
    """已关闭: for good."""


class DisabledBecause(StrEnum):
    """Why a webhook is disabled (停用原因)."""

    OWNER = "owner"
    """其所有者停用."""
    GONE = "gone"
    """接收方答复 410."""
    EXHAUSTED = "exhausted"
    """三天内未能送达."""


class DeliveryStatus(StrEnum):
    """What became of a delivery (送达结果)."""

    WAITING = "waiting"
    """待重新送达."""
    DELIVERED = "delivered"
    """已送达."""
    FAILED = "failed"
    """未送达."""


class DeliveryFault(StrEnum):
    """Why a delivery failed (未送达原因)."""

    ANSWERED = "answered"
    """应答状态码不是 2xx."""
    REDIRECTED = "redirected"
    """应答为重定向，不跟随."""
    GONE = "gone"
    """接收方答复 410."""
    TIMED_OUT = "timed_out"
    """超时."""
    NAME_UNKNOWN = "name_unknown"
    """域名无法解析."""
    ADDRESS_REFUSED = "address_refused"
    """地址不允许访问."""
    NOT_REACHED = "not_reached"
    """无法连接."""
    TLS_FAILED = "tls_failed"
    """证书或加密握手失败."""
    NOT_HTTP = "not_http"
    """应答不是 HTTP."""


WebhookUrl = Annotated[
    str, StringConstraints(min_length=1, max_length=URL_LENGTH), BeforeValidator(clean_line)
]
"""An address as sent; whether it may be called is decided where names can be looked up."""

EventName = Annotated[
    str,
    StringConstraints(max_length=60, pattern=r"^[a-z]+\.[a-z_]+$"),
    BeforeValidator(clean_line),
]
"""What an event tells, such as gap.created."""

TARGET = "Where events are sent: https, a public address, port 443 or 1024 and above"
WANTED = "Which events, such as lead.moved; empty = all that concern the owner"
LABEL = "What it is for, for people"


class WebhookInput(SQLModel):
    """The part of the body that POST and PATCH share."""

    name: Name | None = Field(default=None, description=LABEL)
    actions: SeveralOrNull[EventName] = Field(default_factory=list, description=WANTED)


class WebhookCreate(WebhookInput, CreateShape):
    """The body of `POST /v1/webhooks`."""

    url: WebhookUrl = Field(description=TARGET)

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "url": "https://portal.example.com/hooks/bulian",
                    "name": "Portal of Suzhou",
                    "actions": ["gap.created", "gap.updated", "gap.closed"],
                }
            ]
        }
    }


class WebhookUpdate(WebhookInput, UpdateShape):
    """The body of `PATCH /v1/webhooks/{id}`."""

    url: WebhookUrl = Field(default=None, description=TARGET)
    status: Literal[WebhookStatus.ACTIVE, WebhookStatus.DISABLED] = Field(
        default=None, description="disabled stops deliveries; active goes on where they stopped"
    )


class Webhook(Record, table=True):
    """A webhook as stored. Its secret is not: it is derived when it is needed."""

    id: str = Field(default_factory=lambda: new_id("whk"), primary_key=True)
    owner: str = Field(index=True)
    """The partner, or the key where there is none."""
    scope: Scope = Field(sa_type=enum_column(Scope))
    """Of the key that made it; decides which events concern it."""
    created_by: str
    url: WebhookUrl
    name: Name | None = Field(default=None)
    actions: Several[EventName] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    status: WebhookStatus = Field(
        default=WebhookStatus.ACTIVE, sa_type=enum_column(WebhookStatus), index=True
    )
    disabled_because: DisabledBecause | None = Field(
        default=None, sa_type=enum_column(DisabledBecause)
    )
    secret_number: int = Field(default=FIRST_SECRET)
    """Goes up with each rotation; the secret is derived from it."""
    secret_rotated_at: AwareDatetime | None = Field(default=None)


class WebhookProgress(SQLModel, table=True):
    """How far a webhook has been told: the worker's own row, no part of the record's history."""

    __tablename__ = "webhook_progress"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    webhook_id: str = Field(primary_key=True, foreign_key="webhook.id")
    position: int = Field(sa_type=BigInteger)
    """The number of the last event that was delivered or does not concern it."""
    deliveries: int = Field(default=0)
    """The number of its last delivery."""
    failures: int = Field(default=0)
    """Attempts that failed in a row for the event that is next."""
    failing_since: AwareDatetime | None = Field(default=None)
    next_attempt_at: AwareDatetime | None = Field(default=None)
    """Not before this moment; null = at once."""
    leased_by: str | None = Field(default=None)
    """The worker whose turn it is."""
    lease_until: AwareDatetime | None = Field(default=None)


class WebhookDelivery(SQLModel, table=True):
    """One attempt to tell of one event, numbered for each webhook."""

    __tablename__ = "webhook_delivery"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late
    __table_args__ = (Index("ix_webhook_delivery_webhook_id_status", "webhook_id", "status"),)

    webhook_id: str = Field(primary_key=True, foreign_key="webhook.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    event_number: int = Field(sa_type=BigInteger)
    event_id: str
    action: str
    status: DeliveryStatus = Field(sa_type=enum_column(DeliveryStatus))
    attempt: int
    is_redelivery: bool = Field(default=False)
    at: AwareDatetime = Field(default_factory=utc_now, index=True)
    duration_ms: int | None = Field(default=None)
    status_code: int | None = Field(default=None)
    fault: DeliveryFault | None = Field(default=None, sa_type=enum_column(DeliveryFault))


class WebhookPublic(RecordPublic):
    """A webhook as answered, without its secret."""

    url: str = Field(description="Where events are sent")
    name: str | None = Field(description=LABEL)
    actions: list[str] = Field(description=WANTED)
    status: WebhookStatus = Field(description="active, disabled or closed")
    disabled_because: DisabledBecause | None = Field(
        description="owner (by PATCH), gone (the receiver answered 410), exhausted (three days)"
    )
    failures: int = Field(description="Attempts that failed in a row for the event that is next")
    failing_since: AwareDatetime | None = Field(description="First of these, UTC; null = none")
    next_attempt_at: AwareDatetime | None = Field(description="Next try, UTC; null = at once")
    previous_secret_until: AwareDatetime | None = Field(
        description="Until then, UTC, the secret before the last rotation signs too; null = none"
    )


class WebhookWithSecret(WebhookPublic):
    """The answer that gives a webhook a secret, which is shown this once."""

    secret: str = Field(description="The signing secret, `whsec_…`; it is not shown again")


class DeliveryPublic(PublicShape):
    """One line of the delivery log."""

    number: int = Field(description="Counts the attempts of this webhook from 1")
    event_id: str = Field(description="The event, sent as `webhook-id`; the same at each attempt")
    action: str = Field(description="What the event tells, such as lead.moved")
    status: DeliveryStatus = Field(description="waiting (asked for again), delivered or failed")
    attempt: int = Field(description="Which attempt for this event it was; 1 = the first")
    is_redelivery: bool = Field(description="Whether it was asked for by redeliver")
    at: AwareDatetime = Field(description="When tried, or asked for while it waits, UTC")
    duration_ms: int | None = Field(description="How long it took, milliseconds; null = not tried")
    status_code: int | None = Field(description="What the receiver answered; null = no answer")
    fault: DeliveryFault | None = Field(
        description="answered (not 2xx), redirected, gone, timed_out, name_unknown, "
        "address_refused, not_reached, tls_failed, not_http; null = none"
    )

"""Webhooks: what is sent, what is stored, what is answered."""

from typing import Any

import pytest

from matching.vocabulary import Scope
from models.webhook import (
    DeliveryFault,
    DeliveryPublic,
    DisabledBecause,
    Webhook,
    WebhookCreate,
    WebhookPublic,
    WebhookStatus,
    WebhookUpdate,
    WebhookWithSecret,
)
from tests.models.bodies import complaints

BODY = {"url": "https://portal.example.com/hooks"}


def test_an_address_is_enough() -> None:
    body = WebhookCreate.model_validate(BODY)
    assert (body.url, body.name, body.actions) == (BODY["url"], None, [])


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"url": ""}, "url"),
        ({"url": "https://a.example/" + "x" * 2000}, "url"),
        ({"url": "https://a.example/\n"}, None),
        ({"url": "https://a.exa\u0000mple/"}, "url"),
        ({"url": 7}, "url"),
        ({"name": " "}, "name"),
        ({"actions": ["gap"]}, "actions.0"),
        ({"actions": ["Gap.created"]}, "actions.0"),
        ({"actions": ["gap.created"] * 51}, "actions"),
        ({"actions": None}, None),
        ({"secret": "whsec_mine"}, "secret"),
        ({"status": "disabled"}, "status"),
        ({"position": 0}, "position"),
    ],
)
def test_bodies_are_checked(change: dict[str, Any], where: str | None) -> None:
    body = {**BODY, **change}
    if where is None:
        assert WebhookCreate.model_validate(body).actions == []
    else:
        assert [place for place, _ in complaints(WebhookCreate, body)] == [where]


@pytest.mark.parametrize("status", ["active", "disabled"])
def test_an_owner_may_switch_it(status: str) -> None:
    assert WebhookUpdate.model_validate({"status": status}).changes() == {"status": status}


@pytest.mark.parametrize("body", [{"status": "closed"}, {"url": None}, {"secret_number": 2}])
def test_an_owner_may_not_do_more(body: dict[str, Any]) -> None:
    assert complaints(WebhookUpdate, body)


def test_a_new_one_is_active_and_holds_no_secret() -> None:
    row = Webhook(owner="key_1", scope=Scope.PORTAL, created_by="key_1", url=BODY["url"])
    assert row.id.startswith("whk_")
    assert (row.status, row.secret_number) == (WebhookStatus.ACTIVE, 1)
    assert "secret" not in row.model_dump()
    assert set(WebhookWithSecret.model_fields) - set(WebhookPublic.model_fields) == {"secret"}


def test_words_of_the_answers_are_all_described() -> None:
    why = str(WebhookPublic.model_fields["disabled_because"].description)
    fault = str(DeliveryPublic.model_fields["fault"].description)
    assert all(word in why for word in DisabledBecause)
    assert all(word in fault for word in DeliveryFault)

"""Request bodies that are valid, keys that work, and short ways to send them."""

from itertools import count
from typing import Any

from starlette.testclient import TestClient

from matching.vocabulary import Scope
from service.runtime import Runtime

ADMIN = "admin-key-of-the-tests-0123456789abcdef"
PORTAL = "portal-key-of-the-tests-0123456789abcdef"
OTHER_PORTAL = "other-portal-key-of-the-tests-0123456789"
PARTNER = "partner-key-of-the-tests-0123456789abcdef"
PARTNER_ID = "ptn_tests"
OTHER_PARTNER = "other-partner-key-of-the-tests-012345678"
OTHER_PARTNER_ID = "ptn_others"

MADE_KEYS = {
    PORTAL: {"scope": Scope.PORTAL, "name": "Portal"},
    OTHER_PORTAL: {"scope": Scope.PORTAL, "name": "Other portal"},
    PARTNER: {"scope": Scope.PARTNER, "name": "Partner", "partner_id": PARTNER_ID},
    OTHER_PARTNER: {
        "scope": Scope.PARTNER,
        "name": "Other partner",
        "partner_id": OTHER_PARTNER_ID,
    },
}
"""Made in every test database beside the administrator's."""

numbers = count(1)


CORE_CHARACTERS = "安邦昌达恩丰广海吉康乐明宁鹏庆荣盛泰通旺祥信雅永源泽正致中卓航科锐创润博恒"
STRIDES = (1, 7, 17, 29)


def a_core() -> str:
    """Four characters of a company name; two such cores differ in three of them at least."""
    number, count = next(numbers), len(CORE_CHARACTERS)
    places = (number * stride + number // count * at for at, stride in enumerate(STRIDES, 1))
    return "".join(CORE_CHARACTERS[place % count] for place in places)


def an_investor(**fields: Any) -> dict[str, Any]:
    """A photoresist maker with a name of its own; only what registering needs."""
    name = f"示例光刻胶公司 {next(numbers)}"
    return {"name": name, "country": "JP", "products": ["光刻胶", "photoresist"], **fields}


def a_gap(**fields: Any) -> dict[str, Any]:
    """A missing photoresist link in Suzhou; only what registering needs."""
    return {"zone_id": "CNHTZ-3205", "kind": "missing", "link_id": "ic.photoresist", **fields}


def a_zone(**fields: Any) -> dict[str, Any]:
    """A zone of Jiangsu with a code of its own."""
    return {
        "code": f"TEST-{next(numbers)}",
        "name_zh": "示例高新区",
        "province_code": "32",
        **fields,
    }


def an_enterprise(**fields: Any) -> dict[str, Any]:
    """A maker of photoresist with an id of its own."""
    return {
        "name": "示例企业",
        "external_id": f"E-{next(numbers)}",
        "link_ids": ["ic.photoresist"],
        **fields,
    }


def a_lead(**fields: Any) -> dict[str, Any]:
    """A lead of a company of its own for the photoresist link in Suzhou."""
    place = {} if "gap_id" in fields else {"link_id": "ic.photoresist", "zone_id": "CNHTZ-3205"}
    investor = an_investor(name=f"{a_core()}光刻胶有限公司")
    whom = {} if "investor_id" in fields else {"investor": investor}
    return {**whom, **place, **fields}


def a_person(**fields: Any) -> dict[str, Any]:
    """The parts of a lead that name a person."""
    given = {"given_by": "王小明", "given_at": "2026-01-05T09:00:00Z", "purpose": "洽谈落地"}
    return {"contacts": [{"name": "王小明", **fields}], "consent": given}


def a_partner(**fields: Any) -> dict[str, Any]:
    """A partner for leads of any province."""
    return {"name": f"示例合伙人 {next(numbers)}", **fields}


def a_key(**fields: Any) -> dict[str, Any]:
    """A portal's key."""
    return {"scope": "portal", "name": "Portal of the tests", **fields}


def a_policy(**fields: Any) -> dict[str, Any]:
    """A draft that weighs ecology more than the policy in force."""
    said = {"name_zh": "生态优先", "name_en": "Ecology first", "source": "tests"}
    return {**said, "weights": {"ecology": 900}, **fields}


def a_keyword_edition(**fields: Any) -> dict[str, Any]:
    """An edition by which 版图神器, which is placed nowhere else, is an EDA tool."""
    row = {"link_id": "ic.eda", "keywords_zh": ["版图神器"], "keywords_en": ["layout wonder"]}
    said = {"name_zh": "关键词修订", "name_en": "Keywords revised", "source": "tests"}
    return {"kind": "keywords", "edition": "2027", **said, "rows": [row], **fields}


def a_webhook(**fields: Any) -> dict[str, Any]:
    """A webhook at a public address that needs no looking up."""
    return {"url": f"https://93.184.216.34:8443/hooks/{next(numbers)}", **fields}


def without(body: dict[str, Any], field: str) -> dict[str, Any]:
    """A body that lacks one field."""
    return {name: value for name, value in body.items() if name != field}


def register(client: TestClient, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """The answer to a POST of `investors`, `gaps` and the like that must go well."""
    answer = client.post(f"/v1/{kind}", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def runtime_of(client: TestClient) -> Runtime:
    """The parts behind a caller's application."""
    app: Any = client.app
    return app.state.runtime


def bearer(secret: str) -> dict[str, str]:
    """The header that sends a key."""
    return {"Authorization": f"Bearer {secret}"}

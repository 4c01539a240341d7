"""Bodies of editions of a chain, and short ways to let them rule."""

from typing import Any

from starlette.testclient import TestClient

from tests.factories import register
from tests.matching.reference.editions import link_rows

PATH = "/v1/admin/reference"
NEW_LINK = {
    "link_id": "ic.glass",
    "name_zh": "玻璃基板封装",
    "name_en": "Glass core substrates",
    "segment": "midstream",
    "keywords_zh": ["玻璃基板封装"],
    "keywords_en": ["glass core substrate"],
    "tech_barrier": 3,
    "is_core": True,
    "customers": ["ic.eda"],
}


def chain_rows(without: str = "") -> list[dict[str, Any]]:
    """The rows of the chain ic as the built-in reference has them, less one link."""
    names = ("link_id", "name_zh", "name_en", "segment", "tech_barrier", "is_core")
    lists = ("keywords_zh", "keywords_en", "gb4754_codes", "confusable_with", "customers")
    return [
        {name: getattr(row, name) for name in names}
        | {name: [one for one in getattr(row, name) if one != without] for name in lists}
        for row in link_rows("ic")
        if row.link_id != without
    ]


def a_chain_edition(*more: dict[str, Any], without: str = "", **fields: Any) -> dict[str, Any]:
    """An edition of the chain ic with some more links, less one."""
    said = {"name_zh": "集成电路链修订", "name_en": "IC chain revised", "source": "tests"}
    rows = [*chain_rows(without), *more]
    return {"kind": "links", "chain_id": "ic", "edition": "2027", **said, "rows": rows, **fields}


def load(admin: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    return register(admin, "admin/reference", body)


def call(admin: TestClient, edition: dict[str, Any], verb: str, **body: Any) -> dict[str, Any]:
    """The answer to `activate`, `rollback` or `preview`, which must go well."""
    answer = admin.post(f"{PATH}/{edition['id']}/{verb}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def placed(client: TestClient, product: str) -> list[str]:
    """The links that a product is placed at, best first."""
    answer = client.post("/v1/placement", json={"products": [product]})
    return [link["link_id"] for link in answer.json()["links"]]

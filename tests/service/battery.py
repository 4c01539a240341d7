"""A zone with invented but realistic firms of the battery chain, and one that would mend it."""

from typing import Any

from starlette.testclient import TestClient

from tests.factories import bearer

ZONE = "CNHTZ-3205"
PATH = f"/v1/zones/{ZONE}"
BATTERY = {"chain_id": "battery"}
CELLS, SEPARATOR, ELECTROLYTE = (
    "battery.cell_power",
    "battery.separator",
    "battery.electrolyte",
)


def a_firm(external_id: str, name: str, *products: str, **fields: Any) -> dict[str, Any]:
    return {"external_id": external_id, "name": name, "products": list(products), **fields}


FIRMS = [
    a_firm(
        "B-1",
        "示例时代电芯股份有限公司",
        "动力电芯",
        employees=6200,
        revenue_cny=9_400_000_000,
        honours=["chain_leader", "listed"],
    ),
    a_firm(
        "B-2",
        "示例方壳动力电芯有限公司",
        "动力电芯",
        employees=640,
        revenue_cny=720_000_000,
        honours=["little_giant"],
    ),
    a_firm("B-3", "示例电解液有限公司", "锂离子电池电解液", employees=62, revenue_cny=41_000_000),
    a_firm("B-4", "示例添加剂有限公司", "电解液添加剂", employees=35, revenue_cny=18_000_000),
    a_firm("B-5", "示例模组有限公司", "电池模组", employees=150, revenue_cny=210_000_000),
    a_firm("B-6", "示例综合实业有限公司", "综合实业", employees=40, revenue_cny=9_000_000),
]
"""A leader and a follower in cells, two small makers of electrolyte, one of packs, one unclear."""

SEPARATOR_MAKER = {
    "name": "Example Separator Co., Ltd.",
    "names": [{"lang": "zh", "name": "示例隔膜株式会社"}],
    "country": "JP",
    "products": ["锂电隔膜", "湿法隔膜"],
    "activities": ["manufacturing", "r_and_d"],
    "planned_investment_min_cny": 600_000_000,
    "planned_investment_max_cny": 900_000_000,
    "jobs": 260,
    "technology_level": 5,
    "rd_intensity_pct": 6.5,
}


def send(portal: TestClient, firms: list[dict[str, Any]]) -> None:
    answer = portal.put(f"{PATH}/enterprises", json=firms)
    assert answer.status_code == 200, answer.text


def diagnosed(client: TestClient, chain: str = "battery") -> dict[str, Any]:
    answer = client.get(f"{PATH}/diagnosis", params={"chain_id": chain})
    assert answer.status_code == 200, answer.text
    return answer.json()


def link_of(client: TestClient, link_id: str) -> dict[str, Any]:
    chain = link_id.partition(".")[0]
    return next(x for x in diagnosed(client, chain)["links"] if x["link_id"] == link_id)


def computed(client: TestClient, **body: str) -> dict[str, Any]:
    answer = client.post(f"{PATH}/diagnosis/gaps", json={**BATTERY, **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


def outcome(told: dict[str, Any], link_id: str) -> tuple[str, str | None]:
    item = next(item for item in told["items"] if item["link_id"] == link_id)
    return item["outcome"], item["gap_id"]


def as_key(client: TestClient, key: str) -> TestClient:
    return TestClient(client.app, headers=bearer(key))

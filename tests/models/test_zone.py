from typing import Any

import pytest

from matching.vocabulary import Provenance, Region, ZoneTier
from models.readiness import PromotionPath
from models.zone import Zone, ZoneBrief, ZoneCreate, ZonePublic, ZoneUpdate
from tests.models.bodies import a_zone, complaints, without


def a_row(**fields: Any) -> Zone:
    create = ZoneCreate.model_validate(a_zone(**fields))
    known = {"id": create.code, "region": Region.EAST, "created_by": "key_1"}
    return Zone.model_validate(create, update=known)


@pytest.mark.parametrize(
    "body",
    [
        a_zone(),
        a_zone(tier="national", aliases=["示例"], leading_chains=["ic", "pv"]),
        a_zone(high_end_service_share_pct=51.5, energy_cap_tce_per_10k_cny=0.3),
        *ZoneCreate.model_json_schema()["examples"],
    ],
)
def test_good_bodies(body: dict[str, Any]) -> None:
    answer = ZonePublic.model_validate(a_row(**body)).model_dump(mode="json", exclude_none=True)
    assert {name: answer[name] for name in body} == body
    assert (answer["id"], answer["region"]) == (body["code"], "east")


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        (without(a_zone(), "code"), "code", "Field required"),
        (without(a_zone(), "name_zh"), "name_zh", "Field required"),
        (without(a_zone(), "province_code"), "province_code", "Field required"),
        (a_zone(code="a b"), "code", "pattern"),
        (a_zone(name_zh=""), "name_zh", "is blank"),
        (a_zone(province_code="江苏"), "province_code", "pattern"),
        (a_zone(tier="county"), "tier", "'national'"),
        (a_zone(region="east"), "region", "Extra inputs"),
        (a_zone(provenance="official_text"), "provenance", "Extra inputs"),
        (a_zone(leading_chains=["IC"]), "leading_chains.0", "pattern"),
        (a_zone(land_available_ha=-1), "land_available_ha", "greater than or equal"),
        (a_zone(high_end_service_share_pct=101), "high_end_service_share_pct", "less than"),
        (a_zone(promotion_path={"plan": "done"}), "promotion_path.plan", "valid boolean"),
        (a_zone(promotion_path={"step": True}), "promotion_path.step", "Extra inputs"),
        (a_zone(promotion_path=[]), "promotion_path", "valid dictionary"),
        (a_zone(readiness={"force": {}}), "readiness.force", "Extra inputs"),
        (
            a_zone(readiness={"strategy_planning": {"regional_driving_effect": 101}}),
            "readiness.strategy_planning.regional_driving_effect",
            "less than or equal to 100",
        ),
    ],
)
def test_bad_bodies(body: dict[str, Any], where: str, message: str) -> None:
    found = complaints(ZoneCreate, body)
    assert [text for place, text in found if place == where and message in text], found


def test_a_row_of_the_reference_says_where_it_comes_from() -> None:
    row = a_row()
    assert ZonePublic.model_validate(row).provenance is None
    row.provenance = Provenance.PUBLIC_LISTING
    assert ZonePublic.model_validate(row).provenance is Provenance.PUBLIC_LISTING


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"name_zh": "新名"}, {"name_zh": "新名", "tier": ZoneTier.NATIONAL}),
        ({"tier": None}, {"tier": None}),
        ({"leading_chains": None}, {"leading_chains": []}),
        ({"promotion_path": {"fund": True}}, {"promotion_path": PromotionPath(fund=True)}),
        ({}, {"leading_chains": ["ic"], "promotion_path": PromotionPath(plan=True)}),
    ],
)
def test_good_patches(changes: dict[str, Any], kept: dict[str, Any]) -> None:
    row = a_row(tier="national", leading_chains=["ic"], promotion_path={"plan": True})
    row.sqlmodel_update(ZoneUpdate.model_validate(changes).changes())
    assert {name: getattr(row, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"name_zh": None}, "name_zh", "valid string"),
        ({"province_code": None}, "province_code", "valid string"),
        ({"code": "ZONE-2"}, "code", "Extra inputs"),
        ({"id": "ZONE-2"}, "id", "Extra inputs"),
    ],
)
def test_bad_patches(changes: dict[str, Any], where: str, message: str) -> None:
    ((place, text),) = complaints(ZoneUpdate, changes)
    assert place == where
    assert message in text


def test_in_other_answers_a_zone_is_brief() -> None:
    brief = ZoneBrief.model_validate(a_row(name_en="Example"))
    assert brief.model_dump(mode="json") == {
        "id": "ZONE-1",
        "name_zh": "示例高新区",
        "name_en": "Example",
        "region": "east",
    }

from datetime import date
from typing import Any

import pytest

from matching.vocabulary import GapKind, GapStatus, Region
from models.base import FieldsDisagree
from models.gap import GapCreate, GapPublic, GapUpdate, merge_gap
from models.zone import ZoneBrief
from tests.models.bodies import a_gap, a_gap_row, complaints, without

ZONE = ZoneBrief(id="CNHTZ-3205", name_zh="苏州高新区", name_en=None, region=Region.EAST)


@pytest.mark.parametrize(
    "body",
    [
        a_gap(),
        without(a_gap(products=["光刻胶"]), "link_id"),
        a_gap(link_id=None, products=["光刻胶"]),
        a_gap(kind="weak", capacity=3, severity=0, description="第一行\n第二行"),
        a_gap(investment_min_cny=5, investment_max_cny=5, valid_from="2030-01-01"),
        a_gap(valid_from="2030-01-01", valid_until="2030-01-01"),
        *GapCreate.model_json_schema()["examples"],
    ],
)
def test_good_bodies(body: dict[str, Any]) -> None:
    row = a_gap_row(is_placed=body.get("link_id") is None, **body)
    answer = GapPublic.model_validate(row, update={"zone": ZONE, "placement": [], "warnings": []})
    shown = answer.model_dump(mode="json")
    assert {name: shown[name] for name in body if body[name] is not None} == {
        name: value for name, value in body.items() if value is not None
    }
    assert (shown["status"], shown["zone"]["id"], shown["chain_id"]) == (
        "open",
        "CNHTZ-3205",
        "ic",
    )


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        (without(a_gap(), "zone_id"), "zone_id", "Field required"),
        (without(a_gap(), "kind"), "kind", "Field required"),
        (without(a_gap(), "link_id"), "", "one of link_id, products is needed"),
        (a_gap(link_id=None, products=[]), "", "one of link_id, products is needed"),
        (a_gap(zone_id="高新区"), "zone_id", "pattern"),
        (a_gap(zone_id=None), "zone_id", "valid string"),
        (a_gap(kind="strong"), "kind", "'weak' or 'missing'"),
        (a_gap(kind="WEAK"), "kind", "'weak' or 'missing'"),
        (a_gap(link_id="photoresist"), "link_id", "pattern"),
        (a_gap(status="open"), "status", "Extra inputs"),
        (a_gap(chain_id="ic"), "chain_id", "Extra inputs"),
        (a_gap(title_zh="x" * 501), "title_zh", "at most 500"),
        (a_gap(title_en="a\nb"), "title_en", "control character"),
        (a_gap(description="x" * 5001), "description", "at most 5000"),
        (a_gap(description="a\x00"), "description", "control character"),
        (a_gap(severity=101), "severity", "less than or equal to 100"),
        (a_gap(severity=-1), "severity", "greater than or equal to 0"),
        (a_gap(technology_level_wanted=6), "technology_level_wanted", "less than or equal to 5"),
        (a_gap(technology_level_floor=0), "technology_level_floor", "greater than or equal to 1"),
        (a_gap(investment_floor_cny=-1), "investment_floor_cny", "greater than or equal to 0"),
        (a_gap(capacity=0), "capacity", "greater than or equal to 1"),
        (a_gap(capacity="2"), "capacity", "should be a number"),
        (a_gap(land_ha="5"), "land_ha", "should be a number"),
        (a_gap(energy_cap_tce=float("nan")), "energy_cap_tce", "finite number"),
        (a_gap(emissions_cap_tco2e=1e13), "emissions_cap_tco2e", "less than or equal"),
        (a_gap(valid_from="2030-02-30"), "valid_from", "valid date"),
        (a_gap(valid_until="2030-01-01T00:00:00Z"), "valid_until", "YYYY-MM-DD"),
        (a_gap(owner=" "), "owner", "is blank"),
        (
            a_gap(investment_min_cny=2, investment_max_cny=1),
            "",
            "investment_min_cny must not be above investment_max_cny",
        ),
        (
            a_gap(valid_from="2030-01-02", valid_until="2030-01-01"),
            "",
            "valid_from must not be above valid_until",
        ),
    ],
)
def test_bad_bodies(body: dict[str, Any], where: str, message: str) -> None:
    found = complaints(GapCreate, body)
    assert [text for place, text in found if place == where and message in text], found


def test_what_is_not_said() -> None:
    create = GapCreate.model_validate(a_gap(capacity=None, products=None))
    assert (create.capacity, create.products, create.severity) == (1, [], None)
    row = a_gap_row()
    assert (row.status, row.capacity, row.is_placed) == (GapStatus.OPEN, 1, False)
    assert row.id.startswith("gap_")


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"status": "filled"}, {"status": GapStatus.FILLED, "kind": GapKind.MISSING}),
        ({"kind": "weak"}, {"kind": GapKind.WEAK, "severity": 70}),
        ({"severity": None}, {"severity": None}),
        ({"capacity": None}, {"capacity": 1}),
        ({"valid_until": "2031-01-01"}, {"valid_until": date(2031, 1, 1)}),
        ({"link_id": "pv.wafer"}, {"link_id": "pv.wafer", "chain_id": "pv", "is_placed": False}),
        ({"zone_id": "ZONE-2"}, {"zone_id": "ZONE-2", "link_id": "ic.photoresist"}),
    ],
)
def test_good_patches(changes: dict[str, Any], kept: dict[str, Any]) -> None:
    row = a_gap_row(severity=70, capacity=2)
    assert merge_gap(row, GapUpdate.model_validate(changes).changes()) is False
    assert {name: getattr(row, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("is_placed", "changes", "anew"),
    [
        (False, {"products": ["抛光液"]}, False),
        (False, {"link_id": None}, True),
        (True, {"products": ["抛光液"]}, True),
        (True, {"products": ["光刻胶"]}, False),
        (True, {"severity": 3}, False),
        (True, {"link_id": None}, False),
        (True, {"link_id": "ic.cmp"}, False),
        (True, {"link_id": "ic.cmp", "products": ["抛光液"]}, False),
        (True, {"link_id": "ic.cmp", "products": []}, False),
    ],
)
def test_when_the_link_must_be_found_anew(
    is_placed: bool, changes: dict[str, Any], anew: bool
) -> None:
    row = a_gap_row(products=["光刻胶"], is_placed=is_placed)
    assert merge_gap(row, GapUpdate.model_validate(changes).changes()) is anew
    assert row.is_placed == (is_placed or anew) or changes.get("link_id") is not None
    if changes.get("link_id"):
        assert (row.link_id, row.chain_id, row.is_placed) == ("ic.cmp", "ic", False)


@pytest.mark.parametrize(
    ("is_placed", "changes", "fields"),
    [
        (True, {"products": []}, ("link_id", "products")),
        (True, {"products": None}, ("link_id", "products")),
        (False, {"link_id": None, "products": []}, ("link_id", "products")),
        (False, {"investment_min_cny": 11}, ("investment_min_cny", "investment_max_cny")),
        (False, {"investment_max_cny": 4}, ("investment_min_cny", "investment_max_cny")),
        (False, {"valid_from": date(2031, 1, 1)}, ("valid_from", "valid_until")),
        (False, {"valid_until": date(2029, 1, 1)}, ("valid_from", "valid_until")),
    ],
)
def test_a_patch_must_fit_what_is_there(
    is_placed: bool, changes: dict[str, Any], fields: tuple[str, ...]
) -> None:
    row = a_gap_row(
        is_placed=is_placed,
        products=["光刻胶"],
        investment_min_cny=5,
        investment_max_cny=10,
        valid_from="2030-01-01",
        valid_until="2030-12-31",
    )
    with pytest.raises(FieldsDisagree) as refusal:
        merge_gap(row, GapUpdate.model_validate(changes).changes())
    assert refusal.value.fields == fields


def test_ends_may_be_cleared() -> None:
    row = a_gap_row(investment_min_cny=5, investment_max_cny=10, valid_until="2030-12-31")
    merge_gap(row, {"investment_max_cny": None, "investment_min_cny": 11, "valid_until": None})
    assert (row.investment_min_cny, row.investment_max_cny, row.valid_until) == (11, None, None)


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"zone_id": None}, "zone_id", "valid string"),
        ({"kind": None}, "kind", "'weak' or 'missing'"),
        ({"status": None}, "status", "'open', 'filled' or 'closed'"),
        ({"status": "expired"}, "status", "'open', 'filled' or 'closed'"),
        ({"number": 5}, "number", "Extra inputs"),
        ({"is_placed": True}, "is_placed", "Extra inputs"),
    ],
)
def test_bad_patches(changes: dict[str, Any], where: str, message: str) -> None:
    ((place, text),) = complaints(GapUpdate, changes)
    assert place == where
    assert message in text

from typing import Any

import pytest

from matching.vocabulary import Activity, CodeScheme, Origin, Region, SmartManufacturing
from models.base import FieldsDisagree
from models.industry import IndustryCode
from models.investor import (
    Investor,
    InvestorCreate,
    InvestorPublic,
    InvestorUpdate,
    check_investor,
    derive_origin,
    merge_investor,
)
from models.lists import MOST_ITEMS
from tests.models.bodies import an_investor, an_investor_row, complaints, without

CODES = [{"scheme": "gb4754", "code": "3985"}]
COMPUTED: dict[str, Any] = {
    "placement": [],
    "completeness": 0,
    "warnings": [],
    "possible_duplicates": [],
}
LISTS = [
    "names",
    "aliases",
    "industry_codes",
    "activities",
    "smart_manufacturing",
    "preferred_regions",
    "preferred_provinces",
]


@pytest.mark.parametrize(
    "body",
    [
        an_investor(),
        without(an_investor(names=[{"lang": "zh", "name": "示例"}]), "name"),
        without(an_investor(industry_codes=CODES), "products"),
        an_investor(industry_codes=[{"scheme": "nace2", "code": "26.11"}], products=None),
        *InvestorCreate.model_json_schema()["examples"],
    ],
)
def test_good_bodies(body: dict[str, Any]) -> None:
    create = InvestorCreate.model_validate(body)
    row = Investor.model_validate(create, update={"number": 1, "created_by": "key_1"})
    answer = InvestorPublic.model_validate(row, update=COMPUTED).model_dump(mode="json")
    assert {name: answer[name] for name in body if body[name] is not None} == {
        name: value for name, value in body.items() if value is not None
    }


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        ({}, "country", "Field required"),
        (without(an_investor(), "country"), "country", "Field required"),
        (without(an_investor(), "name"), "", "one of name, names is needed"),
        (an_investor(name="  "), "name", "is blank"),
        (an_investor(name="x" * 501), "name", "at most 500"),
        (an_investor(name="a\x00"), "name", "control character"),
        (an_investor(name="a\ud800"), "name", "surrogate"),
        (an_investor(products=[]), "", "one of products, industry_codes is needed"),
        (an_investor(products=["a", ""]), "products.1", "is blank"),
        (an_investor(products="光刻胶"), "products", "valid list"),
        (an_investor(products=["x"] * (MOST_ITEMS + 1)), "products", "at most 50 items"),
        (an_investor(country="Japan"), "country", "ISO 3166-1"),
        (an_investor(country=None), "country", "valid string"),
        (an_investor(origin="alien"), "origin", "'foreign', 'hmt' or 'domestic'"),
        (an_investor(industry_codes=["3985"]), "industry_codes.0", "valid dictionary"),
        (
            an_investor(industry_codes=[{"scheme": "gb4754"}]),
            "industry_codes.0.code",
            "Field required",
        ),
        (
            an_investor(industry_codes=[{"scheme": "sic", "code": "1"}]),
            "industry_codes.0.scheme",
            "'gb4754'",
        ),
        (
            an_investor(industry_codes=[{"scheme": "gb4754", "code": "9" * 21}]),
            "industry_codes.0.code",
            "at most 20",
        ),
        (
            an_investor(industry_codes=[{"scheme": "gb4754", "code": "1", "x": 1}]),
            "industry_codes.0.x",
            "Extra inputs",
        ),
        (an_investor(names=[{"lang": "ZH", "name": "a"}]), "names.0.lang", "pattern"),
        (an_investor(names=[{"lang": "zh", "name": ""}]), "names.0.name", "is blank"),
        (an_investor(names=[{"name": "a"}]), "names.0.lang", "Field required"),
        (an_investor(uscc="123"), "uscc", "GB 32100"),
        (an_investor(lei="EXAMPLE00000BULIAN92"), "lei", "check digits"),
        (an_investor(website="javascript:alert(1)"), "website", "https://host"),
        (an_investor(activities=["flying"]), "activities.0", "'manufacturing'"),
        (an_investor(smart_manufacturing=["smart"]), "smart_manufacturing.0", "'automation'"),
        (an_investor(preferred_regions=["south"]), "preferred_regions.0", "'east'"),
        (an_investor(preferred_provinces=["Jiangsu"]), "preferred_provinces.0", "at most 2"),
        (an_investor(jobs=-1), "jobs", "greater than or equal to 0"),
        (an_investor(jobs="12"), "jobs", "should be a number"),
        (an_investor(jobs=1.5), "jobs", "fractional part"),
        (an_investor(technology_level=6), "technology_level", "less than or equal to 5"),
        (an_investor(technology_level=0), "technology_level", "greater than or equal to 1"),
        (an_investor(rd_intensity_pct=101), "rd_intensity_pct", "less than or equal to 100"),
        (an_investor(rd_intensity_pct=float("nan")), "rd_intensity_pct", "finite number"),
        (an_investor(land_ha=float("inf")), "land_ha", "finite number"),
        (an_investor(planned_output_cny=10**15 + 1), "planned_output_cny", "less than or equal"),
        (an_investor(revenue_cny=True), "revenue_cny", "should be a number"),
        (an_investor(circular="yes"), "circular", "valid boolean"),
        (an_investor(opt_out=1), "opt_out", "valid boolean"),
        (an_investor(start_by="soon"), "start_by", "YYYY-MM-DD"),
        (an_investor(start_by=1_700_000_000), "start_by", "YYYY-MM-DD"),
        (an_investor(external_id="x" * 101), "external_id", "at most 100"),
        (
            an_investor(planned_investment_min_cny=2, planned_investment_max_cny=1),
            "",
            "planned_investment_min_cny must not be above planned_investment_max_cny",
        ),
        (an_investor(id="inv_1"), "id", "Extra inputs"),
        (an_investor(number=1), "number", "Extra inputs"),
        (an_investor(created_by="key_1"), "created_by", "Extra inputs"),
        (an_investor(version=7), "version", "Extra inputs"),
    ],
)
def test_bad_bodies(body: dict[str, Any], where: str, message: str) -> None:
    found = complaints(InvestorCreate, body)
    assert [text for place, text in found if place == where and message in text], found


@pytest.mark.parametrize(
    ("country", "origin"),
    [("CN", "domestic"), ("HK", "hmt"), ("MO", "hmt"), ("TW", "hmt"), ("JP", "foreign")],
)
def test_origin_follows_from_the_country(country: str, origin: str) -> None:
    assert derive_origin(country).value == origin
    assert InvestorCreate.model_validate(an_investor(country=country.lower())).origin == origin


def test_origin_that_is_said_is_kept() -> None:
    create = InvestorCreate.model_validate(an_investor(country="CN", origin="foreign"))
    assert create.origin is Origin.FOREIGN


def test_the_name_shown_is_the_first_of_the_names_unless_it_is_said() -> None:
    names = [{"lang": "zh", "name": "甲"}, {"lang": "en", "name": "A"}]
    nameless = without(an_investor(names=names), "name")
    assert InvestorCreate.model_validate(nameless).name == "甲"
    assert InvestorCreate.model_validate(an_investor(names=names)).name == "Example K.K."


@pytest.mark.parametrize("field", LISTS)
def test_a_list_may_be_null_and_is_then_empty(field: str) -> None:
    create = InvestorCreate.model_validate(an_investor(**{field: None}))
    assert getattr(create, field) == []


def test_lists_hold_each_item_once() -> None:
    create = InvestorCreate.model_validate(
        an_investor(
            products=["胶", " 胶"],
            industry_codes=CODES * 2,
            activities=["r_and_d", "r_and_d"],
            smart_manufacturing=["lean", "digital", "lean"],
            preferred_regions=["west", "west"],
        )
    )
    assert create.products == ["胶"]
    assert create.industry_codes == [IndustryCode(scheme=CodeScheme.GB4754, code="3985")]
    assert create.activities == [Activity.R_AND_D]
    assert create.smart_manufacturing == [SmartManufacturing.LEAN, SmartManufacturing.DIGITAL]
    assert create.preferred_regions == [Region.WEST]


def test_unknown_stays_unknown() -> None:
    row = an_investor_row()
    for field in ("jobs", "circular", "rd_centre_committed", "technology_level", "land_ha"):
        assert getattr(row, field) is None
    assert row.opt_out is False


def test_zero_and_false_stay_what_they_are() -> None:
    row = an_investor_row(jobs=0, circular=False, planned_investment_min_cny=0)
    assert (row.jobs, row.circular, row.planned_investment_min_cny) == (0, False, 0)


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"name": "New"}, {"name": "New", "country": "JP", "products": ["photoresist"]}),
        ({"jobs": 5}, {"jobs": 5, "technology_level": 4}),
        ({"technology_level": None}, {"technology_level": None}),
        ({"aliases": None}, {"aliases": []}),
        ({"opt_out": True}, {"opt_out": True}),
        ({"opt_out": None}, {"opt_out": False}),
        ({"country": "cn"}, {"country": "CN", "origin": Origin.DOMESTIC}),
        ({"country": "CN", "origin": "hmt"}, {"origin": Origin.HMT}),
        ({"origin": "domestic"}, {"origin": Origin.DOMESTIC, "country": "JP"}),
        ({"products": [], "industry_codes": CODES}, {"products": []}),
        ({"planned_investment_min_cny": 9, "planned_investment_max_cny": 9}, {}),
    ],
)
def test_good_patches(changes: dict[str, Any], kept: dict[str, Any]) -> None:
    row = an_investor_row(technology_level=4, aliases=["old"])
    merge_investor(row, InvestorUpdate.model_validate(changes).changes())
    assert {name: getattr(row, name) for name in kept} == kept


def test_an_origin_that_was_said_outlives_a_change_of_country() -> None:
    row = an_investor_row(country="CN", origin="foreign")
    merge_investor(row, {"country": "HK"})
    assert row.origin is Origin.FOREIGN
    merge_investor(row, {"origin": None})
    assert row.origin is Origin.HMT


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"name": None}, "name", "valid string"),
        ({"country": None}, "country", "valid string"),
        ({"name": ""}, "name", "is blank"),
        ({"jobs": "5"}, "jobs", "should be a number"),
        ({"closed_at": None}, "closed_at", "Extra inputs"),
        ({"placement": []}, "placement", "Extra inputs"),
    ],
)
def test_bad_patches(changes: dict[str, Any], where: str, message: str) -> None:
    ((place, text),) = complaints(InvestorUpdate, changes)
    assert place == where
    assert message in text


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"products": []}, ("products", "industry_codes")),
        ({"products": None}, ("products", "industry_codes")),
        (
            {"planned_investment_min_cny": 11},
            ("planned_investment_min_cny", "planned_investment_max_cny"),
        ),
        (
            {"planned_investment_max_cny": 4},
            ("planned_investment_min_cny", "planned_investment_max_cny"),
        ),
    ],
)
def test_a_patch_must_fit_what_is_there(changes: dict[str, Any], fields: tuple[str, ...]) -> None:
    row = an_investor_row(planned_investment_min_cny=5, planned_investment_max_cny=10)
    with pytest.raises(FieldsDisagree) as refusal:
        merge_investor(row, InvestorUpdate.model_validate(changes).changes())
    assert refusal.value.fields == fields


def test_a_row_without_any_name_is_found() -> None:
    row = an_investor_row()
    row.name = ""
    with pytest.raises(FieldsDisagree, match="name"):
        check_investor(row)


def test_ids_are_made_for_rows() -> None:
    assert an_investor_row().id.startswith("inv_")
    assert an_investor_row().id != an_investor_row().id

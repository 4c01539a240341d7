from math import isnan
from typing import Any

import pytest

from matching.codes import IndustryCode
from matching.kinds import high_tech_class, investor_kinds
from matching.rows import KINDS
from matching.vocabulary import Activity, CodeScheme, Kind
from tests.matching.making import PLACER, REFERENCE, investor_facts


def code(value: str, scheme: CodeScheme = CodeScheme.GB4754) -> tuple[IndustryCode, ...]:
    return (IndustryCode(scheme, value),)


def kinds_of(**known: Any) -> tuple[set[Kind], set[Kind]]:
    facts = investor_facts(**{"products": (), **known})
    found = investor_kinds(facts, PLACER.links(facts.products, facts.industry_codes), REFERENCE)
    full = {k for n, k in enumerate(KINDS) if found.full >> n & 1}
    half = {k for n, k in enumerate(KINDS) if found.half >> n & 1}
    return full, half


MILLION = 1_000_000


KINDS_OF: list[tuple[dict[str, Any], set[Kind]]] = [
    ({}, set[Kind]()),
    ({"industry_codes": code("1811")}, {Kind.LABOUR_INTENSIVE}),
    ({"industry_codes": code("3973")}, {Kind.TECHNOLOGY_INTENSIVE, Kind.STRATEGIC_EMERGING}),
    ({"industry_codes": code("2511")}, {Kind.CAPITAL_INTENSIVE}),
    (
        {"industry_codes": code("6513")},
        {Kind.SERVICES, Kind.STRATEGIC_EMERGING, Kind.HIGH_END_SERVICES},
    ),
    (
        {
            "industry_codes": code("3973"),
            "jobs": 500,
            "planned_investment_max_cny": 100 * MILLION,
        },
        {Kind.LABOUR_INTENSIVE, Kind.STRATEGIC_EMERGING},
    ),
    (
        {"industry_codes": code("1811"), "rd_intensity_pct": 3.0},
        {Kind.TECHNOLOGY_INTENSIVE},
    ),
    (
        {
            "industry_codes": code("1811"),
            "jobs": 10,
            "planned_investment_min_cny": 20 * MILLION,
        },
        {Kind.CAPITAL_INTENSIVE},
    ),
    (
        {
            "industry_codes": code("1811"),
            "jobs": 40,
            "planned_investment_min_cny": 20 * MILLION,
        },
        {Kind.LABOUR_INTENSIVE},
    ),
    (
        {"industry_codes": code("6513"), "rd_intensity_pct": 15.0},
        {
            Kind.TECHNOLOGY_INTENSIVE,
            Kind.SERVICES,
            Kind.STRATEGIC_EMERGING,
            Kind.HIGH_END_SERVICES,
        },
    ),
    ({"circular": True}, {Kind.ECOLOGICAL_MANUFACTURING}),
    ({"activities": (Activity.SERVICES,)}, {Kind.SERVICES}),
]


@pytest.mark.parametrize(("known", "full"), KINDS_OF)
def test_figures_decide_before_the_industry(known: dict[str, Any], full: set[Kind]) -> None:
    assert kinds_of(**known)[0] == full


def test_a_link_stands_in_for_an_industry_code() -> None:
    assert kinds_of(products=("光刻胶",))[0] == {Kind.TECHNOLOGY_INTENSIVE, Kind.STRATEGIC_EMERGING}


def test_a_foreign_code_counts_when_it_points_to_one_division() -> None:
    assert Kind.LABOUR_INTENSIVE in kinds_of(industry_codes=code("14.13", CodeScheme.NACE2))[0]


def test_headquarters_make_a_manufacturer_half_a_high_end_service() -> None:
    full, half = kinds_of(industry_codes=code("3973"), activities=(Activity.HEADQUARTERS,))
    assert Kind.HIGH_END_SERVICES in half
    assert Kind.HIGH_END_SERVICES not in full


def test_a_class_only_related_to_an_emerging_industry_counts_half() -> None:
    full, half = kinds_of(industry_codes=code("3562"))
    assert Kind.STRATEGIC_EMERGING in half
    assert Kind.STRATEGIC_EMERGING not in full


@pytest.mark.parametrize(("value", "share"), [("3973", 1.0), ("1811", 0.0)])
def test_high_technology_is_read_from_the_own_class(value: str, share: float) -> None:
    assert high_tech_class(investor_facts(industry_codes=code(value)), REFERENCE) == share


def test_without_an_own_class_high_technology_is_unknown() -> None:
    assert isnan(high_tech_class(investor_facts(), REFERENCE))
    foreign = investor_facts(industry_codes=code("26.11", CodeScheme.NACE2))
    assert isnan(high_tech_class(foreign, REFERENCE))

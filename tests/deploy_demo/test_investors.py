"""The invented investors: marked, spread over countries and schemes, and the cases to show."""

from collections import Counter

import pytest
from stdnum.cn import uscc

from matching.codes import resolve
from matching.reference.loader import load_reference
from matching.vocabulary import Activity, CodeScheme, Origin, Region
from models.investor import InvestorCreate
from tests.deploy_demo.lines import list_names, read_gaps, read_investors, read_lines

REFERENCE = load_reference()
INVESTORS = read_investors()
EUROPE = {"DE", "FR", "NL", "CH", "GB", "IT", "SE", "DK", "FI", "ES", "BE", "AT"}
FOREIGN_COUNTRIES = EUROPE | {"JP", "KR", "US", "SG", "CA", "AU", "IL", "MY"}
MILLION = 1_000_000


def jobs_per_million(investor: InvestorCreate) -> float:
    """Jobs per million CNY of the greatest plan, the cautious reading; 0 where unknown."""
    if investor.jobs is None or investor.planned_investment_max_cny is None:
        return 0
    return investor.jobs * MILLION / investor.planned_investment_max_cny


def test_sixty_investors_from_the_mainland_beyond_the_straits_and_abroad() -> None:
    origins = Counter(investor.origin for investor in INVESTORS)
    countries = {investor.country for investor in INVESTORS}

    assert origins == {Origin.DOMESTIC: 20, Origin.HMT: 8, Origin.FOREIGN: 32}
    assert countries == {"CN", "HK", "MO", "TW"} | FOREIGN_COUNTRIES


def test_every_name_is_marked_as_invented() -> None:
    for investor in INVESTORS:
        for name in list_names(investor):
            assert name.endswith(("（演示）", " (Demo)")), name


def test_no_name_stands_twice() -> None:
    names = Counter(name for investor in INVESTORS for name in list_names(investor))

    assert [name for name, times in names.items() if times > 1] == []


def test_every_code_is_known_to_the_reference_as_written() -> None:
    for investor in INVESTORS:
        for stated in investor.industry_codes or []:
            resolution = resolve(REFERENCE, stated.scheme, stated.code)
            assert resolution.found, stated
            assert resolution.exact, stated
            assert resolution.code == stated.code


def test_codes_come_from_many_schemes() -> None:
    schemes = {code.scheme for investor in INVESTORS for code in investor.industry_codes or []}

    assert schemes >= {
        CodeScheme.GB4754,
        CodeScheme.ISIC4,
        CodeScheme.NACE2,
        CodeScheme.NACE21,
        CodeScheme.NAICS2017,
        CodeScheme.NAICS2022,
        CodeScheme.UKSIC2007,
        CodeScheme.JSIC13,
        CodeScheme.KSIC10,
        CodeScheme.SSIC2020,
    }


def test_credit_codes_have_valid_check_digits_are_invented_and_chinese_only() -> None:
    stated = [investor for investor in INVESTORS if investor.uscc is not None]

    assert len(stated) >= 8
    for investor in stated:
        assert investor.country == "CN"
        assert uscc.is_valid(investor.uscc or "")
        assert (investor.uscc or "")[8:11] == "DEM"
    assert len({investor.uscc for investor in stated}) == len(stated)


@pytest.mark.parametrize("field", ["lei", "opt_out"])
def test_fields_that_no_invented_investor_may_have(field: str) -> None:
    assert not any(f'"{field}"' in line for line in read_lines("investors.jsonl"))


def test_web_addresses_lie_in_the_reserved_domain() -> None:
    addresses = [str(found.website) for found in INVESTORS if found.website is not None]

    assert addresses
    assert all(address.rstrip("/").endswith(".example") for address in addresses)


def test_preferred_provinces_are_in_the_reference() -> None:
    stated = {code for investor in INVESTORS for code in investor.preferred_provinces or []}

    assert stated <= set(REFERENCE.provinces)
    assert len(stated) >= 10


def test_regions_preferred_are_all_four() -> None:
    stated = {region for investor in INVESTORS for region in investor.preferred_regions or []}

    assert stated == set(Region)


def test_products_come_in_chinese_in_english_and_in_both() -> None:
    styles = Counter(style_of(investor) for investor in INVESTORS if investor.products)

    assert min(styles["zh"], styles["en"]) >= 10
    assert styles["both"] >= 5


def style_of(investor: InvestorCreate) -> str:
    """zh, en or both: the languages of the products, a Chinese character deciding for zh."""
    is_zh = {any("一" <= sign <= "鿿" for sign in phrase) for phrase in investor.products or []}
    if is_zh == {True, False}:
        return "both"
    return "zh" if is_zh == {True} else "en"


def test_some_say_little_and_some_say_nearly_all() -> None:
    bare = {"name", "country", "products", "industry_codes", "external_id", "origin"}
    full = {"rd_intensity_pct", "rd_centre_committed", "technology_level", "jobs", "revenue_cny"}
    stated = [investor.model_fields_set for investor in INVESTORS]

    assert sum(fields <= bare for fields in stated) >= 2
    assert sum(fields >= full for fields in stated) >= 10
    assert any(not investor.products for investor in INVESTORS)
    assert any(not investor.industry_codes for investor in INVESTORS)


def test_plans_are_ordered_ranges() -> None:
    for investor in INVESTORS:
        low, high = investor.planned_investment_min_cny, investor.planned_investment_max_cny
        assert (low is None) == (high is None)
        if low is not None and high is not None:
            assert 0 < low < high


def test_every_kind_of_project_of_the_policy_is_there() -> None:
    """Labour-intensive, high-end service, circular, chain leader and joint venture."""
    assert sum(jobs_per_million(investor) >= 5 for investor in INVESTORS) >= 2
    assert sum(Activity.HEADQUARTERS in (i.activities or []) for i in INVESTORS) >= 2
    assert sum(i.circular is True for i in INVESTORS) >= 4
    assert sum(i.is_chain_leader is True for i in INVESTORS) >= 3
    assert any(i.joint_venture is True for i in INVESTORS)


def test_every_chain_has_an_investor_that_names_one_of_its_products() -> None:
    """By the reference's own keywords, so that every demo ranking has something to rank."""
    phrases = {phrase for investor in INVESTORS for phrase in investor.products or []}
    served = {
        link.chain_id
        for link in REFERENCE.links.values()
        if phrases & {link.name_zh, link.name_en, *link.keywords_zh, *link.keywords_en}
    }

    assert served == set(REFERENCE.chains)


NAMED_FOR_GAPS = ["ic.photoresist", "ic.wafer_si", "biopharma.cgt", "nev.harness", "nev.hdmap"]


@pytest.mark.parametrize("link_id", NAMED_FOR_GAPS)
def test_the_links_to_show_have_a_gap_and_an_investor(link_id: str) -> None:
    link = REFERENCE.links[link_id]
    words = {*link.keywords_zh, *link.keywords_en}

    assert any(gap.link_id == link_id for gap in read_gaps())
    assert any(words & set(investor.products or []) for investor in INVESTORS)


def test_a_field_closed_to_foreigners_has_takers_of_both_origins() -> None:
    words = set(REFERENCE.links["biopharma.cgt"].keywords_en) | {"CAR-T细胞治疗", "病毒载体"}
    origins = {i.origin for i in INVESTORS if words & set(i.products or [])}

    assert origins >= {Origin.DOMESTIC, Origin.FOREIGN}

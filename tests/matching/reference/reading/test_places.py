from pathlib import Path

import pytest

from matching.reference.reading.places import (
    read_orientation,
    read_prefectures,
    read_provinces,
    read_zone_chains,
    read_zone_dimensions,
    read_zones,
)
from matching.reference.records import OrientationRole, OrientationRow, Prefecture, Province
from matching.vocabulary import Provenance, Region, RegionGroup, ZoneTier
from tests.matching.reference.folders import replace_file

PROVINCES = (
    "code,name_zh,short_zh,name_en,pinyin,aliases,region,region_group,in_regional_catalogue,"
    "provenance\n"
    "21,辽宁省,辽宁,Liaoning,Liaoning,辽;CN-LN,northeast,northeast,true,public_listing\n"
    "46,海南省,海南,Hainan,Hainan,,east,east,true,public_listing\n"
)
ZONES = (
    "zone_id,name_zh,name_short_zh,aliases_zh,name_en,province_code,city_zh,city_code,"
    "approval_year,tier,leading_industries_zh,year_provenance,provenance,source_note\n"
    "Z2,乙区,乙,,Second,21,大连市,2102,,provincial,软件;港口,derived,expert_draft,a note\n"
    "Z1,甲区,甲,甲园;甲城,First,46,海口市,4601,1991,national,,derived,official_text,\n"
)


def provinces_in(tmp_path: Path) -> dict[str, Province]:
    return read_provinces(replace_file(tmp_path, "provinces.csv", PROVINCES))


def test_a_province_keeps_region_group_and_catalogue_apart(tmp_path: Path) -> None:
    provinces = provinces_in(tmp_path)
    assert list(provinces) == ["21", "46"]
    assert provinces["46"] == Province(
        code="46",
        name_zh="海南省",
        short_zh="海南",
        name_en="Hainan",
        pinyin="Hainan",
        aliases=(),
        region=Region.EAST,
        region_group=RegionGroup.EAST,
        in_regional_catalogue=True,
        provenance=Provenance.PUBLIC_LISTING,
    )
    assert provinces["21"].aliases == ("辽", "CN-LN")


def test_a_prefecture_without_a_sure_short_name_has_none(tmp_path: Path) -> None:
    table = (
        "province_code,name_zh,short_zh,provenance\n"
        "21,大连市,大连,memory_unverified\n"
        "21,朝阳市,,memory_unverified\n"
    )
    folder = replace_file(tmp_path, "prefectures.csv", table)
    dalian, chaoyang = read_prefectures(folder, {"21"})
    assert dalian == Prefecture("大连市", "大连", "21", Provenance.MEMORY_UNVERIFIED)
    assert chaoyang.short_zh is None


def test_a_zone_has_its_provinces_region_and_none_for_an_unknown_year(tmp_path: Path) -> None:
    provinces = provinces_in(tmp_path)
    zones = read_zones(replace_file(tmp_path, "zones.csv", ZONES), provinces)
    assert list(zones) == ["Z2", "Z1"]
    second, first = zones.values()
    assert (second.region, second.approval_year, second.aliases_zh) == (Region.NORTHEAST, None, ())
    assert second.leading_industries_zh == ("软件", "港口")
    assert (second.tier, second.source_note) == (ZoneTier.PROVINCIAL, "a note")
    assert (second.year_provenance, second.provenance) == (
        Provenance.DERIVED,
        Provenance.EXPERT_DRAFT,
    )
    assert (first.region, first.approval_year, first.source_note) == (Region.EAST, 1991, None)


def test_a_zone_needs_the_provenance_of_its_year(tmp_path: Path) -> None:
    provinces = provinces_in(tmp_path)
    broken = ZONES.replace(",derived,expert_draft", ",,expert_draft")
    folder = replace_file(tmp_path, "zones.csv", broken)
    with pytest.raises(ValueError, match=r"zones\.csv row 2 column year_provenance value ''"):
        read_zones(folder, provinces)


def test_chains_of_a_zone_keep_their_order(tmp_path: Path) -> None:
    table = "zone_id,chain_ids,provenance,source_note\nZ1,ic;ai,derived,why\n"
    folder = replace_file(tmp_path, "zone_chains.csv", table)
    found = read_zone_chains(folder, {"Z1", "Z2"}, {"ai", "ic"})
    assert list(found) == ["Z1"]
    assert found["Z1"].chain_ids == ("ic", "ai")
    assert (found["Z1"].provenance, found["Z1"].source_note) == (Provenance.DERIVED, "why")


def test_a_zone_of_no_chains_is_left_out_of_the_table_not_empty_in_it(tmp_path: Path) -> None:
    table = "zone_id,chain_ids,provenance,source_note\nZ1,,derived,\n"
    folder = replace_file(tmp_path, "zone_chains.csv", table)
    with pytest.raises(ValueError, match="column chain_ids value '': is empty"):
        read_zone_chains(folder, {"Z1"}, {"ic"})


def test_a_dimension_has_its_force_in_both_languages(tmp_path: Path) -> None:
    table = (
        "key,force,force_zh,force_en,name_zh,name_en,indicator_en,provenance\n"
        "k,implementation,贯彻执行力,implementation,名,name,how to count,seed_article\n"
    )
    (dimension,) = read_zone_dimensions(replace_file(tmp_path, "zone_dimensions.csv", table))
    assert (dimension.key, dimension.force) == ("k", "implementation")
    assert (dimension.force_zh, dimension.force_en) == ("贯彻执行力", "implementation")
    assert (dimension.name_zh, dimension.name_en) == ("名", "name")


def test_an_orientation_row_keeps_the_sources_own_kind(tmp_path: Path) -> None:
    table = (
        "region,kind,kind_zh,role,priority,source,note_zh,provenance,source_note\n"
        "all,diverse_clusters,多样集群,lead,1,the article,,seed_article,\n"
        "west,energy_chemicals,能源化工,parallel,2,a policy,基地,public_listing,news\n"
    )
    article, policy = read_orientation(replace_file(tmp_path, "orientation.csv", table))
    assert article == OrientationRow(
        region="all",
        kind="diverse_clusters",
        kind_zh="多样集群",
        role=OrientationRole.LEAD,
        priority=1,
        source="the article",
        note_zh=None,
        provenance=Provenance.SEED_ARTICLE,
        source_note=None,
    )
    assert (policy.note_zh, policy.source_note) == ("基地", "news")

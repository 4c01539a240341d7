import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matching.reference.loader import load_reference, read_reference
from matching.reference.records import Coverage
from matching.reference.restrictions import Measure
from matching.vocabulary import CodeScheme, Kind, Origin, Provenance, Region, Segment, ZoneTier
from tests.matching.reference.folders import DATA, change_cells, link_data, replace_file

REFERENCE = load_reference()

BROKEN = [
    ("provinces", 3, {"code": "11"}, "provinces.csv row 3 column code value '11': repeats row 2"),
    ("provinces", 2, {"region": "south"}, "column region value 'south': is not one of"),
    ("provinces", 2, {"region_group": "west"}, "column region_group value 'west': is not one of"),
    ("provinces", 2, {"in_regional_catalogue": "no"}, "value 'no': is neither true nor false"),
    ("provinces", 2, {"name_zh": ""}, "column name_zh value '': is empty"),
    ("prefectures", 2, {"province_code": "99"}, "province_code value '99': refers to nothing"),
    ("prefectures", 3, {"name_zh": "石家庄市"}, "prefectures.csv row 3 column name_zh"),
    ("zones", 2, {"province_code": "99"}, "zones.csv row 2 column province_code value '99'"),
    ("zones", 2, {"city_code": "3100"}, "column city_code value '3100': is not in province 11"),
    ("zones", 2, {"approval_year": "19xx"}, "approval_year value '19xx': is not a whole number"),
    ("zones", 2, {"tier": "city"}, "column tier value 'city': is not one of"),
    ("zones", 2, {"year_provenance": ""}, "column year_provenance value ''"),
    ("zones", 3, {"zone_id": "CNHTZ-1101"}, "repeats row 2"),
    ("zone_chains", 2, {"zone_id": "CNHTZ-0000"}, "zone_id value 'CNHTZ-0000': refers to nothing"),
    ("zone_chains", 2, {"chain_ids": "ic;xx"}, "'xx' refers to nothing known"),
    ("zone_dimensions", 2, {"force": "luck"}, "column force value 'luck': is not one of"),
    ("orientation", 2, {"region": "south"}, "orientation.csv row 2 column region value 'south'"),
    ("orientation", 2, {"role": "boss"}, "column role value 'boss': is not one of lead"),
    ("orientation", 2, {"priority": ""}, "column priority value '': is empty"),
    ("gb4754", 3, {"parent_code": "Z"}, "gb4754.csv row 3 column parent_code value 'Z'"),
    ("gb4754", 3, {"level": "leaf"}, "column level value 'leaf': is not one of section"),
    ("gb4754", 3, {"section": ""}, "column section value '': is empty"),
    ("isic4", 3, {"parent_code": "Z"}, "isic4.csv row 3 column parent_code value 'Z'"),
    ("isic4", 3, {"name_en": ""}, "column name_en value '': is empty"),
    ("gb_to_isic", 2, {"gb_code": "9999"}, "gb_to_isic.csv row 2 column gb_code value '9999'"),
    ("gb_to_isic", 2, {"isic_code": "0"}, "column isic_code value '0': refers to nothing known"),
    ("gb_to_isic", 2, {"rank": "0"}, "column rank value '0': is below 1"),
    ("foreign_to_isic", 2, {"scheme": "nace3"}, "foreign_to_isic.csv row 2 column scheme"),
    ("foreign_to_isic", 2, {"isic_codes": "0111;0000"}, "'0000' refers to nothing known"),
    ("foreign_to_isic", 2, {"isic_codes": ""}, "column isic_codes value '': is empty"),
    ("sei", 12, {"parent_code": "99"}, "sei.csv row 12 column parent_code value '99'"),
    ("sei_by_gb", 2, {"coverage": "full"}, "column coverage value 'full': is not one of partial"),
    ("sei_by_gb", 2, {"sei_code": "99"}, "column sei_code value '99': refers to nothing known"),
    ("sei_by_link", 2, {"coverage": "some"}, "coverage value 'some': is not one of full, partial"),
    ("sei_by_link", 2, {"sei_code": "F9"}, "column sei_code value 'F9': refers to nothing known"),
    ("sei_by_link", 2, {"link_id": "ic.x"}, "column link_id value 'ic.x': refers to nothing"),
    ("sei_by_link", 3, {"sei_code": "1.3"}, "sei_by_link.csv row 3 column sei_code value '1.3'"),
    ("high_tech", 2, {"family": "farm"}, "high_tech.csv row 2 column family value 'farm'"),
    ("high_tech", 2, {"gb_code": "0000"}, "column gb_code value '0000': refers to nothing"),
    ("producer_services", 2, {"provenance": "hearsay"}, "column provenance value 'hearsay'"),
    ("divisions", 2, {"kind": "magic"}, "divisions.csv row 2 column kind value 'magic'"),
    ("divisions", 2, {"disputed": "1"}, "value '1': is neither true nor false"),
    ("divisions", 2, {"code": "99"}, "column code value '99': refers to nothing known"),
    ("negative_list", 2, {"item_no": "2"}, "negative_list.csv row 3 column item_no value '2'"),
    ("negative_list", 2, {"measure": "taxed"}, "column measure value 'taxed': is not one of"),
    ("negative_list", 2, {"foreign_max_share_pct": "101"}, "value '101': is over 100 %"),
    ("negative_list", 2, {"words_zh": ""}, "column words_zh value '': is empty"),
    ("negative_list", 2, {"wide_codes": "0"}, "column wide_codes value '0': '0' refers to"),
    ("negative_exceptions", 2, {"item_no": "30"}, "item_no value '30': refers to nothing known"),
    ("negative_exceptions", 2, {"provinces": ""}, "column provinces value '': is empty"),
    ("negative_exceptions", 2, {"provinces": "11;99"}, "'99' refers to nothing known"),
    ("negative_exceptions", 2, {"origins": "domestic"}, "'domestic' refers to nothing known"),
    ("negative_exceptions", 2, {"origins": ""}, "column origins value '': is empty"),
    ("encouraged", 2, {"link_id": "ic.x"}, "encouraged.csv row 2 column link_id value 'ic.x'"),
    ("encouraged", 2, {"item_nos": ""}, "column item_nos value '': is empty"),
    ("chains", 3, {"chain_id": "ic"}, "chains.csv row 3 column chain_id value 'ic': repeats row 2"),
    ("links", 2, {"chain_id": "pv"}, "'ic.eda': does not begin with its chain pv"),
    ("links", 2, {"tech_barrier": "4"}, "column tech_barrier value '4': is not one of 1, 2, 3"),
    ("links", 2, {"segment": "side"}, "column segment value 'side': is not one of upstream"),
    ("links", 2, {"confusable_with": "ic.eda"}, "'ic.eda' is itself, elsewhere or not mutual"),
    ("links", 2, {"confusable_with": "ic.ip"}, "'ic.ip' is itself, elsewhere or not mutual"),
    ("links", 2, {"confusable_with": "pv.polysi"}, "'pv.polysi' is itself, elsewhere"),
    ("edges", 2, {"to_link": "ic.x"}, "edges.csv row 2 column to_link value 'ic.x': refers to"),
    ("edges", 2, {"from_link": "ic.eda", "to_link": "ic.eda"}, "is the same link or of another"),
    ("edges", 2, {"to_link": "pv.polysi"}, "is the same link or of another chain"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "cells", "message"), BROKEN)
def test_broken_row_is_refused(
    tmp_path: Path, table: str, row: int, cells: dict[str, str], message: str
) -> None:
    folder = change_cells(tmp_path, table, row, cells)
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        read_reference(folder)
    assert str(error.value).startswith(f"{table}.csv row ")


@pytest.mark.parametrize(
    "text",
    ["[zones]\nedition = '1'\nsource = 's'\n", "zones = 1\n", "[zones]\nedition = 2\n"],
)
def test_table_note_without_its_three_texts_is_refused(tmp_path: Path, text: str) -> None:
    folder = replace_file(link_data(tmp_path), "editions.toml", text)
    with pytest.raises(ValueError, match=r"editions\.toml table zones: edition, source, quality"):
        read_reference(folder)


def test_the_reference_is_read_once() -> None:
    assert load_reference() is REFERENCE


def test_digest_names_the_bytes_and_names_of_all_tables(tmp_path: Path) -> None:
    same = shutil.copytree(DATA, tmp_path / "same")
    (same / "notes.txt").write_text("not a table")
    assert read_reference(same).digest == REFERENCE.digest
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", REFERENCE.digest)
    (tmp_path / "other").mkdir()
    other = change_cells(tmp_path / "other", "chains", 2, {"name_en": "Chips"})
    assert read_reference(other).digest != REFERENCE.digest


def test_editions_are_those_of_the_notes() -> None:
    assert REFERENCE.editions["negative_list"] == "2024"
    assert REFERENCE.editions["encouraged"] == "2025"
    assert REFERENCE.editions["gb4754"] == "2017"
    assert REFERENCE.notes["gb4754"].quality == "high"


def test_reading_is_quick_enough_for_a_start() -> None:
    start = time.process_time()
    read_reference(DATA)
    assert time.process_time() - start < 1.0


def test_reading_needs_no_web_or_database_package() -> None:
    code = (
        "import sys, matching.reference.places, matching.codes;"
        "print([m for m in sys.modules if m in {'pydantic', 'sqlalchemy', 'fastapi', 'redis'}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_hainan_is_east_and_in_the_regional_catalogue() -> None:
    hainan = REFERENCE.provinces["46"]
    assert (hainan.region, hainan.region_group, hainan.in_regional_catalogue) == (
        Region.EAST,
        "east",
        True,
    )


def test_a_zone_is_read_whole() -> None:
    zone = REFERENCE.zones["CNHTZ-3205"]
    assert zone.name_zh == "泰州医药高新技术产业开发区"
    assert zone.aliases_zh == ("中国医药城", "泰州医药城")
    assert (zone.region, zone.tier, zone.city_code) == (Region.EAST, ZoneTier.NATIONAL, "3212")
    assert zone.leading_industries_zh == ()


def test_chains_of_zones_are_given_with_and_without_provenance() -> None:
    for zone, record in REFERENCE.zone_chain_records.items():
        assert REFERENCE.zone_chains[zone] == record.chain_ids
        assert record.provenance is not Provenance.OFFICIAL_TEXT
    assert set(REFERENCE.zone_chains) <= set(REFERENCE.zones)


def test_links_are_numbered_in_file_order() -> None:
    links = tuple(REFERENCE.links.values())
    assert [link.number for link in links] == list(range(377))
    assert links[0].link_id == "ic.eda"
    assert links[0].segment is Segment.UPSTREAM
    assert (links[0].tech_barrier, links[0].is_core) == (3, True)
    assert links[0].encouraged_items == ("401", "402")


def test_suppliers_and_customers_mirror_the_edges() -> None:
    assert set(REFERENCE.suppliers) == set(REFERENCE.customers) == set(REFERENCE.links)
    edges = {(link, to) for link, found in REFERENCE.customers.items() for to in found}
    assert edges == set(REFERENCE.edges)
    assert edges == {(link, to) for to, found in REFERENCE.suppliers.items() for link in found}
    for found in (*REFERENCE.suppliers.values(), *REFERENCE.customers.values()):
        numbers = [REFERENCE.links[link].number for link in found]
        assert numbers == sorted(numbers)


def test_crosswalk_is_in_rank_order_both_ways() -> None:
    for pairs in REFERENCE.isic_to_gb.values():
        assert list(pairs) == sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    ranked = {
        (gb, isic): rank for isic, pairs in REFERENCE.isic_to_gb.items() for gb, rank in pairs
    }
    for gb, found in REFERENCE.gb_to_isic.items():
        ranks = [ranked[gb, isic] for isic in found]
        assert ranks == sorted(ranks)
    assert REFERENCE.gb_to_isic["3985"] == ("2610", "2029")


def test_every_foreign_scheme_is_there() -> None:
    assert set(REFERENCE.foreign_to_isic) == set(CodeScheme) - {
        CodeScheme.GB4754,
        CodeScheme.ISIC4,
    }


def test_flags_of_divisions_and_classes() -> None:
    assert REFERENCE.divisions["39"].kind is Kind.TECHNOLOGY_INTENSIVE
    assert REFERENCE.divisions["26"].disputed
    assert REFERENCE.divisions["31"].high_energy
    assert "2710" in REFERENCE.high_tech
    assert "7310" in REFERENCE.producer_services
    assert "1.2" in REFERENCE.sei_by_gb["3985"] or "1.1" in REFERENCE.sei_by_gb["3921"]


FIELDS = [
    ("ic.photoresist", "1.2", Coverage.FULL),
    ("ic.photoresist", "3.3", Coverage.FULL),
    ("nev.cell", "5.2", Coverage.FULL),
    ("nev.tyre", "3.3", Coverage.PARTIAL),
    ("pv.module", "6.3", Coverage.FULL),
    ("biopharma.cgt", "F6", Coverage.FULL),
    ("robot.hum", "F1", Coverage.FULL),
    ("envpro.hyd", "F4", Coverage.PARTIAL),
    ("aviation.sat", "F5", Coverage.FULL),
    ("prodsvc.indesign", "8.3", Coverage.FULL),
]


@pytest.mark.parametrize(("link", "field", "coverage"), FIELDS)
def test_a_link_has_its_emerging_and_future_industries(
    link: str, field: str, coverage: Coverage
) -> None:
    of_field = {relation.sei_code: relation for relation in REFERENCE.sei_by_link[link]}
    assert of_field[field].coverage is coverage


@pytest.mark.parametrize("link", ["agrifood.grain", "agrifood.bev", "prodsvc.hr", "prodsvc.legal"])
def test_a_link_that_is_plainly_of_no_field_has_none(link: str) -> None:
    assert link not in REFERENCE.sei_by_link


def test_fields_of_links_are_parts_of_the_nine_or_future_ones() -> None:
    named = {r.sei_code for relations in REFERENCE.sei_by_link.values() for r in relations}
    assert {REFERENCE.sei[code].level for code in named} == {0, 2}
    assert {code for code, field in REFERENCE.sei.items() if field.level == 0} <= named


def test_encouraged_items_are_regional_numbers() -> None:
    assert REFERENCE.encouraged_by_link["ic.wafer_si"]["34"] == ("31",)
    assert all(
        REFERENCE.provinces[province].in_regional_catalogue
        for provinces in REFERENCE.encouraged_by_link.values()
        for province in provinces
    )


def test_the_article_orients_east_and_central_west_and_no_northeast() -> None:
    article = {
        row.region
        for row in REFERENCE.orientation
        if row.provenance is Provenance.SEED_ARTICLE and row.region != "all"
    }
    assert article == {"east", "central_west"}


def test_nine_dimensions_in_three_forces() -> None:
    forces = [dimension.force for dimension in REFERENCE.zone_dimensions]
    assert forces == (
        ["strategy_planning"] * 3 + ["resource_integration"] * 3 + ["implementation"] * 3
    )


def test_negative_list_keeps_the_order_and_holds_its_exceptions() -> None:
    items = REFERENCE.negative_list
    assert [item.item_no for item in items] == list(range(1, 30))
    therapy = items[16]
    assert therapy.measure is Measure.PROHIBITED
    assert [exception.provinces for exception in therapy.exceptions] == [("11", "31", "44", "46")]
    assert therapy.exceptions[0].origins == (Origin.FOREIGN, Origin.HMT)
    assert {exception.item_no for item in items for exception in item.exceptions} == {
        4, 12, 14, 15, 16, 17, 20, 22, 29,
    }  # fmt: skip
    for item in items:
        assert all(exception.item_no == item.item_no for exception in item.exceptions)


def test_an_exception_for_all_names_every_province() -> None:
    everywhere = [
        exception for exception in REFERENCE.negative_list[11].exceptions
        if len(exception.provinces) > 4
    ]  # fmt: skip
    assert [set(exception.provinces) for exception in everywhere] == [set(REFERENCE.provinces)]
    assert everywhere[0].origins == (Origin.HMT,)

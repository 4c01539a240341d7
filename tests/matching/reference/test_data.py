"""The tables as files, read here without the loader: keys, references, words, notes."""

import re
import tomllib

import pytest

from matching.vocabulary import Provenance
from tests.matching.reference.folders import DATA, read_rows

KEYS = {
    "provinces": ("code",),
    "prefectures": ("name_zh",),
    "zones": ("zone_id",),
    "zone_chains": ("zone_id",),
    "zone_dimensions": ("key",),
    "orientation": ("region", "kind", "source"),
    "gb4754": ("code",),
    "isic4": ("code",),
    "gb_to_isic": ("gb_code", "isic_code"),
    "foreign_to_isic": ("scheme", "code"),
    "sei": ("code",),
    "sei_by_gb": ("gb_code", "sei_code"),
    "sei_by_link": ("link_id", "sei_code"),
    "high_tech": ("gb_code",),
    "producer_services": ("gb_code",),
    "divisions": ("code",),
    "negative_list": ("edition", "item_no"),
    "negative_exceptions": ("item_no", "name_zh"),
    "encouraged": ("link_id", "province_code"),
    "chains": ("chain_id",),
    "links": ("link_id",),
    "edges": ("from_link", "to_link"),
}
REFERENCES = [
    ("prefectures", "province_code", "provinces", "code"),
    ("zones", "province_code", "provinces", "code"),
    ("zone_chains", "zone_id", "zones", "zone_id"),
    ("zone_chains", "chain_ids", "chains", "chain_id"),
    ("gb4754", "parent_code", "gb4754", "code"),
    ("gb4754", "section", "gb4754", "code"),
    ("isic4", "parent_code", "isic4", "code"),
    ("isic4", "section", "isic4", "code"),
    ("gb_to_isic", "gb_code", "gb4754", "code"),
    ("gb_to_isic", "isic_code", "isic4", "code"),
    ("foreign_to_isic", "isic_codes", "isic4", "code"),
    ("sei", "parent_code", "sei", "code"),
    ("sei_by_gb", "gb_code", "gb4754", "code"),
    ("sei_by_gb", "sei_code", "sei", "code"),
    ("sei_by_link", "link_id", "links", "link_id"),
    ("sei_by_link", "sei_code", "sei", "code"),
    ("high_tech", "gb_code", "gb4754", "code"),
    ("producer_services", "gb_code", "gb4754", "code"),
    ("divisions", "code", "gb4754", "code"),
    ("negative_list", "section", "gb4754", "code"),
    ("negative_list", "gb4754_codes", "gb4754", "code"),
    ("negative_list", "wide_codes", "gb4754", "code"),
    ("negative_exceptions", "item_no", "negative_list", "item_no"),
    ("encouraged", "link_id", "links", "link_id"),
    ("encouraged", "province_code", "provinces", "code"),
    ("links", "chain_id", "chains", "chain_id"),
    ("links", "gb4754_codes", "gb4754", "code"),
    ("links", "confusable_with", "links", "link_id"),
    ("edges", "from_link", "links", "link_id"),
    ("edges", "to_link", "links", "link_id"),
]
SIZES = {"provinces": 31, "zones": 179, "gb4754": 1971, "chains": 15, "links": 377, "edges": 563,
         "negative_list": 29, "zone_dimensions": 9, "orientation": 39}  # fmt: skip


def test_every_table_has_a_declared_key() -> None:
    assert {file.stem for file in DATA.glob("*.csv")} == set(KEYS)


@pytest.mark.parametrize(("table", "columns"), KEYS.items())
def test_keys_are_filled_and_never_repeat(table: str, columns: tuple[str, ...]) -> None:
    keys = [tuple(row[column] for column in columns) for row in read_rows(table)]
    assert keys
    assert all(all(key) for key in keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("table", "column", "target", "key"), REFERENCES)
def test_references_lead_to_rows(table: str, column: str, target: str, key: str) -> None:
    known = {row[key] for row in read_rows(target)}
    named = {part for row in read_rows(table) for part in row[column].split(";") if part}
    assert named
    assert named <= known


def test_provinces_of_exceptions_are_known() -> None:
    known = {row["code"] for row in read_rows("provinces")} | {"all"}
    for row in read_rows("negative_exceptions"):
        assert set(row["provinces"].split(";")) <= known


@pytest.mark.parametrize("table", KEYS)
def test_every_row_says_where_it_is_from(table: str) -> None:
    assert {row["provenance"] for row in read_rows(table)} <= set(Provenance)


@pytest.mark.parametrize(("table", "size"), SIZES.items())
def test_no_row_got_lost(table: str, size: int) -> None:
    assert len(read_rows(table)) == size


def test_every_table_has_edition_source_and_quality() -> None:
    notes = tomllib.loads((DATA / "editions.toml").read_text(encoding="utf-8"))
    assert set(notes) == set(KEYS)
    for note in notes.values():
        assert set(note) == {"edition", "source", "quality"}


def test_no_web_address_and_no_file_name_of_a_source_is_carried() -> None:
    for file in DATA.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?://|www\.|seed article|\.txt\b", text), file.name


def test_chain_keywords_are_many_and_belong_to_one_link_of_their_chain() -> None:
    owner: dict[tuple[str, str], str] = {}
    for row in read_rows("links"):
        for column in ("keywords_zh", "keywords_en"):
            words = row[column].split(";")
            assert len(words) >= 4, row["link_id"]
            for word in words:
                key = (row["chain_id"], word.casefold())
                assert owner.setdefault(key, row["link_id"]) == row["link_id"]


def test_every_link_is_joined_to_another() -> None:
    joined = {row[end] for row in read_rows("edges") for end in ("from_link", "to_link")}
    assert joined == {row["link_id"] for row in read_rows("links")}

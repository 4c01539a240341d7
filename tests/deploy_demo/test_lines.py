"""What holds for both demo files, line by line."""

import re
from collections import Counter

import pytest

from tests.deploy_demo.lines import FOLDER, read_objects

GAP_FIELDS = (
    "zone_id",
    "kind",
    "link_id",
    "products",
    "title_zh",
    "title_en",
    "description",
    "technology_level_wanted",
    "severity",
    "evidence",
    "investment_min_cny",
    "investment_max_cny",
    "investment_floor_cny",
    "technology_level_floor",
    "land_ha",
    "jobs",
    "energy_cap_tce",
    "emissions_cap_tco2e",
    "capacity",
    "valid_from",
    "valid_until",
    "external_id",
)
INVESTOR_FIELDS = (
    "name",
    "names",
    "country",
    "products",
    "industry_codes",
    "origin",
    "aliases",
    "uscc",
    "website",
    "activities",
    "planned_investment_min_cny",
    "planned_investment_max_cny",
    "jobs",
    "land_ha",
    "planned_output_cny",
    "energy_tce",
    "emissions_tco2e",
    "circular",
    "rd_intensity_pct",
    "rd_centre_committed",
    "patents",
    "technology_level",
    "smart_manufacturing",
    "is_chain_leader",
    "revenue_cny",
    "employees",
    "local_sourcing_pct",
    "joint_venture",
    "preferred_regions",
    "preferred_provinces",
    "start_by",
    "external_id",
)
FILES = [
    pytest.param("gaps.jsonl", GAP_FIELDS, "demo-gap-", id="gaps"),
    pytest.param("investors.jsonl", INVESTOR_FIELDS, "demo-inv-", id="investors"),
]
PERSONAL = re.compile(
    r"@|\b1[3-9]\d{9}\b|\+\d{2}|电话|邮箱|先生|女士|\bMrs?\b|\bcontact\b", re.IGNORECASE
)


@pytest.mark.parametrize(("file_name", "fields", "prefix"), FILES)
def test_fields_stand_in_the_order_of_the_contract(
    file_name: str, fields: tuple[str, ...], prefix: str
) -> None:
    for written in read_objects(file_name):
        assert list(written) == [field for field in fields if field in written]


@pytest.mark.parametrize(("file_name", "fields", "prefix"), FILES)
def test_external_ids_count_up_without_holes(
    file_name: str, fields: tuple[str, ...], prefix: str
) -> None:
    found = [written["external_id"] for written in read_objects(file_name)]

    assert found == [f"{prefix}{number:03d}" for number in range(1, len(found) + 1)]


@pytest.mark.parametrize(("file_name", "fields", "prefix"), FILES)
def test_unknown_is_left_out_never_null_zero_or_empty(
    file_name: str, fields: tuple[str, ...], prefix: str
) -> None:
    for written in read_objects(file_name):
        for field, value in written.items():
            assert value not in (None, "", 0, [], False), f"{written['external_id']} {field}"


@pytest.mark.parametrize(("file_name", "fields", "prefix"), FILES)
def test_completeness_varies(file_name: str, fields: tuple[str, ...], prefix: str) -> None:
    sizes = [len(written) for written in read_objects(file_name)]

    assert max(sizes) >= 2 * min(sizes)
    assert len(set(sizes)) >= 8


@pytest.mark.parametrize(("file_name", "fields", "prefix"), FILES)
def test_every_field_is_used_by_some_line(
    file_name: str, fields: tuple[str, ...], prefix: str
) -> None:
    used = Counter(field for written in read_objects(file_name) for field in written)
    unused_on_purpose = {"origin", "aliases"}

    assert set(fields) - set(used) <= unused_on_purpose


@pytest.mark.parametrize("file_name", ["gaps.jsonl", "investors.jsonl", "README.md"])
def test_no_person_is_named_or_reachable(file_name: str) -> None:
    text = (FOLDER / file_name).read_text(encoding="utf-8")

    assert PERSONAL.findall(text) == []


def test_readme_says_what_it_is_that_it_is_invented_and_how_to_leave_it_out() -> None:
    lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()

    assert len(lines) == 3
    assert f"{len(read_objects('gaps.jsonl'))} gaps" in lines[0]
    assert f"{len(read_objects('investors.jsonl'))} investors" in lines[0]
    assert lines[1].startswith("Invented")
    assert "--no-demo" in lines[2]

"""What an investor is told about its own record."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.factories import an_investor, register


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, []),
        (
            {"products": [], "industry_codes": [{"scheme": "gb4754", "code": "3985"}]},
            ["code_alone"],
        ),
        ({"products": ["房地产开发"]}, ["not_placed"]),
        ({"industry_codes": [{"scheme": "gb4754", "code": "3988"}]}, ["code_read_wider"]),
        ({"uscc": "91110000100000000X"}, ["uscc_check_digit"]),
    ],
)
def test_what_to_look_at_is_said_in_both_languages(
    embedded: TestClient, fields: dict[str, Any], codes: list[str]
) -> None:
    answer = register(embedded, "investors", an_investor(**fields))
    assert [warning["code"] for warning in answer["warnings"]] == codes
    for warning in answer["warnings"]:
        assert warning["zh"] != warning["en"]
        assert warning["field"] in {"products", "industry_codes", "uscc"}


def test_more_known_is_more_complete_and_best_placement_comes_first(embedded: TestClient) -> None:
    little = register(embedded, "investors", an_investor())
    more = register(embedded, "investors", an_investor(rd_intensity_pct=5, technology_level=4))
    assert 0 < little["completeness"] < more["completeness"] <= 10_000
    affinities = [placed["affinity"] for placed in more["placement"]]
    assert affinities == sorted(affinities, reverse=True)
    assert more["placement"][0]["chain_id"] == "ic"


def test_a_description_follows_the_record(embedded: TestClient) -> None:
    made = register(embedded, "investors", an_investor())
    path = f"/v1/investors/{made['id']}"
    assert embedded.patch(path, json={"products": ["工业机器人"]}).status_code == 200
    after = embedded.get(path).json()
    assert after["placement"][0]["link_id"].startswith("robot.")
    assert embedded.get(path).json() == after

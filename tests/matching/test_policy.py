import copy
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from matching.criteria import CRITERIA
from matching.points import WHOLE
from matching.policy import CASES, built_in, read_policy
from matching.rows import KINDS, REGIONS
from matching.vocabulary import Kind, Region
from tests.matching.making import gap_row, investor_row

TEXT = files("matching.policies").joinpath("national-2026.toml").read_text(encoding="utf-8")


def data() -> dict[str, Any]:
    return tomllib.loads(TEXT)


def test_the_built_in_policy_is_complete() -> None:
    policy = built_in()[0]
    assert (policy.id, policy.version, policy.effective_from) == (
        "national-2026",
        1,
        date(2026, 1, 1),
    )
    assert len(policy.weights) == len(CASES)
    assert all(len(row) == len(CRITERIA) and sum(row) == WHOLE for row in policy.weights)
    assert all(len(row) == len(KINDS) for row in policy.orientation)


@pytest.mark.parametrize(
    ("region", "kind", "value"),
    [
        (Region.EAST, Kind.ECOLOGICAL_MANUFACTURING, 1000),
        (Region.EAST, Kind.LABOUR_INTENSIVE, 300),
        (Region.CENTRAL, Kind.LABOUR_INTENSIVE, 1000),
        (Region.WEST, Kind.TECHNOLOGY_INTENSIVE, 900),
        (Region.NORTHEAST, Kind.CAPITAL_INTENSIVE, 800),
    ],
)
def test_the_orientation_table_is_the_designs(region: Region, kind: Kind, value: int) -> None:
    row = built_in()[0].orientation[REGIONS.index(region)]
    assert row[KINDS.index(kind)] == value


@pytest.mark.parametrize(
    ("is_missing", "origin", "case"),
    [
        (False, {"is_foreign": True}, "weak_foreign"),
        (False, {"is_foreign": False, "is_hmt": True}, "weak_foreign"),
        (False, {"is_foreign": False}, "weak_domestic"),
        (True, {"is_foreign": True}, "missing_foreign"),
        (True, {"is_foreign": False}, "missing_domestic"),
    ],
)
def test_the_case_follows_kind_and_origin(
    is_missing: bool, origin: dict[str, bool], case: str
) -> None:
    policy = built_in()[0]
    weights = policy.case_weights(gap_row(is_missing=is_missing), investor_row(**origin))
    assert weights == policy.weights[CASES.index(case)]


def broken(*path: str, value: object) -> dict[str, Any]:
    changed = copy.deepcopy(data())
    place = changed
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (broken("weights", "link_fit", "weak_foreign", value=2300), "weak_foreign add up to 9900"),
        (broken("weights", "link_fti", value={}), "did you mean 'link_fit'"),
        (broken("weights", "zzzz", value={}), r"unknown weights row 'zzzz'$"),
        (broken("weights", "ecology", "weak_foriegn", value=1), "did you mean 'weak_foreign'"),
        (broken("weights", "ecology", value=3), "ecology is missing or not a table"),
        (broken("weights", value="all"), "weights is missing or not a table"),
        (broken("orientation", "east", "services", value=1001), "from 0 to 1000, not 1001"),
        (broken("orientation", "south", value={}), "unknown orientation row 'south'"),
        (broken("neutral", value=True), "neutral must be a whole number"),
        (broken("relevance_floor", value=0), "relevance_floor must be a whole number from 1"),
        (broken("id", value=" "), "id must be a text"),
        (broken("effective_from", value="2026"), "effective_from must be a day"),
    ],
)
def test_a_faulty_policy_is_refused_with_its_fault(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_policy(changed)


def test_a_policy_without_lines_for_the_diagnosis_has_the_usual_ones() -> None:
    without = {name: value for name, value in data().items() if name != "diagnosis"}
    assert read_policy(without) == built_in()[0]
    some = read_policy({**data(), "diagnosis": {"strong_from": 700}})
    assert (some.diagnosis.strong_from, some.diagnosis.steady_from) == (700, 400)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"strong_form": 600}, "did you mean 'strong_from'"),
        ({"strong_from": 1001}, "whole number"),
        ({"strong_from": 300}, "below strong_from"),
        ({"leads_from_quotient": "2"}, "whole number"),
        ("high", "not a table"),
    ],
)
def test_lines_of_the_diagnosis_are_checked(table: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_policy({**data(), "diagnosis": table})

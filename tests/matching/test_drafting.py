"""A policy with some figures changed is a whole policy again, or is refused with the reason."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.criteria import CRITERIA
from matching.drafting import NUMBERS, amended, figures_of, with_figures
from matching.points import WHOLE
from matching.policy import CASES, built_in
from matching.reweighting import KEYS, reweighted

POLICY = built_in()[0]


def test_the_written_form_is_read_back_to_the_same_policy() -> None:
    assert with_figures(POLICY, figures_of(POLICY)) == POLICY


def test_nothing_changed_is_the_same_policy() -> None:
    assert amended(POLICY, {}) == POLICY


def test_a_single_number_changes_alone() -> None:
    changed = amended(POLICY, {"neutral": 300})
    assert changed.neutral == 300
    assert figures_of(changed) == {**figures_of(POLICY), "neutral": 300}


def test_a_weight_for_all_cases_scales_the_others() -> None:
    assert amended(POLICY, {"weights": {"ecology": 1000}}) == reweighted(POLICY, {"ecology": 1000})


def test_cells_are_taken_as_they_are() -> None:
    changes = {
        "weights": {"ecology": {"weak_foreign": 300}, "site_fit": {"weak_foreign": 400}},
        "orientation": {"west": {"labour_intensive": 950}},
    }
    written: Any = figures_of(amended(POLICY, changes))
    before: Any = figures_of(POLICY)
    assert written["weights"]["ecology"] == {**before["weights"]["ecology"], "weak_foreign": 300}
    assert written["weights"]["scale_fit"] == before["weights"]["scale_fit"]
    assert written["orientation"]["west"]["labour_intensive"] == 950
    assert written["orientation"]["east"] == before["orientation"]["east"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"weight": {}}, "did you mean 'weights'"),
        ({"weights": {"ecolgy": 500}}, "did you mean 'ecology'"),
        ({"weights": {"ecolgy": {"weak_foreign": 500}}}, "did you mean 'ecology'"),
        ({"weights": {"ecology": {"weak_foriegn": 500}}}, "did you mean 'weak_foreign'"),
        ({"weights": {"ecology": {"weak_foreign": 500}}}, "add up to 10100, not 10000"),
        ({"weights": {"ecology": {"weak_foreign": 300}, "site_fit": 300}}, "all whole numbers"),
        ({"weights": {"ecology": 10_001}}, "from 0 to 10000"),
        ({"orientation": {"northwest": {}}}, "unknown orientation row 'northwest'"),
        ({"orientation": {"west": {"labour": 1}}}, "unknown orientation.west column"),
        ({"orientation": {"west": {"labour_intensive": 1001}}}, "from 0 to 1000"),
        ({"neutral": -1}, "from 0 to 1000"),
        ({"relevance_floor": 0}, "from 1 to 1000"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        amended(POLICY, changes)


@given(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 1000), max_size=5))
def test_every_case_adds_up_whatever_is_weighted(weights: dict[str, int]) -> None:
    changed = amended(POLICY, {"weights": weights})
    assert [sum(row) for row in changed.weights] == [WHOLE] * len(CASES)
    assert len(changed.weights[0]) == len(CRITERIA)
    assert all(getattr(changed, name) == getattr(POLICY, name) for name in NUMBERS)


def test_a_line_of_the_diagnosis_changes_alone() -> None:
    changed = amended(POLICY, {"diagnosis": {"strong_from": 700}})
    assert (changed.diagnosis.strong_from, changed.weights) == (700, POLICY.weights)
    assert with_figures(POLICY, figures_of(changed)) == changed
    with pytest.raises(ValueError, match="unknown diagnosis figure"):
        amended(POLICY, {"diagnosis": {"strong": 700}})

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching.points import WHOLE
from matching.policy import built_in
from matching.reweighting import KEYS, reweighted, shared_out

POLICY = built_in()[0]


@given(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 600), max_size=5))
def test_every_case_adds_up_and_the_named_weights_hold(weights: dict[str, int]) -> None:
    changed = reweighted(POLICY, weights)
    for before, after in zip(POLICY.weights, changed.weights, strict=True):
        assert sum(after) == WHOLE
        assert all(weight >= 0 for weight in after)
        for number, key in enumerate(KEYS):
            if before[number] == 0:
                assert after[number] == 0
            elif key in weights:
                assert after[number] == weights[key]


def test_naming_nothing_changes_nothing() -> None:
    assert reweighted(POLICY, {}) == POLICY


def test_the_others_keep_their_proportions() -> None:
    changed = reweighted(POLICY, {"link_fit": 5000})
    for before, after in zip(POLICY.weights, changed.weights, strict=True):
        scale = 5000 / (WHOLE - before[0])
        for old, new in list(zip(before, after, strict=True))[1:]:
            assert abs(new - old * scale) < 1


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"link_fti": 1}, "unknown criterion 'link_fti'; did you mean 'link_fit'"),
        ({"link_fit": -1}, "must be from 0 to 10000, not -1"),
        ({"link_fit": 10_001}, "must be from 0 to 10000"),
        ({"link_fit": 6000, "ecology": 6000}, "add up to 12000, more than 10000"),
        (dict.fromkeys(KEYS, 1), "all weights are named, but they add up to"),
    ],
)
def test_what_cannot_be_weighed_is_refused(weights: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        reweighted(POLICY, weights)


@given(st.integers(0, WHOLE), st.lists(st.integers(0, 3000), min_size=1, max_size=14))
def test_shares_add_up_and_are_fair(whole: int, parts: list[int]) -> None:
    assume(sum(parts))
    shares = shared_out(whole, parts)
    assert sum(shares) == whole
    for share, part in zip(shares, parts, strict=True):
        assert abs(share - whole * part / sum(parts)) < 1


def test_nothing_to_share_out_by_is_nothing() -> None:
    assert shared_out(10, [0, 0]) == [0, 0]

"""A score as a waterfall: the bars lie end to end, and the last one ends at the score."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.vocabulary import Pillar
from service.pages.site.drawing.waterfall import FULL, TICKS, waterfall

COMPONENTS = st.lists(
    st.fixed_dictionaries(
        {
            "criterion": st.sampled_from(["link_fit", "ecology", "scale_fit"]),
            "pillar": st.sampled_from(list(Pillar)),
            "weight": st.integers(1, 700),
            "points": st.integers(0, 700),
            "assumed": st.booleans(),
        }
    ).map(lambda one: one | {"points": min(one["points"], one["weight"])}),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(COMPONENTS)
def test_bars_lie_end_to_end(components: list[dict[str, Any]]) -> None:
    chart = waterfall(components)
    steps = [step for block in chart.blocks for step in block.steps]
    assert len(steps) == len(components)
    assert [step.before for step in steps] == [0, *(step.after for step in steps)][: len(steps)]
    assert chart.score == sum(one["points"] for one in components)
    for step in steps:
        assert step.before <= step.after <= step.ceiling <= FULL
        assert step.after - step.before == step.points
        assert step.ceiling - step.before == step.weight


@settings(max_examples=40, deadline=None)
@given(COMPONENTS)
def test_pillars_come_in_their_order_and_none_is_empty(components: list[dict[str, Any]]) -> None:
    blocks = waterfall(components).blocks
    assert [block.pillar for block in blocks] == [
        pillar for pillar in Pillar if any(one["pillar"] == pillar for one in components)
    ]
    for block in blocks:
        of = [one for one in components if one["pillar"] == block.pillar]
        assert [step.criterion for step in block.steps] == [one["criterion"] for one in of]
        assert block.points == sum(one["points"] for one in of)
        assert block.weight == sum(one["weight"] for one in of)


def test_nothing_has_no_bars_and_ticks_reach_from_end_to_end() -> None:
    assert waterfall([]).blocks == ()
    assert waterfall([]).score == 0
    assert (TICKS[0], TICKS[-1]) == (0, FULL)

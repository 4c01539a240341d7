"""Who enters, leaves and moves, and what the gates stop, against the plain lists."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.preparing import prepare_gap, prepare_investor
from matching.preview.comparison import Turn, moves, stops, top_of
from matching.ranking import Ranking, rank_investors
from tests.matching import oracle
from tests.matching.drawn_facts import GAPS
from tests.matching.making import PLACER, REFERENCE, RULES
from tests.matching.pooled import investor_pool
from tests.matching.preview.making import both, who, with_figures, with_weights
from tests.matching.test_ranking import MANY_INVESTORS, registered, rulesets

SMALL, LARGE = {"planned_investment_max_cny": 10_000_000}, {"rd_intensity_pct": 9.0}
"""What pleases a gap that wants a plan of that size, and what pleases a policy of technology."""

WANTED = {"investment_min_cny": 5_000_000, "investment_max_cny": 20_000_000}
SCIENCE = with_weights(frontier_technology=5000, scale_fit=0)
MONEY = with_weights(frontier_technology=0, scale_fit=5000)


def test_a_top_that_stays_has_no_moves() -> None:
    one, other = both(who(SMALL, LARGE, {}), RULES)
    assert moves(one, other, 2) == []
    assert moves(one, other, 10) == []


def test_those_that_change_places_move_and_the_third_that_takes_a_place_enters() -> None:
    one, other = both(who(SMALL, LARGE, {}), SCIENCE, MONEY, **WANTED)
    assert top_of(one, 1) == [0]
    assert top_of(other, 1) == [1]
    found = moves(one, other, 1)
    assert [(m.turn, m.position, m.rank_after) for m in found] == [
        (Turn.ENTERS, 1, 1),
        (Turn.LEAVES, 0, found[1].rank_after),
    ]
    assert found[0].places == (found[0].rank_before or 0) - 1 > 0
    assert found[1].places < 0
    assert {m.turn for m in moves(one, other, 3)} == {Turn.MOVES}


def test_who_comes_above_the_floor_enters_from_no_rank_and_the_floor_is_named() -> None:
    neighbour = {"products": ("晶圆制造",)}
    everyone = who({}, {"products": ("EUV光刻胶",)}, neighbour)
    low, high = with_figures(relevance_floor=1), with_figures(relevance_floor=700)
    one, other = both(everyone, low, high)
    came = [m for m in moves(one, other, 10) if m.rank_before is None]
    assert came
    assert {m.turn for m in came} == {Turn.ENTERS}
    assert all(m.places == len(one.keys) + 1 - (m.rank_after or 0) for m in came)
    freed = stops(one, other)
    assert freed.freed == {"relevance": len(came)}
    assert not freed.stopped
    back = stops(other, one)
    assert (back.stopped, back.freed) == (freed.freed, freed.stopped)
    left = [m for m in moves(other, one, 10) if m.rank_after is None]
    assert {m.turn for m in left} == {Turn.LEAVES}


def test_who_comes_above_the_floor_may_be_stopped_by_the_next_gate() -> None:
    low, high = with_figures(relevance_floor=1), with_figures(relevance_floor=1000)
    poor = {"products": ("晶圆制造",), "planned_investment_max_cny": 1}
    one, other = both(who(poor), low, high, investment_floor_cny=10**9)
    found = stops(one, other)
    assert found.freed == {"relevance": 1}
    assert found.stopped == {"investment_floor": 1}


def plain_moves(one: list[str], other: list[str], top: int) -> set[tuple[str, str]]:
    """Turn and id, from whole lists of ids, best first."""
    found: set[tuple[str, str]] = set()
    for id_ in {*one[:top], *other[:top]}:
        was, is_ = id_ in one[:top], id_ in other[:top]
        if was and is_ and one.index(id_) == other.index(id_):
            continue
        found.add(("moves" if was and is_ else "leaves" if was else "enters", id_))
    return found


@given(MANY_INVESTORS, GAPS, rulesets(), rulesets(), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_the_moves_are_those_of_rankings_made_pair_by_pair(
    drawn: list[object], wanted: object, old: object, new: object, top: int
) -> None:
    investors = [prepare_investor(f, REFERENCE, PLACER) for f in registered(drawn, "inv")]
    gap = prepare_gap(registered([wanted], "gap")[0], REFERENCE, is_open=True)
    pool = investor_pool(investors)
    near = pool.near(gap)
    made: list[Ranking] = [rank_investors(gap, pool, near, rules) for rules in (old, new)]  # pyright: ignore[reportArgumentType] - drawn
    plain = [oracle.rank_investors(gap, investors, rules) for rules in (old, new)]  # pyright: ignore[reportArgumentType] - drawn
    ids = [[s.pair.investor.facts.id for s in ranked.eligible] for ranked in plain]
    found = moves(made[0], made[1], top)
    assert {(m.turn.value, pool.records.at(m.position).id) for m in found} == plain_moves(
        ids[0], ids[1], top
    )
    for ranking, order in zip(made, ids, strict=True):
        assert [pool.records.at(p).id for p in top_of(ranking, top)] == order[:top]
    stopped = [{b.pair.investor.facts.id for b in ranked.blocked} for ranked in plain]
    counted = stops(made[0], made[1])
    pools = [set(order) | kept for order, kept in zip(ids, stopped, strict=True)]
    assert counted.stopped["relevance"] == len(pools[0] - pools[1])
    assert counted.freed["relevance"] == len(pools[1] - pools[0])
    assert counted.stopped.total() == len(pools[0] - pools[1]) + len(stopped[1] - stopped[0])

"""What is said of a move: both languages, and figures that add up."""

import re
from collections.abc import Iterable

import pytest

from matching.criteria import CRITERIA
from matching.gate import Finding
from matching.preview.causes import Cause, Causes
from matching.preview.comparison import Move, Turn
from matching.preview.wording import sentence
from matching.vocabulary import Verdict

BY_KEY = {criterion.key: criterion for criterion in CRITERIA}
FLOOR = Finding("relevance", Verdict.BLOCKED, "低于门槛", "Under the floor", "policy")


def because(
    deltas: dict[str, int], before: Finding | None = None, after: Finding | None = None
) -> Causes:
    parts = tuple(Cause(BY_KEY[key], 1, 1, 1000, 1000 + delta) for key, delta in deltas.items())
    return Causes(5000, 5000 + sum(deltas.values()), parts, before, after)


@pytest.mark.parametrize(
    ("move", "zh", "en"),
    [
        (Move(Turn.MOVES, 0, 4, 2, 2), "由第 4 位升至第 2 位", "From 4th to 2nd"),
        (Move(Turn.MOVES, 0, 1, 3, -2), "由第 1 位降至第 3 位", "From 1st to 3rd"),
        (
            Move(Turn.ENTERS, 0, 14, 7, 7),
            "进入前 10 位，由第 14 位到第 7 位",
            "Enters the top 10, from 14th to 7th",
        ),
        (
            Move(Turn.LEAVES, 0, 9, 11, -2),
            "退出前 10 位，由第 9 位到第 11 位",
            "Leaves the top 10, from 9th to 11th",
        ),
    ],
)
def test_a_move_is_told_with_its_points(move: Move, zh: str, en: str) -> None:
    told = sentence(move, 10, because({"ecology": -40, "frontier_technology": 320}))
    assert told.zh == f"{zh}：高端技术 +320，生态化 -40（合计 +280）"
    assert told.en == f"{en}: Frontier technology +320, Ecology -40 (in all +280)"


def figures(text: str) -> Iterable[int]:
    return map(int, re.findall(r"[+-]\d+", text))


def test_what_is_not_named_is_told_as_one_sum() -> None:
    deltas = {"ecology": 1, "site_fit": -2, "scale_fit": 30, "link_fit": -400, "local_linkage": 50}
    told = sentence(Move(Turn.MOVES, 0, 4, 2, 2), 10, because(deltas))
    assert told.zh.endswith("环节契合 -400，本土关联 +50，规模匹配 +30，其余合计 -1（合计 -321）")
    assert told.en.endswith("the others together -1 (in all -321)")
    for text in told:
        *parts, whole = figures(text)
        assert sum(parts) == whole == sum(deltas.values())


def test_who_moves_because_of_others_is_told_so() -> None:
    told = sentence(Move(Turn.MOVES, 0, 1, 2, -1), 10, because({"ecology": 0}))
    assert told.zh.endswith("自身得分不变，其他候选得分有变")
    assert told.en == "From 1st to 2nd: its own score stays, those of others change"


def test_a_gate_is_told_in_place_of_points() -> None:
    left = sentence(Move(Turn.LEAVES, 0, 3, None, -9), 10, because({"ecology": 5}, after=FLOOR))
    assert left.zh == "退出前 10 位，由第 3 位到未入排名：新政策下：低于门槛"
    assert (
        left.en == "Leaves the top 10, from 3rd to no rank: under the new policy: Under the floor"
    )
    came = sentence(Move(Turn.ENTERS, 0, None, 3, 9), 10, because({}, before=FLOOR))
    assert came.zh == "进入前 10 位，由未入排名到第 3 位：原政策下：低于门槛"
    assert "under the old policy: Under the floor" in came.en

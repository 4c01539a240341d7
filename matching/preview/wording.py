"""What is said of a move, in Chinese and English: from where to where, and by which points."""

from matching.criterion import Label
from matching.preview.causes import Causes
from matching.preview.comparison import Move, Turn

NAMED = 3
"""Criteria that a sentence names; the points of the others are told as one sum."""

ORDINALS = {1: "st", 2: "nd", 3: "rd"}
TEENS = range(11, 14)


def sentence(move: Move, top: int, why: Causes) -> Label:
    """The move and what made it; the figures of the sentence add up to the difference of scores."""
    where, because = _where(move, top), _because(move, why)
    return Label(f"{where.zh}：{because.zh}", f"{where.en}: {because.en}")


def ordinal(number: int) -> str:
    """The number in its English order.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '21st', '112th']
    """
    suffix = "th" if number % 100 in TEENS else ORDINALS.get(number % 10, "th")
    return f"{number}{suffix}"


def _where(move: Move, top: int) -> Label:
    was, is_ = _place(move.rank_before), _place(move.rank_after)
    if move.turn is Turn.ENTERS:
        return Label(
            f"进入前 {top} 位，由{was.zh}到{is_.zh}",
            f"Enters the top {top}, from {was.en} to {is_.en}",
        )
    if move.turn is Turn.LEAVES:
        return Label(
            f"退出前 {top} 位，由{was.zh}到{is_.zh}",
            f"Leaves the top {top}, from {was.en} to {is_.en}",
        )
    verb = "升至" if move.places > 0 else "降至"
    return Label(f"由{was.zh}{verb}{is_.zh}", f"From {was.en} to {is_.en}")


def _place(rank: int | None) -> Label:
    if rank is None:
        return Label("未入排名", "no rank")
    return Label(f"第 {rank} 位", ordinal(rank))


def _because(move: Move, why: Causes) -> Label:
    stop = why.stopped_after if move.rank_after is None else why.stopped_before
    if stop is not None:
        zh = "新政策下" if move.rank_after is None else "原政策下"
        en = "under the new policy" if move.rank_after is None else "under the old policy"
        return Label(f"{zh}：{stop.zh}", f"{en}: {stop.en}")
    changed = sorted((c for c in why.causes if c.delta), key=lambda cause: -abs(cause.delta))
    if not changed:
        return Label(
            "自身得分不变，其他候选得分有变", "its own score stays, those of others change"
        )
    parts = [(cause.criterion.title, cause.delta) for cause in changed[:NAMED]]
    if rest := changed[NAMED:]:
        parts.append((Label("其余合计", "the others together"), sum(c.delta for c in rest)))
    zh = "，".join(f"{title.zh} {delta:+d}" for title, delta in parts)
    en = ", ".join(f"{title.en} {delta:+d}" for title, delta in parts)
    return Label(f"{zh}（合计 {why.delta:+d}）", f"{en} (in all {why.delta:+d})")

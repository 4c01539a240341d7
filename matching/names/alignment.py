"""Which words of one Latin name are which of another."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from matching.names.parts import Part

_SHORTEST_PREFIX = 3
_WRITTEN_OUT = 0.98
"""Words that only their stem has in common (tech, technologies)."""
_JOINED = 0.97
"""Words that are one word in the other name (Speak Easy, Speakeasy)."""
_PREFIX, _SHORT_PREFIX = 0.9, 0.7
_SKIPPED, _BARELY_SKIPPED = 0.75, 0.5
"""An abbreviation that leaves letters out (awys, airways); one of three letters."""
_ONE_SLIP, _TWO_SLIPS = 0.85, 0.75
_OTHER_HEAD = 0.15
"""How much a slip in the first letter costs."""
_SLIP_LENGTH, _TWO_SLIPS_LENGTH = 5, 8
_LONGEST_JOIN = 4


def align(one: Sequence[Part], other: Sequence[Part]) -> tuple[list[float], list[float]]:
    """For each word of each name how well it is met in the other, 0-1; order is free."""
    mine, theirs = [0.0] * len(one), [0.0] * len(other)
    for i, part in enumerate(one):
        for j, opposite in enumerate(other):
            if not theirs[j] and part.stem == opposite.stem:
                mine[i] = theirs[j] = 1.0 if part.text == opposite.text else _WRITTEN_OUT
                break
    if 0.0 in mine and 0.0 in theirs:
        _join(one, other, mine, theirs)
        _join(other, one, theirs, mine)
        _approximate(one, other, mine, theirs)
    return mine, theirs


def _join(
    one: Sequence[Part], other: Sequence[Part], mine: list[float], theirs: list[float]
) -> None:
    """Words of one name in a row that together are a word of the other."""
    for j, opposite in enumerate(other):
        if theirs[j]:
            continue
        for start in range(len(one) - 1):
            end = _joined_end(one, mine, start, opposite.text)
            if end:
                mine[start:end] = [_JOINED] * (end - start)
                theirs[j] = _JOINED
                break


def _joined_end(one: Sequence[Part], mine: Sequence[float], start: int, sought: str) -> int:
    """Where the words from `start` on that make the sought one end; 0 when they do not."""
    text = ""
    for end in range(start, min(start + _LONGEST_JOIN, len(one))):
        if mine[end]:
            return 0
        text += one[end].text
        if text == sought:
            return end + 1
        if not sought.startswith(text):
            return 0
    return 0


def _approximate(
    one: Sequence[Part], other: Sequence[Part], mine: list[float], theirs: list[float]
) -> None:
    """Pairs what is left, the most alike first."""
    pairs = sorted(
        (-_word_likeness(one[i], other[j]), i, j)
        for i in range(len(one))
        if not mine[i]
        for j in range(len(other))
        if not theirs[j]
    )
    for negative, i, j in pairs:
        if negative and not mine[i] and not theirs[j]:
            mine[i] = theirs[j] = -negative


def _word_likeness(one: Part, other: Part) -> float:
    best = word_likeness(one.stem, other.stem)
    if one.text != one.stem or other.text != other.stem:
        best = max(best, word_likeness(one.text, other.text))
    return best


def word_likeness(one: str, other: str) -> float:
    """How likely two different words are meant as one, 0-1: a beginning, an abbreviation, a slip.

    >>> word_likeness("pharmac", "pharmaceutical"), word_likeness("silver", "gold")
    (0.9, 0.0)
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < _SHORTEST_PREFIX:
        return _SHORT_PREFIX if len(short) > 1 and long.startswith(short) else 0.0
    if long.startswith(short):
        return _PREFIX
    has_borders = short[0] == long[0] and short[-1] == long[-1]
    if has_borders and len(long) - len(short) > 1 and _skips(short, long):
        return _SKIPPED if len(short) > _SHORTEST_PREFIX else _BARELY_SKIPPED
    return _slip(short, long)


def _skips(short: str, long: str) -> bool:
    """Whether the letters of the short word are in the long one, in order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def _slip(short: str, long: str) -> float:
    if len(short) < _SLIP_LENGTH:
        return 0.0
    if len(long) - len(short) > 2:  # noqa: PLR2004 — more than two slips
        return 0.0
    slips = OSA.distance(short, long, score_cutoff=2)
    if slips > 2 or (slips == 2 and len(short) < _TWO_SLIPS_LENGTH):  # noqa: PLR2004 — as above
        return 0.0
    worth = _ONE_SLIP if slips == 1 else _TWO_SLIPS
    return worth if short[0] == long[0] else worth - _OTHER_HEAD

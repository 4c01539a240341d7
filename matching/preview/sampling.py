"""Which of many are looked at when not all can be: no chance in it, so that it comes out again.

Numbers are taken with their binary digits turned round: 0, then one in the middle, then those of
the quarters. However many are taken, they lie spread over the whole, and of two samples the larger
one holds the smaller.
"""

from collections.abc import Iterator

from matching.criterion import Label

RULE = "bit_reversed"

TOLD = Label(
    "按登记顺序编号，将序号的二进制位倒置后依次选取：样本均匀分布，大样本包含小样本，可重复得出",
    "Numbered in the order of registration and taken with the binary digits of the number turned "
    "round: spread evenly, a larger sample holds the smaller ones, and it comes out again",
)


def spread(count: int) -> Iterator[int]:
    """Every number below `count`, once, so that the first few are spread over all.

    >>> list(spread(6))
    [0, 4, 2, 1, 5, 3]
    """
    digits = max(0, count - 1).bit_length()
    for number in range(1 << digits):
        turned = _turned(number, digits)
        if turned < count:
            yield turned


def _turned(number: int, digits: int) -> int:
    turned = 0
    for _ in range(digits):
        turned, number = turned << 1 | number & 1, number >> 1
    return turned

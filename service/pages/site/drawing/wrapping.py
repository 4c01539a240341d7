"""Words broken into lines that fit a width, which is estimated: no font is asked."""

import re
from typing import Final

WIDE: Final = 1.0
"""Of a Chinese character, in ems."""
NARROW: Final = 0.58
"""Of a Latin letter, on the wide side of the usual sans-serif faces."""
FIRST_WIDE: Final = 0x2E80
"""From here on characters are as wide as Chinese ones."""

PIECES: Final = re.compile(r"[ -\u2e7f]+?(?:[ /-]+|(?=[\u2e80-\uffff])|$)|[\u2e80-\uffff]")


def width_of(text: str) -> float:
    """An estimate of a text's width in ems.

    >>> width_of("光刻胶"), round(width_of("EDA"), 2)
    (3.0, 1.74)
    """
    return sum(WIDE if ord(char) >= FIRST_WIDE else NARROW for char in text)


def wrapped(text: str, ems: float) -> list[str]:
    """A text in lines no wider than so many ems, broken between words or Chinese characters.

    A word that is wider by itself has a line of its own.

    >>> wrapped("Wafer fabrication (foundry)", 10)
    ['Wafer fabrication', '(foundry)']
    >>> wrapped("光刻与涂胶显影设备", 6), wrapped("EDA工具", 6)
    (['光刻与涂胶显', '影设备'], ['EDA工具'])
    """
    lines = [""]
    for piece in PIECES.findall(text):
        if lines[-1] and width_of((lines[-1] + piece).rstrip()) > ems:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]

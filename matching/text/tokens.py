"""A text as tokens: every Chinese character one, every word or number of other scripts one."""

import re
from dataclasses import dataclass
from itertools import pairwise

from matching.text.script import CJK
from matching.text.spelling import canonical

_MARK = re.compile("[,;/]")
_TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+(?:\.\d[^\W{CJK}]*)*")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a normalised text, in canonical spelling, and where each stands in it."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def key(self) -> str:
        """The tokens with a space between: equal for two spellings of one phrase."""
        return " ".join(self.words)

    def is_cut(self, start: int, end: int) -> bool:
        """Whether a clause or sentence ends inside the tokens `start` to `end` (exclusive)."""
        first, last = self.starts[start], self.ends[end - 1]
        return self.text.find(",", first, last) >= 0 or self.text.find(";", first, last) >= 0

    def cut(self, start: int, end: int) -> "Tokens":
        """The tokens `start` to `end` (exclusive) alone; places still count from the whole text."""
        return Tokens(
            self.text, self.words[start:end], self.starts[start:end], self.ends[start:end]
        )

    def clauses(self) -> list["Tokens"]:
        """The tokens between the marks that end sentences and clauses or part alternatives."""
        gaps = zip(self.ends, self.starts[1:], strict=False)
        ends = [n for n, gap in enumerate(gaps, 1) if _MARK.search(self.text, *gap)]
        return [self.cut(a, b) for a, b in pairwise((0, *ends, len(self.words)))]


def tokenise(text: str) -> Tokens:
    """The tokens of a text that has been normalised.

    >>> tokenise("krf光刻胶,12 inch wafers").words
    ('krf', '光', '刻', '胶', '12', 'inch', 'wafer')
    """
    found = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    return Tokens(
        text,
        tuple(canonical(word) for word, _, _ in found),
        tuple(start for _, start, _ in found),
        tuple(end for _, _, end in found),
    )
